"""RFC 862 through a send buffer of 2 KiB, answering only what fits: python3 tiny_send_buffer.py PORT"""

import socket
import sys
import threading


def echo(connection):
    with connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1024)
        try:
            while data := connection.recv(1024):
                connection.sendall(data)
            connection.shutdown(socket.SHUT_WR)
        except OSError:
            pass


with socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=1024) as listener:
    while True:
        threading.Thread(target=echo, args=(listener.accept()[0],), daemon=True).start()
