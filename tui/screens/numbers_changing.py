"""How rows of a draft's list are changed, dropped and brought back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final, TypeVar

from tui.app.screen_work import Job
from tui.campaign.fields import KEEP_REPEATS
from tui.campaign.phone_list import Number
from tui.core.text_keys import TextKeys
from tui.i18n.words import say
from tui.operations.repeats import find_repeats
from tui.screens.form_pane import FormPane
from tui.screens.numbers_filter import FILTER_TEXT
from tui.screens.numbers_list import ListedNumbers
from tui.screens.question import Question
from tui.store import ListStepKind, RowFilter, StoredNumber, StoreError
from tui.widgets.command_owner import CommandOwner
from tui.widgets.presence import gone

_STEP: Final = TextKeys("store.step.{}", ListStepKind)

T = TypeVar("T")


class NumberChanges(CommandOwner):
    """Each change is followed by a reading of the list."""

    def __init__(self, pane: FormPane, listed: ListedNumbers) -> None:
        self._pane = pane
        self._listed = listed

    def why_not(self, action: str) -> str | None:
        keeps = self._pane.form.model.draft.keeps_repeats or self._listed.summary.duplicates
        if action in ("undo", "dropped") or (action == "repeats" and keeps):
            return None
        if (why := self._listed.why_no_rows()) is not None:
            return why
        if action == "repeats":
            return say("screens.numbers.no_repeats")
        return self._why_not_drop_shown() if action == "drop_shown" else None

    def _why_not_drop_shown(self) -> str | None:
        shown = self._listed.filter
        if shown.looking:
            return say("screens.numbers.looking")  # the rows that are shown are those of before
        if shown.is_all:
            return say("screens.numbers.choose_filter")
        return None if shown.count else say("screens.numbers.none_shown")

    def _begin(self, change: Job) -> None:
        self._pane.work(change, group="numbers")

    async def _change(self, change: Callable[..., T], *what: object) -> T:
        """Change the list and show it; where that is refused too, for then it is another than the one that is shown."""
        try:
            changed = await self._pane.services.thread(change, self._listed.campaign_id, *what)
        except StoreError:
            await self._listed.reload()
            raise
        await self._listed.reload()
        return changed

    def replace(self, position: int, edited: Number) -> None:
        """Another row in the place of the one at a position."""
        self._begin(partial(self._replace, position, edited))

    async def _replace(self, position: int, edited: Number) -> None:
        from tui.operations.phone_list import validated

        (row,) = validated([edited])
        await self._change(self._pane.services.store.numbers.replace, position, row)

    def remove(self, number: StoredNumber) -> None:
        self._begin(partial(self._remove, number))

    async def _remove(self, number: StoredNumber) -> None:
        await self._change(self._pane.services.store.numbers.drop, [number.position])

    async def action_dropped(self) -> None:
        from tui.screens.dropped import DroppedDialog

        await self._pane.form.host.open(DroppedDialog(self._listed.campaign_id),
                                        lambda _: self._begin(self._listed.reload))

    def action_drop_shown(self) -> None:
        self._begin(self._drop_shown)

    async def _drop_shown(self) -> None:
        """Drop all that the filter shows, after a question."""
        numbers, shown = self._pane.services.store.numbers, self._listed.filter
        name, marks, hits = shown.name, shown.marks, shown.hits  # as they are asked about
        title = say("screens.numbers.drop_shown", filter=say(FILTER_TEXT[name]))
        text = say("screens.numbers.drop_shown_text", count=shown.count)
        if not await self._pane.ask(Question(title, text, say("screens.numbers.drop"))):
            return
        if marks is not None:
            await self._change(numbers.drop_marked, marks)
        elif hits is not None:
            await self._change(numbers.drop, hits)
        else:
            await self._change(numbers.drop_which, RowFilter(name))
        shown.name = RowFilter.ALL
        self._listed.begin()

    def action_undo(self) -> None:
        self._begin(self._undo)

    async def _undo(self) -> None:
        host, step = self._pane.form.host, await self._change(self._pane.services.store.numbers.undo)
        if step is None:
            host.notify(say("screens.numbers.nothing_to_undo"), severity="warning")
            return
        host.notify(say("screens.numbers.undone", what=say(_STEP[step.what], count=step.rows)))

    def action_clear(self) -> None:
        self._begin(self._clear)

    async def _clear(self) -> None:
        text = say("screens.numbers.clear_text", count=self._listed.summary.total)
        if await self._pane.ask(Question(say("screens.numbers.clear"), text, say("screens.numbers.drop"))):
            await self._change(self._pane.services.store.numbers.clear)

    def action_repeats(self) -> None:
        self._begin(self._switch_repeats)

    async def _switch_repeats(self) -> None:
        """Call numbers once for each phrase, after a question; or once again, by their first row."""
        form = self._pane.form
        if form.model.draft.keeps_repeats:
            await self._keep_repeats("")
            form.host.notify(say("screens.numbers.repeats_dropped"))
            return
        again = (await find_repeats(self._pane.services, self._listed.campaign_id)).count()
        if not again.rows:
            form.host.notify(say("screens.numbers.no_repeats"), severity="warning")
            return
        lines = [say("screens.numbers.repeats_text", count=again.rows),
                 say("screens.numbers.repeats_called", count=again.numbers), say("screens.numbers.repeats_results")]
        if await self._pane.ask(Question(say("screens.numbers.repeats"), lines, say("screens.numbers.repeats_yes"))):
            await self._keep_repeats("true")

    async def _keep_repeats(self, text: str) -> None:
        services = self._pane.services
        await services.thread(services.store.drafts.change, self._listed.campaign_id, {KEEP_REPEATS: text})
        await self._pane.form.keeper.read_again()
        if not gone(self._pane):
            await self._listed.reload()
