"""Whatever comes one after another in the campaigns of a profile, who is called is right.

Histories are drawn at random, and made short where one is found to be wrong.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.histories.moves import DRAFTS, LIMITS, MOVES, Draft, Move
from tests.histories.operators import Operator
from tests.histories.turns import Turns
from tests.histories.world import World
from tui.campaign.call_limit import LimitRules
from tui.campaign.fields import PHONE_LIST
from tui.campaign.lifecycle import Created


async def _live(limits: LimitRules, moves: Sequence[Move]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder) / "santral.db", Path(folder), limits)
        operator = Operator(world, "A", Turns(random.Random(0), 0))  # noqa: S311 - no secret
        try:
            for move in moves:
                await operator.live([move])
                world.must_be_right()
            assert all(isinstance(outcome, Created) for outcome in operator.outcomes)
            # Nobody is left, or each would be called too often by this campaign alone, or its days are over by now.
            assert operator.problems <= {PHONE_LIST, "call_retries", "date_range_end"}
        finally:
            operator.close()
            world.close()


@pytest.mark.long
@settings(max_examples=max(1, settings().max_examples // 3))
@given(LIMITS, DRAFTS, st.lists(MOVES, min_size=10, max_size=30))
def test_nobody_is_called_too_often_or_against_a_no_and_every_row_is_accounted_for(
    limits: LimitRules, first: Draft, moves: list[Move],
) -> None:
    asyncio.run(_live(limits, [first, *moves]))
