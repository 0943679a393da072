"""A follow-up plan for a campaign: what becomes of each outcome, with the numbers that it is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from textual import on
from textual.app import ComposeResult

from tui.app.screen import AppScreen
from tui.app.store_watcher import StoreWatcher
from tui.campaign.follow_up_plan import STANDARD, Why, in_order
from tui.config.keymap import Place
from tui.core.reason import Reason
from tui.core.sanitize import visible
from tui.i18n.words import grouped, say
from tui.operations.follow_up_plan import OutcomeFigures, PlannedFollowUp, preview_plan
from tui.operations.saved_plans import BUILT_IN
from tui.operations.services import NotPossible
from tui.screens.plan_editing import PlanEditing
from tui.store import Campaign
from tui.text.follow_up_plan import WHY, after_text, counted_text, hours_text, outcome_text, plan_name_text
from tui.text.formats import clock_text, sentence, short, window_text
from tui.widgets.binding import bindings
from tui.widgets.lines import KeyLine, Note, TitleLine
from tui.widgets.table import Cell, Column, Row, Table
from tui.widgets.text_lines import wrapped

WATCH_SECONDS = 1.0
_DRAFTS_SHOWN: Final = 3
_RESTS: Final = 10  # times as long as the numbers were counted
_MAX_LINES: Final = 7  # beneath the table


class FollowUpPlanScreen(AppScreen[tuple[Campaign, ...]]):
    """Its answer is the drafts that were made. Nobody is called by that."""

    HELP_TOPIC = "plan"
    BINDINGS = bindings(Place.FOLLOW_UP_PLAN)
    AUTO_FOCUS = "#outcomes"

    def __init__(self, campaign: Campaign) -> None:
        super().__init__()
        self.campaign = campaign
        self.editing = PlanEditing(self, lambda: self.current, self._changed, self._show)
        self.planned: PlannedFollowUp | None = None  # None till the numbers are counted, or where that can't be
        self._problem: Reason | None = None
        self._rests_until = 0.0  # by the clock of the services
        self._outcomes: list[str] = list(BUILT_IN.plan.rules)
        self._watcher = StoreWatcher(self, self.reload, each_look=self._before_look)

    def compose(self) -> ComposeResult:
        yield TitleLine(id="title")
        yield Note(id="sum")
        yield Table([
            Column("outcome", say("screens.plan.outcome")),
            Column("numbers", say("screens.plan.numbers"), 7, right=True),
            Column("after", say("screens.plan.rule"), 13),
            Column("hours", say("screens.plan.hours"), 15),
            Column("times", say("screens.plan.at_most"), 6, right=True),
            Column("planned", say("screens.plan.planned"), 8, right=True),
            Column("left_out", say("screens.plan.left_out"), 32, min_room=120, max_room=159),
            Column("left_out", say("screens.plan.left_out"), 70, min_room=160),
        ], id="outcomes")
        yield Note(id="drafts")
        yield KeyLine()

    def on_mount(self) -> None:
        self._show()
        self._watcher.start(WATCH_SECONDS)
        self._watcher.look()

    # what is shown

    async def _before_look(self) -> None:
        self.query_one(TitleLine).right = clock_text(self.services.now())

    async def reload(self) -> None:
        """Count anew what would become of the numbers.

        While results come in, a long list is not counted all the time: the store has other things to do.
        """
        if self.planned is not None and self.services.seconds() < self._rests_until:
            self._watcher.forget()
            return
        plan, began = self.editing.plan, self.services.seconds()
        try:
            planned, problem = await preview_plan(
                self.services, self.campaign.id, "" if self.editing.changed else self.editing.named.name, plan), None
        except NotPossible as refused:
            planned, problem = None, refused.reason
        ended = self.services.seconds()
        self._rests_until = ended + _RESTS * (ended - began)
        if plan is self.editing.plan:
            self.planned, self._problem = planned, problem
            self._show()

    def refresh_texts(self) -> None:
        self._show()

    def on_resize(self) -> None:
        self._show()

    @property
    def current(self) -> str:
        """The outcome under the cursor."""
        return self._outcomes[self.query_one(Table).cursor]

    def _show(self) -> None:
        before = self.current
        known = {} if self.planned is None else {each.outcome: each for each in self.planned.outcomes}
        self._outcomes = in_order({*self.editing.plan.rules, *known})
        name = self.campaign.name or say("screens.unnamed")
        named = plan_name_text(self.editing.named.name)
        title = self.query_one(TitleLine)
        title.left = f"{self.services.profile.name} › {short(name)} › {say('screens.plan.title', name=named)}"
        title.right = clock_text(self.services.now())
        table = self.query_one(Table)
        cursor = self._outcomes.index(before) if before in self._outcomes else 0
        table.renew(len(self._outcomes), 0, [self._row(outcome, known.get(outcome)) for outcome in self._outcomes])
        table.cursor = cursor
        changed = f" · {say('screens.plan.changed')}" if self.editing.changed else ""
        self.query_one("#sum", Note).text = visible(f" {self._sum()}{changed}")
        lines = [row for line in self._drafts() for row in wrapped(visible(line), self.size.width, 1)]
        drafts = self.query_one("#drafts", Note)
        drafts.text = "\n".join(lines)
        drafts.styles.height = max(1, min(len(lines), _MAX_LINES)) + 1

    def _row(self, outcome: str, figures: OutcomeFigures | None) -> Row:
        rule = self.editing.plan.rule(outcome)
        # What is done as with the more general outcome above it is grey.
        tone = "" if rule is not None and outcome in self.editing.plan.rules else "muted"
        return {
            "outcome": Cell(outcome_text(outcome) if outcome in STANDARD else f"  {outcome_text(outcome)}"),
            "numbers": Cell(grouped(figures.numbers) if figures is not None else ""),
            "after": Cell(say("text.plan.never") if rule is None else after_text(rule.after), tone),
            "hours": Cell("" if rule is None else hours_text(rule), tone),
            "times": Cell("" if rule is None else say("screens.plan.times_short", count=rule.times), tone),
            "planned": Cell(grouped(figures.planned) if figures is not None and figures.planned else "", "on"),
            "left_out": Cell(_why(figures), "muted"),
        }

    def _sum(self) -> str:
        planned = self.planned
        if planned is None:
            return say("screens.plan.counting") if self._problem is None else sentence(self._problem)
        if not planned.drafts:
            return say("screens.plan.sum_none", count=planned.numbers)
        return say("screens.plan.sum", count=planned.numbers, planned=planned.planned,
                   drafts=say("screens.plan.drafts", count=len(planned.drafts)),
                   left_out=planned.numbers - planned.planned)

    def _drafts(self) -> list[str]:
        """The drafts that would be made, then why others are in none."""
        planned, now = self.planned, self.services.now()
        if planned is None:
            return []
        lines = [f" {window_text(draft.window, now)} · {counted_text(draft.outcomes)}"
                 for draft in planned.drafts[:_DRAFTS_SHOWN]]
        more = len(planned.drafts) - _DRAFTS_SHOWN
        if more > 0:
            lines.append(f" {say('screens.plan.more', count=more)}")
        left = planned.left_out
        if left:
            reasons = " · ".join(f"{say(WHY[why])} {grouped(count)}" for why, count in left.items())
            lines.append(f" {say('screens.plan.left', reasons=reasons)}")
        if left.get(Why.IN_FOLLOW_UP):
            refs = ", ".join(campaign.ref for campaign in planned.follow_ups)
            lines.append(f" {say('screens.plan.in_follow_up', refs=refs)}")
        if left.get(Why.STILL_CALLING) and planned.to_switch_off:
            names = ", ".join(short(campaign.name) for campaign in planned.to_switch_off)
            lines.append(f" {say('screens.plan.still_calling', name=names)}")
        if left.get(Why.STILL_CALLING) and planned.quiet_last is not None:
            quiet = planned.quiet_last
            under_way = quiet.named | {"name": short(quiet.campaign.name)}
            lines.append(f" {say('operations.plan.under_way', **under_way)}")
        return lines

    # what can be done

    def why_not(self, action: str) -> str | None:
        if action != "make":
            return None
        if self.planned is None:
            return say("screens.still_reading") if self._problem is None else sentence(self._problem)
        return None if self.planned.planned else say("screens.plan.nobody")

    def _changed(self) -> None:
        """The plan is another: its numbers are to be counted."""
        self.planned = self._problem = None
        self._show()
        self._watcher.forget()
        self.work(self.reload, group="count", exclusive=True)

    @on(Table.Opened)
    async def _clicked(self) -> None:
        await self.run_action("editing.edit")

    async def action_make(self) -> None:
        from tui.screens.follow_up_plan_dialogs import MakeDialog

        assert self.planned is not None  # noqa: S101 - `why_not` has seen to it
        await self.open(MakeDialog(self.planned), self._made)

    def _made(self, drafts: Sequence[Campaign] | None) -> None:
        if drafts:
            self.dismiss(tuple(drafts))

    def action_leave(self) -> None:
        self.dismiss(())


def _why(figures: OutcomeFigures | None) -> str:
    if figures is None:
        return ""
    return " · ".join(f"{grouped(count)}: {say(WHY[why])}" for why, count in figures.left_out.items())
