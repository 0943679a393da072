"""Turkish: what is wrong with a number, or its row."""

from tui.i18n.words import Texts

TEXTS: Texts = {
    "campaign.phone.empty": "Telefon numarası yok: 0532 123 45 67 gibi yazın.",
    "campaign.phone.scientific":
        "“{value}” hesap tablosunda kısaltılmış, son haneleri kayıp: sütunu metin yapıp yeniden dışa aktarın.",
    "campaign.phone.decimal":
        "“{value}” hesap tablosunda telefon numarası değil, tutar gibi yazılmış: sütunu metin yapıp yeniden "
        "dışa aktarın.",
    "campaign.phone.several": "“{value}” birden çok numara içeriyor: her numarayı ayrı satıra yazın.",
    "campaign.phone.letters": "“{value}” bir telefon numarası değil: 0532 123 45 67 gibi yazın.",
    "campaign.phone.stray": "“{value}” içinde numarada yeri olmayan “{sign}” var: 0532 123 45 67 gibi yazın.",
    "campaign.phone.abroad": "“{value}” bir yurt dışı numarası değil: 00, ülke kodu ve numara, 00491234567 gibi yazın.",
    "campaign.phone.trunk_zero":
        "“{value}” içindeki parantezli sıfır yalnız o ülkenin içinden çevrilir: onu çıkarın, +49 151 23456789 gibi yazın.",
    "campaign.phone.universal":
        "“{value}” bir 444 numarası; sağlayıcının belgesinde bunun yazılışı yok: alan kodlu bir numarayı, "
        "0212 123 45 67 gibi yazın.",
    "campaign.phone.short":
        "“{value}” eksik, haneleri kaybolmuş olabilir: alan koduyla birlikte on haneyi de, 0532 123 45 67 gibi yazın.",
    "campaign.phone.long": "“{value}” fazla uzun: 0532 123 45 67 gibi, yurt dışı numarasıysa başına 00 koyarak yazın.",
    "campaign.phone.no_area": "“{value}” numarasının alan kodu yok: alan kodu 2–9 ile başlar, 0532 123 45 67 gibi.",
    "campaign.phone.invalid":
        "“{value}” hiçbir numaralandırma planında yok: bu haliyle aranabilir, ama yanlış hane var mı bakın.",
    "campaign.phone.premium_abroad": "“{value}” yurt dışında özel ücretli ya da paylaşımlı ücretli bir numara: araması ayrıca ücretlendirilir. Gerçekten aranacak mı?",
    "campaign.phone.premium": "“{value}” özel ücretli bir numara (0900, 0888, 0898): araması ayrıca ücretlendirilir. Gerçekten aranacak mı?",
    "campaign.number.reference": "Referans “{value}” {most:n} karakterden uzun: yalnızca ilk {most:n} karakteri saklanır.",
    "campaign.number.lang":
        "“{value}” sağlayıcının dillerinden değil: şunlardan birini yazın ya da boş bırakın: {known}.",
    "campaign.number.date": "Cümledeki “{value}” bir tarih değil: var olan bir günü 15/11/2026 gibi yazın.",
    "campaign.number.phone": "Cümledeki “{value}” bir telefon numarasına benziyor; tutar olarak okunur. Bu mu isteniyor?",
    "campaign.number.zeros": "Cümledeki “{value}” sıfırla başlıyor: ses dosyaları #456 gibi, başında sıfır olmadan yazılır; bununla bulunup bulunmayacağı belli değil.",
    "campaign.number.word":
        "Cümledeki “{value}” ses dosyası (#456), tarih (15/11/2026) ya da tutar (73.56) değil: nasıl "
        "okunacağı bilinmiyor.",
}
