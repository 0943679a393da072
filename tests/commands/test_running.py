"""What every command on campaigns begins with: the configuration, the profile, the store."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.conftest import Santral
from tests.conftest import KEY, write_config

NOBODY = "http://127.0.0.1:9"  # for commands that send nothing


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
