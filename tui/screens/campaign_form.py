"""The form of a draft: eight sections, checked as one types, kept on every change."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from textual import on

from tui.campaign.fields import FIELDS, KEY_OF_TARGET, PHONE_LIST, QUEUE, TARGET_FIELDS, Section
from tui.campaign.menu import MenuEdits
from tui.campaign.rules import errors
from tui.config.keymap import Place
from tui.i18n.words import say
from tui.screens.account_picker import PICKED, AccountPicker
from tui.screens.form_sections import Sections
from tui.screens.menu_summary import MenuSummary
from tui.store import Campaign
from tui.widgets.binding import bindings
from tui.widgets.editors import EntryLine
from tui.widgets.field_row import FieldRow, put, row_of
from tui.widgets.page import Pane

WATCH_SECONDS = 0.5


class CampaignFormScreen(Sections):
    """One draft. What is typed goes to the store at once; what others change there is taken over."""

    HELP_TOPIC = "form"
    BINDINGS = bindings(Place.CAMPAIGN_FORM, Place.FORM_FIELDS)

    def __init__(self, draft: Campaign | Mapping[str, str]) -> None:
        super().__init__(draft)
        self._edits: MenuEdits | None = None

    def on_mount(self) -> None:
        self.focus_field("")
        self.recheck()
        self.work(self._recall, group="account")
        self.front_timer = self.set_interval(WATCH_SECONDS, self.watch_store)

    async def _recall(self) -> None:
        """What is remembered of the account gives the names; the provider isn't asked for them here."""
        await self.services.directory.recall()
        self.recheck()

    # from field to field

    async def action_enter(self) -> None:
        """From a field to the next; from the menu to its editor."""
        if isinstance(self.focused, MenuSummary):
            await self.action_menu()
        else:
            self.action_field(1)

    def action_field(self, step: int) -> None:
        """From a field to the next or the previous one."""
        self.action_step(step)
        self.tell_help_of(self.focused)  # now, so that it is one picture with the focus

    def action_page(self, direction: int) -> None:
        self.query_one("#pane", Pane).scroll_by(pages=direction)

    async def action_problem(self) -> None:
        """Go to the next problem after the field that has the focus."""
        wrong = errors(self.known_problems) or self.known_problems
        names = [*FIELDS, PHONE_LIST]
        order = sorted({problem.field for problem in wrong}, key=names.index)
        row = row_of(self.focused)
        here = names.index(row.field.name) if row is not None else -1
        await self.jump(next((name for name in order if names.index(name) > here), order[0]))

    async def jump(self, field: str) -> None:
        """Go to a field, in whichever section it is."""
        await self.go_to(FIELDS[field].section if field in FIELDS else Section.NUMBERS, field)
        if field in TARGET_FIELDS and self.why_not("menu") is None:
            await self.action_menu(KEY_OF_TARGET[field])

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        row = row_of(self.focused)
        if action in ("field", "enter", "page"):
            below = action == "field" and isinstance(self.focused, EntryLine)  # the list, under the line to add by
            return below or row is not None or isinstance(self.focused, MenuSummary)
        return action not in ("menu", "pick") or self.why_not(action) is None

    def why_not(self, action: str) -> str | None:
        row = row_of(self.focused)
        if action == "pick" and (row is None or row.field.name not in PICKED):
            return say("screens.form.nothing_to_pick")
        if action == "problem" and not self.known_problems:
            return say("screens.form.nothing_wrong")
        no_menu = action == "menu" and self.values.get("call_type", "") == QUEUE
        return say("screens.form.no_menu") if no_menu else None

    # the menu

    async def action_menu(self, place: str = "1") -> None:
        """To the digit-target editor, at a key of the phone."""
        from tui.screens.digit_target_editor import DigitTargetEditor

        await self.settle()
        await self.open(DigitTargetEditor(self, place))

    async def action_menu_at(self, place: str) -> None:
        await self.action_menu(place)

    @on(MenuSummary.Asked)
    async def _menu_asked(self) -> None:
        await self.action_menu()

    @property
    def menu_edits(self) -> MenuEdits:
        """The past of this draft's menu in this session."""
        known = self.santral.menu_edits
        if self.campaign is None:
            self._edits = self._edits or MenuEdits(self.values)
            return self._edits
        if self.campaign.id not in known:
            known[self.campaign.id] = self._edits or MenuEdits(self.values)
        return known[self.campaign.id]

    # picking

    async def action_pick(self) -> None:
        """Choose among what the account has; what is typed ahead is typed in the dialog."""
        row = row_of(self.focused)
        if row is not None and row.field.name in PICKED:
            await self.settle()
            dialog = AccountPicker(row.field.name, row.editor.text, partial(self._picked, row))
            await self.open(dialog, lambda _: self.recheck())  # the account may be known better now

    def _picked(self, row: FieldRow, value: str) -> None:
        put(row.editor, value)
        self.change(row.field.name, value)
