"""What a callee's keys do: the fourteen places of an IVR campaign's menu (document, *Parametreler*).

Pure vocabulary: the editor, the rules, the trial call and the sandbox's callees share it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from tui.campaign.fields import KEY_OF_TARGET

NO_KEY: Final = "-"
WRONG_KEY: Final = "!"
KEYS: Final = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#")  # a phone's, in its order
PLACES: Final = (*KEYS, NO_KEY, WRONG_KEY)
_FIELDS_BY_PLACE: Final = {place: name for name, place in KEY_OF_TARGET.items()}
FIELD_OF_PLACE: Final[dict[str, str]] = {place: _FIELDS_BY_PLACE[place] for place in PLACES}

RESTART: Final = "restart"
DIGIT_TIMEOUT_DEFAULT: Final = 4  # seconds; document, *digit_timeout*
# Ours: the document names no default for *digit_retries*, so a menu that asks for no repeat is thought to have none.
DIGIT_RETRIES_DEFAULT: Final = 0


@dataclass(frozen=True, slots=True)
class Menu:
    """Where each place leads: place → target as on the wire (`restart`, `queue/201`). A place without one isn't there.

    `retries`: how often the menu is repeated after no key or a wrong one. `timeout`: seconds in which a key is awaited.
    """

    targets: Mapping[str, str]
    retries: int = DIGIT_RETRIES_DEFAULT
    timeout: int = DIGIT_TIMEOUT_DEFAULT


def refusals(opt_out: str) -> tuple[str, ...]:
    """How the refusal key is told (document, *digit*): as a key that has a target, and as one that has none."""
    return (opt_out, WRONG_KEY + opt_out) if opt_out else ()


def endless(menu: Menu) -> bool:
    """Whether a call in which no key is pressed never ends by itself: after the repeats the message begins anew."""
    return menu.targets.get(NO_KEY) == RESTART


def without_exit(menu: Menu) -> bool:
    """Whether something is set, and whatever is set only plays the message again."""
    return bool(menu.targets) and all(target == RESTART for target in menu.targets.values())
