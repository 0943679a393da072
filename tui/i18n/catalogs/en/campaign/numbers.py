"""English: what is wrong with a number, or its row."""

from tui.i18n.words import Texts

TEXTS: Texts = {
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
        "“{value}” contains the zero in brackets that is only dialled within that country: leave it out, like +49 151 23456789.",
    "campaign.phone.universal":
        "“{value}” is a 444 number, for which the provider documents no form: write a number with its area code, like 0212 123 45 67.",
    "campaign.phone.short":
        "“{value}” is too short, digits may have been lost: write all ten with the area code, like 0532 123 45 67.",
    "campaign.phone.long": "“{value}” is too long: write it like 0532 123 45 67, or with 00 in front for abroad.",
    "campaign.phone.no_area": "“{value}” has no area code: it begins with a digit from 2 to 9, like 0532 123 45 67.",
    "campaign.phone.invalid":
        "“{value}” is in no numbering plan: it can be called as it is, but check for a wrong digit.",
    "campaign.phone.premium_abroad": "“{value}” is a premium-rate or shared-cost number abroad: calls to it cost extra. Is it really to be called?",
    "campaign.phone.premium": "“{value}” is a premium-rate number (0900, 0888, 0898): calls to it cost extra. Is it really to be called?",
    "campaign.number.reference": "The reference “{value}” is longer than {most:n} characters: only its first {most:n} are stored.",
    "campaign.number.lang": "“{value}” is not a language of the provider: write one of {known}, or leave it empty.",
    "campaign.number.date": "“{value}” in the phrase is not a date: write a day that exists, like 15/11/2026.",
    "campaign.number.phone": "“{value}” in the phrase looks like a phone number, but is read out as an amount of money. Is that what you want?",
    "campaign.number.zeros": "“{value}” in the phrase begins with a zero: announcements are written without it, like #456; whether this one is found isn't certain.",
    "campaign.number.word":
        "“{value}” in the phrase is not an announcement (#456), a date (15/11/2026) or an amount (73.56): how it will be read isn't known.",
}
