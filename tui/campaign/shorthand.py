"""Targets in short: one line that takes the wire form (`announcement/421`), its shorthand (`a421`) and full words.

The shorthand is Ours; what comes out is always one of the document's targets.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from tui.campaign.phone import BadPhone, connected_phone
from tui.campaign.target import SPEECH_LANGUAGES, UNWRITABLE, BadTarget, Kind, Target, parse_target
from tui.core.letters import composed, folded
from tui.core.reason import Reason

_LETTERS: Final = {
    Kind.ANNOUNCEMENT: "a", Kind.USER: "u", Kind.GROUP: "g", Kind.QUEUE: "q", Kind.IVR: "i", Kind.VOICEMAIL: "v",
    Kind.EXTERNAL: "e", Kind.RESTART: "r", Kind.HANGUP: "h", Kind.BUSY: "b", Kind.FAX: "f", Kind.TTS: "t",
}
_BARE: Final = (Kind.RESTART, Kind.HANGUP, Kind.BUSY)
# As `folded` writes them. A bare "hangup" is missing: it is how the provider writes it elsewhere, and is refused.
_WORDS: Final[dict[str, Kind]] = {
    **{letter: kind for kind, letter in _LETTERS.items()},
    "announcement": Kind.ANNOUNCEMENT, "anons": Kind.ANNOUNCEMENT, "ses dosyasi": Kind.ANNOUNCEMENT,
    "user": Kind.USER, "extension": Kind.USER, "ext": Kind.USER, "dahili": Kind.USER,
    "group": Kind.GROUP, "ring group": Kind.GROUP, "grup": Kind.GROUP, "calma grubu": Kind.GROUP,
    "queue": Kind.QUEUE, "kuyruk": Kind.QUEUE,
    "ivr": Kind.IVR, "ivr menu": Kind.IVR, "menu": Kind.IVR, "voice menu": Kind.IVR, "sesli menu": Kind.IVR,
    "voicemail": Kind.VOICEMAIL, "telesekreter": Kind.VOICEMAIL,
    "external": Kind.EXTERNAL, "phone": Kind.EXTERNAL, "outside number": Kind.EXTERNAL, "dis": Kind.EXTERNAL,
    "dis numara": Kind.EXTERNAL,
    "restart": Kind.RESTART, "repeat": Kind.RESTART, "tekrar": Kind.RESTART, "bastan dinlet": Kind.RESTART,
    "hang up": Kind.HANGUP, "hangup/hangup": Kind.HANGUP, "kapat": Kind.HANGUP, "cagriyi kapat": Kind.HANGUP,
    "hb": Kind.BUSY, "busy": Kind.BUSY, "busy tone": Kind.BUSY, "hangup/busy": Kind.BUSY, "mesgul": Kind.BUSY,
    "mesgul tonu": Kind.BUSY,
    "fax": Kind.FAX, "faks": Kind.FAX,
    "tts": Kind.TTS, "speak": Kind.TTS, "say": Kind.TTS, "seslendir": Kind.TTS, "metni seslendir": Kind.TTS,
}
_LONGEST_FIRST: Final = sorted(_WORDS, key=len, reverse=True)
_EXAMPLES: Final = {
    Kind.ANNOUNCEMENT: "a456", Kind.USER: "u1000", Kind.GROUP: "g700", Kind.QUEUE: "q200", Kind.IVR: "i10",
    Kind.VOICEMAIL: "v1000", Kind.EXTERNAL: "e05321234567", Kind.RESTART: "r", Kind.HANGUP: "h", Kind.BUSY: "b",
    Kind.FAX: "f", Kind.TTS: "t Merhaba",
}
_LANGUAGES: Final = {known[:2].lower(): known for known in SPEECH_LANGUAGES} | {
    known.lower(): known for known in SPEECH_LANGUAGES}
_ONLY_A_NUMBER: Final = re.compile(r"\+?[\d\s().-]*\d[\d\s().-]*")
_TAIL: Final = re.compile(r"\s*([/:=\\]?)\s*(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Understood:
    """What a line means. Without a target `reason` says why, but for an empty line.

    `kind` is the kind being typed, while it is incomplete too (`a`, `a4`, `announc`); `rest` what was typed after the
    kind, or the whole line where no kind was understood.
    """

    target: Target | None
    kind: Kind | None
    rest: str
    reason: Reason | None


def understand(text: str) -> Understood:
    """The target that a line writes, in any form. An exact wire form stays as it is; anything else is normalised.

    >>> understand("a 421").target
    Target(kind=<Kind.ANNOUNCEMENT: 'announcement'>, value='421', lang='')
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

    BadPhone where it is none. The first is how the document writes its example (*Hedef (target) seçenekleri*).
    """
    wire = connected_phone(typed)
    return f"0{wire[2:]}" if wire.startswith("90") else wire


def _written(target: Target) -> str:
    match target.kind:
        case Kind.FAX_TO:
            return f"f {target.value}"
        case Kind.TTS if target.lang == SPEECH_LANGUAGES[0]:
            return f"t {target.value}"
        case Kind.TTS:
            return f"t/{target.lang[:2]}/{target.value}"
    return f"{_LETTERS[target.kind]}{target.value}"


def _begins(plain: str, word: str) -> bool:
    return plain.startswith(word) and not plain[len(word):len(word) + 1].isalpha()


def _of_kind(line: str, kind: Kind, tail: str, refused: Reason) -> Understood:
    """What a line of a known kind means; `tail` is what comes after the kind."""
    if kind is Kind.TTS:
        elsewhere = tail.startswith(":")  # any other mark may begin the text itself
        understood = _speech(line, tail)
    else:
        sign, rest = _TAIL.findall(tail)[0]
        elsewhere = sign not in ("", "/")
        understood = _addressed(line, kind, rest, refused)
    if elsewhere and understood.target is not None:
        # How the provider writes targets elsewhere: refused with the right form (API, "Targets").
        meant = Reason("campaign.target.meant", {"value": line, "form": str(understood.target)})
        return Understood(None, understood.kind, understood.rest, meant)
    return understood


def _addressed(line: str, kind: Kind, rest: str, refused: Reason) -> Understood:
    if kind in _BARE or (kind is Kind.FAX and not rest):
        return Understood(None, kind, rest, refused) if rest else Understood(Target(kind), kind, "", None)
    if not rest:
        return Understood(None, kind, "", _needs(line, kind))
    if kind is Kind.EXTERNAL:
        return _external(rest)
    if kind is Kind.FAX:
        return _read(f"fax/{rest}", Kind.FAX_TO, rest, Reason("campaign.target.email", {"value": line}))
    return _read(f"{kind}/{rest}", kind, rest, Reason("campaign.target.number", {"value": line, "kind": kind.value}))


def _read(wire: str, kind: Kind, rest: str, reason: Reason) -> Understood:
    try:
        return Understood(parse_target(wire), kind, rest, None)
    except BadTarget:
        return Understood(None, kind, rest, reason)


def _external(rest: str) -> Understood:
    try:
        return Understood(Target(Kind.EXTERNAL, external_form(rest)), Kind.EXTERNAL, rest, None)
    except BadPhone as bad:
        return Understood(None, Kind.EXTERNAL, rest, bad.reason)


def _speech(line: str, tail: str) -> Understood:
    """`t TEXT`, or `t/LANGUAGE/TEXT`."""
    if tail.startswith("/"):
        named, _, words = tail[1:].partition("/")
        lang = _LANGUAGES.get(named.strip().lower())
        if lang is None:
            params = {"value": line, "known": ", ".join(SPEECH_LANGUAGES)}
            return Understood(None, Kind.TTS, tail[1:], Reason("campaign.target.speech_language", params))
    elif not tail or tail[0].isspace() or tail[0] == ":":
        lang, words = SPEECH_LANGUAGES[0], tail.removeprefix(":")
    else:
        lang, words = "", ""
    words = words.strip()
    if not words:
        return Understood(None, Kind.TTS, "", _needs(line, Kind.TTS))
    if UNWRITABLE.search(words):
        return Understood(None, Kind.TTS, words, Reason("campaign.target.speech_control", {"value": line}))
    return Understood(Target(Kind.TTS, words, lang), Kind.TTS, words, None)


def _needs(line: str, kind: Kind) -> Reason:
    return Reason("campaign.target.needs", {"value": line, "form": _EXAMPLES[kind]})
