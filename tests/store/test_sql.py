"""Statements are made of parts of the program's own, in one place; the store runs no other."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import tui.store
from tests.sources import nodes
from tui.store.sql import (
    Sql,
    added,
    all_of,
    any_of,
    assignments,
    cases,
    literally,
    literals,
    marks,
    named_marks,
    names,
    numbers,
    one_after_another,
    sql,
    value_rows,
)

ROOM = Path(tui.store.__file__).parent
MODULES = sorted(path for path in ROOM.rglob("*.py") if path.name != "sql.py")
TYPED = "1; DROP TABLE campaigns"  # whatever was typed, read or received
RUNS = {"run", "run_many", "all", "one", "number", "execute", "executemany", "copy"}


def test_parts_stand_where_their_names_are() -> None:
    page = sql("SELECT {columns} FROM {table} WHERE {where} LIMIT {limit}", columns=names("id", "name"),
               table=names("campaigns"), where=all_of((sql("id > ?"), any_of((sql("a = 1"), sql("b = 2"))))), limit=5)
    assert page == "SELECT id, name FROM campaigns WHERE id > ? AND (a = 1 OR b = 2) LIMIT 5"
    assert (marks(3), value_rows(2, 2), assignments(["a", "b"])) == ("?, ?, ?", "(?, ?), (?, ?)", "a = ?, b = ?")
    assert (named_marks(["a", "b"]), named_marks([])) == (":a, :b", "NULL")
    assert (literals(["a", "İYS izni yok"]), numbers([1, 2])) == ("'a', 'İYS izni yok'", "1, 2")
    assert added("t", ["a", "b"]) == "a = t.a + excluded.a, b = t.b + excluded.b"
    assert cases({"on": 0, "off": 1}) == "WHEN 'on' THEN 0 WHEN 'off' THEN 1"
    assert one_after_another([sql("SELECT 1"), sql("SELECT 2")]) == "SELECT 1 UNION ALL SELECT 2"
    assert all_of(()) == "1 = 1"
    assert literally("50%_!") == "50!%!_!!"


@pytest.mark.parametrize("make", [
    lambda text: sql("SELECT {part}", part=text),
    lambda text: all_of([sql("a = 1"), text]),
    lambda text: any_of([text]),
    lambda text: one_after_another([text]),
])
def test_a_text_from_elsewhere_is_no_part(make: Callable[[str], Sql]) -> None:
    with pytest.raises(TypeError):
        make(TYPED)


@pytest.mark.parametrize("make", [names, lambda text: assignments([text]), lambda text: named_marks([text]),
                                  lambda text: added(text, ["a"]), lambda text: added("t", [text]),
                                  lambda text: literals([f"'{text}"])])
def test_nor_is_it_a_name_or_a_word(make: Callable[[str], Sql]) -> None:
    with pytest.raises(ValueError, match="DROP"):
        make(TYPED)


def test_a_part_that_is_missing_is_an_error() -> None:
    with pytest.raises(KeyError):
        sql("SELECT {part}")


def calls(path: Path) -> Iterator[ast.Call]:
    return (node for node in nodes(path) if isinstance(node, ast.Call))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOM)))
def test_every_statement_of_parts_is_made_there(path: Path) -> None:
    source = path.read_text("utf-8")
    assert "S608" not in source
    for call in calls(path):
        match call.func:
            case ast.Name(id="Sql"):
                pytest.fail(f"line {call.lineno}: made here")
            case ast.Name(id="sql"):
                assert isinstance(call.args[0], ast.Constant | ast.Name), f"line {call.lineno}: a text of parts"
            case ast.Attribute(attr=name) if name in RUNS and call.args:
                assert not isinstance(call.args[0], ast.JoinedStr | ast.BinOp), f"line {call.lineno}: a text of parts"
