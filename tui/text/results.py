"""Results in words: what was pressed, and which numbers a filter means."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tui.campaign.account import Account
from tui.campaign.menu import FIELD_OF_PLACE, KEYS
from tui.campaign.parsed_draft import ParsedDraft
from tui.campaign.results import Pressed, pressed
from tui.core.text_keys import TextKeys
from tui.i18n.words import say
from tui.store.values import ResultFilter
from tui.text.formats import NOTHING_KNOWN, leading_text

# The figures of a campaign's results, as reports and sheets name them.
FIGURE: Final = TextKeys("text.results.figure.{}", (
    "numbers", "called", "answered", "final", "to_call", "calls", "strangers", "last"))


def digit_text(digit: str) -> str:
    """A notification's digit as people say it: the key itself, “no key”, “wrong key 4”; "" where the call never began.

    What the provider doesn't name is as it came.
    """
    match pressed(digit):
        case Pressed.NONE:
            return say("text.results.no_key")
        case Pressed.WRONG:
            return say("text.results.wrong_key", key=digit[1:])
    return digit


def known_digits() -> dict[str, str]:
    """`digit_text` of every digit that it changes, for whoever asks a million times."""
    return {digit: digit_text(digit) for digit in ("-", *(f"!{key}" for key in KEYS))}


def key_text(draft: ParsedDraft, digit: str, account: Account = NOTHING_KNOWN) -> str:
    """What was pressed; a key with what it leads to in the menu."""
    if pressed(digit) is not Pressed.KEY:
        return digit_text(digit)
    leading = leading_text(draft.field(FIELD_OF_PLACE[digit]), account)
    key = say("text.results.key", key=digit)
    return f"{key} · {leading}" if leading else key


def filter_text(chosen: ResultFilter) -> str:
    """Which numbers a filter means, in words: “called · not answered · last status Meşgul”."""
    return " · ".join(_conditions(chosen)) or say("text.filter.all")


def _conditions(chosen: ResultFilter) -> Iterator[str]:
    if chosen.called is not None:
        yield say("text.filter.called" if chosen.called else "text.filter.not_called")
    if chosen.answered is not None:
        yield say("text.filter.answered" if chosen.answered else "text.filter.not_answered")
    if chosen.final is not None:
        yield say("text.filter.final" if chosen.final else "text.filter.not_final")
    if chosen.status:
        yield say("text.filter.status", status=chosen.status)
    elif chosen.status is not None:
        yield say("text.filter.no_status")
    if chosen.digit:
        yield say("text.filter.digit", digit=digit_text(chosen.digit))
    elif chosen.digit is not None:
        yield say("text.filter.no_digit")
    if chosen.attempts is not None:
        yield say("text.filter.attempts", count=chosen.attempts)
    if words := chosen.words.strip():
        yield say("text.filter.words", words=words)
