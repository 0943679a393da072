"""English: what several screens share."""

from tui.i18n.words import Texts

TEXTS: Texts = {
    "widgets.nothing_to_choose": "The list is empty: nothing to choose.",
    "widgets.profiles.read_only": "read-only",
    "widgets.menu.unset": "not set",
    "widgets.results.calls": "Calls and answered calls",
}
