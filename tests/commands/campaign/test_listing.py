"""`santral campaign list|show`."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.commands.campaign.conftest import NOBODY, a_draft
from tests.commands.conftest import Santral, Started
from tests.conftest import KEY, write_config


def test_an_empty_list_is_a_heading(santral: Santral, home: Path) -> None:
    write_config(home, NOBODY)
    ran = santral("campaign", "list")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.split() == ["ID", "Type", "State", "Numbers", "Calling", "times", "Campaign"]


@pytest.mark.parametrize(("language", "words"), [
    ("tr", ("kuyruk", "sürüyor", "bugün")), ("en", ("queue", "on", "today"))])
def test_the_list_says_states_in_words_in_columns(
    santral: Santral, start: Started, campaign_file: Path, home: Path, language: str, words: tuple[str, ...]
) -> None:
    start(config=f'language = "{language}"')
    santral("campaign", "create", campaign_file, "--yes")
    a_draft(home, name="Borç hatırlatma, ekim " + "x" * 200)
    head, first, second = santral("campaign", "list").out.splitlines()
    assert first.split()[:5] == ["20212", words[0], words[1], "2", words[2]]
    assert first.endswith("Memnuniyet anketi")
    assert second.startswith("d2 ")
    assert second.endswith("x" * 200)
    assert {line.index(name) for line, name in ((head, head.split()[-1]), (first, "Memnun"), (second, "Borç"))} == {
        first.index("Memnun")}


@pytest.mark.parametrize(("arguments", "found"), [
    ((), {"Memnuniyet anketi", "Taslak"}), (("--filter", "durum:açık"), {"Memnuniyet anketi"}),
    (("--filter=-state:on",), {"Taslak"}), (("--filter", "type:ivr", "--filter", "TASLAK"), {"Taslak"}),
    (("--filter", "state:off"), set()), (("--filter", "profile:other"), {"Başka"}),
    (("--filter", "profile:all -state:draft"), {"Memnuniyet anketi"}),
])
def test_the_list_takes_the_filter_of_the_app(
    santral: Santral, start: Started, campaign_file: Path, home: Path, arguments: tuple[str, ...], found: set[str]
) -> None:
    start(config=f'profile = "acme"\n[profiles.other]\napi_key = "{KEY}"\n')
    santral("campaign", "create", campaign_file, "--yes")
    a_draft(home)
    a_draft(home, "other", name="Başka")
    shown = santral("campaign", "list", "--json", *arguments).document["campaigns"]
    assert {campaign["name"] for campaign in shown} == found
    text = santral("campaign", "list", *arguments).out
    assert all(name in text for name in found)
    assert ("Profile" in text) is ("Başka" in found)


def test_a_filter_that_means_nothing_is_told_with_what_would(santral: Santral, home: Path) -> None:
    write_config(home, NOBODY)
    ran = santral("campaign", "list", "--filter", "state:onn")
    assert (ran.status, ran.out) == (1, "")
    assert "“onn” is not a state" in ran.err
    assert "finished" in ran.err


def test_the_list_in_json(santral: Santral, on: str) -> None:
    (campaign,) = santral("campaign", "list", "--json").document["campaigns"]
    for name in ("created_at", "updated_at", "state_at", "last_set_at", "ends_at", "calling_until"):
        moment = dt.datetime.fromisoformat(campaign.pop(name))
        assert moment.utcoffset() == dt.timedelta(0)
    assert campaign == {
        "ref": "20212", "id": 20212, "number": 1, "profile": "acme", "name": "Memnuniyet anketi", "call_type": "queue",
        "state": "on", "pending": None, "unsure": False, "adopted": False, "reason": None, "test_of": None,
        "replaces": None, "replaced_by": None, "life": None,
        "calling_now": True, "calling_from": None, "numbers": {"total": 2, "callable": 2, "bad": 0, "duplicates": 0}}


@pytest.mark.parametrize("arguments", [("list",), ("list", "--json"), ("show", "d1"), ("show", "d1", "--json")])
def test_control_characters_in_a_name_reach_no_terminal(
    santral: Santral, home: Path, arguments: tuple[str, ...]
) -> None:
    write_config(home, NOBODY)
    a_draft(home, name="a\x1b[31m\x9bb\u202ec\nd")
    ran = santral("campaign", *arguments)
    assert ran.status == 0
    assert all(sign.isprintable() or sign == "\n" for sign in ran.out)
    if "--json" in arguments:
        found = ran.document["campaigns"][0] if "campaigns" in ran.document else ran.document
        assert found["name"] == "a\x1b[31m\x9bb\u202ec\nd"


def test_a_profile_sees_its_own_campaigns_alone(santral: Santral, start: Started, home: Path) -> None:
    sandbox = start(config='profile = "acme"\n[profiles.other]\nread_only = false\n')
    ref = a_draft(home, "other")
    assert santral("campaign", "list", "--json").document == {"campaigns": []}
    for arguments in (("show", ref), ("delete", ref, "--yes"), ("on", ref), ("not-created", ref)):
        ran = santral("campaign", *arguments)
        assert (ran.status, len(ran.said)) == (1, 1), arguments
        assert ref in ran.err
    assert santral("campaign", "show", ref, "--profile", "other").status == 0
    assert santral("--profile", "other", "campaign", "show", ref).status == 0
    assert sandbox.requests == []


@pytest.mark.parametrize("action", ["show", "on", "off", "delete", "not-created"])
@pytest.mark.parametrize("ref", ["20212", "d7"])
def test_a_campaign_that_is_not_there(santral: Santral, home: Path, action: str, ref: str) -> None:
    write_config(home, NOBODY)
    more = ["--yes"] if action == "delete" else []
    ran = santral("campaign", action, ref, *more, "--json")
    assert (ran.status, len(ran.said)) == (1, 1)
    assert ref in ran.err
    assert ran.document["error"]["message"] == ran.said[0]


@pytest.mark.parametrize("action", ["show", "on", "off", "delete", "not-created"])
@pytest.mark.parametrize("ref", ["", "x", "D7", "7d", "0", "d0", "-7", "1.5", "٣", "9" * 19, KEY])
def test_what_is_no_reference_is_wrong_usage(santral: Santral, action: str, ref: str) -> None:
    ran = santral("campaign", action, "--", ref)
    assert (ran.status, ran.out, len(ran.said)) == (2, "", 1)


def test_show_tells_what_it_is_and_what_happened(santral: Santral, on: str) -> None:
    out = santral("campaign", "show", on).out
    assert "Memnuniyet anketi" in out
    assert "201" in out
    assert "Created at the provider" in out
    document = santral("campaign", "show", on, "--json").document
    assert document["fields"]["queue_number"] == "201"
    assert [entry["event"] for entry in document["history"]] == ["created", "launched", "made"]
    assert document["history"][1]["by"] == "command"
    assert document["history"][1]["numbers"] == 2
