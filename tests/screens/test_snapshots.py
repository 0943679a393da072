"""A few screens as pictures, in both sizes and languages. Look at each before it is taken over."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from tests.screens.conftest import READY, World
from tests.screens.waiting import at_rest, until
from tui.campaign.lifecycle import AskedBy, Unconfirmed
from tui.core.reason import Reason
from tui.i18n.words import say

SMALL, LARGE = (80, 24), (120, 36)


@pytest.fixture(autouse=True)
def plain_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the machine's own terminal is must not show in a picture."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    monkeypatch.delenv("NO_COLOR", raising=False)


def fill(world: World) -> None:
    """A campaign in each state that is common, and one that is not."""
    world.draft(READY | {"name": "Kasım daveti"}, phones=())
    lost = world.draft(READY | {"name": "Tahsilat [/x]", "time_range_begin": "09:00", "time_range_end": "18:00"})
    entry = world.store.ledger.begin(lost, revision=world.store.campaigns.get(lost).revision, token="t", body_hash="h",
                                     numbers=1, asked_by=AskedBy.APP)
    world.store.ledger.resolve(entry, Unconfirmed(Reason("provider.unconfirmed.timeout")))
    world.launched("Memnuniyet anketi")


def showing(world: World, *keys: str, until_shown: str) -> Callable[[Pilot[str]], Awaitable[None]]:
    async def prepare(pilot: Pilot[str]) -> None:
        await until(pilot, world, "anketi")
        await pilot.press(*keys)
        await until(pilot, world, until_shown)
        for box in world.app.screen.query(Input):
            box.cursor_blink = False
        await at_rest(pilot, world)

    return prepare


@pytest.mark.parametrize(("language", "size"), [("tr", SMALL), ("en", LARGE)], indirect=["language"])
def test_the_list(world: World, size: tuple[int, int], snap_compare: Any) -> None:  # noqa: ANN401 - the plugin's fixture
    fill(world)
    assert snap_compare(world.app, terminal_size=size, run_before=showing(world, until_shown="●"))


@pytest.mark.parametrize(("language", "size"), [("en", SMALL), ("tr", LARGE)], indirect=["language"])
def test_the_schedule_with_bad_dates(world: World, size: tuple[int, int], snap_compare: Any) -> None:  # noqa: ANN401 - the plugin's fixture
    world.draft(READY | {"date_range_begin": "31.02.2026", "time_range_begin": "18:00", "time_range_end": "9:00"})
    shown = say("campaign.field.time_range_end")
    assert snap_compare(world.app, terminal_size=size, run_before=showing(world, "enter", "f8", until_shown=shown))


@pytest.mark.parametrize(("language", "size"), [("tr", SMALL), ("en", LARGE)], indirect=["language"])
def test_picking_a_queue(world: World, size: tuple[int, int], snap_compare: Any) -> None:  # noqa: ANN401 - the plugin's fixture
    world.has_account()
    world.draft(READY | {"call_type": "queue", "queue_number": "201"})
    keys = ("enter", "f8", "f8", "down", "down", "down", "f4")
    shown = say("text.menu.agents", count=1)
    assert snap_compare(world.app, terminal_size=size, run_before=showing(world, *keys, until_shown=shown))


@pytest.mark.parametrize(("language", "size"), [("tr", SMALL), ("en", LARGE)], indirect=["language"])
def test_review(world: World, size: tuple[int, int], snap_compare: Any) -> None:  # noqa: ANN401 - the plugin's fixture
    world.draft(READY | {"call_retries": "2", "digit_target_2": "queue/201", "timeout_target": "restart"})
    shown = say("text.review.ready")[:20]
    assert snap_compare(world.app, terminal_size=size, run_before=showing(world, "enter", "f9", until_shown=shown))


DOCUMENT_MENU = READY | {
    "digit_target_0": "announcement/421", "digit_target_2": "user/1001", "digit_target_3": "group/700",
    "digit_target_4": "ivr/10", "digit_target_5": "announcement/428", "digit_target_6": "external/05321234567",
    "digit_target_7": "voicemail/1003", "digit_target_8": "queue/201",
    "digit_target_9": "tts/tr-TR/Bu bir test cümlesidir.", "digit_target_star": "restart",
    "digit_target_square": "user/1000", "digit_retries": "1", "opt_out_key": "9",
}


@pytest.mark.parametrize(("language", "size"), [("tr", SMALL), ("en", LARGE)], indirect=["language"])
def test_the_menu(world: World, size: tuple[int, int], snap_compare: Any) -> None:  # noqa: ANN401 - the plugin's fixture
    world.has_account()
    world.draft(DOCUMENT_MENU)
    keys = ("enter", "f5", "5")
    assert snap_compare(world.app, terminal_size=size, run_before=showing(world, *keys, until_shown="koşulları"))


@pytest.mark.parametrize(("language", "size"), [("en", SMALL), ("tr", LARGE)], indirect=["language"])
def test_a_menu_with_problems(world: World, size: tuple[int, int], snap_compare: Any) -> None:  # noqa: ANN401 - the plugin's fixture
    world.has_account()
    world.draft(READY | {"digit_target_2": "queue:201", "digit_target_3": "announcement/999",
                         "timeout_target": "restart", "is_commercial": "true"})
    missing = say("campaign.standing.missing")
    keys = ("enter", "f5", "2")
    assert snap_compare(world.app, terminal_size=size, run_before=showing(world, *keys, until_shown=missing))


RESULTS = (
    ("905321234500", "Cevaplandı", "1"), ("905321234501", "Cevapsız", ""), ("905321234502", "Cevaplandı", "-"),
    ("905321234503", "Meşgul", ""), ("905321234501", "Cevaplandı", "!4"), ("905321234504", "Cevaplandı", "1"),
    ("905321234505", "Hatalı Numara", ""), ("905321234506", "Cevaplandı", "8"), ("905550000000", "Cevaplandı", "1"),
)


@pytest.mark.parametrize(("language", "size"), [("tr", SMALL), ("en", LARGE)], indirect=["language"])
def test_results(world: World, size: tuple[int, int], snap_compare: Any) -> None:  # noqa: ANN401 - the plugin's fixture
    phones = tuple(f"053212345{place:02}" for place in range(9))
    made = world.launched(phones=phones, values=DOCUMENT_MENU | {"call_retries": "2"})
    world.heard(made, *RESULTS)
    shown = say("screens.results.filter_open")
    assert snap_compare(world.app, terminal_size=size, run_before=showing(world, "r", until_shown=shown))
