"""The trial call and the sandbox's callees agree: one plays the draft, the others what was sent of it."""

from __future__ import annotations

import json
import random
from itertools import repeat

import pytest

from tests.campaign.whole_call import EndlessCall, play
from tests.sandbox.conftest import NOON, TODAY
from tui.campaign.call_simulation import CallEvent, SimulatedCall
from tui.campaign.fields import IVR, KEY_OF_TARGET, OPT_OUT, TARGET_FIELDS
from tui.campaign.menu import KEYS
from tui.campaign.parsed_draft import ParsedDraft
from tui.campaign.phone_list import Number, PhoneList
from tui.campaign.request import wire
from tui.campaign.rules import check, errors
from tui.sandbox import account
from tui.sandbox.callees import converse
from tui.sandbox.checks import read_plan
from tui.sandbox.plan import AcceptedCampaign

CALLS = 10_000
NUMBERS = [Number("0532 123 45 67", "#456 15/11/2017", "tr-TR")]
TARGETS = [
    *["restart"] * 12, "hangup/hangup", "hangup/busy", "fax", "fax/isim@firmaadi.com.tr", "group/700",
    "ivr/10", "external/05321234567", "external/905321234567", "external/00491234567", "tts/tr-TR/Bu bir test / iki",
    "tts/en-US/Yes", *(f"user/{number}" for number in account.USERS), *(f"queue/{number}" for number in account.QUEUES),
    *(f"voicemail/{number}" for number in account.USERS),
    *(f"announcement/{number}" for number in account.ANNOUNCEMENTS),
]


def texts(chance: random.Random) -> dict[str, str]:
    """The texts of a draft as somebody types them; some places are left alone, others blanked."""
    set_ones = chance.sample(TARGET_FIELDS, chance.randint(1, len(TARGET_FIELDS)))
    values = {"call_type": IVR, "name": "Anket", **dict.fromkeys(TARGET_FIELDS, " ")}
    values |= {name: chance.choice(["", " "]) + chance.choice(TARGETS) + chance.choice(["", "\t"]) for name in set_ones}
    values["digit_retries"] = chance.choice(["", "0", "1", " 2", "03", "5"])
    values["digit_timeout"] = chance.choice(["", "1", "4", "07", "10 "])
    values[OPT_OUT] = chance.choice(["", *(key for key in map(KEY_OF_TARGET.get, set_ones) if key in KEYS)])
    return values


def sent(draft: ParsedDraft) -> AcceptedCampaign:
    """What the sandbox understands of the draft, from the bytes of its request."""
    return read_plan(json.loads(json.dumps(wire(draft, NUMBERS))), TODAY)


def end_of(call: SimulatedCall) -> tuple[str, str]:
    return call.digit, call.steps[-1].target


@pytest.mark.long
def test_ten_thousand_calls_end_alike() -> None:
    chance = random.Random(20212)  # noqa: S311 - the same calls each time
    endless = 0
    ends = set()
    for _call in range(CALLS):
        draft = ParsedDraft(texts(chance))
        keys = chance.choices([*KEYS, None], k=chance.randint(0, 8))
        plan = sent(draft)
        assert plan.menu is not None

        tried = play(draft.menu, keys)
        if isinstance(tried, EndlessCall):
            endless += 1
            silent = converse(plan.menu, [*keys, *repeat(None, 3 * (plan.menu.retries + 1))])
            assert silent.steps[-1].event is CallEvent.HUNG_UP
            tried, called = tried.call.hang_up(), converse(plan.menu, keys)
        else:
            called = converse(plan.menu, [*keys, *repeat(None, plan.menu.retries + 1)])

        assert end_of(tried) == end_of(called)
        assert tried.steps == called.steps
        ends.add(end_of(called))
    # The drawn calls are of all sorts: endless ones, every key right and wrong, silence, with and without a target.
    assert endless > CALLS / 100
    assert {digit for digit, _target in ends} == {*KEYS, *(f"!{key}" for key in KEYS), "-"}
    assert {target for _digit, target in ends} == {"", *TARGETS} - {"restart"}


def test_the_drafts_that_are_drawn_can_be_launched() -> None:
    chance = random.Random(7)  # noqa: S311 - the same calls each time
    for _draft in range(100):
        found = check(ParsedDraft(texts(chance)), PhoneList(total=1, with_phrase=1), NOON)
        assert errors(found) == []
