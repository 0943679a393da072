"""The number that people see where a campaign file names none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands.conftest import CAMPAIGN, Santral, Started, changes
from tui.i18n.words import Words

WITHOUT = CAMPAIGN.replace('cli = "02129630131"\n', "")


@pytest.fixture
def without(tmp_path: Path) -> Path:
    path = tmp_path / "campaign.toml"
    path.write_text(WITHOUT, encoding="utf-8")
    return path


@pytest.mark.parametrize("written", ["", 'cli = ""\n', 'cli = "  "\n'])
def test_the_profiles_is_sent_as_a_new_draft_has_it(
    santral: Santral, start: Started, without: Path, written: str
) -> None:
    sandbox = start(profile='caller_id = "02129630131"')
    without.write_text(written + WITHOUT, encoding="utf-8")
    dry = santral("campaign", "create", without, "--dry-run")
    assert (dry.document["cli"], dry.said) == ("902129630131", [])
    assert santral("campaign", "check", without).said == []
    ran = santral("campaign", "create", without, "--yes")
    assert (ran.status, ran.said) == (0, [])
    assert json.loads(changes(sandbox)[0].body)["cli"] == "902129630131"
    assert santral("campaign", "show", ran.out.strip(), "--json").document["fields"]["cli"] == "02129630131"


def test_the_files_own_is_sent_where_it_names_one(santral: Santral, start: Started, campaign_file: Path) -> None:
    sandbox = start(profile='caller_id = "02121112233"')
    assert santral("campaign", "create", campaign_file, "--yes").status == 0
    assert json.loads(changes(sandbox)[0].body)["cli"] == "902129630131"


@pytest.mark.parametrize("language", ["en", "tr"])
def test_without_either_it_is_warned_about_and_nobody_says_who_decides(
    santral: Santral, start: Started, without: Path, language: str
) -> None:
    sandbox = start(config=f'language = "{language}"')
    words = Words(language)
    told = words.say("command.warning", place="cli", sentence=words.say("campaign.problem.no_caller"))
    assert santral("campaign", "check", without).said == [told]
    ran = santral("campaign", "create", without, "--yes")
    assert (ran.status, ran.said) == (0, [told])
    assert "cli" not in json.loads(changes(sandbox)[0].body)
