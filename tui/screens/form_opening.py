"""What is opened over a form to fill its fields: the digit-target editor, and what the account has to choose from."""

from __future__ import annotations

from functools import partial

from tui.campaign.fields import QUEUE
from tui.i18n.words import say
from tui.screens.account_picker import PICKED, AccountPicker
from tui.screens.form_context import FormContext
from tui.widgets.command_owner import CommandOwner
from tui.widgets.field_row import FieldRow, row_of


class FormMenu(CommandOwner):
    """The menu of an IVR campaign, which has an editor of its own."""

    def __init__(self, form: FormContext) -> None:
        self._form = form

    def why_not(self, action: str) -> str | None:
        no_menu = self._form.model.values.get("call_type", "") == QUEUE
        return say("screens.form.no_menu") if no_menu else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self.why_not(action) is None

    async def action_open(self, place: str = "1") -> None:
        """To the editor, at a key of the phone."""
        from tui.screens.digit_target_editor import DigitTargetEditor

        await self._form.typing.settle()
        await self._form.host.open(DigitTargetEditor(self._form, place))


class FormPicking(CommandOwner):
    """Chooses for the field that has the focus."""

    def __init__(self, form: FormContext) -> None:
        self._form = form

    @property
    def _row(self) -> FieldRow | None:
        """The field that has the focus, where there is something to choose from for it."""
        row = row_of(self._form.host.focused)
        return row if row is not None and row.field.name in PICKED else None

    def why_not(self, action: str) -> str | None:
        return say("screens.form.nothing_to_pick") if self._row is None else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self._row is not None

    async def action_pick(self) -> None:
        """What is typed ahead is typed in the dialog."""
        row = self._row
        if row is not None:
            await self._form.typing.settle()
            dialog = AccountPicker(row.field.name, row.editor.text, partial(self._picked, row))
            await self._form.host.open(dialog, lambda _: self._left())

    def _picked(self, row: FieldRow, value: str) -> None:
        self._form.keeper.change({row.field.name: value}, typed=False)

    def _left(self) -> None:
        self._form.model.recheck()  # the account may be known better now
