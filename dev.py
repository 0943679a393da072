#!/usr/bin/env python3
"""Everything a developer needs, with Python alone: `python3 dev.py demo`, `test` or `check`.

Makes a virtual environment beside this file, installs the pinned dependencies into it, and runs what was asked for.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
OTHERS = ("python3.11", "python3.12", "python3.13", "python3.14")
# Many tests wait for a terminal, a disk or a server as long as they compute: four more than there are processors, and
# who has none left takes another's. Each process reads all tests, which takes it some seconds.
PROCESSORS = os.cpu_count() or 1
SPREAD = ("-n", str(4 + PROCESSORS), "--dist", "worksteal")
# The fast ones compute: each process more would read all of them once more.
CLOSE = ("-n", str(1 + PROCESSORS), "--dist", "worksteal")
FEW = 20  # test files, which it doesn't pay to read first
# What takes a minute: rooms whose tests start few processes and wait for nothing.
QUICK = ("tests/campaign", "tests/commands/campaign/test_create.py", "tests/commands/test_demo.py", "tests/config",
         "tests/core", "tests/i18n", "tests/text", "tests/app/terminal", "tests/widgets", "tests/test_bootstrap.py",
         "tests/test_start.py", "tests/test_verdict.py")
FAST = ("-m", "not kill and not long", *QUICK)
# Where the program's own clock decides, it is tried just after midnight, in the evening, just before midnight, and on
# days that not every year or month has; in Turkish time.
MOMENTS = ("2026-11-25T00:30", "2026-11-25T18:30", "2026-11-25T23:59", "2028-02-29T12:00", "2026-12-31T12:00")
BY_THE_CLOCK = ("-m", "clock and not long", *(f"--moment={moment}" for moment in MOMENTS), *QUICK,
                "tests/scenarios/test_fields.py",
                "tests/benchmarks/test_measured.py::"
                "test_the_crowd_has_every_state_and_begins_with_the_row_that_is_waited_for",
                "tests/commands/doctor",
                *(f"tests/commands/{name}.py" for name in (
                    "campaign/test_listing", "campaign/test_switch", "campaign/test_adopt", "campaign/test_trial_call",
                    "test_do_not_call", "test_results", "test_running", "test_store")))
# Options of `test` that stand for what pytest is told.
WHOLE = ("--long", "--variants", "0")
CHOSEN = {"--fast": FAST, "--whole": WHOLE}
DRAWN = ("--variants", "1")
# As under `nohup`, which would write into a file of its own.
WITHOUT_HANG_UP = ("sh", "-c", 'trap "" HUP; exec "$@"', "sh")
# Commands that are modules of the project, and get all options as they are.
MODULES = {"demo": ("tui", "demo"), "walk": ("tests.walk",), "fuzz-input": ("tests.app.terminal.fuzz",),
           "bench": ("benchmarks",)}
USAGE = """usage: python3 dev.py COMMAND
  demo            the app on the built-in sandbox: no key, nothing leaves this machine
  test [OPTIONS]  the tests, of those that cost much one variant each, drawn anew, in some four minutes; --long: those
                  too that take long, --whole: all variants, --fast: those that take a minute in all; other OPTIONS
                  go to pytest
  coverage        every test in all variants, and which lines and branches of the program none of them ran
  check           linters, type checker, import contracts, every test; then some at other hours and on other Pythons
  walk [OPTIONS]  random keys by the thousand: --keys N, --seed S, --workers W, --go-on, --again SEED
  fuzz-input [OPTIONS]  random input as terminals send it, and worse: --sequences N, --seed S
  bench [NAME…]   how fast it is beside a bare Textual app; --json prints the figures as JSON
  readme          write the tables of keys in README.md anew, from the key map
  install         only make the environment"""


def main(arguments: list[str]) -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 - this file is run by whatever Python there is
        return fail(f"Santral needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    # No `match`: an older Python must be able to read this file to say so.
    command, options = (arguments[0], arguments[1:]) if arguments else ("", [])
    if command in MODULES:
        return install() or run(PYTHON, "-m", *MODULES[command], *options)
    if command == "test":
        return install() or test(*options)
    if command == "coverage" and not options:
        return coverage()
    if command == "readme" and not options:
        return install() or run(PYTHON, ROOT / "docs" / "key_tables.py")
    if command == "check" and not options:
        return check()
    if command == "install" and not options:
        return install()
    print(USAGE, file=sys.stderr)
    return 2


def fail(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


def run(*command: str | Path) -> int:
    """Run a command in the project's folder; its exit status. Ctrl+C is the command's own business."""
    return ended(begun(*command))


def begun(*command: str | Path, out: int | None = None) -> subprocess.Popen[bytes]:
    # What was compiled is kept, whatever the shell says: else each of a thousand processes compiles it again.
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return subprocess.Popen([str(part) for part in command], cwd=ROOT, env=environ, stdout=out)


def ended(process: subprocess.Popen[bytes]) -> int:
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue


def python_of(folder: Path) -> Path:
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def wanted(version: str) -> str:
    """What an environment is made from: when it changes, it is installed anew."""
    digest = hashlib.sha256(version.encode())
    for name in ("pyproject.toml", "constraints.txt"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def install(folder: Path = VENV, python: str = sys.executable, version: str = sys.version) -> int:
    """Make an environment where it is missing or out of date. 0, or the exit status of what failed."""
    stamp = folder / "installed"
    if stamp.exists() and stamp.read_text() == wanted(version):
        return 0
    print(f"Installing into {folder.name} …", file=sys.stderr)
    if run(python, "-m", "venv", folder):
        return fail("No virtual environment could be made: is Python's venv module installed (python3-venv)?")
    status = run(python_of(folder), "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
                 "-c", ROOT / "constraints.txt", "-e", f"{ROOT}[dev]")
    if status:
        return fail("The dependencies could not be installed; what pip said stands above.")
    stamp.write_text(wanted(version))
    return 0


def test(*options: str) -> int:
    chosen = tuple(part for option in options for part in CHOSEN.get(option, (option,)))
    fast = "--fast" in options
    for process in reading(QUICK if fast else ("tests",)):
        ended(process)
    return run(PYTHON, "-m", "pytest", *(CLOSE if fast else SPREAD), *chosen)


def reading(places: tuple[str, ...], python: Path = PYTHON,
            tag: str = sys.implementation.cache_tag) -> list[subprocess.Popen[bytes]]:
    """Begin to read the tests that were never read as they are, so that each of many processes finds them compiled.

    `tag`: by which that Python knows what it compiled.
    """
    tests = [test for place in places for test in ([ROOT / place] if place.endswith(".py") else
                                                   sorted((ROOT / place).rglob("test_*.py")))]
    unread = [test for test in tests if not is_read(test, tag)]
    shares = [unread[number::PROCESSORS] for number in range(PROCESSORS)] if len(unread) > FEW else []
    return [begun(python, "-m", "pytest", "--collect-only", "-q", "-p", "no:xdist", *share, out=subprocess.DEVNULL)
            for share in shares]


def is_read(test: Path, tag: str) -> bool:
    """Whether pytest has kept it compiled."""
    kept = (test.parent / "__pycache__").glob(f"{test.stem}.{tag}-pytest-*.pyc")
    return any(compiled.stat().st_mtime >= test.stat().st_mtime for compiled in kept)


def coverage() -> int:
    """Every test, measured on this Python, or the newest other where this is 3.11: that doesn't tell of a frame that
    goes on after a cancelled one, and what its callers run from then on counts as not run (cpython issue 106749)."""
    folder, (python, version) = VENV, (sys.executable, sys.version)
    if sys.version_info < (3, 12):
        if found := others():
            name, (python, version) = found.popitem()
            folder = ROOT / f".venv-{name}"
        else:
            print("dev.py coverage: on Python 3.11, more is named than no test runs.", file=sys.stderr)
    os.environ["TESTS_MEASURED"] = "1"  # what tests start is measured too
    return install(folder, python, version) or run(
        python_of(folder), "-m", "pytest", *SPREAD, *WHOLE, "--cov", "--cov-report=term")


def check() -> int:
    """Every check, the quick ones first; stops at the first that fails.

    To install takes one processor: the environment of another Python is made beside this one's.
    """
    with ThreadPoolExecutor(1) as beside:
        another = beside.submit(install_another)
        if status := install() or check_here():
            return status
        status, python = another.result()
    if python is None:
        return 0
    name = python.parent.parent.name
    if not status:
        for process in reading(QUICK, python, f"cpython-{name.partition('python')[2].replace('.', '')}"):
            ended(process)
    if status or run(python, "-m", "pytest", *CLOSE, *DRAWN, *FAST):
        return fail(f"dev.py check: {name} failed.")
    return 0


def check_here() -> int:
    lint = ("-c", "from importlinter.cli import lint_imports_command; lint_imports_command()")
    pytest = (PYTHON, "-m", "pytest")
    read = reading(("tests",))  # what fails in that fails again later
    linters = {"ruff": begun(PYTHON, "-m", "ruff", "check", "."), "mypy": begun(PYTHON, "-m", "mypy"),
               "import-linter": begun(PYTHON, *lint)}
    failed = [name for name, process in linters.items() if ended(process)]
    for process in read:
        ended(process)
    if failed:
        return fail(f"dev.py check: {', '.join(failed)} failed.")
    steps: tuple[tuple[str, tuple[str | Path, ...]], ...] = (
        ("pytest", (*pytest, *SPREAD, "--long")),
        ("pytest at other hours and without hang-ups",
         (*WITHOUT_HANG_UP, *pytest, *CLOSE, *DRAWN, *BY_THE_CLOCK)))
    for name, command in steps:
        if run(*command):
            return fail(f"dev.py check: {name} failed.")
    return 0


def install_another() -> tuple[int, Path | None]:
    """An environment of the newest other Python that is on this machine: the status, and its Python if there is one."""
    found = others()
    print(f"dev.py check: other Pythons here: {', '.join(found) or 'none'}; the last of them is tried.")
    if not found:
        return 0, None
    name, (python, version) = found.popitem()
    folder = ROOT / f".venv-{name}"
    return install(folder, python, version), python_of(folder)


def others() -> dict[str, tuple[str, str]]:
    """The Pythons of this machine but the one that runs this, the newest last: a command and its version by name."""
    names = [name for name in OTHERS if name != f"python3.{sys.version_info.minor}"]
    return {name: there for name in names if (there := next(filter(None, map(version_of, places_of(name))), None))}


def places_of(name: str) -> list[str]:
    """Where a Python may be: where commands are, and where pyenv keeps those that it doesn't show."""
    kept = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    return [*filter(None, [shutil.which(name)]), *map(str, sorted(kept.glob(f"*/bin/{name}")))]


def version_of(python: str) -> tuple[str, str] | None:
    """A command and its version; None where it leads to no Python, as a name may."""
    asked = subprocess.run([python, "-c", "import sys; print(sys.version)"], capture_output=True, text=True,
                           check=False)
    return None if asked.returncode else (python, asked.stdout)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
