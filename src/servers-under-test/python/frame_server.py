"""A server of the frame protocol that shares no code with tornwire.

Written from frame-protocol.md alone, so that a bug in tornwire's own codec cannot cancel itself out. One coroutine for
each connection (asyncio streams).

    python3 frame_server.py PORT [--idle-ms 30000] [--limit 1048576]

Prints `listening on 127.0.0.1:PORT` once clients can connect; port 0 takes a free one. SIGTERM and SIGINT end it, exit 0.
"""

import argparse
import asyncio
import functools
import signal
import struct
import sys
import zlib

MESSAGE, PING, PONG, STOP, ERROR = 0x01, 0x02, 0x03, 0x04, 0x7F
BAD_CHECKSUM, TOO_LONG, UNKNOWN_TYPE, CUT_OFF, IDLE = 1, 2, 3, 4, 5

READ_SIZE = 65536
LINGER_S = 1.0


def encode(kind, data=b""):
    head = struct.pack(">IB", len(data), kind)
    return head + data + struct.pack(">I", zlib.crc32(data, zlib.crc32(head)))


class Conversation:
    """What the bytes of one client are answered with. No I/O: `hear` gives bytes; `over` says that ours end there."""

    def __init__(self, limit):
        self.limit = limit
        self.unread = bytearray()
        self.over = None

    def hear(self, chunk):
        self.unread += chunk
        answers, at = [], 0
        while self.over is None and (frame_size := self.frame_size(at)) is not None:
            answers.append(self.answer(at, frame_size))
            at += frame_size
        del self.unread[:at]
        return b"".join(answers)

    def hear_end(self):
        if self.over is None and self.unread:
            return self.refuse(CUT_OFF, "the stream ends inside a frame")
        return b""

    def frame_size(self, at):
        """Bytes of the frame at this offset, or None while it cannot be answered. A length too great can at once."""
        there = len(self.unread) - at
        if there < 4:
            return None
        (data_size,) = struct.unpack_from(">I", self.unread, at)
        if data_size > self.limit:
            return 4
        return data_size + 9 if there >= data_size + 9 else None

    def answer(self, at, frame_size):
        if frame_size == 4:
            return self.refuse(TOO_LONG, "more than %d data bytes" % self.limit)
        frame = bytes(self.unread[at : at + frame_size])
        if zlib.crc32(frame[:-4]) != int.from_bytes(frame[-4:], "big"):
            return self.refuse(BAD_CHECKSUM, "bad checksum")
        kind = frame[4]
        if kind == MESSAGE:
            return frame
        if kind == PING:
            return encode(PONG, frame[5:-4])
        if kind == STOP:
            self.over = "stopped"
            return encode(STOP)
        return self.refuse(UNKNOWN_TYPE, "unknown type 0x%02x" % kind)

    def refuse(self, code, reason):
        self.over = "refused"
        return encode(ERROR, bytes([code]) + reason.encode("utf-8"))


async def serve_client(reader, writer, idle_s, limit):
    # Then `drain` waits until the kernel has every answer: we hold those of one read, and read no more meanwhile.
    writer.transport.set_write_buffer_limits(high=0)
    try:
        await converse(reader, writer, idle_s, limit)
        writer.close()
        await writer.wait_closed()
    except OSError:
        writer.transport.abort()  # the client is gone: the end of this connection, and of nothing else


async def converse(reader, writer, idle_s, limit):
    conversation = Conversation(limit)
    ended = False
    while not ended and conversation.over is None:
        try:
            chunk = await asyncio.wait_for(reader.read(READ_SIZE), idle_s)
        except asyncio.TimeoutError:
            answers = conversation.refuse(IDLE, "no byte within the idle time")
        else:
            ended = chunk == b""
            answers = conversation.hear_end() if ended else conversation.hear(chunk)
        writer.write(answers)
        if conversation.over is None:
            await writer.drain()
    writer.write_eof()
    if not ended:
        await throw_away(reader, writer, idle_s if conversation.over == "stopped" else LINGER_S)


async def throw_away(reader, writer, seconds):
    """Until the client ends, or for some seconds, and as long again while it still takes answers that we hold."""

    async def read_to_the_end():
        while await reader.read(READ_SIZE):
            pass

    while True:
        held = writer.transport.get_write_buffer_size()
        try:
            return await asyncio.wait_for(read_to_the_end(), seconds)
        except asyncio.TimeoutError:
            if writer.transport.get_write_buffer_size() >= held:
                return writer.transport.abort()


async def main():
    parser = argparse.ArgumentParser(description="A server of the frame protocol, independent of tornwire.")
    parser.add_argument("port", type=int)
    parser.add_argument("--idle-ms", type=int, default=30_000)
    parser.add_argument("--limit", type=int, default=1_048_576)
    arguments = parser.parse_args()
    stopped = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stopped.set)
    on_client = functools.partial(serve_client, idle_s=arguments.idle_ms / 1000, limit=arguments.limit)
    server = await asyncio.start_server(on_client, "127.0.0.1", arguments.port, backlog=4096)
    print("listening on %s:%d" % server.sockets[0].getsockname()[:2], flush=True)
    await stopped.wait()
    server.close()


if __name__ == "__main__":
    try:
        asyncio.run(main())
    except OSError as error:
        sys.exit("frame_server.py: cannot listen: %s" % error)
