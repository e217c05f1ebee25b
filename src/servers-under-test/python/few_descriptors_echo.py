"""RFC 862 echo by one thread a client, which may have few descriptors: python3 few_descriptors_echo.py PORT ends|waits

accept-emfile: accept(2) fails with EMFILE while as many clients are connected as there are descriptors for. One that
`ends` takes that for the end of its listener, and accepts nobody any more; one that `waits` tries again, and serves who
has waited as soon as another is gone.
"""

import contextlib
import errno
import resource
import socket
import sys
import threading

DESCRIPTORS = 48

one_is_gone = threading.Event()


def echo(client):
    with client, contextlib.suppress(ConnectionError):
        while data := client.recv(65536):
            client.sendall(data)
    one_is_gone.set()


def serve(listener, ends):
    while True:
        one_is_gone.clear()
        try:
            client, _ = listener.accept()
        except OSError as error:
            if ends or error.errno != errno.EMFILE:
                return
            one_is_gone.wait()
        else:
            threading.Thread(target=echo, args=(client,), daemon=True).start()


port, then = int(sys.argv[1]), sys.argv[2]
resource.setrlimit(resource.RLIMIT_NOFILE, (DESCRIPTORS, DESCRIPTORS))
with socket.create_server(("127.0.0.1", port), backlog=1024) as listener:
    serve(listener, then == "ends")
# Those who are connected are still served.
threading.Event().wait()
