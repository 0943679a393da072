"""Campaigns with results, for the tests of what is remembered of them."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Mapping

from tests.store.support import good
from tui.campaign.lifecycle import Action, AskedBy, Created
from tui.campaign.results import CallRecord, Notification, Ping, Unreadable
from tui.store import Delivery, IngestResult, Store
from tui.store.columns import stamp
from tui.store.counting import FigureChange

NOON = dt.datetime(2026, 9, 12, 9, 0, tzinfo=dt.UTC)
_IDS = itertools.count(1)
PROVIDER_ID = 20_212
TABLES = ("results", "result_totals", "result_counts", "result_minutes")
_WHEN_IT_CAME_IN = {"answered_in"}  # it follows from no call


def phone(number: int) -> str:
    return f"9053200{number:05}"


def told(
    number: int | str = 1, status: str = "Cevaplandı", digit: str = "", *, name: str | None = None, minute: float = 0,
    campaign_id: int | None = PROVIDER_ID, call_uuid: str = "", extra: Mapping[str, str] | None = None,
) -> Notification:
    return Notification(
        notification_id=name or f"n{next(_IDS)}", campaign_id=campaign_id, campaign_name="Anket", lead_id="1878",
        phone=phone(number) if isinstance(number, int) else number, digit=digit, status=status,
        happened_at=NOON + dt.timedelta(minutes=minute), call_uuid=call_uuid, extra=extra or {})


def listed(number: int = 1, status: str = "Cevaplandı", *, minute: float = 0, talk: int = 35, seconds: int = 65,
           call_uuid: str = "") -> CallRecord:
    started = NOON + dt.timedelta(minutes=minute)
    return CallRecord(phone(number), status, started, started + dt.timedelta(seconds=seconds), talk, call_uuid)


def delivered(what: Notification | Ping | Unreadable, token: str = "token", second: float = 0) -> Delivery:
    return Delivery(token, NOON + dt.timedelta(hours=1, seconds=second), what)


def ingest(store: Store, *notifications: Notification, token: str = "token") -> list[IngestResult]:
    return store.deliveries.ingest([delivered(notification, token) for notification in notifications])


def begun(store: Store, campaign: int, token: str = "token") -> int:
    """A launch of a draft that is on its way."""
    return store.ledger.begin(campaign, revision=store.campaigns.get(campaign).revision, token=token, body_hash=token,
                              numbers=2, asked_by=AskedBy.APP)


def calling(store: Store, numbers: int = 5, *, fields: Mapping[str, str] | None = None, token: str = "token",
            provider_id: int = PROVIDER_ID) -> int:
    """A campaign that is on and calls so many numbers, each with a phrase of its own."""
    campaign = store.drafts.create("acme", {"name": "Anket", "call_retries": "2", **(fields or {})})
    store.numbers.add(campaign, [good(phone(number), f"#456 kişi{number}") for number in range(1, numbers + 1)])
    assert store.ledger.resolve(begun(store, campaign, token), Created(provider_id))
    return campaign


def switched_off(store: Store, campaign: int) -> None:
    """So long ago that no call of it is under way any more."""
    store.switches.done(store.switches.begin(campaign, Action.OFF, AskedBy.APP))
    database = store._context.database
    with database.write():
        database.run("UPDATE campaigns SET state_at = ? WHERE id = ?", (stamp(NOON), campaign))


def filled(store: Store) -> int:
    """1 answered and pressed 2; 2 answered at the second attempt and pressed nothing; 3 busy; 4 wrong; 5 not called."""
    campaign = calling(store)
    ingest(store, told(1, "Cevaplandı", "2", minute=0), told(2, "Meşgul", minute=1), told(3, "Meşgul", minute=2),
           told(4, "Hatalı Numara", minute=3), told(2, "Cevaplandı", "-", minute=10))
    return campaign


def tables(store: Store, campaign: int, names: Iterable[str] = TABLES) -> dict[str, list[tuple[object, ...]]]:
    """What is kept up of a campaign's results, whole."""
    database = store._context.database
    columns = {name: ", ".join(column for column in of if column not in _WHEN_IT_CAME_IN)
               for name, of in database.tables().items()}
    return {name: sorted((tuple(row) for row in database.all(
        f"SELECT {columns[name]} FROM {name} WHERE campaign_id = ?", (campaign,))), key=repr) for name in names}  # noqa: S608 - our own names


def assert_as_recounted(store: Store, campaign: int) -> None:
    """What was kept up step by step is what counting it all anew gives."""
    kept = tables(store, campaign)
    with store._context.database.write():
        _recount(store, campaign)
    assert tables(store, campaign) == kept


def _recount(store: Store, campaign: int) -> None:
    """Work everything out anew from the notifications and records."""
    database, aggregates = store._context.database, store._aggregates
    retries = aggregates.rules(campaign).retries
    for table in TABLES:
        database.run(f"DELETE FROM {table} WHERE campaign_id = ?", (campaign,))  # noqa: S608 - our own names
    change = FigureChange(campaign, retries)
    for name in ("notifications", "records"):
        change.sums[name] = database.number(f"SELECT count(*) FROM {name} WHERE campaign_id = ?", (campaign,))  # noqa: S608 - our own names
    if change.sums.total():
        change.write(database)
        database.run(
            "UPDATE result_totals SET (first_received_at, last_received_at, last_happened_at) = (SELECT "
            "min(received_at), max(received_at), max(happened_at) FROM notifications WHERE campaign_id = ?) "
            "WHERE campaign_id = ?", (campaign, campaign))
    for phones in aggregates.phones(campaign, 2_000):
        change = FigureChange(campaign, retries)
        change.recount(phones, {}, aggregates.attempts(campaign, phones))
        change.write(database)
