"""The figures of a campaign over all its lives, kept up with the results of each: every number once.

What several lives know of a number is one result, as that of several calls is (`NumberResult.and_`); it is final where
any of them says so. All of this is called within a write transaction.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import reduce
from typing import Final

from msgspec import Struct, field

from tui.campaign.results import NumberResult
from tui.store.columns import stamp
from tui.store.database import Database, Row
from tui.store.figures import LIVES_MISSING
from tui.store.repository import among
from tui.store.result_columns import result_in
from tui.store.result_values import FIRST_UNLISTED
from tui.store.sql import all_of, names, sql

_AT_ONCE: Final = 2_000
_LIFE: Final = """
SELECT first_id, called_again FROM lives JOIN campaigns ON campaigns.id = lives.campaign_id WHERE lives.campaign_id = ?
"""
_LIVES: Final = """
SELECT campaign_id AS id, list, called_again FROM lives JOIN campaigns ON campaigns.id = lives.campaign_id
WHERE first_id = ? ORDER BY number
"""
_SUCCESSION: Final = "SELECT * FROM successions WHERE successor_id = ?"
_BEGIN: Final = "INSERT INTO lives (campaign_id, first_id, number) VALUES (?, ?, ?)"
_NEXT: Final = "SELECT max(number) + 1 FROM lives WHERE first_id = ?"
_SUMS: Final = ("called", "answered", "final", "strangers", "final_strangers")
_FIRST_TOTALS: Final = sql("""
INSERT INTO life_totals (first_id, last_id, numbers, {sums})
SELECT campaigns.id, campaigns.id, numbers - bad_numbers - duplicate_numbers, coalesce(called, 0),
    coalesce(answered, 0), coalesce(final, 0), coalesce(strangers, 0), coalesce(final_strangers, 0)
FROM campaigns LEFT JOIN result_totals ON result_totals.campaign_id = campaigns.id WHERE campaigns.id = ?
""", sums=names(*_SUMS))
_FIRST_COUNTS: Final = """
INSERT INTO life_counts (first_id, kind, value, many)
SELECT campaign_id, kind, value, many FROM result_counts WHERE campaign_id = ?
"""
_NOTE_ADDED: Final = "UPDATE successions SET added = ? WHERE id = ?"
_ADD_LIFE: Final = "UPDATE life_totals SET last_id = ?, numbers = numbers + ? WHERE first_id = ?"
_EARLIER: Final = """
UPDATE campaigns SET earlier_numbers = CASE WHEN id = :campaign THEN
    (SELECT life_totals.numbers FROM life_totals WHERE first_id = :first) - numbers + bad_numbers + duplicate_numbers
    ELSE 0 END
WHERE id IN (SELECT campaign_id FROM lives WHERE first_id = :first)
"""
_COUNT_ADDED: Final = """
SELECT count(*) FROM numbers WHERE list_id = :list AND problem IS NULL AND duplicate_of IS NULL AND {in_none}
"""
_NOT_IN: Final = """
NOT EXISTS (SELECT 1 FROM numbers AS theirs WHERE theirs.list_id = :list_{place} AND theirs.phone = numbers.phone
    AND theirs.problem IS NULL)
"""
# Who was called though in no list, and is in the list of a later life.
_TAKEN_IN: Final = sql("""
SELECT DISTINCT results.phone AS phone FROM lives CROSS JOIN results
WHERE lives.first_id = ? AND lives.campaign_id <> ? AND results.campaign_id = lives.campaign_id
    AND results.position >= {first_unlisted} AND EXISTS (SELECT 1 FROM numbers
        WHERE list_id = ? AND numbers.phone = results.phone AND problem IS NULL)
""", first_unlisted=FIRST_UNLISTED)
_THEIR_LISTED: Final = sql("""
SELECT numbers.phone AS asked_phone, results.*
FROM asked CROSS JOIN numbers INDEXED BY numbers_by_phone CROSS JOIN results
WHERE numbers.list_id = ? AND numbers.phone = asked.value AND numbers.problem IS NULL AND numbers.duplicate_of IS NULL
    AND results.campaign_id = ? AND results.position = numbers.position
""")
_THEIR_UNLISTED: Final = sql("""
SELECT results.phone AS asked_phone, results.* FROM asked CROSS JOIN results
WHERE results.campaign_id = ? AND results.phone = asked.value AND results.position >= {first_unlisted}
""", first_unlisted=FIRST_UNLISTED)
_IN_LIST: Final = sql("""
SELECT DISTINCT phone FROM asked CROSS JOIN numbers
WHERE list_id = ? AND phone = asked.value AND problem IS NULL
""")
_OWN: Final = "SELECT * FROM results WHERE campaign_id = ? AND position > ? ORDER BY position LIMIT ?"
_ADD_TOTALS: Final = """
UPDATE life_totals SET called = called + ?, answered = answered + ?, final = final + ?, strangers = strangers + ?,
    final_strangers = final_strangers + ? WHERE first_id = ?
"""
_ADD_COUNT: Final = """
INSERT INTO life_counts (first_id, kind, value, many) VALUES (?, ?, ?, ?)
ON CONFLICT (first_id, kind, value) DO UPDATE SET many = life_counts.many + excluded.many
"""
_KEEP: Final = """
INSERT INTO life_results (first_id, phone, campaign_id, position, attempts, answered, final, status, digit, last_at,
    talk_seconds, source) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (first_id, phone) DO UPDATE SET campaign_id = excluded.campaign_id, position = excluded.position,
    attempts = excluded.attempts, answered = excluded.answered, final = excluded.final, status = excluded.status,
    digit = excluded.digit, last_at = excluded.last_at, talk_seconds = excluded.talk_seconds, source = excluded.source
"""
_FORGET: Final = ("life_results", "life_counts", "life_totals", "lives")


class _Known(Struct, frozen=True):
    """What a life knows of a number, and where it stands there."""

    campaign: int
    position: int
    result: NumberResult
    final: bool


class _Change(Struct):
    """How the figures of all lives change."""

    sums: Counter[str] = field(default_factory=Counter)
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)

    def number(self, known: Collection[_Known], *, unlisted: bool, count: int) -> None:
        """Count a number as what all lives know of it (1), or no longer as what they knew (-1)."""
        if not known:
            return
        result, final = _together(known)
        self.sums["called"] += count
        self.sums["answered"] += count * result.answered
        self.sums["final"] += count * final
        if unlisted:
            self.sums["strangers"] += count
            self.sums["final_strangers"] += count * final
        self.counts["status", result.status] += count
        self.counts["digit", result.digit] += count
        self.counts["attempts", str(result.attempts)] += count

    def write(self, database: Database, first: int) -> None:
        if any(self.sums.values()):
            database.run(_ADD_TOTALS, (*(self.sums[name] for name in _SUMS), first))
        database.run_many(_ADD_COUNT, [(first, *what, count) for what, count in self.counts.items() if count])
        if any(count < 0 for count in self.counts.values()):
            database.run("DELETE FROM life_counts WHERE first_id = ? AND many = 0", (first,))


def _together(known: Iterable[_Known]) -> tuple[NumberResult, bool]:
    listed = list(known)
    return reduce(NumberResult.and_, (each.result for each in listed)), any(each.final for each in listed)


def begin_life(database: Database, campaign: int) -> None:
    """A campaign that takes another's place is the provider's from now on: both are lives of one. Nothing is done for
    any other."""
    row = database.one(_SUCCESSION, (campaign,))
    if row is None or database.one(_LIFE, (campaign,)) is not None:
        return
    former = int(row["former_id"])
    life = database.one(_LIFE, (former,))
    first = former if life is None else int(life["first_id"])
    if life is None:
        database.run(_BEGIN, (former, former, 1))
        database.run(_FIRST_TOTALS, (former,))
        database.run(_FIRST_COUNTS, (former,))
    new = row["added"] if row["added"] is not None else count_added(database, campaign, lists_of(database, former))
    database.run(_NOTE_ADDED, (new, row["id"]))
    database.run(_BEGIN, (campaign, first, database.number(_NEXT, (first,))))
    database.run(_ADD_LIFE, (campaign, new, first))
    database.run(_EARLIER, {"campaign": campaign, "first": first})
    if new:
        _take_in(database, first, campaign)
    _take_over(database, campaign)


def lists_of(database: Database, campaign: int) -> list[int]:
    """The lists of all lives up to a campaign."""
    life = database.one(_LIFE, (campaign,))
    if life is None:
        return [database.number("SELECT coalesce(max(list), 0) FROM campaigns WHERE id = ?", (campaign,))]
    return [int(row["list"] or 0) for row in database.all(_LIVES, (life["first_id"],))]


def count_added(database: Database, campaign: int, lists: Collection[int]) -> int:
    """How many numbers of a campaign's list are in none of some lists. It reads the whole list."""
    values = {f"list_{place}": list_ for place, list_ in enumerate(lists)}
    in_none = all_of(sql(_NOT_IN, place=place) for place in range(len(values)))
    list_ = database.number("SELECT coalesce(max(list), 0) FROM campaigns WHERE id = ?", (campaign,))
    return database.number(sql(_COUNT_ADDED, in_none=in_none), {"list": list_, **values})


def count_in_lives(database: Database, campaign: int, retries: int | None,
                   rows: Mapping[int, tuple[str, NumberResult | None, NumberResult]]) -> None:
    """Results of a campaign change: position → phone, what was known and what is. Before they are written."""
    life = database.one(_LIFE, (campaign,)) if rows else None
    if life is None:
        return
    ends = not life["called_again"]

    def known(position: int, result: NumberResult) -> _Known:
        return _Known(campaign, position, result, final=ends and result.final(retries))

    _count(database, int(life["first_id"]), campaign, {
        phone: (position, None if was is None else known(position, was), known(position, result))
        for position, (phone, was, result) in rows.items() if was != result})


def _count(database: Database, first: int, campaign: int,
           changes: Mapping[str, tuple[int, _Known | None, _Known]]) -> None:
    others = [row for row in database.all(_LIVES, (first,)) if row["id"] != campaign]
    theirs = _known_to(database, others, changes)
    strangers = [phone for phone, (position, _, _) in changes.items() if position >= FIRST_UNLISTED]
    listed = {row["phone"] for other in others if other["list"] is not None
              for row in among(database, _IN_LIST, strangers, other["list"])} if strangers else set()
    change, kept = _Change(), []
    for phone, (position, was, now) in changes.items():
        elsewhere = theirs.get(phone, [])
        unlisted = position >= FIRST_UNLISTED and phone not in listed
        change.number([*elsewhere, was] if was is not None else elsewhere, unlisted=unlisted, count=-1)
        change.number([*elsewhere, now], unlisted=unlisted, count=1)
        if elsewhere:
            kept.append((first, phone, *_row_of([*elsewhere, now])))
    database.run_many(_KEEP, kept)
    change.write(database, first)


def _row_of(known: Collection[_Known]) -> tuple[int | str | None, ...]:
    """The columns of `life_results` behind its key."""
    result, final = _together(known)
    home = max(known, key=lambda each: each.result.last)
    return (home.campaign, home.position, result.attempts, int(result.answered), int(final), result.status,
            result.digit, stamp(result.last[0]), result.talk_seconds, result.source)


def _known_to(database: Database, lives: Iterable[Row], phones: Collection[str]) -> dict[str, list[_Known]]:
    """What some lives know of numbers."""
    found: dict[str, list[_Known]] = {}
    for life in lives:
        rows: Iterator[Row] = among(database, _THEIR_UNLISTED, phones, life["id"])
        listed = among(database, _THEIR_LISTED, phones, life["list"], life["id"]) if life["list"] is not None else ()
        with database.legible():
            for row in (*rows, *listed):
                found.setdefault(row["asked_phone"], []).append(_Known(
                    life["id"], int(row["position"]), result_in(row),
                    final=bool(row["final"]) and not life["called_again"]))
    return found


def _take_in(database: Database, first: int, campaign: int) -> None:
    """Whom earlier lives have called though no list had them is in a list now."""
    list_ = lists_of(database, campaign)[-1]
    phones = [row["phone"] for row in database.all(_TAKEN_IN, (first, campaign, list_))]
    change = _Change()
    earlier = [row for row in database.all(_LIVES, (first,)) if row["id"] != campaign]
    for known in _known_to(database, earlier, phones).values():
        change.sums["strangers"] -= 1
        change.sums["final_strangers"] -= int(any(each.final for each in known))
    change.write(database, first)


def _take_over(database: Database, campaign: int) -> None:
    """What is known of a life's numbers already."""
    life = database.one(_LIFE, (campaign,))
    if life is None:
        return
    position, ends = -1, not life["called_again"]
    while rows := database.all(_OWN, (campaign, position, _AT_ONCE)):
        with database.legible():
            known = {row["phone"]: _Known(campaign, int(row["position"]), result_in(row),
                                          final=ends and bool(row["final"])) for row in rows}
        _count(database, int(life["first_id"]), campaign,
               {phone: (each.position, None, each) for phone, each in known.items()})
        position = int(rows[-1]["position"])


def begin_missing(database: Database) -> None:
    """Count the lives whose figures nobody has counted."""
    for row in database.all(LIVES_MISSING):
        begin_life(database, int(row["id"]))


def forget_lives(database: Database, campaign: int) -> None:
    """Forget what is counted of all lives of a campaign: `begin_missing` counts it anew."""
    life = database.one(_LIFE, (campaign,))
    if life is not None:
        for table in _FORGET:
            database.run(sql("DELETE FROM {table} WHERE first_id = ?", table=names(table)), (life["first_id"],))
