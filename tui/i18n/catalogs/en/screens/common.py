"""English: every screen says."""

from tui.i18n.words import Texts

TEXTS: Texts = {
    "screens.title": "Santral  {profile}",
    "screens.unnamed": "(no name)",
    "screens.given_up": "Cancelled. What was in progress may have been carried out; the list shows what is certain.",
    "screens.still_reading": "Still reading; press the key again in a moment.",
    "screens.palette.nothing": "No command with that name",
    "screens.palette.search": "Find a command…",
}
