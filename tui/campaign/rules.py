"""The provider's rules for a draft and ours, all problems at once (docs/provider.md, "Create").

One home: the form, the command line and the import ask here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from tui.campaign.fields import BOTH, CALL_TYPES, FIELDS, IVR, PHONE_LIST, TARGET_FIELDS
from tui.campaign.menu import FIELD_OF_PLACE, endless, without_exit
from tui.campaign.parsed_draft import CEILINGS, TOO_MANY, ParsedDraft
from tui.campaign.phone_list import PhoneList
from tui.core.reason import Reason

if TYPE_CHECKING:  # the list of campaigns needs nothing of it
    from tui.campaign.calling_hours import CallingPolicy


class Weight(StrEnum):
    """How grave a problem is."""

    ERROR = "error"  # it can't be launched
    WARNING = "warning"  # it can, but look
    HINT = "hint"  # it can, and something might be better


class Problem(Struct, frozen=True):
    """What is wrong with `field`; `others` are the further fields that it concerns, and where it is said too."""

    field: str
    reason: Reason
    weight: Weight = Weight.ERROR
    others: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        return self.reason.code

    def concerns(self, name: str) -> bool:
        return name == self.field or name in self.others


def errors(problems: list[Problem]) -> list[Problem]:
    """Those with which nothing is launched, in their order."""
    return [problem for problem in problems if problem.weight is Weight.ERROR]


def gravest(problems: list[Problem]) -> Weight:
    """The weight of the gravest; a hint where there is none."""
    weights = {problem.weight for problem in problems}
    return next((weight for weight in Weight if weight in weights), Weight.HINT)


def check(draft: ParsedDraft, phones: PhoneList, now: dt.datetime,
          policy: CallingPolicy | None = None) -> list[Problem]:
    """Every problem of a draft, in the order of the form. `now` is an aware time; what is today is Turkey's today.

    Without `policy` nothing is said of when it is polite to call.
    """
    return [*check_fields(draft), *_warnings(draft, "name"), *_multiplied(draft), *_menu(draft, phones),
            *_schedule(draft, now), *(_impolite(draft, now, policy) if policy is not None else ()),
            *_commercial(draft), *_warnings(draft, "webhook_url"), *_phones(phones)]


def no_caller(draft: ParsedDraft) -> list[Problem]:
    """A warning where the draft names no caller ID, nor its profile did before: asked of what is about to be launched.

    The provider doesn't say which number people see then, nor that it may be left out.
    """
    return [] if draft["cli"] else [_warning("cli", "campaign.problem.no_caller")]


def check_fields(draft: ParsedDraft) -> Iterator[Problem]:
    """Each field by itself."""
    call_type = draft.call_type
    for known in FIELDS.values():
        if call_type in CALL_TYPES and not known.belongs_to(call_type):
            continue
        parsed = draft.field(known.name)
        if not parsed.text:
            if known.required and (known.call_types == BOTH or known.belongs_to(call_type)):
                yield _error(known.name, "campaign.problem.required")
        elif parsed.problem is not None:
            yield Problem(known.name, parsed.problem)


def _error(name: str, code: str, *others: str, **params: str | int) -> Problem:
    return Problem(name, Reason(code, params), Weight.ERROR, others)


def _warning(name: str, code: str, *others: str, **params: str | int) -> Problem:
    return Problem(name, Reason(code, params), Weight.WARNING, others)


def _warnings(draft: ParsedDraft, *names: str) -> Iterator[Problem]:
    """What is to be looked at in fields by themselves."""
    for name in names:
        for reason in draft.warnings(name):
            yield Problem(name, reason, Weight.WARNING)


_PREMIUM_TARGET: Final = "campaign.problem.premium_target"
# Problems that are typed for.
_MULTIPLIES: Final = frozenset({*TOO_MANY, "campaign.problem.many_channels", "campaign.problem.called_again"})


def multiplies(codes: Iterable[str]) -> bool:
    """Whether one of these problems is that calls are multiplied beyond what anybody means: then it is typed for."""
    return not _MULTIPLIES.isdisjoint(codes)


def _multiplied(draft: ParsedDraft) -> Iterator[Problem]:
    return _warnings(draft, *(name for name in CEILINGS if FIELDS[name].belongs_to(draft.call_type)))


def _menu(draft: ParsedDraft, phones: PhoneList) -> Iterator[Problem]:
    if draft.call_type != IVR:
        return
    if not any(draft[name] for name in TARGET_FIELDS):
        yield _error(TARGET_FIELDS[0], "campaign.problem.no_target", *TARGET_FIELDS[1:])
    if not draft["welcome_announcement_id"] and phones.with_phrase < max(phones.callable, 1):
        yield _error("welcome_announcement_id", "campaign.problem.no_welcome", PHONE_LIST)
    if (place := _opt_out_place(draft)) and not draft[place]:
        yield _error(place, "campaign.problem.opt_out_nowhere", key=draft.opt_out)
    yield from _target_warnings(draft)
    yield from _warnings(draft, "welcome_announcement_id")
    yield from _ways_out(draft)


def _target_warnings(draft: ParsedDraft) -> Iterator[Problem]:
    """Targets that cost more, before those that are odd."""
    found = list(_warnings(draft, *TARGET_FIELDS))
    yield from (problem for problem in found if problem.code == _PREMIUM_TARGET)
    yield from (problem for problem in found if problem.code != _PREMIUM_TARGET)


def _opt_out_place(draft: ParsedDraft) -> str:
    """The field of the key with which a callee refuses further calls; "" where none is marked."""
    return FIELD_OF_PLACE[draft.opt_out] if draft.opt_out else ""


def _ways_out(draft: ParsedDraft) -> Iterator[Problem]:
    """Ours: the provider allows menus that nobody gets out of; they cost, so they are pointed out."""
    menu = draft.menu
    if without_exit(menu):
        yield _warning(FIELD_OF_PLACE[next(iter(menu.targets))], "campaign.problem.no_exit")
    elif endless(menu):
        yield _warning("timeout_target", "campaign.problem.endless")


def _schedule(draft: ParsedDraft, now: dt.datetime) -> Iterator[Problem]:
    """What concerns two fields. What is wrong with one by itself was said, and hides nothing else."""
    dates, times, window = draft.dates(now), draft.times, draft.window(now)
    if dates is not None and dates[1] < dates[0]:
        yield _error("date_range_end", "campaign.problem.dates_order", "date_range_begin")
    elif window is not None and window.days and not window.has_a_day():  # no day at all was said at the field itself
        yield _error("active_days", "campaign.problem.days_outside", "date_range_begin", "date_range_end")
    elif window is not None and window.days and window.is_over(now):
        yield _warning("date_range_end", "campaign.problem.over", "date_range_begin", "time_range_end")
    if times is not None and times[1] <= times[0]:
        yield _warning("time_range_end", "campaign.problem.times_order", "time_range_begin")


def _impolite(draft: ParsedDraft, now: dt.datetime, policy: CallingPolicy) -> Iterator[Problem]:
    """Ours: hours that people mind, and days that are holidays. The provider allows them."""
    window = draft.window(now)
    if window is None or not window.callable_after(now):
        return
    if not draft["time_range_begin"] and not draft["time_range_end"]:
        yield _warning("time_range_begin", "campaign.problem.whole_day", "time_range_end")
    elif policy.calls_outside(window):
        yield _warning("time_range_begin", "campaign.problem.impolite", "time_range_end", polite=str(policy.polite))
    if holidays := policy.holidays_in(window, now):
        yield Problem("date_range_begin", Reason("campaign.problem.holidays", {"holidays": holidays}), Weight.WARNING)


def _commercial(draft: ParsedDraft) -> Iterator[Problem]:
    if draft["is_commercial"] == "true":
        for name in ("iys_recipient_type", "iys_brand_code"):
            if not draft[name]:
                yield _error(name, "campaign.problem.commercial", "is_commercial")
        if draft.call_type == IVR and not _opt_out_place(draft):
            yield Problem("is_commercial", Reason("campaign.problem.no_opt_out"), Weight.HINT)
        return
    for name in ("iys_recipient_type", "iys_brand_code"):
        if draft[name] and draft.field(name).problem is None:
            yield _warning(name, "campaign.problem.not_commercial", "is_commercial")


def _phones(phones: PhoneList) -> Iterator[Problem]:
    if phones.total == 0:
        yield _error(PHONE_LIST, "campaign.problem.no_numbers")
    if phones.bad:
        yield _error(PHONE_LIST, "campaign.problem.bad_numbers", count=phones.bad)
    if phones.again:
        yield _warning(PHONE_LIST, "campaign.problem.called_again", count=phones.repeated_numbers, calls=phones.again)
    if phones.duplicates and phones.again:
        yield _warning(PHONE_LIST, "campaign.problem.said_before", count=phones.duplicates)
    elif phones.duplicates:
        yield _warning(PHONE_LIST, "campaign.problem.duplicates", count=phones.duplicates)
    if phones.premium:
        yield _warning(PHONE_LIST, "campaign.problem.premium", count=phones.premium)
    if phones.odd_phrases:
        yield _warning(PHONE_LIST, "campaign.problem.odd_phrases", count=phones.odd_phrases)
