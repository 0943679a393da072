"""Changing what runs: how far a campaign in the place of another is, and the next step of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from tui.app.dialog import Dialog, DialogButton, problem_line, text_line
from tui.app.screen import AppScreen
from tui.app.store_watcher import Watcher
from tui.campaign.succession import KnownFrom, Step
from tui.core.sanitize import visible
from tui.core.text_keys import TextKeys
from tui.i18n.words import say
from tui.operations.records import RecordsProgress
from tui.operations.succession import (
    Progress,
    begin_succession,
    delete_former,
    give_up,
    know,
    know_from_records,
    look,
    make_successor,
    switch_former_off,
    take_for_known,
)
from tui.screens.question import TypedQuestion
from tui.store import Campaign
from tui.text.formats import clock_text, id_text, moment_text, sentence, short
from tui.widgets.button import Button

if TYPE_CHECKING:
    from tui.screens.campaign_form import CampaignFormScreen

_LOOK_EVERY: Final = 1.0  # seconds
_ORDER: Final = (Step.SWITCH_OFF, Step.WAIT, Step.KNOW, Step.MAKE_DRAFT, Step.LAUNCH, Step.DELETE)
_STEP: Final = TextKeys("screens.successor.step.{}", _ORDER)
_BUTTON: Final = TextKeys("screens.successor.go.{}", (Step.SWITCH_OFF, Step.WAIT, Step.KNOW, Step.LAUNCH, Step.DELETE))
_STATUS: Final = TextKeys("screens.successor.status.{}", Step)
_KNOWN: Final = TextKeys("screens.successor.known.{}", KnownFrom)
_WHERE: Final = {Step.LAUNCHING: Step.LAUNCH, Step.UNCONFIRMED: Step.LAUNCH}  # of the six
_GO: Final = {Step.MAKE_DRAFT: Step.KNOW, Step.GIVEN_UP: Step.SWITCH_OFF}  # by whose button they are done


def step_rows(found: Progress, now_text: Callable[[Progress, Step], str]) -> list[str]:
    """The six steps, each with what is known of it; the one that is to be done next is marked."""
    ended, none = found.step is Step.DONE, found.step is Step.GIVEN_UP or found.succession is None
    at = len(_ORDER) if ended else 0 if none else _ORDER.index(_WHERE.get(found.step, found.step))
    rows = []
    for place, step in enumerate(_ORDER):
        mark = "✓" if place < at else "▸" if place == at else "·"
        detail = now_text(found, step) if place <= at and not none else ""
        rows.append(f" {mark} {say(_STEP[step])}{f'  {detail}' if detail else ''}")
    return rows


class SuccessorDialog(Dialog[Campaign]):
    """Its answer is the draft that is to be changed. It may be left at any step; whoever opens it again goes on."""

    # The plain “close” says in Turkish what is done to the campaign, too.
    BUTTONS = (DialogButton("no", "screens.successor.leave"), DialogButton("give_up", "screens.successor.give_up"),
               DialogButton("records", "screens.successor.records"), DialogButton("anyway", "screens.successor.anyway"),
               DialogButton("go", "screens.successor.go.switch_off", "primary"))
    AUTO_FOCUS = "#no"
    STOPS = "step"

    def __init__(self, former: Campaign) -> None:
        super().__init__()
        self._former = former
        self._found: Progress | None = None
        self._doing = ""  # what is under way, in words

    def heading(self) -> str:
        return say("screens.successor.title", name=short(self._former.name, 50))

    def body(self) -> ComposeResult:
        yield text_line(say("screens.successor.about"))
        yield Static("", id="steps", markup=False, classes="text")
        yield Static("", id="status", markup=False, classes="text")
        yield problem_line()

    def on_mount(self) -> None:
        for button in ("#give_up", "#records", "#anyway"):
            self.query_one(button).display = False
        self.query_one("#go", Button).disabled = True
        watcher = Watcher(self, self._look)
        watcher.start(_LOOK_EVERY)
        watcher.look()

    async def _look(self) -> None:
        self._found = await look(self.services, self._former.id)
        self._show()

    # what is shown

    def _show(self) -> None:
        found = self._found
        if found is None:
            return
        self.query_one("#steps", Static).update("\n".join(map(visible, step_rows(found, self._detail))))
        self.query_one("#status", Static).update(visible(self._doing or self._status(found)))
        at_know, busy = found.step is Step.KNOW, bool(self._doing)
        unknown = at_know and found.unknown is not None
        go = self.query_one("#go", Button)
        label = say(_BUTTON[_GO.get(found.step, found.step)]) if self._goes_on(found) else say(_BUTTON[Step.WAIT])
        if str(go.label) != label:
            go.label = label
            go.refresh(layout=True)  # it is as wide as what stands on it
        go.disabled = busy or not self._goes_on(found)
        go.display = not unknown and found.step is not Step.DONE
        given = found.succession is not None and found.step not in (Step.GIVEN_UP, Step.DONE, Step.DELETE,
                                                                   Step.LAUNCHING, Step.UNCONFIRMED)
        for button, shown in (("#give_up", given), ("#records", unknown), ("#anyway", unknown)):
            self.query_one(button).display = shown
            self.query_one(button, Button).disabled = busy

    def _goes_on(self, found: Progress) -> bool:
        """Whether there is a step that can be done here and now."""
        return found.step in (Step.SWITCH_OFF, Step.GIVEN_UP, Step.KNOW, Step.MAKE_DRAFT, Step.LAUNCH, Step.DELETE)

    def _detail(self, found: Progress, step: Step) -> str:
        now, by = self.services.now(), found.succession
        match step:
            case Step.SWITCH_OFF if found.off_since is not None:
                return moment_text(found.off_since, now)
            case Step.WAIT if found.step is Step.WAIT and found.quiet_at is not None:
                return say("screens.successor.until", moment=moment_text(found.quiet_at, now))
            case Step.KNOW if by is not None and by.known_from is not None:
                return say(_KNOWN[by.known_from])
            case Step.MAKE_DRAFT if found.successor is not None:
                return say("campaign.number_count", count=found.successor.callable_numbers)
            case Step.LAUNCH if found.successor is not None and found.successor.provider_id is not None:
                return f"ID {id_text(found.successor)}"
        return ""

    def _status(self, found: Progress) -> str:
        """What the next step is about."""
        why = found.former.reason if found.step is Step.SWITCH_OFF and found.succession is not None else None
        if why is not None:
            return sentence(why)
        count, clock = found.carried.numbers, clock_text(self.services.now())
        text = say(_STATUS[found.step], count=count, clock=clock, id=id_text(found.successor) or "—")
        if found.step is Step.KNOW and found.unknown is not None:
            return f"{sentence(found.unknown)} {say('screens.successor.held_back', count=count)}"
        return text

    # what is done

    @on(Button.Pressed, "#go")
    def _go(self) -> None:
        found = self._found
        if found is None:
            return
        match found.step:
            case Step.GIVEN_UP | Step.SWITCH_OFF:
                self._begin("screens.successor.doing.off", self._switch_off)
            case Step.KNOW | Step.MAKE_DRAFT:
                self._begin("screens.successor.doing.draft", self._make)
            case Step.LAUNCH if found.successor is not None:
                self.dismiss(found.successor)
            case Step.DELETE:
                self._begin("screens.successor.doing.delete", self._delete)

    @on(Button.Pressed, "#give_up")
    def _asked_to_give_up(self) -> None:
        self._begin("screens.successor.doing.give_up", self._give_up)

    @on(Button.Pressed, "#records")
    def _asked_for_records(self) -> None:
        self._begin("screens.successor.doing.records", self._fetch)

    @on(Button.Pressed, "#anyway")
    def _asked_to_call(self) -> None:
        self.work(self._call_anyway, group="ask", exclusive=True)

    def _begin(self, doing: str, step: Callable[[], Awaitable[object]]) -> None:
        self.show_problem()
        self._doing = say(doing)
        self._show()
        self.work(partial(self._do, step), group="step", exclusive=True)

    async def _do(self, step: Callable[[], Awaitable[object]]) -> None:
        try:
            await self.attempt(step)
        finally:
            self._doing = ""
            await self._look()

    async def _switch_off(self) -> None:
        if self._found is None or not self._found.open:
            await begin_succession(self.services, self._former.id)
        await switch_former_off(self.services, self._former.id)

    async def _make(self) -> None:
        found = await know(self.services, self._former.id)
        if found.step in (Step.MAKE_DRAFT, Step.LAUNCH):
            self.dismiss(await make_successor(self.services, self._former.id))

    async def _delete(self) -> None:
        if self._found is not None and self._found.successor is not None:
            await delete_former(self.services, self._found.successor.id)

    async def _give_up(self) -> None:
        await give_up(self.services, self._former.id)
        self.notify(say("screens.successor.given_up", name=short(self._former.name)))

    async def _fetch(self) -> None:
        await know_from_records(self.services, self._former.id, self._fetched)

    def _fetched(self, far: RecordsProgress) -> None:
        self._doing = say("screens.successor.fetching", pages=far.pages, of=far.of or 1, calls=far.matched)
        self._show()

    async def _call_anyway(self) -> None:
        found = self._found
        if found is None or found.unknown is None:
            return
        count = found.carried.numbers
        lines = [sentence(found.unknown), say("screens.successor.anyway_text", count=count)]
        if await self.ask(TypedQuestion(say("screens.successor.anyway_title"), lines,
                                        say("screens.successor.anyway"), count)):
            self._begin("screens.successor.doing.draft", partial(take_for_known, self.services, self._former.id))


async def ask_to_replace(screen: AppScreen[None], campaign: Campaign,
                         open_form: Callable[[CampaignFormScreen], Awaitable[None]] | None = None) -> None:
    """Open the dialog of a campaign's replacement, or of the one by which it replaces another and that goes on yet.

    The draft that it leads to is opened in the form, by `open_form` where the screen has a way of its own.
    """
    async def open_draft(draft: Campaign | None) -> None:
        from tui.screens.campaign_form import CampaignFormScreen

        if draft is not None:
            await (open_form or screen.open)(CampaignFormScreen(draft))

    services, former = screen.services, campaign
    if campaign.replaces is not None and campaign.replaced_by is None:
        found = await look(services, campaign.replaces)
        if found.open and found.successor is not None and found.successor.id == campaign.id:
            former = found.former
    await screen.open(SuccessorDialog(former), open_draft)
