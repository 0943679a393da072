"""Why somebody is not to be called, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from tui.core.text_keys import TextKeys
from tui.i18n.words import say
from tui.store import DoNotCallChange, DoNotCallEvent, DoNotCallReason
from tui.store.consents import ConsentImport
from tui.store.do_not_call_pages import DoNotCallSource, ListedNumber
from tui.store.opt_out_pushes import PushQueue
from tui.text.formats import moment_text, sentence

SOURCE: Final = TextKeys("text.dnc.source.{}", DoNotCallSource)
_OTHERS: Final = (DoNotCallSource.FILE, DoNotCallSource.BLOCKED, DoNotCallSource.UNTOLD)
_OF_OTHERS: Final = TextKeys("store.suppressed.{}", _OTHERS)
_EVENT: Final = TextKeys("text.dnc.{}", DoNotCallEvent)


def source_parts(consents: ConsentImport | None, queue: PushQueue | None, now: dt.datetime, *,
                 confirmed: bool = True) -> Iterator[str]:
    """How old the consents of İYS are, where there are any; how many numbers wait to be blocked at the provider.

    `confirmed`: whether a person has said that they are to be.
    """
    if consents is not None:
        yield say("text.dnc.consents", moment=moment_text(consents.file_at, now))
    if queue is None:
        return
    if queue.open and not confirmed:
        yield say("text.dnc.push_unconfirmed", count=queue.open)
    elif queue.open:
        yield say("text.dnc.push_waiting", count=queue.open)
        if queue.stopped is not None:
            yield sentence(queue.stopped)
    if queue.refused:
        yield say("text.dnc.push_refused", count=queue.refused)


def why_text(number: ListedNumber) -> str:
    """Why a number is on a list, or was taken off it: what somebody said of it, or by which list."""
    if number.source in _OTHERS:
        return say(_OF_OTHERS[number.source])
    if number.source is DoNotCallSource.REMOVED:
        return number.reason or say("text.dnc.no_reason")
    return _why(number.why, number.campaign_name, number.reason)


def change_text(change: DoNotCallChange, campaign: str) -> str:
    """What was done with a number, why and by whom. `campaign`: the name of that in which the key was pressed."""
    if change.event is DoNotCallEvent.ADDED:
        why = _why(change.why, campaign, change.reason)
    else:
        why = change.reason or say("text.dnc.no_reason")
    text = f"{say(_EVENT[change.event])}: {why}"
    return f"{text} ({change.by_user})" if change.by_user else text


def _why(why: DoNotCallReason | None, campaign: str, reason: str) -> str:
    if why is DoNotCallReason.PRESSED:
        return say("text.dnc.pressed_in", name=campaign) if campaign else say("text.dnc.pressed")
    return reason or say("text.dnc.by_hand")
