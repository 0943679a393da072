"""The calls of one number: who answered each, and its recording, saved or played."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from tui.app.screen import AppScreen
from tui.campaign.account import Account
from tui.config.keymap import Place
from tui.core.sanitize import visible
from tui.i18n.words import say
from tui.operations.recording import RecordedCall, why_no_recording
from tui.screens.call_commands import CallCommands
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
        self.commands = CallCommands(self, lambda: self.current, self._learn)

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
            Column("talked", say("screens.calls.talked"), 9, right=True),
            Column("who", say("screens.calls.who"), 34, min_room=110),
        ]

    def on_mount(self) -> None:
        self.refresh_texts()
        self.set_interval(1, self.commands.count_down)
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
        self.commands.show_said()

    def on_resize(self) -> None:
        self._show_about()
        self.commands.show_said()

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
        about, width = self.query_one("#about", Static), max(20, self.size.width - 4)
        rows = [row for line in lines for row in wrapped(visible(line), width, 2)]
        about.styles.height = len(rows)
        about.update("\n".join(rows))

    def _learn(self, before: RecordedCall, now: RecordedCall) -> None:
        """More is known of a call."""
        self._learnt = True
        place = self._calls.index(before)
        self._calls[place] = now
        self.query_one(Table).put(place, [self._row(now)])
        self._show_about()

    def _recording_text(self, each: RecordedCall) -> str:
        reason = why_no_recording(each)
        return f"{_RECORDED} {say('screens.calls.recorded')}" if reason is None else sentence(reason)

    # what can be done

    def why_not(self, action: str) -> str | None:
        return why_not_never(self._phone) if action == "never" else None

    @on(Table.Opened)
    async def _clicked(self) -> None:
        await self.run_action("commands.who")

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
        self.commands.give_up()
        self.dismiss()
        if self._learnt:
            self._on_learnt()
