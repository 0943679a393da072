"""`santral campaign on`: it asks, as phones ring at once; `--yes` is for scripts."""

from __future__ import annotations

import contextlib
import io
import json
import sqlite3
from pathlib import Path

import pytest

from tests.commands.conftest import CAMPAIGN, Santral, Started, requests_of
from tui.sandbox.server import Sandbox


@pytest.fixture
def off(santral: Santral, config_file: Path, campaign_file: Path, sandbox: Sandbox) -> str:
    """A campaign that is off: its ID. What was sent for it is forgotten."""
    ref = santral("campaign", "create", campaign_file, "--yes").out.strip()
    santral("campaign", "off", ref)
    sandbox.requests.clear()
    return ref


def answering(monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    monkeypatch.setattr("tui.commands.output._is_terminal", lambda _stream: True)
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))


@pytest.mark.parametrize("several", [False, True])
def test_where_there_is_nobody_to_ask_nothing_is_switched_on_without_yes(
    santral: Santral, off: str, campaign_file: Path, sandbox: Sandbox, several: bool
) -> None:
    refs = [off]
    if several:
        refs.append(santral("campaign", "create", campaign_file, "--yes", "--again").out.strip())
        santral("campaign", "off", refs[1])
        sandbox.requests.clear()
    ran = santral("campaign", "on", *refs)
    assert (ran.status, ran.out, len(ran.said)) == (1, "", 1)
    assert "--yes" in ran.err
    assert sandbox.requests == []
    ran = santral("campaign", "on", *refs, "--yes")
    assert (ran.status, ran.err) == (0, "")
    assert len(requests_of(sandbox, "PATCH")) == len(refs)


@pytest.mark.parametrize(("typed", "done"), [("y\n", True), ("evet\n", True), ("\n", False), ("", False)])
def test_it_asks_with_whom_it_calls_and_when(
    santral: Santral, off: str, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, typed: str, done: bool
) -> None:
    answering(monkeypatch, typed)
    ran = santral("campaign", "on", off)
    assert "up to 2 numbers still to call" in ran.err
    assert "within its hours: phones ring at once" in ran.err
    assert ran.status == (0 if done else 1)
    assert requests_of(sandbox, "PATCH") == (["/ivr_campaigns/20212"] if done else [])


def test_several_are_asked_about_once(
    santral: Santral, off: str, campaign_file: Path, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = santral("campaign", "create", campaign_file, "--yes", "--again").out.strip()
    santral("campaign", "off", other)
    answering(monkeypatch, "e\n")
    ran = santral("campaign", "on", off, other)
    assert ran.status == 0
    assert "Up to 4 numbers still to call in total" in ran.err
    assert ran.err.count("[y/N]") == 1


def test_off_asks_nobody(santral: Santral, start: Started, campaign_file: Path) -> None:
    sandbox = start()
    ref = santral("campaign", "create", campaign_file, "--yes").out.strip()
    ran = santral("campaign", "off", ref)
    assert (ran.status, ran.err) == (0, "")
    assert len(requests_of(sandbox, "PATCH")) == 1


@pytest.mark.parametrize("more", [(), ("--yes",)])
@pytest.mark.parametrize("several", [False, True])
def test_a_finished_one_is_refused(
    santral: Santral, off: str, home: Path, sandbox: Sandbox, more: tuple[str, ...], several: bool
) -> None:
    santral("campaign", "adopt", "112", "--off")
    day = "2026-01-05"  # long ago
    fields = {"name": "Anket", "call_type": "ivr", "active_days": "1,2,3,4,5,6,7", "date_range_begin": day,
              "date_range_end": day}
    with contextlib.closing(sqlite3.connect(home / "data" / "santral" / "santral.db")) as database, database:
        database.execute("UPDATE campaigns SET fields = ? WHERE provider_id = 20212", (json.dumps(fields),))
    ran = santral("campaign", "on", off, *(["112"] if several else []), *more)
    assert ran.status == 1
    assert "“Anket” is finished" in ran.err
    assert "/ivr_campaigns/20212" not in requests_of(sandbox, "PATCH")


def test_the_question_is_in_the_language_in_use(
    santral: Santral, start: Started, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start(config='language = "tr"')
    file = tmp_path / "kampanya.toml"
    file.write_text(CAMPAIGN, encoding="utf-8")
    ref = santral("campaign", "create", file, "--yes").out.strip()
    santral("campaign", "off", ref)
    answering(monkeypatch, "h\n")
    ran = santral("campaign", "on", ref)
    assert "aranmayı bekleyen en çok 2 numara var" in ran.err
    assert "telefonlar hemen çalar" in ran.err
    assert ran.status == 1
