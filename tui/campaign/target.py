"""Where a key leads: the provider's thirteen targets (docs/provider.md, "Targets"), and their shorthand.

One line takes the wire form (`announcement/421`), its shorthand (`a421`) and full words. The shorthand is ours; what
comes out is always one of the provider's targets.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Final, NamedTuple

from msgspec import Struct

from tui.campaign.phone import BadPhone, connected_phone
from tui.core.letters import composed, folded
from tui.core.reason import Reason
from tui.core.whole_number import whole_number

SPEECH_LANGUAGES: Final = ("tr-TR", "en-US", "ar-XA")


class TargetKind(StrEnum):
    """The kinds of target; the value ends the keys of its texts."""

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


BARE: Final = {"restart": TargetKind.RESTART, "fax": TargetKind.FAX, "hangup/hangup": TargetKind.HANGUP,
               "hangup/busy": TargetKind.BUSY}  # on the wire, without a value
NUMBERED: Final = (TargetKind.USER, TargetKind.GROUP, TargetKind.QUEUE, TargetKind.IVR, TargetKind.VOICEMAIL,
                   TargetKind.ANNOUNCEMENT)
_BARE_WIRE: Final = {kind: wire for wire, kind in BARE.items()}


class Target(Struct, frozen=True):
    """A target. `value` is the number, address or text it needs ("" where it needs none); `lang` is for speech."""

    kind: TargetKind
    value: str = ""
    lang: str = ""

    def __str__(self) -> str:
        """The wire form: `queue/201`, `tts/tr-TR/Merhaba`, `restart`."""
        if self.kind in _BARE_WIRE:
            return _BARE_WIRE[self.kind]
        if self.kind is TargetKind.FAX_TO:
            return f"fax/{self.value}"
        if self.kind is TargetKind.TTS:
            return f"tts/{self.lang}/{self.value}"
        return f"{self.kind.value}/{self.value}"


class BadTarget(Exception):
    """A text that is no target; `reason` suggests the right form where it is clear."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code)
        self.reason = reason


# Control characters, and halves of letters that no encoding can write.
UNWRITABLE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_MAX_DIGITS: Final = 10
LARGEST_NUMBER: Final = 10**_MAX_DIGITS - 1
# The provider's four writings of a number (docs/provider.md, "Numbers"), and 444 numbers, which an account can connect
# to; targets are sent as typed, so that they read back equal.
_PHONE: Final = re.compile(r"90[2-9][0-9]{9}|0?[2-9][0-9]{9}|00[1-9][0-9]{6,14}|444[0-9]{4}")
_EMAIL: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
                           r"(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+")


def parse_target(text: str) -> Target:
    """The target that `text` writes. BadTarget says what is wrong and, for a near miss, the right form."""
    wire = text.strip()
    if wire in BARE:
        return Target(BARE[wire])
    head, slash, rest = wire.partition("/")
    if not slash:
        raise _not_a_target(wire)
    if head == "tts":
        return _speech(wire, rest)
    if head == "fax":
        if not _EMAIL.fullmatch(rest):
            raise _bad("campaign.target.email", value=wire)
        return Target(TargetKind.FAX_TO, rest)
    if head == "external":
        if not _PHONE.fullmatch(rest):
            raise _external(wire, rest)
        return Target(TargetKind.EXTERNAL, rest)
    if head in NUMBERED:
        if whole_number(rest, _MAX_DIGITS) is None:
            raise _bad("campaign.target.number", value=wire, kind=head)
        return Target(TargetKind(head), rest)
    raise _not_a_target(wire)


def _speech(wire: str, rest: str) -> Target:
    lang, slash, words = rest.partition("/")
    if UNWRITABLE.search(words):
        raise _bad("campaign.target.speech_control", value=wire)
    if lang not in SPEECH_LANGUAGES:
        meant = next((known for known in SPEECH_LANGUAGES if known[:2].lower() == lang[:2].lower()), None)
        if meant and slash and words.strip():
            raise _meant(wire, f"tts/{meant}/{words.strip()}")
        raise _bad("campaign.target.speech_language", value=wire, known=", ".join(SPEECH_LANGUAGES))
    if not words.strip():
        raise _bad("campaign.target.speech_text", value=wire)
    return Target(TargetKind.TTS, words, lang)


def _external(wire: str, rest: str) -> BadTarget:
    digits = re.sub(r"[\s().-]", "", rest)
    if digits.startswith("+90"):
        digits = "0" + digits[3:]
    elif digits.startswith("+"):
        digits = "00" + digits[1:]
    if digits != rest and _PHONE.fullmatch(digits):
        return _meant(wire, f"external/{digits}")
    return _bad("campaign.target.external", value=wire)


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


def _not_a_target(wire: str) -> BadTarget:
    lower = wire.lower()
    if lower in BARE:
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
    if head in (*NUMBERED, TargetKind.EXTERNAL, TargetKind.TTS):
        return _bad("campaign.target.needs", value=wire, form=SPELLINGS[TargetKind(head)].wire)
    return _bad("campaign.target.unknown", value=wire)


def _meant(wire: str, form: str) -> BadTarget:
    return _bad("campaign.target.meant", value=wire, form=form)


def _bad(code: str, **params: str) -> BadTarget:
    return BadTarget(Reason(code, params))


class Spelling(NamedTuple):
    """How a kind is written in the line, and on the wire."""

    begins: str  # the shorthand, as far as the value
    example: str  # of the shorthand
    wire: str  # an example of what is sent
    words: tuple[str, ...]  # in place of the letter, as `folded` writes them


# Every kind, in the order in which they are offered. A bare "hangup" is missing: it is how the provider writes it
# elsewhere, and is refused.
SPELLINGS: Final[Mapping[TargetKind, Spelling]] = {
    TargetKind.ANNOUNCEMENT: Spelling("a", "a456", "announcement/456", ("announcement", "anons", "ses dosyasi")),
    TargetKind.USER: Spelling("u", "u1000", "user/1000", ("user", "extension", "ext", "dahili")),
    TargetKind.QUEUE: Spelling("q", "q200", "queue/200", ("queue", "kuyruk")),
    TargetKind.GROUP: Spelling("g", "g700", "group/700", ("group", "ring group", "grup", "calma grubu")),
    TargetKind.IVR: Spelling("i", "i10", "ivr/10", ("ivr", "ivr menu", "menu", "voice menu", "sesli menu")),
    TargetKind.EXTERNAL: Spelling("e", "e05321234567", "external/05321234567",
                                  ("external", "phone", "outside number", "dis", "dis numara")),
    TargetKind.VOICEMAIL: Spelling("v", "v1000", "voicemail/1000", ("voicemail", "telesekreter")),
    TargetKind.TTS: Spelling("t ", "t Merhaba", "tts/tr-TR/…", ("tts", "speak", "say", "seslendir", "metni seslendir")),
    TargetKind.RESTART: Spelling("r", "r", "restart", ("restart", "repeat", "tekrar", "bastan dinlet")),
    TargetKind.HANGUP: Spelling("h", "h", "hangup/hangup", ("hang up", "hangup/hangup", "kapat", "cagriyi kapat")),
    TargetKind.BUSY: Spelling("b", "b", "hangup/busy",
                              ("hb", "busy", "busy tone", "hangup/busy", "mesgul", "mesgul tonu")),
    TargetKind.FAX: Spelling("f", "f", "fax", ("fax", "faks")),
    TargetKind.FAX_TO: Spelling("f ", "f name@example.com", "fax/name@example.com", ()),
}
_WITHOUT_VALUE: Final = (TargetKind.RESTART, TargetKind.HANGUP, TargetKind.BUSY)
# A fax is received unless an address follows it.
_WORDS: Final[Mapping[str, TargetKind]] = {
    word: kind for kind, spelling in SPELLINGS.items() if kind is not TargetKind.FAX_TO
    for word in (spelling.begins.strip(), *spelling.words)
}
_LONGEST_FIRST: Final = sorted(_WORDS, key=len, reverse=True)
_LANGUAGES: Final = {known[:2].lower(): known for known in SPEECH_LANGUAGES} | {
    known.lower(): known for known in SPEECH_LANGUAGES}
_ONLY_A_NUMBER: Final = re.compile(r"\+?[\d\s().-]*\d[\d\s().-]*")
_TAIL: Final = re.compile(r"\s*([/:=\\]?)\s*(.*)", re.DOTALL)


class Understood(Struct, frozen=True):
    """What a line means. Without a target `reason` says why, but for an empty line.

    `kind` is the kind being typed, while it is incomplete too (`a`, `a4`, `announc`); `rest` what was typed after the
    kind, or the whole line where no kind was understood.
    """

    target: Target | None
    kind: TargetKind | None
    rest: str
    reason: Reason | None


def understand(text: str) -> Understood:
    """The target that a line writes, in any form. An exact wire form stays as it is; anything else is normalised.

    >>> understand("a 421").target
    Target(kind=<TargetKind.ANNOUNCEMENT: 'announcement'>, value='421', lang='')
    """
    line = text.strip()
    if not line:
        return Understood(None, None, "", None)
    try:
        exact = parse_target(line)
    except BadTarget as bad:
        refused = bad.reason
    else:
        return Understood(exact, exact.kind, exact.value, None)
    if _ONLY_A_NUMBER.fullmatch(line):
        return Understood(None, None, line, Reason("campaign.target.which_kind", {"value": line}))
    line = composed(line)
    plain = folded(line)
    word = next((word for word in _LONGEST_FIRST if _begins(plain, word)), None)
    if word is not None:
        return _of_kind(line, _WORDS[word], line[len(word):], refused)
    if len(begun := {kind for known, kind in _WORDS.items() if known.startswith(plain)}) == 1:
        kind = begun.pop()
        return Understood(None, kind, "", _needs(line, kind))
    meant = refused.params.get("form") if refused.code == "campaign.target.meant" else None
    return Understood(None, None if meant is None else parse_target(str(meant)).kind, line, refused)


def short_form(target: Target) -> str:
    """The shortest line that `understand` reads as this very target.

    >>> short_form(Target(Kind.TTS, "Hello", "en-US"))
    't/en/Hello'
    """
    short = _written(target)
    # What the shorthand would normalise (90532…, blanks before a text) reads back equal from the wire form alone.
    return short if understand(short).target == target else str(target)


def external_form(typed: str) -> str:
    """The one way in which an outside number is shown and sent: `05321234567`, `4441234`, or `00491234567` abroad.

    BadPhone where it is none. The first is how the provider writes its example.
    """
    wire = connected_phone(typed)
    return f"0{wire[2:]}" if wire.startswith("90") else wire


def _written(target: Target) -> str:
    if target.kind is TargetKind.TTS and target.lang != SPEECH_LANGUAGES[0]:
        return f"t/{target.lang[:2]}/{target.value}"
    return f"{SPELLINGS[target.kind].begins}{target.value}"


def _begins(plain: str, word: str) -> bool:
    return plain.startswith(word) and not plain[len(word):len(word) + 1].isalpha()


def _of_kind(line: str, kind: TargetKind, tail: str, refused: Reason) -> Understood:
    """What a line of a known kind means; `tail` is what comes after the kind."""
    if kind is TargetKind.TTS:
        elsewhere = tail.startswith(":")  # any other mark may begin the text itself
        understood = _speech_line(line, tail)
    else:
        sign, rest = _TAIL.findall(tail)[0]
        elsewhere = sign not in ("", "/")
        understood = _addressed(line, kind, rest, refused)
    if elsewhere and understood.target is not None:
        # How the provider writes targets elsewhere: refused with the right form.
        meant = Reason("campaign.target.meant", {"value": line, "form": str(understood.target)})
        return Understood(None, understood.kind, understood.rest, meant)
    return understood


def _addressed(line: str, kind: TargetKind, rest: str, refused: Reason) -> Understood:
    if kind in _WITHOUT_VALUE or (kind is TargetKind.FAX and not rest):
        return Understood(None, kind, rest, refused) if rest else Understood(Target(kind), kind, "", None)
    if not rest:
        return Understood(None, kind, "", _needs(line, kind))
    if kind is TargetKind.EXTERNAL:
        return _external_line(rest)
    if kind is TargetKind.FAX:
        return _read(f"fax/{rest}", TargetKind.FAX_TO, rest, Reason("campaign.target.email", {"value": line}))
    return _read(f"{kind}/{rest}", kind, rest, Reason("campaign.target.number", {"value": line, "kind": kind.value}))


def _read(wire: str, kind: TargetKind, rest: str, reason: Reason) -> Understood:
    try:
        return Understood(parse_target(wire), kind, rest, None)
    except BadTarget:
        return Understood(None, kind, rest, reason)


def _external_line(rest: str) -> Understood:
    try:
        return Understood(Target(TargetKind.EXTERNAL, external_form(rest)), TargetKind.EXTERNAL, rest, None)
    except BadPhone as bad:
        return Understood(None, TargetKind.EXTERNAL, rest, bad.reason)


def _speech_line(line: str, tail: str) -> Understood:
    """`t TEXT`, or `t/LANGUAGE/TEXT`."""
    if tail.startswith("/"):
        named, _, words = tail[1:].partition("/")
        lang = _LANGUAGES.get(named.strip().lower())
        if lang is None:
            params = {"value": line, "known": ", ".join(SPEECH_LANGUAGES)}
            return Understood(None, TargetKind.TTS, tail[1:], Reason("campaign.target.speech_language", params))
    elif not tail or tail[0].isspace() or tail[0] == ":":
        lang, words = SPEECH_LANGUAGES[0], tail.removeprefix(":")
    else:
        lang, words = "", ""
    words = words.strip()
    if not words:
        return Understood(None, TargetKind.TTS, "", _needs(line, TargetKind.TTS))
    if UNWRITABLE.search(words):
        return Understood(None, TargetKind.TTS, words, Reason("campaign.target.speech_control", {"value": line}))
    return Understood(Target(TargetKind.TTS, words, lang), TargetKind.TTS, words, None)


def _needs(line: str, kind: TargetKind) -> Reason:
    return Reason("campaign.target.needs", {"value": line, "form": SPELLINGS[kind].example})
