"""What time it is: the one place that asks this machine. Whatever has to know takes a clock: this one by default."""

from __future__ import annotations

import time
from datetime import UTC, datetime


def utc_now() -> datetime:
    """The moment; aware, in UTC."""
    return datetime.now(UTC)


def seconds_since(written: float) -> float:
    """Since a file was written, by its `st_mtime`, which is of this machine's clock."""
    return time.time() - written
