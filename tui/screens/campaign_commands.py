"""What is done to the campaign under the cursor of the list: opened, copied, deleted, brought back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.app.screen import AppScreen
from tui.campaign.fields import PHONE_LIST
from tui.campaign.lifecycle import State
from tui.campaign.parsed_draft import new_values
from tui.i18n.words import say
from tui.screens.campaign_marks import RemovedDrafts
from tui.screens.campaign_table import ListedCampaigns
from tui.screens.switching import SwitchCommands
from tui.store import Campaign
from tui.text.formats import short

if TYPE_CHECKING:
    from tui.screens.campaign_form import CampaignFormScreen


class CampaignCommands:
    """Whatever opens a screen is awaited until that is there: what is typed ahead lands in it."""

    def __init__(self, screen: AppScreen[None], listed: ListedCampaigns, switching: SwitchCommands,
                 removed: RemovedDrafts) -> None:
        self._screen = screen
        self._listed = listed
        self._switching = switching
        self._removed = removed

    async def new(self) -> None:
        from tui.screens.campaign_form import CampaignFormScreen

        values = new_values()
        if self._screen.services.profile.caller_id:
            values["cli"] = self._screen.services.profile.caller_id
        await self._open_new(CampaignFormScreen(values))

    async def copy(self) -> None:
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
            if form.campaign is not None:
                self._listed.goes_to = form.campaign.id
                self._screen.work(find)

        await self._screen.open(form, left)

    async def open(self) -> None:
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

    async def again(self) -> None:
        """Today's campaign of an earlier one, opened where its list is asked for."""
        from tui.operations.again import make_again
        from tui.screens.campaign_form import CampaignFormScreen

        campaign = self._listed.current
        if campaign is None:
            return
        draft = await make_again(self._screen.services, campaign.id)
        self._screen.notify(say("screens.campaigns.again", name=short(campaign.name)))
        await self._open_new(CampaignFormScreen(draft, field=PHONE_LIST))

    async def replace(self) -> None:
        """Change what runs, by a campaign in its place."""
        from tui.screens.successor import ask_to_replace

        if self._listed.current is not None:
            await ask_to_replace(self._screen, self._listed.current)

    async def open_results(self) -> None:
        from tui.screens.results import ResultsScreen

        if self._listed.current is not None:
            await self._screen.open(ResultsScreen(self._listed.current.id))

    async def delete(self) -> None:
        """A draft at once, for it can be brought back; anything else after a question."""
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

    async def bring_back(self) -> None:
        drafts, services = self.to_bring_back or [], self._screen.services
        for draft in drafts:
            await services.thread(services.store.drafts.bring_back, draft)
        self._removed.forget(drafts)
        await self._listed.reload()
        self._screen.notify(say("screens.campaigns.drafts_back", count=len(drafts)))
