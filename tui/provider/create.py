"""The outcome of a create request, from what came back."""

from __future__ import annotations

import re
from typing import Final

from tui.campaign.lifecycle import Created, NotSent, Outcome, Rejected, Unconfirmed
from tui.core.reason import Reason
from tui.core.text_keys import TextKeys
from tui.provider.answer import Answer, Lost, Reader, not_reached

_ANOTHER: Final = b"HTTP/"  # an answer behind the answer: which of them is ours can't be told
_UNCONFIRMED: Final = TextKeys("provider.unconfirmed.{}", ("cut", "timeout"))
_WEBHOOK: Final = re.compile(r"webhook.*\b200\b", re.IGNORECASE)
# An ID alone (document, *Başarılı cevap*: `20212`). Longer ones would not fit where the IDs are kept.
_ID: Final = re.compile(rb"\s*([0-9]{1,18})\s*")


def outcome_of(got: Answer | Lost, reader: Reader) -> Outcome:
    """Created and Rejected only where the provider said so beyond doubt; what is in doubt is Unconfirmed."""
    if isinstance(got, Lost):
        return Unconfirmed(Reason(_UNCONFIRMED[got.kind])) if got.sent else NotSent(not_reached(got))
    if got.missing == "more" and (not got.refused or got.followed_by.startswith(_ANOTHER)):
        return Unconfirmed(Reason("provider.unconfirmed.more"))
    if got.refused:
        return Rejected(_why(reader.refusal(got).reason))
    if got.status in (200, 201):
        return _created(got, reader)
    return Unconfirmed(reader.worded("provider.unconfirmed.status", got))


def _why(reason: Reason) -> Reason:
    """A webhook that was tried and did not answer (document, *webhook_url*): what to do is told with it."""
    tried = reason.code == "provider.refused" and _WEBHOOK.search(str(reason.params.get("words", "")))
    return Reason("provider.webhook_refused", reason.params) if tried else reason


def _created(answer: Answer, reader: Reader) -> Outcome:
    if answer.missing in ("cut", "timeout"):
        return Unconfirmed(Reason(_UNCONFIRMED[answer.missing]))
    if not answer.framed:
        # `2021` may be what was left of `20212` when the connection broke.
        return Unconfirmed(Reason("provider.unconfirmed.unframed"))
    found = _ID.fullmatch(answer.body)
    if answer.missing is None and found and int(found[1]) > 0:
        return Created(int(found[1]))
    return Unconfirmed(reader.worded("provider.unconfirmed.no_id", answer))
