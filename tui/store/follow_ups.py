"""The next campaign, made of the results of one: its numbers with what stands beside them, and where they came from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from contextlib import closing
from typing import Any, Final

from msgspec.structs import replace

from tui.campaign.lifecycle import State
from tui.campaign.menu import refusals
from tui.campaign.parsed_draft import ParsedDraft
from tui.campaign.phone import validate_phone
from tui.store.arrivals import last_arrival
from tui.store.cause_search import OF_OTHERS
from tui.store.columns import filter_of, filter_text, moment, object_of, origin_of
from tui.store.database import Database
from tui.store.lists import BY_ENDING, STRETCH, GrowingList, count, make_table, stretches, sum_up
from tui.store.repository import ANY, Repository
from tui.store.result_values import FIRST_UNLISTED, FollowUp, Lineage
from tui.store.results import Selection
from tui.store.sql import Sql, literals, named_marks, sql
from tui.store.values import ResultFilter

# Of those that a filter names: where each comes from, and why it might be left out.
_CHOSEN: Final = """
SELECT chosen.position AS position, chosen.phone AS phone, chosen.typed AS typed, chosen.phrase AS phrase,
    chosen.lang AS lang, chosen.kind AS kind, chosen.valid AS valid, chosen.reference AS reference,
    chosen.answered AS answered, chosen.status AS status, chosen.digit AS digit, chosen.last_at AS last_at,
    CASE WHEN chosen.position >= {first_unlisted} THEN 1 ELSE 0 END AS stranger,
    CASE WHEN do_not_call.phone IS NOT NULL
        OR EXISTS (SELECT 1 FROM suppressed WHERE suppressed.profile = :profile
            AND suppressed.source IN ({others}) AND suppressed.phone = chosen.phone)
        OR (chosen.answered = 1 AND chosen.digit <> '' AND chosen.digit IN (:opt_out, :opt_out_wrong))
        THEN 1 ELSE 0 END AS refused,
    CASE WHEN chosen.answered = 0 AND chosen.status IN ({hopeless}) THEN chosen.status ELSE '' END AS hopeless,
    1 - chosen.final AS may_call
FROM ({rows}) AS chosen LEFT JOIN do_not_call ON do_not_call.profile = :profile AND do_not_call.phone = chosen.phone
"""
_COUNT: Final = """
SELECT stranger, refused, answered, hopeless, may_call, count(*) AS many FROM ({chosen}) AS judged
GROUP BY stranger, refused, answered, hopeless, may_call
"""
_KEPT: Final = sql("""
(refused = 0 OR :with_refused = 1) AND (answered = 0 OR :with_answered = 1) AND hopeless = ''
AND (may_call = 0 OR :with_open = 1)""")
# Beside the database, so that it is held only while rows are moved into it.
FOLLOWED: Final = sql("""
place INTEGER PRIMARY KEY, typed TEXT, phone TEXT, phrase TEXT, lang TEXT, kind TEXT, valid INTEGER, reference TEXT""")
_FOLLOW: Final = """
INSERT INTO followed SELECT row_number() OVER (ORDER BY position), typed, phone, phrase, lang, kind, valid, reference
FROM ({chosen}) AS judged WHERE stranger = 0 AND {kept}
"""
_MOVE: Final = sql("""
INSERT INTO numbers (list_id, by_ending, position, typed, phone, phrase, lang, kind, valid, reference)
SELECT :new, {by_ending}, place, typed, phone, phrase, lang, kind, valid, reference FROM followed
WHERE place > :after AND place <= :to ORDER BY place
""", by_ending=BY_ENDING)
_STRANGERS: Final = "SELECT phone FROM ({chosen}) AS judged WHERE stranger = 1 AND {kept} ORDER BY position"
_ADD_STRANGER: Final = "INSERT INTO followed VALUES (?, ?, ?, '', '', ?, ?, '')"
_PLACES: Final = sql("SELECT place AS position FROM followed WHERE place > :after")
_FOLLOWING: Final = """
SELECT id, fields, follows_filter, follows_plan, created_at,
    EXISTS (SELECT 1 FROM successions WHERE successor_id = campaigns.id) AS replaces
FROM campaigns WHERE follows = ? ORDER BY id
"""


def move_followed(database: Database, list_: int) -> None:
    """Move the rows of the table `followed` into a list that nobody points to yet, bit by bit. Needs no transaction."""
    for after, to in stretches(database, _PLACES, {}):
        with database.write():
            database.run(_MOVE, {"new": list_, "after": after, "to": to})
            count(database, list_, 1, STRETCH, after=after, to=to)


class FollowUps(Repository):
    """A follow-up is a draft of its own: what comes in of the campaign's results afterwards doesn't change it."""

    def make(self, campaign: int, filter: ResultFilter, fields: Mapping[str, str], *,  # noqa: A002 - what it is called
             with_answered: bool = False, with_refused: bool = False, without: Collection[str] = (),
             with_open: bool = True) -> FollowUp:
        """A draft with `fields` and the numbers that a filter of a campaign's results names; all of it or none.

        Who has answered is left out unless asked for, and so is who pressed the opt-out key or must not be called. So
        is whoever has one of the statuses `without` last and, where not `with_open`, whoever the campaign itself
        may still call. NoSuchCampaign.
        """
        knows = last_arrival(self._database)
        make_table(self._database, "followed", FOLLOWED)
        chosen, values = self.chosen(campaign, filter, with_answered=with_answered, with_refused=with_refused,
                                      without=without, with_open=with_open)
        self._database.run(sql(_FOLLOW, chosen=chosen, kept=_KEPT), values)
        first = self._database.number("SELECT count(*) FROM followed") + 1
        with self._database.read():
            judged = self._judge(chosen, values)
            unlisted = [validate_phone(phone) for phone in self._strangers(chosen, values) if _callable(phone)]
        judged = replace(judged, numbers=first - 1 + len(unlisted))
        self._database.run_many(_ADD_STRANGER, [
            (place, found.phone, found.phone, found.kind or "", int(found.valid))
            for place, found in enumerate(unlisted, start=first)])
        with closing(GrowingList(self._context, judged.numbers)) as growing:
            move_followed(self._database, growing.list)
            self._database.make_lasting()
            with self._database.write():
                self._require(campaign, ANY)
                draft = self._insert(values["profile"], fields, State.DRAFT, follows=campaign, knows=knows,
                                     follows_filter=filter_text(filter), next_position=judged.numbers + 1)
                growing.hand_over(draft)
                sum_up(self._database, draft)
        return replace(judged, draft=draft)

    def preview(self, campaign: int, filter: ResultFilter, *, with_answered: bool = False,  # noqa: A002 - as in `make`
                with_refused: bool = False, without: Collection[str] = (), with_open: bool = True) -> FollowUp:
        """What `make` would do; its draft is 0. NoSuchCampaign."""
        with self._database.read():
            return self._judge(*self.chosen(campaign, filter, with_answered=with_answered,
                                             with_refused=with_refused, without=without, with_open=with_open))

    def of(self, campaign: int) -> list[Lineage]:
        """The campaigns that follow one, in the order in which they were made."""
        rows = self._database.all(_FOLLOWING, (campaign,))
        with self._database.legible():
            return [Lineage(row["id"], object_of(row["fields"]).get("name", ""),
                            filter_of(row["follows_filter"]) or ResultFilter(), moment(row["created_at"]),
                            origin_of(row["follows_plan"]), replaces=bool(row["replaces"]))
                    for row in rows]

    def chosen(self, campaign: int, chosen: ResultFilter, *, with_answered: bool, with_refused: bool,
                without: Collection[str], with_open: bool) -> tuple[Sql, dict[str, Any]]:
        """The statement of those that a filter names, each judged; and its values. NoSuchCampaign."""
        row = self._database.one("SELECT profile, fields, called_again FROM campaigns WHERE id = ?", (campaign,))
        if row is None:
            raise self._refusal(campaign)
        with self._database.legible():
            keys = refusals(ParsedDraft(object_of(row["fields"])).opt_out) or ("", "")
        selection = Selection(campaign, chosen, ends=not row["called_again"])
        hopeless = {f"hopeless_{place}": status for place, status in enumerate(without)}
        statement = sql(_CHOSEN, rows=selection.rows(), hopeless=named_marks(hopeless), first_unlisted=FIRST_UNLISTED,
                        others=literals(OF_OTHERS))
        return statement, {
            **selection.values, "profile": row["profile"], "opt_out": keys[0], "opt_out_wrong": keys[1],
            "with_answered": int(with_answered), "with_refused": int(with_refused),
            "with_open": int(with_open), **hopeless}

    def _judge(self, chosen: Sql, values: Mapping[str, Any]) -> FollowUp:
        kept = refused = answered = still = 0
        hopeless: Counter[str] = Counter()
        for row in self._database.all(sql(_COUNT, chosen=chosen), values):
            if row["refused"] and not values["with_refused"]:
                refused += row["many"]
            elif row["answered"] and not values["with_answered"]:
                answered += row["many"]
            elif row["hopeless"]:
                hopeless[row["hopeless"]] += row["many"]
            elif row["may_call"] and not values["with_open"]:
                still += row["many"]
            else:
                kept += row["many"]
        not_callable = sum(not _callable(phone) for phone in self._strangers(chosen, values))
        return FollowUp(draft=0, numbers=kept - not_callable, refused=refused, answered=answered,
                        not_callable=not_callable, hopeless=dict(hopeless), open=still)

    def _strangers(self, chosen: Sql, values: Mapping[str, Any]) -> list[str]:
        """The phones of those kept that aren't in the list."""
        return [row["phone"] for row in self._database.all(sql(_STRANGERS, chosen=chosen, kept=_KEPT), values)]


def _callable(phone: str) -> bool:
    return validate_phone(phone).phone == phone
