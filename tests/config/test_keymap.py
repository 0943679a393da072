"""The key map: everything that hears a key has an id, keys that can be pressed, and words in both languages."""

from __future__ import annotations

import ast
import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.app import App
from textual.dom import DOMNode
from textual.widgets import Input

import tui
import tui.screens
import tui.widgets
from tui.app.app import SantralApp
from tui.config.keymap import KEYS, PLACES, REQUIRED, group_of, ids_of, while_typing
from tui.i18n.key_names import character_of, kept_by_terminals, normal
from tui.i18n.words import LANGUAGES, LATER, ROOMS, read_texts

# What hears keys without a binding, and why.
HEARS_BY_ITSELF = {
    "TextLine._on_key": "how a text is edited is Textual's; there it acts in its turn",
    "LaunchDialog.on_key": "a digit is text, which goes where the count is typed",
    "WithRefusedDialog.on_key": "a digit is text, which goes where the count is typed",
}
# Textual's own that have bindings without ids: each is declared again in the module that is named.
DECLARED_AGAIN = {"Button": "button", "OptionList": "options", "VerticalScroll": "page", "Checkbox": "tick"}
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
        assert binding.id in KEYS, (key, binding.action)
        assert key in KEYS[binding.id].split(",")


def test_nothing_else_hears_keys() -> None:
    def hears(name: str) -> bool:
        _, found, key = name.lstrip("_").partition("key_")
        return name in ("on_key", "_on_key") or (bool(found) and normal(key) is not None)

    heard = {f"{node.__name__}.{name}" for node in OURS for name in vars(node) if hears(name)}
    assert heard == HEARS_BY_ITSELF.keys()


def test_what_has_bindings_without_ids_is_declared_again() -> None:
    made, extended = set(), set()
    for file in Path(tui.__path__[0]).rglob("*.py"):
        tree = list(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
        foreign = {alias.asname or alias.name: alias.name for node in tree
                   if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("textual")
                   for alias in node.names if alias.name in WITH_BINDINGS}
        made |= {(file.stem, node.func.id) for node in tree
                 if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in foreign}
        extended |= {(foreign[base.id], file.stem) for node in tree if isinstance(node, ast.ClassDef)
                     for base in node.bases if isinstance(base, ast.Name) and base.id in foreign}
    assert made == set()
    assert extended == set(DECLARED_AGAIN.items())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_and_every_group_has_a_name(language: str) -> None:
    texts = read_texts(language, (*ROOMS, *LATER))
    assert {f"key.{binding_id}" for binding_id in KEYS} <= texts.keys()
    assert {f"key.group.{group_of(binding_id)}" for binding_id in KEYS} <= texts.keys()
    named = {key.removeprefix("key.") for key in texts if key.startswith("key.") and not key.startswith("key.group.")}
    assert named == KEYS.keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_says_what_it_does_in_more_than_its_name(language: str) -> None:
    texts = read_texts(language, (*ROOMS, *LATER))
    assert {key.removeprefix("does.") for key in texts if key.startswith("does.")} == KEYS.keys()
    for binding_id in KEYS:
        does = str(texts[f"does.{binding_id}"])
        assert does[0].isupper()
        assert not does.endswith(".")  # a phrase, as what stands beside it in a table
        assert len(does) > len(str(texts[f"key.{binding_id}"])), binding_id


def pairs() -> Iterator[tuple[str, str]]:
    for binding_id, keys in KEYS.items():
        for key in keys.split(","):
            yield binding_id, key


def test_every_key_exists() -> None:
    assert [(binding_id, key) for binding_id, key in pairs() if normal(key) != key] == []


def test_no_command_is_only_on_a_key_that_terminals_keep() -> None:
    assert [binding_id for binding_id, keys in KEYS.items() if all(map(kept_by_terminals, keys.split(",")))] == []


# Every character that a key gives without AltGr, with and without shift, as the keyboards have them.
TURKISH_Q = set('"1234567890*-qwertyuıopğüasdfghjklşi,<zxcvbnmöç.' "é!'^+%&/()=?_QWERTYUIOPĞÜASDFGHJKLŞİ;>ZXCVBNMÖÇ: ")
TURKISH_F = set("+1234567890/-fgğıodrnhpqwuieaütkmlyşxjövcçzsb.,<" "*!\"^$%&'()=?_FGĞIODRNHPQWUİEAÜTKMLYŞXJÖVCÇZSB:;> ")


@pytest.mark.parametrize("keyboard", [TURKISH_Q, TURKISH_F], ids=["Q", "F"])
def test_every_command_can_be_given_on_a_turkish_keyboard(keyboard: set[str]) -> None:
    """With one stroke: a key that types nothing, or a character that needs no AltGr."""
    for binding_id, keys in KEYS.items():
        characters = [character_of(key) for key in keys.split(",")]
        assert any(character is None or character in keyboard for character in characters), binding_id


def test_both_letters_i_give_the_same_command() -> None:
    """The Turkish keyboard has two where others have one, and caps lock makes İ and I of them."""
    for binding_id, keys in KEYS.items():
        names = set(keys.split(","))
        for letter, other in (("i", "ı"), ("I", "İ")):
            assert (letter in names) == (other in names), binding_id


# Which can be given at once

def test_every_id_has_a_place() -> None:
    assert set(KEYS) == {binding_id for patterns in PLACES.values() for binding_id in ids_of(patterns)}


@pytest.mark.parametrize("place", PLACES)
def test_no_two_commands_of_a_place_have_a_key_in_common(place: str) -> None:
    taken: dict[str, str] = {}
    for binding_id in ids_of(PLACES[place]):
        for key in KEYS[binding_id].split(","):
            assert taken.setdefault(key, binding_id) == binding_id, key


def test_what_is_wanted_while_text_is_typed_is_no_letter_alone() -> None:
    for binding_id, keys in KEYS.items():
        if while_typing(binding_id) or binding_id in REQUIRED:
            assert any(character_of(key) is None for key in keys.split(",")), binding_id
