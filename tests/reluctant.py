"""A transport that reads a request piece by piece, as a test lets it, and answers when it is let."""

from __future__ import annotations

import asyncio
import json

import httpx


class Reluctant(httpx.AsyncBaseTransport):
    """For one request."""

    def __init__(self, answer: httpx.Response) -> None:
        self.body = bytearray()
        self.answering = asyncio.Event()
        self._answer = answer
        self._may_read = asyncio.Semaphore(0)
        self._has_read = asyncio.Semaphore(0)
        self._at_end = asyncio.Event()

    async def reads(self, pieces: int) -> None:
        """Let it read so many pieces more, and wait until it asks for the one behind them."""
        for _ in range(pieces):
            self._may_read.release()
            await self._has_read.acquire()

    async def reads_all(self) -> None:
        """Let it read to the end; the answer is still to come."""
        for _ in range(10_000):
            self._may_read.release()
        await self._at_end.wait()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        assert isinstance(request.stream, httpx.AsyncByteStream)
        async for piece in request.stream:
            self.body += piece
            self._has_read.release()
            await self._may_read.acquire()
        self._at_end.set()
        json.loads(self.body)
        await self.answering.wait()
        return self._answer
