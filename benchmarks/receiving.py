"""Results received, each on the disk before it is answered: beside the same server that only answers, and the app."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from benchmarks import bare_server, key_to_paint, load
from benchmarks.figures import Figure
from benchmarks.home import DRAFT, FIRST_ROW, PROFILE, drafts
from benchmarks.key_to_paint import SANTRAL, Measured
from tui.campaign.lifecycle import AskedBy, Created
from tui.store import NumberRow, Store

TOKEN: Final = "a-token-for-the-benchmark-alone"  # noqa: S105 - of a store that is thrown away
PROVIDER_ID: Final = 20_212
# At least 40 % of the requests that the same server answers when it only answers.
MOST_TIME: Final = 1 / 0.40
MOST_MS: Final = 50.0
_ROUNDS: Final = 5
_SECONDS: Final = 3.0
_PACED_SECONDS: Final = 10.0
_LIST: Final = Measured("list while that is received", FIRST_ROW, key_to_paint.ROWS)
BARE: Final = (sys.executable, "-m", bare_server.__name__)
_LISTEN: Final = (*SANTRAL, "listen", "--until-eof")


def fill(store: Store, numbers: int = load.NUMBERS) -> None:
    """The list of drafts, and below it a campaign that calls."""
    campaign = store.drafts.create(PROFILE, {**DRAFT, "name": "Borç hatırlatma"})
    store.numbers.add(campaign, (NumberRow(phone, phone) for phone in (f"90532{place:07}" for place in range(numbers))))
    launch = store.ledger.begin(campaign, revision=store.campaigns.get(campaign).revision, token=TOKEN, body_hash="",
                                numbers=numbers, asked_by=AskedBy.COMMAND)
    store.ledger.resolve(launch, Created(PROVIDER_ID))
    drafts(store)


def measure(environ: Mapping[str, str], keys: int) -> list[Figure]:
    """NotShown; OSError on a system without /proc."""
    with listening(environ) as ours, serving(BARE, environ) as baseline:
        rates = _full_load(ours, baseline)
        rate = rates[0] / 2
        paced = [posted(port, _PACED_SECONDS, rate) for port in (ours, baseline)]
        with _posting(ours, rate):
            watched = key_to_paint.measure(_LIST, key_to_paint.SIZES[0], environ, keys)
    name = f"receiving over {load.CONNECTIONS} connections"
    return [
        Figure(f"{name}: time for a request", "µs", 1e6 / rates[0], 1e6 / rates[1], limit=MOST_TIME),
        Figure(f"{name}: requests a second", "", rates[0], rates[1]),
        Figure(f"{name}, half as many: answered, median", "ms", paced[0]["median"], paced[1]["median"]),
        Figure(f"{name}, half as many: answered, p99", "ms", paced[0]["p99"], paced[1]["p99"], most=MOST_MS),
        *(replace(figure, most=MOST_MS if figure.name.endswith("first paint, p99") else None) for figure in watched),
    ]


def _full_load(ours: int, baseline: int) -> tuple[float, float]:
    """Requests a second of each, the median of some rounds by turns."""
    rates: tuple[list[float], list[float]] = ([], [])
    for turn in range(_ROUNDS + 1):
        for which in (0, 1) if turn % 2 else (1, 0):
            told = posted((ours, baseline)[which], _SECONDS)
            if turn:  # the first one brings everything into memory
                rates[which].append(told["answered"] / told["seconds"])
    return statistics.median(rates[0]), statistics.median(rates[1])


def posted(port: int, seconds: float, rate: float | None = None) -> Any:  # noqa: ANN401 - what `benchmarks.load` tells
    ran = subprocess.run(_load(port, seconds, rate), check=True, stdout=subprocess.PIPE)
    told = json.loads(ran.stdout)
    if set(told["statuses"]) != {"200"}:
        raise ValueError(f"not all were answered 200: {told['statuses']}")
    return told


@contextmanager
def _posting(port: int, rate: float) -> Iterator[None]:
    """Results come in at a rate until the context is left."""
    process = subprocess.Popen(_load(port, 3600, rate), stdout=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.kill()
        process.wait()


def _load(port: int, seconds: float, rate: float | None) -> Sequence[str]:
    paced = () if rate is None else ("--rate", f"{rate:f}")
    return sys.executable, "-m", load.__name__, str(port), f"/{TOKEN}", f"{seconds:f}", *paced


@contextmanager
def listening(environ: Mapping[str, str]) -> Iterator[int]:
    """The port of the receiver of a home."""
    config = Path(environ["SANTRAL_CONFIG"])
    config.write_text(f'{config.read_text(encoding="utf-8")}[receiver]\nlisten = "127.0.0.1:0"\n', encoding="utf-8")
    with serving(_LISTEN, environ) as port:
        yield port


@contextmanager
def serving(command: Sequence[str], environ: Mapping[str, str]) -> Iterator[int]:
    """The port of a server that tells its address and ends with its input."""
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=dict(environ)) as process:
        address = "" if process.stdout is None else process.stdout.readline().decode("ascii").strip()
        if not address:
            raise OSError(f"{command[-1]} didn't start")
        yield int(address.rpartition(":")[2])
