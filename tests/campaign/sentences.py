"""Saying a reason in both languages: a code without a sentence, or a placeholder without a value, fails the test."""

from __future__ import annotations

from functools import cache

from tui.core.reason import Reason
from tui.i18n.words import LANGUAGES, Words, language, use
from tui.text.formats import parameter_text


@cache
def words(code: str) -> Words:
    return Words(code)


def said(reason: Reason) -> dict[str, str]:
    """The sentence by language."""
    return {code: words(code).say(reason.code, **_values(reason, code)) for code in LANGUAGES}


def _values(reason: Reason, code: str) -> dict[str, str | int]:
    before = language()
    use(code)
    try:
        return {name: parameter_text(value) for name, value in reason.params.items()}
    finally:
        use(before)
