"""What the parts of the store share: the database, the clock, and changes of a campaign that its state must allow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Final

from tui.campaign.fields import TYPED_NUMBERS
from tui.campaign.parsed_draft import ParsedDraft
from tui.campaign.states import State
from tui.core.reason import Reason
from tui.store.database import Database, Row
from tui.store.errors import WRONG_STATE, AlreadyKnown, NoSuchCampaign, Refused, WrongState
from tui.store.lease import Holder
from tui.store.rows import legible, object_of, object_text, reason_columns, stamp

ANY: Final = frozenset(State)
_LONGEST_INDEXED: Final = 2_400  # bytes
_AT_ONCE: Final = 500  # values of one statement
EDITABLE: Final = frozenset(state for state in State if state.editable)
# What an edit by hand takes away: a test call that has become something else may call anybody, and vouches for no menu.
EDITED: Final[Mapping[str, None]] = {"test_of": None}


@dataclass(frozen=True, slots=True)
class Context:
    """`fold` makes names comparable for looking up, `sort_key` for order."""

    database: Database
    holder: Holder
    fold: Callable[[str], str]
    sort_key: Callable[[str], str]
    now: Callable[[], dt.datetime]


class Part:
    """A part of the store. The methods here are called within a write transaction."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._database = context.database

    def _now(self) -> str:
        return stamp(self._context.now())

    def _held(self, name: str) -> bool:
        """Whether what is marked with a name is in this store's hands, in the file that others find too."""
        return self._context.holder.holds(name) and self._database.in_place()

    def _set(self, campaign: int, allowed: Collection[State], columns: Mapping[str, str | int | None]) -> None:
        """Write columns of a campaign that is in one of the allowed states. WrongState, NoSuchCampaign."""
        now = self._now()
        columns = {**columns, "updated_at": now} | ({"state_at": now} if "state" in columns else {})
        names = ", ".join(f"{name} = ?" for name in columns)
        marks = ", ".join("?" * len(allowed))
        changed = self._database.run(
            f"UPDATE campaigns SET {names} WHERE id = ? AND state IN ({marks})",  # noqa: S608 - our own column names
            (*columns.values(), campaign, *allowed),
        )
        if changed.rowcount != 1:
            raise self._refusal(campaign)

    def _require(self, campaign: int, allowed: Collection[State]) -> None:
        """WrongState, NoSuchCampaign unless the campaign is in one of the allowed states."""
        row = self._database.one("SELECT state FROM campaigns WHERE id = ?", (campaign,))
        if row is None or row["state"] not in allowed:
            raise self._refusal(campaign)

    def _refusal(self, campaign: int) -> Refused:
        row = self._database.one("SELECT state FROM campaigns WHERE id = ?", (campaign,))
        if row is None:
            return NoSuchCampaign(campaign)
        return WrongState(self._naming(WRONG_STATE[State(row["state"])], campaign))

    def _naming(self, code: str, campaign: int, **params: str | int) -> Reason:
        """A reason that names the campaign."""
        row = self._database.one("SELECT fields FROM campaigns WHERE id = ?", (campaign,))
        with legible(self._database):
            name = object_of(row["fields"]).get("name", "") if row is not None else ""
        return Reason(code, {"campaign": campaign, "name": name, **params})

    def _known(self, profile: str, provider_id: int) -> Row | None:
        """The row of the campaign that the provider knows by this ID."""
        return self._database.one("SELECT * FROM campaigns WHERE profile = ? AND provider_id = ?",
                                  (profile, provider_id))

    def _already_known(self, campaign: int, provider_id: int) -> AlreadyKnown:
        return AlreadyKnown(self._naming("store.already_known", campaign, provider_id=provider_id), campaign)

    def _among(self, sql: str, values: Iterable[int | str], *given: int | str) -> Iterator[Row]:
        """The rows of a statement that looks up each `asked.value`; for however many values. `given`: its other values.

        To be written as `FROM asked CROSS JOIN …`, so that SQLite looks up one after another: with IN it may rather
        read all that a campaign has, of which it knows no size.
        """
        waiting = iter(values)
        while some := list(islice(waiting, _AT_ONCE)):
            yield from self._database.all(f"WITH asked (value) AS (VALUES {', '.join(['(?)'] * len(some))}) {sql}",
                                          (*some, *given))

    def _from_fields(self, fields: Mapping[str, str]) -> dict[str, str | int | None]:
        """The columns that follow from a campaign's fields."""
        kept = {name: text for name, text in fields.items() if text}
        name = kept.get("name", "")
        return {
            "fields": object_text(kept),
            "name_folded": self._context.fold(name),
            "name_sort": _indexable(self._context.sort_key(name)),
            "call_type": kept.get("call_type", ""),
            "window_sort": _window_sort(kept),
        }

    def _insert(self, profile: str, fields: Mapping[str, str], state: State, **columns: str | int | None) -> int:
        now = self._now()
        fields = {name: text for name, text in fields.items() if name != TYPED_NUMBERS}  # another draft's line
        columns = {"profile": profile, "state": state, "state_at": now, "created_at": now, "updated_at": now,
                   "ends_at": "", **self._from_fields(fields), **columns}
        names, marks = ", ".join(columns), ", ".join("?" * len(columns))
        return self._database.number(f"INSERT INTO campaigns ({names}) VALUES ({marks}) RETURNING id",  # noqa: S608 - as in `_set`
                                     tuple(columns.values()))


def reason_set(reason: Reason | None) -> dict[str, str | int | None]:
    """The two columns of a reason, for `_set`."""
    code, params = reason_columns(reason)
    return {"reason": code, "reason_params": params}


def end_of(fields: Mapping[str, str], launched_at: dt.datetime) -> str:
    """When the calling hours of a campaign are over that was launched then, as `stamp` writes it; "" if unknown."""
    window = ParsedDraft(fields).window(launched_at)
    # Without a day on which it calls, it was over from the first.
    return "" if window is None else stamp(window.ends_at() or launched_at)


def _indexable(text: str) -> str:
    """As much of a text as fits into an index of PostgreSQL's, a third of a page: names differ before that."""
    return text.encode("utf-8", "surrogatepass")[:_LONGEST_INDEXED].decode("utf-8", "ignore")


def _window_sort(fields: Mapping[str, str]) -> str:
    """When the window begins, comparable as text; "" where that can't be told from what was typed."""
    begin = ParsedDraft(fields).begins
    return "" if begin is None else begin.isoformat(timespec="minutes")
