"""Saying a reason in both languages: a code without a sentence, or a placeholder without a value, fails the test."""

from __future__ import annotations

from functools import cache

from tui.campaign.reason import Reason
from tui.words import LANGUAGES, Words


@cache
def words(language: str) -> Words:
    return Words(language)


def said(reason: Reason) -> dict[str, str]:
    """The sentence by language."""
    return {language: words(language).say(reason.code, **reason.params) for language in LANGUAGES}
