"""RFC 862 for one client at a time, with blocking calls: python3 blocking_echo.py PORT"""

import socket
import sys

with socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=64) as listener:
    while True:
        connection, _ = listener.accept()
        with connection:
            try:
                while data := connection.recv(65536):
                    connection.sendall(data)
            except ConnectionError:
                pass
