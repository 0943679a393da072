"""A call as a callee hears it: what each key does, step by step, and the digit that is reported at the end.

From the provider's document (docs/provider.md, "Create", "Targets"): the message is played and a key awaited
(*welcome_announcement_id*, *digit_timeout*); after no key or a wrong one the menu is read again (*digit_retries*), and
then the call goes to *timeout_target* or *invalid_target*; `restart` plays the message again; the digit is written as
in a notification (docs/provider.md, "Notifications").

Ours, where it is silent: no key and a wrong key share one count of repeats; `restart` counts them afresh; a
call that has nowhere to go ends; the digit is that of the last thing that was pressed or not, and `*` and `#` are
written like the other keys; whoever hangs up before anything was pressed has pressed nothing (`-`).
"""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from tui.campaign.menu import KEYS, NO_KEY, RESTART, WRONG_KEY, Menu


class CallEvent(StrEnum):
    """What can happen in a call; the value ends the key of its text."""

    MESSAGE = "message"  # the welcome or the number's phrase is played
    WAITING = "waiting"  # for a key; count: seconds
    PRESSED = "pressed"  # a key that has a target
    NO_KEY = "no_key"  # none in time
    WRONG_KEY = "wrong_key"  # a key that has no target
    AGAIN = "again"  # the menu is repeated; count: repeats that are left after this one
    RESTARTED = "restarted"  # the target is `restart`: from the start
    TARGET = "target"  # the call goes to its target, and is over as far as the menu goes
    NOTHING_SET = "nothing_set"  # no repeat is left and the place has no target: the call ends
    HUNG_UP = "hung_up"  # the callee hangs up


class Step(Struct, frozen=True):
    """`key`: the key that was pressed, or the place whose target it is (`-`, `!`). `target`: as on the wire."""

    event: CallEvent
    key: str = ""
    target: str = ""
    count: int = 0


class SimulatedCall(Struct, frozen=True):
    """A call so far. It never changes: whatever happens next makes another; an ended one stays as it is.

    `digit` as a notification writes it: "" before anything happened, `2`, `-` or `!4`. `repeats_left`: of the menu.
    """

    menu: Menu
    steps: tuple[Step, ...]
    digit: str
    repeats_left: int
    ended: bool

    @classmethod
    def begin(cls, menu: Menu) -> SimulatedCall:
        """The callee has answered: the message was played, and a key is awaited."""
        return cls(menu, _reading(menu), digit="", repeats_left=menu.retries, ended=False)

    def press(self, key: str) -> SimulatedCall:
        """The callee presses `key`: 0–9, * or #. ValueError for what is no key of a phone."""
        if key not in KEYS:
            raise ValueError(f"no key of a phone: {key!r}")
        if self.ended:
            return self
        target = self.menu.targets.get(key)
        if target is None:
            return self._missed(Step(CallEvent.WRONG_KEY, key), f"!{key}", WRONG_KEY)
        return replace(self, digit=key)._led(Step(CallEvent.PRESSED, key), key, target)

    def wait_out(self) -> SimulatedCall:
        """Nothing is pressed in the menu's `timeout` seconds."""
        return self if self.ended else self._missed(Step(CallEvent.NO_KEY), NO_KEY, NO_KEY)

    def hang_up(self) -> SimulatedCall:
        """The callee hangs up."""
        if self.ended:
            return self
        return replace(self, digit=self.digit or NO_KEY)._over(Step(CallEvent.HUNG_UP))

    def _missed(self, step: Step, digit: str, place: str) -> SimulatedCall:
        """No key or a wrong one: the menu again while repeats are left, then where `place` leads."""
        call = replace(self, digit=digit)
        if self.repeats_left:
            left = self.repeats_left - 1
            return replace(call, repeats_left=left)._on(step, Step(CallEvent.AGAIN, count=left), *_reading(self.menu))
        target = self.menu.targets.get(place)
        if target is None:
            return call._over(step, Step(CallEvent.NOTHING_SET, place))
        return call._led(step, place, target)

    def _led(self, step: Step, place: str, target: str) -> SimulatedCall:
        if target != RESTART:
            return self._over(step, Step(CallEvent.TARGET, place, target))
        afresh = replace(self, repeats_left=self.menu.retries)
        return afresh._on(step, Step(CallEvent.RESTARTED, place), *_reading(self.menu))

    def _on(self, *steps: Step) -> SimulatedCall:
        return replace(self, steps=self.steps + steps)

    def _over(self, *steps: Step) -> SimulatedCall:
        return replace(self, steps=self.steps + steps, ended=True)


def _reading(menu: Menu) -> tuple[Step, Step]:
    return Step(CallEvent.MESSAGE), Step(CallEvent.WAITING, count=menu.timeout)
