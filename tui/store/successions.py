"""Campaigns in the place of others: which follows which, what is known of the former one, who is still to be called.

What a succession has come to follows from both campaigns (`tui/campaign/succession.py`); kept is what doesn't.
"""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Mapping
from contextlib import closing
from typing import Final

from msgspec import Struct

from tui.campaign.lifecycle import AskedBy, State
from tui.campaign.succession import KnownFrom
from tui.core.reason import Reason
from tui.store.arrivals import last_arrival
from tui.store.columns import filter_text, moment, when
from tui.store.database import Row
from tui.store.errors import Changed, NoSuccession, SuccessorUnfit
from tui.store.life_figures import count_added, lists_of
from tui.store.list_values import MarkedRows
from tui.store.lists import BY_ENDING, COLUMNS, STRETCH, GrowingList, count, places_up_to, sum_up
from tui.store.repository import EDITABLE, Repository
from tui.store.sql import names, sql
from tui.store.successor_guard import (
    UNFIT,
    Compared,
    former_of,
    formers_of,
    is_off,
    launched_in_place_of,
    reached,
    unfit_for,
)
from tui.store.values import ResultFilter

_AT_PROVIDER: Final = frozenset({State.ON, State.OFF})
NOT_FINAL: Final = ResultFilter(final=False)

_BEGIN: Final = """
INSERT INTO successions (former_id, begun_at, asked_by, by_user) VALUES (?, ?, ?, ?) RETURNING id
"""
_OPEN: Final = "SELECT * FROM successions WHERE former_id = ? AND given_up_at IS NULL"
_OF_FORMER: Final = "SELECT * FROM successions WHERE former_id = ? ORDER BY given_up_at IS NOT NULL, id DESC LIMIT 1"
_OF_SUCCESSOR: Final = "SELECT * FROM successions WHERE successor_id = ?"
_SUCCEEDED: Final = """
SELECT successions.former_id AS former, successions.successor_id AS successor, campaigns.state AS state
FROM asked CROSS JOIN successions JOIN campaigns ON campaigns.id = successions.successor_id
WHERE successions.former_id = asked.value
"""
_SUCCEEDING: Final = """
SELECT successor_id AS successor, former_id AS former FROM asked CROSS JOIN successions
WHERE successor_id = asked.value
"""
_NOTE_KNOWN: Final = "UPDATE successions SET known_at = ?, known_how = ? WHERE id = ?"
_NOTE_SUCCESSOR: Final = "UPDATE successions SET successor_id = ? WHERE id = ? AND successor_id IS NULL"
_GIVE_UP: Final = "UPDATE successions SET given_up_at = ? WHERE id = ? AND given_up_at IS NULL"
# Of its own list: who has a final result isn't called any more, whatever that is. By itself PostgreSQL would read all
# results for each stretch.
_CARRIED: Final = sql("""
problem IS NULL AND duplicate_of IS NULL AND NOT EXISTS (SELECT 1 FROM results
    WHERE results.campaign_id = :former AND results.position = numbers.position AND results.final = 1
        AND results.position > :after AND results.position <= :to)
""")
_CARRY: Final = sql("""
INSERT INTO numbers (list_id, by_ending, {columns}) SELECT :new, {by_ending}, {columns} FROM numbers
WHERE list_id = :list {stretch} AND {carried} ORDER BY position
""", by_ending=BY_ENDING, columns=names(*COLUMNS), stretch=STRETCH, carried=_CARRIED)
# The same, as it is kept up: a list of a million numbers takes seconds to count.
_COUNT_CARRIED: Final = """
SELECT numbers - bad_numbers - duplicate_numbers - coalesce(final - final_strangers, 0) AS carried,
    coalesce(called - strangers - (final - final_strangers), 0) AS tried
FROM campaigns LEFT JOIN result_totals ON result_totals.campaign_id = campaigns.id WHERE campaigns.id = ?
"""
_LAST_STEP: Final = """
SELECT coalesce(max(id), 0) FROM list_steps WHERE campaign_id = ? AND holder IS NULL AND gone IS NULL
"""
_COUNT_LEFT_OUT: Final = """
SELECT count(*) FROM dropped_numbers WHERE campaign_id = ? AND back_step_id IS NULL
    AND why IN ('store.succession.reached', 'store.succession.final')
"""
_CAUSE: Final = {True: 1, False: 2}
_CAUSES: Final = {1: Reason("store.succession.reached"), 2: Reason("store.succession.final")}


class Succession(Struct, frozen=True):
    """Who takes whose place. Moments are aware, in UTC."""

    id: int
    former: int
    successor: int | None  # None until its draft is made
    begun_at: dt.datetime
    asked_by: AskedBy
    by_user: str
    known_at: dt.datetime | None
    known_from: KnownFrom | None
    given_up_at: dt.datetime | None


class Carried(Struct, frozen=True):
    """How many numbers a successor would call; `tried`: those of them that the former one has called in vain."""

    numbers: int
    tried: int


class Successions(Repository):
    """A succession is `begin`, `note_known` once the former one is off, `make_draft`; then the draft's launch."""

    def begin(self, former: int, asked_by: AskedBy, by_user: str = "") -> Succession:
        """The open succession of a campaign; begun where there is none. Whoever comes second goes on with the first's.

        NoSuccession where its list or whom it has reached can't be known; WrongState where the provider doesn't have
        it; NoSuchCampaign.
        """
        with self._database.write():
            row = self._database.one(_OPEN, (former,))
            if row is None:
                self._require(former, _AT_PROVIDER)
                self._must_be_known(former)
                self._database.run(_BEGIN, (former, self._now(), asked_by, by_user))
                row = self._database.one(_OPEN, (former,))
        if row is None:
            raise self._database.damaged()
        return self._succession(row)

    def of_former(self, campaign: int) -> Succession | None:
        """The succession in which a campaign is replaced: the open one, else the last that was given up."""
        row = self._database.one(_OF_FORMER, (campaign,))
        return None if row is None else self._succession(row)

    def of_successor(self, campaign: int) -> Succession | None:
        """The succession by which a campaign takes another's place."""
        row = self._database.one(_OF_SUCCESSOR, (campaign,))
        return None if row is None else self._succession(row)

    def formers(self, campaign: int) -> list[int]:
        """The campaigns in whose place one stands, the last first: a successor may be replaced in turn."""
        return [former for former, _ in formers_of(self._database, campaign)]

    def succeeding(self, campaigns: list[int]) -> Mapping[int, int]:
        """Of several campaigns those that take another's place: successor → former."""
        return {row["successor"]: row["former"] for row in self._among(sql(_SUCCEEDING), campaigns)}

    def succeeded(self, campaigns: list[int]) -> Mapping[int, int]:
        """Of several campaigns those in whose place another was launched, or may have been: former → successor."""
        return {row["former"]: row["successor"] for row in self._among(sql(_SUCCEEDED), campaigns)
                if row["state"] in ("launching", "unconfirmed", "on", "off")}

    def launched_in_place_of(self, campaign: int) -> int | None:
        """The campaign that was launched in the place of one, or may have been, whatever has become of it since."""
        return launched_in_place_of(self._database, campaign)

    def note_known(self, succession: int, how: KnownFrom, off_since: dt.datetime) -> None:
        """It is known whom the former one has reached. Changed where it isn't off since that moment any more."""
        with self._database.write():
            row = self._row(succession)
            former = former_of(self._database, row["former_id"])
            if not is_off(former) or moment(former["state_at"]) != off_since:
                raise Changed(self._naming("store.succession.former_on", row["former_id"]))
            self._database.run(_NOTE_KNOWN, (self._now(), how, succession))

    def carried(self, former: int) -> Carried:
        """Whom a successor would call, as things are now."""
        row = self._database.one(_COUNT_CARRIED, (former,))
        return Carried(0, 0) if row is None else Carried(int(row["carried"]), int(row["tried"]))

    def make_draft(self, succession: int, fields: Mapping[str, str]) -> int:
        """The draft of the successor: `fields`, and whoever has no final result, each row in the place that it had.

        The one that another has made meanwhile, where one has. SuccessorUnfit where it isn't known whom the former one
        has reached.
        """
        row = self._row(succession)
        if row["successor_id"] is not None:
            return int(row["successor_id"])
        former, knows = int(row["former_id"]), last_arrival(self._database)
        values = {"former": former, "list": self._list(former)}
        with closing(GrowingList(self._context, self.carried(former).numbers)) as growing:
            for after, to in places_up_to(self._database, self._next_position(former)):
                with self._database.write():
                    self._database.run(_CARRY, {**values, "new": growing.list, "after": after, "to": to})
                    count(self._database, growing.list, 1, STRETCH, after=after, to=to)
            self._database.make_lasting()
            with self._database.write():
                row = self._row(succession)
                if row["successor_id"] is not None:
                    return int(row["successor_id"])
                self._must_be_fit(row, former)
                kept = self._database.one("SELECT profile, next_position FROM campaigns WHERE id = ?", (former,))
                assert kept is not None  # noqa: S101 - a succession refers to it
                draft = self._insert(kept["profile"], fields, State.DRAFT, follows=former, knows=knows,
                                     follows_filter=filter_text(NOT_FINAL), next_position=kept["next_position"])
                self._database.run(_NOTE_SUCCESSOR, (draft, succession))
                growing.hand_over(draft)
                sum_up(self._database, draft)
        return draft

    def give_up(self, succession: int) -> bool:
        """Leave the former one as it is. Its draft is put away; whether there was anything to give up.

        WrongState where the successor is launched.
        """
        with self._database.write():
            row = self._row(succession)
            if row["successor_id"] is not None and self._state(row["successor_id"]) != State.DELETED:
                self._set(row["successor_id"], EDITABLE, {"state": State.DELETED})
            return self._database.run(_GIVE_UP, (self._now(), succession)).rowcount > 0

    def reached(self, campaign: int) -> MarkedRows:
        """The rows of a successor's list that are not to be called, as a former one has reached them since.

        Where there is none, that is noted: its launch compares nothing again, unless something comes in until then.
        """
        with self._database.read():
            compared = Compared.now(self._database, campaign)
            found = reached(self._database, campaign)
            step = self._database.number(_LAST_STEP, (campaign,))
            row = self._database.one(_OF_SUCCESSOR, (campaign,))
            added = 0 if found or row is None else count_added(
                self._database, campaign, lists_of(self._database, row["former_id"]))
        if row is not None and not found:
            with self._database.write():
                compared.note(self._database, row["id"], added)
        positions = sorted(found)
        causes = array("q", (_CAUSE[found[position]] for position in positions))
        return MarkedRows(array("q", positions), causes, _CAUSES, step)

    def unfit(self, campaign: int) -> str | None:
        """Why a campaign can't be launched in another's place, as the code of a sentence; None where it can.

        Whom that has reached is not asked: `reached` names them.
        """
        row = self._database.one(_OF_SUCCESSOR, (campaign,))
        why = None if row is None else unfit_for(self._database, row)
        return None if why is None else UNFIT[why]

    def unreadable(self, campaign: int) -> int:
        """How much came for a campaign that could not be read: it may be about anybody in its list."""
        return self._database.number("SELECT count(*) FROM unreadable WHERE campaign_id = ?", (campaign,))

    def left_out(self, campaign: int) -> int:
        """How many rows were taken out of a successor's list as a former one has reached them."""
        return self._database.number(_COUNT_LEFT_OUT, (campaign,))

    def _must_be_known(self, former: int) -> None:
        row = self._database.one("SELECT adopted, called_again, list FROM campaigns WHERE id = ?", (former,))
        if row is None:
            raise self._refusal(former)
        if row["adopted"] or row["list"] is None:
            raise NoSuccession(self._naming("store.succession.no_list", former))
        if row["called_again"]:
            raise NoSuccession(self._naming("store.succession.repeats", former))

    def _must_be_fit(self, row: Row, campaign: int) -> None:
        why = unfit_for(self._database, row)
        if why is not None:
            raise SuccessorUnfit(self._naming(UNFIT[why], campaign))

    def _list(self, campaign: int) -> int:
        return self._database.number("SELECT coalesce(max(list), 0) FROM campaigns WHERE id = ?", (campaign,))

    def _next_position(self, campaign: int) -> int:
        return self._database.number("SELECT next_position FROM campaigns WHERE id = ?", (campaign,))

    def _state(self, campaign: int) -> str:
        row = self._database.one("SELECT state FROM campaigns WHERE id = ?", (campaign,))
        return "" if row is None else str(row["state"])

    def _row(self, succession: int) -> Row:
        row = self._database.one("SELECT * FROM successions WHERE id = ?", (succession,))
        if row is None:
            raise ValueError(f"no succession {succession}")
        return row

    def _succession(self, row: Row) -> Succession:
        with self._database.legible():
            return Succession(
                row["id"], row["former_id"], row["successor_id"], moment(row["begun_at"]), AskedBy(row["asked_by"]),
                row["by_user"], when(row["known_at"]),
                None if row["known_how"] is None else KnownFrom(row["known_how"]), when(row["given_up_at"]))

