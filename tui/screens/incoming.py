"""What comes in while the list is looked at: the receiver's health, and of which campaigns nothing comes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import partial

from tui.i18n.words import say
from tui.operations.silence import silent_since
from tui.screens.campaign_table import CampaignList
from tui.store import Health, Heartbeat, Store
from tui.store.values import NO_TOTALS
from tui.text.formats import moment_text, sentence, short
from tui.widgets.lines import TitleLine

LISTEN_SECONDS = 5.0
RECEIVER_SEEN = dt.timedelta(seconds=30)  # a receiver that has not been heard of for so long is not there
MOST_UNREADABLE = 50
MOST_RAW = 1000


@dataclass(frozen=True, slots=True)
class Heard:
    """How the receivers are: `waiting` requests are taken in yet, `wanted` says that one is configured."""

    beats: list[Heartbeat]
    health: Health
    at: dt.datetime
    wanted: bool
    waiting: int = 0


class Incoming(CampaignList):
    """It listens every few seconds."""

    def __init__(self) -> None:
        super().__init__()
        self._heard: Heard | None = None

    def health_text(self) -> str:
        return "" if self._heard is None else receiver_text(self._heard)

    def listen(self) -> None:
        """Look after the receiver and its alarms; by itself every few seconds."""
        self.work(self._hear, group="hear", exclusive=True)

    async def _hear(self) -> None:
        """Whether a receiver is there, and of which campaigns nothing comes in though something should."""
        services, receiver, now = self.services, self.santral.config.receiver, self.services.now()
        beats = await services.thread(services.store.receivers.seen_since, now - RECEIVER_SEEN)
        health = await services.thread(services.store.results.health, services.profile.name)
        waiting = max(await services.thread(waiting_here, services.store), sum(beat.waiting for beat in beats))
        self._heard = Heard(beats, health, now, wanted=receiver.public_url is not None, waiting=waiting)
        self.query_one(TitleLine).right = self.title_right()
        on = await services.thread(partial(
            services.store.campaigns.perhaps_on, services.profile.name, over=False))
        totals = await services.thread(services.store.results.totals_of, [campaign.id for campaign in on])
        silent = {campaign.id: since for campaign in on
                  if (since := silent_since(campaign, totals.get(campaign.id, NO_TOTALS), now,
                                            receiver.silence_minutes,
                                            receiving=receiver.public_url is not None)) is not None}
        fallen = [campaign for campaign in on if campaign.id in silent.keys() - self.silent.keys()]
        if len(fallen) == 1:
            moment = moment_text(silent[fallen[0].id], now)
            self.notify(say("screens.campaigns.silent", name=short(fallen[0].name), moment=moment), severity="warning")
        elif fallen:
            self.notify(say("screens.campaigns.several_silent", count=len(fallen)), severity="warning")
        if silent != self.silent:
            self.silent = silent
            await self.reload()

    def action_webhook(self) -> None:
        self.work(self._check_webhook, group="webhook", exclusive=True)

    async def _check_webhook(self) -> None:
        from tui.operations.webhook_check import check_webhook

        self.notify(say("screens.campaigns.checking_webhook"))
        result = await check_webhook(self.services, self.santral.config.receiver)
        self.notify(sentence(result.reason), severity="information" if result.works else "error")

    def action_unreadable(self) -> None:
        self.work(self._show_unreadable)

    async def _show_unreadable(self) -> None:
        """What came to the webhook and was no notification: the newest, when it came, why, and how it begins."""
        from tui.screens.listing import Listing

        services, deliveries = self.services, self.services.store.deliveries
        profile, now = services.profile.name, services.now()
        count = await services.thread(deliveries.unreadable_count, profile)
        lines: list[str] = []
        for body in await services.thread(deliveries.unreadable, profile, 0, MOST_UNREADABLE):
            lines += ["", f"{moment_text(body.received_at, now)}   {sentence(body.reason)}",
                      short(body.raw.decode("utf-8", "backslashreplace"), MOST_RAW)]
        if count > MOST_UNREADABLE:
            lines += ["", say("screens.campaigns.more_unreadable", count=count - MOST_UNREADABLE)]
        await self.open(
            Listing(say("screens.campaigns.unreadable_title"), lines[1:] or [say("screens.campaigns.all_readable")]))


def waiting_here(store: Store) -> int:
    """How many requests wait beside the store on this machine, whether a receiver is there or not."""
    try:
        return store.spool.waiting()
    except OSError:
        return 0


def receiver_text(heard: Heard) -> str:
    """The receiver's health in a few words; "" where none is configured and none is there."""
    beats, health = heard.beats, heard.health
    parts = [say("screens.campaigns.no_receiver")] if heard.wanted and not beats else []
    if beats:
        rate = sum(beat.received_last_minute for beat in beats)
        parts.append(say("screens.campaigns.receiver", address=beats[0].address.rpartition(":")[2], rate=rate))
    if heard.waiting:
        parts.append(say("screens.campaigns.waiting", count=heard.waiting))
    if beats and health.last_received_at is not None:
        parts.append(say("screens.results.last", moment=moment_text(health.last_received_at, heard.at)))
    if beats and health.unreadable:
        parts.append(say("screens.campaigns.unreadable", count=health.unreadable))
    return " · ".join(parts)
