"""Turkish: words that every room uses."""

from tui.words import Texts

TEXTS: Texts = {
    "common.yes": "Evet",
    "common.no": "Hayır",
    "common.ok": "Tamam",
    "common.cancel": "Vazgeç",
    "common.close": "Kapat",
    "common.and": "{first} ve {last}",
    "common.or": "{first} ya da {last}",
}
