"""Rows that are added to a draft's list: typed, pasted, or imported from a file."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path
from typing import Final

from tui.campaign.reference import LONGEST
from tui.i18n.words import say
from tui.numbers.dropped import dropped_path
from tui.numbers.listing import AS_PROPOSED, ListOptions, find
from tui.numbers.source import PastedText, Source, open_list
from tui.operations.phone_list import add_numbers
from tui.screens.form_pane import FormPane
from tui.screens.numbers_list import ListedNumbers
from tui.widgets.editors import EntryLine
from tui.widgets.presence import gone

FEW_LINES: Final = 1000  # more are imported with a progress bar, by the screen that files are


class NumberAdding:
    """What is entered: a number, several, or the path of a file."""

    def __init__(self, pane: FormPane, listed: ListedNumbers) -> None:
        self._pane = pane
        self._listed = listed

    def enter(self, line: EntryLine, text: str) -> None:
        """Add what a line has handed on; what can't be used stands in it again."""
        self._pane.work(partial(self._entered, line, text), group="enter")

    def paste(self, text: str) -> None:
        self._pane.work(partial(self._add_text, text), group="enter")

    async def _entered(self, line: EntryLine, text: str) -> None:
        try:
            await self._add_text(text)
        except Exception:
            line.give_back(text)
            raise
        else:
            if gone(line):
                self._pane.form.typing.line_taken(text)
        finally:
            line.taken(text)

    async def _add_text(self, text: str) -> None:
        """Rows as they stand, or the file whose path it is; what is a table is shown before it is imported."""
        path = dropped_path(text)
        if path is not None:
            await self._add_file(path)
            return
        source = PastedText(text)
        found = await asyncio.to_thread(find, source)  # not in the store's: it may take long
        if found.by_line and found.problem is None and len(text.splitlines()) <= FEW_LINES:
            await self._add_lines(text)
        else:
            await self._choose("", source)

    async def _add_lines(self, text: str) -> None:
        from tui.numbers.reading import read_text

        before = self._listed.summary
        rows = (number for _line, number in read_text(text, AS_PROPOSED).rows)
        summary = await add_numbers(self._pane.services, self._listed.campaign_id, rows)
        self._notify_added(summary.total - before.total, summary.bad - before.bad)
        await self._listed.reload(at_end=True)

    async def _add_file(self, path: Path) -> None:
        await self._choose(path.name, await asyncio.to_thread(open_list, path))

    async def _choose(self, called: str, source: Source) -> None:
        """Have it chosen what of a table is imported, and how."""
        from tui.screens.import_list import ListImportScreen

        options = await self._pane.form.host.ask(ListImportScreen(called, source))
        if options is not None:
            await self._import(source, options)

    async def _import(self, source: Source, options: ListOptions) -> None:
        from tui.screens.importing import ImportingDialog

        before = self._listed.summary.bad
        imported = await self._pane.form.host.ask(ImportingDialog(self._listed.campaign_id, source, options))
        if imported is not None:
            self._notify_added(imported.rows, imported.summary.bad - before, imported.cut)
        await self._listed.reload()

    def _notify_added(self, added: int, bad: int, cut: int = 0) -> None:
        text = say("screens.numbers.added", count=added)
        if bad:
            key = "screens.numbers.added_bad" if bad < added else "screens.numbers.added_all_bad"
            text += " " + say(key, count=bad)
        if cut:
            text += " " + say("screens.numbers.added_cut", count=cut, most=LONGEST)
        self._pane.form.host.notify(text, severity="warning" if bad or cut else "information")
