"""What is known of each number and of all together, kept up with every notification and call record that comes in."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from typing import Any, Final

from tui.campaign.menu import opt_out_of
from tui.campaign.results import (
    ANSWERED,
    Attempt,
    CallRecord,
    Notification,
    NumberResult,
    Order,
    Source,
    attempt_of,
    attempts_of,
    result_of,
)
from tui.store.database import Row
from tui.store.part import Part
from tui.store.result_values import Merged, WhyNot
from tui.store.rows import legible, moment, object_of, stamp

FIRST_STRANGER: Final = 2**40  # as in the schema: positions from here on are of numbers that aren't in the list
_REBUILT_AT_ONCE: Final = 2_000
_MINUTE: Final = len("2026-11-25T09:00")
_WHOLE_NUMBER: Final = re.compile(r"[0-9]{1,18}")

_INDEXED: Final = ("answered", "final", "status", "digit")
_OTHERS: Final = ("attempts", "last_at", "last_id", "digit_answered", "digit_at", "digit_id", "talk_seconds", "source")
_NEW_RESULT: Final = (
    f"INSERT INTO results (campaign_id, position, phone, {', '.join(_INDEXED + _OTHERS)}) "  # noqa: S608 - our own texts
    f"VALUES ({', '.join('?' * (3 + len(_INDEXED + _OTHERS)))})")
_WRITE_NOTIFICATION: Final = """
INSERT INTO notifications (campaign_id, notification_id, position, phone, digit, status, happened_at, received_at,
    lead_id, call_uuid, extra) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_WRITE_RECORD: Final = """
INSERT INTO records (campaign_id, record_id, position, phone, status, started_at, ended_at, talk_seconds, call_uuid)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (campaign_id, record_id) DO UPDATE SET status = excluded.status, started_at = excluded.started_at,
    ended_at = excluded.ended_at, talk_seconds = excluded.talk_seconds
"""
_ADD_COUNT: Final = """
INSERT INTO result_counts (campaign_id, kind, value, many) VALUES (?, ?, ?, ?)
ON CONFLICT (campaign_id, kind, value) DO UPDATE SET many = result_counts.many + excluded.many
"""
_ADD_MINUTE: Final = """
INSERT INTO result_minutes (campaign_id, minute, calls, answered) VALUES (?, ?, ?, ?)
ON CONFLICT (campaign_id, minute) DO UPDATE SET calls = result_minutes.calls + excluded.calls,
    answered = result_minutes.answered + excluded.answered
"""
_SUMS: Final = ("called", "answered", "final", "strangers", "final_strangers", "notifications", "records", "calls")
_ADD_TOTALS: Final = (
    f"INSERT INTO result_totals (campaign_id, {', '.join(_SUMS)}) "  # noqa: S608 - our own texts
    f"VALUES ({', '.join('?' * (1 + len(_SUMS)))}) ON CONFLICT (campaign_id) DO UPDATE SET "
    + ", ".join(f"{name} = result_totals.{name} + excluded.{name}" for name in _SUMS))
_SET_TIMES: Final = """
UPDATE result_totals SET
    first_received_at = CASE WHEN first_received_at < :first THEN first_received_at ELSE :first END,
    last_received_at = CASE WHEN last_received_at > :last THEN last_received_at ELSE :last END,
    last_happened_at = CASE WHEN last_happened_at > :happened THEN last_happened_at ELSE :happened END
WHERE campaign_id = :campaign
"""
_RECOUNT_TIMES: Final = """
UPDATE result_totals SET (first_received_at, last_received_at, last_happened_at) =
    (SELECT min(received_at), max(received_at), max(happened_at) FROM notifications WHERE campaign_id = ?)
WHERE campaign_id = ?
"""
_OF_ONE_TABLE: Final = """
SELECT * FROM (SELECT position, min(phone) AS phone FROM {} WHERE campaign_id = :campaign AND position > :last
GROUP BY position ORDER BY position LIMIT :many) AS {}
"""
_NUMBERS_TOLD_OF: Final = f"""
SELECT position, min(phone) AS phone FROM (
{_OF_ONE_TABLE.format("notifications", "told")} UNION ALL {_OF_ONE_TABLE.format("records", "listed")}
) AS either GROUP BY position ORDER BY position LIMIT :many
"""  # noqa: S608 - our own texts
_REFUSED: Final = """
INSERT INTO do_not_call (profile, phone, added_at, campaign_id, why) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (profile, phone) DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class Received:
    """A notification and when it came."""

    notification: Notification
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What of a campaign decides what its results mean."""

    campaign: int
    profile: str
    retries: int | None  # None: not known, as the provider's own number holds
    opt_out: str


@dataclass(slots=True)
class _Change:
    """How the figures of a campaign change, and which numbers' rows are to be written."""

    sums: Counter[str] = field(default_factory=Counter)
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    calls: Counter[str] = field(default_factory=Counter)  # by minute
    answered: Counter[str] = field(default_factory=Counter)
    rows: dict[int, tuple[str, NumberResult | None, NumberResult]] = field(default_factory=dict)  # phone, was, is

    def call(self, attempt: Attempt, many: int) -> None:
        minute = stamp(attempt.at)[:_MINUTE]
        self.sums["calls"] += many
        self.calls[minute] += many
        self.answered[minute] += many * attempt.answered

    def number(self, position: int, result: NumberResult, retries: int | None, many: int) -> None:
        """Count a number as what it is (1), or no longer as what it was (-1)."""
        final, stranger = result.final(retries), position >= FIRST_STRANGER
        sums, counts = self.sums, self.counts  # one by one: Counter.update takes several times as long
        sums["called"] += many
        sums["answered"] += many * result.answered
        sums["final"] += many * final
        if stranger:
            sums["strangers"] += many
            sums["final_strangers"] += many * final
        counts["status", result.status] += many
        counts["digit", result.digit] += many
        counts["attempts", str(result.attempts)] += many


class Tallies(Part):
    """All of it is called within a write transaction, for campaigns that the provider has: their lists are frozen."""

    def receive(self, campaign: int, received: Sequence[Received]) -> list[bool]:
        """Take in notifications of a campaign; which of them are news. Each ID is taken once."""
        fresh, news = self._fresh(campaign, received)
        if fresh:
            meaning = self._meaning(campaign)
            positions = self._positions(campaign, [item.notification.phone for item in fresh])
            self._keep_notifications(campaign, fresh, positions)
            self._count(meaning, fresh, positions)
            self._refuse(meaning, [item.notification.phone for item in fresh if item.notification.answered
                                   and item.notification.digit == meaning.opt_out])
        return news

    def merge(self, campaign: int, records: Sequence[CallRecord]) -> Merged:
        """Take in call records of a campaign. What was known of a call is replaced by what its record says now."""
        rows = {record.id: record for record in records}
        if not rows:
            return Merged(0, 0, 0)
        known = {row["record_id"]: int(row["position"]) for row in self._among(
            "SELECT record_id, position FROM asked CROSS JOIN records WHERE campaign_id = ? "
            "AND record_id = asked.value", rows, campaign)}
        positions = self._positions(campaign, [record.phone for name, record in rows.items() if name not in known])
        # A call stays with the number that it was written down for.
        places = {name: known[name] if name in known else positions[record.phone] for name, record in rows.items()}
        before = self.attempts(campaign, places.values())
        self._database.run_many(_WRITE_RECORD, [
            (campaign, record.id, places[record.id], record.phone, record.status, stamp(record.started_at),
             None if record.ended_at is None else stamp(record.ended_at), record.talk_seconds, record.call_uuid)
            for record in rows.values()])
        after = self.attempts(campaign, places.values())
        change = _Change()
        change.sums["records"] = len(rows) - len(known)
        phones = {places[name]: record.phone for name, record in rows.items()}
        self._replace(self._meaning(campaign), change, phones, before, after)
        both = sum(_known_from_both(found) for found in after.values())
        both -= sum(_known_from_both(found) for found in before.values())
        return Merged(new=len(rows) - len(known), known=both, total=len(rows))

    def rebuild(self, campaign: int) -> None:
        """Work everything out anew from the notifications and records."""
        meaning = self._meaning(campaign)
        for table in ("results", "result_totals", "result_counts", "result_minutes"):
            self._database.run(f"DELETE FROM {table} WHERE campaign_id = ?", (campaign,))  # noqa: S608 - our own names
        change = _Change()
        for name in ("notifications", "records"):
            change.sums[name] = self._database.number(
                f"SELECT count(*) FROM {name} WHERE campaign_id = ?", (campaign,))  # noqa: S608 - our own names
        if change.sums.total():
            self._write(meaning, change)
            self._database.run(_RECOUNT_TIMES, (campaign, campaign))
        for phones in self._phones(campaign, _REBUILT_AT_ONCE):
            self._replace(meaning, _Change(), phones, {}, self.attempts(campaign, phones))

    def move(self, source: int, target: int) -> None:
        """Make the results of one campaign those of another: both were the same one of the provider's."""
        for table, name in (("notifications", "notification_id"), ("records", "record_id")):
            self._database.run(
                f"DELETE FROM {table} WHERE campaign_id = ? AND {name} IN "  # noqa: S608 - our own names
                f"(SELECT {name} FROM {table} WHERE campaign_id = ?)", (source, target))
        strangers = self._strangers(target)
        while phones := next(self._phones(source, _REBUILT_AT_ONCE), None):
            positions = self._positions(target, phones.values(), strangers)
            strangers += sum(position >= FIRST_STRANGER + strangers for position in positions.values())
            for table in ("notifications", "records"):
                self._database.run_many(
                    f"UPDATE {table} SET campaign_id = ?, position = ? WHERE campaign_id = ? AND position = ?",  # noqa: S608 - our own names
                    [(target, positions[phone], source, position) for position, phone in phones.items()])
        for table in ("results", "result_totals", "result_counts", "result_minutes", "records_cursor"):
            self._database.run(f"DELETE FROM {table} WHERE campaign_id = ?", (source,))  # noqa: S608 - our own names
        for table in ("unreadable", "do_not_call"):
            self._database.run(f"UPDATE {table} SET campaign_id = ? WHERE campaign_id = ?", (target, source))  # noqa: S608 - as above
        self.rebuild(target)
        meaning = self._meaning(target)
        if meaning.opt_out:
            rows = self._database.all("SELECT phone, status FROM notifications WHERE campaign_id = ? AND digit = ?",
                                      (target, meaning.opt_out))
            self._refuse(meaning, [row["phone"] for row in rows if row["status"] in ANSWERED])

    def attempts(self, campaign: int, positions: Iterable[int], *,
                 without: Collection[str] = ()) -> dict[int, list[Attempt]]:
        """The calls of numbers, from all that is stored of them but the notifications named; needs no transaction."""
        asked = list(dict.fromkeys(positions))
        told: dict[int, list[Attempt]] = {}
        listed: dict[int, list[CallRecord]] = {}
        uuids: dict[str, str] = {}
        with legible(self._database):
            for row in self._among("SELECT notification_id, position, status, digit, happened_at, call_uuid "
                                   "FROM asked CROSS JOIN notifications WHERE campaign_id = ? "
                                   "AND position = asked.value", asked, campaign):
                if row["notification_id"] not in without:
                    uuids[row["notification_id"]] = row["call_uuid"]
                    told.setdefault(int(row["position"]), []).append(
                        Attempt(row["notification_id"], moment(row["happened_at"]), row["status"], row["digit"]))
            for row in self._among("SELECT records.* FROM asked CROSS JOIN records WHERE campaign_id = ? "
                                   "AND position = asked.value", asked, campaign):
                listed.setdefault(int(row["position"]), []).append(_record(row))
        return {position: attempts_of(told.get(position, ()), uuids, listed.get(position, ()))
                for position in asked if position in told or position in listed}

    def _fresh(self, campaign: int, received: Sequence[Received]) -> tuple[list[Received], list[bool]]:
        """The notifications that were never stored, each ID once; and for each that came whether it is one of those."""
        seen = {row["notification_id"] for row in self._among(
            "SELECT notification_id FROM asked CROSS JOIN notifications WHERE campaign_id = ? "
            "AND notification_id = asked.value", [item.notification.notification_id for item in received], campaign)}
        fresh, news = [], []
        for item in received:
            news.append(item.notification.notification_id not in seen)
            if news[-1]:
                seen.add(item.notification.notification_id)
                fresh.append(item)
        return fresh, news

    def _keep_notifications(self, campaign: int, fresh: Sequence[Received], positions: Mapping[str, int]) -> None:
        self._database.run_many(_WRITE_NOTIFICATION, [
            (campaign, told.notification_id, positions[told.phone], told.phone, told.digit, told.status,
             stamp(told.happened_at), stamp(item.at), told.lead_id, told.call_uuid,
             # Escaped: whatever came, half a surrogate pair too, can be written.
             json.dumps(dict(told.extra)) if told.extra else None)
            for item in fresh for told in (item.notification,)])

    def _count(self, meaning: _Meaning, fresh: Sequence[Received], positions: Mapping[str, int]) -> None:
        campaign = meaning.campaign
        told: dict[int, list[Attempt]] = {}
        for item in fresh:
            told.setdefault(positions[item.notification.phone], []).append(attempt_of(item.notification))
        phones = {positions[item.notification.phone]: item.notification.phone for item in fresh}
        change = _Change()
        change.sums["notifications"] = len(fresh)
        recorded = {int(row["position"]) for row in self._among(
            "SELECT DISTINCT position FROM asked CROSS JOIN records WHERE campaign_id = ? AND position = asked.value",
            phones, campaign)}
        if recorded:  # which call a record belongs to may be another now
            new = {item.notification.notification_id for item in fresh}
            before = self.attempts(campaign, recorded, without=new)
            self._replace(meaning, change, {position: phones[position] for position in recorded}, before,
                          self.attempts(campaign, recorded))
            change = _Change()
        known = self._known_results(campaign, phones.keys() - recorded)
        for position in phones.keys() - recorded:
            attempts = told[position]
            for attempt in attempts:
                change.call(attempt, 1)
            results = [NumberResult.of(attempt) for attempt in attempts]
            was = known.get(position)
            if was is not None:
                change.number(position, was, meaning.retries, -1)
                results.append(was)
            result = reduce(NumberResult.and_, results)
            change.number(position, result, meaning.retries, 1)
            change.rows[position] = phones[position], was, result
        self._write(meaning, change)
        self._database.run(_SET_TIMES, {
            "campaign": campaign, "first": stamp(min(item.at for item in fresh)),
            "last": stamp(max(item.at for item in fresh)),
            "happened": stamp(max(item.notification.happened_at for item in fresh))})

    def _replace(self, meaning: _Meaning, change: _Change, phones: Mapping[int, str],
                 before: Mapping[int, list[Attempt]], after: Mapping[int, list[Attempt]]) -> None:
        """Count numbers by their attempts after a change instead of those before it."""
        for position, phone in phones.items():
            was, result = (result_of(attempts.get(position, ())) for attempts in (before, after))
            for attempts, told, many in ((before, was, -1), (after, result, 1)):
                if told is not None:
                    for attempt in attempts[position]:
                        change.call(attempt, many)
                    change.number(position, told, meaning.retries, many)
            if result is not None:
                change.rows[position] = phone, was, result
        self._write(meaning, change)

    def _write(self, meaning: _Meaning, change: _Change) -> None:
        campaign = meaning.campaign
        self._write_results(meaning, change.rows)
        self._database.run(_ADD_TOTALS, (campaign, *(change.sums[name] for name in _SUMS)))
        self._database.run_many(_ADD_COUNT, [(campaign, *what, many) for what, many in change.counts.items() if many])
        self._database.run_many(_ADD_MINUTE, [
            (campaign, minute, many, change.answered[minute]) for minute, many in change.calls.items()
            if many or change.answered[minute]])
        if any(many < 0 for many in change.counts.values()):
            self._database.run("DELETE FROM result_counts WHERE campaign_id = ? AND many = 0", (campaign,))
        if any(many < 0 for many in change.calls.values()):
            self._database.run("DELETE FROM result_minutes WHERE campaign_id = ? AND calls = 0", (campaign,))

    def _write_results(self, meaning: _Meaning,
                       rows: Mapping[int, tuple[str, NumberResult | None, NumberResult]]) -> None:
        new: list[tuple[Any, ...]] = []
        changed: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}  # indexed columns that change → rows
        for position, (phone, was, result) in rows.items():
            indexed, others = _indexed_columns(result, meaning.retries), _other_columns(result)
            if was is None:
                new.append((meaning.campaign, position, phone, *indexed, *others))
                continue
            before = _indexed_columns(was, meaning.retries)
            differ = [place for place, value in enumerate(indexed) if value != before[place]]
            changed.setdefault(tuple(_INDEXED[place] for place in differ), []).append(
                (*(indexed[place] for place in differ), *others, meaning.campaign, position))
        self._database.run_many(_NEW_RESULT, new)
        for names, values in changed.items():
            self._database.run_many(_change_result(names), values)

    def _refuse(self, meaning: _Meaning, phones: Sequence[str]) -> None:
        if meaning.opt_out and phones:
            now = self._now()
            self._database.run_many(_REFUSED, [(meaning.profile, phone, now, meaning.campaign, WhyNot.PRESSED)
                                               for phone in phones])

    def _meaning(self, campaign: int) -> _Meaning:
        row = self._database.one("SELECT profile, fields FROM campaigns WHERE id = ?", (campaign,))
        if row is None:
            raise self._refusal(campaign)
        with legible(self._database):
            fields = object_of(row["fields"])
        retries = str(fields.get("call_retries", "")).strip()
        return _Meaning(campaign, row["profile"], int(retries) if _WHOLE_NUMBER.fullmatch(retries) else None,
                        opt_out_of(fields))

    def _positions(self, campaign: int, phones: Iterable[str], strangers: int | None = None) -> dict[str, int]:
        """The place of each phone: its row's in the list, or one past it that is the stranger's from now on."""
        asked = list(dict.fromkeys(phones))
        found = {row["phone"]: int(row["position"]) for row in self._among(
            # The first row of a phone is the one that is no duplicate; and so the index has all that is asked for.
            "SELECT phone, min(position) AS position FROM asked CROSS JOIN numbers "
            "WHERE list_id = (SELECT list FROM campaigns WHERE id = ?) AND phone = asked.value AND problem IS NULL "
            "GROUP BY phone", asked, campaign)}
        unknown = [phone for phone in asked if phone not in found]
        found |= {row["phone"]: int(row["position"]) for row in self._among(
            "SELECT phone, position FROM asked CROSS JOIN results "  # noqa: S608 - our own number
            f"WHERE campaign_id = ? AND phone = asked.value AND position >= {FIRST_STRANGER}", unknown, campaign)}
        new = [phone for phone in unknown if phone not in found]
        if new:
            first = FIRST_STRANGER + (self._strangers(campaign) if strangers is None else strangers)
            found |= {phone: first + place for place, phone in enumerate(new)}
        return found

    def _strangers(self, campaign: int) -> int:
        return self._database.number("SELECT strangers FROM result_totals WHERE campaign_id = ?", (campaign,))

    def _known_results(self, campaign: int, positions: Iterable[int]) -> dict[int, NumberResult]:
        rows = self._among("SELECT results.* FROM asked CROSS JOIN results WHERE campaign_id = ? "
                           "AND position = asked.value", positions, campaign)
        with legible(self._database):
            return {int(row["position"]): _result(row) for row in rows}

    def _phones(self, campaign: int, many: int) -> Iterator[dict[int, str]]:
        """The numbers of which anything is stored: position → phone, so many at a time, in order."""
        last = -1
        while True:
            rows = self._database.all(_NUMBERS_TOLD_OF, {"campaign": campaign, "last": last, "many": many})
            if not rows:
                return
            yield {int(row["position"]): row["phone"] for row in rows}
            last = int(rows[-1]["position"])


def _known_from_both(attempts: Iterable[Attempt]) -> int:
    return sum(attempt.source is Source.BOTH for attempt in attempts)


def _record(row: Row) -> CallRecord:
    return CallRecord(row["phone"], row["status"], moment(row["started_at"]),
                      None if row["ended_at"] is None else moment(row["ended_at"]), int(row["talk_seconds"]),
                      row["call_uuid"])


def _result(row: Row) -> NumberResult:
    return NumberResult(
        attempts=int(row["attempts"]), answered=bool(row["answered"]), last=_order(row["last_at"], row["last_id"]),
        status=row["status"], digit=row["digit"],
        digit_from=(bool(row["digit_answered"]), _order(row["digit_at"], row["digit_id"])) if row["digit"] else None,
        talk_seconds=row["talk_seconds"], source=Source(row["source"]))


def _order(at: str, name: str) -> Order:
    return moment(at), len(name), name


def _indexed_columns(result: NumberResult, retries: int | None) -> tuple[int | str, ...]:
    """In the order of _INDEXED."""
    return int(result.answered), int(result.final(retries)), result.status, result.digit


def _other_columns(result: NumberResult) -> tuple[Any, ...]:
    """In the order of _OTHERS."""
    answered, (at, _, name) = result.digit_from or (None, (None, 0, None))
    return (result.attempts, stamp(result.last[0]), result.last[2], None if answered is None else int(answered),
            None if at is None else stamp(at), name, result.talk_seconds, result.source)


def _change_result(indexed: Sequence[str]) -> str:
    """A statement that changes a row; of the indexed columns those alone that are named.

    An index is written anew for each of its columns that a statement names, though the value is the one it has.
    """
    columns = ", ".join(f"{name} = ?" for name in (*indexed, *_OTHERS))
    return f"UPDATE results SET {columns} WHERE campaign_id = ? AND position = ?"  # noqa: S608 - our own names
