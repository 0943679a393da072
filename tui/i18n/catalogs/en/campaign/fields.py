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
    "campaign.field.ring_timeout": "Ring time",
    "campaign.field.call_retries": "Retries",
    "campaign.field.max_thread_count": "Simultaneous calls",
    "campaign.field.queue_number": "Queue",
    "campaign.field.thread_multiplier": "Calls per agent",
    "campaign.field.recording_enabled": "Recording",
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
    "campaign.default.call_type": "required: IVR or queue",
    "campaign.default.name": "required: the campaign's name",
    "campaign.default.cli": "none: what people see isn't known",
    "campaign.default.date_range_begin": "the day it is launched",
    "campaign.default.date_range_end": "same as the first day",
    "campaign.default.time_range_begin": "00:00",
    "campaign.default.time_range_end": "23:59",
    "campaign.default.active_days": "every day of the week",
    "campaign.default.ring_timeout": "set by the PBX",
    "campaign.default.call_retries": "set by the PBX",
    "campaign.default.max_thread_count": "the PBX's channel setting",
    "campaign.default.queue_number": "required: calls go there",
    "campaign.default.thread_multiplier": "set by the PBX",
    "campaign.default.recording_enabled": "the PBX's own setting",
    "campaign.default.welcome_announcement_id": "none: every number needs a phrase",
    "campaign.default.digit_timeout": "4 seconds",
    "campaign.default.digit_retries": "set by the PBX",
    **{f"campaign.default.{name}": "not set: pressed, a wrong key" for name in _KEYS_WITH_A_TARGET},
    "campaign.default.timeout_target": "not set",
    "campaign.default.invalid_target": "not set",
    "campaign.default.is_commercial": "empty: no",
    "campaign.default.iys_recipient_type": "none",
    "campaign.default.iys_brand_code": "required for a commercial campaign",
    "campaign.default.webhook_url": "no results come in",
    "campaign.help.call_type":
        "IVR plays a message and waits for a key; queue connects those who answer to the agents of a queue.",
    "campaign.help.name": "The campaign's name, here and at the provider.",
    "campaign.help.cli":
        "The number people see: one of the account's own. Type it like 0212 963 01 31 or pick it from the list.",
    "campaign.help.date_range_begin":
        "The first day of calls, Turkish time: 25.11, 25.11.2026, 2026-11-25, today, tomorrow, +3 (in three days) or a weekday.",
    "campaign.help.date_range_end":
        "The last day of calls, Turkish time: 25.11, 25.11.2026, 2026-11-25, today, tomorrow, +3 (in three days) or a weekday.",
    "campaign.help.time_range_begin": "When calls start each day, Turkish time: 9, 9:30, 0930 or 17.00.",
    "campaign.help.time_range_end":
        "When calls end each day, Turkish time: 18, 18:30, 1830 or 18.30; 23:59 for midnight.",
    "campaign.help.active_days":
        "The weekdays on which calls are made: 1 (Monday) to 7 (Sunday) or space turns one on or off. At least one must fall between the two dates.",
    "campaign.help.ring_timeout": "How many seconds the phone rings: 25 to 60.",
    "campaign.help.call_retries":
        "How many more times a number that was busy, unreachable or not answered is called: 0 or more.",
    "campaign.help.max_thread_count":
        "The most calls the campaign makes at the same time: 1 or more. If empty, the PBX's “Otomatik Arama Kanal Sayısı” setting applies.",
    "campaign.help.queue_number":
        "The queue whose agents talk to the people who answer: type its number, like 200, or pick it by name.",
    "campaign.help.thread_multiplier":
        "How many numbers are called at once for each available agent of the queue: 1 or more.",
    "campaign.help.recording_enabled": "Records each call from its very start.",
    "campaign.help.welcome_announcement_id":
        "The announcement played before waiting for a key: type its ID, like 128, or pick it by name. A number with a phrase hears its phrase.",
    "campaign.help.digit_timeout": "How many seconds to wait for a key after the message: 1 to 10.",
    "campaign.help.digit_retries": "How many times the menu is repeated after no key or a wrong key: 0 or more.",
    **{f"campaign.help.{name}": f"Where a call goes when {key} is pressed. To record the key alone, play an announcement."
       for name, key in _KEYS_WITH_A_TARGET.items()},
    "campaign.help.timeout_target": "Where the call goes if no key was pressed after all repeats of the menu.",
    "campaign.help.invalid_target": "Where the call goes if a key without a target was pressed after all repeats of the menu.",
    "campaign.help.is_commercial":
        "Say yes for advertising or sales calls: the İYS consent of each number is then checked.",
    "campaign.help.iys_recipient_type":
        "Who the commercial calls go to: individuals (BIREYSEL) or merchants (TACIR). Required for a commercial campaign.",
    "campaign.help.iys_brand_code":
        "The “İYS Marka Kodu” of one of your registered and approved headers. Required for a commercial campaign.",
    "campaign.help.webhook_url":
        "The address the provider reports each call and key to, like https://calls.example.com/results; it is tested when the campaign is created.",
}
