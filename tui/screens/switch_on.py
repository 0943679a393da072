"""Asking before a campaign is switched on: phones may ring at once."""

from __future__ import annotations

from tui.i18n.words import say
from tui.operations.services import Services
from tui.operations.switching_on import ahead_of, must_have_some_left
from tui.screens.question import Question
from tui.store import Campaign
from tui.text.switch_on import ahead_lines


async def switch_on_question(services: Services, campaign: Campaign) -> Question:
    """True where it is to be switched on: with whom it has left to call, and whether now is within its hours.

    NotPossible where it is finished.
    """
    now = services.now()
    await services.thread(must_have_some_left, services.store, campaign, now)
    (ahead,) = await services.thread(ahead_of, services.store, [campaign], now)
    return Question(say("screens.switch_on.title"), ahead_lines(ahead, now), say("screens.switch_on.yes"))
