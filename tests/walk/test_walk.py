"""Walks from fresh seeds: twenty thousand keys in all, of which some hundred are drawn; `dev.py walk` goes on as long
as one likes."""

from __future__ import annotations

import os
import random
import subprocess
import sys

import pytest

WALKS = 8
KEYS = 2_500  # of each
DRAWN = 800  # of the one that is drawn


@pytest.mark.long
@pytest.mark.usefixtures("moment")  # what the walk has no hand in asks the clock too
@pytest.mark.parametrize("walk", range(WALKS))
def test_no_key_ends_the_app(dice: random.Random, pytestconfig: pytest.Config, walk: int) -> None:
    keys = DRAWN if pytestconfig.getoption("--variants") else KEYS
    # In a process of its own, where the same seed is the same walk.
    walked = subprocess.run(
        [sys.executable, "-m", "tests.walk", f"--keys={keys}", f"--seed={dice.randrange(10**9)}", "--workers=1"],
        env={**os.environ, "PYTHONHASHSEED": "0"}, capture_output=True, text=True, check=False)
    assert walked.returncode == 0, f"walk {walk}\n{walked.stdout}{walked.stderr}"
