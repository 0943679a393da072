"""The do-not-call list in words: how old its sources are, and what waits to be blocked at the provider."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.store.results import NOON
from tui.core.reason import Reason
from tui.i18n import words
from tui.store.consents import ConsentImport, ImportNotes
from tui.store.opt_out_pushes import PushQueue
from tui.text.do_not_call import source_parts
from tui.text.formats import sentence

STOPPED = Reason("provider.not_reached.network", {"host": "example.com"})


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    words.use("en")
    yield
    words.use("en")


def told(queue: PushQueue | None, consents: ConsentImport | None = None) -> list[str]:
    return list(source_parts(consents, queue, NOON))


@pytest.mark.parametrize(("queue", "english", "turkish"), [
    (None, [], []), (PushQueue(), [], []),
    (PushQueue(waiting=1), ["1 number is waiting to be blocked at the provider."],
     ["1 numara sağlayıcıda engellenmeyi bekliyor."]),
    (PushQueue(waiting=2, unsure=1, refused=1),
     ["3 numbers are waiting to be blocked at the provider.", "The provider refuses to block 1 number."],
     ["3 numara sağlayıcıda engellenmeyi bekliyor.", "Sağlayıcı 1 numarayı engellemeyi kabul etmedi."]),
])
def test_what_waits_to_be_blocked_is_said(queue: PushQueue | None, english: list[str], turkish: list[str]) -> None:
    assert told(queue) == english
    words.use("tr")
    assert told(queue) == turkish


def test_why_pushing_stopped_is_said_while_something_waits() -> None:
    assert told(PushQueue(waiting=1, stopped=STOPPED))[1:] == [sentence(STOPPED)]
    assert told(PushQueue(stopped=STOPPED)) == []


def test_the_age_of_consents_is_said() -> None:
    made = ConsentImport(1, "/x/iys.csv", "1", {}, NOON, NOON, ImportNotes())
    (age,) = told(None, made)
    assert "12:00" in age
