"""Turkish: results, recordings, follow-ups, persons."""

from tui.i18n.words import Plural, Texts

TEXTS: Texts = {
    "command.results.none": "Henüz sonuç gelmedi.",
    "command.results.share": "%{percent}",
    "command.results.progress": "{written:n} / {total:n} numara",
    "command.results.no_stream": "Çalışma kitabı {path} içine yazılamaz: --xlsx ile bir dosya adı verin ya da --csv {path} ile CSV yazdırın.",
    "command.results.exported": "{count:n} numara {path} dosyasına yazıldı",
    "command.recording.saved": "Kaydedildi: {path} ({size:m})",
    "command.recording.before": "Önceden kaydedilmiş: {path}",
    "command.recording.failed": "{phone}, {moment}: {why}",
    "command.recording.no_call": "{profile} profilinde çağrı kimliği (call UUID) {uuid} olan bir arama bilinmiyor.",
    "command.recording.none": "“{name}” kampanyasının cevaplanan aramaları arasında ses kaydı olduğu bilinen yok.",
    "command.recording.none_of": "“{name}” kampanyasında {phone} numarasının cevaplanan aramaları arasında ses kaydı olduğu bilinen yok.",
    "command.recording.waiting": Plural("Sağlayıcı dakikada beş ses kaydı veriyor: 1 saniye bekleniyor…",
                                        "Sağlayıcı dakikada beş ses kaydı veriyor: {count:n} saniye bekleniyor…"),
    "command.recording.progress": "{count:n} ses kaydından {done:n} tanesi",
    "command.plan.by": "takip planı “{name}”",
    "command.plan.draft": "taslak",
    "command.plan.left_out": "{count:n} numara dışarıda ({outcome}): {why}",
    "command.plan.sum": "{count:n} numara: {planned:n} taslaklarda, {left_out:n} dışarıda",
    "command.plan.made": "Taslaklar oluşturuldu. Başlatılmadan kimse aranmaz.",
    "command.plan.not_made": "Hiçbir şey oluşturulmadı.",
    "command.plan.saved": "“{name}” planı kaydedildi.",
    "command.plan.replaced": "“{name}” planı, aynı addaki planın yerine kaydedildi.",
    "command.plan.deleted": "“{name}” planı silindi.",
    "command.person.exported": "{phone} hakkında bilinenler {path} dosyasına yazıldı",
}
