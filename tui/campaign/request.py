"""The create request that a draft becomes: the provider's JSON, without the key (docs/provider.md, "Create").

A list may have a million numbers: it is looked at once, a batch after another, to know its size and its hash, and once
more to be sent. Both times its rows are written here, so that what was counted is what is sent.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, repeat
from typing import Any, Final

from msgspec import Struct

from tui.campaign.dates import ALL_DAYS
from tui.campaign.fields import FIELDS, IVR, PHONE_LIST, WEBHOOK_URL, Field, FieldKind, Section, fields_of
from tui.campaign.menu import DIGIT_TIMEOUT_DEFAULT
from tui.campaign.parsed_draft import ParsedDraft, ParsedField
from tui.campaign.phone import is_premium, readable_phone, wire_phone
from tui.campaign.phone_list import Number
from tui.campaign.phrase import odd_word
from tui.campaign.rules import Problem, Weight
from tui.campaign.target import Target
from tui.core.reason import Reason

Json = dict[str, Any]

FIRST_ROWS: Final = 200  # kept of every list, to be shown
# Ours: the provider names no limit, and what stands before the provider may have one.
LARGE_BYTES: Final = 10_000_000
LARGE_LIST: Final = 100_000
_AS_SENT: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_CANONICAL: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)


class Request(Struct, frozen=True):
    """A create request whose list is not in memory: its other fields, and what is known of the list."""

    fields: Json  # in the order of FIELDS
    recipients: int  # different numbers
    size: int  # bytes of the rows as they are sent, with the commas between them
    first: tuple[dict[str, str], ...]  # FIRST_ROWS of them at most
    hash: str  # as `body_hash` of the whole request
    odd: int  # rows whose phrase has a word that will be heard oddly
    first_odd: Reason | None = None  # the number of the first of them, and its word
    premium: int = 0  # numbers of premium rate
    again: int = 0  # rows whose number an earlier one has

    @property
    def rows(self) -> int:
        return self.recipients + self.again

    @property
    def sample(self) -> Json:
        """The request with its first rows alone."""
        return {**self.fields, PHONE_LIST: list(self.first)}

    def size_warning(self) -> Problem | None:
        """Where it is so large that it may be refused for that."""
        if self.size < LARGE_BYTES and self.rows < LARGE_LIST:
            return None
        return Problem(PHONE_LIST, Reason("campaign.problem.large", {"count": self.recipients, "size": self.size}),
                       Weight.WARNING)


class RequestSizer:
    """Looks at the list of a request, batch after batch."""

    def __init__(self, fields: Json) -> None:
        """`fields`: those of the request but for its list."""
        self._fields = fields
        self._rows = self._size = self._odd = self._premium = self._again = 0
        self._first_odd: Reason | None = None
        self._first: list[dict[str, str]] = []
        # The canonical text has its fields in the order of their names, the list among them.
        self._hash = hashlib.sha256()
        hashed = _hashed(fields)
        before = {name: value for name, value in hashed.items() if name < PHONE_LIST}
        self._after = {name: value for name, value in hashed.items() if name > PHONE_LIST}
        self._hash.update(f'{{{_members(before)}{"," if before else ""}"{PHONE_LIST}":['.encode())

    def add(self, rows: Sequence[dict[str, str]], turns: Iterable[int] = ()) -> None:
        """The next rows, at least one. `turns`: which call of its number each is, from 0; left out: the first."""
        text = (b"," if self._rows else b"") + _CANONICAL.encode(rows)[1:-1].encode()
        self._hash.update(text)
        self._size += len(text)  # in whichever order the fields of a row are
        self._rows += len(rows)
        for row, turn in zip(rows, chain(turns, repeat(0)), strict=False):
            self._again += turn > 0
            self._premium += turn == 0 and is_premium(row["phone"])
            if "phrase" in row and (odd := odd_word(row["phrase"])) is not None:
                self._odd += 1
                self._first_odd = self._first_odd or Reason("campaign.problem.first_odd", {
                    "phone": readable_phone(row["phone"]), "value": odd[1]})
        self._first += rows[:max(0, FIRST_ROWS - len(self._first))]

    def done(self) -> Request:
        """After the last row."""
        self._hash.update(f']{"," if self._after else ""}{_members(self._after)}}}'.encode())
        return Request(self._fields, self._rows - self._again, self._size, tuple(self._first), self._hash.hexdigest(),
                       self._odd, self._first_odd, self._premium, self._again)


def _members(fields: Json) -> str:
    return _CANONICAL.encode(fields)[1:-1]


def rows_text(rows: Sequence[dict[str, str]]) -> bytes:
    """Rows as they are sent, with the commas between them."""
    return _AS_SENT.encode(rows)[1:-1].encode()



def wire(draft: ParsedDraft, numbers: Iterable[Number]) -> Json:
    """The request body as JSON values, in the order of FIELDS. The draft has no problems.

    A field left alone is not sent, so that the provider's own default holds; neither are fields of the other call type.
    The days are always sent.
    """
    return {**wire_fields(draft), PHONE_LIST: [wire_number(number) for number in numbers]}


def wire_fields(draft: ParsedDraft) -> Json:
    """The request body but for its list, as JSON values in the order of FIELDS. ValueError where a field is wrong."""
    body: Json = {}
    for field in FIELDS.values():
        parsed = draft.field(field.name)
        if field.kind is FieldKind.DAYS:
            body[field.name] = list(ALL_DAYS if not parsed.text else _value(field, parsed))
        elif parsed.text and field.belongs_to(draft.call_type) and (value := _value(field, parsed)) is not None:
            body[field.name] = value
    return body


def with_webhook(request: Json, url: str) -> Json:
    """The same request, whose results are to be posted to `url`; the order of FIELDS is kept."""
    values = {**request, WEBHOOK_URL: url}
    return {name: values[name] for name in (*FIELDS, PHONE_LIST) if name in values}


def wire_number(number: Number) -> dict[str, str]:
    """The row of a number that can be called (docs/provider.md, "Numbers"). BadPhone where it can't be."""
    return wire_row(wire_phone(number.phone), number.phrase, number.lang)


def wire_row(phone: str, phrase: str, lang: str) -> dict[str, str]:
    """A row of the list. `phone` is as it is sent; phrase and lang are as they were typed."""
    row = {"phone": phone}
    if words := " ".join(phrase.split()):
        row["phrase"] = words
    if language := lang.strip():
        row["lang"] = language
    return row


def _value(field: Field, parsed: ParsedField) -> Any:  # noqa: ANN401 - JSON values are of many types
    value = parsed.value
    if value is None:
        raise ValueError(f"{field.name}: {parsed.text!r}")
    match value:
        case dt.time():
            return f"{value:%H:%M}"
        case dt.date():
            return value.isoformat()
        case Target():
            return str(value)
    return ("true" if value else None) if field.kind is FieldKind.FLAG else value


def body_hash(request: Mapping[str, Any]) -> str:
    """The SHA-256 of a request, hex: the same for requests that call the same people alike.

    Neither the key is part of it nor the webhook: where the results go changes nothing for them.
    """
    return hashlib.sha256(_CANONICAL.encode(_hashed(request)).encode()).hexdigest()


def _hashed(request: Mapping[str, Any]) -> Json:
    return {name: value for name, value in request.items() if name != WEBHOOK_URL}


def menu_key(draft: ParsedDraft) -> str:
    """The same text for drafts that mean the same menu, another for any other.

    In it: the type; for `ivr` the welcome, the repeats, the seconds and the fourteen targets as on the wire; for
    `queue` the queue. Not in it: the numbers and their phrases. Bad texts stand as typed. Seconds left alone are the
    provider's four; repeats left alone are the provider's own choice, so they are not the same as none.
    """
    meant = {"call_type": draft.call_type}
    if draft.call_type == IVR:
        meant["digit_timeout"] = str(DIGIT_TIMEOUT_DEFAULT)
    for field in (*fields_of(Section.MENU, draft.call_type), FIELDS["queue_number"]):
        parsed = draft.field(field.name)
        if field.belongs_to(draft.call_type) and parsed.text:
            meant[field.name] = parsed.text if parsed.value is None else str(parsed.value)
    return json.dumps(meant, ensure_ascii=False, sort_keys=True)
