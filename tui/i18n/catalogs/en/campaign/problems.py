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
        "A commercial campaign needs its İYS recipient type and brand code: fill in what is missing, or say that it is "
        "not commercial.",
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
    "campaign.problem.many_channels": "Up to {count:n} numbers are called at once, more than the account shows extensions to take their calls ({most:n}): many who answer find nobody.",
    "campaign.problem.odd_phrases": Plural(
        "{count:n} phrase holds a word that the provider may not be able to read out: look at it.",
        "{count:n} phrases hold words that the provider may not be able to read out: look at them."),
    "campaign.problem.first_odd": "The first of those phrases is that of {phone}: look at “{value}”.",
    "campaign.problem.not_commercial": "The İYS recipient type and brand code are sent where they are given, but the campaign isn't commercial: mark it as commercial, or leave both blank.",
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
