"""What is asked about a follow-up plan: a rule of it, its name, which plan, whether its drafts are to be made."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from tui.app.dialog import CANCEL, Dialog, DialogButton, labelled, problem_line, text_line
from tui.campaign.follow_up_grammar import BadPlan, read_again
from tui.campaign.follow_up_plan import Again, Plan, Rule, plan_text
from tui.core.sanitize import visible
from tui.i18n.words import folded, say
from tui.operations.follow_up_plan import PlannedFollowUp, make_planned
from tui.operations.saved_plans import NamedPlan, plan_name, plan_named, plans_of, save_plan
from tui.screens.offering import OfferLine, Offers
from tui.store import Campaign
from tui.text.follow_up_plan import after_text, counted_text, hours_text, listed_plan_text, outcome_text
from tui.text.formats import sentence, short, window_text
from tui.widgets.button import Button
from tui.widgets.editors import ChoiceEditor, Edited, LineEditor
from tui.widgets.table import fit

_AGAIN, _NEVER = "again", "never"


class RuleDialog(Dialog[tuple[Rule]]):
    """What becomes of one outcome: never, or when, at which hours, how often. Its answer is the rule, in a tuple."""

    BUTTONS = (CANCEL, DialogButton("yes", "screens.plan.take", "primary"))
    AUTO_FOCUS = "ChoiceEditor"

    def __init__(self, outcome: str, rule: Rule) -> None:
        super().__init__()
        self._outcome = outcome
        self._rule = rule

    def heading(self) -> str:
        return say("screens.plan.rule_title", outcome=outcome_text(self._outcome))

    def body(self) -> ComposeResult:
        rule = self._rule or Again()
        yield labelled(say("screens.plan.whether"), ChoiceEditor(
            [(_AGAIN, say("screens.plan.again")), (_NEVER, say("screens.plan.not_again"))],
            _NEVER if self._rule is None else _AGAIN))
        yield labelled(say("screens.plan.after"), LineEditor(after_text(rule.after), id="after"))
        yield labelled(say("screens.plan.hours"), LineEditor(hours_text(rule), id="hours"))
        yield labelled(say("screens.plan.times"), LineEditor(str(rule.times), id="times"))
        yield text_line(say("screens.plan.rule_hint"))
        yield problem_line()

    @on(Edited)
    def _typed(self, event: Edited) -> None:
        """Whoever types when means that it is called again."""
        if isinstance(event.editor, LineEditor):
            self.query_one(ChoiceEditor).put(_AGAIN)

    @on(LineEditor.Submitted)
    def _next(self, event: LineEditor.Submitted) -> None:
        following = {"after": "#hours", "hours": "#times", "times": "#yes"}
        self.set_focus(self.query_one(following[str(event.input.id)]))

    @on(Button.Pressed, "#yes")
    def _confirmed(self) -> None:
        if self.query_one(ChoiceEditor).text == _NEVER:
            self.dismiss((None,))
            return
        after, hours, times = (self.query_one(f"#{name}", LineEditor).value for name in ("after", "hours", "times"))
        try:
            rule = read_again(after, hours, times)
        except BadPlan as bad:
            self.show_problem(sentence(bad.reason))
            return
        self.dismiss((rule,))


class SavePlanDialog(Dialog[NamedPlan]):
    """Keeps a plan under a name. One of that name is replaced, after saying so."""

    HEADING = "screens.plan.save_title"
    BUTTONS = (CANCEL, DialogButton("yes", "screens.plan.save", "primary"))
    AUTO_FOCUS = "LineEditor"

    def __init__(self, plan: Plan, name: str) -> None:
        super().__init__()
        self._plan = plan
        self._proposed = name
        self._asked_about = ""  # the name of which it was said that it is taken: enter again replaces it

    def body(self) -> ComposeResult:
        yield labelled(say("screens.plan.name"), LineEditor(self._proposed))
        yield text_line(visible(plan_text(self._plan)))
        yield problem_line()

    def typed_anew(self) -> None:
        """What was said of a name holds until another one is kept."""

    @on(LineEditor.Submitted)
    @on(Button.Pressed, "#yes")
    def _entered(self) -> None:
        if self._asked_about and self.santral.held():
            return  # the plan of that name would be replaced
        self.work(self._attempt_save, exclusive=True)

    async def _attempt_save(self) -> None:
        await self.attempt(self._save)

    async def _save(self) -> None:
        name = plan_name(self.query_one(LineEditor).value)
        kept = await self.services.thread(self.services.store.saved_plans.all, self.services.profile.name)
        if any(folded(one.name) == folded(name) for one in kept) and folded(self._asked_about) != folded(name):
            self._asked_about = name
            self.show_problem(say("screens.plan.name_taken", name=short(name)))
            return
        await save_plan(self.services, name, self._plan)
        self.dismiss(await plan_named(self.services, name))


class PlansDialog(Dialog[NamedPlan]):
    """Which plan: the one that is built in, or one that was kept."""

    HEADING = "screens.plan.load_title"
    AUTO_FOCUS = "LineEditor"
    FRAME = "dialog wide"
    begun = False  # what is typed in it only finds

    def __init__(self) -> None:
        super().__init__()
        self.offers = Offers[NamedPlan](self)
        self.line = OfferLine(self.offers, "", say("screens.plan.find"))
        self._plans: list[NamedPlan] | None = None  # None till they are read

    def body(self) -> ComposeResult:
        yield self.line
        yield problem_line()
        yield self.offers

    def on_mount(self) -> None:
        super().on_mount()
        self.work(self._read, group="look", exclusive=True)

    @on(Edited)
    def _searched(self) -> None:
        self._offer()

    async def _read(self) -> None:
        self._plans, unread = await plans_of(self.services)
        self.refuse(unread)
        self._offer()

    def _offer(self) -> None:
        words = folded(self.line.value).split()
        found = [plan for plan in self._plans or []
                 if all(word in folded(listed_plan_text(plan.name)) for word in words)]
        self.offers.offer(found, map(_plan_row, found), 0 if found else None)

    async def look(self) -> None:
        """What fits is there already."""

    def went_to(self, row: NamedPlan) -> None:
        pass

    def enter(self) -> None:
        """Take the row that is marked."""
        if (row := self.offers.row) is not None:
            self.choose(row)
        else:
            self.notify(say("screens.still_reading" if self._plans is None else "screens.plan.none_found"),
                        severity="warning")

    def choose(self, row: NamedPlan) -> None:
        self.dismiss(row)


def _plan_row(named: NamedPlan) -> Content:
    return Content.assemble(f"{fit(visible(listed_plan_text(named.name)), 24)}  ", (plan_text(named.plan), "$muted"))


class MakeDialog(Dialog[list[Campaign]]):
    """Makes the drafts, which are its answer. Nobody is called by that."""

    BUTTONS = (CANCEL, DialogButton("yes", "screens.plan.make", "primary", confirms=True))
    AUTO_FOCUS = "#yes"

    def __init__(self, planned: PlannedFollowUp) -> None:
        super().__init__()
        self._planned = planned

    def heading(self) -> str:
        return say("screens.plan.make_title", count=len(self._planned.drafts))

    def body(self) -> ComposeResult:
        planned, now = self._planned, self.services.now()
        lines = [f"{window_text(draft.window, now)} · {counted_text(draft.outcomes)}" for draft in planned.drafts]
        lines.append(say("screens.plan.make_text", count=planned.numbers - planned.planned))
        yield Static("\n".join(map(visible, lines)), markup=False, classes="text")
        yield problem_line()

    @on(Button.Pressed, "#yes")
    def _confirmed(self) -> None:
        self.work(self._attempt_make, group="make", exclusive=True)

    async def _attempt_make(self) -> None:
        await self.attempt(self._make)

    async def _make(self) -> None:
        services, planned = self.services, self._planned
        made = await make_planned(services, planned.source.id, planned.plan_name, planned.plan)
        drafts = [await services.thread(services.store.campaigns.get, draft.draft) for draft in made.drafts
                  if draft.draft is not None]
        self.dismiss(drafts)
