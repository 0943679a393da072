"""What goes wrong between this program and the provider.

    ProviderError            `reason` is the sentence, `sent` whether the provider may have read the request,
    │                        `perhaps_done` whether it may have been carried out, in this try or in one before
    ├── NotReached           certain that not a byte was sent: refused, DNS, TLS, connect time-out, …
    │   └── NotNow           it would have had to wait for its turn, and was not to
    ├── AnswerLost           sent, and no whole answer came back
    ├── ServerFailed         5xx and 408: whether it was done is unknown
    ├── BadAnswer            an answer of a shape that the provider's document does not know
    └── RequestRefused       4xx: certain that this try did nothing; the provider's own words
        ├── KeyRefused       the API key is wrong, or not allowed to do this
        ├── NotFound         "Cannot find ivr_campaign with ID …", or a 404 that is no web page
        └── LimitReached     429

Creating a campaign raises none of these: its outcome is a value, because each of its four kinds is remembered.
An error holds words that were redacted before, and never an exception of the HTTP library, whose request has the key
in its URL.
"""

from __future__ import annotations

from tui.core.reason import Reason


class ProviderError(Exception):
    """Something asked of the provider did not come about. Its text is for the log: a code and its parameters."""

    def __init__(self, reason: Reason, *, sent: bool) -> None:
        params = " ".join(f"{name}={value!r}" for name, value in reason.params.items())
        super().__init__(f"{reason.code} {params}".rstrip())
        self.reason = reason
        self.sent = sent
        self.perhaps_done = False  # set by whoever knows of all the tries
        self.retry_after: float | None = None  # seconds for which the provider is to be left alone, where that is known


class NotReached(ProviderError):
    """It is certain that not a byte of the request was sent."""


class NotNow(NotReached):
    """The limits leave no room for a request that is not to wait; `retry_after` says for how long."""


class AnswerLost(ProviderError):
    """The request may have been read; its answer did not come, or not wholly."""


class ServerFailed(ProviderError):
    """The provider answered that it failed (5xx) or had waited too long for the request (408)."""


class BadAnswer(ProviderError):
    """The provider answered something that its document does not describe."""


class RequestRefused(ProviderError):
    """The provider answered that it did not do it (4xx)."""


class KeyRefused(RequestRefused):
    """401, 403 (the key, a right or a module that the account lacks), or the provider's words for a wrong key."""


class NotFound(RequestRefused):
    """The provider has no campaign with this ID. `named`: it says so in its words, else by its status alone."""

    def __init__(self, reason: Reason, *, sent: bool, named: bool = True) -> None:
        super().__init__(reason, sent=sent)
        self.named = named


class LimitReached(RequestRefused):
    """429: too many requests."""
