"""The rows that were dropped from a list, each with the reason: written to a file, or brought back."""

from __future__ import annotations

from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from tui.app.dialog import CLOSE, Dialog, DialogButton, problem_line
from tui.core.sanitize import visible
from tui.i18n.words import say
from tui.operations.export_csv import export_dropped
from tui.screens.file_path import FilePath
from tui.text.formats import sentence, short
from tui.widgets.button import Button
from tui.widgets.editors import LineEditor

SHOWN = 8


class DroppedDialog(Dialog[None]):
    HEADING = "screens.dropped.title"
    BUTTONS = (CLOSE, DialogButton("back", "screens.dropped.bring_back", confirms=True),
               DialogButton("yes", "screens.export.write", "primary"))
    AUTO_FOCUS = "#no"

    def __init__(self, campaign_id: int) -> None:
        super().__init__()
        self._campaign_id = campaign_id
        self._file = FilePath(self, "santral-dropped.csv")

    def body(self) -> ComposeResult:
        yield Static(id="rows", markup=False)
        yield self._file.line()
        yield problem_line()

    def on_mount(self) -> None:
        self.work(self._look)

    async def _look(self) -> None:
        services, numbers = self.services, self.services.store.numbers
        count = await services.thread(numbers.dropped_count, self._campaign_id)
        newest = await services.thread(numbers.dropped, self._campaign_id, 0, SHOWN)
        lines = [say("screens.dropped.count", count=count) if count else say("screens.dropped.none"), ""]
        lines += ["  ".join(filter(None, (row.typed, short(row.reference), sentence(row.why)))) for row in newest]
        if count > len(newest):
            lines.append("…")
        self.query_one("#rows", Static).update("\n".join(map(visible, lines)))
        for name in (".line", "#back", "#yes"):
            self.query_one(name).display = count > 0

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
