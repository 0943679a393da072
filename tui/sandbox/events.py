"""What happens in the sandbox, reported as it happens, and the line of its log for each."""

from __future__ import annotations

from msgspec import Struct

from tui.core.sanitize import escaped
from tui.i18n.words import say


class Listening(Struct, frozen=True):
    """The sandbox answers at `address`."""

    address: str


class Answered(Struct, frozen=True):
    """A request was answered. `path` is without its query, where a key may stand; `words`: why it was refused."""

    method: str
    path: str
    status: int
    words: str = ""


class FaultBefell(Struct, frozen=True):
    """A request met with a fault that was asked for."""

    method: str
    path: str
    fault: str


class Called(Struct, frozen=True):
    """A call ended. `digit` and `status` as in its notification."""

    campaign_id: int
    phone: str
    digit: str
    status: str


class WebhookElsewhere(Struct, frozen=True):
    """A webhook is not on this machine: nothing is sent there."""

    host: str


class WebhookFailed(Struct, frozen=True):
    """A webhook did not answer 200. `answer` is its status; 0 where there was no answer at all."""

    url_host: str
    answer: int


SandboxEvent = Listening | Answered | FaultBefell | Called | WebhookElsewhere | WebhookFailed


def describe(event: SandboxEvent) -> str:
    """One line for the log, in the language in use. It never holds a key."""
    match event:
        case Listening():
            return say("sandbox.listening", address=event.address)
        case Answered():
            key = "sandbox.answered_with" if event.words else "sandbox.answered"
            return say(key, method=escaped(event.method), path=escaped(event.path), status=event.status,
                       words=escaped(event.words))
        case FaultBefell():
            return say("sandbox.fault_befell", method=escaped(event.method), path=escaped(event.path),
                       fault=event.fault)
        case Called():
            key = "sandbox.called_with_key" if event.digit else "sandbox.called"
            return say(key, campaign=event.campaign_id, phone=event.phone, status=event.status, digit=event.digit)
        case WebhookElsewhere():
            return say("sandbox.webhook_elsewhere", host=escaped(event.host))
        case WebhookFailed():
            key = "sandbox.webhook_answered" if event.answer else "sandbox.webhook_silent"
            return say(key, host=escaped(event.url_host), status=event.answer)
