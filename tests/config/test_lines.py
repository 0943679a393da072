"""Where a setting stands."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from tests.config.documents import documents
from tui.config.lines import Key, has_comments, lines_of


def _keys(table: dict[str, Any], above: Key = ()) -> list[Key]:
    """Every key that is not inside an array."""
    found: list[Key] = []
    for name, value in table.items():
        found.append((*above, name))
        if isinstance(value, dict):
            found += _keys(value, (*above, name))
    return found


HARD = '''\
# a = 1
top = "a # no comment = 1" # one = 2
"quoted key" = 1
'literal.key' = 2
x.y."z w" = 3
long = """
[not.a.table]
fake = 1 \\"""
"""
raw = \'\'\'
fake = 2
\'\'\'
quotes = """a""""
list = [
  "x", # comment ]
  [1, 2], { inner = 1 },
]
inline = { one = 1, two.three = { four = "}" } }
date = 1979-05-27 07:32:00
[  profiles . "my acme" ]
api_key = "K"
[[many]]
n = 1
[[many]]
n = 2
'''

WHERE = {
    ("top",): 2, ("quoted key",): 3, ("literal.key",): 4, ("x",): 5, ("x", "y", "z w"): 5, ("long",): 6, ("raw",): 10,
    ("quotes",): 13, ("list",): 14, ("inline", "one"): 18, ("inline", "two", "three", "four"): 18, ("date",): 19,
    ("profiles",): 20, ("profiles", "my acme"): 20, ("profiles", "my acme", "api_key"): 21,
    ("many",): 22, ("many", "n"): 23,
}


@pytest.mark.parametrize(("key", "line"), WHERE.items())
def test_a_setting_is_found_on_its_line(key: Key, line: int) -> None:
    assert lines_of(HARD)[key] == line


def test_text_arrays_and_comments_hold_no_settings() -> None:
    tomllib.loads(HARD)  # the example is TOML
    names = {name for key in lines_of(HARD) for name in key}
    assert not names & {"a", "fake", "not", "inner", "one = 2"}


@given(documents())
def test_every_setting_of_a_document_has_the_line_on_which_it_is_written(document: dict[str, Any]) -> None:
    text = tomli_w.dumps(document)
    lines = lines_of(text)
    for key in _keys(tomllib.loads(text)):
        # The name stands on that line: as it is, or quoted with its escapes.
        written = tomli_w.dumps({key[-1]: 1}).removesuffix(" = 1\n")
        assert written in text.split("\n")[lines[key] - 1]


@given(documents())
def test_what_is_written_from_values_holds_no_comment(document: dict[str, Any]) -> None:
    text = tomli_w.dumps(document)
    assert not has_comments(text)
    assert has_comments(text + "# said by a person\n")


@given(st.text(max_size=40))
def test_no_text_stops_the_scanner(text: str) -> None:
    assert all(1 <= line <= text.count("\n") + 1 for line in _lines_or_none(text).values())


def _lines_or_none(text: str) -> dict[Key, int]:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return {}
    return lines_of(text)
