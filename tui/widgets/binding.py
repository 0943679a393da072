"""Bindings from the key map, so that each has an id and can be changed in the configuration."""

from __future__ import annotations

from textual.binding import Binding

from tui.keys import KEYS


def bind(binding_id: str, action: str, *, show: bool = True, priority: bool = False) -> Binding:
    """The binding of `binding_id`. What it is called is said when it is shown, in the language of that moment."""
    return Binding(KEYS[binding_id], action, binding_id, id=binding_id, show=show, priority=priority)
