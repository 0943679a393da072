"""Follow-up plans in words: what is shown of a rule can be typed as it is shown."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given

from tests.campaign.test_follow_up_plan import RULES
from tui.campaign.follow_up_grammar import read_again, read_rule
from tui.campaign.follow_up_plan import NAMED, Delay, Rule
from tui.i18n import words
from tui.text.follow_up_plan import (
    after_text,
    counted_text,
    hours_text,
    outcome_text,
    outcomes_text,
    rule_text,
    times_text,
)


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    words.use("en")


@pytest.mark.parametrize("language", ["tr", "en"])
@given(rule=RULES)
def test_what_is_shown_of_a_rule_is_understood_where_it_is_typed(language: str, rule: Rule) -> None:
    words.use(language)
    if rule is None:
        return
    assert read_again(after_text(rule.after), hours_text(rule), times_text(rule)) == rule
    assert read_again(after_text(rule.after), hours_text(rule), f" {rule.times} ") == rule
    assert read_rule(rule_text(rule)) == rule


@pytest.mark.parametrize(("delay", "english", "turkish"), [
    (Delay(), "at once", "hemen"), (Delay(minutes=15), "after 15 min", "15 dk sonra"),
    (Delay(minutes=120), "after 2 hours", "2 saat sonra"), (Delay(minutes=1441), "after 1441 min", "1441 dk sonra"),
    (Delay(days=1), "next day", "ertesi gün"), (Delay(days=3), "after 3 days", "3 gün sonra"),
])
def test_how_long_after(delay: Delay, english: str, turkish: str) -> None:
    for language, expected in (("en", english), ("tr", turkish)):
        words.use(language)
        assert after_text(delay) == expected


def test_outcomes_are_named() -> None:
    words.use("tr")
    assert [outcome_text(name) for name in ("busy", "key:1", "key:#", "status:Neu")] == [
        "meşgul", "1 tuşu", "# tuşu", "Neu"]
    words.use("en")
    assert outcomes_text(["busy", "no-answer"]) == "busy, no answer"
    assert outcomes_text(["busy", "no-answer", "key:1", "other"]) == "busy, no answer +2"
    assert counted_text({"busy": 1200, "key:1": 3}) == "1,200 busy, 3 key 1"
    assert all(outcome_text(name) for name in NAMED)
