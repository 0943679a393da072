"""Consents of İYS as a profile's file had them: kept whole, and put in the place of those before in one moment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from tui.campaign.consent import ConsentNeeded, ConsentStatus, RecipientType, statement_of
from tui.store import lists
from tui.store.columns import moment, object_of, object_text, stamp, when
from tui.store.database import Row
from tui.store.repository import Repository
from tui.store.sql import sql

Statements = Mapping[tuple[RecipientType, str], Mapping[str, int]]

# What an import that was never finished may take at most: then whoever began it has died.
_ABANDONED: Final = dt.timedelta(days=1)
_BEGIN: Final = """
INSERT INTO consent_imports (profile, path, stamp, named, file_at, imported_at, about, complete)
VALUES (?, ?, ?, ?, ?, ?, ?, 0) RETURNING id
"""
_MAKE_WANTED: Final = """
CREATE TEMP TABLE wanted_consents AS
SELECT length(phone) AS place, recipient_type, phone, brand, status, since FROM consents WHERE 1 = 0
"""
_WANTED: Final = ("place", "recipient_type", "phone", "brand", "status", "since")
_PLACES: Final = sql("SELECT place AS position FROM wanted_consents WHERE place > :after")
_KEEP: Final = """
INSERT INTO consents (import_id, recipient_type, phone, brand, status, since)
SELECT :import, recipient_type, phone, brand, status, since FROM wanted_consents WHERE place > :after AND place <= :to
"""
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
_NEXT: Final = """
SELECT recipient_type, phone, brand FROM consents WHERE import_id = ? LIMIT ?
"""
_REMOVE: Final = "DELETE FROM consents WHERE import_id = ? AND recipient_type = ? AND phone = ? AND brand = ?"
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


@dataclass(frozen=True, slots=True)
class ImportNotes:
    """What of a file's rows is not among its consents, and what of those is odd.

    `others`: rows of other channels, by channel; `unread`: rows that can't be read, `places` the lines of the first;
    `undated`: those whose date can't be read; `contradictions`: phones that both agree and refuse; `skipped`: sheets
    without the columns; `brands`: the first few that the file names.
    """

    rows: int = 0
    others: Mapping[str, int] = field(default_factory=dict)
    unread: int = 0
    places: str = ""
    undated: int = 0
    contradictions: int = 0
    skipped: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ConsentImport:
    """An İYS file as it was imported. `file_at`: when it was written; `named`: which columns were said to be what."""

    id: int
    path: str
    stamp: str
    named: Mapping[str, str]
    file_at: dt.datetime
    imported_at: dt.datetime
    notes: ImportNotes


@dataclass(frozen=True, slots=True)
class Consent:
    """What the register says of a number. `brand`: "" where the file names none; `since`: where it says so."""

    phone: str
    recipient_type: RecipientType
    brand: str
    status: ConsentStatus
    since: dt.datetime | None


class Consents(Repository):
    """Phones are as we send them."""

    def keep(self, profile: str, statements: Statements, *, path: str, stamp_: str, named: Mapping[str, str],
             file_at: dt.datetime, notes: ImportNotes) -> ConsentImport:
        """Put a file's consents in the place of the profile's. Until all of them are there those before hold."""
        self._database.run("DROP TABLE IF EXISTS wanted_consents")
        self._database.run(_MAKE_WANTED)
        self._database.load("wanted_consents", _WANTED, _rows(statements))
        self._database.run("CREATE INDEX wanted_consents_by_place ON wanted_consents (place)")
        with self._database.write():
            made = self._database.number(_BEGIN, (profile, path, stamp_, object_text(named), stamp(file_at),
                                                  self._now(), _notes_text(notes)))
        for after, to in lists.stretches(self._database, _PLACES, {}):
            with self._database.write():
                self._database.run(_KEEP, {"import": made, "after": after, "to": to})
        self._database.run("DROP TABLE wanted_consents")
        with self._database.write():
            self._database.run(_FINISH, (made,))
        self._clear_away(profile)
        kept = self.current(profile)
        assert kept is not None  # noqa: S101 - it was kept just now
        return kept

    def forget(self, profile: str) -> None:
        """Keep nothing of a profile's consents any more."""
        with self._database.write():
            self._database.run("UPDATE consent_imports SET complete = 0, imported_at = '' WHERE profile = ?",
                               (profile,))
        self._clear_away(profile)

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

    def _clear_away(self, profile: str) -> None:
        """What no longer holds, bit by bit."""
        values = {"profile": profile, "last": self._database.number(LAST, (profile,)),
                  "abandoned": stamp(self._context.now() - _ABANDONED)}
        for outdated in [row["id"] for row in self._database.all(_OUTDATED, values)]:
            while rows := self._database.all(_NEXT, (outdated, lists.AT_ONCE)):
                with self._database.write():
                    self._database.run_many(_REMOVE, [(outdated, *row) for row in rows])
                self._database.give_way()
            with self._database.write():
                self._database.run(_FORGET, (outdated,))


def _rows(statements: Statements) -> Iterator[Iterable[object]]:
    place = 0
    for (recipient_type, brand), phones in statements.items():
        for phone, weight in phones.items():
            place += 1
            status, since = statement_of(weight)
            yield place, recipient_type, phone, brand, status, None if since is None else stamp(since)


def _notes_text(notes: ImportNotes) -> str:
    return object_text({
        "rows": notes.rows, "others": dict(notes.others), "unread": notes.unread, "places": notes.places,
        "undated": notes.undated, "contradictions": notes.contradictions, "skipped": list(notes.skipped),
        "brands": list(notes.brands)})


def _import_of(row: Row) -> ConsentImport:
    about = object_of(row["about"])
    notes = ImportNotes(**{**about, "skipped": tuple(about["skipped"]), "brands": tuple(about["brands"])})
    return ConsentImport(row["id"], row["path"], row["stamp"], object_of(row["named"]), moment(row["file_at"]),
                         moment(row["imported_at"]), notes)
