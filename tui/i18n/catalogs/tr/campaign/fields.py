"""Turkish: its fields: names, help, what holds where one is empty."""

from tui.i18n.words import Texts

_KEYS_WITH_A_TARGET = {**{f"digit_target_{key}": key for key in "1234567890"}, "digit_target_star": "*",
                       "digit_target_square": "#"}

TEXTS: Texts = {
    "campaign.field.call_type": "Tür",
    "campaign.field.name": "Ad",
    "campaign.field.cli": "Arayan numara",
    "campaign.field.date_range_begin": "İlk gün",
    "campaign.field.date_range_end": "Son gün",
    "campaign.field.time_range_begin": "Başlangıç saati",
    "campaign.field.time_range_end": "Bitiş saati",
    "campaign.field.active_days": "Günler",
    "campaign.field.ring_timeout": "Çalma süresi",
    "campaign.field.call_retries": "Tekrar arama",
    "campaign.field.max_thread_count": "Eşzamanlı çağrı",
    "campaign.field.queue_number": "Kuyruk",
    "campaign.field.thread_multiplier": "Temsilci başına arama",
    "campaign.field.recording_enabled": "Ses kaydı",
    "campaign.field.welcome_announcement_id": "Karşılama ses dosyası",
    "campaign.field.digit_timeout": "Tuşlama süresi",
    "campaign.field.digit_retries": "Menü tekrarı",
    **{f"campaign.field.{name}": f"{key} tuşu" for name, key in _KEYS_WITH_A_TARGET.items()},
    "campaign.field.timeout_target": "Zaman aşımı",
    "campaign.field.invalid_target": "Hatalı tuşlama",
    "campaign.field.is_commercial": "Ticari",
    "campaign.field.iys_recipient_type": "İYS alıcı türü",
    "campaign.field.iys_brand_code": "İYS marka kodu",
    "campaign.field.webhook_url": "Sonuç adresi (URL)",
    "campaign.field.phone_list": "Numaralar",
    # At most 35 characters: shown in the empty field itself, also at 80 columns.
    "campaign.default.call_type": "zorunlu: IVR ya da kuyruk",
    "campaign.default.name": "zorunlu: kampanyanın adı",
    "campaign.default.cli": "yok: görünecek numara belli değil",
    "campaign.default.date_range_begin": "başlatıldığı gün",
    "campaign.default.date_range_end": "ilk günle aynı gün",
    "campaign.default.time_range_begin": "00:00",
    "campaign.default.time_range_end": "23:59",
    "campaign.default.active_days": "haftanın her günü",
    "campaign.default.ring_timeout": "süreyi santral belirler",
    "campaign.default.call_retries": "sayısını santral belirler",
    "campaign.default.max_thread_count": "santralin kanal ayarı kadar",
    "campaign.default.queue_number": "zorunlu: çağrılar buna aktarılır",
    "campaign.default.thread_multiplier": "sayısını santral belirler",
    "campaign.default.recording_enabled": "santralin kendi ayarı geçerlidir",
    "campaign.default.welcome_announcement_id": "yok: her numarada cümle olmalı",
    "campaign.default.digit_timeout": "4 saniye",
    "campaign.default.digit_retries": "sayısını santral belirler",
    **{f"campaign.default.{name}": "yok: basılırsa hatalı tuşlama" for name in _KEYS_WITH_A_TARGET},
    "campaign.default.timeout_target": "hedef yok",
    "campaign.default.invalid_target": "hedef yok",
    "campaign.default.is_commercial": "boş: hayır",
    "campaign.default.iys_recipient_type": "seçilmedi",
    "campaign.default.iys_brand_code": "ticari kampanyada zorunlu",
    "campaign.default.webhook_url": "sonuç gelmez",
    "campaign.help.call_type":
        "IVR bir mesaj dinletip tuşlama bekler; kuyruk, aramayı cevaplayanları bir kuyruğun temsilcilerine bağlar.",
    "campaign.help.name": "Kampanyanın burada ve sağlayıcıda görünecek adı.",
    "campaign.help.cli":
        "Aranan kişinin göreceği numara: hesabınızdakilerden biri. 0212 963 01 31 gibi yazın ya da listeden seçin.",
    "campaign.help.date_range_begin":
        "Aramaların başlayacağı gün, Türkiye saatiyle: 25.11, 25.11.2026, 2026-11-25, bugün, yarın, +3 (üç gün sonra) ya "
        "da bir gün adı.",
    "campaign.help.date_range_end":
        "Aramaların yapılacağı son gün, Türkiye saatiyle: 25.11, 25.11.2026, 2026-11-25, bugün, yarın, +3 (üç gün sonra) ya "
        "da bir gün adı.",
    "campaign.help.time_range_begin":
        "Aramaların her gün başlayacağı saat, Türkiye saatiyle: 9, 9:30, 0930 ya da 17.00.",
    "campaign.help.time_range_end":
        "Aramaların her gün biteceği saat, Türkiye saatiyle: 18, 18:30, 1830 ya da 18.30; gece yarısı için 23:59.",
    "campaign.help.active_days":
        "Arama yapılacak günler: 1 (Pazartesi) – 7 (Pazar) ya da boşluk tuşu açıp kapatır. En az biri iki tarihin arasına "
        "denk gelmelidir.",
    "campaign.help.ring_timeout": "Telefonun kaç saniye çaldırılacağı: 25–60.",
    "campaign.help.call_retries":
        "Meşgul, ulaşılamıyor ya da cevap yok durumunda numaranın kaç defa daha aranacağı: 0 ya da daha çok.",
    "campaign.help.max_thread_count":
        "Kampanyanın aynı anda yapacağı en fazla çağrı sayısı: en az 1. Boş bırakılırsa santralin “Otomatik Arama Kanal Sayısı” ayarı geçerlidir.",
    "campaign.help.queue_number":
        "Aramayı cevaplayanlarla görüşecek temsilcilerin kuyruğu: numarasını yazın (200 gibi) ya da adıyla seçin.",
    "campaign.help.thread_multiplier":
        "Kuyruktaki her müsait temsilci için aynı anda aranacak numara sayısı: en az 1.",
    "campaign.help.recording_enabled": "Her çağrıyı ilk anından başlayarak kaydeder.",
    "campaign.help.welcome_announcement_id":
        "Tuşlama beklenmeden önce dinletilecek ses dosyası: ID'sini yazın (128 gibi) ya da adıyla seçin. Cümlesi olan "
        "numara kendi cümlesini dinler.",
    "campaign.help.digit_timeout": "Mesajdan sonra tuşlamanın kaç saniye bekleneceği: 1–10.",
    "campaign.help.digit_retries":
        "Tuşlama yapılmadığında ya da hatalı yapıldığında menünün kaç kez yineleneceği: 0 ya da daha çok.",
    **{f"campaign.help.{name}": f"{key} tuşuna basılınca çağrının gideceği hedef. Yalnızca tuşlamayı kaydetmek için ses "
                                "dosyası seçin." for name, key in _KEYS_WITH_A_TARGET.items()},
    "campaign.help.timeout_target": "Menü yinelemelerinin sonunda tuşlama yapılmadıysa çağrının gideceği hedef.",
    "campaign.help.invalid_target":
        "Menü yinelemelerinin sonunda hedefi olmayan bir tuşa basıldıysa çağrının gideceği hedef.",
    "campaign.help.is_commercial":
        "Tanıtım ya da satış aramalarında evet deyin: o zaman her numaranın İYS izni aranır.",
    "campaign.help.iys_recipient_type":
        "Ticari aramaların yapılacağı kişiler: bireysel (BIREYSEL) ya da tacir (TACIR). Ticari kampanyada zorunludur.",
    "campaign.help.iys_brand_code":
        "Kayıtlı ve onaylı başlıklarınızdan birinin İYS marka kodu. Ticari kampanyada zorunludur.",
    "campaign.help.webhook_url":
        "Sağlayıcının her aramayı ve tuşlamayı bildireceği adres, https://aramalar.ornek.com.tr/sonuc gibi; kampanya "
        "oluşturulurken denenir.",
}
