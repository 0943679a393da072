"""The form of a draft: eight sections, checked as one types, kept on every change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widget import Widget

from tui.app.screen import AppScreen
from tui.app.store_watcher import Watcher
from tui.campaign.parsed_draft import ParsedDraft
from tui.campaign.phone_list import PhoneList
from tui.campaign.rules import Problem, check, no_caller
from tui.config.keymap import Place
from tui.core.sanitize import visible
from tui.i18n.words import say
from tui.screens.form_model import FormModel
from tui.screens.form_navigation import FormNavigation, show_help_of
from tui.screens.form_opening import FormMenu, FormPicking
from tui.screens.form_pane import FormPane
from tui.screens.form_section import FormSection
from tui.screens.form_title import FormTitle, kept_text
from tui.screens.form_typing import FormTyping
from tui.screens.menu_summary import MenuSummary
from tui.screens.sections import SectionList
from tui.store import Campaign
from tui.text.formats import sentence, short
from tui.widgets.binding import bindings
from tui.widgets.editors import Edited
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
        self.host: AppScreen[None] = self
        self._first_field = field
        self.model = FormModel(draft, self._check)
        self.typing = FormTyping(self, self.model, typed=lambda: list(self.pane.typed()), lines=lambda: self.pane.lines)
        self.keeper = self.typing.keeper
        self.menu = FormMenu(self)
        self.picking = FormPicking(self)
        self.navigation = FormNavigation(self, self.menu, lambda: self.pane)
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
            self.call_after_refresh(self.navigation.jump, self._first_field)
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
        show_help_of(self, event.widget)

    def refresh_texts(self) -> None:
        from tui.app.retranslate import retranslate

        self.pane.retranslate()
        self.model.recheck()
        self.show_help("")
        show_help_of(self, self.focused)
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

    # where one goes

    def why_no_paste(self) -> str:
        return say("screens.form.no_paste", section=say("campaign.section.numbers"))

    @on(SectionList.Chosen)
    async def _section_chosen(self, event: SectionList.Chosen) -> None:
        await self.navigation.go_to(event.section)

    @on(MenuSummary.Asked)
    async def _menu_asked(self) -> None:
        await self.menu.action_open()
