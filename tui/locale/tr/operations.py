"""Turkish: what an operation answers."""

from tui.words import Plural, Texts

TEXTS: Texts = {
    "operations.refused.no_key": "{profile} profilinde API anahtarı yok: Ayarlar'dan ya da config.toml dosyasından ekleyin.",
    "operations.refused.read_only": "{profile} profili salt okunur: bakılabilir; başlatma, açma, kapama ve silme yapılamaz.",
    "operations.refused.problems": Plural("Başlatılamaz: önce 1 sorunun giderilmesi gerekiyor.",
                                          "Başlatılamaz: önce {count:n} sorunun giderilmesi gerekiyor."),
    "operations.refused.no_id": "“{name}” kampanyasının sağlayıcıda ID'si yok: önce ID'sini girin.",
    "operations.refused.bad_id": "“{value}” bir kampanya ID'si değil: ID, 20212 gibi bir sayıdır.",
    "operations.launch.cancelled": "İstek gönderilmeye başladıktan sonra durduruldu: sağlayıcı isteği okumuş olabilir.",
    "operations.launch.cancelled_unsent": "Hiçbir şey gönderilmeden durduruldu.",
    "operations.launch.failed": "İstek yoldayken program hata verdi: sağlayıcı isteği okumuş olabilir.",
    "operations.launch.failed_unsent": "Program hiçbir şey göndermeden hata verdi; ayrıntısı günlük dosyasında.",
    "operations.launch.not_kept": "Sağlayıcı kampanyayı {id} ID'siyle oluşturdu, ancak veritabanına yazılamadı. ID'yi not edin "
                                  "ve diskte yer açın; program yeniden başlatıldığında kampanya listede doğrulanmamış "
                                  "görünür, o zaman bu ID'yi girin.",
    "operations.test.name": "[deneme] {name}",
    "operations.test.problems": Plural("“{name}” için deneme araması yapılamaz: önce 1 sorunun giderilmesi gerekiyor.",
                                       "“{name}” için deneme araması yapılamaz: önce {count:n} sorunun giderilmesi gerekiyor."),
    "operations.test.adopted": "“{name}” başka yerde oluşturulduğu için ne dinlettiği burada bilinmiyor: deneme aramasını bir taslakla yapın.",
    "operations.switch.cancelled": "İşlem sürerken durduruldu: sağlayıcı yerine getirmiş olabilir.",
    "operations.switch.failed": "İşlem sürerken program hata verdi: sağlayıcı yerine getirmiş olabilir.",
}
