"""The rules for each field at its bounds, and for fields that concern each other."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.campaign.sentences import said
from tui.campaign.calling_hours import CallingPolicy, Nobody, calls_nobody
from tui.campaign.dates import ISTANBUL, Hours
from tui.campaign.fields import FIELDS, IVR, LARGEST_INTEGER, OPT_OUT, PHONE_LIST, QUEUE, TARGET_FIELDS, FieldKind
from tui.campaign.holidays import Holiday, Name
from tui.campaign.parsed_draft import ParsedDraft, parse_field
from tui.campaign.phone import wire_phone
from tui.campaign.phone_list import PhoneList
from tui.campaign.request import wire
from tui.campaign.rules import Problem, Weight, check, check_fields, errors, gravest, multiplies

NOW = dt.datetime(2026, 9, 7, 10, 0, tzinfo=ISTANBUL)  # a Monday
PEOPLE = PhoneList(total=2)
GOOD_IVR = {"call_type": IVR, "name": "Anket", "welcome_announcement_id": "128",
            "digit_target_1": "announcement/421"}
GOOD_QUEUE = {"call_type": QUEUE, "name": "Tahsilat", "queue_number": "204"}


def problems(
    more: Mapping[str, str], phones: PhoneList = PEOPLE, now: dt.datetime = NOW, good: Mapping[str, str] = GOOD_IVR,
) -> list[Problem]:
    """What is wrong with a good draft after `more` was typed; every problem has its sentences."""
    found = check(ParsedDraft({**good, **more}), phones, now)
    for problem in found:
        for sentence in said(problem.reason).values():
            assert sentence
            # It stands at each of the fields that it concerns.
            assert not problem.others or not re.search("this field|leave this|bu alan", sentence, re.IGNORECASE)
    return found


def codes(found: list[Problem]) -> list[tuple[str, str]]:
    return [(problem.field, problem.code.removeprefix("campaign.problem.")) for problem in found]


@pytest.mark.parametrize("good", [GOOD_IVR, GOOD_QUEUE])
def test_a_draft_with_what_is_required_has_no_problem(good: Mapping[str, str]) -> None:
    assert problems({}, good=good) == []


# Good, and all the same something to look at: told of below.
BEYOND = {*(f"campaign.problem.many_{name}" for name in ("call_retries", "digit_retries", "thread_multiplier",
                                                         "max_thread_count")),
          "campaign.problem.webhook_private", "campaign.problem.not_commercial"}
GOOD = [
    ("name", "A"), ("name", "Kasım “daveti” /*?"), ("cli", "902129630131"), ("cli", "0212 963 01 31"),
    ("cli", "444 1 234"), ("digit_target_1", "external/4441234"), ("time_range_begin", "09:00"),
    ("date_range_begin", "2026-09-07"), ("date_range_end", "2026-09-07"), ("date_range_begin", "07.09.2026"),
    ("date_range_end", "31.12.2999"),
    ("time_range_begin", "0:00"), ("time_range_begin", "23:58"), ("time_range_end", "23:59"),
    ("time_range_end", "10:00"),
    ("active_days", "1"), ("active_days", "1,2,3,4,5,6,7"), ("active_days", "7,1"), ("active_days", "01 07"),
    ("ring_timeout", "25"), ("ring_timeout", "60"), ("call_retries", "0"), ("call_retries", str(LARGEST_INTEGER)),
    ("max_thread_count", "1"), ("max_thread_count", "5000"), ("recording_enabled", "true"),
    ("recording_enabled", "t"),
    ("recording_enabled", "false"),
    ("welcome_announcement_id", "1"), ("digit_timeout", "1"), ("digit_timeout", "10"), ("digit_retries", "0"),
    ("is_commercial", "false"), ("iys_recipient_type", "BIREYSEL"), ("iys_recipient_type", "TACIR"),
    ("iys_brand_code", "0"),
    ("webhook_url", "https://calls.example.com/x?y=1#z"), ("webhook_url", "http://10.0.0.1:8787/x"),
    ("webhook_url", "https://örnek.example/yol"), ("webhook_url", "http://[::1]:80/"),
    *((name, "hangup/hangup") for name in TARGET_FIELDS),
]


@pytest.mark.parametrize(("name", "text"), GOOD)
def test_a_good_value_is_no_problem(name: str, text: str) -> None:
    for typed in (text, f" {text}\t"):
        assert [problem for problem in problems({name: typed}) if problem.code not in BEYOND] == []


@pytest.mark.parametrize(("name", "text"), [("queue_number", "1"), ("thread_multiplier", "1"),
("thread_multiplier", "9")])
def test_a_good_value_of_a_queue_campaign_is_no_problem(name: str, text: str) -> None:
    assert errors(problems({name: text}, good=GOOD_QUEUE)) == []


@pytest.mark.parametrize(("name", "most", "good"), [
    ("call_retries", 5, GOOD_IVR), ("call_retries", 5, GOOD_QUEUE), ("digit_retries", 5, GOOD_IVR),
    ("thread_multiplier", 3, GOOD_QUEUE), ("max_thread_count", 60, GOOD_IVR), ("max_thread_count", 60, GOOD_QUEUE),
])
def test_what_multiplies_calls_is_warned_about_above_a_ceiling(name: str, most: int, good: dict[str, str]) -> None:
    assert problems({name: str(most)}, good=good) == []
    (found,) = problems({name: str(most + 1)}, good=good)
    assert (found.field, found.weight) == (name, Weight.WARNING)
    assert found.reason.params == {"count": most + 1, "most": most}
    assert multiplies([found.code])
    assert not multiplies(["campaign.problem.over"])
    (wrong,) = problems({name: "x"}, good=good)
    assert wrong.weight is Weight.ERROR


def test_what_the_other_type_of_campaign_would_multiply_is_not_sent_and_not_told() -> None:
    assert problems({"thread_multiplier": "9"}) == []
    assert problems({"digit_retries": "9"}, good=GOOD_QUEUE) == []


@pytest.mark.parametrize("number", ["0900 123 45 67", "908881234567", "08981234567", "+44 90 1234 5678",
                                    "+49 180 1123456"])
def test_premium_numbers_are_warned_about(number: str) -> None:
    wire = wire_phone(number)
    (found,) = problems({"digit_target_2": f"external/{wire}"})
    assert (found.field, found.code, found.weight) == (
        "digit_target_2", "campaign.problem.premium_target", Weight.WARNING)
    (listed,) = problems({}, PhoneList(total=2, premium=1))
    assert (listed.field, listed.code, listed.weight) == (PHONE_LIST, "campaign.problem.premium", Weight.WARNING)


def test_a_number_that_only_looks_like_one_of_premium_rate_is_none() -> None:
    for number in ("905321234567", "902129631900", "908501234567", "0049900123456", "004930123456"):
        assert problems({"digit_target_2": f"external/{number}"}) == []


BAD = [
    ("call_type", "IVR", "choice"), ("call_type", "autodialer", "choice"), ("call_type", "", "required"),
    ("name", "", "required"), ("name", "  \t", "required"), ("name", "a\ud800b", "control"),
    ("date_range_begin", "2026-02-30", "day"), ("date_range_end", "25/11/2026", "date"),
    ("date_range_end", "9999-12-31", "year"),
    ("time_range_begin", "24:00", "midnight"), ("time_range_end", "9.00", "time"),
    ("active_days", "0", "days"), ("active_days", "8", "days"), ("active_days", "Pzt", "days"),
    ("active_days", "+1", "days"), ("active_days", "0_1", "days"), ("active_days", "٣", "days"),
    ("active_days", "²", "days"), ("active_days", "1" * 5000, "days"),
    ("active_days", ",", "no_days"),
    ("ring_timeout", "24", "range"), ("ring_timeout", "61", "range"), ("ring_timeout", "-30", "range"),
    ("ring_timeout", "30.0", "integer"), ("ring_timeout", "30 s", "integer"), ("ring_timeout", "٣٠", "integer"),
    ("ring_timeout", "+30", "integer"), ("ring_timeout", "3_0", "integer"), ("ring_timeout", "1" * 5000, "range"),
    ("call_retries", "-1", "least"), ("call_retries", str(LARGEST_INTEGER + 1), "range"),
    ("call_retries", "x", "integer"),
    ("max_thread_count", "0", "least"), ("max_thread_count", "-5", "least"),
    ("recording_enabled", "yes", "boolean"), ("recording_enabled", "True", "boolean"),
    ("is_commercial", "1", "boolean"),
    ("welcome_announcement_id", "0", "least"), ("welcome_announcement_id", "#128", "integer"),
    ("digit_timeout", "0", "range"), ("digit_timeout", "11", "range"), ("digit_retries", "-1", "least"),
    ("iys_recipient_type", "bireysel", "choice"), ("iys_recipient_type", "TACİR", "choice"),
    ("iys_brand_code", "1\x002", "control"),
    ("webhook_url", "calls.example.com", "url"), ("webhook_url", "ftp://calls.example.com", "url"),
    ("webhook_url", "https://", "url"),
    ("webhook_url", "https:///yol", "url"), ("webhook_url", "https://a b.example.com", "url"),
    ("webhook_url", "https://a.example.com/\n", None),
    ("webhook_url", "https://a/\nb", "url"), ("webhook_url", "https://a:99999/", "url"),
    ("webhook_url", "https://[::1/", "url"),
    ("webhook_url", "https://a/\x01", "url"), ("webhook_url", "javascript:alert(1)", "url"),
]


def test_a_host_of_letters_that_look_like_others_is_told_with_the_name_that_is_asked_for() -> None:
    found = problems({"webhook_url": "https://ex\u0430mple.com/x"})
    (problem,) = (each for each in found if each.field == "webhook_url")
    assert problem.code == "campaign.problem.host"
    assert all("xn--exmple-4nf.com" in sentence for sentence in said(problem.reason).values())


@pytest.mark.parametrize(("name", "text", "code"), BAD)
def test_a_bad_value_is_told_once_at_its_field(name: str, text: str, code: str | None) -> None:
    found = [problem for problem in problems({name: text}) if problem.field == name]
    assert codes(found) == ([(name, code)] if code else [])
    assert all(problem.weight is Weight.ERROR for problem in found)


@pytest.mark.parametrize(("name", "text", "code"), [
    ("queue_number", "", "required"), ("queue_number", "0", "least"), ("queue_number", "destek", "integer"),
    ("thread_multiplier", "0", "least"), ("thread_multiplier", "1,5", "integer"),
])
def test_a_bad_value_of_a_queue_campaign_is_told(name: str, text: str, code: str) -> None:
    assert codes(problems({name: text}, good=GOOD_QUEUE)) == [(name, code)]


@pytest.mark.parametrize(("name", "text", "code"), [
    ("cli", "12", "campaign.phone.short"), ("cli", "9,0212E+11", "campaign.phone.scientific"),
    ("digit_target_1", "queue:201", "campaign.target.meant"), ("invalid_target", "?", "campaign.target.unknown"),
])
def test_numbers_and_targets_bring_their_own_reasons(name: str, text: str, code: str) -> None:
    assert [(problem.field, problem.code) for problem in problems({name: text})] == [(name, code)]


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, text, code in BAD if code and text.strip()])
def test_the_sentence_of_a_bad_value_names_it_and_a_way_out(name: str, text: str) -> None:
    (found,) = [problem for problem in problems({name: text}) if problem.field == name]
    for sentence in said(found.reason).values():
        assert ": " in sentence
        assert "{" not in sentence
        if "value" in found.reason.params:
            assert str(found.reason.params["value"]) in sentence


def test_every_field_has_a_good_and_a_bad_value_in_these_tables() -> None:
    by_other_tests = {"call_type", "queue_number", "thread_multiplier", "cli"} | set(TARGET_FIELDS)
    assert {name for name, _text in GOOD} | by_other_tests == set(FIELDS)
    assert {name for name, _text, _code in BAD} | by_other_tests == set(FIELDS)


def test_all_problems_are_told_at_once_in_the_order_of_the_form() -> None:
    found = check(ParsedDraft({
        "call_type": IVR, "cli": "12", "date_range_begin": "x", "time_range_end": "y", "ring_timeout": "1",
        "digit_timeout": "0", "digit_target_5": "?", "is_commercial": "true", "webhook_url": "z",
    }), PhoneList(), NOW)
    assert codes(found) == [
        ("name", "required"), ("cli", "campaign.phone.short"), ("date_range_begin", "date"), ("time_range_end", "time"),
        ("ring_timeout", "range"), ("digit_timeout", "range"), ("digit_target_5", "campaign.target.unknown"),
        ("webhook_url", "url"), ("welcome_announcement_id", "no_welcome"), ("iys_recipient_type", "commercial"),
        ("iys_brand_code", "commercial"), ("is_commercial", "no_opt_out"), (PHONE_LIST, "no_numbers"),
    ]


@pytest.mark.parametrize(("call_type", "required"), [
    ("", ["call_type", "name"]), ("sms", ["name"]), (IVR, ["name"]), (QUEUE, ["name", "queue_number"]),
])
def test_what_is_required_depends_on_the_type(call_type: str, required: list[str]) -> None:
    found = check_fields(ParsedDraft({"call_type": call_type}))
    assert [problem.field for problem in found if problem.code.endswith(".required")] == required


def test_fields_of_the_other_type_are_not_looked_at() -> None:
    assert problems({"queue_number": "x", "thread_multiplier": "0"}) == []
    assert problems({"digit_timeout": "99", "digit_target_1": "?"}, good=GOOD_QUEUE) == []


# The menu

@pytest.mark.parametrize("name", TARGET_FIELDS)
def test_any_one_of_the_fourteen_targets_is_enough(name: str) -> None:
    assert problems({"digit_target_1": "", name: "hangup/hangup"}) == []


def test_without_any_target_every_one_of_the_fourteen_is_concerned() -> None:
    (found,) = problems({"digit_target_1": " "})
    assert codes([found]) == [("digit_target_1", "no_target")]
    assert all(found.concerns(name) for name in TARGET_FIELDS)
    assert len(TARGET_FIELDS) == 14
    assert not found.concerns("name")


@pytest.mark.parametrize(("phones", "wanting"), [
    (PhoneList(total=3, with_phrase=3), False), (PhoneList(total=3, with_phrase=2), True),
    (PhoneList(total=3, with_phrase=0), True), (PhoneList(total=4, duplicates=1, with_phrase=3), False),
    (PhoneList(total=0), True),
])
def test_without_a_welcome_every_number_needs_a_phrase(phones: PhoneList, wanting: bool) -> None:
    found = problems({"welcome_announcement_id": ""}, phones)
    told = [problem for problem in found if problem.code == "campaign.problem.no_welcome"]
    assert bool(told) is wanting
    assert all(problem.concerns("welcome_announcement_id") and problem.concerns(PHONE_LIST) for problem in told)


def test_a_queue_campaign_needs_neither_target_nor_welcome() -> None:
    assert problems({"digit_target_1": "", "welcome_announcement_id": ""}, good=GOOD_QUEUE) == []


@pytest.mark.parametrize(("targets", "field", "code"), [
    ({"timeout_target": "restart"}, "timeout_target", "endless"),
    ({"timeout_target": " restart ", "digit_target_star": "restart"}, "timeout_target", "endless"),
    ({"digit_target_1": "", "timeout_target": "restart"}, "timeout_target", "no_exit"),
    ({"digit_target_1": "restart"}, "digit_target_1", "no_exit"),
    ({"digit_target_1": "restart", "timeout_target": "restart"}, "digit_target_1", "no_exit"),
    ({"digit_target_1": "", "digit_target_0": "restart", "digit_target_star": "restart"}, "digit_target_star",
     "no_exit"),
    ({"digit_target_1": "", "invalid_target": "restart"}, "invalid_target", "no_exit"),
])
def test_a_menu_that_nobody_gets_out_of_is_pointed_out_once(targets: dict[str, str], field: str, code: str) -> None:
    (found,) = problems(targets)
    assert codes([found]) == [(field, code)]
    assert found.weight is Weight.WARNING
    assert [name for name in FIELDS if found.concerns(name)] == [field]


@pytest.mark.parametrize("targets", [
    {"digit_target_star": "restart"}, {"digit_target_1": "restart", "timeout_target": "hangup/hangup"},
    {"invalid_target": "restart"}, {"timeout_target": "queue/201", "invalid_target": "restart"},
])
def test_where_there_is_a_way_out_nothing_is_said(targets: dict[str, str]) -> None:
    assert problems(targets) == []


def test_a_queue_campaign_has_no_menu_to_get_out_of() -> None:
    assert problems({"digit_target_1": "restart", "timeout_target": "restart"}, good=GOOD_QUEUE) == []


# The schedule

@pytest.mark.parametrize(("more", "code", "field", "other", "weight"), [
    ({"date_range_begin": "2026-09-08", "date_range_end": "2026-09-07"}, "dates_order",
     "date_range_end", "date_range_begin", Weight.ERROR),
    ({"date_range_begin": "2026-09-08", "date_range_end": "", "active_days": "3"}, "days_outside",
     "active_days", "date_range_begin", Weight.ERROR),
    ({"date_range_begin": "2026-09-08", "date_range_end": "2026-09-12", "active_days": "7,1"}, "days_outside",
     "active_days", "date_range_end", Weight.ERROR),
    ({"active_days": "2,3,4,5,6,7"}, "days_outside", "active_days", "date_range_end", Weight.ERROR),
    ({"time_range_begin": "18:00", "time_range_end": "11:00"}, "times_order",
     "time_range_end", "time_range_begin", Weight.WARNING),
    ({"time_range_begin": "11:00", "time_range_end": "11:00"}, "times_order",
     "time_range_end", "time_range_begin", Weight.WARNING),
    ({"time_range_begin": "23:59"}, "times_order", "time_range_end", "time_range_begin", Weight.WARNING),
    ({"time_range_end": "9:59"}, "over", "date_range_end", "time_range_end", Weight.WARNING),
    ({"date_range_begin": "2026-09-06"}, "over", "date_range_end", "date_range_begin", Weight.WARNING),
    ({"date_range_end": "2026-09-06"}, "dates_order", "date_range_end", "date_range_begin", Weight.ERROR),
])
def test_what_concerns_two_fields_is_said_at_both(
    more: dict[str, str], code: str, field: str, other: str, weight: Weight,
) -> None:
    (found,) = problems(more)
    assert codes([found]) == [(field, code)]
    assert found.concerns(field)
    assert found.concerns(other)
    assert found.weight is weight


@pytest.mark.parametrize("more", [
    {"date_range_begin": "2026-09-07", "date_range_end": "2026-09-07", "active_days": "1"},
    {"date_range_begin": "2026-09-06", "date_range_end": "2026-09-07"},
    {"date_range_begin": "2026-09-08", "date_range_end": "2026-09-12", "active_days": "6,7"},
    {"time_range_begin": "10:59", "time_range_end": "11:00"},
    {"time_range_end": "10:00"},
])
def test_a_window_with_a_minute_left_is_no_problem(more: dict[str, str]) -> None:
    assert problems(more) == []


@pytest.mark.parametrize(("begin", "end"), [("22:00", "02:00"), ("22:00", "22:00"), ("18:00", "9:00")])
def test_hours_past_midnight_are_not_over_before_they_may_be_and_not_said_to_call_nobody(begin: str, end: str) -> None:
    draft = ParsedDraft({**GOOD_IVR, "date_range_begin": "2026-09-07", "time_range_begin": begin,
                         "time_range_end": end})
    for now, over in ((NOW, False), (NOW.replace(hour=23), False), (NOW + dt.timedelta(days=2), True)):
        found = {problem.code for problem in check(draft, PEOPLE, now)}
        assert "campaign.problem.times_order" in found
        assert ("campaign.problem.over" in found) is over
        assert calls_nobody(draft.window(now), 2, now) is (Nobody.HOURS if over else None)
    assert errors(check(draft, PEOPLE, NOW)) == []


def test_two_orders_that_are_wrong_are_both_told() -> None:
    found = problems({"date_range_begin": "8.9.2026", "date_range_end": "7.9.2026", "time_range_begin": "18:00",
                      "time_range_end": "9:00"})
    assert codes(found) == [("date_range_end", "dates_order"), ("time_range_end", "times_order")]


@pytest.mark.parametrize(("utc", "over"), [
    ("2026-09-07T20:59:59", False), ("2026-09-07T21:00:00", True), ("2026-09-06T21:00:00", False),
])
def test_a_day_ends_at_midnight_in_istanbul(utc: str, over: bool) -> None:
    now = dt.datetime.fromisoformat(utc).replace(tzinfo=dt.UTC)
    found = problems({"date_range_begin": "2026-09-07"}, now=now)
    assert codes(found) == ([("date_range_end", "over")] if over else [])


@pytest.mark.parametrize("now", [
    dt.datetime(2026, 9, 6, 21, 30, tzinfo=dt.UTC), dt.datetime(2026, 9, 7, 0, 30, tzinfo=ISTANBUL),
    dt.datetime(2026, 9, 6, 11, 30, tzinfo=dt.timezone(dt.timedelta(hours=-10))),
])
def test_today_is_turkeys_today(now: dt.datetime) -> None:
    assert problems({"active_days": "1"}, now=now) == []  # Sunday in UTC, Monday there
    assert codes(problems({"active_days": "7"}, now=now)) == [("active_days", "days_outside")]
    assert codes(problems({"date_range_end": "2026-09-06"}, now=now)) == [("date_range_end", "dates_order")]


# Commercial campaigns and the list

COMMERCIAL = {"is_commercial": "true", "iys_recipient_type": "TACIR", "iys_brand_code": "600123"}


def test_a_commercial_campaign_needs_both_of_its_fields() -> None:
    found = problems({"is_commercial": "true"})
    assert codes(errors(found)) == [("iys_recipient_type", "commercial"), ("iys_brand_code", "commercial")]
    assert all(problem.concerns("is_commercial") for problem in found)
    assert errors(problems(COMMERCIAL)) == []


@pytest.mark.parametrize("text", ["", "false"])
def test_another_campaign_needs_neither(text: str) -> None:
    assert problems({"is_commercial": text}) == []


@pytest.mark.parametrize("marked", [
    {}, {OPT_OUT: ""}, {OPT_OUT: "-", "timeout_target": "hangup/hangup"}, {OPT_OUT: "evet"},
])
def test_a_commercial_menu_in_which_nobody_can_refuse_brings_a_hint(marked: dict[str, str]) -> None:
    (found,) = problems(COMMERCIAL | marked)
    assert codes([found]) == [("is_commercial", "no_opt_out")]
    assert found.weight is Weight.HINT
    assert [name for name in FIELDS if found.concerns(name)] == ["is_commercial"]
    assert errors([found]) == []


@pytest.mark.parametrize("more", [{}, COMMERCIAL])
@pytest.mark.parametrize(("key", "field"), [("9", "digit_target_9"), (" * ", "digit_target_star"),
                                            ("#", "digit_target_square")])
def test_a_key_for_refusing_that_leads_nowhere_is_an_error(more: dict[str, str], key: str, field: str) -> None:
    (found,) = problems({**more, OPT_OUT: key, field: " "})
    assert (found.field, found.code, found.weight) == (field, "campaign.problem.opt_out_nowhere", Weight.ERROR)
    assert all(f" {key.strip()}" in sentence for sentence in said(found.reason).values())
    assert problems({OPT_OUT: key}, good=GOOD_QUEUE) == []


def test_where_a_key_for_refusing_leads_somewhere_there_is_no_hint() -> None:
    assert problems(COMMERCIAL | {OPT_OUT: "1"}) == []
    assert problems(COMMERCIAL | {OPT_OUT: " # ", "digit_target_square": "hangup/hangup"}) == []
    assert problems(COMMERCIAL, good=GOOD_QUEUE) == []


def test_the_gravest_weight_is_that_of_all() -> None:
    hint, warning = problems(COMMERCIAL | {"timeout_target": "restart"})[::-1]
    error = problems({"name": ""})[0]
    assert gravest([hint, warning, error]) is Weight.ERROR
    assert gravest([hint, warning]) is Weight.WARNING
    assert gravest([hint]) is Weight.HINT


@pytest.mark.parametrize(("phones", "expected"), [
    (PhoneList(), [("no_numbers", Weight.ERROR)]),
    (PhoneList(total=2, bad=1), [("bad_numbers", Weight.ERROR)]),
    (PhoneList(total=3, duplicates=1), [("duplicates", Weight.WARNING)]),
    (PhoneList(total=3, odd_phrases=2), [("odd_phrases", Weight.WARNING)]),
    (PhoneList(total=9, bad=1, duplicates=2, odd_phrases=3),
     [("bad_numbers", Weight.ERROR), ("duplicates", Weight.WARNING), ("odd_phrases", Weight.WARNING)]),
])
def test_the_list_is_judged_by_its_counts(phones: PhoneList, expected: list[tuple[str, Weight]]) -> None:
    found = problems({}, phones)
    assert [(problem.code.removeprefix("campaign.problem."), problem.weight) for problem in found] == expected
    assert {problem.field for problem in found} == {PHONE_LIST}


def test_counts_are_said_in_the_singular_and_the_plural() -> None:
    (one,) = problems({}, PhoneList(total=2, bad=1))
    (many,) = problems({}, PhoneList(total=99_999, bad=12_430))
    assert said(one.reason)["en"].startswith("1 number can't")
    assert said(many.reason)["en"].startswith("12,430 numbers can't")
    assert said(many.reason)["tr"].startswith("12.430 numara")


def test_who_is_called_is_neither_bad_nor_there_twice() -> None:
    assert PhoneList(total=9, bad=1, duplicates=2).callable == 6


def test_warnings_do_not_stop_a_launch() -> None:
    found = problems({"time_range_end": "9:00", "ring_timeout": "1"}, PhoneList(total=3, duplicates=1))
    assert [problem.code for problem in errors(found)] == ["campaign.problem.range"]


# Whatever is typed

ANY_VALUES = st.dictionaries(st.sampled_from([*FIELDS, OPT_OUT]), st.one_of(
    st.text(), st.integers().map(str), st.dates().map(str), st.times().map(str),
    st.sampled_from([IVR, QUEUE, "true", "25.11.2026", "2026-11-25", "9:00", "1,2", "30", "restart", "٣", "\ud800"]),
    st.from_regex(r"[0-9٠-٩+.,:/-]{0,12}", fullmatch=True),
))
MOMENTS = st.dates(dt.date(2000, 1, 1), dt.date(2999, 12, 31)).flatmap(
    lambda day: st.times(timezones=st.just(dt.UTC)).map(lambda time: dt.datetime.combine(day, time)))


@settings(deadline=None)
@given(ANY_VALUES, st.builds(PhoneList, total=st.integers(0, 10), bad=st.integers(0, 3)), MOMENTS)
def test_no_text_in_any_field_is_too_much(values: dict[str, str], phones: PhoneList, now: dt.datetime) -> None:
    found = check(ParsedDraft(values), phones, now)
    assert all(all(said(problem.reason).values()) for problem in found)
    if not errors(found):
        wire(ParsedDraft(values), [])


@settings(deadline=None)
@given(st.sampled_from(list(FIELDS.values())), st.text(min_size=1).filter(str.strip))
def test_what_a_field_accepts_can_be_sent(field_: object, text: str) -> None:
    known = next(known for known in FIELDS.values() if known is field_)
    if parse_field(known, text).problem is not None:
        return
    call_type = QUEUE if QUEUE in known.call_types else IVR
    body = wire(ParsedDraft({"call_type": call_type, known.name: text}), [])
    if known.kind is not FieldKind.FLAG:
        assert known.name in body


@pytest.mark.parametrize("name", ["a\nb", "\x1b[31mred", "a\x9bb", "a\x7fb"])
def test_what_does_not_print_in_a_name_is_pointed_out_and_kept(name: str) -> None:
    found = problems({"name": name})
    assert [(problem.code, problem.weight) for problem in found] == [
        ("campaign.problem.control_in_name", Weight.WARNING)]


def test_a_wrong_date_keeps_nothing_else_from_being_told() -> None:
    found = problems({"date_range_begin": "31.02.2026", "time_range_begin": "18:00", "time_range_end": "9:00"})
    assert [problem.code for problem in found] == ["campaign.problem.day", "campaign.problem.times_order"]


CALENDAR = (Holiday(Name.REPUBLIC, dt.date(2026, 10, 28), dt.date(2026, 10, 29), half=True),)
POLITE = CallingPolicy(Hours(dt.time(9), dt.time(20)), lambda first, last: tuple(
    holiday for holiday in CALENDAR if first <= holiday.last and holiday.first <= last))
HOURS = {"time_range_begin": "10:00", "time_range_end": "18:00"}


def discourtesies(more: Mapping[str, str], policy: CallingPolicy = POLITE) -> list[Problem]:
    found = check(ParsedDraft({**GOOD_IVR, **more}), PEOPLE, NOW, policy)
    assert all(all(said(problem.reason).values()) for problem in found)
    return found


@pytest.mark.parametrize(("more", "told"), [
    (HOURS, []),
    ({}, [("time_range_begin", "whole_day")]),
    ({"time_range_begin": "10:00"}, [("time_range_begin", "impolite")]),
    ({"time_range_end": "18:00"}, [("time_range_begin", "impolite")]),
    ({"time_range_begin": "00:00", "time_range_end": "23:59"}, [("time_range_begin", "impolite")]),
    ({"time_range_begin": "08:59", "time_range_end": "18:00"}, [("time_range_begin", "impolite")]),
    ({"time_range_begin": "09:00", "time_range_end": "20:01"}, [("time_range_begin", "impolite")]),
    ({"time_range_begin": "09:00", "time_range_end": "20:00"}, []),
    (HOURS | {"date_range_end": "2026-10-28"}, [("date_range_begin", "holidays")]),
    (HOURS | {"date_range_end": "2026-10-27"}, []),
    (HOURS | {"date_range_end": "2026-10-29", "active_days": "1,2"}, []),
    # What is wrong comes first: a window that can't be is not judged.
    ({"time_range_begin": "20:00", "time_range_end": "19:00"}, [("time_range_end", "times_order")]),
    ({"time_range_end": "9:00"}, [("date_range_end", "over")]),
    ({"date_range_end": "x", "time_range_begin": "01:00"}, [("date_range_end", "date")]),
])
def test_hours_and_days_that_are_not_polite_are_pointed_out(more: dict[str, str], told: list[tuple[str, str]]) -> None:
    found = discourtesies(more)
    assert codes(found) == told
    if told and told[0][1] in ("whole_day", "impolite", "holidays"):
        assert [problem.weight for problem in found] == [Weight.WARNING]


def test_hours_are_said_at_both_fields_and_with_the_hours_that_are_polite() -> None:
    for more in ({}, {"time_range_begin": "06:00"}):
        (problem,) = discourtesies(more)
        assert problem.concerns("time_range_begin")
        assert problem.concerns("time_range_end")
    assert all("09:00–20:00" in text for text in said(problem.reason).values())


def test_where_any_hour_is_fine_only_the_default_is_pointed_out() -> None:
    assert codes(discourtesies({"time_range_begin": "00:00"}, CallingPolicy(None))) == []
    assert codes(discourtesies({}, CallingPolicy(None))) == [("time_range_begin", "whole_day")]


def test_a_holiday_is_named_in_both_languages() -> None:
    (problem,) = discourtesies(HOURS | {"date_range_end": "2026-11-25"})
    sentences = said(problem.reason)
    assert "28–29 Eki Cumhuriyet Bayramı (ilk gün 13:00'ten sonra)" in sentences["tr"]
    assert "28–29 Oct Republic Day (the first day from 13:00)" in sentences["en"]


# What the provider neither allows nor forbids

@pytest.mark.parametrize("field", ["iys_recipient_type", "iys_brand_code"])
@pytest.mark.parametrize("commercial", ["", "false"])
def test_what_is_for_commercial_campaigns_alone_is_pointed_out_in_another(field: str, commercial: str) -> None:
    (found,) = problems({field: "TACIR", "is_commercial": commercial})
    assert (found.field, found.code, found.weight) == (field, "campaign.problem.not_commercial", Weight.WARNING)
    assert found.concerns("is_commercial")
    assert problems(COMMERCIAL | {OPT_OUT: "1"}) == []


@pytest.mark.parametrize(("url", "codes_"), [
    ("http://127.0.0.1:8787/x", ["webhook_private"]), ("http://localhost/x", ["webhook_private"]),
    ("http://LOCALHOST./x", ["webhook_private"]), ("http://10.1.2.3/", ["webhook_private"]),
    ("http://172.20.0.1/", ["webhook_private"]), ("http://192.168.1.5/", ["webhook_private"]),
    ("http://169.254.1.1/", ["webhook_private"]), ("http://100.64.0.1/", ["webhook_private"]),
    ("http://0.0.0.0/", ["webhook_private"]), ("http://127.1/", ["webhook_private"]),
    ("http://2130706433/", ["webhook_private"]), ("http://0x7f.0.0.1/", ["webhook_private"]),
    ("http://[::1]/", ["webhook_private"]), ("http://[fd00::1]/", ["webhook_private"]),
    ("http://[fe80::1]/", ["webhook_private"]), ("https://santral.local/", ["webhook_private"]),
    ("https://santral/", ["webhook_private"]), ("https://pbx.lan/", ["webhook_private"]),
    ("https://ayse:gizli@calls.example.com/x", ["webhook_login"]),
    ("https://ayse@calls.example.com/x", ["webhook_login"]),
    ("https://ayse:gizli@10.0.0.1/x", ["webhook_private", "webhook_login"]),
    ("https://calls.example.com/x@y", []), ("https://cafe.de/", []), ("https://8.8.8.8/", []),
    ("https://calls.example.com.tr:8443/x", []),
])
def test_a_webhook_that_nobody_outside_can_reach_or_that_holds_a_login_is_pointed_out(
    url: str, codes_: list[str]
) -> None:
    found = problems({"webhook_url": url})
    assert codes(found) == [("webhook_url", code) for code in codes_]
    assert all(problem.weight is Weight.WARNING for problem in found)
    assert not any("gizli" in sentence for problem in found for sentence in said(problem.reason).values())


@pytest.mark.parametrize(("target", "code"), [
    ("tts/tr-TR/" + "a" * 300, None), ("tts/tr-TR/" + "a" * 301, "long_speech"), ("tts/tr-TR/a/b", "speech_sign"),
    ("tts/en-US/a #1", "speech_sign"), ("tts/tr-TR/Merhaba.", None), ("announcement/0421", "announcement_zeros"),
    ("announcement/421", None), ("user/0421", None),
])
def test_targets_that_nobody_has_heard_are_pointed_out(target: str, code: str | None) -> None:
    found = problems({"digit_target_2": target})
    assert codes(found) == ([("digit_target_2", code)] if code else [])
    assert all(problem.weight is Weight.WARNING for problem in found)


def test_a_welcome_announcement_that_begins_with_a_zero_is_pointed_out() -> None:
    assert codes(problems({"welcome_announcement_id": "0128"})) == [("welcome_announcement_id", "announcement_zeros")]
