"""What a callee's keys do: the fourteen places of an IVR campaign's menu (document, *Parametreler*).

Pure vocabulary: the editor, the rules, the trial call and the sandbox's callees share it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from tui.campaign.fields import FIELDS, KEY_OF_TARGET, OPT_OUT

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

_WHOLE_NUMBER: Final = re.compile(r"[0-9]{1,18}")


@dataclass(frozen=True, slots=True)
class Menu:
    """Where each place leads: place → target as on the wire (`restart`, `queue/201`). A place without one isn't there.

    `retries`: how often the menu is repeated after no key or a wrong one. `timeout`: seconds in which a key is awaited.
    """

    targets: Mapping[str, str]
    retries: int = DIGIT_RETRIES_DEFAULT
    timeout: int = DIGIT_TIMEOUT_DEFAULT


def menu_of(values: Mapping[str, str]) -> Menu:
    """The menu that a draft's texts mean, by wire field name. Targets are taken as typed, without the blanks around.

    What is blank is not set; a number that is none, or is out of the field's bounds, is the default.
    """
    targets = {place: text for place, name in FIELD_OF_PLACE.items() if (text := values.get(name, "").strip())}
    return Menu(targets, _number(values, "digit_retries", DIGIT_RETRIES_DEFAULT),
                _number(values, "digit_timeout", DIGIT_TIMEOUT_DEFAULT))


def _number(values: Mapping[str, str], name: str, default: int) -> int:
    text, known = values.get(name, "").strip(), FIELDS[name]
    if known.least is None or known.most is None or not _WHOLE_NUMBER.fullmatch(text):
        return default
    return int(text) if known.least <= int(text) <= known.most else default


def opt_out_of(values: Mapping[str, str]) -> str:
    """The key with which a callee refuses further calls, whether it leads anywhere or not; "" where none is marked."""
    key = values.get(OPT_OUT, "").strip()
    return key if key in KEYS else ""


def refusals(opt_out: str) -> tuple[str, ...]:
    """How the refusal key is told (document, *digit*): as a key that has a target, and as one that has none."""
    return (opt_out, WRONG_KEY + opt_out) if opt_out else ()


def endless(menu: Menu) -> bool:
    """Whether a call in which no key is pressed never ends by itself: after the repeats the message begins anew."""
    return menu.targets.get(NO_KEY) == RESTART


def without_exit(menu: Menu) -> bool:
    """Whether something is set, and whatever is set only plays the message again."""
    return bool(menu.targets) and all(target == RESTART for target in menu.targets.values())
