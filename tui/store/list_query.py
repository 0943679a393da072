"""A filter and an order of the list of campaigns as SQL, in a form that its indexes serve."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final

from tui.campaign.menu import KEYS
from tui.campaign.states import State
from tui.store.rows import literally
from tui.store.values import ListFilter, Sort, SortColumn

_ID: Final = re.compile(r"[1-9][0-9]{0,17}")
_CALLED: Final = "campaigns.numbers - campaigns.bad_numbers - campaigns.duplicate_numbers"
# As `Totals.complete` and `Window.is_over` have it.
_COMPLETE: Final = f"""EXISTS (SELECT 1 FROM result_totals WHERE result_totals.campaign_id = campaigns.id
    AND campaigns.called_again = 0 AND {_CALLED} > 0
    AND result_totals.final - result_totals.final_strangers >= {_CALLED})"""  # noqa: S608 - our own texts
_OVER: Final = f"(campaigns.ends_at > '' AND campaigns.ends_at <= ? OR {_COMPLETE})"
# As `Campaign.standing` has it.
UNSET: Final = "(campaigns.adopted = 1 AND campaigns.last_set_at IS NULL)"
_STANDING: Final = {State.MISSING: "campaigns.missing = 1", State.UNKNOWN: f"campaigns.missing = 0 AND {UNSET}"}
_SET: Final = f"campaigns.missing = 0 AND NOT {UNSET}"
_SWITCHED: Final = frozenset({State.ON, State.OFF})
_AT_PROVIDER: Final = _SWITCHED | {State.FINISHED, *_STANDING}
SHOWN: Final = f"""CASE WHEN campaigns.state NOT IN ('on', 'off') THEN campaigns.state
    WHEN {_STANDING[State.MISSING]} THEN 'missing' WHEN {UNSET} THEN 'unknown' WHEN {_OVER} THEN 'finished'
    ELSE campaigns.state END"""
IN_FLIGHT: Final = "campaigns.id IN (SELECT campaign_id FROM switches WHERE outcome IS NULL)"

_PLACES: Final = " ".join(f"WHEN '{state}' THEN {place}" for place, state in enumerate(State))
_TOTALS: Final = " LEFT JOIN result_totals ON result_totals.campaign_id = campaigns.id"
_SHARE: Final = 1_000_000
# Nothing is called yet: before all of which something is known.
_SHARE_CALLED: Final = f"coalesce(result_totals.called * {_SHARE} / nullif({_CALLED} + result_totals.strangers, 0), -1)"
_SHARE_ANSWERED: Final = f"coalesce(result_totals.answered * {_SHARE} / nullif(result_totals.called, 0), -1)"
_PRESSED: Final = f"""(SELECT coalesce(sum(many), -1) FROM result_counts WHERE result_counts.campaign_id = campaigns.id
    AND kind = 'digit' AND value IN ({', '.join(f"'{key}'" for key in sorted(KEYS))}))"""  # noqa: S608 - our own texts
_COLUMNS: Final = {
    SortColumn.NAME: "campaigns.name_sort",
    SortColumn.PROFILE: "campaigns.profile",
    SortColumn.TYPE: "campaigns.call_type",
    SortColumn.STATE: f"CASE {SHOWN} {_PLACES} END",
    SortColumn.WINDOW: "campaigns.window_sort",
    SortColumn.NUMBERS: "campaigns.numbers",
    SortColumn.CALLED: _SHARE_CALLED,
    SortColumn.ANSWERED: _SHARE_ANSWERED,
    SortColumn.KEYS: _PRESSED,
    SortColumn.ID: "coalesce(campaigns.provider_id, 0)",
    SortColumn.UPDATED: "campaigns.updated_at",
}
_OF_TOTALS: Final = frozenset({SortColumn.CALLED, SortColumn.ANSWERED})

Values = tuple[str | int, ...]


class ListQuery:
    """The campaigns of a profile, or of those that the filter names. `now` is a stamp: what is over by then is."""

    def __init__(self, profile: str, chosen: ListFilter, now: str, fold: Callable[[str], str]) -> None:
        self._now = now
        self._where: list[str] = []
        self._values: list[str | int] = []
        self._take(_among("campaigns.profile", chosen.profiles or {profile}))
        self._states(chosen)
        if chosen.call_types is not None:
            self._take(_among("campaigns.call_type", chosen.call_types))
        for word in (*fold(chosen.words).split(), *map(fold, chosen.exact)):
            self._word(word)
        for word in map(fold, chosen.without):
            self._take(("campaigns.name_folded NOT LIKE ? ESCAPE '!'", (f"%{literally(word)}%",)))

    def count(self) -> tuple[str, Values]:
        """A statement for how many there are."""
        return f"SELECT count(*) FROM campaigns WHERE {' AND '.join(self._where)}", tuple(self._values)  # noqa: S608 - our texts

    def ids(self, sort: Sort, offset: int, limit: int) -> tuple[str, Values]:
        """A statement for the IDs of some of them, in order; equal ones in the order in which they were made."""
        column = _COLUMNS[sort.column]
        direction = "DESC" if sort.descending else "ASC"
        totals = _TOTALS if sort.column in _OF_TOTALS else ""
        dated = (self._now,) * column.count("?")
        return (f"SELECT campaigns.id AS id FROM campaigns{totals} WHERE {' AND '.join(self._where)} "  # noqa: S608 - our texts
                f"ORDER BY {column} {direction}, campaigns.id {direction} LIMIT ? OFFSET ?",
                (*self._values, *dated, limit, offset))

    def _take(self, condition: tuple[str, Iterable[str | int]]) -> None:
        text, values = condition
        self._where.append(text)
        self._values += values

    def _states(self, chosen: ListFilter) -> None:
        conditions = [] if chosen.states is None else [self._in_states(chosen.states)]
        if chosen.pending:
            conditions.append((IN_FLIGHT, ()))
        if conditions:
            self._take((f"({' OR '.join(text for text, _values in conditions)})",
                        [value for _text, values in conditions for value in values]))
        if chosen.pending is False:
            self._take((f"NOT {IN_FLIGHT}", ()))
        if not (chosen.deleted or State.DELETED in (chosen.states or ())):
            self._take(("campaigns.state <> 'deleted'", ()))

    def _in_states(self, states: frozenset[State]) -> tuple[str, Values]:
        """What the provider has is on or off as long as it isn't over, and how it stands is known."""
        if states >= _AT_PROVIDER:
            return _among("campaigns.state", states - _AT_PROVIDER | _SWITCHED)
        conditions = [_among("campaigns.state", states - _AT_PROVIDER)]
        if live := states & _SWITCHED:
            text, values = _among("campaigns.state", live)
            conditions.append((f"{text} AND {_SET} AND NOT {_OVER}", (*values, self._now)))
        if State.FINISHED in states:
            conditions.append((f"campaigns.state IN ('on', 'off') AND {_SET} AND {_OVER}", (self._now,)))
        conditions += [(f"campaigns.state IN ('on', 'off') AND {text}", ())
                       for state, text in _STANDING.items() if state in states]
        return (f"({' OR '.join(f'({text})' for text, _values in conditions)})",
                tuple(value for _text, values in conditions for value in values))

    def _word(self, word: str) -> None:
        named, values = "campaigns.name_folded LIKE ? ESCAPE '!'", (f"%{literally(word)}%",)
        if _ID.fullmatch(word):
            self._take((f"({named} OR campaigns.provider_id = ?)", (*values, int(word))))
        else:
            self._take((named, values))


def _among(column: str, values: Iterable[str]) -> tuple[str, Values]:
    listed = tuple(sorted(values))
    return (f"{column} IN ({', '.join('?' * len(listed))})", listed) if listed else ("1 = 0", ())
