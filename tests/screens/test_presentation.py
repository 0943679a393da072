"""What is shown is painted of values: no screen, widget or text asks the database by itself."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

TUI = Path(__file__).parents[2] / "tui"
FILES = sorted(path for room in ("screens", "widgets", "text") for path in (TUI / room).glob("*.py"))


def names(node: ast.expr) -> list[str]:
    """`self.services.store.results.page` → its parts; none of what is no such chain."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return [node.id, *reversed(parts)] if isinstance(node, ast.Name) else []


def asked(source: str) -> list[int]:
    """The lines in which the store is called. A call that is handed to its thread is none."""
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return [call.lineno for call in calls if "store" in names(call.func)[:-1]]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_nothing_that_is_shown_asks_the_store(path: Path) -> None:
    assert asked(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(("source", "lines"), [
    ("store.history(7)", [1]), ("complete = self.services.store.figures.complete(7)", [1]),
    ("await services.thread(services.store.results.page, 7)", []), ("page = store.results.page", []),
])
def test_a_call_is_found_and_what_is_handed_over_is_none(source: str, lines: list[int]) -> None:
    assert asked(source) == lines
