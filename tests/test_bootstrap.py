"""What the app and the commands begin with: the language, the profile, the store."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import KEY, write_config
from tui import bootstrap
from tui.campaign.lifecycle import AskedBy
from tui.config import ConfigError
from tui.config.ui_state import UiState, save_state, state_path
from tui.core.sanitize import visible
from tui.i18n import words

ADDRESS = "https://example.com"


@pytest.mark.parametrize(("state", "config", "terminal", "expected"), [
    (None, None, "C.UTF-8", "en"),
    (None, None, "tr_TR.UTF-8", "tr"),
    (None, "tr", "C.UTF-8", "tr"),
    (None, "en", "tr_TR.UTF-8", "en"),
    ("en", "tr", "tr_TR.UTF-8", "en"),
])
def test_the_language_is_the_one_chosen_in_the_app_else_the_configured_else_the_terminals(
    home: Path, monkeypatch: pytest.MonkeyPatch, state: str | None, config: str | None, terminal: str, expected: str
) -> None:
    monkeypatch.setenv("LANG", terminal)
    write_config(home, ADDRESS, more=f'language = "{config}"' if config else "")
    if state is not None:
        save_state(state_path(), UiState(language=state))
    bootstrap.choose_language(bootstrap.Sources(None, os.environ))
    assert words.language() == expected
    bootstrap.open_config(bootstrap.Sources(None, os.environ), AskedBy.COMMAND)
    assert words.language() == expected


def test_with_no_profile_there_is_none_but_one_that_is_named_has_to_be_there(home: Path) -> None:
    session = bootstrap.open_config(bootstrap.Sources(None, os.environ), AskedBy.APP)
    assert bootstrap.choose_profile(session, None) is None
    with pytest.raises(ConfigError):
        bootstrap.choose_profile(session, "acme")


def test_the_profile_used_last_is_the_one_to_start_with(home: Path) -> None:
    write_config(home, ADDRESS, more=f'[profiles.other]\napi_key = "{KEY}"\n')
    session = bootstrap.open_config(bootstrap.Sources(None, os.environ), AskedBy.APP)
    with pytest.raises(ConfigError):
        bootstrap.choose_profile(session, None)
    session.state = UiState(profile="other")
    session.write_state()
    again = bootstrap.open_config(bootstrap.Sources(None, os.environ), AskedBy.APP)
    chosen = bootstrap.choose_profile(again, None)
    assert chosen is not None
    assert chosen.name == "other"


def test_a_run_on_the_side_keeps_its_choices_to_itself(home: Path, tmp_path: Path) -> None:
    session = bootstrap.open_config(bootstrap.Sources(None, os.environ), AskedBy.APP)
    session.state_file = tmp_path / "state.json"
    session.state = UiState(language="tr")
    session.write_state()
    assert session.state_file.exists()
    path = state_path()
    assert path is not None
    assert not path.exists()


@given(st.lists(st.text(max_size=6), max_size=8))
def test_texts_to_sort_by_have_the_order_of_the_alphabet(names: list[str]) -> None:
    assert sorted(names, key=bootstrap.sort_text) == sorted(names, key=lambda name: tuple(words.alphabetical(name)))


@given(st.text())
def test_what_is_made_visible_prints(text: str) -> None:
    shown = visible(text)
    assert all(sign.isprintable() or sign == "\u00a0" for sign in shown)
    if text.isprintable():
        assert shown == text
