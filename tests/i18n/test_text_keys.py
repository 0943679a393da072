"""Every key of a text can be found: it stands whole in the program, or a `TextKeys` declares it; none is unused."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import tui
from tui.config.keymap import COMMANDS
from tui.config.settings import SETTINGS
from tui.core.text_keys import TextKeys
from tui.i18n.words import LATER, ROOMS, read_texts

PACKAGE = Path(tui.__file__).parent
_ROOM = "|".join((*ROOMS, *LATER))
_KEY = re.compile(rf"(?:{_ROOM})(?:\.[^\s.]+)+")
_BEGINS_A_KEY = re.compile(rf"(?:{_ROOM})\.[\w.]*")
# What looks like a key and is none: ids of commands, paths of settings, names of files and of columns.
_OTHERS = {*COMMANDS, *(".".join(setting.path) for setting in SETTINGS), "config.toml", "numbers.typed",
           "numbers.phrase"}


def modules() -> Iterator[Path]:
    """The program's files but for the texts themselves."""
    for file in sorted(PACKAGE.rglob("*.py")):
        if "catalogs" not in file.parts:
            yield file


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


@cache
def texts() -> frozenset[str]:
    return frozenset(read_texts("en", (*ROOMS, *LATER)))


def constants(file: Path) -> Iterator[tuple[int, str]]:
    """Every text in a module that stands by itself, with its line: no piece of an f-string."""
    pieces = {id(piece) for node in ast.walk(tree(file)) if isinstance(node, ast.JoinedStr) for piece in node.values}
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in pieces:
            yield node.lineno, node.value


@cache
def declared() -> dict[str, frozenset[str]]:
    """The keys of every `TextKeys` of a module, by where it stands."""
    found = {}
    for file in modules():
        if "TextKeys(" in file.read_text(encoding="utf-8"):
            name = ".".join(("tui", *file.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__")
            for each, value in vars(importlib.import_module(name)).items():
                if isinstance(value, TextKeys):
                    found[f"{name}.{each}"] = frozenset(value)
    return found


def test_every_declared_key_has_a_text() -> None:
    assert {place: keys - texts() for place, keys in declared().items() if not keys <= texts()} == {}


def test_what_is_written_as_a_key_is_one() -> None:
    wrong = [f"{file.relative_to(PACKAGE)}:{line}: {text}" for file in modules() for line, text in constants(file)
             if _KEY.fullmatch(text) and text not in texts() and text not in _OTHERS and not set("*{") & set(text)]
    assert wrong == []


def test_every_text_is_used() -> None:
    used = {text for file in modules() for _line, text in constants(file)}
    assert sorted(texts() - used - frozenset().union(*declared().values())) == []


def _composed(file: Path) -> Iterator[tuple[int, str]]:
    """Where a key is put together of pieces otherwise than by a `TextKeys`."""
    for node in ast.walk(tree(file)):
        match node:
            case ast.JoinedStr(values=[ast.Constant(value=str(begins)), *_]) if _BEGINS_A_KEY.fullmatch(begins):
                yield node.lineno, ast.unparse(node)
            case ast.BinOp(left=ast.Constant(value=str(begins)), op=ast.Add()) if _BEGINS_A_KEY.fullmatch(begins):
                yield node.lineno, ast.unparse(node)
            case ast.Call(func=ast.Name(id="say" | "Reason") | ast.Attribute(attr="say"), args=[argument, *_]):
                if any(isinstance(inner, ast.JoinedStr | ast.BinOp) for inner in ast.walk(argument)):
                    yield node.lineno, ast.unparse(argument)


@pytest.mark.parametrize("file", [pytest.param(file, id=str(file.relative_to(PACKAGE))) for file in modules()])
def test_no_key_is_put_together(file: Path) -> None:
    assert list(_composed(file)) == []


def test_a_prefix_of_keys_is_no_test_of_one() -> None:
    """`code.startswith("room.")` would go on being true, or false, of keys that were renamed."""
    wrong = [f"{file.relative_to(PACKAGE)}:{line}: {text}" for file in modules() for line, text in constants(file)
             if re.fullmatch(rf"(?:{_ROOM})\.\w[\w.]*[._]", text)]
    assert wrong == []


def test_every_set_of_keys_is_declared_in_a_module() -> None:
    """Not in a function or a class, where these tests would not find it."""
    for file in modules():
        calls = {node.lineno for node in ast.walk(tree(file))
                 if isinstance(node, ast.Call) and getattr(node.func, "id", None) == "TextKeys"}
        top = {node.value.lineno for node in tree(file).body
               if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Call)}
        assert calls <= top, file
