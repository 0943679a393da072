"""Changes of a campaign's list, each of which can be taken back: steps, and the rows that they took away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Final

from tui.campaign.reason import Reason
from tui.store.list_values import Step, StepKind
from tui.store.lists import COLUMNS, count, mark_new, mark_phones, own_list, tell
from tui.store.part import EDITABLE, EDITED, Part
from tui.store.rows import legible, moment, reason_columns

BY_HAND: Final = "store.dropped.by_hand"
_MOST_STEPS: Final = 20
_AT_ONCE: Final = 5_000
_NAMES: Final = ", ".join(COLUMNS)
_REMEMBER: Final = f"""
INSERT INTO dropped_numbers (campaign_id, step_id, at, why, why_params, {_NAMES})
SELECT list_steps.campaign_id, list_steps.id, list_steps.at, {{why}}, {_NAMES}
FROM list_steps CROSS JOIN {{numbers}} WHERE list_steps.id = :step AND list_id = :list {{condition}} ORDER BY position
"""  # noqa: S608 - our own texts
_OF_STEP: Final = "AND position IN (SELECT position FROM dropped_numbers WHERE step_id = :step)"


class ListChanges(Part):
    """The methods that begin with `_` are called within a write transaction, but for those that only read."""

    def steps(self, campaign: int) -> list[Step]:
        """What was done to a list and can be taken back, the last first."""
        return self._steps(campaign, _MOST_STEPS)

    def undo(self, campaign: int) -> Step | None:
        """Take back what was done to a list last: that step, or None where there is none. WrongState, NoSuchCampaign.

        It is as it was before then, with its positions.
        """
        with self._database.write():
            self._require(campaign, EDITABLE)
            found = self._steps(campaign, 1)
            if not found:
                return None
            step = found[0]
            row = self._database.one("SELECT list, next_position FROM list_steps WHERE id = ?", (step.id,))
            before = {"list": row["list"], "next_position": row["next_position"]} if row is not None else {}
            match step.what:
                case StepKind.EDIT:
                    self._undo_rows(campaign, step.id, replaced=True)
                case StepKind.DROP:
                    self._undo_rows(campaign, step.id, replaced=False)
                case StepKind.ADD | StepKind.BRING_BACK:
                    self._cut_off(own_list(self._database, campaign), before["next_position"])
                    self._database.run("UPDATE dropped_numbers SET back_step_id = NULL WHERE back_step_id = ?",
                                       (step.id,))
                    self._set(campaign, EDITABLE, {"next_position": before["next_position"]})
                case StepKind.IMPORT | StepKind.CLEAR:
                    self._set(campaign, EDITABLE, before)
            self._database.run("DELETE FROM dropped_numbers WHERE step_id = ?", (step.id,))
            self._database.run("DELETE FROM list_steps WHERE id = ?", (step.id,))
            self._edited(campaign)
            return step

    def _steps(self, campaign: int, many: int) -> list[Step]:
        rows = self._database.all("SELECT id, what, at, many FROM list_steps WHERE campaign_id = ? "
                                  "ORDER BY id DESC LIMIT ?", (campaign, many))
        with legible(self._database):
            return [Step(row["id"], StepKind(row["what"]), moment(row["at"]), row["many"]) for row in rows]

    def _last_step(self, campaign: int) -> int:
        """By which it is told whether a list is still the same; 0 where nothing was done to it yet."""
        return self._database.number("SELECT coalesce(max(id), 0) FROM list_steps WHERE campaign_id = ?", (campaign,))

    def _editable_list(self, campaign: int) -> int:
        self._require(campaign, EDITABLE)
        return own_list(self._database, campaign)

    def _step(self, campaign: int, what: StepKind, many: int, *, exchanged: bool = False) -> int:
        """Note a step before it is done. `exchanged`: the campaign points to another list then."""
        step = self._database.number(
            "INSERT INTO list_steps (campaign_id, what, at, many, list, next_position) "
            "SELECT id, ?, ?, ?, CASE WHEN ? = 1 THEN list END, next_position FROM campaigns WHERE id = ? RETURNING id",
            (what, self._now(), many, int(exchanged), campaign))
        for row in self._database.all("SELECT id FROM list_steps WHERE campaign_id = ? ORDER BY id DESC "
                                      "LIMIT ? OFFSET ?", (campaign, _MOST_STEPS, _MOST_STEPS)):
            self._forget(row["id"])
        return step

    def _forget(self, step: int) -> None:
        """A step can't be taken back any more; what it dropped stays dropped."""
        self._database.run("DELETE FROM dropped_numbers WHERE step_id = ? AND why IS NULL", (step,))
        self._database.run("DELETE FROM dropped_numbers WHERE back_step_id = ?", (step,))
        self._database.run("UPDATE dropped_numbers SET step_id = NULL WHERE step_id = ?", (step,))
        self._database.run("DELETE FROM list_steps WHERE id = ?", (step,))

    def _remember(self, step: int, list_: int, why: Reason | None, condition: str, index: str = "",
                  **values: int) -> None:
        """Keep rows as they are, before they are changed or go; condition and index as in `count`."""
        code, params = reason_columns(why)
        self._database.run(_REMEMBER.format(why="CAST(:why AS TEXT), CAST(:params AS TEXT)", numbers=f"numbers {index}",
                                            condition=condition),
                           {"step": step, "list": list_, "why": code, "params": params, **values})

    def _remember_chosen(self, step: int, list_: int) -> None:
        """The same of the rows that the table `chosen` names, each with its reason."""
        self._database.run(_REMEMBER.format(why="chosen.why, chosen.why_params", numbers="chosen CROSS JOIN numbers",
                                            condition="AND position = chosen.place"), {"step": step, "list": list_})

    @contextmanager
    def _recounted(self, list_: int, phones: Iterable[str | None], positions: Iterable[int]) -> Iterator[None]:
        """Mark anew and count anew the rows of some phones, and those without one at some positions."""
        named = {phone for phone in phones if phone is not None}
        places = list(positions)
        for sign in (-1, 1):
            for phone in named:
                count(self._database, list_, sign, "AND phone = :phone", "INDEXED BY numbers_by_phone", phone=phone)
            for position in places:
                count(self._database, list_, sign, "AND position = :position AND phone IS NULL", position=position)
            if sign < 0:
                yield
                mark_phones(self._database, list_, named)

    def _undo_rows(self, campaign: int, step: int, *, replaced: bool) -> None:
        list_ = own_list(self._database, campaign)
        by_hand = self._database.all("SELECT position, phone FROM dropped_numbers "
                                     "WHERE step_id = ? AND (why IS NULL OR why = ?)", (step, BY_HAND))
        if not by_hand:  # whole groups of a phone: the marks that they had are right
            self._put_back(list_, step)
            count(self._database, list_, 1, _OF_STEP, step=step)
            return
        positions = [int(row["position"]) for row in by_hand]
        phones = {row["phone"] for row in by_hand}
        if replaced:
            now = self._database.one("SELECT phone FROM numbers WHERE list_id = ? AND position = ?",
                                     (list_, positions[0]))
            phones |= {now["phone"]} if now is not None else set()
        with self._recounted(list_, phones, positions):
            for position in positions if replaced else ():
                self._database.run("DELETE FROM numbers WHERE list_id = ? AND position = ?", (list_, position))
            self._put_back(list_, step)

    def _put_back(self, list_: int, step: int) -> None:
        self._database.run(f"INSERT INTO numbers (list_id, {_NAMES}) SELECT :list, {_NAMES} FROM dropped_numbers "  # noqa: S608 - our own names
                           "WHERE step_id = :step ORDER BY position", {"list": list_, "step": step})

    def _cut_off(self, list_: int, first: int) -> None:
        """Take away what was added from a position on: no row before it is a duplicate of one of these."""
        count(self._database, list_, -1, "AND position >= :first", first=first)
        self._database.run("DELETE FROM numbers WHERE list_id = ? AND position >= ?", (list_, first))

    def _bring_back(self, campaign: int, list_: int, ids: Sequence[int]) -> None:
        first = self._database.number("SELECT next_position FROM campaigns WHERE id = ?", (campaign,))
        step = self._step(campaign, StepKind.BRING_BACK, len(ids))
        waiting = iter(ids)
        columns = ", ".join(name for name in COLUMNS if name not in ("position", "duplicate_of"))
        position = first
        while some := list(islice(waiting, _AT_ONCE)):
            for id_ in some:
                self._database.run(f"INSERT INTO numbers (list_id, position, {columns}) SELECT ?, ?, {columns} "  # noqa: S608 - our own names
                                   "FROM dropped_numbers WHERE id = ?", (list_, position, id_))
                position += 1
            self._database.run_many("UPDATE dropped_numbers SET back_step_id = ? WHERE id = ?",
                                    [(step, id_) for id_ in some])
        mark_new(self._database, list_, first)
        count(self._database, list_, 1, "AND position >= :first", first=first)
        self._set(campaign, EDITABLE, {"next_position": position})
        self._edited(campaign)

    def _edited(self, campaign: int) -> None:
        revision = self._database.number("SELECT revision FROM campaigns WHERE id = ?", (campaign,))
        self._set(campaign, EDITABLE, {**EDITED, "revision": revision + 1})
        tell(self._database, campaign)

