"""`santral listen`: the webhook receiver, alone. A process of its own, on a server or beside the app."""

from __future__ import annotations

import asyncio
import contextlib
import json
import signal
import socket
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from msgspec.structs import asdict

from tui import bootstrap
from tui.bootstrap import sort_text
from tui.campaign.dates import ISTANBUL
from tui.campaign.lifecycle import AskedBy
from tui.commands.arguments.program import Listen
from tui.commands.invocation import Invocation
from tui.commands.output import full_sentence, line, problem
from tui.commands.status import Status
from tui.config import Config
from tui.core.clock import utc_now
from tui.core.processes import end_with_input
from tui.core.reason import Reason
from tui.core.secret import Secret
from tui.i18n.words import folded, say
from tui.receiver.counts import RequestCounts
from tui.receiver.receiver_store import ReceiverStore
from tui.receiver.server import Receiver, ReceiverCallbacks, address_of, open_socket
from tui.store import Store, StoreBusy


def listen(invocation: Invocation, arguments: Listen) -> Status:
    """Serve until Ctrl+C, SIGTERM or a closed terminal. ReceiverError, ConfigError, StoreError."""
    config = bootstrap.open_config(invocation.sources, AskedBy.COMMAND, arguments.log_folder).config
    if invocation.profile is not None:  # it receives for all of them; one that doesn't exist is a mistake all the same
        config.choose(invocation.profile)
    if not arguments.until_eof:
        for warning in config.warnings:
            problem(full_sentence(warning))
    with open_socket(*config.receiver.listen) as opened:
        place = _place(config.database.location, warns=not arguments.until_eof)
        try:
            address = address_of(opened)
            receiver = Receiver(
                place, opened, name=f"{socket.gethostname()}:{opened.getsockname()[1]}",
                path=urlsplit(config.receiver.public_url or "").path, callbacks=_reports(arguments, config, address))
            if arguments.until_eof:
                end_with_input()
            asyncio.run(_serve(receiver))
        finally:
            place.close()
    if not arguments.until_eof:
        _report_event(arguments, "ended", say("receiver.ended"))
    return Status.DONE


def _place(location: Path | Secret, *, warns: bool) -> ReceiverStore:
    """The store that it writes to, open or to be opened; `warns` where others have access to it. StoreError.

    One that is busy, or whose server is down, may be back in a moment: what comes until then is kept.
    """
    def opened() -> Store:
        store = Store.open(location, fold=folded, sort_key=sort_text)
        for warning in store.warnings if warns else ():
            problem(full_sentence(warning))
        return store

    try:
        return ReceiverStore.of(opened())
    except StoreBusy as failure:
        return ReceiverStore(opened, Store.spool_at(location), failure)


async def _serve(receiver: Receiver) -> None:
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        ending = getattr(signal, name, None)
        # Under nohup a closed terminal ends nothing.
        if ending is not None and signal.getsignal(ending) is not signal.SIG_IGN:
            with contextlib.suppress(NotImplementedError):  # Windows
                loop.add_signal_handler(ending, stopping.set)
    await receiver.serve(stopping)


def _reports(arguments: Listen, config: Config, address: str) -> ReceiverCallbacks:
    if arguments.until_eof:
        # For the program that started it: the address, and failures.
        return ReceiverCallbacks(ready=lambda: _ignored(line(address)), trouble=_show_trouble, lost=_show_loss)
    if arguments.json:
        return ReceiverCallbacks(ready=lambda: _document("listening", address=address,
                                                         public_url=config.receiver.public_url,
                                                         database=config.database.url),
                                 minute=lambda counts: _document("minute", received=counts.acknowledged,
                                                                 **asdict(counts)),
                                 trouble=_document_trouble, lost=_document_loss)
    return ReceiverCallbacks(ready=_listening(config, address), minute=_show_minute, trouble=_show_trouble,
                             lost=_show_loss)


def _ignored(_written: bool) -> None:  # noqa: FBT001 - where nobody reads any more, it receives all the same
    pass


def _listening(config: Config, address: str) -> Callable[[], None]:
    url = config.receiver.public_url

    def show() -> None:
        line(say("receiver.listening", address=address, database=config.database.url))
        if url is None:
            problem(say("receiver.no_public_url"))
        else:
            line(say("receiver.reached_at", url=url))

    return show


def _show_minute(counts: RequestCounts) -> None:
    line(say("receiver.minute", moment=utc_now().astimezone(ISTANBUL), count=counts.acknowledged, **asdict(counts)))
    if counts.waiting:
        line(say("receiver.minute_waiting", count=counts.waiting))


def _show_trouble(why: Reason | None) -> None:
    problem(say("receiver.works_again") if why is None else say("receiver.beside", why=full_sentence(why)))


def _show_loss(why: Reason) -> None:
    problem(say("receiver.failing", why=full_sentence(why)))


def _document_trouble(why: Reason | None) -> None:
    if why is None:
        _document("works_again")
    else:
        _document("beside", code=why.code, message=full_sentence(why))


def _document_loss(why: Reason) -> None:
    _document("failing", code=why.code, message=full_sentence(why))


def _report_event(arguments: Listen, event: str, text: str) -> None:
    if arguments.json:
        _document(event)
    else:
        line(text)


def _document(event: str, **values: object) -> None:
    """One line, one JSON object."""
    line(json.dumps({"event": event, "at": utc_now().isoformat(timespec="seconds"), **values}))
