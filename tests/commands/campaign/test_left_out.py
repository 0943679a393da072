"""Who must not be called is left out of what the commands show and send, and told; unless a person says otherwise."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands.conftest import CAMPAIGN, Ran, Santral, Started, changes, requests_of
from tui.operations.blocked import ask_provider
from tui.sandbox import account
from tui.sandbox.server import Sandbox

FIRST, SECOND = "905321234567", "905321234568"
OUTBOUND, INBOUND = account.BLOCKED_NUMBERS[0][1], account.BLOCKED_NUMBERS[-1][1]


def sent(sandbox: Sandbox) -> list[str]:
    (request,) = changes(sandbox)
    return [row["phone"] for row in json.loads(request.body)["phone_list"]]


def file_of(tmp_path: Path, *phones: str) -> Path:
    path = tmp_path / "campaign.toml"
    head = CAMPAIGN.partition("[[")[0]
    path.write_text(head + "".join(f'[[phone_list]]\nphone = "{phone}"\n' for phone in phones), encoding="utf-8")
    return path


def dropped(santral: Santral, ref: str) -> int:
    return int(santral("campaign", "show", ref, "--json").document["numbers"]["left_out"])


def test_who_is_on_the_list_is_not_called_and_everyone_says_so(
        santral: Santral, start: Started, campaign_file: Path) -> None:
    sandbox = start()
    santral("dnc", "add", FIRST)
    checked = santral("campaign", "check", campaign_file)
    dry = santral("campaign", "create", campaign_file, "--dry-run")
    assert [row["phone"] for row in dry.document["phone_list"]] == [SECOND]
    assert changes(sandbox) == []
    ran = santral("campaign", "create", campaign_file, "--yes")
    assert sent(sandbox) == [SECOND]
    assert ran.out.splitlines() == ["20212", checked.out.splitlines()[1]]
    assert checked.out.splitlines()[0] == "ok"
    assert "1 number is left out" in checked.out
    assert checked.said == dry.said == ran.said
    assert dropped(santral, "20212") == 1


def test_json_counts_them_by_what_keeps_them_out(santral: Santral, start: Started, tmp_path: Path) -> None:
    refused = tmp_path / "dnc.csv"
    refused.write_text(f"Telefon;Ad\n0{SECOND[2:]};Ali\n", encoding="utf-8")
    sandbox = start(profile=f'do_not_call = "{refused.as_posix()}"')
    santral("dnc", "add", FIRST)
    file = file_of(tmp_path, FIRST, SECOND, FIRST, OUTBOUND, INBOUND)
    counts = {"total": 3, "list": 1, "file": 1, "blocked": 1, "blocked_without_direction": 0, "no_consent": 0,
              "answered_since": 0, "limit": 0}
    assert santral("campaign", "check", file, "--json").document["left_out"] == counts
    assert santral("campaign", "create", file, "--yes", "--json").document == {
        "outcome": "created", "id": 20212, "ref": "20212", "reason": None, "left_out": counts}
    assert sent(sandbox) == [INBOUND]  # who may not call in is called


@pytest.mark.parametrize("options", [["check"], ["create", "--dry-run"], ["create", "--yes"]])
def test_with_do_not_call_they_are_called_all_the_same_and_told(
        santral: Santral, start: Started, tmp_path: Path, options: list[str]) -> None:
    sandbox = start()
    santral("dnc", "add", FIRST)
    ran = santral("campaign", *options, file_of(tmp_path, FIRST, SECOND), "--with-do-not-call")
    assert ran.status == 0
    assert "1 number will be called although" in ran.err
    if "--yes" in options:
        assert (ran.out, sent(sandbox)) == ("20212\n", [FIRST, SECOND])
        assert dropped(santral, "20212") == 0


@pytest.mark.parametrize("options", [["check"], ["create", "--dry-run"], ["create", "--yes"]])
def test_where_nobody_is_left_nothing_is_sent(
        santral: Santral, start: Started, campaign_file: Path, options: list[str]) -> None:
    sandbox = start()
    santral("dnc", "add", FIRST, SECOND)
    ran = santral("campaign", *options, campaign_file)
    assert (ran.status, ran.out) == (1, "")
    assert "All 2 numbers in the list must not be called" in ran.err
    assert changes(sandbox) == []
    assert santral("campaign", "list", "--json").document == {"campaigns": []}


def stopped(ran: Ran, sandbox: Sandbox, *words: str) -> None:
    assert (ran.status, ran.out) == (1, "")
    for text in words:
        assert text in ran.err
    assert changes(sandbox) == []


@pytest.mark.parametrize("options", [["check"], ["create", "--dry-run"], ["create", "--yes"]])
@pytest.mark.parametrize(("content", "words"), [
    (None, "can't be read, so nobody is called"), ("Telefon\n", "nobody is called"), ("Ad\nAyşe\n", "nobody is called"),
])
def test_a_file_that_tells_nobody_stops_the_launch(
        santral: Santral, start: Started, campaign_file: Path, tmp_path: Path, options: list[str], content: str | None,
        words: str) -> None:
    path = tmp_path / "dnc.csv"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    sandbox = start(profile=f'do_not_call = "{path.as_posix()}"')
    stopped(santral("campaign", *options, campaign_file), sandbox, words, str(path))
    assert santral("campaign", *options, campaign_file, "--with-do-not-call").status == 0


def test_a_row_without_a_readable_number_is_told_with_its_line(
        santral: Santral, start: Started, campaign_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "dnc.csv"
    path.write_text("Telefon;Ad\n0532 123 45 68;Ali\n5,32124E+09;Ayşe\n", encoding="utf-8")
    sandbox = start(profile=f'do_not_call = "{path.as_posix()}"')
    ran = santral("campaign", "create", campaign_file, "--yes")
    assert (ran.status, sent(sandbox)) == (0, [FIRST])
    assert any("(row 3)" in line and str(path) in line for line in ran.said)


@pytest.mark.parametrize("fault", ["lookup:500", "lookup:html", "lookup:lost-answer", "lookup:cut", "lookup:429",
                                   "lookup:stall"])
@pytest.mark.parametrize("options", [["check"], ["create", "--dry-run"], ["create", "--yes"]])
@pytest.mark.usefixtures("impatient")
def test_nobody_is_called_as_long_as_it_is_not_known_who_is_blocked(
        santral: Santral, start: Started, campaign_file: Path, monkeypatch: pytest.MonkeyPatch, options: list[str],
        fault: str) -> None:
    assert ask_provider.__kwdefaults__
    monkeypatch.setitem(ask_provider.__kwdefaults__, "seconds", 2)
    sandbox = start(fault)
    stopped(santral("campaign", *options, campaign_file), sandbox, "is fetched with “santral dnc fetch”")
    assert santral("campaign", *options, campaign_file, "--with-do-not-call").status == 0


@pytest.mark.usefixtures("impatient")
def test_what_was_fetched_just_before_the_provider_failed_counts_and_is_told(
        santral: Santral, start: Started, tmp_path: Path) -> None:
    start()
    assert santral("dnc", "fetch").out == "12 numbers are blocked at the provider.\n"
    sandbox = start("lookup:500")
    ran = santral("campaign", "create", file_of(tmp_path, FIRST, OUTBOUND), "--yes")
    assert (ran.status, sent(sandbox)) == (0, [FIRST])
    assert "can't be fetched right now: the 12 numbers of" in ran.err


def test_what_is_fetched_is_told_as_json(santral: Santral, config_file: Path, sandbox: Sandbox) -> None:
    told = santral("dnc", "fetch", "--json").document
    assert (told["blocked"], told["blocked_without_direction"], told["odd"]) == (12, 0, 0)
    assert requests_of(sandbox, "GET") == ["/blocked_numbers"]


def test_without_a_configuration_a_file_is_checked_as_it_is(santral: Santral, home: Path, campaign_file: Path) -> None:
    assert santral("campaign", "check", campaign_file).out == "ok\n"


def test_a_check_keeps_nothing_where_nothing_is_kept_yet(
        santral: Santral, config_file: Path, campaign_file: Path, home: Path) -> None:
    assert santral("campaign", "check", campaign_file).out == "ok\n"
    assert list(home.rglob("*.db")) == []


# The same again

@pytest.mark.parametrize("before", [True, False])
def test_the_same_file_is_the_same_campaign_whoever_is_left_out_of_it(
        santral: Santral, start: Started, campaign_file: Path, before: bool) -> None:
    sandbox = start()
    santral("dnc", "add" if before else "remove", FIRST)
    assert santral("campaign", "create", campaign_file, "--yes").out.splitlines()[0] == "20212"
    santral("dnc", "remove" if before else "add", FIRST)
    for options in (["check"], ["create", "--dry-run"]):
        assert "create would send nothing: “Memnuniyet anketi”" in santral("campaign", *options, campaign_file).err
    again = santral("campaign", "create", campaign_file, "--yes")
    assert (again.status, again.out) == (0, "20212\n")
    assert len(changes(sandbox)) == 1


def test_a_file_of_those_alone_who_were_called_is_the_same_campaign(
        santral: Santral, start: Started, tmp_path: Path) -> None:
    sandbox = start()
    santral("dnc", "add", FIRST)
    santral("campaign", "create", file_of(tmp_path, FIRST, SECOND), "--yes")
    file = file_of(tmp_path, SECOND)
    for options in (["check"], ["create", "--dry-run"]):
        assert "create would send nothing: “Memnuniyet anketi”" in santral("campaign", *options, file).err
    assert santral("campaign", "create", file, "--yes").out == "20212\n"
    assert len(changes(sandbox)) == 1


def test_a_file_that_comes_to_what_was_sent_before_is_the_same_campaign(
        santral: Santral, start: Started, tmp_path: Path) -> None:
    sandbox = start()
    santral("campaign", "create", file_of(tmp_path, SECOND), "--yes")
    santral("dnc", "add", FIRST)
    file = file_of(tmp_path, FIRST, SECOND)
    for options in (["check"], ["create", "--dry-run"]):
        assert "create would send nothing: “Memnuniyet anketi”" in santral("campaign", *options, file).err
    again = santral("campaign", "create", file, "--yes")
    assert (again.status, again.out) == (0, "20212\n")
    assert len(changes(sandbox)) == 1
    assert len(santral("campaign", "list", "--json").document["campaigns"]) == 1
    assert santral("campaign", "create", file, "--yes", "--again").out.splitlines()[0] == "20213"


# İYS

COMMERCIAL = 'is_commercial = true\niys_recipient_type = "BIREYSEL"\niys_brand_code = "600123"\n'


@pytest.fixture
def commercial(campaign_file: Path) -> Path:
    campaign_file.write_text(COMMERCIAL + campaign_file.read_text(encoding="utf-8"), encoding="utf-8")
    return campaign_file


def consents(tmp_path: Path) -> Path:
    path = tmp_path / "iys.csv"
    path.write_text("Alıcı;Tür;Durum;Alıcı Türü\n05321234567;ARAMA;ONAY;BIREYSEL\n05321234568;ARAMA;RET;BIREYSEL\n",
                    encoding="utf-8")
    return path


def test_without_consents_a_commercial_campaign_is_not_launched(
        santral: Santral, start: Started, commercial: Path) -> None:
    sandbox = start()
    ran = santral("campaign", "create", commercial, "--yes")
    assert (ran.status, changes(sandbox)) == (1, [])
    assert "--without-iys" in ran.err
    assert santral("campaign", "check", commercial).status == 1
    assert santral("campaign", "check", commercial, "--without-iys").status == 0
    ran = santral("campaign", "create", commercial, "--yes", "--without-iys")
    assert ran.status == 0
    assert len(changes(sandbox)) == 1


def test_whoever_has_not_agreed_is_left_out_of_what_is_sent(
        santral: Santral, start: Started, commercial: Path, tmp_path: Path) -> None:
    sandbox = start()
    santral("iys", "import", consents(tmp_path))
    document = santral("campaign", "check", commercial, "--json").document
    assert document["left_out"] == {"total": 1, "list": 0, "file": 0, "blocked": 0, "blocked_without_direction": 0,
                                    "no_consent": 1, "answered_since": 0, "limit": 0}
    ran = santral("campaign", "create", commercial, "--yes")
    assert ran.status == 0
    assert "no İYS consent: 1" in ran.out
    (sent,) = changes(sandbox)
    assert [row["phone"] for row in json.loads(sent.body)["phone_list"]] == ["905321234567"]


def test_with_do_not_call_lets_nobody_in_who_has_not_agreed(
        santral: Santral, start: Started, commercial: Path, tmp_path: Path) -> None:
    sandbox = start()
    santral("iys", "import", consents(tmp_path))
    santral("dnc", "add", "05321234567", "05321234568")
    assert santral("campaign", "create", commercial, "--yes").status == 1
    ran = santral("campaign", "create", commercial, "--yes", "--with-do-not-call")
    assert ran.status == 0
    (sent,) = changes(sandbox)
    assert [row["phone"] for row in json.loads(sent.body)["phone_list"]] == ["905321234567"]
    assert "1 number will be called although it must not be" in ran.err


def test_a_draft_that_is_launched_is_asked_alike(
        santral: Santral, start: Started, commercial: Path, tmp_path: Path) -> None:
    sandbox = start("429:1")
    santral("iys", "import", consents(tmp_path))
    santral("campaign", "create", commercial, "--yes")
    ran = santral("campaign", "launch", "d1", "--yes", "--json")
    assert ran.status == 0
    assert [row["phone"] for row in json.loads(changes(sandbox)[-1].body)["phone_list"]] == ["905321234567"]


@pytest.mark.parametrize("options", [["check"], ["create", "--dry-run"], ["create", "--yes"]])
def test_who_is_over_the_limit_is_left_out_unless_a_person_says_otherwise(
        santral: Santral, start: Started, tmp_path: Path, options: list[str]) -> None:
    sandbox = start(profile='most_calls = "6 in 7 days"')
    first = file_of(tmp_path, FIRST)
    assert santral("campaign", "create", first, "--yes").status == 0
    both = file_of(tmp_path, FIRST, SECOND)
    ran = santral("campaign", *options, both)
    assert (ran.status, "1 number is left out" in ran.err, "over the call limit: 1" in ran.err) == (0, True, True)
    if "--yes" in options:
        assert [row["phone"] for row in json.loads(changes(sandbox)[-1].body)["phone_list"]] == [SECOND]
        return
    told = santral("campaign", "check", both, "--json").document["left_out"]
    assert (told["total"], told["limit"]) == (1, 1)
    everybody = santral("campaign", *options, both, "--over-limit")
    assert "1 number will be called although" in everybody.err


def test_a_draft_is_launched_without_who_is_over_the_limit(santral: Santral, start: Started, tmp_path: Path) -> None:
    sandbox = start(profile='most_calls = "6 in 7 days"')
    assert santral("campaign", "create", file_of(tmp_path, FIRST), "--yes").status == 0
    assert santral("campaign", "create", file_of(tmp_path, FIRST, SECOND), "--yes", "--over-limit").status == 0
    assert [row["phone"] for row in json.loads(changes(sandbox)[-1].body)["phone_list"]] == [FIRST, SECOND]
    ran = santral("campaign", "create", file_of(tmp_path, FIRST, SECOND), "--yes", "--again")
    assert ran.status == 1
    assert "All 2 numbers in the list must not be called" in ran.err
    assert len(changes(sandbox)) == 2
