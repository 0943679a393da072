"""The form of a draft: eight sections, checked as one types, kept on every change."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.css.query import NoMatches
from textual.widget import Widget
from textual.widgets import Static

from tui.campaign.draft import Draft, PhoneList
from tui.campaign.fields import (
    FIELDS,
    KEY_OF_TARGET,
    OPT_OUT,
    PHONE_LIST,
    QUEUE,
    TARGET_FIELDS,
    WEBHOOK_URL,
    Kind,
    Section,
    fields_of,
)
from tui.campaign.menu_edits import MenuEdits
from tui.campaign.reason import Reason
from tui.campaign.rules import Problem, check, errors, gravest
from tui.campaign.schedule import ISTANBUL
from tui.meaning import meaning_text
from tui.operations.launch import phones_of
from tui.screens.base import AppScreen
from tui.screens.menu_summary import MenuSummary
from tui.screens.numbers import NumbersPane
from tui.screens.pick import PICKED, PickDialog
from tui.screens.review import ReviewPane
from tui.screens.sections import SectionList
from tui.screens.windows_summary import WindowsSummary
from tui.store import Campaign, StoreError
from tui.visible import visible
from tui.widgets.binding import bind
from tui.widgets.editors import Edited, LineEditor
from tui.widgets.field_row import FieldRow, put
from tui.widgets.keypad import PHONE_IDS
from tui.widgets.lines import KeyLine, Note, TitleLine
from tui.widgets.page import Pane
from tui.wording import MARKS, sentence, short
from tui.words import say

WATCH_SECONDS = 0.5


class FormScreen(AppScreen[None]):
    """One draft. What is typed goes to the store at once; what others change there is taken over."""

    BINDINGS = [
        bind("form.pick", "pick"), bind("form.previous", "section(-1)"), bind("form.next", "section(1)"),
        bind("form.problem", "problem"), bind("form.review", "review"), bind("form.menu", "menu"),
        bind("move.up", "field(-1)", show=False), bind("move.down", "field(1)", show=False),
        bind("move.page_up", "page(-1)", show=False), bind("move.page_down", "page(1)", show=False),
        bind("move.enter", "enter", show=False),
        *(bind(phone_id, f"menu_at('{key}')", show=False) for key, phone_id in PHONE_IDS.items()),
        bind("app.back", "leave"), bind("app.help", "app.help_screen"),
    ]

    def __init__(self, draft: Campaign | Mapping[str, str]) -> None:
        """`draft` is one that is kept, or the values of a new one, which is kept from its first change on."""
        super().__init__(classes="-form")
        self.campaign = draft if isinstance(draft, Campaign) else None
        self.section = Section.BASICS
        self.values = dict(draft.fields if isinstance(draft, Campaign) else draft)
        self.problems: list[Problem] = []
        self.launching = False
        self.on_values: Callable[[], None] | None = None  # told when values, problems or what is kept change
        self._unsaved: dict[str, str] = {}
        self._not_kept: Reason | None = None
        self._version = -1
        self._making = asyncio.Lock()
        self._edits: MenuEdits | None = None

    def compose(self) -> ComposeResult:
        yield TitleLine(id="title")
        with Horizontal(id="form"):
            yield SectionList()
            with Pane(id="pane"):
                yield from self._rows(self.section)  # there from the first frame: what is typed ahead finds its field
        yield Note(id="help")
        yield KeyLine()

    def on_mount(self) -> None:
        self._focus("")
        self.recheck()
        self.work(self._recall, group="account")
        self.watch_every(WATCH_SECONDS, self.watch_store)

    async def _recall(self) -> None:
        """What is remembered of the account gives the names; the provider isn't asked for them here."""
        await self.services.directory.recall()
        self.recheck()

    async def _kept(self) -> Campaign:
        """The draft in the store; a new one is made there now."""
        services = self.services
        async with self._making:
            if self.campaign is None:
                made = await services.thread(services.store.drafts.create, services.profile.name, dict(self.values))
                self.campaign = await services.thread(services.store.campaigns.get, made)
            return self.campaign

    async def read_again(self) -> None:
        """Take over what the store has now, but for what is still on its way there."""
        services = self.services
        if self.campaign is None:
            return
        self._version = await services.thread(services.store.data_version)
        campaign = await services.thread(services.store.campaigns.get, self.campaign.id)
        self.campaign = campaign
        for name in (*FIELDS, OPT_OUT):
            text = campaign.fields.get(name, "")
            if name not in self._unsaved and self.values.get(name, "") != text:
                self.values[name] = text
                if row := self._row(name):
                    put(row.editor, text)
        self.recheck()

    def retell(self) -> None:
        from tui.screens.retranslate import retranslate

        for row in self.query(FieldRow):
            row.retranslate(self._empty(row.field.name))
        self.recheck()
        self.tell_help("")
        self._tell_help_of(self.focused)
        for pane in self.query("NumbersPane, ReviewPane").results(NumbersPane | ReviewPane):  # type: ignore[arg-type]  # it takes a union
            retranslate(pane)
            pane.retell()

    def set_launching(self, launching: bool) -> None:  # noqa: FBT001 - one fact, two values
        self.launching = launching
        self._tell_title()
        if launching:
            self.tell_help(say("screens.form.wait"))

    @property
    def editable(self) -> bool:
        return self.campaign is None or self.campaign.state.editable

    def watch_store(self) -> None:
        self.work(self.look, group="watch", exclusive=True)

    async def look(self) -> None:
        """Take over what others have changed; leave where the draft was launched or deleted elsewhere."""
        version = await self.services.thread(self.services.store.data_version)
        if version != self._version and not self.launching:
            before = self.campaign.revision if self.campaign is not None else None
            await self.read_again()
            if self.campaign is not None and self.campaign.revision != before and self.editable:
                for pane in self.query(NumbersPane):
                    self.work(pane.reload, group="numbers")
        campaign = self.campaign
        if campaign is not None and not self.editable and not self.launching and self.app.screen is self:
            name = short(campaign.name or say("screens.unnamed"))
            self.tell(say("screens.form.taken", name=name), severity="warning")
            self.dismiss()

    # what is typed

    @on(Edited)
    def _edited(self, event: Edited) -> None:
        row = _row_of(event.editor)
        if row is not None:
            self.change(row.field.name, event.text)

    @on(LineEditor.PastedLines)
    def _pasted(self) -> None:
        self.tell(say("screens.form.one_line"), severity="warning")

    def change(self, name: str, text: str) -> None:
        """A field has a new text: keep it, and check everything anew."""
        self.change_all({name: text})

    def change_all(self, changes: Mapping[str, str]) -> None:
        """Some fields have new texts: one step, kept at once."""
        if not changes:
            return
        self.values |= changes
        self._unsaved |= changes
        self.recheck()
        self.work(partial(self._keep, dict(self._unsaved)), group="keep")

    async def _keep(self, changes: dict[str, str]) -> None:
        try:
            campaign = await self._kept()
            await self.services.thread(self.services.store.drafts.change, campaign.id, changes)
        except StoreError as error:
            told, self._not_kept = self._not_kept, error.reason
            self._tell_kept()
            if told is None:
                raise
            return
        self._not_kept = None
        for name, text in changes.items():
            if self._unsaved.get(name) == text:
                del self._unsaved[name]
        self._tell_kept()

    def _tell_kept(self) -> None:
        self._tell_title()
        if self.on_values is not None:
            self.on_values()

    def recheck(self) -> None:
        """Work out every problem and show each at its fields."""
        phones = phones_of(self.campaign) if self.campaign is not None else PhoneList()
        self.problems = check(Draft(self.values), phones, self.services.now(), self.services.courtesy())
        for row in self.query(FieldRow):
            self._tell_row(row)
        for hears in self.query(MenuSummary):
            hears.show(self.values, self.services.directory.account, self.problems)
        for windows in self.query(WindowsSummary):
            windows.show(self.values, phones.callable)
        self._tell_title()
        self.query_one(SectionList).show(self.section, self.values, self.problems)
        if self.on_values is not None:
            self.on_values()

    def _tell_row(self, row: FieldRow) -> None:
        mine = [problem for problem in self.problems if problem.concerns(row.field.name)]
        row.tell([f"{MARKS[problem.weight]} {sentence(problem.reason)}" for problem in mine], gravest(mine))
        row.mean(meaning_text(row.field, row.editor.text, self.services.directory.account))

    def _tell_title(self) -> None:
        title = self.query_one(TitleLine)
        name = self.values.get("name", "") or say("screens.unnamed")
        title.left = f"{self.services.profile.name} › {name}"
        if self._not_kept is not None:
            title.tone, title.right = "bad", say("screens.form.not_kept")
        elif self.launching:
            title.tone, title.right = "doubt", say("screens.form.launching")
        else:
            title.tone = ""
            count = len(errors(self.problems))
            problems = say("screens.form.problems", count=count) if count else say("screens.form.no_problems")
            title.right = f"{problems}  {self.kept_text}"

    @property
    def kept_text(self) -> str:
        """Whether what was typed is in the store."""
        if self._not_kept is not None:
            return say("screens.form.not_kept")
        return say("screens.form.keeping") if self._unsaved else say("screens.form.kept")

    # sections

    async def show_section(self, section: Section, field: str = "") -> None:
        """Go to a section; to a field in it, where one is named."""
        self.section = section
        self.tell_help("")
        pane = self.query_one("#pane", Pane)
        with self.app.batch_update():
            await pane.remove_children()
            await self._fill(pane, section)
            self.recheck()
        pane.scroll_home(animate=False)
        self._focus(field)

    async def _fill(self, pane: Pane, section: Section) -> None:
        if section is Section.NUMBERS:
            await pane.mount(NumbersPane((await self._kept()).id))
            return
        if section is Section.REVIEW:
            await pane.mount(ReviewPane((await self._kept()).id))
            return
        await pane.mount_all(self._rows(section))

    def _rows(self, section: Section) -> Iterator[Widget]:
        call_type = self.values.get("call_type", "")
        if section is Section.MENU and call_type == QUEUE:
            yield Static(say("screens.form.no_menu"), markup=False, classes="note")
        for field in fields_of(section, call_type):
            if field.kind is not Kind.TARGET:  # those are edited as a menu
                yield FieldRow(field, self.values.get(field.name, ""), self._empty(field.name), self._today)
        if section is Section.MENU and call_type != QUEUE:
            yield MenuSummary()
        if section is Section.SCHEDULE:
            yield WindowsSummary()
        if section in (Section.RESULTS, Section.COMMERCIAL):
            yield Static(say(f"screens.form.{section}_note"), markup=False, classes="note")

    def _today(self) -> dt.date:
        return self.services.now().astimezone(ISTANBUL).date()

    def _empty(self, name: str) -> str | None:
        """What an empty field tells; None: what the provider does then."""
        ours = name == WEBHOOK_URL and self.services.public_url is not None
        return say("screens.form.our_webhook") if ours else None

    def _row(self, name: str) -> FieldRow | None:
        try:
            return self.query_one(f"#field-{name}", FieldRow)
        except NoMatches:
            return None

    def _focus(self, field: str) -> None:
        if field in TARGET_FIELDS:
            self.set_focus(self.query_one(MenuSummary))
            return
        row = self._row(field) if field else next(iter(self.query(FieldRow)), None)
        if row is not None:
            self.set_focus(row.editor)  # at once: Widget.focus() would come after what is typed ahead
            return
        for pane in self.query("NumbersPane, ReviewPane").results(NumbersPane | ReviewPane):  # type: ignore[arg-type]  # it takes a union
            pane.take_focus()
            return
        self.set_focus(None)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        self._tell_help_of(event.widget)

    def _tell_help_of(self, widget: Widget | None) -> None:
        row = _row_of(widget)
        if row is not None:  # the panes of numbers and of Review say there what they have to say
            self.tell_help(say(f"campaign.help.{row.field.name}"))
        elif isinstance(widget, MenuSummary):
            self.tell_help(say("screens.menu.open"))

    def tell_help(self, text: str) -> None:
        """Two lines above the keys, about what has the focus."""
        self.query_one("#help", Note).text = text

    async def action_menu(self, place: str = "1") -> None:
        """To the digit-target editor, at a key of the phone."""
        from tui.screens.menu import MenuScreen

        await self.settle()
        await self.app.push_screen(MenuScreen(self, place))

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

    async def action_enter(self) -> None:
        """From a field to the next; from the menu to its editor."""
        if isinstance(self.focused, MenuSummary):
            await self.action_menu()
        else:
            self.action_field(1)

    def action_field(self, step: int) -> None:
        """From a field to the next or the previous one."""
        if step > 0:
            self.focus_next()
        else:
            self.focus_previous()
        self._tell_help_of(self.focused)  # now, so that it is one picture with the focus

    def action_page(self, direction: int) -> None:
        pane = self.query_one("#pane", Pane)
        pane.scroll_relative(y=direction * max(1, pane.size.height - 2), animate=False)

    async def settle(self) -> None:
        """Wait until what was typed has arrived in its editor, and take it over."""
        if self.focused is not None:
            arrived = asyncio.Event()
            self.focused.call_later(arrived.set)
            await arrived.wait()
        for row in self.query(FieldRow):
            if row.editor.text != self.values.get(row.field.name, ""):
                self.change(row.field.name, row.editor.text)

    async def keep_all(self) -> None:
        """Take over what was typed, and wait until all of it is in the store: work ends with its screen."""
        await self.settle()
        keeping = [worker for worker in self.workers if worker.node is self and worker.group == "keep"]
        if keeping:  # of none, Textual waits for all there are
            await self.workers.wait_for_complete(keeping)

    async def action_section(self, step: int) -> None:
        sections = list(Section)
        await self.go_to(sections[(sections.index(self.section) + step) % len(sections)])

    async def go_to(self, section: Section, field: str = "") -> None:
        """Go to a section within the key's own handling: what is typed ahead waits, and lands there."""
        await self.settle()
        await self._guarded(partial(self.show_section, section, field))

    @on(SectionList.Chosen)
    async def _section_chosen(self, event: SectionList.Chosen) -> None:
        await self.go_to(event.section)

    async def action_review(self) -> None:
        await self.go_to(Section.REVIEW)

    async def action_problem(self) -> None:
        """Go to the next problem after the field that has the focus."""
        wrong = errors(self.problems) or self.problems
        if not wrong:
            self.tell(say("screens.form.no_problems"))
            return
        names = [*FIELDS, PHONE_LIST]
        order = sorted({problem.field for problem in wrong}, key=names.index)
        row = _row_of(self.focused)
        here = names.index(row.field.name) if row is not None else -1
        await self.jump(next((name for name in order if names.index(name) > here), order[0]))

    async def action_pick(self) -> None:
        """Choose among what the account has; what is typed ahead is typed in the dialog."""
        row = _row_of(self.focused)
        if row is not None and row.field.name in PICKED:
            await self.settle()
            dialog = PickDialog(row.field.name, row.editor.text, partial(self._picked, row))
            await self.app.push_screen(dialog, lambda _: self.recheck())  # the account may be known better now

    def _picked(self, row: FieldRow, value: str) -> None:
        put(row.editor, value)
        self.change(row.field.name, value)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        row = _row_of(self.focused)
        if action in ("field", "enter", "page"):
            return row is not None or isinstance(self.focused, MenuSummary)
        if action == "menu_at":
            return isinstance(self.focused, MenuSummary)
        if action == "menu":
            return self.values.get("call_type", "") != QUEUE
        if action == "pick":
            return row is not None and row.field.name in PICKED
        return True

    def why_not(self, action: str) -> str | None:
        if action == "pick":
            return say("screens.form.nothing_to_pick")
        return say("screens.form.no_menu") if action == "menu" else None

    async def jump(self, field: str) -> None:
        """Go to a field, in whichever section it is."""
        await self.go_to(FIELDS[field].section if field in FIELDS else Section.NUMBERS, field)
        if field in TARGET_FIELDS:
            await self.action_menu(KEY_OF_TARGET[field])

    async def action_leave(self) -> None:
        await self.keep_all()
        if self.launching:
            self.tell(say("screens.form.wait"), severity="warning")
        elif self._unsaved and self._not_kept is not None:
            self.tell(say("screens.form.leave_unkept", why=visible(sentence(self._not_kept))), severity="error")
            self.work(partial(self._keep, dict(self._unsaved)), group="keep")
        else:
            self.dismiss()


def _row_of(widget: Widget | None) -> FieldRow | None:
    """The row of a field that a widget is the editor of."""
    return next((node for node in widget.ancestors if isinstance(node, FieldRow)), None) if widget is not None else None
