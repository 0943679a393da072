"""By what an operator knows whom a row is about: a customer number, a name. It stands beside the number, and is ours.

It is never sent, never read out, and changes nothing about who is called.
"""

from __future__ import annotations

from typing import Final

from tui.core.reason import Reason

LONGEST: Final = 200  # letters that are kept
_CUT: Final = "…"


def kept_reference(text: str) -> str:
    """As it is kept: without blanks around it, and of one that is too long its first letters with an ellipsis."""
    text = text.strip()
    return f"{text[:LONGEST]}{_CUT}" if is_too_long(text) else text


def is_too_long(text: str) -> bool:
    """Whether not all of it would be kept. What was cut already is as long as it may be."""
    return len(text) > LONGEST and not _is_cut(text)


def reference_note(text: str) -> Reason | None:
    """That not all of a reference is kept, as it was given or as it was kept; None where all of it is."""
    if not (is_too_long(text) or _is_cut(text)):
        return None
    return Reason("campaign.number.reference", {"value": text[:LONGEST], "most": LONGEST})


def _is_cut(text: str) -> bool:
    return len(text) == LONGEST + len(_CUT) and text.endswith(_CUT)
