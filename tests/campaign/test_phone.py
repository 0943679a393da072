"""Numbers as people write them, and what a spreadsheet makes of them."""

from __future__ import annotations

import re
from collections.abc import Callable

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.campaign.sentences import said
from tui.campaign.numbering import NumberKind
from tui.campaign.phone import (
    LONGEST_SHOWN,
    BadPhone,
    ValidationResult,
    connected_phone,
    is_premium,
    readable_phone,
    remark,
    validate_phone,
    wire_phone,
)
from tui.core.reason import Reason

WIRE = "905321234567"
ANY_WIRE = re.compile(r"90[2-9][0-9]{9}|00[1-9][0-9]{6,14}")
NATIONAL = st.from_regex(r"[2-9][0-9]{9}", fullmatch=True)
SEPARATORS = st.lists(st.sampled_from(["", " ", "-", ".", "\u00a0", "\u200b", "\u2009", "–", "\u202a", "\ufeff"]),
                      min_size=10, max_size=10)


def problem_of(typed: str) -> str:
    with pytest.raises(BadPhone) as bad:
        wire_phone(typed)
    reason = bad.value.reason
    assert set(said(reason)) == {"tr", "en"}
    assert validate_phone(typed) == ValidationResult(None, reason)
    return reason.code.removeprefix("campaign.phone.")


@pytest.mark.parametrize("typed", [
    "905321234567", "05321234567", "5321234567",  # as the provider writes them
    "+905321234567", "00905321234567", "+90 (532) 123 45 67", "+90 (0)532 123 45 67", "(0532) 123-45-67",
    "0532.123.45.67", "0 532 123 45 67", "0532\u00a0123\u00a045\u00a067", "\u200b0532 123 45 67\ufeff",
    "0532–123–45–67",
    "'05321234567", "' 0532 123 45 67", "\t05321234567\r\n", "٠٥٣٢١٢٣٤٥٦٧", "０５３２１２３４５６７",
    "＋９０ ５３２ １２３ ４５ ６７",
    "05321234.567", "0532/1234567", "0532 / 123 45 67", "+90 532/123 45 67", "90 0532 123 45 67", "[0532] 123 45 67",
    "‘0532’123 45 67", "0532\u00ad123\u200d45\u206067", '="05321234567"', "5.321.234.567", "۰۵۳۲۱۲۳۴۵۶۷", "०५३२१२३४५६७",
])
def test_every_writing_of_a_turkish_number_is_one_number(typed: str) -> None:
    assert wire_phone(typed) == WIRE
    assert validate_phone(typed) == ValidationResult(WIRE, None, valid=True, kind=NumberKind.MOBILE)


@pytest.mark.parametrize(("typed", "wire"), [
    ("00491234567", "00491234567"), ("+49 123 4567", "00491234567"), ("+1 (212) 555-0100", "0012125550100"),
    ("+1234567", "001234567"), ("+123456789012345", "00123456789012345"),
])
def test_a_number_abroad_is_sent_with_00(typed: str, wire: str) -> None:
    assert wire_phone(typed) == wire


@pytest.mark.parametrize(("typed", "problem"), [
    ("", "empty"), ("  ", "empty"), ("'", "empty"), ("\u200b", "empty"), ("-", "empty"),
    ("5,32124E+09", "scientific"), ("5.32124E+09", "scientific"), ("5e9", "scientific"), ("9,05321E+11", "scientific"),
    ("5,32E+09", "scientific"), ("9.05321E11", "scientific"), ("５.３２E+０９", "scientific"),
    ("5321234567.0", "decimal"), ("5321234567,00", "decimal"), ("905321234567.5", "decimal"),
    ("532123456.7", "decimal"), ("5.321234567E+09", "decimal"), ("5,321,234,567", "decimal"),
    ("5,321,234,567.00", "decimal"), ("٥٣٢١٢٣٤٥٦٧٫٠", "decimal"), (" '5321234567,0", "decimal"),
    ("05321234567/05331234567", "several"), ("05321234567; 05331234567", "several"),
    ("05321234567, 05331234567", "several"),
    ("05321234567 veya 05331234567", "several"), ("0532 123 45 67 0533 123 45 67", "several"),
    ("05321234567\n+905331234567", "several"), ("5321234567-5331234567", "several"), ("0212 123 45 67/68", "several"),
    ("0532 123 45 67 0533 123 45 67 0534 123 45 67", "several"),
    ("Ayşe", "letters"), ("+", "letters"), ("A-101", "letters"), ("#N/A", "letters"), ("15/11/2026x", "stray"),
    ("0532 123 45 6O", "stray"), ("0532 123 45 67 dahili 12", "stray"),
    ("++905321234567", "stray"), ("0532+1234567", "stray"), ("0532 123 45 6²", "stray"), ("053212345⑥⑦", "stray"),
    ("532124E+09x", "stray"), ("05321234567,", "stray"), ("0532/123456", "stray"), ('="05321234567', "stray"),
    ("532123456", "short"), ("0532123456", "short"), ("112", "short"), ("90532123456", "short"),
    ("+90532123456", "short"), ("900321234567", "short"),
    ("4441234", "universal"), ("444 1 234", "universal"), ("0444 1 234", "universal"), ("+90 444 1 234", "universal"),
    ("053212345678", "long"), ("9053212345678", "long"), ("0090532123456789", "long"), ("+90905321234567", "long"),
    ("0800 123 45 67 89", "long"),
    ("1321234567", "no_area"), ("01321234567", "no_area"), ("901321234567", "no_area"),
    ("0012345", "abroad"), ("+123456", "abroad"), ("+1234567890123456", "abroad"), ("+0532123456", "abroad"),
    ("000491234567", "abroad"), ("00", "abroad"),
    ("+49 (0) 151 1234567", "trunk_zero"), ("0049 [0]151 1234567", "trunk_zero"),
])
def test_what_cannot_be_called_is_told_and_not_repaired(typed: str, problem: str) -> None:
    assert problem_of(typed) == problem


def test_the_sign_that_is_no_part_of_a_number_is_named() -> None:
    reason = validate_phone("0532 123 45 6O").problem
    assert reason is not None
    assert reason.params["sign"] == "O"
    assert all("“O”" in text for text in said(reason).values())


def test_a_long_text_is_not_shown_whole() -> None:
    with pytest.raises(BadPhone) as bad:
        wire_phone("x" * 5000)
    value = bad.value.reason.params["value"]
    assert isinstance(value, str)
    assert len(value) == LONGEST_SHOWN
    assert value.endswith("…")


@settings(deadline=None)
@given(NATIONAL, st.sampled_from(["", "0", "90", "+90", "0090", "+90 (0)"]), SEPARATORS)
def test_spellings_of_one_number_are_equal(national: str, prefix: str, between: list[str]) -> None:
    typed = prefix + "".join(separator + digit for separator, digit in zip(between, national, strict=True))
    # A point before the last one or two digits could as well be a decimal sign: that is a question, not a number.
    if re.search(r"\d{6,}\.\d{1,2}$", typed) and typed.isascii():
        typed = typed.replace(".", " ")
    assert wire_phone(typed) == "90" + national


@settings(deadline=None)
@given(st.one_of(st.text(), st.text("0123456789+-. ()٣'eE,/"), st.from_regex(r"\+?[0-9 ]{5,20}", fullmatch=True)))
def test_any_text_is_a_number_that_can_be_called_or_a_bad_phone(typed: str) -> None:
    reason = None
    try:
        wire = wire_phone(typed)
    except BadPhone as bad:
        reason = bad.reason
    if reason is not None:
        assert all(said(reason).values())
        return
    assert ANY_WIRE.fullmatch(wire)
    assert wire_phone(wire) == wire


@settings(deadline=None)
@given(st.one_of(st.text(), st.text("0123456789+-. ()٣'eE,/"), st.from_regex(r"(\+|00)?[0-9 ]{5,20}", fullmatch=True)))
def test_a_verdict_tells_the_wire_form_or_why_there_is_none(typed: str) -> None:
    found = validate_phone(typed)
    if found.problem is not None:
        with pytest.raises(BadPhone) as bad:
            wire_phone(typed)
        assert found == ValidationResult(None, bad.value.reason)
    else:
        assert found[:2] == (wire_phone(typed), None)
        assert found.kind is not None
        assert (found.kind is NumberKind.ABROAD) is wire_phone(typed).startswith("00")


@pytest.mark.parametrize("typed", ["444 1 234", "4441234", "0444 1 234", "+90 444 12 34"])
def test_a_444_number_can_be_seen_and_connected_to_but_not_called(typed: str) -> None:
    assert connected_phone(typed) == "4441234"
    assert readable_phone("4441234") == "444 1 234"
    assert problem_of(typed) == "universal"


@pytest.mark.parametrize("typed", ["0532 123 45 67", "+49 1234567", "444 1 23", "5,32124E+09", "", "444 1 2345"])
def test_any_other_number_is_connected_to_as_it_is_called(typed: str) -> None:
    def read(how: Callable[[str], str]) -> str | Reason:
        try:
            return how(typed)
        except BadPhone as bad:
            return bad.reason

    assert read(connected_phone) == read(wire_phone)


@pytest.mark.parametrize("typed", ["0900 123 45 67", "+90 888 123 45 67", "898 123 45 67"])
def test_a_premium_number_is_marked_and_can_be_called(typed: str) -> None:
    found = validate_phone(typed)
    assert found.phone is not None
    assert is_premium(found.phone)
    assert phonenumbers.number_type(phonenumbers.parse(f"+{found.phone}")) == phonenumbers.PhoneNumberType.PREMIUM_RATE
    told = remark(found.phone, typed, valid=found.valid)
    assert told is not None
    assert all(typed in sentence for sentence in said(told).values())
    assert remark("905321234567", typed, valid=True) is None


@pytest.mark.parametrize("typed", [
    "00449012345678", "+1 900 555 1234", "+44 845 123 4567", "+33 899 12 34 56", "+49 180 1123456", "+979 123456789",
    "+7 809 123 45 67", "+31 900 123456", "+34 803 12 34 56",
])
def test_a_number_abroad_of_premium_rate_or_shared_cost_is_marked_and_can_be_called(typed: str) -> None:
    found = validate_phone(typed)
    assert found.phone is not None
    assert is_premium(found.phone)
    told = remark(found.phone, typed, valid=found.valid)
    assert told is not None
    assert told.code == "campaign.phone.premium_abroad"
    assert all(typed in sentence for sentence in said(told).values())


@given(st.sampled_from(sorted(phonenumbers.COUNTRY_CODE_TO_REGION_CODE)).map(str),
       st.from_regex("[0-9]{6,12}", fullmatch=True))
def test_whether_a_number_abroad_costs_more_is_what_the_library_says(code: str, national: str) -> None:
    try:
        known = phonenumbers.number_type(phonenumbers.parse(f"+{code}{national}"))
    except phonenumbers.NumberParseException:
        known = phonenumbers.PhoneNumberType.UNKNOWN
    assert is_premium(f"00{code}{national}") is (known in (
        phonenumbers.PhoneNumberType.PREMIUM_RATE, phonenumbers.PhoneNumberType.SHARED_COST))


@pytest.mark.parametrize(("typed", "valid", "kind"), [
    ("0532 123 45 67", True, NumberKind.MOBILE), ("05512369874", True, NumberKind.MOBILE), ("0212 963 01 31", True,
                                                                                            NumberKind.LANDLINE),
    ("0392 123 45 67", True, NumberKind.LANDLINE), ("0800 123 45 67", True, NumberKind.TOLL_FREE),
    ("0850 123 45 67", True, NumberKind.OTHER), ("0900 123 45 67", True, NumberKind.OTHER),
    ("05651236547", False, NumberKind.OTHER),  # in the second example of the provider's document
    ("0211 123 45 67", False, NumberKind.OTHER), ("5000000000", True, NumberKind.MOBILE),
    ("+49 30 123456", True, NumberKind.ABROAD), ("00491234567", False, NumberKind.ABROAD), ("+999 1234567", False,
                                                                                            NumberKind.ABROAD),
    ("+39 02 3661 8300", True, NumberKind.ABROAD), ("+39 2 3661 8300", False, NumberKind.ABROAD),
    ("+1 800 555 0100", True, NumberKind.ABROAD), ("+1 (212) 555-0100", True, NumberKind.ABROAD),
    ("+800 1234 5678", True, NumberKind.ABROAD), ("+7 812 1234567", True, NumberKind.ABROAD),
    ("+44 1481 123456", False, NumberKind.ABROAD),
])
def test_what_a_number_is(typed: str, *, valid: bool, kind: NumberKind) -> None:
    found = validate_phone(typed)
    assert (found.valid, found.kind, found.problem) == (valid, kind, None)


@pytest.mark.parametrize(("wire", "readable"), [
    (WIRE, "0532 123 45 67"), ("902129630131", "0212 963 01 31"), ("00491234567", "+491234567"), ("112", "112"),
])
def test_a_number_is_read_as_people_write_it(wire: str, readable: str) -> None:
    assert readable_phone(wire) == readable


@settings(deadline=None)
@given(NATIONAL)
def test_the_readable_writing_is_the_same_number(national: str) -> None:
    assert wire_phone(readable_phone("90" + national)) == "90" + national
