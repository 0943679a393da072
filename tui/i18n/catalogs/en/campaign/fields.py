"""English: its fields: names, help, what holds where one is empty."""

from tui.i18n.words import Texts

_KEYS_WITH_A_TARGET = {**{f"digit_target_{key}": key for key in "1234567890"}, "digit_target_star": "*",
                       "digit_target_square": "#"}

TEXTS: Texts = {
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
    # At most 35 characters: shown in the empty field itself, also at 80 columns.
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
