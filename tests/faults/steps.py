"""The steps of a launch or a switch, found by running it: each call of the store's thread, each statement, each event
of the connection. At one of them a fault strikes.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest

from tui.provider.request_trace import RequestTrace
from tui.store import Store, StoreThread
from tui.store.sqlite import SqliteDatabase


class Steps:
    """Counts the steps that are passed; at the `target`th, counted from 1, `strike` is called, once."""

    def __init__(self, target: int = 0, strike: Callable[[], None] = lambda: None) -> None:
        self.passed: list[str] = []
        self.struck = ""  # the step at which it was
        self._target, self._strike = target, strike
        self._resting = threading.local()

    def step(self, name: str) -> None:
        if getattr(self._resting, "now", False) or not self._running:
            return
        self.passed.append(name)
        if len(self.passed) != self._target:
            return
        self.struck = name
        with self.rest():
            self._strike()

    @property
    def request_is_out(self) -> bool:
        return any("send_request_body.complete" in name for name in self.passed)

    _running = False

    @contextmanager
    def running(self) -> Iterator[None]:
        """Steps count while this runs."""
        self._running = True
        try:
            yield
        finally:
            self._running = False

    @contextmanager
    def rest(self) -> Iterator[None]:
        """What this thread does meanwhile is none of its steps."""
        before, self._running = self._running, False
        self._resting.now = True
        try:
            yield
        finally:
            self._resting.now = False
            self._running = before

    def watch(self, store: Store, thread: StoreThread, monkeypatch: pytest.MonkeyPatch) -> None:
        """Of this store, this thread of its, and of whatever is sent."""
        begin = thread.begin

        def begun(call: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - whatever it is
            name = getattr(call, "__name__", "call")

            def done() -> Any:  # noqa: ANN401 - whatever it is
                self.step(f"before {name}")
                try:
                    return call(*args, **kwargs)
                finally:
                    self.step(f"after {name}")

            return begin(done)

        monkeypatch.setattr(thread, "begin", begun)
        traced = RequestTrace.on_event

        async def on_event(trace: RequestTrace, event: str, info: Mapping[str, object]) -> None:
            self.step(f"before {event}")
            await traced(trace, event, info)
            self.step(f"after {event}")

        monkeypatch.setattr(RequestTrace, "on_event", on_event)
        self._watch_statements(store, monkeypatch)

    def _watch_statements(self, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        database: Any = store._context.database
        if isinstance(database, SqliteDatabase):
            monkeypatch.setattr(database, "_connection", _Stepping(database._connection, self))
            return
        import psycopg

        execute = psycopg.Connection.execute

        def stepping(connection: Any, query: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - psycopg's
            ours = connection is getattr(database, "_connection", None)
            if ours:
                self.step(f"before {_first_words(str(query))}")
            try:
                return execute(connection, query, *args, **kwargs)
            finally:
                if ours:
                    self.step(f"after {_first_words(str(query))}")

        monkeypatch.setattr(psycopg.Connection, "execute", stepping)


class _Stepping:
    """A connection to SQLite each of whose statements is a step."""

    def __init__(self, connection: Any, steps: Steps) -> None:  # noqa: ANN401 - sqlite3's
        self.real = connection
        self._steps = steps

    def execute(self, sql: str, *args: Any) -> Any:  # noqa: ANN401 - sqlite3's
        self._steps.step(f"before {_first_words(sql)}")
        try:
            return self.real.execute(sql, *args)
        finally:
            self._steps.step(f"after {_first_words(sql)}")

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - sqlite3's
        return getattr(self.real, name)


def _first_words(sql: str) -> str:
    return " ".join(sql.split()[:3])
