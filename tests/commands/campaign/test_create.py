"""`santral campaign create`: what reaches the provider, and what becomes of it, whatever happens on the way."""

from __future__ import annotations

import asyncio
import datetime as dt
import io
import itertools
import json
import os
import socket
from pathlib import Path
from typing import Any

import pytest

from tests.commands.conftest import CAMPAIGN, Santral, Started, changes, everything_under, requests_of
from tests.conftest import KEY, write_config
from tui import bootstrap
from tui.campaign.lifecycle import AskedBy, Outcome, State, Unconfirmed
from tui.commands.campaign import create, sending
from tui.core import base_url
from tui.core.reason import Reason
from tui.core.secret import MASK
from tui.i18n.words import Words
from tui.operations.launch import Upload
from tui.sandbox.server import Sandbox
from tui.store import StoreBusy, StoreFull
from tui.store.drafts import Drafts
from tui.store.ledger import Ledger

EXAMPLES = Path(__file__).parents[2] / "examples"


def as_sent(example: dict[str, Any]) -> dict[str, Any]:
    """The request that the provider's example means: empty targets left out, numbers in the form `90…`."""
    sent = {name: value for name, value in example.items() if value != ""} | {"key": KEY}
    sent["phone_list"] = [row | {"phone": "90" + row["phone"].removeprefix("0")} for row in example["phone_list"]]
    return sent


@pytest.mark.parametrize("name", ["ivr", "queue"])
def test_an_example_of_the_document_reaches_the_provider_as_the_document_shows_it(
    santral: Santral, sandbox: Sandbox, config_file: Path, name: str
) -> None:
    ran = santral("campaign", "create", EXAMPLES / f"{name}.toml", "--yes")
    assert (ran.status, ran.out) == (0, "20212\n")
    assert requests_of(sandbox, "POST") == ["/ivr_campaigns.json"]
    example = json.loads((EXAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    assert json.loads(changes(sandbox)[0].body) == as_sent(example)


def test_json_tells_what_became_of_it(santral: Santral, config_file: Path, campaign_file: Path) -> None:
    ran = santral("campaign", "create", campaign_file, "--yes", "--json")
    assert ran.status == 0
    assert ran.document == {"outcome": "created", "id": 20212, "ref": "20212", "reason": None}


def test_a_dry_run_shows_the_request_and_neither_sends_nor_keeps_anything(
    santral: Santral, sandbox: Sandbox, config_file: Path, campaign_file: Path, home: Path
) -> None:
    ran = santral("campaign", "create", campaign_file, "--dry-run")
    assert ran.status == 0
    assert next(iter(ran.document)) == "key"
    assert ran.document == {
        "key": MASK, "call_type": "queue", "name": "Memnuniyet anketi", "active_days": [1, 2, 3, 4, 5, 6, 7],
        "cli": "902129630131", "queue_number": 201, "time_range_begin": "00:00", "time_range_end": "23:59",
        "phone_list": [{"phone": "905321234567"}, {"phone": "905321234568"}]}
    assert changes(sandbox) == []
    assert list(home.rglob("*.db")) == []


def test_no_half_of_a_draft_stays_though_the_store_fails_again_meanwhile(
        santral: Santral, config_file: Path, campaign_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    remove, failed = Drafts.remove, []

    async def full(*_arguments: object) -> None:
        raise StoreFull(Reason("store.full", {"path": "santral.db"}))

    def fails_twice(drafts: Drafts, campaign: int) -> None:
        failed.append(campaign)
        if len(failed) < 3:
            raise StoreBusy(Reason("store.busy", {"path": "santral.db"}))
        remove(drafts, campaign)

    monkeypatch.setattr("tui.commands.campaign.create.add_numbers", full)
    monkeypatch.setattr(Drafts, "remove", fails_twice)
    ran = santral("campaign", "create", campaign_file, "--yes")
    assert ran.status == 1
    assert ran.said == [Words("en").say("store.full", path="santral.db")]
    assert len(failed) == 3
    assert santral("campaign", "list", "--json").document["campaigns"] == []


def test_a_large_request_is_told_before_it_is_sent(
    santral: Santral, config_file: Path, campaign_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.campaign.request.LARGE_BYTES", 40)
    monkeypatch.setattr("tui.commands.campaign.plan._SIZED_AT_ONCE", 1)
    for options in (("check",), ("create", "--dry-run"), ("create", "--yes")):
        ran = santral("campaign", *options, campaign_file)
        assert (ran.status, len(ran.said)) == (0, 1)
        assert "2 numbers, 1 kB" in ran.said[0]


@pytest.mark.parametrize("language", ["en", "tr"])
def test_that_nobody_would_be_called_is_said_in_place_of_ok(
    santral: Santral, start: Started, tmp_path: Path, language: str
) -> None:
    """The machine's hour is the test's: whatever that is, yesterday is over."""
    start(config=f'language = "{language}"')
    file = tmp_path / "over.toml"
    file.write_text('date_range_begin = "2020-01-01"\ndate_range_end = "2020-01-02"\n' + CAMPAIGN, encoding="utf-8")
    nobody = Words(language).say("text.review.nobody_hours")
    ran = santral("campaign", "check", file)
    assert (ran.status, ran.out) == (0, f"{nobody}\n")
    for options in (("--dry-run",), ("--yes",)):
        ran = santral("campaign", "create", file, *options)
        assert (ran.status, ran.said[-1]) == (0, nobody)
    none = tmp_path / "none.toml"
    none.write_text(CAMPAIGN.replace("05321234567", "0532").replace("05321234568", "0533"), encoding="utf-8")
    ran = santral("campaign", "check", none)
    assert (ran.status, ran.out, ran.said[-1]) == (1, "", Words(language).say("text.review.nobody_numbers"))


def test_a_dry_run_is_what_is_sent(santral: Santral, sandbox: Sandbox, config_file: Path, tmp_path: Path) -> None:
    file = tmp_path / "campaign.toml"
    file.write_text(CAMPAIGN + '[[phone_list]]\nphone = "+90 532 123 45 67"\nphrase = "#456"\n', encoding="utf-8")
    shown = santral("campaign", "create", file, "--dry-run").document
    santral("campaign", "create", file, "--yes")
    assert json.loads(changes(sandbox)[0].body) == shown | {"key": KEY}
    assert len(shown["phone_list"]) == 2  # the third is the first again


def test_with_a_receiver_the_results_are_asked_for_under_a_token_that_a_dry_run_does_not_show(
    santral: Santral, start: Started, campaign_file: Path
) -> None:
    sandbox = start()
    # The sandbox takes a webhook that isn't on this machine to have answered.
    config = santral("config", "path").out.strip()
    with Path(config).open("a", encoding="utf-8") as file:
        file.write('[receiver]\npublic_url = "https://calls.example.com/santral"\n')
    shown = santral("campaign", "create", campaign_file, "--dry-run").document
    assert shown["webhook_url"] == f"https://calls.example.com/santral/{MASK}"
    ran = santral("campaign", "create", campaign_file, "--yes")
    assert (ran.status, ran.out) == (0, "20212\n")
    sent = json.loads(changes(sandbox)[0].body)
    token = sent["webhook_url"].removeprefix("https://calls.example.com/santral/")
    assert len(token) >= 32
    assert list(sent)[1:] == list(shown)[1:]
    assert {**sent, "webhook_url": shown["webhook_url"], "key": MASK} == shown
    assert token not in ran.err + santral("campaign", "show", "20212", "--json").out


@pytest.mark.parametrize(("language", "way_out"), [("tr", "--yes ekleyin"), ("en", "Add --yes")])
def test_without_a_terminal_and_without_yes_nothing_is_sent(
    santral: Santral, start: Started, campaign_file: Path, language: str, way_out: str
) -> None:
    sandbox = start(config=f'language = "{language}"')
    ran = santral("campaign", "create", campaign_file)
    assert (ran.status, ran.out, len(ran.said)) == (1, "", 1)
    assert way_out in ran.err
    assert changes(sandbox) == []
    assert santral("campaign", "list", "--json").document == {"campaigns": []}


PROBLEMS = [
    ('name = ""', "name: "),
    ("ring_timeout = 20", "ring_timeout: "),
    ('ring_timeout = "30"', "ring_timeout: "),
    ('digit_target0 = "queue/201"', "digit_target0: "),
    (f'key = "{KEY}"', "key: "),
    ('cli = "12"', "cli: "),
]


@pytest.mark.parametrize(("text", "begins"), PROBLEMS)
def test_every_problem_is_a_line_and_nothing_is_kept(
    santral: Santral, sandbox: Sandbox, config_file: Path, tmp_path: Path, text: str, begins: str
) -> None:
    file = tmp_path / "campaign.toml"
    name = text.split(maxsplit=1)[0]
    kept = "".join(line for line in CAMPAIGN.splitlines(keepends=True) if not line.startswith(f"{name} "))
    file.write_text(f'{text}\n{kept.replace("00:00", "25:00")}', encoding="utf-8")
    ran = santral("campaign", "create", file, "--yes")
    assert (ran.status, ran.out) == (1, "")
    assert sum(line.startswith(begins) for line in ran.said) == 1
    assert sum(line.startswith("time_range_begin: ") for line in ran.said) == 1
    assert changes(sandbox) == []
    assert santral("campaign", "list", "--deleted", "--json").document == {"campaigns": []}


def test_problems_in_json(santral: Santral, config_file: Path, tmp_path: Path) -> None:
    file = tmp_path / "campaign.toml"
    file.write_text(CAMPAIGN.replace("05321234568", "0532"), encoding="utf-8")
    ran = santral("campaign", "create", file, "--yes", "--json")
    assert ran.status == 1
    assert ran.document["ok"] is False
    (problem,) = ran.document["problems"]
    assert (problem["field"], problem["row"], problem["line"], problem["weight"]) == ("phone_list", 2, None, "error")
    assert problem["message"] in ran.said[0]


COMMERCIAL = """\
name = "Kasım indirimi"
call_type = "ivr"
cli = "02129630131"
time_range_begin = "00:00"
time_range_end = "23:59"
welcome_announcement_id = 128
digit_target_9 = "hangup/hangup"
is_commercial = true
iys_recipient_type = "BIREYSEL"
iys_brand_code = "600123"
[[phone_list]]
phone = "05321234567"
"""


@pytest.fixture
def agreed(santral: Santral, config_file: Path, tmp_path: Path, moment: dt.datetime) -> None:
    """Whom the commercial campaign calls has agreed to that."""
    path = tmp_path / "iys.csv"
    path.write_text("Alıcı;Tür;Durum;Alıcı Türü\n05321234567;ARAMA;ONAY;BIREYSEL\n", encoding="utf-8")
    os.utime(path, (moment.timestamp(), moment.timestamp()))
    assert santral("iys", "import", path).status == 0


@pytest.mark.usefixtures("agreed")
def test_a_hint_is_told_as_one_and_stops_nothing(santral: Santral, sandbox: Sandbox, config_file: Path,
                                                 tmp_path: Path) -> None:
    file = tmp_path / "campaign.toml"
    file.write_text(COMMERCIAL, encoding="utf-8")
    checked = santral("campaign", "check", file, "--json")
    assert (checked.status, checked.document["ok"]) == (0, True)
    assert [(found["field"], found["weight"]) for found in checked.document["problems"]] == [("is_commercial", "hint")]
    ran = santral("campaign", "create", file, "--yes")
    assert (ran.status, ran.out) == (0, "20212\n")
    assert ran.said[0].startswith("is_commercial: hint: ")


@pytest.mark.usefixtures("agreed")
def test_the_key_for_refusing_is_kept_and_not_sent(santral: Santral, sandbox: Sandbox, config_file: Path,
                                                   tmp_path: Path) -> None:
    file = tmp_path / "campaign.toml"
    file.write_text(f'opt_out_key = "9"\n{COMMERCIAL}', encoding="utf-8")
    ran = santral("campaign", "create", file, "--yes")
    assert (ran.status, ran.out, ran.err) == (0, "20212\n", "")
    assert b"opt_out" not in changes(sandbox)[0].body
    assert santral("campaign", "show", "20212", "--json").document["fields"]["opt_out_key"] == "9"


@pytest.mark.parametrize("text", ["name = ", "name", "\x00", "name = 'a'\nname = 'b'"])
def test_a_file_that_is_no_toml_is_refused_in_one_line(
    santral: Santral, config_file: Path, tmp_path: Path, text: str
) -> None:
    file = tmp_path / "campaign.toml"
    file.write_text(text, encoding="utf-8")
    ran = santral("campaign", "create", file, "--yes", "--json")
    assert (ran.status, len(ran.said)) == (1, 1)
    assert str(file) in ran.err
    assert ran.document["error"]["message"] == ran.said[0]


def test_a_list_is_added_to_the_numbers_of_the_file(
    santral: Santral, sandbox: Sandbox, config_file: Path, campaign_file: Path, tmp_path: Path
) -> None:
    phones = tmp_path / "list.csv"
    phones.write_text("Telefon;Mesaj;Ad\n5551112233;#456;Ayşe\n5321234567;;Ali\n", encoding="utf-8")
    ran = santral("campaign", "create", campaign_file, "--phones", phones, "--yes")
    assert (ran.status, ran.out) == (0, "20212\n")
    assert "Ad" in ran.err  # a column that was left out is told
    assert json.loads(changes(sandbox)[0].body)["phone_list"] == [
        {"phone": "905321234567"}, {"phone": "905321234568"}, {"phone": "905551112233", "phrase": "#456"}]


def test_bad_numbers_of_a_list_are_told_with_their_lines(
    santral: Santral, sandbox: Sandbox, config_file: Path, campaign_file: Path, tmp_path: Path
) -> None:
    phones = tmp_path / "list.txt"
    phones.write_text("05551112233\n\n5,32124E+09\n0532\n", encoding="utf-8")
    ran = santral("campaign", "create", campaign_file, "--phones", phones, "--yes")
    assert ran.status == 1
    assert [line.split(":")[0] for line in ran.said] == ["list.txt, line 3", "list.txt, line 4", "Nothing was sent"]
    assert changes(sandbox) == []


def test_a_list_that_is_not_there(santral: Santral, config_file: Path, campaign_file: Path, tmp_path: Path) -> None:
    ran = santral("campaign", "create", campaign_file, "--phones", tmp_path / "none.txt", "--yes")
    assert (ran.status, len(ran.said)) == (1, 1)
    assert "none.txt" in ran.err


def at_a_terminal(monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    monkeypatch.setattr("tui.commands.output._is_terminal", lambda _stream: True)
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))


@pytest.mark.parametrize(("typed", "launched"), [
    ("y\n", True), ("YES\n", True), ("e\n", True), (" Evet \n", True),
    ("\n", False), ("", False), ("n\n", False), ("h\n", False), ("yy\n", False), ("2\n", False),
])
def test_the_question_before_a_launch_is_answered_with_no_unless_yes_is_typed(
    santral: Santral, sandbox: Sandbox, config_file: Path, campaign_file: Path, monkeypatch: pytest.MonkeyPatch,
    typed: str, launched: bool
) -> None:
    at_a_terminal(monkeypatch, typed)
    ran = santral("campaign", "create", campaign_file)
    assert "2 numbers will be called" in ran.err
    assert "Turkish time" in ran.err
    assert (ran.status, ran.out) == ((0, "20212\n") if launched else (1, ""))
    assert len(changes(sandbox)) == launched


@pytest.mark.parametrize(("typed", "launched"), [
    ("2\n", True), ("y\n", False), ("\n", False), ("", False), ("1\n", False), ("02\n", False),
])
def test_many_people_are_called_only_where_their_count_is_typed(
    santral: Santral, start: Started, campaign_file: Path, monkeypatch: pytest.MonkeyPatch, typed: str, launched: bool
) -> None:
    sandbox = start(profile="confirm_above = 1")
    at_a_terminal(monkeypatch, typed)
    ran = santral("campaign", "create", campaign_file)
    assert ran.status == (0 if launched else 1)
    assert len(changes(sandbox)) == launched
    assert len(santral("campaign", "list", "--json").document["campaigns"]) == launched


@pytest.mark.parametrize(("typed", "launched"), [("2\n", True), ("y\n", False), ("\n", False)])
def test_what_multiplies_calls_wants_the_count_typed_however_few_they_are(
    santral: Santral, sandbox: Sandbox, config_file: Path, campaign_file: Path, monkeypatch: pytest.MonkeyPatch,
    typed: str, launched: bool
) -> None:
    campaign_file.write_text("call_retries = 6\n" + campaign_file.read_text(encoding="utf-8"), encoding="utf-8")
    at_a_terminal(monkeypatch, typed)
    ran = santral("campaign", "create", campaign_file)
    assert "may be called 6 more times" in ran.err
    assert "Type 2 to launch" in ran.err
    assert (ran.status, len(requests_of(sandbox, "POST"))) == ((0, 1) if launched else (1, 0))


def test_an_odd_word_is_told_with_its_row_or_line(
    santral: Santral, config_file: Path, campaign_file: Path, tmp_path: Path
) -> None:
    campaign_file.write_text(campaign_file.read_text(encoding="utf-8").replace(
        'phone = "05321234568"', 'phone = "05321234568"\nphrase = "#456 05321112233"'), encoding="utf-8")
    phones = tmp_path / "liste.csv"
    phones.write_text("telefon;cumle\n05321234569;#0457 12.50\n", encoding="utf-8")
    ran = santral("campaign", "check", campaign_file, "--phones", phones)
    said = [line for line in ran.said if "in the phrase" in line]
    assert [("row 2" in line, "“05321112233”" in line) for line in said[:1]] == [(True, True)]
    assert [("line 2" in line, "“#0457”" in line) for line in said[1:]] == [(True, True)]
    warned = santral("campaign", "check", campaign_file, "--phones", phones, "--json").document["problems"]
    assert {(each["row"], each["line"]) for each in warned if "number." in each["code"]} == {(2, None), (None, 2)}


def test_a_number_that_comes_twice_with_another_phrase_is_told_with_both_rows(
    santral: Santral, config_file: Path, campaign_file: Path, tmp_path: Path
) -> None:
    phones = tmp_path / "liste.csv"
    phones.write_text("telefon;cumle\n05321234568;#456 12.50\n05321234569;#456 1.50\n0532 123 45 69;#456  1.50\n"
                      "+90 532 123 45 69;#456 2.50\n", encoding="utf-8")
    ran = santral("campaign", "check", campaign_file, "--phones", phones)
    said = [line for line in ran.said if "has another phrase" in line]
    assert len(said) == 2
    assert "liste.csv, line 2" in said[0]
    assert "row 2" in said[0]
    assert said[1].count("liste.csv, line") == 3
    assert "line 5" in said[1]
    assert "line 3" in said[1]
    request = santral("campaign", "create", campaign_file, "--phones", phones, "--dry-run").document
    assert [row["phone"] for row in request["phone_list"]].count("905321234569") == 1


def repeating(tmp_path: Path) -> Path:
    """Beside the two numbers of the campaign file, of which it repeats one with another phrase and once as it is."""
    phones = tmp_path / "liste.csv"
    phones.write_text("telefon;cumle\n05321234568;#456 12.50\n05321234569;#456 1.50\n0532 123 45 69;#456  1.50\n"
                      "+90 532 123 45 69;#456 2.50\n05321234568;\n", encoding="utf-8")
    return phones


@pytest.mark.parametrize("by_option", [True, False])
def test_rows_are_kept_that_repeat_a_number_with_another_phrase(
    santral: Santral, sandbox: Sandbox, config_file: Path, campaign_file: Path, tmp_path: Path, by_option: bool
) -> None:
    if not by_option:
        campaign_file.write_text("keep_repeats = true\n" + campaign_file.read_text(encoding="utf-8"), encoding="utf-8")
    asked = (campaign_file, "--phones", repeating(tmp_path), *(["--keep-repeats"] if by_option else []))
    ran = santral("campaign", "check", *asked)
    assert (ran.status, ran.out) == (0, "ok\n")
    said = [line for line in ran.said if "called again" in line]
    assert [("liste.csv, line 2" in line, "row 2" in line) for line in said[:1]] == [(True, True)]
    assert [("liste.csv, line 5" in line, "liste.csv, line 3" in line) for line in said[1:]] == [(True, True)]
    assert "2 numbers are called more than once, once for each phrase" in ran.err
    assert "2 rows repeat a number with the same phrase and language" in ran.err
    expected = [{"phone": "905321234567"}, {"phone": "905321234568"},
                {"phone": "905321234568", "phrase": "#456 12.50"}, {"phone": "905321234569", "phrase": "#456 1.50"},
                {"phone": "905321234569", "phrase": "#456 2.50"}]
    assert santral("campaign", "create", *asked, "--dry-run").document["phone_list"] == expected
    assert santral("campaign", "create", *asked, "--yes").out == "20212\n"
    (request,) = changes(sandbox)
    assert json.loads(request.body)["phone_list"] == expected
    shown = santral("campaign", "show", "20212", "--json").document
    assert shown["numbers"] == {"total": 7, "callable": 3, "bad": 0, "duplicates": 4, "called_again": 2, "left_out": 0}
    assert shown["fields"]["keep_repeats"] == "true"
    assert "2 more calls" in santral("campaign", "show", "20212").out


@pytest.mark.parametrize(("typed", "launched"), [("3\n", True), ("5\n", False), ("y\n", False), ("\n", False)])
def test_calls_that_are_kept_want_the_count_of_numbers_typed(
    santral: Santral, sandbox: Sandbox, config_file: Path, campaign_file: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, typed: str, launched: bool
) -> None:
    at_a_terminal(monkeypatch, typed)
    ran = santral("campaign", "create", campaign_file, "--phones", repeating(tmp_path), "--keep-repeats")
    assert "2 numbers are called more than once" in ran.err
    assert "Type 3 to launch" in ran.err
    assert (ran.status, len(requests_of(sandbox, "POST"))) == ((0, 1) if launched else (1, 0))


def test_whoever_must_not_be_called_is_left_out_with_every_row(
    santral: Santral, sandbox: Sandbox, config_file: Path, campaign_file: Path, tmp_path: Path
) -> None:
    santral("dnc", "add", "05321234569")
    asked = (campaign_file, "--phones", repeating(tmp_path), "--keep-repeats")
    ran = santral("campaign", "create", *asked, "--dry-run")
    assert "1 number is left out" in ran.err
    assert [row["phone"] for row in ran.document["phone_list"]] == ["905321234567", "905321234568", "905321234568"]
    assert santral("campaign", "create", *asked, "--yes").out.startswith("20212\n1 number is left out")
    assert len(json.loads(changes(sandbox)[0].body)["phone_list"]) == 3


@pytest.mark.parametrize(("more", "told"), [("", True), ('webhook_url = "https://calls.example.com/x"\n', False)])
def test_a_receiver_that_nobody_outside_can_reach_is_told_before_it_is_launched(
    santral: Santral, start: Started, campaign_file: Path, monkeypatch: pytest.MonkeyPatch, more: str, told: bool
) -> None:
    monkeypatch.setattr(base_url, "is_this_machine", lambda _url: False)
    sandbox = start(config='[receiver]\npublic_url = "http://192.168.1.5:8787/santral"\n')
    campaign_file.write_text(more + campaign_file.read_text(encoding="utf-8"), encoding="utf-8")
    ran = santral("campaign", "create", campaign_file)  # nobody is there to be asked
    assert ("can't reach 192.168.1.5 from outside" in ran.err) is told
    assert requests_of(sandbox, "POST") == []


def test_with_yes_it_is_told_and_not_asked_for(
    santral: Santral, sandbox: Sandbox, config_file: Path, campaign_file: Path
) -> None:
    campaign_file.write_text(
        "thread_multiplier = 4\n" + campaign_file.read_text(encoding="utf-8").replace("05321234567", "09001234567"),
        encoding="utf-8")
    ran = santral("campaign", "create", campaign_file, "--yes")
    assert (ran.status, ran.out) == (0, "20212\n")
    assert "4 numbers are called at once" in ran.err
    assert "1 number is premium-rate" in ran.err


@pytest.mark.parametrize("command", [("check",), ("create", "--dry-run"), ("create", "--yes")])
def test_what_costs_or_calls_more_than_anybody_means_is_told_alike_by_all_that_looks_at_a_file(
    santral: Santral, sandbox: Sandbox, config_file: Path, campaign_file: Path, command: tuple[str, ...],
) -> None:
    session = bootstrap.open_config(bootstrap.Sources(config_file, {}), AskedBy.COMMAND)
    session.use_profile(session.config.choose()).store.account.keep("acme", "user", {1000: "AVAILABLE", 1001: ""})
    session.close()
    text = campaign_file.read_text(encoding="utf-8").replace("05321234567", "00449012345678")
    campaign_file.write_text("max_thread_count = 61\n" + text, encoding="utf-8")
    ran = santral("campaign", *command, campaign_file)
    assert ran.status == 0
    for told in ("“00449012345678” is a premium-rate or shared-cost number", "1 number is premium-rate",
                 "61 numbers are called at once; more than 60"):
        assert [told in line for line in ran.said].count(True) == 1, ran.err
    queue = campaign_file.with_name("queue.toml")
    queue.write_text('call_type = "queue"\nname = "Q"\nqueue_number = 201\nmax_thread_count = 3\ncli = "902129630131"\n'
                     '[[phone_list]]\nphone = "05321234567"\n', encoding="utf-8")
    ran = santral("campaign", *command, queue)
    assert (ran.status, ran.err.count("the account shows only 2 extensions to take the calls")) == (0, 1)


@pytest.mark.parametrize(("profile", "words"), [("read_only = true", "read-only"), ("", "API key")])
def test_a_profile_that_may_not_launch_is_refused_before_anything_is_kept(
    santral: Santral, home: Path, sandbox: Sandbox, campaign_file: Path, profile: str, words: str
) -> None:
    path = write_config(home, sandbox.address, profile_more=profile)
    if not profile:
        path.write_text(f'[profiles.acme]\nbase_url = "{sandbox.address}"\npolite_hours = "off"\n', encoding="utf-8")
    ran = santral("campaign", "create", campaign_file, "--yes")
    assert (ran.status, len(ran.said)) == (1, 1)
    assert words in ran.err
    assert changes(sandbox) == []
    assert santral("campaign", "list", "--json").document == {"campaigns": []}


FAULTS = [
    ("lost-answer", 3, "unconfirmed"),
    ("cut", 3, "unconfirmed"),
    ("stall", 3, "unconfirmed"),
    ("500", 3, "unconfirmed"),
    ("500-after", 3, "unconfirmed"),
    ("html", 3, "unconfirmed"),
    ("429", 1, "rejected"),
]


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(("fault", "status", "outcome", "language"), [
    *((*fault, "en") for fault in FAULTS), *((*fault, "tr") for fault in FAULTS if fault[0] in ("cut", "429")),
])
def test_a_fault_ends_in_its_outcome_after_one_request(
    santral: Santral, start: Started, campaign_file: Path, home: Path, fault: str, status: int, outcome: str,
    language: str
) -> None:
    sandbox = start(fault, config=f'language = "{language}"')
    ran = santral("campaign", "create", campaign_file, "--yes", "--json")
    assert ran.status == status
    assert (ran.document["outcome"], ran.document["id"], ran.document["ref"]) == (outcome, None, "d1")
    assert len(ran.said) == 1
    assert ran.document["reason"]["message"] in ran.said[0]
    assert "d1" in ran.said[0]
    if status == 3:
        assert "santral campaign adopt ID --as d1" in ran.said[0]
        assert "santral campaign not-created d1" in ran.said[0]

    (listed,) = santral("campaign", "list", "--json").document["campaigns"]
    assert (listed["ref"], listed["state"]) == ("d1", outcome)
    assert santral("campaign", "show", "d1").status == 0
    session = bootstrap.open_config(bootstrap.Sources(None, {"HOME": str(home)}), AskedBy.APP)
    session.use_profile(session.config.choose())
    session.close()
    assert requests_of(sandbox, "POST") == ["/ivr_campaigns.json"]
    assert KEY.encode() not in everything_under(home / "data") + everything_under(home / "state")


@pytest.mark.usefixtures("impatient")
def test_an_unconfirmed_one_is_settled_with_its_id(santral: Santral, start: Started, campaign_file: Path) -> None:
    sandbox = start("lost-answer")
    assert santral("campaign", "create", campaign_file, "--yes").status == 3
    told = santral("campaign", "show", "d1").out
    assert "campaign adopt ID --as d1" in told  # what a key would do in the app is no way out here
    assert "press" not in told
    ran = santral("campaign", "adopt", "20212", "--as", "d1")
    assert ran.status == 0
    (listed,) = santral("campaign", "list", "--json").document["campaigns"]
    assert (listed["ref"], listed["id"], listed["state"], listed["name"]) == (
        "20212", 20212, "on", "Memnuniyet anketi")
    assert santral("campaign", "off", "20212").status == 0
    assert [request.method for request in changes(sandbox)] == ["POST", "PATCH"]


@pytest.mark.usefixtures("impatient")
def test_an_unconfirmed_one_that_was_not_created_is_a_draft_again(
    santral: Santral, start: Started, campaign_file: Path
) -> None:
    sandbox = start("500:1")
    assert santral("campaign", "create", campaign_file, "--yes").status == 3
    assert santral("campaign", "not-created", "d1").status == 0
    (listed,) = santral("campaign", "list", "--json").document["campaigns"]
    assert (listed["ref"], listed["state"]) == ("d1", "draft")
    again = santral("campaign", "not-created", "d1")
    assert (again.status, len(again.said)) == (1, 1)
    assert len(changes(sandbox)) == 1


def test_a_refusal_is_told_in_the_providers_words_and_the_draft_stays(
    santral: Santral, sandbox: Sandbox, config_file: Path, tmp_path: Path
) -> None:
    file = tmp_path / "campaign.toml"
    file.write_text(CAMPAIGN.replace("201", "999"), encoding="utf-8")
    ran = santral("campaign", "create", file, "--yes")
    assert (ran.status, ran.out, len(ran.said)) == (1, "", 1)
    assert "cannot find queue 999" in ran.err
    assert "d1" in ran.err
    assert santral("campaign", "list", "--json").document["campaigns"][0]["state"] == "rejected"


def test_a_wrong_key_is_refused_without_being_told(
    santral: Santral, home: Path, campaign_file: Path, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_config(home, sandbox.address)
    monkeypatch.setenv("SANTRAL_API_KEY", "another-key-entirely")
    ran = santral("campaign", "create", campaign_file, "--yes")
    assert ran.status == 1
    assert "another-key-entirely" not in ran.err
    assert b"another-key-entirely" not in everything_under(home)


def test_where_nobody_listens_nothing_was_sent(santral: Santral, home: Path, campaign_file: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        write_config(home, f"http://127.0.0.1:{taken.getsockname()[1]}")
        unknown = santral("campaign", "create", campaign_file, "--yes", "--json")
        ran = santral("campaign", "create", campaign_file, "--yes", "--json", "--with-do-not-call")
    assert (unknown.status, unknown.document["ok"]) == (1, False)
    assert ran.status == 1
    assert (ran.document["outcome"], ran.document["ref"]) == ("not_sent", "d1")
    assert santral("campaign", "list", "--json").document["campaigns"][0]["state"] == "draft"


def test_an_answer_that_could_not_be_written_down_is_unconfirmed_not_failed(
    santral: Santral, sandbox: Sandbox, config_file: Path, campaign_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> bool:
        raise StoreFull(Reason("store.full", {"path": "santral.db"}))

    with monkeypatch.context() as broken:
        broken.setattr(Ledger, "resolve", full)
        ran = santral("campaign", "create", campaign_file, "--yes")
        again = santral("campaign", "create", campaign_file, "--yes", "--json")
        another = santral("campaign", "create", campaign_file, "--yes", "--json", "--again")
    assert (ran.status, ran.out, len(ran.said)) == (3, "20212\n", 1)
    assert "santral campaign adopt 20212 --as d1" in ran.err
    assert "no room left on the disk" in ran.err
    assert (again.status, again.document["outcome"], again.document["ref"]) == (3, "unconfirmed", "d1")
    assert (another.status, another.document["outcome"], another.document["id"]) == (3, "unconfirmed", 20213)
    assert santral("campaign", "list", "--json").document["campaigns"][0]["state"] == State.UNCONFIRMED
    assert santral("campaign", "adopt", "20212", "--as", "d1").status == 0
    assert len(requests_of(sandbox, "POST")) == 2


def test_a_mistake_of_ours_is_one_sentence_and_a_traceback_in_the_log_without_the_key(
    santral: Santral, config_file: Path, campaign_file: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object, **_others: object) -> None:
        raise RuntimeError(f"a mistake with {KEY}")

    monkeypatch.setattr(create, "prepare", broken)
    ran = santral("campaign", "create", campaign_file, "--yes")
    assert (ran.status, len(ran.said)) == (1, 1)
    (log,) = home.rglob("santral.log")
    assert str(log) in ran.err
    logged = log.read_text(encoding="utf-8")
    assert "RuntimeError: a mistake with" in logged
    assert KEY not in logged


def test_an_id_that_nobody_can_read_on_stdout_is_said_on_stderr_and_is_no_failure(
    santral: Santral, sandbox: Sandbox, config_file: Path, campaign_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "line", lambda _text: False)
    ran = santral("campaign", "create", campaign_file, "--yes")
    assert ran.status == 0
    assert "20212" in ran.err


@pytest.mark.parametrize("at_terminal", [True, False])
async def test_how_far_a_request_is_is_told_at_a_terminal_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], at_terminal: bool
) -> None:
    monkeypatch.setattr("tui.commands.output._is_terminal", lambda _stream: at_terminal)
    monkeypatch.setattr(sending, "_PROGRESS_EVERY", 0)
    monkeypatch.setattr(Upload, "sent", 1_500_000)
    monkeypatch.setattr(Upload, "total", 3_000_000)
    for complete in (False, True):
        monkeypatch.setattr(Upload, "complete", complete)
        async with sending._progress_shown(Upload()):
            for _ in range(5):
                await asyncio.sleep(0)  # the teller's turns
    told = capsys.readouterr().err
    assert ("1.5 MB of 3.0 MB sent (50 %)" in told, "All 3.0 MB sent" in told) == (at_terminal, at_terminal)
    assert bool(told) is at_terminal
    assert not told or told.endswith("\r\033[K")  # the line is left blank


def test_an_answer_that_is_written_down_after_all_is_a_success(
    santral: Santral, sandbox: Sandbox, config_file: Path, campaign_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle, tries = Ledger.resolve, itertools.count(1)

    def busy(ledger: Ledger, launch: int, outcome: Outcome) -> bool:
        if next(tries) < 7:
            raise StoreBusy(Reason("store.busy", {"path": "santral.db"}))
        return settle(ledger, launch, outcome)

    monkeypatch.setattr(Ledger, "resolve", busy)
    ran = santral("campaign", "create", campaign_file, "--yes")
    assert (ran.status, ran.out, len(ran.said)) == (0, "20212\n", 2)
    assert "holding santral.db" in ran.err
    assert santral("campaign", "list", "--json").document["campaigns"][0]["state"] == State.ON


@pytest.mark.parametrize("as_json", [(), ("--json",)])
def test_what_is_told_is_what_the_launch_itself_came_to(
    santral: Santral, sandbox: Sandbox, config_file: Path, campaign_file: Path, monkeypatch: pytest.MonkeyPatch,
    as_json: tuple[str, ...]
) -> None:
    """Not what has become of the campaign by others meanwhile: here a draft again, as if nobody were called."""
    settle = Ledger.resolve

    def settled_otherwise(ledger: Ledger, launch: int, outcome: Outcome) -> bool:
        settle(ledger, launch, Unconfirmed(Reason("store.launch_interrupted")))
        ledger.not_created(1)
        return settle(ledger, launch, outcome)

    monkeypatch.setattr(Ledger, "resolve", settled_otherwise)
    ran = santral("campaign", "create", campaign_file, "--yes", *as_json)
    assert ran.status == 0
    assert "Nobody will be called" not in ran.err
    if as_json:
        assert (ran.document["outcome"], ran.document["id"]) == ("created", 20212)
    else:
        assert ran.out == "20212\n"


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
