"""Turkish: what is wrong with a follow-up plan."""

from tui.i18n.words import Texts

TEXTS: Texts = {
    "campaign.plan.empty": "Plan boş: ne yapılacağını yazın; örneğin “meşgul: 15 dk sonra, en çok 2”.",
    "campaign.plan.no_colon": "“{value}” için ne yapılacağı yazılmamış: iki noktadan sonra yazın; örneğin “meşgul: 15 dk sonra, en çok 2” ya da “reddeden: asla”.",
    "campaign.plan.nothing": "“{value}” için ne yapılacağı yazılmamış: “asla” ya da ne zaman ve kaç kez aranacağını yazın; örneğin “15 dk sonra, en çok 2”.",
    "campaign.plan.outcome": "“{value}” bir arama sonucu değil. Bilinenler: {known}, key:1 ve status:\"…\".",
    "campaign.plan.twice": "“{outcome}” planda iki kez geçiyor: birini çıkarın.",
    "campaign.plan.word": "“{value}” anlaşılmadı: “asla” ya da “15 dk sonra” (2 saat, 1 gün), “başka saatte” ya da “10:00-12:30”, “en çok 2” yazın.",
    "campaign.plan.contradiction": "“{value}” iki ayrı şey belirtiyor: birini çıkarın.",
    "campaign.plan.delay": "“{value}” çok uzun: en çok {hours} saat ya da {days} gün olabilir.",
    "campaign.plan.times": "“{value}” kez olmaz: 1 ile {most} arasında olmalı.",
    "campaign.plan.hours": "“{value}” bir saat aralığı değil: önce başlangıcı, sonra bitişi yazın; örneğin 10:00-12:30.",
    "campaign.plan.quote": "{value} yanındaki tırnak kapatılmamış: sonucun sonuna bir tırnak daha ekleyin.",
}
