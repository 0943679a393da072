"""The create request that a draft becomes: the document's JSON, without the key."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from tui.campaign.draft import Draft, Number
from tui.campaign.fields import FIELDS, PHONE_LIST, WEBHOOK_URL, Field, Kind
from tui.campaign.phone import wire_phone
from tui.campaign.schedule import ALL_DAYS, parse_date, parse_days, parse_time
from tui.campaign.target import parse_target

Json = dict[str, Any]


def wire(draft: Draft, numbers: Iterable[Number]) -> Json:
    """The request body as JSON values, in the document's order of fields. The draft has no problems.

    A field left alone is not sent, so that the provider's own default holds; neither are fields of the other call type.
    The days are always sent.
    """
    body: Json = {}
    for field in FIELDS.values():
        text = draft[field.name]
        if field.kind is Kind.DAYS:
            body[field.name] = list(parse_days(text)) if text else list(ALL_DAYS)
        elif text and field.belongs_to(draft.call_type) and (value := _value(field, text)) is not None:
            body[field.name] = value
    body[PHONE_LIST] = [wire_number(number) for number in numbers]
    return body


def with_webhook(request: Json, url: str) -> Json:
    """The same request, whose results are to be posted to `url`; the document's order of fields is kept."""
    values = {**request, WEBHOOK_URL: url}
    return {name: values[name] for name in (*FIELDS, PHONE_LIST) if name in values}


def wire_number(number: Number) -> dict[str, str]:
    row = {"phone": wire_phone(number.phone)}
    if phrase := " ".join(number.phrase.split()):
        row["phrase"] = phrase
    if lang := number.lang.strip():
        row["lang"] = lang
    return row


def _value(field: Field, text: str) -> Any:  # noqa: ANN401 - JSON values are of many types
    match field.kind:
        case Kind.INTEGER:
            return int(text)
        case Kind.DATE:
            return parse_date(text).isoformat()
        case Kind.TIME:
            return parse_time(text).strftime("%H:%M")
        case Kind.BOOLEAN:
            return text == "true"
        case Kind.FLAG:
            return "true" if text == "true" else None
        case Kind.TARGET:
            return str(parse_target(text))
        case Kind.PHONE:
            return wire_phone(text)
    return text


def body_hash(request: Mapping[str, Any]) -> str:
    """The SHA-256 of a request, hex: tells whether two are the same. The key is not part of it."""
    canonical = json.dumps(request, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
