"""The store's thread: in order, and to the end."""

from __future__ import annotations

import asyncio
import gc
import threading

import pytest

from tests.store.support import campaign_in
from tui.campaign.lifecycle import Created, State
from tui.store import NoSuchCampaign, Store, StoreThread


async def test_calls_run_on_one_other_thread_in_the_order_they_were_made() -> None:
    thread = StoreThread()
    ran: list[tuple[int, int]] = []

    def run(number: int) -> None:
        ran.append((number, threading.get_ident()))

    await asyncio.gather(*(thread(run, number) for number in range(50)))
    thread.close()
    assert [number for number, _ in ran] == list(range(50))
    assert len({ident for _, ident in ran}) == 1
    assert ran[0][1] != threading.get_ident()


async def test_results_and_errors_come_back(store: Store) -> None:
    thread = StoreThread()
    campaign = await thread(store.drafts.create, "acme", {"name": "Anket"})
    assert (await thread(store.campaigns.get, campaign)).name == "Anket"
    assert len(await thread(store.campaigns.page, "acme", limit=5)) == 1
    with pytest.raises(NoSuchCampaign):
        await thread(store.campaigns.get, 404)
    thread.close()


async def test_a_write_completes_though_nobody_waits_for_it_any_more(store: Store) -> None:
    thread = StoreThread()
    campaign = campaign_in(store, State.LAUNCHING)
    let_go = threading.Event()
    waiting = [asyncio.ensure_future(thread(let_go.wait)),
               asyncio.ensure_future(thread(store.ledger.resolve, 1, Created(112)))]
    await asyncio.sleep(0)
    for task in waiting:
        task.cancel()
    await asyncio.wait(waiting)
    assert all(task.cancelled() for task in waiting)
    assert store.campaigns.get(campaign).state is State.LAUNCHING
    let_go.set()
    assert (await thread(store.campaigns.get, campaign)).state is State.ON
    thread.close()


@pytest.mark.parametrize(("error", "told"), [
    (NoSuchCampaign(404), "WARNING"), (ValueError("zub"), "ERROR"),
])
async def test_what_fails_though_nobody_waits_for_it_any_more_is_told_by_the_log_alone(
    caplog: pytest.LogCaptureFixture, error: Exception, told: str,
) -> None:
    thread, let_go = StoreThread(), threading.Event()
    caplog.set_level("INFO", "santral.store")

    def fail() -> None:
        let_go.wait()
        raise error

    waiting = asyncio.ensure_future(thread(fail))
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.wait([waiting])
    let_go.set()
    await thread(bool)
    gc.collect()
    assert [record.levelname for record in caplog.records] == [told]
    thread.close()


async def test_closing_finishes_what_was_asked_for(store: Store) -> None:
    thread = StoreThread()
    made = [asyncio.ensure_future(thread(store.drafts.create, "acme", {"name": str(number)})) for number in range(10)]
    await asyncio.sleep(0)
    thread.close()
    assert await asyncio.gather(*made) == list(range(1, 11))
    with pytest.raises(RuntimeError):
        await thread(store.campaigns.get, 1)


def test_a_store_may_be_used_by_several_threads(store: Store) -> None:
    campaign = store.drafts.create("acme", {})

    def change(field: str) -> None:
        for number in range(20):
            store.drafts.change(campaign, {field: str(number)})

    threads = [threading.Thread(target=change, args=(field,)) for field in ("name", "cli", "ring_timeout")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.campaigns.get(campaign).fields == {"name": "19", "cli": "19", "ring_timeout": "19"}
    assert store.campaigns.get(campaign).revision == 61
