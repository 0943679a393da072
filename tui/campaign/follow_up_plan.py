"""What a follow-up plan says: for each outcome whether a number is called again, when, at which hours, how often.

`plan_text` is a plan's one written form; `read_plan` (`tui/campaign/follow_up_grammar.py`) reads it, and what people
type.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final

from msgspec import Struct
from msgspec.structs import force_setattr

from tui.campaign.dates import Hours
from tui.campaign.menu import KEYS, NO_KEY
from tui.campaign.results import ANSWERED, STATUSES, Pressed, pressed
from tui.core.letters import composed, folded

MAX_MINUTES: Final = 7 * 24 * 60
MAX_DAYS: Final = 90
MAX_TIMES: Final = 20
LONGEST_NAME: Final = 80
DEFAULT_NAME: Final = "default"

BUSY, NO_ANSWER, UNREACHABLE, FAILED = "busy", "no-answer", "unreachable", "failed"
NOT_CALLED, ANSWERED_CALL = "not-called", "answered"
NO_KEY_PRESSED, WRONG_KEY_PRESSED = "no-key", "wrong-key"
DECLINED, REFUSED, WRONG_NUMBER, NO_CONSENT, NO_VOICE = (
    "declined", "refused", "wrong-number", "no-consent", "no-voice")
OTHER: Final = "other"
_KEY, _STATUS = "key:", "status:"

# Outcomes of which every plan says something, in the order in which they are shown.
STANDARD: Final = (BUSY, NO_ANSWER, UNREACHABLE, FAILED, NOT_CALLED, ANSWERED_CALL, DECLINED, REFUSED, WRONG_NUMBER,
                   NO_CONSENT, NO_VOICE, OTHER)
# More exact ones, of which a plan may say something of its own; `key:1` and `status:…` beside these.
PRESSES: Final = (NO_KEY_PRESSED, WRONG_KEY_PRESSED)
NAMED: Final = (*STANDARD, *PRESSES)
_OF_STATUS: Final[Mapping[str, str]] = {
    "Meşgul": BUSY, "Cevapsız": NO_ANSWER, "Ulaşılamıyor": UNREACHABLE, "Meşgule atıldı": DECLINED,
    "Reddedildi": REFUSED, "Hatalı Numara": WRONG_NUMBER, "İYS izni yok": NO_CONSENT,
    "Sesli görüşme yapamayan numara": NO_VOICE,
}
_STATUS_FOLDED: Final[Mapping[str, str]] = {folded(status): status for status in STATUSES}
# Ours: the call was not put through, which says nothing of whoever was called. More exact is `status:…`.
_FAILED: Final = frozenset({
    "Vazgeçildi", "Hata", "Genel Hata", "Çağrı bağlanamadı", "RTP zamanaşımı", "Santral kapatılıyor",
    "Cihazla iletişim sorunu", "İletişim sorunu", "Zamanaşımı", "Arama için santral uygun durumda değil"})


class Delay(Struct, frozen=True):
    """How long after a number's last call: minutes; or days, of which the hour doesn't count. One of both is 0."""

    minutes: int = 0
    days: int = 0

    def __post_init__(self) -> None:
        in_bounds = 0 <= self.minutes <= MAX_MINUTES and 0 <= self.days <= MAX_DAYS
        if not in_bounds or (self.minutes and self.days):
            raise ValueError(self)


class OfDay(StrEnum):
    """At which hours, where none are named."""

    SAME = "same"  # those of the campaign
    OTHER = "other"  # the half of the day in which the number was not called last


class Again(Struct, frozen=True):
    """That a number is called again. `times`: in how many follow-ups at most because of this outcome."""

    after: Delay = Delay()
    hours: OfDay | Hours = OfDay.SAME
    times: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.times <= MAX_TIMES or (isinstance(self.hours, Hours) and self.hours.begin >= self.hours.end):
            raise ValueError(self)


Rule = Again | None  # None: never


class Plan(Struct, frozen=True):
    """`rules`: outcome → what is done, in order. Every one of STANDARD is among them; what wasn't named is *never*."""

    rules: Mapping[str, Rule]

    def __post_init__(self) -> None:
        known = dict(self.rules)
        for outcome in known:
            if outcome_named(outcome) != outcome:
                raise ValueError(outcome)
        force_setattr(self, "rules", {
            outcome: known.get(outcome) for outcome in in_order({*STANDARD, *known})})

    def rule(self, outcome: str) -> Rule:
        """What is done with numbers of an outcome: what the plan says of it, else of the more general one."""
        return self.rules[self.place_of(outcome)]

    def place_of(self, outcome: str) -> str:
        """The outcome under which the plan says what is done with another."""
        while outcome not in self.rules:
            outcome = _general(outcome)
        return outcome

    def with_rule(self, outcome: str, rule: Rule) -> Plan:
        return Plan({**self.rules, outcome: rule})

    def without(self, outcome: str) -> Plan:
        """With nothing of its own for an outcome: the more general one holds. One of STANDARD is *never* then."""
        return Plan({name: rule for name, rule in self.rules.items() if name != outcome})


def in_order(outcomes: Iterable[str]) -> list[str]:
    """Outcomes as they are shown: exact ones behind the general one."""
    return sorted(outcomes, key=_place)


def _place(outcome: str) -> tuple[int, int, int, str]:
    general = outcome if outcome in STANDARD else _general(outcome)
    own = 0 if outcome in STANDARD else 1 if outcome in PRESSES else 2
    exact = KEYS.index(outcome.removeprefix(_KEY)) if outcome.startswith(_KEY) else len(KEYS)
    return STANDARD.index(general), own, exact if own == 2 else 0, outcome


def _general(outcome: str) -> str:
    """The outcome whose rule holds where there is none for a more exact one."""
    if outcome in PRESSES or outcome.startswith(_KEY):
        return ANSWERED_CALL
    return FAILED if outcome.removeprefix(_STATUS) in _FAILED else OTHER


def outcome_of(*, called: bool, answered: bool, status: str, digit: str) -> str:
    """What became of a number, as exactly as it is known: its last status, or what was pressed where it answered."""
    if not called:
        return NOT_CALLED
    if not answered:
        return _OF_STATUS.get(status) or (f"{_STATUS}{status}" if status.strip() else OTHER)
    match pressed(digit):
        case Pressed.KEY:
            return f"{_KEY}{digit}"
        case Pressed.NONE:
            return NO_KEY_PRESSED
        case Pressed.WRONG:
            return WRONG_KEY_PRESSED
    return ANSWERED_CALL


def key_of(outcome: str) -> str:
    """The key of `key:1`; "" of any other outcome."""
    return outcome.removeprefix(_KEY) if outcome.startswith(_KEY) else ""


def status_of(outcome: str) -> str:
    """The status of `status:…`; "" of any other outcome."""
    return outcome.removeprefix(_STATUS) if outcome.startswith(_STATUS) else ""


def outcome_named(text: str) -> str | None:
    """The outcome that a word of ours, `key:1` or `status:…` names, in its one form; None where that is none."""
    if key := key_of(text):
        return text if key in KEYS else NO_KEY_PRESSED if key == NO_KEY else None
    if status := status_of(text):
        return outcome_of_status(status)
    return text if text in NAMED else None


def outcome_of_status(typed: str) -> str | None:
    """A status that the provider has is found without its capitals and marks; any other is taken as it is written."""
    typed = composed(typed).strip()
    status = _STATUS_FOLDED.get(folded(typed), typed)
    if not status.isprintable() or not status:
        return None
    return ANSWERED_CALL if status in ANSWERED else _OF_STATUS.get(status) or f"{_STATUS}{status}"


class Why(StrEnum):
    """Why a number is in no draft."""

    DO_NOT_CALL = "do_not_call"  # on a do-not-call list, or its owner pressed the opt-out key
    ANSWERED = "answered"
    NEVER = "never"  # the plan says so of its outcome
    IN_FOLLOW_UP = "in_follow_up"  # another campaign made of the same has it, and goes on with it
    STILL_CALLING = "still_calling"
    USED_UP = "used_up"  # it has been called again as often as the plan allows
    NOT_CALLABLE = "not_callable"  # it isn't in the list, and is no number that can be called


class Facts(Struct, frozen=True):
    """What decides about a number. `outcome` is as exact as it is known, or as the plan names it.

    `earlier`: how many campaigns before, of those that this one was made of and came with, ended for the number in what
    is the same to the plan.
    """

    outcome: str
    earlier: int = 0
    do_not_call: bool = False
    in_follow_up: bool = False
    still_calling: bool = False
    can_be_called: bool = True


def decide(plan: Plan, facts: Facts) -> Again | Why:
    """What becomes of a number: how it is called again, or why it is not."""
    rule = plan.rule(facts.outcome)
    if facts.do_not_call:
        return Why.DO_NOT_CALL
    if rule is None:
        answered = _general(facts.outcome) if facts.outcome not in STANDARD else facts.outcome
        return Why.ANSWERED if answered == ANSWERED_CALL else Why.NEVER
    if facts.in_follow_up:
        return Why.IN_FOLLOW_UP
    if facts.still_calling:
        return Why.STILL_CALLING
    if facts.earlier >= rule.times:
        return Why.USED_UP
    return rule if facts.can_be_called else Why.NOT_CALLABLE


DEFAULT_PLAN: Final = Plan({
    BUSY: Again(Delay(minutes=15), times=2),
    NO_ANSWER: Again(Delay(days=1), OfDay.OTHER),
    UNREACHABLE: Again(Delay(days=1), OfDay.OTHER),
    FAILED: Again(Delay(minutes=60)),
    NOT_CALLED: Again(times=3),
})


def plan_text(plan: Plan) -> str:
    """The plan in its one written form: `busy: after 15m, at most 2; answered, refused: never`.

    Outcomes with the same rule stand together, where the first of them stands; those of *never* at the end.
    """
    together: dict[Rule, list[str]] = {}
    for outcome, rule in plan.rules.items():
        together.setdefault(rule, []).append(_written(outcome))
    never = together.pop(None, None)
    parts = [f"{', '.join(outcomes)}: {rule_text(rule)}" for rule, outcomes in together.items()]
    return "; ".join([*parts, *([f"{', '.join(never)}: {rule_text(None)}"] if never else [])])


def rule_text(rule: Rule) -> str:
    """`after 15m, other hours, at most 2`, `at most 1` where nothing is waited for; `never`."""
    if rule is None:
        return "never"
    parts = [f"after {delay_text(rule.after)}"] if rule.after != Delay() else []
    if rule.hours is OfDay.OTHER:
        parts.append("other hours")
    elif isinstance(rule.hours, Hours):
        parts.append(rule.hours.typed)
    return ", ".join([*parts, f"at most {rule.times}"])


def delay_text(delay: Delay) -> str:
    """`15m`, `2h`, `1d`; `0m` where nothing is waited for."""
    if delay.days:
        return f"{delay.days}d"
    hours, minutes = divmod(delay.minutes, 60)
    return f"{hours}h" if hours and not minutes else f"{delay.minutes}m"


def _written(outcome: str) -> str:
    status = status_of(outcome)
    return f'{_STATUS}"{status.replace(chr(34), chr(34) * 2)}"' if status else outcome


def due_at(after: Delay, last_at: dt.datetime | None, now: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    """From when on a number may be called that was called last then (None: never was); never before now.

    Days are those of `zone`: one day after means from midnight on, whatever the hour of the call.
    """
    if last_at is None:
        last_at = now
    if after.days:
        day = last_at.astimezone(zone).date() + dt.timedelta(days=after.days)
        return max(now, dt.datetime.combine(day, dt.time.min, zone))
    return max(now, last_at + dt.timedelta(minutes=after.minutes))
