"""Asking once before something is done to several campaigns; then how far it is, with a line of result for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from textual import on
from textual.app import ComposeResult
from textual.widgets import ProgressBar, Static

from tui.app.dialog import CANCEL, Dialog, DialogButton
from tui.campaign.lifecycle import Action, State
from tui.config.keymap import Place
from tui.core.sanitize import visible
from tui.core.text_keys import TextKeys
from tui.i18n.words import grouped, say
from tui.operations.bulk import Bulk, BulkOutcome, BulkPlan, BulkResult
from tui.text import lines
from tui.text.formats import sentence, short
from tui.widgets import text_lines
from tui.widgets.binding import bindings
from tui.widgets.button import Button, ConfirmButton
from tui.widgets.page import Pane

_TITLE: Final = TextKeys("screens.bulk.{}_title", Action)
_YES: Final = TextKeys("screens.bulk.{}_yes", Action)
_TEXT: Final = TextKeys("screens.bulk.{}_text", (*map(str, Action), "put_away", "drafts"))
_OUTCOME: Final = TextKeys("screens.bulk.{}", BulkOutcome)

MAX_NAMED = 8
_LOOK_EVERY = 0.1  # seconds
_TONES = {BulkOutcome.DONE: "on", BulkOutcome.FAILED: "bad", BulkOutcome.UNSURE: "doubt", BulkOutcome.LEFT: "muted"}
_SIGNS = {BulkOutcome.DONE: "✓", BulkOutcome.FAILED: "✗", BulkOutcome.UNSURE: "?", BulkOutcome.LEFT: "–"}


class BulkQuestion(Dialog[BulkPlan | None]):
    """The plan that was confirmed, or None. A button for each that can be done to any; *Cancel* has the focus.

    `ahead`: what switching on sets going, shown after those it can be done to.
    """

    AUTO_FOCUS = "#no"

    def __init__(self, title: str, plans: Sequence[BulkPlan], notes: Sequence[str] = (), *,
                 ahead: Sequence[str] = ()) -> None:
        super().__init__()
        self._heading = title
        self._plans = [planned for planned in plans if planned.able]
        self._lines = [*_named(plans, ahead), *notes]

    def heading(self) -> str:
        return self._heading

    def body(self) -> ComposeResult:
        with Pane(classes="text lines"):
            yield Static("\n".join(map(visible, self._lines)), markup=False)

    def buttons(self) -> Iterator[Button]:
        yield CANCEL.made()
        for planned in self._plans:
            yield ConfirmButton(say(_YES[planned.action], count=len(planned.able)), id=f"do-{planned.action}",
                                variant="error", compact=True)

    @on(Button.Pressed)
    def _confirmed(self, event: Button.Pressed) -> None:
        chosen = (event.button.id or "").removeprefix("do-")
        for planned in self._plans:
            if planned.action == chosen:
                self.dismiss(planned)


def _named(plans: Sequence[BulkPlan], ahead: Sequence[str]) -> list[str]:
    """What each plan would do to which, and of which nothing asked for can be done, with why."""
    lines: list[str] = []
    for planned in plans:
        if not planned.able:
            continue
        for kind, names in _by_what_becomes_of_them(planned).items():
            lines.append(say(_TEXT[kind], count=len(names)))
            lines += _names(names)
        if planned.action is Action.ON:
            lines += ahead
    able = {campaign.id for planned in plans for campaign in planned.able}
    left = {campaign.id: sentence(reason) for planned in plans for campaign, reason in planned.unable
            if campaign.id not in able}
    if left:
        lines += ["", say("screens.bulk.unable", count=len(left))]
        lines += [f"  {why}" for why in list(left.values())[:MAX_NAMED]]
        lines += _more(len(left))
    return lines


def _by_what_becomes_of_them(planned: BulkPlan) -> dict[str, list[str]]:
    """The names of those it is done to: drafts, and what the provider does not know, are deleted in another way."""
    found: dict[str, list[str]] = {}
    for one in planned.able:
        missing = planned.action is Action.DELETE and one.standing is State.MISSING
        kind = "drafts" if one.state.editable else "put_away" if missing else str(planned.action)
        found.setdefault(kind, []).append(one.name)
    order = (str(planned.action), "put_away", "drafts")
    return {kind: found[kind] for kind in order if kind in found}


def _names(names: Sequence[str]) -> list[str]:
    shown = [f"  {short(name or say('screens.unnamed'), 50)}" for name in names[:MAX_NAMED]]
    return [*shown, *_more(len(names))]


def _more(count: int) -> list[str]:
    return [f"  {say('screens.bulk.more', count=count - MAX_NAMED)}"] if count > MAX_NAMED else []


class BulkDialog(Dialog[Bulk]):
    """A plan being carried out. `escape` lets no further one begin; when all has ended, it closes the dialog."""

    BINDINGS = bindings(Place.BULK_PROGRESS)
    BUTTONS = (DialogButton("stop", "screens.bulk.stop"),
               DialogButton("give-up", "screens.bulk.give_up", "error", confirms=True))
    AUTO_FOCUS = "#stop"
    FRAME = "dialog wide"

    def __init__(self, planned: BulkPlan) -> None:
        super().__init__()
        self._planned = planned
        self._lines: list[lines.Line] = []
        self._over = False

    def heading(self) -> str:
        return say(_TITLE[self._planned.action], count=len(self._planned.able))

    def body(self) -> ComposeResult:
        yield ProgressBar(total=len(self._planned.able), show_eta=False, show_percentage=False)
        yield Static("", id="status", markup=False)
        yield text_lines.TextLines(follow=True, id="lines")

    def on_mount(self) -> None:
        self.query_one("#give-up").display = False
        self._bulk = Bulk(self.services, self._planned, self._add)
        self._show()
        self.set_interval(_LOOK_EVERY, self._show)
        self.work(self._run, group="bulk")

    async def _run(self) -> None:
        self.santral.bulks += 1
        try:
            await self._bulk.run()
        finally:
            self.santral.bulks -= 1
            self._over = True
            if self.is_attached:
                self._end()

    def _add(self, result: BulkResult) -> None:
        name = short(result.campaign.name or say("screens.unnamed"), 40)
        text = f"{_SIGNS[result.outcome]} {name}: {say(_OUTCOME[result.outcome])}"
        for reason in result.reasons:
            text += f" · {sentence(reason)}"
        self._lines.append(lines.Line(text, _TONES[result.outcome]))

    def _show(self) -> None:
        """What has become of them up to now; a thousand that end at once are shown at once."""
        bulk = self._bulk
        self.query_one(text_lines.TextLines).put(self._lines)
        ended = len(bulk.results) - bulk.count(BulkOutcome.LEFT)
        self.query_one(ProgressBar).update(progress=ended)
        parts = [say("screens.bulk.ended", count=ended, of=bulk.of)]
        parts += [f"{_SIGNS[outcome]} {say(_OUTCOME[outcome])} {grouped(count)}" for outcome in BulkOutcome
                 if (count := bulk.count(outcome))]
        if bulk.stopping and bulk.under_way:
            parts.append(say("screens.bulk.waiting", count=bulk.under_way))
        self.query_one("#status", Static).update("   ".join(parts))

    def _end(self) -> None:
        stop = self.query_one("#stop", Button)
        stop.label = say("common.close")
        stop.disabled = False
        self.query_one("#give-up").display = False
        self._show()
        if self._bulk.stopping:  # a key that is held down doesn't close what it has stopped
            self.set_focus(None)
        else:
            stop.focus()

    def why_not(self, action: str) -> str | None:
        if action != "leave" or self._over or not self._bulk.stopping:
            return None
        return say("screens.bulk.stopping", give_up=say("screens.bulk.give_up"))

    @on(Button.Pressed, "#stop")
    def action_leave(self) -> None:
        if self._over:
            self.dismiss(self._bulk)
        else:
            self._bulk.stop()
            self.query_one("#stop", Button).disabled = True
            self.query_one("#give-up").display = True
            self._show()

    def action_scroll(self, lines: int) -> None:
        self.query_one(text_lines.TextLines).scroll_by(lines)

    def action_page(self, direction: int) -> None:
        self.query_one(text_lines.TextLines).scroll_by(pages=direction)

    @on(Button.Pressed, "#give-up")
    def _give_up(self) -> None:
        self._bulk.give_up()
