"""`santral store copy FROM TO`: what is remembered, into another database."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from tui import opening
from tui.campaign.reason import Reason
from tui.commands.output import document, full_sentence, line, problem
from tui.commands.status import Status
from tui.config.checks import Unfit, database
from tui.config.model import Database
from tui.operations.services import NotPossible
from tui.store import Store
from tui.words import folded, say


def run_store(arguments: Namespace) -> Status:
    """NotPossible where an address is none, or there is no file to copy from; StoreError."""
    origin, copy = _database(arguments.source), _database(arguments.target)
    if isinstance(origin.location, Path) and not origin.location.exists():
        raise NotPossible(Reason("command.store.no_source", {"path": str(origin.location)}))
    source = _open(origin)
    try:
        source.ledger.recover()  # what the dead have left in flight is settled, so that it can be copied
        target = _open(copy)
        try:
            copied = source.copy_into(target, lambda table, many: problem(f"{table}: {many}"))
        finally:
            target.close()
    finally:
        source.close()
    if arguments.json:
        return _status(written=document({"from": origin.url, "to": copy.url, "tables": copied}))
    return _status(written=line(say("command.store.copied", rows=sum(copied.values()), url=copy.url)))


def _open(chosen: Database) -> Store:
    store = Store.open(chosen.location, fold=folded, sort_key=opening.sort_text)
    for warning in store.warnings:
        problem(full_sentence(warning))
    return store


def _database(written: str) -> Database:
    """A file's path, or an address as `database.url` of the configuration has it."""
    if "://" not in written:
        # Not through the reader of addresses: a path may hold any sign.
        return Database(Path(written).expanduser().absolute(), written)
    try:
        return database(Path.cwd())(written)
    except Unfit:
        value = "…" if "@" in written else written  # there may be a password before it
        raise NotPossible(Reason("command.store.bad_address", {"value": value})) from None


def _status(*, written: bool) -> Status:
    return Status.DONE if written else Status.FAILED
