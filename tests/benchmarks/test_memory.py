"""The peak is that of the process itself, whatever held more before it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
TOLD = "from benchmarks.memory import peak_bytes; print(peak_bytes())"


def test_the_peak_begins_with_the_program_and_grows_with_it() -> None:
    large = bytearray(b"x") * (200 << 20)  # of whoever starts it
    small = int(_printed(TOLD))
    assert small < 100 << 20 < len(large)
    assert int(_printed(f"held = bytearray(b'x') * (150 << 20); del held; {TOLD}")) > 150 << 20


def _printed(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout
