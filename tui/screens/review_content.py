"""What Review shows beneath its problems: in words what a launch would do, or the request itself."""

from __future__ import annotations

from collections.abc import Callable

from textual.widgets import Static

from tui.campaign.request import Json
from tui.core.sanitize import visible
from tui.i18n.words import say
from tui.operations.launch_request import MOST_COPIED, Ready, whole
from tui.screens.assume import AssumeDialog, assume, assumptions_of
from tui.screens.review_context import ReviewContext
from tui.screens.review_text import VIEWS, lines_of_request, text_of_request
from tui.text.schedule import estimate_lines, schedule_lines
from tui.widgets.command_owner import CommandOwner


class ReviewContent(CommandOwner):
    """One of several views of a draft, and what its estimate rests on."""

    def __init__(self, review: ReviewContext, what: Static, words: Callable[[Ready, list[str]], list[str]]) -> None:
        """`words`: what a launch of a draft would do, line by line, with its hours as they are estimated."""
        self._review = review
        self._what = what
        self._words = words
        self._view = "words"

    def why_not(self, action: str) -> str | None:
        ready = self._review.ready
        if ready is None:
            return say("screens.still_reading")
        if action == "assume":
            return None if self._estimate(ready) else say("screens.assume.nothing")
        if action != "copy":
            return None
        if ready.request is None:
            return say("screens.review.no_request")
        too_large = ready.request.size > MOST_COPIED
        return say("screens.review.too_large", size=ready.request.size) if too_large else None

    # what is shown

    def show(self) -> None:
        ready = self._review.ready
        if ready is not None:
            self._what.update("\n".join(map(visible, self._lines(ready))))

    def _lines(self, ready: Ready) -> list[str]:
        if self._view == "words":
            host = self._review.form.host
            return self._words(ready, schedule_lines(
                ready.draft, ready.recipients, host.services.now(), host.services.calling_policy(),
                assumptions_of(host), host.santral.keys_of("review.assume"), ready.again.rows))
        if ready.request is None:
            return [say("screens.review.no_request")]
        return lines_of_request(self._request_text(ready.shown), ready.request, self._view)

    def _request_text(self, request: Json | None) -> str:
        """The request in the view that is shown."""
        base_url = self._review.form.host.services.profile.base_url
        return text_of_request(request, self._view, base_url) if request is not None else ""

    def _estimate(self, ready: Ready) -> list[str]:
        """Whether the list can be finished; [] where nobody can say that."""
        host = self._review.form.host
        return estimate_lines(ready.draft, ready.recipients, host.services.now(), assumptions_of(host),
                              again=ready.again.rows)[:1]

    # what it can do

    def action_view(self) -> None:
        self._view = VIEWS[(VIEWS.index(self._view) + 1) % len(VIEWS)]
        self.show()

    def action_copy(self) -> None:
        self._review.work(self._copy, group="copy")

    async def _copy(self) -> None:
        ready, host = self._review.ready, self._review.form.host
        if ready is not None:
            text = self._request_text(await whole(host.services, ready))
            host.copy_to_clipboard(text, name=say("screens.review.copied"))

    def action_assume(self) -> None:
        self._review.work(self._assume, group="assume", exclusive=True)

    async def _assume(self) -> None:
        ready, host = self._review.ready, self._review.form.host
        if ready is None:
            return
        chosen = await self._review.ask(
            AssumeDialog(ready.draft, ready.recipients, assumptions_of(host), ready.again.rows))
        if chosen is not None:
            assume(host, chosen)
            self.show()
