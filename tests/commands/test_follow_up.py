"""`santral follow-up` and `santral plan …`."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from tests.commands.conftest import Santral
from tests.conftest import write_config
from tests.store.results import calling, ingest, phone, switched_off, told
from tui import bootstrap
from tui.campaign.lifecycle import Action, AskedBy
from tui.i18n.words import folded
from tui.store import Store

HOURS = {"time_range_begin": "09:00", "time_range_end": "18:00", "opt_out_key": "9"}


@pytest.fixture(autouse=True)
def config(home: Path) -> Path:
    return write_config(home, "http://127.0.0.1:9", more="profile = 'acme'\n[profiles.other]\n")


def opened(home: Path) -> Store:
    return Store.open(home / "data" / "santral" / "santral.db", fold=folded, sort_key=bootstrap.sort_text)


@pytest.fixture
def campaign(home: Path) -> int:
    """1 answered, 2 pressed the opt-out key, 3 and 4 busy, 5 no answer, 6 refused, 7 not called; it is off."""
    store = opened(home)
    made = calling(store, 7, fields=HOURS)
    ingest(store, told(1, digit="1"), told(2, digit="9"), told(3, "Meşgul"), told(4, "Meşgul"), told(5, "Cevapsız"),
           told(6, "Reddedildi"))
    switched_off(store, made)
    store.close()
    return made


def adds_up(document: dict[str, Any]) -> bool:
    """Each number is in one draft, or left out for one reason; in all, and outcome by outcome."""
    each = document["outcomes"]
    whole = sum(draft["numbers"] for draft in document["drafts"])
    return (document["numbers"] == whole + sum(document["left_out"].values()) == sum(one["numbers"] for one in each)
            and document["planned"] == whole == sum(one["planned"] for one in each)
            and all(one["numbers"] == one["planned"] + sum(one["left_out"].values()) for one in each)
            and all(draft["numbers"] == sum(draft["outcomes"].values()) for draft in document["drafts"]))


@pytest.mark.usefixtures("campaign")
def test_a_preview_accounts_for_every_number_and_makes_nothing(santral: Santral) -> None:
    ran = santral("follow-up", "20212", "--dry-run", "--json")
    assert (ran.status, ran.err) == (0, "")
    assert ran.document["numbers"] == 7
    assert ran.document["left_out"] == {"do_not_call": 1, "answered": 1, "never": 1}
    assert ran.document["plan"]["name"] == "default"
    assert (ran.document["made"], ran.document["drafts"][0]["ref"]) == (False, None)
    assert adds_up(ran.document)
    assert len(santral("campaign", "list", "--json").document["campaigns"]) == 1
    told_ = santral("follow-up", "20212", "--dry-run").out
    assert "7 numbers: 4 in drafts, 3 left out" in told_
    assert "Nothing was created." in told_


def test_the_drafts_are_made_with_their_days_and_hours(santral: Santral, home: Path, campaign: int) -> None:
    ran = santral("follow-up", "20212", "--json")
    assert adds_up(ran.document)
    assert ran.document["made"] is True
    store = opened(home)
    found: list[str | None] = []
    for draft in ran.document["drafts"]:
        kept = store.campaigns.get(draft["number"])
        assert kept.follows == campaign
        for name in ("name", "date_range_begin", "date_range_end", "time_range_begin", "time_range_end"):
            assert kept.fields[name] == draft[name]
        assert draft["ref"] == f"d{kept.id}"
        begins = dt.datetime.fromisoformat(f"{draft['date_range_begin']}T{draft['time_range_begin']}:00+03:00")
        assert begins >= dt.datetime.fromisoformat(draft["not_before"]) - dt.timedelta(seconds=1)
        found += [row.phone for row in store.numbers.each(kept.id)]
    store.close()
    assert sorted(filter(None, found)) == [phone(3), phone(4), phone(5), phone(7)]


@pytest.mark.usefixtures("campaign")
def test_a_script_that_runs_twice_is_told_and_calls_nobody_twice(santral: Santral) -> None:
    refs = [draft["ref"] for draft in santral("follow-up", "20212", "--json").document["drafts"]]
    ran = santral("follow-up", "20212")
    assert ran.status == 1
    assert len(ran.said) == 1
    assert "4 numbers" in ran.err
    assert all(ref in ran.err for ref in refs)
    preview = santral("follow-up", "20212", "--dry-run", "--json").document
    assert preview["left_out"]["in_follow_up"] == 4
    assert preview["follow_ups"] == refs
    assert adds_up(preview)
    for ref in refs:
        assert santral("campaign", "delete", ref, "--yes").status == 0
    assert santral("follow-up", "20212").status == 0


@pytest.mark.usefixtures("campaign")
def test_a_plan_is_saved_used_shown_and_deleted(santral: Santral) -> None:
    text = "Meşgul: 2 saat sonra, 10:00-12:30, iki kez"
    ran = santral("plan", "save", "Akşam", text, "--json")
    written = ran.document["text"]
    assert written.startswith("busy: after 2h, 10:00-12:30, at most 2; no-answer, ")
    assert (ran.document["name"], ran.document["replaced"]) == ("Akşam", False)
    assert "replacing the one" in santral("plan", "save", "aksam", written).out
    assert santral("plan", "show", "AKŞAM").out == f"{written}\n"
    shown = santral("plan", "show", "aksam", "--json").document
    assert shown["rules"][0] == {"outcome": "busy", "again": True, "after": "2h", "hours": "10:00-12:30", "at_most": 2}
    listing = santral("plan", "list", "--json").document
    listed = listing["plans"]
    assert listing["unread"] == []
    assert [(plan["name"], plan["built_in"]) for plan in listed] == [("default", True), ("aksam", False)]
    assert "built-in plan (default)" in santral("plan", "list").out
    made = santral("follow-up", "20212", "--plan", "Akşam", "--json").document
    assert [draft["outcomes"] for draft in made["drafts"]] == [{"busy": 2}]
    assert (made["drafts"][0]["time_range_end"], made["plan"]["name"]) == ("12:30", "aksam")
    assert santral("plan", "delete", "akşam").status == 0
    assert santral("plan", "delete", "akşam").said == [
        "There is no follow-up plan “akşam”. The plans are: default."]


@pytest.mark.parametrize(("arguments", "said"), [
    (("save", "x", "busi: once"), "“busi” is not a call result"), (("save", "default", "busy: once"), "built-in plan"),
    (("save", "x" * 81, "busy: once"), "at most 80 characters"), (("delete", "default"), "built-in plan"),
    (("save", " ", "busy: once"), "name"),
])
def test_what_can_not_be_is_said_in_one_sentence(santral: Santral, arguments: tuple[str, ...], said: str) -> None:
    ran = santral("plan", *arguments)
    assert ran.status in (1, 2)
    assert len(ran.said) == 1
    assert said in ran.err


def test_each_profile_has_its_own_plans(santral: Santral) -> None:
    santral("plan", "save", "Akşam", "busy: once")
    assert santral("plan", "show", "Akşam", "--profile", "other").status == 1


def test_of_a_draft_and_of_a_campaign_that_calls_nothing_is_made(santral: Santral, home: Path) -> None:
    store = opened(home)
    draft = store.drafts.create("acme", {"name": "Taslak"})
    calling(store, 2)
    store.close()
    assert "never launched" in santral("follow-up", f"d{draft}").err
    assert "may still call 2 numbers by itself" in santral("follow-up", "20212").err


def test_of_one_that_was_switched_off_just_now_it_is_said_until_when_calls_may_go_on(
    santral: Santral, home: Path,
) -> None:
    store = opened(home)
    made = calling(store, 2, fields=HOURS)
    store.switches.done(store.switches.begin(made, Action.OFF, AskedBy.APP))
    store.close()
    asked = santral("follow-up", "20212", "--dry-run", "--json").document
    assert (asked["planned"], asked["left_out"]) == (0, {"still_calling": 2})
    (calls,) = asked["calling"]
    assert calls["ref"] == "20212"
    assert calls["off_since"] < calls["until"]
    assert "calls that were under way may still end until" in santral("follow-up", "20212", "--dry-run").out
    refused = santral("follow-up", "20212")
    assert (refused.status, len(refused.said)) == (1, 1)
    assert "the 2 numbers that are left may still be reached" in refused.err


@pytest.mark.usefixtures("campaign")
def test_rounds_and_where_a_draft_comes_from_are_shown(santral: Santral) -> None:
    drafts = santral("follow-up", "20212", "--json").document["drafts"]
    shown = santral("campaign", "show", drafts[0]["ref"], "--json").document
    assert shown["plan"]["outcomes"] == drafts[0]["outcomes"]
    assert shown["rounds"] == [
        {"round": 1, "campaigns": ["20212"], "numbers": 7, "called": 6, "answered": 2},
        {"round": 2, "campaigns": [draft["ref"] for draft in drafts], "numbers": 4, "called": 0, "answered": 0}]
    assert "Follow-up of “Anket” (ID 20212): built-in plan: " in santral("campaign", "show", drafts[0]["ref"]).out
    for command in (("campaign", "show"), ("results",)):
        assert "Round 1 (this one): 7 numbers, 6 called, 2 answered" in santral(*command, "20212").out
        assert santral(*command, "20212", "--json").document["rounds"] == shown["rounds"]
    alone = santral("plan", "list", "--json").document
    assert alone["profile"] == "acme"


def test_a_campaign_that_is_alone_has_no_rounds(santral: Santral, campaign: int) -> None:
    document = santral("campaign", "show", "20212", "--json").document
    assert (document["follows"], document["plan"], document["rounds"]) == (None, None, [])
    assert "Round" not in santral("campaign", "show", "20212").out
