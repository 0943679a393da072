"""Campaign files: TOML with the provider's own field names, the numbers as `[[phone_list]]` tables.

What is read are texts for a draft, and the rules look at those. Reported here is what a draft can't know: a name that
does not exist, a value of the wrong TOML type, the key in a place where it must not be.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from msgspec import Struct, field

from tui.campaign.fields import (
    API_KEY,
    FIELDS,
    IVR,
    KEEP_REPEATS,
    OPT_OUT,
    PHONE_KEYS,
    PHONE_LIST,
    REFERENCE,
    Field,
    FieldKind,
)
from tui.campaign.menu import KEYS
from tui.campaign.parsed_draft import NEW_DAYS
from tui.campaign.phone_list import Number
from tui.campaign.rules import Problem, Weight
from tui.core.bounded_read import SilentFile, TooLarge, read_bounded
from tui.core.causes import error_name
from tui.core.reason import Reason
from tui.core.toml import BeyondBounds, read_toml
from tui.core.whole_number import whole_number

MAX_BYTES: Final = 16_000_000  # more than 300,000 numbers; those of a larger list are in a file of their own
_ROW_KEYS: Final = (*PHONE_KEYS, REFERENCE)
_KEY_NAMES: Final = (API_KEY, "api_key", "apikey", "api-key")
# Names that mean another field than the one they look most like.
_MEANT: Final = {
    "digit_target_hash": "digit_target_square", "digit_target_pound": "digit_target_square",
    "digit_target_asterisk": "digit_target_star", "digit_target_timeout": "timeout_target",
    "digit_target_invalid": "invalid_target",
}
_PLACE: Final = re.compile(r"\(at line (\d+), column (\d+)\)")
_MAX_DIGITS: Final = 30
_ABSURD: Final = 10**_MAX_DIGITS
_NEAR: Final = 0.7  # the likeness from which a name is suggested: digit_targer_1 is near, frequency is not


class BadCampaignFile(Exception):
    """A file that can't be read as a campaign at all; `reason` says where it goes wrong."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code)
        self.reason = Reason(code, params)


class CampaignFile(Struct, frozen=True):
    """What a file says: texts by field name for a draft, the rows of the list, and what is wrong with the file itself.

    `problems` come in the file's order; those of the draft are found by the rules.
    """

    values: dict[str, str]
    numbers: list[Number]
    problems: list[Problem]


class _Reading(Struct):
    # As with a new draft the days are always there: a file that leaves them out calls on all of them.
    values: dict[str, str] = field(default_factory=lambda: {"active_days": NEW_DAYS})
    numbers: list[Number] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def wrong(self, name: str, code: str, weight: Weight = Weight.ERROR, /, **params: str | int) -> None:
        self.problems.append(Problem(name, Reason(code, params), weight))


def read_campaign_file(path: Path) -> CampaignFile:
    """Read a campaign file. BadCampaignFile where it can't be read, or is not TOML (with line and column)."""
    reading = _Reading()
    for name, value in _toml(path).items():
        if name.lower() in _KEY_NAMES:
            reading.wrong(name, "campaign.file.key")
        elif name == PHONE_LIST:
            _phone_list(reading, value)
        elif name == OPT_OUT:
            _opt_out(reading, value)
        elif name == KEEP_REPEATS:
            _keep_repeats(reading, value)
        elif name in FIELDS:
            _value(reading, FIELDS[name], value)
        else:
            _unknown(reading, name)
    _other_type(reading)
    return CampaignFile(reading.values, reading.numbers, reading.problems)


def _toml(path: Path) -> dict[str, Any]:
    """The tables of a file. A syntax error has its place alone: its text may quote the file, even the key."""
    try:
        return read_toml(read_bounded(path, MAX_BYTES).removeprefix(b"\xef\xbb\xbf").decode())
    except FileNotFoundError:
        bad = BadCampaignFile("campaign.file.no_file", path=str(path))
    except IsADirectoryError:
        bad = BadCampaignFile("campaign.file.folder", path=str(path))
    except OSError as failure:
        bad = BadCampaignFile("campaign.file.unreadable", path=str(path), detail=error_name(failure))
    except UnicodeDecodeError:
        bad = BadCampaignFile("campaign.file.encoding", path=str(path))
    except tomllib.TOMLDecodeError as failure:
        bad = _syntax(path, str(failure))
    except BeyondBounds as beyond:
        bad = BadCampaignFile("campaign.file.not_toml", path=str(path), line=beyond.line, value=beyond.value)
    except TooLarge:
        bad = BadCampaignFile("campaign.file.too_large", path=str(path), most=MAX_BYTES)
    except SilentFile:
        bad = BadCampaignFile("campaign.file.silent", path=str(path))
    raise bad


def _syntax(path: Path, message: str) -> BadCampaignFile:
    if found := _PLACE.search(message):
        return BadCampaignFile("campaign.file.syntax", path=str(path), line=int(found[1]), column=int(found[2]))
    return BadCampaignFile("campaign.file.unfinished", path=str(path))  # "at end of document"


def _unknown(reading: _Reading, name: str) -> None:
    near = _MEANT.get(name.lower()) or _nearest(name, (*FIELDS, PHONE_LIST, OPT_OUT, KEEP_REPEATS))
    if near is None:
        reading.wrong(name, "campaign.file.unknown", name=name)
    else:
        reading.wrong(name, "campaign.file.unknown_meant", name=name, form=near)


def _nearest(name: str, known: tuple[str, ...]) -> str | None:
    return next(iter(get_close_matches(name.lower().replace("-", "_"), known, n=1, cutoff=_NEAR)), None)


def _value(reading: _Reading, known: Field, value: object) -> None:
    """The text of one field. What has the wrong type is kept as a text where it can be, for the rules to look at."""
    match known.kind:
        case FieldKind.INTEGER:
            _integer(reading, known.name, value)
        case FieldKind.DAYS:
            _days(reading, known.name, value)
        case FieldKind.BOOLEAN | FieldKind.FLAG:
            _boolean(reading, known, value)
        case _:
            _text(reading, known, value)


def _integer(reading: _Reading, name: str, value: object) -> None:
    if _is_integer(value):
        reading.values[name] = str(value)
    elif isinstance(value, str) and whole_number(value, _MAX_DIGITS, signed=True) is not None:
        reading.values[name] = value
        reading.wrong(name, "campaign.file.unquoted", value=value)
    else:
        reading.wrong(name, "campaign.file.number", name=name)


def _days(reading: _Reading, name: str, value: object) -> None:
    if not isinstance(value, list) or not all(_is_integer(day) for day in value):
        reading.wrong(name, "campaign.file.days", name=name)
    elif value:
        reading.values[name] = ",".join(map(str, value))
    else:  # a blank text would mean "left alone", and that is every day
        reading.problems.append(Problem(name, Reason("campaign.problem.no_days")))


def _boolean(reading: _Reading, known: Field, value: object) -> None:
    if isinstance(value, bool):
        reading.values[known.name] = "true" if value else "false"
    elif known.kind is FieldKind.FLAG and value in ("true", "t", "false"):
        reading.values[known.name] = "false" if value == "false" else "true"  # "t" is the provider's short form
    elif value in ("true", "false"):
        reading.values[known.name] = str(value)
        reading.wrong(known.name, "campaign.file.unquoted", value=str(value))
    else:
        reading.wrong(known.name, "campaign.file.boolean", name=known.name)


def _text(reading: _Reading, known: Field, value: object) -> None:
    if isinstance(value, str):
        reading.values[known.name] = value
    elif known.kind is FieldKind.DATE and type(value) is dt.date:  # a datetime is a date too, but has an hour
        reading.values[known.name] = value.isoformat()
    elif known.kind is FieldKind.TIME and isinstance(value, dt.time):
        whole = value.second == value.microsecond == 0
        reading.values[known.name] = value.strftime("%H:%M") if whole else value.isoformat()
    elif _is_integer(value):
        reading.values[known.name] = str(value)
        reading.wrong(known.name, "campaign.file.quoted", value=str(value))
    else:
        reading.wrong(known.name, "campaign.file.text", name=known.name)


def _opt_out(reading: _Reading, value: object) -> None:
    if isinstance(value, str) and (not value.strip() or value.strip() in KEYS):
        reading.values[OPT_OUT] = value
    elif _is_integer(value) and str(value) in KEYS:
        reading.values[OPT_OUT] = str(value)
        reading.wrong(OPT_OUT, "campaign.file.quoted", value=str(value))
    elif isinstance(value, str) or _is_integer(value):
        reading.wrong(OPT_OUT, "campaign.file.opt_out", value=str(value))
    else:
        reading.wrong(OPT_OUT, "campaign.file.text", name=OPT_OUT)


def _keep_repeats(reading: _Reading, value: object) -> None:
    if value is True or value == "true":
        reading.values[KEEP_REPEATS] = "true"
    if isinstance(value, str) and value in ("true", "false"):
        reading.wrong(KEEP_REPEATS, "campaign.file.unquoted", value=value)
    elif not isinstance(value, bool):
        reading.wrong(KEEP_REPEATS, "campaign.file.boolean", name=KEEP_REPEATS)


def _is_integer(value: object) -> bool:
    # A hexadecimal literal may be longer than Python agrees to write in decimal; no field comes near.
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < _ABSURD


def _phone_list(reading: _Reading, value: object) -> None:
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        reading.wrong(PHONE_LIST, "campaign.file.list", name=PHONE_LIST)
        return
    for number, row in enumerate(value, start=1):
        reading.problems.extend(_row_problems(number, row))
        phone, phrase, lang, reference = (
            str(value) if isinstance(value := row.get(key, ""), str) or _is_integer(value) else "" for key in _ROW_KEYS)
        reading.numbers.append(Number(phone, phrase, lang, reference.strip()))


def _row_problems(number: int, row: dict[str, object]) -> Iterator[Problem]:
    for name, value in row.items():
        if name not in _ROW_KEYS:
            near = _nearest(name, _ROW_KEYS)
            if near is None:
                yield _row_problem("campaign.file.row_unknown", row=number, name=name)
            else:
                yield _row_problem("campaign.file.row_unknown_meant", row=number, name=name, form=near)
        elif _is_integer(value):
            yield _row_problem("campaign.file.row_quoted", row=number, name=name, value=str(value))
        elif not isinstance(value, str):
            yield _row_problem("campaign.file.row_text", row=number, name=name)


def _row_problem(code: str, **params: str | int) -> Problem:
    return Problem(PHONE_LIST, Reason(code, params))


def _other_type(reading: _Reading) -> None:
    """Fields of the other type of campaign are never sent: said, so that nothing is dropped in silence."""
    call_type = reading.values.get("call_type", "").strip()
    for name, text in reading.values.items():
        if name == KEEP_REPEATS:
            continue
        belongs = call_type == IVR if name == OPT_OUT else FIELDS[name].belongs_to(call_type)
        if text.strip() and call_type in FIELDS["call_type"].choices and not belongs:
            reading.wrong(name, "campaign.file.other_type", Weight.WARNING, name=name)
