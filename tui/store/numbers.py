"""The list of a campaign: who is called, which rows can't be, and taking back what was done to it."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import islice
from typing import Any, Final

from tui.campaign.numbering import Kind
from tui.campaign.reason import Reason
from tui.store.database import Row
from tui.store.errors import Changed, NoSuchNumber
from tui.store.list_building import Builder, odd_rows
from tui.store.list_changes import BY_HAND, ListChanges
from tui.store.list_values import DroppedNumber, Hits, Marks, NumberRow, StepKind, StoredNumber, Summary, Which
from tui.store.lists import LIST, count, number_of
from tui.store.part import EDITABLE
from tui.store.rows import legible, literally, moment, reason_columns, reason_of

_BATCH: Final = 2_000
_STRETCH: Final = 50_000  # rows that a search looks through at once
_KINDS: Final = {Which(kind): kind for kind in Kind}
_CONDITIONS: Final = {
    Which.ALL: "",
    Which.PROBLEMS: "AND problem IS NOT NULL",
    Which.NOT_VALID: "AND valid = 0 AND problem IS NULL",
    Which.DUPLICATES: "AND duplicate_of IS NOT NULL",
    # Each by the index that it has.
    **{which: f"AND kind = '{kind}' AND kind <> 'mobile' AND problem IS NULL" for which, kind in _KINDS.items()},
    Which.MOBILE: "AND kind = 'mobile' AND problem IS NULL",
}
_COUNTED: Final = {
    Which.ALL: "",
    Which.PROBLEMS: "AND problem <> ''",
    Which.NOT_VALID: "AND valid = 0 AND problem = ''",
    Which.DUPLICATES: "AND duplicate = 1",
    **{which: f"AND kind = '{kind}' AND problem = ''" for which, kind in _KINDS.items()},
}
_INDEXES: Final = {
    Which.ALL: "",
    Which.PROBLEMS: "INDEXED BY numbers_bad",
    Which.NOT_VALID: "INDEXED BY numbers_not_valid",
    Which.DUPLICATES: "INDEXED BY numbers_duplicate",
    **dict.fromkeys(_KINDS, "INDEXED BY numbers_by_kind"),
    Which.MOBILE: "",
}
_OF_CAMPAIGN: Final = f"SELECT * FROM numbers {{index}} WHERE list_id = {LIST}"  # noqa: S608 - our own texts
_DROPPED: Final = "campaign_id = ? AND why IS NOT NULL AND back_step_id IS NULL"


class Numbers(ListChanges):
    """All changes are for editable campaigns alone: WrongState, NoSuchCampaign. Each is one more revision."""

    def add(self, campaign: int, rows: Iterable[NumberRow]) -> Summary:
        """Append rows, however many; all of them or, where anything fails (also in `rows` itself), none.

        A row without a problem whose phone an earlier one has is marked as its duplicate. Changed where the list is
        changed while a long one is read.
        """
        waiting = iter(rows)
        with closing(self.building(campaign)) as builder:
            while batch := list(islice(waiting, _BATCH)):
                builder.put((), odd_rows(batch, builder.next_position))
            builder.finish()
        return self.summary(campaign)

    def building(self, campaign: int, *, replace: bool = False) -> Builder:
        """What takes rows in one after another, as `add` does; in the place of those that there are where asked."""
        return Builder(self._context, campaign, replace=replace)

    def page(self, campaign: int, offset: int, limit: int, *, which: Which = Which.ALL,
             only_bad: bool = False) -> list[StoredNumber]:
        """`limit` rows from the `offset`-th on, of those that a filter names; `only_bad`: of those with a problem."""
        which = Which.PROBLEMS if only_bad else which
        with self._database.read():
            return self._page(campaign, offset, limit, which)

    def search(self, campaign: int, words: str, *, which: Which = Which.ALL, after: int = 0) -> Hits:
        """Look for rows in which each word is in the phone, as sent or typed, or in the phrase; a stretch at a time.

        What is to be looked through next begins after `Hits.to`.
        """
        end = self._database.number("SELECT next_position - 1 FROM campaigns WHERE id = ?", (campaign,))
        to = min(after + _STRETCH, end)
        values: dict[str, Any] = {"campaign": campaign, "after": after, "to": to}
        conditions = []
        for place, word in enumerate(words.split()):
            name, sent = f"word{'_' * place}", f"sent{'_' * place}"
            # 0532… is typed, 90532… is sent.
            digits = (word.lstrip("0") or word) if word.isdecimal() else word
            values |= {name: f"%{literally(word)}%", sent: f"%{literally(digits)}%"}
            conditions.append(f"AND (phone LIKE :{sent} ESCAPE '!' OR typed LIKE :{name} ESCAPE '!' "
                              f"OR phrase LIKE :{name} ESCAPE '!')")
        rows = self._database.all(
            f"SELECT position FROM numbers WHERE list_id = {LIST} AND position > :after AND position <= :to "  # noqa: S608 - our own texts
            f"{_CONDITIONS[which]} {' '.join(conditions)} ORDER BY position", values)
        return Hits(array("q", [row[0] for row in rows]), to if to < end else None)

    def at(self, campaign: int, positions: Iterable[int]) -> list[StoredNumber]:
        """The rows at some positions, in the order in which they are asked for; those that there are."""
        asked = list(positions)
        found = {int(row["position"]): row for row in self._among(
            "SELECT numbers.* FROM asked CROSS JOIN numbers "
            "WHERE list_id = (SELECT list FROM campaigns WHERE id = ?) AND position = asked.value", asked, campaign)}
        with legible(self._database):
            return [number_of(found[position]) for position in asked if position in found]

    def replace(self, campaign: int, position: int, row: NumberRow) -> StoredNumber:
        """Put another row in the place of one. NoSuchNumber where it has gone."""
        with self._database.write():
            list_ = self._editable_list(campaign)
            before = self._row(campaign, position)
            step = self._step(campaign, StepKind.EDIT, 1)
            self._remember(step, list_, None, "AND position = :position", position=position)
            with self._recounted(list_, {before.phone, row.phone}, [position]):
                self._database.run(
                    "UPDATE numbers SET typed = ?, phone = ?, phrase = ?, lang = ?, problem = ?, problem_params = ?, "
                    "kind = ?, valid = ?, line = ?, duplicate_of = NULL WHERE list_id = ? AND position = ?",
                    (row.typed, row.phone, row.phrase, row.lang, *reason_columns(row.problem), row.kind or "",
                     int(row.valid), row.line, list_, position))
            self._edited(campaign)
            return self._row(campaign, position)

    def drop(self, campaign: int, positions: Iterable[int]) -> int:
        """Take rows out by hand; those that have gone already are passed over. How many went."""
        with self._database.write():
            list_ = self._editable_list(campaign)
            phones = {row.position: row.phone for row in self.at(campaign, sorted(set(positions)))}
            if not phones:
                return 0
            step = self._step(campaign, StepKind.DROP, len(phones))
            with self._recounted(list_, set(phones.values()), phones):
                for position in phones:
                    self._remember(step, list_, Reason(BY_HAND), "AND position = :position", position=position)
                    self._database.run("DELETE FROM numbers WHERE list_id = ? AND position = ?", (list_, position))
            self._edited(campaign)
            return len(phones)

    def drop_which(self, campaign: int, which: Which) -> int:
        """Take out all rows that a filter names, which is not ALL; each is remembered with the reason. How many went.

        Of duplicates the first of each stays. By the other filters the rows of a phone go together, or it has no mark:
        the marks of the rest stay right.
        """
        if which is Which.ALL:
            raise ValueError(which)
        condition, index = _CONDITIONS[which], _INDEXES[which]
        with self._database.write():
            list_ = self._editable_list(campaign)
            many = self._many(campaign, which)
            if many:
                step = self._step(campaign, StepKind.DROP, many)
                count(self._database, list_, -1, condition, index)
                self._remember(step, list_, Reason(f"store.dropped.{which}"), condition, index)
                self._database.run(f"DELETE FROM numbers {index} WHERE list_id = ? {condition}", (list_,))  # noqa: S608 - our own texts
                self._edited(campaign)
            return many

    def drop_marked(self, campaign: int, marks: Marks) -> int:
        """Take out rows that were looked up; each is remembered with what was found. How many went.

        Changed where the list was changed since.
        """
        reasons = {cause: reason_columns(reason) for cause, reason in marks.reasons.items()}
        with self._database.write():
            list_ = self._editable_list(campaign)
            if self._last_step(campaign) != marks.step:
                raise Changed(self._naming("store.list_changed", campaign))
            if not marks.positions:
                return 0
            step = self._step(campaign, StepKind.DROP, len(marks))
            self._database.run("DROP TABLE IF EXISTS chosen")
            self._database.run("CREATE TEMP TABLE chosen (place INTEGER PRIMARY KEY, why TEXT, why_params TEXT)")
            self._database.load("chosen", ("place", "why", "why_params"), (
                (position, *reasons[cause]) for position, cause in zip(marks.positions, marks.causes, strict=True)))
            condition = "AND position IN (SELECT place FROM chosen)"
            count(self._database, list_, -1, condition)
            self._remember_chosen(step, list_)
            self._database.run(f"DELETE FROM numbers WHERE list_id = ? {condition}", (list_,))  # noqa: S608 - our own texts
            self._database.run("DROP TABLE chosen")
            self._edited(campaign)
            return len(marks)

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
        return self._database.number(f"SELECT count(*) FROM dropped_numbers WHERE {_DROPPED}", (campaign,))  # noqa: S608 - our own texts

    def dropped(self, campaign: int, offset: int, limit: int) -> list[DroppedNumber]:
        """`limit` of the rows that were taken out and are not back, from the `offset`-th on; the newest first."""
        rows = self._database.all(
            f"SELECT * FROM dropped_numbers WHERE {_DROPPED} ORDER BY id DESC LIMIT ? OFFSET ?",  # noqa: S608 - our own texts
            (campaign, limit, offset))
        with legible(self._database):
            return [_dropped_of(row) for row in rows]

    def each_dropped(self, campaign: int) -> Iterator[DroppedNumber]:
        """All of them in the order in which they were taken out, a batch at a time."""
        last = 0
        while rows := self._database.all(
                f"SELECT * FROM dropped_numbers WHERE {_DROPPED} AND id > ? ORDER BY id LIMIT ?",  # noqa: S608 - our own texts
                (campaign, last, _BATCH)):
            with legible(self._database):
                yield from [_dropped_of(row) for row in rows]
            last = rows[-1]["id"]

    def bring_back(self, campaign: int, ids: Iterable[int] | None = None) -> int:
        """Put rows that were taken out at the list's end, all of them unless `ids` name some. How many came back."""
        with self._database.write():
            list_ = self._editable_list(campaign)
            chosen = None if ids is None else sorted(set(ids))
            rows = self._database.all(f"SELECT id FROM dropped_numbers WHERE {_DROPPED} ORDER BY id", (campaign,))  # noqa: S608 - our own texts
            back = [row["id"] for row in rows if chosen is None or row["id"] in chosen]
            if back:
                self._bring_back(campaign, list_, back)
            return len(back)

    def summary(self, campaign: int) -> Summary:
        """The list in figures. NoSuchCampaign."""
        with self._database.read():
            row = self._database.one("SELECT numbers, bad_numbers, duplicate_numbers, callable_with_phrase "
                                     "FROM campaigns WHERE id = ?", (campaign,))
            if row is None:
                raise self._refusal(campaign)
            alike = self._database.all(
                "SELECT problem, kind, valid, sum(many) AS many FROM number_counts "  # noqa: S608 - our own texts
                f"WHERE list_id = {LIST} GROUP BY problem, kind, valid HAVING sum(many) > 0", {"campaign": campaign})
            bad = self._page(campaign, 0, 1, Which.PROBLEMS) if row["bad_numbers"] else []
            steps = self._steps(campaign, 1)
        problems: Counter[str] = Counter()
        kinds: Counter[Kind] = Counter()
        with legible(self._database):
            for each in alike:
                if each["problem"]:
                    problems[each["problem"]] += each["many"]
                elif each["kind"]:
                    kinds[Kind(each["kind"])] += each["many"]
        return Summary(
            total=row["numbers"], bad=row["bad_numbers"], duplicates=row["duplicate_numbers"],
            callable=row["numbers"] - row["bad_numbers"] - row["duplicate_numbers"],
            with_phrase=row["callable_with_phrase"], first_bad=bad[0] if bad else None,
            problems=dict(sorted(problems.items(), key=lambda each: (-each[1], each[0]))),
            invalid=sum(each["many"] for each in alike if not each["problem"] and not each["valid"]),
            kinds=dict(kinds), undo=steps[0] if steps else None,
        )

    def each(self, campaign: int) -> Iterator[StoredNumber]:
        """The rows that are called, in order, a batch at a time.

        No transaction is held meanwhile: that the list is still the same is what the ledger's revision tells.
        """
        position = 0
        while True:
            rows = self._database.all(
                f"{_OF_CAMPAIGN.format(index='')} AND position > :position AND problem IS NULL "
                "AND duplicate_of IS NULL ORDER BY position LIMIT :many",
                {"campaign": campaign, "position": position, "many": _BATCH})
            if not rows:
                return
            with legible(self._database):
                batch = [number_of(row) for row in rows]
            yield from batch
            position = batch[-1].position

    def _page(self, campaign: int, offset: int, limit: int, which: Which) -> list[StoredNumber]:
        many = self._many(campaign, which)
        limit = max(0, min(limit, many - offset))
        # From the nearer end: what comes before has to be passed over row by row.
        backwards = offset > many // 2
        order = "DESC" if backwards else "ASC"
        rows = self._database.all(
            f"{_OF_CAMPAIGN.format(index=_INDEXES[which])} {_CONDITIONS[which]} "
            f"ORDER BY position {order} LIMIT :limit OFFSET :offset",
            {"campaign": campaign, "limit": limit, "offset": many - offset - limit if backwards else offset})
        with legible(self._database):
            return [number_of(row) for row in (reversed(rows) if backwards else rows)]

    def _many(self, campaign: int, which: Which) -> int:
        """How many rows a filter names, as it is kept up."""
        return self._database.number(
            f"SELECT coalesce(sum(many), 0) FROM number_counts WHERE list_id = {LIST} {_COUNTED[which]}",  # noqa: S608 - our own texts
            {"campaign": campaign})

    def _row(self, campaign: int, position: int) -> StoredNumber:
        found = self.at(campaign, [position])
        if not found:
            raise NoSuchNumber(position)
        return found[0]


def _dropped_of(row: Row) -> DroppedNumber:
    why = reason_of(row["why"], row["why_params"])
    if why is None:
        raise ValueError(row["id"])
    return DroppedNumber(
        id=row["id"], at=moment(row["at"]), why=why, typed=row["typed"], phone=row["phone"], phrase=row["phrase"],
        lang=row["lang"], problem=reason_of(row["problem"], row["problem_params"]), line=row["line"])
