"""Turkish: every screen says."""

from tui.i18n.words import Texts

TEXTS: Texts = {
    "screens.title": "Santral  {profile}",
    "screens.unnamed": "(adsız)",
    "screens.given_up": "Vazgeçildi. Süren işlem yapılmış olabilir; kesin olan listede görünür.",
    "screens.still_reading": "Okuma sürüyor; biraz sonra yeniden basın.",
    "screens.palette.nothing": "Bu adla bir komut yok",
    "screens.palette.search": "Komut bulun…",
}
