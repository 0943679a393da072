"""What the store says, in Turkish."""

from __future__ import annotations

from typing import Final

from tui.i18n.words import Plural, Texts

TEXTS: Final[Texts] = {
    "store.too_new": "Bu veritabanını Santral'in daha yeni bir sürümü yazmış: {path} (şema {found}; bu sürümün bildiği son "
                     "şema {known}). Dosyada hiçbir şey değiştirilmedi: Santral'i güncelleyin ya da yapılandırmada başka "
                     "bir veritabanı belirtin.",
    "store.too_old": "Bu veritabanını Santral'in ilk yayımından önceki bir sürümü yazmış: {path} (şema {found}; bu sürümün "
                     "açabildiği en eski şema {oldest}). Dosyada hiçbir şey değiştirilmedi: içindekileri korumak için onu "
                     "bir kez, {oldest} numaralı şemaya yükselten bir sürümle açın; korumayacaksanız yapılandırmada başka "
                     "bir veritabanı belirtin.",
    "store.foreign": "Bu dosya başka bir programın veritabanı: {path}. Dosyada hiçbir şey değiştirilmedi; yapılandırmada "
                     "Santral için başka bir dosya belirtin.",
    "store.damaged": "Bu dosya bozulmuş ya da bir veritabanı değil: {path}. Önce olduğu gibi bir kopyasını saklayın, "
                     "sonra yedeğini geri yükleyin ya da yapılandırmada başka bir dosya belirtin.",
    "store.full": "Diskte yer kalmadığı için veritabanına yazılamadı: {path}. Önceki kayıtlar yerinde duruyor; yer açıp "
                  "yeniden deneyin.",
    "store.read_only": "Veritabanı yazmak için açılamıyor: {path}. Bunun bir dosya olduğunu, dosyanın ve klasörünün size ait olduğunu ve diskin yazmaya karşı korumalı olmadığını kontrol edin.",
    "store.closed": "{path} bu makinenin başka kullanıcılarına açıktı; artık kapalı (chmod 600).",
    "store.open_to_others": "{path} bu makinenin başka kullanıcılarına açık ve bu diskte kapatılamıyor: yapılandırmada kendi klasörünüzde bir veritabanı gösterin.",
    "store.of_another": "{path} bu makinedeki başka bir kullanıcının ({owner}); içindekilerin hepsini okuyup değiştirebilir. Bilerek böyle değilse yapılandırmada kendi veritabanınızı gösterin.",
    "store.folder_of_another": "{path} bu makinedeki başka bir kullanıcının ({owner}) klasöründe; yerine başka bir dosya koyabilir. Bilerek böyle değilse kendi klasörünüzde bir veritabanı gösterin.",
    "store.folder_open": "Bu makinenin başka kullanıcıları {folder} klasörüne yazabilir, yani {path} yerine başka bir dosya koyabilir: chmod go-w \"{folder}\" ile kapatın ya da kendi klasörünüzde bir veritabanı gösterin.",
    "store.hard_link": "Bu dosyanın ikinci bir adı var (sabit bağlantı): {path}. İki adla açılan veritabanı iki ayrı "
                       "veritabanı gibi davranır ve bozulur: adlardan birini silin ya da yerine simgesel bağlantı koyun.",
    "store.mounted_file": "Bu dosya tek başına bağlanmış (mount): {path}. Asıl yerinden de açılırsa bozulur: dosyanın "
                          "kendisini değil, bulunduğu klasörü bağlayın.",
    "store.no_locks": "Bu dosya sistemi kilit tutmuyor: {path}. Kimin kampanya başlattığı ya da durdurduğu bilinemez. "
                      "Hiçbir şey gönderilmedi; yapılandırmada başka bir diskteki bir dosyayı ya da bir PostgreSQL "
                      "veritabanını belirtin.",
    "store.busy": "Başka bir program veritabanını çok uzun süredir meşgul ediyor: {path}. Hiçbir şey değiştirilmedi; "
                  "yeniden deneyin, sürerse dosyayı kullanan diğer programları kapatın.",
    "store.gone": "{path} artık açılmış olan dosya değil: silinmiş, taşınmış, üzerine yazılmış ya da yerine başkası konmuş. Kaydedilmekte olan kaybolmuş olabilir. O dosyayı yerine geri koyun ya da şimdi orada olanla çalışmak için Santral'i yeniden başlatın.",
    "store.failed": "Veritabanı bir hata bildirdi: {detail} ({path}). Hiçbir şey değiştirilmedi; yeniden deneyin, sürerse "
                    "günlük dosyasına bakın.",
    "store.no_driver": "PostgreSQL veritabanı için psycopg paketi gerekiyor; şöyle kurun: "
                       "pip install 'psycopg[binary]'.",
    "store.bad_address": "{path} bir PostgreSQL adresi olarak anlaşılamıyor; yapılandırma dosyasına "
                         "postgresql://santral@db.example.com/santral biçiminde yazın.",
    "store.open_passfile": "{path} veritabanı parola istiyor; {file} dosyası başkalarınca da okunabildiği için kullanılmadı: chmod 600 {file}. Hiçbir şey değişmedi.",
    "store.files": "{path} veritabanı açılamıyor, çünkü çok fazla dosya açık. Başka programları kapatın ya da sınırı yükseltin (ulimit -n). Hiçbir şey değişmedi.",
    "store.in_part": "{path} işin ortasında hata verdi: numaralardan {done:n} tanesi istenen durumda, kalanı eskisi "
                     "gibi. Kalanı için yeniden deneyin; yapılmış olan değişmez.",
    "store.unreachable": "{path} veritabanına ulaşılamıyor: {detail}. Hiçbir şey değişmedi; ağı, adresi ve parolayı kontrol edip yeniden deneyin.",
    "store.connection_lost": "{path} ile bağlantı koptu. Hiçbir şey değişmedi; yeniden deneyin, bağlantı baştan kurulur.",
    "store.silent": "{path} ile bağlantı açık ama sunucu yanıt vermiyor. Hiçbir şey değişmedi; sunucunun çalıştığını ve yanıtlarının ağdan geçtiğini kontrol edip yeniden deneyin.",
    "store.commit_unknown": "Kayıt sırasında {path} ile bağlantı koptu; kaydedilip kaydedilmediği bilinmiyor. İşlemi "
                            "yinelemeden önce kaydın yapılıp yapılmadığına bakın.",
    "store.no_right": "{path} yazmaya izin vermiyor: {detail}. Kullanıcı şemanın sahibi olmalı, sunucu da salt okunur "
                      "bir kopya olmamalı.",
    "store.no_schema": "{path} içinde şema bulunamadı: arama yolundaki şemaların hiçbiri yok. Şemayı oluşturun ya da "
                       "yapılandırma dosyasında başka bir veritabanı belirtin.",
    "store.foreign_schema": "{path} içinde başka bir programın tabloları var. Hiçbir şey değiştirilmedi: Santral'e ayrı "
                            "bir veritabanı ya da şema verin.",
    "store.wrong_encoding": "{path} veritabanı metinleri {found} kodlamasıyla saklıyor; Santral için UTF8 kodlamasıyla "
                      "oluşturulmuş bir veritabanı gerekir.",
    "store.copy_not_empty": "{path} boş olmadığı için içine hiçbir şey kopyalanmadı; yeni bir dosya ya da boş bir veritabanı ya da şema belirtin.",
    "store.copy_nothing": "{path} içinde kopyalanacak bir şey yok; doğru veritabanını belirttiğinizden emin olun.",
    "store.copy_in_flight": "{path} içindeki bir kampanya şu anda başlatılıyor, durduruluyor ya da sürdürülüyor, bu yüzden hiçbir şey kopyalanmadı; uygulamayı kapatıp yeniden kopyalayın.",
    "store.copy_differs": "{path} içindeki kopyada “{table}” tablosunun satır sayısı aslıyla aynı çıkmadı, kopya geri "
                          "alındı; yeniden deneyin, sürerse günlük dosyasına bakın.",
    "store.old_server": "{path} üzerindeki PostgreSQL'in sürümü {found}; en az {needed} gerekli.",

    "store.no_such_campaign": "{campaign} numaralı kampanya artık yok; listeyi yenileyin.",
    "store.no_such_number": "{position} numaralı satır artık listede yok; listeyi yenileyin.",
    "store.wrong_state.draft": "“{name}” henüz taslak olduğu için bu işlem yapılamaz; önce "
                               "kampanyayı başlatın.",
    "store.wrong_state.launching": "“{name}” şu anda başlatılıyor; sonucunu bekleyin.",
    "store.wrong_state.unconfirmed": "“{name}” doğrulanmadı: sağlayıcıda oluşup oluşmadığı "
                                     "bilinmiyor. Önce ID'sini girin ya da oluşturulmadığını belirtin.",
    "store.wrong_state.rejected": "“{name}” sağlayıcı tarafından reddedildiği için bu işlem "
                                  "yapılamaz; düzeltip yeniden başlatın.",
    "store.wrong_state.on": "“{name}” sağlayıcıda var ve sürdüğü için bu işlem yapılamaz; yeni bir taslak için kampanyayı kopyalayın.",
    "store.wrong_state.off": "“{name}” sağlayıcıda var ve durdurulmuş olduğu için bu işlem yapılamaz; yeni bir taslak için kampanyayı kopyalayın.",
    "store.wrong_state.deleted": "“{name}” silindiği için bu işlem yapılamaz; yeni bir taslak için "
                                 "kampanyayı kopyalayın.",
    "store.list_changed": "“{name}”: listesi bu sırada değiştirildi. Listeye dokunulmadı; bakıp yeniden deneyin.",
    "store.dropped.by_hand": "Elle çıkarıldı",
    "store.dropped.problems": "Aranamıyordu",
    "store.dropped.not_valid": "Numara hiçbir numaralandırma planında yok",
    "store.dropped.duplicates": "Yineleme",
    "store.dropped.mobile": "Cep telefonu",
    "store.dropped.landline": "Sabit hat",
    "store.dropped.toll_free": "Ücretsiz hat",
    "store.dropped.abroad": "Yurt dışı numarası",
    "store.dropped.other": "Başka türden numara",
    "store.step.add": Plural("1 satır eklendi", "{count:n} satır eklendi"),
    "store.step.import": Plural("1 satır içe aktarıldı", "{count:n} satır içe aktarıldı"),
    "store.step.edit": Plural("1 satır değiştirildi", "{count:n} satır değiştirildi"),
    "store.step.drop": Plural("1 satır çıkarıldı", "{count:n} satır çıkarıldı"),
    "store.step.clear": Plural("liste boşaltıldı (1 satır)", "liste boşaltıldı ({count:n} satır)"),
    "store.step.bring_back": Plural("1 satır geri alındı", "{count:n} satır geri alındı"),
    "store.suppressed.pressed": "Ret tuşuna bastı: aranmayacaklar listesinde",
    "store.suppressed.by_hand": "Aranmayacaklar listesinde",
    "store.suppressed.file": "Aranmayacaklar dosyasında",
    "store.suppressed.blocked": "Sağlayıcının karalistesinde",
    "store.suppressed.untold": "Sağlayıcının karalistesinde; giden mi gelen mi olduğu belirtilmemiş",
    "store.suppressed.consent_refused": "İYS'de reddetmiş (RET)",
    "store.suppressed.no_consent": "İYS izni (ONAY) yok",
    "store.suppressed.answered_since": "Bu taslak oluşturulduktan sonra, takip edilen kampanyayı cevapladı",
    "store.suppressed.too_often": "Arama sınırını aşıyor: {count:n} günde {calls:n}",
    "store.suppressed.too_soon": "{count:n} günden kısa arayla başka bir kampanyada arandı ya da aranabilir",
    "store.called_before": "{day:d} tarihinde başlatılan “{name}” kampanyasında arandı",
    "store.launched_meanwhile": "“{name}” incelendikten sonra başka bir kampanya başlatıldı ya da bulundu: kimlerin aranabileceğine yeniden bakılıyor.",
    "store.answered_while_sent": "“{name}” gönderilirken listesindeki biri takip edilen kampanyayı cevapladı. Yeniden başlatın: cevaplayanlar aranmaz.",
    "store.answered_meanwhile": "“{name}” incelendikten sonra listesindeki biri takip edilen kampanyayı cevapladı: kimlerin aranabileceğine yeniden bakılıyor.",
    "store.refused_meanwhile": "“{name}” incelendikten sonra listesindeki biri aranmak istemediğini bildirdi: kimlerin aranabileceğine yeniden bakılıyor.",
    "store.changed": "“{name}” siz inceledikten sonra başka bir yerde değiştirildi. Hiçbir şey "
                     "gönderilmedi; kampanyayı yeniden gözden geçirin.",
    "store.already_launched.created": "Hiçbir şey gönderilmedi: “{name}” aynı istekle başlatılmıştı; son kontrole yeniden bakın.",
    "store.already_launched.under_way": "Hiçbir şey gönderilmedi: “{name}” şu anda aynı istekle "
                                        "başlatılıyor; sonucunu bekleyin.",
    "store.already_launched.unconfirmed": "Hiçbir şey gönderilmedi: “{name}” aynı istekle başlatılmıştı, "
                                          "sağlayıcıda oluşup oluşmadığı belli değil; önce bunu netleştirin.",
    "store.already_launched.other_body": "Hiçbir şey gönderilmedi: “{name}” aynı başlatma anahtarıyla, başka bir "
                                         "istekle başlatılmıştı.",
    "store.already_switching": "“{name}” için süren bir durdurma, sürdürme ya da silme işlemi var; sonucunu bekleyin.",
    "store.succession.reached": "Yerine geçilen kampanyada cevapladı",
    "store.succession.final": "Yerine geçilen kampanyada artık aranmıyor",
    "store.succession.former_on": "“{name}” kampanyasının yerine geçtiği kampanya sürüyor ya da sürüyor olabilir: aynı kişileri ikisi de arardı. Kimse aranmaz; önce onu durdurun.",
    "store.succession.not_known": "“{name}” kampanyasının yerine geçtiği kampanyanın kime ulaştığı bilinmiyor ya da artık "
                                  "bilinmiyor: kimileri yeniden aranırdı. Kimse aranmaz; değiştirmeyi sürdürün.",
    "store.succession.late": "“{name}” kampanyasının listesindeki birinin sonucu geldi: yerine geçilen kampanya ona ulaşmış. "
                             "Kimse aranmadı; son kontrole yeniden bakın.",
    "store.succession.taken": "“{name}” kampanyasının yerine geçeceği kampanyanın yerine başka bir kampanya geçti: aynı "
                              "kişileri ikisi de arardı. Kimse aranmaz; bu taslağı silin.",
    "store.succession.no_list": "“{name}” başka bir yerde oluşturulmuş, numaraları burada bilinmiyor: yerine geçecek "
                                "kampanyanın kimi araması gerektiği bilinemez.",
    "store.succession.repeats": "“{name}” bazı numaraları her cümle için bir kez arıyor ve hiçbir sonuç hangi cümle için olduğunu belirtmiyor: kime neyin daha söyleneceği bilinemez. Durdurup takip kampanyası oluşturun.",
    "store.has_successor": "“{name}” kampanyasının yerine {ref} geçti: sürdürülürse onun aradığı ya da aramış olduğu kişileri de arar. Yine de istenen buysa tek başına sürdürün: uygulamada sayı yazılır, komut satırında --beside-successor verilir.",
    "store.already_known": "Bu ID ({provider_id}) listedeki “{name}” adlı kampanyaya ait; o kampanyayı açın ya da ID'yi kontrol edin.",
    "store.menu_without_name": "Kaydedilecek menünün adı boş: bir ad yazın.",

    "store.family_changes": "Şu anda başkaları da aynı kampanyanın takibini oluşturuyor, bu yüzden taslak oluşturulmadı: yeniden deneyin.",
    "store.id_taken": "Sağlayıcı, “{name}” adlı kampanyada kayıtlı olan ID'yi döndürdü: {provider_id}. Hangisine ait olduğunu sağlayıcının web panelinden kontrol edin.",
    "store.launch_interrupted": "Kampanya başlatılırken program kapandı; sağlayıcı kampanyayı oluşturmuş olabilir. Sağlayıcının web panelinden bakıp ID'sini girin ya da oluşturulmadığını belirtin.",
    "store.switch_interrupted": "İşlem sürerken program kapandı; sağlayıcı işlemi yapmış da olabilir, yapmamış da. Emin "
                                "olmak için işlemi yineleyin.",
    "store.switch_late": "Yarım kalmış sayılan önceki bir isteğin yanıtı sonradan geldi; sağlayıcının istekleri hangi sırayla yaptığı belli değil. İstediğiniz durumu bir kez daha seçin.",
    "store.switch_overtaken": "Bu kampanya için önceki bir isteğin yanıtı gelmedi; sağlayıcı onu hâlâ yerine getirebilir. Emin olmak için iki dakika sonra istediğiniz durumu bir kez daha seçin.",
    "store.said_not_created": "Sağlayıcıda oluşturulmadığını belirttiğiniz için kampanya yeniden taslak oldu.",
    "store.result_without_campaign": "Gelen bildirim hangi kampanyaya ait olduğunu söylemiyor ve geldiği adresin "
                                     "kampanyası henüz bilinmiyor. Bildirim olduğu gibi saklandı.",

    "store.event.made": "Taslak oluşturuldu",
    "store.event.copied": "Taslak kopyalanarak oluşturuldu",
    "store.event.test": "Test araması için oluşturuldu",
    "store.event.replaces": "Başka bir kampanyanın yerine geçmek için oluşturuldu",
    "store.event.follows": "Sonuçlardan takip taslağı olarak oluşturuldu",
    "store.event.adopted": "ID'si girilerek listeye alındı",
    "store.event.seen": "Gelen sonuçlarda görülüp listeye alındı",
    "store.event.removed": "Taslak silindi",
    "store.event.put_away": "Sağlayıcı tanımadığı için listeden kaldırıldı",
    "store.event.launched": "Başlatılması istendi",
    "store.event.created": "Sağlayıcıda oluşturuldu",
    "store.event.rejected": "Sağlayıcı reddetti",
    "store.event.not_sent": "Gönderilmedi",
    "store.event.unconfirmed": "Başlatıldığı doğrulanmadı",
    "store.event.told": "Gelen bir sonuçtan oluşturulduğu anlaşıldı",
    "store.event.found": "Sağlayıcıda oluşturulduğu anlaşıldı",
    "store.event.id_given": "ID'si elle girildi",
    "store.event.said_not_created": "Oluşturulmadığı belirtildi",
    "store.event.on_asked": "Sürdürülmesi istendi",
    "store.event.on_done": "Sürdürüldü",
    "store.event.on_failed": "Sürdürülemedi",
    "store.event.on_unknown": "Sürdürülüp sürdürülmediği bilinmiyor",
    "store.event.off_asked": "Durdurulması istendi",
    "store.event.off_done": "Durduruldu",
    "store.event.off_failed": "Durdurulamadı",
    "store.event.off_unknown": "Durdurulup durdurulmadığı bilinmiyor",
    "store.event.delete_asked": "Silinmesi istendi",
    "store.event.delete_done": "Silindi",
    "store.event.delete_failed": "Silinemedi",
    "store.event.delete_unknown": "Silinip silinmediği bilinmiyor",
}
