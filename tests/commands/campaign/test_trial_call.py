"""`santral campaign test`: one number is telephoned, once, and the exit status tells what became of it."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from tests.commands.conftest import CAMPAIGN, Santral, Started, changes, requests_of
from tests.conftest import KEY, write_config
from tui import bootstrap
from tui.campaign.lifecycle import State
from tui.campaign.phone_list import Number
from tui.core.reason import Reason
from tui.i18n.words import folded
from tui.operations.phone_list import validated
from tui.sandbox.server import Sandbox
from tui.store import Store, StoreFull
from tui.store.ledger import Ledger

MINE = "905321234567"
FIELDS = {"call_type": "ivr", "name": "Memnuniyet anketi", "date_range_begin": "2020-01-01", "call_retries": "2",
          "time_range_begin": "09:00", "welcome_announcement_id": "128", "digit_target_1": "announcement/421"}
SENT = {"key": KEY, "call_type": "ivr", "name": "[test] Memnuniyet anketi", "active_days": [1, 2, 3, 4, 5, 6, 7],
        "call_retries": 0, "max_thread_count": 1, "welcome_announcement_id": 128, "digit_target_1": "announcement/421",
        "phone_list": [{"phone": MINE, "phrase": "#456 73.56"}]}


def a_draft(home: Path, **fields: str) -> str:
    """A draft that the app might have made, with two numbers: its reference."""
    store = Store.open(home / "data" / "santral" / "santral.db", fold=folded, sort_key=bootstrap.sort_text)
    number = store.drafts.create("acme", FIELDS | fields)
    store.numbers.add(number, validated([Number("05551112233", "#456 73.56"), Number("05551112244")]))
    store.close()
    return f"d{number}"


def states(santral: Santral, *arguments: str) -> list[tuple[str, str]]:
    listed = santral("campaign", "list", "--json", *arguments).document["campaigns"]
    return [(campaign["ref"], campaign["state"]) for campaign in listed]


def at_a_terminal(monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    monkeypatch.setattr("tui.commands.output._is_terminal", lambda _stream: True)
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))


def test_the_campaign_goes_to_one_number_and_the_id_alone_is_printed(
    santral: Santral, sandbox: Sandbox, config_file: Path, home: Path
) -> None:
    ran = santral("campaign", "test", a_draft(home), "--to", "0532 123 45 67", "--yes")
    assert (ran.status, ran.out, ran.said) == (0, "20212\n", ["Test call to 0532 123 45 67."])
    assert requests_of(sandbox, "POST") == ["/ivr_campaigns.json"]
    assert json.loads(sandbox.requests[0].body) == SENT
    shown = santral("campaign", "show", "20212", "--json").document
    assert (shown["test_of"], shown["numbers"]["total"]) == (1, 1)
    assert shown["history"][-1]["event"] == "test"
    assert ("d1", "draft") in states(santral)


def test_json_tells_what_became_of_it(santral: Santral, config_file: Path, home: Path) -> None:
    ran = santral("campaign", "test", a_draft(home), "--to", MINE, "--yes", "--json")
    assert (ran.status, ran.document) == (0, {"outcome": "created", "id": 20212, "ref": "20212", "reason": None})


def test_a_launched_campaign_is_tested_by_its_id(
    santral: Santral, sandbox: Sandbox, config_file: Path, campaign_file: Path
) -> None:
    santral("campaign", "create", campaign_file, "--yes")
    ran = santral("campaign", "test", "20212", "--to", MINE, "--yes")
    assert (ran.status, ran.out) == (0, "20213\n")
    assert json.loads(changes(sandbox)[1].body)["phone_list"] == [{"phone": MINE}]


def test_the_number_is_the_profiles_else_the_last_one_else_it_is_asked_for(
    santral: Santral, start: Started, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sandbox = start()
    ref = a_draft(home)
    ran = santral("campaign", "test", ref, "--yes")
    assert (ran.status, ran.out, len(ran.said)) == (1, "", 1)
    assert "--to" in ran.err
    assert sandbox.requests == []
    with monkeypatch.context() as terminal:
        at_a_terminal(terminal, "0555 000 00 00\ny\n")
        assert santral("campaign", "test", ref).status == 0
    assert santral("campaign", "test", ref, "--yes").status == 0
    write_config(home, sandbox.address, profile_more=f'test_number = "{MINE}"')
    assert santral("campaign", "test", ref, "--yes").status == 0
    called = [json.loads(request.body)["phone_list"][0]["phone"] for request in sandbox.requests]
    assert called == ["905550000000", "905550000000", MINE]


@pytest.mark.parametrize(("typed", "launched"), [
    ("y\n", True), ("Evet\n", True), ("\n", False), ("", False), ("t\n", False), ("n\n", False), ("t\nt\n", False),
])
def test_the_question_is_answered_with_no_unless_yes_is_typed(
    santral: Santral, sandbox: Sandbox, config_file: Path, home: Path, monkeypatch: pytest.MonkeyPatch, typed: str,
    launched: bool
) -> None:
    ref = a_draft(home)
    at_a_terminal(monkeypatch, typed)
    ran = santral("campaign", "test", ref, "--to", MINE)
    assert "Call 0532 123 45 67 now?" in ran.err
    assert "#456 73.56" in ran.err
    assert "Turkish time" in ran.err
    assert ran.status == (0 if launched else 1)
    assert len(sandbox.requests) == launched
    monkeypatch.undo()


@pytest.mark.parametrize(("language", "way_out"), [("tr", "--yes ekleyin"), ("en", "Add --yes")])
def test_without_a_terminal_and_without_yes_nothing_is_sent(
    santral: Santral, start: Started, home: Path, language: str, way_out: str
) -> None:
    sandbox = start(config=f'language = "{language}"')
    ran = santral("campaign", "test", a_draft(home), "--to", MINE)
    assert (ran.status, ran.out, len(ran.said)) == (1, "", 1)
    assert way_out in ran.err
    assert sandbox.requests == []
    assert states(santral, "--deleted") == [("d1", "draft")]


@pytest.mark.parametrize("number", ["", "0532", "ttt", "5,32124E+09", "\x1b[31m"])
def test_a_number_that_is_none_is_wrong_usage_in_one_line(
    santral: Santral, config_file: Path, home: Path, number: str
) -> None:
    ran = santral("campaign", "test", "d1", "--to", number, "--yes")
    assert (ran.status, ran.out, len(ran.said)) == (2, "", 1)
    assert ran.said[0].isprintable()


def test_problems_are_a_line_each_and_nothing_is_kept(
    santral: Santral, sandbox: Sandbox, config_file: Path, home: Path
) -> None:
    ref = a_draft(home, digit_target_1="queue:201", cli="12")
    ran = santral("campaign", "test", ref, "--to", MINE, "--yes", "--json")
    assert (ran.status, len(ran.said)) == (1, 3)
    assert [line.split(":")[0] for line in ran.said[:2]] == ["cli", "digit_target_1"]
    assert ran.document["error"]["message"] == ran.said[2]
    assert sandbox.requests == []
    assert states(santral, "--deleted") == [("d1", "draft")]


@pytest.mark.parametrize(("profile", "word"), [("read_only = true", "read-only"), ("", "API key")])
def test_a_profile_that_may_not_launch_is_refused_before_anything_is_kept(
    santral: Santral, home: Path, sandbox: Sandbox, profile: str, word: str
) -> None:
    path = write_config(home, sandbox.address, profile_more=profile)
    if not profile:
        path.write_text(f'[profiles.acme]\nbase_url = "{sandbox.address}"\n', encoding="utf-8")
    ran = santral("campaign", "test", a_draft(home), "--to", MINE, "--yes")
    assert (ran.status, len(ran.said)) == (1, 1)
    assert word in ran.err
    assert states(santral, "--deleted") == [("d1", "draft")]


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(("fault", "status", "outcome", "state"), [
    ("lost-answer", 3, "unconfirmed", "unconfirmed"), ("500", 3, "unconfirmed", "unconfirmed"),
    ("html", 3, "unconfirmed", "unconfirmed"), ("429", 1, "rejected", "deleted"),
])
def test_a_fault_ends_in_its_outcome_after_one_request(
    santral: Santral, start: Started, home: Path, fault: str, status: int, outcome: str, state: str
) -> None:
    sandbox = start(fault)
    ran = santral("campaign", "test", a_draft(home), "--to", MINE, "--yes", "--json")
    assert ran.status == status
    assert (ran.document["outcome"], ran.document["id"], ran.document["ref"]) == (outcome, None, "d2")
    assert len(ran.said) == 2
    assert ran.document["reason"]["message"] in ran.said[1]
    assert ("d2", state) in states(santral, "--deleted")
    if status == 3:
        assert "santral campaign adopt ID --as d2" in ran.said[1]
        again = santral("campaign", "test", "d1", "--to", MINE, "--yes")
        assert "warning: The same test call was sent before" in again.err
    assert requests_of(sandbox, "POST") == ["/ivr_campaigns.json"] * (2 if status == 3 else 1)


def test_where_nobody_listens_nothing_was_sent_and_nothing_stays_in_the_list(santral: Santral, home: Path) -> None:
    write_config(home, "http://127.0.0.1:9")
    ran = santral("campaign", "test", a_draft(home), "--to", MINE, "--yes", "--json")
    assert (ran.status, ran.document["outcome"]) == (1, "not_sent")
    assert states(santral) == [("d1", "draft")]


def test_an_answer_that_could_not_be_written_down_is_unconfirmed_not_failed(
    santral: Santral, sandbox: Sandbox, config_file: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> bool:
        raise StoreFull(Reason("store.full", {"path": "santral.db"}))

    ref = a_draft(home)
    with monkeypatch.context() as broken:
        broken.setattr(Ledger, "resolve", full)
        ran = santral("campaign", "test", ref, "--to", MINE, "--yes")
    assert ran.status == 3
    assert "santral campaign adopt 20212 --as d2" in ran.said[-1]
    assert ("d2", State.UNCONFIRMED) in states(santral)


def test_create_says_whether_the_menu_was_heard(
    santral: Santral, config_file: Path, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    menu = 'call_type = "ivr"\nwelcome_announcement_id = 128\ndigit_target_1 = "announcement/421"\n'
    file = tmp_path / "campaign.toml"
    file.write_text(CAMPAIGN.replace('call_type = "queue"\nqueue_number = 201\n', menu), encoding="utf-8")
    ref = a_draft(home)

    def said() -> str:
        with monkeypatch.context() as terminal:
            at_a_terminal(terminal, "n\n")
            return santral("campaign", "create", file).err

    assert "No test call was made with this menu yet." in said()
    assert santral("campaign", "test", ref, "--to", MINE, "--yes").status == 0
    assert "A test call was made with exactly this menu: today " in said()


def test_create_tells_a_queue_campaign_of_no_menu(
    santral: Santral, config_file: Path, campaign_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_a_terminal(monkeypatch, "n\n")
    said = santral("campaign", "create", campaign_file).err
    assert "2 numbers will be called" in said
    assert "menu" not in said
