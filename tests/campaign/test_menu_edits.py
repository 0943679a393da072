"""Editing a menu: each edit does what it says, and every one can be taken back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.campaign.fields import OPT_OUT
from tui.campaign.menu import (
    FIELD_OF_PLACE,
    KEYS,
    MENU_FIELDS,
    PLACES,
    Clip,
    MenuEdits,
    cleared,
    clip_of,
    opt_out_marked,
    pasted,
    places_set,
    set_target,
    swapped,
    texts_of,
)

Texts = dict[str, str]
Edit = Callable[[Texts], Texts]
TARGET = st.sampled_from(["restart", "queue/201", "announcement/421", "tts/tr-TR/Merhaba", "not a target"])
PLACE = st.sampled_from(PLACES)


def menu(**places: str) -> Texts:
    """A menu by place; `k2="queue/201"` is key 2."""
    return {FIELD_OF_PLACE[name.removeprefix("k")]: text for name, text in places.items()}


@st.composite
def edits(draw: st.DrawFn) -> Edit:
    place, other = draw(PLACE), draw(PLACE)
    match draw(st.sampled_from(["set", "clear", "paste", "swap", "mark", "welcome", "nothing"])):
        case "set":
            target = draw(TARGET)
            return lambda texts: set_target(texts, place, target)
        case "clear":
            return lambda texts: cleared(texts, place)
        case "paste":
            clip = Clip(draw(TARGET), draw(st.booleans()))
            return lambda texts: pasted(texts, place, clip)
        case "swap":
            return lambda texts: swapped(texts, place, other)
        case "mark":
            key = draw(st.sampled_from(KEYS))
            return lambda texts: opt_out_marked(texts, key)
        case "welcome":
            return lambda texts: texts | {"welcome_announcement_id": "128"}
    return lambda texts: texts


MENUS = st.dictionaries(st.sampled_from(MENU_FIELDS[:-1]), TARGET, max_size=8)


@given(MENUS, st.lists(st.one_of(edits(), st.just("undo"), st.just("redo")), max_size=40))
@settings(deadline=None)
def test_any_sequence_of_edits_and_undos_returns_to_the_start(start: Texts, steps: list[Edit | str]) -> None:
    held = MenuEdits(start)
    for step in steps:
        if isinstance(step, str):
            held.undo() if step == "undo" else held.redo()
        else:
            held.become(step(held.texts))
    end = dict(held.texts)
    undone = 0
    while held.can_undo:
        held.undo()
        undone += 1
    assert held.texts == texts_of(start)
    for _ in range(undone):
        held.redo()
    assert held.texts == end


@given(MENUS, st.lists(edits(), max_size=12))
@settings(deadline=None)
def test_what_is_told_as_changed_leads_from_one_menu_to_the_other(start: Texts, steps: list[Edit]) -> None:
    held, followed = MenuEdits(start), dict(texts_of(start))
    for step in steps:
        followed |= held.become(step(held.texts))
        assert {name: text for name, text in followed.items() if text} == held.texts
    while held.can_undo:
        followed |= held.undo()
    assert {name: text for name, text in followed.items() if text} == texts_of(start)


@given(MENUS, PLACE, PLACE)
def test_to_swap_twice_changes_nothing(start: Texts, one: str, other: str) -> None:
    texts = texts_of(start)
    assert swapped(swapped(texts, one, other), one, other) == texts


def test_a_step_that_changes_nothing_is_no_step() -> None:
    held = MenuEdits(menu(k1="restart"))
    assert held.become(menu(k1=" restart ")) == {}
    assert not held.can_undo
    assert held.undo() == {}
    assert held.redo() == {}


def test_a_new_edit_forgets_what_was_taken_back() -> None:
    held = MenuEdits({})
    held.become(menu(k1="restart"))
    held.undo()
    held.become(menu(k2="fax"))
    assert not held.can_redo
    assert held.texts == menu(k2="fax")


def test_cut_and_paste_takes_the_opt_out_mark_along_once() -> None:
    texts = menu(k9="announcement/421") | {OPT_OUT: "9"}
    clip = clip_of(texts, "9", cut=True)
    moved = pasted(cleared(texts, "9"), "5", clip)
    assert moved == menu(k5="announcement/421") | {OPT_OUT: "5"}
    assert clip_of(texts, "9", cut=False) == Clip("announcement/421")


def test_swapping_takes_the_opt_out_mark_along_but_not_to_where_nobody_presses() -> None:
    texts = menu(k9="announcement/421") | {OPT_OUT: "9"}
    assert swapped(texts, "9", "1") == menu(k1="announcement/421") | {OPT_OUT: "1"}
    assert swapped(texts, "-", "9") == {"timeout_target": "announcement/421"}


def test_clearing_the_opt_out_key_takes_its_mark_away() -> None:
    assert cleared(menu(k9="fax") | {OPT_OUT: "9"}, "9") == {}
    assert cleared(menu(k9="fax", k1="fax") | {OPT_OUT: "9"}, "1") == menu(k9="fax") | {OPT_OUT: "9"}


def test_the_opt_out_mark_is_one_and_is_taken_off_where_it_is() -> None:
    marked = opt_out_marked(menu(k1="fax", k2="fax"), "1")
    assert opt_out_marked(marked, "2")[OPT_OUT] == "2"
    assert OPT_OUT not in opt_out_marked(marked, "1")
    with pytest.raises(ValueError, match="-"):
        opt_out_marked(marked, "-")


def test_the_places_that_are_set_are_told_in_the_order_of_the_phone() -> None:
    assert places_set({"timeout_target": "restart"} | menu(k0="fax", k3="fax")) == ("3", "0", "-")
