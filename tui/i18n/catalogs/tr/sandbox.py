"""Deneme ortamı: günlüğü ve neden başlamadığı."""

from typing import Final

from tui.i18n.words import Texts

TEXTS: Final[Texts] = {
    "sandbox.listening": "Deneme ortamı {address} adresinde yanıt veriyor. Kimse aranmaz, bu bilgisayardan dışarı hiçbir "
                         "şey çıkmaz.",
    "sandbox.answered": "{method} {path}: yanıt {status}",
    "sandbox.answered_with": "{method} {path}: yanıt {status}, {words}",
    "sandbox.fault_befell": "{method} {path}: istenen arıza uygulandı: {fault}",
    "sandbox.called": "Kampanya {campaign}, aranan {phone}: {status}",
    "sandbox.called_with_key": "Kampanya {campaign}, aranan {phone}: {status}, tuşlama {digit}",
    "sandbox.webhook_elsewhere": "Sonuç adresi ({host}) bu bilgisayarda değil: 200 yanıtı vermiş sayıldı, oraya sonuç gönderilmez.",
    "sandbox.webhook_answered": "Sonuç adresi ({host}) 200 yerine {status} yanıtı verdi.",
    "sandbox.webhook_silent": "Sonuç adresi ({host}) yanıt vermedi.",
    "sandbox.not_this_machine": "Deneme ortamı yalnızca bu bilgisayarda yanıt verir, {host} ise başka bir bilgisayar "
                                "olabilir: 127.0.0.1, ::1 ya da localhost kullanın.",
    "sandbox.port_busy": "Port {port} başka bir program tarafından kullanılıyor: o programı kapatın ya da --port ile başka "
                         "bir port seçin.",
    "sandbox.no_port": "Geçersiz port: {port}. 1 ile 65535 arasında bir port seçin; 0, boş olan herhangi bir port demektir.",
    "sandbox.cannot_listen": "Deneme ortamı {address} adresini dinleyemiyor ({problem:e}): --port ile başka bir port seçin.",
    "sandbox.fault.meant": "“{value}” adında bir arıza yok. Şunu mu demek istediniz: {near}?",
    "sandbox.fault.unknown": "“{value}” adında bir arıza yok. Arızalar: {known}. Önüne switch:, delete:, block:, lookup:, recording: ya da download:, sonuna "
                             "kaç kez olacağı yazılabilir; örneğin 429:2.",
    "sandbox.fault.times": "“{value}” arızasında “{times}” geçerli bir sayı değil: 1 ya da daha büyük bir sayı yazın; "
                           "her seferinde olsun istiyorsanız boş bırakın.",
}
