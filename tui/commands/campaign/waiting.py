"""`--wait`: a campaign that was launched is waited for, with progress on stderr and the exit status of its end."""

from __future__ import annotations

import asyncio
from asyncio import sleep
from collections.abc import Awaitable, Callable
from typing import Final, Protocol

from tui.commands.campaign.sending import Report
from tui.commands.document import Json
from tui.commands.output import document, full_sentence, interactive, problem, progress
from tui.commands.running import run
from tui.commands.status import Status, Stopped, number_of
from tui.core.reason import Reason
from tui.core.text_keys import TextKeys
from tui.i18n.words import say
from tui.operations.calling_now import calling_now
from tui.operations.incoming import SEEN_WITHIN
from tui.operations.services import Services
from tui.operations.waiting import Ended, Looked, wait_until_done
from tui.store import Campaign, StoreError
from tui.text.formats import moment_text, state_shown

_LINE_EVERY: Final = 60.0  # seconds between two lines, where no terminal replaces one by the next
_ENDED: Final = TextKeys("command.wait.{}", Ended)


class Waits(Protocol):
    """The options that say how a launch is reported."""

    json: bool
    wait: bool


def concluded(services: Services, job: Callable[[], Awaitable[Report]], how: Waits) -> Status:
    """Launch, report what became of it, and wait for the campaign where that is wanted. What `job` raises.

    Stopped where a signal ends the waiting: the campaign is left as it is.
    """
    waiter = _Waiter(services, how)
    try:
        return run(services, waiter.whole(job))
    except KeyboardInterrupt as stop:
        if waiter.report is None:
            raise
        raise Stopped(number_of(stop), waiter.stopped(waiter.report)) from None


class _Waiter:
    """A launch and the waiting for its campaign. `report` is what became of it, once that is waited for."""

    def __init__(self, services: Services, how: Waits) -> None:
        self.report: Report | None = None
        self._services = services
        self._how = how
        self._shown = _Shown(services)

    async def whole(self, job: Callable[[], Awaitable[Report]]) -> Status:
        report = await job()
        self._report(report)  # before anything else may end the command
        if report.created is None or not self._how.wait:
            return report.status
        self.report = report
        task = asyncio.current_task()
        if task is not None and task.cancelling():  # a signal came while the request was on its way
            raise asyncio.CancelledError
        await self._services.disconnect()
        return max(await self._wait(report, report.created), report.status)

    def stopped(self, report: Report) -> Reason:
        """What is said where a signal ends the waiting."""
        self._shown.clear()
        self._write(report, "stopped", self._shown.last)
        assert report.created is not None  # noqa: S101 - else it would not be waited for
        return Reason("command.wait.stopped", {"ref": str(report.created.provider_id)})

    def _report(self, report: Report) -> None:
        """Write what became of the launch. A document that is to have the end, too, waits: the ID is on stderr then."""
        if self._how.json and self._how.wait and report.created is not None:
            report.tell_id()
        else:
            report.write(as_json=self._how.json)

    async def _wait(self, report: Report, campaign: Campaign) -> Status:
        services, shown, ref = self._services, self._shown, str(campaign.provider_id)
        try:
            if (why := await services.thread(_why_blind, services, campaign)) is not None:
                problem(say(why))
            looked = await wait_until_done(services, campaign.id, shown.show, shown.failed, sleep)
        except StoreError as failure:
            shown.clear()
            problem(say("command.wait.unread", ref=ref, why=full_sentence(failure.reason)))
            self._write(report, "unread", shown.last)
            return Status.UNFINISHED
        shown.clear()
        assert looked.ended is not None  # noqa: S101 - else it would be waited for
        totals = looked.totals
        problem(say(_ENDED[looked.ended], ref=ref, count=totals.numbers, final=totals.final - totals.final_unlisted,
                    answered=totals.answered))
        self._write(report, looked.ended.value, looked)
        return Status.DONE if looked.ended is Ended.FINISHED else Status.UNFINISHED

    def _write(self, report: Report, ended: str, looked: Looked | None) -> None:
        if self._how.json:
            document({**report.document, "waited": {"ended": ended, **_figures(looked)}})


def _why_blind(services: Services, campaign: Campaign) -> str | None:
    """Why no results may come in, as a text; None where a receiver is there for them. StoreError."""
    if campaign.draft["webhook_url"]:
        return "command.wait.elsewhere"
    if services.public_url is None:
        return "command.wait.no_address"
    if not services.store.receivers.seen_since(services.now() - SEEN_WITHIN):
        return "command.wait.no_receiver"
    return None


def _figures(looked: Looked | None) -> Json:
    if looked is None:
        return dict.fromkeys(("numbers", "called", "answered", "final"))
    totals = looked.totals
    return {"numbers": totals.numbers, "called": totals.called, "answered": totals.answered, "final": totals.final}


class _Shown:
    """How far a campaign is, on stderr: in one line of a terminal, else a line each minute in which it changed."""

    def __init__(self, services: Services) -> None:
        self.last: Looked | None = None
        self._services = services
        self._text = ""
        self._written_at: float | None = None

    def show(self, looked: Looked) -> None:
        self.last = looked
        text = self._text_of(looked)
        if text == self._text or looked.ended is not None:
            return
        if interactive():
            progress(text)
        elif self._written_at is None or self._services.seconds() - self._written_at >= _LINE_EVERY:
            self._written_at = self._services.seconds()
            problem(text)
        else:
            return
        self._text = text

    def failed(self, failure: StoreError) -> None:
        self.clear()
        problem(say("command.wait.failing", why=full_sentence(failure.reason)))

    def clear(self) -> None:
        """Leave no progress in the terminal's line."""
        if self._text and interactive():
            progress("")
        self._text = ""

    def _text_of(self, looked: Looked) -> str:
        now, totals = self._services.now(), looked.totals
        done = say("command.wait.done", numbers=totals.numbers, called=totals.called, answered=totals.answered,
                   final=totals.final)
        calling = calling_now(looked.campaign, now, complete=totals.complete)
        if calling.until is not None:
            return say("command.wait.calling", done=done, moment=moment_text(calling.until, now))
        if calling.next is not None:
            return say("command.wait.waits", done=done, moment=moment_text(calling.next, now))
        return say("command.wait.standing", done=done, state=state_shown(looked.campaign, now).word)
