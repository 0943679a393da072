"""What is asked of the provider about a call of a number: who answered it, its recording to be saved or played."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from tui.app.screen import AppScreen
from tui.app.screen_work import Job, reasons_of, refusal
from tui.core.reason import Reason
from tui.core.sanitize import visible
from tui.i18n.words import say
from tui.operations.call_detail import fetch_call_detail, why_not_asked
from tui.operations.player import NotPlayed
from tui.operations.recording import RecordedCall, recording_to_play, save_recording, why_no_recording
from tui.text.formats import sentence
from tui.widgets.command_owner import CommandOwner
from tui.widgets.lines import Note
from tui.widgets.text_lines import wrapped

_GROUP: Final = "call"


class CallCommands(CommandOwner):
    """One thing at a time, of the call under the cursor; a screen's `#said` says how it goes.

    `current`: that call. `learnt` is called with a call and what it is once more of it is known.
    """

    def __init__(self, screen: AppScreen[None], current: Callable[[], RecordedCall | None],
                 learnt: Callable[[RecordedCall, RecordedCall], None]) -> None:
        self._screen = screen
        self._current = current
        self._learnt = learnt
        self._said: tuple[Callable[[], str], str] = (str, "")  # what the last line says, and its tone
        self._waiting = 0  # seconds
        self._busy = False  # whether the provider is being asked

    def why_not(self, action: str) -> str | None:
        each = self._current()
        if each is None:
            return say("screens.calls.none")
        if self._busy:
            return say("screens.calls.busy")
        reason: Reason | None = why_not_asked(each) if action == "who" else why_no_recording(each)
        if reason is None and action == "play":
            reason = self._why_not_played()
        if reason is not None:
            return sentence(reason)
        return refusal(partial(self._screen.services.must_be_ours, each.campaign))

    def _why_not_played(self) -> Reason | None:
        try:
            self._screen.services.player.check()
        except NotPlayed as no:
            return no.reason
        return None

    def action_who(self) -> None:
        """Ask the provider to whom the call under the cursor was put through."""
        if (each := self._current()) is not None:
            self._begin(partial(self._ask, each), lambda: say("screens.calls.asking"))

    async def _ask(self, each: RecordedCall) -> None:
        detail = await fetch_call_detail(self._screen.services, each, on_wait=self._wait)
        self._learnt(each, replace(each, detail=detail))
        self._say(str)

    async def action_save(self) -> None:
        """Save the recording of the call under the cursor; where to is asked."""
        from tui.screens.save_recording import SaveRecordingDialog, SaveTo

        each = self._current()
        assert each is not None  # noqa: S101 - `why_not` has seen to it

        def answered(where: SaveTo | None) -> None:
            if where is not None:
                self._begin(partial(self._save, each, where.folder, replace=where.replace),
                            lambda: say("screens.calls.fetching"))

        await self._screen.open(SaveRecordingDialog(each), answered)

    async def _save(self, each: RecordedCall, folder: Path, *, replace: bool) -> None:
        saved = await save_recording(self._screen.services, each, folder, replace=replace, on_wait=self._wait)
        self._say(lambda: say("screens.calls.there" if saved.before else "screens.calls.saved", path=str(saved.path)))

    def action_play(self) -> None:
        """Have the desktop play the recording of the call under the cursor."""
        if (each := self._current()) is not None:
            self._begin(partial(self._play, each), lambda: say("screens.calls.fetching"))

    async def _play(self, each: RecordedCall) -> None:
        path = await recording_to_play(self._screen.services, each, on_wait=self._wait)
        self._say(lambda: say("screens.calls.playing"))
        await self._screen.services.player.play(path)

    def _begin(self, job: Job, text: Callable[[], str]) -> None:
        """One thing at a time: `why_not` has seen to it that nothing else is under way."""
        self._busy = True
        self._say(text)
        self._screen.work(partial(self._guarded, job), group=_GROUP, exclusive=True)

    async def _guarded(self, job: Job) -> None:
        try:
            await job()
        except Exception as error:
            reasons = reasons_of(error)
            self._say(lambda: "\n".join(map(sentence, reasons)), "bad")
            if not reasons:
                raise
        finally:
            self._busy = False

    def give_up(self) -> None:
        """Ask no more."""
        self._screen.workers.cancel_group(self._screen, _GROUP)

    # how it goes

    def _say(self, text: Callable[[], str], tone: str = "") -> None:
        self._said, self._waiting = (text, tone), 0
        self.show_said()

    def show_said(self) -> None:
        said, tone = self._said
        text = say("screens.calls.waiting", count=self._waiting) if self._waiting else said()
        rows = wrapped(visible(text), max(20, self._screen.size.width - 4), 0) if text else []
        note, rows = self._screen.query_one("#said", Note), [f" {row}" for row in rows]
        note.text, note.tone, note.styles.height, note.display = "\n".join(rows), tone, len(rows), bool(rows)

    def _wait(self, seconds: float) -> None:
        self._waiting = math.ceil(seconds)
        self.show_said()

    def count_down(self) -> None:
        if self._waiting > 0:
            self._waiting -= 1
            self.show_said()
