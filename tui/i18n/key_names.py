"""The names of keys, as Textual gives them: which there are, what they type, and which a terminal keeps for itself.

Without Textual: the configuration is read by commands that never load it.
"""

from __future__ import annotations

import unicodedata
from typing import Final

NAMED: Final = frozenset({
    "up", "down", "left", "right", "home", "end", "pageup", "pagedown", "insert", "delete", "backspace", "enter", "tab",
    "escape", "space", *(f"f{number}" for number in range(1, 25)),
})
_MODIFIERS: Final = ("alt", "ctrl", "shift", "super")  # in the order in which Textual writes them
# What Textual calls by another name than Unicode does.
_OWN_NAMES: Final = {"solidus": "slash", "reverse_solidus": "backslash", "commercial_at": "at", "hyphen_minus": "minus",
                     "plus_sign": "plus", "low_line": "underscore"}
_SHOWN: Final = {"escape": "esc", "left": "←", "right": "→", "up": "↑", "down": "↓"}  # in letters that fonts have
# What people write, and what it is called.
_MEANT: Final = {"esc": "escape", "return": "enter", "del": "delete", "ins": "insert", "pgup": "pageup",
                 "pgdn": "pagedown", "page_up": "pageup", "page_down": "pagedown", "spacebar": "space",
                 "control": "ctrl", "option": "alt", "cmd": "super", "win": "super", "meta": "alt"}
# Flow control; the same byte as enter, tab or backspace; what tmux, screen and windows keep for themselves.
_KEPT: Final = frozenset({"ctrl+s", "ctrl+q", "ctrl+j", "ctrl+m", "ctrl+i", "ctrl+h", "ctrl+a", "ctrl+b", "f1", "f10",
                          "f11", "ctrl+pageup", "ctrl+pagedown", "shift+pageup", "shift+pagedown", "shift+insert"})


def name_of(character: str) -> str:
    """The name of the key that types a character."""
    if character == " ":
        return "space"
    if character.isalnum():
        return character
    name = unicodedata.name(character, character).lower().replace("-", "_").replace(" ", "_")
    return _OWN_NAMES.get(name, name)


# A name doesn't show where Unicode's has a hyphen; for the signs of keyboards that is known.
_SIGNS: Final = {name_of(chr(code)): chr(code) for code in range(33, 256) if not chr(code).isalnum()}


def character_of(name: str) -> str | None:
    """What a key types; None for one that types nothing, as every key does with a modifier."""
    if name == "space":
        return " "
    if name in NAMED:
        return None
    if len(name) == 1:
        return name if name.isprintable() else None
    if name in _SIGNS:
        return _SIGNS[name] if _SIGNS[name].isprintable() else None
    try:
        found = unicodedata.lookup(name.replace("_", " ").upper())
    except KeyError:
        return None
    return found if len(found) == 1 and found.isprintable() and name_of(found) == name else None


def shown(name: str) -> str:
    """A key's name as it stands on a keyboard."""
    character = character_of(name)
    return _SHOWN.get(name, name) if character is None or character == " " else character


def normal(written: str) -> str | None:
    """A key's name as it has to be, of one that people write (`?`, `shift+ctrl+left`); None where no key has it."""
    if len(written) == 1:
        return name_of(written) if written.isprintable() else None
    *modifiers, base = written.split("+")
    if len(base) == 1:
        base = name_of(base.lower())
    if base not in NAMED and character_of(base) is None:
        return None
    if len(set(modifiers)) != len(modifiers) or not set(modifiers) <= set(_MODIFIERS):
        return None
    if modifiers == ["shift"] and (base == "space" or base not in NAMED):
        return None  # it types a character of its own: `A`, not `shift+a`
    return "+".join([*(each for each in _MODIFIERS if each in modifiers), base])


def meant(written: str) -> str | None:
    """What a name that no key has was meant to be, where that is plain."""
    *modifiers, base = (_MEANT.get(part, part) for part in written.lower().replace("-", "+").split("+"))
    if modifiers == ["shift"] and len(base) == 1 and base.isalpha():
        return base.upper()
    return normal("+".join([*dict.fromkeys(modifiers), base])) if base else None


def kept_by_terminals(name: str) -> bool:
    """Whether many terminals don't pass a key on, or not as itself, so that nothing may depend on it alone."""
    *modifiers, base = name.split("+")
    if "alt" in modifiers or "super" in modifiers or name in _KEPT:
        return True
    if len(modifiers) > 1:
        return True  # ctrl+shift+…: the terminal's own menu
    if base in ("enter", "space", "backspace", "escape", "tab"):
        return bool(modifiers) and name != "shift+tab"
    return "ctrl" in modifiers and base not in NAMED and not (base.isascii() and base.isalpha())
