"""Saying a reason in both languages: a code without a sentence, or a placeholder without a value, fails the test."""

from __future__ import annotations

from functools import cache

from tui.campaign.holidays import Holidays
from tui.core.reason import Reason
from tui.i18n.words import LANGUAGES, Words, language, use
from tui.text.holidays import holidays_text


@cache
def words(code: str) -> Words:
    return Words(code)


def said(reason: Reason) -> dict[str, str]:
    """The sentence by language."""
    return {code: words(code).say(reason.code, **_values(reason, code)) for code in LANGUAGES}


def _values(reason: Reason, code: str) -> dict[str, str | int]:
    return {name: _named(value, code) if isinstance(value, Holidays) else value
            for name, value in reason.params.items()}


def _named(holidays: Holidays, code: str) -> str:
    before = language()
    use(code)
    try:
        return holidays_text(holidays)
    finally:
        use(before)
