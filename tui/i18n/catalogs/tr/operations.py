"""Turkish: what an operation answers."""

from tui.i18n.words import Plural, Texts

TEXTS: Texts = {
    "operations.refused.no_key": "{profile} profilinde API anahtarı yok: Ayarlar'dan ya da config.toml dosyasından ekleyin.",
    "operations.refused.read_only": "{profile} profili salt okunur: bakılabilir; başlatma, arama, açma, kapama, silme ve ID ile ekleme yapılamaz.",
    "operations.refused.other_profile": "“{name}” {profile} profilinin: önce o profile geçin (listede p).",
    "operations.refused.problems": Plural("Başlatılamaz: önce 1 sorunun giderilmesi gerekiyor.",
                                          "Başlatılamaz: önce {count:n} sorunun giderilmesi gerekiyor."),
    "operations.refused.finished": "“{name}” bitti: süresi doldu ya da her numaranın son sonucu geldi. Yeniden aramak için kopyasını ya da takip kampanyasını yapın.",
    "operations.refused.no_id": "“{name}” kampanyasının sağlayıcıda ID'si yok: önce ID'sini girin.",
    "operations.refused.bad_id": "“{value}” bir kampanya ID'si değil: ID, 20212 gibi bir sayıdır.",
    "operations.launch.cancelled": "İstek gönderildikten sonra durduruldu: sağlayıcı isteği okumuş olabilir.",
    "operations.launch.cancelled_incomplete": "İsteğin tamamı gönderilmeden durduruldu: sağlayıcı isteği yerine getirmiş olamaz.",
    "operations.launch.cancelled_unsent": "Hiçbir şey gönderilmeden durduruldu.",
    "operations.launch.failed": "İstek yoldayken program hata verdi: sağlayıcı isteği okumuş olabilir.",
    "operations.launch.failed_incomplete": "Program isteğin tamamını göndermeden hata verdi: sağlayıcı isteği yerine getirmiş olamaz; ayrıntısı günlük dosyasında.",
    "operations.launch.failed_unsent": "Program hiçbir şey göndermeden hata verdi; ayrıntısı günlük dosyasında.",
    "operations.launch.given_up": "Bu program durdurulduğu ya da veritabanından koptuğu için başka bir program bu başlatmayı yarım kalmış "
                                  "saydı; sağlayıcıya isteğin tamamı gönderilmedi. Kampanyanın ne durumda olduğuna listeden bakın.",
    "operations.launch.not_kept": "Sağlayıcı kampanyayı {id} ID'siyle oluşturdu, ancak bu henüz veritabanına yazılamadı: program açık "
                                  "kaldıkça yeniden deneniyor. ID'yi not edin; yazılamazsa program yeniden başlatıldığında kampanya "
                                  "listede doğrulanmamış görünür, o zaman bu ID'yi girin.",
    "operations.suppression.none": "Aranmayacaklar dosyasında ({path}) hiç telefon numarası bulunamadı, bu yüzden kimse aranmaz: "
                                   "doğru dosyayı seçin ya da yapılandırmadan do_not_call satırını kaldırın.",
    "operations.suppression.unreadable": "Aranmayacaklar dosyası ({path}) okunamadı, bu yüzden kimse aranmaz: "
                                         "dosyayı düzeltin ya da yapılandırmadan do_not_call satırını kaldırın.",
    "operations.suppression.unread":
        "Aranmayacaklar dosyasının ({path}) {count:n} satırında okunabilen numara yok (satır {places}): oradaki kişiler listelerde bulunamaz.",
    "operations.blocked.stops_app": "Hesabın sağlayıcıda kimleri engellediği bilinmedikçe kimse aranmaz: biraz sonra yeniden deneyin. "
                                    "Uzun bir liste Numaralar bölümünde {keys.numbers.blocked} ile getirilir ve bir gün geçerli kalır; "
                                    "son kontrolde {keys.review.do_not_call} yine de herkesi arar.",
    "operations.blocked.stops_command": "Hesabın sağlayıcıda kimleri engellediği bilinmedikçe kimse aranmaz: biraz sonra yeniden deneyin. "
                                        "Uzun bir liste “santral dnc fetch” ile getirilir ve bir gün geçerli kalır.",
    "operations.blocked.slow": "Sağlayıcının engelli numaraları {count:n} saniyede tamamlanamadı.",
    "operations.blocked.as_kept":
        "Sağlayıcının engelli numaraları şu an getirilemedi: {moment:d} tarihli {count:n} numara geçerli sayıldı.",
    "operations.blocked.not_there": "Sağlayıcı bu anahtara engelli numaraları göstermiyor: yalnızca orada engelli olanlar dışarıda bırakılmaz.",
    "operations.blocked.odd": "Sağlayıcının engelli numaralarından {count:n} satırda telefon numarası yok.",
    "operations.launch.more_people":
        "Hiçbir şey gönderilmedi: {before:n} numara onaylanmıştı, şimdi {count:n} numara aranacaktı. Son kontrole yeniden bakın.",
    "operations.launch.more_calls":
        "Hiçbir şey gönderilmedi: listenin {before:n} satırı onaylanmıştı, şimdi {count:n} satırı aranacaktı. Son kontrole yeniden bakın.",
    "operations.test.refused": "Hiçbir şey gönderilmedi: {phone} aranmamalı. Kendi numaranızsa profilde test_number olarak yazın; "
                               "değilse aranmayacaklar listesinden çıkarın.",
    "operations.test.name": "[deneme] {name}",
    "operations.test.problems": Plural("“{name}” için deneme araması yapılamaz: önce 1 sorunun giderilmesi gerekiyor.",
                                       "“{name}” için deneme araması yapılamaz: önce {count:n} sorunun giderilmesi gerekiyor."),
    "operations.test.adopted": "“{name}” başka yerde oluşturulduğu için ne dinlettiği burada bilinmiyor: deneme aramasını bir taslakla yapın.",
    "operations.switch.cancelled": "İşlem sürerken durduruldu: sağlayıcı yerine getirmiş olabilir.",
    "operations.switch.failed": "İşlem sürerken program hata verdi: sağlayıcı yerine getirmiş olabilir.",
    "operations.switch.put_away": "Sağlayıcı yine tanımadığını söylediği için “{name}” listeden kaldırıldı.",
    "operations.switch.unclear.not_kept": "“{name}”: sağlayıcı isteneni yaptı, ancak bu henüz veritabanına yazılamadı: program açık kaldıkça yeniden "
                                  "deneniyor. Yazılamazsa program yeniden başlatıldığında kampanya belirsiz görünür, aynısını "
                                  "yeniden istemenin zararı olmaz.",
    "operations.switch.unclear.given_up": "“{name}”: bu program durdurulduğu ya da veritabanından koptuğu için başka bir program bu isteği yarım kalmış saydı; "
                                  "daha fazlası gönderilmedi. Kampanyanın ne durumda olduğuna listeden bakıp yeniden isteyin.",
    "operations.switch.unclear.late": "“{name}”: sağlayıcı isteneni yaptı, ancak bu arada başka bir program isteği yarım kalmış saydı ve başka bir şey istemiş "
                              "olabilir: kampanyanın ne durumda olduğu belirsiz. Nasıl olması gerektiğini bir kez daha isteyin.",
    "operations.switch.unclear.overtaken": "“{name}”: sağlayıcı isteneni yaptı, ancak kampanya belirsiz olarak işaretlendi.",
    "operations.bulk.already_on": "“{name}” zaten açık.",
    "operations.bulk.already_off": "“{name}” zaten kapalı.",
    # the filter of the list
    "operations.list_filter.state": "durum",
    "operations.list_filter.type": "tür",
    "operations.list_filter.profile": "profil",
    "operations.list_filter.all": "tümü",
    "operations.list_filter.pending": "değişiyor",
    "operations.list_filter.choose": "{field}: {valid}",
    "operations.list_filter.no_field": "“{value}:” ile süzülemez; şunlarla süzülür: {valid}. İki noktalı bir ad tırnak içinde yazılır.",
    "operations.list_filter.no_state": "“{value}” bir durum değil; durumlar: {valid}.",
    "operations.list_filter.no_type": "“{value}” bir tür değil; türler: {valid}.",
    "operations.list_filter.no_profile": "“{value}” adında bir profil yok; profiller: {valid}.",
    # results in words
    # a spreadsheet of results
    "operations.export.column.phone": "Numara",
    "operations.export.column.phrase": "Cümle",
    "operations.export.column.lang": "Dil",
    "operations.export.column.attempts": "Arama sayısı",
    "operations.export.column.status": "Son durum",
    "operations.export.column.digit": "Tuşlama",
    "operations.export.column.answered": "Cevapladı",
    "operations.export.column.final": "Tamamlandı",
    "operations.export.column.last_at": "Son arama (Türkiye saati)",
    "operations.export.column.talk_seconds": "Konuşma süresi (saniye)",
    "operations.export.column.source": "Kaynak",
    "operations.export.column.listed": "Listede",
    "operations.export.column.call_uuid": "Çağrı UUID'leri",
    "operations.export.column.lead_id": "Numara ID'si",
    "operations.export.source.webhook": "bildirim",
    "operations.export.source.records": "arama kaydı",
    "operations.export.source.both": "ikisi de",
    "operations.export.yes": "evet",
    "operations.export.no": "hayır",
    "operations.export.sheet.summary": "Özet",
    "operations.export.sheet.numbers": "Numaralar",
    "operations.export.chosen": "Kapsam: {filter}",
    "operations.export.at": "Türkiye saatiyle {moment} itibarıyla",
    "operations.export.no_folder": "Dosya için {folder} klasörü yok: klasörü oluşturun ya da başka bir klasör seçin.",
    "operations.export.folder": "{path} bir klasör: sonuna bir dosya adı ekleyin.",
    "operations.export.not_file": "{path} bir boru (pipe) ya da aygıt, dosya değil: başka bir ad seçin, dışa aktarılanı oradan okuyun.",
    "operations.export.denied": "{path} yazılamıyor: başka bir programda açıksa kapatın ya da size ait bir klasör seçin.",
    "operations.export.full": "Diskte {path} için yer kalmadı: yer açın ya da başka bir disk seçin. Eski dosya olduğu gibi duruyor.",
    "operations.export.not_written": "{path} yazılamıyor: {detail:e}. Başka bir ad ya da klasör seçin.",
    # follow-up
    "operations.follow_up.name": Plural("{name} (takip)", "{name} (takip {count})"),
    "operations.follow_up.empty": "Bu seçimde hiç numara yok: başka bir filtre seçin.",
    "operations.follow_up.nobody": "Takip için kimse kalmıyor: {answered:n} numara cevapladı, {refused:n} numaranın sahibi aranmak istemiyor, "
                                   "{hopeless:n} numara yeniden aranınca da ulaşılamaz, {open:n} numarayı kampanyanın kendisi "
                                   "daha arayabilir, {not_callable:n} numara aranamıyor. Başka bir filtre seçin.",
    "operations.follow_up.still_on": "Bu takibin yapıldığı “{name}” hâlâ açık olabilir: ulaşamadığı kişileri ikisi de arar. Önce onu kapatın.",
    # the provider's call list
    "operations.records.adopted": "“{name}” başka yerde oluşturulduğu için numaraları burada bilinmiyor: çağrıları, çağrı listesindeki diğerlerinden ayırt edilemez.",
    # the check of the webhook
    "operations.webhook.not_set": "Sonuç gelemez: config.toml dosyasında [receiver] altına public_url ekleyin.",
    "operations.webhook.reached": "Webhook çalışıyor: {host} adresine gönderilen boş istek alıcımıza ulaştı.",
    "operations.webhook.private": "Alıcımız {host} adresinde yanıt veriyor, ancak bu adrese yalnızca bu makineden ya da bu ağdan ulaşılır, sağlayıcı ulaşamaz: public_url için internetten ulaşılan bir adres yazın.",
    "operations.webhook.altered": "Boş istek alıcımıza ulaştı, ancak {host} {status} yanıtını verdi; sağlayıcı 200 bekler. Alıcının önündeki proxy'yi denetleyin.",
    "operations.webhook.another": "{host} 200 yanıtını verdi, ancak alıcımıza hiçbir şey ulaşmadı: orada başka bir program ya da veritabanı farklı bir alıcı yanıt veriyor. public_url, proxy ve database.url ayarlarını denetleyin.",
    "operations.webhook.not_found": "{host} 404 yanıtını verdi: proxy bu yolu iletmiyor ya da oradaki alıcının veritabanı farklı. public_url, proxy ve database.url ayarlarını denetleyin.",
    "operations.webhook.redirected": "{host} başka bir adrese yönlendirdi ({status}); yönlendirme izlenmez. public_url için yönlendirdiği adresi yazın.",
    "operations.webhook.closed": "{host} oturum açmadan kimseyi almıyor ({status}): public_url yolunu tüm POST isteklerine açın.",
    "operations.webhook.failed": "{host} {status} yanıtını verdi: proxy alıcıya ulaşamıyor ya da alıcı veritabanına yazamıyor. santral listen komutunun çalıştığını ve günlüğünü denetleyin.",
    "operations.webhook.refused": "{host} 200 yerine {status} yanıtını verdi, bu yüzden sonuç gelmez. public_url ve proxy ayarlarını denetleyin.",
    "operations.webhook.dns": "{host} adı bulunamadı (DNS), bu yüzden sonuç gelmez. public_url ayarını ve alan adının kayıtlarını denetleyin.",
    "operations.webhook.certificate": "{host} adresinin sertifikası geçerli değil, bu yüzden sonuç gelmez. Sertifikayı yenileyin, bu makinenin saatini denetleyin.",
    "operations.webhook.tls": "{host} ile şifreli bağlantı kurulamadı (TLS), bu yüzden sonuç gelmez. Proxy'yi ve public_url adresinin http ile mi https ile mi başlaması gerektiğini denetleyin.",
    "operations.webhook.no_connection": "{host} bağlantıyı reddetti: orada dinleyen yok. Alıcıyı (santral listen) ve önündeki proxy'yi başlatın.",
    "operations.webhook.network": "Bu makineden {host} adresine yol yok. Ağı ve public_url ayarını denetleyin.",
    "operations.webhook.connect_timeout": "{host} bağlantıyı zamanında kabul etmedi. Güvenlik duvarını ve public_url ayarını denetleyin.",
    "operations.webhook.proxy": "Bu makinenin kendi proxy'si {host} adresine giden isteği geçirmedi, bu yüzden kesin bir şey söylenemez. HTTPS_PROXY ve NO_PROXY ayarlarını denetleyin.",
    "operations.webhook.settings": "Bu makinenin proxy ya da sertifika ayarları kullanılamıyor, {host} adresine sorulamadı. HTTPS_PROXY, ALL_PROXY ve SSL_CERT_FILE ayarlarını denetleyin.",
    "operations.webhook.answer_timeout": "{host} bağlantıyı aldı ama zamanında yanıt vermedi. Alıcının ve önündeki proxy'nin çalıştığını denetleyin.",
    "operations.webhook.cut": "{host} yanıt vermeden bağlantıyı kapattı. Proxy'yi ve public_url adresinin http ile mi https ile mi başlaması gerektiğini denetleyin.",
    "operations.webhook.unreached": "{host} adresine ulaşılamadı. public_url ayarını ve ağı denetleyin.",
    "operations.dropped.typed": "Numara",
    "operations.dropped.phrase": "Cümle",
    "operations.dropped.lang": "Dil",
    "operations.dropped.why": "Çıkarılma nedeni",
    "operations.dropped.problem": "Sorun",
    "operations.dropped.at": "Çıkarıldığı an (UTC)",
    "operations.dropped.not_written": "{path} yazılamadı ({detail:e}). Hiçbir şey değişmedi; başka bir yer seçip yeniden deneyin.",
}
