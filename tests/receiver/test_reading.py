"""What a body tells: the provider's example, in every way of writing it, and what is none."""

from __future__ import annotations

import codecs
import datetime as dt
import json
import unicodedata
from urllib.parse import quote, quote_plus, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.campaign.sentences import said
from tui.campaign.results import LONGEST_TEXT, Notification, Ping, Unreadable
from tui.receiver.reading import MAX_FIELDS, read

FIELDS = {
    "notification_id": "5", "notification_date": "2017-05-10 13:18:56 UTC", "domain_id": "429",
    "ivr_campaign_id": "131", "ivr_campaign_name": "Memnuniyet anketi", "ivr_lead_id": "1878",
    "phone": "905321234567", "digit": "2", "status": "Başarılı", "call_uuid": "aacdb242-364b-11e7-8bed-c9aec7093786",
}
EXAMPLE = Notification(
    notification_id="5", campaign_id=131, campaign_name="Memnuniyet anketi", lead_id="1878", phone="905321234567",
    digit="2", status="Başarılı", happened_at=dt.datetime(2017, 5, 10, 13, 18, 56, tzinfo=dt.UTC),
    call_uuid="aacdb242-364b-11e7-8bed-c9aec7093786", extra={"domain_id": "429"})


def raw(fields: dict[str, str]) -> bytes:
    return "&".join(f"{name}={value}" for name, value in fields.items()).encode()


def told(**changes: str) -> Notification:
    found = read(urlencode(FIELDS | changes).encode())
    assert isinstance(found, Notification), found
    return found


def refused(body: bytes) -> str:
    """Why a body can't be read; the sentence is there in both languages, and the body is kept as it came."""
    found = read(body)
    assert isinstance(found, Unreadable), found
    assert found.raw == body
    assert all(said(found.reason).values())
    return found.reason.code.removeprefix("receiver.unreadable.")


@pytest.mark.parametrize("body", [
    raw(FIELDS), urlencode(FIELDS).encode(), urlencode(FIELDS, quote_via=quote).encode(),
    raw(FIELDS).replace(b" ", b"+"), raw(FIELDS).replace(b" ", b"%20"), raw(dict(reversed(FIELDS.items()))),
    raw(FIELDS) + b"&", urlencode(FIELDS).replace("&", "&&").encode(), raw(FIELDS) + b"\r\n",
    codecs.BOM_UTF8 + raw(FIELDS),
], ids=["raw", "plus", "percent", "raw with plus", "raw with percent", "reversed", "an end", "gaps", "a line's end",
        "a byte order mark"])
def test_the_documents_example_is_understood_however_it_is_written(body: bytes) -> None:
    assert read(body) == EXAMPLE


@pytest.mark.parametrize("body", [b"", b"{}", b" \r\n", b"{}\n", codecs.BOM_UTF8, codecs.BOM_UTF8 + b"{}"])
def test_an_empty_request_tells_nothing(body: bytes) -> None:
    assert read(body) == Ping()


@pytest.mark.parametrize(("typed", "kept"), [("", ""), ("-", "-"), ("!4", "!4"), ("*", "*"), ("#", "#"), ("!#", "!#"),
                                             (" 7 ", "7"), ("ab", "ab")])
def test_the_digit_is_kept_as_it_came_without_blanks(typed: str, kept: str) -> None:
    assert told(digit=typed).digit == kept
    found = read(raw(FIELDS | {"digit": typed}))
    assert isinstance(found, Notification)
    assert found.digit == kept


@pytest.mark.parametrize(("typed", "kept"), [
    ("05321234567", "905321234567"), ("5321234567", "905321234567"), ("+90 532 123 45 67", "905321234567"),
    ("+49 151 1234567", "00491511234567"), ("1234", "1234"), ("gizli", "gizli"), ("9" * 100, "9" * 100),
])
def test_the_phone_is_ours_where_that_can_be_told(typed: str, kept: str) -> None:
    assert told(phone=typed).phone == kept


@pytest.mark.parametrize(("typed", "hour"), [
    ("2017-05-10 13:18:56 UTC", 13), ("2017-05-10T13:18:56Z", 13), ("2017-05-10 13:18:56", 13),
    ("2017-05-10 13:18:56 +0300", 10), ("2017-05-10 13:18:56.123 +03:00", 10), ("2017-05-10 13:18:56 GMT", 13),
])
def test_the_moment_is_in_utc(typed: str, hour: int) -> None:
    assert told(notification_date=typed).happened_at == dt.datetime(2017, 5, 10, hour, 18, 56, tzinfo=dt.UTC)


def test_a_status_is_the_same_however_its_letters_are_put_together() -> None:
    assert told(status=unicodedata.normalize("NFD", "Ulaşılamıyor")).status == "Ulaşılamıyor"


def test_fields_that_the_document_does_not_name_are_kept() -> None:
    assert told(campaign_owner="Ayşe", empty="").extra == {"domain_id": "429", "campaign_owner": "Ayşe", "empty": ""}


def test_a_notification_need_not_name_its_campaign_nor_a_digit() -> None:
    left_out = {name: text for name, text in FIELDS.items()
                if name not in ("ivr_campaign_id", "ivr_campaign_name", "digit", "call_uuid", "ivr_lead_id")}
    found = read(urlencode(left_out).encode())
    assert isinstance(found, Notification)
    assert (found.campaign_id, found.digit, found.call_uuid) == (None, "", "")


def test_an_unescaped_name_may_hold_an_ampersand_and_a_plus() -> None:
    found = read(raw(FIELDS | {"ivr_campaign_name": "Ali & Veli + Co."}))
    assert isinstance(found, Notification)
    assert (found.campaign_name, found.phone) == ("Ali & Veli + Co.", "905321234567")


@pytest.mark.parametrize("name", ["%90 indirim", "Ocak %80", "%", "%zz"])
def test_an_unescaped_name_may_hold_a_percent_sign(name: str) -> None:
    found = read(raw(FIELDS | {"ivr_campaign_name": name}))
    assert isinstance(found, Notification)
    assert (found.campaign_name, found.status) == (name, "Başarılı")


def test_a_field_may_be_repeated_where_it_says_the_same() -> None:
    assert read(raw(FIELDS) + b"&digit=2") == EXAMPLE
    assert refused(raw(FIELDS) + b"&digit=3") == "field_twice"


@pytest.mark.parametrize("name", ["notification_id", "notification_date", "phone", "status"])
def test_without_what_tells_who_and_what_it_is_it_is_kept_as_it_came(name: str) -> None:
    assert refused(urlencode({**FIELDS, name: " "}).encode()) == "missing"
    assert refused(urlencode({other: text for other, text in FIELDS.items() if other != name}).encode()) == "missing"


@pytest.mark.parametrize(("name", "text"), [
    ("notification_date", "10.05.2017 13:18"), ("notification_date", "2017-02-30 13:18:56 UTC"),
    ("notification_date", "2017-05-10 13:18:56 +9900"), ("notification_date", "9999-12-31 23:59:59 -1200"),
    ("notification_date", "1969-12-31 23:59:59 UTC"), ("ivr_campaign_id", "0"), ("ivr_campaign_id", "-5"),
    ("ivr_campaign_id", "٣"), ("ivr_campaign_id", "9" * 16), ("ivr_campaign_id", "1.5"), ("status", "a\0b"),
    ("status", "x" * (LONGEST_TEXT + 1)), ("ivr_lead_id", "x" * (LONGEST_TEXT + 1)), ("ivr_campaign_name", "\0"),
    ("phone", "9" * (LONGEST_TEXT + 1)),
])
def test_what_a_field_cannot_mean_is_told_by_its_name(name: str, text: str) -> None:
    body = urlencode(FIELDS | {name: text}).encode()
    assert refused(body) == "bad_field"
    found = read(body)
    assert isinstance(found, Unreadable)
    assert found.reason.params["field"] == name
    assert len(str(found.reason.params["value"])) <= 40


@pytest.mark.parametrize(("body", "why"), [
    (b"hello", "no_form"), (b"\x00\xff\xfe", "no_form"), (b'{"notification_id": 5}', "missing"), (b"[]", "no_form"),
    (b'{"notification_id": 5', "no_form"), (b"{" + b'"a":{' * 50_000, "no_form"),
    (b'{"phone": "1", "phone": "2"}', "field_twice"), (b"status=\xff\x81", "not_utf8"),
    (b"status=%FF%81", "not_utf8"), (b'{"status": "\xff\x81"}', "not_utf8"),
    (b"=", "missing"), (b"a=1&" * MAX_FIELDS, "too_many_fields"),
    (b'--x\r\nContent-Disposition: form-data; name="phone"\r\n\r\n905321234567\r\n--x--', "missing"),
])
def test_what_is_no_form_is_kept_as_it_came(body: bytes, why: str) -> None:
    assert refused(body) == why


@given(st.binary(max_size=400))
def test_any_bytes_at_all_are_something(body: bytes) -> None:
    found = read(body)
    if isinstance(found, Unreadable):
        assert found.raw == body
        assert all(said(found.reason).values())


_TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=LONGEST_TEXT)


@given(_TEXTS, _TEXTS, st.booleans(), st.permutations(list(FIELDS)))
def test_a_form_survives_its_escaping_and_any_order(name: str, digit: str, plus: bool, order: list[str]) -> None:
    given_ = FIELDS | {"ivr_campaign_name": name, "digit": digit}
    found = read(urlencode([(field, given_[field]) for field in order],
                           quote_via=quote_plus if plus else quote).encode())
    assert isinstance(found, Notification)
    assert (found.campaign_name, found.digit) == (name, digit.strip())


def test_a_json_object_is_read_as_the_form_is() -> None:
    fields: dict[str, object] = {**FIELDS, "notification_id": int(FIELDS["notification_id"]), "more": None}
    found = read(json.dumps(fields).encode())
    assert found == read(json.dumps(fields, ensure_ascii=False, indent=1).encode())
    assert isinstance(found, Notification)
    assert replace(found, extra={}) == replace(EXAMPLE, extra={})
    assert found.extra["more"] == ""


@pytest.mark.parametrize("body", [
    raw({**FIELDS, "status": "Ulaşılamıyor"}).decode().encode("cp1254"),
    urlencode({**FIELDS, "status": "Ulaşılamıyor"}, encoding="cp1254").encode(),
    json.dumps({**FIELDS, "status": "Ulaşılamıyor"}, ensure_ascii=False).encode("cp1254"),
])
def test_windows_1254_is_read(body: bytes) -> None:
    found = read(body)
    assert isinstance(found, Notification)
    assert found.status == "Ulaşılamıyor"


@pytest.mark.parametrize("typed", ["2017-05-10 16:18:56 +03", "2017-05-10 16:18:56 TRT", "2017-05-10 13:17:56",
                                   "017-05-10 13:18:56 UTC", "2017-05-10 16:18:56 +030"])
def test_moments_are_read_leniently(typed: str) -> None:
    assert told(notification_date=typed).happened_at.date() == EXAMPLE.happened_at.date()
    assert told(notification_date="2017-05-10 13:18:60 UTC").happened_at.minute == 19


def test_a_phone_that_may_be_one_abroad_is_kept_as_it_came_too() -> None:
    assert told(phone="5321234567").bare == "5321234567"
    assert [told(phone=typed).bare for typed in ("905321234567", "05321234567", "491512345678", "gizli")] == [""] * 4
