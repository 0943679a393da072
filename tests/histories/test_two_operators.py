"""Two operators at one database, at once: whatever either of them does, and in whichever order their programs come to
the store and to the provider, who is called is right.

The order is drawn with the moves, so that a history that went wrong goes wrong again, and is made short.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.histories.moves import DRAFTS, LIMITS, MIXED, Draft, Move, Yes
from tests.histories.operators import Operator
from tests.histories.turns import FreeTurns, Turns
from tests.histories.world import World
from tests.store.support import Location
from tui.campaign.call_limit import LimitRules

OFTEN = st.sampled_from([50, 10, 2])
LIVES = MIXED.flatmap(lambda moves: st.tuples(*[st.tuples(DRAFTS, st.lists(moves, min_size=4, max_size=16))] * 2))
Life = tuple[Draft, list[Move]]
# A history of two takes seconds on a server; how many are drawn follows what is asked of the other properties.
FEW = settings(suppress_health_check=list(HealthCheck), max_examples=max(1, settings().max_examples // 6))


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Location:
    if request.param == "sqlite":
        return tmp_path / "santral.db"
    tables: Location = request.getfixturevalue("tables")
    return tables


def _live(place: Location, folder: Path, limits: LimitRules, lives: tuple[Life, Life], turns: Turns) -> None:
    world = World(place, folder, limits)
    operators = {name: Operator(world, name, turns) for name in "AB"}

    def job(operator: Operator, moves: Sequence[Move]) -> Callable[[], None]:
        return lambda: asyncio.run(operator.live(moves))

    try:
        turns.run({name: job(operator, [first, *moves])
                   for (name, operator), (first, moves) in zip(operators.items(), lives, strict=True)})
        world.must_be_right()
    finally:
        for operator in operators.values():
            operator.close()
        world.close()


@pytest.mark.long
@FEW
@given(LIMITS, LIVES, st.integers(0, 2**32), OFTEN)
def test_in_any_order_of_their_steps_who_is_called_is_right(
    place: Location, tmp_path: Path, limits: LimitRules, lives: tuple[Life, Life], order: int, often: int,
) -> None:
    _live(place, tmp_path, limits, lives, Turns(random.Random(order), often))  # noqa: S311 - no secret


@pytest.mark.long
@FEW
@given(LIMITS, LIVES)
def test_at_the_same_time_who_is_called_is_right(
    place: Location, tmp_path: Path, limits: LimitRules, lives: tuple[Life, Life],
) -> None:
    """As the machine has it, so that what fails may not fail again. Whoever is called again after a yes is not told
    from whoever is called against the no before."""
    _live(place, tmp_path, limits, (_without_yes(lives[0]), _without_yes(lives[1])), FreeTurns())


def _without_yes(life: Life) -> Life:
    return life[0], [move for move in life[1] if not isinstance(move, Yes)]
