"""One call in words: who answered it, after what wait, and whether it was recorded."""

from __future__ import annotations

from typing import Final

from tui.campaign.account import Account, name_of
from tui.campaign.phone import readable_phone
from tui.campaign.target import Target, TargetKind
from tui.core.text_keys import TextKeys
from tui.i18n.words import say
from tui.store.call_details import CallDetail
from tui.text.formats import NOTHING_KNOWN

_HUNG_UP: Final = TextKeys("text.call.hung_up.{}", ("caller", "callee"))
_EXTENSION: Final = 6  # digits at most


def answered_by_text(detail: CallDetail | None, account: Account = NOTHING_KNOWN) -> str:
    """Whom of the account the callee was put through to, after what wait, and who hung up; "" where nobody asked."""
    if detail is None:
        return ""
    parts = [_who(detail)]
    if detail.queue:
        parts.append(_queue(detail, account))
    elif detail.queue_wait is not None:
        parts.append(say("text.call.waited", count=detail.queue_wait))
    if detail.hung_up_by in ("caller", "callee"):
        parts.append(say(_HUNG_UP[detail.hung_up_by]))
    return " · ".join(parts)


def _who(detail: CallDetail) -> str:
    number, name = detail.answered_by, detail.answered_name
    if not number:
        return say("text.call.answered_by", who=name) if name else say("text.call.nobody")
    short = number.isdecimal() and len(number) <= _EXTENSION
    who = say("text.call.extension", number=number) if short else readable_phone(number) if number.isdecimal() \
        else number
    return say("text.call.answered_by", who=f"{who} {name}".rstrip())


def _queue(detail: CallDetail, account: Account) -> str:
    """With its name where that is known; the provider writes a queue as its number, or by its name."""
    queue = detail.queue
    if queue.isdecimal() and queue.isascii() and len(queue) <= _EXTENSION:
        queue = f"{queue} {name_of(Target(TargetKind.QUEUE, queue), account)}".rstrip()
    if detail.queue_wait is None:
        return say("text.call.queue", queue=queue)
    return say("text.call.queue_waited", queue=queue, count=detail.queue_wait)
