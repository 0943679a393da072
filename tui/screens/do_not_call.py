"""Who is not to be called: the profile's own list, its file's and the provider's numbers, and who was taken off."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from tui.app.screen import AppScreen
from tui.app.store_watcher import StoreWatcher
from tui.campaign.phone import readable_phone
from tui.config.keymap import Place
from tui.core.sanitize import visible
from tui.core.text_keys import TextKeys
from tui.i18n.words import grouped, say
from tui.operations.do_not_call import Added, ImportedFile, history_of, take_off_list
from tui.operations.opt_out_push import still_blocked
from tui.operations.suppression import look_at_file
from tui.store.consents import ConsentImport
from tui.store.do_not_call_pages import DoNotCallFilter, DoNotCallPage, DoNotCallSource, ListedNumber
from tui.store.opt_out_pushes import PushQueue
from tui.store.suppression import SourceState, SuppressionSource
from tui.text.do_not_call import SOURCE, change_text, source_parts, why_text
from tui.text.formats import clock_text, moment_text, sentence, short
from tui.widgets.binding import bindings
from tui.widgets.editors import TextLine
from tui.widgets.lines import KeyLine, Note, TitleLine
from tui.widgets.paged_table import PagedTable
from tui.widgets.table import Cell, Column, Row, Table
from tui.widgets.text_lines import wrapped

WATCH_SECONDS = 0.5
_FILTER: Final = TextKeys("screens.dnc.filter_{}", DoNotCallFilter)
_NOT_OURS: Final = TextKeys("screens.dnc.not_ours_{}", tuple(
    source for source in DoNotCallSource if source is not DoNotCallSource.OWN))
_TONES: Final = {DoNotCallSource.REMOVED: "off"}


class DoNotCallScreen(AppScreen[None]):
    """Every number that the profile's launches leave out, by whichever list; it watches the store."""

    HELP_TOPIC = "dnc"
    BINDINGS = bindings(Place.DO_NOT_CALL)
    AUTO_FOCUS = "#refused"

    def __init__(self) -> None:
        super().__init__()
        self.chosen = DoNotCallFilter.ALL
        self.words = ""
        self.pages = PagedTable(
            lambda: self.query_one("#refused", Table), query=lambda: (self.chosen, self.words),
            read_page=self._rows_of, identity=lambda number: (number.source, number.phone), row=self._row)
        self.watcher = StoreWatcher(self, self.reload, each_look=self._before_look)
        self._states: dict[SuppressionSource, SourceState | None] | None = None  # None till they are read
        self._consents: ConsentImport | None = None
        self._queue: PushQueue | None = None  # None where the profile does not push

    def compose(self) -> ComposeResult:
        yield TitleLine(id="title")
        yield Note(id="sources")
        yield Note(id="filters")
        yield TextLine(placeholder=say("screens.dnc.search"), compact=True, id="search")
        yield Table([
            Column("phone", say("screens.dnc.phone"), 16),
            Column("since", say("screens.dnc.since"), 13),
            Column("source", say("screens.dnc.source"), 13, min_room=100),
            Column("why", say("screens.dnc.why")),
            Column("by", say("screens.dnc.by"), 14, min_room=100),
        ], id="refused")
        yield Note(id="empty")
        yield KeyLine()

    def on_mount(self) -> None:
        self.query_one("#search").display = False
        self.watcher.start(WATCH_SECONDS)
        self.watcher.look()
        self.work(self._read_file, group="file")

    # what is shown

    async def _read_file(self) -> None:
        """The profile's file may have changed since a launch looked at it."""
        found = await look_at_file(self.services)
        for reason in (*found.stops, *found.notices):
            self.notify(sentence(reason), severity="warning")

    async def _before_look(self) -> None:
        if not self.pages.up_to_date:  # what the filter names could not be read
            self.watcher.forget()
        self._show_title()

    async def reload(self) -> None:
        """Ask the store anew; the cursor stays on its number."""
        services, state = self.services, self.services.store.suppression.state
        states = {source: await services.thread(state, services.profile.name, source) for source in SuppressionSource}
        start, limit = self.pages.span()
        page = await self.pages.if_still_asked(self._page(start, limit))
        self._consents = await services.thread(services.store.consents.current, services.profile.name)
        if services.profile.push_opt_outs:
            self._queue = await services.thread(services.store.opt_out_pushes.queue, services.profile.name)
        self._states = states
        with self.app.batch_update():
            self._show_sources()
            if page is not None:
                self._show(page)

    async def _page(self, start: int, limit: int) -> DoNotCallPage:
        services = self.services
        return await services.thread(services.store.do_not_call_pages.read, services.profile.name, self.chosen,
                                     self.words, start, limit)

    async def _rows_of(self, start: int, limit: int) -> Sequence[ListedNumber]:
        return (await self._page(start, limit)).rows

    def _show(self, page: DoNotCallPage) -> None:
        table = self.query_one(Table)
        self.pages.show(page.count, page.start, page.rows)
        self.query_one("#empty", Note).display, table.display = page.count == 0, page.count > 0
        if page.count and self.focused is None:
            self.set_focus(table)
        self._show_words()

    def refresh_texts(self) -> None:
        self._show_title()
        if self._states is not None:
            self.pages.repaint()
            self._show_sources()
            self._show_words()

    def _show_title(self) -> None:
        title = self.query_one(TitleLine)
        title.left = f"{self.services.profile.name} › {say('screens.dnc.title')}"
        title.right = clock_text(self.services.now())

    def _show_sources(self) -> None:
        """How old the lists of others are."""
        states, now = self._states or {}, self.services.now()
        parts = []
        path, file = self.services.profile.do_not_call, states.get(SuppressionSource.FILE)
        if path is not None and file is not None:
            parts.append(say("screens.dnc.file", path=short(path.name, 24), count=file.count,
                             moment=moment_text(file.fetched_at, now)))
        elif path is None:
            parts.append(say("screens.dnc.no_file"))
        blocked, untold = states.get(SuppressionSource.BLOCKED), states.get(SuppressionSource.UNTOLD)
        count = sum(state.count for state in (blocked, untold) if state is not None)
        parts.append(say("screens.blocked.never") if blocked is None else say(
            "screens.dnc.blocked", count=count, moment=moment_text(blocked.fetched_at, now)))
        parts += source_parts(self._consents, self._queue, now)
        note, line = self.query_one("#sources", Note), "   ".join(parts)
        # A line each where one is too long for both.
        rows = [row for text in ([line] if cell_len(line) <= self._width else parts)
                for row in wrapped(visible(text), self._width, 0)]
        note.text, note.styles.height = "\n".join(f" {row}" for row in rows), len(rows)

    @property
    def _width(self) -> int:
        return max(20, self.size.width - 2)

    def on_resize(self) -> None:
        if self._states is not None:
            self._show_sources()

    def _show_words(self) -> None:
        self.query_one("#empty", Note).text = self._why_empty()
        chips = [f"[{say(_FILTER[each])}]" if each is self.chosen else say(_FILTER[each]) for each in DoNotCallFilter]
        self.query_one("#filters", Note).text = f" = {grouped(self.pages.count)}   {'  '.join(chips)}"

    def _why_empty(self) -> str:
        if self.words.strip():
            return say("screens.dnc.none_fits")
        return say("screens.dnc.none" if self.chosen is DoNotCallFilter.ALL else "screens.dnc.none_here")

    def _row(self, number: ListedNumber) -> Row:
        since = moment_text(number.at, self.services.now()) if number.at is not None else "—"
        return {"phone": Cell(_readable(number.phone), _TONES.get(number.source, "")), "since": Cell(since, "muted"),
                "source": Cell(say(SOURCE[number.source]), "muted"), "why": Cell(why_text(number)),
                "by": Cell(number.by_user, "muted")}

    # which are listed

    def _narrow(self, chosen: DoNotCallFilter, words: str) -> None:
        self.chosen, self.words = chosen, words
        self.work(self.reload, group="filter", exclusive=True)

    @on(Table.Wanted)
    def fetch(self, event: Table.Wanted) -> None:
        self.work(partial(self.pages.fetch, event.start, event.end), group="page", exclusive=True)

    def action_filter(self, step: int) -> None:
        filters = list(DoNotCallFilter)
        self._narrow(filters[(filters.index(self.chosen) + step) % len(filters)], self.words)

    def action_search(self) -> None:
        box = self.query_one("#search", Input)
        box.display = True
        self.set_focus(box)

    @on(Input.Changed, "#search")
    def _search_typed(self, event: Input.Changed) -> None:
        self._narrow(self.chosen, event.value)

    @on(Input.Submitted, "#search")
    def _search_done(self) -> None:
        self.query_one("#search").display = bool(self.words)
        self.set_focus(self.query_one(Table))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Letters are commands where no text is typed."""
        return action in ("leave", "copy_text") or not isinstance(self.focused, Input)

    # what can be done

    @property
    def current(self) -> ListedNumber | None:
        """The number under the cursor."""
        return self.pages.current

    def why_not(self, action: str) -> str | None:
        if action == "export" and not self.pages.count:
            return self._why_empty() if self._states is not None else say("screens.still_reading")
        if action not in ("history", "remove"):
            return None
        number = self.current
        if number is None:
            reading = self.pages.count or self._states is None
            return say("screens.still_reading") if reading else self._why_empty()
        if action == "remove" and number.source is not DoNotCallSource.OWN:
            return say(_NOT_OURS[number.source], phone=_readable(number.phone))
        return None

    def action_take(self) -> None:
        self.copy_to_clipboard(self.current.phone if self.current is not None else None)

    async def action_person(self) -> None:
        from tui.screens.person import PersonScreen

        await self.open(PersonScreen(self.current.phone if self.current is not None else ""))

    @on(Table.Opened)
    async def _clicked(self) -> None:
        await self.run_action("history")

    async def action_history(self) -> None:
        """Why and since when the number under the cursor is on the own list, or was."""
        from tui.screens.listing import Listing

        number, services = self.current, self.services
        assert number is not None  # noqa: S101 - `why_not` has seen to it
        now = services.now()
        lines = [f"{moment_text(change.at, now)}   {change_text(change, campaign)}"
                 for change, campaign in await history_of(services, number.phone)]
        if number.source is not DoNotCallSource.OWN and number.source is not DoNotCallSource.REMOVED:
            lines.insert(0, why_text(number))
        await self.open(Listing(_readable(number.phone), lines, number.phone))

    async def action_add(self) -> None:
        from tui.screens.do_not_call_dialogs import AddDialog

        await self.open(AddDialog(), self._added)

    async def _added(self, added: Added | ImportedFile | None) -> None:
        from tui.screens.question import Notice

        if added is None:
            return
        text = say("screens.dnc.added", count=added.new, already=added.known)
        if isinstance(added, ImportedFile) and added.unread:
            unread = say("operations.dnc.unread", count=added.unread, places=added.places)
            await self.open(Notice(say("screens.dnc.add_title"), [text, unread]))
        else:
            self.notify(text)

    async def action_remove(self) -> None:
        from tui.screens.do_not_call_dialogs import RemoveDialog

        number = self.current
        assert number is not None  # noqa: S101 - `why_not` has seen to it

        def answered(reason: str | None) -> None:
            if reason:
                self.work(partial(self._remove, number.phone, reason))

        await self.open(RemoveDialog(number), answered)

    async def _remove(self, phone: str, reason: str) -> None:
        blocked = await still_blocked(self.services, [phone])
        removed = await take_off_list(self.services, [phone], reason)
        lines = [say("screens.dnc.removed" if removed else "screens.dnc.gone", phone=_readable(phone))]
        lines += [say("operations.push.stays", phone=_readable(each)) for each in blocked]
        self.notify("\n".join(lines), severity="warning" if blocked else "information")

    async def action_export(self) -> None:
        from tui.screens.file_path import WriteDialog

        await self.open(WriteDialog("screens.dnc.export_title", "screens.dnc.export_text", "santral-do-not-call.csv",
                                    partial(self._export, self.chosen, self.words)))

    async def _export(self, chosen: DoNotCallFilter, words: str, path: Path) -> str:
        from tui.operations.export_csv import export_do_not_call

        count = await export_do_not_call(self.services, path, chosen, words)
        return say("screens.export.done", count=count, path=str(path))

    async def action_blocked(self) -> None:
        from tui.screens.suppression import BlockedDialog

        await self.open(BlockedDialog())

    async def action_consents(self) -> None:
        from tui.screens.consents import ConsentsDialog

        await self.open(ConsentsDialog())

    def action_leave(self) -> None:
        box = self.query_one("#search", Input)
        if box.display:
            box.value = ""
            box.display = False
            self.set_focus(self.query_one(Table))
        elif self.chosen is not DoNotCallFilter.ALL:
            self._narrow(DoNotCallFilter.ALL, "")
        else:
            self.dismiss()


def _readable(phone: str) -> str:
    return readable_phone(phone) if phone.isdecimal() else phone
