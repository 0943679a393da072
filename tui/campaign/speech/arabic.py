"""Numbers, dates and money in Arabic words: Modern Standard Arabic, unvowelled.

The words are those of ICU (`ar`, `%spellout-cardinal-masculine`) except where its rules break the grammar of the
counted noun, which is kept here:

- three to ten and the units of the teens are feminine where the noun is masculine, and the reverse; one and two agree;
- one and two are said by the noun's own form (ليرة، ليرتان), which also ends a larger number: مائة ليرة وليرة واحدة;
- after three to ten the noun is plural (ليرات), from eleven to ninety-nine singular and accusative (ألفًا), after
  hundreds, thousands and so on singular and genitive, and a dual loses its ن before it (مائتا ألف);
- a year depends on an unspoken “in the year of”: it is genitive (ألفين وستة وعشرين).
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from tui.campaign.speech.groups import groups

MONTHS: Final = ("يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر",
                 "ديسمبر")
AND: Final = " و"


class NumeralForm(Struct, frozen=True):
    """How a number stands: the gender of what it counts, its case, and whether a noun in the genitive follows.

    11 … 99 govern an accusative: `construct` is for numbers that end otherwise.
    """

    feminine: bool = False
    genitive: bool = False
    construct: bool = False

    def dual(self, stem: str) -> str:
        return f"{stem}{'ي' if self.genitive else 'ا'}{'' if self.construct else 'ن'}"


class _Noun(Struct, frozen=True):
    """What is counted: `alone` is one of it, `one` what stands after hundreds, `few` after 3–10, `many` after 11–99."""

    alone: str
    one: str
    dual_stem: str
    few: str
    many: str
    feminine: bool = False


PLAIN: Final = NumeralForm()
_LIRA: Final = _Noun("ليرة واحدة", "ليرة", "ليرت", "ليرات", "ليرة", feminine=True)
_KURUS: Final = _Noun("قرش واحد", "قرش", "قرش", "قروش", "قرشًا")
_POWERS: Final = {
    1: _Noun("ألف", "ألف", "ألف", "آلاف", "ألفًا"),
    2: _Noun("مليون", "مليون", "مليون", "ملايين", "مليونًا"),
    3: _Noun("مليار", "مليار", "مليار", "مليارات", "مليارًا"),
}
_ZERO: Final = "صفر"
_HUNDRED: Final = "مائة"
# Two is missing: it is a dual, whose ending goes by its case.
_FOR_MASCULINE: Final = ("", "واحد", "", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة", "عشرة")
_FOR_FEMININE: Final = ("", "واحدة", "", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثمان", "تسع", "عشر")
_ONE_OF_A_TEN: Final = "إحدى"  # feminine: in 11, 21, 31 …
_TENS: Final = ("", "", "عشر", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثمان", "تسع")


def spell_out(number: int, form: NumeralForm = PLAIN) -> str:
    """A whole number, 0 … 999 999 999 999. ValueError beyond that.

    >>> spell_out(2017), spell_out(2017, NumeralForm(feminine=True))
    ('ألفان وسبعة عشر', 'ألفان وسبع عشرة')
    """
    found = groups(number)
    words: list[str] = []
    for power, group in found:
        here = replace(form, construct=form.construct and (power, group) == found[-1])
        words.append(_count(group, _POWERS[power], here) if power else _below_thousand(group, here))
    return AND.join(words) or _ZERO


def date(day: dt.date) -> str:
    """Day, month and year.

    >>> date(dt.date(2017, 11, 15))
    'خمسة عشر نوفمبر ألفين وسبعة عشر'
    """
    return f"{spell_out(day.day)} {MONTHS[day.month - 1]} {spell_out(day.year, NumeralForm(genitive=True))}"


def lira(number: int) -> str:
    """A whole number of lira, the noun in the form that the number governs.

    >>> lira(1), lira(2), lira(3), lira(73), lira(2000)
    ('ليرة واحدة', 'ليرتان', 'ثلاث ليرات', 'ثلاث وسبعون ليرة', 'ألفا ليرة')
    """
    return _count(number, _LIRA)


def kurus(number: int) -> str:
    """A whole number of kuruş in words.

    >>> kurus(1), kurus(2), kurus(3), kurus(56)
    ('قرش واحد', 'قرشان', 'ثلاثة قروش', 'ستة وخمسون قرشًا')
    """
    return _count(number, _KURUS)


def _count(number: int, noun: _Noun, form: NumeralForm = PLAIN) -> str:
    """`number` of `noun`; `form` is that of the phrase as a whole."""
    rest = number % 100
    if rest in (1, 2):
        last = noun.alone if rest == 1 else form.dual(noun.dual_stem)
        if number == rest:
            return last
        return f"{_count(number - rest, noun, form)}{AND}{last}"
    numeral = spell_out(number, NumeralForm(noun.feminine, form.genitive, construct=rest <= 10))
    if rest == 0:
        return f"{numeral} {noun.one}"
    if rest <= 10:
        return f"{numeral} {noun.few}"
    return f"{numeral} {noun.one if form.construct else noun.many}"


def _below_thousand(number: int, form: NumeralForm) -> str:
    hundreds, rest = divmod(number, 100)
    words: list[str] = []
    if hundreds == 2:
        words.append(replace(form, construct=form.construct and not rest).dual("مائت"))
    elif hundreds:
        words.append(f"{_FOR_FEMININE[hundreds] if hundreds > 1 else ''}{_HUNDRED}")
    if rest:
        words.append(_below_hundred(rest, form))
    return AND.join(words)


def _below_hundred(number: int, form: NumeralForm) -> str:
    tens, ones = divmod(number, 10)
    if number <= 10:
        return _unit(number, form)
    if tens == 1:
        return _teen(ones, form)
    ten = f"{_TENS[tens]}{'ين' if form.genitive else 'ون'}"
    if not ones:
        return ten
    if ones == 1 and form.feminine:
        return f"{_ONE_OF_A_TEN}{AND}{ten}"
    return f"{_unit(ones, form)}{AND}{ten}"


def _teen(ones: int, form: NumeralForm) -> str:
    """11 … 19: alone among the numbers, the word for ten agrees with its noun here."""
    # As if the unit governed its ten: the dual loses its ending, eight keeps its own.
    unit = (_ONE_OF_A_TEN if form.feminine else "أحد") if ones == 1 else _unit(ones, replace(form, construct=True))
    return f"{unit} {'عشرة' if form.feminine else 'عشر'}"


def _unit(number: int, form: NumeralForm) -> str:
    """1 … 10."""
    if number == 2:
        return form.dual("اثنت" if form.feminine else "اثن")
    if number == 8 and form.feminine and form.construct:
        return "ثماني"
    return (_FOR_FEMININE if form.feminine else _FOR_MASCULINE)[number]
