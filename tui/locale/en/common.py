"""English: words that every room uses."""

from tui.words import Texts

TEXTS: Texts = {
    "common.cancel": "Cancel",
    "common.close": "Close",
}
