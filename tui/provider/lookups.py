"""What the provider's look-ups answer, read as the outside data that it is.

Fields that are not named here are passed over, whole numbers may come as digits in a string; a row that is not as the
provider's documents say is left out, counted, and named in the log. Where no row of a look-up is, or what stands around
them isn't, that is a BadAnswer that names the place. Of call records, what can't be read is named, too.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final, Generic, TypeVar

from msgspec import Struct

from tui.campaign.dates import ISTANBUL, read_duration, read_moment
from tui.core.reason import Reason
from tui.core.whole_number import whole_number
from tui.provider.errors import BadAnswer

T = TypeVar("T")

log = logging.getLogger("santral.provider")

_MAX_SECONDS: Final = 10**9
_FLAGS: Final = {"true": True, "1": True, "t": True, "false": False, "0": False, "f": False, "deleted": False}


class LookupRows(Struct, Generic[T], frozen=True):
    """The rows of an answer that can be read, and how many can't."""

    found: list[T]
    left_out: int


class Announcement(Struct, frozen=True):
    id: int
    name: str


class Queue(Struct, frozen=True):
    number: int
    name: str


class UserStatus(Struct, frozen=True):
    """`status` is the provider's word: AVAILABLE, TALKING, UNREGISTERED, SS_DND, or one that is new."""

    user: int
    status: str


class AgentStatus(Struct, frozen=True):
    """`status` is the provider's word: AVAILABLE, TALKING, LOGGED_OUT, ON_BREAK, or one that is new."""

    agent: str
    status: str
    queues: tuple[int, ...]


class Cdr(Struct, frozen=True):
    """One call. Moments have a zone, durations are seconds; texts that the provider left out are empty."""

    start_stamp: datetime
    answer_stamp: datetime | None
    end_stamp: datetime | None
    direction: str
    caller_id_number: str
    destination_number: str
    duration: int
    talk_duration: int
    queue: str
    result: str
    missed: bool
    call_uuid: str


class CallLeg(Struct, frozen=True):
    """A part of a call: whom it was put through to. Moments have a zone."""

    number: str
    name: str
    began: datetime | None
    answered: datetime | None
    ended: datetime | None
    result: str


class CallFlow(Struct, frozen=True):
    """How one call went: `legs` in their order. What the provider left out, or can't be read, is "" or None."""

    queue: str
    queue_wait: int | None  # seconds
    recorded: bool | None
    hung_up_by: str  # the provider's word: caller, callee
    legs: tuple[CallLeg, ...]


class Pagination(Struct, frozen=True):
    """`page` counts from 1; `limit` is how many rows a page has at most."""

    page: int
    total_count: int
    total_pages: int
    limit: int


class CdrPage(Struct, frozen=True):
    """`left_out`: the places in the answer of rows that can't be read."""

    cdrs: list[Cdr]
    pagination: Pagination
    left_out: tuple[str, ...] = ()


class BlockedNumber(Struct, frozen=True):
    """`direction` is the provider's word: `outbound` is not called, `inbound` may not call in; "" where it is left out.
    """

    number: str
    direction: str = ""


class BlockedPage(Struct, frozen=True):
    """`odd`: rows that hold no number."""

    numbers: list[BlockedNumber]
    pagination: Pagination
    odd: int = 0


class _OutOfShape(ValueError):
    """The answer is not as documented at `place`."""

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place


def read_json(body: bytes, path: str, read: Callable[[object], T], redact: Callable[[str], str]) -> T | BadAnswer:
    """What `read` makes of the JSON in `body`; an error, not raised, where it is none or has another shape."""
    try:
        value = _readable(json.loads(body.decode("utf-8")), redact)
        return read(value)
    except _OutOfShape as wrong:
        place = wrong.place
    except (ValueError, RecursionError):
        return BadAnswer(Reason("provider.no_json", {"path": path}), sent=True)
    return BadAnswer(Reason("provider.bad_shape", {"path": path, "place": place}), sent=True)


def _readable(value: object, redact: Callable[[str], str]) -> object:
    """Every text in `value` without the key: after decoding, where no escape hides it. And without half letters, which
    an escape can write and nothing can store."""
    match value:
        case str():
            return redact(value.encode("utf-8", "replace").decode("utf-8"))
        case list():
            return [_readable(item, redact) for item in value]
        case dict():
            return {redact(name): _readable(item, redact) for name, item in value.items()}
    return value


def read_caller_ids(value: object) -> LookupRows[str]:
    return _some(value, _caller_id)


def _caller_id(item: object, place: str) -> str:
    number = _text(item, place)
    if not number.strip():
        raise _OutOfShape(place)
    return number


def read_announcements(value: object) -> LookupRows[Announcement]:
    return _some(value, _object(lambda row: Announcement(row.number("id"), row.text("name"))))


def read_queues(value: object) -> LookupRows[Queue]:
    return _some(value, _object(lambda row: Queue(row.number("number"), row.text("name"))))


def read_user_statuses(value: object) -> LookupRows[UserStatus]:
    return _some(value, _object(lambda row: UserStatus(row.number("user"), row.text("status"))))


def read_agent_statuses(value: object) -> LookupRows[AgentStatus]:
    return _some(value, _object(lambda row: AgentStatus(row.text("agent"), row.text("status"), row.numbers("queues"))))


def read_cdrs(value: object) -> CdrPage:
    page = _Row(value, "")
    cdrs, left_out = _readable_rows(page.raw("cdrs"), "cdrs", _object(_read_cdr))
    return CdrPage(cdrs, _read_pagination(page), tuple(odd.place for odd in left_out))


def _read_cdr(row: _Row) -> Cdr:
    return Cdr(
        start_stamp=row.moment("start_stamp"),
        answer_stamp=row.perhaps_moment("answer_stamp"),
        end_stamp=row.perhaps_moment("end_stamp"),
        direction=row.optional("direction"),
        caller_id_number=row.optional("caller_id_number"),
        destination_number=row.text("destination_number"),
        duration=row.duration("duration"),
        talk_duration=row.duration("talk_duration"),
        queue=row.optional("queue"),
        result=row.optional("result"),
        missed=row.optional("missed") == "true",
        call_uuid=row.optional("call_uuid"))


def read_call_flow(value: object) -> CallFlow:
    """One call with its flow. The call may stand in a field of its own, or around its flow; legs are read one by one.
    """
    whole = _Row(value, "")
    call = whole.inner("cdr") if whole.has("cdr") else whole
    if not (call.has("call_uuid") or call.has("start_stamp")):
        raise _OutOfShape("cdr.call_uuid")
    around = next((row for row in (whole, call) if row.has("call_flow")), None)
    legs = [] if around is None else _readable_rows(around.raw("call_flow"), "call_flow", _object(_read_leg))[0]
    return CallFlow(call.odd_text("queue"), call.odd_seconds("queue_wait_seconds"), call.flag("recording_present"),
                    call.odd_text("sip_hangup_disposition"), tuple(legs))


def _read_leg(row: _Row) -> CallLeg:
    number, name = row.odd_text("destination_number"), row.odd_text("destination_name")
    if not number and not name:
        raise _OutOfShape("destination_number")
    return CallLeg(number, name, row.perhaps_moment("start_stamp"), row.perhaps_moment("answer_stamp"),
                   row.perhaps_moment("end_stamp"), row.odd_text("result"))


def read_blocked_numbers(value: object) -> BlockedPage:
    page = _Row(value, "")
    numbers, odd = _readable_rows(page.raw("blocked_numbers"), "blocked_numbers", _object(_read_blocked))
    return BlockedPage(numbers, _read_pagination(page), odd=len(odd))


def _read_blocked(row: _Row) -> BlockedNumber:
    return BlockedNumber(row.text("number"), row.optional("direction").strip().casefold())


def _read_pagination(page: _Row) -> Pagination:
    row = _Row(page.raw("pagination"), "pagination")
    return Pagination(row.number("page"), row.number("total_count"), row.number("total_pages"), row.number("limit"))


class _Row:
    """A JSON object and where it stands in the answer."""

    def __init__(self, value: object, place: str) -> None:
        if not isinstance(value, Mapping):
            raise _OutOfShape(place or "{}")
        self._fields = value
        self._place = place

    def _at(self, name: str) -> str:
        return f"{self._place}.{name}" if self._place else name

    def raw(self, name: str) -> object:
        if name not in self._fields:
            raise _OutOfShape(self._at(name))
        return self._fields[name]

    def has(self, name: str) -> bool:
        return self._fields.get(name) not in (None, "")

    def text(self, name: str) -> str:
        return _text(self.raw(name), self._at(name))

    def optional(self, name: str) -> str:
        """Missing, null and empty are the same: nothing. Booleans come as strings and as themselves."""
        value = self._fields.get(name)
        if isinstance(value, bool):
            return str(value).lower()
        return _text(value, self._at(name)) if self.has(name) else ""

    def inner(self, name: str) -> _Row:
        return _Row(self.raw(name), self._at(name))

    def odd_text(self, name: str) -> str:
        """What is no text says nothing: a call is known without it."""
        try:
            return self.optional(name).strip()
        except _OutOfShape as odd:
            log.warning("%s can't be read", odd.place)
            return ""

    def odd_seconds(self, name: str) -> int | None:
        """Seconds, `12.0` among them, or a duration; None where there is nothing of that kind."""
        value = self._fields.get(name)
        if isinstance(value, float) and 0 <= value < _MAX_SECONDS:
            return int(value)
        text = self.odd_text(name)
        try:
            seconds = whole_number(text.partition(".")[0]) if ":" not in text else read_duration(text)
        except ValueError:
            return None
        return seconds if seconds is not None and seconds < _MAX_SECONDS else None

    def flag(self, name: str) -> bool | None:
        """Booleans come as themselves, as words and as numbers; None where nothing is said."""
        return _FLAGS.get(self.odd_text(name).casefold())

    def number(self, name: str) -> int:
        return _number(self.raw(name), self._at(name))

    def numbers(self, name: str) -> tuple[int, ...]:
        place = self._at(name)
        return tuple(_number(item, f"{place}[{index}]") for index, item in enumerate(_list(self.raw(name), place)))

    def moment(self, name: str) -> datetime:
        """Ours: without a zone it is Turkey's, as the list is."""
        try:
            return read_moment(self.text(name), default_zone=ISTANBUL)
        except ValueError:
            raise _OutOfShape(self._at(name)) from None

    def perhaps_moment(self, name: str) -> datetime | None:
        """None where there is none that can be read: a call is known without it."""
        try:
            return self.moment(name) if self.has(name) else None
        except _OutOfShape as odd:
            log.warning("%s can't be read", odd.place)
            return None

    def duration(self, name: str) -> int:
        """`00:01:05` in seconds; 0 where there is none."""
        try:
            return read_duration(self.optional(name) or "0")
        except ValueError:
            raise _OutOfShape(self._at(name)) from None


def _some(value: object, read: Callable[[object, str], T]) -> LookupRows[T]:
    """The rows of a look-up that can be read; _OutOfShape where there are some, and none can."""
    found, left_out = _readable_rows(value, "", read)
    if left_out and not found:
        raise left_out[0]
    return LookupRows(found, len(left_out))


def _object(read: Callable[[_Row], T]) -> Callable[[object, str], T]:
    """What reads a row that is a JSON object, at its place."""
    return lambda item, place: read(_Row(item, place))


def _readable_rows(value: object, place: str,
                   read: Callable[[object, str], T]) -> tuple[list[T], list[_OutOfShape]]:
    found, left_out = [], []
    for index, item in enumerate(_list(value, place)):
        try:
            found.append(read(item, f"{place}[{index}]"))
        except _OutOfShape as odd:
            log.warning("a row was left out: %s can't be read", odd.place)
            left_out.append(odd)
    return found, left_out


def _list(value: object, place: str) -> list[object]:
    if not isinstance(value, list):
        raise _OutOfShape(place or "[]")
    return value


def _text(value: object, place: str) -> str:
    """A string that says something. Numbers of extensions and phones come as either."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise _OutOfShape(place)
    return value


def _number(value: object, place: str) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    if isinstance(value, str) and (number := whole_number(value)) is not None:
        return number
    raise _OutOfShape(place)
