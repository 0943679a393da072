"""Two programs at one database, of which one alone goes on at a time: who, is drawn at each call of the store and of
the provider. The same numbers at random are the same order."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, TypeVar

from tui.store.database import Database

T = TypeVar("T")

_STUCK_SECONDS: Final = 120
_STATEMENTS: Final = ("run", "run_many", "all", "one", "load")


class Turns:
    """Who goes on. `often`: in how many of a hundred steps it is somebody else's turn."""

    alone = False

    def __init__(self, dice: random.Random, often: int) -> None:
        self._dice, self._often = dice, often
        self._turn = threading.Condition()
        self._there: list[str] = []
        self._whose = ""

    def run(self, jobs: dict[str, Callable[[], None]]) -> None:
        """All of them to their end; what one of them raises is raised then."""
        failures: list[BaseException] = []

        def run(name: str, job: Callable[[], None]) -> None:
            try:
                self._wait(name)
                job()
            except BaseException as failure:  # noqa: BLE001 - raised below
                failures.append(failure)
            finally:
                with self._turn:
                    self._there.remove(name)
                    self._go_on()

        self._there = list(jobs)
        threads = [threading.Thread(target=run, args=each) for each in jobs.items()]
        for thread in threads:
            thread.start()
        with self._turn:
            self._go_on()
        for thread in threads:
            thread.join()
        if failures:
            raise failures[0]

    def arm(self, steps: int, happens: Callable[[], None]) -> None:
        """Have something happen after so many steps of one; of several, who take turns anyway, nothing."""

    def disarm(self) -> None:
        """It does not happen any more."""

    def step(self, name: str) -> None:
        """Somebody is about to go on: when it is their turn."""
        if name not in self._there:
            return  # before all begins, or after its end
        with self._turn:
            if self._dice.random() * 100 < self._often:
                self._go_on(but=name)
        self._wait(name)

    def _go_on(self, but: str = "") -> None:
        others = [name for name in self._there if name != but]
        if others:
            self._whose = self._dice.choice(others)
            self._turn.notify_all()

    def _wait(self, name: str) -> None:
        with self._turn:
            assert self._turn.wait_for(lambda: self._whose == name, _STUCK_SECONDS), f"{name} waits in vain"


class FreeTurns(Turns):
    """Whoever can goes on, as the machine has it."""

    def __init__(self) -> None:
        super().__init__(random.Random(), 0)  # noqa: S311 - no secret

    def step(self, name: str) -> None:
        pass

    def _wait(self, name: str) -> None:
        pass


class Alone(FreeTurns):
    """One program alone, in the midst of whose steps something happens when that is wanted."""

    alone = True

    def __init__(self) -> None:
        super().__init__()
        self._steps, self._happens = 0, _nothing

    def arm(self, steps: int, happens: Callable[[], None]) -> None:
        self._steps, self._happens = steps, happens

    def disarm(self) -> None:
        self._happens = _nothing

    def step(self, name: str) -> None:
        self._steps -= 1
        if self._steps < 0 and threading.current_thread() is not threading.main_thread():  # no loop runs here
            happens, self._happens = self._happens, _nothing
            happens()


def _nothing() -> None:
    pass


def by_turns(database: Database, step: Callable[[], None], on_write: Callable[[], None]) -> Database:
    """Have each statement, and each transaction as a whole, wait for its turn.

    `on_write`: called when it is the turn of one that writes: nobody else writes before it.
    """
    inside = threading.local()

    def alone(name: str) -> None:
        plain: Callable[..., object] = getattr(database, name)

        def waiting(*args: object, **kwargs: object) -> object:
            if not getattr(inside, "transaction", False):
                step()
            return plain(*args, **kwargs)

        setattr(database, name, waiting)

    plain_read, plain_write, plain_another = database.read, database.write, database.another

    @contextmanager
    def whole() -> Iterator[None]:
        outer, inside.transaction = getattr(inside, "transaction", False), True
        try:
            yield
        finally:
            inside.transaction = outer

    @contextmanager
    def read() -> Iterator[None]:
        if not getattr(inside, "transaction", False):
            step()
        with plain_read(), whole():
            yield

    @contextmanager
    def write() -> Iterator[None]:
        step()
        on_write()
        with plain_write(), whole():
            yield

    for name in _STATEMENTS:
        alone(name)
    setattr(database, "read", read)  # noqa: B010 - a method is replaced
    setattr(database, "write", write)  # noqa: B010 - a method is replaced
    setattr(database, "another", lambda: by_turns(plain_another(), step, on_write))  # noqa: B010 - a method is replaced
    return database
