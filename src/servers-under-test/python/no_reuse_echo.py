"""RFC 862 echo, a thread for each client; its listening socket has no SO_REUSEADDR. Usage: no_reuse_echo.py PORT"""

import socket
import sys
import threading


def serve(connection: socket.socket) -> None:
    with connection:
        try:
            while data := connection.recv(65536):
                connection.sendall(data)
        except ConnectionError:
            pass


with socket.socket() as listener:
    listener.bind(("127.0.0.1", int(sys.argv[1])))
    listener.listen(1024)
    while True:
        threading.Thread(target=serve, args=listener.accept()[:1], daemon=True).start()
