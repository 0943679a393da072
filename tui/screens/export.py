"""Export of results to a file: CSV or XLSX by the name's ending, with progress; esc stops it and leaves no file."""

from __future__ import annotations

import re
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.widgets import ProgressBar

from tui.app.dialog import CANCEL, Dialog, DialogButton, problem_line, text_line
from tui.i18n.words import folded, say
from tui.operations.export import ExportFormat, export
from tui.screens.file_path import FilePath
from tui.store import Campaign, ResultFilter
from tui.widgets.button import Button
from tui.widgets.editors import LineEditor


class ExportDialog(Dialog[None]):
    """Asks where to; an existing file is replaced after saying so."""

    HEADING = "screens.export.title"
    BUTTONS = (CANCEL, DialogButton("yes", "screens.export.write", "primary"))
    AUTO_FOCUS = "LineEditor"
    STOPS = "export"

    def __init__(self, campaign: Campaign, chosen: ResultFilter) -> None:
        super().__init__()
        self._campaign = campaign
        self._chosen = chosen
        self._file = FilePath(self, f"{_file_name(campaign.name)}.csv")

    def body(self) -> ComposeResult:
        yield text_line(say("screens.export.all" if self._chosen == ResultFilter() else "screens.export.filtered"))
        yield self._file.line()
        yield problem_line()
        yield ProgressBar(show_eta=False, id="progress")

    def on_mount(self) -> None:
        self.query_one(ProgressBar).display = False

    def typed_anew(self) -> None:
        super().typed_anew()
        self._file.typed_anew()

    @on(LineEditor.Submitted)
    @on(Button.Pressed, "#yes")
    def _confirmed(self) -> None:
        self._file.confirm(self._write)

    async def _write(self, path: Path) -> None:
        bar = self.query_one(ProgressBar)
        bar.display = True

        def progress(written: int, total: int) -> None:
            bar.update(total=total, progress=written)

        try:
            done = await export(self.services, self._campaign.id, path, ExportFormat.of(path), self._chosen,
                                progress=progress)
        finally:
            bar.display = False
        self.notify(say("screens.export.done", count=done.rows, path=str(done.path)))
        self.dismiss()


def _file_name(name: str) -> str:
    """A name that any file system takes."""
    return re.sub(r"[^a-z0-9]+", "-", folded(name)).strip("-")[:60] or "santral"
