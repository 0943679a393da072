"""Who is called when something happens."""

from __future__ import annotations

from tui.core.listeners import Listeners


def test_each_listener_is_called_in_the_order_in_which_it_came() -> None:
    listeners, heard = Listeners[[int]](), list[str]()
    listeners.notify(0)
    listeners.add(lambda number: heard.append(f"a{number}"))
    listeners.add(lambda number: heard.append(f"b{number}"))
    listeners.notify(1)
    assert heard == ["a1", "b1"]


def test_one_that_goes_takes_no_other_with_it() -> None:
    listeners, heard = Listeners[[]](), list[str]()
    removes = [listeners.add(lambda name=name: heard.append(name)) for name in "abc"]  # type: ignore[misc]
    removes[1]()
    removes[1]()
    listeners.notify()
    assert heard == ["a", "c"]


def test_one_that_is_removed_by_another_while_they_are_called_is_not_called() -> None:
    listeners, heard = Listeners[[]](), list[str]()
    listeners.add(lambda: remove())  # noqa: PLW0108 - it is there by the time that it is called
    remove = listeners.add(lambda: heard.append("b"))
    listeners.add(lambda: heard.append("c"))
    listeners.notify()
    assert heard == ["c"]
