from __future__ import annotations

import random
import uuid

from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from tests.sandbox.conftest import plan
from tui.campaign.call_simulation import CallEvent
from tui.campaign.menu import KEYS, PLACES, Menu
from tui.sandbox.callees import CALLED_NO_MORE, Callees, Fate, converse

KNOWN = {"Cevaplandı", "Meşgul", "Cevapsız", "Ulaşılamıyor", "Reddedildi", "Hatalı Numara", "İYS izni yok",
         "Genel Hata"}
targets = st.sampled_from(["restart", "user/1000", "hangup/busy"])
menus = st.builds(Menu, st.dictionaries(st.sampled_from(PLACES), targets), retries=st.integers(0, 3),
                  timeout=st.integers(1, 10))


def fates(menu: Menu | None, count: int = 400, seed: int = 1, *, commercial: bool = False) -> list[Fate]:
    of = structs.replace(plan(count), menu=menu, queue=None if menu else 204, commercial=commercial)
    return [Callees(seed).fate(of, callee, lead, 1) for lead, callee in enumerate(of.callees)]


@given(menu=menus, seed=st.integers())
def test_digits_agree_with_the_menu(menu: Menu, seed: int) -> None:
    for fate in fates(menu, 40, seed):
        if not fate.answered:
            assert fate.digit == ""
        elif fate.digit.startswith("!"):
            assert fate.digit[1:] in set(KEYS) - set(menu.targets)
        else:
            assert fate.digit == "-" or fate.digit in set(KEYS) & set(menu.targets)


def test_a_key_without_a_target_is_a_wrong_key() -> None:
    digits = {fate.digit for fate in fates(Menu({"1": "announcement/421", "*": "restart"}), 3000)}

    assert {"1", "*", "-", "!2", "!#", ""} <= digits
    assert "2" not in digits


def test_with_a_target_on_every_key_no_key_is_wrong() -> None:
    digits = {fate.digit for fate in fates(Menu(dict.fromkeys(KEYS, "hangup/hangup")))}

    assert {"-", "1"} <= digits
    assert not any(digit.startswith("!") for digit in digits)


def test_most_who_answer_press_a_key_that_leads_somewhere() -> None:
    answered = [fate for fate in fates(Menu({"1": "announcement/421"})) if fate.answered]

    assert sum(fate.digit == "1" for fate in answered) > len(answered) / 2


def test_an_answered_call_of_a_queue_campaign_has_no_digit() -> None:
    answered = [fate for fate in fates(None) if fate.answered]

    assert answered
    assert {fate.digit for fate in answered} == {""}


def test_statuses_are_the_documents_and_all_kinds_occur() -> None:
    assert {fate.status for fate in fates(Menu({"1": "restart"}), 1000, commercial=True)} == KNOWN


def test_only_a_commercial_campaign_meets_missing_consent() -> None:
    assert "İYS izni yok" not in {fate.status for fate in fates(Menu({"1": "restart"}), 1000)}


def test_whoever_was_not_reached_is_called_again_but_where_that_is_of_no_use() -> None:
    for fate in fates(Menu({"1": "restart"}), 1000, commercial=True):
        assert fate.called_again == (fate.status not in {"Cevaplandı", "Hatalı Numara", "İYS izni yok"})
    assert CALLED_NO_MORE <= KNOWN


def test_nobody_rings_longer_than_asked_for_and_who_does_not_answer_rings_that_long() -> None:
    for fate in fates(Menu({"1": "restart"}), 1000):
        assert 0 < fate.ring_seconds <= 30
        assert (fate.ring_seconds == 30) == (fate.status == "Cevapsız")
        assert (fate.talk_seconds > 0) == fate.answered


def test_every_repeat_of_the_menu_takes_its_time() -> None:
    def shortest(retries: int) -> float:
        menu = Menu({"-": "hangup/hangup"}, retries=retries, timeout=4)
        return min(fate.talk_seconds for fate in fates(menu) if fate.digit == "-")

    # Ten seconds of message each time; the last time the four seconds are waited in full.
    assert 14 <= shortest(0) < 20
    assert shortest(2) >= 34


def test_who_runs_out_of_presses_hangs_up() -> None:
    menu = Menu({"1": "announcement/421", "*": "restart"}, retries=1)

    heard, given_up = converse(menu, ["*", None, "1", "2"]), converse(menu, ["*", None])

    assert (heard.digit, heard.steps[-1].event) == ("1", CallEvent.TARGET)
    assert (given_up.digit, given_up.steps[-1].event) == ("-", CallEvent.HUNG_UP)
    assert converse(menu, []).digit == "-"


def test_nobody_stays_in_a_menu_that_never_ends() -> None:
    def longest(menu: Menu) -> float:
        return max(fate.talk_seconds for fate in fates(menu))

    # Ten seconds of message and four of waiting each time, once and three times from the start.
    assert longest(Menu({"-": "restart", "!": "restart"})) <= 5 * 14
    assert longest(Menu(dict.fromkeys(PLACES, "restart"))) <= 5 * 14
    # Nor does anybody hear a menu as often as it could be repeated.
    assert longest(Menu({"-": "hangup/hangup"}, retries=2**53 - 1)) <= 16 * 14

def test_a_wrong_number_is_wrong_at_every_attempt_and_every_campaign() -> None:
    one, other = plan(300), structs.replace(plan(300), name="Başka")
    callees = Callees(3)
    wrong = [callee for lead, callee in enumerate(one.callees)
             if callees.fate(one, callee, lead, 1).status == "Hatalı Numara"]

    assert wrong
    for callee in wrong:
        assert callees.fate(other, callee, 999, 2).status == "Hatalı Numara"


@given(seed=st.integers())
def test_the_same_seed_gives_the_same_calls_whatever_happens_between(seed: int) -> None:
    menu = Menu({"1": "user/1000"})
    before = fates(menu, 20, seed)
    random.seed(seed)

    assert fates(menu, 20, seed) == before


def test_another_seed_gives_other_calls() -> None:
    assert fates(Menu({"1": "user/1000"}), seed=1) != fates(Menu({"1": "user/1000"}), seed=2)


def test_every_call_has_a_uuid_of_its_own() -> None:
    seen = [uuid.UUID(fate.call_uuid) for fate in fates(Menu({"1": "restart"}))]

    assert len(set(seen)) == len(seen)
