"""What a command works with is read once: what it does throughout goes by one configuration and one set of choices."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.commands.conftest import Santral
from tui.config import reading
from tui.config.ui_state import UiState, save_state, state_path


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each of the files was read."""
    found: Counter[str] = Counter()
    read_source, read_bytes = reading.read_source, Path.read_bytes

    def counted_source(file: Path) -> reading.ConfigText | None:
        found["config"] += 1
        return read_source(file)

    def counted_bytes(path: Path) -> bytes:
        found["state"] += path == state_path()
        return read_bytes(path)

    monkeypatch.setattr(reading, "read_source", counted_source)
    monkeypatch.setattr(Path, "read_bytes", counted_bytes)
    return found


@pytest.mark.usefixtures("config_file")
@pytest.mark.parametrize("language", [None, "tr"])
@pytest.mark.parametrize("command", [
    "campaign check FILE", "campaign create FILE --dry-run", "campaign create FILE --yes", "campaign list", "dnc list",
    "config show", "config keys", "doctor --offline", "completion profiles", "completion refs",
])
def test_configuration_and_choices_are_read_once(
    santral: Santral, campaign_file: Path, reads: Counter[str], language: str | None, command: str
) -> None:
    save_state(state_path(), UiState(language=language))
    ran = santral(*(str(campaign_file) if word == "FILE" else word for word in command.split()))
    assert ran.status == 0
    assert reads == {"config": 1, "state": 1}


@pytest.mark.usefixtures("config_file")
def test_where_the_configuration_is_named_twice_the_last_one_counts(
    santral: Santral, tmp_path: Path, reads: Counter[str]
) -> None:
    first, last = tmp_path / "first.toml", tmp_path / "last.toml"
    for path in (first, last):
        path.write_text(f"[profiles.{path.stem}]\n", encoding="utf-8")
    assert santral("--config", first, "completion", "--config", last, "profiles").out == "last\n"
    assert reads == {"config": 2, "state": 1}


def test_profiles_are_completed_though_keys_are_wrong(santral: Santral, tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('[profiles.acme]\n[keys]\nnothing = "x"\n', encoding="utf-8")
    assert santral("--config", path, "completion", "profiles").out == "acme\n"
    assert santral("--config", path, "config", "check").status == 1
