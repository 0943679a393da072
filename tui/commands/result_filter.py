"""What `--filter` takes: one condition, of those numbers of a campaign that are meant."""

from __future__ import annotations

import unicodedata
from typing import Any, Final

from tui.campaign.results import STATUSES, Pressed, pressed
from tui.core.whole_number import whole_number
from tui.i18n.words import folded

_PLAIN: Final = {
    "called": ("called", True), "not-called": ("called", False), "answered": ("answered", True),
    "not-answered": ("answered", False), "final": ("final", True), "not-final": ("final", False),
}
_NO_KEY_KNOWN: Final = "none"


def condition(text: str) -> tuple[str, Any]:
    """Field and value of a ResultFilter: `not-answered`, `status:mesgul`, `key:1`. ValueError with the code of a text.

    A known status is found without its capitals and marks; any other is taken as it is written. `key:-` is no key in
    time, `key:!4` a wrong key, `key:none` those of whom no key press is known.
    """
    if text in _PLAIN:
        return _PLAIN[text]
    name, _, value = text.partition(":")
    value = value.strip()
    if name == "status" and value:
        return "status", _status(value)
    if name == "key" and (value == _NO_KEY_KNOWN or pressed(value) in (Pressed.KEY, Pressed.NONE, Pressed.WRONG)):
        return "digit", "" if value == _NO_KEY_KNOWN else value
    if name == "attempts" and (count := whole_number(value, 9)) is not None:
        return "attempts", count
    if name == "words" and value:
        return "words", value
    raise ValueError("command.wrong.filter")


def _status(typed: str) -> str:
    for status in STATUSES:
        if folded(status) == folded(typed):
            return status
    return unicodedata.normalize("NFC", typed)
