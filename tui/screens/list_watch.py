"""When the list of campaigns is read again, by itself."""

from __future__ import annotations

from tui.app.screen import AppScreen
from tui.app.store_watcher import StoreWatcher
from tui.campaign.lifecycle import State
from tui.screens.campaign_notes import CampaignNotes
from tui.screens.incoming import LISTEN_SECONDS, Incoming
from tui.screens.listed_campaigns import ListedCampaigns

WATCH_SECONDS = 0.25


class ListWatch:
    """It looks at the store while the list is in front, and every few seconds at what comes in."""

    def __init__(self, screen: AppScreen[None], listed: ListedCampaigns, notes: CampaignNotes,
                 incoming: Incoming) -> None:
        self._screen = screen
        self._listed = listed
        self._notes = notes
        self._incoming = incoming
        self._watcher = StoreWatcher(screen, listed.reload, each_look=self._before_look)
        self._shown = False  # what the first picture shows is not asked for again
        screen.uncovered.add(self._show_again)

    def begin(self) -> None:
        """Show what was asked for while the program was loaded, and go on from there."""
        self._screen.set_front_interval(WATCH_SECONDS, self.look)
        self._screen.set_interval(LISTEN_SECONDS, self.listen)
        self._screen.call_after_refresh(self.listen)  # what it loads would keep the first picture waiting
        self._shown = self._show_first_look()

    def _show_first_look(self) -> bool:
        """Whether what was asked for has come: it is in the first picture then."""
        session = self._screen.santral.session
        first, session.first_look = session.first_look, None
        if first is None or not first.done() or first.exception() is not None:
            return False
        seen = first.result()
        self._listed.show(seen.overview)
        self._watcher.has_read(seen.version)
        return True

    def _show_again(self) -> None:
        """Whatever changed while another screen lay over it."""
        if not self._shown:
            self._screen.work(self._listed.reload)
        self._shown = False

    def look(self) -> None:
        self._notes.show_right()
        self._watcher.look()

    def look_soon(self) -> None:
        """In a moment what was just begun is remembered, and shown."""
        self._screen.set_timer(0.03, self.look)

    async def _before_look(self) -> None:
        """What a killed process left behind is looked for where something seems to be under way."""
        pages, services = self._listed.pages, self._screen.services
        if not pages.up_to_date:  # what the filter names could not be read
            self._watcher.forget()
        if any(campaign.pending or campaign.state is State.LAUNCHING for campaign in pages.items.values()):
            await services.thread(services.store.ledger.recover)

    def listen(self) -> None:
        """Look after the receiver and its alarms."""
        self._screen.work(self._listen, group="hear", exclusive=True)

    async def _listen(self) -> None:
        changed = await self._incoming.read()
        self._notes.show_right()
        if changed:
            await self._listed.reload()
