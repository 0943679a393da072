"""The most memory that this process has held."""

from __future__ import annotations

from pathlib import Path
from typing import Final

_STATUS: Final = Path("/proc/self/status")
_KILOBYTE: Final = 1 << 10


def peak_bytes() -> int:
    """Resident, since the program was loaded. OSError on a system without /proc.

    Not `getrusage`: on Linux that begins with what the process held from which this one was started.
    """
    (line,) = (line for line in _STATUS.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) * _KILOBYTE
