"""Where a dialog writes a file: one that is there is replaced, after saying so."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import partial
from pathlib import Path
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import ProgressBar

from tui.app.dialog import CANCEL, Dialog, DialogButton, labelled, problem_line, text_line
from tui.core import folders
from tui.i18n.words import say
from tui.widgets.button import Button
from tui.widgets.editors import LineEditor

Write = Callable[[Path], Coroutine[Any, Any, None]]


class FilePath:
    """The line of a dialog with the path in it. Of a file that is there the dialog says so first, where it shows its
    problems: the same path confirmed once more replaces it.
    """

    def __init__(self, dialog: Dialog[Any], name: str) -> None:
        """`name`: that of the file which is proposed, in the folder one is in."""
        self._dialog = dialog
        self._name = name
        self._asked_about = ""  # the path of which it was said that there is a file

    def line(self) -> Horizontal:
        return labelled(say("screens.export.path"), LineEditor(str(folders.here() / self._name), id="path"))

    def typed_anew(self) -> None:
        """What was said of the path before is not said of this one."""
        self._asked_about = ""

    def confirm(self, write: Write) -> None:
        """Begin to write what is confirmed. A key that is held down replaces nothing."""
        if self._asked_about and self._dialog.santral.held():
            return
        self._dialog.work(partial(self._write, write), group="export", exclusive=True)

    async def _write(self, write: Write) -> None:
        dialog = self._dialog
        path = folders.typed(dialog.query_one("#path", LineEditor).value.strip())
        if self._asked_about != str(path) and await dialog.services.thread(folders.is_file, path):
            self._asked_about = str(path)
            dialog.show_problem(say("screens.export.there", path=str(path)))
            return
        dialog.show_problem()
        await write(path)


class WriteDialog(Dialog[None]):
    """Asks where to, and writes; an existing file is replaced after saying so."""

    BUTTONS = (CANCEL, DialogButton("yes", "screens.export.write", "primary"))
    AUTO_FOCUS = "LineEditor"
    STOPS = "export"

    def __init__(self, title: str, about: str, name: str, write: Callable[[Path], Coroutine[Any, Any, str]],
                 bar: ProgressBar | None = None) -> None:
        """`title` and `about` are keys of texts, `name` is that of the file which is proposed; what `write` returns is
        said then. `bar` is shown while it writes.
        """
        super().__init__()
        self._texts = title, about
        self._file = FilePath(self, name)
        self._writes = write
        self._bar = bar

    def heading(self) -> str:
        return say(self._texts[0])

    def body(self) -> ComposeResult:
        yield text_line(say(self._texts[1]))
        yield self._file.line()
        yield problem_line()
        if self._bar is not None:
            yield self._bar

    def on_mount(self) -> None:
        self._show_bar(shown=False)

    def _show_bar(self, *, shown: bool) -> None:
        if self._bar is not None:
            self._bar.display = shown

    def typed_anew(self) -> None:
        super().typed_anew()
        self._file.typed_anew()

    @on(LineEditor.Submitted)
    @on(Button.Pressed, "#yes")
    def _confirmed(self) -> None:
        self._file.confirm(self._write)

    async def _write(self, path: Path) -> None:
        self._show_bar(shown=True)
        try:
            done = await self._writes(path)
        finally:
            self._show_bar(shown=False)
        self.notify(done)
        self.dismiss()
