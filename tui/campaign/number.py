"""The verdict on one row of a phone list."""

from __future__ import annotations

from dataclasses import dataclass

from tui.campaign.draft import Number
from tui.campaign.fields import LANGUAGES
from tui.campaign.phone import BadPhone, wire_phone
from tui.campaign.phrase import WordKind, words_of
from tui.campaign.reason import Reason


@dataclass(frozen=True, slots=True)
class Verdict:
    """`phone` is the wire form, None where it can't be called; `problem` why not; `odd` what will be heard oddly."""

    phone: str | None
    problem: Reason | None = None
    odd: Reason | None = None


def judge(number: Number) -> Verdict:
    """What is wrong with a row, the number first."""
    try:
        phone = wire_phone(number.phone)
    except BadPhone as bad:
        return Verdict(None, bad.reason)
    lang = number.lang.strip()
    if lang and lang not in LANGUAGES:
        return Verdict(phone, Reason("campaign.number.lang", {"value": lang, "known": ", ".join(LANGUAGES)}))
    odd: Reason | None = None
    for word in words_of(number.phrase):
        if word.kind is WordKind.BAD_DATE:
            return Verdict(phone, Reason("campaign.number.date", {"value": word.text}))
        if word.kind is WordKind.TEXT and odd is None:
            odd = Reason("campaign.number.word", {"value": word.text})
    return Verdict(phone, None, odd)
