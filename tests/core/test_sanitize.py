"""Control characters are shown: by one escape, wherever a text goes."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tui
from tests.sources import nodes
from tui.core.sanitize import escaped, excerpt, json_escaped, marked, visible

PACKAGE = Path(tui.__file__).parent
HOME = PACKAGE / "core" / "sanitize.py"


@pytest.mark.parametrize(("text", "shown"), [
    ("Şükrü 📞 שלום", "Şükrü 📞 שלום"), ("a\tb\r\n", "a\\tb\\r\\n"), ("\x1b[2J\x9b", "\\x1b[2J\\x9b"),
    ("a\u202eb\u2028", "a\\u202eb\\u2028"), ("\ud800", "\\ud800"), ("\U000e0001", "\\U000e0001"),
])
def test_what_does_not_print_is_an_escape(text: str, shown: str) -> None:
    assert (visible(text), escaped(text), excerpt(text)) == (shown, shown, shown)


def test_a_no_break_space_prints_as_a_blank_and_is_an_escape_where_it_may_be_the_mistake() -> None:
    assert (visible("a\u00a0b"), marked("a\u00a0b")) == ("a\u00a0b", "a\u00a0b")
    assert (escaped("a\u00a0b"), excerpt("a\u00a0b")) == ("a\\xa0b", "a\\xa0b")


@given(st.text())
def test_what_is_shown_is_one_line_that_prints(text: str) -> None:
    assert escaped(text).isprintable()
    assert visible(text).replace("\u00a0", "").isprintable()
    assert len(marked(text)) == len(text)


@given(st.recursive(st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=5))
def test_an_escaped_document_says_the_same(value: object) -> None:
    document = json_escaped(json.dumps(value, ensure_ascii=False, indent=1))
    assert json.loads(document) == value
    assert document.replace("\n", "").isprintable()


def test_nothing_else_in_the_program_writes_escapes() -> None:
    """A sign that does not print is replaced in one place: `sign if sign.isprintable() else …` stands there alone."""
    for file in PACKAGE.rglob("*.py"):
        chosen = [node.lineno for node in nodes(file) if isinstance(node, ast.IfExp)
                  and any(getattr(inner, "attr", None) == "isprintable" for inner in ast.walk(node.test))
                  and isinstance(node.body, ast.Name) and not isinstance(node.orelse, ast.Constant)]
        encoded = [node.lineno for node in nodes(file)
                   if isinstance(node, ast.Constant) and node.value == "unicode_escape"]
        assert not [*chosen, *encoded] or file == HOME, (file, chosen, encoded)
