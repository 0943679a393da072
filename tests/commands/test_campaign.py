"""`santral campaign list|show|on|off|delete|adopt|not-created`."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pytest

from tests.commands.conftest import CAMPAIGN, Santral, Started, requests_of
from tests.conftest import KEY, write_config
from tui import bootstrap
from tui.core.reason import Reason
from tui.sandbox.server import Sandbox
from tui.store import Store, StoreFull
from tui.store.switches import Switches

NOBODY = "http://127.0.0.1:9"  # for commands that send nothing


@pytest.fixture
def on(santral: Santral, config_file: Path, campaign_file: Path, sandbox: Sandbox) -> str:
    """A campaign that is on: its ID. What was sent for it is forgotten."""
    ran = santral("campaign", "create", campaign_file, "--yes")
    sandbox.requests.clear()
    return ran.out.strip()


def state_of(santral: Santral, ref: str) -> str:
    return str(santral("campaign", "show", ref, "--json").document["state"])


def a_draft(home: Path, profile: str = "acme", **fields: str) -> str:
    """A draft that the app might have made: its reference."""
    store = Store.open(home / "data" / "santral" / "santral.db", fold=str, sort_key=bootstrap.sort_text)
    number = store.drafts.create(profile, {"name": "Taslak", "call_type": "ivr", **fields})
    store.close()
    return f"d{number}"


def full(*_: object) -> bool:
    raise StoreFull(Reason("store.full", {"path": "santral.db"}))


def test_an_empty_list_is_a_heading(santral: Santral, home: Path) -> None:
    write_config(home, NOBODY)
    ran = santral("campaign", "list")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.split() == ["ID", "Type", "State", "Numbers", "Window", "Campaign"]


@pytest.mark.parametrize(("language", "words"), [("tr", ("kuyruk", "açık", "bugün")), ("en", ("queue", "on", "today"))])
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
    assert "“onn” is no state" in ran.err
    assert "finished" in ran.err


def test_the_list_in_json(santral: Santral, on: str) -> None:
    (campaign,) = santral("campaign", "list", "--json").document["campaigns"]
    for name in ("created_at", "updated_at", "state_at", "last_set_at", "ends_at"):
        moment = dt.datetime.fromisoformat(campaign.pop(name))
        assert moment.utcoffset() == dt.timedelta(0)
    assert campaign == {
        "ref": "20212", "id": 20212, "number": 1, "profile": "acme", "name": "Memnuniyet anketi", "call_type": "queue",
        "state": "on", "pending": None, "unsure": False, "adopted": False, "reason": None, "test_of": None,
        "numbers": {"total": 2, "callable": 2, "bad": 0, "duplicates": 0}}


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
    ("switch:404-page", "web page"), ("switch:403", "the key, or a right, or a module"),
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
    assert all("The provider carried it out" in said for said in ran.said)
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


@pytest.mark.parametrize("arguments", [("adopt", "112"), ("adopt", "112", "--as", "REF"), ("not-created", "REF")])
def test_nor_does_it_take_in_or_settle_a_campaign(
    santral: Santral, on: str, home: Path, sandbox: Sandbox, arguments: tuple[str, ...]
) -> None:
    write_config(home, sandbox.address, profile_more="read_only = true")
    before = santral("campaign", "list", "--json").document
    ran = santral("campaign", *(on if argument == "REF" else argument for argument in arguments))
    assert (ran.status, len(ran.said)) == (1, 1)
    assert "read-only" in ran.said[0]
    assert santral("campaign", "list", "--json").document == before


@pytest.mark.parametrize(("arguments", "name", "state"), [
    ((), "Campaign 112", "unknown"),
    (("--name", "Kasım daveti"), "Kasım daveti", "unknown"),
    (("--off",), "Campaign 112", "unknown"),
])
def test_a_campaign_made_elsewhere_is_taken_in_without_a_request(
    santral: Santral, config_file: Path, sandbox: Sandbox, arguments: tuple[str, ...], name: str, state: str
) -> None:
    ran = santral("campaign", "adopt", "112", *arguments, "--json")
    assert ran.status == 0
    assert (ran.document["id"], ran.document["name"], ran.document["state"]) == (112, name, state)
    assert ran.document["adopted"] is True
    again = santral("campaign", "adopt", "112")
    assert (again.status, len(again.said)) == (1, 1)
    assert sandbox.requests == []


@pytest.mark.parametrize("name", ["", " ", "a\udcff"])
def test_what_is_no_name_is_wrong_usage(santral: Santral, name: str) -> None:
    ran = santral("campaign", "adopt", "112", f"--name={name}")
    assert (ran.status, ran.out, len(ran.said)) == (2, "", 1)


@pytest.mark.parametrize("text", ["0", "x", "", "-1", "2.5", "d7", "1" * 19])
def test_what_is_no_id_is_not_taken_in(santral: Santral, text: str) -> None:
    ran = santral("campaign", "adopt", "--", text)
    assert (ran.status, ran.out, len(ran.said)) == (2, "", 1)


def test_an_id_settles_only_what_is_unconfirmed(santral: Santral, on: str) -> None:
    ran = santral("campaign", "adopt", "112", "--as", on)
    assert (ran.status, len(ran.said)) == (1, 1)
    assert santral("campaign", "adopt", "112", "--as", on, "--name", "x").status == 2


def test_check_needs_no_configuration(santral: Santral, home: Path, campaign_file: Path, tmp_path: Path) -> None:
    ran = santral("campaign", "check", campaign_file)
    assert (ran.status, ran.out, ran.err) == (0, "ok\n", "")
    assert santral("campaign", "check", campaign_file, "--json").document == {"ok": True, "problems": []}
    bad = tmp_path / "bad.toml"
    bad.write_text(CAMPAIGN.replace("queue_number = 201", "digit_target_1 = 'queue:201'"), encoding="utf-8")
    ran = santral("campaign", "check", bad)
    assert (ran.status, ran.out) == (1, "")
    assert any(line.startswith("queue_number: ") for line in ran.said)
    assert list(home.iterdir()) == []


@pytest.mark.parametrize("language", ["tr", "en"])
def test_with_no_profile_it_is_said_how_to_make_one(santral: Santral, home: Path, language: str) -> None:
    path = home / "config.toml"
    path.write_text(f'language = "{language}"\n', encoding="utf-8")
    ran = santral("campaign", "list", "--config", path)
    assert (ran.status, len(ran.said)) == (1, 1)
    assert "SANTRAL_API_KEY" in ran.err


def test_a_broken_configuration_is_told_whole_a_line_each(santral: Santral, home: Path) -> None:
    path = home / "config.toml"
    path.write_text(f'langage = "tr"\ntheme = 3\n[profiles.acme]\napi_key = "{KEY}"\nbase_url = "http://example.com"\n',
                    encoding="utf-8")
    path.chmod(0o600)
    ran = santral("--config", path, "campaign", "list", "--json")
    assert (ran.status, len(ran.said)) == (1, 3)
    assert ran.document["error"]["message"].splitlines() == ran.said


def test_who_else_gets_at_the_store_is_told_on_stderr(home: Path, santral: Santral) -> None:
    database = home / "data" / "santral" / "santral.db"
    write_config(home, NOBODY)
    assert santral("campaign", "list").err == ""
    database.chmod(0o644)
    ran = santral("campaign", "list", "--json")
    assert (ran.status, ran.err.count("\n")) == (0, 1)
    assert f"{database} was open to other users" in ran.err
    assert santral("campaign", "list").err == ""
    database.parent.chmod(0o777)
    assert "chmod go-w" in santral("campaign", "list").err


def test_a_configuration_open_to_others_is_warned_of(santral: Santral, home: Path) -> None:
    write_config(home, NOBODY).chmod(0o644)
    ran = santral("campaign", "list")
    assert ran.status == 0
    assert "chmod 600" in ran.err


@pytest.mark.parametrize("content", [b"no database at all, but long enough to be taken for one" * 40, None])
def test_a_database_that_can_not_be_opened_is_one_line(
    santral: Santral, home: Path, content: bytes | None
) -> None:
    write_config(home, NOBODY)
    database = home / "data" / "santral" / "santral.db"
    database.parent.mkdir(parents=True)
    if content is None:
        database.mkdir()
    else:
        database.write_bytes(content)
    ran = santral("campaign", "list")
    assert (ran.status, len(ran.said)) == (1, 1)
    assert str(database) in ran.err


# Several at once

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
