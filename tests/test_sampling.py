"""What is drawn for a run is drawn once, told, and the same in each of its processes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TESTS = """
import pytest

@pytest.mark.parametrize("variant", range(40))
def test_costly(request, tmp_path, variant):
    print(f"<seed {request.config.option.seed}>")

@pytest.mark.parametrize("variant", range(40))
def test_cheap(variant):
    pass

@pytest.mark.long
def test_long():
    pass
"""


def run(folder: Path, *options: str, named: bool = False) -> tuple[str, dict[str, int], set[str]]:
    """What the header tells, how often each test ran, and which seeds it met."""
    (folder / "test_it.py").write_text(TESTS)
    (folder / "pytest.ini").write_text("[pytest]\ntestpaths = .\nmarkers = long\n")
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-rP", "-v", "-p", "xdist", "-p", "tests.sampling", *options,
         *(["test_it.py"] if named else [])],
        cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True, text=True, check=True).stdout
    passed = re.findall(r"PASSED.*::(\w+)|::(\w+)(?:\[\d+\])? PASSED", ran)
    names = [one or other for one, other in passed]
    return ran, {name: names.count(name) for name in set(names)}, set(re.findall(r"<seed (\d+)>", ran))


@pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["one process", "workers"])
def test_the_seed_that_is_told_is_the_one_that_was_drawn_from(tmp_path: Path, workers: tuple[str, ...]) -> None:
    told, _, met = run(tmp_path, *workers)
    assert re.findall(r"--seed (\d+)", told) == list(met)


@pytest.mark.long
@pytest.mark.parametrize(("options", "named", "costly"), [
    ((), False, 1), (("--variants", "0"), False, 40), (("--variants", "7"), True, 7), (("-n", "2"), False, 1),
    (("-n", "2"), True, 40)])
def test_of_costly_tests_some_variants_are_drawn(
    tmp_path: Path, options: tuple[str, ...], named: bool, costly: int,
) -> None:
    _, ran, _ = run(tmp_path, *options, named=named)
    assert ran["test_costly"] / ran["test_cheap"] == costly / 40


@pytest.mark.long
@pytest.mark.parametrize(("options", "named", "ran"), [
    ((), False, 0), (("--long",), False, 1), ((), True, 1), (("-n", "2"), False, 0), (("-n", "2"), True, 1)])
def test_what_takes_long_runs_where_it_is_asked_for(
    tmp_path: Path, options: tuple[str, ...], named: bool, ran: int,
) -> None:
    _, times, _ = run(tmp_path, *options, named=named)
    assert times.get("test_long", 0) == ran
