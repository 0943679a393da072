"""Türkçe: birden çok ekranda olanlar."""

from tui.i18n.words import Texts

TEXTS: Texts = {
    "widgets.nothing_to_choose": "Liste boş: seçilecek bir şey yok.",
    "widgets.profiles.read_only": "salt okunur",
    "widgets.menu.unset": "boş",
    "widgets.results.calls": "Çağrılar ve cevaplananlar",
}
