"""Turkish: what is wrong with a campaign file."""

from tui.i18n.words import Texts

TEXTS: Texts = {
    "campaign.file.no_file": "{path} diye bir dosya yok: adını ve klasörünü kontrol edin.",
    "campaign.file.folder": "{path} bir klasör: içindeki bir kampanya dosyasını belirtin.",
    "campaign.file.unreadable": "{path} okunamıyor ({detail:e}): izinlerini kontrol edin.",
    "campaign.file.encoding": "{path} bir UTF-8 metni değil: UTF-8 olarak kaydedin.",
    "campaign.file.syntax": "{path} dosyasında {line}. satır, {column}. sütunda TOML hatası var: orayı düzeltin.",
    "campaign.file.unfinished": "{path} tamamlanmamış TOML: bir metin, liste ya da tablo dosya sonuna dek kapanmıyor.",
    "campaign.file.too_large": "{path} {most:m} sınırından büyük, okunmadı: numaraları ayrı bir liste dosyasına koyup --phones ile belirtin.",
    "campaign.file.silent": "{path} on saniyedir ne bir şey verdi ne de bitti: bir dosya belirtin.",
    "campaign.file.not_toml": "{path}, {line}. satır: “{value}” bir kampanyada olabileceğinden çok daha uzun ya da iç içe: orayı düzeltin.",
    "campaign.file.key": "API anahtarı kampanya dosyasına yazılmaz, yapılandırma dosyasında durur: bu satırı silin.",
    "campaign.file.unknown":
        "“{name}” diye bir alan yok: satırı silin ya da sağlayıcının alan adlarından birini yazın.",
    "campaign.file.unknown_meant": "“{name}” diye bir alan yok: {form} yazın.",
    "campaign.file.other_type": "“{name}” bu türdeki kampanyanın alanı değil, gönderilmez: satırı silin.",
    "campaign.file.unquoted": "“{value}” tırnak içinde: tırnaksız, {value} diye yazın.",
    "campaign.file.quoted": "{value} tırnak içinde değil: \"{value}\" yazın.",
    "campaign.file.number": "“{name}” alanı tam sayı ister: {name} = 30 gibi yazın.",
    "campaign.file.text": "“{name}” alanı tırnak içinde metin ister: {name} = \"…\" gibi yazın.",
    "campaign.file.boolean": "“{name}” alanı true ya da false ister: birini tırnaksız yazın.",
    "campaign.file.opt_out":
        "“{value}” telefonda bulunan bir tuş değil: 0–9, * ve # tuşlarından birini tırnak içinde, opt_out_key = \"9\" gibi yazın.",
    "campaign.file.days": "“{name}” alanı gün listesi ister: {name} = [1, 2, 3, 4, 5] gibi yazın.",
    "campaign.file.list":
        "“{name}” alanı her numara için bir tablo ister: [[phone_list]], altına phone = \"05321234567\" yazın.",
    "campaign.file.row_unknown":
        "{row:n}. numarada bilinmeyen bir alan var: “{name}”; phone, phrase, lang ve reference kullanılır.",
    "campaign.file.row_unknown_meant": "{row:n}. numarada bilinmeyen bir alan var: “{name}” yerine {form} yazın.",
    "campaign.file.row_quoted": "{row:n}. numara: “{name}” tırnak içinde değil: {name} = \"{value}\" yazın.",
    "campaign.file.row_text": "{row:n}. numara: “{name}” tırnak içinde metin ister: {name} = \"…\" gibi yazın.",
}
