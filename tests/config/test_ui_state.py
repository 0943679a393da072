"""What is merely chosen: kept, and never in the way."""

from __future__ import annotations

import json
import logging
import os
import stat
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.config.ui_state import UiState, load_state, save_state, state_path

CHOSEN = UiState(
    theme="santral-light", language="en", profile="acme", sorting={"campaigns": "name"}, filters={"campaigns": "ş"},
    hidden=frozenset({"side"}),
)


def test_what_was_chosen_is_chosen_again(tmp_path: Path) -> None:
    path = tmp_path / "data" / "state.json"
    before = os.umask(0)
    try:
        save_state(path, CHOSEN)
    finally:
        os.umask(before)
    assert load_state(path) == CHOSEN
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [entry.name for entry in path.parent.iterdir()] == ["state.json"]


def test_where_nothing_was_chosen_nothing_is(tmp_path: Path) -> None:
    assert load_state(tmp_path / "none.json") == UiState()


def test_it_is_in_the_data_folder(home: Path) -> None:
    assert state_path() == home / ".local/share/santral/state.json"


@pytest.mark.parametrize("data", [
    b"", b"{", b"[]", b"null", b"\xff\xfe", b'"text"', b"[" * 100_000, json.dumps({"theme": "x"}).encode()[:-3],
])
def test_a_damaged_file_is_moved_aside_and_noted(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.getLogger("santral"), "propagate", True)
    path = tmp_path / "state.json"
    path.write_bytes(data)
    with caplog.at_level(logging.WARNING, logger="santral.state"):
        assert load_state(path) == UiState()
    assert not path.exists()
    assert (tmp_path / "state.json.damaged").read_bytes() == data
    assert [record.name for record in caplog.records] == ["santral.state"]
    save_state(path, CHOSEN)
    assert load_state(path) == CHOSEN


@pytest.mark.parametrize(("kept", "state"), [
    ({"theme": 1, "profile": "acme"}, UiState(profile="acme")),
    ({"language": "de", "theme": "x"}, UiState(theme="x")),
    ({"sorting": {"a": "b", "c": 1}, "filters": [], "hidden": "side"}, UiState(sorting={"a": "b"})),
    ({"hidden": ["side", 1, None]}, UiState(hidden=frozenset({"side"}))),
    ({"theme": "\x1b[2J", "profile": "\ud800", "filters": {"a": "\n"}}, UiState()),
    ({"of_a_later_version": 1, "theme": "x"}, UiState(theme="x")),
])
def test_what_is_not_as_expected_is_left_out_and_the_rest_holds(tmp_path: Path, kept: Any, state: UiState) -> None:  # noqa: ANN401 - JSON
    path = tmp_path / "state.json"
    path.write_text(json.dumps(kept), encoding="utf-8")
    assert load_state(path) == state
    assert path.exists()


def test_a_state_that_cannot_be_read_or_written_stops_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.getLogger("santral"), "propagate", True)
    in_the_way = tmp_path / "file"
    in_the_way.write_text("", encoding="utf-8")
    with caplog.at_level(logging.WARNING, logger="santral.state"):
        save_state(in_the_way / "state.json", CHOSEN)
        assert load_state(in_the_way / "state.json") == UiState()
        assert load_state(tmp_path) == UiState()
    assert len(caplog.records) == 3


def test_a_damaged_file_that_cannot_be_moved_stops_nothing(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    path.write_bytes(b"{")
    (tmp_path / "state.json.damaged").mkdir()
    (tmp_path / "state.json.damaged" / "x").touch()
    assert load_state(path) == UiState()
    assert path.read_bytes() == b"{"


@given(st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["theme", "sorting", "hidden", "language"]), inner),
))
def test_no_content_stops_the_start(tmp_path_factory: pytest.TempPathFactory, kept: object) -> None:
    path = tmp_path_factory.getbasetemp() / "any-state.json"
    path.write_text(json.dumps(kept), encoding="utf-8")
    state = load_state(path)
    save_state(path, state)
    assert load_state(path) == state
