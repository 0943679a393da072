"""README's tables of keys are those of the key map."""

from __future__ import annotations

from docs.key_tables import PLACE, README, written
from tui.config.keymap import COMMANDS


def test_the_tables_are_as_the_key_map_has_them() -> None:
    text = README.read_text(encoding="utf-8")
    assert text == written(text), "python3 dev.py readme writes them anew"


def test_every_group_of_commands_has_its_place() -> None:
    places = PLACE.finditer(README.read_text(encoding="utf-8"))
    named = sorted(group for place in places for group in place["groups"].split())
    assert named == sorted({command.group for command in COMMANDS.values()})
