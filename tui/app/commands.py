"""The commands that a screen has at a moment, as help and the palette list them."""

from __future__ import annotations

from typing import NamedTuple

from textual.binding import Binding
from textual.dom import DOMNode


class ScreenCommand(NamedTuple):
    """A command on a screen: its keys as they are shown, whether it can be given now and, where it can't, why."""

    id: str
    keys: str
    binding: Binding
    node: DOMNode
    applies: bool
    why_not: str | None
