"""The people who are telephoned: who answers, who does not, and what is pressed. All of it follows from the seed."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from msgspec import Struct

from tui.campaign.call_simulation import CallEvent, SimulatedCall, Step
from tui.campaign.menu import KEYS, Menu
from tui.sandbox.plan import AcceptedCampaign, Callee

ANSWERED: Final = "Cevaplandı"
WRONG_NUMBER: Final = "Hatalı Numara"
NO_CONSENT: Final = "İYS izni yok"
# A number is called again in cases *such as* busy, unreachable, no answer: an open list (docs/provider.md, "Create").
CALLED_NO_MORE: Final = frozenset({ANSWERED, WRONG_NUMBER, NO_CONSENT})

_WRONG_NUMBERS: Final = 0.03
_WITHOUT_CONSENT: Final = 0.08
_STATUSES: Final = {ANSWERED: 58, "Cevapsız": 18, "Meşgul": 10, "Ulaşılamıyor": 8, "Reddedildi": 5, "Genel Hata": 1}
_MAX_RESTARTS: Final = 3
_MAX_REPEATS: Final = 10


class Fate(Struct, frozen=True):
    """How one call goes. `digit` as notifications write it: "" where there is none, "2", "-" or "!4"."""

    status: str
    digit: str
    ring_seconds: float
    talk_seconds: float
    call_uuid: str

    @property
    def answered(self) -> bool:
        return self.status == ANSWERED

    @property
    def called_again(self) -> bool:
        return self.status not in CALLED_NO_MORE


class Callees:
    """Everybody who can be telephoned. The same seed, campaign, number and attempt have the same fate."""

    def __init__(self, seed: int) -> None:
        self._seed = seed

    def fate(self, plan: AcceptedCampaign, callee: Callee, lead_id: int, attempt: int) -> Fate:
        call = random.Random(f"{self._seed}/{lead_id}/{callee.phone}/{attempt}")  # noqa: S311 - a game, not a secret
        call_uuid = str(uuid.UUID(int=call.getrandbits(128), version=4))
        status = self._status(plan, callee, call)
        if status != ANSWERED:
            return Fate(status, "", _ringing(status, plan.ring_seconds, call), 0.0, call_uuid)
        digit, seconds = _conversation(plan, callee, call)
        return Fate(status, digit, _tenths(call.uniform(2, plan.ring_seconds - 1)), _tenths(seconds), call_uuid)

    def _status(self, plan: AcceptedCampaign, callee: Callee, call: random.Random) -> str:
        # What holds for a person holds at every attempt: it is drawn from the number alone.
        person = random.Random(f"{self._seed}/{callee.phone}")  # noqa: S311 - a game, not a secret
        if person.random() < _WRONG_NUMBERS:
            return WRONG_NUMBER
        if plan.commercial and person.random() < _WITHOUT_CONSENT:
            return NO_CONSENT
        return call.choices(list(_STATUSES), list(_STATUSES.values()))[0]


def _tenths(seconds: float) -> float:
    return round(seconds, 1)


def _ringing(status: str, ring_seconds: int, call: random.Random) -> float:
    if status == "Cevapsız":
        return float(ring_seconds)
    if status == "Reddedildi":
        return _tenths(call.uniform(2, ring_seconds - 1))
    return _tenths(call.uniform(0.5, 4))


def converse(menu: Menu, presses: Iterable[str | None]) -> SimulatedCall:
    """An answered call in which `presses` are made in turn (None: nothing in time); after them the callee hangs up."""
    call = SimulatedCall.begin(menu)
    for key in presses:
        call = call.wait_out() if key is None else call.press(key)
        if call.ended:
            return call
    return call.hang_up()


def _conversation(plan: AcceptedCampaign, callee: Callee, call: random.Random) -> tuple[str, float]:
    """The digit and the length of an answered call. A queue campaign has no menu: its digit is empty."""
    if plan.menu is None:
        return "", call.uniform(20, 240)
    conversation = converse(plan.menu, islice(_presses(plan.menu, call), _patience(plan.menu)))
    return conversation.digit, sum(_seconds(step, conversation, callee, call) for step in conversation.steps)


def _patience(menu: Menu) -> int:
    """How often somebody hears the message at most: the repeats, and a few times from the start."""
    return 1 + min(menu.retries, _MAX_REPEATS) + _MAX_RESTARTS


def _presses(menu: Menu, call: random.Random) -> Iterator[str | None]:
    leading = [key for key in menu.targets if key in KEYS]
    wrong = [key for key in KEYS if key not in menu.targets]
    # People press what is named first more often than what is named last.
    weights = [1 / place for place in range(1, len(leading) + 1)]
    while True:
        drawn = call.random()
        if drawn < 0.78 and leading:
            yield call.choices(leading, weights)[0]
        else:
            yield call.choice(wrong) if wrong and drawn > 0.92 else None


def _seconds(step: Step, conversation: SimulatedCall, callee: Callee, call: random.Random) -> float:
    match step.event:
        case CallEvent.MESSAGE:
            return callee.message_seconds
        case CallEvent.NO_KEY:
            return conversation.menu.timeout
        case CallEvent.PRESSED | CallEvent.WRONG_KEY:
            return call.uniform(0.5, conversation.menu.timeout)
        case CallEvent.TARGET | CallEvent.NOTHING_SET:
            return _time_at_target(step.target, call)
    return 0.0


def _time_at_target(target: str, call: random.Random) -> float:
    kind = target.partition("/")[0]
    if kind in ("user", "group", "queue", "external"):
        return call.uniform(15, 180)
    if kind in ("", "hangup"):
        return 1.0
    return call.uniform(4, 15)
