"""What is sent and listed of a call: a notification (docs/provider.md, "Notifications") and a row of the call list."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final
from urllib.parse import urlencode

from tui.campaign.dates import ISTANBUL
from tui.sandbox.account import AGENTS, DOMAIN_ID
from tui.sandbox.dialer import Call
from tui.sandbox.recordings import is_recorded

STAMP: Final = "%Y-%m-%d %H:%M:%S"
FORM: Final = "application/x-www-form-urlencoded"


def notification(call: Call, notification_id: int) -> bytes:
    """The form that is POSTed to the campaign's webhook: the fields of the provider's document in its order, UTF-8."""
    return urlencode({
        "notification_id": notification_id,
        "notification_date": call.ended.strftime(f"{STAMP} UTC"),
        "domain_id": DOMAIN_ID,
        "ivr_campaign_id": call.campaign_id,
        "ivr_campaign_name": call.plan.name,
        "ivr_lead_id": call.lead_id,
        "phone": call.phone,
        "digit": call.fate.digit,
        "status": call.fate.status,
        "call_uuid": call.fate.call_uuid,
    }, errors="replace").encode("ascii")


def call_record(call: Call) -> dict[str, Any]:
    """The row of `/cdrs`: times of day in Turkey, never the key that was pressed."""
    return {
        "start_stamp": _local(call.began),
        "answer_stamp": _local(call.answered_at) if call.answered_at else "",
        "end_stamp": _local(call.ended),
        "direction": "Giden (IVR)" if call.plan.menu else "Giden (Kuyruk)",
        "caller_id_number": call.plan.caller_id,
        "destination_number": call.phone,
        "duration": _clock(call.fate.ring_seconds + call.fate.talk_seconds),
        "talk_duration": _clock(call.fate.talk_seconds),
        "queue": "" if call.plan.queue is None else str(call.plan.queue),
        "result": call.fate.status,
        "missed": _word(not call.fate.answered),
        "call_uuid": call.fate.call_uuid,
    }


def call_flow(call: Call) -> dict[str, Any]:
    """The answer of `/cdrs/{call_uuid}`: the call, and whom it was put through to."""
    talked_to, queue = _put_through(call)
    waited = int(call.fate.talk_seconds) % 20 if queue else 0
    legs = [_leg(call, call.phone, call.began, call.answered_at)]
    if talked_to and call.answered_at is not None:
        legs.append(_leg(call, talked_to, call.answered_at, call.answered_at + dt.timedelta(seconds=waited)))
    record = call_record(call) | {
        "queue": queue, "sip_hangup_disposition": "callee", "recording_present": _word(is_recorded(call)),
        **({"queue_wait_seconds": waited} if queue else {})}
    return {"cdr": record, "call_flow": legs}


def _put_through(call: Call) -> tuple[str, str]:
    """The extension that a call was put through to, and the queue in which it waited for that; "" for none."""
    if not call.fate.answered:
        return "", ""
    target = f"queue/{call.plan.queue}" if call.plan.menu is None else call.plan.menu.targets.get(call.fate.digit, "")
    kind, _, number = target.partition("/")
    if kind != "queue":
        return (number if kind == "user" else ""), ""
    return next((agent for agent, status, of in AGENTS if status == "AVAILABLE" and int(number) in of), ""), number


def _leg(call: Call, number: str, began: dt.datetime, answered: dt.datetime | None) -> dict[str, Any]:
    return {"destination_number": number, "start_stamp": _local(began),
            "answer_stamp": _local(answered) if answered else "", "end_stamp": _local(call.ended),
            "duration": _clock((call.ended - began).total_seconds()),
            "result": call.fate.status}


def _word(true: bool) -> str:  # noqa: FBT001 - as the provider writes it
    return "true" if true else "false"


def _local(moment: dt.datetime) -> str:
    return moment.astimezone(ISTANBUL).strftime(f"{STAMP} %z")


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest:02}"
