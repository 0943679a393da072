"""How long to wait before something is tried again."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tui.core.retry import RetryPolicy

POLICY = RetryPolicy(first=0.5, ceiling=20.0, tries=5, min_asked=2.0, max_asked=120.0)


def test_waits_grow_to_their_ceiling() -> None:
    policy = RetryPolicy(first=15.0, ceiling=300.0)
    assert [policy.wait(failures) for failures in range(7)] == [0.0, 15.0, 30.0, 60.0, 120.0, 240.0, 300.0]
    assert policy.wait(1_000_000) == 300.0
    assert RetryPolicy(first=60.0, factor=1.0, ceiling=60.0).wait(4) == 60.0


def test_after_the_last_try_there_is_no_wait() -> None:
    assert [POLICY.wait(failures) for failures in range(1, 7)] == [0.5, 1.0, 2.0, 4.0, None, None]
    assert POLICY.wait(5, asked=7.0) is None


@pytest.mark.parametrize(("asked", "seconds"), [(0.0, 2.0), (2.0, 2.0), (7.5, 7.5), (120.0, 120.0), (120.5, None)])
def test_what_the_other_side_asks_for_is_waited_for(asked: float, seconds: float | None) -> None:
    assert POLICY.wait(1, asked=asked, jitter=0.0, minimum=60.0) == seconds
    assert POLICY.wait(4, asked=asked) == seconds


def test_jitter_takes_up_to_half_of_a_wait_away() -> None:
    assert [POLICY.wait(2, jitter=jitter) for jitter in (0.0, 0.5, 1.0)] == [0.5, 0.75, 1.0]


def test_no_grown_wait_is_shorter_than_the_least_or_longer_than_the_ceiling() -> None:
    policy = RetryPolicy(first=15.0, ceiling=300.0)
    assert [policy.wait(failures, minimum=60.0) for failures in (1, 3, 4, 9)] == [60.0, 60.0, 120.0, 300.0]
    assert policy.wait(1, minimum=900.0) == 300.0


ROOT = Path(__file__).parents[2]
# All that a create request passes through, from the confirmed draft to the wire and back. The client itself tries its
# other calls again: tests/provider/test_tries.py shows that it makes one request of a create.
CREATE_PATH = ("operations/launch.py", "operations/launch_key.py", "operations/launch_request.py",
               "operations/trial_call.py", "operations/still_ours.py", "provider/create.py", "provider/body.py",
               "provider/transport.py", "provider/request_trace.py", "provider/early_response.py", "store/ledger.py",
               "commands/campaign/create.py", "commands/campaign/launch_draft.py",
               "commands/campaign/sending.py", "screens/launch.py")


@pytest.mark.parametrize("path", CREATE_PATH)
def test_nothing_that_a_create_request_passes_through_tries_again(path: str) -> None:
    source = (ROOT / "tui" / path).read_text(encoding="utf-8")
    imported = {node.module for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ImportFrom)}
    assert not imported & {"tui.core.retry", "tui.operations.rate_limit"}
