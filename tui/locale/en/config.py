from tui.words import Texts

# Problems that stand at a place of the file; each is also said without a line, where the value is not from the file.
_PLACED = {
    "broken": "this is not valid TOML; see column {column}.",
    "unknown_near": "there is no setting “{key}”; the nearest is “{nearest}”.",
    "unknown": "there is no setting “{key}” here; there are: {allowed}.",
    "want_text": "“{key}” must be text in quotes; it is {value}.",
    "want_flag": "“{key}” must be true or false, without quotes; it is {value}.",
    "want_count": "“{key}” must be a whole number, 0 or more, without quotes; it is {value}.",
    "want_table": "“{key}” must be a table with settings of its own: begin it with [{key}].",
    "want_profiles": "“{key}” must hold a table for each profile, such as [profiles.acme].",
    "bad_text": "“{key}” must not be empty nor hold control characters; it is {value}.",
    "bad_choice": "“{key}” cannot be {value}; it may be: {allowed}.",
    "bad_api_key": "“{key}” must be the provider's key: 8 to 100 characters in quotes, without spaces (not shown here).",
    "bad_base_url": "“{key}” cannot be {value}; it must be an https address without user, “?” and “#”, such as "
                    "https://api.bulutsantralim.com (plain http only to this machine).",
    "bad_number": "“{key}” cannot be {value}; it must be 10 to 15 digits in quotes, such as \"902129630131\".",
    "bad_listen": "“{key}” cannot be {value}; it must be an address and a port, such as \"127.0.0.1:8787\".",
    "bad_public_url": "“{key}” cannot be {value}; it must be an http or https address without user, “?” and “#”, such as "
                      "\"https://calls.example.com.tr/santral\".",
    "bad_database": "“{key}” cannot be {value}; it must be sqlite:/// and a file, such as \"sqlite:///~/santral.db\".",
    "postgresql": "“{key}” is a PostgreSQL address, but this version keeps its data in SQLite; use \"sqlite:///\" and a "
                  "file, or leave the setting out.",
    "bad_keys": "“{key}” cannot be {value}; it must be one key or several, such as \"f7\" or [\"f7\", \"ctrl+b\"].",
    "bad_profile_name": "“{key}”: a profile's name must have 1 to 40 characters, without spaces at its ends and without "
                        "control characters.",
    "unknown_profile_near": "“{key}” is “{value}”, but there is no such profile; the nearest is “{nearest}”.",
    "unknown_profile": "“{key}” is “{value}”, but there is no such profile: add the table [profiles.{value}] or name one "
                       "that is there.",
}

TEXTS: Texts = {
    **{f"config.{code}": "{file}, line {line}: " + text for code, text in _PLACED.items()},
    **{f"config.{code}.unplaced": "{file}: " + text for code, text in _PLACED.items()},
    "config.broken.unplaced": "{file}: this is not valid TOML.",
    "config.not_utf8": "{file}, line {line}: the file is not UTF-8; save it in that encoding.",
    "config.too_large": "{file} is larger than {limit:n} bytes and cannot be a configuration; name another file with "
                        "--config.",
    "config.is_folder": "{file} is a folder; name a file in it with --config.",
    "config.forbidden": "{file} may not be read by this user; change its permissions or name another file with --config.",
    "config.unreadable": "{file} cannot be read ({error}); name another file with --config.",
    "config.bad_environment_key": "$SANTRAL_API_KEY must be the provider's key: 8 to 100 characters without spaces (not "
                                  "shown here). Correct it or unset it.",
    "config.profile_none": "There is no profile in {file}, and $SANTRAL_API_KEY is not set: start santral to make one, or "
                           "set it.",
    "config.profile_which": "{file} has several profiles; choose one with --profile: {names}.",
    "config.chosen_unknown_near": "{source}: there is no profile “{name}” in {file}; the nearest is “{nearest}”.",
    "config.chosen_unknown": "{source}: there is no profile “{name}” in {file}; there are: {allowed}.",
    "config.missing": "{file} does not exist; the program goes on with the default settings.",
    "config.open_to_others": "{file} holds an API key and is open to other users of this machine; close it with: "
                             "chmod 600 \"{file}\"",
    "config.profile_gone": "There is no profile “{name}” in {file} any more; nothing was changed.",
    "config.profile_exists": "{file} already has a profile “{name}”; choose another name.",
    "config.no_ordinary_file": "{file} is not an ordinary file and is not replaced; name another with --config.",
    "config.busy": "{file} is being written by another window of the program; try again in a moment. Nothing was changed.",
    "config.full": "{file} could not be written: the disk is full. Make room and try again; nothing was changed.",
    "config.unwritable": "{file} could not be written ({error}): check the permissions of the file and of its folder. "
                         "Nothing was changed.",
}
