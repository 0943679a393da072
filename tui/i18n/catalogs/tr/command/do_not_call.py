"""Turkish: the do-not-call list."""

from tui.i18n.words import Texts

TEXTS: Texts = {
    "command.dnc.empty": "Aranmayacaklar listesinde kimse yok.",
    "command.dnc.pressed": "{ref} kampanyasında ret tuşuna bastı",
    "command.dnc.refused": "ret tuşuna bastı",
    "command.dnc.by_hand": "elle eklendi",
    "command.dnc.never": "{phone} aranmayacaklar listesinde hiç olmadı.",
    "command.dnc.importing": "{count:n} numaranın {done:n} tanesi",
    "command.dnc.fetched": "Sağlayıcının karalistesinde {count:n} numara var.",
    "command.dnc.pushing": "{count:n} numara engellendi",
    "command.dnc.push_sure": "{profile} profilinin {count:n} numarası, içe aktarılanlar da, sağlayıcıda engellenecek; listesine sonradan eklenenler de engellenir ve engeli yalnızca sağlayıcının web paneli kaldırır. Sürdürülsün mü?",
    "command.dnc.push_needs_yes": "{count:n} numara sağlayıcıda engellenecekti, ama bunu henüz kimse onaylamadı: --yes onaylar.",
    "command.dnc.push_not_agreed": "Sağlayıcıda hiçbir numara engellenmedi.",
    "command.dnc.will_be_pushed": "{count:n} numara sağlayıcıda da engellenmeyi bekliyor.",
    "command.dnc.pushed_on": "{count:n} numara sağlayıcıda engellendi; bekleyen: {waiting:n}, kabul edilmeyen: {refused:n}.",
    "command.dnc.added": "{count:n} numara aranmayacaklar listesine eklendi; zaten listede olan: {already:n}.",
    "command.dnc.removed": "{count:n} numara aranmayacaklar listesinden çıkarıldı; listede olmayan: {missing:n}.",
}
