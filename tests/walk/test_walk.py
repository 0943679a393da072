"""Walks from seeds that are known: twenty thousand keys in all. `dev.py walk` goes from fresh ones."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

SEEDS = (652467425, 521433115, 366879922, 797016872, 867603775, 842928667, 555809204, 547034785)
KEYS = 2_500


@pytest.mark.usefixtures("moment")  # what the walk has no hand in asks the clock too
@pytest.mark.parametrize("seed", SEEDS)
def test_no_key_ends_the_app(seed: int) -> None:
    # In a process of its own, where the same seed is the same walk.
    walked = subprocess.run(
        [sys.executable, "-m", "tests.walk", f"--keys={KEYS}", f"--seed={seed}", "--workers=1"],
        env={**os.environ, "PYTHONHASHSEED": "0"}, capture_output=True, text=True, check=False)
    assert walked.returncode == 0, walked.stdout + walked.stderr
