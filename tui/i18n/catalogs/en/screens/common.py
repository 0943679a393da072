"""English: every screen says."""

from tui.i18n.words import Texts

TEXTS: Texts = {
    "screens.title": "Santral  {profile}",
    "screens.unnamed": "(no name)",
    "screens.given_up": "Given up. What was under way may have been carried out; the list says what is certain.",
    "screens.still_reading": "This is still being read; press the key again in a moment.",
    "screens.palette.nothing": "No command of that name",
    "screens.palette.search": "Search for a command…",
}
