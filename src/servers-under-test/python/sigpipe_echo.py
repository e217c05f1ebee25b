"""RFC 862 echo that SIGPIPE ends, as it ends a C program that does not ignore it: python3 sigpipe_echo.py PORT

sigpipe-kill: an answer leaves in two writes. The first after a client's RST tells of it, and nobody looks at what it
tells; the second raises the signal. The work of an answer takes a few milliseconds, in which the RST comes.
"""

import contextlib
import signal
import socketserver
import sys
import time

WORK_S = 0.005


class Echo(socketserver.BaseRequestHandler):
    def handle(self):
        with contextlib.suppress(ConnectionError):
            while data := self.request.recv(65536):
                time.sleep(WORK_S)
                for part in (data[:1], data[1:]):
                    with contextlib.suppress(ConnectionError):
                        self.request.sendall(part)


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 1024


signal.signal(signal.SIGPIPE, signal.SIG_DFL)
with Server(("127.0.0.1", int(sys.argv[1])), Echo) as server:
    server.serve_forever()
