"""Who is called when something happens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Generic, ParamSpec

P = ParamSpec("P")


class Listeners(Generic[P]):
    """Any number of listeners of one event, called in the order in which they were added."""

    def __init__(self) -> None:
        self._listeners: list[Callable[P, None]] = []

    def __iter__(self) -> Iterator[Callable[P, None]]:
        return iter(tuple(self._listeners))

    def add(self, listener: Callable[P, None]) -> Callable[[], None]:
        """Call `listener` from now on. What is returned ends that, and may be called twice."""
        self._listeners.append(listener)

        def remove() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return remove

    def notify(self, *args: P.args, **kwargs: P.kwargs) -> None:
        """Call those that are there now; one that is removed meanwhile is not called any more."""
        for listener in self:
            if listener in self._listeners:
                listener(*args, **kwargs)
