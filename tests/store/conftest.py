from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.postgresql import missing
from tests.store.support import Clock, Location, open_store
from tui.store import Store


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """What is about SQL runs on both databases, but for what looks into the file itself; what is about values, once."""
    if "place" in metafunc.fixturenames:
        once = "path" in metafunc.fixturenames or any(map(metafunc.definition.get_closest_marker, ("sqlite", "values")))
        kinds = ["sqlite"] if once or missing() else ["sqlite", "postgresql"]
        metafunc.parametrize("place", kinds, indirect=True)


@pytest.fixture
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Location:
    """Where nothing is yet."""
    if request.param == "sqlite":
        return tmp_path / "data" / "santral.db"
    tables: Location = request.getfixturevalue("tables")
    return tables


@pytest.fixture
def path(place: Location) -> Path:
    """The file of a SQLite database."""
    assert isinstance(place, Path)
    return place


@pytest.fixture
def clock() -> Clock:
    return Clock(dt.datetime(2026, 9, 12, 11, 32, tzinfo=dt.UTC))


@pytest.fixture
def another(place: Location, clock: Clock) -> Iterator[Callable[[], Store]]:
    """Opens one more store on the same database, as another app would; all are closed at the end."""
    stores: list[Store] = []

    def opened() -> Store:
        stores.append(open_store(place, clock))
        return stores[-1]

    yield opened
    for store in stores:
        store.close()


@pytest.fixture
def store(another: Callable[[], Store]) -> Store:
    return another()
