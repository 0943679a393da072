"""From field to field of a form, from section to section, from problem to problem."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from textual.widget import Widget

from tui.campaign.fields import FIELDS, KEY_OF_TARGET, PHONE_LIST, TARGET_FIELDS, Section
from tui.campaign.rules import errors
from tui.i18n.words import say
from tui.screens.form_context import FormContext
from tui.screens.form_opening import FormMenu
from tui.screens.form_section import FormSection
from tui.screens.menu_summary import MenuSummary
from tui.text.keys import FIELD_HELP
from tui.widgets.command_owner import CommandOwner
from tui.widgets.editors import EntryLine
from tui.widgets.field_row import row_of


class FormNavigation(CommandOwner):
    """Moves the focus of a form, and shows another section where it leads there."""

    def __init__(self, form: FormContext, menu: FormMenu, pane: Callable[[], FormSection]) -> None:
        self._form = form
        self._menu = menu
        self._pane = pane

    @property
    def _focused(self) -> Widget | None:
        return self._form.host.focused

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action not in ("field", "enter", "page"):
            return True
        below = action == "field" and isinstance(self._focused, EntryLine)  # the list, under the line to add by
        return below or row_of(self._focused) is not None or isinstance(self._focused, MenuSummary)

    def why_not(self, action: str) -> str | None:
        nothing_wrong = action == "problem" and not self._form.model.known_problems
        return say("screens.form.nothing_wrong") if nothing_wrong else None

    # from field to field

    async def action_enter(self) -> None:
        """From a field to the next; from the menu to its editor."""
        if isinstance(self._focused, MenuSummary):
            await self._menu.action_open()
        else:
            self.action_field(1)

    def action_field(self, step: int) -> None:
        """From a field to the next or the previous one."""
        self._form.host.action_step(step)
        show_help_of(self._form, self._focused)  # now, so that it is one picture with the focus

    def action_page(self, direction: int) -> None:
        self._pane().scroll_by(pages=direction)

    async def action_problem(self) -> None:
        """Go to the next problem after the field that has the focus."""
        known = self._form.model.known_problems
        names = [*FIELDS, PHONE_LIST]
        order = sorted({problem.field for problem in errors(known) or known}, key=names.index)
        row = row_of(self._focused)
        here = names.index(row.field.name) if row is not None else -1
        await self.jump(next((name for name in order if names.index(name) > here), order[0]))

    async def jump(self, field: str) -> None:
        """Go to a field, in whichever section it is; to one of the menu in its editor."""
        await self.go_to(FIELDS[field].section if field in FIELDS else Section.NUMBERS, field)
        if field in TARGET_FIELDS and self._menu.why_not("open") is None:
            await self._menu.action_open(KEY_OF_TARGET[field])

    # from section to section

    async def action_section(self, step: int) -> None:
        sections = list(Section)
        await self.go_to(sections[(sections.index(self._pane().section) + step) % len(sections)])

    async def action_review(self) -> None:
        await self.go_to(Section.REVIEW)

    async def go_to(self, section: Section, field: str = "") -> None:
        """Go to a section within the key's own handling: what is typed ahead waits, and lands there."""
        await self._form.typing.settle()
        await self._form.host.screen_work.guarded(partial(self._pane().go_to, section, field))


def show_help_of(form: FormContext, widget: Widget | None) -> None:
    """What a field is for. The panes of numbers and of Review say there what they have to say."""
    row = row_of(widget)
    if row is not None:
        form.show_help(say(FIELD_HELP[row.field.name]))
    elif isinstance(widget, MenuSummary):
        form.show_help(say("screens.menu.open"))
