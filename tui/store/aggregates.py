"""What is known of each number and of all together, kept up with every notification and call record that comes in."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from typing import Final, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from tui.campaign.menu import refusals
from tui.campaign.parsed_draft import ParsedDraft
from tui.campaign.phone import possible_phones
from tui.campaign.results import (
    Attempt,
    CallRecord,
    Notification,
    NumberResult,
    ResultSource,
    attempt_of,
    attempts_of,
    described,
)
from tui.store.columns import moment, object_of, stamp
from tui.store.counting import FigureChange
from tui.store.database import Row
from tui.store.do_not_call_history import ON_LIST, note_added
from tui.store.opt_out_pushes import wait_for_push
from tui.store.repository import Repository
from tui.store.result_columns import result_in
from tui.store.result_values import FIRST_UNLISTED, DoNotCallReason, MergeResult
from tui.store.sql import names, one_after_another, sql

Place = TypeVar("Place", bound=Hashable)  # by which a number is known

PLAIN: Final = re.compile(r"90[2-9][0-9]{9}")  # as it is sent

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
SET_TIMES: Final = """
UPDATE result_totals SET
    first_received_at = CASE WHEN first_received_at < :first THEN first_received_at ELSE :first END,
    last_received_at = CASE WHEN last_received_at > :last THEN last_received_at ELSE :last END,
    last_happened_at = CASE WHEN last_happened_at > :happened THEN last_happened_at ELSE :happened END
WHERE campaign_id = :campaign
"""
_PHONES_IN: Final = """
SELECT * FROM (SELECT position, min(phone) AS phone FROM {table} WHERE campaign_id = :campaign AND position > :last
GROUP BY position ORDER BY position LIMIT :limit) AS {name}
"""
_PHONES: Final = sql("""
SELECT position, min(phone) AS phone FROM ({either}) AS either GROUP BY position ORDER BY position LIMIT :limit
""", either=one_after_another(sql(_PHONES_IN, table=names(table), name=names(f"of_{table}"))
                              for table in ("notifications", "records")))
_MEANING: Final = "SELECT profile, fields FROM campaigns WHERE id = ?"
# What is known of some numbers, phones, notifications or records.
_LISTED: Final = sql("""
SELECT phone FROM asked CROSS JOIN numbers
WHERE list_id = (SELECT list FROM campaigns WHERE id = ?) AND phone = asked.value AND problem IS NULL
""")
# The first row of a phone is the one that is no duplicate; and so the index has all that is asked for.
_POSITIONS: Final = sql("""
SELECT phone, min(position) AS position FROM asked CROSS JOIN numbers
WHERE list_id = (SELECT list FROM campaigns WHERE id = ?) AND phone = asked.value AND problem IS NULL GROUP BY phone
""")
_UNLISTED_POSITIONS: Final = sql("""
SELECT phone, position FROM asked CROSS JOIN results
WHERE campaign_id = ? AND phone = asked.value AND position >= {first_unlisted}
""", first_unlisted=FIRST_UNLISTED)
_RESULTS: Final = sql("SELECT results.* FROM asked CROSS JOIN results WHERE campaign_id = ? AND position = asked.value")
_NOTIFICATIONS: Final = sql("""
SELECT notification_id, position, status, digit, happened_at, call_uuid, lead_id FROM asked CROSS JOIN notifications
WHERE campaign_id = ? AND position = asked.value
""")
_KNOWN_NOTIFICATIONS: Final = sql("""
SELECT notification_id FROM asked CROSS JOIN notifications WHERE campaign_id = ? AND notification_id = asked.value
""")
_RECORDS: Final = sql("SELECT records.* FROM asked CROSS JOIN records WHERE campaign_id = ? AND position = asked.value")
_KNOWN_RECORDS: Final = sql("""
SELECT record_id, position FROM asked CROSS JOIN records WHERE campaign_id = ? AND record_id = asked.value
""")
_WITH_RECORDS: Final = sql("""
SELECT DISTINCT position FROM asked CROSS JOIN records WHERE campaign_id = ? AND position = asked.value
""")
_REFUSE: Final = """
INSERT INTO do_not_call (profile, phone, added_at, campaign_id, why) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (profile, phone) DO NOTHING
"""


class ReceivedNotification(Struct, frozen=True):
    """A notification and when it came."""

    notification: Notification
    at: dt.datetime


class CampaignRules(Struct, frozen=True):
    """What of a campaign's fields decides whether a number is final, and who has refused to be called."""

    campaign: int
    profile: str
    retries: int | None  # None: not known, as the provider's own number holds
    opt_out: str


class Aggregates(Repository):
    """All of it is called within a write transaction, for campaigns that the provider has: their lists are frozen."""

    def receive(self, campaign: int, received: Sequence[ReceivedNotification]) -> list[bool]:
        """Ingest notifications of a campaign; which of them are news. Each ID is ingested once."""
        fresh, news = self._fresh(campaign, received)
        if fresh:
            fresh = self._as_listed(campaign, fresh)
            rules = self.rules(campaign)
            positions = self.positions(campaign, [item.notification.phone for item in fresh])
            self._keep_notifications(campaign, fresh, positions)
            self._count(rules, fresh, positions)
            self.refuse(rules, [phone for item in fresh if item.notification.answered
                                and item.notification.digit in refusals(rules.opt_out)
                                for phone in _writings(item.notification, positions)])
        return news

    def listed(self, campaign: int, reported: Iterable[str]) -> dict[str, str]:
        """Numbers as the provider reported them → their phones in a campaign's list; without those not in it."""
        readings = {number: (number,) if PLAIN.fullmatch(number) else possible_phones(number) for number in reported}
        wanted = {phone for phones in readings.values() for phone in phones}
        found = {row["phone"] for row in self._among(_LISTED, wanted, campaign)}
        return {number: next(phone for phone in phones if phone in found)
                for number, phones in readings.items() if not found.isdisjoint(phones)}

    def _as_listed(self, campaign: int, fresh: Sequence[ReceivedNotification]) -> list[ReceivedNotification]:
        """With the phones of the list where a number is written otherwise, as those abroad are."""
        odd = {item.notification.lookup_phone for item in fresh if not PLAIN.fullmatch(item.notification.lookup_phone)}
        known = self.listed(campaign, odd) if odd else {}
        return [item if (phone := known.get(item.notification.lookup_phone)) is None
                else ReceivedNotification(replace(item.notification, phone=phone), item.at) for item in fresh]

    def merge(self, campaign: int, records: Sequence[CallRecord]) -> MergeResult:
        """Ingest call records of a campaign. What was known of a call is replaced by what its record says now."""
        rows = {record.id: record for record in records}
        if not rows:
            return MergeResult(0, 0, 0)
        known = {row["record_id"]: int(row["position"]) for row in self._among(_KNOWN_RECORDS, rows, campaign)}
        positions = self.positions(campaign, [record.phone for name, record in rows.items() if name not in known])
        # A call stays with the number that it was written down for.
        places = {name: known[name] if name in known else positions[record.phone] for name, record in rows.items()}
        before = self.attempts(campaign, places.values())
        self._database.run_many(_WRITE_RECORD, [
            (campaign, record.id, places[record.id], record.phone, record.status, stamp(record.started_at),
             None if record.ended_at is None else stamp(record.ended_at), record.talk_seconds, record.call_uuid)
            for record in rows.values()])
        after = self.attempts(campaign, places.values())
        change = FigureChange(campaign, self.rules(campaign).retries)
        change.sums["records"] = len(rows) - len(known)
        phones = {places[name]: record.phone for name, record in rows.items()}
        change.recount(phones, before, after)
        change.write(self._database)
        both = sum(_known_from_both(found) for found in after.values())
        both -= sum(_known_from_both(found) for found in before.values())
        return MergeResult(new=len(rows) - len(known), known=both, total=len(rows))

    def attempts(self, campaign: int, positions: Iterable[int], *,
                 without: Collection[str] = ()) -> dict[int, list[Attempt]]:
        """The calls of numbers, from all that is stored of them but the notifications named; needs no transaction."""
        asked = list(dict.fromkeys(positions))
        with self._database.legible():
            notified = (row for row in self._among(_NOTIFICATIONS, asked, campaign)
                        if row["notification_id"] not in without)
            calls = calls_in(notified, self._among(_RECORDS, asked, campaign), lambda row: int(row["position"]))
        return {position: calls[position] for position in asked if position in calls}

    def _fresh(self, campaign: int, received: Sequence[ReceivedNotification]) -> tuple[list[ReceivedNotification],
                                                                                       list[bool]]:
        """The notifications that were never stored, each ID once; and for each that came whether it is one of those."""
        ids = [item.notification.notification_id for item in received]
        seen = {row["notification_id"] for row in self._among(_KNOWN_NOTIFICATIONS, ids, campaign)}
        fresh, news = [], []
        for item in received:
            news.append(item.notification.notification_id not in seen)
            if news[-1]:
                seen.add(item.notification.notification_id)
                fresh.append(item)
        return fresh, news

    def _keep_notifications(self, campaign: int, fresh: Sequence[ReceivedNotification],
                            positions: Mapping[str, int]) -> None:
        self._database.run_many(_WRITE_NOTIFICATION, [
            (campaign, each.notification_id, positions[each.phone], each.phone, each.digit, each.status,
             stamp(each.happened_at), stamp(item.at), each.lead_id, each.call_uuid,
             # Escaped: whatever came, half a surrogate pair too, can be written.
             json.dumps(dict(each.extra)) if each.extra else None)
            for item in fresh for each in (item.notification,)])

    def _count(self, rules: CampaignRules, fresh: Sequence[ReceivedNotification], positions: Mapping[str, int]) -> None:
        campaign = rules.campaign
        notified: dict[int, list[Attempt]] = {}
        for item in fresh:
            notified.setdefault(positions[item.notification.phone], []).append(attempt_of(item.notification))
        phones = {positions[item.notification.phone]: item.notification.phone for item in fresh}
        change = FigureChange(campaign, rules.retries)
        change.sums["notifications"] = len(fresh)
        recorded = {int(row["position"]) for row in self._among(_WITH_RECORDS, phones, campaign)}
        if recorded:  # which call a record belongs to may be another now
            new = {item.notification.notification_id for item in fresh}
            before = self.attempts(campaign, recorded, without=new)
            change.recount({position: phones[position] for position in recorded}, before,
                           self.attempts(campaign, recorded))
            change.write(self._database)
            change = FigureChange(campaign, rules.retries)
        known = self._known_results(campaign, phones.keys() - recorded)
        for position in phones.keys() - recorded:
            attempts = notified[position]
            for attempt in attempts:
                change.call(attempt, 1)
            results = [NumberResult.of(attempt) for attempt in attempts]
            was = known.get(position)
            if was is not None:
                change.number(position, was, -1)
                results.append(was)
            result = reduce(NumberResult.and_, results)
            change.number(position, result, 1)
            change.rows[position] = phones[position], was, result
        change.write(self._database)
        self._database.run(SET_TIMES, {
            "campaign": campaign, "first": stamp(min(item.at for item in fresh)),
            "last": stamp(max(item.at for item in fresh)),
            "happened": stamp(max(item.notification.happened_at for item in fresh))})

    def refuse(self, rules: CampaignRules, phones: Sequence[str]) -> None:
        """Put phones that pressed the opt-out key on the do-not-call list; none where the campaign has no such key."""
        if rules.opt_out and phones:
            known = {row["phone"] for row in self._among(ON_LIST, phones, rules.profile)}
            fresh = [phone for phone in dict.fromkeys(phones) if phone not in known]
            now = self._now()
            self._database.run_many(_REFUSE, [(rules.profile, phone, now, rules.campaign, DoNotCallReason.PRESSED)
                                              for phone in fresh])
            note_added(self._database, rules.profile, fresh)
            wait_for_push(self._database, rules.profile, fresh)

    def rules(self, campaign: int) -> CampaignRules:
        """NoSuchCampaign."""
        row = self._database.one(_MEANING, (campaign,))
        if row is None:
            raise self._refusal(campaign)
        with self._database.legible():
            draft = ParsedDraft(object_of(row["fields"]))
        return CampaignRules(campaign, row["profile"], draft.count("call_retries"), draft.opt_out)

    def positions(self, campaign: int, phones: Iterable[str]) -> dict[str, int]:
        """The place of each phone: its row's in the list, or one past it that is the unlisted number's from now on."""
        asked = list(dict.fromkeys(phones))
        found = {row["phone"]: int(row["position"]) for row in self._among(_POSITIONS, asked, campaign)}
        unknown = [phone for phone in asked if phone not in found]
        found |= {row["phone"]: int(row["position"])
                  for row in self._among(_UNLISTED_POSITIONS, unknown, campaign)}
        new = [phone for phone in unknown if phone not in found]
        if new:
            first = FIRST_UNLISTED + self._unlisted(campaign)
            found |= {phone: first + place for place, phone in enumerate(new)}
        return found

    def _unlisted(self, campaign: int) -> int:
        return self._database.number("SELECT strangers FROM result_totals WHERE campaign_id = ?", (campaign,))

    def _known_results(self, campaign: int, positions: Iterable[int]) -> dict[int, NumberResult]:
        rows = self._among(_RESULTS, positions, campaign)
        with self._database.legible():
            return {int(row["position"]): result_in(row) for row in rows}

    def phones(self, campaign: int, limit: int) -> Iterator[dict[int, str]]:
        """The numbers of which anything is stored: position → phone, so many at a time, in order."""
        last = -1
        while True:
            rows = self._database.all(_PHONES, {"campaign": campaign, "last": last, "limit": limit})
            if not rows:
                return
            yield {int(row["position"]): row["phone"] for row in rows}
            last = int(rows[-1]["position"])


def _writings(notification: Notification, positions: Mapping[str, int]) -> tuple[str, ...]:
    """The phones that whoever it is about may have in a list: its own there, or all that it may be."""
    phone = notification.phone
    return (phone,) if positions[phone] < FIRST_UNLISTED else possible(notification.lookup_phone, phone)


def possible(*reported: str) -> tuple[str, ...]:
    """What numbers that are in no list may be in one; what is no number stays as it is."""
    return tuple(dict.fromkeys(phone for text in reported for phone in (possible_phones(text) or (text,))))


def _known_from_both(attempts: Iterable[Attempt]) -> int:
    return sum(attempt.source is ResultSource.BOTH for attempt in attempts)


def calls_in(notified: Iterable[Row], recorded: Iterable[Row],
             place: Callable[[Row], Place]) -> dict[Place, list[Attempt]]:
    """The calls that rows of `notifications` and `records` are of, by the number whose they are, as `place` says.

    ValueError where a column holds what was never written.
    """
    attempts: dict[Place, list[Attempt]] = {}
    uuids: dict[Place, dict[str, str]] = {}
    for row in notified:
        uuids.setdefault(place(row), {})[row["notification_id"]] = row["call_uuid"]
        attempts.setdefault(place(row), []).append(
            Attempt(row["notification_id"], moment(row["happened_at"]), described(row["status"]), row["digit"],
                    call_uuid=row["call_uuid"], lead_id=row["lead_id"]))
    records: dict[Place, list[CallRecord]] = {}
    for row in recorded:
        records.setdefault(place(row), []).append(_record(row))
    return {each: attempts_of(attempts.get(each, ()), uuids.get(each, {}), records.get(each, ()))
            for each in attempts | records}


def _record(row: Row) -> CallRecord:
    return CallRecord(row["phone"], row["status"], moment(row["started_at"]),
                      None if row["ended_at"] is None else moment(row["ended_at"]), int(row["talk_seconds"]),
                      row["call_uuid"])


