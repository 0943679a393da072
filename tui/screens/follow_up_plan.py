"""A follow-up plan for a campaign: what becomes of each outcome, with the numbers that it is about."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from textual import on
from textual.app import ComposeResult

from tui.app.screen import AppScreen
from tui.app.store_watcher import StoreWatcher
from tui.campaign.follow_up_plan import STANDARD, Again, Plan, Rule, Why, in_order, outcome_named, plan_text
from tui.config.keymap import Place
from tui.core.reason import Reason
from tui.core.sanitize import visible
from tui.i18n.words import grouped, say
from tui.operations.follow_up_plan import OutcomeFigures, PlannedFollowUp, preview_plan
from tui.operations.saved_plans import BUILT_IN, NamedPlan, remove_plan
from tui.operations.services import NotPossible
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
        self.named = BUILT_IN  # as it was opened or saved last
        self.plan = BUILT_IN.plan
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
        plan, began = self.plan, self.services.seconds()
        try:
            planned, problem = await preview_plan(
                self.services, self.campaign.id, "" if self.changed else self.named.name, plan), None
        except NotPossible as refused:
            planned, problem = None, refused.reason
        ended = self.services.seconds()
        self._rests_until = ended + _RESTS * (ended - began)
        if plan is self.plan:
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

    @property
    def changed(self) -> bool:
        """Whether the plan is another than the one that was opened or saved."""
        return self.plan != self.named.plan

    def _show(self) -> None:
        before = self.current
        known = {} if self.planned is None else {each.outcome: each for each in self.planned.outcomes}
        self._outcomes = in_order({*self.plan.rules, *known})
        name = self.campaign.name or say("screens.unnamed")
        named = plan_name_text(self.named.name)
        title = self.query_one(TitleLine)
        title.left = f"{self.services.profile.name} › {short(name)} › {say('screens.plan.title', name=named)}"
        title.right = clock_text(self.services.now())
        table = self.query_one(Table)
        cursor = self._outcomes.index(before) if before in self._outcomes else 0
        table.renew(len(self._outcomes), 0, [self._row(outcome, known.get(outcome)) for outcome in self._outcomes])
        table.cursor = cursor
        changed = f" · {say('screens.plan.changed')}" if self.changed else ""
        self.query_one("#sum", Note).text = visible(f" {self._sum()}{changed}")
        lines = [row for line in self._drafts() for row in wrapped(visible(line), self.size.width, 1)]
        drafts = self.query_one("#drafts", Note)
        drafts.text = "\n".join(lines)
        drafts.styles.height = max(1, min(len(lines), _MAX_LINES)) + 1

    def _row(self, outcome: str, figures: OutcomeFigures | None) -> Row:
        rule = self.plan.rule(outcome)
        # What is done as with the more general outcome above it is grey.
        tone = "" if rule is not None and outcome in self.plan.rules else "muted"
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
        if left.get(Why.STILL_CALLING):
            names = ", ".join(short(campaign.name) for campaign in planned.calling)
            lines.append(f" {say('screens.plan.still_calling', name=names)}")
        return lines

    # what can be done

    def why_not(self, action: str) -> str | None:
        if action == "make":
            if self.planned is None:
                return say("screens.still_reading") if self._problem is None else sentence(self._problem)
            return None if self.planned.planned else say("screens.plan.nobody")
        if action == "delete" and self.named.built_in:
            return sentence(Reason("operations.plan.is_built_in", {"name": self.named.name}))
        if action == "drop" and not self._exact(self.current):
            return say("screens.plan.not_exact", outcome=outcome_text(self.current))
        if action == "drop" and self.current not in self.plan.rules:
            return say("screens.plan.as_already", outcome=outcome_text(self.plan.place_of(self.current)))
        if action in ("edit", "switch_rule") and outcome_named(self.current) != self.current:
            return say("screens.plan.no_rule", outcome=short(outcome_text(self.current)))
        return None

    @staticmethod
    def _exact(outcome: str) -> bool:
        return outcome not in STANDARD

    def _change(self, plan: Plan) -> None:
        self.plan, self.planned, self._problem = plan, None, None
        self._show()
        self._watcher.forget()
        self.work(self.reload, group="count", exclusive=True)

    def _set(self, outcome: str, rule: Rule) -> None:
        self._change(self.plan.with_rule(outcome, rule))

    def action_switch_rule(self) -> None:
        """Whether the outcome is called again, by the rule that it had last."""
        outcome = self.current
        self._set(outcome, None if self.plan.rule(outcome) is not None else BUILT_IN.plan.rule(outcome) or Again())

    @on(Table.Opened)
    async def _clicked(self) -> None:
        await self.run_action("edit")

    async def action_edit(self) -> None:
        from tui.screens.follow_up_plan_dialogs import RuleDialog

        outcome = self.current
        await self.open(RuleDialog(outcome, self.plan.rule(outcome)), partial(self._edited, outcome))

    def _edited(self, outcome: str, answer: tuple[Rule] | None) -> None:
        if answer is not None:
            self._set(outcome, answer[0])

    def action_drop(self) -> None:
        """Nothing of its own for an exact outcome: the general rule holds."""
        self._change(self.plan.without(self.current))

    async def action_load(self) -> None:
        from tui.screens.follow_up_plan_dialogs import PlansDialog

        await self.open(PlansDialog(), self._loaded)

    def _loaded(self, named: NamedPlan | None) -> None:
        if named is not None:
            self.named = named
            self._change(named.plan)

    async def action_save(self) -> None:
        from tui.screens.follow_up_plan_dialogs import SavePlanDialog

        name = "" if self.named.built_in else self.named.name
        await self.open(SavePlanDialog(self.plan, name), self._saved)

    def _saved(self, named: NamedPlan | None) -> None:
        if named is not None:
            self.named = named
            self._show()
            self.notify(say("screens.plan.saved", name=short(named.name)))

    def action_delete(self) -> None:
        self.work(partial(self._delete, self.named))

    async def _delete(self, named: NamedPlan) -> None:
        from tui.screens.question import Question

        name = short(named.name)
        if await self.ask(Question(say("screens.plan.delete_title"), say("screens.plan.delete_text", name=name),
                                   say("screens.delete.yes"))):
            await remove_plan(self.services, named.name)
            self.named = BUILT_IN
            self._change(self.plan)
            self.notify(say("screens.plan.deleted", name=name))

    def action_copy_plan(self) -> None:
        """The plan as it is written, as the command takes it."""
        self.copy_to_clipboard(plan_text(self.plan))

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
