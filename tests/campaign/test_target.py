"""The thirteen targets, and what people write in their place."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.campaign.sentences import said
from tests.campaign.targets import TARGETS
from tui.campaign.target import BadTarget, Target, TargetKind, parse_target

THIRTEEN = {
    "restart": Target(TargetKind.RESTART),
    "user/1000": Target(TargetKind.USER, "1000"),
    "group/700": Target(TargetKind.GROUP, "700"),
    "queue/200": Target(TargetKind.QUEUE, "200"),
    "ivr/10": Target(TargetKind.IVR, "10"),
    "external/05321234567": Target(TargetKind.EXTERNAL, "05321234567"),
    "voicemail/1000": Target(TargetKind.VOICEMAIL, "1000"),
    "announcement/456": Target(TargetKind.ANNOUNCEMENT, "456"),
    "fax": Target(TargetKind.FAX),
    "fax/isim@firmaadi.com.tr": Target(TargetKind.FAX_TO, "isim@firmaadi.com.tr"),
    "hangup/hangup": Target(TargetKind.HANGUP),
    "hangup/busy": Target(TargetKind.BUSY),
    "tts/tr-TR/Bu bir test cümlesidir": Target(TargetKind.TTS, "Bu bir test cümlesidir", "tr-TR"),
}


def problem_of(text: str) -> tuple[str, str]:
    """The code of what is wrong, and the form that is suggested."""
    with pytest.raises(BadTarget) as bad:
        parse_target(text)
    reason = bad.value.reason
    assert reason.params["value"] == text.strip()
    for sentence in said(reason).values():
        assert text.strip() in sentence
        assert str(reason.params.get("form", "")) in sentence
    return reason.code.removeprefix("campaign.target."), str(reason.params.get("form", ""))


@pytest.mark.parametrize("wire", THIRTEEN)
def test_the_documents_targets_are_read_and_written(wire: str) -> None:
    assert parse_target(wire) == THIRTEEN[wire]
    assert parse_target(f" {wire} ") == THIRTEEN[wire]
    assert str(THIRTEEN[wire]) == wire


def test_the_table_above_has_every_kind() -> None:
    assert {target.kind for target in THIRTEEN.values()} == set(TargetKind)


@pytest.mark.parametrize("wire", [
    "tts/en-US/Yes/no, or 1/2", "tts/ar-XA/مرحبا", "tts/tr-TR//", "external/905321234567", "external/5321234567",
    "external/00491234567", "user/0", "queue/1234567890", "fax/a.b+c@mail.example.com",
])
def test_further_writings_are_sent_as_typed(wire: str) -> None:
    assert str(parse_target(wire)) == wire


@settings(deadline=None)
@given(TARGETS)
def test_a_target_reads_back_as_it_was_written(target: Target) -> None:
    assert parse_target(str(target)) == target


@pytest.mark.parametrize(("typed", "form"), [
    ("queue:201", "queue/201"), ("extension:1001", "user/1001"), ("hangup", "hangup/hangup"), ("busy", "hangup/busy"),
    ("queue 201", "queue/201"), ("queue = 201", "queue/201"), ("queue / 201", "queue/201"), ("queue\\201", "queue/201"),
    ("Queue/201", "queue/201"), ("kuyruk/201", "queue/201"), ("dahili 1001", "user/1001"), ("RESTART", "restart"),
    ("restart/restart", "restart"), ("tekrar", "restart"), ("Hangup/Busy", "hangup/busy"), ("meşgul", "hangup/busy"),
    ("faks", "fax"), ("FAX", "fax"), ("anons:456", "announcement/456"), ("telesekreter/1000", "voicemail/1000"),
    ("tts/tr/Merhaba", "tts/tr-TR/Merhaba"), ("tts/TR-tr/Merhaba", "tts/tr-TR/Merhaba"),
    ("tts/en/Hello/you", "tts/en-US/Hello/you"),
    ("tts/ar/مرحبا", "tts/ar-XA/مرحبا"), ("external/+905321234567", "external/05321234567"),
    ("external/0532 123 45 67", "external/05321234567"), ("external/+49 123 4567", "external/00491234567"),
    ("external:05321234567", "external/05321234567"), ("phone/05321234567", "external/05321234567"),
    ("faks/isim@firmaadi.com.tr", "fax/isim@firmaadi.com.tr"),
])
def test_a_near_miss_is_refused_with_the_right_form(typed: str, form: str) -> None:
    assert problem_of(typed) == ("meant", form)
    assert str(parse_target(form)) == form


@pytest.mark.parametrize(("typed", "code"), [
    ("nothing", "unknown"), ("201", "unknown"), ("/", "unknown"), ("queue:destek", "needs"), ("queue", "needs"),
    ("user", "needs"), ("external", "needs"), ("tts", "needs"), ("tts:Merhaba", "needs"),
    ("queue/destek", "number"), ("queue/", "number"), ("user/12345678901", "number"), ("queue/201/1", "number"),
    ("queue/٢٠١", "number"), ("user/ 1", "number"),
    ("external/", "external"), ("external/112", "external"), ("external/01321234567", "external"),
    ("external/+9053212345", "external"),
    ("fax/", "email"), ("fax/isim", "email"), ("fax/isim@firma", "email"), ("fax/a b@firma.com", "email"),
    ("fax/@firma.com", "email"),
    ("tts/tr-TR", "speech_text"), ("tts/tr-TR/", "speech_text"), ("tts/tr-TR/  ", "speech_text"),
    ("tts/de-DE/Hallo", "speech_language"), ("tts/Merhaba", "speech_language"), ("tts//Merhaba", "speech_language"),
    ("tts/tr/", "speech_language"), ("tts/tr-TR/a\nb", "speech_control"), ("tts/tr-TR/a\x9bb", "speech_control"),
])
def test_what_is_no_target_says_why(typed: str, code: str) -> None:
    assert problem_of(typed)[0] == code


@settings(deadline=None)
@given(st.one_of(
    st.text(),
    st.text("/:=\\ aqueuttsr-TR123@.\n", max_size=20),
    st.builds("{}{}{}".format, st.sampled_from(["queue", "tts", "fax", "external", "dahili", "hangup", "", "İ"]),
              st.sampled_from(["/", ":", " ", "//", "=", "/tr/"]), st.text(max_size=8)),
))
def test_any_text_is_a_target_or_a_bad_target(text: str) -> None:
    reason = None
    try:
        target = parse_target(text)
    except BadTarget as bad:
        reason = bad.reason
    if reason is not None:
        assert all(said(reason).values())
        if reason.code == "campaign.target.meant":
            assert str(parse_target(str(reason.params["form"]))) == reason.params["form"]
        return
    assert str(target) == text.strip()
