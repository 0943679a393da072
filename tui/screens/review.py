"""Review: what will happen, in words; what is wrong; the request itself; and the launch."""

from __future__ import annotations

import asyncio
import datetime as dt
from dataclasses import replace
from typing import Final

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static
from textual.widgets.option_list import Option

from tui.campaign.reach import CountedAs
from tui.campaign.request import LARGE_LIST, Json
from tui.config.keymap import Place
from tui.core.reason import Reason
from tui.core.sanitize import visible
from tui.i18n.words import say
from tui.operations.blocked import NOT_ASKED, ask_provider
from tui.operations.follow_up import kin_of
from tui.operations.launch_request import MOST_COPIED, Ready, prepare, whole
from tui.operations.left_out import NO_OVERRIDES, LeftOut, Overrides, still_left_out
from tui.operations.trial_call import LastTest, last_test
from tui.operations.webhook_check import WebhookCheck, check_webhook
from tui.screens.assume import AssumeDialog, assume, assumptions_of
from tui.screens.form_context import FormContext
from tui.screens.form_pane import FormPane
from tui.screens.question import TypedQuestion
from tui.screens.review_launch import ReviewLaunch
from tui.screens.review_text import VIEWS, About, lines_of_request, problem_line, text_of_request, words_of
from tui.screens.trial_call import ask_for_test_call
from tui.text.campaign import Kin, conclusion_text
from tui.text.formats import sentence
from tui.text.schedule import estimate_lines, schedule_lines
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
        self._overrides = NO_OVERRIDES  # what a person has typed of who must not be called
        self._view = "words"
        self._launch = ReviewLaunch(self)
        self._webhook: WebhookCheck | None = None  # of the webhook that results would come to
        self._checking: asyncio.Task[WebhookCheck] | None = None

    def compose(self) -> ComposeResult:
        yield Static(id="reason", markup=False, classes="problem")
        yield Options(id="problems")
        yield Static(id="what", markup=False)

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
                              asked=self._asked, overrides=self._overrides)
        self._kin = await services.thread(kin_of, services.store, ready.campaign)
        self._tested = await services.thread(last_test, services.store, ready.campaign.profile, ready.draft,
                                             ready.campaign.id)
        if not self.is_attached:  # another section was gone to meanwhile
            return
        self.ready = ready
        if self._expects_results and self._webhook is None and self._checking is None:
            self.work(self._check_webhook, group="webhook")
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

    @property
    def _expects_results(self) -> bool:
        """Whether the launch would have the results sent to a receiver of ours."""
        configured = self.services.public_url is not None
        return self.ready is not None and not self.ready.draft["webhook_url"] and configured

    async def _check_webhook(self) -> None:
        """Once for each time that Review is opened: the answer is awaited by nobody but a launch."""
        checking = self._checking = asyncio.create_task(
            check_webhook(self.services, self.form.host.santral.config.receiver))
        try:
            self._webhook = await checking
        finally:
            self._checking = None
        if self.is_attached:
            self._show_what()

    async def webhook_problem(self) -> Reason | None:
        """Why results would not come, once that is known; None where they would, or are sent elsewhere."""
        if self._checking is not None:
            await asyncio.wait([self._checking])
        known = self._webhook
        return known.reason if self._expects_results and known is not None and not known.works else None

    # what is shown

    def _show(self, ready: Ready) -> None:
        reason = ready.campaign.reason
        self.query_one("#reason", Static).update(visible(sentence(reason)) if reason else "")
        self.query_one("#reason").display = reason is not None
        self._show_what()
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

    def _webhook_text(self) -> str:
        if not self._expects_results:
            return ""
        if self._webhook is None:
            return say("screens.campaigns.checking_webhook")
        return ("✓ " if self._webhook.works else "! ") + sentence(self._webhook.reason)

    def _show_what(self) -> None:
        if self.ready is not None:
            self.query_one("#what", Static).update("\n".join(map(visible, self._lines(self.ready))))

    def _lines(self, ready: Ready) -> list[str]:
        if self._view == "words":
            host, now = self.form.host, self.services.now()
            schedule = schedule_lines(ready.draft, ready.recipients, now, self.services.calling_policy(),
                                      assumptions_of(host), host.santral.keys_of("review.assume"), ready.again.rows)
            return words_of(ready, About(self._kin, self._tested, self._webhook_text(), schedule), now)
        if ready.request is None:
            return [say("screens.review.no_request")]
        return lines_of_request(self._request_text(ready.shown), ready.request, self._view)

    def _request_text(self, request: Json | None) -> str:
        """The request in the view that is shown."""
        return text_of_request(request, self._view, self.services.profile.base_url) if request is not None else ""

    def _estimate(self, ready: Ready) -> list[str]:
        """Whether the list can be finished; [] where nobody can say that."""
        return estimate_lines(ready.draft, ready.recipients, self.services.now(), assumptions_of(self.form.host),
                              again=ready.again.rows)[:1]

    # what it can do

    @on(Options.OptionSelected)
    async def _jump(self, event: Options.OptionSelected) -> None:
        if self.ready is not None:
            await self.form.jump(self.ready.problems[event.option_index].field)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The list of problems moves by itself."""
        return action != "scroll" or not binds(self.form.host.focused, "move.up") or self.has_focus

    def why_not(self, action: str) -> str | None:
        launching = self.form.host.launching
        if action in ("launch", "test") and (launching or self._launch.asking):
            return say("screens.form.wait" if launching else "screens.review.asking")
        ready = self.ready
        if action not in ("copy", "view", "assume", "refused", "over_limit"):
            return None
        if ready is None:
            return say("screens.still_reading")
        if action == "refused":
            return self._why_not_refused(ready.left_out)
        if action == "over_limit":
            return self._why_not_over_limit(ready.left_out)
        if action == "assume":
            return None if self._estimate(ready) else say("screens.assume.nothing")
        if ready.request is None:
            return say("screens.review.no_request") if action == "copy" else None
        too_large = action == "copy" and ready.request.size > MOST_COPIED
        return say("screens.review.too_large", size=ready.request.size) if too_large else None

    def action_scroll(self, lines: int) -> None:
        self._pane.scroll_by(lines)

    def action_view(self) -> None:
        self._view = VIEWS[(VIEWS.index(self._view) + 1) % len(VIEWS)]
        self._show_what()

    def action_copy(self) -> None:
        self.work(self._copy, group="copy")

    async def _copy(self) -> None:
        if self.ready is not None:
            text = self._request_text(await whole(self.services, self.ready))
            self.form.host.copy_to_clipboard(text, name=say("screens.review.copied"))

    def action_assume(self) -> None:
        self.work(self._assume, group="assume", exclusive=True)

    async def _assume(self) -> None:
        ready, host = self.ready, self.form.host
        if ready is None:
            return
        chosen = await self.ask(AssumeDialog(ready.draft, ready.recipients, assumptions_of(host), ready.again.rows))
        if chosen is not None:
            assume(host, chosen)
            self._show_what()

    async def action_test(self) -> None:
        await ask_for_test_call(self.form.host, self._campaign_id, self.look_again)

    def action_refused(self) -> None:
        self.work(self._change_refused, group="refused", exclusive=True)

    async def _change_refused(self) -> None:
        """Call those too who must not be called, where a person types that; or leave them out again."""
        if self.ready is None:
            return
        changed = await self._overridden(self.ready)
        if changed is not None:
            self._overrides = changed
            await self.look()

    async def _overridden(self, ready: Ready) -> Overrides | None:
        """What holds after the question; None where it was answered by no."""
        left_out, now = ready.left_out, self._overrides
        if left_out.consents_unknown and not now.without_iys:
            asked = _typed_question("screens.refused.no_consents_title", say("screens.refused.no_consents"),
                                    ready.recipients)
            return replace(now, without_iys=True) if await self.ask(asked) else None
        if now.refusing or not (left_out.listed or left_out.lists_unknown):
            return Overrides(over_limit=now.over_limit)
        then, listed = replace(now, with_do_not_call=True), left_out.listed
        called = await self._called_with(ready, then)
        text = say("screens.refused.text", count=listed) if listed else say("screens.refused.unknown")
        asked = _typed_question("screens.refused.title", text, called)
        return then if await self.ask(asked) else None

    async def _called_with(self, ready: Ready, overrides: Overrides) -> int:
        out = await still_left_out(self.services, self._campaign_id, ready.left_out, overrides)
        return ready.campaign.callable_numbers - out

    def action_over_limit(self) -> None:
        self.work(self._change_over_limit, group="refused", exclusive=True)

    async def _change_over_limit(self) -> None:
        """Call those too who would be called too often or too soon, where a person types that; or leave them out."""
        ready = self.ready
        if ready is None:
            return
        then = replace(self._overrides, over_limit=not self._overrides.over_limit)
        if then.over_limit:
            text = say("screens.over_limit.text", count=ready.left_out.limited)
            called = await self._called_with(ready, then)
            if not await self.ask(_typed_question("screens.over_limit.title", text, called)):
                return
        self._overrides = then
        await self.look()

    @property
    def with_refused(self) -> bool:
        """Whether a person has typed that they are called all the same who are on do-not-call lists."""
        return self._overrides.with_do_not_call

    def _why_not_refused(self, left_out: LeftOut) -> str | None:
        if (self._overrides.refusing or left_out.listed or left_out.lists_unknown
                or left_out.consents_unknown):
            return None
        without = left_out.refused.refusals[CountedAs.NO_CONSENT]
        return say("screens.review.only_consents" if without else "screens.review.nobody_refused")

    def _why_not_over_limit(self, left_out: LeftOut) -> str | None:
        if self._overrides.over_limit or left_out.limited:
            return None
        return say("screens.review.no_limit" if left_out.limits is None else "screens.review.nobody_over_limit")

    def action_launch(self) -> None:
        self._launch.begin()


def _typed_question(title: str, text: str, recipients: int) -> TypedQuestion:
    """Whether so many are called, those too who would be left out. `title`: the key of it."""
    return TypedQuestion(say(title), text, say("screens.refused.yes"), recipients)
