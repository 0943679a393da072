"""That something came from the terminal which nobody typed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from textual.message import Message


class Disturbance(Enum):
    """What came that is no key."""

    NOISE = "noise"
    NOT_UTF8 = "not_utf8"
    PASTE = "paste"
    PASTE_CUT = "paste_cut"
    PASTE_VAST = "paste_vast"
    FOCUS = "focus"


@dataclass
class Disturbed(Message, bubble=False):
    """Something came from the terminal that nobody typed, or that is not for whatever is being confirmed."""

    why: Disturbance
