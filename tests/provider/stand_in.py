"""A stand-in for the provider on a loopback socket that does with each connection what a test wants."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field

KEY = "K12345678-1234-5678-4321-123456789012"


@dataclass
class Connection:
    """One connection. `server.requests` gets each whole request that `request` read from it."""

    server: StandIn
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def head(self) -> bytes:
        """Up to the blank line: the body is left unread."""
        return await self.reader.readuntil(b"\r\n\r\n")

    async def request(self) -> bytes:
        head = await self.head()
        length = 0
        for line in head.lower().split(b"\r\n"):
            if line.startswith(b"content-length:"):
                length = int(line.partition(b":")[2])
        whole = head + await self.reader.readexactly(length)
        self.server.requests.append(whole)
        return whole

    async def send(self, raw: bytes) -> None:
        self.writer.write(raw)
        await self.writer.drain()

    async def for_ever(self) -> None:
        """Until the other end closes or the test is over."""
        while await self.reader.read(65536):
            pass

    def reset(self) -> None:
        """Cuts the connection with RST, not FIN."""
        sock: socket.socket = self.writer.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()


Behaviour = Callable[[Connection], Awaitable[None]]


@dataclass
class StandIn:
    url: str = ""
    port: int = 0
    connections: int = 0
    requests: list[bytes] = field(default_factory=list)


@contextlib.asynccontextmanager
async def serving(behaviour: Behaviour, tls: ssl.SSLContext | None = None) -> AsyncIterator[StandIn]:
    """Runs `behaviour` for each connection, then closes it."""
    server = StandIn()
    under_way: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        server.connections += 1
        task = asyncio.current_task()
        assert task is not None
        under_way.add(task)
        task.add_done_callback(under_way.discard)
        try:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError):
                await behaviour(Connection(server, reader, writer))
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()
        except asyncio.CancelledError:
            # The test is over. Closing TLS in good order waits for the other end, which may have gone.
            writer.transport.abort()

    # A small buffer, so that a body that is not read stays unsent on the other side.
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8192)
    listener.bind(("127.0.0.1", 0))
    async with await asyncio.start_server(serve, sock=listener, ssl=tls):
        server.port = listener.getsockname()[1]
        server.url = f"{'https' if tls else 'http'}://127.0.0.1:{server.port}"
        try:
            yield server
        finally:
            for task in list(under_way):
                task.cancel()
            await asyncio.gather(*under_way, return_exceptions=True)


def answering(raw: bytes) -> Behaviour:
    """Reads a whole request, answers with these bytes, closes."""
    async def behaviour(connection: Connection) -> None:
        await connection.request()
        await connection.send(raw)

    return behaviour


def response(status: str, body: bytes = b"", *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body
