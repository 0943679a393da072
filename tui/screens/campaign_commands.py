"""What is done to the campaign under the cursor of the list: opened, switched, copied, deleted, brought back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.app.screen import AppScreen
from tui.campaign.fields import PHONE_LIST
from tui.campaign.lifecycle import Action, State
from tui.campaign.parsed_draft import new_values
from tui.i18n.words import say
from tui.screens.bulk_commands import BulkCommands
from tui.screens.campaign_marks import RemovedDrafts
from tui.screens.listed_campaigns import ListedCampaigns
from tui.screens.switching import SwitchCommands
from tui.store import Campaign
from tui.text.formats import id_text, short
from tui.widgets.command_owner import CommandOwner

if TYPE_CHECKING:
    from tui.screens.campaign_form import CampaignFormScreen


class CampaignCommands(CommandOwner):
    """Where some are marked they are switched and deleted in its place.

    Whatever opens a screen is awaited until that is there: what is typed ahead lands in it.
    """

    def __init__(self, screen: AppScreen[None], listed: ListedCampaigns, switching: SwitchCommands,
                 bulk: BulkCommands, removed: RemovedDrafts) -> None:
        self._screen = screen
        self._listed = listed
        self._switching = switching
        self._bulk = bulk
        self._removed = removed

    async def action_new(self) -> None:
        from tui.screens.campaign_form import CampaignFormScreen

        values = new_values()
        if self._screen.services.profile.caller_id:
            values["cli"] = self._screen.services.profile.caller_id
        await self._open_new(CampaignFormScreen(values))

    async def action_copy(self) -> None:
        await self._screen.screen_work.guarded(self._copy)

    async def _copy(self) -> None:
        from tui.screens.campaign_form import CampaignFormScreen

        campaign, services = self._listed.current, self._screen.services
        if campaign is None:
            return
        made = await services.thread(services.store.drafts.copy, campaign.id, numbers=False)
        self._screen.notify(say("screens.campaigns.copied", name=short(campaign.name)))
        await self._open_new(CampaignFormScreen(await services.thread(services.store.campaigns.get, made)))

    async def _open_new(self, form: CampaignFormScreen) -> None:
        """Where one comes back from it, the cursor is on what was made there: the next key is meant for that."""
        async def find() -> None:
            try:
                await self._listed.reload()
            finally:
                self._listed.goes_to = None

        def left(_: None) -> None:
            if form.model.campaign is not None:
                self._listed.goes_to = form.model.campaign.id
                self._screen.work(find)

        await self._screen.open(form, left)

    async def action_open(self) -> None:
        """A draft in the form, anything else on a screen of its own."""
        campaign = self._listed.current
        if campaign is None:
            return
        if campaign.state.editable:
            from tui.screens.campaign_form import CampaignFormScreen

            await self._screen.open(CampaignFormScreen(campaign))
        else:
            from tui.screens.campaign_detail import CampaignDetailScreen

            await self._screen.open(CampaignDetailScreen(campaign.id))

    async def action_again(self) -> None:
        """Today's campaign of an earlier one, opened where its list is asked for."""
        await self._screen.screen_work.guarded(self._again)

    async def _again(self) -> None:
        from tui.operations.again import make_again
        from tui.screens.campaign_form import CampaignFormScreen

        campaign = self._listed.current
        if campaign is None:
            return
        draft = await make_again(self._screen.services, campaign.id)
        self._screen.notify(say("screens.campaigns.again", name=short(campaign.name)))
        await self._open_new(CampaignFormScreen(draft, field=PHONE_LIST))

    async def action_replace(self) -> None:
        """Change what runs, by a campaign in its place."""
        await self._screen.screen_work.guarded(self._replace)

    async def _replace(self) -> None:
        from tui.screens.successor import ask_to_replace

        if self._listed.current is not None:
            await ask_to_replace(self._screen, self._listed.current, self._open_new)

    async def action_test(self) -> None:
        from tui.screens.trial_call import ask_for_test_call

        if self._listed.current is not None:
            await ask_for_test_call(self._screen, self._listed.current.id)

    def action_take(self) -> None:
        self._screen.copy_to_clipboard(id_text(self._listed.current))

    async def action_results(self) -> None:
        from tui.screens.results import ResultsScreen

        if self._listed.current is not None:
            await self._screen.open(ResultsScreen(self._listed.current.id))

    async def action_switch(self) -> None:
        """Off at once, on after a question."""
        campaign = self._listed.current
        if self._bulk.begin(Action.OFF, Action.ON) or campaign is None:
            return
        await self._switching.turn(campaign)

    async def action_delete(self) -> None:
        """A draft at once, for it can be brought back; anything else after a question."""
        if not self._bulk.begin(Action.DELETE):
            await self._screen.screen_work.guarded(self._delete)

    async def _delete(self) -> None:
        campaign = self._listed.current
        if campaign is None:
            return
        if not campaign.state.editable:
            await self._switching.ask_delete(campaign)
        elif not self._screen.santral.held():  # else one draft after another would go
            await self._remove(campaign)

    async def _remove(self, draft: Campaign) -> None:
        services = self._screen.services
        await services.thread(services.store.drafts.remove, draft.id)
        self._removed.add([draft.id])
        await self._listed.reload()
        name = short(draft.name or say("screens.unnamed"))
        self._screen.notify(say("screens.campaigns.draft_removed", name=name))

    @property
    def to_bring_back(self) -> Sequence[int] | None:
        """The drafts that were removed last; with the cursor on a removed one, that one."""
        campaign = self._listed.current
        if campaign is not None and campaign.state is State.DELETED and campaign.provider_id is None:
            return [campaign.id]
        return self._removed.last

    def action_undo(self) -> None:
        self._screen.work(self._bring_back)

    async def _bring_back(self) -> None:
        drafts, services = self.to_bring_back or [], self._screen.services
        for draft in drafts:
            await services.thread(services.store.drafts.bring_back, draft)
        self._removed.forget(drafts)
        await self._listed.reload()
        self._screen.notify(say("screens.campaigns.drafts_back", count=len(drafts)))
