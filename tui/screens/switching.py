"""Switching a campaign on and off, and deleting it: what may ring phones, or can't be undone, asks first."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from textual.worker import Worker

from tui.app.leaving import has_left
from tui.app.screen import AppScreen
from tui.app.screen_work import Job
from tui.campaign.lifecycle import Action, State
from tui.i18n.words import say
from tui.operations.services import Services
from tui.operations.switch import switch
from tui.screens.question import Question, TypedQuestion, delete_question
from tui.store import Campaign
from tui.text.formats import short


async def switch_on_question(services: Services, campaign: Campaign) -> Question | TypedQuestion:
    """True where it is to be switched on: with whom it has left to call, and whether now is within its hours.

    Where another was launched in its place, a person types how many may be called by both. NotPossible where it is
    finished.
    """
    from tui.operations.switching_on import ahead_of, must_have_some_left
    from tui.text.switch_on import ahead_lines

    now = services.now()
    await services.thread(must_have_some_left, services.store, campaign, now)
    (ahead,) = await services.thread(ahead_of, services.store, [campaign], now)
    lines = ahead_lines(ahead, now)
    if ahead.beside:
        return TypedQuestion(say("screens.switch_on.beside_title"), lines, say("screens.switch_on.yes"),
                             ahead.left or campaign.numbers)
    return Question(say("screens.switch_on.title"), lines, say("screens.switch_on.yes"))


class SwitchCommands:
    """`begun` is called when the store is about to remember that it is being switched; `ended` runs when it is known
    what became of it, or that nobody knows, unless the screen has been left.

    A question is awaited until it is there: what is typed ahead lands in it. What follows from its answer goes on where
    the screen is left, and can be given up.
    """

    def __init__(self, screen: AppScreen[None], *, begun: Callable[[], None] | None = None,
                 ended: Job | None = None) -> None:
        self._screen = screen
        self._begun = begun
        self._ended = ended
        self._under_way: list[Worker[None]] = []

    async def turn(self, campaign: Campaign) -> None:
        """Off at once, on after a question."""
        if campaign.state is State.ON:
            self.begin(campaign, Action.OFF)
        else:
            await self._screen.screen_work.guarded(partial(self.ask_switch_on, campaign))

    @property
    def waits(self) -> bool:
        """Whether the provider is being asked, and the answer can be given up."""
        return self._screen.santral.waiting and any(not work.is_finished for work in self._under_way)

    def give_up(self) -> None:
        """Wait no longer for the provider's answer."""
        for work in self._under_way:
            work.cancel()
        self._screen.notify(say("screens.given_up"), severity="warning")

    def begin(self, campaign: Campaign, action: Action) -> None:
        """Do it beside the screen."""
        self._run(partial(self.switch, campaign, action))

    def _run(self, job: Job) -> None:
        self._under_way = [work for work in self._under_way if not work.is_finished]
        self._under_way.append(self._screen.screen_work.run_beyond(job))

    async def ask_switch_on(self, campaign: Campaign) -> None:
        question = await switch_on_question(self._screen.services, campaign)

        def answered(sure: bool | None) -> None:  # noqa: FBT001 - the answer of a question
            if sure:
                beside = isinstance(question, TypedQuestion)
                self._run(partial(self.switch, campaign, Action.ON, beside_successor=beside))

        await self._screen.open(question, answered)

    async def ask_delete(self, campaign: Campaign) -> None:
        def answered(sure: bool | None) -> None:  # noqa: FBT001 - the answer of a question
            if sure:
                self.begin(campaign, Action.DELETE)

        await self._screen.open(delete_question(campaign), answered)

    async def switch(self, campaign: Campaign, action: Action, *, beside_successor: bool = False) -> None:
        """Do it, and say what became of it."""
        from tui.screens.list_reasons import SWITCHED

        if self._begun is not None:
            self._begun()
        try:
            done = await switch(self._screen.services, campaign.id, action, beside_successor=beside_successor)
        finally:
            if self._ended is not None and not has_left(self._screen):
                await self._ended()
        self._screen.notify(say(SWITCHED[done], name=short(campaign.name)))
