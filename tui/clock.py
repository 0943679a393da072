"""What time it is: the one place that asks this machine. Whatever has to know takes a clock: this one by default."""

from __future__ import annotations

from datetime import UTC, datetime


def utc_now() -> datetime:
    """The moment; aware, in UTC."""
    return datetime.now(UTC)
