"""Turkish: what a campaign is, and what is wrong with one."""

from tui.i18n.words import Plural, Texts

_NAMES: Texts = {
    "campaign.call_type.ivr": "IVR",
    "campaign.call_type.queue": "kuyruk",
    "campaign.choice.BIREYSEL": "Bireysel",
    "campaign.choice.TACIR": "Tacir",
    "campaign.choice.true": "evet",
    "campaign.choice.false": "hayır",
    "campaign.state.draft": "taslak",
    "campaign.state.launching": "başlatılıyor",
    "campaign.state.unconfirmed": "doğrulanmadı",
    "campaign.state.rejected": "reddedildi",
    "campaign.state.on": "açık",
    "campaign.state.off": "kapalı",
    "campaign.state.unknown": "bilinmiyor",
    "campaign.state.missing": "bulunamadı",
    "campaign.state.finished": "bitti",
    "campaign.state.deleted": "silindi",
    "campaign.state.switching_on": "açılıyor",
    "campaign.state.switching_off": "kapatılıyor",
    "campaign.state.deleting": "siliniyor",
    "campaign.target_kind.restart": "Baştan dinlet",
    "campaign.target_kind.user": "Dahili",
    "campaign.target_kind.group": "Çalma grubu",
    "campaign.target_kind.queue": "Kuyruk",
    "campaign.target_kind.ivr": "Sesli menü",
    "campaign.target_kind.external": "Dış numara",
    "campaign.target_kind.voicemail": "Telesekreter",
    "campaign.target_kind.announcement": "Ses dosyası",
    "campaign.target_kind.fax": "Faks al",
    "campaign.target_kind.fax_to": "Faksı e-postala",
    "campaign.target_kind.hangup": "Çağrıyı kapat",
    "campaign.target_kind.busy": "Meşgul tonu",
    "campaign.target_kind.tts": "Metni seslendir",
    **{f"campaign.digit.{key}": f"{key} tuşu" for key in "1234567890*#"},
    "campaign.digit.-": "zaman aşımı",
    "campaign.digit.!": "hatalı tuşlama",
    "campaign.number_count": Plural("{count:n} numara", "{count:n} numara"),
    "campaign.section.basics": "Temel",
    "campaign.section.schedule": "Zaman",
    "campaign.section.dialling": "Arama",
    "campaign.section.menu": "Menü",
    "campaign.section.numbers": "Numaralar",
    "campaign.section.commercial": "Ticari",
    "campaign.section.results": "Sonuçlar",
    "campaign.section.review": "Son kontrol",
}

_KEYS_WITH_A_TARGET = {**{f"digit_target_{key}": key for key in "1234567890"}, "digit_target_star": "*",
                       "digit_target_square": "#"}

_FIELDS: Texts = {
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
}

# At most 35 characters: shown in the empty field itself, also at 80 columns.
_DEFAULTS: Texts = {
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
}

_HELP: Texts = {
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
        "Kampanyanın aynı anda yapacağı en fazla çağrı sayısı: en az 1. Boş bırakılırsa santralin “Otomatik Arama Kanal "
        "Sayısı” ayarı geçerlidir.",
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

_PHONE: Texts = {
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
    "campaign.kind.mobile": "cep",
    "campaign.kind.landline": "sabit",
    "campaign.kind.toll_free": "ücretsiz hat",
    "campaign.kind.abroad": "yurt dışı",
    "campaign.kind.other": "diğer",
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

_TARGET: Texts = {
    "campaign.target.email": "“{value}” hedefinde e-posta adresi yok: fax/isim@firmaadi.com.tr gibi yazın.",
    "campaign.target.number":
        "“{value}” hedefinde {kind}/ sonrasında yalnızca rakam (en çok on) olmalı: {kind}/100 gibi yazın.",
    "campaign.target.external": "“{value}” hedefinde telefon numarası yok: external/05321234567 gibi yazın.",
    "campaign.target.speech_language":
        "“{value}” hedefinde okunabilecek bir dil yok: tts/ sonrasına şunlardan birini, sonra metni yazın: {known}.",
    "campaign.target.speech_text":
        "“{value}” hedefinde okunacak metin yok: dilden sonra, tts/tr-TR/Merhaba gibi yazın.",
    "campaign.target.speech_control": "“{value}” metninde satır sonu ya da sekme var: metni tek satırda yazın.",
    "campaign.target.meant": "“{value}” sağlayıcının yazdığı biçimde bir hedef değil: {form} yazın.",
    "campaign.target.needs": "“{value}” eksik bir hedef: {form} gibi yazın.",
    "campaign.target.which_kind":
        "“{value}” türü belli olmayan bir numara: önüne bir harf koyun, a{value} gibi (a ses dosyası, q kuyruk, u dahili, g çalma grubu, i sesli menü, v telesekreter, e dış numara).",
    "campaign.target.unknown":
        "“{value}” bir hedef değil: queue/200, user/1000, announcement/456, restart ya da hangup/hangup gibi yazın.",
}

_PROBLEM: Texts = {
    "campaign.problem.required": "Bu alan boş bırakılamaz: doldurun.",
    "campaign.problem.integer": "“{value}” bir tam sayı değil: yalnızca rakamla, 30 gibi yazın.",
    "campaign.problem.range": "“{value}” sınırların dışında: {least:n}–{most:n} arasında bir sayı yazın.",
    "campaign.problem.least": "“{value}” fazla küçük: en az {least:n} yazın.",
    "campaign.problem.date": "“{value}” bir tarih değil: 25.11.2026 ya da 2026-11-25 gibi yazın.",
    "campaign.problem.time": "“{value}” bir saat değil: 09:00 gibi yazın.",
    "campaign.problem.year": "“{value}” içinde {first}–{last} arasında bir yıl yok: yılı dört haneyle yazın, 25.11.2026 gibi.",
    "campaign.problem.month": "“{value}” içinde ay {month} olamaz: önce gün gelir (25.11.2026), ya da önce yıl (2026-11-25).",
    "campaign.problem.day": "“{value}” takvimde yok: o ay için 1 ile {last} arasında bir gün yazın.",
    "campaign.problem.hour": "“{value}” bir saat değil: saat 0–23, dakika 00–59 arasındadır, 17:30 gibi yazın.",
    "campaign.problem.midnight": "“{value}” gece yarısıdır: bitiş için 23:59, başlangıç için 00:00 yazın.",
    "campaign.problem.days": "“{value}” gün değil: 1 (pazartesi) ile 7 (pazar) arasındaki sayıları, 1,2,5 gibi yazın.",
    "campaign.problem.no_days": "Hiç gün seçilmemiş: en az birini seçin.",
    "campaign.problem.choice": "“{value}” seçilemez: şunlardan birini seçin: {known}.",
    "campaign.problem.boolean": "“{value}” evet ya da hayır değil: true ya da false yazın.",
    "campaign.problem.host": "“{value}” adresinin sunucu adında başka harflerle karıştırılabilen harfler var; gerçekte sorulacak ad {host}. Kastettiğiniz buysa adı böyle yazın.",
    "campaign.problem.url": "“{value}” bir web adresi değil: https://calls.example.com/sonuclar gibi yazın.",
    "campaign.problem.control_in_name": "Adda görünmeyen bir karakter var ({value}): olduğu gibi gönderilir, burada kaçış dizisi olarak gösterilir.",
    "campaign.problem.control": "Burada görünmeyen bir karakter ({value}) var: silip metni yeniden yazın.",
    "campaign.problem.no_target":
        "Hiçbir tuşun hedefi yok: en az bir tuşa, zaman aşımına ya da hatalı tuşlamaya hedef verin.",
    "campaign.problem.no_welcome":
        "Bazı kişiler hiçbir şey duymayacak: bir karşılama ses dosyası seçin ya da her numaraya cümle verin.",
    "campaign.problem.endless":
        "Tuşlama yapılmayan çağrı hep başa döner, karşı taraf kapatana kadar ücreti işler: zaman aşımı için başka bir hedef seçin.",
    "campaign.problem.no_exit":
        "Bütün hedefler yalnızca mesajı baştan dinletiyor, menüden çıkış yok: bir tuşa başka bir hedef verin.",
    "campaign.problem.opt_out_nowhere": "Ret tuşu {key}, ama bu tuşun hedefi yok; basılması hatalı tuşlama olarak bildirilir: announcement/421 gibi bir hedef verin ya da işareti kaldırın.",
    "campaign.problem.no_opt_out":
        "Menüde bir daha aranmak istemeyenler için işaretlenmiş tuş yok: birini işaretleyin ki aranan kişi bunu bildirebilsin.",
    "campaign.problem.no_such_announcement": "Hesapta {id} ID'li ses dosyası yok: başka birini seçin ya da sağlayıcının web panelinden ekleyin.",
    "campaign.problem.announcement_gone": "{id} ID'li “{name}” ses dosyası hesaptan silinmiş: başka birini seçin.",
    "campaign.problem.no_such_caller_id":
        "{number} hesabın arayan numaraları arasında yok, aramalar reddedilebilir: listeden birini seçin.",
    "campaign.problem.no_such_queue": "Hesapta {number} numaralı kuyruk yok: başka birini seçin ya da sağlayıcının web panelinden ekleyin.",
    "campaign.problem.queue_gone": "{number} numaralı “{name}” kuyruğu hesaptan silinmiş: başka birini seçin.",
    "campaign.problem.no_such_user": "Hesapta {number} numaralı dahili yok: başka birini seçin ya da sağlayıcının web panelinden ekleyin.",
    "campaign.problem.dates_order": "Son gün ilk günden önce: iki tarihten birini değiştirin.",
    "campaign.problem.times_order": "Bitiş saati başlangıç saatinden sonra değil: aramaların gece yarısını aşıp aşmayacağı belgede yazmıyor.",
    "campaign.problem.days_outside":
        "Seçilen günlerin hiçbiri iki tarihin arasında değil: başka bir gün ya da tarih seçin.",
    "campaign.problem.whole_day": "Saat verilmemiş: gece de aranır (00:00–23:59).",
    "campaign.problem.impolite": "Uygun arama saatlerinin ({polite}) dışına taşıyor.",
    "campaign.problem.holidays": "Resmî tatilde de aranır: {holidays}.",
    "campaign.problem.over": "Arama saatleri geçmiş, kimse aranmaz: daha ileri bir gün ya da saat seçin.",
    "campaign.problem.commercial":
        "Ticari kampanyada bu alan boş bırakılamaz: doldurun ya da kampanyayı ticari olmaktan çıkarın.",
    "campaign.problem.no_numbers": "Henüz aranacak kimse yok: en az bir numara ekleyin.",
    "campaign.problem.bad_numbers": Plural("{count:n} numara aranamaz: düzeltin ya da çıkarın.",
                                           "{count:n} numara aranamaz: düzeltin ya da çıkarın."),
    "campaign.problem.duplicates": Plural(
        "{count:n} satır bir numarayı yineliyor, gönderilmeyecek: her numara ilk satırıyla bir kez aranır.",
        "{count:n} satır bir numarayı yineliyor, gönderilmeyecek: her numara ilk satırıyla bir kez aranır."),
    "campaign.problem.called_again": Plural(
        "{count:n} numara her cümle için ayrı ayrı aranır: ilk aramaya ek olarak {calls:n} arama daha. Gerçekten aranacak mı?",
        "{count:n} numara her cümle için ayrı ayrı aranır: ilk aramalara ek olarak {calls:n} arama daha. Gerçekten aranacaklar mı?"),
    "campaign.problem.said_before": Plural(
        "{count:n} satır bir numarayı aynı cümle ve dille yineliyor, gönderilmeyecek.",
        "{count:n} satır bir numarayı aynı cümle ve dille yineliyor, gönderilmeyecek."),
    "campaign.problem.premium": Plural(
        "{count:n} numara özel ücretli (0900, 0888, 0898 ya da yurt dışında benzeri): araması ayrıca ücretlendirilir. Gerçekten aranacak mı?",
        "{count:n} numara özel ücretli (0900, 0888, 0898 ya da yurt dışında benzeri): aramaları ayrıca ücretlendirilir. Gerçekten aranacaklar mı?"),
    "campaign.problem.premium_target": "“{value}” özel ücretli bir numara: aranan kişinin ona bağlanması ayrıca ücretlendirilir. Gerçekten bağlanacak mı?",
    "campaign.problem.many_call_retries": "Her numara {count:n} kez daha aranabilir; {most} değerinin üstü nadiren istenir ve insanları rahatsız eder.",
    "campaign.problem.many_digit_retries": "Menü {count:n} kez yinelenir; {most} değerinin üstü nadiren istenir ve insanları hatta bekletir.",
    "campaign.problem.many_thread_multiplier": "Boştaki her temsilci için aynı anda {count:n} numara aranır; {most} değerinin üstünde cevaplayanların çoğu kimseye bağlanamaz.",
    "campaign.problem.many_max_thread_count": "Aynı anda en çok {count:n} numara aranır; {most} değerinin üstü nadiren istenir. Hatlarda o kadar kanal yoksa aramalar başarısız olur.",
    "campaign.problem.many_channels": "Aynı anda en çok {count:n} numara aranır, hesapta ise bu çağrıları alacak {most:n} dahili görünüyor: cevaplayanların çoğu kimseye bağlanamaz.",
    "campaign.problem.odd_phrases": Plural(
        "{count:n} cümlede sağlayıcının okuyamayabileceği bir sözcük var: gözden geçirin.",
        "{count:n} cümlede sağlayıcının okuyamayabileceği sözcükler var: gözden geçirin."),
    "campaign.problem.first_odd": "Bu cümlelerden ilki {phone} numarasının: “{value}” sözcüğüne bakın.",
    "campaign.problem.not_commercial": "Bu alan gönderilir, ama kampanya ticari değil: ticari olarak işaretleyin ya da bu alanı boş bırakın.",
    "campaign.problem.announcement_zeros": "“{value}” sıfırla başlıyor: ses dosyaları 456 gibi, başında sıfır olmadan yazılır; bununla bulunup bulunmayacağı belli değil.",
    "campaign.problem.long_speech": "Okunacak metin {count:n} karakter; {most:n} karakterden uzun metnin okunup okunmayacağı bilinmiyor.",
    "campaign.problem.speech_sign": "Okunacak metinde {sign} var; bu işaretler hedefleri ayırır ya da ses dosyası belirtir: nasıl okunacağı bilinmiyor.",
    "campaign.problem.webhook_private": "Sağlayıcı {value} adresine dışarıdan ulaşamaz, sonuç gelmez: internetten ulaşılan bir adres yazın.",
    "campaign.problem.webhook_login": "Adreste @ işaretinden önce kullanıcı adı ya da parola var: sağlayıcının bunları kullanıp kullanmadığı bilinmiyor ve kayıtlarında görünür.",
    "campaign.problem.not_valid": Plural("1 numara hiçbir numaralandırma planında yok: büyük olasılıkla ulaşılamayacak.", "{count:n} numara hiçbir numaralandırma planında yok: büyük olasılıkla ulaşılamayacak."),
    "campaign.problem.left_out":
        "{count:n} numara aranmaması gerektiği için dışarıda bırakılıyor ({causes}).",
    "campaign.problem.all_left_out":
        "Listedeki {count:n} numaranın hiçbiri aranmamalı; geriye aranacak kimse kalmıyor ({causes}).",
    "campaign.problem.called_all_the_same":
        "{count:n} numara aranmaması gerektiği hâlde aranacak ({causes}).",
    "campaign.problem.more_than_most_calls":
        "Kampanya her numarayı tekrarlarla birlikte {count:n} kez arayabilir; profilin most_calls ayarı {days:n} günde {calls:n} aramaya izin veriyor. Tekrar sayısını azaltın; sağlayıcıya bırakılan tekrar 5 sayılır.",
    "campaign.problem.large": Plural("İstek büyük: {count:n} numara, {size:m}. Sağlayıcı bir sınır belirtmiyor ama bu kadarını bir defada kabul etmeyebilir.", "İstek büyük: {count:n} numara, {size:m}. Sağlayıcı bir sınır belirtmiyor ama bu kadarını bir defada kabul etmeyebilir."),
    "campaign.plan.empty": "Plan boş: ne yapılacağını yazın; örneğin “meşgul: 15 dk sonra, en çok 2”.",
    "campaign.plan.no_colon": "“{value}” için ne yapılacağı yazılmamış: iki noktadan sonra yazın; örneğin “meşgul: 15 dk sonra, en çok 2” ya da “reddeden: asla”.",
    "campaign.plan.nothing": "“{value}” için ne yapılacağı yazılmamış: “asla” ya da ne zaman ve kaç kez aranacağını yazın; örneğin “15 dk sonra, en çok 2”.",
    "campaign.plan.outcome": "“{value}” bir arama sonucu değil. Bilinenler: {known}, key:1 ve status:\"…\".",
    "campaign.plan.twice": "“{outcome}” planda iki kez geçiyor: birini çıkarın.",
    "campaign.plan.word": "“{value}” anlaşılmadı: “asla” ya da “15 dk sonra” (2 saat, 1 gün), “başka saatte” veya “10:00-12:30”, “en çok 2” yazın.",
    "campaign.plan.contradiction": "“{value}” iki ayrı şey söylüyor: birini çıkarın.",
    "campaign.plan.delay": "“{value}” çok uzun: en çok {hours} saat ya da {days} gün olabilir.",
    "campaign.plan.times": "“{value}” kez olmaz: 1 ile {most} arasında olmalı.",
    "campaign.plan.hours": "“{value}” bir saat aralığı değil: önce başlangıcı, sonra bitişi yazın; örneğin 10:00-12:30.",
    "campaign.plan.quote": "{value} yanındaki tırnak kapatılmamış: sonucun sonuna bir tırnak daha ekleyin.",
    "campaign.problem.no_caller":
        "Arayan numara verilmemiş; aranan kişinin hangi numarayı göreceği sağlayıcının belgesinde yazmıyor: hesaptaki numaralardan birini burada ya da profilin caller_id ayarında verin.",
    "campaign.problem.twin":
        "Doğrulanmamış “{name}” kampanyası ({ref}) {launched:d} tarihinde aynı istekle başlatılmıştı: aynı kişiler "
        "iki kez aranabilir.",
    "campaign.problem.twin_under_way":
        "“{name}” ({ref}) şu anda aynı istekle başlatılıyor: aynı kişiler iki kez aranır.",
    "campaign.problem.twin_created":
        "“{name}” {launched:d} tarihinde aynı istekle, {ref} ID'siyle başlatılmıştı: aynı kişiler iki kez aranır.",
}

_FILE: Texts = {
    "campaign.file.no_file": "{path} diye bir dosya yok: adını ve klasörünü denetleyin.",
    "campaign.file.folder": "{path} bir klasör: içindeki bir kampanya dosyasını belirtin.",
    "campaign.file.unreadable": "{path} okunamıyor ({detail:e}): izinlerini denetleyin.",
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

_TARGET_WORDS: Texts = {
    # At most 12 letters: the room that a key of the keypad has.
    "campaign.target_short.restart": "Baştan",
    "campaign.target_short.user": "Dahili",
    "campaign.target_short.group": "Çalma grubu",
    "campaign.target_short.queue": "Kuyruk",
    "campaign.target_short.ivr": "IVR menüsü",
    "campaign.target_short.external": "Dış numara",
    "campaign.target_short.voicemail": "Telesekreter",
    "campaign.target_short.announcement": "Ses dosyası",
    "campaign.target_short.fax": "Faks",
    "campaign.target_short.fax_to": "Faks e-posta",
    "campaign.target_short.hangup": "Kapat",
    "campaign.target_short.busy": "Meşgul tonu",
    "campaign.target_short.tts": "Seslendir",
    "campaign.target_about.restart": "karşılama ses dosyasını ya da cümleyi yeniden dinletir",
    "campaign.target_about.user": "bir dahiliye bağlar",
    "campaign.target_about.group": "bir çalma grubuna bağlar",
    "campaign.target_about.queue": "bir kuyruğa aktarır",
    "campaign.target_about.ivr": "santralin bir sesli karşılama menüsüne aktarır",
    "campaign.target_about.external": "bir dış numaraya bağlar",
    "campaign.target_about.voicemail": "bir dahilinin telesekreterine aktarır",
    "campaign.target_about.announcement": "dinletir, çağrıyı kapatır; yalnızca tuşu kaydetmek için de",
    "campaign.target_about.fax": "faks sinyali gönderir, faks alır",
    "campaign.target_about.fax_to": "aldığı faksı bir e-posta adresine gönderir",
    "campaign.target_about.hangup": "normal kapatma sinyaliyle",
    "campaign.target_about.busy": "meşgul tonu verip kapatır",
    "campaign.target_about.tts": "bir metni okur, çağrıyı kapatır; TTS modülü gerekir",
    "campaign.user_status.AVAILABLE": "müsait",
    "campaign.user_status.TALKING": "görüşmede",
    "campaign.user_status.UNREGISTERED": "kayıtlı değil",
    "campaign.user_status.SS_DND": "rahatsız etmeyin",
    "campaign.standing.missing": "yok",
    "campaign.standing.gone": "silinmiş",
    "campaign.standing.unchecked": "denetlenmedi",
}

TEXTS: Texts = {**_TARGET_WORDS, **_NAMES, **_FIELDS, **_DEFAULTS, **_HELP, **_PHONE, **_TARGET, **_PROBLEM, **_FILE}
