"""What comes to the webhook, kept before it is acknowledged (docs/architecture.md, rule 2); launches it resolves."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Final
from urllib.parse import urlencode

from msgspec import Struct

from tui.campaign.lifecycle import State
from tui.campaign.results import Notification, Ping, Unreadable
from tui.core.reason import Reason
from tui.store.aggregates import Aggregates, ReceivedNotification
from tui.store.columns import moment, reason_columns, reason_of, stamp
from tui.store.errors import StoreError
from tui.store.ledger import Ledger
from tui.store.merging import Merging
from tui.store.repository import Context, Repository
from tui.store.result_values import Delivery, IngestResult, UnreadableBody
from tui.store.sql import sql

_OWNERS: Final = sql("""
SELECT launches.token AS token, launches.id AS launch, launches.campaign_id AS campaign_id, campaigns.profile AS profile
FROM asked CROSS JOIN launches JOIN campaigns ON campaigns.id = launches.campaign_id
WHERE launches.token = asked.value UNION ALL
SELECT token, NULL AS launch, NULL AS campaign_id, profile FROM asked CROSS JOIN profile_tokens
WHERE token = asked.value
""")
_GONE_BY_THEN: Final = dt.timedelta(days=30)  # files that were ingested
_ALL_TOKENS: Final = "SELECT token FROM launches UNION ALL SELECT token FROM profile_tokens"
_OF_PROFILE: Final = "SELECT token FROM profile_tokens WHERE profile = ?"
_GIVE_PROFILE: Final = """
INSERT INTO profile_tokens (profile, token, made_at) VALUES (?, ?, ?) ON CONFLICT (profile) DO NOTHING
"""
_COUNT_PINGS: Final = "UPDATE profile_tokens SET pings = pings + ? WHERE token = ?"
_NOTE_PING: Final = "UPDATE launches SET pinged_at = ? WHERE id = ? AND pinged_at IS NULL"
_CREATED_ID: Final = "SELECT provider_id FROM launches WHERE id = ? AND outcome = 'created'"
_INGEST_ONCE: Final = "INSERT INTO taken_in (name, at) VALUES (?, ?) ON CONFLICT (name) DO NOTHING"
_UNREADABLE: Final = "SELECT * FROM unreadable WHERE profile = ? ORDER BY id DESC LIMIT ? OFFSET ?"
_KEEP_RAW: Final = """
INSERT INTO unreadable (profile, campaign_id, received_at, reason, reason_params, raw)
VALUES (?, ?, ?, ?, ?, ?)
"""


class _Owner(Struct, frozen=True):
    """Whose a token is: a launch's, or with no launch the profile's."""

    profile: str
    launch: int | None
    campaign: int | None


_AtProvider = tuple[str, int]  # a profile, and an ID that the provider gave


class Deliveries(Repository):
    """Each delivery is kept whole: as a notification of its campaign, as a ping, or as a body that can't be read."""

    def __init__(self, context: Context, ledger: Ledger, aggregates: Aggregates, merging: Merging) -> None:
        super().__init__(context)
        self._ledger = ledger
        self._aggregates = aggregates
        self._merging = merging

    def ingest(self, deliveries: Sequence[Delivery], *, spooled: str = "") -> list[IngestResult]:
        """Keep what came, all of it or, where anything fails, nothing; what became of each, in their order.

        A notification belongs to the campaign that it names by the provider's ID. Under a launch's token it resolves
        that launch. A campaign that isn't known, or was said not to have been created, is tracked as a found one.
        Who has answered and pressed the campaign's opt-out key is on the profile's do-not-call list when this returns.
        `spooled`: the file that they are from; what is in one that was ingested before is as it is, and REPEATED.
        """
        with self._database.write():
            taken = self._ingest(deliveries, spooled)
        with suppress(StoreError):  # it is moved another time
            self._merging.go_on(bits=1)
        return taken

    def _ingest(self, deliveries: Sequence[Delivery], spooled: str) -> list[IngestResult]:
        if spooled and not self._ingest_once(spooled):
            return [IngestResult.REPEATED] * len(deliveries)
        owners = self._owners(deliveries)
        self._note_pings(owners, deliveries)
        known = self._resolve(owners, deliveries)
        taken, raw = [], []
        notified: dict[int, list[int]] = {}  # campaign → places in `deliveries`
        for place, delivery in enumerate(deliveries):
            owner = owners.get(delivery.token)
            taken.append(IngestResult.UNKNOWN_TOKEN if owner is None else IngestResult.STORED)
            if owner is None:
                continue
            match delivery.what:
                case Unreadable() as body:
                    raw.append((owner, delivery, body))
                case Notification() as notification:
                    campaign = known.get((owner.profile, self._provider_id(owner, notification) or 0))
                    if campaign is None:
                        raw.append((owner, delivery, _without_campaign(notification)))
                    else:
                        notified.setdefault(campaign, []).append(place)
        for campaign, places in notified.items():
            received = [ReceivedNotification(what, deliveries[place].received_at) for place in places
                        if isinstance(what := deliveries[place].what, Notification)]
            for place, news in zip(places, self._aggregates.receive(campaign, received), strict=True):
                if not news:
                    taken[place] = IngestResult.REPEATED
        self._keep_raw(raw)
        return taken

    def knows(self, token: str) -> bool:
        """Whether a token is a launch's or a profile's."""
        return bool(self.known([token]))

    def known(self, tokens: Iterable[str]) -> set[str]:
        """Which of these tokens are a launch's or a profile's."""
        return {row["token"] for row in self._among(_OWNERS, set(tokens))}

    def tokens(self) -> list[str]:
        """All tokens that are known."""
        return [row["token"] for row in self._database.all(_ALL_TOKENS)]

    def profile_token(self, profile: str, new_token: Callable[[], str]) -> str:
        """The token of a profile's own webhook, made when it is first asked for."""
        row = self._database.one(_OF_PROFILE, (profile,))
        if row is None:
            with self._database.write():
                self._database.run(_GIVE_PROFILE, (profile, new_token(), self._now()))
                row = self._database.one(_OF_PROFILE, (profile,))
        if row is None:
            raise self._database.damaged()
        return str(row["token"])

    def profile_pings(self, profile: str) -> int:
        """How many requests without a notification ever came under the profile's own token."""
        return self._database.number("SELECT pings FROM profile_tokens WHERE profile = ?", (profile,))

    def unreadable(self, profile: str, offset: int, limit: int) -> list[UnreadableBody]:
        """What came and could not be read, the newest first."""
        rows = self._database.all(_UNREADABLE, (profile, limit, offset))
        with self._database.legible():
            return [UnreadableBody(row["id"], row["campaign_id"], moment(row["received_at"]), bytes(row["raw"]),
                                   reason_of(row["reason"], row["reason_params"]) or Reason(row["reason"]))
                    for row in rows]

    def unreadable_count(self, profile: str) -> int:
        """How much came that could not be read."""
        return self._database.number("SELECT count(*) FROM unreadable WHERE profile = ?", (profile,))

    def _ingest_once(self, name: str) -> bool:
        """Note that a file is ingested; whether it wasn't before."""
        now = self._context.now()
        self._database.run("DELETE FROM taken_in WHERE at < ?", (stamp(now - _GONE_BY_THEN),))
        return self._database.run(_INGEST_ONCE, (name, stamp(now))).rowcount > 0

    def _owners(self, deliveries: Sequence[Delivery]) -> dict[str, _Owner]:
        rows = self._among(_OWNERS, {delivery.token for delivery in deliveries})
        return {row["token"]: _Owner(row["profile"], row["launch"], row["campaign_id"]) for row in rows}

    def _note_pings(self, owners: Mapping[str, _Owner], deliveries: Sequence[Delivery]) -> None:
        pings = Counter(delivery.token for delivery in deliveries if isinstance(delivery.what, Ping))
        first: dict[str, dt.datetime] = {}
        for delivery in deliveries:
            if isinstance(delivery.what, Ping):
                first.setdefault(delivery.token, delivery.received_at)
        for token, count in pings.items():
            owner = owners.get(token)
            if owner is not None and owner.launch is None:
                self._database.run(_COUNT_PINGS, (count, token))
            elif owner is not None:
                self._database.run(_NOTE_PING, (stamp(first[token]), owner.launch))

    def _resolve(self, owners: Mapping[str, _Owner], deliveries: Sequence[Delivery]) -> dict[_AtProvider, int]:
        """Resolve the launches that notifications name; then the campaign of each ID that is named."""
        named: dict[_AtProvider, tuple[_Owner, str]] = {}
        for token, notification in {(delivery.token, what.campaign_id): (delivery.token, what)
                                    for delivery in deliveries
                                    if isinstance(what := delivery.what, Notification)}.values():
            owner = owners.get(token)
            if owner is None:
                continue
            if owner.launch is not None and notification.campaign_id is not None:
                self._ledger.resolve_by_notification(owner.launch, notification.campaign_id)
            provider_id = self._provider_id(owner, notification)
            if provider_id is not None:
                named.setdefault((owner.profile, provider_id), (owner, notification.campaign_name))
        # Only now: resolving one launch may have made two campaigns one.
        return {what: self._campaign(what, owner, name) for what, (owner, name) in named.items()}

    def _provider_id(self, owner: _Owner, notification: Notification) -> int | None:
        """The ID of the campaign that a notification is of; where it names none, of the one its launch has made."""
        if notification.campaign_id is not None or owner.launch is None:
            return notification.campaign_id
        return self._database.number(_CREATED_ID, (owner.launch,)) or None

    def _campaign(self, what: _AtProvider, owner: _Owner, name: str) -> int:
        profile, provider_id = what
        known = self._known(profile, provider_id)
        if known is not None:
            return int(known["id"])
        return self._insert(profile, {"name": name}, State.ON, provider_id=provider_id, adopted=1, found=1,
                            copied_from=owner.campaign)

    def _keep_raw(self, raw: Sequence[tuple[_Owner, Delivery, Unreadable]]) -> None:
        self._database.run_many(_KEEP_RAW, [
            (owner.profile, owner.campaign, stamp(delivery.received_at), *reason_columns(body.reason), body.raw)
            for owner, delivery, body in raw])


def _without_campaign(notification: Notification) -> Unreadable:
    """A notification that names no campaign, under a token that doesn't either; as a form again."""
    form = {"notification_id": notification.notification_id,
            "notification_date": notification.happened_at.astimezone(dt.UTC).strftime("%Y-%m-%d %H:%M:%S UTC"),
            "ivr_campaign_name": notification.campaign_name, "ivr_lead_id": notification.lead_id,
            "phone": notification.phone, "digit": notification.digit, "status": notification.status,
            "call_uuid": notification.call_uuid, **notification.extra}
    return Unreadable(urlencode(form, errors="replace").encode("ascii"), Reason("store.result_without_campaign"))
