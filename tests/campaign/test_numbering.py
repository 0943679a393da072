"""Verdicts on numbers are libphonenumber's, to the last one."""

from __future__ import annotations

import subprocess
import sys
from itertools import islice

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, NumberParseException, PhoneNumberType

from benchmarks.verdicts import examples, is_valid, writings
from tests import sampling
from tui.campaign import numbering
from tui.campaign.numbering import KIND_OF_GROUP, NumberKind, costs_more_abroad, is_valid_abroad
from tui.campaign.phone import validate_phone, wire_phone

CODES = st.sampled_from(sorted(str(code) for code in COUNTRY_CODE_TO_REGION_CODE if code != 90))
DIGITS = st.text("0123456789", min_size=2, max_size=14)
KINDS = {PhoneNumberType.MOBILE: NumberKind.MOBILE, PhoneNumberType.FIXED_LINE: NumberKind.LANDLINE,
         PhoneNumberType.TOLL_FREE: NumberKind.TOLL_FREE}


def library(digits: str) -> bool:
    """The library's verdict on a calling code and a number."""
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse("+" + digits))
    except NumberParseException:
        return False


def test_twenty_thousand_writings_have_the_verdict_of_the_library() -> None:
    told = {typed: validate_phone(typed).valid for typed in islice(writings(seed=11), 20_000)}
    assert {typed for typed, valid in told.items() if valid != is_valid(typed)} == set()
    assert 0.5 < sum(told.values()) / len(told) < 0.95


def test_every_writing_that_can_be_called_is_valid_as_its_wire_form_is() -> None:
    for typed in islice(writings(seed=12), 5_000):
        found = validate_phone(typed)
        if found.phone is not None:
            digits = found.phone.removeprefix("00")
            assert (found.phone, found.valid) == (wire_phone(typed), library(digits)), typed


@settings(deadline=None, max_examples=sampling.examples(1000))
@given(st.from_regex(r"[2-9][0-9]{9}", fullmatch=True))
def test_a_turkish_number_is_what_the_library_says(national: str) -> None:
    found = validate_phone(national)
    number = phonenumbers.parse("+90" + national)
    assert found.valid is phonenumbers.is_valid_number(number)
    assert found.kind is KINDS.get(phonenumbers.number_type(number), NumberKind.OTHER)


@pytest.mark.parametrize("group", sorted(KIND_OF_GROUP))
def test_every_type_of_the_library_has_its_kind(group: str) -> None:
    known = {"mobile": NumberKind.MOBILE, "fixed_line": NumberKind.LANDLINE, "toll_free": NumberKind.TOLL_FREE}
    assert KIND_OF_GROUP[group] is known.get(group, NumberKind.OTHER)
    assert group == numbering.UNASSIGNED or hasattr(PhoneNumberType, group.upper())


def test_every_four_digits_that_a_turkish_number_can_begin_with() -> None:
    for prefix in range(2000, 10_000):
        national = f"{prefix}{prefix * 7919 % 1_000_000:06}"
        assert validate_phone(national).valid is library("90" + national), national


@settings(deadline=None, max_examples=sampling.examples(2000))
@given(CODES, DIGITS)
def test_any_digits_after_a_calling_code_are_what_the_library_says(code: str, digits: str) -> None:
    assert is_valid_abroad(code + digits) is library(code + digits)


def test_the_librarys_examples_with_and_without_a_prefix_or_a_digit() -> None:
    for code, number in {(code, number) for code, number in examples() if code != "90"}:
        ends = (number, number[-8:], number[-7:])
        prefixed = [prefix + end for prefix in ("0", "00", "1", "8", "9", "15") for end in ends]
        for shape in (number, number[:-1], number[1:], number + "5", number[:3] + "0000", *prefixed):
            assert is_valid_abroad(f"{code}{shape}") is library(f"{code}{shape}"), (code, shape)


@settings(deadline=None, max_examples=sampling.examples(500))
@given(st.from_regex(r"[1-9][0-9]{6,14}", fullmatch=True).filter(lambda digits: not digits.startswith("90")))
def test_any_number_abroad_is_what_the_library_says(digits: str) -> None:
    assert validate_phone("+" + digits).valid is library(digits)


@pytest.mark.parametrize(("digits", "valid"), [
    ("390236618300", True), ("39236618300", False), ("390000000000", False),  # zeros that belong to the number
    ("493012345678", True), ("4903012345678", True),  # a national prefix that the library takes away
    ("78121234567", True), ("788121234567", True), ("77012345678", True), ("78001234567", True),  # Russia, Kazakhstan
    ("12125550100", True), ("112125550100", True), ("18005550100", True), ("16135550100", True), ("12685551234", False),
    ("18764567890", True), ("441481256789", True), ("441534700000", True), ("447911123456", True),  # Guernsey, Jersey
    ("5491123456789", True), ("54111523456789", True), ("541123456789", True),  # Argentina rewrites 15 to 9
    ("5511961234567", True), ("55015119612345", False), ("80012345678", True), ("870301234567", True),
    ("883510012345", True), ("2127", False), ("9991234567", False), ("2101234567", False),
])
def test_shared_calling_codes_prefixes_and_leading_zeros(digits: str, *, valid: bool) -> None:
    assert library(digits) is valid
    assert is_valid_abroad(digits) is valid


def test_the_library_is_loaded_by_the_first_number_that_is_looked_up() -> None:
    code = ("import sys, tui.campaign.phone_list, tui.campaign.rules\n"
            "from tui.campaign.phone import validate_phone, wire_phone\n"
            "wire_phone('0532 123 45 67'); assert 'phonenumbers' not in sys.modules\n"
            "validate_phone('0532 123 45 67'); assert 'phonenumbers' in sys.modules")
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("digits", ["54" + "01115" + "1" * 30, "449" + "0" * 30 + "9012345678", "44"])
def test_what_the_library_does_not_even_read_is_no_number(digits: str) -> None:
    assert not library(digits)
    assert not is_valid_abroad(digits)
    assert not costs_more_abroad(digits)
