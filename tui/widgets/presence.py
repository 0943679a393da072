"""Whether a widget is still there. A screen that is left goes in several steps, and what was begun in it, or clicked in
its last picture, comes back meanwhile: what it wanted is of no use to anybody then, and no mistake.
"""

from __future__ import annotations

from typing import Final

from textual.app import App
from textual.css.query import NoMatches
from textual.dom import DOMNode, NoScreen
from textual.message_pump import MessagePump
from textual.widget import MountError, Widget

# What is raised where a widget is asked for that has gone, or is to be put into one that has.
MISSING: Final = (NoMatches, NoScreen, MountError)


def gone(node: MessagePump) -> bool:
    """Whether it is being taken away, or all of the app is."""
    at: MessagePump | None = node
    while at is not None and not isinstance(at, App):
        if isinstance(at, Widget) and _goes(at):
            return True
        at = at.parent if isinstance(at, DOMNode) else None
    return at is None or getattr(at, "exiting", False)


def _goes(widget: Widget) -> bool:
    """Textual displays nothing that it takes away, whatever the style says. What is hidden anyway goes once it ends: it
    has all that is in it until then."""
    if widget.display:
        return False
    return widget.styles.display != "none" or (widget.is_mounted and not widget.is_running)


def there(node: MessagePump) -> bool:
    """Whether it has come whole, with all that is in it, and is not going."""
    return not gone(node) and (isinstance(node, App) or (isinstance(node, Widget) and node.is_mounted))
