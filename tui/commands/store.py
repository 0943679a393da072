"""`santral store copy FROM TO`: what is remembered, into another database."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from tui import bootstrap
from tui.commands.arguments.program import CopyStore
from tui.commands.invocation import Invocation
from tui.commands.output import document, full_sentence, line, problem
from tui.commands.running import Stopping
from tui.commands.status import Status, Stopped, read_status
from tui.config.checks import Unfit
from tui.config.database import DatabaseSetting, database
from tui.core import folders
from tui.core.reason import Reason
from tui.i18n.words import folded, say
from tui.operations.services import NotPossible
from tui.store import Store


def copy(_invocation: Invocation, arguments: CopyStore) -> Status:
    """NotPossible where an address is none, or there is no file to copy from; StoreError."""
    origin, target = _database(arguments.source), _database(arguments.target)
    if isinstance(origin.location, Path) and not folders.stands(origin.location):
        raise NotPossible(Reason("command.store.no_source", {"path": str(origin.location)}))
    with Stopping() as stopping:
        try:
            copied = _copy(origin, target, stopping)
        except Stopped as stop:
            raise Stopped(stop.number, Reason("command.store.stopped", {"url": target.url})) from None
    if arguments.json:
        return read_status(written=document({"from": origin.url, "to": target.url, "tables": copied}))
    return read_status(written=line(say("command.store.copied", rows=sum(copied.values()), url=target.url)))


def _copy(origin: DatabaseSetting, target: DatabaseSetting, stopping: Stopping) -> dict[str, int]:
    """How many rows of each table. StoreError; Stopped: then nothing was copied."""
    with closing(_open(origin)) as source:
        source.ledger.recover()  # resolves what killed processes left in flight, so that it can be copied
        stopping.check()
        with closing(_open(target)) as copy_:
            return source.copy_into(copy_, lambda table, count: problem(f"{table}: {count}"), stopping.check)


def _open(chosen: DatabaseSetting) -> Store:
    store = Store.open(chosen.location, fold=folded, sort_key=bootstrap.sort_text)
    for warning in store.warnings:
        problem(full_sentence(warning))
    return store


def _database(written: str) -> DatabaseSetting:
    """A file's path, or an address as `database.url` of the configuration has it."""
    if "://" not in written:
        # Not through the reader of addresses: a path may hold any sign.
        return DatabaseSetting(_absolute(written), written)
    try:
        return database(written).under(folders.here())
    except Unfit:
        value = "…" if "@" in written else written  # there may be a password before it
        raise NotPossible(Reason("command.store.bad_address", {"value": value})) from None


def _absolute(written: str) -> Path:
    try:
        return Path(written).expanduser().absolute()
    except RuntimeError:  # no such user
        raise NotPossible(Reason("command.store.bad_address", {"value": written})) from None
    except OSError:  # the working folder is gone
        raise NotPossible(Reason("command.store.no_folder", {"path": written})) from None
