"""Turkish: words that every room uses."""

from tui.words import Texts

TEXTS: Texts = {
    "common.close": "Kapat",
    "common.cancel": "Vazgeç",
    "common.file.link_of_another": "{path}, bu makinedeki başka bir kullanıcının ({owner}) koyduğu bir bağlantı; oraya hiçbir şey yazılmaz. Kendi klasörünüzü seçin.",
    "common.file.of_another": "{path}, bu makinedeki başka bir kullanıcının ({owner}) dosyası; olduğu gibi bırakıldı. Başka bir ad ya da kendi klasörünüzü seçin.",
    "common.file.no_ordinary_file": "{path} sıradan bir dosya değil (boru, aygıt ya da soket), yerine dosya yazılmaz. Başka bir ad seçin.",
    "common.file.several_names": "{path} dosyasının ikinci bir adı (sabit bağlantısı) var; ona yazılmaz. Başka bir yer seçin ya da ikisinden birini kaldırın.",
}
