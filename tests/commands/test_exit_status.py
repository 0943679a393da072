"""The exit status of every command: scripts rely on it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.conftest import Santral, Started
from tests.terminal import Terminal
from tui.commands.manual import manual
from tui.commands.specs import COMMANDS, command_line
from tui.sandbox.server import Sandbox

PATIENCE = 30.0
# What to type for each command; FILE, LIST, FOLDER and PATH are the test's own. 20212 is on, d1 the same by its number.
DONE = [
    "campaign create FILE --yes", "campaign create FILE --dry-run", "campaign check FILE", "campaign launch d1 --yes",
    "campaign create FILE --phones LIST --column PHONE=1 --drop-bad --yes",
    "campaign list", "campaign again 20212", "campaign again d1 --phones LIST",
    "campaign show 20212", "campaign on 20212 --yes", "campaign off 20212", "campaign delete 20212 --yes",
    "campaign test d1 --to 05321234567 --yes", "campaign adopt 20299", "results 20212",
    "results 20212 --csv FOLDER/r.csv",
    "follow-up 20212 --dry-run", "plan list", "plan show default", "plan save evening busy:once",
    "person 05321234567", "person 05329999999", "person 05321234567 --html FOLDER/p.html",
    "dnc list", "dnc add 05321234567", "dnc remove 05321234567", "dnc fetch", "dnc history 05321234567",
    "dnc import LIST", "dnc export FOLDER/dnc.csv", "iys", "iys import CONSENTS", "phones check LIST", "config path",
    "config show", "config keys",
    "config check", "store copy FOLDER/data/santral/santral.db FOLDER/copy.db", "doctor", "completion bash",
    "--version", "--spec", "--help",
]
FAILED = [
    "campaign create ABSENT --yes", "campaign check ABSENT", "campaign launch d999 --yes",
    "campaign show 999", "campaign on 999", "campaign off 999",
    "campaign delete 999 --yes", "campaign replace 999 --yes", "campaign again 999", "campaign not-created 20212",
    "campaign test 999 --to 05321234567 --yes",
    "campaign adopt 20212", "results 999", "recording 20212", "recording nobody",
    "follow-up 20212",
    "follow-up 20212 --plan evening", "plan show evening", "plan save default busy:once", "plan delete evening",
    "person 05321234567 --csv FOLDER", "dnc import ABSENT", "dnc push", "iys import ABSENT", "iys import LIST",
    "phones check ABSENT", "store copy ABSENT FOLDER/copy.db", "demo", "",
    "campaign list --profile other", "dnc list --profile other", "config check --profile other",
    "doctor --profile other", "listen --config FOLDER", "listen --profile other",
]
# They go on until a signal ends them, or need a call that was recorded or a profile of their own: tests of their own.
LEFT_OUT = {("listen",), ("sandbox",), ("demo",), ("recording",), ("dnc", "push")}


def typed(command: str, files: dict[str, str]) -> list[str]:
    words = []
    for word in command.split():
        name, slash, rest = word.partition("/")
        words.append(f"{files.get(name, name)}{slash}{rest}")
    return words


@pytest.fixture
def files(home: Path, tmp_path: Path, campaign_file: Path) -> dict[str, str]:
    numbers = tmp_path / "list.txt"
    numbers.write_text("05321234567\n", encoding="utf-8")
    consents = tmp_path / "iys.csv"
    consents.write_text("Alıcı;İzin Türü;Durum;Alıcı Türü\n05321234567;ARAMA;ONAY;BIREYSEL\n", encoding="utf-8")
    return {"FILE": str(campaign_file), "LIST": str(numbers), "CONSENTS": str(consents),
            "FOLDER": str(home), "ABSENT": str(tmp_path / "absent")}


def leaves() -> set[tuple[str, ...]]:
    return {command.path for command in COMMANDS}


def test_no_command_is_forgotten() -> None:
    tried = [tuple(line.split()) for line in (*DONE, *FAILED)]
    tried_leaves = {("sandbox",)} | {path for path in leaves() if any(line[:len(path)] == path for line in tried)}
    assert tried_leaves == leaves()
    done = {path for path in leaves() if any(tuple(line.split())[:len(path)] == path for line in DONE)}
    # Replacing waits for calls under way; none is unconfirmed here.
    assert leaves() - done == LEFT_OUT | {("campaign", "not-created"), ("campaign", "replace"), ("plan", "delete")}


@pytest.mark.usefixtures("config_file")
@pytest.mark.parametrize("command", DONE)
def test_0_done(santral: Santral, files: dict[str, str], command: str) -> None:
    assert santral(*typed("campaign create FILE --yes", files)).status == 0
    assert santral(*typed(command, files)).status == 0


@pytest.mark.usefixtures("config_file")
@pytest.mark.parametrize("command", FAILED)
def test_1_refused_or_failed_said_in_one_line(santral: Santral, files: dict[str, str], command: str) -> None:
    assert santral(*typed("campaign create FILE --yes", files)).status == 0
    ran = santral(*typed(command, files))
    assert ran.status == 1
    if not command.startswith("doctor"):  # a report
        assert len(ran.said) == 1


@pytest.mark.parametrize("path", [(), *sorted(leaves())], ids=" ".join)
def test_2_wrong_usage(santral: Santral, home: Path, path: tuple[str, ...]) -> None:
    ran = santral(*path, "--nonsense")
    assert (ran.status, ran.out, len(ran.said)) == (2, "", 1)


@pytest.mark.parametrize("path", sorted(
    node.path for node in command_line().walk() if node.places or node.command is None), ids=" ".join)
def test_2_something_is_missing(santral: Santral, home: Path, path: tuple[str, ...]) -> None:
    assert santral(*path).status == 2


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(("fault", "command"), [
    ("lost-answer:1", "campaign create FILE --yes"),
    ("lost-answer:1", "campaign test d1 --to 05321234567 --yes"),
    ("switch:lost-answer", "campaign off d1"),
    ("delete:lost-answer", "campaign delete d1 --yes"),
])
def test_3_nobody_knows(santral: Santral, start: Started, files: dict[str, str], fault: str, command: str) -> None:
    if "d1" in command:
        start()
        assert santral(*typed("campaign create FILE --yes", files)).status == 0
    start(fault)
    assert santral(*typed(command, files)).status == 3


@pytest.mark.usefixtures("config_file")
@pytest.mark.parametrize("command", ["campaign create FILE --yes --wait", "campaign launch d1 --yes --wait"])
def test_4_it_was_waited_for_and_did_not_finish(santral: Santral, files: dict[str, str], command: str) -> None:
    file = Path(files["FILE"])
    over = 'date_range_begin = "2020-01-01"\ndate_range_end = "2020-01-02"\n'
    file.write_text(over + file.read_text(encoding="utf-8"), encoding="utf-8")
    assert santral(*typed("campaign create FILE --yes", files)).status == 0
    ran = santral(*typed(command, files))
    assert (ran.status, ran.out) == (4, "20212\n")


@pytest.mark.parametrize("command", [
    "campaign list", "campaign list --json", "phones check LIST", "config show", "doctor", "completion zsh", "--spec",
    "dnc list --json", "results d1 --json",
])
def test_a_reader_that_has_read_enough_hears_nothing_of_it(
    home: Path, sandbox: Sandbox, config_file: Path, files: dict[str, str], command: str
) -> None:
    """As `santral … | head -0` would."""
    begin = [sys.executable, "-m", "tui"]
    subprocess.run([*begin, *typed("campaign create FILE --yes", files)], check=True, capture_output=True)
    process = subprocess.Popen([*begin, *typed(command, files)], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    assert b"Error" not in process.stderr.read()  # what it tells a person is told
    process.stderr.close()
    assert process.wait(PATIENCE) == 1  # what was asked for was not written


@pytest.mark.terminal
@pytest.mark.parametrize(("variables", "said"), [
    ({"TERM": "dumb"}, "TERM=dumb"), ({"PYTHONIOENCODING": "iso-8859-9"}, "iso8859-9"),
])
def test_a_terminal_that_can_not_show_the_app(
    home: Path, config_file: Path, variables: dict[str, str], said: str
) -> None:
    with Terminal([sys.executable, "-m", "tui"], os.environ, variables=variables) as terminal:
        terminal.wait(said)
        assert terminal.end() == 1
        assert b"\x1b[?1049h" not in terminal.written


@pytest.mark.terminal
@pytest.mark.parametrize("variables", [{"LANG": "C"}, {"LC_ALL": "C"}, {"LC_ALL": "POSIX"}, {"TERM": "linux"}],
                         ids=str)
def test_a_terminal_that_says_little_shows_the_app(
    home: Path, config_file: Path, variables: dict[str, str]
) -> None:
    with Terminal([sys.executable, "-m", "tui"], os.environ, variables=variables) as terminal:
        terminal.wait("Istanbul")
        terminal.press("ctrl+q")
        assert terminal.end() == 0


def test_the_manual_says_what_the_records_do() -> None:
    page = Path(__file__).parents[2] / "docs" / "santral.1"
    assert page.read_text(encoding="utf-8") == manual(), "run: python -m tui.commands.manual > docs/santral.1"
