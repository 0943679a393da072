"""How single calls went, as the provider said when somebody asked: to whom each was put through, after what wait."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

from msgspec import Struct

from tui.store.columns import moment, stamp, when
from tui.store.database import Row
from tui.store.repository import Repository
from tui.store.sql import sql

_KEEP: Final = """
INSERT INTO call_details (profile, call_uuid, answered_by, answered_name, queue, queue_wait_seconds, recorded,
    hung_up_by, legs, asked_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (profile, call_uuid) DO UPDATE SET answered_by = excluded.answered_by,
    answered_name = excluded.answered_name, queue = excluded.queue, queue_wait_seconds = excluded.queue_wait_seconds,
    recorded = excluded.recorded, hung_up_by = excluded.hung_up_by, legs = excluded.legs, asked_at = excluded.asked_at
"""
_ASKED: Final = sql("""
SELECT call_details.* FROM asked CROSS JOIN call_details WHERE profile = ? AND call_uuid = asked.value
""")


class CallPart(Struct, frozen=True):
    """A part of a call: whom it was put through to. Moments are aware, in UTC."""

    number: str
    name: str
    began_at: dt.datetime | None
    answered_at: dt.datetime | None
    ended_at: dt.datetime | None
    result: str


class CallDetail(Struct, frozen=True):
    """How a call went. What the provider left out is "" or None.

    `answered_by`: whom of the account the callee spoke to at last, and their name; "": nobody that is known.
    `hung_up_by` is the provider's word: `callee` is who was called, `caller` the account.
    """

    call_uuid: str
    answered_by: str
    answered_name: str
    queue: str
    queue_wait: int | None  # seconds
    recorded: bool | None
    hung_up_by: str
    parts: tuple[CallPart, ...]
    asked_at: dt.datetime


class CallDetails(Repository):
    """By the profile in whose account a call was made, and its `call_uuid`."""

    def keep(self, profile: str, detail: CallDetail) -> None:
        """Remember how a call went, in place of what was known of it before."""
        with self._database.write():
            self._database.run(_KEEP, (
                profile, detail.call_uuid, detail.answered_by, detail.answered_name, detail.queue, detail.queue_wait,
                None if detail.recorded is None else int(detail.recorded), detail.hung_up_by,
                json.dumps(list(map(_part_columns, detail.parts)), ensure_ascii=False), stamp(detail.asked_at)))

    def all(self, profile: str) -> dict[str, CallDetail]:
        """All that is known, by `call_uuid`: somebody has asked for each of them."""
        rows = self._database.all("SELECT * FROM call_details WHERE profile = ?", (profile,))
        with self._database.legible():
            return {row["call_uuid"]: _detail(row) for row in rows}

    def among(self, profile: str, call_uuids: Collection[str]) -> dict[str, CallDetail]:
        """What is known of these calls, by `call_uuid`; those that were never asked for are left out."""
        rows = list(self._among(_ASKED, {uuid for uuid in call_uuids if uuid}, profile))
        with self._database.legible():
            return {row["call_uuid"]: _detail(row) for row in rows}


def _detail(row: Row) -> CallDetail:
    recorded = row["recorded"]
    return CallDetail(row["call_uuid"], row["answered_by"], row["answered_name"], row["queue"],
                      row["queue_wait_seconds"], None if recorded is None else bool(recorded), row["hung_up_by"],
                      tuple(_parts(row["legs"])), moment(row["asked_at"]))


def _part_columns(part: CallPart) -> Mapping[str, str | None]:
    began, answered, ended = (None if at is None else stamp(at)
                              for at in (part.began_at, part.answered_at, part.ended_at))
    return {"number": part.number, "name": part.name, "began_at": began, "answered_at": answered, "ended_at": ended,
            "result": part.result}


def _parts(text: str) -> Iterator[CallPart]:
    """ValueError, KeyError where the text is none that `keep` wrote."""
    kept: list[dict[str, Any]] = json.loads(text)
    for part in kept:
        yield CallPart(part["number"], part["name"], when(part["began_at"]), when(part["answered_at"]),
                       when(part["ended_at"]), part["result"])
