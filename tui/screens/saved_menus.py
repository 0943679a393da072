"""Whole menus: taken from another campaign, kept under a name, and taken from there."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Generic, Protocol, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from tui.app.dialog import CANCEL, Dialog, DialogButton, labelled, problem_line, text_line
from tui.campaign.fields import IVR
from tui.campaign.menu import Texts, places_set, texts_of
from tui.config.keymap import Place
from tui.core.sanitize import visible
from tui.i18n.words import folded, say
from tui.screens.offering import MAX_ROWS, OfferLine, Offers
from tui.store import Campaign, ListFilter
from tui.store.menus import NamedMenu
from tui.text.formats import short, state_shown
from tui.widgets.binding import bindings
from tui.widgets.button import Button
from tui.widgets.editors import Edited, LineEditor
from tui.widgets.table import fit

T = TypeVar("T")
Take = Callable[[dict[str, str], str], None]  # the texts of a menu, and what it is called


class MenuSource(Protocol[T]):
    """Where menus are found."""

    @property
    def none_text(self) -> str:
        """What is said where none fits."""

    @property
    def hint(self) -> str:
        """What is said where there are some."""

    async def find(self, words: str) -> list[T]:
        """What fits to the words, best first."""

    def shown(self, row: T) -> Content:
        """How a find is shown."""

    def menu(self, row: T) -> tuple[dict[str, str], str]:
        """Its texts, and what it is called."""


class MenuSearch(Vertical, Generic[T]):
    """A line, and beneath it the menus of `source` that fit to it: the one that is chosen goes to `take`.

    The dialog that it is in closes with that.
    """

    def __init__(self, dialog: Dialog[Any], source: MenuSource[T], take: Take) -> None:
        super().__init__()
        self._dialog = dialog
        self._source = source
        self._take = take
        self.offers = Offers[T](self)
        self.line = OfferLine(self.offers, "", say("screens.menus.filter"))
        self._hint = text_line("")
        self._looked_for: str | None = None  # the words by which the rows were found

    def compose(self) -> ComposeResult:
        yield from (self.line, self._hint, self.offers)

    def on_mount(self) -> None:
        self._begin()

    @on(Edited)
    def _edited(self, event: Edited) -> None:
        event.stop()
        self._begin()

    @property
    def why_no_row(self) -> str | None:
        """Why no menu is marked; None where one is."""
        if self.offers.row is not None:
            return None
        return say("screens.still_reading") if self._looked_for is None else self._source.none_text

    def _begin(self) -> None:
        """Look for what fits to the line, beside the dialog."""
        self._dialog.work(self.look_again, group="look", exclusive=True)

    async def look(self) -> None:
        if self.line.value != self._looked_for:
            await self.look_again()

    async def look_again(self) -> None:
        words = self.line.value
        found = await self._source.find(words)
        place = (self.offers.highlighted or 0) if words == self._looked_for else 0
        self._looked_for = words
        self.offers.offer(found, map(self._source.shown, found), min(place, len(found) - 1) if found else None)
        self._hint.update(self._source.hint if found else self._source.none_text)

    def went_to(self, row: T) -> None:
        pass

    def enter(self) -> None:
        """Take the row that is marked."""
        if (row := self.offers.row) is not None:
            self.choose(row)
        else:
            self._dialog.notify(self._source.none_text, severity="warning")

    def choose(self, row: T) -> None:
        self._take(*self._source.menu(row))
        self._dialog.dismiss()


def _menu_row(name: str, texts: Texts, note: str) -> Content:
    """The name, which keys lead somewhere, and what else tells menus of one name apart."""
    keys = " ".join(place for place in places_set(texts) if place not in ("-", "!"))
    return Content.assemble(f"{fit(visible(name), 34)}  ", (f"{keys:<23}  ", "$muted"), (visible(note), "$muted"))


class CampaignMenus:
    """The menus of other campaigns, deleted ones too."""

    def __init__(self, dialog: Dialog[Any], mine: int | None) -> None:
        """`mine`: whose menu is not offered."""
        self._dialog = dialog
        self._mine = mine

    @property
    def none_text(self) -> str:
        return say("screens.menus.no_campaign")

    @property
    def hint(self) -> str:
        return say("screens.menus.copy_hint")

    async def find(self, words: str) -> list[Campaign]:
        services = self._dialog.services
        page = await services.thread(partial(
            services.store.campaigns.page, services.profile.name, limit=MAX_ROWS,
            filter=ListFilter(words=words, call_types=frozenset({IVR}), deleted=True)))
        return [campaign for campaign in page if campaign.id != self._mine and places_set(texts_of(campaign.fields))]

    def shown(self, row: Campaign) -> Content:
        return _menu_row(_name_of(row), row.fields, state_shown(row, self._dialog.services.now()).word)

    def menu(self, row: Campaign) -> tuple[dict[str, str], str]:
        return texts_of(row.fields), _name_of(row)


def _name_of(campaign: Campaign) -> str:
    return campaign.name or say("screens.unnamed")


class NamedMenus:
    """The menus that were kept under a name."""

    def __init__(self, dialog: Dialog[Any]) -> None:
        self._dialog = dialog

    @property
    def none_text(self) -> str:
        return say("screens.menus.none_kept")

    @property
    def hint(self) -> str:
        return say("screens.menus.load_hint")

    async def find(self, words: str) -> list[NamedMenu]:
        services = self._dialog.services
        kept = await services.thread(services.store.menus.all, services.profile.name)
        wanted = folded(words).split()
        return [menu for menu in kept if all(word in folded(menu.name) for word in wanted)]

    def shown(self, row: NamedMenu) -> Content:
        return _menu_row(row.name, row.fields, "")

    def menu(self, row: NamedMenu) -> tuple[dict[str, str], str]:
        return texts_of(row.fields), row.name


class CampaignMenusDialog(Dialog[None]):
    """The menu of another campaign, for `take`."""

    HEADING = "screens.menus.copy"
    AUTO_FOCUS = "LineEditor"
    FRAME = "dialog wide"
    begun = False  # what is typed in it only finds

    def __init__(self, mine: int | None, take: Take) -> None:
        super().__init__()
        self._search = MenuSearch[Campaign](self, CampaignMenus(self, mine), take)

    def body(self) -> ComposeResult:
        yield self._search


class NamedMenusDialog(Dialog[None]):
    """A menu that was kept under a name, for `take`; `menus.remove` forgets one."""

    BINDINGS = bindings(Place.SAVED_MENUS)
    HEADING = "screens.menus.load"
    AUTO_FOCUS = "LineEditor"
    FRAME = "dialog wide"
    begun = False  # what is typed in it only finds

    def __init__(self, take: Take) -> None:
        super().__init__()
        self._search = MenuSearch[NamedMenu](self, NamedMenus(self), take)

    def body(self) -> ComposeResult:
        yield self._search

    def why_not(self, action: str) -> str | None:
        return self._search.why_no_row if action == "remove" else None

    def action_remove(self) -> None:
        row = self._search.offers.row
        if row is not None and not self.santral.held():
            self.work(partial(self._remove, row))

    async def _remove(self, menu: NamedMenu) -> None:
        await self.services.thread(self.services.store.menus.remove, self.services.profile.name, menu.name)
        self.notify(say("screens.menus.removed", name=short(menu.name)))
        await self._search.look_again()


class SaveMenuDialog(Dialog[str | None]):
    """Keeps a menu under a name: the name, or None. One of that name is replaced, after saying so."""

    HEADING = "screens.menus.save"
    BUTTONS = (CANCEL, DialogButton("yes", "screens.menus.keep", "primary"))
    AUTO_FOCUS = "LineEditor"

    def __init__(self, texts: Texts, name: str) -> None:
        super().__init__()
        self._texts = dict(texts)
        self._proposed = name
        self._asked_about = ""  # the name of which it was said that it is taken: enter again replaces it

    def body(self) -> ComposeResult:
        yield labelled(say("screens.menus.name"), LineEditor(self._proposed))
        yield problem_line()

    def typed_anew(self) -> None:
        """What was said of a name holds until another one is kept."""

    @on(LineEditor.Submitted)
    @on(Button.Pressed, "#yes")
    def _entered(self) -> None:
        if self._asked_about and self.santral.held():
            return  # the menu of that name would be replaced
        self.work(self._save, exclusive=True)

    async def _save(self) -> None:
        services, name = self.services, self.query_one(LineEditor).value.strip()
        if not name:
            self.show_problem(say("screens.menus.no_name"))
            return
        kept = await services.thread(services.store.menus.all, services.profile.name)
        if any(folded(menu.name) == folded(name) for menu in kept) and folded(self._asked_about) != folded(name):
            self._asked_about = name
            self.show_problem(say("screens.menus.name_taken", name=short(name)))
            return
        await services.thread(services.store.menus.save, services.profile.name, name, self._texts)
        self.dismiss(name)
