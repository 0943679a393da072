"""`santral campaign on|off|delete`, of one campaign and of several."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from tests.commands.campaign.conftest import a_draft, state_of
from tests.commands.conftest import CAMPAIGN, Santral, Started, requests_of
from tests.conftest import KEY, write_config
from tui.core.reason import Reason
from tui.sandbox.server import Sandbox
from tui.store import StoreFull
from tui.store.switches import Switches


def full(*_: object) -> bool:
    raise StoreFull(Reason("store.full", {"path": "santral.db"}))


def test_off_and_on_are_sent_and_remembered(santral: Santral, on: str, sandbox: Sandbox) -> None:
    ran = santral("campaign", "off", on)
    assert (ran.status, len(ran.out.splitlines()), ran.err) == (0, 1, "")
    assert state_of(santral, on) == "off"
    ran = santral("campaign", "on", "d1", "--json", "--yes")
    assert (ran.status, ran.document["state"]) == (0, "on")
    assert requests_of(sandbox, "PATCH") == ["/ivr_campaigns/20212"] * 2
    assert sandbox.requests[0].body.decode() == f"key={KEY}&status=off"


@pytest.mark.parametrize("action", ["on", "off", "delete"])
def test_what_the_provider_does_not_know_is_told_in_its_words(
    santral: Santral, config_file: Path, sandbox: Sandbox, action: str
) -> None:
    santral("campaign", "adopt", "112")
    ran = santral("campaign", action, "112", *(["--yes"] if action != "off" else []))
    assert (ran.status, ran.out, len(ran.said)) == (1, "", 1)
    assert "112" in ran.err
    shown = santral("campaign", "show", "112", "--json").document
    assert (shown["state"], shown["unsure"], shown["reason"]["code"]) == ("missing", False, "provider.not_found")
    assert not any(entry["event"] == "delete_done" for entry in shown["history"])
    assert santral("campaign", "list", "--filter", "state:missing", "--json").document["campaigns"][0]["id"] == 112


def test_what_an_earlier_try_may_have_deleted_is_missing_and_never_called_deleted(
    santral: Santral, start: Started, campaign_file: Path
) -> None:
    sandbox = start("delete:lost-answer:1")
    ref = santral("campaign", "create", campaign_file, "--yes").out.strip()
    ran = santral("campaign", "delete", ref, "--yes")
    assert ran.status == 1
    assert "does not know this campaign" in ran.err
    assert len(requests_of(sandbox, "DELETE")) == 2
    assert state_of(santral, ref) == "missing"


def test_one_that_is_missing_may_be_switched_and_is_there_again_where_the_provider_does_it(
    santral: Santral, start: Started, campaign_file: Path
) -> None:
    sandbox = start("switch:404:2")
    ref = santral("campaign", "create", campaign_file, "--yes").out.strip()
    assert santral("campaign", "off", ref).status == 1
    assert requests_of(sandbox, "PATCH") == [f"/ivr_campaigns/{ref}", f"/ivr_campaigns/{ref}.json"]
    assert state_of(santral, ref) == "missing"
    assert santral("campaign", "off", ref).status == 0
    assert state_of(santral, ref) == "off"


@pytest.mark.parametrize(("language", "told", "foretold"), [
    ("en", "112 was taken off the list", "has said since that it doesn't know it"),
    ("tr", "112 listeden kaldırıldı", "sonradan onu tanımadığını söyledi"),
])
def test_what_is_missing_is_taken_off_the_list_where_the_provider_says_so_again(
    santral: Santral, start: Started, campaign_file: Path, language: str, told: str, foretold: str
) -> None:
    sandbox = start("switch:404:2", "delete:404:4", config=f'language = "{language}"')
    ref = santral("campaign", "create", campaign_file, "--yes").out.strip()
    told = told.replace("112", ref)
    assert santral("campaign", "delete", ref, "--yes").status == 1
    assert state_of(santral, ref) == "missing"
    ran = santral("campaign", "delete", ref, "--yes")
    assert (ran.status, told in ran.out, ran.err) == (0, True, "")
    assert len(requests_of(sandbox, "DELETE")) == 4  # each time in both forms
    assert santral("campaign", "list", "--json").document["campaigns"] == []
    deleted = santral("campaign", "list", "--deleted", "--json").document["campaigns"]
    assert [one["state"] for one in deleted] == ["missing"]
    shown = santral("campaign", "show", ref, "--json").document
    assert [entry["event"] for entry in shown["history"]][:2] == ["put_away", "delete_failed"]
    assert santral("campaign", "delete", ref, "--yes").status == 1  # it is off the list already
    again = santral("campaign", "create", campaign_file, "--yes")
    assert (again.status, again.out, foretold in again.err) == (0, f"{ref}\n", True)
    assert len(requests_of(sandbox, "POST")) == 1


def test_of_several_what_is_missing_again_is_told_apart(
    santral: Santral, start: Started, campaign_file: Path, tmp_path: Path
) -> None:
    start("delete:404:2")
    ref = santral("campaign", "create", campaign_file, "--yes").out.strip()
    santral("campaign", "adopt", "112")
    santral("campaign", "delete", "112", "--yes")
    ran = santral("campaign", "delete", "112", ref, "--yes")
    assert ran.status == 0
    away, deleted = sorted(ran.out.splitlines())
    assert away.startswith("112 was taken off the list")
    assert deleted == f"{ref} was deleted at the provider: Memnuniyet anketi"


@pytest.mark.parametrize(("fault", "said"), [
    ("switch:404-page", "web page"), ("switch:403", "lack a permission or module"),
])
def test_a_refusal_by_whoever_says_nothing_of_the_campaign_leaves_it_as_it_was(
    santral: Santral, start: Started, campaign_file: Path, fault: str, said: str
) -> None:
    start(fault)
    ref = santral("campaign", "create", campaign_file, "--yes").out.strip()
    ran = santral("campaign", "off", ref)
    assert ran.status == 1
    assert said in ran.err
    assert state_of(santral, ref) == "on"


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(("action", "fault"), [
    ("off", "switch:lost-answer"), ("on", "switch:cut:5"), ("off", "switch:stall"), ("off", "switch:500"),
    ("off", "switch:html"), ("delete", "delete:html"), ("off", "switch:not-ok"), ("on", "switch:empty"),
    ("delete", "delete:not-ok"), ("delete", "delete:empty"),
    ("delete", "delete:500-after"), ("delete", "delete:stall"),
])
def test_a_switch_without_an_answer_is_unconfirmed_and_may_be_asked_for_again(
    santral: Santral, start: Started, campaign_file: Path, action: str, fault: str
) -> None:
    sandbox = start(fault)
    ref = santral("campaign", "create", campaign_file, "--yes").out.strip()
    ran = santral("campaign", action, ref, *(["--yes"] if action != "off" else []))
    assert ran.status == 3
    assert len(requests_of(sandbox, "POST")) == 1
    listed = santral("campaign", "show", ref, "--json").document
    assert (listed["unsure"], listed["state"]) == (True, "on")


@pytest.mark.parametrize("others", [0, 1])
def test_a_switch_that_was_done_and_could_not_be_noted_is_unconfirmed(
    santral: Santral, on: str, campaign_file: Path, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, others: int
) -> None:
    refs = [on, *(santral("campaign", "create", campaign_file, "--yes", "--again").out.strip() for _ in range(others))]
    with monkeypatch.context() as broken:
        broken.setattr(Switches, "done", full)
        ran = santral("campaign", "off", *refs)
    assert (ran.status, ran.out, len(ran.said)) == (3, "", len(refs))
    assert all("the provider carried it out" in said for said in ran.said)
    assert len(requests_of(sandbox, "PATCH")) == len(refs)
    assert all(santral("campaign", "show", ref, "--json").document["unsure"] for ref in refs)


@pytest.mark.usefixtures("impatient")
def test_what_the_provider_said_is_told_though_it_can_not_be_noted(
    santral: Santral, start: Started, campaign_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start("switch:lost-answer")
    ref = santral("campaign", "create", campaign_file, "--yes").out.strip()
    with monkeypatch.context() as broken:
        broken.setattr(Switches, "unknown", full)
        ran = santral("campaign", "off", ref)
    assert ran.status == 3
    assert "It isn't known whether" in ran.err
    assert santral("campaign", "show", ref, "--json").document["unsure"]


@pytest.mark.usefixtures("impatient")
def test_a_switch_that_was_refused_by_the_limit_failed(santral: Santral, start: Started, campaign_file: Path) -> None:
    start("switch:429")
    ref = santral("campaign", "create", campaign_file, "--yes").out.strip()
    ran = santral("campaign", "off", ref)
    assert ran.status == 1
    assert "Waiting" in ran.err
    assert state_of(santral, ref) == "on"


@pytest.mark.usefixtures("impatient")
def test_a_refusal_after_an_answer_that_was_lost_leaves_it_unknown(
    santral: Santral, start: Started, campaign_file: Path
) -> None:
    start("switch:lost-answer:1", "switch:429")
    ref = santral("campaign", "create", campaign_file, "--yes").out.strip()
    assert santral("campaign", "off", ref).status == 3
    assert santral("campaign", "show", ref, "--json").document["unsure"]


def test_delete_asks_for_yes_where_there_is_nobody_to_ask(santral: Santral, on: str, sandbox: Sandbox) -> None:
    ran = santral("campaign", "delete", on)
    assert (ran.status, len(ran.said)) == (1, 1)
    assert "--yes" in ran.err
    assert sandbox.requests == []


@pytest.mark.parametrize(("typed", "deleted"), [
    ("y\n", True), ("e\n", True), ("\n", False), ("", False), ("n\n", False),
])
def test_delete_asks(
    santral: Santral, on: str, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, typed: str, deleted: bool
) -> None:
    monkeypatch.setattr("tui.commands.output._is_terminal", lambda _stream: True)
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    ran = santral("campaign", "delete", on)
    assert ran.status == (0 if deleted else 1)
    assert requests_of(sandbox, "DELETE") == (["/ivr_campaigns/20212"] if deleted else [])


def test_what_was_deleted_is_kept(santral: Santral, on: str) -> None:
    assert santral("campaign", "delete", on, "--yes").status == 0
    assert santral("campaign", "list", "--json").document == {"campaigns": []}
    (kept,) = santral("campaign", "list", "--deleted", "--json").document["campaigns"]
    assert (kept["ref"], kept["state"]) == ("20212", "deleted")
    again = santral("campaign", "delete", on, "--yes")
    assert (again.status, len(again.said)) == (1, 1)


def test_a_draft_is_deleted_here_and_nothing_is_sent(
    santral: Santral, config_file: Path, home: Path, sandbox: Sandbox
) -> None:
    ref = a_draft(home)
    assert santral("campaign", "delete", ref, "--yes").status == 0
    assert state_of(santral, ref) == "deleted"
    assert sandbox.requests == []


@pytest.mark.parametrize("action", ["on", "off", "not-created"])
def test_a_draft_can_not_be_switched(
    santral: Santral, config_file: Path, home: Path, sandbox: Sandbox, action: str
) -> None:
    ran = santral("campaign", action, a_draft(home))
    assert (ran.status, len(ran.said)) == (1, 1)
    assert "Taslak" in ran.err
    assert sandbox.requests == []


@pytest.mark.parametrize("arguments", [("on",), ("off",), ("delete", "--yes")])
def test_a_profile_that_is_read_only_switches_nothing(
    santral: Santral, on: str, home: Path, sandbox: Sandbox, arguments: tuple[str, ...]
) -> None:
    write_config(home, sandbox.address, profile_more="read_only = true")
    ran = santral("campaign", arguments[0], on, *arguments[1:])
    assert (ran.status, len(ran.said)) == (1, 1)
    assert sandbox.requests == []


@pytest.fixture
def two(santral: Santral, start: Started, campaign_file: Path) -> tuple[Sandbox, str, str]:
    """Two campaigns that are on, and where they are."""
    sandbox = start()
    refs = []
    for name in ("Birinci", "İkinci"):
        campaign_file.write_text(CAMPAIGN.replace("Memnuniyet anketi", name), encoding="utf-8")
        refs.append(santral("campaign", "create", campaign_file, "--yes").out.strip())
    sandbox.requests.clear()
    return sandbox, refs[0], refs[1]


def test_several_are_switched_with_a_line_each(santral: Santral, two: tuple[Sandbox, str, str]) -> None:
    sandbox, first, second = two
    ran = santral("campaign", "off", first, second, first)
    assert (ran.status, ran.err) == (0, "")
    assert sorted(ran.out.splitlines()) == [f"{first} is off: Birinci", f"{second} is off: İkinci"]
    assert len(requests_of(sandbox, "PATCH")) == 2
    again = santral("campaign", "off", first, second, "--json")
    assert again.status == 0
    assert [campaign["state"] for campaign in again.document["campaigns"]] == ["off", "off"]


def test_what_cant_be_done_to_one_is_told_and_done_to_the_rest(
    santral: Santral, home: Path, two: tuple[Sandbox, str, str]
) -> None:
    _sandbox, first, _second = two
    draft = a_draft(home)
    ran = santral("campaign", "off", first, draft)
    assert ran.status == 1
    assert ran.out == f"{first} is off: Birinci\n"
    assert "“Taslak”" in ran.err


def test_with_one_that_isnt_there_nothing_is_done(santral: Santral, two: tuple[Sandbox, str, str]) -> None:
    sandbox, first, _second = two
    ran = santral("campaign", "off", first, "404")
    assert (ran.status, ran.out) == (1, "")
    assert requests_of(sandbox, "PATCH") == []


def test_several_are_deleted_after_one_question(santral: Santral, home: Path, two: tuple[Sandbox, str, str]) -> None:
    sandbox, first, _second = two
    draft = a_draft(home)
    refused = santral("campaign", "delete", first, draft)
    assert (refused.status, requests_of(sandbox, "DELETE")) == (1, [])
    assert "--yes" in refused.err
    ran = santral("campaign", "delete", first, draft, "--yes")
    assert ran.status == 0
    assert [state_of(santral, ref) for ref in (first, draft)] == ["deleted", "deleted"]


def test_what_cant_be_reached_is_told_of_each(
    santral: Santral, impatient: None, two: tuple[Sandbox, str, str]
) -> None:
    sandbox, first, second = two
    sandbox.stop()
    ran = santral("campaign", "off", first, second)
    assert ran.status == 1
    assert {first, second} <= {said.partition(":")[0] for said in ran.said}


@pytest.mark.parametrize(("typed", "deleted"), [("evet\n", 2), ("\n", 0)])
def test_deleting_several_is_asked_for_once(
    santral: Santral, two: tuple[Sandbox, str, str], monkeypatch: pytest.MonkeyPatch, typed: str, deleted: int
) -> None:
    sandbox, first, second = two
    monkeypatch.setattr("tui.commands.output._is_terminal", lambda _stream: True)
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    ran = santral("campaign", "delete", first, second)
    assert (ran.status, len(requests_of(sandbox, "DELETE"))) == (0 if deleted else 1, deleted)
    assert "2" in ran.said[0]


@pytest.mark.parametrize("as_json", [True, False])
def test_of_several_those_without_an_answer_are_told_apart_and_unconfirmed(
    santral: Santral, start: Started, campaign_file: Path, impatient: None, as_json: bool
) -> None:
    start("switch:500-after")
    refs = []
    for name in ("Birinci", "İkinci"):
        campaign_file.write_text(CAMPAIGN.replace("Memnuniyet anketi", name), encoding="utf-8")
        refs.append(santral("campaign", "create", campaign_file, "--yes").out.strip())
    ran = santral("campaign", "off", *refs, *(["--json"] if as_json else []))
    told = [[ref for ref in refs if ref in said] for said in ran.said]  # those that are empty tell of waiting
    assert (ran.status, sorted(filter(None, told))) == (3, [[ref] for ref in sorted(refs)])
    if as_json:
        assert [one["unsure"] for one in ran.document["campaigns"]] == [True, True]
    else:
        assert ran.out == ""


def test_one_without_an_answer_is_in_the_document_as_it_is_known(
    santral: Santral, start: Started, campaign_file: Path, impatient: None
) -> None:
    start("switch:500-after")
    ref = santral("campaign", "create", campaign_file, "--yes").out.strip()
    ran = santral("campaign", "off", ref, "--json")
    assert (ran.status, ref in ran.said[-1], ran.document["unsure"]) == (3, True, True)
