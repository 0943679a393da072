"""What stands beside a field: the weekday of a date, the name of what a number is the number of."""

from __future__ import annotations

import datetime as dt

from tui.campaign.account import Account, Standing, caller_standing, standing
from tui.campaign.fields import Field, FieldKind
from tui.campaign.parsed_draft import ParsedField
from tui.campaign.phone import readable_phone
from tui.campaign.target import Target
from tui.i18n.words import date_text, say, weekday_text
from tui.text.formats import name_text
from tui.text.keys import STANDING


def meaning_text(field: Field, parsed: ParsedField, account: Account) -> str:
    """What the text of a field means; "" where it speaks for itself, or nobody knows."""
    value = parsed.value
    if isinstance(value, dt.date):
        return f"{weekday_text(value.isoweekday())} {date_text(value, with_year=True)}"
    if field.kind is FieldKind.PHONE and isinstance(value, str):
        readable = readable_phone(value)
        return _with_standing(readable if readable != parsed.text else "", caller_standing(value, account))
    if field.kind is not FieldKind.TARGET and parsed.target is not None:
        return _named(parsed.target, account)
    return ""


def _with_standing(name: str, stands: Standing) -> str:
    """That the account lacks it is said; that nobody could look is not, at each field."""
    if stands not in (Standing.MISSING, Standing.GONE):
        return name
    return f"{name} ({say(STANDING[stands])})".strip()


def _named(target: Target, account: Account) -> str:
    return _with_standing(name_text(target, account), standing(target, account))
