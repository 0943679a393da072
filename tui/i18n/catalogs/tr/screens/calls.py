"""Turkish: the calls of one number, and their recordings."""

from tui.i18n.words import Plural, Texts

TEXTS: Texts = {
    "screens.calls.title": "{phone} numarasına yapılan aramalar",
    "screens.calls.campaign": "Kampanya",
    "screens.calls.talked": "Konuşma",
    "screens.calls.seconds": Plural("1 sn", "{count:n} sn"),
    "screens.calls.who": "Bağlandığı yer",
    "screens.calls.not_asked": "Kime bağlandığı henüz bilinmiyor: {keys.call.who} sağlayıcıya sorar.",
    "screens.calls.recorded": "Ses kaydı var: {keys.call.save} indirir, {keys.call.play} dinletir.",
    "screens.calls.none": "Burada arama yok.",
    "screens.calls.busy": "Önceki istek sürüyor; bitmesini bekleyin. {keys.app.back} ondan vazgeçer.",
    "screens.calls.asking": "Sağlayıcıya soruluyor…",
    "screens.calls.fetching": "Ses kaydı alınıyor…",
    "screens.calls.waiting": Plural("Sağlayıcının sınırı için 1 saniye bekleniyor…", "Sağlayıcının sınırı için {count:n} saniye bekleniyor…"),
    "screens.calls.saved": "Kaydedildi: {path}",
    "screens.calls.there": "Zaten orada: {path}",
    "screens.calls.playing": "Ses kaydı masaüstünün oynatıcısına verildi.",
    "screens.calls.save_title": "Ses kaydını indir",
    "screens.calls.save_about": "{name} adıyla kaydedilir; dosyayı yalnızca siz açabilirsiniz.",
    "screens.calls.folder": "Klasör",
    "screens.calls.save": "Kaydet",
    "screens.calls.no_folder": "{folder} diye bir klasör yok: başka bir klasör seçin ya da önce oluşturun.",
    "screens.calls.lies_there": "{path} zaten var. Üzerine yazmak için bir kez daha onaylayın ya da başka bir klasör seçin.",
}
