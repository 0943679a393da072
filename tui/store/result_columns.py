"""What is known of a number, as it stands in a row of `results`."""

from __future__ import annotations

from typing import Any, Final

from tui.campaign.results import NumberResult, Order, ResultSource
from tui.store.columns import moment, stamp
from tui.store.database import Row

INDEXED: Final = ("answered", "final", "status", "digit")
OTHERS: Final = ("attempts", "last_at", "last_id", "digit_answered", "digit_at", "digit_id", "talk_seconds", "source")


def result_in(row: Row) -> NumberResult:
    """The result in a row of `results`. ValueError where a column holds what was never written."""
    return NumberResult(
        attempts=int(row["attempts"]), answered=bool(row["answered"]), last=_order(row["last_at"], row["last_id"]),
        status=row["status"], digit=row["digit"],
        digit_from=(bool(row["digit_answered"]), _order(row["digit_at"], row["digit_id"])) if row["digit"] else None,
        talk_seconds=row["talk_seconds"], source=ResultSource(row["source"]))


def _order(at: str, name: str) -> Order:
    return moment(at), len(name), name


def indexed_columns(result: NumberResult, retries: int | None) -> tuple[int | str, ...]:
    """In the order of INDEXED."""
    return int(result.answered), int(result.final(retries)), result.status, result.digit


def other_columns(result: NumberResult) -> tuple[Any, ...]:
    """In the order of OTHERS."""
    answered, (at, _, name) = result.digit_from or (None, (None, 0, None))
    return (result.attempts, stamp(result.last[0]), result.last[2], None if answered is None else int(answered),
            None if at is None else stamp(at), name, result.talk_seconds, result.source)
