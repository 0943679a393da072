"""The document's rules, all problems at once. One home: the form, the command line and the import ask here."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from tui.campaign.calling_hours import dates_of, times_of, window_of
from tui.campaign.draft import Draft, PhoneList
from tui.campaign.fields import BOTH, CALL_TYPES, FIELDS, IVR, LARGEST_INTEGER, PHONE_LIST, TARGET_FIELDS, Field, Kind
from tui.campaign.menu import FIELD_OF_PLACE, endless, menu_of, opt_out_of, without_exit
from tui.campaign.phone import BadPhone, connected_phone, is_premium
from tui.campaign.schedule import parse_date, parse_days, parse_time
from tui.campaign.target import UNWRITABLE, BadTarget, parse_target
from tui.campaign.target import Kind as TargetKind
from tui.core.host import is_private, mistaken
from tui.core.reason import Reason

if TYPE_CHECKING:  # the list of campaigns needs nothing of it
    from tui.campaign.courtesy import Courtesy


class Weight(StrEnum):
    ERROR = "error"  # it can't be launched
    WARNING = "warning"  # it can, but look
    HINT = "hint"  # it can, and something might be better


@dataclass(frozen=True, slots=True)
class Problem:
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
    return [problem for problem in problems if problem.weight is Weight.ERROR]


def gravest(problems: list[Problem]) -> Weight:
    """The weight of the gravest; a hint where there is none."""
    weights = {problem.weight for problem in problems}
    return next((weight for weight in Weight if weight in weights), Weight.HINT)


def check(draft: Draft, phones: PhoneList, now: dt.datetime, courtesy: Courtesy | None = None) -> list[Problem]:
    """Every problem of a draft, in the order of the form. `now` is an aware time; what is today is Turkey's today.

    Without `courtesy` nothing is said of when it is polite to call.
    """
    return [*check_fields(draft), *_name(draft), *_multiplied(draft), *_menu(draft, phones), *_schedule(draft, now),
            *(_impolite(draft, now, courtesy) if courtesy is not None else ()), *_commercial(draft), *_webhook(draft),
            *_phones(phones)]


def no_caller(draft: Draft) -> list[Problem]:
    """A warning where the draft names no caller ID, nor its profile did before: asked of what is about to be launched.

    The document doesn't say which number people see then, nor that it may be left out.
    """
    return [] if draft["cli"] else [_warning("cli", "no_caller")]


def check_fields(draft: Draft) -> Iterator[Problem]:
    """Each field by itself."""
    for known in FIELDS.values():
        if draft.call_type in CALL_TYPES and not known.belongs_to(draft.call_type):
            continue
        text = draft[known.name]
        if not text:
            if known.required and (known.call_types == BOTH or known.belongs_to(draft.call_type)):
                yield _error(known.name, "required")
            continue
        reason = check_text(known, text)
        if reason is not None:
            yield Problem(known.name, reason)


def check_text(known: Field, text: str) -> Reason | None:
    """What is wrong with the text of one field, looked at alone; None where it is right."""
    reader = _READERS.get(known.kind)
    return reader(known, text) if reader else None


def count_of(draft: Draft, name: str) -> int | None:
    """The whole number in a field; None where it is blank, or wrong."""
    text = draft[name]
    return int(text) if text and check_text(FIELDS[name], text) is None else None


def _error(name: str, code: str, *others: str, **params: str | int) -> Problem:
    return Problem(name, Reason(f"campaign.problem.{code}", params), Weight.ERROR, others)


def _warning(name: str, code: str, *others: str, **params: str | int) -> Problem:
    return Problem(name, Reason(f"campaign.problem.{code}", params), Weight.WARNING, others)


def _reason(code: str, **params: str | int) -> Reason:
    return Reason(f"campaign.problem.{code}", params)


_DIGITS: Final = re.compile(r"-?[0-9]{1,18}")


def _integer(known: Field, text: str) -> Reason | None:
    if not _DIGITS.fullmatch(text):
        return _reason("integer", value=text)
    value = int(text)
    least, most = known.least or 0, known.most or LARGEST_INTEGER
    if least <= value <= most:
        return None
    if most == LARGEST_INTEGER and value < least:
        return _reason("least", value=text, least=least)
    return _reason("range", value=text, least=least, most=most)


def _date(_known: Field, text: str) -> Reason | None:
    try:
        parse_date(text)
    except ValueError:
        from tui.campaign.when import day_problem

        return day_problem(text)
    return None


def _time(_known: Field, text: str) -> Reason | None:
    try:
        parse_time(text)
    except ValueError:
        from tui.campaign.when import time_problem

        return time_problem(text)
    return None


def _days(_known: Field, text: str) -> Reason | None:
    try:
        found = parse_days(text)
    except ValueError:
        return _reason("days", value=text)
    return None if found else _reason("no_days")


def _choice(known: Field, text: str) -> Reason | None:
    return None if text in known.choices else _reason("choice", value=text, known=", ".join(known.choices))


def _boolean(_known: Field, text: str) -> Reason | None:
    return None if text in ("true", "false") else _reason("boolean", value=text)


def _flag(known: Field, text: str) -> Reason | None:
    return None if text == "t" else _boolean(known, text)


def _caller_id(_known: Field, text: str) -> Reason | None:
    try:
        connected_phone(text)
    except BadPhone as bad:
        return bad.reason
    return None


def _target(_known: Field, text: str) -> Reason | None:
    try:
        parse_target(text)
    except BadTarget as bad:
        return bad.reason
    return None


def _url(_known: Field, text: str) -> Reason | None:
    meant = mistaken(text)
    if meant is not None:
        return _reason("host", value=text, host=meant)
    try:
        parts = urlsplit(text)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return _reason("url", value=text)
    if parts.scheme not in ("http", "https") or not host or re.search(r"\s", text) or UNWRITABLE.search(text):
        return _reason("url", value=text)
    return None


# Half of a surrogate pair: no UTF-8 can be made of it.
_NO_LETTER: Final = re.compile(r"[\ud800-\udfff]")


def _text(known: Field, text: str) -> Reason | None:
    # A name belongs to the operator: the document sets it no bounds, so what is odd in it is only pointed out.
    found = (_NO_LETTER if known.name == "name" else UNWRITABLE).search(text)
    return None if found is None else _reason("control", value=f"U+{ord(found[0]):04X}")


_READERS: Final = {
    Kind.INTEGER: _integer, Kind.DATE: _date, Kind.TIME: _time, Kind.DAYS: _days, Kind.CHOICE: _choice,
    Kind.BOOLEAN: _boolean, Kind.FLAG: _flag, Kind.PHONE: _caller_id, Kind.TARGET: _target, Kind.URL: _url,
    Kind.TEXT: _text,
}


def _name(draft: Draft) -> Iterator[Problem]:
    if (odd := UNWRITABLE.search(draft.name)) and not _NO_LETTER.search(draft.name):
        yield _warning("name", "control_in_name", value=f"U+{ord(odd[0]):04X}")


# Ours: what multiplies calls beyond these is warned about, and asked for by typing. Channels: no look-up tells how many
# an account has (API.md §5), and two primary-rate lines, of 30 each (ITU-T I.431), are many for a campaign.
_CEILINGS: Final = {"call_retries": 5, "digit_retries": 5, "thread_multiplier": 3, "max_thread_count": 60}
_MULTIPLIES: Final = frozenset({*(f"campaign.problem.many_{name}" for name in _CEILINGS),
                                "campaign.problem.many_channels", "campaign.problem.called_again"})


_LONGEST_SPEECH: Final = 300  # letters


def multiplies(codes: Iterable[str]) -> bool:
    """Whether one of these problems is that calls are multiplied beyond what anybody means: then it is typed for."""
    return not _MULTIPLIES.isdisjoint(codes)


def _multiplied(draft: Draft) -> Iterator[Problem]:
    for name, most in _CEILINGS.items():
        if FIELDS[name].belongs_to(draft.call_type) and (count := count_of(draft, name) or 0) > most:
            yield _warning(name, f"many_{name}", count=count, most=most)


def _menu(draft: Draft, phones: PhoneList) -> Iterator[Problem]:
    if draft.call_type != IVR:
        return
    if not any(draft[name] for name in TARGET_FIELDS):
        yield _error(TARGET_FIELDS[0], "no_target", *TARGET_FIELDS[1:])
    if not draft["welcome_announcement_id"] and phones.with_phrase < max(phones.callable, 1):
        yield _error("welcome_announcement_id", "no_welcome", PHONE_LIST)
    if (place := _opt_out_place(draft)) and not draft[place]:
        yield _error(place, "opt_out_nowhere", key=opt_out_of(draft.values))
    yield from _premium_targets(draft)
    yield from _odd_targets(draft)
    if draft["welcome_announcement_id"].startswith("0") and count_of(draft, "welcome_announcement_id"):
        yield _warning("welcome_announcement_id", "announcement_zeros", value=draft["welcome_announcement_id"])
    yield from _ways_out(draft)


def _premium_targets(draft: Draft) -> Iterator[Problem]:
    for name in TARGET_FIELDS:
        try:
            target = parse_target(draft[name])
            if target.kind is TargetKind.EXTERNAL and is_premium(connected_phone(target.value)):
                yield _warning(name, "premium_target", value=target.value)
        except (BadTarget, BadPhone):  # said at the field itself
            continue


def _odd_targets(draft: Draft) -> Iterator[Problem]:
    """Ours: what the document neither allows nor forbids in a target, and nobody has heard."""
    for name in TARGET_FIELDS:
        try:
            target = parse_target(draft[name])
        except BadTarget:  # said at the field itself
            continue
        if target.kind is TargetKind.ANNOUNCEMENT and target.value.startswith("0"):
            yield _warning(name, "announcement_zeros", value=target.value)
        if target.kind is TargetKind.TTS:
            if len(target.value) > _LONGEST_SPEECH:
                yield _warning(name, "long_speech", count=len(target.value), most=_LONGEST_SPEECH)
            if signs := "".join(sign for sign in "/#" if sign in target.value):
                yield _warning(name, "speech_sign", sign=" ".join(signs))


def _webhook(draft: Draft) -> Iterator[Problem]:
    url = draft["webhook_url"]
    if not url or _url(FIELDS["webhook_url"], url) is not None:
        return
    if is_private(url):
        yield _warning("webhook_url", "webhook_private", value=urlsplit(url).hostname or "")
    if "@" in urlsplit(url).netloc:
        yield _warning("webhook_url", "webhook_login")


def _opt_out_place(draft: Draft) -> str:
    """The field of the key with which a callee refuses further calls; "" where none is marked."""
    key = opt_out_of(draft.values)
    return FIELD_OF_PLACE[key] if key else ""


def _ways_out(draft: Draft) -> Iterator[Problem]:
    """Ours: the document allows menus that nobody gets out of; they cost, so they are pointed out."""
    menu = menu_of(draft.values)
    if without_exit(menu):
        yield _warning(FIELD_OF_PLACE[next(iter(menu.targets))], "no_exit")
    elif endless(menu):
        yield _warning("timeout_target", "endless")


def _schedule(draft: Draft, now: dt.datetime) -> Iterator[Problem]:
    """What concerns two fields. What is wrong with one by itself was said, and keeps nothing else from being told."""
    dates, times, window = dates_of(draft, now), times_of(draft), window_of(draft, now)
    if dates is not None and dates[1] < dates[0]:
        yield _error("date_range_end", "dates_order", "date_range_begin")
    elif window is not None and window.days and not window.has_a_day():  # no day at all was said at the field itself
        yield _error("active_days", "days_outside", "date_range_begin", "date_range_end")
    elif window is not None and window.days and window.is_over(now):
        yield _warning("date_range_end", "over", "date_range_begin", "time_range_end")
    if times is not None and times[1] <= times[0]:
        yield _warning("time_range_end", "times_order", "time_range_begin")


def _impolite(draft: Draft, now: dt.datetime, courtesy: Courtesy) -> Iterator[Problem]:
    """Ours: hours that people mind, and days that are holidays. The document allows them."""
    window = window_of(draft, now)
    if window is None or not window.callable_after(now):
        return
    if not draft["time_range_begin"] and not draft["time_range_end"]:
        yield _warning("time_range_begin", "whole_day", "time_range_end")
    elif courtesy.offended_by(window):
        yield _warning("time_range_begin", "impolite", "time_range_end", polite=str(courtesy.polite))
    if holidays := courtesy.holidays_in(window, now):
        yield Problem("date_range_begin", Reason("campaign.problem.holidays", {"holidays": holidays}), Weight.WARNING)


def _commercial(draft: Draft) -> Iterator[Problem]:
    if draft["is_commercial"] == "true":
        for name in ("iys_recipient_type", "iys_brand_code"):
            if not draft[name]:
                yield _error(name, "commercial", "is_commercial")
        if draft.call_type == IVR and not _opt_out_place(draft):
            yield Problem("is_commercial", _reason("no_opt_out"), Weight.HINT)
        return
    for name in ("iys_recipient_type", "iys_brand_code"):
        if draft[name] and check_text(FIELDS[name], draft[name]) is None:
            yield _warning(name, "not_commercial", "is_commercial")


def _phones(phones: PhoneList) -> Iterator[Problem]:
    if phones.total == 0:
        yield _error(PHONE_LIST, "no_numbers")
    if phones.bad:
        yield _error(PHONE_LIST, "bad_numbers", count=phones.bad)
    if phones.again:
        yield _warning(PHONE_LIST, "called_again", count=phones.called_twice, calls=phones.again)
    if phones.duplicates and phones.again:
        yield _warning(PHONE_LIST, "said_before", count=phones.duplicates)
    elif phones.duplicates:
        yield _warning(PHONE_LIST, "duplicates", count=phones.duplicates)
    if phones.premium:
        yield _warning(PHONE_LIST, "premium", count=phones.premium)
    if phones.odd_phrases:
        yield _warning(PHONE_LIST, "odd_phrases", count=phones.odd_phrases)
