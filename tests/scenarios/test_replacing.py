"""A campaign is changed while it runs: killed in the midst, taken up again, and one campaign of two lives at last."""

from __future__ import annotations

import json
import os
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.receiver.test_kill import free_port
from tests.scenarios.conftest import KEY, Start
from tests.scenarios.test_receiver import config_with_receiver, wait_for_receiver
from tests.started.sitecustomize import AHEAD
from tests.terminal import PATIENCE
from tui.bootstrap import sort_text
from tui.core.secret import Secret
from tui.i18n.words import Words, folded
from tui.sandbox.server import Sandbox, SandboxOptions
from tui.store import ResultFilter, Store, Totals

pytestmark = [pytest.mark.terminal, pytest.mark.kill]
SAY = Words("en").say
NUMBERS = 24
TEN_MINUTES = 600
FILE = """
call_type = "ivr"
name = "Memnuniyet"
active_days = [1, 2, 3, 4, 5, 6, 7]
time_range_begin = "09:00"
time_range_end = "18:00"
cli = "902129630131"
call_retries = 3
max_thread_count = 1
ring_timeout = 25
welcome_announcement_id = 128
digit_target_1 = "announcement/421"
"""


@pytest.fixture
def sandbox(moment: object) -> Iterator[Sandbox]:
    """Calls go fast enough that some are over soon, and not all before the campaign is changed."""
    with Sandbox(SandboxOptions(key=Secret(KEY), speed=20, always_open=True)) as running:
        yield running


def opened(home: Path) -> Store:
    return Store.open(home / "data" / "santral" / "santral.db", fold=folded, sort_key=sort_text)


def wait_for_results(home: Path, campaign: int, enough: int) -> Totals:
    end = time.monotonic() + 4 * PATIENCE
    with closing(opened(home)) as store:
        while (totals := store.results.totals(campaign)).called < enough:
            assert time.monotonic() < end, totals
            time.sleep(0.1)
    return totals


@pytest.mark.long
def test_changed_while_it_runs_killed_in_the_midst_and_one_campaign_of_two_lives_at_last(
    start: Start, home: Path, sandbox: Sandbox, environ: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    config = config_with_receiver(home, sandbox, free_port())
    file = home / "campaign.toml"
    file.write_text(FILE + "".join(f'[[phone_list]]\nphone = "05321234{number:03}"\n' for number in range(NUMBERS)),
                    encoding="utf-8")
    with start("--config", config) as terminal:
        terminal.wait(SAY("screens.campaigns.empty").split("\n", maxsplit=1)[0])
        with start("--config", config, "campaign", "create", str(file), "--yes") as launching:
            launching.wait("20212")
            assert launching.end() == 0, launching.text
        terminal.wait("Memnuniyet")
        wait_for_results(home, 1, 4)
        terminal.press("e")
        terminal.wait(SAY("screens.successor.go.switch_off"))
        terminal.press("tab", "enter")
        terminal.wait(f"▸ {SAY('screens.successor.step.wait')}")
        terminal.kill()
    # Ten minutes later somebody goes on from the command line; no receiver has been there meanwhile.
    later = str(float(os.environ[AHEAD]) + TEN_MINUTES)
    monkeypatch.setenv(AHEAD, later)
    environ[AHEAD] = later
    with start("--config", config, size=(120, 36)) as terminal:
        terminal.wait("Memnuniyet")
        wait_for_receiver(terminal)
        with start("--config", config, "campaign", "replace", "20212", "--set", "time_range_end=19:00", "--set",
                   "max_thread_count=8", "--records", "--yes", size=(120, 36)) as going_on:
            going_on.wait("20213", patience=4 * PATIENCE)
            assert going_on.end() == 0, going_on.text
        terminal.wait("‹2 lives› Memnuniyet")
        wait_for_results(home, 2, 4)
        terminal.press("r")
        terminal.wait("Life 2 (20213)")
        terminal.wait("‹2 lives›")
        assert "Life 1 (20212)" in terminal.text
        terminal.press("ctrl+q")
        assert terminal.end() == 0
    assert_one_campaign(home, sandbox)


def assert_one_campaign(home: Path, sandbox: Sandbox) -> None:
    """Figures are of both, every number once, and whom the first life reached the second one was not given."""
    first, second = (json.loads(request.body) for request in sandbox.requests
                     if request.method == "POST" and "ivr_campaigns" in request.path)
    assert (second["time_range_end"], second["max_thread_count"]) == ("19:00", 8)
    given = {row["phone"] for row in second["phone_list"]}
    assert given <= {row["phone"] for row in first["phone_list"]}
    with closing(opened(home)) as store:
        reached = {row.phone for row in store.results.each(1, ResultFilter(final=True))}
        assert reached
        assert given.isdisjoint(reached)
        rows = [row for batch in store.lives.each(1) for row in batch]
        assert Counter(row.phone for row in rows) == Counter(row["phone"] for row in first["phone_list"])
        assert not [row.phone for row in rows if sum(life.answered for life in row.lives) > 1]
        both = store.results.totals_of([1, 2])
        totals = store.lives.totals(2)
        assert totals.numbers == NUMBERS
        assert totals.calls == both[1].calls + both[2].calls
        assert totals.called == sum(bool(row.attempts) for row in rows)
        assert totals.answered == both[1].answered + both[2].answered
        assert store.campaigns.get(1).state == "deleted"
