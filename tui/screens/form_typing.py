"""What is typed in a form on its way to the model and the store."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

from textual.css.query import NoMatches
from textual.widget import Widget
from textual.worker import Worker, WorkerCancelled, WorkerFailed

from tui.app.screen import AppScreen
from tui.campaign.fields import TYPED_NUMBERS
from tui.screens.form_keeper import FormKeeper
from tui.screens.form_model import FormModel
from tui.widgets.binding import taken_in
from tui.widgets.editors import Edited, EntryLine, as_one
from tui.widgets.field_row import row_of

Typed = tuple[str, str, Widget]  # the name of what is kept of an editor, what stands in it, and the editor


class FormTyping:
    """The editors of a form's section, as far as they are ahead of its model, and the model of the store."""

    def __init__(self, screen: AppScreen[None], model: FormModel, *, typed: Callable[[], list[Typed]],
                 lines: Callable[[], Iterable[EntryLine]]) -> None:
        """`typed`: what stands in the editors that are there. `lines`: the line for numbers, where it is there.

        Both raise NoMatches where the section has gone, or is still to come.
        """
        self._screen = screen
        self._model = model
        self._typed = typed
        self._lines = lines
        self.keeper = FormKeeper(model, screen, self._ahead)
        self._covered = asyncio.Event()  # another screen lies over it
        screen.covered.add(self._covered.set)
        screen.uncovered.add(self._covered.clear)

    def editors(self) -> list[Typed]:
        """What stands in them; none where they have gone, or are still to come."""
        try:
            return self._typed()
        except NoMatches:
            return []

    @property
    def ahead_of_model(self) -> bool:
        """Whether an editor shows what the model doesn't have yet: it is painted before its `Edited` arrives."""
        return any(text != self._model.values.get(name, "") for name, text, _editor in self.editors())

    def _ahead(self) -> set[str]:
        """The fields whose editors do; and the line from which numbers are on their way into the list."""
        return {name for name, text, editor in self.editors() if text != self._model.values.get(name, "")
                or (isinstance(editor, EntryLine) and editor.hands_on)}

    def edited(self, event: Edited) -> None:
        """Keep what an editor says it holds now."""
        row = row_of(event.editor)
        if row is not None:
            self.keeper.change({row.field.name: event.text})
        elif isinstance(event.editor, EntryLine):
            self.keeper.change_line(event.editor.standing)

    def line_taken(self, text: str) -> None:
        """What was entered in the line for numbers is in the list now.

        Where another section was shown meanwhile, what is kept of the line begins with it.
        """
        standing = _without(text, as_one(self._model.values.get(TYPED_NUMBERS, "")))
        for line in self._lines():
            line.put(_without(text, line.value))
            standing = line.standing
        self.keeper.change_line(standing)

    async def settle(self) -> None:
        """Wait until what was typed has arrived in its editor, and take it over."""
        if self._screen.focused is not None:
            await taken_in(self._screen.focused)
        for name, text, _editor in self.editors():
            if name == TYPED_NUMBERS:
                self.keeper.change_line(text)
            elif text != self._model.values.get(name, ""):
                self.keeper.change({name: text})

    async def keep_all(self) -> None:
        """Take over what was typed, and wait until all of it is in the store: work ends with its screen.

        What was entered may ask something first, and waits for the answer: nobody could give it meanwhile.
        """
        await self.settle()
        await self._ended("keep")
        covered = asyncio.create_task(self._covered.wait())
        entered = asyncio.create_task(self._ended("enter"))
        await asyncio.wait((covered, entered), return_when=asyncio.FIRST_COMPLETED)
        for waiting in (covered, entered):
            waiting.cancel()

    async def _ended(self, group: str) -> None:
        screen = self._screen
        under_way = [asyncio.ensure_future(_end_of(worker)) for worker in screen.workers
                     if worker.node is screen and worker.group == group and worker.is_running]
        if under_way:  # each in a task of its own: who gives up waiting for a worker itself ends its work
            await asyncio.wait(under_way)


async def _end_of(worker: Worker[Any]) -> None:
    """Wait until a worker has ended, however it does."""
    with suppress(WorkerCancelled, WorkerFailed):
        await worker.wait()


def _without(first: str, standing: str) -> str:
    """What stands in an entry line after what was entered first; all of it where that is not there any more."""
    return f"{standing}, ".removeprefix(f"{first}, ").removesuffix(", ")
