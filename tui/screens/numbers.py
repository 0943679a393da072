"""The numbers of a draft: typed, pasted, or taken in from a file; every row with what is wrong with it."""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from tui.campaign.draft import Number
from tui.campaign.number import judge
from tui.campaign.phone import readable_phone
from tui.campaign.reason import Reason
from tui.numbers.dropped import dropped_path
from tui.numbers.listing import Options, find
from tui.numbers.source import PastedText, Source, open_list
from tui.operations.phone_list import add_numbers
from tui.operations.suppression import file_reasons, find_called_before, find_suppressed
from tui.screens.question import Question
from tui.store import Marks, StoredNumber, StoreError, Summary, Which
from tui.widgets.binding import bind
from tui.widgets.editors import EntryLine, LineEditor, TextLine
from tui.widgets.lines import Note
from tui.widgets.table import Cell, Column, Row, Table
from tui.wording import sentence
from tui.words import grouped, say

if TYPE_CHECKING:
    from tui.screens.form import FormScreen

SUPPRESSED: Final = "suppressed"
CALLED_BEFORE: Final = "called_before"
# One after another; the last two are looked for when they are come to.
COUNTED: Final[frozenset[str]] = frozenset(Which)  # by the store, as it goes
FILTERS: Final = (*Which, SUPPRESSED, CALLED_BEFORE)
DAYS: Final = 30  # within which a call is asked about, unless another number is given
T = TypeVar("T")
FEW_LINES: Final = 1000  # more are taken in with a progress bar, by the screen that files are


class NumbersPane(Vertical):
    """The list of a draft, and a line to add to it: a number, several pasted, or the path of a file."""

    BINDINGS = [
        bind("numbers.filter", "filter(1)"), bind("numbers.filter_back", "filter(-1)", show=False),
        bind("numbers.search", "search"), bind("numbers.edit", "edit"), bind("numbers.remove", "remove"),
        bind("numbers.drop_shown", "drop_shown"), bind("numbers.undo", "undo"), bind("numbers.before", "before"),
        bind("numbers.blocked", "blocked"), bind("numbers.dropped", "dropped"), bind("numbers.clear", "clear"),
        bind("take.it", "take", show=False),
    ]

    def __init__(self, campaign_id: int) -> None:
        super().__init__()
        self._campaign_id = campaign_id
        self._numbers: dict[int, StoredNumber] = {}
        self._summary = Summary()
        self._which: str = Which.ALL
        self._words = ""
        self._days = DAYS
        self._marks: Marks | None = None  # of the filter that was come to, where the store doesn't count it
        self._hits: array[int] | None = None  # the positions that are shown; None: all that a filter of the store names
        self._count = 0
        self._looking = False  # for what the filter or the words name: till then the rows are those of before

    @property
    def form(self) -> FormScreen:
        return cast("FormScreen", self.screen)

    def compose(self) -> ComposeResult:
        yield EntryLine("", say("screens.numbers.add"), id="add")
        yield Note(id="list-filters")
        yield TextLine(placeholder=say("screens.numbers.search"), compact=True, id="search")
        yield Table([
            Column("typed", say("screens.numbers.typed"), 18),
            Column("phone", say("screens.numbers.phone"), 16),
            Column("phrase", say("screens.numbers.phrase"), 24, least=110),
            Column("problem", say("screens.numbers.problem")),
        ], id="numbers")

    def on_mount(self) -> None:
        self.query_one("#search").display = False
        self.form.work(self.reload, group="numbers")

    def take_focus(self) -> None:
        self.screen.set_focus(self.query_one("#add"))

    # what is shown

    async def reload(self, *, at_end: bool = False) -> None:
        """Read anew what the filter shows."""
        store, thread = self.form.services.store, self.form.services.thread
        await thread(judge, Number("05321234567"))  # loads the numbering plans, which takes a while, beside the screen
        self._summary = await thread(store.numbers.summary, self._campaign_id)
        if self._finds:
            self._look_for()
        else:
            self._show(at_end=at_end)
        await self.form.read_again()

    def _show(self, *, at_end: bool = False) -> None:
        summary, table = self._summary, self.query_one(Table)
        self.screen.workers.cancel_group(self.screen, "numbers-page")  # it reads rows of what was shown before
        self._numbers.clear()
        self._count = len(self._hits) if self._hits is not None else summary.count(Which(self._which))
        table.reset(self._count, cursor=self._count - 1 if at_end else None)
        # With an empty filter too, and where the last row has gone: the focus stays, and with it the keys (undo).
        table.display = summary.total > 0 or self.form.focused is table
        self._tell_filters()

    def _tell_filters(self) -> None:
        summary = self._summary
        if not summary.total:
            self.query_one("#list-filters", Note).text = say("screens.numbers.empty")
            return
        chips = []
        for name in FILTERS:
            count = summary.count(Which(name)) if name in COUNTED else self._count if name == self._which else None
            here = name == self._which
            if count or here or count is None:
                many = "" if count is None else f" {grouped(count)}"
                text = f"{say(f'screens.numbers.filter_{name}')}{many}"
                chips.append(f"[{text}]" if here else text)
        if self._words:
            chips.append(f"= {grouped(self._count)}")
        self.query_one("#list-filters", Note).text = "  ".join(chips)

    def retell(self) -> None:
        """In another language."""
        self._tell_filters()
        table = self.query_one(Table)
        for row, number in self._numbers.items():
            table.put(row, [self._row(row, number)])
        if self._looking:
            self.form.tell_help(say("screens.numbers.looking"))
        elif self.form.focused is table:
            self._tell_row(table.cursor)

    @on(Table.Moved)
    def _moved(self, event: Table.Moved) -> None:
        event.stop()
        self._tell_row(event.row)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """What was said of another section is over; in the table one is at a row already."""
        if isinstance(event.widget, Table):
            self._tell_row(event.widget.cursor)
        else:
            self.form.tell_help("")

    def _tell_row(self, row: int) -> None:
        """What is to be said of a row, in full: its column has little room."""
        number = self._numbers.get(row)
        told = self._told(row, number) if number is not None else None
        self.form.tell_help(sentence(told) if told is not None else "")

    def _told(self, row: int, number: StoredNumber) -> Reason | None:
        if self._marks is not None and row < len(self._marks):
            return self._marks.reason(row)
        if number.problem is not None:
            return number.problem
        if number.duplicate_of is not None:
            return None
        if not number.valid:
            return Reason("campaign.phone.invalid", {"value": number.typed})
        return judge(Number(number.typed, number.phrase, number.lang)).odd

    @on(Table.Wanted)
    def _wanted(self, event: Table.Wanted) -> None:
        event.stop()
        self.form.work(partial(self._fetch, event.start, event.end), group="numbers-page", exclusive=True)

    async def _fetch(self, start: int, stop: int) -> None:
        services, numbers = self.form.services, self.form.services.store.numbers
        if self._hits is not None:
            page = await services.thread(numbers.at, self._campaign_id, self._hits[start:stop])
        elif self._looking:
            return
        else:
            page = await services.thread(numbers.page, self._campaign_id, start, stop - start, which=Which(self._which))
        self._numbers |= {start + place: number for place, number in enumerate(page)}
        table = self.query_one(Table)
        table.put(start, [self._row(start + place, number) for place, number in enumerate(page)])
        if self.form.focused is table and start <= table.cursor < stop:
            self._tell_row(table.cursor)

    def _row(self, row: int, number: StoredNumber) -> Row:
        told = self._told(row, number)
        if told is not None:
            tone = "bad" if number.problem is not None and self._marks is None else "doubt"
            problem = Cell(sentence(told), tone)
        elif number.duplicate_of is not None:
            problem = Cell(say("screens.numbers.duplicate"), "muted")
        else:
            problem = Cell(number.lang, "muted")
        return {
            "typed": Cell(number.typed), "phone": Cell(readable_phone(number.phone) if number.phone else "—", "muted"),
            "phrase": Cell(number.phrase, "muted"), "problem": problem,
        }

    # filters

    def action_filter(self, step: int) -> None:
        """To the next filter that shows rows, or that has to be looked through."""
        place = FILTERS.index(self._which)
        for _ in FILTERS:
            place = (place + step) % len(FILTERS)
            name = FILTERS[place]
            if name not in COUNTED or name == Which.ALL or self._summary.count(Which(name)):
                break
        self._which = FILTERS[place]
        self._begin()

    @property
    def _finds(self) -> bool:
        """Whether what is shown has to be looked for."""
        return bool(self._words) or self._which not in COUNTED

    def _begin(self) -> None:
        """Show what the filter and the words name, however long it takes to find."""
        self._hits, self._marks = None, None
        self.query_one(Table).cursor = 0
        if self._finds:
            self._look_for()
        else:
            self.screen.workers.cancel_group(self.screen, "numbers-find")
            self._looking = False
            self._show()

    def _look_for(self) -> None:
        self._looking = True
        self.form.work(self._find, group="numbers-find", exclusive=True)

    async def _find(self) -> None:
        try:
            if self._which not in COUNTED:
                self.form.tell_help(say("screens.numbers.looking"))
                await self._mark()
                self.form.tell_help("")
            else:
                await self._search()
        except Exception:
            self._show_all()  # what could not be found is not shown, nor what was found before
            raise
        self._looking = False
        self._show()

    def _show_all(self) -> None:
        self._which, self._words = Which.ALL, ""
        with self.prevent(Input.Changed):
            self.query_one("#search", Input).value = ""
        self.form.tell_help("")
        self._begin()

    async def _mark(self) -> None:
        services = self.form.services
        if self._which == SUPPRESSED:
            marks = await find_suppressed(services, self._campaign_id)
            for reason in await file_reasons(services):
                self.form.tell(sentence(reason), severity="warning")
        else:
            marks = await find_called_before(services, self._campaign_id, self._days, progress=self._tell_looking)
        self._marks, self._hits = marks, marks.positions

    def _tell_looking(self, share: float) -> None:
        if self._looking:
            self.form.tell_help(say("screens.numbers.looking_share", percent=math.floor(100 * share)))

    async def _search(self) -> None:
        services, numbers = self.form.services, self.form.services.store.numbers
        hits, after = array("q"), 0
        again = self._hits is not None  # what was found before stays till all is
        while True:
            found = await services.thread(numbers.search, self._campaign_id, self._words, which=Which(self._which),
                                          after=after)
            hits.extend(found.positions)
            if found.to is None:
                self._hits = hits
                return
            after = found.to
            if not again and (self._hits is None or len(hits) > self._count):
                self._hits = hits
                self._show()

    def action_search(self) -> None:
        box = self.query_one("#search", Input)
        box.display = True
        self.screen.set_focus(box)

    @on(Input.Changed, "#search")
    def _search_typed(self, event: Input.Changed) -> None:
        event.stop()
        self._words = event.value.strip()
        if self._which not in COUNTED:
            self._which = Which.ALL
        self._begin()

    @on(Input.Submitted, "#search")
    def _search_done(self, event: Input.Submitted) -> None:
        event.stop()
        self.query_one("#search").display = bool(self._words)
        self.screen.set_focus(self.query_one(Table))

    def action_before(self) -> None:
        from tui.screens.suppression import DaysDialog

        def answered(days: int | None) -> None:
            if days is not None:
                self._days, self._which = days, CALLED_BEFORE
                self._begin()

        self.app.push_screen(DaysDialog(self._days), answered)

    async def action_blocked(self) -> None:
        from tui.screens.suppression import BlockedDialog

        def closed(_: None) -> None:
            self._which = SUPPRESSED
            self._begin()

        await self.app.push_screen(BlockedDialog(), closed)

    # adding

    @on(EntryLine.Entered, "#add")
    def _typed(self, event: EntryLine.Entered) -> None:
        event.stop()
        self.form.work(partial(self._entered, event, lambda: self._add_text(event.text)), group="numbers")

    async def _entered(self, event: EntryLine.Entered, add: Callable[[], Coroutine[Any, Any, None]]) -> None:
        try:
            await add()
        except Exception:
            event.line.give_back(event.text)
            raise

    @on(LineEditor.PastedLines)
    def _pasted(self, event: LineEditor.PastedLines) -> None:
        event.stop()
        self.form.work(partial(self._add_text, event.text), group="numbers")

    async def _add_text(self, text: str) -> None:
        """Rows as they stand, or the file whose path it is; what is a table is shown before it is taken in."""
        path = dropped_path(text)
        if path is not None:
            await self._add_file(path)
            return
        source = PastedText(text)
        found = await self.form.services.thread(find, source)
        if found.by_line and found.problem is None and len(text.splitlines()) <= FEW_LINES:
            await self._add_lines(text)
        else:
            await self._import("", source)

    async def _add_lines(self, text: str) -> None:
        from tui.numbers.reading import read_text

        before = self._summary
        rows = (number for _line, number in read_text(text).rows)
        summary = await add_numbers(self.form.services, self._campaign_id, rows)
        self._tell_added(summary.total - before.total, summary.bad - before.bad)
        await self.reload(at_end=True)

    async def _add_file(self, path: Path) -> None:
        await self._import(path.name, await self.form.services.thread(open_list, path))

    async def _import(self, called: str, source: Source) -> None:
        from tui.screens.import_list import ImportScreen

        options = await self.app.push_screen_wait(ImportScreen(called, source))
        if options is not None:
            await self._take_in(source, options)

    async def _take_in(self, source: Source, options: Options) -> None:
        from tui.screens.importing import ImportingDialog

        before = self._summary.bad
        imported = await self.app.push_screen_wait(ImportingDialog(self._campaign_id, source, options))
        if imported is not None:
            self._tell_added(imported.rows, imported.summary.bad - before)
        await self.reload()

    def _tell_added(self, added: int, bad: int) -> None:
        text = say("screens.numbers.added", count=added)
        if bad:
            text += " " + say("screens.numbers.added_bad", count=bad)
        self.form.tell(text, severity="warning" if bad else "information")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Letters are commands where no text is typed."""
        return isinstance(self.screen.focused, Table)

    # changing

    @on(Table.Opened)
    def action_edit(self) -> None:
        """Another row in the place of the one under the cursor."""
        number = self._numbers.get(self.query_one(Table).cursor)
        if number is not None:
            self.form.work(partial(self._edit, number), group="numbers")

    async def _edit(self, number: StoredNumber) -> None:
        from tui.operations.phone_list import judged
        from tui.screens.number_row import NumberDialog

        edited = await self.app.push_screen_wait(NumberDialog(Number(number.typed, number.phrase, number.lang)))
        if edited is not None:
            (row,) = judged([edited])
            await self._change(self.form.services.store.numbers.replace, number.position, row)

    def action_take(self) -> None:
        number = self._numbers.get(self.query_one(Table).cursor)
        self.form.take((number.phone or number.typed) if number is not None else None)

    def action_remove(self) -> None:
        number = self._numbers.get(self.query_one(Table).cursor)
        if number is not None:
            self.form.work(partial(self._remove, [number.position]), group="numbers")

    async def _remove(self, positions: Sequence[int]) -> None:
        await self._change(self.form.services.store.numbers.drop, positions)

    async def _change(self, change: Callable[..., T], *what: object) -> T:
        """Change the list and show it; where that is refused too, for then it is another than the one that is shown."""
        try:
            changed = await self.form.services.thread(change, self._campaign_id, *what)
        except StoreError:
            await self.reload()
            raise
        await self.reload()
        return changed

    def action_drop_shown(self) -> None:
        self.form.work(self._drop_shown, group="numbers")

    async def _drop_shown(self) -> None:
        """Take out all that the filter shows, after a question."""
        numbers = self.form.services.store.numbers
        if self._looking:
            self.form.tell(say("screens.numbers.looking"))
            return
        if self._which == Which.ALL and not self._words:
            self.form.tell(say("screens.numbers.choose_filter"), severity="warning")
            return
        if not self._count:
            self.form.tell(say("screens.numbers.none_shown"))
            return
        which, marks, hits = self._which, self._marks, self._hits  # as they are asked about
        title = say("screens.numbers.drop_shown", filter=say(f"screens.numbers.filter_{self._which}"))
        text = say("screens.numbers.drop_shown_text", count=self._count)
        if not await self.app.push_screen_wait(Question(title, text, say("screens.numbers.drop"))):
            return
        if marks is not None:
            await self._change(numbers.drop_marked, marks)
        elif hits is not None:
            await self._change(numbers.drop, hits)
        else:
            await self._change(numbers.drop_which, Which(which))
        self._which = Which.ALL
        self._begin()

    def action_undo(self) -> None:
        self.form.work(self._undo, group="numbers")

    async def _undo(self) -> None:
        step = await self._change(self.form.services.store.numbers.undo)
        if step is None:
            self.form.tell(say("screens.campaigns.nothing_to_undo"), severity="warning")
            return
        self.form.tell(say("screens.numbers.undone", what=say(f"store.step.{step.what}", count=step.rows)))

    async def action_dropped(self) -> None:
        from tui.screens.dropped import DroppedDialog

        await self.app.push_screen(DroppedDialog(self._campaign_id), self._dropped_closed)

    def _dropped_closed(self, _: None) -> None:
        self.form.work(self.reload, group="numbers")

    def action_clear(self) -> None:
        self.form.work(self._clear, group="numbers")

    async def _clear(self) -> None:
        if not self._summary.total:
            return
        question = Question(say("screens.numbers.clear"), say("screens.numbers.clear_text", count=self._summary.total),
                            say("screens.numbers.drop"))
        if await self.app.push_screen_wait(question):
            await self._change(self.form.services.store.numbers.clear)
