"""Keys that differ in one word."""

from __future__ import annotations

from enum import StrEnum

import pytest

from tui.core.text_keys import TextKeys


class Side(StrEnum):
    LEFT = "left"
    RIGHT = "right"


def test_a_key_is_its_pattern_with_the_word() -> None:
    keys = TextKeys("room.{}_side", Side)
    assert keys[Side.LEFT] == "room.left_side"
    assert list(keys) == ["room.left_side", "room.right_side"]
    assert "room.right_side" in keys


def test_a_word_that_was_not_declared_has_no_key() -> None:
    with pytest.raises(KeyError):
        TextKeys("room.{}", ("one", "two"))["three"]
