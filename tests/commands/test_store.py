"""`santral store copy`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.conftest import CAMPAIGN, Santral
from tests.conftest import write_config
from tests.postgresql import missing
from tui import opening
from tui.secret import Secret
from tui.store import Store
from tui.words import folded


def stored(place: Path | Secret) -> Store:
    return Store.open(place, fold=folded, sort_key=opening.sort_text)


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
                                                           request: pytest.FixtureRequest) -> None:
    schema: Secret = request.getfixturevalue("schema")
    write_config(home, "https://example.com", more=f'[database]\nurl = "{schema.reveal()}"\n')
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
