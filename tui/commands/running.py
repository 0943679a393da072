"""What commands on campaigns have in common: the store and the profile, one campaign, work that signals stop."""

from __future__ import annotations

import asyncio
import contextlib
import math
import signal
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING, Any, TypeVar

from tui import bootstrap
from tui.campaign.lifecycle import AskedBy
from tui.commands.invocation import Invocation
from tui.commands.output import full_sentence, problem
from tui.commands.status import Stopped
from tui.core.reason import Reason
from tui.i18n.words import say
from tui.operations.services import NotPossible, Services
from tui.store import Campaign, NoSuchCampaign

if TYPE_CHECKING:  # its import would load the HTTP library for commands that send nothing
    from tui.provider.limits import Wait

T = TypeVar("T")


@contextmanager
def open_services(invocation: Invocation, *, any_profile: bool = False) -> Iterator[Services]:
    """The store and the profile that the invocation names. ConfigError, StoreError.

    `any_profile`: what is done goes over all of them, so that none has to be named.
    """
    opened = bootstrap.open_config(invocation.sources, AskedBy.COMMAND)
    for warning in opened.config.warnings:
        problem(full_sentence(warning))
    # With no profile at all `choose` says how to make one.
    if any_profile and invocation.profile is None and opened.config.profiles:
        profile = next(iter(opened.config.profiles.values()))
    else:
        profile = bootstrap.choose_profile(opened, invocation.profile) or opened.config.choose()
    opened.waits.add(_show_wait)
    services = opened.use_profile(profile)
    for warning in services.store.warnings:
        problem(full_sentence(warning))
    try:
        yield services
    finally:
        opened.close()


def campaign_of(services: Services, ref: str) -> Campaign:
    """The campaign of this profile that a reference names. NotPossible where there is none."""
    number = int(ref.removeprefix("d"))
    found: Campaign | None = None
    try:
        if ref.startswith("d"):
            found = services.store.campaigns.get(number)
        else:
            found = services.store.campaigns.find(services.profile.name, number)
    except NoSuchCampaign:
        found = None
    # A number of the program's own may be another account's campaign.
    if found is not None and found.profile == services.profile.name:
        return found
    key = "command.ref.no_draft" if ref.startswith("d") else "command.ref.no_id"
    raise NotPossible(Reason(key, {"ref": ref, "profile": services.profile.name}))


def _show_wait(wait: Wait | None) -> None:
    """A wait for a limit or between tries, of a second or more."""
    if wait is not None and wait.seconds >= 1:
        problem(say("command.waiting", seconds=math.ceil(wait.seconds), why=full_sentence(wait.reason)))


def run(services: Services, job: Coroutine[Any, Any, T]) -> T:
    """Run `job` to its end. Ctrl+C, SIGTERM and a closed terminal cancel it: it notes what is in flight first.

    Stopped where nothing was in flight.
    """
    came: list[int] = []

    async def whole() -> T:
        loop = asyncio.get_running_loop()
        task = asyncio.current_task()

        def stop(ending: int) -> None:
            came.append(ending)
            if task is not None:
                task.cancel()

        if threading.current_thread() is threading.main_thread():
            for ending in before:
                with contextlib.suppress(NotImplementedError):  # Windows
                    loop.add_signal_handler(ending, stop, ending)
        try:
            return await job
        finally:
            await services.disconnect()

    before = _ending_signals()
    try:
        with _runner(job) as runner:
            return runner.run(whole())
    except asyncio.CancelledError:
        raise Stopped(came[0] if came else signal.SIGINT) from None
    finally:
        if threading.current_thread() is threading.main_thread():
            for ending, handler in before.items():  # the loop leaves the system's own behind
                signal.signal(ending, handler)


def _runner(job: Coroutine[Any, Any, T]) -> asyncio.Runner:
    """What runs `job`. OSError where the system gives no loop: then the job is over before it began."""
    runner = asyncio.Runner()
    try:
        runner.get_loop()
    except BaseException:
        job.close()
        raise
    return runner


class Stopping:
    """While it is held, a signal that ends a program takes effect where the work may stop: at a `check`.

    A second one takes effect at once.
    """

    def __init__(self) -> None:
        self._number: int | None = None
        self._before: dict[signal.Signals, Any] = {}

    def __enter__(self) -> Stopping:
        if threading.current_thread() is threading.main_thread():
            self._before = {signal.SIGINT: signal.getsignal(signal.SIGINT), **_ending_signals()}
            for number in self._before:
                signal.signal(number, self._note)
        return self

    def __exit__(self, *_failure: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def check(self) -> None:
        """Stopped where a signal has come."""
        if self._number is not None:
            raise Stopped(self._number)

    def _note(self, number: int, _frame: FrameType | None) -> None:
        if self._number is not None:
            raise Stopped(number)
        self._number = number


def _ending_signals() -> dict[signal.Signals, Any]:
    """The signals that end a program, with what is done on them now. Under nohup a closed terminal ends nothing."""
    found = [signal.Signals(getattr(signal, name)) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    return {ending: handler for ending in found if (handler := signal.getsignal(ending)) is not signal.SIG_IGN}
