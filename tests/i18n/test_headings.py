"""The heading of each column has room in it, in both languages."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.sources import nodes
from tui.i18n.words import LANGUAGES, Words

SCREENS = Path(__file__).parent.parent.parent / "tui" / "screens"


def headings() -> list[tuple[str, int]]:
    """Of columns with a width: the key of the heading, and how many cells there are."""
    return [(text.value, width.value) for path in sorted(SCREENS.glob("*.py")) for node in nodes(path)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Column"
            and len(node.args) > 2 and isinstance(node.args[1], ast.Call)
            for text, width in [(node.args[1].args[0], node.args[2])]
            if isinstance(text, ast.Constant) and isinstance(width, ast.Constant)
            and isinstance(text.value, str) and isinstance(width.value, int) and width.value]


def test_there_are_columns_to_be_looked_at() -> None:
    assert len(headings()) > 20


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_heading_is_cut(language: str) -> None:
    say = Words(language).say
    assert [(key, say(key), width) for key, width in headings() if cell_len(say(key)) > width] == []
