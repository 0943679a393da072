"""What notifications and call records mean, one by one and together."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence
from functools import reduce
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.campaign.fields import LARGEST_INTEGER
from tui.campaign.results import (
    ANSWERED,
    HOPELESS,
    LONGEST_TEXT,
    SAME_CALL_WITHIN,
    STATUSES,
    Attempt,
    CallRecord,
    Notification,
    NumberResult,
    Pressed,
    ResultSource,
    attempt_of,
    attempts_of,
    pressed,
    result_of,
)

NOON = dt.datetime(2026, 9, 12, 9, 0, tzinfo=dt.UTC)
PHONE = "905321234567"


def at(minute: float) -> dt.datetime:
    return NOON + dt.timedelta(minutes=minute)


def told(name: str = "5", status: str = "Cevaplandı", digit: str = "", *, minute: float = 0) -> Attempt:
    return Attempt(name, at(minute), status, digit)


def listed(minute: float = 0, *, seconds: int = 65, talk: int = 35, status: str = "Cevaplandı",
           call_uuid: str = "") -> CallRecord:
    return CallRecord(PHONE, status, at(minute), at(minute) + dt.timedelta(seconds=seconds), talk, call_uuid)


def notification(**changes: Any) -> Notification:  # noqa: ANN401 - whatever the field takes
    return Notification(**{
        "notification_id": "5", "campaign_id": 131, "campaign_name": "Memnuniyet anketi", "lead_id": "1878",
        "phone": PHONE, "digit": "2", "status": "Başarılı", "happened_at": NOON, **changes})


@pytest.mark.parametrize(("digit", "what"), [
    ("", Pressed.NOT_BEGUN), ("0", Pressed.KEY), ("7", Pressed.KEY), ("*", Pressed.KEY), ("#", Pressed.KEY),
    ("-", Pressed.NONE), ("!4", Pressed.WRONG), ("!*", Pressed.WRONG), ("!", Pressed.OTHER), ("!!", Pressed.OTHER),
    ("12", Pressed.OTHER), ("٣", Pressed.OTHER), ("--", Pressed.OTHER), ("!12", Pressed.OTHER),
])
def test_what_was_pressed_is_told_by_the_digit(digit: str, what: Pressed) -> None:
    assert pressed(digit) is what


def test_the_statuses_that_mean_something_are_the_documents() -> None:
    assert len(set(STATUSES)) == len(STATUSES)
    assert set(STATUSES) >= ANSWERED | HOPELESS
    assert not ANSWERED & HOPELESS


@pytest.mark.parametrize("status", [*STATUSES, "cevaplandı", "Cevaplandı ", "Answered", ""])
def test_answered_is_told_by_the_status_alone(status: str) -> None:
    for digit in ("", "1", "-"):
        found = notification(status=status, digit=digit)
        assert found.answered is attempt_of(found).answered is (status in {"Cevaplandı", "Başarılı"})


@pytest.mark.parametrize(("changes", "field"), [
    ({"notification_id": ""}, "notification_id"),
    ({"notification_id": "5" * (LONGEST_TEXT + 1)}, "notification_id"),
    ({"campaign_id": 0}, "ivr_campaign_id"),
    ({"campaign_id": -131}, "ivr_campaign_id"),
    ({"campaign_id": LARGEST_INTEGER + 1}, "ivr_campaign_id"),
    ({"campaign_name": "Anket\0"}, "ivr_campaign_name"),
    ({"campaign_name": "\ud800"}, "ivr_campaign_name"),
    ({"lead_id": "\0"}, "lead_id"),
    ({"phone": "9" * (LONGEST_TEXT + 1)}, "phone"),
    ({"digit": "\udfff"}, "digit"),
    ({"status": "Cevaplandı\0"}, "status"),
    ({"call_uuid": "a" * (LONGEST_TEXT + 1)}, "call_uuid"),
    ({"happened_at": NOON.replace(tzinfo=None)}, "notification_date"),
    ({"happened_at": NOON.replace(year=1969)}, "notification_date"),
    ({"happened_at": NOON.replace(year=9999)}, "notification_date"),
])
def test_what_no_store_could_keep_is_no_notification(changes: dict[str, object], field: str) -> None:
    with pytest.raises(ValueError, match=f"^{field}$"):
        notification(**changes)


@pytest.mark.parametrize("changes", [
    {"campaign_id": None}, {"campaign_id": LARGEST_INTEGER}, {"campaign_name": "A" * 5_000}, {"status": ""},
    {"phone": "gizli numara"}, {"lead_id": "ş" * LONGEST_TEXT}, {"extra": {"\0": "\ud800" * 5_000}},
    {"happened_at": dt.datetime(1970, 1, 1, tzinfo=dt.UTC)},
    {"happened_at": NOON.astimezone(dt.timezone(dt.timedelta(hours=3)))},
])
def test_what_the_document_does_not_name_is_kept_as_it_came(changes: dict[str, object]) -> None:
    found = notification(**changes)
    assert all(getattr(found, name) == value for name, value in changes.items())


@pytest.mark.parametrize(("changes", "field"), [
    ({"started_at": NOON.replace(tzinfo=None)}, "start_stamp"),
    ({"ended_at": NOON.replace(tzinfo=None)}, "end_stamp"),
    ({"talk_seconds": -1}, "talk_duration"),
    ({"phone": "\0"}, "phone"),
    ({"call_uuid": "a" * (LONGEST_TEXT + 1)}, "call_uuid"),
])
def test_what_no_store_could_keep_is_no_call_record(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(ValueError, match=f"^{field}$"):
        CallRecord(**{"phone": PHONE, "status": "Meşgul", "started_at": NOON, "ended_at": None, "talk_seconds": 0,
                      **changes})


def test_a_call_record_is_the_same_however_often_and_in_whatever_zone_it_is_fetched() -> None:
    turkish = NOON.astimezone(dt.timezone(dt.timedelta(hours=3)))
    assert CallRecord(PHONE, "Meşgul", NOON, None, 0).id == CallRecord(PHONE, "Cevaplandı", turkish, NOON, 5).id
    assert listed(0).id != listed(1).id
    assert listed(0, call_uuid="a").id == listed(1, call_uuid="a").id


@pytest.mark.parametrize(("code", "status"), [
    ("NORMAL_CLEARING", "Cevaplandı"), ("USER_BUSY", "Meşgul"), ("NO_ANSWER", "Cevapsız"),
    ("CALL_REJECTED", "Reddedildi"), ("UNALLOCATED_NUMBER", "Hatalı Numara"), ("user_busy", "Meşgul"),
    ("Meşgule atıldı", "Meşgule atıldı"), ("SOMETHING_NEW", "SOMETHING_NEW"),
])
def test_a_code_in_place_of_a_description_is_told_in_words(code: str, status: str) -> None:
    found = notification(status=code)
    assert (found.status, attempt_of(found).status) == (code, status)
    assert found.answered is attempt_of(found).answered is (status == "Cevaplandı")
    assert [attempt.status for attempt in attempts_of([], {}, [listed(status=code)])] == [status]
    result = result_of([attempt_of(found)])
    assert result is not None
    assert result.final(3) is (status in ANSWERED | HOPELESS)


def test_a_call_keeps_by_what_it_is_found_elsewhere() -> None:
    told_ = attempt_of(notification(call_uuid=""))
    both, = attempts_of([told_], {}, [listed(0, call_uuid="a")])
    assert (both.source, both.call_uuid, both.lead_id) == (ResultSource.BOTH, "a", "1878")


# of one number

STATUS = st.sampled_from(["Cevaplandı", "Başarılı", "Meşgul", "Ulaşılamıyor", "Cevapsız", "Reddedildi", "Hata", "?"])
DIGIT = st.sampled_from(["", "1", "2", "-", "!4", "*"])
MINUTE = st.integers(0, 6).map(lambda half: half / 2)
attempts = st.lists(
    st.builds(Attempt, st.integers(1, 12).map(str), MINUTE.map(at), STATUS, DIGIT, st.none() | st.integers(0, 90),
              st.sampled_from(ResultSource)), max_size=8, unique_by=lambda attempt: attempt.id)


def as_the_document_says(known: Sequence[Attempt]) -> tuple[int, bool, str, str]:
    """Attempts, answered, status and digit, found by looking at all attempts at once."""
    in_order = sorted(known, key=lambda attempt: (attempt.at, len(attempt.id), attempt.id))
    digits = [attempt.digit for attempt in in_order if attempt.digit and attempt.answered] or [
        attempt.digit for attempt in in_order if attempt.digit] or [""]
    return len(known), any(attempt.answered for attempt in known), in_order[-1].status, digits[-1]


@given(attempts.filter(bool), st.data())
def test_a_result_follows_from_the_set_of_attempts(known: list[Attempt], data: st.DataObject) -> None:
    result = result_of(known)
    assert result is not None
    assert (result.attempts, result.answered, result.status, result.digit) == as_the_document_says(known)
    talked = [attempt.talk_seconds for attempt in known if attempt.talk_seconds is not None]
    assert result.talk_seconds == (sum(talked) if talked else None)
    sources = {attempt.source for attempt in known}
    assert result.source is (sources.pop() if len(sources) == 1 else ResultSource.BOTH)
    assert result_of(data.draw(st.permutations(known))) == result


@given(attempts.filter(lambda known: len(known) > 1), st.data())
def test_neither_order_nor_grouping_matters(known: list[Attempt], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(known))
    cuts = sorted({0, len(known), *data.draw(st.lists(st.integers(0, len(known)), max_size=4))})
    groups = [result_of(shuffled[start:end]) for start, end in itertools.pairwise(cuts)]
    assert reduce(NumberResult.and_, [group for group in groups if group is not None]) == result_of(known)


def test_of_nothing_nothing_is_known() -> None:
    assert result_of([]) is None


def test_of_two_of_one_moment_the_one_that_was_counted_later_is_the_last() -> None:
    result = result_of([told("10", "Meşgul"), told("9", "Cevapsız")])
    assert result is not None
    assert result.status == "Meşgul"


def test_what_was_pressed_stands_whatever_comes_after() -> None:
    """The key of an answered call, though a later one failed; the last of several."""
    result = result_of([told("1", digit="1"), told("2", digit="2", minute=1), told("3", "Meşgul", "3", minute=2)])
    assert result is not None
    assert (result.digit, result.status, result.answered) == ("2", "Meşgul", True)


@pytest.mark.parametrize(("statuses", "retries", "final"), [
    (["Cevaplandı"], 5, True),
    (["Cevaplandı", "Meşgul"], 5, True),  # late news of an earlier call changes nothing
    (["Hatalı Numara"], 5, True),
    (["İYS izni yok"], None, True),
    (["Sesli görüşme yapamayan numara"], 5, True),
    *(([status], 1, False) for status in STATUSES if status not in ANSWERED | HOPELESS),
    (["Bilinmeyen bir şey"], 5, False),
    (["Bilinmeyen bir şey"], 0, True),
    ([""], 1, False),
    (["Meşgul"], 0, True),
    (["Meşgul"], 1, False),
    (["Meşgul", "Cevapsız"], 1, True),
    (["Meşgul", "Ulaşılamıyor", "Cevapsız"], None, False),
    (["Reddedildi"], None, False),
    (["Reddedildi", "Reddedildi"], 1, True),
    (["Hatalı Numara", "Meşgul"], 5, False),  # it was called again, and may be once more
])
def test_whether_a_number_is_called_again(statuses: list[str], retries: int | None, final: bool) -> None:
    result = result_of(told(str(place), status, minute=place) for place, status in enumerate(statuses))
    assert result is not None
    assert result.final(retries) is final


# notifications and call records together

def test_a_call_that_both_tell_of_is_one() -> None:
    """The notification's status and digit, the record's talk time."""
    told_ = told("5", "Cevaplandı", "2", minute=1)
    assert attempts_of([told_], {}, [listed(0, talk=35, status="Hata")]) == [
        Attempt("5", at(1), "Cevaplandı", "2", talk_seconds=35, source=ResultSource.BOTH)]


def test_a_call_that_only_a_record_tells_of_is_one_too_and_has_no_digit() -> None:
    record = listed(0, talk=35, call_uuid="a")
    assert attempts_of([], {}, [record]) == [
        Attempt("a", at(0) + dt.timedelta(seconds=65), "Cevaplandı", talk_seconds=35, source=ResultSource.RECORDS)]


def test_a_record_of_a_call_without_an_end_is_put_where_it_began() -> None:
    record = CallRecord(PHONE, "Meşgul", NOON, None, 0)
    assert [attempt.at for attempt in attempts_of([], {}, [record])] == [NOON]


def test_the_same_call_uuid_goes_before_closeness() -> None:
    near, far = told("1", "Meşgul", minute=0), told("2", "Cevaplandı", "1", minute=60)
    found = attempts_of([near, far], {"1": "b", "2": "a"}, [listed(0, call_uuid="a")])
    assert {attempt.id: attempt.source for attempt in found} == {"1": ResultSource.WEBHOOK, "2": ResultSource.BOTH}


def test_the_closest_in_time_go_together() -> None:
    found = attempts_of([told("1", "Meşgul", minute=0), told("2", minute=2)], {},
                        [listed(2.2, talk=20), listed(0.1, talk=10, seconds=0)])
    assert {attempt.id: attempt.talk_seconds for attempt in found} == {"1": 10, "2": 20}


@pytest.mark.parametrize(("moment", "same"), [
    (-SAME_CALL_WITHIN, True), (-SAME_CALL_WITHIN - dt.timedelta(seconds=1), False),
    (dt.timedelta(seconds=30), True), (dt.timedelta(seconds=60) + SAME_CALL_WITHIN, True),
    (dt.timedelta(seconds=61) + SAME_CALL_WITHIN, False),
])
def test_how_far_apart_one_call_may_be(moment: dt.timedelta, same: bool) -> None:
    """From its beginning, from its end; not at all while it lasts."""
    found = attempts_of([Attempt("1", NOON + moment, "Meşgul")], {}, [listed(0, seconds=60)])
    assert len(found) == (1 if same else 2)


@given(attempts.map(lambda known: [told(attempt.id, attempt.status, attempt.digit, minute=place / 2)
                                   for place, attempt in enumerate(known)]),
       st.lists(st.builds(listed, MINUTE, seconds=st.integers(0, 120), talk=st.integers(0, 60),
                          call_uuid=st.sampled_from(["", "a", "b"])), max_size=6, unique_by=lambda record: record.id),
       st.dictionaries(st.integers(1, 12).map(str), st.sampled_from(["", "a", "b"])), st.data())
def test_every_call_is_told_once_in_whatever_order_it_was_heard(
    told_: list[Attempt], records: list[CallRecord], uuids: dict[str, str], data: st.DataObject,
) -> None:
    found = attempts_of(told_, uuids, records)
    both = [attempt for attempt in found if attempt.source is ResultSource.BOTH]
    assert len(found) == len(told_) + len(records) - len(both)
    assert {attempt.id for attempt in told_} <= {attempt.id for attempt in found}
    assert sum(attempt.talk_seconds or 0 for attempt in found) == sum(record.talk_seconds for record in records)
    again = attempts_of(data.draw(st.permutations(told_)), uuids, data.draw(st.permutations(records)) + records[:1])
    assert sorted(again, key=lambda attempt: attempt.id) == sorted(found, key=lambda attempt: attempt.id)
    assert result_of(again) == result_of(found)
