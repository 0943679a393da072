"""Changes of a campaign's list, each of which can be taken back: steps, and the rows that they took away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Final

from tui.core.reason import Reason
from tui.store.cleanup import Leftovers
from tui.store.errors import Changed
from tui.store.list_values import Step, StepKind
from tui.store.lists import COLUMNS, count, make_table, mark_phones, mark_touched, own_list, tell
from tui.store.repository import EDITABLE, EDITED, Part
from tui.store.rows import legible, moment, reason_columns

BY_HAND: Final = "store.dropped.by_hand"
_MOST_STEPS: Final = 20
FEW: Final = 10_000  # rows that are changed where they are, in one go; more become a list of their own
_WITH_ROWS: Final = frozenset({StepKind.DROP, StepKind.BRING_BACK})
_COUNTS: Final = "holder IS NULL AND gone IS NULL"
CHOSEN: Final = "place INTEGER PRIMARY KEY, why TEXT, why_params TEXT"
_TOUCHED: Final = "AND phone IN (SELECT phone FROM touched)"
_END: Final = 1 << 40  # past every position
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
            exchanged = before.get("list") is not None
            match step.what:
                case StepKind.IMPORT | StepKind.CLEAR:
                    self._set(campaign, EDITABLE, before)
                case StepKind.DROP | StepKind.BRING_BACK if exchanged:
                    self._set(campaign, EDITABLE, before)
                case StepKind.EDIT:
                    self._undo_rows(campaign, step.id, replaced=True)
                case StepKind.DROP:
                    self._undo_rows(campaign, step.id, replaced=False)
                case StepKind.ADD | StepKind.BRING_BACK:
                    self._cut_off(own_list(self._database, campaign), before["next_position"])
                    self._database.run("UPDATE dropped_numbers SET back_step_id = NULL WHERE back_step_id = ?",
                                       (step.id,))
                    self._set(campaign, EDITABLE, {"next_position": before["next_position"]})
            self._take_back(step, exchanged=exchanged)
            self._edited(campaign)
        if exchanged:
            Leftovers(self._context).clear_away()
        return step

    def _take_back(self, step: Step, *, exchanged: bool) -> None:
        """Have a step count no more. What a long one has dropped or brought back is seen to bit by bit."""
        if exchanged and step.what in _WITH_ROWS:
            self._database.run("UPDATE list_steps SET gone = 'undone', list = NULL WHERE id = ?", (step.id,))
            return
        self._database.run("DELETE FROM dropped_numbers WHERE step_id = ?", (step.id,))
        self._database.run("DELETE FROM list_steps WHERE id = ?", (step.id,))

    def _steps(self, campaign: int, many: int) -> list[Step]:
        rows = self._database.all(f"SELECT id, what, at, many FROM list_steps WHERE campaign_id = ? AND {_COUNTS} "  # noqa: S608 - our own texts
                                  "ORDER BY id DESC LIMIT ?", (campaign, many))
        with legible(self._database):
            return [Step(row["id"], StepKind(row["what"]), moment(row["at"]), row["many"]) for row in rows]

    def _last_step(self, campaign: int) -> int:
        """By which it is told whether a list is still the same; 0 where nothing was done to it yet."""
        return self._database.number(
            f"SELECT coalesce(max(id), 0) FROM list_steps WHERE campaign_id = ? AND {_COUNTS}", (campaign,))  # noqa: S608 - as above

    def _must_be_as(self, campaign: int, step: int) -> None:
        """WrongState, NoSuchCampaign; Changed where another step than that was the last."""
        self._require(campaign, EDITABLE)
        if self._last_step(campaign) != step:
            raise Changed(self._naming("store.list_changed", campaign))

    def _editable_list(self, campaign: int) -> int:
        self._require(campaign, EDITABLE)
        return own_list(self._database, campaign)

    def _step(self, campaign: int, what: StepKind, many: int, *, exchanged: bool = False,
              holder: str | None = None) -> int:
        """Note a step before it is done. `exchanged`: the campaign points to another list then.

        `holder`: who is at one that takes long; it counts when that is taken away.
        """
        step = self._database.number(
            "INSERT INTO list_steps (campaign_id, what, at, many, list, next_position, holder) "
            "SELECT id, ?, ?, ?, CASE WHEN ? = 1 THEN list END, next_position, CAST(? AS TEXT) FROM campaigns "
            "WHERE id = ? RETURNING id", (what, self._now(), many, int(exchanged), holder, campaign))
        if holder is None:
            self._forget_old(campaign)
        return step

    def _forget_old(self, campaign: int) -> None:
        for row in self._database.all(
                f"SELECT id, what, many FROM list_steps WHERE campaign_id = ? AND {_COUNTS} ORDER BY id DESC "  # noqa: S608 - our own texts
                "LIMIT ? OFFSET ?", (campaign, _MOST_STEPS, _MOST_STEPS)):
            if row["what"] in _WITH_ROWS and row["many"] > FEW:
                self._database.run("UPDATE list_steps SET gone = 'forgotten', list = NULL WHERE id = ?", (row["id"],))
            else:
                self._forget(row["id"])

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

    def _remember_chosen(self, step: int, list_: int, stretch: tuple[int, int] = (0, _END)) -> None:
        """The same of the rows of a stretch that the table `chosen` names, each with its reason."""
        self._database.run(
            _REMEMBER.format(why="chosen.why, chosen.why_params", numbers="chosen CROSS JOIN numbers",
                             condition="AND position = chosen.place AND place > :after AND place <= :to"),
            {"step": step, "list": list_, "after": stretch[0], "to": stretch[1]})

    @contextmanager
    def _regrouped(self, list_: int) -> Iterator[None]:
        """Mark and count anew the rows of the phones in `touched`, and those without one that `chosen` names."""
        for sign in (-1, 1):
            count(self._database, list_, sign, _TOUCHED, "INDEXED BY numbers_by_phone")
            count(self._database, list_, sign, "AND phone IS NULL AND position IN (SELECT place FROM chosen)")
            if sign < 0:
                yield
                mark_touched(self._database, list_)

    def _touch(self, phones: str) -> None:
        """Make `touched` of phones that a statement finds, some more than once."""
        self._database.run("DROP TABLE IF EXISTS touched")
        # Made of what is found, its texts compare as those do.
        self._database.run(f"CREATE TEMP TABLE touched AS SELECT DISTINCT phone FROM ({phones}) AS found "  # noqa: S608 - our own texts
                           "WHERE phone IS NOT NULL")

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
        by_hand = "FROM dropped_numbers WHERE step_id = :step AND (why IS NULL OR why = :why)"
        make_table(self._database, "chosen", CHOSEN)
        if not self._database.run(f"INSERT INTO chosen (place) SELECT position {by_hand}",
                                  {"step": step, "why": BY_HAND}).rowcount:
            # Whole groups of a phone: the marks that they had are right.
            self._put_back(list_, step)
            count(self._database, list_, 1, _OF_STEP, step=step)
            return
        self._touch(f"SELECT phone FROM dropped_numbers WHERE step_id = {step} UNION ALL SELECT phone FROM numbers "  # noqa: S608 - our own numbers
                    f"WHERE list_id = {list_} AND position IN (SELECT place FROM chosen)")
        with self._regrouped(list_):
            if replaced:
                self._database.run("DELETE FROM numbers WHERE list_id = ? AND position IN (SELECT place FROM chosen)",
                                   (list_,))
            self._put_back(list_, step)

    def _put_back(self, list_: int, step: int) -> None:
        self._database.run(f"INSERT INTO numbers (list_id, {_NAMES}) SELECT :list, {_NAMES} FROM dropped_numbers "  # noqa: S608 - our own names
                           "WHERE step_id = :step ORDER BY position", {"list": list_, "step": step})

    def _cut_off(self, list_: int, first: int) -> None:
        """Take away what was added from a position on: no row before it is a duplicate of one of these."""
        count(self._database, list_, -1, "AND position >= :first", first=first)
        self._database.run("DELETE FROM numbers WHERE list_id = ? AND position >= ?", (list_, first))

    def _edited(self, campaign: int) -> None:
        revision = self._database.number("SELECT revision FROM campaigns WHERE id = ?", (campaign,))
        self._set(campaign, EDITABLE, {**EDITED, "revision": revision + 1})
        tell(self._database, campaign)

