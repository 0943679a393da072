"""The consents of İYS that commercial launches go by: what is known of them, and the import of a new file."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from tui.app.dialog import CLOSE, Dialog, DialogButton, labelled, problem_line, text_line
from tui.app.screen_work import reasons_of
from tui.core import folders
from tui.core.sanitize import visible
from tui.core.text_keys import TextKeys
from tui.i18n.words import say
from tui.numbers.consent_columns import NEEDED, ConsentColumn
from tui.numbers.dropped import dropped_path
from tui.operations.consent import age_in_days, import_consents, is_old, refresh_consents
from tui.store.consents import ConsentImport
from tui.text.consent import count_lines, file_line, note_lines
from tui.widgets.button import Button
from tui.widgets.editors import LineEditor

# Of these the names in files differ most: where one is missing, all are asked for.
_ASKED: Final = (*NEEDED, ConsentColumn.DATE)
_LABEL: Final = TextKeys("screens.iys.column_{}", _ASKED)
_MISSING: Final = "numbers.iys.columns"


class ConsentsDialog(Dialog[None]):
    """What is known, and a line for the path of a file. Columns are asked for where their names don't say them."""

    HEADING = "screens.iys.title"
    BUTTONS = (CLOSE, DialogButton("yes", "screens.iys.import", "primary"))
    AUTO_FOCUS = "#path"
    STOPS = "consents"

    def body(self) -> ComposeResult:
        yield text_line(say("screens.still_reading"))
        own = self.services.profile.iys_file
        yield labelled(say("screens.iys.path"), LineEditor(str(own or ""), say("screens.iys.path_hint"), id="path"))
        for column in _ASKED:
            line = labelled(say(_LABEL[column]), LineEditor("", say("screens.iys.column_hint"), id=_id(column)))
            line.add_class("column")
            yield line
        yield problem_line()

    def on_mount(self) -> None:
        super().on_mount()
        self.query(".column").set(display=False)
        self.work(self._read, group=self.STOPS)

    async def _read(self) -> None:
        """The profile's file may have changed since it was looked at."""
        known: ConsentImport | None
        try:
            known = await refresh_consents(self.services)
        except Exception as error:
            reasons = reasons_of(error)
            if not reasons:
                raise
            self.refuse(reasons)
            known = await self.services.thread(self.services.store.consents.current, self.services.profile.name)
        await self._show(known)

    async def _show(self, known: ConsentImport | None) -> None:
        services = self.services
        if known is None:
            lines = [say("text.iys.nothing")]
        else:
            now, days = services.now(), services.profile.iys_days
            old = [say("operations.iys.old", path=Path(known.path).name, count=age_in_days(known, now), most=days)
                   ] if is_old(known, now, days) else []
            counts = await services.thread(services.store.consents.counts, known)
            lines = [file_line(known, now), *old, *count_lines(counts), *note_lines(known.notes)]
        lines.append(say("screens.iys.about"))
        self.query_one(".text", Static).update("\n".join(map(visible, lines)))

    @on(LineEditor.Submitted)
    def _next(self) -> None:
        self.set_focus(self.query_one("#yes"))

    @on(Button.Pressed, "#yes")
    def _confirmed(self) -> None:
        self.work(self._import, group=self.STOPS, exclusive=True)

    async def _import(self) -> None:
        typed = self.query_one("#path", LineEditor).value.strip()
        if not typed:
            self.show_problem(say("screens.iys.type_path"), at="#path")
            return
        path = dropped_path(typed) or folders.typed(typed)
        try:
            made = await import_consents(self.services, path, self._named())
        except Exception as error:
            reasons = reasons_of(error)
            if not reasons:
                raise
            if any(reason.code == _MISSING for reason in reasons):
                self._ask_for_columns()
            self.refuse(reasons)
            return
        self.notify(say("screens.iys.imported", path=path.name))
        self.show_problem()
        await self._show(made)

    def _named(self) -> dict[ConsentColumn, str]:
        typed = {column: self.query_one(f"#{_id(column)}", LineEditor).value.strip() for column in _ASKED}
        return {column: name for column, name in typed.items() if name}

    def _ask_for_columns(self) -> None:
        lines = self.query(".column")
        shown = all(line.display for line in lines.results(Horizontal))
        lines.set(display=True)
        if not shown:
            self.query_one(f"#{_id(_ASKED[0])}").focus()


def _id(column: ConsentColumn) -> str:
    return f"column-{column.value}"
