"""What a screen or a widget has for one of its concerns, with the commands of that concern.

The key map names it before the action: `editing.undo` is `action_undo` of the node's attribute `editing`.
"""

from __future__ import annotations


class CommandOwner:
    """Its commands apply where neither the node that has it nor it itself has anything against them."""

    def why_not(self, action: str) -> str | None:
        """Why a command does not apply now, in a sentence; None where it does, or that is plain."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether a command is given at all, as Textual asks it of a node."""
        return True
