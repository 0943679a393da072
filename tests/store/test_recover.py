"""Who has died in the middle of a launch, and who hasn't."""

from __future__ import annotations

import stat
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.store.support import Location, campaign_in, launched, line_of, open_store, process
from tui.campaign.lifecycle import Action, AskedBy, Created, State
from tui.core.reason import Reason
from tui.store import Store, StoreReadOnly

LAUNCHER = """
import sys
from tests.store.support import located, open_store
from tui.campaign.lifecycle import Action, AskedBy
store = open_store(located(sys.argv[1]))
launch = store.ledger.begin(int(sys.argv[2]), revision=1, token=sys.argv[2], body_hash="b", numbers=1,
                            asked_by=AskedBy.APP)
store.switches.begin(int(sys.argv[3]), Action.OFF, AskedBy.APP)
print(launch, flush=True)
sys.stdin.readline()
"""

INTERRUPTED = Reason("store.launch_interrupted")


def locks(path: Path) -> list[Path]:
    return sorted(path.with_name(f"{path.name}.holders").iterdir())


def recovered(store: Store) -> list[int]:
    """What is found once it is noticed that its process has died: a server on the other end takes a moment."""
    give_up = time.monotonic() + 10
    while not (found := store.ledger.recover()) and time.monotonic() < give_up:
        time.sleep(0.01)
    return found


@pytest.mark.kill
def test_what_a_killed_process_left_is_given_up_and_a_living_ones_is_not(store: Store, place: Location) -> None:
    draft, launching = store.drafts.create("acme", {}), store.drafts.create("acme", {})
    on, switching = campaign_in(store, State.ON), campaign_in(store, State.ON)
    with process(LAUNCHER, place, draft, on) as doomed, process(LAUNCHER, place, launching, switching) as living:
        launch = int(line_of(doomed))
        line_of(living)
        assert store.ledger.recover() == []
        assert store.campaigns.get(draft).state is State.LAUNCHING
        doomed.kill()
        doomed.wait()
        assert recovered(store) == [draft, on]
        assert store.ledger.recover() == []

        given_up = store.campaigns.get(draft)
        assert (given_up.state, given_up.reason) == (State.UNCONFIRMED, INTERRUPTED)
        unsure = store.campaigns.get(on)
        assert (unsure.state, unsure.unsure, unsure.pending) == (State.ON, True, None)
        assert unsure.reason == Reason("store.switch_interrupted")

        assert store.campaigns.get(launching).state is State.LAUNCHING
        assert store.campaigns.get(switching).pending is Action.OFF
        living.kill()
        living.wait()
    assert recovered(store) == [launching, switching]
    assert store.ledger.resolve(launch, Created(112))
    assert store.campaigns.get(draft).state is State.ON


def test_what_this_store_holds_is_never_given_up(store: Store) -> None:
    campaign = store.drafts.create("acme", {})
    launch = launched(store, campaign)
    assert store.ledger.recover() == []
    assert store.campaigns.get(campaign).state is State.LAUNCHING
    assert store.ledger.resolve(launch, Created(1))


def test_what_another_store_of_this_process_holds_is_not_given_up(store: Store, another: Callable[[], Store]) -> None:
    campaign = store.drafts.create("acme", {})
    launched(store, campaign)
    other = another()
    assert other.ledger.recover() == []
    assert other.campaigns.get(campaign).state is State.LAUNCHING


def test_what_a_closed_store_left_is_given_up(store: Store, another: Callable[[], Store], place: Location) -> None:
    other = another()
    campaign = store.drafts.create("acme", {})
    launched(other, campaign)
    other.close()
    assert store.ledger.recover() == [campaign]
    assert store.campaigns.get(campaign).reason == INTERRUPTED
    if isinstance(place, Path):
        assert locks(place) == []


def test_one_lock_serves_a_store_and_goes_with_it(store: Store, path: Path) -> None:
    for _ in range(3):
        launched(store, store.drafts.create("acme", {}))
    assert len(locks(path)) == 1
    assert stat.S_IMODE(locks(path)[0].parent.stat().st_mode) == 0o700
    store.close()
    assert locks(path) == []


def test_reading_and_editing_take_no_lock(store: Store, path: Path) -> None:
    store.drafts.change(store.drafts.create("acme", {}), {"name": "Anket"})
    assert store.ledger.recover() == []
    assert not path.with_name(f"{path.name}.holders").exists()


def test_a_holders_folder_that_was_removed_leaves_nothing_stuck(store: Store, another: Callable[[], Store],
                                                               path: Path) -> None:
    """As in a copy of the database on another machine."""
    other = another()
    campaign = store.drafts.create("acme", {})
    launched(other, campaign)
    for lock in locks(path):
        lock.unlink()
    locks_folder = path.with_name(f"{path.name}.holders")
    locks_folder.rmdir()
    assert store.ledger.recover() == [campaign]


def test_without_a_place_for_locks_nothing_is_launched(store: Store, path: Path) -> None:
    path.with_name(f"{path.name}.holders").write_text("")
    campaign = store.drafts.create("acme", {})
    with pytest.raises(StoreReadOnly):
        launched(store, campaign)
    assert store.campaigns.get(campaign).state is State.DRAFT


def test_without_a_place_for_locks_nothing_is_taken_for_dead(path: Path, tmp_path: Path) -> None:
    one, two = open_store(path), open_store(path)
    campaign = one.drafts.create("acme", {})
    launched(one, campaign)
    path.with_name(f"{path.name}.holders").rename(tmp_path / "elsewhere")
    path.with_name(f"{path.name}.holders").write_text("")
    with pytest.raises(StoreReadOnly):
        two.ledger.recover()
    assert two.campaigns.get(campaign).state is State.LAUNCHING
    one.close()
    two.close()


def test_switches_asked_by_a_command_are_recovered_too(store: Store, another: Callable[[], Store]) -> None:
    campaign = campaign_in(store, State.OFF)
    other = another()
    other.switches.begin(campaign, Action.ON, AskedBy.COMMAND)
    other.close()
    assert store.ledger.recover() == [campaign]
    assert store.campaigns.get(campaign).unsure
