"""What the callee hears, told of any text that a field can hold."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from tests.screens.conftest import READY
from tui.campaign.account import Account
from tui.hearing import menu_lines
from tui.widgets.text_lines import wrapped
from tui.words import say


@pytest.mark.parametrize("retries", ["²", "٣", "9" * 5000, "-1", "x"])
def test_repeats_that_are_no_number_are_left_to_the_provider(retries: str) -> None:
    lines = menu_lines(READY | {"digit_retries": retries}, Account(), [])
    told = say("screens.menu.again_default", what=say("campaign.digit.-"), leads=say("screens.menu.ends"))
    assert told in "\n".join(line.text for line in lines)


@pytest.mark.parametrize("text", ["調査" * 30, "a" * 90, "♪ " + "調" * 41 + " müşteri", "علي" * 40])
def test_no_row_is_wider_than_the_room_and_nothing_is_lost(text: str) -> None:
    rows = wrapped(text, 20, 2)
    assert max(map(cell_len, rows)) <= 20
    assert "".join("".join(rows).split()) == "".join(text.split())
