"""What lies beyond the configuration: the database, the provider and its clock, the receiver."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator, Iterator
from typing import Final

from tui.commands.doctor.finding import Finding
from tui.commands.output import full_sentence
from tui.config import Config, ReceiverSettings
from tui.i18n.words import say
from tui.operations.incoming import SEEN_WITHIN
from tui.operations.services import NotPossible, Services
from tui.store import Store
from tui.store.spool import Spool

# Both clocks decide when is called, and the provider's is in its answers.
_CLOCK_OFF: Final = dt.timedelta(seconds=30)


def database(store: Store, config: Config) -> Iterator[Finding]:
    """StoreError."""
    condition = store.condition()
    yield Finding("database", "address", config.database.url, well=True)
    yield Finding("database", "schema", f"{condition.schema}", condition.schema == condition.known)
    yield Finding("database", "integrity", condition.damage or "ok", not condition.damage)
    yield spool_finding(store.spool)


def spool_finding(spool: Spool) -> Finding:
    """What a receiver has acknowledged and the database has not ingested yet."""
    try:
        waiting, damaged = spool.waiting(), spool.damaged()
    except OSError as error:
        return Finding("database", "beside", f"{spool.folder}: {type(error).__name__}", well=False)
    texts = [say("command.doctor.waiting", count=waiting)] if waiting else []
    if damaged:
        texts.append(say("command.doctor.waiting_damaged", count=damaged))
    text = f"{spool.folder}: {', '.join(texts)}" if texts else say("command.doctor.none")
    return Finding("database", "beside", text, well=not texts)


async def provider(services: Services) -> AsyncIterator[Finding]:
    """One look-up, which needs a valid key, and the clock of the server that answers it."""
    from tui.provider.errors import ProviderError

    before = services.now()
    try:
        client = services.provider
        found = await client.check_key()
    except NotPossible as refused:
        yield Finding("provider", "key", full_sentence(refused.reason), well=False)
        return
    except ProviderError as error:
        yield Finding("provider", "key", full_sentence(error.reason), well=False)
    else:
        yield Finding("provider", "key", say("command.doctor.key_works", count=len(found)), well=True)
    if client.server_time is not None:
        yield _clock(client.server_time, before, services.now())


def _clock(theirs: dt.datetime, before: dt.datetime, after: dt.datetime) -> Finding:
    """The clock of a server whose answer, of `theirs` in whole seconds, came between two moments of ours."""
    if before - dt.timedelta(seconds=1) <= theirs <= after:
        return Finding("provider", "clock", say("command.doctor.clock_right"), well=True)
    off = before - theirs if theirs < before else after - theirs
    seconds = round(off.total_seconds())
    key = "command.doctor.clock_ahead" if seconds > 0 else "command.doctor.clock_behind"
    return Finding("provider", "clock", say(key, count=abs(seconds)), abs(off) <= _CLOCK_OFF)


async def receiver(services: Services, wanted: ReceiverSettings, *, offline: bool) -> AsyncIterator[Finding]:
    """StoreError."""
    beats = await services.thread(services.store.receivers.seen_since, services.now() - SEEN_WITHIN)
    addresses = ", ".join(beat.address for beat in beats) or say("command.doctor.no_receiver")
    yield Finding("receiver", "listening", addresses, True if beats else None)
    if wanted.public_url is None:
        yield Finding("receiver", "public", say("command.doctor.no_public_url"))
    elif beats and not offline:
        from tui.operations.webhook_check import check_webhook

        result = await check_webhook(services, wanted)
        yield Finding("receiver", "public", full_sentence(result.reason), result.works)
