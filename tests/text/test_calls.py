"""Calls in words: to whom the callee was put through, after what wait, and who hung up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from tests.store.results import NOON
from tui.campaign.account import Account, Listing
from tui.i18n import words
from tui.store.call_details import CallDetail
from tui.text.calls import answered_by_text

KNOWN = CallDetail("u", "", "", "", None, None, "", (), NOON)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    words.use("en")
    yield
    words.use("en")


@pytest.mark.parametrize(("detail", "english", "turkish"), [
    (None, "", ""),
    (KNOWN, "put through to nobody", "kimseye bağlanmadı"),
    (replace(KNOWN, answered_name="Ayşe [/x]"), "put through to Ayşe [/x]", "bağlanan: Ayşe [/x]"),
    (replace(KNOWN, answered_by="101", answered_name="Ayşe", hung_up_by="callee"),
     "put through to extension 101 Ayşe · the person called hung up",
     "bağlanan: dahili 101 Ayşe · aranan kişi kapattı"),
    (replace(KNOWN, answered_by="905321234567", hung_up_by="caller"),
     "put through to 0532 123 45 67 · we hung up", "bağlanan: 0532 123 45 67 · biz kapattık"),
    (replace(KNOWN, answered_by="sip:x", hung_up_by="nobody we know"), "put through to sip:x", "bağlanan: sip:x"),
    (replace(KNOWN, queue_wait=1), "put through to nobody · waited 1 s", "kimseye bağlanmadı · 1 sn bekledi"),
    (replace(KNOWN, queue="201", queue_wait=12), "put through to nobody · waited 12 s in queue 201 Destek",
     "kimseye bağlanmadı · 201 Destek kuyruğunda 12 sn bekledi"),
    (replace(KNOWN, queue="Destek"), "put through to nobody · queue Destek", "kimseye bağlanmadı · kuyruk Destek"),
])
def test_whom_a_call_was_put_through_to(detail: CallDetail | None, english: str, turkish: str) -> None:
    account = Account(queues=Listing({201: "Destek"}))
    assert answered_by_text(detail, account) == english
    words.use("tr")
    assert answered_by_text(detail, account) == turkish
