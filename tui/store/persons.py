"""One number over all campaigns and profiles: which lists hold it, who called it, what keeps it from being called."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from tui.campaign.reach import Cause
from tui.campaign.results import Attempt
from tui.store.aggregates import calls_in
from tui.store.call_details import CallDetail, CallDetails
from tui.store.cause_search import OF_OTHERS
from tui.store.columns import moment, when
from tui.store.consents import Consents
from tui.store.database import Row
from tui.store.do_not_call import DoNotCall
from tui.store.dropping import dropped_of
from tui.store.figures import Figures
from tui.store.list_values import DroppedNumber, StoredNumber
from tui.store.lists import number_of
from tui.store.number_places import places_of
from tui.store.person_notes import PersonNotes
from tui.store.person_values import ListChange, Person, PersonCampaign, PersonConsents, Refusal
from tui.store.repository import ASKED_CAMPAIGNS, Context, Repository, campaign_of
from tui.store.result_values import FIRST_UNLISTED
from tui.store.sql import Sql, literals, names, sql, value_rows
from tui.store.values import NO_TOTALS, Campaign

_AT_ONCE: Final = 200  # places of one statement
_FINAL: Final = sql("CASE WHEN campaigns.called_again > 0 THEN 0 ELSE coalesce(results.final, 0) END AS final")
_LISTED: Final = sql("""
SELECT campaigns.id AS campaign, numbers.*, {final}, results.position AS called
FROM ({held}) AS held CROSS JOIN campaigns INDEXED BY campaigns_of_list
CROSS JOIN numbers LEFT JOIN results
    ON results.campaign_id = campaigns.id AND results.position = numbers.position
WHERE campaigns.list = held.list_id AND numbers.list_id = held.list_id AND numbers.position = held.position
ORDER BY campaigns.id, numbers.position
""", final=_FINAL, held=places_of(sql("asked"), sql("asked.value")))
_UNLISTED: Final = sql("""
SELECT campaigns.id AS campaign, results.position AS called, {final}
FROM asked CROSS JOIN results INDEXED BY results_of_strangers_by_phone CROSS JOIN campaigns
WHERE results.phone = asked.value AND results.position >= {first} AND campaigns.id = results.campaign_id
""", final=_FINAL, first=FIRST_UNLISTED)
_CALLS: Final = """
WITH asked (campaign, place) AS (VALUES {asked})
SELECT found.* FROM asked CROSS JOIN {table} AS found WHERE found.campaign_id = campaign AND found.position = place
"""
# Without what a step that doesn't count has done (`holder`, or undone): `Dropping` reads a campaign's alike.
_DROPPED: Final = sql("""
SELECT dropped_numbers.* FROM dropped_numbers
LEFT JOIN list_steps AS step ON step.id = dropped_numbers.step_id
LEFT JOIN list_steps AS back ON back.id = dropped_numbers.back_step_id
WHERE dropped_numbers.phone = ? AND dropped_numbers.why IS NOT NULL
    AND dropped_numbers.why <> 'store.dropped.duplicates'
    AND step.holder IS NULL AND coalesce(step.gone, '') <> 'undone'
    AND (dropped_numbers.back_step_id IS NULL OR back.holder IS NOT NULL OR back.gone = 'undone')
ORDER BY dropped_numbers.id DESC
""")
# One look-up for each profile, however many numbers it has.
_PROFILES: Final = """
WITH RECURSIVE found (profile) AS (
    SELECT min(profile) FROM {table}
    UNION ALL
    SELECT (SELECT min(other.profile) FROM {table} AS other WHERE other.profile > found.profile)
    FROM found WHERE found.profile IS NOT NULL)
SELECT profile FROM found WHERE profile IS NOT NULL
"""
_ON_LIST: Final = sql("""
SELECT profile, why, added_at, campaign_id, reason, by_user FROM asked CROSS JOIN do_not_call
WHERE profile = ? AND phone = asked.value
""")
_OF_OTHERS: Final = sql("""
SELECT suppressed.profile AS profile, suppressed.source AS source, fetched_at
FROM asked CROSS JOIN suppressed LEFT JOIN suppressed_sources
    ON suppressed_sources.profile = suppressed.profile AND suppressed_sources.source = suppressed.source
WHERE suppressed.profile = ? AND suppressed.source IN ({sources}) AND suppressed.phone = asked.value
""", sources=literals(OF_OTHERS))
_TABLES: Final = (names("notifications"), names("records"))


class _Found(Struct):
    """What is found of a number in one campaign."""

    rows: list[StoredNumber] = field(default_factory=list)
    dropped: list[DroppedNumber] = field(default_factory=list)
    places: set[int] = field(default_factory=set)  # at which its calls are
    final: bool = False


class Persons(Repository):
    """Read only."""

    def __init__(self, context: Context, figures: Figures, do_not_call: DoNotCall, notes: PersonNotes,
                 details: CallDetails, consents: Consents) -> None:
        super().__init__(context)
        self._figures = figures
        self._do_not_call = do_not_call
        self._notes = notes
        self._call_details = details
        self._consents = consents

    def of(self, phone: str) -> Person:
        """All that is known of a number, which is as it is sent; as it was at one moment, but for the figures."""
        reported = _reported(phone)
        with self._database.read(), self._database.legible():
            found = self._lists(phone)
            for row in self._among(_UNLISTED, reported):
                each = found.setdefault(row["campaign"], _Found())
                each.places.add(int(row["called"]))
                each.final = each.final or bool(row["final"])
            for row in self._database.all(_DROPPED, (phone,)):
                found.setdefault(row["campaign_id"], _Found()).dropped.append(dropped_of(row))
            refusals = tuple(self._refusals(reported))
            calls = self._calls(found)
            changes = self._changes(reported)
            consents = tuple(self._consents_of(reported))
            pressed_in = {*(each.campaign for each in refusals), *(each.change.campaign for each in changes)}
            campaigns = self._campaigns({*found, *(campaign for campaign in pressed_in if campaign is not None)})
            named = {other for each in campaigns.values() for other in (each.follows, each.test_of)
                     if other is not None} - campaigns.keys()
            notes = tuple(note for profile in self._profiles("person_notes")
                          if (note := self._notes.of(profile, phone)) is not None)
            person = Person(phone, refusals=refusals, changes=changes, consents=consents,
                            others=campaigns | self._campaigns(named), notes=notes,
                            details=self._details(campaigns, calls))
        totals = self._figures.totals_of(list(found))
        listed = (PersonCampaign(
            campaigns[campaign], totals.get(campaign, NO_TOTALS), tuple(each.rows), tuple(each.dropped),
            tuple(sorted(calls.get(campaign, ()), key=lambda call: call.order, reverse=True)), each.final)
            for campaign, each in found.items())
        return replace(person, campaigns=tuple(sorted(
            listed, key=lambda each: (each.last_at, each.campaign.id), reverse=True)))

    def _lists(self, phone: str) -> dict[int, _Found]:
        found: dict[int, _Found] = {}
        for row in self._among(_LISTED, [phone]):
            each = found.setdefault(row["campaign"], _Found())
            each.rows.append(number_of(row))
            if row["called"] is not None:
                each.places.add(int(row["called"]))
                each.final = bool(row["final"])
        return found

    def _calls(self, found: dict[int, _Found]) -> dict[int, list[Attempt]]:
        places = [(campaign, place) for campaign, each in found.items() for place in sorted(each.places)]
        notified, recorded = (list(self._at(table, places)) for table in _TABLES)
        calls: dict[int, list[Attempt]] = {}
        for (campaign, _), attempts in calls_in(
                notified, recorded, lambda row: (int(row["campaign_id"]), int(row["position"]))).items():
            calls.setdefault(campaign, []).extend(attempts)
        return calls

    def _details(self, campaigns: Mapping[int, Campaign],
                 calls: Mapping[int, Sequence[Attempt]]) -> dict[tuple[str, str], CallDetail]:
        asked: dict[str, set[str]] = {}
        for campaign, attempts in calls.items():
            asked.setdefault(campaigns[campaign].profile, set()).update(call.call_uuid for call in attempts)
        return {(profile, uuid): detail for profile, uuids in asked.items()
                for uuid, detail in self._call_details.among(profile, uuids).items()}

    def _at(self, table: Sql, places: Sequence[tuple[int, int]]) -> Iterator[Row]:
        for first in range(0, len(places), _AT_ONCE):
            some = places[first:first + _AT_ONCE]
            yield from self._database.all(sql(_CALLS, asked=value_rows(2, len(some)), table=table),
                                          [value for place in some for value in place])

    def _campaigns(self, wanted: Collection[int]) -> dict[int, Campaign]:
        return {row["id"]: campaign_of(row) for row in self._among(ASKED_CAMPAIGNS, wanted)}

    def _refusals(self, reported: Collection[str]) -> Iterator[Refusal]:
        """By profile: our own list first, then the file, then the provider."""
        found = [Refusal(row["profile"], Cause(row["why"]), moment(row["added_at"]), row["campaign_id"],
                         row["reason"], row["by_user"])
                 for profile in self._profiles("do_not_call") for row in self._among(_ON_LIST, reported, profile)]
        found += [Refusal(row["profile"], Cause(row["source"]), when(row["fetched_at"]))
                  for profile in self._profiles("suppressed") for row in self._among(_OF_OTHERS, reported, profile)]
        return iter(sorted(found, key=lambda each: (each.profile, each.source.rank)))

    def _changes(self, reported: Collection[str]) -> tuple[ListChange, ...]:
        found = [ListChange(profile, change) for profile in self._profiles("do_not_call_history")
                 for phone in reported for change in self._do_not_call.history(profile, phone)]
        return tuple(sorted(found, key=lambda each: each.change.at, reverse=True))

    def _consents_of(self, reported: Collection[str]) -> Iterator[PersonConsents]:
        for profile in self._profiles("consent_imports"):
            known = self._consents.current(profile)
            if known is not None:
                yield PersonConsents(profile, known.file_at, tuple(self._consents.said_of(profile, reported)))

    def _profiles(self, table: str) -> list[str]:
        return [str(row["profile"]) for row in self._database.all(sql(_PROFILES, table=names(table)))]


def _reported(phone: str) -> tuple[str, ...]:
    """As the number stands where the provider has named it: of those abroad it leaves out the 00."""
    return (phone, phone.removeprefix("00")) if phone.startswith("00") else (phone,)
