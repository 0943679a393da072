"""The numbers of a draft: typed, pasted, or read from a file; every row with what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from tui.campaign.draft import Number
from tui.campaign.number import judge
from tui.campaign.phone import readable_phone
from tui.numbers.reading import ParsedList, read_file, read_text
from tui.operations.phone_list import add_numbers
from tui.screens.question import Question
from tui.store import StoredNumber, Summary
from tui.visible import visible
from tui.widgets.binding import bind
from tui.widgets.editors import EntryLine, LineEditor
from tui.widgets.table import Cell, Column, Row, Table
from tui.wording import sentence
from tui.words import say

if TYPE_CHECKING:
    from tui.screens.form import FormScreen


class NumbersPane(Vertical):
    """The list of a draft, and a line to add to it."""

    BINDINGS = [
        bind("numbers.remove", "remove"), bind("numbers.bad", "drop_bad"), bind("numbers.clear", "clear"),
        bind("numbers.file", "file"),
    ]

    def __init__(self, campaign_id: int) -> None:
        super().__init__()
        self._campaign_id = campaign_id
        self._numbers: dict[int, StoredNumber] = {}
        self._summary = Summary()

    @property
    def form(self) -> FormScreen:
        return cast("FormScreen", self.screen)

    def compose(self) -> ComposeResult:
        yield EntryLine("", say("screens.numbers.add"), id="add")
        yield EntryLine("", say("screens.numbers.file"), id="file")
        yield Static(id="list-counts", markup=False)
        yield Table([
            Column("typed", say("screens.numbers.typed"), 18),
            Column("phone", say("screens.numbers.phone"), 16),
            Column("phrase", say("screens.numbers.phrase"), 24, least=110),
            Column("problem", say("screens.numbers.problem")),
        ], id="numbers")

    def on_mount(self) -> None:
        self.form.work(self._reload, group="numbers")

    def take_focus(self) -> None:
        self.screen.set_focus(self.query_one("#add"))

    async def _reload(self, *, at_end: bool = False) -> None:
        store, thread = self.form.services.store, self.form.services.thread
        self._summary = await thread(store.numbers.summary, self._campaign_id)
        table = self.query_one(Table)
        self._numbers.clear()
        table.reset(self._summary.total, cursor=self._summary.total - 1 if at_end else None)
        summary = self._summary
        counts = [say("screens.numbers.total", count=summary.total)]
        if summary.bad:
            counts.append(say("screens.numbers.bad", count=summary.bad))
        if summary.duplicates:
            counts.append(say("screens.numbers.duplicates", count=summary.duplicates))
        text = "   ".join(counts) if summary.total else say("screens.numbers.empty")
        self.query_one("#list-counts", Static).update(text)
        table.display = summary.total > 0
        await self.form.read_again()

    @on(Table.Moved)
    def _tell_row(self, event: Table.Moved) -> None:
        """What is wrong with the row under the cursor, in full: its column has little room."""
        event.stop()
        number = self._numbers.get(event.row)
        self.form.tell_help(sentence(number.problem) if number is not None and number.problem is not None else "")

    @on(Table.Wanted)
    def _wanted(self, event: Table.Wanted) -> None:
        event.stop()
        self.form.work(partial(self._fetch, event.start, event.end), group="numbers-page", exclusive=True)

    async def _fetch(self, start: int, stop: int) -> None:
        services = self.form.services
        page = await services.thread(services.store.numbers.page, self._campaign_id, start, stop - start)
        self._numbers |= {start + place: number for place, number in enumerate(page)}
        self.query_one(Table).put(start, [self._row(number) for number in page])

    def _row(self, number: StoredNumber) -> Row:
        if number.problem is not None:
            problem = Cell(sentence(number.problem), "bad")
        elif number.duplicate_of is not None:
            problem = Cell(say("screens.numbers.duplicate"), "muted")
        else:
            odd = judge(Number(number.typed, number.phrase, number.lang)).odd
            problem = Cell(sentence(odd), "doubt") if odd is not None else Cell(number.lang, "muted")
        return {
            "typed": Cell(number.typed), "phone": Cell(readable_phone(number.phone) if number.phone else "—", "muted"),
            "phrase": Cell(number.phrase, "muted"), "problem": problem,
        }

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
        await self._add(read_text(text))

    @on(EntryLine.Entered, "#file")
    def _file(self, event: EntryLine.Entered) -> None:
        event.stop()
        path = Path(event.text.strip().strip("'\"")).expanduser()
        self.form.work(partial(self._entered, event, lambda: self._add_file(path)), group="numbers")

    async def _add_file(self, path: Path) -> None:
        await self._add(await self.form.services.thread(read_file, path))

    async def _add(self, found: ParsedList) -> None:
        before = self._summary
        summary = await add_numbers(self.form.services, self._campaign_id, (number for _line, number in found.rows))
        added, bad = summary.total - before.total, summary.bad - before.bad
        text = say("screens.numbers.added", count=added)
        if bad:
            text += " " + say("screens.numbers.added_bad", count=bad)
        if found.ignored_columns:
            text += " " + say("screens.numbers.ignored", columns=", ".join(found.ignored_columns))
        self.form.tell(visible(text), severity="warning" if bad or found.ignored_columns else "information")
        await self._reload(at_end=True)

    def action_file(self) -> None:
        self.screen.set_focus(self.query_one("#file"))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Letters are commands where no text is typed."""
        return isinstance(self.screen.focused, Table)

    # removing

    def action_remove(self) -> None:
        number = self._numbers.get(self.query_one(Table).cursor)
        if number is not None:
            self.form.work(partial(self._remove, [number.position]), group="numbers")

    async def _remove(self, positions: list[int]) -> None:
        services = self.form.services
        await services.thread(services.store.numbers.drop, self._campaign_id, positions)
        await self._reload()

    def action_drop_bad(self) -> None:
        self.form.work(self._drop_bad, group="numbers")

    async def _drop_bad(self) -> None:
        services = self.form.services
        if not self._summary.bad:
            self.form.tell(say("screens.numbers.none_bad"))
            return
        text = say("screens.numbers.drop_bad_text", count=self._summary.bad)
        question = Question(say("screens.numbers.drop_bad"), text, say("screens.numbers.drop"))
        if await self.app.push_screen_wait(question):
            await services.thread(services.store.numbers.drop_bad, self._campaign_id)
            await self._reload()

    def action_clear(self) -> None:
        self.form.work(self._clear, group="numbers")

    async def _clear(self) -> None:
        services = self.form.services
        if not self._summary.total:
            return
        question = Question(say("screens.numbers.clear"), say("screens.numbers.clear_text", count=self._summary.total),
                            say("screens.numbers.drop"))
        if await self.app.push_screen_wait(question):
            await services.thread(services.store.numbers.clear, self._campaign_id)
            await self._reload()
