"""Rows that are taken out of a list and brought back: few of them where they are, many with a list made anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, nullcontext
from typing import Final

from tui.campaign.numbering import Kind
from tui.core.reason import Reason
from tui.core.text_keys import TextKeys
from tui.store import list_changes
from tui.store.database import Row
from tui.store.exchange import Exchange
from tui.store.list_changes import BY_HAND, CHOSEN, ListChanges
from tui.store.list_values import DroppedNumber, Marks, StepKind, Which
from tui.store.lists import COLUMNS, LIST, count, make_table, mark_new, stretches
from tui.store.repository import EDITABLE
from tui.store.rows import legible, moment, reason_columns, reason_of

_BATCH: Final = 2_000
KINDS: Final = {Which(kind): kind for kind in Kind}
CONDITIONS: Final = {
    Which.ALL: "",
    Which.PROBLEMS: "AND problem IS NOT NULL",
    Which.NOT_VALID: "AND valid = 0 AND problem IS NULL",
    Which.DUPLICATES: "AND duplicate_of IS NOT NULL",
    # Each by the index that it has.
    **{which: f"AND kind = '{kind}' AND kind <> 'mobile' AND problem IS NULL" for which, kind in KINDS.items()},
    Which.MOBILE: "AND kind = 'mobile' AND problem IS NULL",
}
COUNTED: Final = {
    Which.ALL: "",
    Which.PROBLEMS: "AND problem <> ''",
    Which.NOT_VALID: "AND valid = 0 AND problem = ''",
    Which.DUPLICATES: "AND duplicate = 1",
    **{which: f"AND kind = '{kind}' AND problem = ''" for which, kind in KINDS.items()},
}
INDEXES: Final = {
    Which.ALL: "",
    Which.PROBLEMS: "INDEXED BY numbers_bad",
    Which.NOT_VALID: "INDEXED BY numbers_not_valid",
    Which.DUPLICATES: "INDEXED BY numbers_duplicate",
    **dict.fromkeys(KINDS, "INDEXED BY numbers_by_kind"),
    Which.MOBILE: "",
}
_IN_CHOSEN: Final = "AND position IN (SELECT place FROM chosen)"
_WHY_DROPPED: Final = TextKeys("store.dropped.{}", [which for which in Which if which is not Which.ALL])
_DROPPED: Final = "campaign_id = ? AND why IS NOT NULL AND back_step_id IS NULL"
_TAKEN_OVER: Final = ", ".join(name for name in COLUMNS if name not in ("position", "duplicate_of"))
_PUT_BACK: Final = f"""
INSERT INTO numbers (list_id, position, {_TAKEN_OVER}) SELECT :list, :before + coming.place, {_TAKEN_OVER}
FROM coming CROSS JOIN dropped_numbers
WHERE dropped_numbers.id = coming.id AND coming.place > :after AND coming.place <= :to ORDER BY coming.place
"""  # noqa: S608 - our own names
_NOTE_BACK: Final = """
UPDATE dropped_numbers SET back_step_id = :step
WHERE id IN (SELECT id FROM coming WHERE place > :after AND place <= :to)
"""

Choose = Callable[[int], None]  # fills the table `chosen` with rows of a list


class Dropping(ListChanges):
    """All changes are for editable campaigns alone: WrongState, NoSuchCampaign; Changed where many rows are concerned
    and the list is changed meanwhile. Each is one more revision."""

    def drop(self, campaign: int, positions: Iterable[int]) -> int:
        """Take rows out by hand; those that have gone already are passed over. How many went."""
        places, why = sorted(set(positions)), reason_columns(Reason(BY_HAND))

        def choose(list_: int) -> None:
            self._database.load("chosen", ("place", "why", "why_params"), ((place, *why) for place in places),
                                analyze=False)
            self._database.run("DELETE FROM chosen WHERE place NOT IN (SELECT position FROM chosen CROSS JOIN numbers "
                               "WHERE list_id = ? AND position = place)", (list_,))

        return self._drop(campaign, len(places), choose, by_hand=True)

    def drop_which(self, campaign: int, which: Which) -> int:
        """Take out all rows that a filter names, which is not ALL; each is remembered with the reason. How many went.

        Of duplicates the first of each stays. By the other filters the rows of a phone go together, or it has no mark:
        the marks of the rest stay right.
        """
        if which is Which.ALL:
            raise ValueError(which)
        code, params = reason_columns(Reason(_WHY_DROPPED[which]))

        def choose(list_: int) -> None:
            self._database.run(
                f"INSERT INTO chosen SELECT position, CAST(:why AS TEXT), CAST(:params AS TEXT) FROM numbers "  # noqa: S608 - our own texts
                f"{INDEXES[which]} WHERE list_id = :list {CONDITIONS[which]}",
                {"why": code, "params": params, "list": list_})

        return self._drop(campaign, self._many(campaign, which), choose)

    def drop_marked(self, campaign: int, marks: Marks) -> int:
        """Take out rows that were looked up; each is remembered with what was found. How many went.

        Changed where the list was changed since.
        """
        reasons = {cause: reason_columns(reason) for cause, reason in marks.reasons.items()}

        def choose(_list: int) -> None:
            self._database.load("chosen", ("place", "why", "why_params"), (
                (position, *reasons[cause]) for position, cause in zip(marks.positions, marks.causes, strict=True)))

        return self._drop(campaign, len(marks), choose, last_step=marks.step)

    def drop_bad(self, campaign: int) -> int:
        """Take out all rows with a problem. How many went."""
        return self.drop_which(campaign, Which.PROBLEMS)

    def drop_duplicates(self, campaign: int) -> int:
        """Take out all duplicates; the first of each stays. How many went."""
        return self.drop_which(campaign, Which.DUPLICATES)

    def clear(self, campaign: int) -> int:
        """Take out all rows; what is added next is counted from 1 again. How many went."""
        with self._database.write():
            self._editable_list(campaign)
            many = self._many(campaign, Which.ALL)
            if many:
                self._step(campaign, StepKind.CLEAR, many, exchanged=True)
                self._set(campaign, EDITABLE, {"list": None, "next_position": 1})
                self._edited(campaign)
            return many

    def dropped_count(self, campaign: int) -> int:
        """How many rows were taken out and are not back."""
        return self._database.number(f"SELECT count(*) FROM dropped_numbers WHERE {self._dropped(campaign)}",  # noqa: S608 - our own texts
                                     (campaign,))

    def left_out_count(self, campaign: int) -> int:
        """How many of them were taken out as they must not be called."""
        return self._database.number(
            f"SELECT count(*) FROM dropped_numbers WHERE {self._dropped(campaign)} AND why LIKE 'store.suppressed.%'",  # noqa: S608 - our own texts
            (campaign,))

    def dropped(self, campaign: int, offset: int, limit: int) -> list[DroppedNumber]:
        """`limit` of the rows that were taken out and are not back, from the `offset`-th on; the newest first."""
        rows = self._database.all(
            f"SELECT * FROM dropped_numbers WHERE {self._dropped(campaign)} ORDER BY id DESC LIMIT ? OFFSET ?",  # noqa: S608 - our own texts
            (campaign, limit, offset))
        with legible(self._database):
            return [_dropped_of(row) for row in rows]

    def each_dropped(self, campaign: int) -> Iterator[DroppedNumber]:
        """All of them in the order in which they were taken out, a batch at a time."""
        last, which = 0, self._dropped(campaign)
        while rows := self._database.all(
                f"SELECT * FROM dropped_numbers WHERE {which} AND id > ? ORDER BY id LIMIT ?",  # noqa: S608 - our own texts
                (campaign, last, _BATCH)):
            with legible(self._database):
                yield from [_dropped_of(row) for row in rows]
            last = rows[-1]["id"]

    def bring_back(self, campaign: int, ids: Iterable[int] | None = None) -> int:
        """Put rows that were taken out at the list's end, all of them unless `ids` name some. How many came back."""
        chosen = None if ids is None else sorted(set(ids))
        if (self.dropped_count(campaign) if chosen is None else len(chosen)) > list_changes.FEW:
            return self._bring_back_many(campaign, chosen)
        with self._database.write():
            list_ = self._editable_list(campaign)
            many = self._choose_dropped(campaign, chosen)
            if many:
                first = self._next_position(campaign)
                values = {"list": list_, "before": first - 1, "after": 0, "to": many,
                          "step": self._step(campaign, StepKind.BRING_BACK, many)}
                self._database.run(_PUT_BACK, values)
                self._database.run(_NOTE_BACK, values)
                mark_new(self._database, list_, first)
                count(self._database, list_, 1, "AND position >= :first", first=first)
                self._set(campaign, EDITABLE, {"next_position": first + many})
                self._edited(campaign)
            return many

    def _bring_back_many(self, campaign: int, ids: list[int] | None) -> int:
        base, last, first = self._as_it_is(campaign)
        many = self._choose_dropped(campaign, ids)
        if not many:
            return 0
        with closing(Exchange(self._context, campaign, base, last)) as exchange:
            exchange.begin(StepKind.BRING_BACK, many)
            for stretch in exchange.stretches(first):
                with self._database.write():
                    exchange.copy(stretch)
            self._database.give_way()
            for after, to in stretches(self._database, "SELECT place AS position FROM coming WHERE place > :after", {}):
                values = {"list": exchange.list, "before": first - 1, "after": after, "to": to, "step": exchange.step}
                with self._database.write():
                    self._database.run(_PUT_BACK, values)
                    self._database.run(_NOTE_BACK, values)
                    exchange.count((first - 1 + after, first - 1 + to))
            exchange.finish(first + many)
        return many

    def _drop(self, campaign: int, most: int, choose: Choose, *, by_hand: bool = False,
              last_step: int | None = None) -> int:
        """Take out the rows that are chosen, of which there are as many at most."""
        if most > list_changes.FEW:
            return self._drop_many(campaign, choose, last_step)
        with self._database.write():
            list_ = self._editable_list(campaign)
            if last_step is not None:
                self._must_be_as(campaign, last_step)
            many = self._choose(list_, choose)
            if many:
                step = self._step(campaign, StepKind.DROP, many)
                if by_hand:
                    self._touch(f"SELECT phone FROM numbers WHERE list_id = {list_} {_IN_CHOSEN}")  # noqa: S608 - our own texts
                else:
                    count(self._database, list_, -1, _IN_CHOSEN)
                with self._regrouped(list_) if by_hand else nullcontext():
                    self._remember_chosen(step, list_)
                    self._database.run(f"DELETE FROM numbers WHERE list_id = ? {_IN_CHOSEN}", (list_,))  # noqa: S608 - our own texts
                self._edited(campaign)
            return many

    def _drop_many(self, campaign: int, choose: Choose, last_step: int | None) -> int:
        base, last, next_position = self._as_it_is(campaign)
        if last_step is not None:
            self._must_be_as(campaign, last_step)
        many = self._choose(base, choose)
        if not many:
            return 0
        with closing(Exchange(self._context, campaign, base, last)) as exchange:
            exchange.begin(StepKind.DROP, many)
            for after, to in exchange.stretches(next_position):
                with self._database.write():
                    exchange.copy((after, to), "AND position NOT IN (SELECT place FROM chosen)")
                    self._remember_chosen(exchange.step, base, (after, to))
            exchange.finish(next_position)
        return many

    def _choose(self, list_: int, choose: Choose) -> int:
        """How many rows are chosen. Needs no transaction: the table is beside the database."""
        make_table(self._database, "chosen", CHOSEN)
        choose(list_)
        return self._database.number("SELECT count(*) FROM chosen")

    def _choose_dropped(self, campaign: int, ids: list[int] | None) -> int:
        """Number those that come back, from 1 on; how many. As `_choose`."""
        make_table(self._database, "coming", "place INTEGER PRIMARY KEY, id BIGINT NOT NULL")
        condition = self._dropped(campaign)
        if ids is not None:
            make_table(self._database, "wanted", "id BIGINT PRIMARY KEY")
            self._database.load("wanted", ("id",), ((id_,) for id_ in ids), analyze=False)
            condition += " AND id IN (SELECT id FROM wanted)"
        return self._database.run(
            f"INSERT INTO coming SELECT row_number() OVER (ORDER BY id), id FROM dropped_numbers WHERE {condition}",  # noqa: S608 - our own texts
            (campaign,)).rowcount

    def _as_it_is(self, campaign: int) -> tuple[int, int, int]:
        """A campaign's list, its last step and the next position. WrongState, NoSuchCampaign."""
        with self._database.read():
            self._require(campaign, EDITABLE)
            base = self._database.number("SELECT coalesce(list, 0) FROM campaigns WHERE id = ?", (campaign,))
            return base, self._last_step(campaign), self._next_position(campaign)

    def _next_position(self, campaign: int) -> int:
        return self._database.number("SELECT next_position FROM campaigns WHERE id = ?", (campaign,))

    def _many(self, campaign: int, which: Which) -> int:
        """How many rows a filter names, as it is kept up."""
        return self._database.number(
            f"SELECT coalesce(sum(many), 0) FROM number_counts WHERE list_id = {LIST} {COUNTED[which]}",  # noqa: S608 - our own texts
            {"campaign": campaign})

    def _dropped(self, campaign: int) -> str:
        """What holds of rows that were taken out and are not back: steps that don't count have done neither."""
        steps = [str(row["id"]) for row in self._database.all(
            "SELECT id FROM list_steps WHERE campaign_id = ? AND (holder IS NOT NULL OR gone = 'undone')", (campaign,))]
        if not steps:
            return _DROPPED
        some = ", ".join(steps)
        return (f"campaign_id = ? AND why IS NOT NULL AND (step_id IS NULL OR step_id NOT IN ({some})) "
                f"AND (back_step_id IS NULL OR back_step_id IN ({some}))")


def _dropped_of(row: Row) -> DroppedNumber:
    why = reason_of(row["why"], row["why_params"])
    if why is None:
        raise ValueError(row["id"])
    return DroppedNumber(
        id=row["id"], at=moment(row["at"]), why=why, typed=row["typed"], phone=row["phone"], phrase=row["phrase"],
        lang=row["lang"], problem=reason_of(row["problem"], row["problem_params"]), line=row["line"])
