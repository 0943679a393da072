"""Turkish: why a list of numbers can't be read."""

from tui.words import Texts

TEXTS: Texts = {
    "numbers.list.no_file": "{path} diye bir dosya yok: adını ve klasörünü denetleyin.",
    "numbers.list.folder": "{path} bir klasör: içindeki listeyi seçin.",
    "numbers.list.not_a_file": "{path} dosya değil, bir aygıt ya da veri kanalı: listeyi önce bir dosyaya kaydedin.",
    "numbers.list.unreadable":
        "{path} okunamıyor ({detail}): izinlerini denetleyin ya da dosyayı başka yere kopyalayın.",
    "numbers.list.spreadsheet": "{path} bir hesap tablosu dosyası: CSV (UTF-8) olarak kaydedip o dosyayı seçin.",
    "numbers.list.archive": "{path} sıkıştırılmış bir arşiv: açıp içindeki listeyi seçin.",
    "numbers.list.binary": "{path} bir metin dosyası değil: .txt, .csv ya da .tsv biçiminde bir liste seçin.",
    "numbers.list.encoding": "{path} ne UTF-8 ne Windows-1254 metni: UTF-8 olarak kaydedip yeniden seçin.",
    "numbers.list.quotes":
        "Listenin tırnak işaretleri {line}. satırda bozuluyor: orada düzeltin ya da listeyi yeniden kaydedin.",
    "numbers.list.no_phone":
        "Listede telefon sütunu yok (bulunanlar: {found}): telefonların sütununa “telefon” adını verin.",
}
