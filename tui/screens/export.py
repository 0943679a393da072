"""Export of results to a file: CSV or XLSX by the name's ending, with progress; esc stops it and leaves no file."""

from __future__ import annotations

import re
from pathlib import Path

from textual.widgets import ProgressBar

from tui.i18n.words import folded, say
from tui.operations.export import ExportFormat, export
from tui.operations.services import Services
from tui.screens.file_path import WriteDialog
from tui.store import Campaign, ResultFilter


def export_dialog(services: Services, campaign: Campaign, chosen: ResultFilter, *, alone: bool) -> WriteDialog:
    """Asks where to, and writes what came of the numbers that a filter names; `alone`: in this life of several."""
    bar = ProgressBar(show_eta=False, id="progress")

    def progress(written: int, total: int) -> None:
        bar.update(total=total, progress=written)

    async def write(path: Path) -> str:
        done = await export(services, campaign.id, path, ExportFormat.of(path), chosen, progress=progress,
                            alone=alone)
        return say("screens.export.done", count=done.rows, path=str(done.path))

    about = "screens.export.all" if chosen == ResultFilter() else "screens.export.filtered"
    return WriteDialog("screens.export.title", about, f"{_file_name(campaign.name)}.csv", write, bar)


def _file_name(name: str) -> str:
    """A name that any file system takes."""
    return re.sub(r"[^a-z0-9]+", "-", folded(name)).strip("-")[:60] or "santral"
