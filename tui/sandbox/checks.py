"""The provider's rules for a create request (docs/provider.md, "Create"), and its words for what breaks one.

The client has rules of its own. These share nothing with them, so that a mistake there does not repeat itself here.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from tui.campaign.menu import Menu
from tui.sandbox import account
from tui.sandbox.plan import AcceptedCampaign, Callee, CallHours
from tui.sandbox.wire import LANGUAGES, announcements_in, as_notified, is_phone, message_seconds, target_problem

DEFAULT_CHANNELS: Final = 10  # the sandbox's "Otomatik Arama Kanal Sayısı"
DEFAULT_RING_SECONDS: Final = 30
DEFAULT_DIGIT_TIMEOUT: Final = 4
DEFAULT_DIGIT_RETRIES: Final = 0  # none is documented (docs/provider.md, "Create")
TARGETS: Final = {**{f"digit_target_{digit}": str(digit) for digit in range(10)},
                  "digit_target_star": "*", "digit_target_square": "#", "timeout_target": "-", "invalid_target": "!"}

_Check = Callable[[object], str | None]
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME: Final = re.compile(r"[0-9]{1,2}:[0-9]{2}")
_URL: Final = re.compile(r"https?://[^\s/?#]+\S*")


class Refused(Exception):
    """A request that the provider would answer with 400. The text is the answer's body, in the provider's own style."""


def _text(value: object) -> str | None:
    return None if type(value) is str else "must be a string"


def _filled(value: object) -> str | None:
    if type(value) is str and not value.strip():
        return "can't be blank"
    return _text(value)


def _flag(value: object) -> str | None:
    return None if type(value) is bool else "must be true or false"


def _one_of(*allowed: str) -> _Check:
    return lambda value: None if type(value) is str and value in allowed else "is not included in the list"


def _number(minimum: int, maximum: int | None = None) -> _Check:
    def check(value: object) -> str | None:
        # JSON's true is an int to Python, and 30.0 equals 30: neither is an integer to the provider.
        if type(value) is not int:
            return "must be an integer"
        if maximum is not None and not minimum <= value <= maximum:
            return f"must be between {minimum} and {maximum}"
        return None if value >= minimum else f"must be greater than or equal to {minimum}"

    return check


def _known(numbers: Mapping[int, str], what: str) -> _Check:
    def check(value: object) -> str | None:
        if type(value) is not int:
            return "must be an integer"
        return None if value in numbers else f"cannot find {what} {value}"

    return check


def _date(value: object) -> str | None:
    return None if _as_date(value) else "is not a valid date"


def _time(value: object) -> str | None:
    return None if _as_time(value) else "is not a valid time"


def _days(value: object) -> str | None:
    if type(value) is not list:
        return "must be an array"
    if not value:
        return "can't be blank"
    return None if all(type(day) is int and 1 <= day <= 7 for day in value) else "must be integers between 1 and 7"


def _caller_id(value: object) -> str | None:
    return _text(value) or (None if value in account.CALLER_IDS else "is not included in the list")


def _webhook(value: object) -> str | None:
    if not isinstance(value, str):
        return "must be a string"
    return None if not value or _URL.fullmatch(value) else "is invalid"


def _recording(value: object) -> str | None:
    return None if type(value) is str and value in ("true", "t") else 'must be the string "true"'


def _target(value: object) -> str | None:
    if not isinstance(value, str):
        return "must be a string"
    return target_problem(value) if value else None


_QUEUE_ONLY: Final[dict[str, _Check]] = {
    "queue_number": _known(account.QUEUES, "queue"),
    "thread_multiplier": _number(1),
}
_IVR_ONLY: Final[dict[str, _Check]] = {
    "welcome_announcement_id": _known(account.ANNOUNCEMENTS, "announcement"),
    **dict.fromkeys(TARGETS, _target),
    "digit_retries": _number(0),
    "digit_timeout": _number(1, 10),
}
_BOTH: Final[dict[str, _Check]] = {
    "key": _text,
    "call_type": _one_of("ivr", "queue"),
    "name": _filled,
    "date_range_begin": _date,
    "date_range_end": _date,
    "time_range_begin": _time,
    "time_range_end": _time,
    "active_days": _days,
    "max_thread_count": _number(1),
    "ring_timeout": _number(25, 60),
    "cli": _caller_id,
    "call_retries": _number(0),
    "webhook_url": _webhook,
    "recording_enabled": _recording,
    "is_commercial": _flag,
    "iys_recipient_type": _text,
    "iys_brand_code": _text,
}
_FIELDS: Final = {**_BOTH, **_QUEUE_ONLY, **_IVR_ONLY}


def read_plan(fields: Mapping[str, Any], today: dt.date) -> AcceptedCampaign:
    """The campaign that a create request asks for. `today` (in Turkey) is where dates left out begin.

    Raises Refused with the first of the provider's rules that it breaks.
    """
    _check_fields(fields)
    _check_numbers(fields.get("phone_list"))
    _check_commercial(fields)
    (_check_queue if fields["call_type"] == "queue" else _check_ivr)(fields)
    return _plan(fields, _window(fields, today))


def read_block(fields: Mapping[str, Any]) -> tuple[str, str]:
    """The number, as the provider reports it, and the direction that a request to block it names. Refused.

    Ours: without a direction the provider blocks it in one that nobody names, so it has to be there.
    """
    for name in fields:
        if name not in ("key", "number", "direction"):
            raise Refused(f"unknown attribute '{name}' for BlockedNumber")
    number, direction = fields.get("number"), fields.get("direction")
    if type(number) is not str or not is_phone(number):
        raise Refused("number is invalid")
    if direction not in ("inbound", "outbound"):
        raise Refused("direction is not included in the list")
    return as_notified(number), direction


def _check_fields(fields: Mapping[str, Any]) -> None:
    for name in fields:
        if name not in _FIELDS and name != "phone_list":
            raise Refused(f"unknown attribute '{name}' for IvrCampaign")
    if "name" not in fields:
        raise Refused("name can't be blank")
    if "call_type" not in fields:
        raise Refused("call_type is not included in the list")
    for name, check in _FIELDS.items():
        if name in fields and (problem := check(fields[name])):
            raise Refused(f"{name} {problem}")


def _check_numbers(phone_list: object) -> None:
    if phone_list is None or phone_list == []:
        raise Refused("phone_list can't be blank")
    if type(phone_list) is not list:
        raise Refused("phone_list must be an array")
    for place, entry in enumerate(phone_list):
        if problem := _entry_problem(entry):
            raise Refused(f"phone_list[{place}] {problem}")


def _entry_problem(entry: object) -> str | None:
    if type(entry) is not dict:
        return "must be an object"
    for name, value in entry.items():
        if name not in ("phone", "phrase", "lang"):
            return f"unknown attribute '{name}'"
        if type(value) is not str:
            return f"{name} must be a string"
    if not is_phone(entry.get("phone", "")):
        return "phone is invalid"
    if entry.get("lang", LANGUAGES[0]) not in LANGUAGES:
        return "lang is not included in the list"
    for number in announcements_in(entry.get("phrase", "")):
        if number not in account.ANNOUNCEMENTS:
            return f"phrase cannot find announcement {number}"
    return None


def _check_commercial(fields: Mapping[str, Any]) -> None:
    if not fields.get("is_commercial"):
        return
    if fields.get("iys_recipient_type") not in ("BIREYSEL", "TACIR"):
        raise Refused("iys_recipient_type is not included in the list")
    if not fields.get("iys_brand_code", "").strip():
        raise Refused("iys_brand_code can't be blank")


def _check_queue(fields: Mapping[str, Any]) -> None:
    _check_no_other(fields, _IVR_ONLY)
    if "queue_number" not in fields:
        raise Refused("queue_number can't be blank")


def _check_ivr(fields: Mapping[str, Any]) -> None:
    _check_no_other(fields, _QUEUE_ONLY)
    if not any(fields.get(name) for name in TARGETS):
        raise Refused("digit_target can't be blank: at least one target is required")
    every_number_has_a_phrase = all(entry.get("phrase", "").strip() for entry in fields["phone_list"])
    if "welcome_announcement_id" not in fields and not every_number_has_a_phrase:
        raise Refused("welcome_announcement_id can't be blank")


def _check_no_other(fields: Mapping[str, Any], others: Mapping[str, Any]) -> None:
    for name in fields:
        if name in others:
            raise Refused(f"{name} is not allowed when call_type is {fields['call_type']}")


def _window(fields: Mapping[str, Any], today: dt.date) -> CallHours:
    begin = _as_date(fields.get("date_range_begin")) or today
    end = _as_date(fields.get("date_range_end")) or begin
    opens = _as_time(fields.get("time_range_begin")) or dt.time(0, 0)
    closes = _as_time(fields.get("time_range_end")) or dt.time(23, 59)
    if end < begin:
        raise Refused("date_range_end must be on or after date_range_begin")
    return CallHours(begin, end, opens, closes, frozenset(fields.get("active_days", range(1, 8))))


def _plan(fields: Mapping[str, Any], window: CallHours) -> AcceptedCampaign:
    queue = fields.get("queue_number")
    channels = fields.get("max_thread_count", DEFAULT_CHANNELS)
    if queue is not None:
        # "müsait temsilci sayısının kaç katı": with nobody free the sandbox still dials, one at a time.
        channels = min(channels, max(1, account.free_agents(queue)) * fields.get("thread_multiplier", 1))
    welcome = fields.get("welcome_announcement_id")
    return AcceptedCampaign(
        name=fields["name"],
        window=window,
        channels=channels,
        ring_seconds=fields.get("ring_timeout", DEFAULT_RING_SECONDS),
        retries=fields.get("call_retries", 0),
        caller_id=fields.get("cli", account.CALLER_IDS[0]),
        callees=tuple(Callee(as_notified(entry["phone"]), message_seconds(entry.get("phrase", ""), welcome))
                      for entry in fields["phone_list"]),
        menu=_menu(fields) if queue is None else None,
        queue=queue,
        commercial=fields.get("is_commercial", False),
        recorded=fields.get("recording_enabled") is not None,
        webhook_url=fields.get("webhook_url", ""),
    )


def _menu(fields: Mapping[str, Any]) -> Menu:
    return Menu(
        targets={place: fields[name] for name, place in TARGETS.items() if fields.get(name)},
        retries=fields.get("digit_retries", DEFAULT_DIGIT_RETRIES),
        timeout=fields.get("digit_timeout", DEFAULT_DIGIT_TIMEOUT),
    )


def _as_date(value: object) -> dt.date | None:
    if type(value) is not str or not _DATE.fullmatch(value):
        return None
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        return None


def _as_time(value: object) -> dt.time | None:
    if type(value) is not str or not _TIME.fullmatch(value):
        return None
    hour, minute = map(int, value.split(":"))
    return dt.time(hour, minute) if hour < 24 and minute < 60 else None
