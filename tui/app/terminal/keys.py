"""Which keys a whole sequence means, by the names that Textual's tables have for them."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS, IGNORE_SEQUENCE
from textual._keyboard_protocol import FUNCTIONAL_KEYS, MODIFIER_FUNCTIONAL_KEYS
from textual.keys import ASCII_KEY_NAMES, KEY_NAME_REPLACEMENTS

from tui.app.terminal.sequences import ESC

# A pressed key, after https://sw.kovidgoyal.net/kitty/keyboard-protocol/: its code, shifted and by place; modifiers and
# what befell it; the text.
_KEY: Final = re.compile(r"\x1b\[(?P<code>\d{0,7})(?::(?P<shifted>\d{0,7})(?::\d{0,7})?)?"
                         r"(?:;(?P<modifiers>\d{0,4})(?::(?P<event>\d?))?(?:;(?P<text>\d{1,7}(?::\d{1,7}){0,15})?)?)?"
                         r"(?P<end>[u~ABCDEFHPQRS])")
_OTHER_KEY: Final = re.compile(r"\x1b\[27;(\d{1,3});(\d{1,7})~")  # xterm's modifyOtherKeys
_RELEASED: Final = "3"
_EVENTS: Final = (None, "", "1", "2", _RELEASED)
_KEYPAD: Final = range(57399, 57428)  # the only keys with a name of their own that type something
_SHIFT: Final = 1
_ALT: Final = 2
_MODIFIERS: Final = {"shift": _SHIFT, "alt": _ALT, "ctrl": 4, "super": 8, "hyper": 16, "meta": 32}
_LOCKS: Final = 64 | 128
_MOST_MODIFIERS: Final = 255
_LAST_CODE: Final = 0x10FFFF
_MEANS_NOTHING: Final = (*MODIFIER_FUNCTIONAL_KEYS, "caps_lock", "scroll_lock", "num_lock")
_TYPES: Final = {"backspace": "\x7f", "enter": "\r", "tab": "\t"}  # what keys with names type


def keys_of(sequence: str) -> list[events.Key] | None:
    """The keys of a sequence that begins with ESC; none for one that means nothing, None for one that is not known."""
    sequence = _OTHER_KEY.sub("\x1b[\\2;\\1u", sequence)
    if (key := _KEY.fullmatch(sequence)) is not None and (pressed := _pressed(key)) is not None:
        return pressed
    known = ANSI_SEQUENCES_KEYS.get(sequence)
    if known is IGNORE_SEQUENCE:
        return []
    if isinstance(known, tuple):
        return [events.Key(name.value, None) for name in known]
    return typed(known) if isinstance(known, str) else None


def typed(character: str) -> list[events.Key]:
    """The key that types a character, or a control character."""
    known = ANSI_SEQUENCES_KEYS.get(character)
    if isinstance(known, tuple):
        return [events.Key(name.value, character) for name in known]
    return [events.Key(_name_of(character), character)]


def with_alt(character: str) -> list[events.Key]:
    """The keys of a character that came behind ESC."""
    known = ANSI_SEQUENCES_KEYS.get(ESC + character)
    if isinstance(known, tuple):
        return [events.Key(key.value, None) for key in known]
    # As Textual's table has it from one terminal, alt+3 would type `£`.
    keys = typed(character)
    return [events.Key(_alt(key.key), key.character) if len(key.key) == 1 else key for key in keys]


def _alt(letter: str) -> str:
    return f"alt+shift+{letter.lower()}" if letter.isupper() else f"alt+{letter}"


def _name_of(character: str) -> str:
    """A character's key, as Textual names it."""
    if character.isalnum():
        return character
    name = unicodedata.name(character, "").lower().replace("-", "_").replace(" ", "_")
    name = name or ASCII_KEY_NAMES.get(character, character)
    return KEY_NAME_REPLACEMENTS.get(name, name)


def _pressed(key: re.Match[str]) -> list[events.Key] | None:
    """What was pressed, a key for each character of its text; None if it is no key."""
    code, end = int(key["code"] or 1), key["end"]
    modifiers = int(key["modifiers"] or 1) - 1
    texts = [int(text) for text in (key["text"] or "").split(":") if text]
    if key["event"] not in _EVENTS or not 0 <= modifiers <= _MOST_MODIFIERS:
        return None
    if any(text > _LAST_CODE or 0xD800 <= text <= 0xDFFF for text in texts):
        return None
    texts = [text for text in texts if unicodedata.category(chr(text)) != "Cc"]
    functional = FUNCTIONAL_KEYS.get(f"{code}{end}")
    if functional is not None:
        texts = texts[:1] if code in _KEYPAD else []
    elif end != "u" or not (_is_letter(code) or (code == 0 and texts)):
        return None
    shifted = int(key["shifted"] or 0)
    if functional is None and not texts and modifiers & ~_LOCKS == _SHIFT and _is_letter(shifted):
        texts = [shifted]
    if key["event"] == _RELEASED or functional in _MEANS_NOTHING:
        return []
    if not texts:
        name = functional or _name_of(chr(code))
        return [_with_modifiers(name, None if modifiers else _TYPES.get(name), modifiers)]
    return [_with_modifiers(functional or _name_of(text), text, modifiers & ~_ALT if text.isspace()
                            else modifiers & ~(_ALT | _SHIFT)) for text in map(chr, texts)]


def _with_modifiers(name: str, types: str | None, modifiers: int) -> events.Key:
    """A key as Textual names it: what shift or alt types has no name but its own."""
    held = sorted(modifier for modifier, bit in _MODIFIERS.items() if modifiers & bit)
    return events.Key("+".join([*held, name]), types)


def _is_letter(code: int) -> bool:
    """Whether it is the code of something that can be typed: no control, surrogate, private or unknown one."""
    return code <= _LAST_CODE and unicodedata.category(chr(code)) not in ("Cc", "Cs", "Co", "Cn")
