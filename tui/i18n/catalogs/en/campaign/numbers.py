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
    "campaign.number.reference": "The reference “{value}” is longer than {most:n} characters: only its first {most:n} are kept.",
    "campaign.number.lang": "“{value}” is not a language of the provider: write one of {known}, or leave it empty.",
    "campaign.number.date": "“{value}” in the phrase is not a date: write a day that exists, like 15/11/2026.",
    "campaign.number.phone": "“{value}” in the phrase looks like a telephone number, which is read out as an amount of money: is it meant?",
    "campaign.number.zeros": "“{value}” in the phrase begins with a zero: announcements are named without, such as #456; whether this one is found is not sure.",
    "campaign.number.word":
        "“{value}” in the phrase is neither an announcement (#456), a date (15/11/2026) nor an amount (73.56): "
        "how it is heard is not known.",
}
