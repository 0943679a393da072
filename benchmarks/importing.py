"""A million rows of CSV taken in by the app, beside a bare `csv.reader`; keys pressed meanwhile; the list it became.

`python -m benchmarks.importing LIST TIMES TOLD` is the app, which imports the list as soon as it is shown, so many
times, and writes what it took as JSON to the file TOLD.
"""

from __future__ import annotations

import asyncio
import csv
import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from itertools import cycle
from pathlib import Path
from typing import Any, Final

from benchmarks.figures import Figure, NotMeasured, percentile
from benchmarks.home import FIRST_ROW, PROFILE, opened_store
from benchmarks.key_to_paint import ROWS
from benchmarks.memory import peak_bytes
from benchmarks.pseudo_terminal import PseudoTerminal
from benchmarks.reading import write_csv
from benchmarks.session import session_for
from tui.bootstrap import Session
from tui.campaign.lifecycle import AskedBy
from tui.store import RowFilter, Store

CSV_ROWS: Final = 1_000_000
LIMIT: Final = 10.0
MAX_MEMORY: Final = 350.0  # MB, of the whole app
MOST_TO_PAINT: Final = 50.0  # ms
MOST_OF_TABLE: Final = 100.0  # ms
_IMPORTS: Final = 3  # and as many bare loops: the fastest is held against the fastest
_WITH_KEYS: Final = 9  # imports: of less than a hundred keys the p99 would be the slowest
_TIMES: Final = 9
_SIZE: Final = (120, 36)
_PAGE: Final = 60
_PATIENCE: Final = 180.0  # seconds
_LOOK: Final = 0.05
_MODULE: Final = "benchmarks.importing"


def measure(environ: Mapping[str, str], rows: int = CSV_ROWS) -> list[Figure]:
    """NotMeasured where an import doesn't end; OSError on a system without /proc."""
    home = Path(environ["HOME"])
    path = home / "liste.csv"
    write_csv(path, rows, seed=1)
    bare = [_bare(path)]
    alone, _ = _imported(environ, path, _IMPORTS, press=False)
    bare.append(_bare(path))
    together, painted = _imported(environ, path, _WITH_KEYS, press=True)
    bare.append(_bare(path))
    name = f"import of {rows:,} rows of CSV"
    return [
        Figure(f"{name}, the fastest", "s", min(alone["seconds"]), min(bare), LIMIT),
        Figure(f"{name}: peak memory of the app", "MB", alone["memory"], most=MAX_MEMORY),
        Figure(f"{name}: with keys pressed meanwhile", "s", statistics.median(together["seconds"]), min(bare)),
        Figure(f"{name}: key to first paint meanwhile, median of {len(painted)}", "ms", statistics.median(painted)),
        Figure(f"{name}: key to first paint meanwhile, p99", "ms", percentile(painted, 99), most=MOST_TO_PAINT),
        *_table(home / "santral.db", rows),
    ]


def _bare(path: Path) -> float:
    begun = time.perf_counter()
    with path.open(newline="", encoding="utf-8") as file:
        for _cells in csv.reader(file, delimiter=";"):
            pass
    return time.perf_counter() - begun


def _imported(environ: Mapping[str, str], path: Path, times: int, *, press: bool) -> tuple[dict[str, Any], list[float]]:
    """What the app tells of its imports, and how long each key took to be painted, in ms."""
    told = path.with_suffix(".json")
    told.unlink(missing_ok=True)
    painted = []
    command = (sys.executable, "-m", _MODULE, str(path), str(times), str(told))
    with PseudoTerminal(command, environ, _SIZE) as terminal:
        terminal.wait(FIRST_ROW)
        end = time.perf_counter() + _PATIENCE
        keys = cycle(ROWS)
        while not told.exists():
            if time.perf_counter() > end:
                raise NotMeasured("the import did not end")
            if press:
                painted.append(1000 * terminal.press(next(keys)).first)
            terminal.rest(_LOOK)
    found: dict[str, Any] = json.loads(told.read_text("utf-8"))
    return found, painted


def _table(database: Path, rows: int) -> list[Figure]:
    """What the screen of a list asks for, of the last one that was imported: until its rows are there."""
    with closing(opened_store(database)) as store:
        campaign = store.campaigns.page(PROFILE, limit=1)[0].id
        numbers = store.numbers
        asked: dict[str, Callable[[], object]] = {
            "first rows": lambda: numbers.page(campaign, 0, _PAGE),
            "jump to the end": lambda: numbers.page(campaign, rows - _PAGE, _PAGE),
            "jump to the middle": lambda: numbers.page(campaign, rows // 2, _PAGE),
            "filter": lambda: (numbers.summary(campaign), numbers.page(campaign, 0, _PAGE, which=RowFilter.DUPLICATES)),
            "search": lambda: numbers.at(campaign, numbers.search(campaign, "0532 12").positions[:_PAGE]),
        }
        return [Figure(f"list of {rows:,} rows: {name}", "ms", 1000 * _longest(ask), most=MOST_OF_TABLE)
                for name, ask in asked.items()]


def _longest(ask: Callable[[], object]) -> float:
    longest = 0.0
    for _ in range(_TIMES):
        begun = time.perf_counter()
        ask()
        longest = max(longest, time.perf_counter() - begun)
    return longest


def main(path: str, times: str, told: str) -> None:
    os.environ["TEXTUAL_ANIMATIONS"] = "none"
    with session_for(AskedBy.APP) as session:
        asyncio.run(_app(session, Path(path), int(times), Path(told)))


async def _app(session: Session, path: Path, times: int, told: Path) -> None:
    from tui.app.app import SantralApp
    from tui.screens.routes import ScreenRoutes

    importing = asyncio.create_task(_import(session, path, times, told))
    await SantralApp(session, ScreenRoutes()).run_async()
    await importing


async def _import(session: Session, path: Path, times: int, told: Path) -> None:
    from tui.numbers.source import open_list
    from tui.operations.importing import import_list

    await asyncio.sleep(1)  # the first frame comes first
    services = session.services
    assert services is not None  # noqa: S101 - a profile is in use
    store: Store = services.store
    seconds = []
    for _ in range(times):
        draft = await services.thread(store.drafts.create, PROFILE, {"name": "Liste"})
        begun = time.perf_counter()
        source = await asyncio.to_thread(open_list, path)
        await import_list(services, draft, source)
        seconds.append(time.perf_counter() - begun)
    fresh = told.with_suffix(".fresh")
    fresh.write_text(json.dumps({
        "seconds": seconds, "memory": peak_bytes() / 1e6}), "utf-8")
    fresh.replace(told)


if __name__ == "__main__":
    main(*sys.argv[1:])
