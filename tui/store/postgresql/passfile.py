"""The file of passwords that libpq looks into, where libpq would refuse it: it says so on stderr, over the screen."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

# In place of one that is refused: what isn't there is passed over without a word.
NOWHERE: Final = str(Path(os.devnull) / "none")


def refused(given: Mapping[str, Any], environ: Mapping[str, str]) -> Path | None:
    """The file that libpq would refuse: no ordinary one, or open to others. None where it would read it, or not look.

    `given` are the parameters of the address. (libpq, *The Password File*; on Windows its rights aren't looked at.)
    """
    if os.name != "posix" or given.get("password") or environ.get("PGPASSWORD"):
        return None
    named = given.get("passfile") or environ.get("PGPASSFILE")
    try:
        path = Path(str(named)) if named else Path.home() / ".pgpass"
        mode = path.stat().st_mode
    except (OSError, RuntimeError, ValueError):
        return None
    return path if not stat.S_ISREG(mode) or stat.S_IMODE(mode) & 0o077 else None
