"""The consents of İYS that commercial launches go by: what is known of them, and the import of a new file."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Final

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import ProgressBar, Static

from tui.app.dialog import CLOSE, Dialog, DialogButton, labelled, problem_line, text_line
from tui.app.screen_work import reasons_of
from tui.campaign.consent import named_brand
from tui.core import folders
from tui.core.sanitize import visible
from tui.core.text_keys import TextKeys
from tui.i18n.words import say
from tui.numbers.consent_columns import NEEDED, ConsentColumn
from tui.numbers.dropped import dropped_path
from tui.operations.consent import (
    MAX_SHOWN,
    age_in_days,
    brands_text,
    import_consents,
    is_old,
    refresh_consents,
)
from tui.operations.consent_import import ConsentProgress
from tui.store.consents import ConsentImport
from tui.text.consent import count_lines, file_line, note_lines
from tui.widgets.button import Button
from tui.widgets.editors import LineEditor

# Of these the names in files differ most: where one is missing, all are asked for.
_ASKED: Final = (*NEEDED, ConsentColumn.DATE, ConsentColumn.BRAND)
_LABEL: Final = TextKeys("screens.iys.column_{}", _ASKED)
_MISSING: Final = "numbers.iys.columns"
_BETWEEN: Final = ";"  # of brands


class ConsentsDialog(Dialog[None]):
    """What is known, and a line for the path of a file.

    Columns are asked for where their names don't say them, and codes where the file has brands by name.
    """

    HEADING = "screens.iys.title"
    BUTTONS = (CLOSE, DialogButton("yes", "screens.iys.import", "primary"))
    AUTO_FOCUS = "#path"
    STOPS = "consents"

    def body(self) -> ComposeResult:
        yield text_line(say("screens.still_reading"))
        own = self.services.profile.iys_file
        yield labelled(say("screens.iys.path"), LineEditor(str(own or ""), say("screens.iys.path_hint"), id="path"))
        for column in _ASKED:
            yield labelled(say(_LABEL[column]), LineEditor("", say("screens.iys.column_hint"), id=_id(column)))
        yield labelled(say("screens.iys.codes"), LineEditor("", say("screens.iys.codes_hint"), id="codes"))
        yield problem_line()
        yield ProgressBar(total=1, show_eta=False, id="progress")
        yield Static("", id="status", markup=False)

    def on_mount(self) -> None:
        super().on_mount()
        self._show_lines(*map(_id, _ASKED), "codes", shown=False)
        self._begun_to_read(False)
        self.work(self._read, group=self.STOPS)

    def _show_lines(self, *ids: str, shown: bool) -> None:
        for each in ids:
            line = self.query_one(f"#{each}").parent
            assert isinstance(line, Horizontal)  # noqa: S101 - as `labelled` makes it
            line.display = shown

    def _begun_to_read(self, begun: bool) -> None:  # noqa: FBT001 - a state
        self.query_one(ProgressBar).display = self.query_one("#status").display = begun
        self.query_one("#yes", Button).disabled = begun
        self.query_one("#no", Button).label = say("common.cancel" if begun else "common.close")

    def _show_progress(self, at: ConsentProgress) -> None:
        """From when on it takes long enough to be seen."""
        if not at.rows:
            return
        if not self.query_one(ProgressBar).display:
            self._begun_to_read(True)
        share = at.share if not at.of else at.kept / at.of
        self.query_one(ProgressBar).update(total=1 if share is not None else None, progress=share or 0)
        self.query_one("#status", Static).update(
            say("text.iys.keeping", count=at.of, done=at.kept) if at.of else say("text.iys.reading", count=at.rows))

    async def _read(self) -> None:
        """The profile's file may have changed since it was looked at."""
        known: ConsentImport | None
        try:
            known = await refresh_consents(self.services, self._show_progress)
        except Exception as error:
            reasons = reasons_of(error)
            if not reasons:
                raise
            self.refuse(reasons)
            known = await self.services.thread(self.services.store.consents.current, self.services.profile.name)
        finally:
            self._begun_to_read(False)
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
            self._ask_for_codes(known)
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
        codes = self._codes()
        if codes is None:
            return
        path = dropped_path(typed) or folders.typed(typed)
        self._begun_to_read(True)
        try:
            made = await import_consents(self.services, path, self._named(), codes, progress=self._show_progress)
        except asyncio.CancelledError:
            self.notify(say("screens.iys.stopped"))
            raise
        except Exception as error:
            reasons = reasons_of(error)
            if not reasons:
                raise
            if any(reason.code == _MISSING for reason in reasons):
                self._ask_for_columns()
            self.refuse(reasons)
            return
        finally:
            if self.is_attached:
                self._begun_to_read(False)
        self.notify(say("screens.iys.imported", path=path.name))
        self.show_problem()
        await self._show(made)

    def _named(self) -> dict[ConsentColumn, str]:
        typed = {column: self.query_one(f"#{_id(column)}", LineEditor).value.strip() for column in _ASKED}
        return {column: name for column, name in typed.items() if name}

    def _codes(self) -> dict[str, str] | None:
        """Which code each brand has that the file has by name; None where that can't be read, and is said."""
        codes = {}
        for typed in filter(None, map(str.strip, self.query_one("#codes", LineEditor).value.split(_BETWEEN))):
            if typed.endswith("="):
                continue  # as it was proposed
            said = named_brand(typed)
            if said is None:
                self.show_problem(say("screens.iys.bad_code", value=typed), at="#codes")
                return None
            codes[said[0]] = said[1]
        return codes

    def _ask_for_columns(self) -> None:
        first = f"#{_id(_ASKED[0])}"
        shown = bool(self.query_one(first).region)
        self._show_lines(*map(_id, _ASKED), shown=True)
        if not shown:
            self.query_one(first).focus()

    def _ask_for_codes(self, known: ConsentImport) -> None:
        names = known.notes.brand_names
        if not names and not known.notes.codes:
            return
        self._show_lines(_id(ConsentColumn.BRAND), "codes", shown=True)
        line = self.query_one("#codes", LineEditor)
        said = [f"{name} = {code}" for name, code in known.notes.codes.items()]
        line.put(f"{_BETWEEN} ".join([*said, *(f"{name} =" for name in names[:MAX_SHOWN])]))
        if names:
            self.show_problem(say("screens.iys.brand_names", brands=brands_text(names)), at="#codes")


def _id(column: ConsentColumn) -> str:
    return f"column-{column.value}"
