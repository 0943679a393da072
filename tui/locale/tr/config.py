from tui.words import Texts

# Problems that stand at a place of the file; each is also said without a line, where the value is not from the file.
_PLACED = {
    "broken": "geçerli bir TOML değil; {column}. sütuna bakın.",
    "unknown_near": "“{key}” diye bir ayar yok; en yakın ayar: “{nearest}”.",
    "unknown": "burada “{key}” diye bir ayar yok; olanlar: {allowed}.",
    "want_text": "“{key}” tırnak içinde bir metin olmalı; şu anki değer: {value}.",
    "want_flag": "“{key}” tırnaksız true ya da false olmalı; şu anki değer: {value}.",
    "want_count": "“{key}” tırnaksız bir tam sayı, en az 0 olmalı; şu anki değer: {value}.",
    "want_table": "“{key}” kendi ayarları olan bir tablo olmalı; tabloya [{key}] satırıyla başlayın.",
    "want_profiles": "“{key}” altında her profilin kendi tablosu olmalı, örneğin [profiles.acme].",
    "bad_text": "“{key}” boş olamaz, denetim karakteri içeremez; şu anki değer: {value}.",
    "bad_choice": "“{key}” için {value} kullanılamaz; kullanılabilecekler: {allowed}.",
    "bad_api_key": "“{key}” sağlayıcının verdiği anahtar olmalı: tırnak içinde, boşluksuz, 8–100 karakter (değeri burada "
                   "gösterilmez).",
    "bad_base_url": "“{key}” için {value} kullanılamaz; kullanıcı adı, “?” ve “#” içermeyen bir https adresi olmalı, örneğin "
                    "https://api.bulutsantralim.com (http yalnızca bu makineye).",
    "bad_number": "“{key}” için {value} kullanılamaz; tırnak içinde 10–15 rakam olmalı, örneğin \"902129630131\".",
    "bad_listen": "“{key}” için {value} kullanılamaz; adres ve port olmalı, örneğin \"127.0.0.1:8787\".",
    "bad_public_url": "“{key}” için {value} kullanılamaz; kullanıcı adı, “?” ve “#” içermeyen bir http ya da https adresi "
                      "olmalı, örneğin \"https://calls.example.com.tr/santral\".",
    "bad_database": "“{key}” için {value} kullanılamaz; sqlite:/// ve ardından bir dosya olmalı, örneğin "
                    "\"sqlite:///~/santral.db\".",
    "postgresql": "“{key}” bir PostgreSQL adresi, oysa bu sürüm verilerini SQLite ile saklar; \"sqlite:///\" ve ardından bir "
                  "dosya yazın ya da ayarı kaldırın.",
    "bad_keys": "“{key}” için {value} kullanılamaz; bir ya da birkaç tuş olmalı, örneğin \"f7\" ya da [\"f7\", \"ctrl+b\"].",
    "bad_profile_name": "“{key}”: profil adı 1–40 karakter olmalı, başında ve sonunda boşluk, içinde denetim karakteri "
                        "bulunmamalı.",
    "unknown_profile_near": "“{key}” için “{value}” yazılmış, ama böyle bir profil yok; en yakın profil: “{nearest}”.",
    "unknown_profile": "“{key}” için “{value}” yazılmış, ama böyle bir profil yok: [profiles.{value}] tablosunu ekleyin ya da "
                       "var olan bir profili yazın.",
}

TEXTS: Texts = {
    **{f"config.{code}": "{file}, satır {line}: " + text for code, text in _PLACED.items()},
    **{f"config.{code}.unplaced": "{file}: " + text for code, text in _PLACED.items()},
    "config.broken.unplaced": "{file}: geçerli bir TOML değil.",
    "config.not_utf8": "{file}, satır {line}: dosya UTF-8 değil; UTF-8 olarak kaydedin.",
    "config.too_large": "{file} {limit:n} bayttan büyük, bir ayar dosyası olamaz; --config ile başka bir dosya gösterin.",
    "config.is_folder": "{file} bir klasör; --config ile bir dosya gösterin.",
    "config.forbidden": "{file} bu kullanıcı tarafından okunamıyor; izinlerini değiştirin ya da --config ile başka bir dosya "
                        "gösterin.",
    "config.unreadable": "{file} okunamıyor ({error}); --config ile başka bir dosya gösterin.",
    "config.bad_environment_key": "$SANTRAL_API_KEY sağlayıcının verdiği anahtar olmalı: boşluksuz, 8–100 karakter (değeri "
                                  "burada gösterilmez). Düzeltin ya da kaldırın.",
    "config.profile_none": "{file} içinde profil yok, $SANTRAL_API_KEY de tanımlı değil: profil oluşturmak için santral "
                           "komutunu başlatın ya da bu değişkeni tanımlayın.",
    "config.profile_which": "{file} içinde birden çok profil var; --profile ile birini seçin: {names}.",
    "config.chosen_unknown_near": "{source}: {file} içinde “{name}” adlı bir profil yok; en yakın profil: “{nearest}”.",
    "config.chosen_unknown": "{source}: {file} içinde “{name}” adlı bir profil yok; olanlar: {allowed}.",
    "config.missing": "{file} yok; program varsayılan ayarlarla devam ediyor.",
    "config.open_to_others": "{file} bir API anahtarı içeriyor ve bu makinenin başka kullanıcılarına açık; kapatmak için: "
                             "chmod 600 \"{file}\"",
    "config.profile_gone": "{file} içinde artık “{name}” adlı bir profil yok; hiçbir şey değiştirilmedi.",
    "config.profile_exists": "{file} içinde “{name}” adlı bir profil zaten var; başka bir ad seçin.",
    "config.no_ordinary_file": "{file} sıradan bir dosya değil, bu yüzden değiştirilmedi; --config ile başka bir dosya "
                               "gösterin.",
    "config.busy": "{file} şu anda programın başka bir penceresi tarafından yazılıyor; birazdan yeniden deneyin. Hiçbir şey "
                   "değiştirilmedi.",
    "config.full": "{file} yazılamadı: disk dolu. Yer açıp yeniden deneyin; hiçbir şey değiştirilmedi.",
    "config.unwritable": "{file} yazılamadı ({error}): dosyanın ve klasörünün izinlerini denetleyin. Hiçbir şey "
                         "değiştirilmedi.",
}
