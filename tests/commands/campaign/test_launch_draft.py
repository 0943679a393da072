"""`santral campaign launch REF`: a draft of the list, with every check and question of `create`."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from tests.commands.conftest import Santral, Started, changes, requests_of
from tests.conftest import KEY
from tests.store.results import begun
from tui import bootstrap
from tui.campaign.lifecycle import Created
from tui.campaign.phone_list import Number
from tui.campaign.results import Notification
from tui.core.clock import utc_now
from tui.core.secret import MASK
from tui.i18n.words import Words, folded
from tui.operations.phone_list import validated
from tui.sandbox.server import Sandbox
from tui.store import Delivery, ResultFilter, Store

ONE, TWO = "905321234567", "905321234568"
FIELDS = {"name": "Anket", "call_type": "queue", "queue_number": "201", "cli": "02129630131",
          "active_days": "1,2,3,4,5,6,7", "time_range_begin": "00:00", "time_range_end": "23:59"}


def a_draft(home: Path, *phones: str, profile: str = "acme", **fields: str) -> str:
    store = Store.open(home / "data" / "santral" / "santral.db", fold=folded, sort_key=bootstrap.sort_text)
    number = store.drafts.create(profile, FIELDS | fields)
    store.numbers.add(number, validated(map(Number, phones or (ONE, TWO))))
    store.close()
    return f"d{number}"


def at_a_terminal(monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    monkeypatch.setattr("tui.commands.output._is_terminal", lambda _stream: True)
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))


def body(sandbox: Sandbox) -> dict[str, Any]:
    (request,) = changes(sandbox)
    return dict(json.loads(request.body))


def state(santral: Santral, ref: str) -> str:
    return str(santral("campaign", "show", ref, "--json").document["state"])


def test_the_draft_is_sent_as_it_stands_and_its_id_alone_is_printed(
    santral: Santral, sandbox: Sandbox, config_file: Path, home: Path
) -> None:
    ran = santral("campaign", "launch", a_draft(home), "--yes")
    assert (ran.status, ran.out) == (0, "20212\n")
    assert body(sandbox) == {
        "key": KEY, "call_type": "queue", "name": "Anket", "active_days": [1, 2, 3, 4, 5, 6, 7], "cli": "902129630131",
        "queue_number": 201, "time_range_begin": "00:00", "time_range_end": "23:59",
        "phone_list": [{"phone": ONE}, {"phone": TWO}]}
    assert state(santral, "20212") == "on"
    history = santral("campaign", "show", "d1", "--json").document["history"]
    assert [(entry["event"], entry["by"]) for entry in history[:2]] == [("created", None), ("launched", "command")]


def test_who_answered_after_the_draft_was_made_is_left_out_and_told(
    santral: Santral, sandbox: Sandbox, config_file: Path, home: Path
) -> None:
    source = int(a_draft(home)[1:])
    store = Store.open(home / "data" / "santral" / "santral.db", fold=folded, sort_key=bootstrap.sort_text)
    store.ledger.resolve(begun(store, source), Created(30_001))
    draft = store.follow_ups.make(source, ResultFilter(), FIELDS | {"name": "Takip"}).draft
    answer = Notification("n1", 30_001, "", "1", TWO, "1", "Cevaplandı", utc_now())
    store.deliveries.ingest([Delivery("token", utc_now(), answer)])
    store.close()
    told = "1 number is left out"
    assert told in santral("campaign", "launch", f"d{draft}", "--dry-run").err
    ran = santral("campaign", "launch", f"d{draft}", "--yes", "--json")
    assert (ran.status, ran.document["left_out"]["answered_since"], ran.document["left_out"]["total"]) == (0, 1, 1)
    assert told in ran.err
    assert body(sandbox)["phone_list"] == [{"phone": ONE}]


def test_a_second_time_nothing_is_sent_and_the_id_is_printed_again(
    santral: Santral, sandbox: Sandbox, config_file: Path, home: Path
) -> None:
    draft = a_draft(home)
    assert santral("campaign", "launch", draft, "--yes").status == 0
    for ref in (draft, "20212"):
        ran = santral("campaign", "launch", ref, "--yes", "--json")
        assert (ran.status, ran.document["outcome"], ran.document["id"]) == (0, "created", 20212)
        assert ran.document["reason"]["code"] == "command.launch.before"
    again = santral("campaign", "launch", draft, "--yes", "--again")
    assert (again.status, len(again.said)) == (1, 1)
    assert len(changes(sandbox)) == 1


def test_the_same_request_of_another_draft_is_a_twin(
    santral: Santral, sandbox: Sandbox, config_file: Path, home: Path
) -> None:
    first, second = a_draft(home), a_draft(home)
    assert santral("campaign", "launch", first, "--yes").out == "20212\n"
    ran = santral("campaign", "launch", second, "--yes")
    assert (ran.status, ran.out, len(ran.said)) == (0, "20212\n", 1)
    assert state(santral, second) == "draft"
    assert santral("campaign", "launch", second, "--yes", "--again").out == "20213\n"
    assert len(changes(sandbox)) == 2


def test_a_draft_and_a_file_that_ask_for_the_same_are_twins(
    santral: Santral, sandbox: Sandbox, config_file: Path, campaign_file: Path, home: Path
) -> None:
    draft = a_draft(home, name="Memnuniyet anketi")
    assert santral("campaign", "launch", draft, "--yes").out == "20212\n"
    assert santral("campaign", "create", campaign_file, "--yes").out == "20212\n"
    assert len(changes(sandbox)) == 1


def test_a_key_of_one_s_own_is_the_launch_s(santral: Santral, sandbox: Sandbox, config_file: Path, home: Path) -> None:
    first, second = a_draft(home), a_draft(home, name="Başka")
    assert santral("campaign", "launch", first, "--yes", "--key", "gece").status == 0
    assert santral("campaign", "launch", second, "--yes", "--key", "gece").status == 2
    assert len(changes(sandbox)) == 1


def test_without_a_terminal_and_without_yes_nothing_is_sent(
    santral: Santral, sandbox: Sandbox, config_file: Path, home: Path
) -> None:
    ran = santral("campaign", "launch", a_draft(home), "--json")
    assert (ran.status, ran.document["error"]["code"]) == (1, "command.create.needs_yes")
    assert changes(sandbox) == []


@pytest.mark.parametrize(("typed", "status"), [("y\n", 0), ("evet\n", 0), ("n\n", 1), ("\n", 1), ("", 1)])
def test_it_asks_as_create_does(
    santral: Santral, sandbox: Sandbox, config_file: Path, home: Path, monkeypatch: pytest.MonkeyPatch, typed: str,
    status: int,
) -> None:
    draft = a_draft(home)
    at_a_terminal(monkeypatch, typed)
    ran = santral("campaign", "launch", draft)
    assert ran.status == status
    assert "2 numbers will be called" in ran.err
    assert len(changes(sandbox)) == (status == 0)


@pytest.mark.parametrize(("typed", "status"), [("2\n", 0), ("3\n", 1), ("y\n", 1)])
def test_a_large_count_has_to_be_typed(
    santral: Santral, start: Started, home: Path, monkeypatch: pytest.MonkeyPatch, typed: str, status: int
) -> None:
    sandbox = start(profile="confirm_above = 1")
    draft = a_draft(home)
    at_a_terminal(monkeypatch, typed)
    assert santral("campaign", "launch", draft).status == status
    assert len(changes(sandbox)) == (status == 0)


def test_who_must_not_be_called_is_left_out(
    santral: Santral, sandbox: Sandbox, config_file: Path, home: Path
) -> None:
    draft = a_draft(home)
    santral("dnc", "add", ONE)
    ran = santral("campaign", "launch", draft, "--yes", "--json")
    assert ran.status == 0
    assert ran.document["left_out"]["total"] == 1
    assert body(sandbox)["phone_list"] == [{"phone": TWO}]


def test_with_do_not_call_they_are_called_all_the_same(
    santral: Santral, sandbox: Sandbox, config_file: Path, home: Path
) -> None:
    draft = a_draft(home)
    santral("dnc", "add", ONE)
    assert santral("campaign", "launch", draft, "--yes", "--with-do-not-call").status == 0
    assert body(sandbox)["phone_list"] == [{"phone": ONE}, {"phone": TWO}]


def test_where_it_is_not_known_who_must_not_be_called_nobody_is(
    santral: Santral, start: Started, home: Path
) -> None:
    sandbox = start("lookup:500")
    draft = a_draft(home)
    ran = santral("campaign", "launch", draft, "--yes")
    assert ran.status == 1
    assert requests_of(sandbox, "POST") == []
    assert state(santral, draft) == "draft"


@pytest.mark.parametrize(("phones", "fields", "field"), [
    ((ONE, "123"), {}, "phone_list"), ((ONE,), {"queue_number": ""}, "queue_number"),
    ((ONE,), {"name": ""}, "name"), ((ONE,), {"time_range_begin": "25:00"}, "time_range_begin"),
])
def test_a_draft_with_problems_is_refused_with_each_of_them(
    santral: Santral, sandbox: Sandbox, config_file: Path, home: Path, phones: tuple[str, ...],
    fields: dict[str, str], field: str,
) -> None:
    ran = santral("campaign", "launch", a_draft(home, *phones, **fields), "--yes", "--json")
    assert (ran.status, ran.document["ok"]) == (1, False)
    assert field in {problem["field"] for problem in ran.document["problems"] if problem["weight"] == "error"}
    assert ran.said[-1] == Words("en").say("command.create.not_yet", count=1)
    assert sandbox.requests == []


def test_its_rows_that_cannot_be_called_are_named(
    santral: Santral, sandbox: Sandbox, config_file: Path, home: Path
) -> None:
    ran = santral("campaign", "launch", a_draft(home, ONE, "123", "[/x]"), "--yes", "--json")
    assert [said.partition(":")[0] for said in ran.said[:2]] == ["phone_list, row 2", "phone_list, row 3"]
    assert "“123” is too short" in ran.said[0]
    rows = [found["row"] for found in ran.document["problems"] if found["field"] == "phone_list"]
    assert rows == [2, 3, None]


def test_a_dry_run_shows_what_is_sent_and_leaves_the_draft(
    santral: Santral, sandbox: Sandbox, config_file: Path, home: Path
) -> None:
    draft = a_draft(home)
    shown = santral("campaign", "launch", draft, "--dry-run").document
    assert shown["key"] == MASK
    assert changes(sandbox) == []
    assert state(santral, draft) == "draft"
    santral("campaign", "launch", draft, "--yes")
    assert body(sandbox) == shown | {"key": KEY}


@pytest.mark.parametrize("more", [(), ("--dry-run",)])
def test_hours_that_are_over_are_told(
    santral: Santral, sandbox: Sandbox, config_file: Path, home: Path, more: tuple[str, ...]
) -> None:
    draft = a_draft(home, date_range_begin="2020-01-01", date_range_end="2020-01-02")
    ran = santral("campaign", "launch", draft, "--yes", *more)
    assert ran.status == 0
    assert Words("en").say("text.review.nobody_hours") in ran.said


def test_a_rejected_draft_can_be_launched_again(santral: Santral, start: Started, home: Path) -> None:
    start("403:1")
    draft = a_draft(home)
    ran = santral("campaign", "launch", draft, "--yes", "--json")
    assert (ran.status, ran.document["outcome"], ran.document["ref"]) == (1, "rejected", draft)
    assert santral("campaign", "launch", draft, "--yes").out == "20212\n"


@pytest.mark.usefixtures("impatient")
def test_a_lost_answer_is_unconfirmed_and_stays_so(santral: Santral, start: Started, home: Path) -> None:
    sandbox = start("lost-answer:1")
    draft = a_draft(home)
    for _ in range(2):
        ran = santral("campaign", "launch", draft, "--yes", "--json")
        assert (ran.status, ran.document["outcome"], ran.document["ref"]) == (3, "unconfirmed", draft)
    assert len(requests_of(sandbox, "POST")) == 1


@pytest.mark.parametrize("action", [("delete", "20212", "--yes")])
def test_what_is_deleted_is_no_draft(
    santral: Santral, sandbox: Sandbox, config_file: Path, home: Path, action: tuple[str, ...]
) -> None:
    draft = a_draft(home)
    santral("campaign", "launch", draft, "--yes")
    santral("campaign", *action)
    ran = santral("campaign", "launch", draft, "--yes")
    assert (ran.status, ran.out, len(ran.said)) == (1, "", 1)


def test_of_one_that_the_provider_denies_it_is_said_so(santral: Santral, start: Started, home: Path) -> None:
    start()
    draft = a_draft(home)
    santral("campaign", "launch", draft, "--yes")
    sandbox = start()  # which knows of none
    santral("campaign", "off", "20212")
    ran = santral("campaign", "launch", draft, "--yes", "--json")
    assert (ran.status, ran.document["reason"]["code"]) == (0, "command.earlier.missing")
    assert requests_of(sandbox, "POST") == []


def test_what_was_made_elsewhere_is_no_draft(santral: Santral, sandbox: Sandbox, config_file: Path) -> None:
    santral("campaign", "adopt", "20299")
    ran = santral("campaign", "launch", "20299", "--yes")
    assert (ran.status, ran.out, len(ran.said)) == (1, "", 1)


@pytest.mark.parametrize(("config", "profile"), [("", "read_only = true"), ('profile = "acme"', "")])
def test_a_profile_that_may_not_launch_it_sends_nothing(
    santral: Santral, start: Started, home: Path, config: str, profile: str
) -> None:
    sandbox = start(config=config, profile=profile)
    draft = a_draft(home, profile="acme" if profile else "other")
    ran = santral("campaign", "launch", draft, "--yes")
    assert (ran.status, ran.out, len(ran.said)) == (1, "", 1)
    assert sandbox.requests == []
