"""A filter of results as SQL: which numbers of a campaign it names, in a form that its indexes serve."""

from __future__ import annotations

from typing import Any, Final

from tui.store.result_values import FIRST_STRANGER
from tui.store.searching import found_by
from tui.store.totals import ResultFilter

EVERYBODY: Final = ResultFilter()
# Where numbers are called more than once, what is told of one doesn't say that it isn't called any more.
_FINAL: Final = "CASE WHEN campaigns.called_again > 0 THEN 0 ELSE coalesce(results.final, 0) END AS final"
_ANY: Final = f"""
numbers.position AS position, numbers.phone AS phone, numbers.typed AS typed, numbers.phrase AS phrase,
numbers.lang AS lang, coalesce(results.attempts, 0) AS attempts, coalesce(results.status, '') AS status,
coalesce(results.digit, '') AS digit, coalesce(results.answered, 0) AS answered, {_FINAL},
results.last_at AS last_at, results.talk_seconds AS talk_seconds, results.source AS source,
numbers.kind AS kind, numbers.valid AS valid
"""
_CALLED: Final = f"""
results.position AS position, results.phone AS phone, coalesce(numbers.typed, results.phone) AS typed,
coalesce(numbers.phrase, '') AS phrase, coalesce(numbers.lang, '') AS lang, results.attempts AS attempts,
results.status AS status, results.digit AS digit, results.answered AS answered, {_FINAL},
results.last_at AS last_at, results.talk_seconds AS talk_seconds, results.source AS source,
coalesce(numbers.kind, '') AS kind, coalesce(numbers.valid, 1) AS valid
"""
_NUMBERS: Final = """
campaigns CROSS JOIN numbers LEFT JOIN results
    ON results.campaign_id = campaigns.id AND results.position = numbers.position
"""
_RESULTS: Final = """
campaigns CROSS JOIN results LEFT JOIN numbers
    ON numbers.list_id = campaigns.list AND numbers.position = results.position
"""
# The rows at some positions: those of the list, and those past it.
LISTED_AT: Final = f"""
SELECT {_ANY} FROM asked CROSS JOIN {_NUMBERS}
WHERE campaigns.id = ? AND numbers.list_id = campaigns.list AND numbers.position = asked.value
    AND numbers.problem IS NULL AND numbers.duplicate_of IS NULL
"""  # noqa: S608 - our own texts
STRANGERS_AT: Final = f"""
SELECT {_CALLED} FROM asked CROSS JOIN {_RESULTS}
WHERE campaigns.id = ? AND results.campaign_id = campaigns.id AND results.position = asked.value
"""  # noqa: S608 - our own texts


class Selection:
    """The numbers of a campaign after a position that a filter names. `values`: those of its statements, by name.

    Where the filter is for numbers that were called, only those are looked at, by the indexes of `results`; else the
    list is, and after it the strangers.
    """

    def __init__(self, campaign: int, chosen: ResultFilter, *, after: int = 0, ends: bool = True) -> None:
        """`ends`: whether a number can be final, as it is called by one row alone."""
        self._chosen = chosen
        self._ends = ends
        # Without a position to begin at none is named: SQLite would take it for a reason to go by it.
        self.values: dict[str, Any] = {"campaign": campaign} | ({"after": after} if after else {})
        self._called = bool(chosen.called or chosen.answered or chosen.final or chosen.status or chosen.attempts
                            or chosen.digit is not None)
        self._words = self._searched()

    def rows(self) -> str:
        """A statement whose columns are those of a ResultRow; without an order."""
        return " UNION ALL ".join(self.rows_in_turn())

    def rows_in_turn(self) -> list[str]:
        """The same as statements of which each one's rows come after those of the one before.

        To be asked in turn where only the first rows are wanted: PostgreSQL would put all of a union in order.
        """
        return self._statements(_ANY, _CALLED)

    def positions(self) -> str:
        """A statement that finds their positions alone; without an order."""
        return " UNION ALL ".join(self._statements("numbers.position AS position", "results.position AS position"))

    def _statements(self, of_numbers: str, of_results: str) -> list[str]:
        if self._called:
            return [self._called_only(of_results)]
        return [self._any(of_numbers), self._called_only(of_results, f"results.position >= {FIRST_STRANGER}")]

    def _any(self, columns: str) -> str:
        chosen = self._chosen
        where = ["campaigns.id = :campaign", "numbers.list_id = campaigns.list", "numbers.problem IS NULL",
                 "numbers.duplicate_of IS NULL", *self._from("numbers"), *self._words]
        if chosen.called is False or chosen.attempts == 0:
            where.append("results.position IS NULL")
        # Each of these is left to find those that were never called: what finds none but called ones isn't here.
        where += [f"coalesce(results.{name}, 0) = 0" for name in ("answered", "final")
                  if getattr(chosen, name) is False and (self._ends or name != "final")]
        if chosen.status is not None:
            where.append("coalesce(results.status, '') = ''")
        return f"SELECT {columns} FROM {_NUMBERS} WHERE {' AND '.join(where)}"  # noqa: S608 - our own texts

    def _called_only(self, columns: str, *more: str) -> str:
        chosen = self._chosen
        where = ["campaigns.id = :campaign", "results.campaign_id = campaigns.id", *self._from("results"), *more,
                 *self._words]
        if chosen.called is False:
            where.append("1 = 0")
        if chosen.final and not self._ends:
            where.append("1 = 0")
        for name, value in (("answered", chosen.answered), ("final", chosen.final if self._ends else None)):
            if value is not None:
                where.append(f"results.{name} = {int(value)}")
        if chosen.answered and (chosen.final is None or not self._ends):
            where.append("results.final = 1")  # as each that was answered has it; so that the index gives them in order
        for name, given in (("status", chosen.status), ("digit", chosen.digit), ("attempts", chosen.attempts)):
            if given is not None:
                where.append(f"results.{name} = :{name}")
                self.values[name] = given
        return f"SELECT {columns} FROM {_RESULTS} WHERE {' AND '.join(where)}"  # noqa: S608 - our own texts

    def _from(self, table: str) -> list[str]:
        return [f"{table}.position > :after"] if "after" in self.values else []

    def _searched(self) -> list[str]:
        """Each word is in the phone, as sent or as typed, or in the phrase."""
        if not self._chosen.words.split():
            return []
        condition, sought = found_by(self._chosen.words, "coalesce(numbers.phone, results.phone)",
                                     ("numbers.typed", "numbers.phrase"))
        self.values |= sought
        return [condition]
