"""Turkish: the help."""

from tui.i18n.words import Texts

TEXTS: Texts = {
    "screens.help.settings": "Dil ve tema hemen geçerli olur ve kaydedilir. Profiller yapılandırma dosyasına yazılır: {keys.settings.edit} değiştirir, {keys.settings.add} ekler, {keys.settings.remove} kaldırır. Anahtar hiç gösterilmez; {keys.settings.take} dosyanın yolunu kopyalar.",
    "screens.help.title": "Yardım",
    "screens.help.campaigns": "Bu profilin, Santral'de kayıtlı bütün kampanyaları. “Sürüyor” ve “durduruldu”, buradan en son yapılan değişikliktir: sağlayıcıya sorulamaz. {keys.campaigns.mark} işaretler, {keys.campaigns.mark_all} gösterilenlerin hepsini, {keys.campaigns.mark_up} ve {keys.campaigns.mark_down} bir aralığı işaretler; {keys.campaigns.switch} ve {keys.campaigns.delete} o zaman işaretlilerin hepsi için bir kez sorar. {keys.campaigns.stop_all} süren her şeyi durdurur. {keys.campaigns.state_back} ve {keys.campaigns.state} durumlar arasında gezer. Süzgece addan sözcükler, ID, durum:sürüyor,durduruldu, tür:kuyruk, profil:tümü, tırnak içinde bir ifade ve istenmeyenin önüne - yazılabilir.",
    "screens.help.campaign": "Sağlayıcıya ulaşan kampanya orada değiştirilemez; yenisi için kopyalayın. Doğrulanmayan bir kampanya "
                             "kendiliğinden yeniden gönderilmez: sağlayıcının web panelinden bakın, gördüğünüzü burada belirtin.",
    "screens.help.form": "Yazdıklarınız hemen kaydedilir. Boş bırakılan alan gönderilmez: içinde görünen, sağlayıcının o durumda yapacağıdır. Gün ve saat birçok biçimde yazılabilir; ne anlaşıldığı yanında durur. Zaman bölümü hangi günlerin hangi saatlerinde aranacağını, resmî tatilleri ve listenin yetişip yetişmeyeceğini gösterir. Bölümleri gezin, Son kontrol bölümünde başlatın; orada {keys.review.assume} tahminin varsayımlarını değiştirir.",
    "screens.help.first": "Anahtarı yazıp kontrol edin ya da demoyu deneyin: anahtar istemez, kimseyi aramaz.",
    "screens.help.menu": "Klavyenin tuşları telefonun tuşlarıdır: 0–9, * ve # o tuşa, {keys.menu.no_key} zaman aşımına, {keys.menu.wrong_key} hatalı tuşlamaya gider. {keys.menu.edit} hedefi seçer. Her değişiklik hemen kaydedilir ve geri alınabilir.",
    "screens.help.try": "Aranan kişinin basacağı tuşlara basın. {keys.try.silence}: hiçbir tuşa basılmaz. Hiçbir şey gönderilmez, kimse aranmaz.",
    "screens.help.calls": "Bir numaraya yapılan aramalar, en yenisi başta; {keys.call.who} bir aramanın kime, ne kadar bekledikten sonra bağlandığını sağlayıcıya sorar. ● işaretli aramaların ses kaydı vardır: {keys.call.save} klasöre kaydeder, {keys.call.play} masaüstünde dinletir. Sağlayıcı dakikada beş kayıt verir; kaydın adresi hiçbir yerde gösterilmez, saklanmaz.",
    "screens.help.person": "Bir numara hakkında burada bilinen her şey, en yeni kampanya önce; zamanlar İstanbul saatiyle. {keys.person.open} başka bir numaraya geçer, {keys.person.copy} metni kopyalar, {keys.person.export} yazdırılacak bir sayfaya ya da tabloya yazar. {keys.person.calls} aramaları tek tek, kimin yanıtladığı ve ses kayıtlarıyla gösterir; {keys.person.note} not yazar.",
    "screens.help.results": "Her numara, sağlayıcının bildirdiği sonucuyla. {keys.results.filter_back} ve {keys.results.filter} süzer, {keys.results.status} ve {keys.results.digit} duruma ve tuşa göre daraltır, {keys.results.search} bulur. Süzülenler dışa aktarılabilir ({keys.results.export}) ya da yeni bir taslakta yeniden aranabilir ({keys.results.follow}). {keys.results.plan} bütün numaraların takibini, her birinin sonucuna göre planlar. Sürerken değiştirilen kampanyanın birden çok sürümü olur; sonuçları burada birlikte durur, her numara bir kez. {keys.results.life} tek bir sürümü gösterir.",
    "screens.help.import": "Yukarıda listede bulunanlar, aşağıda ilk satırlar aranacakları gibi durur. Hepsi değiştirilebilir: {keys.move.up} ve {keys.move.down} satırdan satıra gider, {keys.move.left} ve {keys.move.right} seçer. Cümle şablonu sütunları adıyla alır: #456 {{vade}}. Referans sütunu (müşteri numarası, ad) numaranın yanında görünür, hiçbir yere gönderilmez. {keys.import.go} listeyi içe aktarır.",
    "screens.help.dialog": "Bir düğmeyle yanıtlayın ya da hiçbir şey değişmeden geri dönün.",
    "screens.help.dnc": "Bu profilin kampanyalarının aramadığı bütün numaralar ve hangi listede oldukları. {keys.dnc.filter_back} ve {keys.dnc.filter} listeden listeye geçer, “Çıkarılan” da aralarında; {keys.dnc.add} kendi listesine numara ekler, {keys.dnc.remove} nedenini sorup çıkarır, {keys.dnc.history} geçmişini gösterir. {keys.dnc.consents} ticari kampanyaların İYS izinlerini gösterir ve içe aktarır.",
    "screens.help.plan": "Bu kampanyanın numaralarına, son aramanın sonucuna göre ne olacağı. {keys.plan.toggle} bir sonucun yeniden aranıp aranmayacağını, {keys.plan.edit} ne kadar sonra, hangi saatlerde ve en çok kaç takip kampanyasında aranacağını belirler. Altta, bundan çıkan taslaklar ve ötekilerin neden dışarıda kaldığı yazar. {keys.plan.make} taslakları oluşturur: başlatılmadan kimse aranmaz. {keys.plan.save} planı bir adla kaydeder, {keys.plan.load} başka bir planı açar.",
    "screens.help.search": "Komut adının bir bölümü",
    "screens.help.group_here": "Odağın olduğu yerde",
    "screens.help.group_screen": "Bu ekranda",
    "screens.help.group_moving": "Gezinme ve seçme",
    "screens.help.group_everywhere": "Her yerde",
    "screens.help.states": "Kampanya durumları",
    "screens.help.state_draft": "burada yazılıyor; kimse aranmaz",
    "screens.help.state_rejected": "sağlayıcı nedenini söyleyerek reddetti; yeniden taslak",
    "screens.help.state_launching": "isteği yolda",
    "screens.help.state_unconfirmed": "gönderildi ama yanıtı gelmedi; kendiliğinden bir daha gönderilmez",
    "screens.help.state_on": "en son, saatleri içinde aramak üzere başlatıldı ya da sürdürüldü",
    "screens.help.state_off": "en son, aramamak üzere durduruldu",
    "screens.help.state_unknown": "başka yerde oluşturuldu, buradan henüz ayarlanmadı",
    "screens.help.state_missing": "sağlayıcı böyle bir kampanya tanımadığını söylüyor",
    "screens.help.state_finished": "süresi doldu ya da her numaranın sonucu kesinleşti",
    "screens.help.state_deleted": "sağlayıcıdan silindi ya da listeden kaldırıldı; sonuçları burada durur",
}
