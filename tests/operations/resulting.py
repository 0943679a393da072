"""A store with results, and the services that work with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from tui.bootstrap import sort_text
from tui.campaign.lifecycle import AskedBy
from tui.config import Profile
from tui.i18n import words
from tui.i18n.words import folded
from tui.operations.services import Services
from tui.store import Store, StoreThread

NOW = dt.datetime(2026, 9, 12, 21, 30, tzinfo=dt.UTC)  # half past midnight in Istanbul, of the 13th


def nobody(profile: Profile) -> NoReturn:
    raise AssertionError(f"{profile.name}: nothing of this is the provider's")


@contextmanager
def at_work(path: Path, language: str = "en") -> Iterator[Services]:
    words.use(language)
    store = Store.open(path, fold=folded, sort_key=sort_text, now=lambda: NOW)
    services = Services(store, StoreThread(), Profile("acme"), nobody, AskedBy.APP, now=lambda: NOW)
    try:
        yield services
    finally:
        services.thread.close()
        store.close()
        words.use("en")
