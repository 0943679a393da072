"""What came back: an answer, whole or not, or none; and what the provider's words in it mean."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final, Literal

from msgspec import Struct, field

from tui.core.clock import utc_now
from tui.core.reason import Reason
from tui.core.secret import MASK, Redactor, Secret
from tui.core.text_keys import TextKeys
from tui.core.whole_number import whole_number
from tui.provider.errors import (
    AnswerLost,
    BadAnswer,
    KeyRefused,
    LimitReached,
    NotFound,
    NotReached,
    ProviderError,
    RequestRefused,
    ServerFailed,
)

WORDS_LIMIT: Final = 300
# A shorter piece of a secret, cut off at the end of an answer, gives nothing away and occurs in ordinary words.
_MIN_PARTIAL_SECRET: Final = 4

_NOT_REACHED: Final = TextKeys("provider.not_reached.{}", (
    "certificate", "dns", "incomplete", "incomplete_timeout", "network", "other", "pool", "proxy", "refused",
    "settings", "timeout", "tls", "unreadable", "unready", "unwritable", "withheld"))
_ANSWER_LOST: Final = TextKeys("provider.answer_lost.{}", ("cut", "timeout"))
# Sentences that repeat the provider's words; of a web page those of its title, or that there are none.
_WORDED: Final = (
    "provider.key_refused", "provider.forbidden", "provider.not_found", "provider.refused", "provider.server_failed",
    "provider.no_ok", "provider.block_no_id", "provider.unconfirmed.status", "provider.unconfirmed.no_id")
_OF_A_PAGE: Final = TextKeys("{}.page", _WORDED)
_WITHOUT_WORDS: Final = TextKeys("{}.silent", _WORDED)

# docs/provider.md, "Switch and delete": the body of a success.
_DONE: Final = "ok"
_BAD_KEY: Final = re.compile(r"ge[cç]ers[iı]z\s+anahtar", re.IGNORECASE)
_NO_CAMPAIGN: Final = re.compile(r"cannot find ivr_campaign with id", re.IGNORECASE)
_TITLE: Final = re.compile(r"<(title|h1)\b[^>]*>(.*?)</\1\s*>", re.IGNORECASE | re.DOTALL)
_TAG: Final = re.compile(r"<(script|style)\b.*?</\1\s*>|<[^>]*>?", re.IGNORECASE | re.DOTALL)


class Answer(Struct):
    """A status line that came, and as much of the body as followed."""

    status: int
    headers: Mapping[str, str]  # names in lower case
    body: bytearray = field(default_factory=bytearray)
    # Why the body is not whole: its connection was cut, it took too long, it is longer than we read, something came
    # behind it that may belong to it. None: it is whole.
    missing: Literal["cut", "timeout", "long", "more"] | None = "cut"
    followed_by: bytes = b""

    @property
    def done(self) -> bool:
        return 200 <= self.status < 300

    @property
    def framed(self) -> bool:
        """Whether the headers say where the body ends, so that a cut one differs from a whole one.

        Two headers that may contradict each other say nothing (RFC 9112 §6.3).
        """
        return ("content-length" in self.headers) != ("transfer-encoding" in self.headers)

    @property
    def failed(self) -> bool:
        """The provider, or something before it, says that it broke: whether the request was carried out is unknown."""
        return self.status >= 500 or self.status == 408

    @property
    def refused(self) -> bool:
        return 400 <= self.status < 500 and self.status != 408

    def date(self) -> datetime | None:
        """The moment at which it was sent, by the clock of whoever sent it; None where there is no date."""
        return _http_date(self.headers.get("date", ""))

    def retry_after(self) -> int | None:
        """The seconds of `Retry-After`, which may be a date: None where there is none or it can't be read."""
        value = self.headers.get("retry-after", "").strip()
        if (seconds := whole_number(value, 9)) is not None:
            return seconds
        due = _http_date(value)
        if due is None:
            return None
        # The answer's own date where it has one: this machine's clock may be wrong.
        now = self.date() or utc_now()
        return max(0, round((due - now).total_seconds()))


def _http_date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


class NoResponse(Struct, frozen=True):
    """No status line came. `kind` is a word of _NOT_REACHED or _ANSWER_LOST; `sent` whether a byte may have left."""

    kind: str
    sent: bool
    host: str
    why: Reason | None = None  # where more is known than its kind


class AnswerReader:
    """Reads answers to requests that held secrets, which it takes out of the provider's words."""

    def __init__(self, *secrets: Secret) -> None:
        self._secrets = secrets
        self.redact = Redactor(secrets)

    def resolve(self, got: Answer | NoResponse, *, of_campaign: bool) -> Answer | ProviderError:
        """`got` where it is a success, else why it is none.

        `of_campaign`: it answers a switch or a delete. That was done where the body is OK; whatever else comes with a
        2xx says nothing of it, and may be of something before the provider. A look-up is to be whole.
        """
        if isinstance(got, NoResponse):
            return _no_answer(got)
        if got.done:
            return _not_whole(got) or (self._not_ok(got) if of_campaign else None) or got
        if got.refused:
            return (self._no_such_campaign(got) if of_campaign else None) or self.refusal(got)
        if got.failed:
            return ServerFailed(self.worded("provider.server_failed", got), sent=True)
        return BadAnswer(Reason("provider.bad_status", {"status": got.status}), sent=True)

    def _not_ok(self, answer: Answer) -> ProviderError | None:
        if self._text(answer).strip().casefold() == _DONE:
            return None
        return BadAnswer(self.worded("provider.no_ok", answer), sent=True)

    def _no_such_campaign(self, answer: Answer) -> NotFound | None:
        """A 404, unless it is the web page of something before the provider."""
        text = self._text(answer)
        if answer.status != 404 or _is_page(text) or _NO_CAMPAIGN.search(text):
            return None
        return NotFound(self.worded("provider.not_found", answer), sent=True, named=False)

    def refusal(self, answer: Answer) -> RequestRefused:
        """What a 4xx other than 408 means."""
        if answer.status == 429:
            seconds = answer.retry_after()
            if seconds is None:
                return LimitReached(Reason("provider.limit_reached"), sent=True)
            return LimitReached(Reason("provider.limit_reached.seconds", {"count": seconds}), sent=True)
        text = self._text(answer)
        if answer.status == 401 or _BAD_KEY.search(text.replace("İ", "i")):
            return KeyRefused(self.worded("provider.key_refused", answer), sent=True)
        if answer.status == 403:
            return KeyRefused(self.worded("provider.forbidden", answer), sent=True)
        if _NO_CAMPAIGN.search(text):
            return NotFound(self.worded("provider.not_found", answer), sent=True)
        return RequestRefused(self.worded("provider.refused", answer), sent=True)

    def worded(self, code: str, answer: Answer) -> Reason:
        """`code` with the status and the provider's words. Words in HTML are a page's: `code` + ".page" and its title.

        Where the provider gave no words, `code` + ".silent".
        """
        text = self._text(answer)
        is_page = _is_page(text)
        words = self._short(_page_title(text) if is_page else text)
        if not words:
            return Reason(_WITHOUT_WORDS[code], {"status": answer.status})
        return Reason(_OF_A_PAGE[code] if is_page else code, {"status": answer.status, "words": words})

    def _short(self, text: str) -> str:
        """Redacted here too: a page's tags and entities are gone by now, and a key may have stood in them."""
        return self.redact(" ".join(text.split()))[:WORDS_LIMIT]

    def _text(self, answer: Answer) -> str:
        text = self.redact(answer.body.decode("utf-8-sig", errors="replace"))
        return text if answer.missing is None else self._without_half_a_secret(text)

    def _without_half_a_secret(self, text: str) -> str:
        """An answer that was cut may end within a secret, where no pattern of a whole one finds it."""
        for secret in self._secrets:
            value = secret.reveal().casefold()
            for length in range(len(value) - 1, _MIN_PARTIAL_SECRET - 1, -1):
                if text.casefold().endswith(value[:length]):
                    return text[:-length] + MASK
        return text


def _no_answer(got: NoResponse) -> ProviderError:
    if got.sent:
        return AnswerLost(Reason(_ANSWER_LOST[got.kind]), sent=True)
    return NotReached(not_reached(got), sent=False)


def not_reached(got: NoResponse) -> Reason:
    """The sentence for a request of which nothing was sent."""
    return got.why or Reason(_NOT_REACHED[got.kind], {"host": got.host})


def _not_whole(answer: Answer) -> ProviderError | None:
    match answer.missing:
        case None:
            return None
        case "long":
            return BadAnswer(Reason("provider.too_long"), sent=True)
        case kind:
            return AnswerLost(Reason(_ANSWER_LOST[kind]), sent=True)


def _is_page(text: str) -> bool:
    return text.lstrip().startswith("<")


def _page_title(page: str) -> str:
    """What a web page says of itself: its title or first heading, else its text."""
    for found in _TITLE.finditer(page):
        title = html.unescape(_TAG.sub(" ", found[2]))
        if title.strip():
            return title
    return html.unescape(_TAG.sub(" ", page))
