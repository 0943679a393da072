"""Export of results to a file: CSV or XLSX by the name's ending, with progress; esc stops it and leaves no file."""

from __future__ import annotations

import re

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import ProgressBar, Static

from tui.app.screen import Dialog
from tui.core import folders
from tui.core.sanitize import visible
from tui.i18n.words import folded, say
from tui.operations.export import ExportFormat, export
from tui.store import Campaign, ResultFilter
from tui.widgets.button import Button
from tui.widgets.editors import Edited, LineEditor


class ExportDialog(Dialog[None]):
    """Asks where to; an existing file is replaced after saying so."""

    AUTO_FOCUS = "LineEditor"

    def __init__(self, campaign: Campaign, chosen: ResultFilter) -> None:
        super().__init__()
        self._campaign = campaign
        self._chosen = chosen
        self._told = ""  # the path of which it was said that there is a file: enter again replaces it

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(say("screens.export.title"), markup=False, classes="title")
            hint = "screens.export.all" if self._chosen == ResultFilter() else "screens.export.filtered"
            yield Static(say(hint), markup=False, classes="text")
            with Horizontal(classes="line"):
                yield Static(say("screens.export.path"), markup=False, classes="label")
                yield LineEditor(str(folders.here() / f"{_file_name(self._campaign.name)}.csv"))
            yield Static("", id="told", markup=False, classes="problem")
            yield ProgressBar(show_eta=False, id="progress")
            with Horizontal(classes="buttons"):
                yield Button(say("common.cancel"), id="no", compact=True)
                yield Button(say("screens.export.write"), id="yes", variant="primary", compact=True)

    def on_mount(self) -> None:
        super().on_mount()
        self.query_one(ProgressBar).display = False

    @on(Edited)
    def _typed_anew(self) -> None:
        """What was said of the name before is not said of this one."""
        self._told = ""
        self.query_one("#told", Static).update("")

    @on(LineEditor.Submitted)
    def _entered(self) -> None:
        if self._told and self.santral.held():
            return  # the file that is there would be replaced
        self.work(self._write, group="export", exclusive=True)

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "yes":
            self._entered()
        else:
            self.dismiss()

    async def _write(self) -> None:
        path = folders.typed(self.query_one(LineEditor).value.strip())
        told = self.query_one("#told", Static)
        if self._told != str(path) and await self.services.thread(folders.is_file, path):
            self._told = str(path)
            told.update(visible(say("screens.export.there", path=str(path))))
            return
        told.update("")
        bar = self.query_one(ProgressBar)
        bar.display = True

        def progress(written: int, total: int) -> None:
            bar.update(total=total, progress=written)

        try:
            done = await export(self.services, self._campaign.id, path, ExportFormat.of(path), self._chosen,
                                progress=progress)
        finally:
            bar.display = False
        self.app.notify(visible(say("screens.export.done", count=done.rows, path=str(done.path))), markup=False)
        self.dismiss()

    def action_leave(self) -> None:
        self.workers.cancel_group(self, "export")
        self.dismiss()


def _file_name(name: str) -> str:
    """A name that any file system takes."""
    return re.sub(r"[^a-z0-9]+", "-", folded(name)).strip("-")[:60] or "santral"
