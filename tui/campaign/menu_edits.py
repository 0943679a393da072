"""A menu being edited: the texts of its fields, and every change to take back, without limit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from tui.campaign.fields import IVR, KEY_OF_TARGET, OPT_OUT, TARGET_FIELDS, Section, fields_of
from tui.campaign.menu import FIELD_OF_PLACE

MENU_FIELDS: Final = (*(field.name for field in fields_of(Section.MENU, IVR)), OPT_OUT)
_NO_OPT_OUT: Final = ("-", "!")  # nobody presses these

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Clip:
    """A target that was cut or copied. What is cut takes its opt-out mark along."""

    text: str
    opt_out: bool = False


def texts_of(values: Texts) -> dict[str, str]:
    """The texts of the menu among those of a draft; what is blank isn't there."""
    return {name: values[name].strip() for name in MENU_FIELDS if values.get(name, "").strip()}


def set_target(texts: Texts, place: str, text: str) -> dict[str, str]:
    return _with(texts, {FIELD_OF_PLACE[place]: text.strip()})


def cleared(texts: Texts, place: str) -> dict[str, str]:
    """Without a target at `place`, nor its opt-out mark."""
    changes = {FIELD_OF_PLACE[place]: ""}
    if texts.get(OPT_OUT) == place:
        changes[OPT_OUT] = ""
    return _with(texts, changes)


def clip_of(texts: Texts, place: str, *, cut: bool) -> Clip:
    return Clip(texts.get(FIELD_OF_PLACE[place], ""), cut and texts.get(OPT_OUT) == place)


def pasted(texts: Texts, place: str, clip: Clip) -> dict[str, str]:
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
