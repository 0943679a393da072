"""Whatever another does in the midst of a launch, who is called is right: at each moment that matters something happens
that does, so that each guard of a launch is tried within few histories."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Sequence
from pathlib import Path
from types import UnionType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.histories.moves import MANY, SITUATIONS, Between, Move, No, Switched, When
from tests.histories.operators import Operator
from tests.histories.turns import Alone, FreeTurns
from tests.histories.world import World
from tui.campaign.call_limit import LimitRules
from tui.campaign.lifecycle import Action, Created, NotSent

# Each situation is few histories.
FEW = settings(suppress_health_check=list(HealthCheck), max_examples=max(2, settings().max_examples // 10))


async def _live(limits: LimitRules, moves: Sequence[Move], outcomes: type | UnionType = Created) -> None:
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder) / "santral.db", Path(folder), limits)
        operator, other = Operator(world, "A", Alone()), Operator(world, "B", FreeTurns())
        operator.other = other
        try:
            for move in moves:
                await operator.live([move])
                world.must_be_right()
            world.account.call_everybody()
            world.must_be_right()
            assert all(isinstance(outcome, outcomes) for outcome in [*operator.outcomes, *other.outcomes])
        finally:
            operator.close()
            other.close()
            world.close()


@pytest.mark.long
@pytest.mark.parametrize("when", When)
@pytest.mark.parametrize("situation", SITUATIONS)
@FEW
@given(st.data())
def test_whatever_another_does_in_the_midst_of_a_launch_who_is_called_is_right(
    situation: str, when: When, data: st.DataObject,
) -> None:
    limits, launches, others = (data.draw(each) for each in SITUATIONS[situation])
    between = Between(launches, others, when, data.draw(st.integers(0, 12)))
    # What happens before it is noted is found then: it is refused, and not begun and stopped.
    outcomes = Created | NotSent if when is When.BEGUN else Created
    asyncio.run(_live(limits, [No(0), MANY, between, Switched(0, Action.ON)], outcomes))
