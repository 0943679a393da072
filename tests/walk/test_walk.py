"""Walks from fresh seeds: twenty thousand keys in all. `dev.py walk` goes on from there."""

from __future__ import annotations

import os
import random
import subprocess
import sys

import pytest

KEYS = 2_500


@pytest.mark.usefixtures("moment")  # what the walk has no hand in asks the clock too
@pytest.mark.parametrize("walk", range(8))
def test_no_key_ends_the_app(dice: random.Random, walk: int) -> None:
    # In a process of its own, where the same seed is the same walk.
    seed = dice.randrange(10**9)
    walked = subprocess.run(
        [sys.executable, "-m", "tests.walk", f"--keys={KEYS}", f"--seed={seed}", "--workers=1"],
        env={**os.environ, "PYTHONHASHSEED": "0"}, capture_output=True, text=True, check=False)
    assert walked.returncode == 0, walked.stdout + walked.stderr
