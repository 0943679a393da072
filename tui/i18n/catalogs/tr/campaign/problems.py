"""Turkish: what is wrong with one."""

from tui.i18n.words import Plural, Texts

TEXTS: Texts = {
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
        "Bütün hedefler yalnızca mesajı tekrar dinletiyor, menüden çıkış yok: bir tuşa başka bir hedef verin.",
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
        "Ticari kampanyada İYS alıcı türü ve marka kodu zorunlu: eksik olanı doldurun ya da kampanyayı ticari olmaktan "
        "çıkarın.",
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
    "campaign.problem.many_thread_multiplier": "Müsait her temsilci için aynı anda {count:n} numara aranır; {most} değerinin üstünde cevaplayanların çoğu kimseye bağlanamaz.",
    "campaign.problem.many_max_thread_count": "Aynı anda en çok {count:n} numara aranır; {most} değerinin üstü nadiren istenir. Hatlarda o kadar kanal yoksa aramalar başarısız olur.",
    "campaign.problem.many_channels": "Aynı anda en çok {count:n} numara aranır, hesapta ise bu çağrıları alacak {most:n} dahili görünüyor: cevaplayanların çoğu kimseye bağlanamaz.",
    "campaign.problem.odd_phrases": Plural(
        "{count:n} cümlede sağlayıcının okuyamayabileceği bir sözcük var: gözden geçirin.",
        "{count:n} cümlede sağlayıcının okuyamayabileceği sözcükler var: gözden geçirin."),
    "campaign.problem.first_odd": "Bu cümlelerden ilki {phone} numarasının: “{value}” sözcüğüne bakın.",
    "campaign.problem.not_commercial": "İYS alıcı türü ve marka kodu doldurulmuşsa gönderilir, ama kampanya ticari değil: ticari olarak işaretleyin ya da ikisini de boş bırakın.",
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
