"""How values are written in the columns of a database, and read back."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from msgspec.structs import asdict

from tui.core.reason import Reason
from tui.store.values import PlanOrigin, ResultFilter


@lru_cache(maxsize=1_024)  # results come by the thousand a second, and a batch of them writes a moment several times
def stamp(moment: dt.datetime) -> str:
    """Fixed in length, so that later is greater: `2026-11-25T09:00:00.000000Z`."""
    return f"{moment.astimezone(dt.UTC).isoformat(timespec='microseconds').removesuffix('+00:00')}Z"


def moment(text: str) -> dt.datetime:
    """Aware. ValueError where `stamp` didn't write it."""
    return dt.datetime.fromisoformat(text)


def object_text(values: Mapping[str, object]) -> str:
    """A JSON object."""
    return json.dumps(dict(values), ensure_ascii=False)


def object_of(text: str) -> dict[str, Any]:
    """ValueError where the text isn't a JSON object."""
    values = json.loads(text)
    if not isinstance(values, dict):
        raise ValueError(text)  # noqa: TRY004 - the value is wrong, not the caller
    return values


def reason_columns(reason: Reason | None) -> tuple[str | None, str | None]:
    """A reason's code, and its parameters as a JSON object."""
    if reason is None:
        return None, None
    return reason.code, object_text(reason.params)


def reason_of(code: str | None, params: str | None) -> Reason | None:
    """None where there is no code. ValueError where the parameters aren't a JSON object."""
    return None if code is None else Reason(code, object_of(params or "{}"))


def when(text: str | None) -> dt.datetime | None:
    """The moment of a column that may be empty."""
    return None if text is None else moment(text)


def filter_text(chosen: ResultFilter) -> str:
    """A JSON object with all its fields."""
    return json.dumps(asdict(chosen), ensure_ascii=False)


def filter_of(text: str | None) -> ResultFilter | None:
    """ValueError or TypeError where the text isn't what `filter_text` made."""
    return None if text is None else ResultFilter(**object_of(text))


def origin_text(origin: PlanOrigin) -> str:
    """A JSON object."""
    return object_text({"name": origin.name, "plan": origin.plan, "outcomes": dict(origin.outcomes),
                        "not_before": stamp(origin.not_before)})


def origin_of(text: str | None) -> PlanOrigin | None:
    """ValueError or TypeError where the text isn't what `origin_text` made."""
    if text is None:
        return None
    values = object_of(text)
    return PlanOrigin(**{**values, "not_before": moment(values.get("not_before", ""))})
