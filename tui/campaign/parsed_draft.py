"""A draft and what its texts mean: each field is parsed once, into a typed value and what is wrong with it.

A draft never changes: a change makes another, which keeps what was parsed of every field that it leaves alone.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit

from msgspec import Struct

from tui.campaign.calling_hours import Window
from tui.campaign.dates import (
    ALL_DAYS,
    DAY_BEGINS,
    DAY_ENDS,
    ISTANBUL,
    day_problem,
    parse_date,
    parse_days,
    parse_time,
    time_problem,
)
from tui.campaign.fields import FIELDS, IVR, KEEP_REPEATS, LARGEST_INTEGER, OPT_OUT, Field, FieldKind
from tui.campaign.menu import DIGIT_RETRIES_DEFAULT, DIGIT_TIMEOUT_DEFAULT, FIELD_OF_PLACE, KEYS, Menu
from tui.campaign.phone import BadPhone, connected_phone, is_premium
from tui.campaign.target import UNWRITABLE, BadTarget, Target, TargetKind, parse_target
from tui.core.host import is_private, mistaken
from tui.core.reason import Reason
from tui.core.text_keys import TextKeys
from tui.core.whole_number import is_whole_number, whole_number

Value = bool | int | str | dt.date | dt.time | tuple[int, ...] | Target

NEW_DAYS: Final = ",".join(map(str, ALL_DAYS))
_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


class ParsedField(Struct, frozen=True):
    """What the text of one field means, looked at alone.

    `text` is without the blanks around it. `value` is typed as the field's kind: a whole number, a date, a time, the
    days as a sorted tuple, a Target, true or false, the caller ID as it is sent, else the text; None where the text is
    blank or can't be read as that. `problem` is why it can't be sent. `target` is where the field leads: its target, or
    the queue or announcement whose number it is.
    """

    text: str = ""
    value: Value | None = None
    problem: Reason | None = None
    target: Target | None = None


class ParsedDraft:
    """A draft: `values` are its texts by wire field name, as they were typed, even where they are wrong.

    What is blank or missing was left alone and is not sent. Texts are those of the form: a boolean is `true` or
    `false`, days are `1,2,5` or NO_DAYS, a date is ISO or DD.MM.YYYY. Drafts with the same texts are equal.
    """

    __slots__ = ("_parsed", "_warnings", "values")

    def __init__(self, values: Mapping[str, str] = _NOTHING) -> None:
        self.values: Final[Mapping[str, str]] = MappingProxyType(dict(values))
        # By field, as far as was asked for: a list of campaigns needs their hours alone.
        self._parsed: dict[str, ParsedField] = {}
        self._warnings: dict[str, tuple[Reason, ...]] = {}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ParsedDraft) and self.values == other.values

    __hash__ = None  # type: ignore[assignment]  # as of any mapping

    def __repr__(self) -> str:
        return f"ParsedDraft({dict(self.values)!r})"

    def changed(self, changes: Mapping[str, str]) -> ParsedDraft:
        """The draft with other texts in some fields."""
        draft = ParsedDraft({**self.values, **changes})
        draft._keep(self, [name for name in self._parsed if name not in changes])
        return draft

    def of_fields(self, names: Iterable[str]) -> ParsedDraft:
        """The draft as if all other fields were left alone."""
        draft = ParsedDraft({name: self.values[name] for name in names if name in self.values})
        draft._keep(self, [name for name in draft.values if name in self._parsed])
        return draft

    def _keep(self, known: ParsedDraft, names: Iterable[str]) -> None:
        """What is known of fields that have the same texts."""
        for name in names:
            self._parsed[name] = known._parsed[name]
            if name in known._warnings:
                self._warnings[name] = known._warnings[name]

    def __getitem__(self, name: str) -> str:
        """The text of a field without the blanks around it; "" where it was left alone."""
        return self.values.get(name, "").strip()

    def field(self, name: str) -> ParsedField:
        """What a field of the request means. KeyError where the request has no such field."""
        found = self._parsed.get(name)
        if found is None:
            found = self._parsed[name] = parse_field(FIELDS[name], self.values.get(name, ""))
        return found

    def warnings(self, name: str) -> tuple[Reason, ...]:
        """What is to be looked at in a field of the request by itself. KeyError where the request has no such field."""
        found = self._warnings.get(name)
        if found is None:
            found = self._warnings[name] = _warnings_of(name, self.field(name))
        return found

    @property
    def call_type(self) -> str:
        """As it was typed: it may be none of CALL_TYPES."""
        return self["call_type"]

    @property
    def name(self) -> str:
        return self["name"]

    def count(self, name: str) -> int | None:
        """The whole number in a field; None where it is blank, or wrong."""
        value = self.field(name).value
        return value if isinstance(value, int) else None

    def target(self, name: str) -> Target | None:
        """Where a field leads: a target, or the queue or announcement whose number it is; None where nowhere."""
        return self.field(name).target

    @property
    def caller(self) -> str | None:
        """The caller ID as it is sent; None where it is blank, or wrong."""
        value = self.field("cli").value
        return value if isinstance(value, str) else None

    @property
    def records(self) -> bool:
        """Whether its calls are recorded from the start. Where not, the PBX may do so by its own setting."""
        return self["recording_enabled"] in ("true", "t")

    @property
    def opt_out(self) -> str:
        """The key with which a callee refuses further calls, whether it leads anywhere or not; "" where none is."""
        key = self[OPT_OUT]
        return key if key in KEYS else ""

    @property
    def keeps_repeats(self) -> bool:
        """Whether a number is called once for each phrase, rather than once by its first row alone."""
        return self[KEEP_REPEATS] == "true"

    @property
    def menu(self) -> Menu:
        """Where each place leads: targets as they were typed. A number that is none, or out of bounds, is the default.
        """
        retries, timeout = self.count("digit_retries"), self.count("digit_timeout")
        return Menu({place: text for place, name in FIELD_OF_PLACE.items() if (text := self[name])},
                    DIGIT_RETRIES_DEFAULT if retries is None else retries,
                    DIGIT_TIMEOUT_DEFAULT if timeout is None else timeout)

    def dates(self, now: dt.datetime) -> tuple[dt.date, dt.date] | None:
        """The first and the last day, Turkey's today where none is given; None where one can't be read."""
        begin = self._date("date_range_begin", now.astimezone(ISTANBUL).date())
        end = self._date("date_range_end", begin)
        return None if begin is None or end is None else (begin, end)

    @property
    def times(self) -> tuple[dt.time, dt.time] | None:
        """From when until when of a day; None where one can't be read."""
        begin, end = self._time("time_range_begin", DAY_BEGINS), self._time("time_range_end", DAY_ENDS)
        return None if begin is None or end is None else (begin, end)

    @property
    def begins(self) -> dt.datetime | None:
        """The first day and hour that were typed, without a zone: it is Turkey's. None without a day."""
        day, time = self._date("date_range_begin", None), self._time("time_range_begin", DAY_BEGINS)
        return None if day is None or time is None else dt.datetime.combine(day, time)

    def window(self, now: dt.datetime) -> Window | None:
        """When the draft would call, with the provider's defaults for what was left alone; None where that isn't known.

        `now` is aware, and gives the day of a date that was left out.
        """
        dates, times, days = self.dates(now), self.times, self.field("active_days")
        if dates is None or times is None or (days.text and days.value is None):
            return None
        return Window(*dates, *times, days.value if isinstance(days.value, tuple) else ALL_DAYS)

    def _date(self, name: str, left_alone: dt.date | None) -> dt.date | None:
        found = self.field(name)
        return (found.value if isinstance(found.value, dt.date) else None) if found.text else left_alone

    def _time(self, name: str, left_alone: dt.time) -> dt.time | None:
        found = self.field(name)
        return (found.value if isinstance(found.value, dt.time) else None) if found.text else left_alone


def new_values() -> dict[str, str]:
    """The values of a new draft: the days are always sent, so they are there to be seen from the start."""
    return {"call_type": IVR, "active_days": NEW_DAYS}


def parse_field(known: Field, typed: str) -> ParsedField:
    """What the text of a field means, looked at alone. Whether it has to be there is for the rules."""
    text = typed.strip()
    return _READERS[known.kind](known, text) if text else ParsedField()


def _reason(code: str, **params: str | int) -> Reason:
    return Reason(code, params)


_NUMBER_OF: Final = {"queue_number": TargetKind.QUEUE, "welcome_announcement_id": TargetKind.ANNOUNCEMENT}


def _integer(known: Field, text: str) -> ParsedField:
    target = _target_of(f"{_NUMBER_OF[known.name]}/{text}") if known.name in _NUMBER_OF else None
    value = whole_number(text, signed=True)
    if not is_whole_number(text, signed=True):
        return ParsedField(text, problem=_reason("campaign.problem.integer", value=text), target=target)
    minimum, maximum = known.minimum or 0, known.maximum or LARGEST_INTEGER
    if value is not None and minimum <= value <= maximum:
        return ParsedField(text, value, target=target)
    too_small = value < minimum if value is not None else text.startswith("-")
    if maximum == LARGEST_INTEGER and too_small:
        return ParsedField(text, problem=_reason("campaign.problem.least", value=text, least=minimum), target=target)
    problem = _reason("campaign.problem.range", value=text, least=minimum, most=maximum)
    return ParsedField(text, problem=problem, target=target)


def _date(_known: Field, text: str) -> ParsedField:
    try:
        return ParsedField(text, parse_date(text))
    except ValueError:
        return ParsedField(text, problem=day_problem(text))


def _time(_known: Field, text: str) -> ParsedField:
    try:
        return ParsedField(text, parse_time(text))
    except ValueError:
        return ParsedField(text, problem=time_problem(text))


def _days(_known: Field, text: str) -> ParsedField:
    try:
        found = parse_days(text)
    except ValueError:
        return ParsedField(text, problem=_reason("campaign.problem.days", value=text))
    return ParsedField(text, found, None if found else _reason("campaign.problem.no_days"))


def _choice(known: Field, text: str) -> ParsedField:
    if text in known.choices:
        return ParsedField(text, text)
    return ParsedField(text, problem=_reason("campaign.problem.choice", value=text, known=", ".join(known.choices)))


def _boolean(_known: Field, text: str) -> ParsedField:
    if text in ("true", "false"):
        return ParsedField(text, text == "true")
    return ParsedField(text, problem=_reason("campaign.problem.boolean", value=text))


def _flag(known: Field, text: str) -> ParsedField:
    return ParsedField(text, value=True) if text == "t" else _boolean(known, text)


def _caller_id(_known: Field, text: str) -> ParsedField:
    try:
        return ParsedField(text, connected_phone(text))
    except BadPhone as bad:
        return ParsedField(text, problem=bad.reason)


def _target(_known: Field, text: str) -> ParsedField:
    try:
        target = parse_target(text)
    except BadTarget as bad:
        return ParsedField(text, problem=bad.reason)
    return ParsedField(text, target, target=target)


def _target_of(wire: str) -> Target | None:
    try:
        return parse_target(wire)
    except BadTarget:
        return None


def _url(_known: Field, text: str) -> ParsedField:
    meant = mistaken(text)
    if meant is not None:
        return ParsedField(text, problem=_reason("campaign.problem.host", value=text, host=meant))
    try:
        parts = urlsplit(text)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return ParsedField(text, problem=_reason("campaign.problem.url", value=text))
    if parts.scheme not in ("http", "https") or not host or re.search(r"\s", text) or UNWRITABLE.search(text):
        return ParsedField(text, problem=_reason("campaign.problem.url", value=text))
    return ParsedField(text, text)


# Half of a surrogate pair: no UTF-8 can be made of it.
_NO_LETTER: Final = re.compile(r"[\ud800-\udfff]")


def _text(known: Field, text: str) -> ParsedField:
    # A name belongs to the operator: the provider sets it no bounds (docs/provider.md, "Create"), so what is odd in it
    # is only pointed out.
    if found := (_NO_LETTER if known.name == "name" else UNWRITABLE).search(text):
        return ParsedField(text, problem=_reason("campaign.problem.control", value=_code_point(found)))
    return ParsedField(text, text)


def _code_point(found: re.Match[str]) -> str:
    return f"U+{ord(found[0]):04X}"


_READERS: Final[Mapping[FieldKind, Callable[[Field, str], ParsedField]]] = {
    FieldKind.INTEGER: _integer, FieldKind.DATE: _date, FieldKind.TIME: _time, FieldKind.DAYS: _days,
    FieldKind.CHOICE: _choice,
    FieldKind.BOOLEAN: _boolean, FieldKind.FLAG: _flag, FieldKind.PHONE: _caller_id, FieldKind.TARGET: _target,
    FieldKind.URL: _url,
    FieldKind.TEXT: _text,
}


# What is to be looked at in a field by itself. All of it is ours, and keeps no draft from being launched.

# Ours: what multiplies calls beyond these is warned about, and asked for by typing. Channels: no look-up gives how many
# an account has, and two primary-rate lines, of 30 each (ITU-T I.431), are many for a campaign.
CEILINGS: Final = {"call_retries": 5, "digit_retries": 5, "thread_multiplier": 3, "max_thread_count": 60}
TOO_MANY: Final = TextKeys("campaign.problem.many_{}", CEILINGS)
_LONGEST_SPEECH: Final = 300  # letters


def _warnings_of(name: str, parsed: ParsedField) -> tuple[Reason, ...]:
    match parsed.value:
        case Target() as target:
            return tuple(_of_a_target(target))
        case int() as count:
            return tuple(_of_a_count(name, parsed.text, count))
        case str() as url if FIELDS[name].kind is FieldKind.URL:
            return tuple(_of_a_url(url))
        case str() as text if odd := UNWRITABLE.search(text):
            return (_reason("campaign.problem.control_in_name", value=_code_point(odd)),)
    return ()


def _of_a_count(name: str, text: str, count: int) -> Iterator[Reason]:
    if count > (ceiling := CEILINGS.get(name, LARGEST_INTEGER)):
        yield _reason(TOO_MANY[name], count=count, most=ceiling)
    if name == "welcome_announcement_id" and text.startswith("0"):
        yield _reason("campaign.problem.announcement_zeros", value=text)


def _of_a_target(target: Target) -> Iterator[Reason]:
    """What costs more, and what the provider's document neither allows nor forbids, and nobody has heard."""
    value = target.value
    if target.kind is TargetKind.EXTERNAL and _is_premium(value):
        yield _reason("campaign.problem.premium_target", value=value)
    if target.kind is TargetKind.ANNOUNCEMENT and value.startswith("0"):
        yield _reason("campaign.problem.announcement_zeros", value=value)
    if target.kind is TargetKind.TTS:
        if len(value) > _LONGEST_SPEECH:
            yield _reason("campaign.problem.long_speech", count=len(value), most=_LONGEST_SPEECH)
        if signs := "".join(sign for sign in "/#" if sign in value):
            yield _reason("campaign.problem.speech_sign", sign=" ".join(signs))


def _is_premium(number: str) -> bool:
    try:
        return is_premium(connected_phone(number))
    except BadPhone:  # 0090 and what is no Turkish number
        return False


def _of_a_url(url: str) -> Iterator[Reason]:
    parts = urlsplit(url)
    if is_private(url):
        yield _reason("campaign.problem.webhook_private", value=parts.hostname or "")
    if "@" in parts.netloc:
        yield _reason("campaign.problem.webhook_login")
