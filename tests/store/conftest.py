from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.store.support import Clock, open_store
from tui.store import Store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "santral.db"


@pytest.fixture
def clock() -> Clock:
    return Clock(dt.datetime(2026, 9, 12, 11, 32, tzinfo=dt.UTC))


@pytest.fixture
def another(path: Path, clock: Clock) -> Iterator[Callable[[], Store]]:
    """Opens one more store on the same file, as another app would; all are closed at the end."""
    stores: list[Store] = []

    def opened() -> Store:
        stores.append(open_store(path, clock))
        return stores[-1]

    yield opened
    for store in stores:
        store.close()


@pytest.fixture
def store(another: Callable[[], Store]) -> Store:
    return another()
