"""What the store says, in Turkish."""

from __future__ import annotations

from typing import Final

from tui.words import Texts

TEXTS: Final[Texts] = {
    "store.too_new": "Bu veritabanını Santral'in daha yeni bir sürümü yazmış: {path} (şema {found}; bu sürümün bildiği son "
                     "şema {known}). Dosyada hiçbir şey değiştirilmedi: Santral'i güncelleyin ya da yapılandırmada başka "
                     "bir veritabanı belirtin.",
    "store.foreign": "Bu dosya başka bir programın veritabanı: {path}. Dosyada hiçbir şey değiştirilmedi; yapılandırmada "
                     "Santral için başka bir dosya belirtin.",
    "store.damaged": "Bu dosya bozulmuş ya da bir veritabanı değil: {path}. Önce olduğu gibi bir kopyasını saklayın, "
                     "sonra yedeğini geri yükleyin ya da yapılandırmada başka bir dosya belirtin.",
    "store.full": "Diskte yer kalmadığı için veritabanına yazılamadı: {path}. Önceki kayıtlar yerinde duruyor; yer açıp "
                  "yeniden deneyin.",
    "store.read_only": "Veritabanı yazmak için açılamıyor: {path}. Bunun bir dosya olduğunu, dosyanın ve klasörünün size "
                       "ait olduğunu ve diskin yazmaya karşı korumalı olmadığını denetleyin.",
    "store.busy": "Başka bir program veritabanını çok uzun süredir meşgul ediyor: {path}. Hiçbir şey değiştirilmedi; "
                  "yeniden deneyin, sürerse dosyayı kullanan diğer programları kapatın.",
    "store.failed": "Veritabanı bir hata bildirdi: {detail} ({path}). Hiçbir şey değiştirilmedi; yeniden deneyin, sürerse "
                    "günlük dosyasına bakın.",

    "store.no_such_campaign": "{campaign} numaralı kampanya artık yok; listeyi yenileyin.",
    "store.no_such_number": "{position} numaralı satır artık listede yok; listeyi yenileyin.",
    "store.wrong_state.draft": "“{name}” (kampanya {campaign}) henüz taslak olduğu için bu işlem yapılamaz; önce "
                               "kampanyayı başlatın.",
    "store.wrong_state.launching": "“{name}” (kampanya {campaign}) şu anda başlatılıyor; sonucunu bekleyin.",
    "store.wrong_state.unconfirmed": "“{name}” (kampanya {campaign}) doğrulanmadı: sağlayıcıda oluşup oluşmadığı "
                                     "bilinmiyor. Önce ID'sini girin ya da oluşturulmadığını belirtin.",
    "store.wrong_state.rejected": "“{name}” (kampanya {campaign}) sağlayıcı tarafından reddedildiği için bu işlem "
                                  "yapılamaz; düzeltip yeniden başlatın.",
    "store.wrong_state.on": "“{name}” (kampanya {campaign}) sağlayıcıda var ve açık olduğu için bu işlem yapılamaz; yeni "
                            "bir taslak için kampanyayı kopyalayın.",
    "store.wrong_state.off": "“{name}” (kampanya {campaign}) sağlayıcıda var ve kapalı olduğu için bu işlem yapılamaz; "
                             "yeni bir taslak için kampanyayı kopyalayın.",
    "store.wrong_state.deleted": "“{name}” (kampanya {campaign}) silindiği için bu işlem yapılamaz; yeni bir taslak için "
                                 "kampanyayı kopyalayın.",
    "store.changed": "“{name}” (kampanya {campaign}) siz inceledikten sonra başka bir yerde değiştirildi. Hiçbir şey "
                     "gönderilmedi; kampanyayı yeniden gözden geçirin.",
    "store.already_switching": "“{name}” (kampanya {campaign}) için süren bir açma, kapatma ya da silme işlemi var; "
                               "sonucunu bekleyin.",
    "store.already_known": "Bu ID ({provider_id}) listedeki “{name}” (kampanya {campaign}) adlı kampanyaya ait; o "
                           "kampanyayı açın ya da ID'yi denetleyin.",
    "store.menu_without_name": "Saklanacak menünün adı boş: bir ad yazın.",

    "store.id_taken": "Sağlayıcı, “{name}” (kampanya {campaign}) adlı kampanyada kayıtlı olan ID'yi döndürdü: "
                      "{provider_id}. Hangisine ait olduğunu sağlayıcının panelinden kontrol edin.",
    "store.launch_interrupted": "Kampanya başlatılırken program kapandı; sağlayıcı kampanyayı oluşturmuş olabilir. "
                                "Sağlayıcının panelinden bakıp ID'sini girin ya da oluşturulmadığını belirtin.",
    "store.switch_interrupted": "İşlem sürerken program kapandı; sağlayıcı işlemi yapmış da olabilir, yapmamış da. Emin "
                                "olmak için işlemi yineleyin.",
    "store.said_not_created": "Sağlayıcıda oluşturulmadığını belirttiğiniz için kampanya yeniden taslak oldu.",

    "store.event.made": "Taslak oluşturuldu",
    "store.event.copied": "Taslak kopyalanarak oluşturuldu",
    "store.event.test": "Deneme araması için oluşturuldu",
    "store.event.adopted": "ID'si girilerek listeye alındı",
    "store.event.removed": "Taslak silindi",
    "store.event.launched": "Başlatılması istendi",
    "store.event.created": "Sağlayıcıda oluşturuldu",
    "store.event.rejected": "Sağlayıcı reddetti",
    "store.event.not_sent": "Gönderilmedi",
    "store.event.unconfirmed": "Başlatıldığı doğrulanmadı",
    "store.event.found": "Sağlayıcıda oluşturulduğu anlaşıldı",
    "store.event.id_given": "ID'si elle girildi",
    "store.event.said_not_created": "Oluşturulmadığı belirtildi",
    "store.event.on_asked": "Açılması istendi",
    "store.event.on_done": "Açıldı",
    "store.event.on_failed": "Açılamadı",
    "store.event.on_unknown": "Açılıp açılmadığı bilinmiyor",
    "store.event.off_asked": "Kapatılması istendi",
    "store.event.off_done": "Kapatıldı",
    "store.event.off_failed": "Kapatılamadı",
    "store.event.off_unknown": "Kapatılıp kapatılmadığı bilinmiyor",
    "store.event.delete_asked": "Silinmesi istendi",
    "store.event.delete_done": "Silindi",
    "store.event.delete_failed": "Silinemedi",
    "store.event.delete_unknown": "Silinip silinmediği bilinmiyor",
}
