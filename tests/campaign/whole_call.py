"""A whole call, of which only the keys that are pressed are given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from msgspec.structs import replace

from tui.campaign.call_simulation import SimulatedCall
from tui.campaign.menu import Menu, endless


@dataclass(frozen=True, slots=True)
class EndlessCall:
    """A call that silence never ends. `call`: as it stood when the last key was pressed."""

    call: SimulatedCall


# The provider sets *digit_retries* no bound, and no memory holds the steps of them all.
_MAX_SILENCES: Final = 100


def play(menu: Menu, keys: Iterable[str | None]) -> SimulatedCall | EndlessCall:
    """The whole call of someone who presses `keys` in turn (None: nothing in time), and nothing after them.

    What is pressed after its end is not looked at. Where more than a hundred repeats would pass in silence, the steps
    are those of the last hundred. ValueError for what is no key of a phone.
    """
    call = SimulatedCall.begin(menu)
    for key in keys:
        call = call.wait_out() if key is None else call.press(key)
        if call.ended:
            return call
    if endless(menu):
        return EndlessCall(call)
    call = replace(call, repeats_left=min(call.repeats_left, _MAX_SILENCES))
    while not call.ended:
        call = call.wait_out()
    return call
