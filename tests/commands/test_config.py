"""`santral config path|show|keys|check`."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from tests.commands.conftest import Santral
from tests.conftest import KEY, write_config
from tui.config.keymap import COMMANDS
from tui.core.secret import MASK
from tui.i18n.words import say

ADDRESS = "https://example.com"


def test_path_is_that_of_the_argument_else_of_the_environment_else_the_usual(
    santral: Santral, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert santral("config", "path").out == f"{home}/config/santral/config.toml\n"
    monkeypatch.setenv("SANTRAL_CONFIG", "/somewhere/else.toml")
    assert santral("config", "path").out == "/somewhere/else.toml\n"
    assert santral("config", "path", "--config", "/third.toml").out == "/third.toml\n"


def test_path_works_while_the_file_is_broken(santral: Santral, home: Path) -> None:
    write_config(home, ADDRESS, more="nonsense")
    assert santral("config", "path").status == 0


def test_show_is_the_settings_in_effect_with_the_key_masked(santral: Santral, home: Path) -> None:
    write_config(home, ADDRESS, more='theme = "nord"\n[keys]\n"form.next" = "f12"\n', profile_more="read_only = true")
    shown = tomllib.loads(santral("config", "show").out)
    assert shown["theme"] == "nord"
    assert shown["profiles"]["acme"] == {"api_key": MASK, "base_url": ADDRESS, "confirm_above": 100, "read_only": True,
                                         "push_opt_outs": False, "iys_days": 3, "polite_hours": "off", "quiet_days": 0}
    assert shown["receiver"] == {"listen": "127.0.0.1:8787", "silence_minutes": 10}
    assert shown["database"]["url"] == f"sqlite:///{home}/data/santral/santral.db"
    assert shown["keys"].keys() == COMMANDS.keys()
    assert shown["keys"]["form.next"] == ["f12"]


def test_a_key_in_the_wrong_place_is_not_shown(santral: Santral, home: Path) -> None:
    path = write_config(home, f"{ADDRESS}/{KEY}", more=f'[database]\nurl = "sqlite:///{KEY}/santral.db"\n')
    written = path.read_text(encoding="utf-8").replace(f'api_key = "{KEY}"', 'api_key = "another-key"')
    path.write_text(written, encoding="utf-8")
    ran = santral("config", "show")
    assert ran.status == 0
    assert tomllib.loads(ran.out)["database"]["url"].endswith(f"{MASK}/santral.db")


def test_keys_lists_every_command_with_its_keys_in_effect(santral: Santral, home: Path) -> None:
    write_config(home, ADDRESS, more='[keys]\n"form.next" = "f12"\n"campaigns.copy" = ""\n')
    told = {row["id"]: row for row in json.loads(santral("config", "keys", "--json").out)}
    assert told.keys() == COMMANDS.keys()
    assert (told["form.next"]["keys"], told["campaigns.copy"]["keys"]) == (["f12"], [])
    assert told["campaigns.new"] == {"id": "campaigns.new", "keys": ["n"], "name": say("key.campaigns.new")}
    lines = santral("config", "keys").out.splitlines()
    assert [line.split()[0] for line in lines] == list(COMMANDS)


def test_what_is_shown_can_be_read_as_a_configuration(santral: Santral, home: Path, tmp_path: Path) -> None:
    write_config(home, ADDRESS)
    again = tmp_path / "again.toml"
    again.write_text(santral("config", "show").out, encoding="utf-8")
    again.chmod(0o600)
    ran = santral("config", "check", "--config", again)
    assert (ran.status, ran.out, ran.err) == (0, "ok\n", "")


def test_the_environment_is_in_effect_too_and_its_key_masked(
    santral: Santral, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SANTRAL_API_KEY", KEY)
    ran = santral("config", "show")
    assert ran.status == 0
    assert "SANTRAL_API_KEY" in ran.out
    assert tomllib.loads(ran.out)["profiles"]["default"]["api_key"] == MASK


@pytest.mark.parametrize("action", ["show", "check"])
@pytest.mark.parametrize("language", ["tr_TR.UTF-8", "C.UTF-8"])
def test_every_problem_is_a_line(
    santral: Santral, home: Path, monkeypatch: pytest.MonkeyPatch, action: str, language: str
) -> None:
    monkeypatch.setenv("LANG", language)
    path = write_config(home, "http://example.com", more='langage = "tr"', profile_more=f'api_kay = "{KEY}"')
    ran = santral("config", action)
    assert (ran.status, ran.out, len(ran.said)) == (1, "", 3)
    assert all(str(path) in line for line in ran.said)


def test_a_theme_that_is_not_there_is_a_problem(santral: Santral, home: Path) -> None:
    write_config(home, ADDRESS, more='theme = "santral-drak"')
    ran = santral("config", "check")
    assert (ran.status, ran.out, len(ran.said)) == (1, "", 1)
    assert "santral-dark" in ran.err


def test_a_do_not_call_file_that_can_not_be_read_is_a_problem(santral: Santral, home: Path) -> None:
    path = home / "aranmayacaklar.csv"
    write_config(home, ADDRESS, profile_more=f'do_not_call = "{path}"')
    ran = santral("config", "check")
    assert (ran.status, ran.out, len(ran.said), str(path) in ran.err) == (1, "", 1, True)
    path.write_text("Telefon\n05321234567\n", encoding="utf-8")
    assert santral("config", "check").status == 0


def test_a_profile_that_is_not_there_is_a_problem(santral: Santral, home: Path) -> None:
    write_config(home, ADDRESS)
    ran = santral("config", "check", "--profile", "akme")
    assert (ran.status, len(ran.said)) == (1, 1)
    assert "acme" in ran.err


def test_the_configuration_commands_leave_the_data_alone(santral: Santral, home: Path) -> None:
    write_config(home, ADDRESS)
    for action in ("path", "show", "check"):
        santral("config", action)
    assert not (home / "data").exists()
