"""Consents of İYS, Turkey's register: who agreed to commercial calls, and who refused them.

docs/provider.md, "Commercial calls". A consent is a number's, for one type of recipient, and of one brand.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Final

from msgspec import Struct

from tui.campaign.parsed_draft import ParsedDraft


class RecipientType(StrEnum):
    """As whom somebody is called: the wire's words for `iys_recipient_type`, and the register's."""

    CONSUMER = "BIREYSEL"
    TRADER = "TACIR"


class ConsentStatus(StrEnum):
    """What the register says."""

    GIVEN = "ONAY"
    REFUSED = "RET"


class ConsentNeeded(Struct, frozen=True):
    """What a campaign needs of everybody it calls. `brand`: as it is registered with İYS."""

    recipient_type: RecipientType
    brand: str


# A statement of the register as one number, so that a million of them take little memory and the greater one holds:
# the later one, of two at one moment the refusal; a refusal without a date beats all, a consent without one nothing.
_UNDATED_CONSENT: Final = 0
_UNDATED_REFUSAL: Final = 1 << 62
_EPOCH: Final = dt.datetime(1900, 1, 1, tzinfo=dt.UTC)
_SECOND: Final = dt.timedelta(seconds=1)


def weight_of(status: ConsentStatus, since: dt.datetime | None) -> int:
    """A statement as a number: of several about the same, the greatest holds. `since` is aware.

    Who agreed and refused has refused, unless the dates say which was later.
    """
    if since is None:
        return _UNDATED_REFUSAL if status is ConsentStatus.REFUSED else _UNDATED_CONSENT
    return max(1, (since - _EPOCH) // _SECOND) * 2 + (status is ConsentStatus.REFUSED)


def statement_of(weight: int) -> tuple[ConsentStatus, dt.datetime | None]:
    """What `weight_of` made a number of: the status, and since when."""
    if weight == _UNDATED_CONSENT:
        return ConsentStatus.GIVEN, None
    if weight == _UNDATED_REFUSAL:
        return ConsentStatus.REFUSED, None
    return ConsentStatus.REFUSED if weight % 2 else ConsentStatus.GIVEN, _EPOCH + weight // 2 * _SECOND


def is_brand_code(text: str) -> bool:
    """Whether a text can be a brand's code, which İYS makes of digits; whatever else names a brand is its name."""
    return text.isascii() and text.isdigit()


def named_brand(typed: str) -> tuple[str, str] | None:
    """`Acme A.Ş. = 600123`: a brand's name and its code; None where the text is not that.

    >>> named_brand("Acme A.Ş. = 600123")
    ('Acme A.Ş.', '600123')
    """
    name, _, code = (part.strip() for part in typed.rpartition("="))
    return (name, code) if name and is_brand_code(code) else None


def consent_needed(draft: ParsedDraft) -> ConsentNeeded | None:
    """What a draft needs of everybody it calls; None where it is not commercial, or does not say yet as what it calls.

    A commercial draft that does not say so can't be launched (`tui/campaign/rules.py`).
    """
    if draft["is_commercial"] != "true" or draft["iys_recipient_type"] not in map(str, RecipientType):
        return None
    return ConsentNeeded(RecipientType(draft["iys_recipient_type"]), draft["iys_brand_code"])
