"""Whole menus: taken from another campaign, kept under a name, and taken from there."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from tui.app.screen import Dialog
from tui.campaign.fields import IVR
from tui.campaign.menu import Texts, places_set, texts_of
from tui.config.keymap import Place
from tui.core.sanitize import visible
from tui.i18n.words import folded, say
from tui.screens.offering import MOST_ROWS, OffersDialog
from tui.store import Campaign, ListFilter
from tui.store.menus import NamedMenu
from tui.text.formats import short, state_shown
from tui.widgets.binding import bindings, taken_in
from tui.widgets.button import Button
from tui.widgets.editors import LineEditor
from tui.widgets.options import Options
from tui.widgets.table import fit

T = TypeVar("T")
Take = Callable[[dict[str, str], str], None]


class Chooser(OffersDialog[T]):
    """What the store finds for a line."""

    begun = False  # what is typed in it only finds
    TITLE = ""
    EMPTY = ""
    HINT = ""

    def __init__(self) -> None:
        super().__init__()
        self._looked_for: str | None = None  # the words by which the rows were found

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog wide"):
            yield Static(say(self.TITLE), markup=False, classes="title")
            yield LineEditor("", say("screens.menus.filter"))
            yield Static("", markup=False, classes="text")
            yield Options()

    def on_mount(self) -> None:
        super().on_mount()
        self.show()

    def show(self) -> None:
        self.work(self._look, group="look", exclusive=True)

    async def caught_up(self) -> None:
        await taken_in(self.line)
        if self.line.value != self._looked_for:
            await self._look()

    async def _look(self) -> None:
        words = self.line.value
        found = await self.find(words)
        place = (self.query_one(Options).highlighted or 0) if words == self._looked_for else 0
        self._looked_for = words
        self.offer(found, map(self.shown, found), min(place, len(found) - 1) if found else None)
        self.query_one(".text", Static).update(say(self.HINT if found else self.EMPTY))

    @abstractmethod
    async def find(self, words: str) -> list[T]:
        """What fits to the words, best first."""

    @abstractmethod
    def shown(self, row: T) -> Content:
        """How a find is shown."""

    @abstractmethod
    def chosen(self, row: T) -> None:
        """Take it; the dialog closes right after."""

    def at(self, row: T) -> None:
        pass

    def enter(self) -> None:
        if self.row is not None:
            self.take_row(self.row)
        else:
            self.notify(say(self.EMPTY), severity="warning")

    def take_row(self, row: T) -> None:
        self.chosen(row)
        self.dismiss()


def _menu_row(name: str, texts: Texts, note: str) -> Content:
    """The name, which keys lead somewhere, and what else tells menus of one name apart."""
    keys = " ".join(place for place in places_set(texts) if place not in ("-", "!"))
    return Content.assemble(f"{fit(visible(name), 34)}  ", (f"{keys:<23}  ", "$muted"), (visible(note), "$muted"))


class CampaignMenusDialog(Chooser[Campaign]):
    """The menu of another campaign, deleted ones too, for `take`."""

    TITLE, EMPTY, HINT = "screens.menus.copy", "screens.menus.no_campaign", "screens.menus.copy_hint"

    def __init__(self, mine: int | None, take: Take) -> None:
        super().__init__()
        self._mine = mine
        self._taker = take

    async def find(self, words: str) -> list[Campaign]:
        services = self.services
        page = await services.thread(partial(
            services.store.campaigns.page, services.profile.name, limit=MOST_ROWS,
            filter=ListFilter(words=words, call_types=frozenset({IVR}), deleted=True)))
        return [campaign for campaign in page if campaign.id != self._mine and places_set(texts_of(campaign.fields))]

    def shown(self, row: Campaign) -> Content:
        name = row.name or say("screens.unnamed")
        return _menu_row(name, row.fields, state_shown(row, self.services.now()).word)

    def chosen(self, row: Campaign) -> None:
        self._taker(texts_of(row.fields), row.name or say("screens.unnamed"))


class NamedMenusDialog(Chooser[NamedMenu]):
    """A menu that was kept under a name, for `take`; `menus.remove` forgets one."""

    BINDINGS = bindings(Place.SAVED_MENUS)
    TITLE, EMPTY, HINT = "screens.menus.load", "screens.menus.none_kept", "screens.menus.load_hint"

    def __init__(self, take: Take) -> None:
        super().__init__()
        self._taker = take

    async def find(self, words: str) -> list[NamedMenu]:
        services = self.services
        kept = await services.thread(services.store.menus.all, services.profile.name)
        wanted = folded(words).split()
        return [menu for menu in kept if all(word in folded(menu.name) for word in wanted)]

    def shown(self, row: NamedMenu) -> Content:
        return _menu_row(row.name, row.fields, "")

    def chosen(self, row: NamedMenu) -> None:
        self._taker(texts_of(row.fields), row.name)

    def why_not(self, action: str) -> str | None:
        return say(self.EMPTY) if action == "remove" and self.row is None else None

    def action_remove(self) -> None:
        if self.row is not None and not self.santral.held():
            self.work(partial(self._remove, self.row))

    async def _remove(self, menu: NamedMenu) -> None:
        await self.services.thread(self.services.store.menus.remove, self.services.profile.name, menu.name)
        self.notify(say("screens.menus.removed", name=short(menu.name)))
        await self._look()


class SaveMenuDialog(Dialog[str | None]):
    """Keeps a menu under a name: the name, or None. One of that name is replaced, after saying so."""

    AUTO_FOCUS = "LineEditor"

    def __init__(self, texts: Texts, name: str) -> None:
        super().__init__()
        self._texts = dict(texts)
        self._proposed = name
        self._told = ""  # the name of which it was said that it is taken: enter again replaces it

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(say("screens.menus.save"), markup=False, classes="title")
            with Horizontal(classes="line"):
                yield Static(say("screens.menus.name"), markup=False, classes="label")
                yield LineEditor(self._proposed)
            yield Static("", id="taken", markup=False, classes="problem")
            with Horizontal(classes="buttons"):
                yield Button(say("common.cancel"), id="no", compact=True)
                yield Button(say("screens.menus.keep"), id="yes", variant="primary", compact=True)

    @on(LineEditor.Submitted)
    def _entered(self) -> None:
        if self._told and self.santral.held():
            return  # the menu of that name would be replaced
        self.work(self._save, exclusive=True)

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "yes":
            self._entered()
        else:
            self.dismiss(None)

    async def _save(self) -> None:
        services, name = self.services, self.query_one(LineEditor).value.strip()
        taken = self.query_one("#taken", Static)
        if not name:
            taken.update(say("screens.menus.no_name"))
            return
        kept = await services.thread(services.store.menus.all, services.profile.name)
        if any(folded(menu.name) == folded(name) for menu in kept) and folded(self._told) != folded(name):
            self._told = name
            taken.update(say("screens.menus.name_taken", name=visible(short(name))))
            return
        await services.thread(services.store.menus.save, services.profile.name, name, self._texts)
        self.dismiss(name)

    def action_leave(self) -> None:
        self.dismiss(None)
