"""Verdicts on a million numbers, ours and libphonenumber's: how fast, and whether they are the same."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator
from functools import cache
from typing import Final

import phonenumbers
from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, NumberParseException, PhoneMetadata

from benchmarks.figures import Figure, NotMeasured
from tui.campaign.phone import validate_phone

NUMBERS: Final = 1_000_000
LIMIT: Final = 1 / 20
_BATCH: Final = 20_000
_DIGITS: Final = "0123456789"
_ARABIC: Final = str.maketrans(_DIGITS, "٠١٢٣٤٥٦٧٨٩")
_TYPES: Final = ("fixed_line", "mobile", "toll_free", "premium_rate", "shared_cost", "voip", "personal_number", "pager",
                 "uan", "voicemail")
_HOME: Final = "90"
_BETWEEN: Final = (" ", " ", " ", "-", ".", "\u00a0", "\u200b", "")
# A list of Turkish customers, some of whom moved away; and one in ten is no number that anybody has.
_ABROAD: Final = 0.15


class Different(NotMeasured):
    """Ours and the library's verdicts on a number are not the same: which is faster says nothing then."""


def measure(count: int = NUMBERS, seed: int = 1) -> list[Figure]:
    """Processor time for `count` numbers of `writings`, row by row. Different where a verdict is."""
    ours = library = 0.0
    made = writings(seed)
    for done in range(0, count, _BATCH):
        batch = [next(made) for _ in range(min(_BATCH, count - done))]
        begun = time.process_time()
        told = [validate_phone(typed).valid for typed in batch]
        between = time.process_time()
        expected = [is_valid(typed) for typed in batch]
        library += time.process_time() - between
        ours += between - begun
        if different := [typed for typed, one, other in zip(batch, told, expected, strict=True) if one != other]:
            raise Different(f"{len(different)} of {len(batch)}, such as {different[0]!r}")
        print(f"verdicts {done + len(batch):,} …", end="\r", file=sys.stderr)
    print(file=sys.stderr)
    return [Figure(f"verdicts: {count:,} numbers, the same ones; a number, mean", "µs", 1e6 * ours / count,
                   1e6 * library / count, LIMIT)]


def is_valid(typed: str) -> bool:
    """libphonenumber's verdict on what is typed in Turkey."""
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(typed, "TR"))
    except NumberParseException:
        return False


def writings(seed: int) -> Iterator[str]:
    """Numbers of all countries, valid and invalid, as people write them. None that is no writing of a single number.

    What libphonenumber knows and the provider has no form for (444 numbers, more than ten digits) is not among them.
    """
    draw = random.Random(seed)
    while True:
        if draw.random() < _ABROAD:
            code, number = draw.choice(examples())
            digits = _changed(draw, number)
        else:
            code, digits = _HOME, _turkish(draw)
        if 7 <= len(code + digits) <= 15 and not (code == _HOME and len(digits) == 7):
            yield _written(draw, code, digits)


def _turkish(draw: random.Random) -> str:
    of = draw.random()
    if of < 0.6:
        begin = draw.choice(("530", "532", "542", "505", "555", "561", "5616", "582", "592211", "501", "516", "524"))
    elif of < 0.8:
        begin = draw.choice(("212", "216", "232", "312", "322", "392", "442", "462", "211", "313"))
    elif of < 0.9:
        begin = draw.choice(("800", "811", "850", "888", "898", "900", "512", "444"))
    else:
        begin = draw.choice("23456789")
    missing = 1 if draw.random() < 0.02 else 0
    return begin + _some(draw, 10 - len(begin) - missing)


def _changed(draw: random.Random, number: str) -> str:
    """An example number with other digits: half of the time only its last ones, so that most stay valid."""
    kept = draw.choice((len(number) - 4, len(number) - 4, 3, 2, 0))
    longer = draw.choice((0,) * 12 + (1, -1))
    return number[:max(kept, 0)] + _some(draw, len(number) - max(kept, 0) + longer)


def _written(draw: random.Random, code: str, digits: str) -> str:
    prefix = draw.choice(("", "0", "0", "90", "+90", "0090") if code == _HOME else (f"+{code}", f"00{code}"))
    if draw.random() < 0.6:
        return prefix + digits
    between = draw.choice(_BETWEEN)
    area = f"({digits[:3]})" if draw.random() < 0.3 else digits[:3]
    # No group of one or two digits after a point at the end: that could as well be an amount.
    groups = (prefix, area, digits[3:6], digits[6:]) if between == "." else (prefix, area, digits[3:6], digits[6:8],
                                                                             digits[8:])
    typed = between.join(filter(None, groups))
    if draw.random() < 0.1:
        typed = "'" + typed
    return typed.translate(_ARABIC) if draw.random() < 0.05 else typed


def _some(draw: random.Random, count: int) -> str:
    return "".join(draw.choices(_DIGITS, k=count))


@cache
def examples() -> list[tuple[str, str]]:
    """The library's example of every type of every region abroad, after its calling code."""
    found = []
    for code, regions in COUNTRY_CODE_TO_REGION_CODE.items():
        for region in regions if str(code) != _HOME else ():
            metadata = PhoneMetadata.metadata_for_region_or_calling_code(code, region)
            descs = [getattr(metadata, name) for name in _TYPES]
            found += [(str(code), desc.example_number) for desc in descs if desc is not None and desc.example_number]
    return found
