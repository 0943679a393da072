"""The fourteen places of a menu, and menus that nobody gets out of."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.campaign.fields import FIELDS, KEY_OF_TARGET, OPT_OUT, TARGET_FIELDS
from tui.campaign.menu import FIELD_OF_PLACE, KEYS, PLACES, Menu, endless, without_exit
from tui.campaign.parsed_draft import ParsedDraft


def test_the_places_are_the_documents_fourteen() -> None:
    assert "".join(PLACES) == "123456789*0#-!"
    assert set(FIELD_OF_PLACE.values()) == set(TARGET_FIELDS)
    assert all(KEY_OF_TARGET[name] == place for place, name in FIELD_OF_PLACE.items())
    assert tuple(FIELD_OF_PLACE) == PLACES


def test_a_menu_is_read_from_texts() -> None:
    menu = ParsedDraft({
        "call_type": "ivr", "digit_target_star": " restart ", "digit_target_2": "queue/201", "digit_target_3": " ",
        "digit_target_square": "", "timeout_target": "hangup/busy", "invalid_target": "fax", "digit_retries": "2",
        "digit_timeout": " 07 ", OPT_OUT: "9",
    }).menu
    assert menu == Menu({"2": "queue/201", "*": "restart", "-": "hangup/busy", "!": "fax"}, retries=2, timeout=7)
    assert list(menu.targets) == ["2", "*", "-", "!"]


def test_nothing_typed_is_a_menu_with_the_defaults() -> None:
    assert ParsedDraft().menu == Menu({}, retries=0, timeout=4) == Menu({})


@pytest.mark.parametrize(("retries", "timeout", "meant"), [
    ("0", "1", (0, 1)), ("1", "10", (1, 10)), (str(2**53 - 1), "4", (2**53 - 1, 4)),
    ("-1", "0", (0, 4)), (str(2**53), "11", (0, 4)), ("x", "4 s", (0, 4)), ("1.0", "٤", (0, 4)), ("+1", "", (0, 4)),
    ("9" * 5000, "-4", (0, 4)),
])
def test_a_number_that_is_none_or_out_of_bounds_is_the_default(
    retries: str, timeout: str, meant: tuple[int, int],
) -> None:
    menu = ParsedDraft({"digit_retries": retries, "digit_timeout": timeout}).menu
    assert (menu.retries, menu.timeout) == meant


@pytest.mark.parametrize(("targets", "silent", "shut"), [
    ({}, False, False), ({"1": "restart"}, False, True), ({"-": "restart"}, True, True),
    ({"!": "restart"}, False, True), ({"-": "restart", "1": "queue/201"}, True, False),
    ({"-": "hangup/hangup", "1": "restart", "!": "restart"}, False, False),
    ({"-": "hangup/hangup"}, False, False), (dict.fromkeys(PLACES, "restart"), True, True),
])
def test_menus_that_nobody_gets_out_of(targets: dict[str, str], silent: bool, shut: bool) -> None:
    assert (endless(Menu(targets)), without_exit(Menu(targets))) == (silent, shut)


@pytest.mark.parametrize(("values", "key"), [
    ({}, ""), ({OPT_OUT: "9"}, "9"), ({OPT_OUT: "9", "digit_target_9": "announcement/421"}, "9"),
    ({OPT_OUT: " * ", "digit_target_star": "hangup/hangup"}, "*"), ({OPT_OUT: "9", "digit_target_9": "  "}, "9"),
    ({OPT_OUT: "9", "digit_target_1": "fax"}, "9"), ({OPT_OUT: "-", "timeout_target": "fax"}, ""),
    ({OPT_OUT: "!", "invalid_target": "fax"}, ""), ({OPT_OUT: "12", "digit_target_1": "fax"}, ""),
    ({OPT_OUT: "", "digit_target_1": "fax"}, ""),
])
def test_the_key_for_refusing_is_one_of_the_phone_wherever_it_leads(values: dict[str, str], key: str) -> None:
    assert ParsedDraft(values).opt_out == key


def test_the_key_for_refusing_is_no_field_of_the_request() -> None:
    assert OPT_OUT not in FIELDS


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from([*FIELDS, OPT_OUT]), st.text()))
def test_any_texts_are_a_menu(values: dict[str, str]) -> None:
    menu = ParsedDraft(values).menu
    assert {FIELD_OF_PLACE[place] for place in menu.targets} == {
        name for name in TARGET_FIELDS if values.get(name, "").strip()}
    assert menu.retries >= 0
    assert 1 <= menu.timeout <= 10
    assert ParsedDraft(values).opt_out in ("", *KEYS)
