"""What makes two drafts sound the same, and what does not."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.campaign.targets import TARGETS
from tui.campaign.fields import FIELDS, OPT_OUT, TARGET_FIELDS, Section, fields_of
from tui.campaign.parsed_draft import ParsedDraft
from tui.campaign.request import menu_key


def key_of(values: Mapping[str, str]) -> str:
    return menu_key(ParsedDraft(values))


IVR = {"call_type": "ivr", "welcome_announcement_id": "128", "digit_target_1": "queue/201", "timeout_target": "restart"}
QUEUE = {"call_type": "queue", "queue_number": "201"}


@pytest.mark.parametrize("same", [
    {"name": "Başka", "cli": "902129630131", "date_range_begin": "2026-11-25", "active_days": "1", "call_retries": "2"},
    {"ring_timeout": "30", "max_thread_count": "5", "webhook_url": "https://a.example", "recording_enabled": "true"},
    {"queue_number": "201", "thread_multiplier": "3"},
    {"digit_timeout": "4"}, {"digit_timeout": " 04 "}, {"digit_timeout": ""}, {"digit_target_2": ""},
    {"welcome_announcement_id": " 0128"}, {"digit_target_1": " queue/201 "}, {OPT_OUT: "1"},
])
def test_what_the_callee_does_not_hear_makes_no_other_menu(same: dict[str, str]) -> None:
    assert key_of(IVR | same) == key_of(IVR)


@pytest.mark.parametrize("other", [
    {"call_type": "queue"}, {"call_type": ""}, {"welcome_announcement_id": "129"}, {"welcome_announcement_id": ""},
    {"digit_timeout": "5"}, {"digit_timeout": "four"}, {"digit_retries": "1"}, {"digit_retries": "0"},
    {"digit_target_1": "queue/202"}, {"digit_target_1": ""}, {"digit_target_1": "queue:201"},
    {"timeout_target": "", "invalid_target": "restart"}, {"digit_target_star": "restart"},
])
def test_what_the_callee_hears_makes_another_menu(other: dict[str, str]) -> None:
    assert key_of(IVR | other) != key_of(IVR)


def test_a_queue_campaign_is_its_queue_alone() -> None:
    assert key_of(QUEUE | {"queue_number": "0201"}) == key_of(QUEUE)
    assert key_of(QUEUE | dict.fromkeys(TARGET_FIELDS, "restart") | {"digit_retries": "2"}) == key_of(QUEUE)
    assert key_of(QUEUE | {"queue_number": "202"}) != key_of(QUEUE)


@given(st.dictionaries(st.sampled_from(TARGET_FIELDS), TARGETS.map(str)), st.sampled_from(TARGET_FIELDS), TARGETS)
def test_each_of_the_fourteen_targets_counts(targets: dict[str, str], name: str, other: object) -> None:
    menu = IVR | targets
    assert (key_of(menu | {name: str(other)}) == key_of(menu)) is (str(other) == menu.get(name, ""))


@given(st.dictionaries(st.sampled_from(list(FIELDS)), st.text()))
def test_whatever_is_typed_has_a_key_and_a_field_of_the_menu_that_is_left_alone_adds_nothing(
    values: dict[str, str]
) -> None:
    blanks = {field.name: " " for field in fields_of(Section.MENU, "ivr")}
    assert key_of(values) == key_of({**blanks, **values})
