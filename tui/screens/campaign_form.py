"""The form of a draft: eight sections, checked as one types, kept on every change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widget import Widget

from tui.app.screen import AppScreen
from tui.app.store_watcher import Watcher
from tui.campaign.fields import FIELDS, KEY_OF_TARGET, PHONE_LIST, QUEUE, TARGET_FIELDS, Section
from tui.campaign.parsed_draft import ParsedDraft
from tui.campaign.phone_list import PhoneList
from tui.campaign.rules import Problem, check, errors, no_caller
from tui.config.keymap import Place
from tui.core.sanitize import visible
from tui.i18n.words import say
from tui.screens.account_picker import PICKED, AccountPicker
from tui.screens.form_model import FormModel
from tui.screens.form_pane import FormPane
from tui.screens.form_section import FormSection
from tui.screens.form_title import FormTitle, kept_text
from tui.screens.form_typing import FormTyping
from tui.screens.menu_summary import MenuSummary
from tui.screens.sections import SectionList
from tui.store import Campaign
from tui.text.formats import sentence, short
from tui.text.keys import FIELD_HELP
from tui.widgets.binding import bindings
from tui.widgets.editors import Edited, EntryLine
from tui.widgets.field_row import FieldRow, row_of
from tui.widgets.lines import KeyLine, Note
from tui.widgets.presence import there

WATCH_SECONDS = 0.5


class CampaignFormScreen(AppScreen[None]):
    """One draft, one section at a time. It paints a `FormModel`, and has a `FormKeeper` keep what is typed.

    It is left only when the store has all of it.
    """

    HELP_TOPIC = "form"
    LOSES = "unkept"
    BINDINGS = bindings(Place.CAMPAIGN_FORM, Place.FORM_FIELDS)

    def __init__(self, draft: Campaign | Mapping[str, str], *, field: str = "") -> None:
        """`draft` is one that is kept, or the values of a new one, which is kept from its first change on. `field`: at
        which it is opened."""
        super().__init__()
        self._first_field = field
        self.model = FormModel(draft, self._check)
        self.typing = FormTyping(self, self.model, typed=lambda: list(self.pane.typed()), lines=lambda: self.pane.lines)
        self.keeper = self.typing.keeper
        self._watcher = Watcher(self, self.look)

    def compose(self) -> ComposeResult:
        yield FormTitle(id="title")
        with Horizontal(id="form"):
            yield SectionList()
            yield FormSection(self)
        yield Note(id="help")
        yield KeyLine()

    def on_mount(self) -> None:
        self.model.changed.add(self._show_changed)
        self.model.replaced.add(self.pane.put)
        self.model.kept.add(self._show_title)
        if self._first_field:
            self.call_after_refresh(self.jump, self._first_field)
        else:
            self.pane.focus_field("")
        self.model.recheck()
        self.work(self._recall, group="account")
        self._watcher.start(WATCH_SECONDS)

    def _check(self, draft: ParsedDraft, phones: PhoneList) -> list[Problem]:
        return no_caller(draft) + check(draft, phones, self.services.now(), self.services.calling_policy())

    async def _recall(self) -> None:
        """What is remembered of the account gives the names; the provider isn't asked for them here."""
        await self.services.directory.recall()
        self.model.recheck()

    @property
    def host(self) -> AppScreen[None]:
        return self

    @property
    def campaign(self) -> Campaign | None:
        """The draft in the store; None as long as nothing was typed in a new one."""
        return self.model.campaign

    @property
    def pane(self) -> FormSection:
        return self.query_one("#pane", FormSection)

    @property
    def begun(self) -> bool:
        """Where the store takes nothing."""
        return self.model.stuck

    # what is shown

    def _show_changed(self, fields: frozenset[str]) -> None:
        self.pane.show(fields)
        self._show_title()
        self._show_sections()

    def _show_title(self) -> None:
        self.query_one(FormTitle).show(self.model, self.services.profile.name, behind=self.typing.ahead_of_model)

    def _show_sections(self) -> None:
        self.query_one(SectionList).show(self.pane.section, self.model.draft, self.model.known_problems)

    @property
    def kept_text(self) -> str:
        return kept_text(self.model, behind=self.typing.ahead_of_model)

    def before_picture(self) -> Iterator[Widget]:
        """Never does a text stand under a sign that it is kept before it is."""
        for title in self.query(FormTitle):
            self._show_title()
            yield title
            yield from (editor for _name, _text, editor in self.typing.editors())

    def show_reviewed(self, problems: list[Problem]) -> None:
        self.model.reviewed = problems
        self._show_title()
        self._show_sections()

    def set_launching(self, launching: bool) -> None:  # noqa: FBT001 - one fact, two values
        self.launching = self.model.launching = launching
        if self.query(FormTitle):  # the app may be on its way out
            self._show_title()
            self.show_help(say("screens.form.wait") if launching else "")

    def show_help(self, text: str) -> None:
        self.query_one("#help", Note).text = text

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        self._show_help_of(event.widget)

    def _show_help_of(self, widget: Widget | None) -> None:
        row = row_of(widget)
        if row is not None:  # the panes of numbers and of Review say there what they have to say
            self.show_help(say(FIELD_HELP[row.field.name]))
        elif isinstance(widget, MenuSummary):
            self.show_help(say("screens.menu.open"))

    def refresh_texts(self) -> None:
        from tui.app.retranslate import retranslate

        self.pane.retranslate()
        self.model.recheck()
        self.show_help("")
        self._show_help_of(self.focused)
        for pane in self.pane.standing(FormPane):
            retranslate(pane)
            if there(pane):
                pane.refresh_texts()

    # what is typed

    @on(Edited)
    def _edited(self, event: Edited) -> None:
        self.typing.edited(event)

    async def keep_all(self) -> None:
        await self.typing.keep_all()

    async def action_leave(self) -> None:
        await self.keep_all()
        if self.app.screen is not self:
            return  # what was entered asks something: that is answered first
        if self.launching:
            self.notify(say("screens.form.wait"), severity="warning")
        elif self.model.unsaved and self.model.not_kept is not None:
            why = visible(sentence(self.model.not_kept))
            self.notify(say("screens.form.leave_unkept", why=why), severity="error")
            self.work(self.keeper.write, group="keep")
        else:
            self.dismiss()

    # what others change

    async def look(self) -> None:
        if await self.keeper.look():
            for pane in self.pane.standing(FormPane):
                pane.draft_changed()
        campaign = self.model.campaign
        if campaign is not None and not self.model.editable and not self.launching and self.app.screen is self:
            name = short(campaign.name or say("screens.unnamed"))
            self.notify(say("screens.form.taken", name=name), severity="warning")
            self.dismiss()

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
        self._show_help_of(self.focused)  # now, so that it is one picture with the focus

    def action_page(self, direction: int) -> None:
        self.pane.scroll_by(pages=direction)

    async def action_problem(self) -> None:
        """Go to the next problem after the field that has the focus."""
        known = self.model.known_problems
        names = [*FIELDS, PHONE_LIST]
        order = sorted({problem.field for problem in errors(known) or known}, key=names.index)
        row = row_of(self.focused)
        here = names.index(row.field.name) if row is not None else -1
        await self.jump(next((name for name in order if names.index(name) > here), order[0]))

    async def jump(self, field: str) -> None:
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
        if action == "problem" and not self.model.known_problems:
            return say("screens.form.nothing_wrong")
        no_menu = action == "menu" and self.model.values.get("call_type", "") == QUEUE
        return say("screens.form.no_menu") if no_menu else None

    def why_no_paste(self) -> str:
        return say("screens.form.no_paste", section=say("campaign.section.numbers"))

    # from section to section

    async def action_section(self, step: int) -> None:
        sections = list(Section)
        await self.go_to(sections[(sections.index(self.pane.section) + step) % len(sections)])

    async def action_review(self) -> None:
        await self.go_to(Section.REVIEW)

    @on(SectionList.Chosen)
    async def _section_chosen(self, event: SectionList.Chosen) -> None:
        await self.go_to(event.section)

    async def go_to(self, section: Section, field: str = "") -> None:
        """Go to a section within the key's own handling: what is typed ahead waits, and lands there."""
        await self.typing.settle()
        await self.screen_work.guarded(partial(self.pane.go_to, section, field))

    # the menu

    async def action_menu(self, place: str = "1") -> None:
        """To the digit-target editor, at a key of the phone."""
        from tui.screens.digit_target_editor import DigitTargetEditor

        await self.typing.settle()
        await self.open(DigitTargetEditor(self, place))

    async def action_menu_at(self, place: str) -> None:
        await self.action_menu(place)

    @on(MenuSummary.Asked)
    async def _menu_asked(self) -> None:
        await self.action_menu()

    # picking

    async def action_pick(self) -> None:
        """Choose among what the account has; what is typed ahead is typed in the dialog."""
        row = row_of(self.focused)
        if row is not None and row.field.name in PICKED:
            await self.typing.settle()
            dialog = AccountPicker(row.field.name, row.editor.text, partial(self._picked, row))
            await self.open(dialog, lambda _: self._picker_left())

    def _picked(self, row: FieldRow, value: str) -> None:
        self.keeper.change({row.field.name: value}, typed=False)

    def _picker_left(self) -> None:
        self.model.recheck()  # the account may be known better now
