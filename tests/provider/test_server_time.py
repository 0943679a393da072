"""What the provider's clock says is told by its answers, also by those that refuse."""

from __future__ import annotations

import datetime as dt

import httpx
import pytest

from tui.core.secret import Secret
from tui.provider.client import Provider
from tui.provider.errors import ProviderError

MOMENT = dt.datetime(2026, 11, 25, 9, 0, tzinfo=dt.UTC)
DATE = {"Date": "Wed, 25 Nov 2026 09:00:00 GMT"}


async def asked(*answers: httpx.Response) -> dt.datetime | None:
    waiting = list(answers)
    transport = httpx.MockTransport(lambda _request: waiting.pop(0))
    async with Provider("http://127.0.0.1:1", Secret("K1"), transport=transport) as provider:
        for _ in answers:
            try:
                await provider.check_key()
            except ProviderError:
                continue
        return provider.server_time


def answer(status: int, headers: dict[str, str]) -> httpx.Response:
    return httpx.Response(status, headers={**headers, "content-length": "2"}, stream=httpx.ByteStream(b"[]"))


@pytest.mark.parametrize("status", [200, 403])
async def test_told_by_any_answer(status: int) -> None:
    assert await asked(answer(status, DATE)) == MOMENT


@pytest.mark.parametrize("headers", [{}, {"Date": "yesterday"}])
async def test_an_answer_that_does_not_tell_it_changes_nothing(headers: dict[str, str]) -> None:
    assert await asked(answer(200, headers)) is None
    assert await asked(answer(200, DATE), answer(200, headers)) == MOMENT
