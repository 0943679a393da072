"""Where the campaigns of these tests are kept, and the stand-in of the provider that they talk to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.provider import Double, provider
from tests.store.support import Location


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Location:
    if request.param == "sqlite":
        return tmp_path / "santral.db"
    tables: Location = request.getfixturevalue("tables")
    return tables


@pytest.fixture
def double() -> Iterator[Double]:
    with provider() as made:
        yield made


@pytest.fixture
def faults(request: pytest.FixtureRequest) -> int:
    """How many faults a test tries; 0: at every step."""
    many: int = request.config.getoption("--faults")
    return many
