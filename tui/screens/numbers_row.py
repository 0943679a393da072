"""What is done with the row of a draft's list where the cursor is."""

from __future__ import annotations

from tui.campaign.phone import readable_phone
from tui.campaign.phone_list import Number
from tui.i18n.words import say
from tui.screens.form_pane import FormPane
from tui.screens.numbers_changing import NumberChanges
from tui.screens.numbers_filter import SUPPRESSED
from tui.screens.numbers_list import ListedNumbers
from tui.widgets.command_owner import CommandOwner


class RowCommands(CommandOwner):
    """A row is changed and dropped by `NumberChanges`, as all are."""

    def __init__(self, pane: FormPane, listed: ListedNumbers, changes: NumberChanges) -> None:
        self._pane = pane
        self._listed = listed
        self._changes = changes

    @property
    def _phone(self) -> str | None:
        """What stands in the row: its phone as it is sent, else as it was typed."""
        number = self._listed.current
        return (number.phone or number.typed) if number is not None else None

    def why_not(self, action: str) -> str | None:
        from tui.screens.never_call import why_not_never

        if action in ("take", "person"):
            return None
        if (why := self._listed.why_no_rows()) is not None:
            return why
        shown = self._listed.filter
        if shown.looking and shown.hits is None:
            return say("screens.numbers.looking")  # the rows that are shown are those of before
        if not shown.count:
            return say("screens.numbers.none_shown")
        if self._phone is None:
            return say("screens.still_reading")
        return why_not_never(self._phone) if action == "never" else None

    async def action_edit(self) -> None:
        """Another row in its place."""
        from tui.screens.number_row import NumberDialog

        number = self._listed.current
        if number is None:
            return

        def edited(row: Number | None) -> None:
            if row is not None:
                self._changes.replace(number.position, row)

        await self._pane.form.host.open(NumberDialog(
            Number(number.typed, number.phrase, number.lang, number.reference)), edited)

    def action_remove(self) -> None:
        if (number := self._listed.current) is not None:
            self._changes.remove(number)

    def action_take(self) -> None:
        self._pane.form.host.copy_to_clipboard(self._phone)

    async def action_never(self) -> None:
        """Nobody calls the number again; the launch leaves it out."""
        from tui.screens.never_call import ask_never_to_call

        phone = self._phone
        if phone is not None:
            await ask_never_to_call(self._pane.form.host, phone, self._refused)

    def _refused(self) -> None:
        """Who must not be called may be what is listed."""
        if self._listed.filter.name == SUPPRESSED:
            self._listed.begin()

    async def action_person(self) -> None:
        """All that is known of the number, of other campaigns too."""
        from tui.screens.person import PersonScreen

        number = self._listed.current
        phone = None if number is None else number.phone
        typed = "" if number is None else number.typed  # why it is no number is said of what was typed
        await self._pane.form.host.open(PersonScreen(typed if phone is None else readable_phone(phone)))
