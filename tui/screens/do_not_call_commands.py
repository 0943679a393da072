"""What is done with the list of who is not to be called, and with the number under its cursor."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

from tui.app.screen import AppScreen
from tui.core.text_keys import TextKeys
from tui.i18n.words import say
from tui.operations.do_not_call import Added, ImportedFile, history_of, take_off_list
from tui.operations.opt_out_push import still_blocked
from tui.screens.do_not_call_list import DoNotCallList, readable
from tui.store.do_not_call_pages import DoNotCallFilter, DoNotCallSource
from tui.text.do_not_call import change_text, why_text
from tui.text.formats import moment_text
from tui.widgets.command_owner import CommandOwner

_NOT_OURS: Final = TextKeys("screens.dnc.not_ours_{}", tuple(
    source for source in DoNotCallSource if source is not DoNotCallSource.OWN))


class DoNotCallCommands(CommandOwner):
    """Put on the list, taken off it with a reason, written to a file."""

    def __init__(self, screen: AppScreen[None], listed: DoNotCallList) -> None:
        self._screen = screen
        self._listed = listed

    def why_not(self, action: str) -> str | None:
        if action == "export" and not self._listed.pages.count:
            return self._listed.why_no_row()
        if action not in ("history", "remove"):
            return None
        number = self._listed.current
        if number is None:
            return self._listed.why_no_row()
        if action == "remove" and number.source is not DoNotCallSource.OWN:
            return say(_NOT_OURS[number.source], phone=readable(number.phone))
        return None

    def action_take(self) -> None:
        self._screen.copy_to_clipboard(self._listed.current.phone if self._listed.current is not None else None)

    async def action_person(self) -> None:
        from tui.screens.person import PersonScreen

        await self._screen.open(PersonScreen(self._listed.current.phone if self._listed.current is not None else ""))

    async def action_history(self) -> None:
        """Why and since when the number under the cursor is on the own list, or was."""
        from tui.screens.listing import Listing

        number, services = self._listed.current, self._screen.services
        assert number is not None  # noqa: S101 - `why_not` has seen to it
        now = services.now()
        lines = [f"{moment_text(change.at, now)}   {change_text(change, campaign)}"
                 for change, campaign in await history_of(services, number.phone)]
        if number.source is not DoNotCallSource.OWN and number.source is not DoNotCallSource.REMOVED:
            lines.insert(0, why_text(number))
        await self._screen.open(Listing(readable(number.phone), lines, number.phone))

    async def action_add(self) -> None:
        from tui.screens.do_not_call_dialogs import AddDialog

        await self._screen.open(AddDialog(), self._added)

    async def _added(self, added: Added | ImportedFile | None) -> None:
        from tui.screens.question import Notice

        if added is None:
            return
        text = say("screens.dnc.added", count=added.new, already=added.known)
        if isinstance(added, ImportedFile) and added.unread:
            unread = say("operations.dnc.unread", count=added.unread, places=added.places)
            await self._screen.open(Notice(say("screens.dnc.add_title"), [text, unread]))
        else:
            self._screen.notify(text)

    async def action_remove(self) -> None:
        from tui.screens.do_not_call_dialogs import RemoveDialog

        number = self._listed.current
        assert number is not None  # noqa: S101 - `why_not` has seen to it

        def answered(reason: str | None) -> None:
            if reason:
                self._screen.work(partial(self._remove, number.phone, reason))

        await self._screen.open(RemoveDialog(number), answered)

    async def _remove(self, phone: str, reason: str) -> None:
        blocked = await still_blocked(self._screen.services, [phone])
        removed = await take_off_list(self._screen.services, [phone], reason)
        lines = [say("screens.dnc.removed" if removed else "screens.dnc.gone", phone=readable(phone))]
        lines += [say("operations.push.stays", phone=readable(each)) for each in blocked]
        self._screen.notify("\n".join(lines), severity="warning" if blocked else "information")

    async def action_export(self) -> None:
        from tui.screens.file_path import WriteDialog

        write = partial(self._export, self._listed.chosen, self._listed.words)
        await self._screen.open(WriteDialog("screens.dnc.export_title", "screens.dnc.export_text",
                                            "santral-do-not-call.csv", write))

    async def _export(self, chosen: DoNotCallFilter, words: str, path: Path) -> str:
        from tui.operations.export_csv import export_do_not_call

        count = await export_do_not_call(self._screen.services, path, chosen, words)
        return say("screens.export.done", count=count, path=str(path))

    async def action_blocked(self) -> None:
        from tui.screens.suppression import BlockedDialog

        await self._screen.open(BlockedDialog())

    async def action_consents(self) -> None:
        from tui.screens.consents import ConsentsDialog

        await self._screen.open(ConsentsDialog())
