"""The verdict on one row of a phone list."""

from __future__ import annotations

from tui.campaign.draft import Number
from tui.campaign.fields import LANGUAGES
from tui.campaign.phone import Verdict, verdict
from tui.campaign.phrase import WordKind, is_plain, odd_word, words_of
from tui.core.reason import Reason

__all__ = ["Verdict", "judge", "judge_row"]


def judge(number: Number) -> Verdict:
    """What is wrong with a row, the number first."""
    return judge_row(number.phone, number.phrase, number.lang)


def judge_row(phone: str, phrase: str = "", lang: str = "") -> Verdict:
    """The same of a row that is no `Number` yet: a million of them need not be made to be judged."""
    found = verdict(phone)
    if found.phone is None or not (lang or phrase):
        return found
    lang = lang.strip()
    if lang and lang not in LANGUAGES:
        return found._replace(problem=Reason("campaign.number.lang", {"value": lang, "known": ", ".join(LANGUAGES)}))
    return _heard(found, phrase) if phrase else found


def _heard(found: Verdict, phrase: str) -> Verdict:
    if not is_plain(phrase):
        for word in words_of(phrase):
            if word.kind is WordKind.BAD_DATE:
                return found._replace(problem=Reason("campaign.number.date", {"value": word.text}))
    odd = odd_word(phrase)
    return found if odd is None else found._replace(odd=Reason(f"campaign.number.{odd[0]}", {"value": odd[1]}))
