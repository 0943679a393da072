"""What the store's tests share."""

from __future__ import annotations

import datetime as dt
import itertools
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tui.campaign.lifecycle import Action, AskedBy, Created, NotSent, Rejected, State, Unconfirmed
from tui.core.reason import Reason
from tui.core.secret import Secret
from tui.store import NumberRow, Store
from tui.store.sqlite import SqliteDatabase

WHY = Reason("provider.some_reason", {"text": "name can't be blank", "status": 400})
PROBLEM = Reason("campaign.phone.short", {"value": "532"})


class Clock:
    """Each look at it is a second later."""

    def __init__(self, start: dt.datetime) -> None:
        self._start = start
        self._looks = itertools.count()

    def __call__(self) -> dt.datetime:
        return self._start + dt.timedelta(seconds=next(self._looks))


Location = Path | Secret
_CLOCK = Clock(dt.datetime(2026, 9, 12, 11, 32, tzinfo=dt.UTC))  # one, so that stores of a process agree


def open_store(place: Location, now: Callable[[], dt.datetime] = _CLOCK) -> Store:
    return Store.open(place, fold=str.lower, sort_key=str.lower, now=now)


_TOKENS = itertools.count(1)


def launched(store: Store, campaign: int, *, body: str = "body") -> int:
    """Begin a launch of a draft as it is."""
    return store.ledger.begin(campaign, revision=store.campaigns.get(campaign).revision, token=f"token-{next(_TOKENS)}",
                              body_hash=body, numbers=2, asked_by=AskedBy.APP)


_IDS = itertools.count(900_000)  # none that tests name


def campaign_in(store: Store, state: State, *, fields: dict[str, str] | None = None,
                numbers: Sequence[NumberRow] = ()) -> int:
    """A new campaign that has come into a state the way campaigns do."""
    campaign = store.drafts.create("acme", fields or {"name": "Anket"})
    if numbers:
        store.numbers.add(campaign, numbers)
    if state is State.DRAFT:
        return campaign
    launch = launched(store, campaign)
    match state:
        case State.UNCONFIRMED:
            store.ledger.resolve(launch, Unconfirmed(WHY))
        case State.REJECTED:
            store.ledger.resolve(launch, Rejected(WHY))
        case State.ON | State.OFF | State.DELETED:
            store.ledger.resolve(launch, Created(next(_IDS)))
            action = {State.ON: Action.ON, State.OFF: Action.OFF, State.DELETED: Action.DELETE}[state]
            store.switches.done(store.switches.begin(campaign, action, AskedBy.APP))
    assert store.campaigns.get(campaign).state is state
    return campaign


# As they are kept: the others are worked out from these.
REACHED = tuple(state for state in State if state not in (State.FINISHED, State.UNKNOWN, State.MISSING))
OUTCOMES = (Created(20_212), Rejected(WHY), NotSent(WHY), Unconfirmed(WHY))


def good(phone: str, phrase: str = "") -> NumberRow:
    return NumberRow(typed=phone, phone=phone, phrase=phrase)


def bad(typed: str = "532") -> NumberRow:
    return NumberRow(typed=typed, phone=None, problem=PROBLEM)


_ROOT = Path(__file__).parents[2]


def _written(argument: object) -> str:
    return argument.reveal() if isinstance(argument, Secret) else str(argument)


def located(written: str) -> Location:
    """What a process was given to open."""
    return Secret(written) if written.startswith("postgresql:") else Path(written)


def written_since(store: Store, version: int) -> bool:
    """Whether the store hears within a second that something was written after it had that version."""
    give_up = time.monotonic() + 1
    while store.data_version() == version:
        if time.monotonic() > give_up:
            return False
        time.sleep(0.001)
    return True


@contextmanager
def process(script: str, *args: object) -> Iterator[subprocess.Popen[str]]:
    """A Python process that runs a script; killed at the end. It may import from the tests."""
    with subprocess.Popen([sys.executable, "-c", script, *map(_written, args)], text=True, cwd=_ROOT,
                          stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        try:
            yield running
        finally:
            running.kill()


def line_of(running: subprocess.Popen[str]) -> str:
    """The next line that a process prints."""
    assert running.stdout is not None
    line = running.stdout.readline()
    if not line:
        assert running.stderr is not None
        raise AssertionError(running.stderr.read())
    return line.strip()


def together(*processes: subprocess.Popen[str]) -> None:
    """Let them go on at the same moment: each has told that it is ready, and waits for a line."""
    assert {line_of(each) for each in processes} == {"ready"}
    for each in processes:
        assert each.stdin is not None
        each.stdin.write("\n")
        each.stdin.flush()


def both_open(script: str, location: object) -> None:
    """Two processes open at the same moment, and tell that they have."""
    with process(script, location) as one, process(script, location) as two:
        together(one, two)
        assert [line_of(each) for each in (one, two)] == ["opened", "opened"]


def traced(store: Store) -> list[str]:
    """The statements that the store's connection runs from now on."""
    statements: list[str] = []
    database: Any = store._context.database
    if isinstance(database, SqliteDatabase):
        database._connection.set_trace_callback(statements.append)
        return statements
    execute = database._execute

    def noted(sql: str, values: Any) -> Any:  # noqa: ANN401 - those of `_execute`
        statements.append(sql)
        return execute(sql, values)

    database._execute = noted
    return statements
