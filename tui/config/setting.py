"""One setting of the configuration, and one table: all that there is to say of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from typing import Any, TypeVar

from msgspec import Struct

from tui.config.lines import Key

T = TypeVar("T")


class Setting(Struct, frozen=True):
    """One setting of the file."""

    path: Key  # where it stands; "*" is a name that the operator gives
    check: Callable[[object], Any]  # what the file holds → what the program uses; raises checks.Unfit
    default: Any  # what the program uses where the file has none
    written: Callable[[Any], Any]  # what the program uses → what the file would hold; None: nothing; a key is masked
    doc: str  # the comment above it in the example
    example: object  # its value in the example, as the file holds it
    in_force: bool  # whether the example sets it, or shows it in a comment

    @property
    def name(self) -> str:
        return self.path[-1]

    @property
    def table(self) -> Key:
        return self.path[:-1]


class SettingsTable(Struct, frozen=True):
    """A table of the file. One with an `example` takes any name: its settings are not listed here."""

    path: Key
    doc: str
    example: str = ""


def _as_it_is(value: object) -> object:
    return value


def setting(path: str, check: Callable[[object], T], *, default: T, doc: str,
            written: Callable[[T], object] = _as_it_is, example: object = None, in_force: bool = False) -> T:
    """A field that holds a setting. Without an `example` the example file shows the default."""
    shown_there = written(default) if example is None else example
    record = Setting(tuple(path.split(".")), check, default, written, doc, shown_there, in_force)
    return field(default=default, metadata={"setting": record})
