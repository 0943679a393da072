"""What a callee's keys do: the fourteen places of an IVR campaign's menu (docs/provider.md, "Create"), and its editing.

Pure vocabulary: the editor, the rules, the simulated call and the sandbox's callees share it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from tui.campaign.fields import IVR, KEY_OF_TARGET, OPT_OUT, TARGET_FIELDS, Section, fields_of

NO_KEY: Final = "-"
WRONG_KEY: Final = "!"
KEYS: Final = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#")  # a phone's, in its order
PLACES: Final = (*KEYS, NO_KEY, WRONG_KEY)
_FIELDS_BY_PLACE: Final = {place: name for name, place in KEY_OF_TARGET.items()}
FIELD_OF_PLACE: Final[dict[str, str]] = {place: _FIELDS_BY_PLACE[place] for place in PLACES}

RESTART: Final = "restart"
DIGIT_TIMEOUT_DEFAULT: Final = 4  # seconds; docs/provider.md, "Create"
# Ours: the provider names no default for *digit_retries*, so a menu that asks for no repeat is thought to have none.
DIGIT_RETRIES_DEFAULT: Final = 0


class Menu(Struct, frozen=True):
    """Where each place leads: place → target as on the wire (`restart`, `queue/201`). A place without one isn't there.

    `retries`: how often the menu is repeated after no key or a wrong one. `timeout`: seconds in which a key is awaited.
    """

    targets: Mapping[str, str]
    retries: int = DIGIT_RETRIES_DEFAULT
    timeout: int = DIGIT_TIMEOUT_DEFAULT


def refusals(opt_out: str) -> tuple[str, ...]:
    """The digits by which a notification reports the refusal key: as a key with a target, and as one without."""
    return (opt_out, WRONG_KEY + opt_out) if opt_out else ()


def endless(menu: Menu) -> bool:
    """Whether a call in which no key is pressed never ends by itself: after the repeats the message begins anew."""
    return menu.targets.get(NO_KEY) == RESTART


def without_exit(menu: Menu) -> bool:
    """Whether something is set, and whatever is set only plays the message again."""
    return bool(menu.targets) and all(target == RESTART for target in menu.targets.values())


MENU_FIELDS: Final = (*(field.name for field in fields_of(Section.MENU, IVR)), OPT_OUT)
_NO_OPT_OUT: Final = ("-", "!")  # nobody presses these

Texts = Mapping[str, str]


class Clip(Struct, frozen=True):
    """A target that was cut or copied. What is cut takes its opt-out mark along."""

    text: str
    opt_out: bool = False


def texts_of(values: Texts) -> dict[str, str]:
    """The texts of the menu among those of a draft; what is blank isn't there."""
    return {name: values[name].strip() for name in MENU_FIELDS if values.get(name, "").strip()}


def set_target(texts: Texts, place: str, text: str) -> dict[str, str]:
    """With the target `text` at `place`, one of PLACES; a blank text takes away what is there."""
    return _with(texts, {FIELD_OF_PLACE[place]: text.strip()})


def cleared(texts: Texts, place: str) -> dict[str, str]:
    """Without a target at `place`, nor its opt-out mark."""
    changes = {FIELD_OF_PLACE[place]: ""}
    if texts.get(OPT_OUT) == place:
        changes[OPT_OUT] = ""
    return _with(texts, changes)


def clip_of(texts: Texts, place: str, *, cut: bool) -> Clip:
    """What is copied from `place`; its opt-out mark too where it is cut."""
    return Clip(texts.get(FIELD_OF_PLACE[place], ""), cut and texts.get(OPT_OUT) == place)


def pasted(texts: Texts, place: str, clip: Clip) -> dict[str, str]:
    """With what was copied at `place`; the opt-out mark only where somebody presses."""
    changes = {FIELD_OF_PLACE[place]: clip.text}
    if clip.opt_out and place not in _NO_OPT_OUT:
        changes[OPT_OUT] = place
    return _with(texts, changes)


def swapped(texts: Texts, one: str, other: str) -> dict[str, str]:
    """What the two places lead to changes places; the opt-out mark goes along, but not to where nobody presses."""
    first, second = FIELD_OF_PLACE[one], FIELD_OF_PLACE[other]
    changes = {first: texts.get(second, ""), second: texts.get(first, "")}
    marked = {one: other, other: one}.get(texts.get(OPT_OUT, ""))
    if marked is not None:
        changes[OPT_OUT] = "" if marked in _NO_OPT_OUT else marked
    return _with(texts, changes)


def opt_out_marked(texts: Texts, place: str) -> dict[str, str]:
    """With the opt-out mark at `place`, or without it where it was there. ValueError where nobody presses."""
    if place in _NO_OPT_OUT:
        raise ValueError(place)
    return _with(texts, {OPT_OUT: "" if texts.get(OPT_OUT) == place else place})


def places_set(texts: Texts) -> tuple[str, ...]:
    """The places that lead somewhere, in the order of TARGET_FIELDS."""
    return tuple(KEY_OF_TARGET[name] for name in TARGET_FIELDS if texts.get(name))


def _with(texts: Texts, changes: Texts) -> dict[str, str]:
    return {name: text for name, text in {**texts, **changes}.items() if text}


class MenuEdits:
    """The texts of a menu as they are now, with all that they were before, and what was taken back."""

    def __init__(self, values: Texts) -> None:
        self.texts: dict[str, str] = texts_of(values)
        self._past: list[dict[str, str]] = []
        self._future: list[dict[str, str]] = []

    @property
    def can_undo(self) -> bool:
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        return bool(self._future)

    def become(self, texts: Texts) -> dict[str, str]:
        """The menu is `texts` now: one step that can be taken back. What changed, by field; "" where one is unset."""
        new = texts_of(texts)
        if new == self.texts:
            return {}
        self._past.append(self.texts)
        self._future.clear()
        return self._go(new)

    def undo(self) -> dict[str, str]:
        """Take the last step back; what changed, nothing where there is no step."""
        if not self._past:
            return {}
        self._future.append(self.texts)
        return self._go(self._past.pop())

    def redo(self) -> dict[str, str]:
        if not self._future:
            return {}
        self._past.append(self.texts)
        return self._go(self._future.pop())

    def _go(self, new: dict[str, str]) -> dict[str, str]:
        old, self.texts = self.texts, new
        return {name: new.get(name, "") for name in MENU_FIELDS if new.get(name, "") != old.get(name, "")}
