"""A store with results, and the services that work with it."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator
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


def noting_thread(threads: dict[str, str], name: str, call: Callable[..., object]) -> Callable[..., object]:
    """A call that notes under its name in which thread it was made."""
    def noted(*args: object, **named: object) -> object:
        threads[name] = threading.current_thread().name
        return call(*args, **named)

    return noted
