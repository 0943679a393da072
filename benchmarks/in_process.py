"""What is measured from within the program, by `benchmarks.inside` in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from typing import Any, Final

from benchmarks.pseudo_terminal import NotShown

MODULE: Final = "benchmarks.inside"
REPAINT: Final = "repaint"
EXPORT: Final = "export"
CHECK: Final = "check"
_PATIENCE: Final = 180  # seconds


def measured_inside(what: str, environ: Mapping[str, str], *arguments: str) -> dict[str, Any]:
    """What `benchmarks.inside` prints. NotShown where it takes minutes; CalledProcessError."""
    try:
        done = subprocess.run([sys.executable, "-m", MODULE, what, *arguments], env=dict(environ), check=True,
                              stdout=subprocess.PIPE, timeout=_PATIENCE)
    except subprocess.TimeoutExpired as error:
        raise NotShown(f"{what} did not end") from error
    found: dict[str, Any] = json.loads(done.stdout)
    return found
