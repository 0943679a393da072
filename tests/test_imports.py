"""Which room may know which: the contracts of the architecture."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_the_rooms_know_only_whom_they_may() -> None:
    lint = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    command = [sys.executable, "-c", lint, "--no-cache"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_the_operations_need_no_screen() -> None:
    code = ("import pkgutil, importlib, sys, tui.operations\n"
            "for found in pkgutil.iter_modules(tui.operations.__path__, 'tui.operations.'):\n"
            "    importlib.import_module(found.name)\n"
            "sys.exit('textual' in sys.modules)")
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
