"""What is done with the number under the cursor of the results."""

from __future__ import annotations

from tui.app.screen import AppScreen
from tui.i18n.words import say
from tui.operations.campaign_results import calls_of_number
from tui.screens.never_call import ask_never_to_call, why_not_never
from tui.screens.results_list import ResultsList, attempts_title, phone_text, typed_phone
from tui.widgets.command_owner import CommandOwner


class NumberCommands(CommandOwner):
    """Shown with all that is known of it, copied, never called again."""

    def __init__(self, screen: AppScreen[None], listed: ResultsList, campaign: int) -> None:
        self._screen = screen
        self._listed = listed
        self._campaign = campaign

    def why_not(self, action: str) -> str | None:
        if action not in ("attempts", "never"):
            return None
        row = self._listed.current
        if row is None:
            return self._listed.why_no_row()
        if action == "never":
            return why_not_never(row.phone)
        return None if row.attempts else say("screens.results.no_attempts", phone=phone_text(row))

    def action_take(self) -> None:
        row = self._listed.current
        self._screen.copy_to_clipboard(row.phone if row is not None else None)

    async def action_person(self) -> None:
        """All that is known of it, of other campaigns too."""
        from tui.screens.person import PersonScreen

        row = self._listed.current
        await self._screen.open(PersonScreen("" if row is None else typed_phone(row)))

    async def action_attempts(self) -> None:
        """Every attempt to reach it."""
        from tui.screens.calls import CallsScreen
        from tui.screens.person import PersonScreen

        row, services = self._listed.current, self._screen.services
        assert row is not None  # noqa: S101 - `why_not` has seen to it
        calls = await services.thread(calls_of_number, services.store, self._listed.life or self._campaign, row)
        await self._screen.open(CallsScreen(typed_phone(row), attempts_title(row), calls,
                                            person=lambda: PersonScreen(typed_phone(row))))

    async def action_never(self) -> None:
        """Nobody calls it again."""
        row = self._listed.current
        assert row is not None  # noqa: S101 - `why_not` has seen to it
        await ask_never_to_call(self._screen, row.phone)
