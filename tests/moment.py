"""What time it is for a test that goes by the program's own clock: a moment, from which on time passes as it does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Final

import pytest

from tests.started import sitecustomize
from tui.campaign.dates import ISTANBUL

USUAL: Final = "2026-11-25T12:00"  # a Wednesday


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--moment", action="append", default=[], metavar="YYYY-MM-DDTHH:MM", type=_moment,
                     help=f"when tests that go by the clock begin, in Turkish time; may be said again ({USUAL})")


def _moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=ISTANBUL)


def _goes_by_the_clock(test: pytest.Item, names: Collection[str]) -> bool:
    """Whether the fixture is among the names that a test takes, and not an argument of its own of that name."""
    own = {name.strip() for mark in test.iter_markers("parametrize")
           for name in (mark.args[0].split(",") if isinstance(mark.args[0], str) else mark.args[0])}
    return "moment" in names and "moment" not in own


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that goes by the clock runs at each moment."""
    said = metafunc.config.getoption("moment")
    if said and _goes_by_the_clock(metafunc.definition, metafunc.fixturenames):
        metafunc.parametrize("moment", said, indirect=True, ids=[f"{moment:%Y-%m-%dT%H:%M}" for moment in said])


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Which those are, nobody has to keep in mind: `-m clock`."""
    for item in items:
        if isinstance(item, pytest.Function) and _goes_by_the_clock(item, item.fixturenames):
            item.add_marker(pytest.mark.clock)


@pytest.fixture
def moment(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> dt.datetime:
    """The clock of the program begins here, in this process and in those that the test starts; aware."""
    begins: dt.datetime = getattr(request, "param", None) or _moment(USUAL)
    ahead = begins - dt.datetime.now(dt.UTC)
    monkeypatch.setenv(sitecustomize.AHEAD, str(ahead.total_seconds()))
    return begins
