#!/usr/bin/env python3
"""Everything a developer needs, with Python alone: `python3 dev.py demo`, `test` or `check`.

Makes a virtual environment beside this file, installs the pinned dependencies into it, and runs what was asked for.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "installed"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
# Many tests wait for a terminal more than they compute: one more than there are processors, and who has none left takes
# another's.
SPREAD = ("-n", str(1 + (os.cpu_count() or 1)), "--dist", "worksteal")
# Commands that are modules of the project, and get all options as they are.
MODULES = {"demo": ("tui", "demo"), "walk": ("tests.walk",), "fuzz-input": ("tests.tty.fuzz",),
           "bench": ("benchmarks",)}
USAGE = """usage: python3 dev.py COMMAND
  demo            the app on the built-in sandbox: no key, nothing leaves this machine
  test [OPTIONS]  every test; OPTIONS go to pytest
  check           linters, type checker, import contracts, every test
  walk [OPTIONS]  random keys by the thousand: --keys N, --seed S, --workers W, --go-on
  fuzz-input [OPTIONS]  random input as terminals send it, and worse: --sequences N, --seed S
  bench [NAME…]   how fast it is beside a bare Textual app; --json prints the figures as JSON
  readme          write the tables of keys in README.md anew, from the key map
  install         only make the environment"""


def main(arguments: list[str]) -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 - this file is run by whatever Python there is
        return fail(f"Santral needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    # No `match`: an older Python must be able to read this file in order to be told.
    command, options = (arguments[0], arguments[1:]) if arguments else ("", [])
    if command in MODULES:
        return install() or run(PYTHON, "-m", *MODULES[command], *options)
    if command == "test":
        return install() or test(*options)
    if command == "readme" and not options:
        return install() or run(PYTHON, ROOT / "docs" / "key_tables.py")
    if command == "check" and not options:
        return install() or check()
    if command == "install" and not options:
        return install()
    print(USAGE, file=sys.stderr)
    return 2


def fail(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


def run(*command: str | Path) -> int:
    """Run a command in the project's folder; its exit status. Ctrl+C is the command's own business."""
    process = subprocess.Popen([str(part) for part in command], cwd=ROOT)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue


def wanted() -> str:
    """What the environment was made from: when it changes, it is installed anew."""
    digest = hashlib.sha256(sys.version.encode())
    for name in ("pyproject.toml", "constraints.txt"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def install() -> int:
    """Make the environment where it is missing or out of date. 0, or the exit status of what failed."""
    if STAMP.exists() and STAMP.read_text() == wanted():
        return 0
    print("Installing into .venv …", file=sys.stderr)
    if run(sys.executable, "-m", "venv", VENV):
        return fail("No virtual environment could be made: is Python's venv module installed (python3-venv)?")
    status = run(PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
                 "-c", ROOT / "constraints.txt", "-e", f"{ROOT}[dev]")
    if status:
        return fail("The dependencies could not be installed; what pip said stands above.")
    STAMP.write_text(wanted())
    return 0


def test(*options: str) -> int:
    return run(PYTHON, "-m", "pytest", *SPREAD, *options)


def check() -> int:
    """Every check, the quick ones first; stops at the first that fails."""
    steps: tuple[tuple[str, ...], ...] = (
        ("ruff", "check", "."), ("mypy",), ("importlinter.cli",), ("pytest", *SPREAD))
    for step in steps:
        module, *options = step
        if module == "importlinter.cli":
            status = run(PYTHON, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()")
        else:
            status = run(PYTHON, "-m", module, *options)
        if status:
            return fail(f"dev.py check: {module} failed.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
