"""Hears an answer that comes while its request is still being written."""

from __future__ import annotations

import asyncio
from typing import Final

import httpcore

_MOST: Final = 64 * 1024
_NOT_YET: Final = b"HTTP/1.1 1"  # "100 Continue" and its like: the answer is still to come


class Ear:
    """Reads beside the writing, on one connection, for as long as the body of one request is written.

    httpcore reads when all is written or the writing has failed. By then the connection is closed, and a refusal that
    the other end sent before it hung up, or an ID, is gone with it.
    """

    def __init__(self) -> None:
        self.stream: httpcore.AsyncNetworkStream | None = None
        self._hearing: asyncio.Task[bytes] | None = None

    def listen(self) -> None:
        """From now on; what is heard is what the connection's `read` gives first."""
        stream = self.stream
        if stream is None or self._hearing is not None:
            return
        read = stream.read
        hearing = self._hearing = asyncio.create_task(read(_MOST))

        async def heard_first(max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG001 - httpcore's
            stream.read = read  # type: ignore[method-assign] # of this one alone, as below
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
        if hearing is None or not hearing.done() or hearing.cancelled():
            return
        if hearing.exception() is not None or not hearing.result().startswith(_NOT_YET):
            raise httpcore.WriteError

    async def close(self) -> None:
        if self._hearing is not None:
            self._hearing.cancel()
            await asyncio.gather(self._hearing, return_exceptions=True)
