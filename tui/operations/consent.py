"""The consents of İYS: imported from a file of its panel, and asked before a commercial launch."""

from __future__ import annotations

import asyncio
import datetime as dt
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tui.campaign.consent import ConsentNeeded
from tui.core.reason import Reason
from tui.operations.services import NotPossible, Services
from tui.store.consents import ConsentImport, ImportNotes

if TYPE_CHECKING:  # their import would load what reads lists
    from tui.numbers.consent_columns import ConsentColumn
    from tui.numbers.consents import ConsentFile

# Which way of reading an İYS file was kept: what another one found in it is read anew.
_READING: Final = "1"
_MAX_BRANDS: Final = 20


async def import_consents(services: Services, path: Path,
                          named: Mapping[ConsentColumn, str] | None = None) -> ConsentImport:
    """Put the consents of a file in the place of those that the profile has; `named` says which columns are what.

    BadList; NotPossible where the profile reads another file, or it holds no consent to calls; StoreError.
    """
    own = services.profile.iys_file
    if own is not None and _real(own) != _real(path):
        raise NotPossible(Reason("operations.iys.other_file", {"path": str(own), "profile": services.profile.name}))
    return await _import(services, path, named or {})


async def refresh_consents(services: Services) -> ConsentImport | None:
    """Take in the profile's İYS file where it has changed; what is known then, None where nothing was ever imported.

    BadList, NotPossible where it can't be used: what was known stays; StoreError.
    """
    known = await services.thread(services.store.consents.current, services.profile.name)
    path = services.profile.iys_file
    if path is None:
        return known
    if known is not None and known.path == str(path) and known.stamp and known.stamp == _stamp(path):
        return known
    from tui.numbers.consent_columns import ConsentColumn

    same = known.named if known is not None and known.path == str(path) else {}
    return await _import(services, path, {ConsentColumn(column): name for column, name in same.items()})


@dataclass(frozen=True, slots=True)
class ConsentCheck:
    """What is known of consents before a launch. `stops`: it isn't known who agrees, for these reasons.

    `notices`: what a person should know of it. `asked`: whom the launch may call is looked up.
    """

    stops: tuple[Reason, ...] = ()
    notices: tuple[Reason, ...] = ()
    asked: bool = False


async def look_at_consents(services: Services, needed: ConsentNeeded | None) -> ConsentCheck:
    """Take in the profile's İYS file where it has changed, and whether consents are known. StoreError.

    Nothing is asked for where no consent is needed.
    """
    if needed is None:
        return ConsentCheck()
    from tui.numbers.errors import BadList

    known: ConsentImport | None
    try:
        known = await refresh_consents(services)
    except (BadList, NotPossible) as bad:
        path = str(services.profile.iys_file)
        known = await services.thread(services.store.consents.current, services.profile.name)
        return ConsentCheck(stops=(Reason("operations.iys.unreadable", {"path": path}), bad.reason),
                            asked=known is not None)
    if known is None:
        return ConsentCheck(stops=(Reason("operations.iys.missing"),))
    return ConsentCheck(notices=tuple(_notices(services, known, needed)), asked=True)


def age_in_days(known: ConsentImport, now: dt.datetime) -> int:
    """How many whole days ago the file was written."""
    return max(dt.timedelta(), now - known.file_at).days


def is_old(known: ConsentImport, now: dt.datetime, days: int) -> bool:
    """Whether a file is older than so many days."""
    return now - known.file_at > dt.timedelta(days=days)


def _notices(services: Services, known: ConsentImport, needed: ConsentNeeded) -> list[Reason]:
    notices, name, days = [], Path(known.path).name, services.profile.iys_days
    if is_old(known, services.now(), days):
        notices.append(Reason("operations.iys.old", {
            "path": name, "count": age_in_days(known, services.now()), "most": days}))
    if known.notes.unread:
        notices.append(Reason("operations.iys.unread", {
            "path": name, "count": known.notes.unread, "places": known.notes.places}))
    brands = known.notes.brands
    if brands and "" not in brands and needed.brand not in brands and len(brands) < _MAX_BRANDS:
        notices.append(Reason("operations.iys.brand", {
            "path": name, "brand": needed.brand, "brands": ", ".join(brands)}))
    return notices


async def _import(services: Services, path: Path, named: Mapping[ConsentColumn, str]) -> ConsentImport:
    stamp = await asyncio.to_thread(_stamp, path)
    found = await asyncio.to_thread(_read, path, named)
    if not found.statements:
        raise NotPossible(Reason("operations.iys.none", {"path": str(path), "count": found.rows}))
    notes = ImportNotes(
        rows=found.rows, others=dict(sorted(found.others.items())), unread=found.unread, places=found.places,
        undated=found.undated, contradictions=found.contradictions, skipped=found.skipped,
        brands=tuple(sorted({brand for _, brand in found.statements})[:_MAX_BRANDS]))
    file_at = min(services.now(), await asyncio.to_thread(_written_at, path, services.now()))
    keep, profile = services.store.consents.keep, services.profile.name
    said = {column.value: name for column, name in named.items()}
    return await services.thread(lambda: keep(
        profile, found.statements, path=str(path), stamp_=stamp, named=said, file_at=file_at, notes=notes))


def _read(path: Path, named: Mapping[ConsentColumn, str]) -> ConsentFile:
    from tui.numbers.consents import read_consents
    from tui.numbers.source import open_list

    return read_consents(open_list(path), named)


def _stamp(path: Path) -> str:
    """"" where there is none: then it is read, and that says what is wrong."""
    try:
        found = path.stat()
    except OSError:
        return ""
    return f"{_READING} {os.fspath(path)} {found.st_size} {found.st_mtime_ns}"


def _written_at(path: Path, now: dt.datetime) -> dt.datetime:
    try:
        return dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC)
    except (OSError, OverflowError, ValueError):  # it went meanwhile
        return now


def _real(path: Path) -> str:
    return os.path.realpath(path)
