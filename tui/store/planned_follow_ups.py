"""What a follow-up plan makes of a campaign's numbers: each with what decides about it, then drafts of some of them.

A campaign's family is all that was made of its results, of those that these were made of, and so on. A number is called
again as often as a plan allows in all of it; the campaign that was made last of those that have it goes on with it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import ExitStack, closing
from typing import Any, Final

from msgspec import Struct

from tui.campaign.follow_up_plan import Facts, Plan, outcome_of
from tui.campaign.follow_up_times import Half
from tui.campaign.lifecycle import State
from tui.campaign.phone import validate_phone
from tui.core.reason import Reason
from tui.store.arrivals import last_arrival
from tui.store.columns import filter_text, origin_text, when
from tui.store.errors import ChangeRefused
from tui.store.follow_ups import FOLLOWED, FollowUps, move_followed
from tui.store.lists import LIST, GrowingList, make_table, sum_up
from tui.store.repository import ANY, ASKED_CAMPAIGNS, Context, Repository, campaign_of
from tui.store.result_values import FIRST_UNLISTED
from tui.store.results import EVERYBODY
from tui.store.sql import names, sql
from tui.store.sql import numbers as whole_numbers
from tui.store.values import Campaign, PlanOrigin

_TRIES: Final = 3  # while others add to the family
# The campaign that was made of none, then all that were made of it, of these, and so on.
_FAMILY: Final = """
WITH RECURSIVE above (id, follows) AS (
    SELECT id, follows FROM campaigns WHERE id = ?
    UNION
    SELECT campaigns.id, campaigns.follows FROM above JOIN campaigns ON campaigns.id = above.follows),
family (id) AS (
    SELECT id FROM above WHERE follows IS NULL
    UNION
    SELECT campaigns.id FROM family JOIN campaigns ON campaigns.follows = family.id)
SELECT campaigns.id AS id, campaigns.revision AS revision FROM family JOIN campaigns ON campaigns.id = family.id
ORDER BY campaigns.id
"""
# Tables of this connection's own. `place`: of the list, or past it; what else stands in the list is read where a draft
# is made of it. `kind`, `valid`: of those that are in no list.
_WEIGHED: Final = sql("""
place BIGINT, phone TEXT, stranger INTEGER, called INTEGER, answered INTEGER, status TEXT, digit TEXT,
do_not_call INTEGER, still INTEGER, last_at TEXT, earlier INTEGER, taken INTEGER, callable INTEGER, kind TEXT,
valid INTEGER
""")
# What became of a number: there are few of them. `general`: what that is to the plan, `again`: whether it calls such
# again.
_OUTCOMES: Final = sql("""
called INTEGER, answered INTEGER, status TEXT, digit TEXT, outcome TEXT, general TEXT, again INTEGER,
PRIMARY KEY (called, answered, status, digit)
""")
_ROUNDS: Final = sql("""
place BIGINT, campaign INTEGER, called INTEGER, answered INTEGER, status TEXT, digit TEXT, still INTEGER,
taken INTEGER, last_at TEXT, PRIMARY KEY (place, campaign)
""")
_FATES: Final = sql("""
draft INTEGER, outcome TEXT, do_not_call INTEGER, taken INTEGER, still INTEGER, earlier INTEGER, callable INTEGER,
half INTEGER
""")
_TABLES: Final = {"weighed": _WEIGHED, "outcomes": _OUTCOMES, "rounds": _ROUNDS, "fates": _FATES}
_DECIDES: Final = names("outcome", "do_not_call", "taken", "still", "earlier", "callable", "half")
_WEIGH: Final = """
INSERT INTO weighed SELECT position, phone, stranger, CASE WHEN last_at IS NULL THEN 0 ELSE 1 END, answered, status,
    CASE WHEN answered = 1 THEN digit ELSE '' END, refused, CASE WHEN :still = 1 THEN may_call ELSE 0 END, last_at,
    0, 0, 1, NULL, NULL
FROM ({chosen}) AS judged
"""
_KINDS: Final = "SELECT DISTINCT called, answered, status, digit FROM {table}"
_ADD_OUTCOME: Final = "INSERT INTO outcomes VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
_SAME: Final = """
{outcomes}.called = {table}.called AND {outcomes}.answered = {table}.answered AND {outcomes}.status = {table}.status
AND {outcomes}.digit = {table}.digit
"""
_OUTCOME_OF_WEIGHED: Final = sql(_SAME, outcomes=names("outcomes"), table=names("weighed"))
_CALLED: Final = sql("""
coalesce(results.answered, 0), coalesce(results.status, ''),
CASE WHEN results.answered = 1 THEN results.digit ELSE '' END,
CASE WHEN :still = 1 AND (:repeats = 1 OR coalesce(results.final, 0) = 0) THEN 1 ELSE 0 END,
CASE WHEN :taken = 1 OR (:taken = 2 AND results.position IS NOT NULL) THEN 1 ELSE 0 END, results.last_at
""")
_LISTED_ROUND: Final = sql("""
INSERT INTO rounds SELECT weighed.place, :member, CASE WHEN results.position IS NULL THEN 0 ELSE 1 END, {called}
FROM weighed CROSS JOIN outcomes CROSS JOIN numbers INDEXED BY numbers_by_phone LEFT JOIN results
    ON results.campaign_id = :member AND results.position = numbers.position
WHERE {same} AND outcomes.again = 1 AND weighed.do_not_call = 0 AND numbers.list_id = :list
    AND numbers.phone = weighed.phone AND numbers.problem IS NULL AND numbers.duplicate_of IS NULL
""", called=_CALLED, same=_OUTCOME_OF_WEIGHED)
_UNLISTED_ROUND: Final = sql("""
INSERT INTO rounds SELECT weighed.place, :member, 1, {called} FROM weighed CROSS JOIN outcomes CROSS JOIN results
WHERE {same} AND outcomes.again = 1 AND weighed.do_not_call = 0 AND results.campaign_id = :member
    AND results.phone = weighed.phone AND results.position >= {first}
ON CONFLICT DO NOTHING
""", called=_CALLED, same=_OUTCOME_OF_WEIGHED, first=FIRST_UNLISTED)
_LOOK_BACK: Final = sql("""
UPDATE weighed SET
    earlier = (SELECT count(*) FROM rounds CROSS JOIN outcomes CROSS JOIN outcomes AS theirs
        WHERE rounds.place = weighed.place AND rounds.taken = 0 AND {mine} AND {theirs}
            AND theirs.general = outcomes.general),
    taken = (SELECT coalesce(max(rounds.taken * rounds.campaign), 0) FROM rounds WHERE rounds.place = weighed.place),
    still = (SELECT coalesce(max(rounds.still), 0) FROM rounds WHERE rounds.place = weighed.place) + weighed.still,
    last_at = (SELECT max(moments.at) FROM (
        SELECT rounds.last_at AS at FROM rounds WHERE rounds.place = weighed.place
        UNION ALL SELECT weighed.last_at) AS moments)
WHERE EXISTS (SELECT 1 FROM rounds WHERE rounds.place = weighed.place)
""", mine=_OUTCOME_OF_WEIGHED, theirs=sql(_SAME, outcomes=names("theirs"), table=names("rounds")))
# Of a draft's numbers, how many each other campaign of the family has that isn't among those that it was made of.
_SHARED: Final = """
SELECT other.id AS member, count(*) AS many FROM campaigns AS mine CROSS JOIN numbers CROSS JOIN campaigns AS other
    CROSS JOIN numbers AS its INDEXED BY numbers_by_phone
WHERE mine.id = :campaign AND numbers.list_id = mine.list AND numbers.problem IS NULL AND numbers.duplicate_of IS NULL
    AND other.id IN ({others}) AND its.list_id = other.list AND its.phone = numbers.phone AND its.problem IS NULL
    AND its.duplicate_of IS NULL
GROUP BY other.id ORDER BY other.id
"""
_STRANGERS: Final = "SELECT place, phone FROM weighed WHERE stranger = 1"
_BY_STRANGER: Final = "CREATE INDEX weighed_strangers ON weighed (place) WHERE stranger = 1"
_CHECK_STRANGER: Final = "UPDATE weighed SET callable = ?, kind = ?, valid = ? WHERE stranger = 1 AND place = ?"
# Each number with what decides about it. Turkey's hours, three ahead of UTC the whole year round.
_DECIDED: Final = sql("""
SELECT weighed.*, outcomes.outcome AS outcome, CASE WHEN outcomes.again = 0 OR last_at IS NULL THEN -1
    WHEN (CAST(substr(last_at, 12, 2) AS INTEGER) * 60 + CAST(substr(last_at, 15, 2) AS INTEGER) + 180) % 1440 < :middle
    THEN 0 ELSE 1 END AS half
FROM weighed CROSS JOIN outcomes WHERE {same}
""", same=_OUTCOME_OF_WEIGHED)
_GROUPS: Final = sql("""
SELECT {decides}, count(*) AS many, max(last_at) AS last_at FROM ({decided}) AS decided
GROUP BY {decides} ORDER BY {decides}
""", decides=_DECIDES, decided=_DECIDED)
_ADD_FATE: Final = "INSERT INTO fates VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_FOLLOW: Final = sql("""
INSERT INTO followed SELECT row_number() OVER (ORDER BY decided.place), coalesce(numbers.typed, decided.phone),
    decided.phone, coalesce(numbers.phrase, ''), coalesce(numbers.lang, ''), coalesce(numbers.kind, decided.kind),
    coalesce(numbers.valid, decided.valid), coalesce(numbers.reference, '')
FROM ({decided}) AS decided JOIN fates USING ({decides})
LEFT JOIN numbers ON numbers.list_id = {list} AND numbers.position = decided.place
WHERE fates.draft = :draft
""", decided=_DECIDED, decides=_DECIDES, list=LIST)
_HALVES: Final = {-1: None, 0: Half.FIRST, 1: Half.SECOND}


class WeighedGroup(Struct, frozen=True):
    """Numbers that are alike in all that decides about them. `facts.outcome` is as exact as it is known.

    `half`: of the day, in which they were called last; `last_at`: the last call of all of them, aware; None: none was.
    `follow_up`: the campaign that goes on with them, 0 where none does.
    """

    key: tuple[str | int, ...]
    facts: Facts
    numbers: int
    half: Half | None
    last_at: dt.datetime | None
    follow_up: int = 0


class NewDraft(Struct, frozen=True):
    """A draft to be made of some groups."""

    fields: Mapping[str, str]
    origin: PlanOrigin
    groups: Sequence[WeighedGroup]


class Weighing(Struct, frozen=True):
    """How numbers are weighed. `still`: which campaigns of the family may call by themselves still.

    `middle`: what parts the day in two, in minutes since midnight in Turkey.
    """

    plan: Plan
    still: Collection[int]
    middle: int


class PlannedFollowUps(Repository):
    """Drafts that a plan makes: all of them or none."""

    def __init__(self, context: Context, follow_ups: FollowUps) -> None:
        super().__init__(context)
        self._follow_ups = follow_ups

    def family(self, campaign: int) -> list[Campaign]:
        """A campaign and all that it has come from or went on in, in the order in which they were made.

        NoSuchCampaign.
        """
        with self._database.read(), self._database.legible():
            found = {row["id"]: campaign_of(row) for row in self._among(ASKED_CAMPAIGNS, dict(self._members(campaign)))}
        if campaign not in found:
            raise self._refusal(campaign)
        return [found[member] for member in sorted(found)]

    def shared(self, draft: int) -> list[tuple[Campaign, int]]:
        """Campaigns of a draft's family that have numbers of it, and how many: those that call or may call them too.

        Without those that it was made of or that were made of it, deleted ones, and those that were made before it and
        have been launched: what became of its numbers there was known. NoSuchCampaign.
        """
        family = {member.id: member for member in self.family(draft)}
        above = _above(family, draft)
        others = {id_: member for id_, member in family.items() if id_ not in above and draft not in _above(family, id_)
                  and member.state is not State.DELETED and (member.state.editable or id_ > draft)}
        if not others:
            return []
        rows = self._database.all(sql(_SHARED, others=whole_numbers(others)), {"campaign": draft})
        return [(others[row["member"]], int(row["many"])) for row in rows]

    def weigh(self, campaign: int, weighing: Weighing) -> list[WeighedGroup]:
        """All numbers of a campaign, unlisted ones too, in groups. Nothing is made. NoSuchCampaign."""
        try:
            return self._weigh(campaign, weighing)
        finally:
            self._drop_tables()

    def make(self, campaign: int, weighing: Weighing,
             divide: Callable[[Sequence[WeighedGroup]], Sequence[NewDraft]]) -> tuple[list[WeighedGroup], list[int]]:
        """Weigh the numbers and make the drafts into which `divide` puts them: the groups, and the drafts.

        Where somebody has added to the family meanwhile it is all done anew, so that nobody comes into two drafts.
        ChangeRefused where that goes on; NoSuchCampaign; what `divide` raises.
        """
        try:
            for _ in range(_TRIES):
                before, knows = self._members(campaign), last_arrival(self._database)
                groups = self._weigh(campaign, weighing)
                drafts = divide(groups)
                made = self._insert_drafts(campaign, weighing, drafts, before, knows)
                if made is not None:
                    return groups, made
        finally:
            self._drop_tables()
        raise ChangeRefused(Reason("store.family_changes"))

    def _members(self, campaign: int) -> list[tuple[int, int]]:
        return [(row["id"], row["revision"]) for row in self._database.all(_FAMILY, (campaign,))]

    def _weigh(self, campaign: int, weighing: Weighing) -> list[WeighedGroup]:
        database = self._database
        for name, columns in _TABLES.items():
            make_table(database, name, columns)
        chosen, values = self._follow_ups.chosen(campaign, EVERYBODY, with_answered=True, with_refused=False,
                                                 without=(), with_open=True)
        database.run(sql(_WEIGH, chosen=chosen), {**values, "still": int(campaign in weighing.still)})
        self._name_outcomes("weighed", weighing.plan)
        self._check_strangers()
        members = [member for member in self.family(campaign) if member.id != campaign]
        for member in members:
            self._add_round(campaign, member, weighing)
        if members:
            self._name_outcomes("rounds", weighing.plan)
            database.run(_LOOK_BACK)
        with database.legible():
            return [_group(row) for row in database.all(_GROUPS, {"middle": weighing.middle})]

    def _name_outcomes(self, table: str, plan: Plan) -> None:
        """What numbers of a table that was just filled have as their outcomes."""
        self._database.analyze(table)
        rows = []
        for row in self._database.all(sql(_KINDS, table=names(table))):
            outcome = outcome_of(called=bool(row["called"]), answered=bool(row["answered"]), status=row["status"],
                                 digit=row["digit"])
            rows.append((row["called"], row["answered"], row["status"], row["digit"], outcome, plan.place_of(outcome),
                         int(plan.rule(outcome) is not None)))
        self._database.run_many(_ADD_OUTCOME, rows)
        self._database.analyze("outcomes")

    def _check_strangers(self) -> None:
        """Those that aren't in the list are judged as those of a list were."""
        checked = ((row["place"], row["phone"], validate_phone(row["phone"])) for row in self._database.all(_STRANGERS))
        self._database.run(_BY_STRANGER)
        self._database.run_many(_CHECK_STRANGER, [
            (int(found.phone == phone), found.kind or "", int(found.valid), place) for place, phone, found in checked])

    def _add_round(self, campaign: int, member: Campaign, weighing: Weighing) -> None:
        """What became of the numbers in another campaign of the family."""
        if member.state is State.DELETED and member.launched_at is None and not member.adopted:
            return  # it has called nobody, and never will
        taken = member.state.editable or (member.id > campaign and member.state is not State.DELETED)
        values = {"member": member.id, "still": int(member.id in weighing.still),
                  "repeats": int(member.called_again > 0),
                  "taken": 1 if taken else 2 if member.id > campaign else 0}
        row = self._database.one("SELECT list FROM campaigns WHERE id = ?", (member.id,))
        if row is not None and row["list"] is not None:
            self._database.run(_LISTED_ROUND, {**values, "list": row["list"]})
        self._database.run(_UNLISTED_ROUND, values)

    def _insert_drafts(self, campaign: int, weighing: Weighing, drafts: Sequence[NewDraft],
                       before: Sequence[tuple[int, int]], knows: int) -> list[int] | None:
        """The drafts, which know of so many arrivals; None where the family isn't what it was, and nothing was made."""
        database = self._database
        database.run_many(_ADD_FATE, [(place, *group.key) for place, draft in enumerate(drafts)
                                      for group in draft.groups])
        made = []
        with ExitStack() as open_lists:
            lists = []
            for place in range(len(drafts)):
                make_table(database, "followed", FOLLOWED)
                database.run(_FOLLOW, {"campaign": campaign, "draft": place, "middle": weighing.middle})
                rows = database.number("SELECT count(*) FROM followed")
                growing = open_lists.enter_context(closing(GrowingList(self._context, rows)))
                move_followed(database, growing.list)
                lists.append(growing)
            database.make_lasting()
            with database.write():
                self._require(campaign, ANY)
                if self._members(campaign) != before:
                    return None
                profile = str(self._one_profile(campaign))
                for draft, growing in zip(drafts, lists, strict=True):
                    many = sum(group.numbers for group in draft.groups)
                    new = self._insert(profile, draft.fields, State.DRAFT, follows=campaign, knows=knows,
                                       follows_filter=filter_text(EVERYBODY), follows_plan=origin_text(draft.origin),
                                       next_position=many + 1)
                    growing.hand_over(new)
                    sum_up(database, new)
                    made.append(new)
        return made

    def _one_profile(self, campaign: int) -> object:
        row = self._database.one("SELECT profile FROM campaigns WHERE id = ?", (campaign,))
        if row is None:
            raise self._refusal(campaign)
        return row["profile"]

    def _drop_tables(self) -> None:
        for name in (*_TABLES, "followed"):
            self._database.run(sql("DROP TABLE IF EXISTS {name}", name=names(name)))


def _above(family: Mapping[int, Campaign], campaign: int) -> set[int]:
    """A campaign, and those that it was made of."""
    found = set()
    above: int | None = campaign
    while above is not None:
        found.add(above)
        above = family[above].follows
    return found


def _group(row: Any) -> WeighedGroup:  # noqa: ANN401 - a Row
    key = tuple(row[name] for name in _DECIDES.split(", "))
    facts = Facts(row["outcome"], earlier=row["earlier"], do_not_call=bool(row["do_not_call"]),
                  in_follow_up=bool(row["taken"]), still_calling=bool(row["still"]),
                  can_be_called=bool(row["callable"]))
    return WeighedGroup(key, facts, int(row["many"]), _HALVES[row["half"]], when(row["last_at"]), int(row["taken"]))
