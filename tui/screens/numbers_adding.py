"""Rows that are added to a draft's list: typed, pasted, or taken in from a file."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from functools import partial
from pathlib import Path
from typing import Any, Final

from textual import events, on

from tui.i18n.words import say
from tui.numbers.dropped import dropped_path
from tui.numbers.listing import ListOptions, find
from tui.numbers.source import PastedText, Source, open_list
from tui.operations.phone_list import add_numbers
from tui.screens.numbers_filters import Filtering
from tui.widgets.editors import EntryLine, LineEditor
from tui.widgets.presence import gone

FEW_LINES: Final = 1000  # more are taken in with a progress bar, by the screen that files are


class Adding(Filtering):
    """A line to add by: a number, several pasted, or the path of a file."""

    @on(EntryLine.Entered, "#add")
    def _typed(self, event: EntryLine.Entered) -> None:
        event.stop()
        self.work(partial(self._entered, event, lambda: self._add_text(event.text)), group="enter")

    async def _entered(self, event: EntryLine.Entered, add: Callable[[], Coroutine[Any, Any, None]]) -> None:
        try:
            await add()
        except Exception:
            event.line.give_back(event.text)
            raise
        else:
            if gone(event.line):
                self.form.taken_from_the_line(event.text)
        finally:
            event.line.taken(event.text)

    @on(LineEditor.PastedLines, "#add")
    def _pasted(self, event: LineEditor.PastedLines) -> None:
        event.stop()
        self.work(partial(self._add_text, event.text), group="enter")

    def on_paste(self, event: events.Paste) -> None:
        """With the focus in the list: where else should numbers go."""
        if event.text.strip():
            event.stop()
            self.work(partial(self._add_text, event.text), group="enter")

    async def _add_text(self, text: str) -> None:
        """Rows as they stand, or the file whose path it is; what is a table is shown before it is taken in."""
        path = dropped_path(text)
        if path is not None:
            await self._add_file(path)
            return
        source = PastedText(text)
        found = await asyncio.to_thread(find, source)  # not in the store's: it may take long
        if found.by_line and found.problem is None and len(text.splitlines()) <= FEW_LINES:
            await self._add_lines(text)
        else:
            await self._import("", source)

    async def _add_lines(self, text: str) -> None:
        from tui.numbers.reading import read_text

        before = self.summary
        rows = (number for _line, number in read_text(text).rows)
        summary = await add_numbers(self.form.services, self.campaign_id, rows)
        self._tell_added(summary.total - before.total, summary.bad - before.bad)
        await self.reload(at_end=True)

    async def _add_file(self, path: Path) -> None:
        await self._import(path.name, await asyncio.to_thread(open_list, path))

    async def _import(self, called: str, source: Source) -> None:
        from tui.screens.import_list import ListImportScreen

        options = await self.form.ask(ListImportScreen(called, source))
        if options is not None:
            await self._take_in(source, options)

    async def _take_in(self, source: Source, options: ListOptions) -> None:
        from tui.screens.importing import ImportingDialog

        before = self.summary.bad
        imported = await self.form.ask(ImportingDialog(self.campaign_id, source, options))
        if imported is not None:
            self._tell_added(imported.rows, imported.summary.bad - before)
        await self.reload()

    def _tell_added(self, added: int, bad: int) -> None:
        text = say("screens.numbers.added", count=added)
        if bad:
            key = "screens.numbers.added_bad" if bad < added else "screens.numbers.added_all_bad"
            text += " " + say(key, count=bad)
        self.form.notify(text, severity="warning" if bad else "information")
