"""Review: what will happen, in words; what is wrong; the request itself; and the launch."""

from __future__ import annotations

import asyncio
import datetime as dt
from dataclasses import replace
from typing import Final

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static
from textual.widgets.option_list import Option

from tui.campaign.fields import IVR
from tui.campaign.lifecycle import Created, NotSent, Outcome, Rejected
from tui.campaign.request import LARGE_LIST, Json, Request
from tui.campaign.rules import Problem, Weight, errors, multiplies
from tui.config.keymap import Place
from tui.core.sanitize import visible
from tui.i18n.words import say
from tui.operations.blocked import NOT_ASKED, ask_provider
from tui.operations.follow_up import kin_of
from tui.operations.launch import NotKept, Upload, launch
from tui.operations.launch_request import MOST_COPIED, Ready, prepare, whole
from tui.operations.left_out import refusals_reason
from tui.operations.trial_call import LastTest, last_test
from tui.operations.webhook_check import WebhookCheck, check_webhook
from tui.screens.assume import AssumeDialog, assume, assumptions_of
from tui.screens.form_pane import FormPane
from tui.screens.launch import LaunchDialog, SendingDialog
from tui.screens.question import Notice
from tui.screens.suppression import WithRefusedDialog
from tui.screens.trial_call import ask_for_test_call
from tui.store import AlreadyLaunched
from tui.store.suppression import SuppressedCounts
from tui.text.campaign import (
    Kin,
    conclusion_text,
    curl_text,
    lineage_lines,
    request_text,
    review_lines,
    tested_line,
)
from tui.text.formats import MARKS, sentence, short
from tui.text.keys import FIELD_LABEL
from tui.text.schedule import estimate_lines, schedule_lines
from tui.widgets.binding import bindings, binds
from tui.widgets.options import Options
from tui.widgets.page import Pane
from tui.widgets.presence import there

VIEWS = ("words", "json", "curl")
MOST_LINES = 200  # a list of a million numbers is not read here
_FRESH: Final = dt.timedelta(minutes=1)
_SLOW_SECONDS: Final = 0.3  # what takes longer shows how far it is


class ReviewPane(FormPane, can_focus=True):
    """The last section. `l` asks to launch."""

    BINDINGS = bindings(Place.REVIEW)

    def __init__(self, campaign_id: int) -> None:
        super().__init__()
        self._campaign_id = campaign_id
        self._ready: Ready | None = None
        self._tested: LastTest | None = None
        self._kin = Kin()
        self._looking = asyncio.Lock()
        self._asked = NOT_ASKED  # what the provider said of whom it has blocked
        self._asking_provider = asyncio.Lock()
        self._with_refused = False  # a person has typed that they are called all the same
        self._view = "words"
        self._asking = False  # a launch was asked for: its question is there, or on its way
        self._verdict: WebhookCheck | None = None  # of the webhook that results would come to
        self._checking: asyncio.Task[WebhookCheck] | None = None

    def compose(self) -> ComposeResult:
        yield Static(id="reason", markup=False, classes="problem")
        yield Options(id="problems")
        yield Static(id="what", markup=False)

    def on_mount(self) -> None:
        self.query_one("#problems").display = False
        self._pane.expect_text()
        self.work(self.look, group="review")
        self.work(self._ask_provider, group="blocked")

    @property
    def _pane(self) -> Pane:
        return self.form.query_one("#pane", Pane)

    def take_focus(self) -> None:
        self.screen.set_focus(self)

    async def look(self) -> None:
        """Read the draft as it is kept, and say what a launch of it would do."""
        async with self._looking:  # what is known by the later one is what is shown
            await self._look()

    async def _look(self) -> None:
        services = self.form.services
        ready = await prepare(services, self._campaign_id, known=self._ready, progress=self._tell_weighing,
                              asked=self._asked, with_do_not_call=self._with_refused)
        self._kin = await services.thread(kin_of, services.store, ready.campaign)
        self._tested = await services.thread(last_test, services.store, ready.campaign.profile, ready.draft,
                                             ready.campaign.id)
        if not self.is_attached:  # another section was gone to meanwhile
            return
        self._ready = ready
        if self._expects_results and self._verdict is None and self._checking is None:
            self.work(self._check_webhook, group="webhook")
        self._show(ready)

    def _show(self, ready: Ready) -> None:
        reason = ready.campaign.reason
        self.query_one("#reason", Static).update(visible(sentence(reason)) if reason else "")
        self.query_one("#reason").display = reason is not None
        self._tell()
        listed = self.query_one("#problems", Options)
        held = listed.highlighted
        listed.clear_options()
        listed.add_options([Option(_problem_line(problem)) for problem in ready.problems])
        listed.display = bool(ready.problems)
        listed.highlighted = min(held or 0, len(ready.problems) - 1) if ready.problems else None
        self.form.tell_reviewed(ready.problems)
        self._pane.text_came()
        self.form.tell_help(conclusion_text(ready.problems, ready.draft, ready.recipients, self.form.services.now()))

    def refresh_texts(self) -> None:
        """In another language."""
        if self._ready is not None:
            self._show(self._ready)

    def _tell_weighing(self, read: int, total: int) -> None:
        if self.is_attached and total > LARGE_LIST:
            self.form.tell_help(say("screens.review.weighing", read=read, total=total))

    @property
    def _expects_results(self) -> bool:
        """Whether the launch would have the results sent to a receiver of ours."""
        ready = self._ready
        configured = self.form.services.public_url is not None
        return ready is not None and not ready.draft["webhook_url"] and configured

    async def _ask_provider(self) -> None:
        """Who is blocked there, before they are called: what is known of it counts for a minute."""
        async with self._asking_provider:
            self._asked = await ask_provider(self.form.services, fresh=_FRESH)
        if self.is_attached:
            await self.look()

    async def _check_webhook(self) -> None:
        """Once for each time that Review is opened: the answer is awaited by nobody but a launch."""
        checking = self._checking = asyncio.create_task(
            check_webhook(self.form.services, self.form.santral.config.receiver))
        try:
            self._verdict = await checking
        finally:
            self._checking = None
        if self.is_attached:
            self._tell()

    def _webhook_line(self) -> str:
        if not self._expects_results:
            return ""
        if self._verdict is None:
            return say("screens.campaigns.checking_webhook")
        return ("✓ " if self._verdict.works else "! ") + sentence(self._verdict.reason)

    def _tell(self) -> None:
        ready = self._ready
        if ready is None:
            return
        if self._view == "words" or ready.request is None:
            now = self.form.services.now()
            key = self.form.santral.keys_of("review.assume")
            schedule = schedule_lines(ready.draft, ready.recipients, now, self.form.services.calling_policy(),
                                      assumptions_of(self.form), key, ready.again.rows)
            lines = review_lines(ready.draft, ready.recipients, ready.duplicates, now, ready.account,
                                 ready.receiver, schedule, with_phrase=ready.with_phrase, again=ready.again.rows)
            if ready.draft.call_type == IVR:
                lines.append(say("screens.review.untested") if self._tested is None
                             else tested_line(self._tested.at, now, exact=self._tested.exact))
            lines += filter(None, [self._webhook_line(), *map(str.lstrip, lineage_lines(self._kin, now))])
            if self._view != "words":
                lines = [say("screens.review.no_request")]
        else:
            lines = self._request_lines(ready.request)
        self.query_one("#what", Static).update("\n".join(map(visible, lines)))

    def _estimate(self, ready: Ready) -> list[str]:
        """Whether the list can be finished; [] where that can't be told."""
        return estimate_lines(ready.draft, ready.recipients, self.form.services.now(), assumptions_of(self.form),
                              again=ready.again.rows)[:1]

    def _request_lines(self, request: Request) -> list[str]:
        lines = self._request_text().split("\n")
        left = request.rows - len(request.first)
        if self._view == "curl":
            more = "screens.review.more_rows" if request.again else "screens.review.more_numbers"
            return [*lines, say(more, count=left)] if left else lines
        if len(lines) > MOST_LINES:
            return [*lines[:MOST_LINES], say("screens.review.more", count=left + len(lines) - MOST_LINES)]
        return lines

    def _request_text(self, request: Json | None = None) -> str:
        """The request in the view that is shown; left out: with its first rows alone."""
        ready = self._ready
        if request is None and ready is not None:
            request = ready.shown
        if request is None:
            return ""
        if self._view == "curl":
            return curl_text(request, self.form.services.profile.base_url)
        return request_text(request)

    @on(Options.OptionSelected)
    async def _jump(self, event: Options.OptionSelected) -> None:
        if self._ready is not None:
            await self.form.jump(self._ready.problems[event.option_index].field)

    def action_view(self) -> None:
        self._view = VIEWS[(VIEWS.index(self._view) + 1) % len(VIEWS)]
        self._tell()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The list of problems moves by itself."""
        return action != "scroll" or not binds(self.form.focused, "move.up") or self.has_focus

    def why_not(self, action: str) -> str | None:
        if action in ("launch", "test") and (self.form.launching or self._asking):
            return say("screens.form.wait" if self.form.launching else "screens.review.asking")
        ready = self._ready
        if action not in ("copy", "view", "assume", "refused"):
            return None
        if ready is None:
            return say("screens.still_reading")
        if action == "refused":
            return None if self._with_refused or _is_kept_from(ready) else say("screens.review.nobody_refused")
        if action == "assume":
            return None if self._estimate(ready) else say("screens.assume.nothing")
        if ready.request is None:
            return say("screens.review.no_request") if action == "copy" else None
        too_large = action == "copy" and ready.request.size > MOST_COPIED
        return say("screens.review.too_large", size=ready.request.size) if too_large else None

    def action_scroll(self, lines: int) -> None:
        self._pane.scroll_by(lines)

    def action_copy(self) -> None:
        self.work(self._copy, group="copy")

    async def _copy(self) -> None:
        if self._ready is not None:
            text = self._request_text(await whole(self.form.services, self._ready))
            self.form.copy_to_clipboard(text, name=say("screens.review.copied"))

    def action_assume(self) -> None:
        self.work(self._assume, group="assume", exclusive=True)

    async def _assume(self) -> None:
        ready = self._ready
        if ready is None:
            return
        dialog = AssumeDialog(ready.draft, ready.recipients, assumptions_of(self.form), ready.again.rows)
        chosen = await self.ask(dialog)
        if chosen is not None:
            assume(self.form, chosen)
            self._tell()

    async def action_test(self) -> None:
        await ask_for_test_call(self.form, self._campaign_id, self._look_again)

    def action_refused(self) -> None:
        self.work(self._change_refused, group="refused", exclusive=True)

    async def _change_refused(self) -> None:
        """Call those too who must not be called, where a person types that; or leave them out again."""
        ready = self._ready
        if ready is None:
            return
        if not self._with_refused:
            asked = WithRefusedDialog(ready.campaign.callable_numbers, ready.left_out.refused.refusals)
            if not await self.ask(asked):
                return
        self._with_refused = not self._with_refused
        await self.look()

    def _look_again(self) -> None:
        if self.is_attached:
            self.work(self.look, group="review")

    def action_launch(self) -> None:
        self._asking = True
        self.work(self._launch, group="launch")

    async def _launch(self) -> None:
        try:
            ready = await self._confirmed()
        finally:
            self._asking = False
        if ready is not None:
            await self._send(ready)

    async def _confirmed(self) -> Ready | None:
        """The draft as it was confirmed; None, having said why, where it wasn't."""
        form, services = self.form, self.form.services
        services.must_be_writable()
        form.tell_help(say("screens.review.asking_provider"))
        await self._ask_provider()
        ready = self._ready
        if ready is None or ready.request is None:
            count = len(errors(ready.problems)) if ready is not None else 0
            form.notify(say("screens.review.not_yet", count=count), severity="warning")
            return None
        schedule = schedule_lines(ready.draft, ready.recipients, services.now(), services.calling_policy(),
                                  assumptions_of(form),
                                  again=ready.again.rows)
        lines = review_lines(ready.draft, ready.recipients, ready.duplicates, services.now(),
                             schedule=schedule)[:1 + max(1, len(schedule))]
        lines += [sentence(problem.reason) for problem in ready.problems if problem.weight is Weight.WARNING]
        if self._checking is not None:
            await asyncio.wait([self._checking])
        if self._expects_results and self._verdict is not None and not self._verdict.works:
            lines.append(sentence(self._verdict.reason))
        twin = ready.earlier.campaign.ref if ready.earlier is not None else None
        asked = LaunchDialog(ready.draft.name, lines, ready.recipients, services.profile.confirm_above,
                             multiplied=multiplies(problem.code for problem in ready.problems), twin=twin)
        if not there(self):  # what would be confirmed is not seen any more
            form.notify(say("screens.review.left"), severity="warning")
            return None
        if not await self.ask(asked):
            form.notify(say("screens.launch.stopped"))
            return None
        return ready

    async def _send(self, ready: Ready) -> None:
        form, services = self.form, self.form.services
        upload, claim = Upload(), replace(ready.claim, again=ready.earlier is not None)
        dialog = SendingDialog(ready.draft.name, upload)

        async def show() -> None:
            if form.launching:
                await form.open(dialog)

        slow = form.set_timer(_SLOW_SECONDS, show)
        form.set_launching(True)
        try:
            try:
                outcome = await launch(services, ready, upload, claim)
            finally:
                slow.stop()
                if dialog in self.app.screen_stack:
                    await dialog.leave()
        except AlreadyLaunched as refused:  # another was quicker, and has not been confirmed
            form.notify(sentence(refused.reason), severity="error")
            self._look_again()
            return
        except NotKept as failure:
            why = [sentence(reason) for reason in failure.reasons]
            await self.app.push_screen_wait(Notice(say("screens.launch.write_down"), why))
            form.dismiss()
            return
        finally:
            form.set_launching(False)
        await self._tell_outcome(ready, outcome, upload.left_out)

    async def _tell_outcome(self, ready: Ready, outcome: Outcome, left_out: SuppressedCounts) -> None:
        form, name = self.form, short(ready.draft.name)
        if isinstance(outcome, Created):
            told = [say("screens.launch.created", name=name, id=outcome.provider_id)]
            if left_out.recipients:
                told.append(sentence(refusals_reason(left_out)))
            form.notify("\n".join(told))
            form.dismiss()
        elif isinstance(outcome, Rejected | NotSent):
            key = "screens.launch.rejected" if isinstance(outcome, Rejected) else "screens.launch.not_sent"
            form.notify(say(key, name=name, why=sentence(outcome.reason)), severity="error")
            await form.read_again()
            await self.look()
        else:
            form.notify(say("screens.launch.unconfirmed", name=name, why=sentence(outcome.reason)), severity="error")
            form.dismiss()


def _is_kept_from(ready: Ready) -> bool:
    """Whether somebody must not be called, or it isn't known who."""
    return ready.left_out.refused.refusals.recipients > 0 or bool(errors([*ready.left_out.problems]))


_TONES: Final = {Weight.ERROR: "$error", Weight.WARNING: "$warning", Weight.HINT: "$muted"}


def _problem_line(problem: Problem) -> Content:
    mark = f"{MARKS[problem.weight]} ", _TONES[problem.weight]
    label = say("campaign.section.numbers") if problem.field == "phone_list" else say(FIELD_LABEL[problem.field])
    return Content.assemble(mark, (f"{label}: ", "bold"), visible(sentence(problem.reason)))
