"""Sağlayıcı ve ona giden yol hakkındaki metinler."""

from __future__ import annotations

from tui.i18n.words import Texts

_PANEL = "yeniden başlatmadan önce sağlayıcının web panelinden kontrol edin."

TEXTS: Texts = {
    # API adresi.
    "provider.base_url.broken": "“{url}”, https://api.bulutsantralim.com biçiminde bir adres değil.",
    "provider.base_url.has_query":
        "Sağlayıcının adresinde “?” ya da “#” bulunamaz; adres, sunucu adıyla ya da bir yolla bitmelidir.",
    "provider.base_url.has_user":
        "Sağlayıcının adresinde “@”, kullanıcı adı ya da parola bulunamaz; API anahtarının ayrı bir ayarı vardır.",
    "provider.base_url.not_ascii":
        "“{url}” adresinin sunucu adında başka harflerle karıştırılabilen harfler var; gerçekte sorulacak ad {host}. Kastettiğiniz buysa adı böyle yazın.",
    "provider.base_url.no_host": "“{url}” adresine ulaşılamaz: “{host}” geçerli bir sunucu adı değil. Noktalar arasındaki her bölüm 1–63 harf, rakam ya da tireden oluşur; IPv4 adresi dört sayıdır.",
    "provider.base_url.not_https":
        "“{url}” adresi API anahtarını şifresiz gönderirdi: https kullanın; http yalnızca bu makine (localhost)"
        " içindir.",

    # Hiçbir şey gönderilmedi.
    "provider.not_reached.certificate":
        "{host} sunucusunun sertifikası geçerli değil, hiçbir şey gönderilmedi. Bu makinenin saatini ve bağlantının araya giren bir proxydan geçip geçmediğini kontrol edin.",
    "provider.not_reached.dns":
        "{host} sunucu adı bulunamadı (DNS), bu denemede hiçbir şey gönderilmedi. Ağı ve adresi kontrol edin.",
    "provider.not_reached.incomplete":
        "{host} sunucusuyla bağlantı isteğin tamamı gönderilmeden koptu, sağlayıcı bu isteği yerine getirmiş olamaz. Her"
        " seferinde böyle oluyorsa liste sağlayıcının aldığından uzun olabilir: daha kısa bir listeyle deneyin.",
    "provider.not_reached.incomplete_timeout":
        "{host} sunucusu isteğin tamamı gönderilmeden okumayı bıraktı, sağlayıcı bu isteği yerine getirmiş olamaz. Ağı"
        " kontrol edip yeniden deneyin.",
    "provider.not_reached.network":
        "{host} sunucusuna giden bir yol yok, bu denemede hiçbir şey gönderilmedi. Ağı kontrol edin.",
    "provider.not_reached.other":
        "{host} sunucusuna ulaşılamadı, bu denemede hiçbir şey gönderilmedi. Ağı kontrol edin.",
    "provider.not_reached.pool":
        "{host} sunucusunda çok fazla açık istek var, bu denemede hiçbir şey gönderilmedi. Biraz sonra yeniden"
        " deneyin.",
    "provider.not_reached.proxy":
        "Proxy bağlantıya izin vermedi ({host}), bu denemede hiçbir şey gönderilmedi. Proxy ayarlarını kontrol edin.",
    "provider.not_reached.refused":
        "{host} sunucusu bağlantıyı reddetti, bu denemede hiçbir şey gönderilmedi. Adresi ve ağı kontrol edin.",
    "provider.not_reached.settings": "{variable} değişkeninin değeri “{value}” kullanılamıyor; bu yüzden {host} adresine hiçbir şey gönderilmedi. Proxy http://SUNUCU:PORT biçiminde yazılır, sertifikalar okunabilen bir dosya ya da klasördür; değişkeni düzeltin ya da kaldırın.",
    "provider.not_reached.timeout":
        "{host} sunucusu bağlantıyı zamanında kabul etmedi, bu denemede hiçbir şey gönderilmedi. Ağı kontrol edip"
        " yeniden deneyin.",
    "provider.not_reached.tls":
        "{host} sunucusuyla şifreli bağlantı kurulamadı (TLS), bu denemede hiçbir şey gönderilmedi. Adresi ve proxy ayarlarını kontrol edin.",
    "provider.not_reached.unreadable":
        "Liste sonuna kadar okunamadı; {host} sunucusuna isteğin tamamı gönderilmedi, sağlayıcı bu isteği yerine getirmiş"
        " olamaz. Numaralara bakıp yeniden deneyin.",
    "provider.not_reached.withheld":
        "Başka bir program bu isteği yarım kalmış saydığı için {host} sunucusuna gönderilmedi.",
    "provider.not_reached.unready": "{host} adresine gidecek istek hazırlanamadı, hiçbir şey gönderilmedi.",
    "provider.not_reached.unwritable":
        "Bir metinde gönderilemeyen bir karakter var, {host} sunucusuna hiçbir şey gönderilmedi. Yapıştırdığınız"
        " metinleri yeniden yazın.",

    # Okunmuş olabilecek bir oluşturma isteği.
    "provider.unconfirmed.cut":
        f"Sağlayıcının yanıtı tamamlanmadan bağlantı koptu, kampanya oluşmuş olabilir; {_PANEL}",
    "provider.unconfirmed.more":
        f"Sağlayıcının yanıtının ardından ona ait olabilecek veriler geldi, ID eksik okunmuş ve kampanya oluşmuş olabilir; {_PANEL}",
    "provider.unconfirmed.no_id":
        f"Sağlayıcı, ID yerine “{{words}}” yanıtını verdi ({{status}}), kampanya oluşmuş olabilir; {_PANEL}",
    "provider.unconfirmed.no_id.page":
        f"Sağlayıcı, ID yerine bir web sayfası (“{{words}}”) döndürdü ({{status}}), kampanya oluşmuş olabilir;"
        f" {_PANEL}",
    "provider.unconfirmed.no_id.silent":
        f"Sağlayıcının yanıtında ({{status}}) ID yok, kampanya oluşmuş olabilir; {_PANEL}",
    "provider.unconfirmed.status":
        f"Sağlayıcının yanıtı {{status}}: “{{words}}”. Kampanya oluşmuş olabilir; {_PANEL}",
    "provider.unconfirmed.status.page":
        f"Sağlayıcı bir web sayfası (“{{words}}”) döndürdü ({{status}}), kampanya oluşmuş olabilir; {_PANEL}",
    "provider.unconfirmed.status.silent":
        f"Sağlayıcı yalnızca {{status}} durum kodunu döndürdü, kampanya oluşmuş olabilir; {_PANEL}",
    "provider.unconfirmed.timeout": f"Sağlayıcı zamanında yanıt vermedi, kampanya oluşmuş olabilir; {_PANEL}",
    "provider.unconfirmed.unframed":
        f"Sağlayıcının yanıtı nerede bittiğini bildirmiyor, ID eksik olabilir. Kampanya oluşmuş olabilir; {_PANEL}",

    # Okunmuş olabilecek diğer istekler.
    "provider.answer_lost.cut":
        "Sağlayıcının yanıtı tamamlanmadan bağlantı koptu; işlemin yapılıp yapılmadığı bilinmiyor. Yeniden deneyin.",
    "provider.answer_lost.timeout":
        "Sağlayıcı zamanında yanıt vermedi; işlemin yapılıp yapılmadığı bilinmiyor. Yeniden deneyin.",

    # Sağlayıcı reddetti.
    "provider.key_refused":
        "Sağlayıcı API anahtarını reddetti ({status}: “{words}”). Profildeki anahtarı kontrol edin.",
    "provider.key_refused.page":
        "Sağlayıcı API anahtarını reddetti ({status}, web sayfası “{words}”). Profildeki anahtarı kontrol edin.",
    "provider.key_refused.silent": "Sağlayıcı API anahtarını reddetti ({status}). Profildeki anahtarı kontrol edin.",
    "provider.forbidden":
        "Sağlayıcı buna izin vermedi ({status}: “{words}”). Anahtar yanlış ya da hesapta bunun için yetki ya da modül eksik olabilir.",
    "provider.forbidden.page":
        "Yanıt {status} ve bir web sayfası (“{words}”) oldu. Anahtar yanlış, hesapta yetki ya da modül eksik olabilir; ya da yanıt sağlayıcının önündeki bir sunucudan gelmiştir.",
    "provider.forbidden.silent":
        "Sağlayıcı buna izin vermedi ({status}) ve bir neden bildirmedi. Anahtar yanlış ya da hesapta bunun için yetki ya da modül eksik olabilir.",
    "provider.limit_reached": "Sağlayıcı şu anda başka istek kabul etmiyor (429). Bir dakika sonra yeniden deneyin.",
    "provider.limit_reached.seconds":
        "Sağlayıcı şu anda başka istek kabul etmiyor (429). {count:n} saniye sonra yeniden deneyin.",
    "provider.not_found": "Sağlayıcı bu kampanyayı tanımıyor ({status}: “{words}”). Kampanya silinmiş olabilir.",
    "provider.not_found.page":
        "Sağlayıcı bu kampanyayı tanımıyor ({status}, web sayfası “{words}”). Kampanya silinmiş olabilir.",
    "provider.not_found.silent": "Sağlayıcı bu kampanyayı tanımıyor ({status}). Kampanya silinmiş olabilir.",
    "provider.refused": "Sağlayıcı reddetti ({status}): “{words}”.",
    "provider.webhook_refused": "Sağlayıcı reddetti ({status}): “{words}”. Sağlayıcı, kampanyayı oluşturmadan önce sonuç adresini dener: alıcıyı başlatın (santral listen), adresin ona ulaştığından emin olun ve yeniden başlatın.",
    "provider.refused.page":
        "Sağlayıcı bir web sayfasıyla reddetti ({status}): “{words}”. Sağlayıcının adresini ve proxy ayarlarını kontrol edin.",
    "provider.refused.silent": "Sağlayıcı reddetti ({status}) ve bir neden bildirmedi.",

    # Sağlayıcıda hata oldu veya başka bir yanıt geldi.
    "provider.server_failed":
        "Sağlayıcıda hata oluştu ({status}: “{words}”); işlemin yapılıp yapılmadığı bilinmiyor. Daha sonra yeniden"
        " deneyin.",
    "provider.server_failed.page":
        "Sağlayıcıda hata oluştu ({status}, web sayfası “{words}”); işlemin yapılıp yapılmadığı bilinmiyor. Daha"
        " sonra yeniden deneyin.",
    "provider.server_failed.silent":
        "Sağlayıcıda hata oluştu ({status}), neden bildirilmedi; işlemin yapılıp yapılmadığı bilinmiyor. Daha"
        " sonra yeniden deneyin.",
    "provider.no_ok":
        "Sağlayıcı OK yerine “{words}” yanıtını verdi ({status}); işlemin yapılıp yapılmadığı bilinmiyor. Yeniden deneyin.",
    "provider.no_ok.page":
        "Sağlayıcı bir web sayfası (“{words}”) döndürdü ({status}); işlemin yapılıp yapılmadığı bilinmiyor. Sağlayıcının adresini ve proxy ayarlarını kontrol edip yeniden deneyin.",
    "provider.no_ok.silent":
        "Sağlayıcı OK yerine boş bir yanıt döndürdü ({status}); işlemin yapılıp yapılmadığı bilinmiyor. Yeniden deneyin.",
    "provider.block_no_id":
        "Sağlayıcı ID yerine “{words}” yanıtını verdi ({status}); numaranın engellenip engellenmediği bilinmiyor.",
    "provider.block_no_id.page":
        "Sağlayıcı bir web sayfası (“{words}”) döndürdü ({status}); numaranın engellenip engellenmediği bilinmiyor.",
    "provider.block_no_id.silent":
        "Sağlayıcı yanıtında ID yok ({status}); numaranın engellenip engellenmediği bilinmiyor.",
    "provider.bad_status":
        "Sağlayıcı, belgesinde geçmeyen {status} durum kodunu döndürdü. Sağlayıcının adresini kontrol edin.",
    "provider.bad_shape":
        "Sağlayıcının {path} yanıtı, “{place}” alanında belgesine uymuyor. Daha sonra yeniden deneyin.",
    "provider.no_json":
        "Sağlayıcının {path} yanıtı okunamıyor (JSON değil). Sağlayıcının adresini ve proxy ayarlarını kontrol edin.",
    "provider.too_long": "Sağlayıcının yanıtı doğru olamayacak kadar uzun. Sağlayıcının adresini kontrol edin.",

    # Başka bir yerde duran ses kaydı.
    "provider.recording.no_address":
        "Sağlayıcı ses kaydı için adres vermedi: kayıt henüz hazır olmayabilir. Birkaç dakika sonra yeniden deneyin.",
    "provider.recording.unsafe":
        "Sağlayıcının ses kaydı için verdiği adresten dosya alınmaz: adres https olmalı ve bu bilgisayara değil, başka bir"
        " yere götürmelidir. Hiçbir şey indirilmedi.",
    "provider.recording.over":
        "Ses kaydı sağlayıcının verdiği adreste yok ({status}): adresin süresi dolmuş ya da kayıt silinmiş olabilir."
        " Kaydı yeniden isteyin.",
    "provider.recording.failed": "Ses kaydı bulunduğu yerden alınamadı ({status}). Daha sonra yeniden deneyin.",
    "provider.recording.redirects": "Ses kaydının adresi durmadan başka bir adrese yönlendirdi: hiçbir şey indirilmedi.",
    "provider.recording.unreadable": "Ses kaydı istenmediği hâlde sıkıştırılmış geldi: hiçbir şey kaydedilmedi.",
    "provider.recording.too_large": "Ses kaydı {size:m} sınırından büyük: hiçbir şey kaydedilmedi.",
    "provider.recording.cut": "Ses kaydı tamamlanmadan bağlantı koptu: hiçbir şey kaydedilmedi. Yeniden deneyin.",
    "provider.recording.timeout": "Ses kaydı zamanında gelmedi: hiçbir şey kaydedilmedi. Yeniden deneyin.",

    # Bekleme.
    "provider.not_now": "Sağlayıcının istek sınırı doldu: {count:n} saniye sonra yeniden sorulabilir.",
    "provider.wait.again": "{count:n} saniye sonra yeniden denenecek (deneme {attempt}/{of})…",
    "provider.wait.limit": "Sağlayıcının sınırını aşmamak için {count:n} saniye bekleniyor…",
}
