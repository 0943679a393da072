"""What the texts of a draft mean, and that each is parsed once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.campaign.targets import TARGETS
from tui.campaign import parsed_draft
from tui.campaign.calling_hours import Window
from tui.campaign.dates import ISTANBUL
from tui.campaign.fields import FIELDS, KEEP_REPEATS, LARGEST_INTEGER, OPT_OUT, TARGET_FIELDS, Field
from tui.campaign.parsed_draft import ParsedDraft, ParsedField, parse_field
from tui.campaign.phone_list import PhoneList
from tui.campaign.rules import check
from tui.campaign.target import Target, TargetKind

NOW = dt.datetime(2026, 9, 7, 10, 0, tzinfo=ISTANBUL)
FULL = {"call_type": "ivr", "name": "Anket", "cli": "0212 963 01 31", "welcome_announcement_id": "128",
        "webhook_url": "https://calls.example.com/x", **dict.fromkeys(TARGET_FIELDS, "queue/201")}


@pytest.mark.parametrize(("name", "text", "value"), [
    ("call_type", "ivr", "ivr"), ("name", " Anket ", "Anket"), ("cli", "0212 963 01 31", "902129630131"),
    ("date_range_begin", "25.11.2026", dt.date(2026, 11, 25)), ("time_range_end", "9:00", dt.time(9)),
    ("active_days", "5, 1,1", (1, 5)), ("active_days", ",", ()), ("call_retries", "002", 2), ("digit_retries", "-0", 0),
    ("call_retries", str(LARGEST_INTEGER), LARGEST_INTEGER), ("recording_enabled", "t", True),
    ("is_commercial", "false", False), ("digit_target_1", " queue/201", Target(TargetKind.QUEUE, "201")),
    ("webhook_url", "https://a.example/x", "https://a.example/x"),
])
def test_a_text_has_a_value_of_the_type_of_its_field(name: str, text: str, value: object) -> None:
    found = ParsedDraft({name: text}).field(name)
    assert (found.text, found.value, type(found.value)) == (text.strip(), value, type(value))


@pytest.mark.parametrize(("name", "text", "code"), [
    ("call_type", "IVR", "problem.choice"), ("cli", "12", "phone.short"),
    ("date_range_end", "30.2.2026", "problem.day"),
    ("time_range_begin", "24:00", "problem.midnight"), ("active_days", "8", "problem.days"),
    ("ring_timeout", "24", "problem.range"), ("digit_retries", "٢", "problem.integer"),
    ("call_retries", "9" * 19, "problem.range"), ("call_retries", "-" + "9" * 19, "problem.least"),
    ("ring_timeout", "0" * 5000, "problem.range"),
    ("is_commercial", "t", "problem.boolean"), ("timeout_target", "queue:201", "target.meant"),
    ("webhook_url", "ftp://a", "problem.url"), ("name", "a\ud800", "problem.control"),
])
def test_a_wrong_text_has_a_problem_and_no_value(name: str, text: str, code: str) -> None:
    found = ParsedDraft({name: text}).field(name)
    assert (found.text, found.value, found.target) == (text, None, None)
    assert found.problem is not None
    assert found.problem.code == f"campaign.{code}"


@pytest.mark.parametrize("text", ["", " ", "\t"])
@pytest.mark.parametrize("name", FIELDS)
def test_what_was_left_alone_is_nothing(name: str, text: str) -> None:
    assert ParsedDraft({name: text}).field(name) == ParsedDraft().field(name) == ParsedField()
    assert ParsedDraft({name: text}).warnings(name) == ()


def test_a_field_that_no_request_has_is_none() -> None:
    with pytest.raises(KeyError):
        ParsedDraft({OPT_OUT: "9", KEEP_REPEATS: "true"}).field(OPT_OUT)


@pytest.mark.parametrize(("name", "text", "target"), [
    ("queue_number", "0201", Target(TargetKind.QUEUE, "0201")), ("welcome_announcement_id", "128",
                                                           Target(TargetKind.ANNOUNCEMENT, "128")),
    ("invalid_target", "fax", Target(TargetKind.FAX)), ("queue_number", "1" * 11, None), ("call_retries", "2", None),
])
def test_where_a_field_leads(name: str, text: str, target: Target | None) -> None:
    assert ParsedDraft({name: text}).target(name) == target


@pytest.mark.parametrize(("values", "window"), [
    ({}, Window(NOW.date(), NOW.date())),
    ({"date_range_begin": "2026-09-08", "active_days": "1"},
     Window(dt.date(2026, 9, 8), dt.date(2026, 9, 8), days=(1,))),
    ({"time_range_begin": "9:00", "active_days": ","}, Window(NOW.date(), NOW.date(), dt.time(9), days=())),
    ({"date_range_begin": "yarın"}, None), ({"time_range_end": "24:00"}, None), ({"active_days": "x"}, None),
])
def test_when_it_calls_with_the_defaults_of_the_provider(values: dict[str, str], window: Window | None) -> None:
    assert ParsedDraft(values).window(NOW) == window


def test_today_is_turkeys() -> None:
    late = dt.datetime(2026, 9, 7, 22, 0, tzinfo=dt.UTC)
    assert ParsedDraft().dates(late) == (dt.date(2026, 9, 8), dt.date(2026, 9, 8))


def test_nothing_changes_a_draft() -> None:
    typed = dict(FULL)
    draft = ParsedDraft(typed)
    typed["name"] = "Başka"
    assert draft.name == "Anket"
    with pytest.raises(TypeError):
        cast("Any", draft.values)["name"] = "Başka"
    changed = draft.changed({"name": "Başka", "cli": ""})
    assert (draft.name, changed.name, changed["cli"], changed.caller) == ("Anket", "Başka", "", None)
    assert draft == ParsedDraft(FULL) != changed == ParsedDraft(FULL | {"name": "Başka", "cli": ""})


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The fields that are parsed, in their order."""
    found: list[str] = []

    def noted(known: Field, typed: str) -> ParsedField:
        found.append(known.name)
        return parse_field(known, typed)

    monkeypatch.setattr(parsed_draft, "parse_field", noted)
    return found


def test_each_field_is_parsed_once_and_a_change_parses_what_it_changes(parsed: list[str]) -> None:
    draft = ParsedDraft(FULL)
    assert parsed == []
    first = check(draft, PhoneList(total=2), NOW)
    assert sorted(parsed) == sorted(set(parsed))
    parsed.clear()
    assert check(draft, PhoneList(total=2), NOW) == first
    assert parsed == []
    check(draft.changed({"digit_target_3": "queue/202"}), PhoneList(total=2), NOW)
    assert parsed == ["digit_target_3"]


def test_what_is_to_be_looked_at_is_found_once(monkeypatch: pytest.MonkeyPatch) -> None:
    draft = ParsedDraft({"digit_target_1": "external/09001234567", "name": "A"})
    told = draft.warnings("digit_target_1")
    assert [reason.code for reason in told] == ["campaign.problem.premium_target"]
    monkeypatch.setattr(parsed_draft, "is_premium", lambda _phone: pytest.fail("it was looked at before"))
    assert draft.changed({"name": "B"}).of_fields(TARGET_FIELDS).warnings("digit_target_1") is told


def test_of_some_fields_the_others_are_left_alone(parsed: list[str]) -> None:
    draft = ParsedDraft(FULL | {"call_retries": "2"})
    draft.field("digit_target_1")
    menu = draft.of_fields(TARGET_FIELDS)
    assert menu == ParsedDraft(dict.fromkeys(TARGET_FIELDS, "queue/201"))
    menu.field("digit_target_1")
    assert parsed == ["digit_target_1"]


TEXTS = st.one_of(st.text(), TARGETS.map(str), st.integers().map(str), st.sampled_from(["ivr", "queue", "true", ","]))
VALUES = st.dictionaries(st.sampled_from([*FIELDS, OPT_OUT, KEEP_REPEATS]), TEXTS)


@settings(deadline=None)
@given(VALUES, VALUES, VALUES)
def test_a_draft_that_was_changed_is_as_one_that_was_typed_so(
    values: Mapping[str, str], changes: Mapping[str, str], more: Mapping[str, str],
) -> None:
    draft = ParsedDraft(values)
    check(draft, PhoneList(total=1), NOW)
    changed = draft.changed(changes)
    check(changed, PhoneList(total=1), NOW)
    changed, typed = changed.changed(more), ParsedDraft({**values, **changes, **more})
    assert changed == typed
    assert check(changed, PhoneList(total=1), NOW) == check(typed, PhoneList(total=1), NOW)
    for name in FIELDS:
        assert changed.field(name) == typed.field(name)
        assert changed.warnings(name) == typed.warnings(name)
