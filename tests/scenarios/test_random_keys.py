"""Random bytes of keys in a real terminal: the program goes on, and its log tells of no failure."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.scenarios.conftest import Start
from tests.terminal import KEYS

_TYPED = "abcdefghijklmnoprstuvyzğüşıöç0123456789?/!#*+-.,:"  # neither Q nor ctrl+q nor ctrl+z, which end or stop it


@pytest.mark.long
@pytest.mark.terminal
@pytest.mark.parametrize("language", ["tr", "en"])
def test_random_keys_in_a_terminal(start: Start, home: Path, dice: random.Random, language: str) -> None:
    named = sorted(set(KEYS) - {"ctrl+q", "ctrl+z"})
    with start(language=language) as terminal:
        terminal.wait("Santral")
        for _ in range(40):
            some = (dice.choice(named) if dice.random() < 0.5 else dice.choice(_TYPED) for _ in range(12))
            terminal.press(*(key for key in some if key != "escape"))
            terminal.drain(0.01)
            assert terminal.process.poll() is None, terminal.text
        for _ in range(12):
            terminal.press("escape")
        terminal.press("ctrl+q")
        assert terminal.end() == 0, terminal.text
    logs = "".join(path.read_text(encoding="utf-8") for path in home.rglob("santral.log"))
    assert "unexpected failure" not in logs
    assert "Traceback" not in logs
