"""The rows that were dropped from a list, each with the reason: written to a file, or brought back."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Label, Static

from tui.app.screen import Dialog
from tui.core import folders
from tui.core.sanitize import visible
from tui.i18n.words import say
from tui.operations.dropped import export_dropped
from tui.text.formats import sentence
from tui.widgets.button import Button, ConfirmButton
from tui.widgets.editors import Edited, LineEditor

SHOWN = 8


class DroppedDialog(Dialog[None]):
    AUTO_FOCUS = "#no"

    def __init__(self, campaign_id: int) -> None:
        super().__init__()
        self._campaign_id = campaign_id
        self._told = ""  # the path of which it was said that there is a file: enter again replaces it

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(say("screens.dropped.title"), markup=False, classes="title")
            yield Static(id="rows", markup=False)
            with Horizontal(classes="line", id="where"):
                yield Label(say("screens.export.path"), markup=False, classes="label")
                yield LineEditor(str(folders.here() / "santral-dropped.csv"), id="path")
            yield Static("", id="told", markup=False, classes="problem")
            with Horizontal(classes="buttons"):
                yield Button(say("common.close"), id="no", compact=True)
                yield ConfirmButton(say("screens.dropped.bring_back"), id="back", compact=True)
                yield Button(say("screens.export.write"), id="yes", variant="primary", compact=True)

    def on_mount(self) -> None:
        super().on_mount()
        self.work(self._look)

    async def _look(self) -> None:
        services, numbers = self.services, self.services.store.numbers
        count = await services.thread(numbers.dropped_count, self._campaign_id)
        newest = await services.thread(numbers.dropped, self._campaign_id, 0, SHOWN)
        lines = [say("screens.dropped.count", count=count) if count else say("screens.dropped.none"), ""]
        lines += [f"{row.typed}  {sentence(row.why)}" for row in newest]
        if count > len(newest):
            lines.append("…")
        self.query_one("#rows", Static).update("\n".join(map(visible, lines)))
        for name in ("#where", "#back", "#yes"):
            self.query_one(name).display = count > 0

    @on(Edited)
    def _typed_anew(self) -> None:
        """What was said of the name before is not said of this one."""
        self._told = ""
        self.query_one("#told", Static).update("")

    @on(LineEditor.Submitted)
    def _write(self) -> None:
        if self._told and self.santral.held():
            return
        self.work(self._export, group="export", exclusive=True)

    async def _export(self) -> None:
        path = folders.typed(self.query_one("#path", LineEditor).value.strip())
        if self._told != str(path) and await self.services.thread(folders.is_file, path):
            self._told = str(path)
            self.query_one("#told", Static).update(visible(say("screens.export.there", path=str(path))))
            return
        count = await export_dropped(self.services, self._campaign_id, path)
        self.app.notify(visible(say("screens.export.done", count=count, path=str(path))), markup=False)
        self.dismiss(None)

    async def _bring_back(self) -> None:
        await self.services.thread(self.services.store.numbers.bring_back, self._campaign_id)
        self.dismiss(None)

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        match event.button.id:
            case "yes":
                self._write()
            case "back":
                self.work(self._bring_back, group="back", exclusive=True)
            case _:
                self.dismiss(None)

    def action_leave(self) -> None:
        self.dismiss(None)
