"""What comes in while the list is looked at: the receiver's health, and of which campaigns nothing comes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import partial

from tui.app.screen import AppScreen
from tui.i18n.words import say
from tui.operations.incoming import ReceiverHealth, SilentCampaign, read_health, silent_campaigns
from tui.text.formats import moment_text, sentence, short
from tui.widgets.command_owner import CommandOwner

LISTEN_SECONDS = 5.0
MAX_UNREADABLE = 50
MAX_RAW = 1000


class Incoming(CommandOwner):
    """How the receivers of the profile are, and which campaigns are silent, as it was when that was last read."""

    def __init__(self, screen: AppScreen[None]) -> None:
        self._screen = screen
        self._health: ReceiverHealth | None = None
        self.silent: Mapping[int, dt.datetime] = {}  # campaigns of which nothing comes in, and since when

    @property
    def _receiving(self) -> bool:
        """Whether a public address of ours is configured."""
        return self._screen.santral.config.receiver.public_url is not None

    def health_text(self) -> str:
        return "" if self._health is None else receiver_text(self._health, wanted=self._receiving)

    async def read(self) -> bool:
        """Ask the store; whether other campaigns are silent than before. A toast names those that have fallen so."""
        services, now = self._screen.services, self._screen.services.now()
        minutes = self._screen.santral.config.receiver.silence_minutes
        self._health = await services.thread(read_health, services.store, services.profile.name, now)
        found = await services.thread(partial(
            silent_campaigns, services.store, services.profile.name, now, minutes, receiving=self._receiving))
        before, self.silent = self.silent, {silent.campaign.id: silent.since for silent in found}
        self._notify_silent([silent for silent in found if silent.campaign.id not in before], now)
        return self.silent != before

    def _notify_silent(self, fallen: Sequence[SilentCampaign], now: dt.datetime) -> None:
        if len(fallen) == 1:
            name, moment = short(fallen[0].campaign.name), moment_text(fallen[0].since, now)
            self._screen.notify(say("screens.campaigns.silent", name=name, moment=moment), severity="warning")
        elif fallen:
            self._screen.notify(say("screens.campaigns.several_silent", count=len(fallen)), severity="warning")

    def action_webhook(self) -> None:
        self._screen.work(self._check_webhook, group="webhook", exclusive=True)

    async def _check_webhook(self) -> None:
        from tui.operations.webhook_check import check_webhook

        self._screen.notify(say("screens.campaigns.checking_webhook"))
        result = await check_webhook(self._screen.services, self._screen.santral.config.receiver)
        self._screen.notify(sentence(result.reason), severity="information" if result.works else "error")

    def action_unreadable(self) -> None:
        self._screen.work(self._show_unreadable)

    async def _show_unreadable(self) -> None:
        """What came to the webhook and was no notification: the newest, when it came, why, and how it begins."""
        from tui.screens.listing import Listing

        services, deliveries = self._screen.services, self._screen.services.store.deliveries
        profile, now = services.profile.name, services.now()
        count = await services.thread(deliveries.unreadable_count, profile)
        lines: list[str] = []
        for body in await services.thread(deliveries.unreadable, profile, 0, MAX_UNREADABLE):
            lines += ["", f"{moment_text(body.received_at, now)}   {sentence(body.reason)}",
                      short(body.raw.decode("utf-8", "backslashreplace"), MAX_RAW)]
        if count > MAX_UNREADABLE:
            lines += ["", say("screens.campaigns.more_unreadable", count=count - MAX_UNREADABLE)]
        await self._screen.open(
            Listing(say("screens.campaigns.unreadable_title"), lines[1:] or [say("screens.campaigns.all_readable")]))


def receiver_text(health: ReceiverHealth, *, wanted: bool) -> str:
    """The receiver's health in a few words; "" where none is configured (`wanted`) and none is there."""
    receivers, results = health.receivers, health.results
    parts = [say("screens.campaigns.no_receiver")] if wanted and not receivers else []
    if receivers:
        rate = sum(receiver.received_last_minute for receiver in receivers)
        parts.append(say("screens.campaigns.receiver", address=receivers[0].address.rpartition(":")[2], rate=rate))
    if health.waiting:
        parts.append(say("screens.campaigns.waiting", count=health.waiting))
    if receivers and results.last_received_at is not None:
        parts.append(say("screens.results.last", moment=moment_text(results.last_received_at, health.at)))
    if receivers and results.unreadable:
        parts.append(say("screens.campaigns.unreadable", count=results.unreadable))
    return " · ".join(parts)
