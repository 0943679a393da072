"""Parts of a campaign's numbers over all its lives, as SQL: each number is in one of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from tui.store.result_values import FIRST_UNLISTED
from tui.store.results import EVERYBODY, NUMBERS, RESULTS
from tui.store.searching import found_by
from tui.store.sql import NOTHING, Sql, all_of, names, sql
from tui.store.values import ResultFilter

# `:first`: the first life, `:life`: whose part it is.
_LIST: Final = sql("""
FROM {numbers} WHERE campaigns.id = :life AND numbers.list_id = campaigns.list AND numbers.problem IS NULL
    AND numbers.duplicate_of IS NULL
""", numbers=NUMBERS)
_SINGLE: Final = """
FROM campaigns CROSS JOIN results {row} WHERE campaigns.id = :life AND results.campaign_id = campaigns.id
    AND NOT EXISTS (SELECT 1 FROM life_results WHERE first_id = :first AND life_results.phone = results.phone)
"""
_SEVERAL: Final = """
FROM life_results AS results CROSS JOIN campaigns {row}
WHERE results.first_id = :first AND campaigns.id = results.campaign_id
"""
# The row of the last list that a number is in: the one that is shown.
_LAST_ROW: Final = """
LEFT JOIN numbers INDEXED BY numbers_by_phone
    ON numbers.list_id = CASE {lists} ELSE -1 END AND numbers.phone = results.phone
    AND numbers.problem IS NULL AND numbers.duplicate_of IS NULL
"""
_WHERE_IN: Final = "{earlier} WHEN {listed} THEN (SELECT list FROM campaigns WHERE id = :life_{other})"
_IN_LIST_OF: Final = """
EXISTS (SELECT 1 FROM numbers AS theirs WHERE theirs.list_id = (SELECT list FROM campaigns WHERE id = :life_{other})
    AND theirs.phone = {phone} AND theirs.problem IS NULL)
"""
_CALLED_BY: Final = sql("""
(EXISTS (SELECT 1 FROM numbers AS theirs CROSS JOIN results AS called
    WHERE theirs.list_id = (SELECT list FROM campaigns WHERE id = :life_{{other}}) AND theirs.phone = {{phone}}
        AND theirs.problem IS NULL AND called.campaign_id = :life_{{other}} AND called.position = theirs.position)
 OR EXISTS (SELECT 1 FROM results AS called WHERE called.campaign_id = :life_{{other}} AND called.phone = {{phone}}
    AND called.position >= {first_unlisted}))
""", first_unlisted=FIRST_UNLISTED)
_STRANGER_OF: Final = sql("""
EXISTS (SELECT 1 FROM results AS called WHERE called.campaign_id = :life_{{other}} AND called.phone = {{phone}}
    AND called.position >= {first_unlisted})
""", first_unlisted=FIRST_UNLISTED)
_LISTED_PHONE: Final = sql("numbers.{column}", column=names("phone"))
_RESULT_PHONE: Final = sql("results.{column}", column=names("phone"))
_LISTED_PLACE: Final = sql("numbers.{column}", column=names("position"))
_RESULT_PLACE: Final = sql("results.{column}", column=names("position"))
_KEY_OF_NUMBER: Final = sql("campaigns.id AS life, numbers.position AS position, numbers.phone AS phone")
_KEY_OF_RESULT: Final = sql("campaigns.id AS life, results.position AS position, results.phone AS phone")
_PHONE: Final = sql("coalesce(numbers.phone, results.phone)")
_TEXTS: Final = (sql("numbers.typed"), sql("numbers.phrase"))
_REFERENCE: Final = sql("numbers.{column}", column=names("reference"))
_NEVER: Final = sql("1 = 0")


class Part(Struct, frozen=True):
    """A part of the whole: its rows, and how they are ordered and known."""

    rows: Sql
    key: Sql
    order: Sql
    past: Sql  # what comes after a key
    values: Mapping[str, Any]


class Parts:
    """The parts of the whole that a filter names. `lives`: the first one first, with whether each can be final.

    `without_own`: those that are known to have no number in their lists that an earlier one has not.
    """

    def __init__(self, lives: Sequence[tuple[int, bool]], chosen: ResultFilter, without_own: Collection[int]) -> None:
        self._lives = lives
        self._chosen = chosen
        self._values: dict[str, Any] = {"first": lives[0][0]}
        self._values |= {f"life_{place}": life for place, (life, _) in enumerate(lives)}
        self._words: list[Sql] = []
        if chosen.words.split():
            condition, sought = found_by(chosen.words, _PHONE, _TEXTS, (_REFERENCE,))
            self._words = [condition]
            self._values |= sought
        # With words the last list that has a number shows it, so that earlier ones may have none.
        self._listing = [place for place, (life, _) in enumerate(lives) if self._words or life not in without_own]

    def all(self) -> list[Part]:
        chosen = self._chosen
        if chosen == replace(EVERYBODY, words=chosen.words):
            return [*map(self._list, self._listing), *map(self._strangers, range(len(self._lives)))]
        named = bool(chosen.called or chosen.answered or chosen.final or chosen.status or chosen.attempts
                     or chosen.digit is not None)
        parts: list[Part] = []
        if chosen.called is not False and chosen.attempts != 0 and chosen.status != "":
            parts += [*map(self._single, range(len(self._lives))), self._several()]
        if not named:
            parts += map(self._uncalled, self._listing)
        return parts

    def _list(self, place: int) -> Part:
        return self._of_numbers(place, [])

    def _uncalled(self, place: int) -> Part:
        own = sql("results.position IS NULL")
        by_others = [sql("NOT {called}", called=sql(_CALLED_BY, other=other, phone=_LISTED_PHONE))
                     for other in range(len(self._lives)) if other != place]
        return self._of_numbers(place, [own, *by_others])

    def _of_numbers(self, place: int, conditions: Sequence[Sql]) -> Part:
        """Of a life's list whoever is in no earlier one; where words are sought, in no later one: its row is shown."""
        others = range(place + 1, len(self._lives)) if self._words else range(place)
        elsewhere = [sql("NOT {listed}", listed=sql(_IN_LIST_OF, other=other, phone=_LISTED_PHONE))
                     for other in others]
        where = all_of([*conditions, *elsewhere, *self._words])
        return Part(sql("{part} AND {where}", part=_LIST, where=where), _KEY_OF_NUMBER, _LISTED_PLACE,
                     sql("numbers.position > :position"), {**self._values, "life": self._lives[place][0]})

    def _strangers(self, place: int) -> Part:
        """Whom a life has called though they are in no list, and no earlier one has."""
        unlisted = sql("results.position >= {first}", first=FIRST_UNLISTED)
        others = [sql("NOT {listed}", listed=sql(_IN_LIST_OF, other=other, phone=_RESULT_PHONE))
                  for other in range(len(self._lives)) if other != place]
        earlier = [sql("NOT {called}", called=sql(_STRANGER_OF, other=other, phone=_RESULT_PHONE))
                   for other in range(place)]
        where = all_of([unlisted, *others, *earlier, *self._words])
        results = sql("""
FROM {results} WHERE campaigns.id = :life AND results.campaign_id = campaigns.id AND {where}
""", results=RESULTS, where=where)
        return Part(results, _KEY_OF_RESULT, _RESULT_PLACE, sql("results.position > :position"),
                     {**self._values, "life": self._lives[place][0]})

    def _single(self, place: int) -> Part:
        """Whom one life alone has called."""
        life, ends = self._lives[place]
        values = {**self._values, "life": life}
        where = all_of([*self._named(values, ends=ends), *self._words])
        rows = sql("{part} AND {where}", part=sql(_SINGLE, row=self._last_row()), where=where)
        return Part(rows, _KEY_OF_RESULT, _RESULT_PLACE, sql("results.position > :position"), values)

    def _several(self) -> Part:
        """Whom several have called."""
        values = dict(self._values)
        where = all_of([*self._named(values, ends=True), *self._words])
        rows = sql("{part} AND {where}", part=sql(_SEVERAL, row=self._last_row()), where=where)
        return Part(rows, _KEY_OF_RESULT, _RESULT_PHONE, sql("results.phone > :phone"), values)

    def _last_row(self) -> Sql:
        if not self._words:
            return NOTHING
        lists = NOTHING
        for other in reversed(range(len(self._lives))):
            listed = sql(_IN_LIST_OF, other=other, phone=_RESULT_PHONE)
            lists = sql(_WHERE_IN, earlier=lists, listed=listed, other=other)
        return sql(_LAST_ROW, lists=lists)

    def _named(self, values: dict[str, Any], *, ends: bool) -> list[Sql]:
        chosen = self._chosen
        where: list[Sql] = []
        if chosen.answered is not None:
            where.append(sql("results.answered = {value}", value=int(chosen.answered)))
        if chosen.final is not None and ends:
            where.append(sql("results.final = {value}", value=int(chosen.final)))
        elif chosen.final:
            where.append(_NEVER)
        for name, given in (("status", chosen.status), ("digit", chosen.digit), ("attempts", chosen.attempts)):
            if given is not None:
                where.append(sql("results.{name} = :{name}", name=names(name)))
                values[name] = given
        return where
