"""The way of do-not-call numbers to the provider: what is noted of each, and who is at it."""

from __future__ import annotations

from collections.abc import Callable

from tests.store.results import calling, ingest, phone, told
from tui.core.reason import Reason
from tui.store import Store
from tui.store.opt_out_pushes import PushQueue, PushState

WHY = Reason("provider.refused", {"status": 400, "words": "no"})


def states(store: Store, *numbers: int) -> list[str]:
    found = store.opt_out_pushes.states("acme", [phone(number) for number in numbers])
    return [found[phone(number)].value if phone(number) in found else "" for number in numbers]


def begun(store: Store, number: int) -> None:
    assert store.opt_out_pushes.take("acme")
    assert store.opt_out_pushes.begin("acme", phone(number))


def test_whoever_is_put_on_the_list_waits_the_oldest_first(store: Store) -> None:
    calling(store, 3, fields={"opt_out_key": "9"})
    ingest(store, told(1, digit="9"))
    store.do_not_call.add("acme", [phone(2)])
    store.do_not_call.add("acme", [phone(2), phone(3)])
    store.do_not_call.add("other", [phone(4)])
    assert store.opt_out_pushes.next("acme", PushState.WAITING, 9) == [phone(1), phone(2), phone(3)]
    assert store.opt_out_pushes.next("acme", PushState.WAITING, 1) == [phone(1)]
    assert store.opt_out_pushes.queue("acme") == PushQueue(waiting=3)


def test_each_outcome_is_noted(store: Store) -> None:
    store.do_not_call.add("acme", [phone(number) for number in range(1, 5)])
    for number in range(1, 5):
        begun(store, number)
    assert not store.opt_out_pushes.begin("acme", phone(1))  # it is on its way
    store.opt_out_pushes.done("acme", phone(1))
    store.opt_out_pushes.not_done("acme", phone(2))
    store.opt_out_pushes.not_done("acme", phone(3), WHY)
    assert states(store, 1, 2, 3, 4) == ["pushed", "waiting", "refused", "unsure"]
    assert store.opt_out_pushes.queue("acme") == PushQueue(waiting=1, unsure=1, refused=1)
    store.opt_out_pushes.not_done("acme", phone(1))
    assert states(store, 1) == ["pushed"]
    store.opt_out_pushes.try_refused_again("acme")
    assert states(store, 3) == ["waiting"]


def test_whoever_is_taken_off_before_is_not_pushed_and_what_was_done_stays_known(store: Store) -> None:
    every = [phone(number) for number in range(1, 5)]
    store.do_not_call.add("acme", every)
    for number in (2, 3, 4):
        begun(store, number)
    store.opt_out_pushes.done("acme", phone(2))
    store.opt_out_pushes.not_done("acme", phone(4), WHY)
    store.do_not_call.remove("acme", every)
    assert states(store, 1, 2, 3, 4) == ["", "pushed", "perhaps", ""]
    assert store.opt_out_pushes.queue("acme") == PushQueue()
    assert not store.opt_out_pushes.begin("acme", phone(1))
    store.do_not_call.add("acme", every)  # he may have been unblocked at the provider meanwhile: it is looked at
    assert states(store, 1, 2, 3, 4) == ["waiting", "unsure", "unsure", "waiting"]


def test_an_answer_that_comes_after_it_was_taken_off_is_noted(store: Store) -> None:
    store.do_not_call.add("acme", [phone(1), phone(2)])
    begun(store, 1)
    begun(store, 2)
    store.do_not_call.remove("acme", [phone(1), phone(2)])
    store.opt_out_pushes.done("acme", phone(1))
    store.opt_out_pushes.not_done("acme", phone(2))
    assert states(store, 1, 2) == ["pushed", ""]


def test_one_process_at_a_time_pushes_and_another_goes_on_where_it_died(
    store: Store, another: Callable[[], Store]
) -> None:
    other = another()
    assert store.opt_out_pushes.take("acme")
    assert store.opt_out_pushes.take("acme")  # its own
    assert not other.opt_out_pushes.take("acme")
    assert other.opt_out_pushes.take("other")
    other.opt_out_pushes.let_go("acme")  # it is not its to let go
    assert not other.opt_out_pushes.take("acme")
    store.opt_out_pushes.let_go("acme")
    assert other.opt_out_pushes.take("acme")
    other.close()  # as where it dies: its lock is free
    assert store.opt_out_pushes.take("acme")


def test_why_it_stopped_is_kept(store: Store) -> None:
    assert store.opt_out_pushes.take("acme")
    store.opt_out_pushes.note_stop("acme", WHY)
    assert store.opt_out_pushes.queue("acme").stopped == WHY
    store.opt_out_pushes.note_stop("acme", None)
    assert store.opt_out_pushes.queue("acme").stopped is None


def test_whoever_has_lost_it_to_another_changes_nothing_but_what_is_done(
    store: Store, another: Callable[[], Store]
) -> None:
    store.do_not_call.add("acme", [phone(1), phone(2), phone(3)])
    begun(store, 1)
    begun(store, 2)
    assert store.opt_out_pushes.ours("acme", phone(1))
    assert not store.opt_out_pushes.ours("acme", phone(3))  # it was not begun
    other = another()
    database = other._context.database
    with database.write():  # as another has, who found that its session had ended while it stood still
        database.run("UPDATE opt_out_pushers SET holder = NULL")
    assert other.opt_out_pushes.take("acme")
    assert not store.opt_out_pushes.holds("acme")
    assert not store.opt_out_pushes.ours("acme", phone(1))
    assert not store.opt_out_pushes.begin("acme", phone(3))
    store.opt_out_pushes.not_done("acme", phone(1))
    store.opt_out_pushes.done("acme", phone(2))
    assert states(store, 1, 2, 3) == ["unsure", "pushed", "waiting"]
    store.opt_out_pushes.let_go("acme")
    assert other.opt_out_pushes.holds("acme")
    other.close()
