"""The digit-target editor: what each key of the phone does, and what the callee hears then."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.containers import Horizontal
from textual.widget import Widget

from tui.app.screen import AppScreen
from tui.app.store_watcher import Watcher
from tui.campaign.account import Account, account_problems
from tui.campaign.menu import MENU_FIELDS, PLACES
from tui.campaign.target import Target
from tui.config.keymap import Place
from tui.i18n.words import say
from tui.screens.form_context import FormContext
from tui.screens.menu_editing import MenuEditing
from tui.screens.menu_texts import about_text, cell_of, menu_problems, summary_text
from tui.screens.whole_menus import WholeMenus
from tui.text.formats import short
from tui.text.menu import menu_lines
from tui.widgets.binding import bindings
from tui.widgets.keypad import Keypad
from tui.widgets.lines import KeyLine, Note, TitleLine
from tui.widgets.text_lines import TextLines

WATCH_SECONDS = 0.5
ASK_SECONDS = 3.0  # the directory asks the provider only for what has grown old


class DigitTargetEditor(AppScreen[None]):
    """Edits the menu of the form beneath it. Every change is in the draft at once, and can be taken back."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (112, "-wide")]
    HELP_TOPIC = "menu"
    BINDINGS = bindings(Place.DIGIT_TARGET_EDITOR)

    def __init__(self, form: FormContext, place: str = "1") -> None:
        super().__init__(classes="-menu")
        self._form = form
        self._model = form.model
        self.keypad = Keypad(place)
        self.editing = MenuEditing(self, form, self.keypad, self._show_place)
        self.menus = WholeMenus(self, form, self.editing)
        self._watcher = Watcher(self, self._look)
        self._listening: list[Callable[[], None]] = []  # each ends it
        self._summary = ""  # at the right of the title, before whether it is kept

    def compose(self) -> ComposeResult:
        yield TitleLine(id="title")
        with Horizontal(id="menu"):
            yield self.keypad
            yield TextLines(id="hears")
        yield Note(id="about")
        yield KeyLine()

    def on_mount(self) -> None:
        self.set_focus(self.keypad)
        self._listening = [self.services.directory.changed.add(self._account_changed),
                           self._model.changed.add(lambda _fields: self.show()), self._model.kept.add(self.show)]
        self.show()
        self._watcher.start(WATCH_SECONDS)
        self._ask()
        self._asking = self.set_interval(ASK_SECONDS, self._ask)

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Leave. It listens to nothing from now on: the next may be there before this one has gone."""
        for end in self._listening:
            end()
        return super().dismiss(result)

    @property
    def _account(self) -> Account:
        return self.services.directory.account

    async def _look(self) -> None:
        await self._form.look()
        if not self._model.editable and self.app.screen is self:
            self.dismiss()

    def _ask(self) -> None:
        """Have the account's lists asked for; those that are young, or may not be asked for yet, are left alone."""
        self.work(self.services.directory.refresh, group="account")

    def _account_changed(self) -> None:
        from tui.screens.target_picker import TargetPicker

        self.show()
        if isinstance(self.app.screen, TargetPicker) and self.app.screen.is_mounted:
            self.app.screen.show()

    # what is shown

    def show(self) -> None:
        """Show the menu as the draft has it now, with what is known of the account."""
        draft, account = self._model.draft, self._account
        self.keypad.put({place: cell_of(draft, place, account) for place in PLACES})
        problems = [*menu_problems(self._model.problems), *account_problems(draft.of_fields(MENU_FIELDS), account)]
        self.query_one(TextLines).put(menu_lines(draft, account, problems), self.keypad.place)
        title = self.query_one(TitleLine)
        title.left = say("screens.menu.title", name=short(draft.values.get("name", "") or say("screens.unnamed"), 40))
        self._summary = summary_text(self.editing.texts, problems)
        title.right = f"{self._summary}  {self._form.kept_text}"
        self._show_about()
        self.refresh_bindings()

    def before_picture(self) -> Iterator[Widget]:
        for title in self.query(TitleLine):
            title.right = f"{self._summary}  {self._form.kept_text}"
            yield title

    def refresh_texts(self) -> None:
        self.show()

    @on(Keypad.Moved)
    def _show_place(self) -> None:
        """Show what there is of the key where one is now."""
        self.query_one(TextLines).go(self.keypad.place)
        self._show_about()

    def _show_about(self) -> None:
        about = self.query_one("#about", Note)
        about.text, about.tone = about_text(self.keypad, self.editing.texts, self._model.problems, self._account)

    # going about

    async def action_go(self, place: str) -> None:
        """To a phone key; where one is to be swapped, with this one."""
        self._go(place)
        self.editing.swap_here()

    def _go(self, place: str) -> None:
        """To a key; all that is shown of it changes at once, so that it is one picture."""
        self.keypad.place = place
        self._show_place()

    def action_move(self, across: int, down: int) -> None:
        self._go(self.keypad.neighbour(across, down))

    def action_scroll(self, direction: int) -> None:
        self.query_one(TextLines).scroll_by(pages=direction)

    @on(TextLines.Clicked)
    def _line_clicked(self, event: TextLines.Clicked) -> None:
        self._go(event.place)

    @on(Keypad.Opened)
    async def action_edit(self) -> None:
        """Choose where the key leads."""
        if self.editing.swap_here():
            return
        from tui.screens.target_picker import TargetPicker

        place, text = self.keypad.place, self.editing.text_at(self.keypad.place)
        used = await self._used()  # before the dialog is there: its rows don't move under the operator's hands
        await self.open(TargetPicker(place, text, used, partial(self.editing.set_target, place)))

    async def _used(self) -> list[Target]:
        """What campaigns have led to before, the newest first."""
        services = self.services
        return await services.thread(services.store.account.used_targets, services.profile.name)

    async def action_try(self) -> None:
        from tui.screens.try_call import TryCallScreen

        campaign = self._model.campaign
        await self.open(TryCallScreen(self._model.draft, campaign.id if campaign is not None else None))

    async def action_leave(self) -> None:
        if not self.editing.give_up_swap():
            self.dismiss()
