"""What ICU says: rows made once with ICU 72.1 (CLDR 42), and where Arabic is worded otherwise on purpose."""

from __future__ import annotations

import re
from typing import Final

# Locale tr, %spellout-cardinal.
TURKISH: Final = {
    0: "sıfır", 1: "bir", 2: "iki", 3: "üç", 4: "dört", 5: "beş", 6: "altı", 7: "yedi", 8: "sekiz", 9: "dokuz",
    10: "on", 11: "on bir", 12: "on iki", 13: "on üç", 14: "on dört", 15: "on beş", 16: "on altı", 17: "on yedi",
    18: "on sekiz", 19: "on dokuz", 20: "yirmi", 21: "yirmi bir", 22: "yirmi iki", 28: "yirmi sekiz", 30: "otuz",
    42: "kırk iki", 55: "elli beş", 68: "altmış sekiz", 73: "yetmiş üç", 80: "seksen", 99: "doksan dokuz", 100: "yüz",
    101: "yüz bir", 102: "yüz iki", 111: "yüz on bir", 200: "iki yüz", 201: "iki yüz bir", 300: "üç yüz",
    456: "dört yüz elli altı", 800: "sekiz yüz", 999: "dokuz yüz doksan dokuz", 1_000: "bin", 1_001: "bin bir",
    1_100: "bin yüz", 1_999: "bin dokuz yüz doksan dokuz", 2_000: "iki bin", 2_017: "iki bin on yedi",
    3_000: "üç bin", 8_008: "sekiz bin sekiz", 10_000: "on bin", 11_000: "on bir bin",
    12_345: "on iki bin üç yüz kırk beş", 20_000: "yirmi bin", 21_000: "yirmi bir bin", 100_000: "yüz bin",
    101_000: "yüz bir bin", 102_000: "yüz iki bin", 103_000: "yüz üç bin", 200_000: "iki yüz bin",
    218_000: "iki yüz on sekiz bin", 999_999: "dokuz yüz doksan dokuz bin dokuz yüz doksan dokuz",
    1_000_000: "bir milyon", 1_000_001: "bir milyon bir", 2_000_000: "iki milyon", 3_000_000: "üç milyon",
    11_000_000: "on bir milyon", 102_000_000: "yüz iki milyon", 1_000_000_000: "bir milyar",
    1_001_001_001: "bir milyar bir milyon bin bir", 2_000_000_000: "iki milyar",
    999_999_999_999: "dokuz yüz doksan dokuz milyar dokuz yüz doksan dokuz milyon dokuz yüz doksan dokuz bin "
        "dokuz yüz doksan dokuz",
}
# Locale en_US, %spellout-cardinal.
ENGLISH: Final = {
    0: "zero", 1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine",
    10: "ten", 11: "eleven", 12: "twelve", 13: "thirteen", 14: "fourteen", 15: "fifteen", 16: "sixteen",
    17: "seventeen", 18: "eighteen", 19: "nineteen", 20: "twenty", 21: "twenty-one", 22: "twenty-two",
    28: "twenty-eight", 30: "thirty", 42: "forty-two", 55: "fifty-five", 68: "sixty-eight", 73: "seventy-three",
    80: "eighty", 99: "ninety-nine", 100: "one hundred", 101: "one hundred one", 102: "one hundred two",
    111: "one hundred eleven", 200: "two hundred", 201: "two hundred one", 300: "three hundred",
    456: "four hundred fifty-six", 800: "eight hundred", 999: "nine hundred ninety-nine", 1_000: "one thousand",
    1_001: "one thousand one", 1_100: "one thousand one hundred", 1_999: "one thousand nine hundred ninety-nine",
    2_000: "two thousand", 2_017: "two thousand seventeen", 3_000: "three thousand", 8_008: "eight thousand eight",
    10_000: "ten thousand", 11_000: "eleven thousand", 12_345: "twelve thousand three hundred forty-five",
    20_000: "twenty thousand", 21_000: "twenty-one thousand", 100_000: "one hundred thousand",
    101_000: "one hundred one thousand", 102_000: "one hundred two thousand", 103_000: "one hundred three thousand",
    200_000: "two hundred thousand", 218_000: "two hundred eighteen thousand",
    999_999: "nine hundred ninety-nine thousand nine hundred ninety-nine", 1_000_000: "one million",
    1_000_001: "one million one", 2_000_000: "two million", 3_000_000: "three million", 11_000_000: "eleven million",
    102_000_000: "one hundred two million", 1_000_000_000: "one billion",
    1_001_001_001: "one billion one million one thousand one", 2_000_000_000: "two billion",
    999_999_999_999: "nine hundred ninety-nine billion nine hundred ninety-nine million nine hundred "
        "ninety-nine thousand nine hundred ninety-nine",
}
# Locale ar, %spellout-cardinal-masculine.
ARABIC: Final = {
    0: "صفر", 1: "واحد", 2: "إثنان", 3: "ثلاثة", 4: "أربعة", 5: "خمسة", 6: "ستة", 7: "سبعة", 8: "ثمانية", 9: "تسعة",
    10: "عشرة", 11: "إحدى عشر", 12: "إثنا عشر", 13: "ثلاثة عشر", 14: "أربعة عشر", 15: "خمسة عشر", 16: "ستة عشر",
    17: "سبعة عشر", 18: "ثمانية عشر", 19: "تسعة عشر", 20: "عشرون", 21: "واحد وعشرون", 22: "إثنان وعشرون",
    28: "ثمانية وعشرون", 30: "ثلاثون", 42: "إثنان وأربعون", 55: "خمسة وخمسون", 68: "ثمانية وستون", 73: "ثلاثة وسبعون",
    80: "ثمانون", 99: "تسعة وتسعون", 100: "مائة", 101: "مائة وواحد", 102: "مائة وإثنان", 111: "مائة وإحدى عشر",
    200: "مائتان", 201: "مائتان وواحد", 300: "ثلاثة مائة", 456: "أربعة مائة وستة وخمسون", 800: "ثمانية مائة",
    999: "تسعة مائة وتسعة وتسعون", 1_000: "ألف", 1_001: "ألف وواحد", 1_100: "ألف ومائة",
    1_999: "ألف وتسعة مائة وتسعة وتسعون", 2_000: "ألفي", 2_017: "ألفي وسبعة عشر", 3_000: "ثلاثة آلاف",
    8_008: "ثمانية آلاف وثمانية", 10_000: "عشرة آلاف", 11_000: "إحدى عشر ألف",
    12_345: "إثنا عشر ألف وثلاثة مائة وخمسة وأربعون", 20_000: "عشرون ألف", 21_000: "واحد وعشرون ألف",
    100_000: "مائة ألف", 101_000: "مائة وواحد ألف", 102_000: "مائة وإثنان ألف", 103_000: "مائة وثلاثة ألف",
    200_000: "مائتان ألف", 218_000: "مائتان وثمانية عشر ألف",
    999_999: "تسعة مائة وتسعة وتسعون ألف وتسعة مائة وتسعة وتسعون", 1_000_000: "مليون", 1_000_001: "مليون وواحد",
    2_000_000: "إثنان مليون", 3_000_000: "ثلاثة مليون", 11_000_000: "إحدى عشر مليون",
    102_000_000: "مائة وإثنان مليون", 1_000_000_000: "مليار", 1_001_001_001: "مليار ومليون وألف وواحد",
    2_000_000_000: "إثنان مليار",
    999_999_999_999: "تسعة مائة وتسعة وتسعون مليار وتسعة مائة وتسعة وتسعون مليون وتسعة مائة وتسعة وتسعون ألف "
        "وتسعة مائة وتسعة وتسعون",
}
# Locale en_US, %spellout-numbering-year.
ENGLISH_YEARS: Final = {
    1: "one", 9: "nine", 10: "ten", 99: "ninety-nine", 100: "one hundred", 987: "nine hundred eighty-seven",
    1000: "one thousand", 1009: "one thousand nine", 1010: "ten ten", 1066: "ten sixty-six", 1100: "eleven hundred",
    1101: "eleven oh-one", 1900: "nineteen hundred", 1905: "nineteen oh-five", 1910: "nineteen ten",
    1999: "nineteen ninety-nine", 2000: "two thousand", 2001: "two thousand one", 2009: "two thousand nine",
    2010: "twenty ten", 2017: "twenty seventeen", 2026: "twenty twenty-six", 2100: "twenty-one hundred",
    2105: "twenty-one oh-five", 2999: "twenty-nine ninety-nine", 3000: "three thousand", 3005: "three thousand five",
    9999: "ninety-nine ninety-nine",
}
# Locale en_US, %spellout-ordinal.
ENGLISH_DAYS: Final = {
    1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", 6: "sixth", 7: "seventh", 8: "eighth", 9: "ninth",
    10: "tenth", 11: "eleventh", 12: "twelfth", 13: "thirteenth", 14: "fourteenth", 15: "fifteenth", 16: "sixteenth",
    17: "seventeenth", 18: "eighteenth", 19: "nineteenth", 20: "twentieth", 21: "twenty-first", 22: "twenty-second",
    23: "twenty-third", 24: "twenty-fourth", 25: "twenty-fifth", 26: "twenty-sixth", 27: "twenty-seventh",
    28: "twenty-eighth", 29: "twenty-ninth", 30: "thirtieth", 31: "thirty-first",
}
# Locale ar, %spellout-numbering-year.
ARABIC_YEARS: Final = {
    1: "واحد", 9: "تسعة", 10: "عشرة", 99: "تسعة وتسعون", 100: "مائة", 987: "تسعة مائة وسبعة وثمانون", 1000: "ألف",
    1009: "ألف وتسعة", 1010: "ألف وعشرة", 1066: "ألف وستة وستون", 1100: "ألف ومائة", 1101: "ألف ومائة وواحد",
    1900: "ألف وتسعة مائة", 1905: "ألف وتسعة مائة وخمسة", 1910: "ألف وتسعة مائة وعشرة",
    1999: "ألف وتسعة مائة وتسعة وتسعون", 2000: "ألفين", 2001: "ألفين وواحد", 2009: "ألفين وتسعة", 2010: "ألفين وعشرة",
    2017: "ألفين وسبعة عشر", 2026: "ألفين وستة وعشرون", 2100: "ألفين ومائة", 2105: "ألفين ومائة وخمسة",
    2999: "ألفين وتسعة مائة وتسعة وتسعون", 3000: "ثلاثة آلاف", 3005: "ثلاثة آلاف وخمسة",
    9999: "تسعة آلاف وتسعة مائة وتسعة وتسعون",
}

_ONES = "ثلاثة|أربعة|خمسة|ستة|سبعة|ثمانية|تسعة|عشرة"
_SCALES = "ألف|مليون|مليار"
# Why ICU's rules are not followed; our words; ICU's words.
ARABIC_DIFFERENCES: Final = (
    ("two is written without hamza", "اثن", "إثن"),
    ("the masculine of eleven is أحد", "أحد عشر", "إحدى عشر"),
    ("eight hundred is one word", "ثمانمائة", "ثمانية مائة"),
    ("three hundred is one word, its three feminine", "(ثلاث|أربع|خمس|ست|سبع|تسع)مائة", r"\1ة مائة"),
    ("the noun after eleven to ninety-nine is accusative", f"({_SCALES})ًا", r"\1"),
    ("two hundred loses its ن before its noun", f"مائتا (?={_SCALES})", "مائتان "),
    ("the noun after three to ten is plural, above a hundred too", f"(مائة|مائتان) و({_ONES}) آلاف", r"\1 و\2 ألف"),
    ("millions have a plural", f"({_ONES}) ملايين", r"\1 مليون"),
    ("milliards have a plural", f"({_ONES}) مليارات", r"\1 مليار"),
    ("one after hundreds is told by the noun", f"(مائة|مائتان) ({_SCALES}) و\\2(?= |$)", r"\1 وواحد \2"),
    ("two after hundreds is told by the noun's dual", f"(مائة|مائتان) ({_SCALES}) و\\2ان", r"\1 وإثنان \2"),
    ("millions have a dual", "(مليون|مليار)ان", r"إثنان \1"),
    ("two thousand on its own is nominative and keeps its ن", "ألفان", "ألفي"),
)
# ICU leaves tens and hundreds of a year nominative beside a genitive two thousand.
ARABIC_YEAR_DIFFERENCES: Final = (
    ("the tens of a year are genitive", "(عشر|ثلاث|أربع|خمس|ست|سبع|ثمان|تسع)ين", r"\1ون"),
    ("two hundred of a year is genitive", "مائتين", "مائتان"),
    ("two in a year is genitive", "اثنين", "اثنان"),
    ("twelve in a year is genitive", "اثني عشر", "اثنا عشر"),
    *ARABIC_DIFFERENCES,
)


def as_icu_words(arabic: str, differences: tuple[tuple[str, str, str], ...]) -> str:
    """Our Arabic with each difference undone."""
    for _, ours, theirs in differences:
        arabic = re.sub(ours, theirs, arabic)
    return arabic
