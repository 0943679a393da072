"""What became of a request to block a number, from what came back (docs/provider.md, "Blocked numbers")."""

from __future__ import annotations

import re
from typing import Final

from msgspec import Struct

from tui.core.reason import Reason
from tui.provider.answer import Answer, AnswerReader, NoResponse
from tui.provider.errors import KeyRefused, LimitReached, NotReached, ProviderError, RequestRefused

_ID: Final = re.compile(rb"\s*[0-9]{1,18}\s*")
_NO_SUCH_CALL: Final = 404


class Blocked(Struct, frozen=True):
    """The provider blocks the number."""


class NotBlocked(Struct, frozen=True):
    """It is certain that this request has blocked nothing, and the same one would be refused again."""

    reason: Reason


class NotAllowed(Struct, frozen=True):
    """Certain too, and the provider would refuse every number: the key is wrong, or lacks the right or the module."""

    reason: Reason


class NotYet(Struct, frozen=True):
    """Certain too, and it may be tried again: a limit, or no connection. `retry_after`: seconds, where it was said."""

    reason: Reason
    retry_after: float | None = None


class PerhapsBlocked(Struct, frozen=True):
    """Whether it was done is not known."""

    reason: Reason


BlockOutcome = Blocked | NotBlocked | NotAllowed | NotYet | PerhapsBlocked


def block_outcome(got: Answer | NoResponse, reader: AnswerReader) -> BlockOutcome:
    """Blocked only where the provider gave an ID, as its document has it: what is in doubt is PerhapsBlocked."""
    result = reader.resolve(got, of_campaign=False)
    if isinstance(result, Answer):
        if result.status in (200, 201) and _ID.fullmatch(result.body):
            return Blocked()
        return PerhapsBlocked(reader.worded("provider.block_no_id", result))
    return _failure(result, got)


def _failure(error: ProviderError, got: Answer | NoResponse) -> BlockOutcome:
    status = got.status if isinstance(got, Answer) else None
    if isinstance(error, KeyRefused) or (isinstance(error, RequestRefused) and status == _NO_SUCH_CALL):
        return NotAllowed(error.reason)
    if isinstance(error, LimitReached):
        return NotYet(error.reason, got.retry_after() if isinstance(got, Answer) else None)
    if isinstance(error, NotReached):
        return NotYet(error.reason)
    if isinstance(error, RequestRefused):
        return NotBlocked(error.reason)
    return PerhapsBlocked(error.reason)
