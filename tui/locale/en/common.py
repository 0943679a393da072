"""English: words that every room uses."""

from tui.words import Texts

TEXTS: Texts = {
    "common.yes": "Yes",
    "common.no": "No",
    "common.cancel": "Cancel",
}
