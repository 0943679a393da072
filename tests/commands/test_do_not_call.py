"""`santral dnc …`."""

from __future__ import annotations

import csv
import io
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from tests.commands.conftest import Santral, Started, requests_of
from tests.conftest import write_config
from tests.store.results import calling, ingest, phone, told
from tests.store.support import good
from tui import bootstrap
from tui.core.user import user_name
from tui.i18n.words import folded, say
from tui.operations.rate_limit import when_there_is_room
from tui.store import Store
from tui.store.suppression import SuppressionSource


@pytest.fixture(autouse=True)
def config(home: Path) -> Path:
    return write_config(home, "http://127.0.0.1:9", more="profile = 'acme'\n[profiles.other]\n")


def test_an_empty_list_says_so(santral: Santral) -> None:
    assert santral("dnc", "list").out == "Nobody is on the do-not-call list.\n"
    assert santral("dnc", "list", "--json").document == {"profile": "acme", "push": None, "numbers": []}


def test_numbers_are_put_on_the_list_and_taken_off(santral: Santral) -> None:
    ran = santral("dnc", "add", "0532 123 45 67", "+49 151 1234567", "5321234567")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == "2 numbers were put on the do-not-call list; already on it: 0.\n"
    assert santral("dnc", "add", "05321234567", "--json").document == {"changed": 0, "given": 1}
    rows = santral("dnc", "list", "--json").document["numbers"]
    assert {(row["reason"], row["by"]) for row in rows} == {(None, user_name())}
    assert {(row["phone"], row["why"], row["campaign"]) for row in rows} == {
        ("905321234567", "by_hand", None), ("00491511234567", "by_hand", None)}
    assert "0532 123 45 67" in santral("dnc", "list").out
    assert santral("dnc", "remove", "05321234567", "05320000000").out == (
        "1 number was taken off the do-not-call list; not on it: 1.\n")
    assert len(santral("dnc", "list").out.splitlines()) == 1


def test_each_profile_has_its_own(santral: Santral) -> None:
    santral("dnc", "add", "05321234567", "--profile", "other")
    assert santral("dnc", "list", "--json").document["numbers"] == []
    assert len(santral("dnc", "list", "--json", "--profile", "other").document["numbers"]) == 1


def test_who_pressed_the_key_is_on_it(santral: Santral, home: Path) -> None:
    store = Store.open(home / "data" / "santral" / "santral.db", fold=folded, sort_key=bootstrap.sort_text)
    calling(store, fields={"digit_target_9": "announcement/9", "opt_out_key": "9"})
    ingest(store, told(1, "Cevaplandı", "9"))
    store.close()
    assert "pressed the opt-out key in 20212" in santral("dnc", "list").out


def test_the_list_is_read_page_by_page(santral: Santral, monkeypatch: pytest.MonkeyPatch) -> None:
    from tui.commands import do_not_call

    monkeypatch.setattr(do_not_call, "_PAGE", 2)
    santral("dnc", "add", *(f"0532123450{number}" for number in range(5)))
    assert len(set(santral("dnc", "list").out.splitlines())) == 5
    assert len(santral("dnc", "list", "--json").document["numbers"]) == 5


# Why, and who

def test_the_reasons_stay_known(santral: Santral) -> None:
    santral("dnc", "add", "05321234567", "--reason", "Asked for  it\n on the phone")
    assert "by hand: Asked for it on the phone" in santral("dnc", "list").out
    santral("dnc", "remove", "0532 123 45 67", "--reason", "Wants to be called again")
    kept = santral("dnc", "history", "5321234567", "--json").document
    assert (kept["phone"], kept["on_list"], kept["profile"]) == ("905321234567", False, "acme")
    assert [(change["event"], change["why"], change["campaign"], change["reason"], change["by"])
            for change in kept["history"]] == [
        ("removed", "by_hand", None, "Wants to be called again", user_name()),
        ("added", "by_hand", None, "Asked for it on the phone", user_name())]
    last, first = santral("dnc", "history", "05321234567").out.splitlines()
    assert "Taken off the list: Wants to be called again" in last
    assert "Put on the list: Asked for it on the phone" in first


def test_who_was_never_on_it_has_no_history(santral: Santral) -> None:
    assert santral("dnc", "history", "05321234567").out == (
        "0532 123 45 67 was never on the do-not-call list.\n")
    assert santral("dnc", "history", "05321234567", "--json").document["history"] == []


def test_the_history_names_the_campaign_in_which_the_key_was_pressed(santral: Santral, home: Path) -> None:
    store = Store.open(home / "data" / "santral" / "santral.db", fold=folded, sort_key=bootstrap.sort_text)
    calling(store, fields={"name": "Anket", "digit_target_9": "announcement/9", "opt_out_key": "9"})
    ingest(store, told(1, "Cevaplandı", "9"))
    store.close()
    assert "Pressed the opt-out key in “Anket”" in santral("dnc", "history", phone(1)).out


@pytest.mark.parametrize(("reason", "sentence"), [
    ("x" * 201, "The reason has 201 characters; at most 200 are stored"),
    ("K98765432-1234-5678-4321-123456789012", "seems to contain an API key"),
])
@pytest.mark.parametrize("command", [("add", "05321234567"), ("remove", "05321234567"), ("import", "list.txt")],
                         ids="-".join)
def test_a_reason_that_cannot_be_kept_changes_nothing(santral: Santral, command: tuple[str, ...], reason: str,
                                                      sentence: str) -> None:
    ran = santral("dnc", *command, "--reason", reason)
    assert (ran.status, ran.out) == (2, "")
    assert sentence in ran.err
    assert "K98765432" not in ran.err
    assert santral("dnc", "list", "--json").document["numbers"] == []


# References

@pytest.fixture
def referred(home: Path) -> None:
    store = Store.open(home / "data" / "santral" / "santral.db", fold=folded, sort_key=bootstrap.sort_text)
    made = store.drafts.create("acme", {"name": "Anket"})
    names = ("Ayşe Öz", "[/x]\x1b[31m", "=1+1")
    store.numbers.add(made, [replace(good(phone(place)), reference=name) for place, name in enumerate(names, start=1)])
    store.close()


@pytest.mark.usefixtures("referred")
@pytest.mark.parametrize("at_once", [2, 1_000])
def test_each_is_listed_with_the_reference_by_which_lists_know_it(
        santral: Santral, monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    from tui.commands import do_not_call

    monkeypatch.setattr(do_not_call, "_PAGE", at_once)
    santral("dnc", "add", *(phone(place) for place in range(1, 5)), "--reason", "Complained")
    rows = {row["phone"]: row["reference"] for row in santral("dnc", "list", "--json").document["numbers"]}
    assert rows == {phone(1): "Ayşe Öz", phone(2): "[/x]\x1b[31m", phone(3): "=1+1", phone(4): ""}
    ran = santral("dnc", "list")
    assert sorted(line.split("by hand: ")[-1] for line in ran.out.splitlines()) == [
        "Complained", "Complained (=1+1)", "Complained (Ayşe Öz)", "Complained ([/x]\\x1b[31m)"]
    assert "\x1b" not in ran.out


@pytest.mark.usefixtures("referred")
@pytest.mark.parametrize("language", ["en", "tr"])
@pytest.mark.parametrize("few", [0, 1_000])
def test_each_is_exported_with_it(santral: Santral, home: Path, monkeypatch: pytest.MonkeyPatch, language: str,
                                  few: int) -> None:
    monkeypatch.setattr("tui.operations.do_not_call.FEW", few)
    write_config(home, "http://127.0.0.1:9", more=f"profile = 'acme'\nlanguage = '{language}'\n[profiles.other]\n")
    santral("dnc", "add", *(phone(place) for place in range(1, 5)))
    text = santral("dnc", "export", "-").out.removeprefix("\ufeff")
    heading, *rows = csv.reader(io.StringIO(text), delimiter={"tr": ";", "en": ","}[language])
    assert heading[:2] == {"en": ["Number", "Reference"], "tr": ["Numara", "Referans"]}[language]
    assert sorted(row[:2] for row in rows) == [
        [phone(1), "Ayşe Öz"], [phone(2), "[/x]\x1b[31m"], [phone(3), "'=1+1"], [phone(4), ""]]


# Files

def test_every_number_of_a_file_comes_on_the_list(santral: Santral, tmp_path: Path) -> None:
    path = tmp_path / "complaints.csv"
    path.write_text("Name;Phone;Second\nAyşe;0532 123 45 67;0532 123 45 68\nAli;5,32E+09;\nCan;;\n"
                    "Nur;0532 123 45 67;\n", encoding="utf-8")
    santral("dnc", "add", "05321234568")
    ran = santral("dnc", "import", path)
    assert ran.status == 0
    assert ran.out == "1 number was put on the do-not-call list; already on it: 1.\n"
    assert ran.said == ["2 rows hold no telephone number that can be read, so nobody was put on the list for them "
                        "(lines 3, 4)."]
    kept = {row["phone"]: row["reason"] for row in santral("dnc", "list", "--json").document["numbers"]}
    assert kept == {"905321234567": "complaints.csv", "905321234568": None}
    again = santral("dnc", "import", path, "--reason", "Complained", "--json")
    assert again.document == {"new": 0, "known": 2, "unread": 2, "lines": "3, 4"}
    history = santral("dnc", "history", "05321234568", "--json").document["history"]
    assert [(change["event"], change["reason"]) for change in history] == [
        ("asked_again", "Complained"), ("asked_again", "complaints.csv"), ("added", None)]


@pytest.mark.parametrize(("name", "content", "sentence"), [
    ("absent.csv", None, "absent.csv"), ("words.csv", "Name\nAyşe\n", "There is no telephone number in"),
])
def test_a_file_without_numbers_is_refused(santral: Santral, tmp_path: Path, name: str, content: str | None,
                                           sentence: str) -> None:
    if content is not None:
        (tmp_path / name).write_text(content, encoding="utf-8")
    ran = santral("dnc", "import", tmp_path / name)
    assert (ran.status, ran.out, len(ran.said)) == (1, "", 1)
    assert sentence in ran.err


@pytest.mark.parametrize("language", ["en", "tr"])
def test_what_is_exported_can_be_imported_as_it_stands(santral: Santral, home: Path, tmp_path: Path,
                                                       language: str) -> None:
    write_config(home, "http://127.0.0.1:9", more=f"profile = 'acme'\nlanguage = '{language}'\n[profiles.other]\n")
    santral("dnc", "add", "05321234567", "00491511234567", "--reason", "=1+1; 12.11.2026")
    path = tmp_path / "list.csv"
    assert str(path) in santral("dnc", "export", path).out
    text = path.read_text("utf-8-sig")
    assert len(text.splitlines()) == 3
    assert "'=1+1" in text
    assert santral("dnc", "export", "-").out.encode() == path.read_bytes()
    found = santral("dnc", "import", path, "--profile", "other", "--json")
    assert (found.document, found.err) == ({"new": 2, "known": 0, "unread": 0, "lines": ""}, "")


@pytest.mark.parametrize("language", ["en", "tr"])
def test_a_reference_that_reads_as_a_number_puts_nobody_else_on_the_list(
        santral: Santral, home: Path, tmp_path: Path, language: str) -> None:
    write_config(home, "http://127.0.0.1:9", more=f"profile = 'acme'\nlanguage = '{language}'\n[profiles.other]\n")
    store = Store.open(home / "data" / "santral" / "santral.db", fold=folded, sort_key=bootstrap.sort_text)
    made = store.drafts.create("acme", {"name": "Anket"})
    store.numbers.add(made, [replace(good(phone(place)), reference=name)
                             for place, name in enumerate(("5339998877", "0533 999 88 78", "5,33E+09"), start=1)])
    store.close()
    santral("dnc", "add", *(phone(place) for place in range(1, 4)))
    path = tmp_path / "list.csv"
    santral("dnc", "export", path)
    found = santral("dnc", "import", path, "--profile", "other", "--json")
    assert (found.document, found.err) == ({"new": 3, "known": 0, "unread": 0, "lines": ""}, "")
    listed = santral("dnc", "list", "--profile", "other", "--json").document["numbers"]
    assert {row["phone"] for row in listed} == {phone(place) for place in range(1, 4)}


@pytest.mark.parametrize(("row", "phones"), [
    ("0532 123 45 67;0533 999 88 77", {"905321234567"}), (";0533 999 88 77", {"905339998877"}),
    ("Ayşe;0533 999 88 77", {"905339998877"}), ("0532 123 45 67 / 0532 123 45 68;x", {"905321234567", "905321234568"}),
])
def test_without_another_number_in_its_row_a_reference_is_taken_for_one(
        santral: Santral, tmp_path: Path, row: str, phones: set[str]) -> None:
    """One number too many does less harm than one too few."""
    (tmp_path / "list.csv").write_text(f"Telefon;Referans\n0532 000 00 01;1\n{row}\n", encoding="utf-8")
    santral("dnc", "import", tmp_path / "list.csv")
    listed = santral("dnc", "list", "--json").document["numbers"]
    assert {row["phone"] for row in listed} == {phone(1), *phones}


def test_what_cannot_be_written_says_so(santral: Santral, tmp_path: Path) -> None:
    ran = santral("dnc", "export", tmp_path)
    assert (ran.status, ran.out, len(ran.said)) == (1, "", 1)


@pytest.mark.parametrize("arguments", [("add",), ("remove",), ("add", "532"), ("add", "5,32E+09"), (), ("history",),
                                       ("history", "532"), ("import",), ("export",)])
def test_wrong_usage(santral: Santral, arguments: tuple[str, ...]) -> None:
    ran = santral("dnc", *arguments)
    assert (ran.status, ran.out, len(ran.said)) == (2, "", 1)


# Blocked at the provider

def test_whoever_waits_is_blocked_at_the_provider(santral: Santral, start: Started) -> None:
    sandbox = start(profile="push_opt_outs = true")
    santral("dnc", "add", "05321234567", "05321234568")
    assert santral("dnc", "list", "--json").document["push"] == {
        "waiting": 2, "unsure": 0, "refused": 0, "stopped": None, "confirmed": False}
    ran = santral("dnc", "push")
    assert (ran.status, ran.out, ran.said) == (1, "", [
        "2 numbers would be blocked at the provider, and nobody has confirmed that yet: --yes confirms it."])
    assert requests_of(sandbox, "POST") == []
    ran = santral("dnc", "push", "--yes")
    assert (ran.status, ran.out) == (0, "2 numbers were blocked at the provider; waiting: 0, refused: 0.\n")
    assert santral("dnc", "push", "--json").document == {
        "pushed": 0, "waiting": 0, "unsure": 0, "refused": 0, "stopped": None}
    assert requests_of(sandbox, "POST") == ["/blocked_numbers"] * 2


def test_whoever_is_taken_off_stays_blocked_and_that_is_said(santral: Santral, start: Started) -> None:
    start(profile="push_opt_outs = true")
    assert santral("dnc", "add", "05321234567").said == ["1 number waits to be blocked at the provider as well."]
    santral("dnc", "push", "--yes")
    santral("dnc", "add", "05321234568")
    ran = santral("dnc", "remove", "05321234567", "05321234568", "--json")
    assert ran.document == {"changed": 2, "given": 2, "still_blocked": ["905321234567"]}
    assert ran.said == ["0532 123 45 67 stays blocked at the provider: unblock it in the provider's web panel if it is "
                        "to be called again."]
    assert santral("dnc", "push", "--json").document["pushed"] == 0


def test_without_the_right_it_stops_with_a_sentence(santral: Santral, start: Started) -> None:
    start("block:403", profile="push_opt_outs = true")
    santral("dnc", "add", "05321234567")
    ran = santral("dnc", "push", "--yes", "--json")
    assert (ran.status, len(ran.said), ran.document["waiting"]) == (1, 1, 1)
    assert ran.document["stopped"]["code"] == "provider.forbidden"
    assert santral("dnc", "list", "--json").document["push"]["stopped"] == ran.document["stopped"]


def test_a_profile_that_does_not_push_asks_for_nothing(santral: Santral, start: Started) -> None:
    sandbox = start()
    santral("dnc", "add", "05321234567")
    ran = santral("dnc", "push")
    assert (ran.status, ran.out, len(ran.said), sandbox.requests) == (1, "", 1, [])


# At a terminal

@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.commands.output._is_terminal", lambda _stream: True)


def test_how_far_a_file_is_is_told_at_a_terminal_and_wiped_away(santral: Santral, terminal: None,
                                                               tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text("05321234567\n0532\n05321234568\n", encoding="utf-8")
    ran = santral("dnc", "import", tmp_path / "list.txt", "--reason", "dilekçe", "--json")
    assert (ran.document["new"], ran.document["unread"], ran.document["lines"]) == (2, 1, "2")
    assert "\r\033[K" in ran.err
    assert "1" in ran.said[-1]


def test_how_far_blocking_is_is_told_at_a_terminal_and_wiped_away(santral: Santral, terminal: None,
                                                                 start: Started) -> None:
    start(profile="push_opt_outs = true")
    santral("dnc", "add", "05321234567")
    ran = santral("dnc", "push", "--yes")
    assert (ran.status, ran.out) == (0, "1 number was blocked at the provider; waiting: 0, refused: 0.\n")
    assert ran.err.endswith("\r\033[K")
    assert "1" in ran.err


def test_how_many_blocked_ones_were_fetched_is_told_at_a_terminal_and_wiped_away(santral: Santral, terminal: None,
                                                                                start: Started) -> None:
    start()
    ran = santral("dnc", "fetch")
    assert (ran.status, ran.out) == (0, "12 numbers are blocked at the provider.\n")
    assert ran.err.endswith("\r\033[K")
    assert "12" in ran.err


def test_that_another_fetch_was_begun_meanwhile_is_told(santral: Santral, start: Started, home: Path,
                                                        monkeypatch: pytest.MonkeyPatch) -> None:
    """On another machine, as this one reads a page."""
    start()
    ask = when_there_is_room

    async def asked(*args: Any) -> object:  # noqa: ANN401 - handed on
        with closing(Store.open(home / "data" / "santral" / "santral.db", fold=folded,
                                sort_key=bootstrap.sort_text)) as store:
            store.suppression.claim("acme", SuppressionSource.BLOCKED)
        return await ask(*args)

    monkeypatch.setattr("tui.operations.blocked.when_there_is_room", asked)
    ran = santral("dnc", "fetch", "--json")
    assert (ran.status, ran.document["blocked"], ran.document["overtaken"]) == (0, 12, True)
    assert ran.said == [say("operations.blocked.overtaken")]


def test_the_first_numbers_are_listed_before_all_lists_are_looked_through(
        santral: Santral, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    santral("dnc", "add", *(phone(number) for number in range(5)))
    monkeypatch.setattr("tui.commands.do_not_call.FEW", 2)
    listed: list[int] = []

    async def looked_through(_services: object) -> dict[str, str]:
        listed.append(len(capsys.readouterr().out.splitlines()))
        return {phone(0): "C-0"}

    monkeypatch.setattr("tui.commands.do_not_call.all_references", looked_through)
    rest = santral("dnc", "list").out.splitlines()
    assert (listed, len(rest)) == ([2], 3)
