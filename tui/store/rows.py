"""How values are written in the database's columns, and read back."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from functools import lru_cache
from typing import Any, Final

from tui.campaign.states import Action, State
from tui.core.reason import Reason
from tui.store.database import Database, Row
from tui.store.totals import ResultFilter
from tui.store.values import Campaign

# A campaign with the switch that is on its way, in one statement however many are read.
_CAMPAIGN: Final = """
SELECT campaigns.*, switches.action AS pending,
    (SELECT max(asked_at) FROM launches WHERE launches.campaign_id = campaigns.id) AS launched_at,
    (SELECT pinged_at FROM launches WHERE launches.campaign_id = campaigns.id ORDER BY id DESC LIMIT 1) AS pinged_at
"""
_SWITCHES: Final = "LEFT JOIN switches ON switches.campaign_id = campaigns.id AND switches.outcome IS NULL"
CAMPAIGNS: Final = f"{_CAMPAIGN} FROM campaigns {_SWITCHES}"
# With what is remembered of the last launch of each: none of one that was taken in by its ID.
CAMPAIGNS_WITH_LAUNCH: Final = (
    f"{_CAMPAIGN}, last.id AS launch, last.body_hash AS last_body, last.sent_hash AS last_sent, "  # noqa: S608 - as above
    f"last.asked_at AS last_at FROM campaigns {_SWITCHES} "
    "LEFT JOIN launches AS last ON last.id = (SELECT max(id) FROM launches WHERE campaign_id = campaigns.id)")
ASKED_CAMPAIGNS: Final = f"{_CAMPAIGN} FROM asked CROSS JOIN campaigns {_SWITCHES} WHERE campaigns.id = asked.value"


@lru_cache(maxsize=1_024)  # results come by the thousand a second, and a batch of them writes a moment several times
def stamp(moment: dt.datetime) -> str:
    """Fixed in length, so that later is greater: `2026-11-25T09:00:00.000000Z`."""
    return f"{moment.astimezone(dt.UTC).isoformat(timespec='microseconds').removesuffix('+00:00')}Z"


def moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def object_text(values: Mapping[str, object]) -> str:
    return json.dumps(dict(values), ensure_ascii=False)


def object_of(text: str) -> dict[str, Any]:
    """ValueError where the text isn't a JSON object."""
    values = json.loads(text)
    if not isinstance(values, dict):
        raise ValueError(text)  # noqa: TRY004 - the value is wrong, not the caller
    return values


def reason_columns(reason: Reason | None) -> tuple[str | None, str | None]:
    if reason is None:
        return None, None
    return reason.code, object_text(reason.params)


def reason_of(code: str | None, params: str | None) -> Reason | None:
    return None if code is None else Reason(code, object_of(params or "{}"))


def literally(word: str) -> str:
    """A word in which LIKE sees no signs of its own, where `!` is the sign that takes their meaning away."""
    return word.replace("!", "!!").replace("%", "!%").replace("_", "!_")


def filter_text(chosen: ResultFilter) -> str:
    return json.dumps(asdict(chosen), ensure_ascii=False)


def filter_of(text: str | None) -> ResultFilter | None:
    """ValueError or TypeError where the text isn't what `filter_text` made."""
    return None if text is None else ResultFilter(**object_of(text))


@contextmanager
def legible(database: Database) -> Iterator[None]:
    """StoreDamaged where a value can't be what was written: SQLite keeps no checksums and may hand out garbage."""
    try:
        yield
    except (ValueError, TypeError) as error:
        raise database.damaged() from error


def campaign_of(row: Row) -> Campaign:
    """ValueError or TypeError where a column holds what was never written."""
    return Campaign(
        id=row["id"], profile=row["profile"], fields=object_of(row["fields"]), revision=row["revision"],
        state=State(row["state"]), state_at=moment(row["state_at"]),
        reason=reason_of(row["reason"], row["reason_params"]), provider_id=row["provider_id"],
        created_at=moment(row["created_at"]), updated_at=moment(row["updated_at"]),
        copied_from=row["copied_from"], test_of=row["test_of"], adopted=bool(row["adopted"]), numbers=row["numbers"],
        bad_numbers=row["bad_numbers"], duplicate_numbers=row["duplicate_numbers"],
        callable_with_phrase=row["callable_with_phrase"],
        pending=None if row["pending"] is None else Action(row["pending"]), unsure=bool(row["unsure"]),
        missing=bool(row["missing"]),
        last_set_at=None if row["last_set_at"] is None else moment(row["last_set_at"]),
        launched_at=None if row["launched_at"] is None else moment(row["launched_at"]),
        pinged_at=None if row["pinged_at"] is None else moment(row["pinged_at"]), found=bool(row["found"]),
        called_again=0 if State(row["state"]).editable else row["called_again"],
        follows=row["follows"], follows_filter=filter_of(row["follows_filter"]),
    )
