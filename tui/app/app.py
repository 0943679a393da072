"""Wiring alone: the services go in through the constructor, the screens get them from here."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol, runtime_checkable

from msgspec.structs import replace
from rich.console import RenderableType
from textual._context import active_message_pump
from textual.app import SystemCommand
from textual.screen import Screen

from tui.app.appearance import Appearance
from tui.app.key_dispatch import KeyDispatch
from tui.app.routes import Routes
from tui.app.screen import AppScreen
from tui.bootstrap import Session
from tui.config import Config
from tui.core.reason import Reason
from tui.core.sanitize import visible
from tui.core.secret import Secret
from tui.core.shortage import shortage
from tui.core.text_keys import TextKeys
from tui.i18n.words import say
from tui.operations.services import Services
from tui.text.formats import sentence
from tui.widgets.lines import TitleLine
from tui.widgets.presence import MISSING, gone

# What would be lost by leaving: what is being sent, or what is typed in a screen (its LOSES).
_LOST: Final = ("launch", "bulk", "typed", "list", "unkept")
_QUIT_TITLE: Final = TextKeys("app.quit.{}_title", _LOST)
_QUIT_TEXT: Final = TextKeys("app.quit.{}_text", _LOST)

if TYPE_CHECKING:  # its import would load more than the first frame needs
    from tui.campaign.menu import Clip, MenuEdits
    from tui.provider.limits import Wait

log = logging.getLogger("santral.app")


@runtime_checkable
class KeepsTyping(Protocol):
    """A screen that keeps what is typed as it is typed."""

    async def keep_all(self) -> None:
        """Take over what was typed up to now."""


class SantralApp(Appearance, KeyDispatch):
    """The app. It ends with "demo" where the operator asked at the first run for a look round on the sandbox."""

    TITLE = "Santral"
    CSS_PATH = [Path("app.tcss"), Path("ansi.tcss"),
                *(Path("../screens") / f"{name}.tcss"
                  for name in ("campaign_list", "campaign_form", "digit_target_editor", "results", "person",
                               "do_not_call", "follow_up_plan", "import_list", "first_run", "settings"))]
    NOTIFICATION_TIMEOUT = 5

    def __init__(self, session: Session, routes: Routes) -> None:
        super().__init__(session, routes)
        self.push_again: Callable[[], None] = lambda: None
        self._wait: Wait | None = None  # what a call to the provider waits for: a limit, or its next try
        session.waits.add(self._begin_wait)
        self.clip: Clip | None = None  # the target that was cut or copied last
        self.menu_edits: dict[int, MenuEdits] = {}  # by campaign: what can be taken back in this session
        self._receiver: asyncio.Task[None] | None = None  # keeps one running beside the app
        self._pusher: asyncio.Task[None] | None = None  # has opt-outs blocked at the provider
        self.trial_calls = 0  # whose requests are under way
        self.bulks = 0  # runs over several campaigns that are under way
        self._asked: Screen[bool] | None = None  # whether to leave
        self.dropped: str | None = None  # the sentence on what was being typed when a signal ended the app
        self.failure: str | None = None  # the sentence for the terminal, once the app has ended by a mistake of ours
        self.use_keys(self.config.keys)

    def get_default_screen(self) -> Screen[Any]:
        """The list, if there is a profile: an empty screen beneath it would be laid out and painted before it."""
        if self.session.services is None:
            return AppScreen[None]()
        return self.routes.campaign_list()

    @property
    def config(self) -> Config:
        return self.session.config

    @property
    def log_file(self) -> Path:
        return self.session.log_file

    @property
    def services(self) -> Services:
        services = self.session.services
        if services is None:
            raise RuntimeError("no profile yet")  # the first-run screen asks for none
        return services

    @property
    def profile_colour(self) -> str | None:
        """The colour of the profile in use, where it has one: every title line bears it."""
        services = self.session.services
        return services.profile.colour if services is not None else None

    @property
    def read_only(self) -> bool:
        """Whether the profile in use may only look: every title line says so."""
        return self.session.services is not None and self.session.services.profile.read_only

    async def on_mount(self) -> None:
        self.end_if_asked()
        if self.session.services is None:
            await self.push_screen(self.routes.first_run())
        if self.session.services is not None and self.config.receiver.public_url is not None:
            self._receiver = asyncio.create_task(self._keep_a_receiver())
        self.notify_reasons(self.config.warnings)
        if self.session.services is not None:
            self.notify_reasons(self.session.services.store.warnings)
        self.call_after_refresh(self.load_themes)
        self.call_after_refresh(self.remember_profile)
        self.call_after_refresh(self._begin_pushing)

    def remember_profile(self) -> None:
        """The next start is with the profile in use now, where the configuration names none."""
        services = self.session.services
        if services is not None and services.profile.name != self.session.state.profile:
            self.keep(replace(self.session.state, profile=services.profile.name))

    async def _keep_a_receiver(self) -> None:
        from tui.operations.receiver_process import ReceiverProcess

        def notify(text: str) -> None:
            self.notify(visible(text), severity="warning", markup=False, timeout=10)

        try:
            await ReceiverProcess(self.services, self.config.path, self.session.environ, notify).watch()
        except OSError:  # no process can be started: the header says that there is no receiver
            log.exception("no receiver could be started")

    def _begin_pushing(self) -> None:
        from tui.operations.opt_out_push import UNCONFIRMED, OptOutPusher

        def notify(reason: Reason) -> None:
            why = sentence(reason)
            text = why if reason.code == UNCONFIRMED else say("app.push_stopped", why=why)
            self.notify(visible(text), severity="warning", markup=False, timeout=10)

        pusher = OptOutPusher(lambda: self.session.services, notify)
        self.push_again = pusher.again
        self._pusher = asyncio.create_task(pusher.watch())

    @property
    def waiting(self) -> bool:
        """Whether a call to the provider waits."""
        return self._wait is not None

    def refresh_texts(self) -> None:
        self.show_wait()

    def _begin_wait(self, wait: Wait | None) -> None:
        self._wait = wait
        self.show_wait()

    def show_wait(self) -> None:
        for screen in self.screen_stack:
            text = self._waiting_text(screen)
            for line in screen.query(TitleLine):
                line.waiting = text

    def _waiting_text(self, screen: Screen[Any]) -> str:
        """What is waited for; work beside the screens waits too, and a screen beneath another hears no key."""
        if self._wait is None:
            return ""
        ends_it = isinstance(screen, AppScreen) and screen is self.screen and screen.gives_up
        return say("app.waiting_can_end" if ends_it else "app.waiting", why=sentence(self._wait.reason))

    async def begin(self, profile: str, key: str, base_url: str, language: str) -> None:
        """End the first run: check the key with the provider, write the configuration, work with the profile.

        ConfigError, BadBaseUrl, ProviderError: nothing was written.
        """
        await self.session.first_profile(profile, Secret(key), base_url, language)
        self.notify_reasons(self.services.store.warnings)
        self.remember_profile()

    # what goes wrong

    def _handle_exception(self, error: Exception) -> None:
        if isinstance(error, SystemExit | KeyboardInterrupt):
            super()._handle_exception(error)
            return
        if isinstance(error, MISSING) and gone(active_message_pump.get(self)):
            log.debug("asked for what has gone", exc_info=error)
            return
        log.critical("the app ended", exc_info=error)
        short = shortage(error)
        self.failure = say("app.crashed", log=str(self.log_file)) if short is None else sentence(short)
        # Textual would print a traceback with local variables, among which is the API key; but what renders itself it
        # hands to `panic`. By `object`: an exception may be frozen.
        object.__setattr__(error, "__rich__", lambda: self.failure)
        super()._handle_exception(error)

    def panic(self, *renderables: RenderableType) -> None:
        """End. `run_app` prints the failure where there is one."""
        if self.failure is None:
            super().panic(*renderables)
        else:
            self.exit(return_code=1)

    # what can be done everywhere

    @property
    def sending(self) -> bool:
        """Whether a launch is under way."""
        return bool(self.trial_calls) or any(screen.launching for screen in self._ours)

    async def action_quit(self) -> None:
        """Leave; after a question where a launch is under way, campaigns are being switched or something is begun."""
        if self._asked in self.screen_stack:
            return
        await self._keep_forms()
        begun = self._begun_in
        under_way = "bulk" if self.bulks else "launch" if self.sending else begun[-1].LOSES if begun else None
        if under_way is None:
            await self.leave()
        else:
            self._ask_quit(under_way)

    @property
    def _ours(self) -> list[AppScreen[Any]]:
        """The screens, also those beneath another: all but Textual's own."""
        return [screen for screen in self.screen_stack if isinstance(screen, AppScreen)]

    @property
    def _begun_in(self) -> list[AppScreen[Any]]:
        """The screens in which something is typed that is nowhere else."""
        return [screen for screen in self._ours if screen.begun]

    async def leave(self) -> None:
        """Leave; what was typed up to now is taken over first."""
        await self._keep_forms()
        if self.end_signals.signal is not None and self._begun_in:  # nobody can be asked
            unkept = any(screen.LOSES == "unkept" for screen in self._begun_in)
            self.dropped = say("app.quit.dropped_unkept" if unkept else "app.quit.dropped")
            log.warning("ended from outside: what was typed in %s was not entered, and is dropped",
                        ", ".join(type(screen).__name__ for screen in self._begun_in))
        self.exit()

    async def _keep_forms(self) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, KeepsTyping):
                await screen.keep_all()

    def _ask_quit(self, under_way: str) -> None:
        async def answered(leaves: bool | None) -> None:  # noqa: FBT001 - the answer
            if leaves:
                await self.leave()

        self._asked = self.routes.question(say(_QUIT_TITLE[under_way]), say(_QUIT_TEXT[under_way]),
                                           say("app.quit.yes"))
        self.push_screen(self._asked, answered)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """What the palette offers besides the commands that have keys: themes and languages."""
        yield from self.appearance_commands()

    async def on_unmount(self) -> None:
        await self.state_written()  # what was chosen last may still be on its way
        for task in filter(None, (self._pusher, self._receiver)):
            # Waited for: a receiver ends having kept all that it was sent.
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        if self.session.services is not None:
            await self.session.services.disconnect()


def run_app(session: Session, routes: Routes) -> str:
    """Run the app to its end: "", or "demo" where the sandbox was asked for.

    SystemExit with a sentence after a mistake of ours, with a status after a signal.
    """
    app = SantralApp(session, routes)
    with app.end_signals:
        asked = app.run(mouse=app.wants_mouse)
    if app.failure is not None:
        raise SystemExit(app.failure)
    if app.end_signals.status is not None:
        if app.dropped is not None:
            with contextlib.suppress(OSError):  # the terminal may have gone
                sys.stderr.write(f"{app.dropped}\n")
        raise SystemExit(app.end_signals.status)
    return asked or ""


