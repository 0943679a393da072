"""Wiring alone: the services go in through the constructor, the screens get them from here."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from textual._context import active_message_pump
from textual.app import SystemCommand
from textual.screen import Screen

from tui.app.appearance import Appearance
from tui.app.key_dispatch import KeyedApp
from tui.bootstrap import Opened
from tui.config import Config
from tui.core.sanitize import visible
from tui.core.secret import Secret
from tui.core.shortage import shortage
from tui.i18n.words import say
from tui.operations.services import Services
from tui.text.formats import sentence
from tui.widgets.lines import TitleLine
from tui.widgets.presence import MISSING, gone

if TYPE_CHECKING:  # its import would load more than the first frame needs
    from tui.campaign.menu_edits import Clip, MenuEdits
    from tui.provider.limits import Wait
    from tui.screens.base import AppScreen, Dialog
    from tui.screens.campaign_form import FormScreen
    from tui.screens.question import Question

log = logging.getLogger("santral.app")


class SantralApp(Appearance, KeyedApp):
    """The app. It ends with "demo" where the operator asked at the first run for a look round on the sandbox."""

    TITLE = "Santral"
    CSS_PATH = [Path("app.tcss"), Path("ansi.tcss"),
                *(Path("../screens") / f"{name}.tcss"
                  for name in ("campaign_list", "campaign_form", "digit_target_editor", "results", "import_list",
                               "first_run", "settings"))]
    NOTIFICATION_TIMEOUT = 5

    def __init__(self, opened: Opened) -> None:
        super().__init__(opened)
        self._wait: Wait | None = None  # what a call to the provider waits for: a limit, or its next try
        opened.on_wait = self._tell_wait
        self.clip: Clip | None = None  # the target that was cut or copied last
        self.menu_edits: dict[int, MenuEdits] = {}  # by campaign: what can be taken back in this session
        self._receiver: asyncio.Task[None] | None = None  # keeps one running beside the app
        self.test_calls = 0  # whose requests are under way
        self.bulks = 0  # runs over several campaigns that are under way
        self._asked: Question | None = None  # whether to leave
        self.dropped: str | None = None  # the sentence on what was being typed when a signal ended the app
        self.failure: str | None = None  # the sentence for the terminal, once the app has ended by a mistake of ours
        self.use_keys(self.config.keys)

    def get_default_screen(self) -> Screen[Any]:
        """The list, if there is a profile: an empty screen beneath it would be laid out and painted before it."""
        if self.opened.services is None:
            return super().get_default_screen()
        from tui.screens.campaign_list import CampaignsScreen

        return CampaignsScreen()

    @property
    def config(self) -> Config:
        return self.opened.config

    @property
    def log_file(self) -> Path:
        return self.opened.log_file

    @property
    def services(self) -> Services:
        services = self.opened.services
        if services is None:
            raise RuntimeError("no profile yet")  # the first-run screen asks for none
        return services

    @property
    def profile_colour(self) -> str | None:
        """The colour of the profile in use, where it has one: every title line bears it."""
        services = self.opened.services
        return services.profile.colour if services is not None else None

    @property
    def read_only(self) -> bool:
        """Whether the profile in use may only look: every title line says so."""
        return self.opened.services is not None and self.opened.services.profile.read_only

    async def on_mount(self) -> None:
        self.end_if_asked()
        if self.opened.services is None:
            from tui.screens.first_run import FirstRunScreen

            await self.push_screen(FirstRunScreen())
        if self.opened.services is not None and self.config.receiver.public_url is not None:
            self._receiver = asyncio.create_task(self._keep_a_receiver())
        self.tell_reasons(self.config.warnings)
        if self.opened.services is not None:
            self.tell_reasons(self.opened.services.store.warnings)
        self.call_after_refresh(self.load_themes)
        self.call_after_refresh(self.remember_profile)

    def remember_profile(self) -> None:
        """The next start is with the profile in use now, where the configuration names none."""
        services = self.opened.services
        if services is not None and services.profile.name != self.opened.state.profile:
            self.keep(profile=services.profile.name)

    async def _keep_a_receiver(self) -> None:
        from tui.operations.receiver_process import ReceiverProcess

        def tell(told: str) -> None:
            self.notify(visible(told), severity="warning", markup=False, timeout=10)

        try:
            await ReceiverProcess(self.services, self.config.path, self.opened.environ, tell).watch()
        except OSError:  # no process can be started: the header says that there is no receiver
            log.exception("no receiver could be started")

    @property
    def waiting(self) -> bool:
        """Whether a call to the provider waits."""
        return self._wait is not None

    def retell(self) -> None:
        self._tell_wait(self._wait)

    def _tell_wait(self, wait: Wait | None) -> None:
        self._wait = wait
        text = say("screens.waiting", why=sentence(wait.reason)) if wait is not None else ""
        for screen in self.screen_stack:
            for line in screen.query(TitleLine):
                line.waiting = text

    async def begin(self, profile: str, key: str, base_url: str, language: str) -> None:
        """End the first run: check the key with the provider, write the configuration, go to the list.

        ConfigError, BadBaseUrl, ProviderError: nothing was written.
        """
        await self.opened.first_profile(profile, Secret(key), base_url, language)
        self.tell_reasons(self.services.store.warnings)
        self.remember_profile()
        from tui.screens.campaign_list import CampaignsScreen
        from tui.screens.first_run import FirstRunScreen

        # By the app: the work that runs this belongs to the first-run screen and would end with it.
        first = next(screen for screen in self.screen_stack if isinstance(screen, FirstRunScreen))
        self.call_later(first.give_way, CampaignsScreen())

    # what goes wrong

    def _handle_exception(self, error: Exception) -> None:
        # Textual would print a traceback with local variables, among which is the API key.
        if isinstance(error, SystemExit | KeyboardInterrupt):
            super()._handle_exception(error)
            return
        if isinstance(error, MISSING) and gone(active_message_pump.get(self)):
            log.debug("asked for what has gone", exc_info=error)
            return
        self._return_code = 1
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        log.critical("the app ended", exc_info=error)
        short = shortage(error)
        self.failure = say("screens.crashed", log=str(self.log_file)) if short is None else sentence(short)
        self._close_messages_no_wait()

    # what can be done everywhere

    @property
    def sending(self) -> bool:
        """Whether a launch is under way."""
        forms = [screen for screen in self.screen_stack if screen.has_class("-form")]
        return bool(self.test_calls) or any(getattr(form, "launching", False) for form in forms)

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
    def _begun_in(self) -> list[AppScreen[Any] | Dialog[Any]]:
        """The screens in which something is typed that is nowhere else, also those beneath another."""
        return [cast("AppScreen[Any]", screen) for screen in self.screen_stack if getattr(screen, "begun", False)]

    async def leave(self) -> None:
        """Leave; what was typed up to now is taken over first."""
        await self._keep_forms()
        if self.endings.signal is not None and self._begun_in:  # nobody can be asked
            unkept = any(screen.LOSES == "unkept" for screen in self._begun_in)
            self.dropped = say("screens.quit.dropped_unkept" if unkept else "screens.quit.dropped")
            log.warning("ended from outside: what was typed in %s was not entered, and is dropped",
                        ", ".join(type(screen).__name__ for screen in self._begun_in))
        self.exit()

    async def _keep_forms(self) -> None:
        for screen in self.screen_stack:
            if screen.has_class("-form"):
                await cast("FormScreen", screen).keep_all()

    def _ask_quit(self, under_way: str) -> None:
        from tui.screens.question import Question

        async def answered(leaves: bool | None) -> None:  # noqa: FBT001 - the answer
            if leaves:
                await self.leave()

        self._asked = Question(say(f"screens.quit.{under_way}_title"), say(f"screens.quit.{under_way}_text"),
                               say("screens.quit.yes"))
        self.push_screen(self._asked, answered)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """What the palette offers besides the commands that have keys: themes and languages."""
        yield from self.appearance_commands()

    async def on_unmount(self) -> None:
        if self._receiver is not None:
            # Waited for: it ends having kept all that it was sent.
            self._receiver.cancel()
            await asyncio.gather(self._receiver, return_exceptions=True)
        if self.opened.services is not None:
            await self.opened.services.disconnect()


def run_app(opened: Opened) -> str:
    """Run the app to its end: "", or "demo" where the sandbox was asked for.

    SystemExit with a sentence after a mistake of ours, with a status after a signal.
    """
    app = SantralApp(opened)
    with app.endings:
        asked = app.run(mouse=app.wants_mouse)
    if app.failure is not None:
        raise SystemExit(app.failure)
    if app.endings.status is not None:
        if app.dropped is not None:
            with contextlib.suppress(OSError):  # the terminal may have gone
                sys.stderr.write(f"{app.dropped}\n")
        raise SystemExit(app.endings.status)
    return asked or ""


