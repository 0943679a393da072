"""A body in pieces: the same bytes, the last of them held back to the end."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.sampling import examples
from tui.provider.body import PIECE, Body
from tui.provider.call import ApiCall, Streamed
from tui.provider.early_response import EarlyResponse
from tui.provider.request_trace import Sending

from .stand_in import KEY


async def given_out(parts: list[bytes]) -> AsyncGenerator[bytes, None]:
    for part in parts:
        yield part


@settings(deadline=None, max_examples=examples(50))
@given(st.lists(st.integers(1, 3 * PIECE), max_size=4))
@example([PIECE - len('{"key":"K","phone_list":["')])
@example([PIECE - len('{"key":"K","phone_list":["') - 2])
@example([PIECE - len('{"key":"K","phone_list":["') - 3])
async def test_all_is_given_out_in_order_and_the_last_byte_last(sizes: list[int]) -> None:
    texts = ["x" * size for size in sizes]
    parts = [(b"," if place else b"") + json.dumps(text).encode() for place, text in enumerate(texts)]
    sending = Sending()
    body = Body(b'{"key":"K"}', Streamed("phone_list", sum(map(len, parts)), given_out(parts)))
    pieces = list[bytes]()
    async for piece in body.pieces(sending, EarlyResponse()):
        assert 0 < len(piece) <= PIECE
        assert sending.sent == sum(map(len, pieces))  # those before it have been written
        pieces.append(piece)
        assert sending.started is (sum(map(len, pieces)) == body.size)
    whole = b"".join(pieces)
    assert len(whole) == body.size == sending.sent
    assert json.loads(whole) == {"key": "K", "phone_list": texts}


async def test_a_small_request_is_one_piece() -> None:
    body = Body(b'{"key":"K"}', Streamed("phone_list", 2, given_out([b"{", b"}"])))
    assert [piece async for piece in body.pieces(Sending(), EarlyResponse())] == [b'{"key":"K","phone_list":[{}]}']


def test_nothing_of_it_is_shown() -> None:
    streamed = Streamed("phone_list", 2, given_out([b"{}"]))
    for shown in (Body(f'{{"key":"{KEY}"}}'.encode(), streamed), ApiCall("POST", "/x", json={}, streamed=streamed),
                  EarlyResponse()):
        assert KEY not in repr(shown)
