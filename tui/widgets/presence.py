"""Whether a widget is still there. A screen that is left goes in several steps, and what was begun in it, or clicked in
its last picture, comes back meanwhile: what it wanted is of no use to anybody then, and no mistake.
"""

from __future__ import annotations

from typing import Final

from textual.app import App
from textual.css.query import NoMatches
from textual.dom import NoScreen
from textual.message_pump import MessagePump
from textual.widget import MountError, Widget

# What is raised where a widget is asked for that has gone, or is to be put into one that has.
MISSING: Final = (NoMatches, NoScreen, MountError)


def gone(node: MessagePump) -> bool:
    """Whether it is being taken away, or all of the app is."""
    at: MessagePump | None = node
    while isinstance(at, Widget):
        if not at.display and _goes(at):
            return True
        at = at.parent
    return not isinstance(at, App) or getattr(at, "exiting", False)


def _goes(hidden: Widget) -> bool:
    """Textual displays nothing that it takes away, whatever the style says. What is hidden anyway goes once it ends: it
    has all that is in it until then."""
    return hidden.styles.display != "none" or (hidden.is_mounted and not hidden.is_running)


def there(node: MessagePump) -> bool:
    """Whether it has come whole, with all that is in it, and is not going."""
    return not gone(node) and (isinstance(node, App) or (isinstance(node, Widget) and node.is_mounted))
