"""The numbers of a draft: typed, pasted, or taken in from a file; every row with what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, TypeVar

from textual import on

from tui.campaign.fields import KEEP_REPEATS
from tui.campaign.phone_list import Number
from tui.config.keymap import Place
from tui.core.text_keys import TextKeys
from tui.i18n.words import say
from tui.operations.repeats import find_repeats
from tui.screens.numbers_adding import Adding
from tui.screens.numbers_filters import FILTER_TEXT
from tui.screens.question import Question
from tui.store import ListStepKind, RowFilter, StoreError
from tui.widgets.binding import bindings
from tui.widgets.presence import gone
from tui.widgets.table import Table

_STEP: Final = TextKeys("store.step.{}", ListStepKind)

T = TypeVar("T")


class NumbersPane(Adding):
    """The list of a draft, and a line to add to it: a number, several pasted, or the path of a file."""

    BINDINGS = bindings(Place.NUMBERS)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Letters are commands where no text is typed."""
        return isinstance(self.form.focused, Table)

    def why_not(self, action: str) -> str | None:
        if action in ("undo", "dropped", "blocked", "take", "repeats"):
            return self._why_no_repeats() if action == "repeats" else None
        if not self.summary.total:
            return say("screens.numbers.none_yet")
        if self.looking and (action == "drop_shown" or (self.hits is None and action in ("edit", "remove"))):
            return say("screens.numbers.looking")  # the rows that are shown are those of before
        if action == "drop_shown" and self.which == RowFilter.ALL and not self.words:
            return say("screens.numbers.choose_filter")
        if action in ("edit", "remove", "drop_shown") and not self.count:
            return say("screens.numbers.none_shown")
        if action in ("edit", "remove") and self.query_one(Table).cursor not in self.rows:
            return say("screens.still_reading")
        return None

    def _why_no_repeats(self) -> str | None:
        if self.form.draft.keeps_repeats or self.summary.duplicates:
            return None
        return say("screens.numbers.no_repeats" if self.summary.total else "screens.numbers.none_yet")

    @on(Table.Opened)
    async def _clicked(self) -> None:
        await self.run_action("edit")

    async def action_edit(self) -> None:
        """Another row in the place of the one under the cursor."""
        from tui.screens.number_row import NumberDialog

        number = self.rows[self.query_one(Table).cursor]

        def edited(row: Number | None) -> None:
            if row is not None:
                self.work(partial(self._replace, number.position, row), group="numbers")

        await self.form.open(NumberDialog(Number(number.typed, number.phrase, number.lang)), edited)

    async def _replace(self, position: int, edited: Number) -> None:
        from tui.operations.phone_list import validated

        (row,) = validated([edited])
        await self._change(self.form.services.store.numbers.replace, position, row)

    def action_take(self) -> None:
        number = self.rows.get(self.query_one(Table).cursor)
        self.form.copy_to_clipboard((number.phone or number.typed) if number is not None else None)

    def action_remove(self) -> None:
        number = self.rows[self.query_one(Table).cursor]
        self.work(partial(self._remove, [number.position]), group="numbers")

    async def _remove(self, positions: Sequence[int]) -> None:
        await self._change(self.form.services.store.numbers.drop, positions)

    async def _change(self, change: Callable[..., T], *what: object) -> T:
        """Change the list and show it; where that is refused too, for then it is another than the one that is shown."""
        try:
            changed = await self.form.services.thread(change, self.campaign_id, *what)
        except StoreError:
            await self.reload()
            raise
        await self.reload()
        return changed

    def action_drop_shown(self) -> None:
        self.work(self._drop_shown, group="numbers")

    async def _drop_shown(self) -> None:
        """Take out all that the filter shows, after a question."""
        numbers = self.form.services.store.numbers
        which, marks, hits = self.which, self.marks, self.hits  # as they are asked about
        title = say("screens.numbers.drop_shown", filter=say(FILTER_TEXT[self.which]))
        text = say("screens.numbers.drop_shown_text", count=self.count)
        if not await self.ask(Question(title, text, say("screens.numbers.drop"))):
            return
        if marks is not None:
            await self._change(numbers.drop_marked, marks)
        elif hits is not None:
            await self._change(numbers.drop, hits)
        else:
            await self._change(numbers.drop_which, RowFilter(which))
        self.which = RowFilter.ALL
        self.begin()

    def action_undo(self) -> None:
        self.work(self._undo, group="numbers")

    async def _undo(self) -> None:
        step = await self._change(self.form.services.store.numbers.undo)
        if step is None:
            self.form.notify(say("screens.numbers.nothing_to_undo"), severity="warning")
            return
        self.form.notify(say("screens.numbers.undone", what=say(_STEP[step.what], count=step.rows)))

    async def action_dropped(self) -> None:
        from tui.screens.dropped import DroppedDialog

        await self.form.open(DroppedDialog(self.campaign_id), self._dropped_closed)

    def _dropped_closed(self, _: None) -> None:
        self.work(self.reload, group="numbers")

    def action_repeats(self) -> None:
        self.work(self._change_repeats, group="numbers")

    async def _change_repeats(self) -> None:
        """Call numbers once for each phrase, after a question; or once again, by their first row."""
        form = self.form
        if form.draft.keeps_repeats:
            await self._keep_repeats("")
            form.notify(say("screens.numbers.repeats_dropped"))
            return
        again = (await find_repeats(form.services, self.campaign_id)).count()
        if not again.rows:
            form.notify(say("screens.numbers.no_repeats"), severity="warning")
            return
        lines = [say("screens.numbers.repeats_text", count=again.rows),
                 say("screens.numbers.repeats_called", count=again.numbers), say("screens.numbers.repeats_results")]
        if await self.ask(Question(say("screens.numbers.repeats"), lines, say("screens.numbers.repeats_yes"))):
            await self._keep_repeats("true")

    async def _keep_repeats(self, text: str) -> None:
        await self.form.services.thread(self.form.services.store.drafts.change, self.campaign_id, {KEEP_REPEATS: text})
        await self.form.read_again()
        if not gone(self):
            await self.reload()

    def action_clear(self) -> None:
        self.work(self._clear, group="numbers")

    async def _clear(self) -> None:
        question = Question(say("screens.numbers.clear"), say("screens.numbers.clear_text", count=self.summary.total),
                            say("screens.numbers.drop"))
        if await self.ask(question):
            await self._change(self.form.services.store.numbers.clear)
