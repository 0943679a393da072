"""Turkish: words that every room uses."""

from tui.words import Texts

TEXTS: Texts = {
    "common.yes": "Evet",
    "common.no": "Hayır",
    "common.cancel": "Vazgeç",
}
