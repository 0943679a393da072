"""How the values of arguments and options are read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from tui.campaign.phone import BadPhone, wire_phone
from tui.commands.result_filter import condition
from tui.commands.spec import Kind, Value
from tui.core.reason import Reason
from tui.core.secret import Redactor
from tui.operations.adopt import parse_id
from tui.operations.services import NotPossible

SHELLS: Final = ("bash", "zsh", "fish")
_ASKED_BY_SHELLS: Final = ("refs", "profiles")  # the scripts ask what there is
_LONGEST_KEY: Final = 200
_REF: Final = re.compile(r"d?[1-9][0-9]{0,17}")


def _ref(text: str) -> str:
    if not _REF.fullmatch(text):
        raise ValueError("command.ref.wrong")
    return text


def _phone(text: str) -> str:
    try:
        return wire_phone(text)
    except BadPhone as bad:
        raise NotPossible(bad.reason) from None


def _letters(text: str) -> str:
    """Bytes that are no letters of the terminal's encoding come as half letters, which nothing can keep or look for."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise ValueError("command.wrong.letters") from None
    return text


def _name(text: str) -> str:
    if not text.strip() or not text.isprintable():
        raise ValueError("command.wrong.name")
    return text.strip()


def _launch_key(text: str) -> str:
    text = _letters(text).strip()
    if not 0 < len(text) <= _LONGEST_KEY or not text.isprintable():
        raise ValueError("command.wrong.key")
    if Redactor()(text) != text:  # it would be kept where anybody may read it
        raise ValueError("command.wrong.api_key")
    return text


def _whole(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise ValueError("command.wrong.whole")
    return int(text)


def _port(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,5}", text) or int(text) > 65535:
        raise ValueError("command.wrong.port")
    return int(text)


def _speed(text: str) -> float:
    if not re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,6})?", text) or float(text) == 0:
        raise ValueError("command.wrong.speed")
    return float(text)


def _condition(text: str) -> tuple[str, Any]:
    return condition(_letters(text))


def _shell(text: str) -> str:
    if text not in (*SHELLS, *_ASKED_BY_SHELLS):
        raise NotPossible(Reason("command.argparse.choice", {"value": repr(text),
                                                             "choices": ", ".join(map(repr, SHELLS))}))
    return text


FILE: Final = Value(Kind.FILE, Path)
CAMPAIGN: Final = Value(Kind.CAMPAIGN, _ref)
PROFILE: Final = Value(Kind.PROFILE, str)
SHELL: Final = Value(Kind.CHOICE, _shell, SHELLS)
PHONE: Final = Value(Kind.PHONE, _phone)
CAMPAIGN_ID: Final = Value(Kind.INTEGER, parse_id)
PORT: Final = Value(Kind.INTEGER, _port)
SEED: Final = Value(Kind.INTEGER, _whole)
SPEED: Final = Value(Kind.NUMBER, _speed)
TEXT: Final = Value(Kind.TEXT, str)
WORDS: Final = Value(Kind.TEXT, _letters)
NAME: Final = Value(Kind.TEXT, _name)
LAUNCH_KEY: Final = Value(Kind.TEXT, _launch_key)
CONDITION: Final = Value(Kind.TEXT, _condition)


def conditions(before: Mapping[str, Any], added: tuple[str, Any]) -> Mapping[str, Any]:
    """Conditions by field, with one more. NotPossible where two of them can't both hold."""
    name, value = added
    if before.get(name, value) != value:
        raise NotPossible(Reason("command.wrong.two_conditions", {"name": name}))
    return {**before, name: value}
