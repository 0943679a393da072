"""Receives all that comes back for one request: an answer while its body is written, and what follows an answer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, Final

import h11
import httpcore

_READ_SIZE: Final = 64 * 1024
_NOT_YET: Final = b"HTTP/1.1 1"  # "100 Continue" and its like: the answer is still to come
_MAX_KEPT: Final = 512 * 1024
_MAX_HEADERS: Final = 100 * 1024  # as httpcore has it
_SECONDS_AFTER: Final = 0.15  # in which whoever says more than fits into its answer says it


class EarlyResponse:
    """Reads beside the writing, on one connection, for as long as the body of one request is written.

    httpcore reads when all is written or the writing has failed. By then the connection is closed, and a refusal that
    the other end sent before it hung up, or an ID, is gone with it.
    """

    def __init__(self) -> None:
        self._stream: httpcore.AsyncNetworkStream | None = None
        self._reading: asyncio.Task[bytes] | None = None
        self._received = bytearray()  # all that has come on this connection

    def attach(self, stream: httpcore.AsyncNetworkStream) -> None:
        """Read on this connection from now on: the request goes out on the last one that was attached."""
        self._stream = stream
        self._received.clear()
        read = stream.read

        async def recording(max_bytes: int, timeout: float | None = None) -> bytes:
            piece = await read(max_bytes, timeout=timeout)
            self._received += piece[:_MAX_KEPT - len(self._received)]
            return piece

        stream.read = recording  # type: ignore[method-assign] # of this one alone, as below

    def start_reading(self) -> None:
        """Read from now on; what is received is what the connection's `read` gives first."""
        stream = self._stream
        if stream is None or self._reading is not None:
            return
        read = stream.read
        reading = self._reading = asyncio.create_task(_read_beginning(read))

        async def received_first(max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG001 - httpcore's
            stream.read = read  # type: ignore[method-assign]
            try:
                async with asyncio.timeout(timeout):
                    return await reading
            except TimeoutError as late:
                raise httpcore.ReadTimeout from late

        stream.read = received_first  # type: ignore[method-assign]

    def stop_if_answered(self) -> None:
        """Where the other end has said something, or hung up, httpcore is to read that instead of writing on.

        That is what it does after a WriteError.
        """
        reading = self._reading
        if reading is not None and reading.done() and not reading.cancelled():
            raise httpcore.WriteError

    async def read_what_follows(self) -> bytes:
        """What comes on the connection behind a whole answer, its beginning at least: b"" where nothing does.

        Waited for a moment, unless the other end hangs up.
        """
        if self._stream is None:
            return b""
        left = _after_the_answer(bytes(self._received))
        if left or len(self._received) >= _MAX_KEPT:
            return left or b"?"
        try:
            async with asyncio.timeout(_SECONDS_AFTER):
                return await self._stream.read(_READ_SIZE)
        except (TimeoutError, httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError):
            return b""

    async def close(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
            await asyncio.gather(self._reading, return_exceptions=True)


async def _read_beginning(read: Callable[[int], Coroutine[Any, Any, bytes]]) -> bytes:
    """The beginning of an answer, with the words that may come before it ("100 Continue"); b"" where none comes."""
    received = b""
    while piece := await read(_READ_SIZE):
        received += piece
        if not _only_before_an_answer(received):
            break
    return received


def _only_before_an_answer(received: bytes) -> bool:
    while received.startswith(_NOT_YET):
        _word, _, received = received.partition(b"\r\n\r\n")
    # The first letters of the next line may be those of another such word.
    return _NOT_YET.startswith(received)


def _after_the_answer(received: bytes) -> bytes:
    """What came behind the first whole answer, by the library that has read it."""
    connection = h11.Connection(h11.CLIENT, max_incomplete_event_size=_MAX_HEADERS)
    connection.send(h11.Request(method="POST", target="/", headers=[("Host", "x"), ("Content-Length", "0")]))
    connection.send(h11.EndOfMessage())
    connection.receive_data(received)
    try:
        while not isinstance(event := connection.next_event(), h11.EndOfMessage):
            if event in (h11.NEED_DATA, h11.PAUSED) or isinstance(event, h11.ConnectionClosed):
                return b""
    except h11.RemoteProtocolError:
        return b""
    return connection.trailing_data[0]
