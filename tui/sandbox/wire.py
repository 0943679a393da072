"""Phone numbers, targets and phrases as the provider writes them (docs/provider.md, "Numbers", "Targets")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tui.sandbox import account

LANGUAGES: Final = ("tr-TR", "en-US", "ar-XA")

_UNIVERSAL: Final = re.compile(r"444[0-9]{4}")
_PHONE: Final = re.compile(r"(?:(?:90|0)?[2-9][0-9]{9}|00[1-9][0-9]{6,14})")
_BARE_TARGETS: Final = frozenset({"restart", "fax", "hangup/hangup", "hangup/busy"})
_NUMBERED_TARGET: Final = re.compile(r"(user|group|queue|ivr|voicemail|announcement)/([0-9]{1,10})")
_SPEECH: Final = re.compile(rf"tts/(?:{'|'.join(LANGUAGES)})/.*\S.*")
_FAX_TO: Final = re.compile(r"fax/[^\s@/]+@[^\s@/.]+(?:\.[^\s@/.]+)+")
_ANNOUNCEMENT: Final = re.compile(r"#([0-9]{1,10})")
_SECONDS_A_WORD: Final = 2.0

# Ring groups and menus have no look-up, so nobody can know which the account has: any number goes.
_KNOWN: Final[dict[str, frozenset[int]]] = {
    "user": frozenset(account.USERS), "voicemail": frozenset(account.USERS), "queue": frozenset(account.QUEUES),
    "announcement": frozenset(account.ANNOUNCEMENTS),
}


def is_phone(text: str) -> bool:
    """Whether `text` is one of the provider's four forms: 905321234567, 05321234567, 5321234567, 00491234567."""
    return _PHONE.fullmatch(text) is not None


def as_notified(phone: str) -> str:
    """The form in which the provider reports a number: 905321234567, and 491512345678 abroad, without the 00."""
    if phone.startswith("00") and not phone.startswith("0090"):
        return phone.removeprefix("00")
    return "90" + phone[-10:]


def target_problem(text: str) -> str | None:
    """What the provider says of a target (docs/provider.md, "Targets"), None where nothing is wrong."""
    if text in _BARE_TARGETS or _SPEECH.fullmatch(text) or _FAX_TO.fullmatch(text):
        return None
    if text.startswith("external/"):
        outside = text.removeprefix("external/")
        return None if is_phone(outside) or _UNIVERSAL.fullmatch(outside) else "is invalid"
    if not (found := _NUMBERED_TARGET.fullmatch(text)):
        return "is invalid"
    kind, number = found[1], int(found[2])
    return None if number in _KNOWN.get(kind, {number}) else f"cannot find {kind} {number}"


def announcements_in(phrase: str) -> Iterator[int]:
    """The announcements that a phrase plays: `#456` (docs/provider.md, "Phrases")."""
    for word in phrase.split():
        if found := _ANNOUNCEMENT.fullmatch(word):
            yield int(found[1])


def message_seconds(phrase: str, welcome: int | None) -> float:
    """How long a callee listens before keys are awaited: to the number's own phrase, else to the welcome."""
    words = phrase.split()
    if not words:
        return 0.0 if welcome is None else account.spoken_seconds(welcome)
    played = [account.spoken_seconds(number) for number in announcements_in(phrase)]
    return sum(played) + _SECONDS_A_WORD * (len(words) - len(played))
