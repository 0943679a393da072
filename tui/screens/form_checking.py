"""A draft's values as its form tells them: what is wrong with them, what they mean, whether they are kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from textual.css.query import NoMatches
from textual.widget import Widget

from tui.app.screen import AppScreen
from tui.campaign.fields import TYPED_NUMBERS, Section
from tui.campaign.parsed_draft import ParsedDraft, parse_field
from tui.campaign.phone_list import PhoneList
from tui.campaign.rules import Problem, check, errors, gravest, no_caller
from tui.core.reason import Reason
from tui.i18n.words import say
from tui.operations.launch_request import phones_of
from tui.screens.form_pane import FormPane
from tui.screens.menu_summary import MenuSummary
from tui.screens.sections import SectionList
from tui.screens.windows_summary import WindowsSummary
from tui.store import Campaign
from tui.store.recipients import NO_REPEATED_CALLS
from tui.text.field_hints import meaning_text
from tui.text.formats import MARKS, sentence
from tui.widgets.editors import EntryLine
from tui.widgets.field_row import FieldRow
from tui.widgets.lines import Note, TitleLine
from tui.widgets.page import Pane

Shown = TypeVar("Shown", bound=Widget)


class Checking(AppScreen[None]):
    """Every problem is worked out anew with each change, and shown at its fields."""

    def __init__(self, draft: Campaign | Mapping[str, str]) -> None:
        """`draft` is one that is kept, or the values of a new one, which is kept from its first change on."""
        super().__init__()
        self.campaign = draft if isinstance(draft, Campaign) else None
        self.section = Section.BASICS
        self.draft = draft.draft if isinstance(draft, Campaign) else ParsedDraft(draft)
        self.problems: list[Problem] = []
        self.reviewed: list[Problem] | None = None  # what Review found, while it is shown: more than the fields know
        self.launching = False
        self.on_values: Callable[[], None] | None = None  # told when values, problems or what is kept change
        self.again = NO_REPEATED_CALLS  # the rows of its list that are called though an earlier one has their number
        self.unsaved: dict[str, str] = {}
        self._named = ""  # as the title names it
        self.not_kept: Reason | None = None

    @property
    def values(self) -> Mapping[str, str]:
        """The texts of its fields, as they were typed."""
        return self.draft.values

    @property
    def known_problems(self) -> list[Problem]:
        return self.problems if self.reviewed is None else self.reviewed

    def tell_reviewed(self, problems: list[Problem]) -> None:
        """Review found so much; title and sections say the same, until another section is gone to."""
        self.reviewed = problems
        self._tell_title()
        self.query_one(SectionList).show(self.section, self.draft, problems)

    def recheck(self) -> None:
        """Work out every problem and show each at its fields."""
        phones = phones_of(self.campaign, self.again) if self.campaign is not None else PhoneList()
        draft = self.draft
        self.problems = no_caller(draft) + check(draft, phones, self.services.now(), self.services.calling_policy())
        for row in self.standing(FieldRow):
            self._tell_row(row)
        for hears in self.standing(MenuSummary):
            hears.show(draft, self.services.directory.account, self.problems)
        for windows in self.standing(WindowsSummary):
            windows.show(draft, phones.callable - phones.again, phones.again)
        self._tell_title()
        self.query_one(SectionList).show(self.section, draft, self.known_problems)
        if self.on_values is not None:
            self.on_values()

    def standing(self, kind: type[Shown]) -> list[Shown]:
        """The widgets of a kind in the section that is shown. Of the whole screen, a query at each key takes long."""
        try:
            return [widget for widget in self.query_one("#pane", Pane).children if isinstance(widget, kind)]
        except NoMatches:
            return []

    def _tell_row(self, row: FieldRow) -> None:
        mine = [problem for problem in self.problems if problem.concerns(row.field.name)]
        row.show_problems([f"{MARKS[problem.weight]} {sentence(problem.reason)}" for problem in mine], gravest(mine))
        parsed = self.draft.field(row.field.name)
        if parsed.text != row.editor.text.strip():  # it is painted before it tells that it was edited
            parsed = parse_field(row.field, row.editor.text)
        row.mean(meaning_text(row.field, parsed, self.services.directory.account))

    def field_row(self, name: str) -> FieldRow | None:
        try:
            return self.query_one(f"#field-{name}", FieldRow)
        except NoMatches:
            return None

    def _tell_title(self) -> None:
        title = self.query_one(TitleLine)
        kept = self.kept_text
        # With the sign that it is kept, not before it: each letter of a name would paint the line once more.
        if not title.left or kept != say("screens.form.keeping"):
            self._named = self.values.get("name", "")
        title.left = f"{self.services.profile.name} › {self._named or say('screens.unnamed')}"
        if self.not_kept is not None:
            title.tone, title.right = "bad", say("screens.form.not_kept")
        elif self.launching:
            title.tone, title.right = "doubt", say("screens.form.launching")
        else:
            title.tone = ""
            count = len(errors(self.known_problems))
            problems = say("screens.form.problems", count=count) if count else say("screens.form.no_problems")
            title.right = f"{problems}  {kept}"

    def tell_kept(self) -> None:
        self._tell_title()
        if self.on_values is not None:
            self.on_values()

    @property
    def kept_text(self) -> str:
        """Whether what was typed is in the store."""
        if self.not_kept is not None:
            return say("screens.form.not_kept")
        return say("screens.form.keeping" if self.unsaved or self._is_behind() else "screens.form.kept")

    def _is_behind(self) -> bool:
        """Whether an editor shows what is still to be kept: it is painted before it tells that it was edited."""
        return any(text != self.values.get(name, "") for name, text, _editor in self._shown())

    def _shown(self) -> Iterator[tuple[str, str, Widget]]:
        """What stands in the editors that are there, each with the name of what is kept of it."""
        for row in self.standing(FieldRow):
            yield row.field.name, row.editor.text, row.editor
        for pane in self.standing(FormPane):
            for line in pane.query(EntryLine):
                yield TYPED_NUMBERS, line.standing, line

    def before_picture(self) -> Iterator[Widget]:
        """Never does a text stand under a sign that it is kept before it is."""
        if self.query(TitleLine):
            self._tell_title()
            yield self.query_one(TitleLine)
        for _name, _text, editor in self._shown():
            yield editor

    def set_launching(self, launching: bool) -> None:  # noqa: FBT001 - one fact, two values
        self.launching = launching
        if self.query(TitleLine):  # the app may be on its way out
            self._tell_title()
            self.tell_help(say("screens.form.wait") if launching else "")

    def tell_help(self, text: str) -> None:
        """Two lines above the keys, about what has the focus."""
        self.query_one("#help", Note).text = text
