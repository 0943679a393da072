"""Where a recording is saved: a folder, which is proposed again for the next."""

from __future__ import annotations

import asyncio
from pathlib import Path

from msgspec import Struct
from textual import on
from textual.app import ComposeResult

from tui.app.dialog import CANCEL, Dialog, DialogButton, labelled, problem_line, text_line
from tui.core import folders
from tui.i18n.words import say
from tui.operations.recording import RecordedCall
from tui.operations.recording_file import saved_before
from tui.widgets.button import Button
from tui.widgets.editors import LineEditor


class SaveTo(Struct, frozen=True):
    """`replace`: somebody said that what lies there under the recording's name may go."""

    folder: Path
    replace: bool


class SaveRecordingDialog(Dialog[SaveTo]):
    """Asks for a folder that is there. Of a recording that lies in it the dialog says so: confirmed once more, it is
    replaced."""

    HEADING = "screens.calls.save_title"
    BUTTONS = (CANCEL, DialogButton("yes", "screens.calls.save", "primary"))
    AUTO_FOCUS = "#folder"

    def __init__(self, recorded: RecordedCall) -> None:
        super().__init__()
        self._recorded = recorded
        self._asked_about: Path | None = None  # what lies there, of which it was said

    def body(self) -> ComposeResult:
        folder = self.services.recordings or folders.here()
        yield text_line(say("screens.calls.save_about", name=f"{self._recorded.stem}.…"))
        yield labelled(say("screens.calls.folder"), LineEditor(str(folder), id="folder"))
        yield problem_line()

    def typed_anew(self) -> None:
        super().typed_anew()
        self._asked_about = None

    @on(LineEditor.Submitted)
    @on(Button.Pressed, "#yes")
    def _confirmed(self) -> None:
        if self._asked_about is not None and self.santral.held():
            return
        self.work(self._choose, group="folder", exclusive=True)

    async def _choose(self) -> None:
        folder = folders.typed(self.query_one("#folder", LineEditor).value.strip() or ".")
        if not await asyncio.to_thread(folders.is_folder, folder):
            self.show_problem(say("screens.calls.no_folder", folder=str(folder)), at="#folder")
            return
        there = await asyncio.to_thread(saved_before, folder, self._recorded.stem)
        if there is not None and there != self._asked_about:
            self._asked_about = there
            self.show_problem(say("screens.calls.lies_there", path=str(there)))
            return
        self.services.recordings = folder
        self.dismiss(SaveTo(folder, replace=there is not None))
