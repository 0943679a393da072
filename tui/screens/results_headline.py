"""How far a campaign is, in words: what was reached, what is still to come, when that will be done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from tui.campaign.calling_hours import expected_end, left_at_end
from tui.campaign.fields import QUEUE
from tui.campaign.lifecycle import State
from tui.i18n.words import say, whole_percent
from tui.operations.campaign_results import ResultFigures
from tui.store import Campaign, Totals
from tui.store.result_values import Round
from tui.text.formats import moment_text, window_of_campaign

_ROUNDS_SHOWN: Final = 2
_LIVES_SHOWN: Final = 3


def headline(campaign: Campaign, totals: Totals, now: dt.datetime, *, own: Totals | None = None) -> list[str]:
    """How far it is, in two lines. `own`: of `campaign` by itself, where `totals` are of several lives: it alone calls
    any more."""
    whole = totals.numbers + totals.unlisted
    first = say("screens.results.called", called=totals.called, count=whole,
                percent=whole_percent(totals.called / whole) if whole else 0)
    answered = say("screens.results.answered", count=totals.answered,
                   percent=whole_percent(totals.answered / totals.called) if totals.called else 0)
    # A queue campaign has no menu.
    keys = "" if campaign.call_type == QUEUE else say("screens.results.pressed", count=sum(totals.keys.values()))
    return [f" {first}   {answered}   {keys}".rstrip(), f" {outlook(campaign, own or totals, now)}"]


def lives_lines(figures: ResultFigures) -> list[str]:
    """The figures of the last lives, a line each; none where there is one alone. The one that is shown is marked."""
    shown = None if figures.life is None else figures.life.id
    return [" " + say("screens.results.life_shown" if life.id == shown else "screens.results.life", number=life.life,
                      id=life.ref, called=totals.called, answered=totals.answered)
            for life, totals in figures.lives[-_LIVES_SHOWN:]]


def rounds_line(rounds: Sequence[Round]) -> list[str]:
    """The last rounds of the campaign's family, in one line; none where it is alone."""
    if not rounds:
        return []
    told = "   ".join(say("screens.results.round", number=each.number, called=each.called, answered=each.answered)
                      for each in rounds[-_ROUNDS_SHOWN:])
    return [f" {say('screens.results.rounds', rounds=told)}"]


def outlook(campaign: Campaign, totals: Totals, now: dt.datetime) -> str:
    """What is still to come, and when it will be done at the pace so far."""
    left = max(0, totals.numbers - (totals.final - totals.final_unlisted))
    window = window_of_campaign(campaign, now)
    if totals.complete:
        return say("screens.results.complete")
    if window is not None and window.is_over(now):
        return say("screens.results.over_again" if totals.called_again else "screens.results.over", count=left)
    text = say("screens.results.left", count=left)
    since = campaign.launched_at
    if window is None or since is None or campaign.state is not State.ON:
        return text
    done = totals.final - totals.final_unlisted
    end = expected_end(window, left, done, since, now)
    if end is None:
        return text
    late = left_at_end(window, left, done, since, now)
    if late:
        return f"{text}   {say('screens.results.late', count=late)}"
    return f"{text}   {say('screens.results.end', moment=moment_text(end, now))}"
