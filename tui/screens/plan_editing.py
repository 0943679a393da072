"""A follow-up plan as it is edited: its rules changed one by one, another opened, and itself saved under a name."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from tui.app.screen import AppScreen
from tui.campaign.follow_up_plan import STANDARD, Again, Plan, Rule, outcome_named, plan_text
from tui.core.reason import Reason
from tui.i18n.words import say
from tui.operations.saved_plans import BUILT_IN, NamedPlan, remove_plan
from tui.text.follow_up_plan import outcome_text
from tui.text.formats import sentence, short
from tui.widgets.command_owner import CommandOwner


class PlanEditing(CommandOwner):
    """`current`: the outcome under the cursor of its screen. `became` is called when the plan has changed, `saved` when
    it is saved under a name.
    """

    def __init__(self, screen: AppScreen[Any], current: Callable[[], str], became: Callable[[], None],
                 saved: Callable[[], None]) -> None:
        self._screen = screen
        self._current = current
        self._became = became
        self._saved_as = saved
        self.named = BUILT_IN  # as it was opened or saved last
        self.plan = BUILT_IN.plan

    @property
    def changed(self) -> bool:
        """Whether the plan is another than the one that was opened or saved."""
        return self.plan != self.named.plan

    def why_not(self, action: str) -> str | None:
        outcome = self._current()
        if action == "delete" and self.named.built_in:
            return sentence(Reason("operations.plan.is_built_in", {"name": self.named.name}))
        if action == "drop" and outcome in STANDARD:
            return say("screens.plan.not_exact", outcome=outcome_text(outcome))
        if action == "drop" and outcome not in self.plan.rules:
            return say("screens.plan.as_already", outcome=outcome_text(self.plan.place_of(outcome)))
        if action in ("edit", "turn") and outcome_named(outcome) != outcome:
            return say("screens.plan.no_rule", outcome=short(outcome_text(outcome)))
        return None

    def change(self, plan: Plan) -> None:
        self.plan = plan
        self._became()

    def _set(self, outcome: str, rule: Rule) -> None:
        self.change(self.plan.with_rule(outcome, rule))

    def action_turn(self) -> None:
        """Whether the outcome is called again, by the rule that it had last."""
        outcome = self._current()
        self._set(outcome, None if self.plan.rule(outcome) is not None else BUILT_IN.plan.rule(outcome) or Again())

    async def action_edit(self) -> None:
        from tui.screens.follow_up_plan_dialogs import RuleDialog

        outcome = self._current()
        await self._screen.open(RuleDialog(outcome, self.plan.rule(outcome)), partial(self._edited, outcome))

    def _edited(self, outcome: str, answer: tuple[Rule] | None) -> None:
        if answer is not None:
            self._set(outcome, answer[0])

    def action_drop(self) -> None:
        """Nothing of its own for an exact outcome: the general rule holds."""
        self.change(self.plan.without(self._current()))

    async def action_load(self) -> None:
        from tui.screens.follow_up_plan_dialogs import PlansDialog

        await self._screen.open(PlansDialog(), self._loaded)

    def _loaded(self, named: NamedPlan | None) -> None:
        if named is not None:
            self.named = named
            self.change(named.plan)

    async def action_save(self) -> None:
        from tui.screens.follow_up_plan_dialogs import SavePlanDialog

        name = "" if self.named.built_in else self.named.name
        await self._screen.open(SavePlanDialog(self.plan, name), self._saved)

    def _saved(self, named: NamedPlan | None) -> None:
        if named is not None:
            self.named = named
            self._saved_as()
            self._screen.notify(say("screens.plan.saved", name=short(named.name)))

    def action_delete(self) -> None:
        self._screen.work(partial(self._delete, self.named))

    async def _delete(self, named: NamedPlan) -> None:
        from tui.screens.question import Question

        name = short(named.name)
        question = Question(say("screens.plan.delete_title"), say("screens.plan.delete_text", name=name),
                            say("screens.delete.yes"))
        if await self._screen.ask(question):
            await remove_plan(self._screen.services, named.name)
            self.named = BUILT_IN
            self.change(self.plan)
            self._screen.notify(say("screens.plan.deleted", name=name))

    def action_copy_plan(self) -> None:
        """The plan as it is written, as the command takes it."""
        self._screen.copy_to_clipboard(plan_text(self.plan))
