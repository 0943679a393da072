from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.receiver.support import TOKEN, Running, running
from tests.store.results import calling
from tests.store.support import open_store
from tui.store import Store


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "santral.db"


@pytest.fixture
def store(database: Path) -> Iterator[Store]:
    """The app's store; the receiver has one of its own on the same file."""
    opened = open_store(database)
    yield opened
    opened.close()


@pytest.fixture
def campaign(store: Store) -> int:
    """A campaign that calls five numbers; its token is TOKEN."""
    return calling(store, token=TOKEN)


@pytest.fixture
def receiver(database: Path, campaign: int) -> Iterator[Running]:
    its_own = open_store(database)
    with running(its_own) as made:
        yield made
    its_own.close()
