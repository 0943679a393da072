"""The rows that were dropped from a list, each with the reason: looked through, written to a file, or brought back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input, Static

from tui.app.dialog import CLOSE, Dialog, DialogButton, problem_line
from tui.config.keymap import Place
from tui.i18n.words import say
from tui.operations.export_csv import export_dropped
from tui.screens.file_path import FilePath
from tui.screens.never_call import ask_never_to_call, why_not_never
from tui.store.list_values import DroppedNumber
from tui.text.formats import sentence, short
from tui.widgets.binding import bindings
from tui.widgets.button import Button
from tui.widgets.editors import LineEditor
from tui.widgets.paged_table import PagedTable
from tui.widgets.table import Cell, Column, Row, Table

SHOWN = 8


class DroppedDialog(Dialog[None]):
    """What is said of a row's number (`b`, `#`, `y`) is said of the one under the cursor."""

    BINDINGS = bindings(Place.DROPPED)
    HEADING = "screens.dropped.title"
    BUTTONS = (CLOSE, DialogButton("back", "screens.dropped.bring_back", confirms=True),
               DialogButton("yes", "screens.export.write", "primary"))
    AUTO_FOCUS = "#no"

    def __init__(self, campaign_id: int) -> None:
        super().__init__()
        self._campaign_id = campaign_id
        self._file = FilePath(self, "santral-dropped.csv")
        self.pages = PagedTable(
            lambda: self.query_one(Table), query=lambda: campaign_id, read_page=self._rows_of,
            identity=lambda row: row.id, row=_row)

    def body(self) -> ComposeResult:
        yield Static(id="count", markup=False)
        yield Table([Column("phone", say("screens.dnc.phone"), 18), Column("why", say("screens.dropped.why"))],
                    id="rows")
        yield self._file.line()
        yield problem_line()

    def on_mount(self) -> None:
        self.work(self._look)

    async def _look(self) -> None:
        numbers = self.services.store.numbers
        count = await self.services.thread(numbers.dropped_count, self._campaign_id)
        newest = await self._rows_of(0, 3 * SHOWN)
        self.query_one("#count", Static).update(
            say("screens.dropped.count", count=count) if count else say("screens.dropped.none"))
        table = self.query_one(Table)
        table.styles.height = min(count, SHOWN) + 1
        self.pages.show(count, 0, newest)
        for name in ("#rows", ".line", "#back", "#yes"):
            self.query_one(name).display = count > 0
        if count and self.focused is self.query_one("#no"):
            self.set_focus(table)

    async def _rows_of(self, start: int, limit: int) -> Sequence[DroppedNumber]:
        numbers = self.services.store.numbers
        return await self.services.thread(numbers.dropped, self._campaign_id, start, limit)

    @on(Table.Wanted)
    def _fetch(self, event: Table.Wanted) -> None:
        self.work(partial(self.pages.fetch, event.start, event.end), group="page", exclusive=True)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Letters are commands where no text is typed."""
        if action in ("never", "person", "take"):
            return not isinstance(self.focused, Input)
        return super().check_action(action, parameters)

    def why_not(self, action: str) -> str | None:
        row = self.pages.current
        if action not in ("never", "person", "take"):
            return None
        if row is None:
            return say("screens.dropped.none")
        return why_not_never(_phone(row)) if action == "never" else None

    async def action_never(self) -> None:
        """Nobody calls the number under the cursor again."""
        row = self.pages.current
        assert row is not None  # noqa: S101 - `why_not` has seen to it
        await ask_never_to_call(self, _phone(row))

    async def action_person(self) -> None:
        """All that is known of the number under the cursor."""
        from tui.screens.person import PersonScreen

        row = self.pages.current
        assert row is not None  # noqa: S101 - `why_not` has seen to it
        await self.open(PersonScreen(_phone(row)))

    def action_take(self) -> None:
        row = self.pages.current
        self.copy_to_clipboard(None if row is None else _phone(row))

    def typed_anew(self) -> None:
        super().typed_anew()
        self._file.typed_anew()

    @on(LineEditor.Submitted)
    @on(Button.Pressed, "#yes")
    def _confirmed(self) -> None:
        self._file.confirm(self._write)

    async def _write(self, path: Path) -> None:
        count = await export_dropped(self.services, self._campaign_id, path)
        self.notify(say("screens.export.done", count=count, path=str(path)))
        self.dismiss(None)

    @on(Button.Pressed, "#back")
    def _asked_back(self) -> None:
        self.work(self._bring_back, group="back", exclusive=True)

    async def _bring_back(self) -> None:
        await self.services.thread(self.services.store.numbers.bring_back, self._campaign_id)
        self.dismiss(None)


def _phone(row: DroppedNumber) -> str:
    """As it is sent; what can't be called as it was typed."""
    return row.phone or row.typed


def _row(row: DroppedNumber) -> Row:
    why = "  ".join(filter(None, (short(row.reference), sentence(row.why))))
    return {"phone": Cell(row.typed), "why": Cell(why, "muted")}
