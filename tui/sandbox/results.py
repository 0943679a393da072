"""What is sent and listed of a call: a notification (docs/provider.md, "Notifications") and a row of the call list."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final
from urllib.parse import urlencode

from tui.campaign.dates import ISTANBUL
from tui.sandbox.account import DOMAIN_ID
from tui.sandbox.dialer import Call

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
        "missed": "false" if call.fate.answered else "true",
        "call_uuid": call.fate.call_uuid,
    }


def _local(moment: dt.datetime) -> str:
    return moment.astimezone(ISTANBUL).strftime(f"{STAMP} %z")


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest:02}"
