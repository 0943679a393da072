"""English: words that every room uses."""

from tui.words import Texts

TEXTS: Texts = {
    "common.yes": "Yes",
    "common.no": "No",
    "common.ok": "OK",
    "common.cancel": "Cancel",
    "common.close": "Close",
    "common.and": "{first} and {last}",
    "common.or": "{first} or {last}",
}
