"""`python -m benchmarks [NAME …]`: measure, and print a table or JSON."""

from __future__ import annotations

import argparse
import itertools
import json
import os
import platform
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from importlib.metadata import version
from typing import Final

from benchmarks import (
    campaigns,
    check,
    holding,
    importing,
    installed,
    key_to_paint,
    launching,
    limits,
    long_list,
    person,
    plans,
    reading,
    receiving,
    refused,
    replacing,
    results,
    start,
    verdicts,
)
from benchmarks.databases import Kind, Place, filled_place
from benchmarks.figures import Figure, NotMeasured, table
from benchmarks.home import crowd, filled_home

SCREENS: Final = {screen.name: screen for screen in key_to_paint.SCREENS}
START: Final = "start"
CAMPAIGNS: Final = "campaigns"
CROWDED: Final = (START, "list", "wheel", CAMPAIGNS)  # with ten thousand campaigns
WHEEL: Final = "installed"
CHECK: Final = "check"
RESULTS: Final = "results"  # a minute goes by until there are a million
RECEIVING: Final = "receiving"
LAUNCHING: Final = "launching"
IMPORTING: Final = "importing"
LONG_LIST: Final = "table"
PERSON: Final = "person"  # two minutes go by until there are five million calls
LIMITS: Final = "limits"  # of those
PLANS: Final = "plans"
REPLACING: Final = "replacing"
# By what fills the store.
STORES: Final[Mapping[Callable[[Place], None], Mapping[str, Callable[[Place], list[Figure]]]]] = {
    person.fill: {PERSON: person.measure, LIMITS: limits.measure}, plans.fill: {PLANS: plans.measure},
    replacing.fill: {REPLACING: replacing.measure}}
# What needs no terminal, beside what does the same without us.
WORK: Final[dict[str, Callable[[], list[Figure]]]] = {
    "reading": reading.measure, "verdicts": verdicts.measure, "holding": holding.measure,
    "refused": refused.measure,
}
NAMES: Final = (START, *SCREENS, CAMPAIGNS, WHEEL, CHECK, RESULTS, RECEIVING, LAUNCHING, IMPORTING, LONG_LIST, PERSON,
                LIMITS, PLANS, REPLACING, *WORK)
Job = tuple[str, Callable[[], list[Figure]]]  # what is measured, and how


def main(argv: Sequence[str]) -> int:
    """The exit status: 1 where a limit is exceeded or something couldn't be measured."""
    parser = argparse.ArgumentParser(prog="dev.py bench", description="Measure ours against a bare Textual app.")
    parser.add_argument("names", metavar="NAME", nargs="*", help=f"what to measure: {', '.join(NAMES)}; left out: all")
    parser.add_argument("--keys", type=_count, default=200, help="keys measured on each screen, ours and bare")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    options = parser.parse_args(argv)
    for name in options.names:
        if name not in NAMES:
            parser.error(f"nothing is called {name!r}; there are {', '.join(NAMES)}")
    figures, complete = measure(options.names or NAMES, options.keys)
    if options.json:
        print(json.dumps({"machine": machine(), "figures": [figure.as_json() for figure in figures]},
                         ensure_ascii=False, indent=2))
    else:
        print(table(figures))
        print(", ".join(f"{name} {value}" for name, value in machine().items()))
    return 0 if complete and not any(figure.exceeded for figure in figures) else 1


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"a whole number from 1 on, not {text!r}")
    return int(text)


def measure(names: Sequence[str], keys: int) -> tuple[list[Figure], bool]:
    """The figures, and whether they are all there: what can't be measured is told on stderr, and the rest goes on."""
    figures: list[Figure] = []
    complete = True
    for name, job in _jobs(names, keys):
        print(f"{name} …", file=sys.stderr)
        try:
            figures += job()
        except NotMeasured as why:
            print(f"{name} can't be measured: {why}", file=sys.stderr)
            complete = False
    return figures, complete


def _jobs(names: Sequence[str], keys: int) -> Iterator[Job]:
    """Each with the home that it needs: it is there until the next one is asked for."""
    yield from _screens(names, keys)
    if CHECK in names:
        print("filling a list …", file=sys.stderr)
        with filled_home(check.fill) as environ:
            yield CHECK, partial(check.measure, environ)
    if RESULTS in names:
        print("filling a store …", file=sys.stderr)
        with filled_home(results.fill) as environ:
            for size in key_to_paint.SIZES:
                yield _sized(RESULTS, size), partial(results.screen, size, environ)
            yield f"{RESULTS} as CSV", partial(results.export, environ)
            yield f"{RESULTS} taken in", partial(results.intake, environ)
    if RECEIVING in names:
        with filled_home(receiving.fill) as environ:
            yield RECEIVING, partial(receiving.measure, environ, keys)
    if LAUNCHING in names:
        print("filling a list …", file=sys.stderr)
        with filled_home(launching.fill) as environ:
            yield LAUNCHING, partial(launching.measure, environ)
    if IMPORTING in names:
        with filled_home() as environ:
            yield IMPORTING, partial(importing.measure, environ)
    if LONG_LIST in names:
        print("filling a list …", file=sys.stderr)
        with filled_home(long_list.fill) as environ:
            for size in key_to_paint.SIZES:
                yield _sized(LONG_LIST, size), partial(long_list.measure, size, environ)
    yield from _stores(names)
    yield from ((name, WORK[name]) for name in names if name in WORK)


def _stores(names: Sequence[str]) -> Iterator[Job]:
    """What is measured in each database."""
    for fill, jobs in STORES.items():
        wanted = [name for name in jobs if name in names]
        for kind in Kind if wanted else ():
            print(f"filling a store in {kind} …", file=sys.stderr)
            try:
                with filled_place(kind, fill) as place:
                    for name in wanted:
                        yield f"{name} in {kind}", partial(jobs[name], place)
            except NotMeasured as why:
                yield f"{', '.join(wanted)} in {kind}", partial(_raise, why)


def _raise(why: NotMeasured) -> list[Figure]:
    raise why


def _screens(names: Sequence[str], keys: int) -> Iterator[Job]:
    if crowded := [name for name in names if name in CROWDED]:
        print("filling a list of campaigns …", file=sys.stderr)
        with filled_home(crowd) as environ:
            for name, size in itertools.product(crowded, key_to_paint.SIZES):
                yield _sized(name, size), _of_list(name, size, environ, keys)
    if small := [name for name in names if name in SCREENS and name not in CROWDED]:
        with filled_home() as environ:
            for name, size in itertools.product(small, key_to_paint.SIZES):
                yield _sized(name, size), partial(key_to_paint.measure, SCREENS[name], size, environ, keys)
    if WHEEL in names:
        with filled_home() as environ:
            yield WHEEL, partial(installed.measure, environ)


def _of_list(name: str, size: tuple[int, int], environ: Mapping[str, str], keys: int) -> Callable[[], list[Figure]]:
    if name == START:
        return partial(start.measure, size, environ)
    if name == CAMPAIGNS:
        return partial(campaigns.measure, size, environ)
    return partial(key_to_paint.measure, SCREENS[name], size, environ, keys)


def _sized(name: str, size: tuple[int, int]) -> str:
    return f"{name} {size[0]}×{size[1]}"


def machine() -> dict[str, str | float | None]:
    """On what it was measured; `load` is that of the last minute, our own included."""
    return {"processors": os.cpu_count(), "load": round(os.getloadavg()[0], 2), "python": platform.python_version(),
            "textual": version("textual")}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
