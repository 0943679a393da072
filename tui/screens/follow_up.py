"""The next campaign from the results of one: who would be in it, who is left out and why."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.timer import Timer
from textual.widgets import Checkbox, Static

from tui.app.dialog import CANCEL, Dialog, DialogButton
from tui.campaign.lifecycle import Action, State
from tui.campaign.results import NOT_AGAIN
from tui.config.keymap import Place
from tui.core.sanitize import visible
from tui.i18n.words import say
from tui.operations.follow_up import StillCalling, follow_up, preview_follow_up, read_still_calling
from tui.operations.switch import switch
from tui.store import Campaign, FollowUp, ResultFilter
from tui.text.formats import short
from tui.widgets.binding import bindings
from tui.widgets.button import Button


class Tick(Checkbox, inherit_bindings=False):
    """A box to be ticked by `space` and `enter`, which shows without colours too whether it is."""

    BINDINGS = bindings(Place.TICK)
    BUTTON_LEFT = BUTTON_RIGHT = ""
    BUTTON_INNER = "[ ]"

    def watch_value(self) -> None:
        self.BUTTON_INNER = "[✓]" if self.value else "[ ]"
        super().watch_value()


class FollowUpDialog(Dialog[Campaign]):
    """Makes a draft, which is its answer. Nobody is called by that."""

    HEADING = "screens.follow.title"
    BUTTONS = (CANCEL, DialogButton("off", "screens.follow.switch_off"),
               DialogButton("yes", "screens.follow.make", "primary"))
    AUTO_FOCUS = "#yes"

    def __init__(self, campaign: Campaign, chosen: ResultFilter) -> None:
        super().__init__()
        self._campaign = campaign
        self._chosen = chosen
        self._over: Timer | None = None  # when calls that were under way are over

    def body(self) -> ComposeResult:
        yield Static(say("screens.pick.asking"), id="who", markup=False, classes="text")
        yield Tick(say("screens.follow.with_answered"), id="answered", compact=True)
        for place, status in enumerate(NOT_AGAIN):
            yield Tick(say("screens.follow.again", status=status), id=f"again-{place}", compact=True)
        yield Tick(say("screens.follow.with_open"), id="open", compact=True)

    def on_mount(self) -> None:
        for hidden in ("#open", "#off", *(f"#again-{place}" for place in range(len(NOT_AGAIN)))):
            self.query_one(hidden).display = False  # until there is somebody it is about
        self.look()

    @on(Tick.Changed)
    def look(self) -> None:
        self.work(self._look, group="look", exclusive=True)

    def _ticked(self, name: str) -> bool:
        return self.query_one(f"#{name}", Tick).value

    @property
    def _asked(self) -> Mapping[str, Any]:
        """Who comes in though left out by default."""
        return {"with_answered": self._ticked("answered"), "with_open": self._ticked("open"),
                "again": {status for place, status in enumerate(NOT_AGAIN) if self._ticked(f"again-{place}")}}

    async def _look(self) -> None:
        services = self.services
        self._campaign = await services.thread(services.store.campaigns.get, self._campaign.id)
        planned = await preview_follow_up(services, self._campaign.id, self._chosen, **self._asked)
        calls = await services.thread(read_still_calling, services.store, self._campaign, services.now())
        for place, status in enumerate(NOT_AGAIN):
            if status in planned.hopeless:
                self.query_one(f"#again-{place}").display = True
        if planned.open or calls is None:
            self.query_one("#open").display = bool(planned.open)
        self.query_one("#off").display = (calls is not None and calls.until is None
                                          and self._campaign.state in (State.ON, State.OFF))
        self.query_one("#who", Static).update("\n".join(map(visible, self._words(planned, calls))))
        self.query_one("#yes", Button).disabled = planned.numbers == 0
        if self._over is not None:
            self._over.stop()
        if calls is not None and calls.until is not None:
            self._over = self.set_timer((calls.until - services.now()).total_seconds(), self.look)

    def _words(self, planned: FollowUp, calls: StillCalling | None) -> list[str]:
        lines = []
        if calls is not None and calls.until is None:
            lines.append(say("screens.follow.still_on", name=short(self._campaign.name)))
        elif calls is not None:
            lines.append(say("operations.plan.under_way", **calls.named | {"name": short(self._campaign.name)}))
        who = "screens.follow.numbers" if planned.numbers else "screens.follow.nobody"
        lines.append(say(who, count=planned.numbers))
        if planned.open:
            lines.append(say("screens.follow.open", count=planned.open))
        if planned.answered:
            lines.append(say("screens.follow.answered", count=planned.answered))
        lines += [say("screens.follow.hopeless", count=many, status=status)
                  for status, many in sorted(planned.hopeless.items())]
        if planned.refused:
            lines.append(say("screens.follow.refused", count=planned.refused))
        if planned.not_callable:
            lines.append(say("screens.follow.not_callable", count=planned.not_callable))
        return lines

    @on(Button.Pressed, "#yes")
    def _confirmed(self) -> None:
        self.work(partial(self._make, self._asked), group="make", exclusive=True)

    @on(Button.Pressed, "#off")
    def _asked_off(self) -> None:
        self.work(self._switch_off, group="switch", exclusive=True)

    async def _switch_off(self) -> None:
        button = self.query_one("#off", Button)
        button.disabled = True
        try:
            await switch(self.services, self._campaign.id, Action.OFF)
            self.notify(say("screens.campaigns.off_done", name=short(self._campaign.name)))
        finally:
            button.disabled = False
            await self._look()
            if not button.display:
                self.query_one("#yes").focus()

    async def _make(self, asked: Mapping[str, Any]) -> None:
        services = self.services
        made = await follow_up(services, self._campaign.id, self._chosen, **asked)
        draft = await services.thread(services.store.campaigns.get, made.draft)
        self.notify(say("screens.follow.made", count=made.numbers))
        self.dismiss(draft)
