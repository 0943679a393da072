"""What the callee hears, told of any text that a field can hold."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from tests.screens.conftest import READY
from tui.campaign.account import Account, Listing
from tui.campaign.call_simulation import SimulatedCall
from tui.campaign.parsed_draft import ParsedDraft
from tui.i18n.words import say
from tui.text.formats import leading_text
from tui.text.lines import Line
from tui.text.menu import MAX_STEPS, call_lines, menu_lines
from tui.widgets.text_lines import wrapped


@pytest.mark.parametrize("retries", ["²", "٣", "9" * 5000, "-1", "x"])
def test_repeats_that_are_no_number_are_left_to_the_provider(retries: str) -> None:
    lines = menu_lines(ParsedDraft(READY | {"digit_retries": retries}), Account(), [])
    told = say("text.menu.again_default", what=say("campaign.digit.-"), leads=say("text.menu.ends"))
    assert told in "\n".join(line.text for line in lines)


@pytest.mark.parametrize(("values", "rings", "hears"), [
    ({}, "☎ it rings", "phrase"), ({"cli": "902129630131"}, "☎ 0212 963 01 31 calling", "phrase"),
    ({"ring_timeout": "20"}, "☎ rings 20 s", "phrase"),
    ({"cli": "902129630131", "ring_timeout": "20", "welcome_announcement_id": "421"},
     "☎ 0212 963 01 31 calling, rings 20 s", "421"),
    ({"welcome_announcement_id": "[/x]"}, "☎ it rings", "♪ [/x]"),
])
def test_how_a_call_begins(values: dict[str, str], rings: str, hears: str) -> None:
    draft = ParsedDraft({"call_type": "ivr", "digit_target_1": "queue/200", **values})
    ringing, message = (line.text for line in menu_lines(draft, Account(), [])[1:3])
    assert ringing.startswith(rings)
    assert hears in message


@pytest.mark.parametrize("text", ["調査" * 30, "a" * 90, "♪ " + "調" * 41 + " müşteri", "علي" * 40])
def test_no_row_is_wider_than_the_room_and_nothing_is_lost(text: str) -> None:
    rows = wrapped(text, 20, 2)
    assert max(map(cell_len, rows)) <= 20
    assert "".join("".join(rows).split()) == "".join(text.split())


def test_of_a_call_without_an_end_the_last_steps_are_told() -> None:
    draft = ParsedDraft({"timeout_target": "restart"})
    call = SimulatedCall.begin(draft.menu)
    for _ in range(1000):
        call = call.wait_out()
    told = [line.text for line in call_lines(call.hang_up(), draft, [Line("♪")], Account())]
    assert len(told) <= MAX_STEPS + 2
    assert told[:2] == [say("text.try.answered"), "…"]
    assert told[-1] == "✗ " + say("text.try.hung_up")


@pytest.mark.parametrize("wire", ["queue/200", "announcement/421"])
def test_a_name_that_is_very_long_leaves_room_for_the_rest(wire: str) -> None:
    long = {200: "ad " * 200, 421: "ad " * 200}
    account = Account(Listing(long, fresh=True), Listing(long, fresh=True))
    values = READY | {"welcome_announcement_id": "421", "digit_target_1": wire}
    assert max(len(line.text) for line in menu_lines(ParsedDraft(values), account, [])) < 120


def test_agents_of_a_queue_without_a_name() -> None:
    queue = ParsedDraft({"digit_target_1": "queue/200"}).field("digit_target_1")
    assert leading_text(queue, Account(agents={200: 2})) == "Queue 200 2 agents available"
