"""The repositories of a store are made when they are used first, and once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from types import ModuleType

import pytest

from tui.store import Store
from tui.store import store as stores


@pytest.mark.values
def test_threads_that_meet_at_a_repository_get_the_same(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting = threading.Barrier(2, timeout=10)

    def both(name: str) -> ModuleType:
        meeting.wait()  # neither has made it yet
        return import_module(name)

    monkeypatch.setattr(stores, "import_module", both)
    with ThreadPoolExecutor(2) as pool:
        one, other = pool.map(lambda _thread: store.menus, range(2))
    assert one is other is store.menus
