"""Review: what will happen, in words; what is wrong; the request itself; and the launch."""

from __future__ import annotations

import asyncio
import datetime as dt
from typing import Final

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static
from textual.widgets.option_list import Option

from tui.campaign.request import LARGE_LIST
from tui.config.keymap import Place
from tui.core.sanitize import visible
from tui.i18n.words import say
from tui.operations.blocked import NOT_ASKED, ask_provider
from tui.operations.follow_up import kin_of
from tui.operations.launch_request import Ready, prepare
from tui.operations.trial_call import LastTest, last_test
from tui.screens.form_context import FormContext
from tui.screens.form_pane import FormPane
from tui.screens.review_content import ReviewContent
from tui.screens.review_launch import ReviewLaunch
from tui.screens.review_overrides import ReviewOverrides
from tui.screens.review_text import About, problem_line, words_of
from tui.screens.review_webhook import ReviewWebhook
from tui.text.campaign import Kin, conclusion_text
from tui.text.formats import sentence
from tui.widgets.binding import bindings, binds
from tui.widgets.options import Options
from tui.widgets.page import Pane
from tui.widgets.presence import there

_FRESH: Final = dt.timedelta(minutes=1)


class ReviewPane(FormPane, can_focus=True):
    """The last section. `l` asks to launch."""

    BINDINGS = bindings(Place.REVIEW)

    def __init__(self, form: FormContext, campaign_id: int) -> None:
        super().__init__(form)
        self._campaign_id = campaign_id
        self.ready: Ready | None = None
        self._tested: LastTest | None = None
        self._kin = Kin()
        self._looking = asyncio.Lock()
        self._asked = NOT_ASKED  # what the provider said of whom it has blocked
        self._asking_provider = asyncio.Lock()
        self._what = Static(id="what", markup=False)
        self.content = ReviewContent(self, self._what, self._words)
        self.overrides = ReviewOverrides(self)
        self._webhook = ReviewWebhook(self, self.content.show)
        self.launch = ReviewLaunch(self, self._webhook)

    def compose(self) -> ComposeResult:
        yield Static(id="reason", markup=False, classes="problem")
        yield Options(id="problems")
        yield self._what

    def on_mount(self) -> None:
        self.query_one("#problems").display = False
        self._pane.expect_text()
        self.work(self.look, group="review")
        self.work(self.ask_provider, group="blocked")

    @property
    def _pane(self) -> Pane:
        return self.form.host.query_one("#pane", Pane)

    @property
    def is_there(self) -> bool:
        """Whether it is seen still."""
        return there(self)

    # what is known

    async def look(self) -> None:
        """Read the draft as it is kept, and show what a launch of it would do."""
        async with self._looking:  # what is known by the later one is what is shown
            await self._look()

    async def _look(self) -> None:
        services = self.services
        ready = await prepare(services, self._campaign_id, known=self.ready, progress=self._show_progress,
                              asked=self._asked, overrides=self.overrides.now)
        self._kin = await services.thread(kin_of, services.store, ready.campaign)
        self._tested = await services.thread(last_test, services.store, ready.campaign.profile, ready.draft,
                                             ready.campaign.id)
        if not self.is_attached:  # another section was gone to meanwhile
            return
        self.ready = ready
        self._webhook.check()
        self._show(ready)

    def draft_changed(self) -> None:
        self.work(self._look_where_changed, group="review")

    async def _look_where_changed(self) -> None:
        """Not where it has been read since: a long list takes a while."""
        async with self._looking:
            campaign = self.form.model.campaign
            if self.ready is None or campaign is None or self.ready.campaign.revision != campaign.revision:
                await self._look()

    def look_again(self) -> None:
        """`look` beside the screen, where it is seen still."""
        if self.is_attached:
            self.work(self.look, group="review")

    async def ask_provider(self) -> None:
        """Ask who is blocked there, before they are called: what is known of it counts for a minute."""
        async with self._asking_provider:
            self._asked = await ask_provider(self.services, fresh=_FRESH)
        if self.is_attached:
            await self.look()

    # what is shown

    def _show(self, ready: Ready) -> None:
        reason = ready.campaign.reason
        self.query_one("#reason", Static).update(visible(sentence(reason)) if reason else "")
        self.query_one("#reason").display = reason is not None
        self.content.show()
        listed = self.query_one("#problems", Options)
        held = listed.highlighted
        listed.clear_options()
        listed.add_options([Option(problem_line(problem)) for problem in ready.problems])
        listed.display = bool(ready.problems)
        listed.highlighted = min(held or 0, len(ready.problems) - 1) if ready.problems else None
        self.form.show_reviewed(ready.problems)
        self._pane.text_came()
        self.form.show_help(conclusion_text(ready.problems, ready.draft, ready.recipients, self.services.now()))

    def refresh_texts(self) -> None:
        if self.ready is not None:
            self._show(self.ready)

    def _show_progress(self, read: int, total: int) -> None:
        if self.is_attached and total > LARGE_LIST:
            self.form.show_help(say("screens.review.weighing", read=read, total=total))

    def _words(self, ready: Ready, schedule: list[str]) -> list[str]:
        about = About(self._kin, self._tested, self._webhook.text, schedule)
        return words_of(ready, about, self.services.now())

    # what it can do

    @on(Options.OptionSelected)
    async def _jump(self, event: Options.OptionSelected) -> None:
        if self.ready is not None:
            await self.form.navigation.jump(self.ready.problems[event.option_index].field)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The list of problems moves by itself."""
        return action != "scroll" or not binds(self.form.host.focused, "move.up") or self.has_focus

    def action_scroll(self, lines: int) -> None:
        self._pane.scroll_by(lines)
