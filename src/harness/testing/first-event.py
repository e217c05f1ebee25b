"""A server that tells what its first readiness event said of each connection, once data was there.

Prints its port, then one line for each connection: `data+fin` where the end of the stream came with the data, else
`data`. Linux: epoll(7), EPOLLRDHUP.
"""

import select
import socket

listener = socket.create_server(("127.0.0.1", 0), backlog=128)
print(listener.getsockname()[1], flush=True)
while True:
    connection, _ = listener.accept()
    poll = select.epoll()
    poll.register(connection, select.EPOLLIN | select.EPOLLRDHUP)
    event = poll.poll()[0][1]
    print("data+fin" if event & select.EPOLLRDHUP else "data", flush=True)
    while connection.recv(65536):
        pass
    connection.close()
    poll.close()
