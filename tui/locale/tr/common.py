"""Turkish: words that every room uses."""

from tui.words import Texts

TEXTS: Texts = {
    "common.close": "Kapat",
    "common.cancel": "Vazgeç",
}
