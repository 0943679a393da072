"""Who is called from Review though they would be left out: by a typed confirmation, and taken back without one."""

from __future__ import annotations

from msgspec.structs import replace

from tui.campaign.reach import CountedAs
from tui.i18n.words import say
from tui.operations.launch_request import Ready
from tui.operations.left_out import NO_OVERRIDES, LeftOut, Overrides, still_left_out
from tui.screens.question import TypedQuestion
from tui.screens.review_context import ReviewContext
from tui.widgets.command_owner import CommandOwner


class ReviewOverrides(CommandOwner):
    """What a person has typed of who must not be called, or not so often. It holds while Review is open."""

    def __init__(self, review: ReviewContext) -> None:
        self._review = review
        self.now = NO_OVERRIDES

    @property
    def with_refused(self) -> bool:
        """Whether a person has typed that they are called all the same who are on do-not-call lists."""
        return self.now.with_do_not_call

    def why_not(self, action: str) -> str | None:
        ready = self._review.ready
        if ready is None:
            return say("screens.still_reading")
        return self._why_not_refused(ready.left_out) if action == "refused" else self._why_not_limit(ready.left_out)

    def _why_not_refused(self, left_out: LeftOut) -> str | None:
        if self.now.refusing or left_out.listed or left_out.lists_unknown or left_out.consents_unknown:
            return None
        without = left_out.refused.refusals[CountedAs.NO_CONSENT]
        return say("screens.review.only_consents" if without else "screens.review.nobody_refused")

    def _why_not_limit(self, left_out: LeftOut) -> str | None:
        if self.now.over_limit or left_out.limited:
            return None
        return say("screens.review.no_limit" if left_out.limits is None else "screens.review.nobody_over_limit")

    # who must not be called

    def action_refused(self) -> None:
        self._review.work(self._change_refused, group="refused", exclusive=True)

    async def _change_refused(self) -> None:
        """Call those too who must not be called, where a person types that; or leave them out again."""
        ready = self._review.ready
        if ready is not None:
            await self._become(await self._with_refused(ready))

    async def _with_refused(self, ready: Ready) -> Overrides | None:
        """What holds after the question; None where it was answered by no."""
        left_out, now = ready.left_out, self.now
        if left_out.consents_unknown and not now.without_iys:
            asked = _typed_question("screens.refused.no_consents_title", say("screens.refused.no_consents"),
                                    ready.recipients)
            return replace(now, without_iys=True) if await self._review.ask(asked) else None
        if now.refusing or not (left_out.listed or left_out.lists_unknown):
            return Overrides(over_limit=now.over_limit)
        then, listed = replace(now, with_do_not_call=True), left_out.listed
        called = await self._called_with(ready, then)
        text = say("screens.refused.text", count=listed) if listed else say("screens.refused.unknown")
        return then if await self._review.ask(_typed_question("screens.refused.title", text, called)) else None

    # who would be called too often or too soon

    def action_over_limit(self) -> None:
        self._review.work(self._change_over_limit, group="refused", exclusive=True)

    async def _change_over_limit(self) -> None:
        """Call those too, where a person types that; or leave them out again."""
        ready = self._review.ready
        if ready is not None:
            await self._become(await self._with_over_limit(ready))

    async def _with_over_limit(self, ready: Ready) -> Overrides | None:
        """What holds after the question; None where it was answered by no."""
        then = replace(self.now, over_limit=not self.now.over_limit)
        if not then.over_limit:
            return then
        text = say("screens.over_limit.text", count=ready.left_out.limited)
        called = await self._called_with(ready, then)
        return then if await self._review.ask(_typed_question("screens.over_limit.title", text, called)) else None

    async def _become(self, overrides: Overrides | None) -> None:
        if overrides is not None:
            self.now = overrides
            await self._review.look()

    async def _called_with(self, ready: Ready, overrides: Overrides) -> int:
        services = self._review.form.host.services
        out = await still_left_out(services, ready.campaign.id, ready.left_out, overrides)
        return ready.campaign.callable_numbers - out


def _typed_question(title: str, text: str, recipients: int) -> TypedQuestion:
    """Whether so many are called, those too who would be left out. `title`: the key of it."""
    return TypedQuestion(say(title), text, say("screens.refused.yes"), recipients)
