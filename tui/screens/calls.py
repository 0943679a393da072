"""The calls of one number: who answered each, and its recording, saved or played."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from tui.app.screen import AppScreen
from tui.app.screen_work import Job, reasons_of, refusal
from tui.campaign.account import Account
from tui.config.keymap import Place
from tui.core.reason import Reason
from tui.core.sanitize import visible
from tui.i18n.words import say
from tui.operations.call_detail import fetch_call_detail, why_not_asked
from tui.operations.player import NotPlayed
from tui.operations.recording import RecordedCall, recording_to_play, save_recording, why_no_recording
from tui.screens.never_call import ask_never_to_call, why_not_never
from tui.text.calls import answered_by_text
from tui.text.formats import clock_text, moment_text, sentence
from tui.text.person import COLUMN, name_text
from tui.text.person import moment_text as whole_moment_text
from tui.text.results import key_text
from tui.widgets.binding import bindings
from tui.widgets.lines import KeyLine, Note, TitleLine
from tui.widgets.table import Cell, Column, Row, Table
from tui.widgets.text_lines import wrapped

_GROUP = "call"
_RECORDED = "●"


class CallsScreen(AppScreen[None]):
    """A row for each, and beneath them all that is known of the one under the cursor."""

    HELP_TOPIC = "calls"
    BINDINGS = bindings(Place.CALLS)
    AUTO_FOCUS = "#calls"

    def __init__(self, phone: str, shown: str, calls: Sequence[RecordedCall],
                 learnt: Callable[[], None] = lambda: None,
                 person: Callable[[], AppScreen[None]] | None = None) -> None:
        """`phone`: the number as one may type it; `shown`: as the title names it. The newest call is the first.

        `learnt` is called where it is left, and something more is known of a call. `person` makes the screen with all
        that is known of the number; None: this one lies over it.
        """
        super().__init__()
        self._phone = phone
        self._shown = shown
        self._calls = list(calls)
        self._on_learnt = learnt
        self._person = person
        self._learnt = False
        self._said: tuple[Callable[[], str], str] = (str, "")  # what the last line says, and its tone
        self._waiting = 0  # seconds
        self._busy = False  # whether the provider is being asked

    def compose(self) -> ComposeResult:
        yield TitleLine(id="title")
        yield Table(self._columns(), id="calls")
        yield Static(id="about", markup=False)
        yield Note(id="said")
        yield KeyLine()

    def _columns(self) -> list[Column]:
        several = len({each.campaign.id for each in self._calls}) > 1
        return [
            Column("recorded", "", 1),
            Column("when", say("screens.results.when"), 13),
            *([Column("campaign", say("screens.calls.campaign"), 24, min_room=100)] if several else []),
            Column("status", say(COLUMN["status"]), 18),
            Column("key", say("screens.results.digit")),
            Column("talked", say("screens.calls.talked"), 8, right=True),
            Column("who", say("screens.calls.who"), 34, min_room=110),
        ]

    def on_mount(self) -> None:
        self.refresh_texts()
        self.set_interval(1, self._count_down)
        table = self.query_one(Table)
        table.renew(len(self._calls), 0, list(map(self._row, self._calls)))

    # what is shown

    def refresh_texts(self) -> None:
        title, table = self.query_one(TitleLine), self.query_one(Table)
        title.left = say("screens.calls.title", phone=self._shown)
        title.right = clock_text(self.services.now())
        table.show(self._columns())
        table.put(0, list(map(self._row, self._calls)))
        self._show_about()
        self._show_said()

    def on_resize(self) -> None:
        self._show_about()
        self._show_said()

    def _row(self, each: RecordedCall) -> Row:
        call = each.call
        talked = "—" if call.talk_seconds is None else say("screens.calls.seconds", count=call.talk_seconds)
        return {"recorded": Cell(_RECORDED if each.recorded else "", "mark"),
                "when": Cell(moment_text(call.at, self.services.now())), "campaign": Cell(each.campaign.name, "muted"),
                "status": Cell(call.status, "on" if call.answered else ""),
                "key": Cell(key_text(each.campaign.draft, call.digit, self._account) or "—"),
                "talked": Cell(talked, "muted"), "who": Cell(answered_by_text(each.detail, self._account), "muted")}

    @property
    def _account(self) -> Account:
        return self.services.directory.account

    @property
    def current(self) -> RecordedCall | None:
        """The call under the cursor."""
        row = self.query_one(Table).cursor
        return self._calls[row] if row < len(self._calls) else None

    @on(Table.Moved)
    def _show_about(self) -> None:
        """All that is known of the call under the cursor."""
        each = self.current
        lines = []
        if each is not None:
            lines = [f"{name_text(each.campaign)} · {whole_moment_text(each.call.at)}",
                     answered_by_text(each.detail, self._account) or say("screens.calls.not_asked"),
                     self._recording_text(each)]
        about = self.query_one("#about", Static)
        rows = [row for line in lines for row in wrapped(visible(line), self._width, 2)]
        about.styles.height = len(rows)
        about.update("\n".join(rows))

    def _recording_text(self, each: RecordedCall) -> str:
        reason = why_no_recording(each)
        return f"{_RECORDED} {say('screens.calls.recorded')}" if reason is None else sentence(reason)

    @property
    def _width(self) -> int:
        return max(20, self.size.width - 4)

    def _say(self, text: Callable[[], str], tone: str = "") -> None:
        self._said, self._waiting = (text, tone), 0
        self._show_said()

    def _show_said(self) -> None:
        said, tone = self._said
        text = say("screens.calls.waiting", count=self._waiting) if self._waiting else said()
        note, rows = self.query_one("#said", Note), wrapped(visible(text), self._width, 0) if text else []
        rows = [f" {row}" for row in rows]
        note.text, note.tone, note.styles.height, note.display = "\n".join(rows), tone, len(rows), bool(rows)

    def _wait(self, seconds: float) -> None:
        self._waiting = math.ceil(seconds)
        self._show_said()

    def _count_down(self) -> None:
        if self._waiting > 0:
            self._waiting -= 1
            self._show_said()

    # what can be done

    def why_not(self, action: str) -> str | None:
        each = self.current
        if action not in ("who", "save", "play", "never") or each is None:
            return say("screens.calls.none") if each is None and action != "person" else None
        if action == "never":
            return why_not_never(self._phone)
        if self._busy:
            return say("screens.calls.busy")
        reason: Reason | None = why_not_asked(each) if action == "who" else why_no_recording(each)
        if reason is None and action == "play":
            reason = self._why_not_played()
        return sentence(reason) if reason is not None else refusal(partial(self.services.must_be_ours, each.campaign))

    def _why_not_played(self) -> Reason | None:
        try:
            self.services.player.check()
        except NotPlayed as no:
            return no.reason
        return None

    @on(Table.Opened)
    async def _clicked(self) -> None:
        await self.run_action("who")

    def action_who(self) -> None:
        """Ask the provider to whom the call under the cursor was put through."""
        if (each := self.current) is not None:
            self._begin(partial(self._ask, each), lambda: say("screens.calls.asking"))

    async def _ask(self, each: RecordedCall) -> None:
        detail = await fetch_call_detail(self.services, each, on_wait=self._wait)
        self._learnt = True
        place = self._calls.index(each)
        self._calls[place] = replace(each, detail=detail)
        self.query_one(Table).put(place, [self._row(self._calls[place])])
        self._show_about()
        self._say(str)

    async def action_save(self) -> None:
        """Save the recording of the call under the cursor; where to is asked."""
        from tui.screens.save_recording import SaveRecordingDialog, SaveTo

        each = self.current
        assert each is not None  # noqa: S101 - `why_not` has seen to it

        def answered(where: SaveTo | None) -> None:
            if where is not None:
                self._begin(partial(self._save, each, where.folder, replace=where.replace),
                            lambda: say("screens.calls.fetching"))

        await self.open(SaveRecordingDialog(each), answered)

    async def _save(self, each: RecordedCall, folder: Path, *, replace: bool) -> None:
        saved = await save_recording(self.services, each, folder, replace=replace, on_wait=self._wait)
        self._say(lambda: say("screens.calls.there" if saved.before else "screens.calls.saved", path=str(saved.path)))

    def action_play(self) -> None:
        """Have the desktop play the recording of the call under the cursor."""
        if (each := self.current) is not None:
            self._begin(partial(self._play, each), lambda: say("screens.calls.fetching"))

    async def _play(self, each: RecordedCall) -> None:
        path = await recording_to_play(self.services, each, on_wait=self._wait)
        self._say(lambda: say("screens.calls.playing"))
        await self.services.player.play(path)

    def _begin(self, job: Job, text: Callable[[], str]) -> None:
        """One thing at a time: `why_not` has seen to it that nothing else is under way."""
        self._busy = True
        self._say(text)
        self.work(partial(self._guarded, job), group=_GROUP, exclusive=True)

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

    async def action_never(self) -> None:
        """Nobody calls the number again."""
        await ask_never_to_call(self, self._phone)

    async def action_person(self) -> None:
        """All that is known of the number, of other campaigns too."""
        if self._person is None:
            self.action_leave()
        else:
            await self.open(self._person())

    def action_take(self) -> None:
        self.copy_to_clipboard(self._shown)

    def action_leave(self) -> None:
        self.workers.cancel_group(self, _GROUP)
        self.dismiss()
        if self._learnt:
            self._on_learnt()
