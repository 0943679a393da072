from __future__ import annotations

import pytest

from tui.sandbox.wire import announcements_in, as_notified, is_phone, message_seconds, target_problem


@pytest.mark.parametrize(("phone", "notified"), [
    ("905321234567", "905321234567"),
    ("05321234567", "905321234567"),
    ("5321234567", "905321234567"),
    ("00491234567", "491234567"),
    ("00905321234567", "905321234567"),
    ("02129630131", "902129630131"),
])
def test_the_documents_four_forms_are_numbers(phone: str, notified: str) -> None:
    assert is_phone(phone)
    assert as_notified(phone) == notified


@pytest.mark.parametrize("phone", ["", "+905321234567", "0532 1234567", "532123456", "53212345678", "9005321234567",
                                   "01321234567", "0049", "٠٥٣٢١٢٣٤٥٦٧", "05321234567\n", "5,32E+09"])
def test_anything_else_is_no_number(phone: str) -> None:
    assert not is_phone(phone)


@pytest.mark.parametrize("target", [
    "restart", "user/1000", "group/700", "queue/200", "ivr/10", "external/05321234567", "external/00491234567",
    "voicemail/1000", "announcement/456", "fax", "fax/isim@firmaadi.com.tr", "hangup/hangup", "hangup/busy",
    "tts/tr-TR/Bu bir test cümlesidir", "tts/en-US/yes/no", "tts/ar-XA/نعم",
])
def test_the_thirteen_targets_are_taken(target: str) -> None:
    assert target_problem(target) is None


@pytest.mark.parametrize("target", [
    "queue:201", "extension:1001", "hangup", "hangup/", "restart/", "RESTART", "user/", "user/ayse", "user/1000 ",
    " fax", "external/+905321234567", "external/", "fax/firmaadi.com.tr", "fax/a@b", "tts/tr/Merhaba", "tts/tr-TR/",
    "tts/tr-TR/  ", "tts/de-DE/Hallo", "tts/tr-TR/iki\nsatır", "sms/1",
])
def test_near_misses_are_invalid(target: str) -> None:
    assert target_problem(target) == "is invalid"


@pytest.mark.parametrize(("target", "words"), [
    ("user/1999", "cannot find user 1999"), ("voicemail/1999", "cannot find voicemail 1999"),
    ("queue/700", "cannot find queue 700"), ("announcement/1", "cannot find announcement 1"),
])
def test_what_the_account_does_not_have_is_not_found(target: str, words: str) -> None:
    assert target_problem(target) == words


def test_a_phrase_plays_its_announcements_in_order() -> None:
    assert list(announcements_in("#456 15/11/2017 #457 73.56 #458 # #x")) == [456, 457, 458]


def test_a_number_hears_its_phrase_and_only_without_one_the_welcome() -> None:
    assert message_seconds("15/11/2017 73.56", 128) == 4.0
    assert message_seconds("  ", 128) == message_seconds("", 128) == 3.0
    assert message_seconds("", None) == 0.0
