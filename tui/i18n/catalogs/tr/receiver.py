"""Alıcı: kaydı, neden başlayamadığı ve gelenin neden okunamadığı."""

from typing import Final

from tui.i18n.words import Plural, Texts

TEXTS: Final[Texts] = {
    "receiver.unreadable.no_form": "Gelen bir form değil: hiç alanı yok.",
    "receiver.unreadable.not_utf8": "Gelen UTF-8 bir form değil: harfleri okunamıyor.",
    "receiver.unreadable.too_many_fields": "Gelende {count:n} alan var: {most:n} alandan fazlası okunmaz.",
    "receiver.unreadable.field_twice": "{field} alanı iki kez geçiyor ve aynı şeyi söylemiyor.",
    "receiver.unreadable.missing": "{field} alanı eksik ya da boş.",
    "receiver.unreadable.bad_field": "{field} alanındaki “{value}” anlaşılamıyor ya da saklanamıyor.",
    "receiver.unreadable.not_kept": "Veritabanı bunun söylediğini almadı ({problem}); geldiği gibi saklandı.",
    "receiver.port_busy": "{port} numaralı port başka bir programda, belki zaten çalışan bir alıcıda: onu kapatın ya da config.toml içinde [receiver] altında başka bir listen yazın.",
    "receiver.no_address": "{host} bu makinenin adresi değil: config.toml içinde [receiver] altındaki listen değerini düzeltin, "
                           "örneğin “127.0.0.1:8787”.",
    "receiver.cannot_listen": "Alıcı {address} adresini dinleyemiyor ({problem:e}): config.toml içinde [receiver] altında başka "
                              "bir listen yazın.",
    "receiver.listening": "Alıcı {address} adresini dinliyor; gelenler {database} veritabanına yazılıyor.",
    "receiver.reached_at": "Sağlayıcının ona şu adresten ulaşması gerekir: {url}/…",
    "receiver.no_public_url": "Henüz hiçbir kampanyaya bildirilmiyor: config.toml içinde [receiver] altına public_url ekleyin, "
                              "yani sağlayıcının ona ulaştığı adresi.",
    "receiver.minute": Plural("{moment:t}  1 istek: {stored:n} saklandı, {repeated:n} yinelendi, {unreadable:n} okunamadı, "
                              "{pings:n} boş, {beside:n} veritabanının yanında; {refused:n} geri çevrildi, "
                              "{failed:n} saklanamadı",
                              "{moment:t}  {count:n} istek: {stored:n} saklandı, {repeated:n} yinelendi, "
                              "{unreadable:n} okunamadı, {pings:n} boş, {beside:n} veritabanının yanında; "
                              "{refused:n} geri çevrildi, {failed:n} saklanamadı"),
    "receiver.minute_waiting": Plural("Veritabanının yanında 1 istek bekliyor; veritabanına yazılabildiği anda içeri alınır.",
                                      "Veritabanının yanında {count:n} istek bekliyor; veritabanına yazılabildiği anda "
                                      "içeri alınırlar."),
    "receiver.beside": "Gelenler veritabanının yanındaki dosyalarda saklanıyor, veritabanına yeniden yazılabildiği anda içeri "
                       "alınacak: {why}",
    "receiver.failing": "Gelen ne veritabanına ne de yanına yazılabildi ve 503 ile yanıtlandı: {why}",
    "receiver.not_beside": "Veritabanının yanına yazılamıyor ({problem:e}).",
    "receiver.slow": "Veritabanı {seconds} saniyedir yanıt vermiyor.",
    "receiver.unforeseen": "Beklenmeyen bir şey oldu ({problem}); ayrıntısı günlük dosyasında.",
    "receiver.works_again": "Gelenler yeniden veritabanına yazılıyor.",
    "receiver.ended": "Alıcı kapandı; onayladığı her şey saklandı.",
}
