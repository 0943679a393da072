"""Numbers that can be called, as the provider writes them (docs/provider.md, "Numbers").

Four writings are the provider's: `905321234567`, `05321234567`, `5321234567`, and `00491234567` for abroad. People also
type `+90 (532) 123-45 67`; that is understood, whatever spaces and digits they type it with. What a spreadsheet has
mangled is a problem, never a repair.

**Ours**: a number can be *called* where it has a wire form by the provider's rules alone: the provider's own
example 05651236547 is in no numbering plan. Whether a number is *valid* is libphonenumber's verdict on the wire form,
kept beside it. What libphonenumber knows but no form of the provider's can write is not callable: 444 numbers
(`444 1 234`) and free numbers of more than ten digits (`0800 123 45 67 89`).
"""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from functools import cache
from typing import Final, NamedTuple

from tui.campaign.numbering import (
    KIND_OF_GROUP,
    UNASSIGNED,
    Matcher,
    NumberKind,
    costs_more_abroad,
    is_valid_abroad,
    turkish_numbers,
)
from tui.core.reason import Reason

# Spaces of every width, invisible marks that come with copied cells, and the punctuation that people group digits with.
_SEPARATORS: Final = re.compile(
    r"[\s\-‐‑‒–—―−().\[\]'‘’ʼ`´\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]+")
_TURKISH_PREFIX: Final = r"(?:0|90|\+90|0090|900|\+900|00900|)"
_TURKISH: Final = re.compile(rf"{_TURKISH_PREFIX}([2-9][0-9]{{9}})")
_BARE_ABROAD: Final = re.compile(r"(?!90)[1-9][0-9]{6,14}")
_ABROAD: Final = re.compile(r"(?:\+|00)(?!90)([1-9][0-9]{6,14})")
# +49 (0) 151…: dialled at home alone, and wrong from abroad.
_TRUNK_ZERO: Final = re.compile(r"[(\[（]\s*0\s*[)\]）]")
_AREA_AND_SLASH: Final = re.compile(rf"({_TURKISH_PREFIX}[2-9][0-9]{{2}})/([0-9]{{7}})")
# What programs write into a CSV file so that a spreadsheet leaves the number alone.
_FORMULA: Final = re.compile(r'="([^"]*)"')

_SCIENTIFIC: Final = re.compile(r"([0-9]+)(?:[.,]([0-9]+))?[eE]\+?([0-9]{1,3})")
_DECIMAL: Final = re.compile(r"'?(?:[0-9]{6,}[.,٫][0-9]{1,2}|[0-9]{1,3}(?:,[0-9]{3}){2,}(?:\.[0-9]*)?)")
_SEVERAL: Final = re.compile(r"[/;,|&]|\s(?:ve|veya|and|or)\s")
_TWO_TURKISH: Final = re.compile(rf"(?:{_TURKISH_PREFIX}[2-9][0-9]{{9}}){{2,}}")
_UNIVERSAL: Final = re.compile(rf"{_TURKISH_PREFIX}444[0-9]{{4}}")
# Whoever calls pays a charge to these; the types that the plan has for that, and libphonenumber's *premium rate*.
_PREMIUM: Final = re.compile(r"90(?:900|888|898)[0-9]{7}")
_UNIVERSAL_DIGITS: Final = 7
_DIGITS_OF_A_NUMBER: Final = 7
_DIGITS_OF_SEVERAL: Final = 12

LONGEST_SHOWN: Final = 40

# Half the time of ValidationResult(…), which names its values.
_MAKE: Final = tuple.__new__


class BadPhone(Exception):
    """A number that can't be called as it is written; `reason` says what probably happened."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code)
        self.reason = reason


class ValidationResult(NamedTuple):
    """What is known of a row. A tuple, since a list has a million of them.

    `phone` is the wire form, None where the number can't be called; `problem` why the row can't be sent; `valid`
    whether libphonenumber knows such a number, `kind` what it is (None where it can't be called); `odd` what will be
    heard oddly.
    """

    phone: str | None
    problem: Reason | None = None
    valid: bool = False
    kind: NumberKind | None = None
    odd: Reason | None = None


def validate_phone(typed: str) -> ValidationResult:
    """What a number is: its wire form or why it has none, whether it is valid, and of which kind.

    >>> validate_phone("0532 123 45 67")[:4]
    ('905321234567', None, True, <NumberKind.MOBILE: 'mobile'>)
    """
    text = typed if typed.isascii() and typed.isdecimal() else typed.translate(_PLAIN)
    found = plain_turkish()(text)
    if found is None or "." in typed:
        return _looked_at_closely(typed, text)
    group = found.lastgroup or UNASSIGNED
    return _MAKE(ValidationResult, ("90" + text[-10:], None, group != UNASSIGNED, KIND_OF_GROUP[group], None))


def _looked_at_closely(typed: str, text: str) -> ValidationResult:
    try:
        wire = _wire(typed, text)
    except BadPhone as bad:
        return ValidationResult(None, bad.reason)
    if wire.startswith("00"):
        return ValidationResult(wire, None, is_valid_abroad(wire[2:]), NumberKind.ABROAD)
    return validate_phone(wire)


@cache
def plain_turkish() -> Matcher:
    """What looks at most cells of a list, in a loop over a million of them: it matches a Turkish number without signs.

    The last group's name gives its kind (`KIND_OF_GROUP`); its wire form is 90 and the last ten digits.
    """
    return turkish_numbers(_TURKISH_PREFIX).fullmatch


def wire_phone(typed: str) -> str:
    """The number as it is sent: `905321234567`, or `00491234567` for abroad. BadPhone where it has no such form.

    >>> wire_phone("0532 123 45 67")
    '905321234567'
    """
    return _wire(typed, typed.translate(_PLAIN))


def connected_phone(typed: str) -> str:
    """A number that callees see, or are connected to: as it is sent. BadPhone where it has no such form.

    As `wire_phone`, and 444 numbers: no list can have one of those, an account can.

    >>> connected_phone("0532 123 45 67"), connected_phone("444 1 234")
    ('905321234567', '4441234')
    """
    text = typed.translate(_PLAIN)
    if _UNIVERSAL.fullmatch(text) and not _mangled(_ascii(typed)):
        return text[-_UNIVERSAL_DIGITS:]
    return wire_phone(typed)


def possible_phones(reported: str) -> tuple[str, ...]:
    """What a number that the provider reports may be in wire form: it leaves out the 00 of those abroad.

    Which of them it is, where there are two, is found in the campaign's list: the likelier comes first. () where it is
    no number.

    >>> possible_phones("491512345678"), possible_phones("905321234567"), possible_phones("5321234567")
    (('00491512345678',), ('905321234567',), ('005321234567', '905321234567'))
    """
    text = reported.translate(_PLAIN)
    found = [f"00{text}"] if _BARE_ABROAD.fullmatch(text) else []
    with suppress(BadPhone):
        found.append(wire_phone(reported))
    return tuple(found)


def _wire(typed: str, text: str) -> str:
    if "/" in text and (area := _AREA_AND_SLASH.fullmatch(text)):
        text = area[1] + area[2]
    elif text.startswith("=") and (formula := _FORMULA.fullmatch(text)):
        text = formula[1]
    # A point among digits is grouping (532.123.45.67) unless it could be a decimal sign.
    if "." not in typed or not _DECIMAL.fullmatch(_ascii(typed)):
        if found := _TURKISH.fullmatch(text):
            return "90" + found[1]
        if (found := _ABROAD.fullmatch(text)) and (text == typed or not _TRUNK_ZERO.search(typed)):
            return "00" + found[1]
    shown = typed if len(typed) <= LONGEST_SHOWN else typed[: LONGEST_SHOWN - 1] + "…"
    code, sign = _what_happened(typed, text)
    raise BadPhone(Reason(code, {"value": shown, **({"sign": sign} if sign else {})}))


def is_premium(phone: str) -> bool:
    """Whether a number as it is sent is one of premium rate (0900, 0888, 0898), abroad one of shared cost too.

    >>> is_premium("909001234567"), is_premium("00449012345678"), is_premium("905321234567")
    (True, True, False)
    """
    if phone.startswith("00"):
        return costs_more_abroad(phone[2:])
    return _PREMIUM.fullmatch(phone) is not None


def remark(phone: str, typed: str, *, valid: bool) -> Reason | None:
    """What is to be looked at in a number that can be called; None where nothing is."""
    shown = typed if len(typed) <= LONGEST_SHOWN else typed[: LONGEST_SHOWN - 1] + "…"
    if is_premium(phone):
        code = "campaign.phone.premium_abroad" if phone.startswith("00") else "campaign.phone.premium"
        return Reason(code, {"value": shown})
    return None if valid else Reason("campaign.phone.invalid", {"value": shown})


class _Plain(dict[int, str | None]):
    """What becomes of each sign: no separators, digits of every script as 0–9. Filled as signs are met."""

    def __missing__(self, code: int) -> str | None:
        self[code] = value = self._of(chr(code))
        return value

    @staticmethod
    def _of(sign: str) -> str | None:
        if sign.isdecimal():
            return str(unicodedata.decimal(sign))
        if _SEPARATORS.fullmatch(sign):
            return None
        usual = unicodedata.normalize("NFKC", sign)
        # A footnote mark (²) or a ① is not a digit of the number, though normalising would make it one.
        if any(letter.isdecimal() for letter in usual):
            return sign
        return None if _SEPARATORS.fullmatch(usual) else usual


_PLAIN: Final = _Plain()


def _ascii(typed: str) -> str:
    """The cell as a spreadsheet would have written it: digits of every script as 0–9, nothing around it."""
    cell = typed.strip()
    if cell.isascii():
        return cell
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in cell)


def _what_happened(typed: str, text: str) -> tuple[str, str]:
    """The code of the sentence, and the sign that is no part of a number where one is to blame."""
    if not text:
        return "campaign.phone.empty", ""
    if mangled := _mangled(_ascii(typed)):
        return mangled, ""
    if _TWO_TURKISH.fullmatch(text):
        return "campaign.phone.several", ""
    number = text.removeprefix("+")
    if not (number.isascii() and number.isdecimal()):
        digits = sum(sign.isdecimal() for sign in text)
        if digits >= _DIGITS_OF_SEVERAL and _SEVERAL.search(typed.strip()):
            return "campaign.phone.several", ""
        if digits < _DIGITS_OF_A_NUMBER:
            return "campaign.phone.letters", ""
        return "campaign.phone.stray", next(sign for sign in number if not (sign.isascii() and sign.isdecimal()))
    if text.startswith(("+", "00")) and not text.removeprefix("+").removeprefix("00").startswith("90"):
        return "campaign.phone.trunk_zero" if _TRUNK_ZERO.search(typed) else "campaign.phone.abroad", ""
    return _what_is_wrong_in_turkish(number), ""


def _mangled(cell: str) -> str | None:
    if found := _SCIENTIFIC.fullmatch(cell):
        _whole, fraction, power = found.groups()
        # 5.321234567E+09 has lost nothing, and is no more of a number for it.
        return "campaign.phone.scientific" if len(fraction or "") < int(power) else "campaign.phone.decimal"
    return "campaign.phone.decimal" if _DECIMAL.fullmatch(cell) else None


def _what_is_wrong_in_turkish(digits: str) -> str:
    """What is wrong with digits alone, of which the first may be the 0, the 90 or the 0090 before a Turkish number."""
    if _UNIVERSAL.fullmatch(digits):
        return "campaign.phone.universal"
    national = digits.removeprefix("00")
    if len(national) > 10:
        national = national.removeprefix("90")
    national = national.removeprefix("0")
    if len(national) == 10:
        return "campaign.phone.no_area"
    return "campaign.phone.short" if len(national) < 10 else "campaign.phone.long"


def digits_searched(typed: str) -> str:
    """The digits by which a number, or a part of it, is looked for in its wire form; "" where it is no such thing.

    >>> digits_searched("+90 (533) 12"), digits_searched("0533-12"), digits_searched("+49 30"), digits_searched("#456")
    ('53312', '53312', '4930', '')
    """
    text = typed.translate(_PLAIN)
    digits = text.removeprefix("+")
    if not (digits.isascii() and digits.isdecimal()):
        return ""
    if digits.startswith("000"):  # nobody dials that: it is a part of the number
        return digits
    if text.startswith("+") or digits.startswith("00"):
        digits = digits.lstrip("0")
        return digits.removeprefix("90").lstrip("0") or digits or text
    return digits.lstrip("0") or digits


def readable_phone(wire: str) -> str:
    """A number as people read it: 0532 123 45 67 for `905321234567`, +49 1234567… for `0049…`, 444 1 234."""
    if wire.startswith("90") and len(wire) == 12:
        return f"0{wire[2:5]} {wire[5:8]} {wire[8:10]} {wire[10:]}"
    if wire.startswith("00"):
        return f"+{wire[2:]}"
    if len(wire) == _UNIVERSAL_DIGITS and _UNIVERSAL.fullmatch(wire):
        return f"{wire[:3]} {wire[3]} {wire[4:]}"
    return wire
