"""A sequence means the keys that Textual's own parser makes of it."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._keyboard_protocol import FUNCTIONAL_KEYS
from textual._xterm_parser import XTermParser

from tui.app.terminal.keys import keys_of, typed, with_alt

MODIFIERS = ["", "2", "3", "5", "6", "9", "65", "130"]
TEXTS = ["", ";97", ";65", ";32", ";97:98"]
PRESSED = [f"\x1b[{code};{modifiers}{text}u" for code in (97, 287, 8364) for modifiers in MODIFIERS for text in TEXTS]
FUNCTIONAL = [f"\x1b[{key[:-1]};{modifiers};{key[-1]}" for key in FUNCTIONAL_KEYS for modifiers in MODIFIERS
              if "lock" not in FUNCTIONAL_KEYS[key] and int(key[:-1]) < 57441]  # the others are pressed on the way


def shown(keys: Iterable[events.Key] | None) -> list[tuple[str, str | None]] | None:
    return None if keys is None else [(key.key, key.character) for key in keys]


def parsed(sequence: str, *, alt: bool = False) -> list[tuple[str, str | None]] | None:
    return shown(XTermParser()._sequence_to_key_events(sequence, alt=alt))


def test_a_key_of_the_kitty_protocol() -> None:
    for sequence in (*PRESSED, *FUNCTIONAL):
        assert shown(keys_of(sequence)) == parsed(sequence), repr(sequence)


def test_every_sequence_of_the_table() -> None:
    for sequence, keys in ANSI_SEQUENCES_KEYS.items():
        if len(sequence) > 1:
            by_table = [(key.value, None) for key in keys] if isinstance(keys, tuple) else []
            by_protocol = parsed(sequence)  # some are of the protocol, and mean what that says
            assert shown(keys_of(sequence)) in (by_table, by_protocol), repr(sequence)


def test_a_character() -> None:
    for character in (*map(chr, range(0x250)), "€", "😀", "\u2029", "\u3000"):
        assert shown(typed(character)) == parsed(character), repr(character)


@pytest.mark.parametrize("character", "aZğİ§_ 5é\r\x11")
def test_a_character_with_alt(character: str) -> None:
    in_the_table = isinstance(ANSI_SEQUENCES_KEYS.get(f"\x1b{character}"), tuple)
    assert shown(with_alt(character)) == (parsed(f"\x1b{character}") if in_the_table else parsed(character, alt=True))
