"""What stands beside a field: the weekday of a date, the name of what a number is the number of."""

from __future__ import annotations

from tui.campaign.account import Account, Standing, caller_standing, standing
from tui.campaign.fields import Field
from tui.campaign.fields import Kind as FieldKind
from tui.campaign.phone import BadPhone, connected_phone, readable_phone
from tui.campaign.schedule import parse_date
from tui.campaign.target import BadTarget, Kind, parse_target
from tui.i18n.words import date_text, say, weekday_text
from tui.text.formats import name_text
from tui.text.keys import STANDING

_NAMED = {"queue_number": Kind.QUEUE, "welcome_announcement_id": Kind.ANNOUNCEMENT}


def meaning_text(field: Field, text: str, account: Account) -> str:
    """What the text of a field means; "" where it speaks for itself, or nobody knows."""
    if not text.strip():
        return ""
    if field.kind is FieldKind.DATE:
        return _day(text)
    if field.kind is FieldKind.PHONE:
        return _caller(text, account)
    if field.name in _NAMED:
        return _named(_NAMED[field.name], text, account)
    return ""


def _day(text: str) -> str:
    try:
        day = parse_date(text)
    except ValueError:
        return ""
    return f"{weekday_text(day.isoweekday())} {date_text(day, with_year=True)}"


def _caller(text: str, account: Account) -> str:
    try:
        readable = readable_phone(connected_phone(text))
    except BadPhone:
        return ""
    return _with_standing(readable if readable != text.strip() else "", caller_standing(text, account))


def _with_standing(name: str, stands: Standing) -> str:
    """What the account lacks is told; that nobody could look is not, at each field."""
    if stands not in (Standing.MISSING, Standing.GONE):
        return name
    return f"{name} ({say(STANDING[stands])})".strip()


def _named(kind: Kind, text: str, account: Account) -> str:
    try:
        target = parse_target(f"{kind}/{text.strip()}")
    except BadTarget:
        return ""
    return _with_standing(name_text(target, account), standing(target, account))
