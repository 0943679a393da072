"""Where a key leads: the thirteen targets of the document (*Hedef (target) seçenekleri*)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from tui.core.reason import Reason
from tui.core.whole_number import whole_number

SPEECH_LANGUAGES: Final = ("tr-TR", "en-US", "ar-XA")


class Kind(StrEnum):
    """The kinds of target; the value names it in the words module."""

    RESTART = "restart"
    USER = "user"
    GROUP = "group"
    QUEUE = "queue"
    IVR = "ivr"
    EXTERNAL = "external"
    VOICEMAIL = "voicemail"
    ANNOUNCEMENT = "announcement"
    FAX = "fax"
    FAX_TO = "fax_to"
    HANGUP = "hangup"
    BUSY = "busy"
    TTS = "tts"


NUMBERED: Final = (Kind.USER, Kind.GROUP, Kind.QUEUE, Kind.IVR, Kind.VOICEMAIL, Kind.ANNOUNCEMENT)
_BARE: Final = {"restart": Kind.RESTART, "fax": Kind.FAX, "hangup/hangup": Kind.HANGUP, "hangup/busy": Kind.BUSY}
_BARE_WIRE: Final = {kind: wire for wire, kind in _BARE.items()}


@dataclass(frozen=True, slots=True)
class Target:
    """A target. `value` is the number, address or text it needs ("" where it needs none); `lang` is for speech."""

    kind: Kind
    value: str = ""
    lang: str = ""

    def __str__(self) -> str:
        """The wire form: `queue/201`, `tts/tr-TR/Merhaba`, `restart`."""
        if self.kind in _BARE_WIRE:
            return _BARE_WIRE[self.kind]
        if self.kind is Kind.FAX_TO:
            return f"fax/{self.value}"
        if self.kind is Kind.TTS:
            return f"tts/{self.lang}/{self.value}"
        return f"{self.kind.value}/{self.value}"


class BadTarget(Exception):
    """A text that is no target; `reason` suggests the right form where it can be told."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code)
        self.reason = reason


# Control characters, and halves of letters that no encoding can write.
UNWRITABLE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_MOST_DIGITS: Final = 10
LARGEST_NUMBER: Final = 10**_MOST_DIGITS - 1
# The document's four writings of a number, and 444 numbers, which an account can connect to; targets are sent as
# typed, so that they read back equal.
_PHONE: Final = re.compile(r"90[2-9][0-9]{9}|0?[2-9][0-9]{9}|00[1-9][0-9]{6,14}|444[0-9]{4}")
_EMAIL: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
                           r"(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+")


def parse_target(text: str) -> Target:
    """The target that `text` writes. BadTarget says what is wrong and, for a near miss, the right form."""
    wire = text.strip()
    if wire in _BARE:
        return Target(_BARE[wire])
    head, slash, rest = wire.partition("/")
    if not slash:
        raise _not_a_target(wire)
    if head == "tts":
        return _speech(wire, rest)
    if head == "fax":
        if not _EMAIL.fullmatch(rest):
            raise _bad("email", value=wire)
        return Target(Kind.FAX_TO, rest)
    if head == "external":
        if not _PHONE.fullmatch(rest):
            raise _external(wire, rest)
        return Target(Kind.EXTERNAL, rest)
    if head in NUMBERED:
        if whole_number(rest, _MOST_DIGITS) is None:
            raise _bad("number", value=wire, kind=head)
        return Target(Kind(head), rest)
    raise _not_a_target(wire)


def _speech(wire: str, rest: str) -> Target:
    lang, slash, words = rest.partition("/")
    if UNWRITABLE.search(words):
        raise _bad("speech_control", value=wire)
    if lang not in SPEECH_LANGUAGES:
        meant = next((known for known in SPEECH_LANGUAGES if known[:2].lower() == lang[:2].lower()), None)
        if meant and slash and words.strip():
            raise _meant(wire, f"tts/{meant}/{words.strip()}")
        raise _bad("speech_language", value=wire, known=", ".join(SPEECH_LANGUAGES))
    if not words.strip():
        raise _bad("speech_text", value=wire)
    return Target(Kind.TTS, words, lang)


def _external(wire: str, rest: str) -> BadTarget:
    digits = re.sub(r"[\s().-]", "", rest)
    if digits.startswith("+90"):
        digits = "0" + digits[3:]
    elif digits.startswith("+"):
        digits = "00" + digits[1:]
    if digits != rest and _PHONE.fullmatch(digits):
        return _meant(wire, f"external/{digits}")
    return _bad("external", value=wire)


# How the provider writes targets elsewhere, and what people type.
_OTHER_NAMES: Final = {
    "extension": "user", "dahili": "user", "ext": "user", "grup": "group", "kuyruk": "queue", "menu": "ivr",
    "menü": "ivr", "phone": "external", "number": "external", "dis": "external", "dış": "external",
    "anons": "announcement", "announce": "announcement", "telesekreter": "voicemail", "say": "tts", "faks": "fax",
}
_OTHER_BARE: Final = {
    "hangup": "hangup/hangup", "kapat": "hangup/hangup", "busy": "hangup/busy", "mesgul": "hangup/busy",
    "meşgul": "hangup/busy", "faks": "fax", "restart/restart": "restart", "repeat": "restart",
    "tekrar": "restart",
}
_FORMS: Final = {
    "user": "user/1000", "group": "group/700", "queue": "queue/200", "ivr": "ivr/10", "voicemail": "voicemail/1000",
    "announcement": "announcement/456", "external": "external/05321234567", "tts": "tts/tr-TR/…",
}


def _not_a_target(wire: str) -> BadTarget:
    lower = wire.lower()
    if lower in _BARE:
        return _meant(wire, lower)
    if lower in _OTHER_BARE:
        return _meant(wire, _OTHER_BARE[lower])
    head, _, rest = re.sub(r"\s*[:/=\\]\s*|\s+", "/", wire, count=1).partition("/")
    head = _OTHER_NAMES.get(head.lower(), head.lower())
    candidate = f"{head}/{rest}"
    if candidate != wire:
        try:
            parse_target(candidate)
        except BadTarget:
            pass
        else:
            return _meant(wire, candidate)
    if head in NUMBERED or head in ("external", "tts"):
        return _bad("needs", value=wire, form=_FORMS[head])
    return _bad("unknown", value=wire)


def _meant(wire: str, form: str) -> BadTarget:
    return _bad("meant", value=wire, form=form)


def _bad(code: str, **params: str) -> BadTarget:
    return BadTarget(Reason(f"campaign.target.{code}", params))
