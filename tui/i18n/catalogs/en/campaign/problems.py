"""English: what is wrong with one."""

from tui.i18n.words import Plural, Texts

TEXTS: Texts = {
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
    "campaign.problem.no_target": "No target is set: give at least one key, “no key” or “wrong key” a target.",
    "campaign.problem.no_welcome":
        "Some of the people would hear nothing: choose a welcome announcement, or give every number a phrase.",
    "campaign.problem.endless":
        "A call in which nobody presses a key starts over endlessly and costs money until they hang up: choose another target for “no key”.",
    "campaign.problem.no_exit":
        "Every target only plays the message again, so there is no way out of the menu: give a key another target.",
    "campaign.problem.opt_out_nowhere": "The opt-out key {key} has no target, so pressing it is reported as a wrong key: give it a target, such as announcement/421, or remove the mark.",
    "campaign.problem.no_opt_out":
        "No key in the menu is marked as the opt-out key: mark one, so that people can ask not to be called again.",
    "campaign.problem.no_such_announcement": "The account has no announcement {id}: choose another one, or add it in the provider's web panel.",
    "campaign.problem.announcement_gone": "Announcement {id} “{name}” has been deleted from the account: choose another one.",
    "campaign.problem.no_such_caller_id":
        "{number} is not among the account's caller IDs, so the calls may be refused: pick one of them.",
    "campaign.problem.no_such_queue": "The account has no queue {number}: choose another one, or add it in the provider's web panel.",
    "campaign.problem.queue_gone": "Queue {number} “{name}” has been deleted from the account: choose another one.",
    "campaign.problem.no_such_user": "The account has no extension {number}: choose another one, or add it in the provider's web panel.",
    "campaign.problem.dates_order": "The last day is before the first: change one of the two dates.",
    "campaign.problem.times_order": "The end time is not after the start time: whether calls would go on past midnight is not documented.",
    "campaign.problem.days_outside":
        "None of the chosen weekdays falls between the two dates: choose another day or date.",
    "campaign.problem.whole_day": "No hours are set: calls are made at night too (00:00–23:59).",
    "campaign.problem.impolite": "This is outside the polite hours ({polite}).",
    "campaign.problem.holidays": "Calls are made on public holidays too: {holidays}.",
    "campaign.problem.over":
        "The calling hours are already over, so nobody would be called: choose a later day or time.",
    "campaign.problem.commercial":
        "A commercial campaign requires the İYS recipient type and brand code: fill in what is missing, or make the campaign non-commercial.",
    "campaign.problem.no_numbers": "There is nobody to call yet: add at least one number.",
    "campaign.problem.bad_numbers": Plural("{count:n} number can't be called: correct or remove it.",
                                           "{count:n} numbers can't be called: correct or remove them."),
    "campaign.problem.duplicates": Plural(
        "{count:n} row repeats a number: it is left out, and each number is called once, by its first row.",
        "{count:n} rows repeat a number: they are left out, and each number is called once, by its first row."),
    "campaign.problem.called_again": Plural("1 number is called more than once, once for each phrase; extra calls: {calls:n}. Is that what you want?", "{count:n} numbers are called more than once, once for each phrase; extra calls: {calls:n}. Is that what you want?"),
    "campaign.problem.said_before": Plural(
        "{count:n} row repeats a number with the same phrase and language: it is left out.",
        "{count:n} rows repeat a number with the same phrase and language: they are left out."),
    "campaign.problem.premium": Plural("1 number is premium-rate (0900, 0888, 0898 or similar abroad): calls to it cost extra. Is it really to be called?", "{count:n} numbers are premium-rate (0900, 0888, 0898 or similar abroad): calls to them cost extra. Are they really to be called?"),
    "campaign.problem.premium_target": "“{value}” is a premium-rate number: each person connected to it costs extra. Is that what you want?",
    "campaign.problem.many_call_retries": "Each number may be called {count:n} more times; more than {most} is rarely intended and annoys people.",
    "campaign.problem.many_digit_retries": "The menu is repeated {count:n} times; more than {most} is rarely intended and holds people on the line.",
    "campaign.problem.many_thread_multiplier": "For each available agent {count:n} numbers are called at once; above {most}, many who answer reach nobody.",
    "campaign.problem.many_max_thread_count": "Up to {count:n} numbers are called at once; more than {most} is rarely intended. If the lines don't have that many channels, calls fail.",
    "campaign.problem.many_channels": "Up to {count:n} numbers are called at once, but the account shows only {most:n} extensions to take the calls: many who answer reach nobody.",
    "campaign.problem.odd_phrases": Plural("{count:n} phrase has a word the provider may not be able to read out: check it.", "{count:n} phrases have words the provider may not be able to read out: check them."),
    "campaign.problem.first_odd": "The first of these phrases is for {phone}: check “{value}”.",
    "campaign.problem.not_commercial": "The İYS recipient type and brand code are sent where they are given, but the campaign isn't commercial: mark it as commercial, or leave both blank.",
    "campaign.problem.announcement_zeros": "“{value}” begins with a zero: announcements are written without it, like 456; whether this one is found isn't certain.",
    "campaign.problem.long_speech": "The text to speak has {count:n} characters; whether more than {most:n} are spoken isn't known.",
    "campaign.problem.speech_sign": "The text to speak contains {sign}, a sign that separates targets or names announcements: how it will be read isn't known.",
    "campaign.problem.webhook_private": "The provider can't reach {value} from outside, so no results will come in: enter an address on the internet.",
    "campaign.problem.webhook_login": "The address has a user name or password before the @: whether the provider uses them isn't known, and they will show up in its records.",
    "campaign.problem.not_valid": Plural("1 number is in no numbering plan: it will probably not be reached.", "{count:n} numbers are in no numbering plan: they will probably not be reached."),
    "campaign.problem.left_out": Plural(
        "1 number is left out, as it must not be called ({causes}).",
        "{count:n} numbers are left out, as they must not be called ({causes})."),
    "campaign.problem.all_left_out": Plural("The only number in the list must not be called; nobody is left ({causes}).", "All {count:n} numbers in the list must not be called; nobody is left ({causes})."),
    "campaign.problem.called_all_the_same": Plural(
        "1 number will be called although it must not be ({causes}).",
        "{count:n} numbers will be called although they must not be ({causes})."),
    "campaign.problem.more_than_most_calls": Plural("The campaign calls each number once, which is more than the profile's most_calls allows: {calls:n} in {days:n} days.", "The campaign may call each number {count:n} times, including retries; the profile's most_calls allows {calls:n} in {days:n} days. Reduce the retries; if left to the provider, they count as 5."),
    "campaign.problem.large": Plural("The request is large: 1 number, {size:m}. The provider states no limit, but may refuse this much at once.", "The request is large: {count:n} numbers, {size:m}. The provider states no limit, but may refuse this much at once."),
    "campaign.problem.no_caller":
        "No caller ID is set, and which number people then see is not documented: set one of the account's numbers, here or as the profile's caller_id.",
    "campaign.problem.twin":
        "The unconfirmed campaign “{name}” ({ref}) was launched with the same request on {launched:d}: the same people may be "
        "called twice.",
    "campaign.problem.twin_under_way":
        "“{name}” ({ref}) is being launched with the same request: the same people would be called twice.",
    "campaign.problem.twin_created":
        "“{name}” was launched with the same request on {launched:d}, as {ref}: the same people would be called twice.",
}
