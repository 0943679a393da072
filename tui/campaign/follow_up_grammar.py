"""Follow-up plans as people type them: `busy: after 15 min, twice; no answer: tomorrow at another hour, once`.

Words are those of `plan_text`, their Turkish and what comes near; neither case nor marks count.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from tui.campaign.dates import Hours, NotUnderstood, read_time
from tui.campaign.follow_up_plan import (
    ANSWERED_CALL,
    BUSY,
    DECLINED,
    FAILED,
    MAX_DAYS,
    MAX_MINUTES,
    MAX_TIMES,
    NAMED,
    NO_ANSWER,
    NO_CONSENT,
    NO_KEY_PRESSED,
    NO_VOICE,
    NOT_CALLED,
    OTHER,
    REFUSED,
    UNREACHABLE,
    WRONG_KEY_PRESSED,
    WRONG_NUMBER,
    Again,
    Delay,
    OfDay,
    Plan,
    Rule,
    outcome_named,
    outcome_of_status,
)
from tui.core.letters import composed, folded
from tui.core.reason import Reason

_ALIASES: Final[Mapping[str, str]] = {
    **{name: name for name in NAMED},
    "mesgul": BUSY, "cevapsiz": NO_ANSWER, "unanswered": NO_ANSWER, "ulasilamiyor": UNREACHABLE,
    "not-reachable": UNREACHABLE, "baglanamadi": FAILED, "error": FAILED, "hata": FAILED, "aranmayan": NOT_CALLED,
    "aranmadi": NOT_CALLED, "uncalled": NOT_CALLED, "cevaplayan": ANSWERED_CALL, "cevaplandi": ANSWERED_CALL,
    "tuslamayan": NO_KEY_PRESSED, "hatali-tuslama": WRONG_KEY_PRESSED, "mesgule-atan": DECLINED,
    "mesgule-atildi": DECLINED, "rejected": REFUSED, "reddedildi": REFUSED, "reddeden": REFUSED,
    "hatali-numara": WRONG_NUMBER, "iys-izni-yok": NO_CONSENT, "izni-yok": NO_CONSENT, "no-iys": NO_CONSENT,
    "sesli-gorusme-yapamayan-numara": NO_VOICE, "diger": OTHER, "else": OTHER, "others": OTHER,
}
_PART: Final = re.compile(r'(?:"(?:[^"]|"")*"|[^;"\n])+')
_OUTCOME: Final = re.compile(
    r'\s*(?:(?P<kind>key|tuş|tus|status|durum)\s*:\s*(?P<value>"(?:[^"]|"")*"|[^:,;"]+)|(?P<word>[^:,;"\s][^:,;"]*))\s*',
    re.IGNORECASE)
_TIME: Final = r"[0-9]{1,2}[:.][0-9]{2}"
_CLAUSE: Final = re.compile(
    rf"(?P<never>(?:never|asla|hicbir zaman)\b)"
    rf"|(?P<hours>(?:(?:at|between)\s+)?(?P<begin>{_TIME})\s*[-–]\s*(?P<end>{_TIME}))"
    r"|(?P<other>(?:(?:at|in)\s+)?(?:an)?other\s+hours?\b|baska\s+saat(?:te|lerde)?\b)"
    r"|(?P<same>(?:(?:at|in)\s+)?(?:the\s+)?same\s+hours?\b|ayni\s+saat(?:te|lerde)?\b)"
    r"|(?P<now>(?:at\s+once|now|hemen)\b)"
    r"|(?P<tomorrow>(?:tomorrow|(?:the\s+)?next\s+day|yarin|ertesi\s+gun)\b)"
    r"|(?:(?:at\s+most|en\s+cok)\s+)?(?:(?P<once>(?:once|bir\s+kez)\b)|(?P<twice>(?:twice|iki\s+kez)\b))"
    r"|(?:at\s+most|en\s+cok)\s+(?P<most>[0-9]+)(?:\s*(?:times?|kez|x)\b)?|(?P<times>[0-9]+)\s*(?:x|times?|kez)\b"
    r"|(?:after\s+)?(?P<count>[0-9]+)\s*(?P<unit>minutes?|mins?|m|dakika|dk|hours?|h|saat|sa|days?|d|gun|g)"
    r"(?:\s+(?:later|sonra))?\b")
_HOURS: Final = ("hour", "hours", "h", "saat", "sa")
_DAYS: Final = ("day", "days", "d", "gun", "g")
_DIGITS: Final = 6
_Said = Delay | OfDay | Hours | int | None


class BadPlan(ValueError):
    """A plan can't be read; `reason` names the part and says how it is written."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code)
        self.reason = Reason(code, params)


def read_plan(text: str) -> Plan:
    """The plan that was typed, or that `plan_text` wrote. BadPlan."""
    rules: dict[str, Rule] = {}
    for part in _parts(text):
        outcomes, what = _outcomes(part)
        if not what.strip():
            raise BadPlan("campaign.plan.nothing", value=part)
        rule = read_rule(what)
        for outcome in outcomes:
            if outcome in rules:
                raise BadPlan("campaign.plan.twice", outcome=outcome)
            rules[outcome] = rule
    if not rules:
        raise BadPlan("campaign.plan.empty")
    return Plan(rules)


def _parts(text: str) -> Iterator[str]:
    text = composed(text)
    if text.count('"') % 2:
        raise BadPlan("campaign.plan.quote", value=text[text.rindex('"'):].strip())
    return (part.strip() for part in _PART.findall(text) if part.strip())


def _outcomes(part: str) -> tuple[list[str], str]:
    """The outcomes that a part is about, and what it says of them."""
    found: list[str] = []
    place = 0
    while match := _OUTCOME.match(part, place):
        found.append(_outcome(match))
        place = match.end()
        if part[place:place + 1] != ",":
            break
        place += 1
    if part[place:place + 1] != ":" or not found:
        raise BadPlan("campaign.plan.no_colon", value=part)
    return found, part[place + 1:]


def _outcome(match: re.Match[str]) -> str:
    typed = match[0].strip()
    if match["kind"] is None:
        found = _ALIASES.get(re.sub(r"[\s_-]+", "-", folded(typed)))
    else:
        value = match["value"].strip()
        if value.startswith('"'):
            value = value[1:-1].replace('""', '"')
        found = (outcome_named(f"key:{value}") if folded(match["kind"]) in ("key", "tus")
                 else outcome_of_status(value))
    if found is None:
        raise BadPlan("campaign.plan.outcome", value=typed, known=", ".join(NAMED))
    return found


def read_rule(text: str) -> Rule:
    """What is done: `never`, or how long after, at which hours, how often at most. BadPlan."""
    said = _said(text)
    if "never" in said:
        if len(said) > 1:
            raise BadPlan("campaign.plan.contradiction", value=text.strip())
        return None
    return _again(said)


def read_again(after: str, hours: str, times: str) -> Again:
    """What is done, from three lines; of a blank one nothing is said. `times` may be a number alone. BadPlan."""
    said: dict[str, _Said] = {}
    times = f"{times.strip()}x" if times.strip().isdecimal() else times
    for kind, text in (("after", after), ("hours", hours), ("times", times)):
        if text.strip():
            found = _said(text)
            if set(found) != {kind}:
                raise BadPlan("campaign.plan.word", value=text.strip())
            said |= found
    return _again(said)


def _again(said: Mapping[str, _Said]) -> Again:
    after, hours, times = said.get("after", Delay()), said.get("hours", OfDay.SAME), said.get("times", 1)
    assert isinstance(after, Delay) and isinstance(hours, OfDay | Hours) and isinstance(times, int)  # noqa: PT018, S101 - by kind
    return Again(after, hours, times)


def _said(text: str) -> dict[str, _Said]:
    """What a text says, by what it is about. BadPlan where that is nothing, or two things of one."""
    said: dict[str, _Said] = {}
    plain, place = folded(composed(text)), 0
    while place < len(plain):
        if plain[place] in " ,\t":
            place += 1
            continue
        match = _CLAUSE.match(plain, place)
        if match is None:
            raise BadPlan("campaign.plan.word", value=composed(text)[place:].strip())
        kind, value = _clause(match)
        if kind in said:
            raise BadPlan("campaign.plan.contradiction", value=text.strip())
        said[kind] = value
        place = match.end()
    if not said:
        raise BadPlan("campaign.plan.nothing", value=text.strip())
    return said


def _clause(match: re.Match[str]) -> tuple[str, _Said]:
    kind = match.lastgroup or ""
    plain: Mapping[str, tuple[str, Delay | OfDay | int | None]] = {
        "never": ("never", None), "other": ("hours", OfDay.OTHER), "same": ("hours", OfDay.SAME),
        "now": ("after", Delay()), "tomorrow": ("after", Delay(days=1)), "once": ("times", 1), "twice": ("times", 2)}
    if kind in plain:
        return plain[kind]
    read: Mapping[str, Callable[[re.Match[str]], tuple[str, Delay | Hours | int]]] = {
        "hours": _hours, "most": _times, "times": _times, "unit": _delay}
    return read[kind](match)


def _hours(match: re.Match[str]) -> tuple[str, Hours]:
    try:
        hours = Hours(read_time(match["begin"]), read_time(match["end"]))
    except NotUnderstood:
        raise BadPlan("campaign.plan.hours", value=match[0]) from None
    if hours.begin >= hours.end:
        raise BadPlan("campaign.plan.hours", value=match[0])
    return "hours", hours


def _times(match: re.Match[str]) -> tuple[str, int]:
    digits = match["most"] or match["times"]
    if len(digits) > _DIGITS or not 1 <= int(digits) <= MAX_TIMES:
        raise BadPlan("campaign.plan.times", value=digits, most=MAX_TIMES)
    return "times", int(digits)


def _delay(match: re.Match[str]) -> tuple[str, Delay]:
    digits, unit = match["count"], match["unit"]
    count = int(digits[:_DIGITS]) if len(digits) <= _DIGITS else MAX_MINUTES + 1
    days = unit in _DAYS
    minutes = count * (60 if unit in _HOURS else 1)
    if (count > MAX_DAYS) if days else (minutes > MAX_MINUTES):
        raise BadPlan("campaign.plan.delay", value=match[0], days=MAX_DAYS, hours=MAX_MINUTES // 60)
    return "after", Delay(days=count) if days else Delay(minutes=minutes)
