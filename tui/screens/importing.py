"""A list being taken in: how far it is, how fast, how long it will take; esc stops it, and nothing has come in then."""

from __future__ import annotations

import asyncio
import time

from textual.app import ComposeResult
from textual.widgets import ProgressBar, Static

from tui.app.dialog import Dialog, DialogButton
from tui.i18n.words import say
from tui.numbers.listing import ListOptions
from tui.numbers.source import Source
from tui.operations.importing import Imported, ImportProgress, import_list
from tui.widgets.button import Button


class ImportingDialog(Dialog[Imported]):
    """Its answer is what came in; None where it was stopped or has failed."""

    HEADING = "screens.importing.title"
    BUTTONS = (DialogButton("no", "screens.records.stop"),)
    AUTO_FOCUS = "#no"

    def __init__(self, campaign_id: int, source: Source, options: ListOptions) -> None:
        super().__init__()
        self._campaign_id = campaign_id
        self._source = source
        self._options = options
        self._began = time.monotonic()
        self._stopping = False

    def body(self) -> ComposeResult:
        yield ProgressBar(total=1, show_eta=False, id="progress")
        yield Static(say("screens.importing.rows", count=0), id="status", markup=False)

    def on_mount(self) -> None:
        self.work(self._import, group="import", exclusive=True)

    async def _import(self) -> None:
        imported: Imported | None = None
        try:
            imported = await import_list(self.services, self._campaign_id, self._source, self._options,
                                         progress=self._show_progress)
        except asyncio.CancelledError:
            self.notify(say("screens.importing.stopped"))
            raise
        finally:
            if self.is_attached:
                self.dismiss(imported)

    def _show_progress(self, progress: ImportProgress) -> None:
        seconds = max(time.monotonic() - self._began, 0.001)
        self.query_one(ProgressBar).update(total=1 if progress.share is not None else None,
                                           progress=progress.share or 0)
        lines = [say("screens.importing.rows", count=progress.rows),
                 say("screens.importing.pace", count=round(progress.rows / seconds))]
        if progress.share:
            left = round(seconds / progress.share * (1 - progress.share))
            lines.append(say("screens.importing.left", count=left))
        self.query_one("#status", Static).update("   ".join(lines))

    def why_not(self, action: str) -> str | None:
        return say("screens.importing.stopping") if action == "leave" and self._stopping else None

    def action_leave(self) -> None:
        """Stop it. The dialog goes when the list is as it was, and not before: what lies beneath shows it anew."""
        self._stopping = True
        self.query_one("#no", Button).disabled = True
        self.work(self._stop)

    async def _stop(self) -> None:
        """After the import has begun: what is cancelled before would never end in the dialog's going."""
        self.workers.cancel_group(self, "import")
