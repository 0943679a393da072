"""Every key of a text can be found: it stands whole in the program, or a `TextKeys` declares it; none is unused."""

from __future__ import annotations

import ast
import importlib
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import tui
from tests.sources import nodes, tree
from tui.config.keymap import COMMANDS
from tui.config.settings import SETTINGS
from tui.core.text_keys import TextKeys
from tui.i18n.words import CATALOGS, LATER, read_texts

PACKAGE = Path(tui.__file__).parent
# Catalogs that are not named as their room is: what every room says, the command line, names and effects of commands.
_ROOM_OF = {"common": "core", "command": "commands", "key": "config", "does": "config"}
# Codes of sentences that scripts read in JSON as they are, though another room says them.
_CODES_ELSEWHERE = ("command.log.", "command.short.", "command.terminal.", "command.zone.", "provider.base_url.")
_ROOM = "|".join({catalog.partition(".")[0] for catalog in (*CATALOGS, *LATER)})
_KEY = re.compile(rf"(?:{_ROOM})(?:\.[^\s.]+)+")
_BEGINS_A_KEY = re.compile(rf"(?:{_ROOM})\.[\w.]*")
# What looks like a key and is none: commands, actions, paths of settings, names of catalogs, files and columns.
_ACTIONS = {use.action for command in COMMANDS.values() for use in command.uses.values()}
_OTHERS = {*COMMANDS, *_ACTIONS, *(".".join(setting.path) for setting in SETTINGS), "config.toml", "app.tcss",
           *CATALOGS, *LATER, "numbers.typed", "numbers.phrase"}


@cache
def modules() -> tuple[Path, ...]:
    """The program's files but for the texts themselves."""
    return tuple(file for file in sorted(PACKAGE.rglob("*.py")) if "catalogs" not in file.parts)


@cache
def texts() -> frozenset[str]:
    return frozenset(read_texts("en", (*CATALOGS, *LATER)))


@cache
def constants(file: Path) -> tuple[tuple[int, str], ...]:
    """Every text in a module that stands by itself, with its line: no piece of an f-string."""
    pieces = {id(piece) for node in nodes(file) if isinstance(node, ast.JoinedStr) for piece in node.values}
    return tuple((node.lineno, node.value) for node in nodes(file)
                 if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in pieces)


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


@cache
def layers() -> dict[str, int]:
    """How high each room stands, as the import contract draws the house; 0: nothing stands below it."""
    project = tomllib.loads((PACKAGE.parent / "pyproject.toml").read_text(encoding="utf-8"))
    [drawn] = [contract["layers"] for contract in project["tool"]["importlinter"]["contracts"]
               if contract["type"] == "layers"]
    return {room: height for height, rooms in enumerate(reversed(drawn)) for room in rooms.split(" | ")}


def users() -> Iterator[tuple[str, str, str]]:
    """Every use of a key: the room that says it, where, and the key."""
    for file in modules():
        place = file.relative_to(PACKAGE)
        for line, text in constants(file):
            if text in texts():
                yield place.with_suffix("").parts[0], f"{place}:{line}", text
    for name, keys in declared().items():
        for key in keys:
            yield name.split(".")[1], name, key


def test_a_text_belongs_to_the_room_that_says_it_or_to_one_below() -> None:
    wrong = []
    for room, place, key in users():
        first = key.split(".")[0]
        of = _ROOM_OF.get(first, first)
        if room != of and layers()[room] <= layers()[of] and not key.startswith(_CODES_ELSEWHERE):
            wrong.append(f"{place}: {key}")
    assert wrong == []


def _composed(file: Path) -> Iterator[tuple[int, str]]:
    """Where a key is put together of pieces otherwise than by a `TextKeys`."""
    for node in nodes(file):
        match node:
            case ast.JoinedStr(values=[ast.Constant(value=str(begins)), *_]) if _BEGINS_A_KEY.fullmatch(begins):
                yield node.lineno, ast.unparse(node)
            case ast.BinOp(left=ast.Constant(value=str(begins)), op=ast.Add()) if _BEGINS_A_KEY.fullmatch(begins):
                yield node.lineno, ast.unparse(node)
            case ast.Call(func=ast.Name(id="say" | "Reason") | ast.Attribute(attr="say"), args=[argument, *_]):
                if any(isinstance(inner, ast.JoinedStr | ast.BinOp) for inner in ast.walk(argument)):
                    yield node.lineno, ast.unparse(argument)


def test_no_key_is_put_together() -> None:
    composed = {str(file.relative_to(PACKAGE)): list(_composed(file)) for file in modules()}
    assert {file: found for file, found in composed.items() if found} == {}


def test_a_prefix_of_keys_is_no_test_of_one() -> None:
    """`code.startswith("room.")` would go on being true, or false, of keys that were renamed."""
    wrong = [f"{file.relative_to(PACKAGE)}:{line}: {text}" for file in modules() for line, text in constants(file)
             if re.fullmatch(rf"(?:{_ROOM})\.\w[\w.]*[._]", text)]
    assert wrong == []


def test_every_set_of_keys_is_declared_in_a_module() -> None:
    """Not in a function or a class, where these tests would not find it."""
    for file in modules():
        calls = {node.lineno for node in nodes(file)
                 if isinstance(node, ast.Call) and getattr(node.func, "id", None) == "TextKeys"}
        top = {node.value.lineno for node in tree(file).body
               if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Call)}
        assert calls <= top, file
