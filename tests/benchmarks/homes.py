"""The home of a benchmark, for tests: what is started in it goes by the test's clock."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from benchmarks.home import drafts, filled_home
from tests.started.sitecustomize import AHEAD
from tui.store import Store


@contextmanager
def home_of_the_moment(fill: Callable[[Store], None] = drafts) -> Iterator[Mapping[str, str]]:
    """As `filled_home`; for tests with the fixture `moment`."""
    with filled_home(fill) as environ:
        yield {**environ, AHEAD: os.environ[AHEAD]}
