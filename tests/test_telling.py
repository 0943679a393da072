"""What a launch would do, told of any text that a field can hold: Review tells it beside the problems."""

from __future__ import annotations

import pytest

from tests.screens.conftest import NOW, READY
from tui.campaign.draft import Draft
from tui.telling import review_lines
from tui.words import say


@pytest.mark.parametrize("text", ["²", "٣", "9" * 5000, "-1", "x"])
def test_what_is_no_number_is_left_to_the_provider(text: str) -> None:
    told = review_lines(Draft(READY | {"call_retries": text, "max_thread_count": text}), 1, 0, NOW)
    assert say("screens.review.tries_default") in told
    assert say("screens.review.channels_default") in told


def test_repeats_and_channels_are_counted() -> None:
    told = review_lines(Draft(READY | {"call_retries": "0", "max_thread_count": "3"}), 1, 0, NOW)
    assert say("screens.review.tries", count=1) in told
    assert say("screens.review.channels", count=3) in told
