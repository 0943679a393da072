"""Whether the results of a launch from Review would come."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from tui.core.reason import Reason
from tui.i18n.words import say
from tui.operations.webhook_check import WebhookCheck, check_webhook
from tui.screens.review_context import ReviewContext
from tui.text.formats import sentence


class ReviewWebhook:
    """Checks the webhook once for each time that Review is opened. Nobody but a launch waits for the answer."""

    def __init__(self, review: ReviewContext, known: Callable[[], None]) -> None:
        """`known` is called when there is an answer, where Review is seen still."""
        self._review = review
        self._known = known
        self._found: WebhookCheck | None = None
        self._checking: asyncio.Task[WebhookCheck] | None = None

    @property
    def _expects_results(self) -> bool:
        """Whether the launch would have the results sent to a receiver of ours."""
        ready = self._review.ready
        configured = self._review.form.host.services.public_url is not None
        return ready is not None and not ready.draft["webhook_url"] and configured

    def check(self) -> None:
        """Check it beside the screen, unless that was done or isn't needed."""
        if self._expects_results and self._found is None and self._checking is None:
            self._review.work(self._check, group="webhook")

    async def _check(self) -> None:
        host = self._review.form.host
        checking = self._checking = asyncio.create_task(check_webhook(host.services, host.santral.config.receiver))
        try:
            self._found = await checking
        finally:
            self._checking = None
        if self._review.is_there:
            self._known()

    async def problem(self) -> Reason | None:
        """Why results would not come, once that is known; None where they would, or are sent elsewhere."""
        if self._checking is not None:
            await asyncio.wait([self._checking])
        found = self._found
        return found.reason if self._expects_results and found is not None and not found.works else None

    @property
    def text(self) -> str:
        """Whether they would come, in words; "" where they are sent elsewhere."""
        if not self._expects_results:
            return ""
        if self._found is None:
            return say("screens.campaigns.checking_webhook")
        return ("✓ " if self._found.works else "! ") + sentence(self._found.reason)
