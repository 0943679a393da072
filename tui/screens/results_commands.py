"""What is done in a campaign's results: it is switched, more of them are fetched, and what is made of them: a file, a
follow-up, drafts by a plan."""

from __future__ import annotations

from tui.app.screen import AppScreen
from tui.app.screen_work import refusal
from tui.i18n.words import say
from tui.screens.list_reasons import why_not_switched
from tui.screens.results_list import ResultsList
from tui.screens.switching import SwitchCommands
from tui.store import Campaign
from tui.widgets.command_owner import CommandOwner


class ResultsCommands(CommandOwner):
    """Each asks in a dialog, or a screen, of its own."""

    def __init__(self, screen: AppScreen[None], listed: ResultsList, switching: SwitchCommands) -> None:
        self._screen = screen
        self._listed = listed
        self._switching = switching

    def why_not(self, action: str) -> str | None:
        figures = self._listed.figures
        if figures is None:
            return say("screens.still_reading")
        # What is made, or fetched, is of one campaign of the provider's.
        if action in ("records", "plan", "follow") and figures.lives and figures.life is None:
            return say("screens.results.choose_life", count=len(figures.lives))
        if action == "switch":
            services = self._screen.services
            refused = refusal(lambda: services.must_be_ours(figures.campaign)) or refusal(services.must_be_writable)
            return refused or why_not_switched(action, figures.campaign, services, complete=figures.own.complete)
        return None

    async def action_switch(self) -> None:
        """Of several lives it is the one that runs, or the one that is shown alone."""
        if (figures := self._listed.figures) is not None:
            await self._switching.turn(figures.campaign)

    async def action_export(self) -> None:
        from tui.screens.export import export_dialog

        if (figures := self._listed.figures) is not None:
            await self._screen.open(export_dialog(self._screen.services, figures.campaign, self._listed.filter,
                                                  alone=figures.life is not None))

    async def action_records(self) -> None:
        from tui.screens.call_records import CallRecordsDialog

        if (figures := self._listed.figures) is not None:
            await self._screen.open(CallRecordsDialog(figures.campaign))

    async def action_plan(self) -> None:
        """What becomes of all its numbers, by a plan."""
        from tui.screens.follow_up_plan import FollowUpPlanScreen

        if (figures := self._listed.figures) is not None:
            await self._screen.open(FollowUpPlanScreen(figures.campaign), self._planned)

    async def _planned(self, drafts: tuple[Campaign, ...] | None) -> None:
        if not drafts:
            return
        if len(drafts) == 1:
            await self._open_draft(drafts[0])
        refs = ", ".join(draft.ref for draft in drafts)
        self._screen.notify(say("screens.plan.made", count=len(drafts), refs=refs))

    async def action_follow(self) -> None:
        """A draft of the numbers that are shown."""
        from tui.screens.follow_up import FollowUpDialog

        if (figures := self._listed.figures) is not None:
            await self._screen.open(FollowUpDialog(figures.campaign, self._listed.filter), self._open_draft)

    async def _open_draft(self, draft: Campaign | None) -> None:
        from tui.screens.campaign_form import CampaignFormScreen

        if draft is not None:
            await self._screen.open(CampaignFormScreen(draft))
