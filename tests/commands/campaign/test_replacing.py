"""`santral campaign replace REF`: each step is told, and the same command goes on from wherever it was left."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import signal
from pathlib import Path

import pytest

from tests.commands.campaign.test_launch_draft import ONE, TWO, a_draft, at_a_terminal
from tests.commands.conftest import Santral, Started, changes
from tests.store.results import delivered, told
from tui import bootstrap
from tui.campaign import succession
from tui.campaign.results import Ping
from tui.commands.campaign import replacing
from tui.core.clock import utc_now
from tui.i18n.words import folded
from tui.sandbox.server import Sandbox
from tui.store import Store

HOOK = '[receiver]\npublic_url = "https://example.com/w"\n'


@pytest.fixture(autouse=True)
def no_call_lasts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(succession, "quiet_time", lambda _draft: dt.timedelta(0))
    monkeypatch.setattr(succession, "_LATE_RESULT", dt.timedelta(0))


def opened(home: Path) -> Store:
    return Store.open(home / "data" / "santral" / "santral.db", fold=folded, sort_key=bootstrap.sort_text)


def heard(home: Path, *answered: str, campaign: int = 20212) -> None:
    """A receiver that was there all the while, and what came in."""
    store = opened(home)
    token = store.deliveries.tokens()[-1]
    now = utc_now()
    store.receivers.beat("r", address="here", started_at=now - dt.timedelta(days=1), received_last_minute=0)
    store.deliveries.ingest([delivered(Ping(), token), *(
        delivered(told(phone, campaign_id=campaign), token) for phone in answered)])
    store.close()


@pytest.fixture
def running(santral: Santral, start: Started, home: Path) -> Sandbox:
    """20212 runs; the first of its numbers has answered."""
    sandbox = start(config=HOOK)
    assert santral("campaign", "launch", a_draft(home), "--yes").status == 0
    heard(home, ONE)
    return sandbox


def sent(sandbox: Sandbox) -> list[str]:
    return [f"{request.method} {request.path.partition('?')[0]}" for request in changes(sandbox)][1:]


def test_it_is_switched_off_replaced_and_deleted(santral: Santral, running: Sandbox) -> None:
    ran = santral("campaign", "replace", "20212", "--set", "thread_multiplier=2", "--set", "time_range_end=22:00",
                  "--yes", "--json")
    assert ran.status == 0, ran.err
    assert sent(running) == ["PATCH /ivr_campaigns/20212", "POST /ivr_campaigns.json", "DELETE /ivr_campaigns/20212"]
    body = json.loads(changes(running)[2].body)
    assert (body["thread_multiplier"], body["time_range_end"]) == (2, "22:00")
    assert body["phone_list"] == [{"phone": TWO}]
    assert {name: ran.document[name] for name in ("outcome", "id")} == {"outcome": "created", "id": 20213}
    assert {name: ran.document["replaces"][name] for name in ("ref", "step", "known_from", "successor")} == {
        "ref": "20212", "step": "done", "known_from": "results", "successor": "20213"}
    shown = santral("campaign", "show", "20213", "--json").document
    assert (shown["replaces"], shown["replaced_by"]) == (1, None)
    assert shown["history"][-1]["event"] == "replaces"
    assert santral("campaign", "show", "20212", "--json").document["state"] == "deleted"


def test_each_step_is_told(santral: Santral, running: Sandbox) -> None:
    ran = santral("campaign", "replace", "20212", "--set", "thread_multiplier=2", "--yes")
    assert (ran.status, ran.out) == (0, "20213\n")
    for part in ("20212 “Anket” is off.", "Its results show who it has reached.", "is the draft d2, with 1 number",
                 "which it replaces, is deleted."):
        assert any(part in line for line in ran.said), part


def test_twice_it_says_by_what_it_was_replaced(santral: Santral, running: Sandbox) -> None:
    assert santral("campaign", "replace", "20212", "--yes").status == 0
    again = santral("campaign", "replace", "20212", "--yes")
    assert (again.status, again.out) == (0, "20213\n")
    assert len(sent(running)) == len(("off", "create", "delete"))


def test_without_a_terminal_it_needs_yes(santral: Santral, running: Sandbox) -> None:
    ran = santral("campaign", "replace", "20212", "--json")
    assert (ran.status, ran.document["error"]["code"]) == (1, "command.replace.needs_yes")
    assert sent(running) == []


def test_at_a_terminal_it_is_asked_for_and_told_what_changes(
        santral: Santral, running: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    at_a_terminal(monkeypatch, "n\n")
    ran = santral("campaign", "replace", "20212", "--set", "thread_multiplier=2")
    assert (ran.status, sent(running)) == (1, [])
    assert "  Calls per agent: — → 2" in ran.said
    at_a_terminal(monkeypatch, "y\ny\n")  # to replace it; to launch
    assert santral("campaign", "replace", "20212", "--set", "thread_multiplier=2").status == 0


@pytest.mark.parametrize(("typed", "status"), [
    ("thread_multiplier=x", 1), ("time_range_end=25:00", 1), ("nonsense=1", 2), ("phone_list=1", 2),
    ("thread_multiplier", 2), ("key=K1", 2)])
def test_what_is_wrong_is_said_before_anything_is_switched_off(
        santral: Santral, running: Sandbox, typed: str, status: int) -> None:
    assert santral("campaign", "replace", "20212", "--set", typed, "--yes").status == status
    assert sent(running) == []


@pytest.mark.usefixtures("impatient")
def test_whether_it_is_off_is_not_known_nobody_is_called(
        santral: Santral, running: Sandbox, start: Started, home: Path) -> None:
    start("switch:lost-answer", config=HOOK)
    ran = santral("campaign", "replace", "20212", "--yes", "--json")
    assert (ran.status, ran.document["replaces"]["step"]) == (3, "switch_off")
    sandbox = start(config=HOOK)
    ran = santral("campaign", "replace", "20212", "--yes")
    assert ran.status == 1  # the new sandbox has no such campaign
    assert "POST /ivr_campaigns.json" not in sent(sandbox)


def test_whom_it_has_reached_is_not_known_nobody_is_called(santral: Santral, start: Started, home: Path) -> None:
    sandbox = start(config=HOOK)
    assert santral("campaign", "launch", a_draft(home), "--yes").status == 0
    ran = santral("campaign", "replace", "20212", "--yes", "--json")
    assert (ran.status, ran.document["replaces"]["step"], ran.document["replaces"]["to_call"]) == (1, "know", 2)
    assert ran.document["error"]["code"].startswith("operations.succession.")
    assert sent(sandbox) == ["PATCH /ivr_campaigns/20212"]
    ran = santral("campaign", "replace", "20212", "--yes", "--records", "--json")
    assert (ran.status, ran.document["error"]["code"]) == (1, "operations.succession.records_empty")
    ran = santral("campaign", "replace", "20212", "--yes", "--call-unknown", "--json")
    assert (ran.status, ran.document["replaces"]["known_from"]) == (0, "person")


def test_it_waits_until_no_call_is_under_way(
        santral: Santral, running: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(succession, "quiet_time", lambda _draft: dt.timedelta(minutes=5))
    looks: list[float] = []

    async def passes(seconds: float) -> None:
        looks.append(seconds)
        monkeypatch.setattr(succession, "quiet_time", lambda _draft: dt.timedelta(0))

    monkeypatch.setattr(replacing, "sleep", passes)
    ran = santral("campaign", "replace", "20212", "--yes")
    assert (ran.status, len(looks)) == (0, 1)
    assert any("Calls of 20212 may go on until" in line for line in ran.said)


def test_stopped_while_it_waits_the_same_command_goes_on(
        santral: Santral, running: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(succession, "quiet_time", lambda _draft: dt.timedelta(minutes=5))

    async def interrupted(_seconds: float) -> None:
        signal.raise_signal(signal.SIGTERM)
        await asyncio.Event().wait()

    monkeypatch.setattr(replacing, "sleep", interrupted)
    ran = santral("campaign", "replace", "20212", "--yes")
    assert ran.status == 128 + signal.SIGTERM
    assert "the same command goes on" in ran.said[-1]
    monkeypatch.setattr(succession, "quiet_time", lambda _draft: dt.timedelta(0))
    assert santral("campaign", "replace", "20212", "--yes").out == "20213\n"
    assert sent(running).count("PATCH /ivr_campaigns/20212") == 1


def test_the_draft_goes_on_by_its_own_reference_and_by_launch(
        santral: Santral, running: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as typing:
        at_a_terminal(typing, "y\nn\n")
        assert santral("campaign", "replace", "20212").status == 1
    assert santral("campaign", "show", "d2", "--json").document["replaces"] == 1
    assert santral("campaign", "launch", "d2", "--yes").out == "20213\n"
    assert sent(running)[-1] == "DELETE /ivr_campaigns/20212"


@pytest.mark.usefixtures("impatient")
def test_where_the_old_one_is_not_deleted_the_same_command_tries_it_again(
        santral: Santral, start: Started, home: Path) -> None:
    sandbox = start("delete:500:9", config=HOOK)
    assert santral("campaign", "launch", a_draft(home), "--yes").status == 0
    heard(home, ONE)
    ran = santral("campaign", "replace", "20212", "--yes")
    assert (ran.status, ran.out) == (4, "20213\n")
    assert "santral campaign replace 20212 tries it again" in ran.said[-1]
    creates = sent(sandbox).count("POST /ivr_campaigns.json")
    while (ran := santral("campaign", "replace", "20212", "--yes")).status != 0:
        assert ran.status in (1, 3)
    assert sent(sandbox).count("POST /ivr_campaigns.json") == creates == 1


def test_given_up_it_stays_off(santral: Santral, running: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as typing:
        at_a_terminal(typing, "y\nn\n")
        assert santral("campaign", "replace", "20212").status == 1
    ran = santral("campaign", "replace", "20212", "--give-up", "--json")
    assert (ran.status, ran.document["step"], ran.document["state"]) == (0, "given_up", "off")
    assert santral("campaign", "show", "d2", "--json").document["state"] == "deleted"
    assert santral("campaign", "on", "20212", "--yes").status == 0


def test_the_old_one_is_not_switched_on_beside_the_new_one(
        santral: Santral, start: Started, home: Path, impatient: None) -> None:
    start("delete:500:20", config=HOOK)
    assert santral("campaign", "launch", a_draft(home), "--yes").status == 0
    heard(home, ONE)
    assert santral("campaign", "replace", "20212", "--yes").status == 4
    ran = santral("campaign", "on", "20212", "--yes", "--json")
    assert (ran.status, ran.document["error"]["code"]) == (1, "store.has_successor")
    assert "--beside-successor" in ran.document["error"]["message"]


@pytest.fixture
def replaced(santral: Santral, start: Started, home: Path, impatient: None) -> Sandbox:
    """20213 stands in the place of 20212, which is off and could not be deleted."""
    sandbox = start("delete:403:20", config=HOOK)
    assert santral("campaign", "launch", a_draft(home), "--yes").status == 0
    heard(home, ONE)
    assert santral("campaign", "replace", "20212", "--yes").status == 4
    return sandbox


def test_a_script_says_that_both_may_call(santral: Santral, replaced: Sandbox) -> None:
    asked = santral("campaign", "on", "20212", "--beside-successor", "--json")
    assert (asked.status, asked.document["error"]["code"]) == (1, "command.switch_on.needs_yes")
    assert sent(replaced).count("PATCH /ivr_campaigns/20212") == 1
    ran = santral("campaign", "on", "20212", "--beside-successor", "--yes", "--json")
    assert (ran.status, ran.document["state"]) == (0, "on"), ran.err
    assert sent(replaced).count("PATCH /ivr_campaigns/20212") == 2


@pytest.mark.parametrize(("typed", "status"), [("1\n", 0), ("2\n", 1), ("y\n", 1), ("", 1)])
def test_at_a_terminal_the_count_of_whom_both_may_call_is_typed(
        santral: Santral, replaced: Sandbox, monkeypatch: pytest.MonkeyPatch, typed: str, status: int) -> None:
    at_a_terminal(monkeypatch, typed)
    ran = santral("campaign", "on", "20212", "--beside-successor")
    assert ran.status == status
    assert any("Another campaign was launched in its place" in line for line in ran.said)
    assert sent(replaced).count("PATCH /ivr_campaigns/20212") == (2 if status == 0 else 1)


def test_it_is_said_of_one_campaign_and_of_one_that_was_replaced(santral: Santral, replaced: Sandbox) -> None:
    ran = santral("campaign", "on", "20212", "20213", "--beside-successor", "--yes", "--json")
    assert (ran.status, ran.document["error"]["code"]) == (1, "command.switch_on.beside_one")
    ran = santral("campaign", "on", "20213", "--beside-successor", "--yes", "--json")
    assert (ran.status, ran.document["error"]["code"]) == (1, "command.switch_on.no_successor")
    assert sent(replaced).count("PATCH /ivr_campaigns/20212") == 1


