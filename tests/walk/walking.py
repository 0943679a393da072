"""Many walks, with every processor: how many keys, which places, and the first finding, shrunk."""

from __future__ import annotations

import argparse
import gc
import multiprocessing
import os
import pkgutil
import random
import secrets
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from multiprocessing.queues import SimpleQueue
from typing import Any, Final

from textual.screen import Screen

from tests.walk.hands import walk
from tests.walk.shrinking import kind_of, shrink, written
from tests.walk.situations import KINDS, SIZES, Start
from tests.walk.walker import Walked, shared_memory, take, template
from tui import screens
from tui.app.dialog import Dialog
from tui.app.screen import AppScreen
from tui.screens.palette import Palette

_LENGTH: Final = 400  # events of a walk
_WALKS: Final = 60  # of a process, which then gives its memory back
# Seconds of a processor, and of a clock, that a walk may take: one that takes longer hangs. A busy machine takes long.
_LONGEST: Final = 120
_LONGEST_WAITING: Final = 1_200
_SHRINK_SECONDS: Final = 90.0
_TOLD_EVERY: Final = 10_000  # keys


def screens_of_the_program() -> set[str]:
    """The names of all screens and dialogs of ours that are opened, but for those that others are made of."""
    for module in pkgutil.iter_modules(screens.__path__, f"{screens.__name__}."):
        import_module(module.name)
    waiting: list[type[Screen[Any]]] = [AppScreen, Dialog, Palette]
    found: set[str] = set()
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if kind.__module__.startswith(screens.__name__):
            found.add(kind.__name__)
    return found


def start_of(seed: int) -> Start:
    dice = random.Random(seed)
    return Start(dice.choice(KINDS), dice.choice(("tr", "en")), dice.choice((*SIZES, SIZES[0], SIZES[0])), seed)


def walked_from(seed: int) -> Walked:
    """The walk of a seed: always the same."""
    return take(start_of(seed), walk(random.Random(seed), _LENGTH))


class _Hangs(BaseException):
    """Nothing comes to an end."""


@contextmanager
def _in_time(seconds: float, waiting: float) -> Iterator[None]:
    def end(_number: int, _frame: object) -> None:
        raise _Hangs

    clocks = ((signal.SIGPROF, signal.ITIMER_PROF, seconds), (signal.SIGALRM, signal.ITIMER_REAL, waiting))
    before = [signal.signal(number, end) for number, _clock, _longest in clocks]
    for _number, clock, longest in clocks:
        signal.setitimer(clock, longest)
    try:
        yield
    finally:
        for (number, clock, _longest), handler in zip(clocks, before, strict=True):
            signal.setitimer(clock, 0)
            signal.signal(number, handler)


def _work(seeds: Sequence[int], results: SimpleQueue[tuple[int, Walked] | None], go_on: bool) -> None:
    """Walk from each seed; None at the end. A finding is shrunk here, and is the last but where more are wanted."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    known: set[str] = set()
    for seed in seeds:
        try:
            with _in_time(_LONGEST, _LONGEST_WAITING):
                walked = walked_from(seed)
        except _Hangs:
            walked = Walked(start_of(seed), finding="hangs", detail="seed alone")
        if walked.finding and walked.finding != "hangs" and kind_of(walked.finding) not in known:
            known.add(kind_of(walked.finding))
            end = time.monotonic() + _SHRINK_SECONDS
            found, walked = walked, shrink(walked, end)
            walked.keys, walked.screens, walked.visits = found.keys, found.screens, found.visits
        results.put((seed, walked))
        gc.freeze()  # what has stayed, as the modules that were loaded, is not gone through again after each walk
        if walked.finding and not go_on:
            break
    results.put(None)


@dataclass
class Tally:
    """What came of all walks."""

    keys: int = 0
    walks: int = 0
    screens: Counter[str] = field(default_factory=Counter)
    visits: Counter[str] = field(default_factory=Counter)
    findings: dict[str, int] = field(default_factory=dict)


def walk_all(keys: int, seed: int, workers: int, *, go_on: bool) -> Tally:
    """Walk until `keys` are typed, or something is found and it is not to `go_on`."""
    template()  # before the processes part: all copy the same
    gc.freeze()
    tally = Tally()
    fork = multiprocessing.get_context("fork")
    results: SimpleQueue[tuple[int, Walked] | None] = fork.SimpleQueue()
    next_seed = seed
    running: list[multiprocessing.process.BaseProcess] = []

    def begin() -> None:
        nonlocal next_seed
        seeds = range(next_seed, next_seed + _WALKS)
        next_seed += _WALKS
        running.append(fork.Process(target=_work, args=(seeds, results, go_on), daemon=True))
        running[-1].start()

    for _ in range(workers):
        begin()
    try:
        while True:
            came = results.get()
            if came is None:
                begin()
                continue
            _count(tally, *came)
            if tally.keys >= keys or (tally.findings and not go_on):
                return tally
    finally:
        for process in running:
            process.kill()
            process.join()


def _count(tally: Tally, seed: int, walked: Walked) -> None:
    before = tally.keys // _TOLD_EVERY
    tally.keys += walked.keys
    if tally.keys // _TOLD_EVERY > before:
        print(f"{tally.keys} keys", flush=True)
    tally.walks += 1
    tally.screens += walked.screens
    tally.visits += walked.visits
    if walked.finding:
        kind = kind_of(walked.finding)
        tally.findings[kind] = tally.findings.get(kind, 0) + 1
        if tally.findings[kind] == 1:
            print(f"\n✗ seed {seed}: {walked.finding}\n{written(walked)}\n{walked.detail}", flush=True)


def main(arguments: Sequence[str]) -> int:
    """Exit status 0 without a finding, 1 with one."""
    signal.signal(signal.SIGTERM, _end)
    with tempfile.TemporaryDirectory(prefix="walk-", dir=shared_memory(), ignore_cleanup_errors=True) as folder:
        tempfile.tempdir = folder  # whichever process of ours is ended, nothing is left of it
        return _main(arguments)


def _end(_number: int, _frame: object) -> None:
    sys.exit(128 + signal.SIGTERM)


def _main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="dev.py walk", description=__doc__)
    parser.add_argument("--keys", type=int, default=20_000, help="how many at least")
    parser.add_argument("--seed", type=int, help="of the first walk; a fresh one is drawn and told where none is given")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="processes; as many as processors")
    parser.add_argument("--go-on", action="store_true", help="look for more after a finding")
    parser.add_argument("--again", type=int, metavar="SEED", help="one walk alone, as it was")
    asked = parser.parse_args(arguments)
    if asked.again is not None:
        tally = Tally()
        _count(tally, asked.again, walked_from(asked.again))
        return int(bool(tally.findings))
    seed = asked.seed if asked.seed is not None else secrets.randbelow(10**9)
    print(f"walking from seed {seed}", flush=True)
    begun = time.monotonic()
    tally = walk_all(asked.keys, seed, asked.workers, go_on=asked.go_on)
    seconds = time.monotonic() - begun
    print(f"{tally.keys} keys in {tally.walks} walks, {seconds:.0f} s, {tally.keys / seconds:.0f} keys/s")
    print("keys: " + ", ".join(f"{name} {count}" for name, count in tally.screens.most_common()))
    print("visits: " + ", ".join(f"{name} {count}" for name, count in tally.visits.most_common()))
    print("never: " + ", ".join(sorted(screens_of_the_program() - tally.visits.keys())))
    for kind, count in tally.findings.items():
        print(f"✗ {count}× {kind}", file=sys.stderr)
    return int(bool(tally.findings))
