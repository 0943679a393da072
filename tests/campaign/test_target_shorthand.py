"""One line for a target: wire forms, shorthand, words of both languages, and what is no target."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.campaign.sentences import said
from tests.campaign.targets import TARGETS
from tui.campaign.phone import BadPhone
from tui.campaign.target import (
    SPELLINGS,
    Target,
    TargetKind,
    Understood,
    external_form,
    parse_target,
    short_form,
    understand,
)


@pytest.mark.parametrize("kind", TargetKind)
def test_every_kind_is_written_in_each_form(kind: TargetKind) -> None:
    spelling = SPELLINGS[kind]
    value = spelling.example.removeprefix(spelling.begins)
    for line in (spelling.wire, spelling.example, *(f"{word} {value}".strip() for word in spelling.words)):
        found = understand(line)
        assert (found.kind, found.target is not None) == (kind, True), line
    assert parse_target(spelling.wire).kind is kind
    assert spelling.example.startswith(spelling.begins)


@pytest.mark.parametrize(("typed", "wire"), [
    *((typed, "announcement/421") for typed in ("a421", "A421", "a 421", "a/421", "a / 421", "announcement 421",
                                                "announcement/421", "Anons 421", "SES DOSYASI 421", " a421 ")),
    ("u1001", "user/1001"), ("dahili 1001", "user/1001"), ("DAHİLİ 1001", "user/1001"), ("ext 1001", "user/1001"),
    ("g700", "group/700"), ("Çalma grubu 700", "group/700"), ("calma grubu 700", "group/700"),
    ("q201", "queue/201"), ("Kuyruk 201", "queue/201"), ("Queue/201", "queue/201"),
    ("i10", "ivr/10"), ("İ10", "ivr/10"), ("I10", "ivr/10"), ("ı10", "ivr/10"), ("menü 10", "ivr/10"),
    ("IVR menu 10", "ivr/10"), ("Sesli menü 10", "ivr/10"),
    ("v1003", "voicemail/1003"), ("telesekreter 1003", "voicemail/1003"),
    *((typed, "external/05321234567") for typed in (
        "e0532 123 45 67", "e+905321234567", "e905321234567", "e5321234567", "e (0532) 123-45-67", "dış 05321234567",
        "external/0532 123 45 67", "external/0532-123-45-67", "external/+905321234567", "Outside number 05321234567")),
    *((typed, "external/00491234567") for typed in ("e00491234567", "e+49 123 4567", "external/+49 1234567")),
    *((typed, "external/4441234") for typed in ("e4441234", "e444 1 234", "external/4441234", "dış 0444 1 234")),
    ("external/905321234567", "external/905321234567"),  # an exact wire form stays as it was typed
    ("r", "restart"), ("R", "restart"), ("tekrar", "restart"), ("RESTART", "restart"),
    ("h", "hangup/hangup"), ("kapat", "hangup/hangup"), ("hang up", "hangup/hangup"),
    ("Hangup/Hangup", "hangup/hangup"),
    ("b", "hangup/busy"), ("hb", "hangup/busy"), ("meşgul", "hangup/busy"), ("hangup/busy", "hangup/busy"),
    ("f", "fax"), ("faks", "fax"), ("f name@x.com.tr", "fax/name@x.com.tr"),
    ("faks/name@x.com.tr", "fax/name@x.com.tr"),
    ("t Merhaba dünya", "tts/tr-TR/Merhaba dünya"), ("T 1/2", "tts/tr-TR/1/2"), ("t /x", "tts/tr-TR//x"),
    ("t/en/Hello/you", "tts/en-US/Hello/you"), ("t/en-US/Hello", "tts/en-US/Hello"), ("t/AR/مرحبا", "tts/ar-XA/مرحبا"),
    ("tts/en/Hello", "tts/en-US/Hello"), ("tts/tr-TR/Merhaba", "tts/tr-TR/Merhaba"),
    ("seslendir Merhaba", "tts/tr-TR/Merhaba"),
])
def test_a_line_is_understood(typed: str, wire: str) -> None:
    found = understand(typed)
    assert found.target == parse_target(wire)
    assert found.kind is parse_target(wire).kind
    assert found.reason is None


@pytest.mark.parametrize(("typed", "kind", "rest", "code"), [
    ("421", None, "421", "target.which_kind"), ("0532 123 45 67", None, "0532 123 45 67", "target.which_kind"),
    ("a", TargetKind.ANNOUNCEMENT, "", "target.needs"), ("an", TargetKind.ANNOUNCEMENT, "", "target.needs"),
    ("announc", TargetKind.ANNOUNCEMENT, "", "target.needs"), ("ses d", TargetKind.ANNOUNCEMENT, "", "target.needs"),
    ("ses", None, "ses", "target.unknown"),
    ("a teşekkür", TargetKind.ANNOUNCEMENT, "teşekkür", "target.number"), ("a4x", TargetKind.ANNOUNCEMENT, "4x",
                                                                           "target.number"),
    ("a12345678901", TargetKind.ANNOUNCEMENT, "12345678901", "target.number"), ("q", TargetKind.QUEUE, "",
                                                                                "target.needs"),
    ("queue:destek", TargetKind.QUEUE, "destek", "target.number"), ("queue:201", TargetKind.QUEUE, "201",
                                                                    "target.meant"),
    ("extension:1001", TargetKind.USER, "1001", "target.meant"), ("a=421", TargetKind.ANNOUNCEMENT, "421",
                                                                  "target.meant"),
    ("hangup", TargetKind.HANGUP, "hangup", "target.meant"), ("restart/restart", TargetKind.RESTART, "restart",
                                                              "target.meant"),
    ("r 5", TargetKind.RESTART, "5", "target.unknown"), ("d", None, "d", "target.unknown"),
    ("nothing", None, "nothing", "target.unknown"), ("/", None, "/", "target.unknown"),
    ("e", TargetKind.EXTERNAL, "", "target.needs"), ("e112", TargetKind.EXTERNAL, "112", "phone.short"),
    ("external/01321234567", TargetKind.EXTERNAL, "01321234567", "phone.no_area"),
    ("f na", TargetKind.FAX_TO, "na", "target.email"), ("fax/isim@firma", TargetKind.FAX_TO, "isim@firma",
                                                        "target.email"),
    ("t", TargetKind.TTS, "", "target.needs"), ("t123", TargetKind.TTS, "", "target.needs"),
    ("t/en/", TargetKind.TTS, "", "target.needs"),
    ("t/de/Hallo", TargetKind.TTS, "de/Hallo", "target.speech_language"),
    ("t a\nb", TargetKind.TTS, "a\nb", "target.speech_control"),
    ("t:Merhaba", TargetKind.TTS, "Merhaba", "target.meant"),
])
def test_what_is_no_target_tells_its_kind_and_why(typed: str, kind: TargetKind | None, rest: str, code: str) -> None:
    found = understand(typed)
    assert (found.target, found.kind, found.rest) == (None, kind, rest)
    assert found.reason is not None
    assert found.reason.code == f"campaign.{code}"
    for sentence in said(found.reason).values():
        assert (rest if kind is TargetKind.EXTERNAL else typed) in sentence


def test_a_near_miss_is_told_the_right_form() -> None:
    for typed, form in (("queue:201", "queue/201"), ("hangup", "hangup/hangup"), ("t:Merhaba", "tts/tr-TR/Merhaba")):
        reason = understand(typed).reason
        assert reason is not None
        assert reason.params["form"] == form


def test_digits_alone_are_asked_for_their_kind_by_letter() -> None:
    reason = understand("421").reason
    assert reason is not None
    for sentence in said(reason).values():
        assert all(f"{letter} " in sentence for letter in "aqugive")


def test_an_empty_line_is_no_mistake() -> None:
    for blank in ("", "  ", "\t"):
        assert understand(blank) == Understood(None, None, "", None)


@pytest.mark.parametrize(("wire", "short"), [
    ("announcement/421", "a421"), ("user/1001", "u1001"), ("group/700", "g700"), ("queue/201", "q201"),
    ("ivr/10", "i10"),
    ("voicemail/1003", "v1003"), ("external/05321234567", "e05321234567"), ("external/00491234567", "e00491234567"),
    ("external/905321234567", "external/905321234567"), ("restart", "r"), ("hangup/hangup", "h"), ("hangup/busy", "b"),
    ("fax", "f"), ("fax/name@x.com.tr", "f name@x.com.tr"), ("tts/tr-TR/Merhaba", "t Merhaba"),
    ("tts/en-US/Hello", "t/en/Hello"), ("tts/ar-XA/مرحبا", "t/ar/مرحبا"), ("tts/tr-TR/ x", "tts/tr-TR/ x"),
])
def test_the_shortest_form(wire: str, short: str) -> None:
    assert short_form(parse_target(wire)) == short


@settings(deadline=None)
@given(TARGETS)
@example(Target(TargetKind.TTS, ":", "tr-TR"))
@example(Target(TargetKind.EXTERNAL, "00901234567"))
def test_the_short_form_reads_back(target: Target) -> None:
    short = short_form(target)
    assert understand(short).target == target
    assert len(short) <= len(str(target))


@settings(deadline=None)
@given(TARGETS, st.sampled_from([str.upper, str.title, lambda text: f"  {text} "]))
def test_neither_case_nor_blanks_around_change_the_kind(target: Target, changed: object) -> None:
    assert callable(changed)
    assert understand(changed(short_form(target))).kind is target.kind


@settings(deadline=None)
@given(st.one_of(
    st.text(),
    st.text("/:=\\ aqueuttsr-TRİıI123@.+\n", max_size=20),
    st.builds("{}{}{}".format, st.sampled_from(["q", "t", "t/en", "e", "fax", "dahili", "ses dosyası", "hangup", "İ"]),
              st.sampled_from(["/", ":", " ", "//", "=", ""]), st.text(max_size=8)),
))
def test_any_line_is_a_target_or_says_why_not(text: str) -> None:
    found = understand(text)
    if found.target is not None:
        assert found.kind is found.target.kind
        assert parse_target(str(found.target)) == found.target
    elif text.strip():
        assert found.reason is not None
        assert all(said(found.reason).values())
        if found.reason.code == "campaign.target.meant":
            assert str(parse_target(str(found.reason.params["form"]))) == found.reason.params["form"]
    else:
        assert found.reason is None


@pytest.mark.parametrize("typed", ["0532 123 45 67", "+90 532 1234567", "905321234567", "5321234567", "00905321234567"])
def test_a_turkish_number_has_one_form(typed: str) -> None:
    assert external_form(typed) == "05321234567"


def test_a_number_abroad_has_one_form() -> None:
    assert external_form("+49 123 4567") == external_form("00491234567") == "00491234567"
    with pytest.raises(BadPhone):
        external_form("112")
