"""A blocking server, a thread for each connection, that tells the size of each of its reads.

Usage: read-sizes.py HOST read|hold|listen|bind

Prints its port, then one line of JSON for each connection that has ended: the sizes in order. With `hold` nothing is
read before the line `read` comes on standard input; the line `reset` aborts every connection instead.
With `listen` no connection is ever accepted, with `bind` the port is taken and not listened on.
"""

import json
import socket
import struct
import sys
import threading

RESET = struct.pack("ii", 1, 0)
order = {"word": "read" if sys.argv[2] == "read" else None}
ordered = threading.Condition()
printing = threading.Lock()


def serve(connection):
    with ordered:
        ordered.wait_for(lambda: order["word"] is not None)
    if order["word"] == "reset":
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        connection.close()
        return
    sizes = []
    try:
        while data := connection.recv(65536):
            sizes.append(len(data))
    except ConnectionResetError:
        pass
    connection.close()
    with printing:
        print(json.dumps(sizes), flush=True)


def accept(listener):
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=serve, args=(connection,), daemon=True).start()


if sys.argv[2] == "bind":
    listener = socket.socket()
    listener.bind((sys.argv[1], 0))
else:
    listener = socket.create_server((sys.argv[1], 0), backlog=128)
print(listener.getsockname()[1], flush=True)
if sys.argv[2] in ("read", "hold"):
    threading.Thread(target=accept, args=(listener,), daemon=True).start()
for line in sys.stdin:
    with ordered:
        order["word"] = line.strip()
        ordered.notify_all()
