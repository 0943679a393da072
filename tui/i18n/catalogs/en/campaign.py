"""English: what a campaign is, and what is wrong with one."""

from tui.i18n.words import Plural, Texts

_NAMES: Texts = {
    "campaign.call_type.ivr": "IVR",
    "campaign.call_type.queue": "queue",
    "campaign.choice.BIREYSEL": "Individual",
    "campaign.choice.TACIR": "Merchant",
    "campaign.choice.true": "yes",
    "campaign.choice.false": "no",
    "campaign.state.draft": "draft",
    "campaign.state.launching": "launching",
    "campaign.state.unconfirmed": "unconfirmed",
    "campaign.state.rejected": "rejected",
    "campaign.state.on": "on",
    "campaign.state.off": "off",
    "campaign.state.unknown": "unknown",
    "campaign.state.missing": "missing",
    "campaign.state.finished": "finished",
    "campaign.state.deleted": "deleted",
    "campaign.state.switching_on": "switching on",
    "campaign.state.switching_off": "switching off",
    "campaign.state.deleting": "deleting",
    "campaign.target_kind.restart": "Play again",
    "campaign.target_kind.user": "Extension",
    "campaign.target_kind.group": "Ring group",
    "campaign.target_kind.queue": "Queue",
    "campaign.target_kind.ivr": "IVR menu",
    "campaign.target_kind.external": "Outside number",
    "campaign.target_kind.voicemail": "Voicemail",
    "campaign.target_kind.announcement": "Announcement",
    "campaign.target_kind.fax": "Receive a fax",
    "campaign.target_kind.fax_to": "Fax to e-mail",
    "campaign.target_kind.hangup": "Hang up",
    "campaign.target_kind.busy": "Busy tone",
    "campaign.target_kind.tts": "Speak a text",
    **{f"campaign.digit.{key}": f"key {key}" for key in "1234567890*#"},
    "campaign.digit.-": "no key",
    "campaign.digit.!": "wrong key",
    "campaign.number_count": Plural("{count:n} number", "{count:n} numbers"),
    "campaign.section.basics": "Basics",
    "campaign.section.schedule": "Schedule",
    "campaign.section.dialling": "Dialling",
    "campaign.section.menu": "Menu",
    "campaign.section.numbers": "Numbers",
    "campaign.section.commercial": "Commercial",
    "campaign.section.results": "Results",
    "campaign.section.review": "Review",
}

_KEYS_WITH_A_TARGET = {**{f"digit_target_{key}": key for key in "1234567890"}, "digit_target_star": "*",
                       "digit_target_square": "#"}

_FIELDS: Texts = {
    "campaign.field.call_type": "Type",
    "campaign.field.name": "Name",
    "campaign.field.cli": "Caller ID",
    "campaign.field.date_range_begin": "First day",
    "campaign.field.date_range_end": "Last day",
    "campaign.field.time_range_begin": "Calls from",
    "campaign.field.time_range_end": "Calls until",
    "campaign.field.active_days": "Weekdays",
    "campaign.field.ring_timeout": "Ring timeout",
    "campaign.field.call_retries": "Retries",
    "campaign.field.max_thread_count": "Simultaneous calls",
    "campaign.field.queue_number": "Queue",
    "campaign.field.thread_multiplier": "Calls per free agent",
    "campaign.field.recording_enabled": "Record the calls",
    "campaign.field.welcome_announcement_id": "Welcome announcement",
    "campaign.field.digit_timeout": "Wait for a key",
    "campaign.field.digit_retries": "Menu repeats",
    **{f"campaign.field.{name}": f"Key {key}" for name, key in _KEYS_WITH_A_TARGET.items()},
    "campaign.field.timeout_target": "No key",
    "campaign.field.invalid_target": "Wrong key",
    "campaign.field.is_commercial": "Commercial",
    "campaign.field.iys_recipient_type": "İYS recipient type",
    "campaign.field.iys_brand_code": "İYS brand code",
    "campaign.field.webhook_url": "Results URL",
    "campaign.field.phone_list": "Numbers",
}

# At most 35 characters: shown in the empty field itself, also at 80 columns.
_DEFAULTS: Texts = {
    "campaign.default.call_type": "needed: IVR or queue",
    "campaign.default.name": "needed: the name of the campaign",
    "campaign.default.cli": "none: what people see isn't known",
    "campaign.default.date_range_begin": "the day on which it is launched",
    "campaign.default.date_range_end": "the same day as the first",
    "campaign.default.time_range_begin": "00:00",
    "campaign.default.time_range_end": "23:59",
    "campaign.default.active_days": "every day of the week",
    "campaign.default.ring_timeout": "the PBX decides how long it rings",
    "campaign.default.call_retries": "the PBX decides how often",
    "campaign.default.max_thread_count": "the PBX's own channel setting",
    "campaign.default.queue_number": "needed: the calls go there",
    "campaign.default.thread_multiplier": "the PBX decides how many",
    "campaign.default.recording_enabled": "the PBX's own setting holds",
    "campaign.default.welcome_announcement_id": "none: every number needs a phrase",
    "campaign.default.digit_timeout": "4 seconds",
    "campaign.default.digit_retries": "the PBX decides how often",
    **{f"campaign.default.{name}": "not set: pressed, a wrong key" for name in _KEYS_WITH_A_TARGET},
    "campaign.default.timeout_target": "not set",
    "campaign.default.invalid_target": "not set",
    "campaign.default.is_commercial": "empty: no",
    "campaign.default.iys_recipient_type": "none",
    "campaign.default.iys_brand_code": "needed for a commercial campaign",
    "campaign.default.webhook_url": "no results come in",
}

_HELP: Texts = {
    "campaign.help.call_type":
        "IVR plays a message and waits for a key; queue connects whoever answers to the agents of a queue.",
    "campaign.help.name": "The name by which you will know the campaign here and at the provider.",
    "campaign.help.cli":
        "The number that the called person sees: one of the account's own, typed like 0212 963 01 31 or picked from them.",
    "campaign.help.date_range_begin":
        "The first day of the calls, in Turkish time: 25.11, 25.11.2026, 2026-11-25, today, tomorrow, +3 (in three days) or "
        "a weekday.",
    "campaign.help.date_range_end":
        "The last day of the calls, in Turkish time: 25.11, 25.11.2026, 2026-11-25, today, tomorrow, +3 (in three days) or "
        "a weekday.",
    "campaign.help.time_range_begin": "When the calls begin on each day, in Turkish time: 9, 9:30, 0930 or 17.00.",
    "campaign.help.time_range_end":
        "When the calls end on each day, in Turkish time: 18, 18:30, 1830 or 18.30; 23:59 for midnight.",
    "campaign.help.active_days":
        "The weekdays on which it calls: 1 (Monday) to 7 (Sunday) switch one, so does space. At least one must fall "
        "between the two dates.",
    "campaign.help.ring_timeout": "How many seconds a phone rings before the call is given up: 25 to 60.",
    "campaign.help.call_retries":
        "How many more times a number is called that was busy, unreachable or did not answer: 0 or more.",
    "campaign.help.max_thread_count":
        "How many calls the campaign makes at the same time, at most: 1 or more. Left empty, the PBX's setting “Otomatik "
        "Arama Kanal Sayısı” holds.",
    "campaign.help.queue_number":
        "The queue whose agents talk to the people who answer: its number, like 200, or picked by name.",
    "campaign.help.thread_multiplier":
        "How many numbers are dialled at once for each free agent of the queue: 1 or more.",
    "campaign.help.recording_enabled": "Records each call from its first moment.",
    "campaign.help.welcome_announcement_id":
        "The announcement that is played before a key is awaited: its ID, like 128, or picked by name. A number with a "
        "phrase hears the phrase.",
    "campaign.help.digit_timeout": "How many seconds a key is awaited after the message: 1 to 10.",
    "campaign.help.digit_retries": "How often the menu is played again after no key or a wrong one: 0 or more.",
    **{f"campaign.help.{name}": f"Where a call goes when {key} is pressed. To record the key alone, play an announcement."
       for name, key in _KEYS_WITH_A_TARGET.items()},
    "campaign.help.timeout_target": "Where a call goes when no key was pressed, after all repeats of the menu.",
    "campaign.help.invalid_target": "Where a call goes when a key without a target was pressed, after all repeats.",
    "campaign.help.is_commercial":
        "Say yes where the calls advertise or sell: the İYS consent of each number is then checked.",
    "campaign.help.iys_recipient_type":
        "Whom the commercial calls go to: individuals (BIREYSEL) or merchants (TACIR). A commercial campaign needs it.",
    "campaign.help.iys_brand_code":
        "The “İYS Marka Kodu” of one of your registered and approved headers. A commercial campaign needs it.",
    "campaign.help.webhook_url":
        "The address to which the provider reports each call and key, like https://calls.example.com/results; it is tried "
        "while the campaign is created.",
}

_PHONE: Texts = {
    "campaign.phone.empty": "The phone number is missing: write it like 0532 123 45 67.",
    "campaign.phone.scientific":
        "“{value}” was shortened by a spreadsheet and its last digits are lost: make the column text and "
        "export it anew.",
    "campaign.phone.decimal":
        "“{value}” was written by a spreadsheet as an amount, not as a phone number: make the column text and "
        "export it anew.",
    "campaign.phone.several": "“{value}” is more than one number: give each number a line of its own.",
    "campaign.phone.letters": "“{value}” is not a phone number: write it like 0532 123 45 67.",
    "campaign.phone.stray": "“{value}” holds “{sign}”, which is no part of a number: write it like 0532 123 45 67.",
    "campaign.phone.abroad":
        "“{value}” is not a number abroad: write 00, the country and the number, like 00491234567.",
    "campaign.phone.trunk_zero":
        "“{value}” holds the zero in brackets that is dialled at home alone: leave it out, like +49 151 23456789.",
    "campaign.phone.universal":
        "“{value}” is a 444 number, for which the provider's document has no form: write a number with its area code, "
        "like 0212 123 45 67.",
    "campaign.phone.short":
        "“{value}” is too short, digits may have been lost: write all ten with the area code, like 0532 123 45 67.",
    "campaign.phone.long": "“{value}” is too long: write it like 0532 123 45 67, or with 00 in front for abroad.",
    "campaign.phone.no_area": "“{value}” has no area code: it begins with a digit from 2 to 9, like 0532 123 45 67.",
    "campaign.phone.invalid":
        "“{value}” is in no numbering plan: it can be called as it is, but look whether a digit is wrong.",
    "campaign.phone.premium_abroad": "“{value}” is a premium-rate or shared-cost number of another country: a call to it is charged specially. Is it meant?",
    "campaign.phone.premium": "“{value}” is a premium-rate number (0900, 0888, 0898): a call to it is charged specially. Is it meant?",
    "campaign.kind.mobile": "mobile",
    "campaign.kind.landline": "landline",
    "campaign.kind.toll_free": "toll-free",
    "campaign.kind.abroad": "abroad",
    "campaign.kind.other": "other",
    "campaign.number.reference": "The reference “{value}” is longer than {most:n} characters: only its first {most:n} are kept.",
    "campaign.number.lang": "“{value}” is not a language of the provider: write one of {known}, or leave it empty.",
    "campaign.number.date": "“{value}” in the phrase is not a date: write a day that exists, like 15/11/2026.",
    "campaign.number.phone": "“{value}” in the phrase looks like a telephone number, which is read out as an amount of money: is it meant?",
    "campaign.number.zeros": "“{value}” in the phrase begins with a zero: announcements are named without, such as #456; whether this one is found is not sure.",
    "campaign.number.word":
        "“{value}” in the phrase is neither an announcement (#456), a date (15/11/2026) nor an amount (73.56): "
        "how it is heard is not known.",
}

_TARGET: Texts = {
    "campaign.target.email": "“{value}” has no e-mail address after fax/: write it like fax/name@company.com.tr.",
    "campaign.target.number":
        "“{value}” needs up to ten digits and nothing else after {kind}/: write it like {kind}/100.",
    "campaign.target.external": "“{value}” has no phone number after external/: write it like external/05321234567.",
    "campaign.target.speech_language":
        "“{value}” has no language that can be spoken: write one of {known} after tts/, then the text.",
    "campaign.target.speech_text":
        "“{value}” has no text to speak: write it after the language, like tts/tr-TR/Merhaba.",
    "campaign.target.speech_control": "“{value}” has a line break or tab in its text: write the text as one line.",
    "campaign.target.meant": "“{value}” is not how the provider writes this target: write {form}.",
    "campaign.target.needs": "“{value}” is not a whole target: write it like {form}.",
    "campaign.target.which_kind":
        "“{value}” is a number without a kind: put a letter before it, like a{value} (a announcement, q queue, u extension, g ring group, i IVR menu, v voicemail, e outside number).",
    "campaign.target.unknown":
        "“{value}” is not a target: write one like queue/200, user/1000, announcement/456, restart or hangup/hangup.",
}

_PROBLEM: Texts = {
    "campaign.problem.required": "This field can't be left empty: fill it in.",
    "campaign.problem.integer": "“{value}” is not a whole number: write digits alone, like 30.",
    "campaign.problem.range": "“{value}” is out of bounds: write a number from {least:n} to {most:n}.",
    "campaign.problem.least": "“{value}” is too small: write {least:n} or more.",
    "campaign.problem.date": "“{value}” is not a date: write it like 25.11.2026 or 2026-11-25.",
    "campaign.problem.time": "“{value}” is not a time of day: write it like 09:00.",
    "campaign.problem.year": "“{value}” has no year from {first} to {last}: write all four digits, like 25.11.2026.",
    "campaign.problem.month": "“{value}” has {month} for a month: the day comes first, like 25.11.2026, or the year, like 2026-11-25.",
    "campaign.problem.day": "“{value}” is not in the calendar: write a day from 1 to {last} for that month.",
    "campaign.problem.hour": "“{value}” is not a time of day: the hours go from 0 to 23, the minutes from 00 to 59, like 17:30.",
    "campaign.problem.midnight": "“{value}” is midnight: write 23:59 where the calls end, 00:00 where they begin.",
    "campaign.problem.days": "“{value}” are not weekdays: write numbers from 1 (Monday) to 7 (Sunday), like 1,2,5.",
    "campaign.problem.no_days": "No weekday is chosen: choose at least one.",
    "campaign.problem.choice": "“{value}” can't be chosen: choose one of {known}.",
    "campaign.problem.boolean": "“{value}” is neither yes nor no: write true or false.",
    "campaign.problem.host": "“{value}” names its host with letters that can be mistaken for others; the name that would be asked for is {host}. If that is the one you mean, type it so.",
    "campaign.problem.url": "“{value}” is not a web address: write it like https://calls.example.com/results.",
    "campaign.problem.control_in_name": "There is an invisible character in the name ({value}): it is sent as it is, and shown here as an escape.",
    "campaign.problem.control": "There is an invisible character here ({value}): delete it and type the text again.",
    "campaign.problem.no_target": "No key leads anywhere: give at least one key, “no key” or “wrong key” a target.",
    "campaign.problem.no_welcome":
        "Some of the people would hear nothing: choose a welcome announcement, or give every number a phrase.",
    "campaign.problem.endless":
        "A call in which nobody presses a key begins anew without end, and is paid for until they hang up: choose another target for “no key”.",
    "campaign.problem.no_exit":
        "Every target only plays the message again, so nobody gets out of the menu: give a key another target.",
    "campaign.problem.opt_out_nowhere": "By key {key} people refuse further calls, but it leads nowhere, so it is told as a wrong key: give it a target, such as announcement/421, or take the mark away.",
    "campaign.problem.no_opt_out":
        "No key of the menu is marked for refusing further calls: mark one, so that whoever is called can say so.",
    "campaign.problem.no_such_announcement": "The account has no announcement {id}: choose another one, or add it in the provider's web panel.",
    "campaign.problem.announcement_gone": "Announcement {id} “{name}” has been deleted from the account: choose another one.",
    "campaign.problem.no_such_caller_id":
        "{number} is not among the account's caller IDs, so the calls may be refused: pick one of them.",
    "campaign.problem.no_such_queue": "The account has no queue {number}: choose another one, or add it in the provider's web panel.",
    "campaign.problem.queue_gone": "Queue {number} “{name}” has been deleted from the account: choose another one.",
    "campaign.problem.no_such_user": "The account has no extension {number}: choose another one, or add it in the provider's web panel.",
    "campaign.problem.dates_order": "The last day is before the first: move one of the two dates.",
    "campaign.problem.times_order": "The hours don't end after they begin: whether calls go on past midnight then is not documented.",
    "campaign.problem.days_outside":
        "None of the chosen weekdays falls between the two dates: choose another day or date.",
    "campaign.problem.whole_day": "No hours are given: it calls at night too (00:00–23:59).",
    "campaign.problem.impolite": "This goes beyond the polite hours ({polite}).",
    "campaign.problem.holidays": "It calls on public holidays too: {holidays}.",
    "campaign.problem.over":
        "The calling hours are already over, so nobody would be called: choose a later day or time.",
    "campaign.problem.commercial":
        "A commercial campaign can't go without this field: fill it in, or say that it is not commercial.",
    "campaign.problem.no_numbers": "There is nobody to call yet: add at least one number.",
    "campaign.problem.bad_numbers": Plural("{count:n} number can't be called: correct or remove it.",
                                           "{count:n} numbers can't be called: correct or remove them."),
    "campaign.problem.duplicates": Plural(
        "{count:n} row repeats a number: it is left out, and each number is called once, by its first row.",
        "{count:n} rows repeat a number: they are left out, and each number is called once, by its first row."),
    "campaign.problem.called_again": Plural(
        "1 number is called more than once, once for each phrase; calls beyond the first: {calls:n}. Is it meant?",
        "{count:n} numbers are called more than once, once for each phrase; calls beyond the first of each: {calls:n}. Is it meant?"),
    "campaign.problem.said_before": Plural(
        "{count:n} row repeats a number with the same phrase and language: it is left out.",
        "{count:n} rows repeat a number with the same phrase and language: they are left out."),
    "campaign.problem.premium": Plural(
        "1 number is of premium rate (0900, 0888, 0898, or one of its kind abroad): a call to it is charged specially. Is it meant?",
        "{count:n} numbers are of premium rate (0900, 0888, 0898, or one of their kind abroad): calls to them are charged specially. Are they meant?"),
    "campaign.problem.premium_target": "“{value}” is a premium-rate number: each callee connected to it is charged specially. Is it meant?",
    "campaign.problem.many_call_retries": "Each number may be called {count:n} more times; more than {most} is seldom meant, and people mind it.",
    "campaign.problem.many_digit_retries": "The menu is repeated {count:n} times; more than {most} is seldom meant, and keeps people on the line.",
    "campaign.problem.many_thread_multiplier": "For each free agent {count:n} numbers are called at once; with more than {most}, many who answer find nobody.",
    "campaign.problem.many_max_thread_count": "Up to {count:n} numbers are called at once; more than {most} is seldom meant. If the lines don't have as many channels, calls fail.",
    "campaign.problem.many_channels": "Up to {count:n} numbers are called at once, and the account shows {most:n} extensions to take their calls: many who answer find nobody.",
    "campaign.problem.odd_phrases": Plural(
        "{count:n} phrase holds a word that the provider may not be able to read out: look at it.",
        "{count:n} phrases hold words that the provider may not be able to read out: look at them."),
    "campaign.problem.first_odd": "The first of those phrases is that of {phone}: look at “{value}”.",
    "campaign.problem.not_commercial": "It is sent, but the campaign isn't commercial: mark it as commercial, or leave this blank.",
    "campaign.problem.announcement_zeros": "“{value}” begins with a zero: announcements are named without, such as 456; whether this one is found is not sure.",
    "campaign.problem.long_speech": "The text to speak has {count:n} letters; whether more than {most:n} are spoken is not known.",
    "campaign.problem.speech_sign": "The text to speak holds {sign}, which divides targets and names announcements elsewhere: how it is heard is not known.",
    "campaign.problem.webhook_private": "The provider can't reach {value} from outside, so no results come in: name an address on the internet.",
    "campaign.problem.webhook_login": "The address holds a name or password before the @: whether the provider uses them is not known, and they stand in its records.",
    "campaign.problem.not_valid": Plural("1 number is in no numbering plan: it will probably not be reached.", "{count:n} numbers are in no numbering plan: they will probably not be reached."),
    "campaign.problem.left_out": Plural(
        "1 number is left out, as it must not be called ({causes}).",
        "{count:n} numbers are left out, as they must not be called ({causes})."),
    "campaign.problem.all_left_out": Plural(
        "The only number of the list must not be called, so nobody is left ({causes}).",
        "All {count:n} numbers of the list must not be called, so nobody is left ({causes})."),
    "campaign.problem.called_all_the_same": Plural(
        "1 number will be called although it must not be ({causes}).",
        "{count:n} numbers will be called although they must not be ({causes})."),
    "campaign.problem.more_than_most_calls": Plural(
        "The campaign calls each number once, which is more than the profile's most_calls allows: {calls:n} in {days:n} days.",
        "The campaign may call each number {count:n} times, retries included; the profile's most_calls allows {calls:n} in {days:n} days. Lower the retries; left to the provider, they count as 5."),
    "campaign.problem.large": Plural("The request is large: 1 number, {size:m}. The provider names no limit, but it may refuse so much at once.", "The request is large: {count:n} numbers, {size:m}. The provider names no limit, but it may refuse so much at once."),
    "campaign.plan.empty": "The plan is empty: write what is done, such as “busy: after 15m, at most 2”.",
    "campaign.plan.no_colon": "“{value}” doesn't say what is done: write it behind a colon, such as “busy: after 15m, at most 2” or “refused: never”.",
    "campaign.plan.nothing": "“{value}” doesn't say what is done: write “never”, or when and how often, such as “after 15m, at most 2”.",
    "campaign.plan.outcome": "“{value}” is no outcome of a call. These are: {known}, key:1 and status:\"…\".",
    "campaign.plan.twice": "The plan names “{outcome}” twice: leave one of them out.",
    "campaign.plan.word": "“{value}” is not understood: write “never”, or “after 15m” (2h, 1d), “other hours” or “10:00-12:30”, “at most 2”.",
    "campaign.plan.contradiction": "“{value}” says two different things: leave one of them out.",
    "campaign.plan.delay": "“{value}” is too long: up to {hours} hours or {days} days are possible.",
    "campaign.plan.times": "“{value}” is not a possible number of times: 1 to {most} are.",
    "campaign.plan.hours": "“{value}” are no hours of a day: write from when until when, such as 10:00-12:30.",
    "campaign.plan.quote": "The quotation mark of {value} is not closed: add another at the end of the status.",
    "campaign.problem.no_caller":
        "No caller ID is given, and the provider does not document which number people see then: give one of the account's numbers, here or as the profile's caller_id.",
    "campaign.problem.twin":
        "The unconfirmed campaign “{name}” ({ref}) was launched with the same request on {launched:d}: the same people may be "
        "called twice.",
    "campaign.problem.twin_under_way":
        "“{name}” ({ref}) is being launched with the same request: the same people would be called twice.",
    "campaign.problem.twin_created":
        "“{name}” was launched with the same request on {launched:d}, as {ref}: the same people would be called twice.",
}

_FILE: Texts = {
    "campaign.file.no_file": "There is no file {path}: check the name and the folder.",
    "campaign.file.folder": "{path} is a folder: name a campaign file inside it.",
    "campaign.file.unreadable": "{path} can't be read ({detail:e}): check its permissions.",
    "campaign.file.encoding": "{path} is not UTF-8 text: save it as UTF-8.",
    "campaign.file.syntax": "{path} is not right TOML at line {line}, column {column}: correct it there.",
    "campaign.file.unfinished": "{path} is not whole TOML: a text, list or table is not closed before the end.",
    "campaign.file.too_large": "{path} is larger than {most:m} and was not read: put the numbers into a list of their own and name it with --phones.",
    "campaign.file.silent": "Nothing came from {path} for ten seconds, and no end: name a file.",
    "campaign.file.not_toml": "{path}, line {line}: “{value}” is longer or nested deeper than anything in a campaign can be: correct it there.",
    "campaign.file.key": "The API key never belongs in a campaign file: it is kept in the config; remove this line.",
    "campaign.file.unknown": "There is no field “{name}”: remove the line, or write one of the provider's field names.",
    "campaign.file.unknown_meant": "There is no field “{name}”: write {form}.",
    "campaign.file.other_type":
        "“{name}” does not belong to this type of campaign, so it is not sent: remove the line.",
    "campaign.file.unquoted": "“{value}” is in quotes: write {value} without them.",
    "campaign.file.quoted": "{value} is not in quotes: write \"{value}\".",
    "campaign.file.number": "“{name}” takes a whole number: write it like {name} = 30.",
    "campaign.file.text": "“{name}” takes a text in quotes: write it like {name} = \"…\".",
    "campaign.file.boolean": "“{name}” takes true or false: write one of them, without quotes.",
    "campaign.file.opt_out":
        "“{value}” is not a key of a phone: write one of 0–9, * and # in quotes, like opt_out_key = \"9\".",
    "campaign.file.days": "“{name}” takes a list of weekdays: write it like {name} = [1, 2, 3, 4, 5].",
    "campaign.file.list":
        "“{name}” takes a table for each number: write [[phone_list]] and, below it, phone = \"05321234567\".",
    "campaign.file.row_unknown": "Number {row:n} has a field “{name}” that is not known: use phone, phrase, lang and reference.",
    "campaign.file.row_unknown_meant": "Number {row:n} has a field “{name}” that is not known: write {form}.",
    "campaign.file.row_quoted": "Number {row:n}: “{name}” is not in quotes: write {name} = \"{value}\".",
    "campaign.file.row_text": "Number {row:n}: “{name}” takes a text in quotes: write it like {name} = \"…\".",
}

_TARGET_WORDS: Texts = {
    # At most 12 letters: the room that a key of the keypad has.
    "campaign.target_short.restart": "From start",
    "campaign.target_short.user": "Extension",
    "campaign.target_short.group": "Ring group",
    "campaign.target_short.queue": "Queue",
    "campaign.target_short.ivr": "IVR menu",
    "campaign.target_short.external": "Outside",
    "campaign.target_short.voicemail": "Voicemail",
    "campaign.target_short.announcement": "Announce",
    "campaign.target_short.fax": "Fax",
    "campaign.target_short.fax_to": "Fax to",
    "campaign.target_short.hangup": "Hang up",
    "campaign.target_short.busy": "Busy tone",
    "campaign.target_short.tts": "Speak",
    "campaign.target_about.restart": "the welcome announcement or the phrase again",
    "campaign.target_about.user": "connect to an extension",
    "campaign.target_about.group": "connect to a ring group",
    "campaign.target_about.queue": "hand over to a queue",
    "campaign.target_about.ivr": "hand over to a menu of the PBX",
    "campaign.target_about.external": "connect to an outside number",
    "campaign.target_about.voicemail": "leave a message in an extension's voicemail",
    "campaign.target_about.announcement": "play it, then hang up; also to record the key only",
    "campaign.target_about.fax": "send the fax tone, then receive a fax",
    "campaign.target_about.fax_to": "the same, and send it to an e-mail address",
    "campaign.target_about.hangup": "with the ordinary signal",
    "campaign.target_about.busy": "hang up with the busy tone",
    "campaign.target_about.tts": "speak a text, then hang up; needs the TTS module",
    "campaign.user_status.AVAILABLE": "available",
    "campaign.user_status.TALKING": "on a call",
    "campaign.user_status.UNREGISTERED": "not registered",
    "campaign.user_status.SS_DND": "do not disturb",
    "campaign.standing.missing": "not there",
    "campaign.standing.gone": "deleted",
    "campaign.standing.unchecked": "not checked",
}

TEXTS: Texts = {**_TARGET_WORDS, **_NAMES, **_FIELDS, **_DEFAULTS, **_HELP, **_PHONE, **_TARGET, **_PROBLEM, **_FILE}
