"""Numbering plans: which numbers a country has given out, and of what kind they are. The verdicts are libphonenumber's.

`phonenumbers.parse` and `is_valid_number` take some 20 µs a number. The patterns here are built from the library's own
metadata, one for each calling code, and ask what it asks in the order in which it asks; where its answer depends on
more than the metadata's patterns (a national prefix typed after the calling code), the library itself is asked.

The library is loaded by the first number that is looked up: nothing of it is needed to start.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from phonenumbers import PhoneMetadata, PhoneNumberDesc

Matcher = Callable[[str], re.Match[str] | None]


class NumberKind(StrEnum):
    """What a number is, for the filters of a list. Turkish ones have their kinds, all others are abroad."""

    MOBILE = "mobile"
    LANDLINE = "landline"
    TOLL_FREE = "toll_free"
    ABROAD = "abroad"
    OTHER = "other"  # premium rate, shared cost, VoIP (0850), personal, pager; and what no plan knows


UNASSIGNED: Final = "unassigned"
"""The group of a match where the plan has no such number."""

# In this order the library tries them (phonenumberutil, _number_type_helper); fixed_line and mobile come after.
_TRIED_FIRST: Final = ("premium_rate", "toll_free", "shared_cost", "voip", "personal_number", "pager", "uan",
                       "voicemail")
KIND_OF_GROUP: Final = {
    **dict.fromkeys((*_TRIED_FIRST, "fixed_line_or_mobile", UNASSIGNED), NumberKind.OTHER),
    "toll_free": NumberKind.TOLL_FREE, "fixed_line": NumberKind.LANDLINE, "mobile": NumberKind.MOBILE,
}
_TURKISH_DIGITS: Final = 10
_LONGEST_CALLING_CODE: Final = 3
_NEVER: Final = "(?!)"


def turkish_numbers(prefix: str) -> re.Pattern[str]:
    """A pattern of whole Turkish numbers: `prefix` (a pattern that captures nothing) and ten digits, the first 2–9.

    The last group of a match (`lastgroup`, always empty) says of which type of the library the number is
    (`KIND_OF_GROUP`), or that it is not valid (`UNASSIGNED`).
    """
    # The group stands at the end: a choice that begins with a digit is passed over without being tried.
    metadata = _metadata("TR")
    types = "|".join(f"{pattern}(?P<{name}>)" for name, pattern in _types(metadata, _TURKISH_DIGITS))
    known = f"(?={_pattern(_general(metadata), _TURKISH_DIGITS)}\\Z)(?:{types})"
    digits = f"[2-9][0-9]{{{_TURKISH_DIGITS - 1}}}"  # the plan's own patterns know longer numbers too
    return re.compile(f"(?:{prefix})(?={digits}\\Z)(?:{known}|{digits}(?P<{UNASSIGNED}>))", re.ASCII)


def is_valid_abroad(digits: str) -> bool:
    """Whether `is_valid_number(parse("+" + digits))` of libphonenumber: calling code and number, no 00, no plus sign.

    >>> is_valid_abroad("390236618300"), is_valid_abroad("39236618300")
    (True, False)
    """
    code = _calling_code(digits[:_LONGEST_CALLING_CODE])
    if code is None:
        return False
    plan = _plan(code)
    national = plan.without_prefix(digits[len(code):])
    return _ask_the_library(digits) if national is None else plan.valid(national) is not None


def costs_more_abroad(digits: str) -> bool:
    """Whether libphonenumber knows the number as one of premium rate or shared cost; `digits` as for `is_valid_abroad`.

    >>> costs_more_abroad("449012345678"), costs_more_abroad("491801123456"), costs_more_abroad("4930123456")
    (True, True, False)
    """
    code = _calling_code(digits[:_LONGEST_CALLING_CODE])
    if code is None or not _perhaps_costly(code)(digits[len(code):]):
        return False
    import phonenumbers

    try:
        found = phonenumbers.number_type(phonenumbers.parse("+" + digits))
    except phonenumbers.NumberParseException:
        return False
    return found in (phonenumbers.PhoneNumberType.PREMIUM_RATE, phonenumbers.PhoneNumberType.SHARED_COST)


@cache
def _perhaps_costly(code: str) -> Matcher:
    """What ends as such a number of any of the regions with a calling code: before it a national prefix may stand."""
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE

    regions = [_metadata(region, int(code)) for region in COUNTRY_CODE_TO_REGION_CODE[int(code)]]
    patterns = [f"(?:{desc.national_number_pattern})" for metadata in regions
                for desc in (metadata.premium_rate, metadata.shared_cost)
                if desc is not None and desc.national_number_pattern]
    return re.compile(f"[0-9]*?(?:{'|'.join(patterns) or _NEVER})", re.ASCII).fullmatch


class _Plan(NamedTuple):
    """What matches the valid numbers of a calling code, and what parsing makes of a number before it is looked at."""

    valid: Matcher
    without_prefix: Callable[[str], str | None]


@cache
def _calling_code(begin: str) -> str | None:
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE

    codes = (begin[:length] for length in range(1, _LONGEST_CALLING_CODE + 1))
    return next((code for code in codes if code and int(code) in COUNTRY_CODE_TO_REGION_CODE), None)


@cache
def _plan(code: str) -> _Plan:
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE

    regions = [_metadata(region, int(code)) for region in COUNTRY_CODE_TO_REGION_CODE[int(code)]]
    return _Plan(re.compile(_valid_in(regions), re.ASCII).fullmatch, _parser(regions[0]))


def _parser(metadata: PhoneMetadata) -> Callable[[str], str | None]:
    """What `parse` leaves of a number: it takes a national prefix away where a number of a possible length remains.

    None where it does more than that (phonenumberutil, _maybe_strip_national_prefix_carrier_code). A rest that is too
    long stays too long with its prefix: that it is taken away all the same makes no difference here.
    """
    if not metadata.national_prefix_for_parsing:
        return lambda national: national
    prefix = re.compile(metadata.national_prefix_for_parsing).match
    desc = _general(metadata)
    general = re.compile(desc.national_number_pattern or _NEVER).fullmatch
    lengths = set(desc.possible_length)

    def without_prefix(national: str) -> str | None:
        found = prefix(national)
        if found is None:
            return national
        if found.lastindex is not None:
            return None
        rest = national[found.end():]
        if general(national) and not general(rest):
            return national
        return rest if len(rest) in lengths else national

    return without_prefix


def _valid_in(regions: list[PhoneMetadata]) -> str:
    """A pattern for the valid numbers of regions that share a calling code.

    The library takes the first region whose leading digits a number has, or, of those without leading digits, the
    first of which it is a valid number; that region alone then decides (phonenumberutil,
    _region_code_for_number_from_list). A calling code of one region needs no leading digits.
    """
    if len(regions) == 1:
        return _valid(regions[0])
    pattern = _NEVER
    for metadata in reversed(regions):
        valid = _valid(metadata)
        if metadata.leading_digits is None:
            pattern = f"(?:{valid}|{pattern})"
        else:
            leads = f"(?:{metadata.leading_digits})"
            pattern = f"(?:(?={leads}){valid}|(?!{leads}){pattern})"
    return pattern


def _valid(metadata: PhoneMetadata) -> str:
    """A pattern for the numbers of a region that are of any type: lengths are looked at once for all that have them."""
    names = (*_TRIED_FIRST, "fixed_line", *(() if metadata.same_mobile_and_fixed_line_pattern else ("mobile",)))
    of_lengths: dict[str, list[str]] = {}
    for desc in (getattr(metadata, name) for name in names):
        if desc is not None and desc.national_number_pattern:
            of_lengths.setdefault(_lengths(desc), []).append(desc.national_number_pattern)
    types = "|".join(f"{lengths}(?:{'|'.join(patterns)})" for lengths, patterns in of_lengths.items())
    general = _general(metadata)
    return f"(?:{_lengths(general)}(?=(?:{general.national_number_pattern})\\Z)(?:{types or _NEVER}))"


def _lengths(desc: PhoneNumberDesc) -> str:
    """What looks ahead whether a number has one of the lengths of a description; nothing where it gives none."""
    lengths = "|".join(f"[0-9]{{{length}}}" for length in desc.possible_length if length > 0)
    return f"(?=(?:{lengths or _NEVER})\\Z)" if desc.possible_length else ""


def _types(metadata: PhoneMetadata, length: int) -> Iterator[tuple[str, str]]:
    """The types of a region's numbers of one length with patterns; the first to match is the one the library gives.

    Of a region whose landlines and mobiles have patterns of their own, as Turkey's have.
    """
    for name in _TRIED_FIRST:
        if (desc := getattr(metadata, name)) is not None:
            yield name, _pattern(desc, length)
    fixed, mobile = _pattern(metadata.fixed_line, length), _pattern(metadata.mobile, length)
    yield "fixed_line_or_mobile", f"(?={fixed}\\Z){mobile}"
    yield "fixed_line", fixed
    yield "mobile", mobile


def _pattern(desc: PhoneNumberDesc | None, length: int) -> str:
    """A description's own pattern, where it has numbers of that length."""
    if desc is None or not desc.national_number_pattern:
        return _NEVER
    possible = not desc.possible_length or length in desc.possible_length
    return f"(?:{desc.national_number_pattern})" if possible else _NEVER


def _general(metadata: PhoneMetadata) -> PhoneNumberDesc:
    if metadata.general_desc is None:
        raise LookupError(metadata.id)
    return metadata.general_desc


def _metadata(region: str, code: int = 0) -> PhoneMetadata:
    from phonenumbers import PhoneMetadata

    found = PhoneMetadata.metadata_for_region_or_calling_code(code, region)
    if found is None:
        raise LookupError(region)
    return found


def _ask_the_library(digits: str) -> bool:
    import phonenumbers

    try:
        return phonenumbers.is_valid_number(phonenumbers.parse("+" + digits))
    except phonenumbers.NumberParseException:
        return False
