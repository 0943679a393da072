"""The outcome of a create request, from what came back."""

from __future__ import annotations

import re
from typing import Final

from tui.campaign.lifecycle import Created, NotSent, Outcome, Rejected, Unconfirmed
from tui.core.reason import Reason
from tui.core.text_keys import TextKeys
from tui.provider.answer import Answer, AnswerReader, NoResponse, not_reached

_ANOTHER: Final = b"HTTP/"  # a second answer behind the first: which of them is ours is unknown
_UNCONFIRMED: Final = TextKeys("provider.unconfirmed.{}", ("cut", "timeout"))
_WEBHOOK: Final = re.compile(r"webhook.*\b200\b", re.IGNORECASE)
# An ID alone, as `20212` (docs/provider.md, "Create"). Longer ones would not fit where the IDs are kept.
_ID: Final = re.compile(rb"\s*([0-9]{1,18})\s*")


def outcome_of(got: Answer | NoResponse, reader: AnswerReader) -> Outcome:
    """Created and Rejected only where the provider said so beyond doubt; what is in doubt is Unconfirmed."""
    if isinstance(got, NoResponse):
        return Unconfirmed(Reason(_UNCONFIRMED[got.kind])) if got.sent else NotSent(not_reached(got))
    if got.missing == "more" and (not got.refused or got.followed_by.startswith(_ANOTHER)):
        return Unconfirmed(Reason("provider.unconfirmed.more"))
    if got.refused:
        return Rejected(_why(reader.refusal(got).reason))
    if got.status in (200, 201):
        return _created(got, reader)
    return Unconfirmed(reader.worded("provider.unconfirmed.status", got))


def _why(reason: Reason) -> Reason:
    """A webhook that was tried and did not answer (docs/provider.md, "Create"): the sentence says what to do."""
    tried = reason.code == "provider.refused" and _WEBHOOK.search(str(reason.params.get("words", "")))
    return Reason("provider.webhook_refused", reason.params) if tried else reason


def _created(answer: Answer, reader: AnswerReader) -> Outcome:
    if answer.missing in ("cut", "timeout"):
        return Unconfirmed(Reason(_UNCONFIRMED[answer.missing]))
    if not answer.framed:
        # `2021` may be what was left of `20212` when the connection broke.
        return Unconfirmed(Reason("provider.unconfirmed.unframed"))
    found = _ID.fullmatch(answer.body)
    if answer.missing is None and found and int(found[1]) > 0:
        return Created(int(found[1]))
    return Unconfirmed(reader.worded("provider.unconfirmed.no_id", answer))
