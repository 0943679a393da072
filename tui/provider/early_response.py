"""Hears all that comes back for one request: an answer while that is being written, and what follows an answer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, Final

import h11
import httpcore

_MOST: Final = 64 * 1024
_NOT_YET: Final = b"HTTP/1.1 1"  # "100 Continue" and its like: the answer is still to come
_MOST_NOTED: Final = 512 * 1024
_LONGEST_HEAD: Final = 100 * 1024  # as httpcore has it
_SECONDS_AFTER: Final = 0.15  # in which whoever says more than fits into its answer says it


class Ear:
    """Reads beside the writing, on one connection, for as long as the body of one request is written.

    httpcore reads when all is written or the writing has failed. By then the connection is closed, and a refusal that
    the other end sent before it hung up, or an ID, is gone with it.
    """

    def __init__(self) -> None:
        self._stream: httpcore.AsyncNetworkStream | None = None
        self._hearing: asyncio.Task[bytes] | None = None
        self._noted = bytearray()  # all that has come on this connection

    def hear_on(self, stream: httpcore.AsyncNetworkStream) -> None:
        """On this connection from now on: the request goes out on the last one that is told."""
        self._stream = stream
        self._noted.clear()
        read = stream.read

        async def noting(max_bytes: int, timeout: float | None = None) -> bytes:
            piece = await read(max_bytes, timeout=timeout)
            self._noted += piece[:_MOST_NOTED - len(self._noted)]
            return piece

        stream.read = noting  # type: ignore[method-assign] # of this one alone, as below

    def listen(self) -> None:
        """From now on; what is heard is what the connection's `read` gives first."""
        stream = self._stream
        if stream is None or self._hearing is not None:
            return
        read = stream.read
        hearing = self._hearing = asyncio.create_task(_answer_on(read))

        async def heard_first(max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG001 - httpcore's
            stream.read = read  # type: ignore[method-assign]
            try:
                async with asyncio.timeout(timeout):
                    return await hearing
            except TimeoutError as late:
                raise httpcore.ReadTimeout from late

        stream.read = heard_first  # type: ignore[method-assign]

    def stop_if_answered(self) -> None:
        """Where the other end has said something, or hung up, httpcore is to read that instead of writing on.

        That is what it does after a WriteError.
        """
        hearing = self._hearing
        if hearing is not None and hearing.done() and not hearing.cancelled():
            raise httpcore.WriteError

    async def what_follows(self) -> bytes:
        """What comes on the connection behind a whole answer, its beginning at least: b"" where nothing does.

        Waited for a moment, unless the other end hangs up.
        """
        if self._stream is None:
            return b""
        left = _behind_the_answer(bytes(self._noted))
        if left or len(self._noted) >= _MOST_NOTED:
            return left or b"?"
        try:
            async with asyncio.timeout(_SECONDS_AFTER):
                return await self._stream.read(_MOST)
        except (TimeoutError, httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError):
            return b""

    async def close(self) -> None:
        if self._hearing is not None:
            self._hearing.cancel()
            await asyncio.gather(self._hearing, return_exceptions=True)


async def _answer_on(read: Callable[[int], Coroutine[Any, Any, bytes]]) -> bytes:
    """The beginning of an answer, with the words that may come before it ("100 Continue"); b"" where none comes."""
    heard = b""
    while piece := await read(_MOST):
        heard += piece
        if not _only_before_an_answer(heard):
            break
    return heard


def _only_before_an_answer(heard: bytes) -> bool:
    while heard.startswith(_NOT_YET):
        _word, _, heard = heard.partition(b"\r\n\r\n")
    # The first letters of the next line may be those of another such word.
    return _NOT_YET.startswith(heard)


def _behind_the_answer(noted: bytes) -> bytes:
    """What came behind the first whole answer, by the library that has read it."""
    connection = h11.Connection(h11.CLIENT, max_incomplete_event_size=_LONGEST_HEAD)
    connection.send(h11.Request(method="POST", target="/", headers=[("Host", "x"), ("Content-Length", "0")]))
    connection.send(h11.EndOfMessage())
    connection.receive_data(noted)
    try:
        while not isinstance(event := connection.next_event(), h11.EndOfMessage):
            if event in (h11.NEED_DATA, h11.PAUSED) or isinstance(event, h11.ConnectionClosed):
                return b""
    except h11.RemoteProtocolError:
        return b""
    return connection.trailing_data[0]
