"""The notice that there is no room, in whatever room there is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.geometry import Size

from tui.app.terminal.app import notice
from tui.i18n import words

SMALLEST = Size(80, 24)


@pytest.fixture(params=["tr", "en"], autouse=True)
def language(request: pytest.FixtureRequest) -> Iterator[None]:
    words.use(str(request.param))
    yield
    words.use("en")


@given(st.integers(1, 300), st.integers(1, 100))
def test_it_is_never_larger_than_the_terminal(width: int, height: int) -> None:
    lines = notice(Size(width, height), SMALLEST)
    assert 1 <= len(lines) <= height
    assert all(len(line) <= width for line in lines)


def test_it_tells_the_size_that_is_and_the_size_that_is_needed() -> None:
    told = " ".join(notice(Size(60, 20), SMALLEST))
    assert "60×20" in told
    assert "80×24" in told
