"""Turkish: lists of numbers, and problems in a campaign file."""

from tui.i18n.words import Texts

TEXTS: Texts = {
    "command.problem": "{place}: {sentence}",
    "command.warning": "{place}: uyarı: {sentence}",
    "command.hint": "{place}: öneri: {sentence}",
    "command.row": "phone_list, {row}. satır",
    "command.line": "{file}, {line}. satır",
    "command.ignored_columns": "Alınmayan sütunlar: {columns}.",
    "command.list.alone": "{option} bir listenin nasıl okunacağını belirtir, oysa liste verilmedi: --phones ekleyin.",
    "command.list.two_phrases": "--phrase bütün satırların cümlesini kurar, --column PHRASE=… ise cümleyi bir sütundan alır: birini yazmayın.",
    "command.list.no_phrase": "--written cümledeki bir sütunun nasıl yazıldığını belirtir, oysa --phrase yok: ekleyin ya da --written seçeneğini çıkarın.",
    "command.list.reference": "{column} sütunu referans olarak saklanır: numaranın yanında görünür, gönderilmez.",
    "command.list.proposed": "{column} sütunu referans olarak saklanabilir (--column 'REFERENCE={column}'): numaranın yanında görünür, gönderilmez.",
    "command.list.typed": "Numaralar terminalden okunuyor, her satıra bir tane; ctrl+d listeyi bitirir.",
    "command.iys.typed": "İYS dosyası terminalden okunuyor; ctrl+d bitirir.",
    "command.iys.brand_names": "Marka sütununda ad var ({brands}), kampanyalarda ise marka kodu: adların kodları belirtilmedikçe kimse izin vermiş sayılmaz; --brand '{first}=KOD' ile ya da kodların sütununu --column BRAND= ile belirterek yeniden içe aktarın.",
    "command.list.no_stdin": "Liste standart girdiden okunacaktı, o ise kapalı: listeyi komuta yönlendirin ya da bir dosya adı yazın.",
    "command.phones.bad": "{line}: {sentence}",
    "command.phones.warned": "{line}: {phone} {kind}: uyarı: {sentence}",
    "command.phones.duplicate": "numara listede zaten var ({first}. satırda): bir kez, o satırdaki gibi aranır.",
    "command.phones.called_again": "numara listede, {first}. satırda başka cümle ya da dille zaten var: bu satır için bir kez daha aranır.",
    "command.phones.said_before": "numara listede zaten var ({first}. satırda) ve önceki bir satırla aynı: bu satır aranmaz.",
    "command.phones.summary_again": "Numaralar her cümle için ayrı ayrı aranır: ilk aramalara ek olarak {count:n} arama daha.",
    "command.phones.summary": "Satır: {total:n}. Aranacak: {callable:n}; aranamayan: {bad:n}; "
                              "yinelenen: {duplicates:n}; numaralandırma planında olmayan: {invalid:n}.",
    "command.called_again": "{phone} burada {first} içindekinden başka bir cümle ya da dilde: bu satır için bir kez daha aranır.",
    "command.repeated": "{phone} numarasının cümlesi ya da dili burada başka, ilk geçtiği yerde ({first}) başka: bir kez ve ilk yerdeki gibi aranır.",
}
