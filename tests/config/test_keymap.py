"""The key map: everything that hears a key has an id, keys that can be pressed, and words in both languages."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from textual.actions import parse
from textual.app import App
from textual.binding import Binding
from textual.dom import DOMNode
from textual.widgets import Input

import tui
import tui.screens
import tui.widgets
from tests.sources import nodes
from tui.app.app import SantralApp
from tui.config.keymap import COMMANDS, Place, given_together, used_in
from tui.i18n.key_names import character_of, kept_by_terminals, normal
from tui.i18n.words import CATALOGS, LANGUAGES, LATER, read_texts
from tui.widgets.command_owner import CommandOwner

# What hears keys without a binding, and why.
HEARS_BY_ITSELF = {
    "TextLine.on_key": "how a text is edited is Textual's; there it acts in its turn",
    "LaunchDialog.on_key": "a digit is text, which goes where the count is typed",
    "TypedQuestion.on_key": "a digit is text, which goes where the count is typed",
}
# Textual's own that have bindings without ids: each is declared again in the module that is named.
DECLARED_AGAIN = {"Button": "button", "OptionList": "options", "VerticalScroll": "page", "Checkbox": "follow_up"}
WITH_BINDINGS = {*DECLARED_AGAIN, "ScrollableContainer", "HorizontalScroll", "Collapsible", "DataTable",
                 "DirectoryTree", "ListView", "RadioSet", "RadioButton", "Select", "SelectionList", "Switch",
                 "TabbedContent", "Tabs", "TextArea", "Tree", "MarkdownViewer", "Link"}


def ours() -> list[type[DOMNode]]:
    """Every widget, screen and app of the program."""
    for package in (tui.screens, tui.widgets):
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)
    found: list[type[DOMNode]] = []
    waiting: list[type[DOMNode]] = [DOMNode]
    while waiting:
        for child in waiting.pop().__subclasses__():
            waiting.append(child)
            if child.__module__.startswith("tui.") and (not issubclass(child, App) or child is SantralApp):
                found.append(child)  # what is mixed into the app counts with the app
    return sorted(set(found), key=lambda each: each.__qualname__)


OURS = ours()
TEXT_EDITING = {(key, binding.action) for key, binding in Input._merged_bindings}  # type: ignore[union-attr]  # a widget has some


@pytest.mark.parametrize("node", OURS, ids=lambda node: node.__qualname__)
def test_every_binding_has_an_id_and_its_keys(node: type[DOMNode]) -> None:
    assert node._merged_bindings is not None
    for key, binding in node._merged_bindings:
        if issubclass(node, Input) and (key, binding.action) in TEXT_EDITING:
            continue  # how a text is edited is Textual's, as everywhere
        assert binding.id is not None
        assert binding.id in COMMANDS, (key, binding.action)
        assert key in COMMANDS[binding.id].keys


def owner_of(node: type[DOMNode], name: str) -> type[object]:
    """The class of what a node has for one of its concerns: `self.name = Class(…)`."""
    for cls in node.__mro__:
        if not cls.__module__.startswith("tui."):
            continue
        for found in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(cls)))):
            match found:
                case ast.Assign(targets=[ast.Attribute(value=ast.Name(id="self"), attr=attribute)],
                                value=ast.Call(func=ast.Name(id=made))) if attribute == name:
                    return cast("type[object]", getattr(sys.modules[cls.__module__], made))
    raise AssertionError(f"{node.__qualname__} has no {name}")


@pytest.mark.parametrize("node", OURS, ids=lambda node: node.__qualname__)
def test_every_binding_is_done_by_somebody(node: type[DOMNode]) -> None:
    for _key, binding in node._merged_bindings or ():
        where, name, _parameters = parse(binding.action)
        if where.partition(".")[0] != "screen":  # of whichever screen it is on
            target = SantralApp if where == "app" else node if not where else owner_of(node, where)
            assert hasattr(target, f"action_{name}") or hasattr(target, f"_action_{name}"), binding.action
            assert not where or where == "app" or issubclass(target, CommandOwner)


def test_nothing_else_hears_keys() -> None:
    def hears(name: str) -> bool:
        _, found, key = name.lstrip("_").partition("key_")
        return name in ("on_key", "_on_key") or (bool(found) and normal(key) is not None)

    heard = {f"{node.__name__}.{name}" for node in OURS for name in vars(node) if hears(name)}
    assert heard == HEARS_BY_ITSELF.keys()


def test_what_has_bindings_without_ids_is_declared_again() -> None:
    made, extended = set(), set()
    for file in Path(tui.__path__[0]).rglob("*.py"):
        foreign = {alias.asname or alias.name: alias.name for node in nodes(file)
                   if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("textual")
                   for alias in node.names if alias.name in WITH_BINDINGS}
        made |= {(file.stem, node.func.id) for node in nodes(file)
                 if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in foreign}
        extended |= {(foreign[base.id], file.stem) for node in nodes(file) if isinstance(node, ast.ClassDef)
                     for base in node.bases if isinstance(base, ast.Name) and base.id in foreign}
    assert made == set()
    assert extended == set(DECLARED_AGAIN.items())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_and_every_group_has_a_name(language: str) -> None:
    texts = read_texts(language, (*CATALOGS, *LATER))
    assert {f"key.{binding_id}" for binding_id in COMMANDS} <= texts.keys()
    assert {f"key.group.{command.group}" for command in COMMANDS.values()} <= texts.keys()
    named = {key.removeprefix("key.") for key in texts if key.startswith("key.") and not key.startswith("key.group.")}
    assert named == COMMANDS.keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_says_what_it_does_in_more_than_its_name(language: str) -> None:
    texts = read_texts(language, (*CATALOGS, *LATER))
    assert {key.removeprefix("does.") for key in texts if key.startswith("does.")} == COMMANDS.keys()
    for binding_id in COMMANDS:
        does = str(texts[f"does.{binding_id}"])
        assert does[0].isupper()
        assert not does.endswith(".")  # a phrase, as what stands beside it in a table
        assert len(does) > len(str(texts[f"key.{binding_id}"])), binding_id


def pairs() -> Iterator[tuple[str, str]]:
    for command in COMMANDS.values():
        for key in command.keys:
            yield command.id, key


def test_every_key_exists() -> None:
    assert [(binding_id, key) for binding_id, key in pairs() if normal(key) != key] == []


def test_no_command_is_only_on_a_key_that_terminals_keep() -> None:
    assert [command.id for command in COMMANDS.values() if all(map(kept_by_terminals, command.keys))] == []


# Every character that a key gives without AltGr, with and without shift, as the keyboards have them.
TURKISH_Q = set('"1234567890*-qwertyuıopğüasdfghjklşi,<zxcvbnmöç.' "é!'^+%&/()=?_QWERTYUIOPĞÜASDFGHJKLŞİ;>ZXCVBNMÖÇ: ")
TURKISH_F = set("+1234567890/-fgğıodrnhpqwuieaütkmlyşxjövcçzsb.,<" "*!\"^$%&'()=?_FGĞIODRNHPQWUİEAÜTKMLYŞXJÖVCÇZSB:;> ")


@pytest.mark.parametrize("keyboard", [TURKISH_Q, TURKISH_F], ids=["Q", "F"])
def test_every_command_can_be_given_on_a_turkish_keyboard(keyboard: set[str]) -> None:
    """With one stroke: a key that types nothing, or a character that needs no AltGr."""
    for command in COMMANDS.values():
        characters = [character_of(key) for key in command.keys]
        assert any(character is None or character in keyboard for character in characters), command.id


def test_both_letters_i_give_the_same_command() -> None:
    """The Turkish keyboard has two where others have one, and caps lock makes İ and I of them."""
    for command in COMMANDS.values():
        for letter, other in (("i", "ı"), ("I", "İ")):
            assert (letter in command.keys) == (other in command.keys), command.id


# Which can be given at once

def test_every_command_can_be_given_somewhere() -> None:
    assert set(COMMANDS) == {command_id for ids in given_together() for command_id in ids}


@pytest.mark.parametrize("place", Place)
def test_every_place_of_the_key_map_is_bound_by_what_is_there(place: Place) -> None:
    """Each of its uses is a binding of one of our classes, and nothing else is bound than what the key map has."""
    uses = {(command.id, use.action, use.in_footer, use.priority) for command, use in used_in(place)}
    assert uses
    assert any(uses <= bound_by(node) for node in OURS), place


def test_nothing_is_bound_that_the_key_map_does_not_have() -> None:
    known = {(command.id, use.action, use.in_footer, use.priority)
             for place in Place for command, use in used_in(place)}
    assert {use for node in OURS for use in bound_by(node)} <= known


def bound_by(node: type[DOMNode]) -> set[tuple[str, str, bool, bool]]:
    """What a class binds, with what it is made of."""
    return {(binding.id, binding.action, binding.show, binding.priority) for each in node.__mro__
            for binding in vars(each).get("BINDINGS", ()) if isinstance(binding, Binding) and binding.id}


@pytest.mark.parametrize("ids", given_together(), ids=range(len(given_together())))
def test_no_two_commands_that_can_be_given_at_once_have_a_key_in_common(ids: tuple[str, ...]) -> None:
    taken: dict[str, str] = {}
    for command_id in ids:
        for key in COMMANDS[command_id].keys:
            assert taken.setdefault(key, command_id) == command_id, key


def test_what_is_wanted_while_text_is_typed_is_no_letter_alone() -> None:
    for command in COMMANDS.values():
        if command.while_typing or command.required:
            assert any(character_of(key) is None for key in command.keys), command.id
