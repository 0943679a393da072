"""Walks from seeds that are fresh with every run: twenty thousand keys in all."""

from __future__ import annotations

import secrets

import pytest

from tests.walk.shrinking import written
from tests.walk.walking import walked_from

KEYS = 2_500


@pytest.mark.usefixtures("moment")  # what the walk has no hand in asks the clock too
@pytest.mark.parametrize("part", range(8))
def test_no_key_ends_the_app(part: int) -> None:
    seed = secrets.randbelow(10**9)
    keys = 0
    while keys < KEYS:
        print(f"python3 dev.py walk --again {seed}")
        walked = walked_from(seed)
        assert not walked.finding, f"{walked.finding}\n{written(walked)}\n{walked.detail}"
        keys += walked.keys
        seed += 1
