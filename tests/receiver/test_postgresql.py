"""Several receivers behind a balancer: one PostgreSQL database, and what comes twice counts once."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from tests.postgresql import missing
from tests.receiver.support import PATIENCE, TOKEN, Running, form, running
from tests.receiver.test_kill import NUMBERS, bodies, told
from tests.store.results import NOON, assert_as_recounted, calling
from tests.store.support import open_store
from tui.secret import Secret
from tui.store import Store

pytestmark = pytest.mark.skipif(missing() is not None, reason=missing() or "")


@pytest.fixture
def store(tables: Secret) -> Iterator[Store]:
    opened = open_store(tables)
    yield opened
    opened.close()


@pytest.fixture
def receivers(tables: Secret, store: Store) -> Iterator[list[Running]]:
    stores = [open_store(tables) for _ in range(2)]
    with running(stores[0]) as one, running(stores[1]) as other:
        yield [one, other]
    for opened in stores:
        opened.close()


def test_each_takes_what_the_other_was_told_of_and_it_counts_once(store: Store, receivers: list[Running]) -> None:
    campaign = calling(store, token=TOKEN)  # launched after both had begun
    body = form(1)
    assert [receiver.post(body) for receiver in receivers * 2] == [200] * 4
    assert store.results.totals(campaign).notifications == 1
    assert {beat.address for beat in store.receivers.seen_since(NOON)} == {each.address for each in receivers}


def test_at_once_nothing_is_lost_nor_counted_twice(store: Store, receivers: list[Running]) -> None:
    campaign = calling(store, numbers=NUMBERS, token=TOKEN)
    posted = bodies(200, seed=5)
    statuses: list[int] = []

    def post(receiver: Running, order: list[bytes]) -> None:
        statuses.extend(receiver.post(body) for body in order)

    orders = (list(posted.values()), list(reversed(posted.values())))
    senders = [threading.Thread(target=post, args=(receiver, order))
               for receiver in receivers for order in orders]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join(PATIENCE)
    assert statuses == [200] * 800
    assert told(store, campaign) == posted.keys()
    assert_as_recounted(store, campaign)


def test_what_cannot_be_read_is_kept_with_its_zeros(store: Store, receivers: list[Running]) -> None:
    calling(store, token=TOKEN)
    for body in (b"\x00\xff", b"notification_id=%00&phone=1&status=%00", form(1, extra="a\0b")):
        assert receivers[0].post(body) == 200
    assert {kept.raw for kept in store.deliveries.unreadable("acme", 0, 10)} == {
        b"\x00\xff", b"notification_id=%00&phone=1&status=%00"}
