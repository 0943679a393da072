"""The digit-target editor: what each key of the phone does, and what the callee hears then."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from textual import on
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.containers import Horizontal
from textual.widget import Widget

from tui.app.screen import AppScreen
from tui.app.store_watcher import Watcher
from tui.campaign.account import Account, Standing, account_problems, name_of, standing
from tui.campaign.fields import OPT_OUT
from tui.campaign.menu import (
    FIELD_OF_PLACE,
    KEYS,
    MENU_FIELDS,
    PLACES,
    Clip,
    MenuEdits,
    cleared,
    clip_of,
    opt_out_marked,
    pasted,
    places_set,
    set_target,
    swapped,
    texts_of,
)
from tui.campaign.parsed_draft import ParsedDraft
from tui.campaign.rules import Problem, Weight, errors
from tui.campaign.target import Target, TargetKind
from tui.config.keymap import Place
from tui.core.text_keys import TextKeys
from tui.i18n.words import say
from tui.screens.form_context import FormContext
from tui.text.formats import name_text, sentence, short, standing_text, value_text
from tui.text.keys import FIELD_HELP, MENU_PLACE
from tui.text.menu import menu_lines
from tui.widgets.binding import bindings
from tui.widgets.keypad import KeyCell, Keypad
from tui.widgets.lines import KeyLine, Note, TitleLine
from tui.widgets.text_lines import TextLines

_KIND: Final = TextKeys("campaign.target_short.{}", TargetKind)

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
        self._watcher = Watcher(self, self._look)
        self._start = place
        self._listening: list[Callable[[], None]] = []  # each ends it
        self._summary = ""  # at the right of the title, before whether it is kept

    def compose(self) -> ComposeResult:
        yield TitleLine(id="title")
        with Horizontal(id="menu"):
            yield Keypad()
            yield TextLines(id="hears")
        yield Note(id="about")
        yield KeyLine()

    def on_mount(self) -> None:
        self.keypad.set_reactive(Keypad.place, self._start)
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
    def keypad(self) -> Keypad:
        return self.query_one(Keypad)

    @property
    def place(self) -> str:
        return self.keypad.place

    @property
    def account(self) -> Account:
        return self.services.directory.account

    @property
    def edits(self) -> MenuEdits:
        """The menu with its past, of this draft and this session."""
        edits = self._model.menu_edits(self.santral.menu_edits)
        if texts_of(self._model.values) != edits.texts:
            edits.become(texts_of(self._model.values))  # changed in the form, or elsewhere: a step like any other
        return edits

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
        draft, account = self._model.draft, self.account
        texts = self.edits.texts
        self.keypad.put({place: cell_of(draft, place, account) for place in PLACES})
        problems = [*self.menu_problems(), *account_problems(draft.of_fields(MENU_FIELDS), account)]
        self.query_one(TextLines).put(menu_lines(draft, account, problems), self.place)
        title = self.query_one(TitleLine)
        name = draft.values.get("name", "")
        title.left = say("screens.menu.title", name=short(name or say("screens.unnamed"), 40))
        count = len(errors(problems))
        wrong = say("screens.form.problems", count=count) if count else say("screens.form.no_problems")
        places = say("screens.menu.set", count=len(places_set(texts)), of=len(PLACES))
        self._summary = f"{places}  {wrong}"
        title.right = f"{self._summary}  {self._form.kept_text}"
        self._show_about()
        self.refresh_bindings()

    def before_picture(self) -> Iterator[Widget]:
        for title in self.query(TitleLine):
            title.right = f"{self._summary}  {self._form.kept_text}"
            yield title

    def refresh_texts(self) -> None:
        self.show()

    def menu_problems(self) -> list[Problem]:
        """What is wrong with the menu; a hint to a commercial campaign as well."""
        mine = (*MENU_FIELDS, "is_commercial")
        return [problem for problem in self._model.problems
                if problem.field in mine and (problem.field != "is_commercial" or problem.weight is Weight.HINT)]

    @on(Keypad.Moved)
    def _moved(self) -> None:
        """A click has gone to another key."""
        self._show_place()

    def _show_place(self) -> None:
        self.query_one(TextLines).go(self.place)
        self._show_about()

    def _show_about(self) -> None:
        """Two lines beneath: what is wrong with this key, else what the provider's lists are waiting for."""
        field = FIELD_OF_PLACE[self.place]
        wrong = [problem for problem in self._model.problems if problem.field == field]
        text, tone = self._account_text(), ""
        if self.keypad.other:
            text, tone = say("screens.menu.swap_with", key=say(MENU_PLACE[self.keypad.other])), "accent"
        elif wrong and (len(wrong) > 1 or wrong[0].code != "campaign.problem.no_target"):
            text, tone = sentence(wrong[0].reason), "bad"
        elif not text:
            text = self._full_text()
        about = self.query_one("#about", Note)
        about.text, about.tone = text, tone

    def _full_text(self) -> str:
        """A target whose text has no room on its key, whole; else what an unset key does."""
        text = self.edits.texts.get(FIELD_OF_PLACE[self.place], "")
        return text or say(FIELD_HELP[FIELD_OF_PLACE[self.place]])

    def _account_text(self) -> str:
        """What the account's lists are waiting for, or why they can't be had."""
        account = self.account
        problems = [listing.problem for listing in (account.announcements, account.queues, account.users)
                    if listing.problem is not None]
        if problems:
            return say("screens.menu.not_asked", why=sentence(problems[0]))
        return ""

    # going about

    async def action_go(self, place: str) -> None:
        """To a phone key; where one is to be swapped, with this one."""
        self._go(place)
        if self.keypad.other:
            self._swap_here()

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
    async def _key_clicked(self) -> None:
        await self.action_edit()

    async def action_edit(self) -> None:
        """Choose where the key leads."""
        if self.keypad.other:
            self._swap_here()
            return
        from tui.screens.target_picker import TargetPicker

        place = self.place
        text = self.edits.texts.get(FIELD_OF_PLACE[place], "")
        used = await self._used()  # before the dialog is there: its rows don't move under the operator's hands
        await self.open(TargetPicker(place, text, used, partial(self._set, place)))

    async def _used(self) -> list[Target]:
        """What campaigns have led to before, the newest first."""
        services = self.services
        return await services.thread(services.store.account.used_targets, services.profile.name)

    def _set(self, place: str, wire: str) -> None:
        self._become(set_target(self.edits.texts, place, wire))

    def _become(self, texts: dict[str, str]) -> None:
        self._form.keeper.change(self.edits.become(texts), typed=False)
        self.show()

    # editing

    def why_not(self, action: str) -> str | None:
        key, empty = say(MENU_PLACE[self.place]), not self.edits.texts.get(FIELD_OF_PLACE[self.place])
        match action:
            case "clear" | "copy" | "cut" if empty:
                return say("screens.menu.nothing_here", key=key)
            case "opt_out" if empty or self.place not in KEYS:
                return say("screens.menu.no_opt_out", key=key)
            case "paste" if self.santral.clip is None:
                return say("screens.menu.nothing_to_paste")
            case "undo" if not self.edits.can_undo:
                return say("screens.menu.nothing_to_undo")
            case "redo" if not self.edits.can_redo:
                return say("screens.menu.nothing_to_redo")
            case "save" if not places_set(self.edits.texts):
                return say("screens.menu.nothing_to_save")
        return None

    def action_clear(self) -> None:
        self._become(cleared(self.edits.texts, self.place))

    def action_copy(self) -> None:
        self._take(cut=False)

    def action_cut(self) -> None:
        self._take(cut=True)

    def _take(self, *, cut: bool) -> None:
        self.santral.clip = clip_of(self.edits.texts, self.place, cut=cut)
        if cut:
            self.action_clear()
        self.refresh_bindings()

    def action_paste(self) -> None:
        clip = self.santral.clip
        if clip is None:
            return
        self._become(pasted(self.edits.texts, self.place, clip))
        self.santral.clip = Clip(clip.text)  # a second paste is a copy: one key opts out, not two

    def action_swap(self) -> None:
        """This key and another change places: the other is named next, by its own key or by going there."""
        if self.keypad.other:
            self._swap_here()
        else:
            self.keypad.other = self.place
            self._show_about()

    def _swap_here(self) -> None:
        other, self.keypad.other = self.keypad.other, ""
        if other != self.place:
            self._become(swapped(self.edits.texts, other, self.place))
        self._show_about()

    def action_undo(self) -> None:
        self._step(self.edits.undo())

    def action_redo(self) -> None:
        self._step(self.edits.redo())

    def _step(self, changes: dict[str, str]) -> None:
        self._form.keeper.change(changes, typed=False)
        changed = [place for place in PLACES if FIELD_OF_PLACE[place] in changes]
        if len(changed) == 1:
            self._go(changed[0])
        self.show()

    def action_opt_out(self) -> None:
        """Mark this key as the one by which people ask not to be called again."""
        self._become(opt_out_marked(self.edits.texts, self.place))
        marked = self.edits.texts.get(OPT_OUT) == self.place
        if marked:
            self.notify(say("screens.menu.opt_out_marked", key=say(MENU_PLACE[self.place])))

    # whole menus

    async def action_from_campaign(self) -> None:
        from tui.screens.saved_menus import CampaignMenusDialog

        mine = self._model.campaign.id if self._model.campaign is not None else None
        await self.open(CampaignMenusDialog(mine, self.take_menu))

    async def action_load(self) -> None:
        from tui.screens.saved_menus import NamedMenusDialog

        await self.open(NamedMenusDialog(self.take_menu))

    async def action_save(self) -> None:
        from tui.screens.saved_menus import SaveMenuDialog

        def saved(name: str | None) -> None:
            if name is not None:
                self.notify(say("screens.menus.saved", name=short(name)))

        await self.open(SaveMenuDialog(self.edits.texts, self._model.values.get("name", "")), saved)

    def take_menu(self, texts: dict[str, str], name: str) -> None:
        """Another menu in place of this one, whole. `undo` brings this one back."""
        self._become(texts_of(texts))
        self.notify(say("screens.menu.taken", name=short(name)))

    async def action_try(self) -> None:
        from tui.screens.try_call import TryCallScreen

        campaign = self._model.campaign
        await self.open(TryCallScreen(self._model.draft, campaign.id if campaign is not None else None))

    async def action_leave(self) -> None:
        if self.keypad.other:
            self.keypad.other = ""
            self._show_about()
            return
        self.dismiss()


def cell_of(draft: ParsedDraft, place: str, account: Account) -> KeyCell:
    """What a key of the keypad shows of its target."""
    parsed = draft.field(FIELD_OF_PLACE[place])
    if not parsed.text:
        return KeyCell()
    mark = say("screens.menu.opt_out_sign") if draft[OPT_OUT] == place else ""
    target = parsed.target
    if target is None:
        return KeyCell(say("screens.menu.wrong"), parsed.text, say("screens.menu.no_target"), "bad", mark)
    kind = say(_KIND[target.kind])
    stands = standing(target, account)
    if stands in (Standing.MISSING, Standing.GONE):
        return KeyCell(kind, value_text(target), f"✗ {standing_text(target, account)}", "bad", mark)
    note = name_of(target, account) if target.kind is TargetKind.QUEUE else name_text(target, account)
    if stands is Standing.UNCHECKED:
        note = f"? {note}" if note else f"? {standing_text(target, account)}"
    value = value_text(target)
    if target.kind is TargetKind.TTS:
        note = target.lang
    return KeyCell(kind, value, note, "", mark)
