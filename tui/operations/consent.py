"""The consents of İYS: imported from a file of its panel, and asked before a commercial launch."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from tui.campaign.consent import ConsentNeeded
from tui.core.reason import Reason
from tui.operations.consent_import import (
    MAX_BRANDS,
    ConsentSource,
    ShowProgress,
    columns_of,
    import_from,
    stamp_of,
)
from tui.operations.services import NotPossible, Services
from tui.store.consents import ConsentImport

if TYPE_CHECKING:  # their import would load what reads lists
    from tui.numbers.consent_columns import ConsentColumn

MAX_SHOWN: Final = 5  # brands in a sentence


async def import_consents(services: Services, path: Path, named: Mapping[ConsentColumn, str] | None = None,
                          codes: Mapping[str, str] | None = None, *, shown: str = "",
                          progress: ShowProgress = lambda _: None) -> ConsentImport:
    """Put the consents of a file in the place of those that the profile has; a cancellation leaves those.

    `named` says which columns are what, `codes` which code a brand has that the file has by name, `shown` what the file
    is called where nobody knows its path. `progress` is called on the event loop, some ten times a second. BadList;
    NotPossible where the profile reads another file, or it holds no consent to calls; StoreError.
    """
    own = services.profile.iys_file
    if own is not None and _real(own) != _real(path):
        raise NotPossible(Reason("operations.iys.other_file", {"path": str(own), "profile": services.profile.name}))
    async with services.consents_turn:
        return await import_from(services, ConsentSource(path, named or {}, codes or {}, shown), progress)


async def refresh_consents(services: Services, progress: ShowProgress = lambda _: None) -> ConsentImport | None:
    """Take in the profile's İYS file where it has changed; what is known then, None where nothing was ever imported.

    BadList, NotPossible where it can't be used: what was known stays; StoreError.
    """
    async with services.consents_turn:  # whoever else looks at it meanwhile finds it imported
        known = await services.thread(services.store.consents.current, services.profile.name)
        path = services.profile.iys_file
        if path is None:
            return known
        if known is not None and known.path == str(path) and known.stamp and known.stamp == stamp_of(path):
            return known
        if known is None or known.path != str(path):
            return await import_from(services, ConsentSource(path), progress)
        return await import_from(services, ConsentSource(path, columns_of(known), known.notes.codes), progress)


class ConsentCheck(Struct, frozen=True):
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


def brands_text(brands: Sequence[str]) -> str:
    """The first brands of several."""
    return ", ".join([*brands[:MAX_SHOWN], *(["…"] if len(brands) > MAX_SHOWN else [])])


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
    brand = _no_such_brand(known, needed)
    return notices if brand is None else [*notices, brand]


def _no_such_brand(known: ConsentImport, needed: ConsentNeeded) -> Reason | None:
    """Why nobody in the file can have agreed to this brand's calls."""
    brands, names = known.notes.brands, known.notes.brand_names
    if not brands or "" in brands or needed.brand in brands or len(brands) >= MAX_BRANDS:
        return None
    path = Path(known.path).name
    if names:
        return Reason("operations.iys.brand_names", {
            "path": path, "brand": needed.brand, "brands": brands_text(names), "first": names[0]})
    return Reason("operations.iys.brand", {"path": path, "brand": needed.brand, "brands": brands_text(brands)})


def _real(path: Path) -> str:
    return os.path.realpath(path)
