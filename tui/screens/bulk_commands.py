"""What is done to several campaigns of the list at once: to all that are marked, or to all that are on."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import TYPE_CHECKING

from tui.app.screen import AppScreen
from tui.campaign.lifecycle import Action, State
from tui.i18n.words import say
from tui.screens.campaign_marks import CampaignMarks, RemovedDrafts
from tui.screens.campaign_notes import CampaignNotes
from tui.screens.listed_campaigns import ListedCampaigns
from tui.store import ListFilter
from tui.text.formats import state_now
from tui.widgets.command_owner import CommandOwner

if TYPE_CHECKING:  # loaded when something is done
    from tui.operations.bulk import BulkPlan


class BulkCommands(CommandOwner):
    """Marking rows, and what is done to all that are marked."""

    def __init__(self, screen: AppScreen[None], listed: ListedCampaigns, marks: CampaignMarks, removed: RemovedDrafts,
                 notes: CampaignNotes) -> None:
        self._screen = screen
        self._listed = listed
        self._marks = marks
        self._removed = removed
        self._notes = notes

    # marks

    def _marked(self, changed: Collection[int]) -> None:
        """The marks of these are others now; their rows alone are painted anew."""
        self._listed.repaint(changed)
        self._notes.show_marked()

    def clear(self) -> None:
        self._marked(self._marks.mark_only(()))

    def action_mark(self) -> None:
        """Mark the one under the cursor, or unmark it, and go on to the next."""
        campaign = self._listed.current
        if campaign is not None:
            self._marked(self._marks.turn([campaign.id]))
            self._listed.table.action_move(1)

    def action_mark_range(self, step: int) -> None:
        """Mark from where the range began up to the next row; on the way back those that are left are unmarked."""
        table, campaigns = self._listed.table, self._listed.pages.items
        here = table.cursor
        there = max(0, min(here + step, table.count - 1))
        if here in campaigns and there in campaigns:
            self._marked(self._marks.extend(here, there, left=campaigns[here].id, reached=campaigns[there].id))
            table.cursor = there

    def action_mark_all(self) -> None:
        """Mark all that the filter names; where all are, unmark them."""
        self._screen.work(self._mark_all, group="mark", exclusive=True)

    async def _mark_all(self) -> None:
        self._marked(self._marks.turn_all(await self._listed.ids()))

    def reach(self, row: int, *, alone: bool) -> None:
        """Go to a row that was clicked, and mark all on the way to it; `alone`: it is marked or unmarked."""
        table = self._listed.table
        here, table.cursor = table.cursor, row
        first, last = (row, row) if alone else sorted((here, row))
        self._screen.work(partial(self._mark_rows, first, last, turn=alone), group="mark")

    async def _mark_rows(self, first: int, last: int, *, turn: bool) -> None:
        ids = await self._listed.ids(first, last)
        self._marked(self._marks.turn(ids) if turn else self._marks.add(ids))

    # what is done to them

    def begin(self, *actions: Action) -> bool:
        """Ask which of these is to be done to what is marked, and do it; False where nothing is."""
        if self._marks.ids:
            self._screen.work(partial(self._ask_marked, *actions), group="bulk")
        return bool(self._marks.ids)

    async def _ask_marked(self, *actions: Action) -> None:
        from tui.operations.bulk import plan
        from tui.operations.switching_on import ahead_of, finished_among
        from tui.screens.bulk import BulkQuestion
        from tui.text.switch_on import all_ahead_lines

        services = self._screen.services
        campaigns = await services.thread(services.store.campaigns.some, sorted(self._marks.ids))
        now = services.now()
        over = await services.thread(finished_among, services.store, campaigns, now)
        plans = [plan(action, campaigns, services.profile.name, over) for action in actions]
        if any(not campaign.state.editable for campaign in campaigns):  # drafts are nobody else's
            services.must_be_writable()
        title = say("screens.bulk.delete_ask" if Action.DELETE in actions else "screens.bulk.switch_ask",
                    count=len(campaigns))
        switched_on = [campaign for one in plans if one.action is Action.ON for campaign in one.able]
        ahead = await services.thread(ahead_of, services.store, switched_on, now)
        confirmed = await self._screen.ask(BulkQuestion(title, plans, ahead=all_ahead_lines(ahead, now)))
        if confirmed is not None:
            await self._carry_out(confirmed)

    def action_stop_all(self) -> None:
        """Switch off everything of this profile that is on, or may be, whatever is shown or marked."""
        self._screen.work(self._stop_all, group="bulk")

    async def _stop_all(self) -> None:
        from tui.operations.bulk import plan
        from tui.screens.bulk import BulkQuestion

        services = self._screen.services
        campaigns = await services.thread(services.store.campaigns.perhaps_on, services.profile.name)
        doubtful = ListFilter(states=frozenset({State.LAUNCHING, State.UNCONFIRMED}))
        lost = await services.thread(services.store.campaigns.count, services.profile.name, doubtful)
        over = sum(state_now(campaign, services.now()) is State.FINISHED for campaign in campaigns)
        notes = ["", say("screens.bulk.stop_over", count=over)] if over else []
        notes += ["", say("screens.bulk.stop_lost", count=lost)] if lost else []
        if not campaigns:
            text = "\n".join([say("screens.bulk.nothing_on"), *notes[1:]])
            self._screen.notify(text, severity="warning" if lost else "information")
            return
        planned = plan(Action.OFF, campaigns, services.profile.name)
        title = say("screens.bulk.stop_ask", profile=services.profile.name)
        confirmed = await self._screen.ask(BulkQuestion(title, [planned], notes))
        if confirmed is not None:
            await self._carry_out(confirmed)

    async def _carry_out(self, planned: BulkPlan) -> None:
        from tui.operations.bulk import BulkOutcome
        from tui.screens.bulk import BulkDialog

        bulk = await self._screen.ask(BulkDialog(planned))
        if bulk is None:
            return
        if bulk.removed:
            self._removed.add(bulk.removed)
            self._screen.notify(say("screens.campaigns.drafts_removed", count=len(bulk.removed)))
        # What was not done stays marked, so that it can be tried again.
        self._marked(self._marks.remove(
            [result.campaign.id for result in bulk.results if result.outcome is BulkOutcome.DONE]))
        await self._listed.reload()
