"""Who is not to be called: the profile's own list, its file's and the provider's numbers, and who was taken off."""

from __future__ import annotations

from functools import partial

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from tui.app.screen import AppScreen
from tui.app.store_watcher import StoreWatcher
from tui.config.keymap import Place
from tui.core.sanitize import visible
from tui.i18n.words import say
from tui.operations.suppression import look_at_file
from tui.screens.do_not_call_commands import DoNotCallCommands
from tui.screens.do_not_call_list import DoNotCallList
from tui.screens.pushing import Pushing
from tui.screens.search_line import SearchLine
from tui.store.consents import ConsentImport
from tui.store.suppression import SourceState, SuppressionSource
from tui.text.do_not_call import source_parts
from tui.text.formats import clock_text, moment_text, sentence, short
from tui.widgets.binding import bindings
from tui.widgets.editors import TextLine
from tui.widgets.lines import KeyLine, Note, TitleLine
from tui.widgets.table import Table
from tui.widgets.text_lines import wrapped

WATCH_SECONDS = 0.5


class DoNotCallScreen(AppScreen[None]):
    """Every number that the profile's launches leave out, by whichever list; it watches the store."""

    HELP_TOPIC = "dnc"
    BINDINGS = bindings(Place.DO_NOT_CALL)
    AUTO_FOCUS = "#refused"

    def __init__(self) -> None:
        super().__init__()
        self.listed = DoNotCallList(self)
        self.search = SearchLine(self, lambda: self.listed.words)
        self.commands = DoNotCallCommands(self, self.listed)
        self.pushing = Pushing(self)
        self.watcher = StoreWatcher(self, self.reload, each_look=self._before_look)
        self._states: dict[SuppressionSource, SourceState | None] | None = None  # None till they are read
        self._consents: ConsentImport | None = None

    def compose(self) -> ComposeResult:
        yield TitleLine(id="title")
        yield Note(id="sources")
        yield Note(id="filters")
        yield TextLine(placeholder=say("screens.dnc.search"), compact=True, id="search")
        yield Table(self.listed.columns(), id="refused")
        yield Note(id="empty")
        yield KeyLine()

    def on_mount(self) -> None:
        self.search.hide()
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
        if not self.listed.pages.up_to_date:  # what the filter names could not be read
            self.watcher.forget()
        self._show_title()

    async def reload(self) -> None:
        """Ask the store anew; the cursor stays on its number."""
        services, state = self.services, self.services.store.suppression.state
        states = {source: await services.thread(state, services.profile.name, source) for source in SuppressionSource}
        page = await self.listed.read()
        self._consents = await services.thread(services.store.consents.current, services.profile.name)
        await self.pushing.read()
        self._states = states
        with self.app.batch_update():
            self._show_sources()
            if page is not None:
                self.listed.show(page)

    def refresh_texts(self) -> None:
        self._show_title()
        if self._states is not None:
            self._show_sources()
        self.listed.refresh()

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
        parts += source_parts(self._consents, self.pushing.queue, now, confirmed=self.pushing.confirmed)
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

    # messages

    @on(Table.Wanted)
    def _wanted(self, event: Table.Wanted) -> None:
        self.work(partial(self.listed.pages.fetch, event.start, event.end), group="page", exclusive=True)

    @on(Input.Changed, "#search")
    def _search_typed(self, event: Input.Changed) -> None:
        self.listed.typed(event.value)

    @on(Input.Submitted, "#search")
    def _search_entered(self) -> None:
        self.search.entered()

    @on(Table.Opened)
    async def _clicked(self) -> None:
        await self.run_action("commands.history")

    # what can be done

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Letters are commands where no text is typed."""
        return action in ("leave", "copy_text") or not isinstance(self.focused, Input)

    def action_leave(self) -> None:
        if not self.search.clear() and not self.listed.widen():
            self.dismiss()
