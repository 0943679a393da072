"""The body of a create request on its way: in pieces, the last of them held back to the end."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Final

from tui.provider.call import Streamed
from tui.provider.early_response import EarlyResponse
from tui.provider.request_trace import MayLeave, Sending, UnreadableUpload, must_still_leave

PIECE: Final = 64 * 1024
# As much as the system takes over at once from a connection on which little was written: none of it waits in this
# process, to go out when nobody asks any more whether it may.
_AT_ONCE: Final = 16 * 1024


class Body:
    """A JSON object, to be read but once. Its text has the key in it: nothing of this is shown."""

    def __init__(self, fields: bytes, streamed: Streamed | None) -> None:
        """`fields`: the object as it is without `streamed`, with one field at least."""
        self._streamed = streamed
        self._opening, self._closing = fields, b""
        self.size = len(fields)
        if streamed is not None:
            self._opening, self._closing = fields[:-1] + f',"{streamed.name}":['.encode(), b"]}"
            self.size = len(self._opening) + streamed.size + len(self._closing)

    async def pieces(self, sending: Sending, early: EarlyResponse,
                     may_leave: MayLeave | None = None) -> AsyncGenerator[bytes, None]:
        """In pieces, so that the write time-out is for each: a list of a million numbers takes its time on a slow line.

        A piece is asked for when the one before it has been written. Raises UnreadableBody before the last one where
        the list is not what was counted, Withheld where the request may not leave any more: then it stays incomplete.
        So it does where an answer comes before.
        """
        held = bytearray()
        async with aclosing(self._parts()) as parts:
            async for part in parts:
                held += part
                while len(held) > PIECE:
                    if sending.sent + PIECE >= self.size:
                        raise UnreadableUpload
                    early.start_reading()
                    early.stop_if_answered()
                    yield bytes(held[:PIECE])
                    sending.sent += PIECE
                    del held[:PIECE]
        if sending.sent + len(held) != self.size:
            raise UnreadableUpload
        early.stop_if_answered()
        if self.size > _AT_ONCE and len(held) > 1:
            yield bytes(held[:-1])
            sending.sent = self.size - 1
            del held[:-1]
        await must_still_leave(may_leave)
        early.stop_if_answered()
        sending.started = True
        yield bytes(held)
        sending.sent = self.size

    async def _parts(self) -> AsyncGenerator[bytes, None]:
        yield self._opening
        if self._streamed is not None:
            try:
                async for piece in self._streamed.pieces:
                    yield piece
            except Exception as failure:
                raise UnreadableUpload from failure
        yield self._closing
