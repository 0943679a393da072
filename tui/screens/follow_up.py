"""The next campaign from the results of one: who would be in it, who is left out and why."""

from __future__ import annotations

from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from tui.operations.follow_up import follow_up, preview_follow_up
from tui.screens.base import Dialog
from tui.store import Campaign, ResultFilter
from tui.widgets.binding import bind
from tui.widgets.button import Button
from tui.widgets.tick import Tick
from tui.words import say


class FollowUpDialog(Dialog[Campaign]):
    """Makes a draft, which is its answer. Nobody is called by that."""

    BINDINGS = [bind("app.back", "leave", show=False)]
    AUTO_FOCUS = "#yes"

    def __init__(self, campaign: Campaign, chosen: ResultFilter) -> None:
        super().__init__()
        self._campaign = campaign
        self._chosen = chosen

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(say("screens.follow.title"), markup=False, classes="title")
            yield Static(say("screens.pick.asking"), id="who", markup=False, classes="text")
            yield Tick(say("screens.follow.with_answered"), id="answered", compact=True)
            with Horizontal(classes="buttons"):
                yield Button(say("common.cancel"), id="no", compact=True)
                yield Button(say("screens.follow.make"), id="yes", variant="primary", compact=True)

    def on_mount(self) -> None:
        super().on_mount()
        self.look()

    @on(Tick.Changed)
    def look(self) -> None:
        self.work(self._look, group="look", exclusive=True)

    @property
    def _with_answered(self) -> bool:
        return self.query_one("#answered", Tick).value

    async def _look(self) -> None:
        planned = await preview_follow_up(self.services, self._campaign.id, self._chosen,
                                          with_answered=self._with_answered)
        lines = [say("screens.follow.numbers", count=planned.numbers)]
        if planned.answered:
            lines.append(say("screens.follow.answered", count=planned.answered))
        if planned.refused:
            lines.append(say("screens.follow.refused", count=planned.refused))
        if planned.not_callable:
            lines.append(say("screens.follow.not_callable", count=planned.not_callable))
        self.query_one("#who", Static).update("\n".join(lines))
        self.query_one("#yes", Button).disabled = planned.numbers == 0

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "yes":
            self.work(partial(self._make, self._with_answered), group="make", exclusive=True)
        else:
            self.dismiss()

    async def _make(self, with_answered: bool) -> None:  # noqa: FBT001 - what the box says
        services = self.services
        made = await follow_up(services, self._campaign.id, self._chosen, with_answered=with_answered)
        draft = await services.thread(services.store.campaigns.get, made.draft)
        self.santral.notify(say("screens.follow.made", count=made.numbers), markup=False)
        self.dismiss(draft)

    def action_leave(self) -> None:
        self.dismiss()
