"""Many random and hostile bodies in one process: no failure, no growth, and all of it can be read."""

from __future__ import annotations

import asyncio
import gc
import logging
import random
from pathlib import Path
from typing import Any

import pytest

from tests.campaign.sentences import said
from tests.receiver.support import TOKEN, form, raw_form
from tests.store.results import assert_as_recounted, calling
from tests.store.support import open_store
from tui.core.sanitize import visible
from tui.receiver.app import Webhook
from tui.receiver.beside import Beside
from tui.receiver.ingest import Ingest
from tui.receiver.receiver_store import ReceiverStore
from tui.receiver.tokens import Tokens
from tui.store import StoreThread

FEW, MANY = 20_000, 100_000  # where variants are drawn, and where all run
AT_ONCE = 64
GROWTH = 12 << 20
_PIECES = (
    b"notification_id=", b"phone=", b"status=", b"digit=", b"notification_date=", b"ivr_campaign_id=", b"&", b"=", b"%",
    b"%00", b"%zz", b"%C4%B1", b"%ff", b"+", b" ", b"\0", b"\x1b[2J", b"\x1b]0;x\x07", b"[@click=app.quit]x[/]", b"[/]",
    "\u202e\u2066".encode(), "Başarılı".encode(), b"\xc3", b"\xed\xa0\x80", b"905321234567", b"9" * 300, b"{}", b"\r\n",
    b"2017-05-10 13:18:56 UTC", b"99999-99-99", b"1e309", "٣".encode(), b"' OR 1=1 --", b'"', b"<script>", b"../../",
    "\U0001f4a3".encode(), b"null", b"NaN", b"-1", b"99999999999999999999",
)


def hostile(chosen: random.Random) -> bytes:
    kind = chosen.random()
    if kind < 0.25:
        return chosen.randbytes(chosen.randrange(200))
    if kind < 0.65:
        return b"".join(chosen.choices(_PIECES, k=chosen.randrange(1, 25)))
    body = bytearray((form if chosen.random() < 0.5 else raw_form)(chosen.randrange(1, 400)))
    for _ in range(chosen.randrange(6)):
        place = chosen.randrange(len(body))
        body[place:place + chosen.randrange(3)] = chosen.choice(_PIECES)
    if kind > 0.999:
        return bytes(body) + b"&x=" + b"y" * 60_000
    return bytes(body)


async def posted(webhook: Webhook, body: bytes) -> int:
    """The status that the application answers with, as the server would ask it."""
    answered: list[int] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:  # noqa: ANN401 - as the interface has it
        if message["type"] == "http.response.start":
            answered.append(message["status"])

    await webhook({"type": "http", "method": "POST", "raw_path": f"/{TOKEN}".encode(), "headers": [],
                   "client": ("127.0.0.1", 1)}, receive, send)
    return answered[0]


def resident() -> int:
    gc.collect()
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return 1024 * int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS")))


@pytest.mark.long
@pytest.mark.kill
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
async def test_no_body_makes_it_fail_or_grow_and_all_that_is_kept_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dice: random.Random, pytestconfig: pytest.Config,
) -> None:
    count = FEW if pytestconfig.getoption("--variants") else MANY
    monkeypatch.setattr(logging.root.manager, "disable", logging.CRITICAL)  # pytest would keep every line
    store, thread = open_store(tmp_path / "santral.db"), StoreThread()
    campaign = calling(store, numbers=300, token=TOKEN)
    failures: list[Exception | None] = []
    where = ReceiverStore.of(store)
    beside = Beside(where, thread, store.spool, failures.append)
    tokens = Tokens(where, thread)
    await tokens.load()
    webhook = Webhook(tokens, Ingest(where, thread, beside, failures.append), beside, path="", healthy=lambda: True,
                      now=store._context.now)
    before = 0
    for place in range(0, count, AT_ONCE):
        statuses = await asyncio.gather(*(posted(webhook, hostile(dice)) for _ in range(AT_ONCE)))
        assert set(statuses) == {200}
        if place == AT_ONCE * (count // AT_ONCE // 5):  # caches are filled by now
            before = resident()
    assert resident() - before < GROWTH
    assert set(failures) == {None}
    assert webhook.counts.acknowledged >= count
    assert webhook.counts.unreadable > count / 10
    assert webhook.counts.stored > count / 20
    await all_readable(store, campaign)
    thread.close()
    store.close()


def is_shown_as_it_is(text: str) -> bool:
    """A no-break space is: it does not print, and does no harm."""
    return visible(text).replace("\xa0", " ").isprintable()


async def all_readable(store: Any, campaign: int) -> None:  # noqa: ANN401 - a store
    for row in store.results.each(campaign):
        assert is_shown_as_it_is(row.phone + row.status + row.digit)
    for offset in range(0, store.deliveries.unreadable_count("acme"), 1000):
        for body in store.deliveries.unreadable("acme", offset, 1000)[:20]:
            assert all(is_shown_as_it_is(sentence) for sentence in said(body.reason).values())
    found = store.campaigns.page("acme", offset=0, limit=1000)
    assert all(is_shown_as_it_is(one.name) for one in found)
    assert_as_recounted(store, campaign)
