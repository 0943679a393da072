from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.sandbox.conftest import DOCUMENT_IVR, DOCUMENT_QUEUE, TODAY, ivr, queue_campaign
from tui.campaign.dates import ISTANBUL
from tui.campaign.menu import Menu
from tui.sandbox import account
from tui.sandbox.checks import Refused, read_plan
from tui.sandbox.plan import Callee


def refusal(fields: dict[str, Any]) -> str:
    with pytest.raises(Refused) as refused:
        read_plan(fields, TODAY)
    return str(refused.value)


@pytest.mark.parametrize(("field", "value", "words"), [
    ("call_type", "IVR", "is not included in the list"),
    ("call_type", None, "is not included in the list"),
    ("name", "", "can't be blank"),
    ("name", "  ", "can't be blank"),
    ("name", 5, "must be a string"),
    ("date_range_begin", "12.09.2022", "is not a valid date"),
    ("date_range_begin", "2022-9-12", "is not a valid date"),
    ("date_range_end", "2022-02-30", "is not a valid date"),
    ("date_range_end", "", "is not a valid date"),
    ("time_range_begin", "24:00", "is not a valid time"),
    ("time_range_begin", "9", "is not a valid time"),
    ("time_range_end", "18:60", "is not a valid time"),
    ("time_range_end", 1800, "is not a valid time"),
    ("active_days", [], "can't be blank"),
    ("active_days", "1,2", "must be an array"),
    ("active_days", [0], "must be integers between 1 and 7"),
    ("active_days", [8], "must be integers between 1 and 7"),
    ("active_days", ["1"], "must be integers between 1 and 7"),
    ("active_days", [True], "must be integers between 1 and 7"),
    ("max_thread_count", 0, "must be greater than or equal to 1"),
    ("max_thread_count", "5", "must be an integer"),
    ("max_thread_count", True, "must be an integer"),
    ("ring_timeout", 24, "must be between 25 and 60"),
    ("ring_timeout", 61, "must be between 25 and 60"),
    ("ring_timeout", 30.0, "must be an integer"),
    ("ring_timeout", None, "must be an integer"),
    ("cli", "902120000000", "is not included in the list"),
    ("cli", 902129630131, "must be a string"),
    ("call_retries", -1, "must be greater than or equal to 0"),
    ("call_retries", "2", "must be an integer"),
    ("webhook_url", "sizin.adresiniz.com.tr", "is invalid"),
    ("webhook_url", "ftp://example.com/", "is invalid"),
    ("webhook_url", "https://", "is invalid"),
    ("webhook_url", 5, "must be a string"),
    ("recording_enabled", True, 'must be the string "true"'),
    ("recording_enabled", "evet", 'must be the string "true"'),
    ("is_commercial", "true", "must be true or false"),
    ("is_commercial", 0, "must be true or false"),
    ("iys_brand_code", 123, "must be a string"),
    ("welcome_announcement_id", "128", "must be an integer"),
    ("welcome_announcement_id", 999, "cannot find announcement 999"),
    ("digit_retries", -1, "must be greater than or equal to 0"),
    ("digit_timeout", 0, "must be between 1 and 10"),
    ("digit_timeout", 11, "must be between 1 and 10"),
    ("digit_target_1", 5, "must be a string"),
    ("digit_target_star", "queue:201", "is invalid"),
    ("timeout_target", "hangup", "is invalid"),
    ("invalid_target", "announcement/999", "cannot find announcement 999"),
    ("phone_list", [], "can't be blank"),
    ("phone_list", None, "can't be blank"),
    ("phone_list", "05321234567", "must be an array"),
])
def test_a_bad_value_is_refused_in_the_providers_words(field: str, value: object, words: str) -> None:
    assert refusal(ivr(**{field: value})) == f"{field} {words}"


@pytest.mark.parametrize(("field", "value", "words"), [
    ("queue_number", 700, "cannot find queue 700"),
    ("queue_number", "204", "must be an integer"),
    ("thread_multiplier", 0, "must be greater than or equal to 1"),
    ("thread_multiplier", 1.5, "must be an integer"),
])
def test_a_bad_value_of_a_queue_campaign_is_refused(field: str, value: object, words: str) -> None:
    assert refusal(queue_campaign(**{field: value})) == f"{field} {words}"


@pytest.mark.parametrize(("entry", "words"), [
    ("05321234567", "must be an object"),
    ({}, "phone is invalid"),
    ({"phone": "+905321234567"}, "phone is invalid"),
    ({"phone": "0532 123 45 67"}, "phone is invalid"),
    ({"phone": "321234567"}, "phone is invalid"),
    ({"phone": 5321234567}, "phone must be a string"),
    ({"phone": "05321234567", "lang": "tr"}, "lang is not included in the list"),
    ({"phone": "05321234567", "phrase": 5}, "phrase must be a string"),
    ({"phone": "05321234567", "phrase": "#999"}, "phrase cannot find announcement 999"),
    ({"phone": "05321234567", "ad": "Ayşe"}, "unknown attribute 'ad'"),
])
def test_a_bad_number_is_refused_with_its_place(entry: object, words: str) -> None:
    assert refusal(ivr(phone_list=[{"phone": "05321234567"}, entry])) == f"phone_list[1] {words}"


@pytest.mark.parametrize("missing", ["name", "call_type", "phone_list", "welcome_announcement_id"])
def test_what_is_required_is_missed(missing: str) -> None:
    fields = ivr()
    del fields[missing]

    assert refusal(fields).startswith(f"{missing} ")


def test_the_words_of_the_document_for_a_missing_name() -> None:
    fields = ivr()
    del fields["name"]

    assert refusal(fields) == "name can't be blank"


def test_a_queue_campaign_needs_its_queue() -> None:
    fields = queue_campaign()
    del fields["queue_number"]

    assert refusal(fields) == "queue_number can't be blank"


@pytest.mark.parametrize("field", ["digit_target0", "retry_count", "phones", "Name"])
def test_an_unknown_field_is_refused_by_name(field: str) -> None:
    assert refusal(ivr(**{field: "1"})) == f"unknown attribute '{field}' for IvrCampaign"


@pytest.mark.parametrize(("field", "value"), [("queue_number", 204), ("thread_multiplier", 1)])
def test_an_ivr_campaign_takes_no_queue_field(field: str, value: int) -> None:
    assert refusal(ivr(**{field: value})) == f"{field} is not allowed when call_type is ivr"


@pytest.mark.parametrize(("field", "value"), [
    ("welcome_announcement_id", 128), ("digit_target_0", "restart"), ("digit_target_square", ""),
    ("timeout_target", ""), ("invalid_target", "restart"), ("digit_retries", 1), ("digit_timeout", 4),
])
def test_a_queue_campaign_takes_no_menu_field(field: str, value: object) -> None:
    assert refusal(queue_campaign(**{field: value})) == f"{field} is not allowed when call_type is queue"


def test_an_ivr_campaign_needs_one_target_that_is_not_empty() -> None:
    assert refusal(ivr(digit_target_1="")) == "digit_target can't be blank: at least one target is required"


@pytest.mark.parametrize("field", ["digit_target_0", "digit_target_9", "digit_target_star", "digit_target_square",
                                   "timeout_target", "invalid_target"])
def test_any_one_of_the_fourteen_targets_is_enough(field: str) -> None:
    read_plan(ivr(digit_target_1="", **{field: "hangup/busy"}), TODAY)


def test_no_welcome_is_needed_where_every_number_has_a_phrase() -> None:
    fields = ivr(phone_list=[{"phone": "05321234567", "phrase": "#456 15/11/2017 #457 73.56 #458"}])
    del fields["welcome_announcement_id"]

    assert read_plan(fields, TODAY).callees[0].message_seconds > 0


@pytest.mark.parametrize(("fields", "words"), [
    ({}, "iys_recipient_type is not included in the list"),
    ({"iys_recipient_type": "bireysel"}, "iys_recipient_type is not included in the list"),
    ({"iys_recipient_type": "BIREYSEL"}, "iys_brand_code can't be blank"),
    ({"iys_recipient_type": "TACIR", "iys_brand_code": " "}, "iys_brand_code can't be blank"),
])
def test_a_commercial_campaign_needs_its_iys_fields(fields: dict[str, str], words: str) -> None:
    assert refusal(ivr(is_commercial=True, **fields)) == words


def test_a_commercial_campaign_with_its_iys_fields_is_taken() -> None:
    assert read_plan(ivr(is_commercial=True, iys_recipient_type="TACIR", iys_brand_code="600123"), TODAY).commercial


@pytest.mark.parametrize(("fields", "words"), [
    ({"date_range_begin": "2022-09-13", "date_range_end": "2022-09-12"}, "date_range_end must be on or after "
                                                                        "date_range_begin"),
    ({"date_range_end": "2022-09-11"}, "date_range_end must be on or after date_range_begin"),
])
def test_a_window_that_ends_before_it_begins_is_refused(fields: dict[str, str], words: str) -> None:
    assert refusal(ivr(**fields)) == words


def test_what_is_left_out_has_the_documents_defaults() -> None:
    plan = read_plan(ivr(), TODAY)

    assert (plan.window.begin, plan.window.end) == (TODAY, TODAY)
    assert (plan.window.opens, plan.window.closes) == (dt.time(0, 0), dt.time(23, 59))
    assert plan.window.days == frozenset(range(1, 8))
    assert (plan.channels, plan.retries, plan.webhook_url, plan.commercial) == (10, 0, "", False)
    assert plan.menu == Menu({"1": "announcement/421"}, retries=0, timeout=4)
    assert plan.queue is None


def test_the_end_date_left_out_is_the_begin() -> None:
    assert read_plan(ivr(date_range_begin="2022-10-01"), TODAY).window.end == dt.date(2022, 10, 1)


def test_the_documents_ivr_example_is_understood() -> None:
    plan = read_plan(DOCUMENT_IVR, TODAY)

    assert plan.menu is not None
    assert set(plan.menu.targets) == set("0123456789*#")
    assert plan.menu.targets["9"] == "tts/tr-TR/Bu bir test cümlesidir."
    assert (plan.menu.retries, plan.menu.timeout, plan.channels, plan.retries) == (1, 4, 1, 2)
    assert [callee.phone for callee in plan.callees] == ["905512369874", "905651236547"]


def test_no_key_and_a_wrong_one_have_places_of_their_own() -> None:
    plan = read_plan(ivr(timeout_target="hangup/busy", invalid_target="queue/201"), TODAY)

    assert plan.menu is not None
    assert plan.menu.targets == {"1": "announcement/421", "-": "hangup/busy", "!": "queue/201"}


def test_the_documents_queue_example_is_understood() -> None:
    plan = read_plan(DOCUMENT_QUEUE, TODAY)

    assert (plan.queue, plan.menu, plan.channels, plan.retries) == (204, None, 1, 0)
    assert plan.callees[0] == Callee("905512369874", 0.0)


@pytest.mark.parametrize(("multiplier", "most", "channels"), [(1, 50, 2), (3, 50, 6), (3, 4, 4)])
def test_a_queue_campaign_dials_by_its_free_agents(multiplier: int, most: int, channels: int) -> None:
    assert account.free_agents(204) == 2

    fields = queue_campaign(thread_multiplier=multiplier, max_thread_count=most)

    assert read_plan(fields, TODAY).channels == channels


@pytest.mark.parametrize(("opens", "closes", "open_at", "closed_at"), [
    ("22:00", "02:00", ("22:00", "23:59"), ("21:59", "02:00", "12:00")),
    ("09:00", "09:00", ("09:00", "23:00"), ("08:59",)),
])
def test_hours_may_go_past_midnight(
    opens: str, closes: str, open_at: tuple[str, ...], closed_at: tuple[str, ...]
) -> None:
    window = read_plan(DOCUMENT_IVR | {"time_range_begin": opens, "time_range_end": closes}, TODAY).window
    for times, expected in ((open_at, True), (closed_at, False)):
        for time in times:
            moment = dt.datetime.combine(window.begin, dt.time.fromisoformat(time), ISTANBUL)
            assert window.is_open(moment) is expected, time
    night = dt.datetime.combine(window.end + dt.timedelta(days=1), dt.time(1), ISTANBUL)
    assert window.is_open(night)
    assert not window.is_open(night + dt.timedelta(days=1))
