"""What is typed or pasted for the do-not-call list."""

from __future__ import annotations

import pytest

from tui.core.reason import Reason
from tui.operations.do_not_call import MAX_REASON, reason_given, typed_numbers
from tui.operations.services import NotPossible

FIRST, SECOND = "905321234567", "905321234568"


@pytest.mark.parametrize(("text", "phones", "wrong"), [
    ("0532 123 45 67", [FIRST], []),
    ("+90 (532) 123-45-67\n5321234568\n", [FIRST, SECOND], []),
    ("05321234567, 05321234568;0532 123 45 67", [FIRST, SECOND], []),
    ("05321234567\t05321234568|532", [FIRST, SECOND], ["532"]),
    ("5,32E+09", [], ["5,32E+09"]),  # mangled by a spreadsheet, and no two numbers
    ("5,32E+09, 0532 123 45 67", [FIRST], ["5", "32E+09"]),
    ("Ayşe\r\n0532 123 45 67", [FIRST], ["Ayşe"]),
    ("", [], []), (" \n,;\n", [], []),
])
def test_numbers_are_taken_and_the_others_named(text: str, phones: list[str], wrong: list[str]) -> None:
    found = typed_numbers(text)
    assert list(found.phones) == phones
    assert [typed for typed, _ in found.wrong] == wrong


def test_a_wrong_one_has_the_sentence_of_any_list() -> None:
    assert typed_numbers("5,32E+09").wrong == (
        ("5,32E+09", Reason("campaign.phone.scientific", {"value": "5,32E+09"})),)


def test_a_reason_is_one_line() -> None:
    assert reason_given("  called\n and\tcomplained ") == "called and complained"
    assert reason_given("x" * MAX_REASON) == "x" * MAX_REASON
    with pytest.raises(NotPossible):
        reason_given("x" * (MAX_REASON + 1))
