"""`santral store copy`."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.conftest import CAMPAIGN, Santral
from tests.conftest import write_config
from tests.postgresql import missing
from tui import bootstrap
from tui.core.secret import Secret
from tui.i18n.words import folded
from tui.sandbox.server import Sandbox
from tui.store import Store


def stored(place: Path | Secret) -> Store:
    return Store.open(place, fold=folded, sort_key=bootstrap.sort_text)


@pytest.fixture
def origin(home: Path) -> Path:
    path = home / "here.db"
    store = stored(path)
    store.drafts.create("acme", {"name": "Anket"})
    store.close()
    return path


def test_a_store_is_copied_from_file_to_file(santral: Santral, origin: Path, home: Path) -> None:
    ran = santral("store", "copy", str(origin), str(home / "there.db"), "--json")
    assert ran.status == 0
    assert ran.document["tables"]["campaigns"] == 1
    assert ran.document["to"] == str(home / "there.db")
    assert "campaigns: 1" in ran.said
    store = stored(home / "there.db")
    assert store.campaigns.get(1).name == "Anket"
    store.close()


@pytest.mark.skipif(bool(missing()), reason=str(missing()))
def test_a_store_is_copied_to_a_team_and_back(santral: Santral, origin: Path, home: Path,
                                              request: pytest.FixtureRequest) -> None:
    schema: Secret = request.getfixturevalue("schema")
    there = santral("store", "copy", f"sqlite:///{origin}", schema.reveal())
    assert there.status == 0
    assert "postgresql://" in there.out
    assert "search_path" not in there.out
    assert santral("store", "copy", schema.reveal(), str(home / "back.db")).status == 0
    store = stored(home / "back.db")
    assert store.campaigns.get(1).name == "Anket"
    store.close()


@pytest.mark.skipif(bool(missing()), reason=str(missing()))
def test_a_team_works_on_the_database_of_its_configuration(santral: Santral, home: Path, tmp_path: Path,
                                                           sandbox: Sandbox, request: pytest.FixtureRequest) -> None:
    schema: Secret = request.getfixturevalue("schema")
    write_config(home, sandbox.address, more=f'[database]\nurl = "{schema.reveal()}"\n')
    for number in range(2):
        file = tmp_path / f"{number}.toml"
        file.write_text(CAMPAIGN)
        assert santral("campaign", "create", str(file), "--dry-run").status == 0
    assert santral("campaign", "list", "--json").document["campaigns"] == []
    store = stored(schema)
    store.drafts.create("acme", {"name": "Anket"})
    store.close()
    assert [row["name"] for row in santral("campaign", "list", "--json").document["campaigns"]] == ["Anket"]
    assert not (home / "data" / "santral" / "santral.db").exists()
    shown = santral("config", "show").out
    assert "postgresql://" in shown
    assert "search_path" not in shown


def test_a_target_that_is_not_empty_is_refused(santral: Santral, origin: Path) -> None:
    ran = santral("store", "copy", str(origin), str(origin), "--json")
    assert ran.status == 1
    assert ran.document["error"]["code"] == "store.copy_not_empty"
    assert len(ran.said) == 1


def test_a_file_that_is_not_there_is_not_made(santral: Santral, home: Path) -> None:
    ran = santral("store", "copy", str(home / "none.db"), str(home / "there.db"), "--json")
    assert ran.status == 1
    assert ran.document["error"]["code"] == "command.store.no_source"
    assert not (home / "none.db").exists()
    assert not (home / "there.db").exists()


@pytest.mark.parametrize("address", ["postgresql://u:hidden-word@db:port/x", "postgres+x://u:hidden-word@db/x",
                                     "mysql://u:hidden-word@db/x", "mysql://db/x"])
def test_what_is_no_database_is_told_without_its_password(santral: Santral, origin: Path, address: str) -> None:
    ran = santral("store", "copy", str(origin), address)
    assert ran.status == 1
    assert len(ran.said) == 1
    assert "hidden-word" not in ran.err


def test_a_database_that_can_not_be_reached_is_told_in_one_line(santral: Santral, origin: Path) -> None:
    ran = santral("store", "copy", str(origin), "postgresql://u:hidden-word@127.0.0.1:1/x")
    assert ran.status == 1
    assert len(ran.said) == 1
    assert "postgresql://u:********@127.0.0.1:1/x" in ran.err
    assert "hidden-word" not in ran.err


def test_both_places_are_needed(santral: Santral, origin: Path) -> None:
    assert santral("store", "copy", str(origin)).status == 2
    assert santral("store").status == 2


INTERRUPTED = """
import os, sys
import tui.commands.store as command
from tui.__main__ import main
tell = command.problem
def problem(text):
    tell(text)
    if text.startswith("campaigns: "):
        os.kill(os.getpid(), int(sys.argv[3]))
command.problem = problem
sys.exit(main(["store", "copy", sys.argv[1], sys.argv[2]]))
"""


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
@pytest.mark.parametrize("kind", ["file", pytest.param("team", marks=pytest.mark.skipif(bool(missing()),
                                                                                        reason=str(missing())))])
def test_a_copy_that_is_ended_has_copied_nothing_and_can_be_made_again(
    origin: Path, home: Path, ending: signal.Signals, kind: str, request: pytest.FixtureRequest
) -> None:
    target = str(home / "there.db") if kind == "file" else request.getfixturevalue("schema").reveal()
    ran = subprocess.run([sys.executable, "-c", INTERRUPTED, str(origin), target, str(int(ending))], env=os.environ,
                         capture_output=True, encoding="utf-8", timeout=60, check=False)
    assert "Traceback" not in ran.stderr
    if ending is signal.SIGKILL:
        assert ran.returncode == -ending
    else:
        assert ran.returncode == 128 + ending
        assert ran.stderr.splitlines()[-1].startswith("Stopped: nothing was copied into ")
    store = stored(Path(target) if kind == "file" else Secret(target))
    assert store.campaigns.page("acme", limit=10) == []
    store.close()
    again = subprocess.run([sys.executable, "-m", "tui", "store", "copy", str(origin), target], env=os.environ,
                           capture_output=True, encoding="utf-8", timeout=60, check=False)
    assert (again.returncode, "campaigns: 1" in again.stderr) == (0, True)


@pytest.mark.parametrize("place", ["~nosuch/there.db", "sqlite:///~nosuch/there.db"])
def test_a_place_in_the_home_of_nobody_is_told(santral: Santral, origin: Path, place: str) -> None:
    ran = santral("store", "copy", str(origin), place)
    assert (ran.status, len(ran.said)) == (1, 1)
    assert "~nosuch" in ran.err


def test_a_relative_place_where_the_working_folder_is_gone_is_told(
    santral: Santral, origin: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    ran = santral("store", "copy", str(origin), "there.db")
    assert (ran.status, len(ran.said)) == (1, 1)
    assert "there.db" in ran.err
