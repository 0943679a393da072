"""An event loop whose time is its own, and what runs in threads elsewhere run in it."""

from __future__ import annotations

import asyncio
import itertools
import random
import selectors
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from contextvars import Context
from typing import Any, Final, ParamSpec, TypeVar
from unittest.mock import patch

from textual import _time, clock, notifications, widget, worker
from textual.message_pump import MessagePump
from textual.notifications import Notification
from textual.timer import Timer
from textual.widgets import _loading_indicator
from textual.worker import Worker

from tui.app.appearance import LocalizedNotification
from tui.store import StoreThread

P = ParamSpec("P")
R = TypeVar("R")
# How long the disk takes, in seconds of the loop: mostly nothing, sometimes so long that the hand is elsewhere by then.
_DELAYS: Final = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.002, 0.02, 0.1, 0.7)
_BEGINS: Final = 1_000.0
_PATIENCE: Final = 400.0
# Whatever tells the time to Textual and to the program, by the name by which it is asked.
_CLOCKS: Final[tuple[tuple[Any, str], ...]] = (
    (_time, "get_time"), (time, "monotonic"), (widget, "monotonic"), (worker, "monotonic"), (notifications, "time"),
    (_loading_indicator, "time"))


class Stuck(Exception):
    """What is waited for would never happen."""


class _Nothing(selectors.SelectSelector):
    """Waits for no file: there is none that anything would come from."""

    loop: TimelessLoop

    def select(self, timeout: float | None = None) -> list[Any]:
        if timeout is None or self.loop.now > self.loop.patience_ends:
            raise Stuck
        self.loop.now += max(0.0, timeout)
        return []


class TimelessLoop(asyncio.SelectorEventLoop):
    """Jumps to the next timer as soon as nothing else is left to do. `delays` draws how long threads take."""

    def __init__(self, delays: random.Random) -> None:
        self.now = _BEGINS
        self.patience_ends = _BEGINS + _PATIENCE
        self.delays = delays
        self.strangers: list[str] = []  # threads that spoke to the loop: nobody knows in which moment one does
        self._home = threading.current_thread()
        selector = _Nothing()
        selector.loop = self
        super().__init__(selector)

    def time(self) -> float:
        return self.now

    def go_on(self) -> None:
        """Something has happened: wait as long again for the next."""
        self.patience_ends = self.now + _PATIENCE

    def _write_to_self(self) -> None:
        """Nobody waits in `select`."""

    def delay(self) -> float:
        return self.delays.choice(_DELAYS)

    def run_in_executor(  # type: ignore[override]  # its types are of a later Python
        self, executor: Executor | None, func: Callable[..., R], *args: Any,  # noqa: ANN401 - whatever `func` takes
    ) -> asyncio.Future[R]:
        done: asyncio.Future[R] = self.create_future()

        def run() -> None:
            if done.cancelled():
                return
            try:
                result = func(*args)
            except BaseException as error:  # noqa: BLE001 - for whoever waits
                done.set_exception(error)
            else:
                done.set_result(result)

        self.call_later(self.delay(), run)
        return done

    def call_soon_threadsafe(  # type: ignore[override]  # its types are of a later Python
        self, callback: Callable[..., object], *args: Any, context: Context | None = None,  # noqa: ANN401 - whatever `callback` takes
    ) -> asyncio.Handle:
        if threading.current_thread() is not self._home:
            self.strangers.append(threading.current_thread().name)
        return super().call_soon_threadsafe(callback, *args, context=context)


class _Turns:
    """Runs calls one after another, each in a moment of its own, in the loop."""

    def __init__(self, loop: TimelessLoop) -> None:
        self._loop = loop
        self._waiting: deque[Callable[[], None]] = deque()

    def ask(self, call: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        future: Future[R] = Future()

        def run() -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                result = call(*args, **kwargs)
            except BaseException as error:  # noqa: BLE001 - for whoever waits
                future.set_exception(error)
            else:
                future.set_result(result)

        self._waiting.append(run)
        if len(self._waiting) == 1:
            self._loop.call_later(self._loop.delay(), self._next)
        return future

    def _next(self) -> None:
        if not self._waiting:
            return
        self._waiting[0]()
        self._waiting.popleft()
        if self._waiting:
            self._loop.call_later(self._loop.delay(), self._next)

    def finish(self) -> None:
        while self._waiting:
            self._waiting.popleft()()


class InlineThread(StoreThread):
    """The store's thread, in the loop."""

    def __init__(self, loop: TimelessLoop) -> None:
        self._turns = _Turns(loop)

    def begin(self, call: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        return self._turns.ask(call, *args, **kwargs)

    def close(self) -> None:
        self._turns.finish()


@contextmanager
def _inline_pools(loop: TimelessLoop) -> Iterator[Callable[[], None]]:
    """Whatever has a thread for itself, as a look for numbers, an import and an export have, is in the loop as well.
    What is given does at once all that still waits for its turn.
    """
    turns: dict[ThreadPoolExecutor, _Turns] = {}

    def submit(pool: ThreadPoolExecutor, call: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        if pool._shutdown:
            raise RuntimeError("cannot schedule new futures after shutdown")
        return turns.setdefault(pool, _Turns(loop)).ask(call, *args, **kwargs)

    def finish() -> None:
        for waiting in turns.values():
            waiting.finish()

    with patch.object(ThreadPoolExecutor, "submit", submit):
        yield finish


def _raised(loop: TimelessLoop, kind: type[Notification]) -> Callable[..., None]:
    """How a toast begins: the clock that it asks then is in its own keeping."""
    begin = kind.__init__

    def raised(toast: Notification, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - whatever it says
        begin(toast, *args, **{"raised_at": loop.time(), **kwargs})

    return raised


def _numbering() -> Callable[[Any], int]:
    """Which a thing is of all that are made from now on, in place of its address, by which no set has the same order
    again."""
    numbers = itertools.count()

    def number(thing: Any) -> int:  # noqa: ANN401 - whatever stands in a set
        found: int | None = thing.__dict__.get("_walk_number")
        if found is None:
            found = thing.__dict__["_walk_number"] = next(numbers)
        return found

    return number


@contextmanager
def timeless(delays: random.Random) -> Iterator[TimelessLoop]:
    """A loop, the clocks of Textual and of the program set by it, and sets in the order of what was made."""
    loop = TimelessLoop(delays)
    with ExitStack() as stack:
        for module, name in _CLOCKS:
            stack.enter_context(patch.object(module, name, loop.time))
        for toast in (Notification, LocalizedNotification):
            stack.enter_context(patch.object(toast, "__init__", _raised(loop, toast)))
        stack.enter_context(patch.object(clock.Clock.__init__, "__kwdefaults__", {"get_time": loop.time}))
        finish = stack.enter_context(_inline_pools(loop))
        number = _numbering()
        for kind in (MessagePump, Worker, Timer):
            stack.enter_context(patch.object(kind, "__hash__", number))
        asyncio.set_event_loop(loop)
        try:
            yield loop
        finally:
            finish()
            asyncio.set_event_loop(None)
            loop.close()
