"""Walks from seeds that are known: twenty thousand keys in all. `dev.py walk` goes from fresh ones."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

# Each in a process of its own, where the same seed is the same walk.
SEEDS = (1_000, 2_000, 3_000, 4_000, 5_000, 12_000, 13_000, 14_000)
KEYS = 2_500


@pytest.mark.usefixtures("moment")  # what the walk has no hand in asks the clock too
@pytest.mark.parametrize("seed", SEEDS)
def test_no_key_ends_the_app(seed: int) -> None:
    walked = subprocess.run(
        [sys.executable, "-m", "tests.walk", f"--keys={KEYS}", f"--seed={seed}", "--workers=1"],
        env={**os.environ, "PYTHONHASHSEED": "0"}, capture_output=True, text=True, check=False)
    assert walked.returncode == 0, walked.stdout + walked.stderr
