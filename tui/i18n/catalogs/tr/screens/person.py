"""Turkish: everything known of one number."""

from tui.i18n.words import Texts

TEXTS: Texts = {
    "screens.person.no_calls": "Bu numaraya yapıldığı bilinen bir arama yok.",
    "screens.person.title": "Aranan kişi",
    "screens.person.type": "Telefon numarası, nasıl yazıldığı fark etmez; ardından {keys.move.enter}",
    "screens.person.about": "Bir numara hakkında burada bilinen her şey: bütün profillerde onu listesinde bulunduran ya da arayan kampanyalar, her arama, aranmaması gerektiğini söyleyen kayıtlar.",
    "screens.person.copied": "{phone} hakkında bilinenler",
    "screens.person.export": "Numara hakkında bilinenleri dışa aktar",
    "screens.person.export_about": "Okunacak ya da yazdırılacak bir sayfa (.html) ya da her olay için bir satır (.csv).",
    "screens.person.exported": "{path} dosyasına yazıldı",
    "screens.note.title": "{phone} için not",
    "screens.note.about": "{profile} profilinde, saati ve adınızla saklanır; burada ve dışa aktarılanlarda görünür. Notu kaldırmak için metni silin.",
    "screens.note.hint": "örneğin: akşam kendisi arayacak",
    "screens.note.keep": "Kaydet",
    "screens.note.kept": "Not kaydedildi.",
    "screens.note.gone": "Not kaldırıldı.",
}
