"""Which tests run: what is drawn anew with each run, and what is left to `--long`.

A test whose variants each open the app, start a process or fill a database costs a hundred times what one of plain
values does: some of them are drawn, by the seed that random tests begin from. Those marked `long` cost a thousand times
as much each. Whoever names a file, a folder or a test gets every variant of it, however long.
"""

from __future__ import annotations

import random
import secrets
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, settings
from xdist.workermanage import WorkerController

from tests import sources

USUAL: Final = 1
EXAMPLES: Final = 30  # of each property, where variants are drawn
_ALL_EXAMPLES: Final = 100
# What a test takes that makes it costly: an app, a command, a server, a home of files, a database.
_COSTLY_FIXTURES: Final = frozenset({"world", "start", "sandbox", "home", "moment", "tmp_path", "store"})
_COSTLY_MARKS: Final = frozenset({"terminal", "kill"})
_DECIDED: Final = ("seed", "variants", "long")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--seed", type=int, metavar="N",
                     help="what random tests begin from; a fresh one is drawn, and told, where none is given")
    parser.addoption("--variants", type=int, metavar="N",
                     help="how many variants of each costly test are drawn by --seed, and in which order files; "
                          f"0: all run as they stand ({USUAL}; 0 where a file or test is named)")
    parser.addoption("--long", action="store_true", default=None,
                     help="run too what is marked long, as is done where a file or test is named")


def pytest_configure(config: pytest.Config) -> None:
    """Decided once: pytest-xdist's workers get what was decided, and would draw and judge anew otherwise."""
    given: dict[str, int] | None = getattr(config, "workerinput", None)
    if given is not None:
        config.option.seed, config.option.variants, config.option.long = (given[name] for name in _DECIDED)
    if config.option.seed is None:
        config.option.seed = secrets.randbelow(10**9)
    named = config.args_source is not pytest.Config.ArgsSource.TESTPATHS
    if config.option.variants is None:
        config.option.variants = 0 if named else USUAL
    if config.option.long is None:
        config.option.long = named
    # How long a machine takes for an example, or to think of one, says nothing of the program.
    settings.register_profile("drawn", deadline=None, suppress_health_check=[HealthCheck.too_slow],
                              max_examples=EXAMPLES if config.option.variants else _ALL_EXAMPLES)
    settings.load_profile("drawn")


def examples(many: int) -> int:
    """How many examples a property has that needs another number than most: fewer where variants are drawn, too."""
    return -(-many * settings().max_examples // _ALL_EXAMPLES)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: WorkerController) -> None:
    node.workerinput |= {name: getattr(node.config.option, name) for name in _DECIDED}


def pytest_report_header(config: pytest.Config) -> list[str]:
    variants = config.option.variants
    return [f"random tests: --seed {config.option.seed}",
            f"variants of each costly test: {variants or 'all'}{', drawn by --seed' if variants else ''}",
            f"what takes long: {'run' if config.option.long else 'left to --long'}"]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.option.long:
        config.hook.pytest_deselected(items=[item for item in items if item.get_closest_marker("long")])
        items[:] = [item for item in items if not item.get_closest_marker("long")]
    if config.option.variants:
        drawn = sample(items, config.option.variants, config.option.seed)
        config.hook.pytest_deselected(items=[item for item in items if item not in drawn])
        items[:] = in_another_order([item for item in items if item in drawn], config.option.seed, workers_of(config))


def workers_of(config: pytest.Config) -> int:
    """How many processes share the tests."""
    given: dict[str, int] = getattr(config, "workerinput", {})
    return given.get("workercount") or getattr(config.option, "numprocesses", None) or 1


def sample(items: list[pytest.Item], variants: int, seed: int) -> frozenset[pytest.Item]:
    """Those that run: all but variants of costly tests beyond so many."""
    tests: dict[str, list[pytest.Item]] = {}
    for item in items:
        tests.setdefault(item.nodeid.partition("[")[0] if _is_costly(item) else item.nodeid, []).append(item)
    return frozenset(item for test, found in tests.items()
                     for item in (found if len(found) <= variants
                                  else random.Random(f"{seed} {test}").sample(found, variants)))  # noqa: S311 - no secret


def in_another_order(items: list[pytest.Item], seed: int, workers: int) -> list[pytest.Item]:
    """File by file, as the seed draws them, in as many shares as there are workers.

    A worker begins with one share, and takes from the end of another's when it has none left. What takes long stands
    first, and last what costs little, so that nobody works alone in the end. Files that look through the program's
    sources are next to each other, and most of them in one share, which parses those sources once.
    """
    files = list(dict.fromkeys(_group(item) for item in items))
    random.Random(seed).shuffle(files)  # noqa: S311 - no secret
    place = {file: number for number, file in enumerate(files)}
    ordered = sorted(items, key=lambda item: place[_group(item)])
    costs = [[item for item in ordered if _cost(item) == cost] for cost in (2, 1, 0)]
    return [item for share in range(workers) for some in costs
            for item in some[share * len(some) // workers:(share + 1) * len(some) // workers]]


def _group(item: pytest.Item) -> Path:
    """The file in which a test stands; one for all files that look through sources."""
    module = getattr(item, "module", None)
    return Path(sources.__file__) if getattr(module, "nodes", None) is sources.nodes else item.path


def _cost(item: pytest.Item) -> int:
    return 2 if item.get_closest_marker("long") else int(_is_costly(item))


def _is_costly(item: pytest.Item) -> bool:
    fixtures = getattr(item, "fixturenames", ())
    return not _COSTLY_FIXTURES.isdisjoint(fixtures) or any(mark.name in _COSTLY_MARKS for mark in item.iter_markers())
