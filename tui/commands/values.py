"""How the values of arguments and options are read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from tui.campaign.phone import BadPhone, wire_phone
from tui.campaign.results import STATUSES, Pressed, is_call_uuid, pressed
from tui.commands.spec import Value, ValueKind
from tui.core.reason import Reason
from tui.core.secret import Redactor
from tui.core.whole_number import whole_number
from tui.i18n.words import folded
from tui.operations.services import NotPossible
from tui.operations.track import parse_id

if TYPE_CHECKING:  # their imports would load what reads lists for every command
    from tui.campaign.follow_up_plan import Plan
    from tui.numbers.columns import Role
    from tui.numbers.consent_columns import ConsentColumn
    from tui.numbers.writing import Writing

R = TypeVar("R", bound=StrEnum)

SHELLS: Final = ("bash", "zsh", "fish")
_ASKED_BY_SHELLS: Final = ("refs", "profiles")  # the scripts ask what there is
_MAX_KEY: Final = 200
_DIGITS: Final = 9  # of counts and seeds
_REF: Final = re.compile(r"d?[1-9][0-9]{0,17}")
# Conditions of results without a value: the field of a ResultFilter, and what it has.
_PLAIN: Final = {
    "called": ("called", True), "not-called": ("called", False), "answered": ("answered", True),
    "not-answered": ("answered", False), "final": ("final", True), "not-final": ("final", False),
}
_NO_KEY_KNOWN: Final = "none"


def _ref(text: str) -> str:
    if not _REF.fullmatch(text):
        raise ValueError("command.ref.wrong")
    return text


def _call(text: str) -> str:
    """A campaign's reference, or a `call_uuid`."""
    if not _REF.fullmatch(text) and not is_call_uuid(text):
        raise ValueError("command.wrong.call")
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
    if not 0 < len(text) <= _MAX_KEY or not text.isprintable():
        raise ValueError("command.wrong.key")
    if Redactor()(text) != text:  # it would be kept where anybody may read it
        raise ValueError("command.wrong.api_key")
    return text


def _reason(text: str) -> str:
    from tui.operations.do_not_call import reason_given

    return reason_given(_letters(text))


def _plan(text: str) -> Plan:
    from tui.campaign.follow_up_grammar import BadPlan, read_plan

    try:
        return read_plan(_letters(text))
    except BadPlan as bad:
        raise NotPossible(bad.reason) from None


def _whole(text: str) -> int:
    number = whole_number(text, _DIGITS)
    if number is None:
        raise ValueError("command.wrong.whole")
    return number


def _port(text: str) -> int:
    number = whole_number(text, 5)
    if number is None or number > 65535:
        raise ValueError("command.wrong.port")
    return number


def _speed(text: str) -> float:
    if not re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,6})?", text) or float(text) == 0:
        raise ValueError("command.wrong.speed")
    return float(text)


def _condition(text: str) -> tuple[str, Any]:
    """Field and value of a ResultFilter: `not-answered`, `status:mesgul`, `key:1`. ValueError with the code of a text.

    A known status is found without its capitals and marks; any other is taken as it is written. `key:-` is no key in
    time, `key:!4` a wrong key, `key:none` those of whom no key press is known.
    """
    text = _letters(text)
    if text in _PLAIN:
        return _PLAIN[text]
    name, _, value = text.partition(":")
    value = value.strip()
    if name == "status" and value:
        return "status", _status(value)
    if name == "key" and (value == _NO_KEY_KNOWN or pressed(value) in (Pressed.KEY, Pressed.NONE, Pressed.WRONG)):
        return "digit", "" if value == _NO_KEY_KNOWN else value
    if name == "attempts" and (count := whole_number(value, _DIGITS)) is not None:
        return "attempts", count
    if name == "words" and value:
        return "words", value
    raise ValueError("command.wrong.filter")


def _status(typed: str) -> str:
    for status in STATUSES:
        if folded(status) == folded(typed):
            return status
    return unicodedata.normalize("NFC", typed)


def _shell(text: str) -> str:
    if text not in (*SHELLS, *_ASKED_BY_SHELLS):
        raise NotPossible(Reason("command.argparse.choice", {"value": repr(text),
                                                             "choices": ", ".join(map(repr, SHELLS))}))
    return text


def _column(text: str) -> tuple[Role, str]:
    """`PHONE=Cep Tel.`, `phone=2`, `REFERENCE=Müşteri No`: what a column is, and its heading or number."""
    from tui.numbers.columns import role_named

    name, _, column = _letters(text).partition("=")
    role = role_named(name)
    if role is None or not column.strip():
        raise ValueError("command.wrong.column")
    return role, column.strip()


def _consent_column(text: str) -> tuple[ConsentColumn, str]:
    """`STATUS=Onay Durumu`, `recipient=2`: what a column of an İYS file is, and its heading or number."""
    from tui.numbers.consent_columns import column_named

    name, _, column = _letters(text).partition("=")
    known = column_named(name)
    if known is None or not column.strip():
        raise ValueError("command.wrong.iys_column")
    return known, column.strip()


def _brand_code(text: str) -> tuple[str, str]:
    """`Acme A.Ş.=600123`: the name of a brand in an İYS file, and its code."""
    from tui.campaign.consent import named_brand

    said = named_brand(_letters(text))
    if said is None:
        raise ValueError("command.wrong.brand")
    return said


def _writing(text: str) -> tuple[str, Writing]:
    """`Tutar=decimal-comma`: a column's heading or number, and how its values are written."""
    from tui.numbers.writing import AMOUNTS, DATES

    column, _, how = _letters(text).rpartition("=")
    named = how.strip().casefold().replace("-", "_")
    if not column.strip() or named not in map(str, (*DATES, *AMOUNTS)):
        raise ValueError("command.wrong.writing")
    return column.strip(), next(each for each in (*DATES, *AMOUNTS) if each == named)


def _template(text: str) -> str:
    """A phrase for all rows: none that is blank, as it may come of a variable that a script forgot to set."""
    if not _letters(text).strip() or not text.isprintable():
        raise ValueError("command.wrong.phrase")
    return text.strip()


def _setting(text: str) -> tuple[str, str]:
    """`max_thread_count=5`: a field of a campaign, and what is typed in it; nothing empties it."""
    from tui.campaign.fields import FIELDS, OPT_OUT, PHONE_LIST

    name, equals, value = _letters(text).partition("=")
    name = name.strip()
    if not equals or not value.isprintable():
        raise ValueError("command.wrong.setting")
    if name == PHONE_LIST or name not in (*FIELDS, OPT_OUT):
        raise NotPossible(Reason("command.wrong.field", {"name": name}))
    return name, value.strip()


FILE: Final = Value(ValueKind.FILE, Path)
CAMPAIGN: Final = Value(ValueKind.CAMPAIGN, _ref)
CALL: Final = Value(ValueKind.CAMPAIGN, _call)
PROFILE: Final = Value(ValueKind.PROFILE, str)
SHELL: Final = Value(ValueKind.CHOICE, _shell, SHELLS)
PHONE: Final = Value(ValueKind.PHONE, _phone)
CAMPAIGN_ID: Final = Value(ValueKind.INTEGER, parse_id)
PORT: Final = Value(ValueKind.INTEGER, _port)
SEED: Final = Value(ValueKind.INTEGER, _whole)
SPEED: Final = Value(ValueKind.NUMBER, _speed)
TEXT: Final = Value(ValueKind.TEXT, str)
WORDS: Final = Value(ValueKind.TEXT, _letters)
NAME: Final = Value(ValueKind.TEXT, _name)
REASON: Final = Value(ValueKind.TEXT, _reason)
PLAN: Final = Value(ValueKind.TEXT, _plan)
LAUNCH_KEY: Final = Value(ValueKind.TEXT, _launch_key)
CONDITION: Final = Value(ValueKind.TEXT, _condition)
COLUMN: Final = Value(ValueKind.TEXT, _column)
BRAND_CODE: Final = Value(ValueKind.TEXT, _brand_code)
CONSENT_COLUMN: Final = Value(ValueKind.TEXT, _consent_column)
SETTING: Final = Value(ValueKind.TEXT, _setting)
WRITING: Final = Value(ValueKind.TEXT, _writing)
TEMPLATE: Final = Value(ValueKind.TEXT, _template)


def is_ref(text: str) -> bool:
    """Whether a text is a campaign's reference."""
    return _REF.fullmatch(text) is not None


def conditions(before: Mapping[str, Any], added: tuple[str, Any]) -> Mapping[str, Any]:
    """Conditions by field, with one more. NotPossible where two of them can't both hold."""
    name, value = added
    if before.get(name, value) != value:
        raise NotPossible(Reason("command.wrong.two_conditions", {"name": name}))
    return {**before, name: value}


def columns(before: Mapping[Role, str], added: tuple[Role, str]) -> Mapping[Role, str]:
    """Columns by what they are, with one more. NotPossible where another was named for the same."""
    return _with_column(before, added)


def consent_columns(before: Mapping[ConsentColumn, str],
                    added: tuple[ConsentColumn, str]) -> Mapping[ConsentColumn, str]:
    """As `columns`, of an İYS file."""
    return _with_column(before, added)


def _with_column(before: Mapping[R, str], added: tuple[R, str]) -> Mapping[R, str]:
    role, column = added
    if before.get(role, column) != column:
        raise NotPossible(Reason("command.wrong.two_columns", {"name": role.value.upper()}))
    return {**before, role: column}


def brand_codes(before: Mapping[str, str], added: tuple[str, str]) -> Mapping[str, str]:
    """Codes of brands by name, with one more. NotPossible where a name is to have two."""
    name, code = added
    if before.get(name, code) != code:
        raise NotPossible(Reason("command.wrong.two_codes", {"name": name}))
    return {**before, name: code}


def settings(before: Mapping[str, str], added: tuple[str, str]) -> Mapping[str, str]:
    """Fields with what is typed in them, with one more. NotPossible where a field is to hold two values."""
    name, value = added
    if before.get(name, value) != value:
        raise NotPossible(Reason("command.wrong.two_settings", {"name": name}))
    return {**before, name: value}


def writings(before: Mapping[str, Writing], added: tuple[str, Writing]) -> Mapping[str, Writing]:
    """How columns are written, with one more. NotPossible where one is said to be written in two ways."""
    column, writing = added
    if before.get(column, writing) is not writing:
        raise NotPossible(Reason("command.wrong.two_writings", {"name": column}))
    return {**before, column: writing}
