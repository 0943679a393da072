"""Consents of İYS as a profile's file had them: kept whole, and put in the place of those before in one moment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import islice
from operator import itemgetter
from typing import Final

from msgspec import Struct, field

from tui.campaign.consent import ConsentNeeded, ConsentStatus, RecipientType, is_brand_code, statement_of
from tui.store import lists
from tui.store.columns import moment, object_of, object_text, stamp, when
from tui.store.database import Row
from tui.store.repository import Repository
from tui.store.sql import sql

Statements = Mapping[tuple[RecipientType, str], Mapping[str, int]]

# What an import that was never finished may take at most: then whoever began it has died.
_ABANDONED: Final = dt.timedelta(days=1)
_BEGINNING: Final = 8  # of a phone: no more than some ten thousand have one in common
_BEGIN: Final = """
INSERT INTO consent_imports (profile, path, stamp, named, file_at, imported_at, about, complete)
VALUES (?, ?, ?, ?, ?, ?, ?, 0) RETURNING id
"""
_COLUMNS: Final = ("import_id", "recipient_type", "phone", "brand", "status", "since")
_FINISH: Final = "UPDATE consent_imports SET complete = 1 WHERE id = ?"
LAST: Final = "SELECT coalesce(max(id), 0) FROM consent_imports WHERE profile = ? AND complete = 1"
CURRENT: Final = sql("SELECT * FROM consent_imports WHERE id = ({last})", last=sql(LAST))
_OUTDATED: Final = """
SELECT id FROM consent_imports
WHERE profile = :profile AND (complete = 1 AND id < :last OR complete = 0 AND imported_at < :abandoned) ORDER BY id
"""
_COUNTS: Final = """
SELECT recipient_type, status, count(*) AS many FROM consents WHERE import_id = ? GROUP BY recipient_type, status
"""
_STRETCH_END: Final = """
SELECT recipient_type, phone, brand FROM consents WHERE import_id = ?
ORDER BY recipient_type, phone, brand LIMIT 1 OFFSET ?
"""
_REMOVE: Final = """
DELETE FROM consents WHERE import_id = ? AND (recipient_type, phone, brand) <= (?, ?, ?)
"""
_REMOVE_REST: Final = "DELETE FROM consents WHERE import_id = ?"
_FORGET: Final = "DELETE FROM consent_imports WHERE id = ?"
_SAID_OF: Final = sql("""
SELECT phone, recipient_type, brand, status, since FROM asked CROSS JOIN consents
WHERE import_id = ? AND recipient_type IN ('BIREYSEL', 'TACIR') AND phone = asked.value
""")
# 1: agreed; 0: refused, for that brand or in a file without brands; NULL: the file says nothing.
STANDING: Final = sql("""
(SELECT min(CASE status WHEN 'ONAY' THEN 1 ELSE 0 END) FROM consents
    WHERE import_id = :import AND recipient_type = :recipient_type AND consents.phone = numbers.phone
        AND brand IN ('', :brand))
""")
_STANDING_OF: Final = sql("""
SELECT consents.phone AS phone, min(CASE status WHEN 'ONAY' THEN 1 ELSE 0 END) AS standing
FROM asked CROSS JOIN consents
WHERE import_id = ? AND recipient_type = ? AND consents.phone = asked.value AND brand IN ('', ?) GROUP BY consents.phone
""")


class ImportNotes(Struct, frozen=True):
    """What of a file's rows is not among its consents, and what of those is odd.

    `others`: rows of other channels, by channel; `unread`: rows that can't be read, `places` the lines of the first;
    `undated`: those whose date can't be read; `contradictions`: phones that both agree and refuse; `skipped`: sheets
    without the columns; `brands`: the first that the file names; `codes`: which code was said for a brand's name.
    """

    rows: int = 0
    others: Mapping[str, int] = field(default_factory=dict)
    unread: int = 0
    places: str = ""
    undated: int = 0
    contradictions: int = 0
    skipped: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    codes: Mapping[str, str] = field(default_factory=dict)

    @property
    def brand_names(self) -> list[str]:
        """The brands for which the file has no code, but a name: no campaign needs a consent for that."""
        return [brand for brand in self.brands if brand and not is_brand_code(brand)]


class ConsentImport(Struct, frozen=True):
    """An İYS file as it was imported. `file_at`: when it was written; `named`: which columns were said to be what."""

    id: int
    path: str
    stamp: str
    named: Mapping[str, str]
    file_at: dt.datetime
    imported_at: dt.datetime
    notes: ImportNotes


class Consent(Struct, frozen=True):
    """What the register says of a number. `brand`: "" where the file names none; `since`: where it says so."""

    phone: str
    recipient_type: RecipientType
    brand: str
    status: ConsentStatus
    since: dt.datetime | None


class Consents(Repository):
    """Phones are as we send them."""

    def keep(self, profile: str, statements: Statements, *, path: str, stamp_: str, named: Mapping[str, str],
             file_at: dt.datetime, notes: ImportNotes, at_row: Callable[[int], None] = lambda _: None) -> ConsentImport:
        """Put a file's consents in the place of the profile's. Until all of them are there those before hold.

        `at_row` is called with how many are there; what it raises ends it, and nothing is kept. Those before take room
        until `clear_away`.
        """
        with self._database.write():
            made = self._database.number(_BEGIN, (profile, path, stamp_, object_text(named), stamp(file_at),
                                                  self._now(), _notes_text(notes)))
        try:
            self._keep_rows(made, statements, at_row)
        except BaseException:
            self._remove(made)
            raise
        self._database.make_lasting()
        with self._database.write():
            self._database.run(_FINISH, (made,))
        kept = self.current(profile)
        assert kept is not None  # noqa: S101 - it was kept just now
        return kept

    def _keep_rows(self, made: int, statements: Statements, at_row: Callable[[int], None]) -> None:
        rows, kept = _rows(made, statements), 0
        while some := list(islice(rows, lists.AT_ONCE)):
            with self._database.write():
                self._database.load("consents", _COLUMNS, some, analyze=False)
            self._database.give_way()
            kept += len(some)
            at_row(kept)
        self._database.load("consents", _COLUMNS, ())  # for what it makes the database learn of the table

    def forget(self, profile: str) -> None:
        """Keep nothing of a profile's consents any more."""
        with self._database.write():
            self._database.run("UPDATE consent_imports SET complete = 0, imported_at = '' WHERE profile = ?",
                               (profile,))
        self.clear_away(profile)

    def current(self, profile: str) -> ConsentImport | None:
        """The file whose consents hold; None where none was imported."""
        row = self._database.one(CURRENT, (profile,))
        if row is None:
            return None
        with self._database.legible():
            return _import_of(row)

    def counts(self, made: ConsentImport) -> dict[tuple[RecipientType, ConsentStatus], int]:
        """How many numbers agree and refuse, by type; of a number with several brands each counts."""
        with self._database.legible():
            return {(RecipientType(row["recipient_type"]), ConsentStatus(row["status"])): row["many"]
                    for row in self._database.all(_COUNTS, (made.id,))}

    def said_of(self, profile: str, phones: Collection[str]) -> list[Consent]:
        """What the profile's file says of numbers; nothing of those that it does not have."""
        last = self._database.number(LAST, (profile,))
        with self._database.legible():
            return [Consent(row["phone"], RecipientType(row["recipient_type"]), row["brand"],
                            ConsentStatus(row["status"]), when(row["since"]))
                    for row in self._among(_SAID_OF, phones, last)]

    def standings(self, profile: str, needed: ConsentNeeded, phones: Collection[str]) -> dict[str, ConsentStatus]:
        """What the profile's file says of numbers where that is needed. Of one that it does not have, nothing."""
        last = self._database.number(LAST, (profile,))
        rows = self._among(_STANDING_OF, phones, last, needed.recipient_type, needed.brand)
        return {row["phone"]: ConsentStatus.GIVEN if row["standing"] else ConsentStatus.REFUSED for row in rows}

    def clear_away(self, profile: str) -> None:
        """Remove what no longer holds, bit by bit."""
        values = {"profile": profile, "last": self._database.number(LAST, (profile,)),
                  "abandoned": stamp(self._context.now() - _ABANDONED)}
        for outdated in [row["id"] for row in self._database.all(_OUTDATED, values)]:
            self._remove(outdated)

    def _remove(self, made: int) -> None:
        while (row := self._database.one(_STRETCH_END, (made, lists.AT_ONCE - 1))) is not None:
            with self._database.write():
                self._database.run(_REMOVE, (made, *row))
            self._database.give_way()
        with self._database.write():
            self._database.run(_REMOVE_REST, (made,))
            self._database.run(_FORGET, (made,))


def _rows(made: int, statements: Statements) -> Iterator[tuple[object, ...]]:
    """In the order in which the table keeps them, a type and brand at a time: that is quicker than any other."""
    for (recipient_type, brand), phones in sorted(statements.items(), key=itemgetter(0)):
        for phone in _in_order(phones):
            status, since = statement_of(phones[phone])
            yield made, recipient_type, phone, brand, status, None if since is None else stamp(since)


def _in_order(phones: Iterable[str]) -> Iterator[str]:
    """Sorted some thousand at a time: while all of a million are sorted, no other thread would have its turn."""
    by_beginning: dict[str, list[str]] = {}
    for phone in phones:
        by_beginning.setdefault(phone[:_BEGINNING], []).append(phone)
    for beginning in sorted(by_beginning):
        yield from sorted(by_beginning.pop(beginning))


def _notes_text(notes: ImportNotes) -> str:
    return object_text({
        "rows": notes.rows, "others": dict(notes.others), "unread": notes.unread, "places": notes.places,
        "undated": notes.undated, "contradictions": notes.contradictions, "skipped": list(notes.skipped),
        "brands": list(notes.brands),
        "codes": dict(notes.codes)})


def _import_of(row: Row) -> ConsentImport:
    about = object_of(row["about"])
    notes = ImportNotes(**{**about, "skipped": tuple(about["skipped"]), "brands": tuple(about["brands"])})
    return ConsentImport(row["id"], row["path"], row["stamp"], object_of(row["named"]), moment(row["file_at"]),
                         moment(row["imported_at"]), notes)
