"""What is written to the terminal, byte by byte: over a slow line, no more than what changed.

A screen painted whole is seven kilobytes or more, and takes a second where a line carries that much.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.scenarios.conftest import Start
from tests.terminal import Terminal
from tui.bootstrap import sort_text
from tui.campaign.lifecycle import AskedBy, Created
from tui.campaign.phone_list import Number
from tui.campaign.results import Notification
from tui.core.clock import utc_now
from tui.i18n.words import Words, folded
from tui.operations.phone_list import validated
from tui.screens.incoming import LISTEN_SECONDS
from tui.store import Delivery, Store

pytestmark = pytest.mark.terminal
SAY = Words("en").say
DRAFTS = 30
PHONES = [f"0532123{place:04}" for place in range(30)]
QUIET = 0.8  # longer than any screen takes to look at the store again

LETTER = 500  # the field's line, and of the title what says twice whether the letter is kept
STEP = 1100  # the row that was left and the one that was reached, and what is told of it
WHOLE = 13_000  # the densest screen, the menu's, and what comes of the provider's lists; painted twice it would be 20
FIELD = 2500  # both fields, the two lines of help, and the line of keys where others are meant


@pytest.fixture(autouse=True)
def store(home: Path) -> None:
    """Drafts, the last of them with numbers; beneath it in the list a campaign that results came in of."""
    path = home / "data" / "santral" / "santral.db"
    path.parent.mkdir(parents=True)
    store = Store.open(path, fold=folded, sort_key=sort_text)
    fields = {"call_type": "ivr", "cli": "902129630131", "active_days": "1,2,3,4,5,6,7",
              "welcome_announcement_id": "128", "digit_target_1": "announcement/421"}
    for place in range(DRAFTS):
        store.drafts.create("acme", {**fields, "name": f"Draft {place}"})
    launched = store.drafts.create("acme", {**fields, "name": "Launched"})
    store.numbers.add(launched, validated(map(Number, PHONES)))
    entry = store.ledger.begin(launched, revision=store.campaigns.get(launched).revision, token="t", body_hash="h",
                               numbers=len(PHONES), asked_by=AskedBy.APP)
    store.ledger.resolve(entry, Created(20212))
    now = utc_now()
    store.deliveries.ingest([
        Delivery("t", now, Notification(phone, 20212, "", phone, f"9{phone}", "1", "Cevaplandı", now))
        for phone in PHONES])
    last = store.drafts.create("acme", {**fields, "name": "Last"})
    store.numbers.add(last, validated(map(Number, PHONES)))
    store.close()


def to_list(terminal: Terminal) -> None:
    terminal.wait("Last")


def to_form(terminal: Terminal) -> None:
    to_list(terminal)
    terminal.press("g", "enter")
    terminal.wait(SAY("key.form.next"))


def to_numbers(terminal: Terminal) -> None:
    to_form(terminal)
    terminal.press(*["f8"] * 4)
    terminal.wait("0532 123 00 03")


def to_review(terminal: Terminal) -> None:
    to_form(terminal)
    terminal.press("f9")
    terminal.wait(SAY("text.review.ready")[:20])


def to_menu(terminal: Terminal) -> None:
    to_form(terminal)
    terminal.press("f5")
    terminal.wait("Teşekkürler")


def to_target(terminal: Terminal) -> None:
    to_menu(terminal)
    terminal.press("enter")
    terminal.wait("a421")


def to_results(terminal: Terminal) -> None:
    to_list(terminal)
    terminal.press("g", "j", "r")
    terminal.wait("0532 123 00 03")


Way = Callable[[Terminal], None]


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
@pytest.mark.parametrize(("way", "before", "key", "most"), [
    pytest.param(to_list, ["g", "j", "j"], "j", STEP, id="step in the list"),
    pytest.param(to_list, ["/", "z"], "q", LETTER, id="letter in the filter that finds nothing more"),
    pytest.param(to_form, ["down"], "x", LETTER, id="letter in a field"),
    pytest.param(to_numbers, ["1"], "2", LETTER, id="letter in the line for numbers"),
    pytest.param(to_form, ["down", "x"], "down", FIELD, id="from field to field"),
    pytest.param(to_form, ["f8", "down"], "down", FIELD, id="from date to hour"),
    pytest.param(to_numbers, ["tab", "down"], "down", STEP, id="step in the numbers"),
    pytest.param(to_menu, [], "right", FIELD, id="from key to key"),
    pytest.param(to_target, ["down"], "down", FIELD, id="step among targets"),
    pytest.param(to_results, ["j"], "j", STEP, id="step in the results"),
])
def test_a_key_writes_what_changed(
    start: Start, size: tuple[int, int], way: Way, before: list[str], key: str, most: int
) -> None:
    with start(size=size) as terminal:
        way(terminal)
        terminal.press(*before)
        terminal.wait_for_quiet(QUIET)
        seen = len(terminal.written)
        terminal.press(key)
        terminal.wait_until(lambda: len(terminal.written) > seen, "the key changed nothing")
        terminal.wait_for_quiet(QUIET)
        written = bytes(terminal.written[seen:])
        assert len(written) <= most, f"{len(written)} bytes: {written!r}"


@pytest.mark.parametrize(("way", "key"), [
    pytest.param(to_list, "enter", id="form"), pytest.param(to_list, "?", id="help"),
    pytest.param(to_form, "f5", id="menu"), pytest.param(to_form, "escape", id="back to the list"),
    pytest.param(to_menu, "enter", id="target"), pytest.param(to_target, "escape", id="back to the menu"),
])
def test_a_screen_that_comes_is_painted_once(start: Start, way: Way, key: str) -> None:
    with start() as terminal:
        way(terminal)
        terminal.wait_for_quiet(QUIET)
        seen = len(terminal.written)
        terminal.press(key)
        terminal.wait_until(lambda: len(terminal.written) > seen, "nothing came")
        terminal.wait_for_quiet(QUIET)
        assert len(terminal.written) - seen <= WHOLE


@pytest.mark.parametrize("way", [to_form, to_numbers, to_review, to_menu])
def test_what_lies_beneath_is_not_heard_of(start: Start, way: Way) -> None:
    """The list goes on listening beneath; nothing of it is seen."""
    with start() as terminal:
        way(terminal)
        terminal.wait_for_quiet(QUIET)
        seen = len(terminal.written)
        terminal.drain(LISTEN_SECONDS + 1)
        assert bytes(terminal.written[seen:]) == b""


@pytest.mark.parametrize(("way", "keys"), [
    pytest.param(to_list, [], id="list"), pytest.param(to_list, ["/"], id="filter"),
    pytest.param(to_list, ["ctrl+p"], id="palette"), pytest.param(to_list, ["?"], id="help"),
    pytest.param(to_form, ["down"], id="form"), pytest.param(to_menu, [], id="menu"),
    pytest.param(to_target, [], id="target"), pytest.param(to_numbers, [], id="numbers"),
    pytest.param(to_review, [], id="review"), pytest.param(to_results, [], id="results"),
])
def test_where_nothing_happens_nothing_is_written(start: Start, way: Way, keys: list[str]) -> None:
    """Over a slow line a blinking cursor is traffic: it would never be quiet for as long as it takes to blink twice."""
    with start() as terminal:
        way(terminal)
        terminal.press(*keys)
        terminal.wait_for_quiet(1.3)
