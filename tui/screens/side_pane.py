"""The campaign under the cursor, in words, beside the list: what it is or would do, and what happened to it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from tui.i18n.words import say
from tui.text.formats import short
from tui.text.keys import FIELD_LABEL
from tui.text.lines import Line
from tui.widgets.text_lines import TextLines

if TYPE_CHECKING:
    from tui.store import Campaign, Store

PART = "campaigns.pane"  # its name among the parts of screens that are put away
LEAST_WIDTH = 120  # of the terminal


class SidePane(TextLines):
    """`put` shows what `pane_lines` tells."""


def pane_lines(store: Store, campaign: Campaign, now: dt.datetime, receiver: str | None = None) -> list[Line]:
    """It asks the store, which blocks, and loads what tells a campaign in words when it is first needed.

    `receiver`: our own public address, where one is configured.
    """
    from tui.text.campaign import campaign_pairs, history_pairs

    lines = [Line(campaign.name or say("screens.unnamed"), "strong"), Line("")]
    if campaign.state.editable:
        lines += _draft_lines(store, campaign, now, receiver)
    else:
        named, complete = say("campaign.field.name"), store.figures.complete(campaign.id)  # the name stands above
        lines += [Line(f"{label}: {value}" if label else f"  {value}")
                  for label, value in campaign_pairs(campaign, now, complete=complete) if label != named]
    history = history_pairs(store.history(campaign.id), now)
    return [*lines, Line(""), Line(say("screens.campaign.history"), "muted"),
            *(Line(f"{moment}  {text}") for moment, text in history)]


def _draft_lines(store: Store, campaign: Campaign, now: dt.datetime, receiver: str | None) -> list[Line]:
    """The review in short: what a launch would do, and how much is in its way."""
    from tui.campaign.rules import check, errors
    from tui.operations.launch_request import phones_of
    from tui.operations.repeats import called_again
    from tui.text.campaign import review_lines
    from tui.text.formats import sentence

    draft = campaign.draft
    phones = phones_of(campaign, called_again(store, campaign))
    problems = errors(check(draft, phones, now))
    told = say("screens.form.problems", count=len(problems)) if problems else say("screens.form.no_problems")
    lines = [Line(told, "bad" if problems else "on")]
    if problems:
        label = say(FIELD_LABEL[problems[0].field])
        lines.append(Line(f"{label}: {short(sentence(problems[0].reason), 200)}"))
    words = review_lines(draft, campaign.callable_numbers, phones.duplicates, now, receiver=receiver,
                         with_phrase=phones.with_phrase, again=phones.again)
    return [*lines, Line(""), *(Line(text) for text in words)]
