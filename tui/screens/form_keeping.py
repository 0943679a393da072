"""What is typed in a form goes to the store at once; what others change there is taken over."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from textual import on

from tui.campaign.fields import FIELDS, KEEP_REPEATS, OPT_OUT, TYPED_NUMBERS
from tui.core.sanitize import visible
from tui.i18n.words import say
from tui.operations.repeats import find_called_again
from tui.screens.form_checking import Checking
from tui.screens.numbers import NumbersPane
from tui.store import Campaign, StoreError
from tui.text.formats import sentence, short
from tui.widgets.binding import taken_in
from tui.widgets.editors import Edited, EntryLine, as_one
from tui.widgets.field_row import FieldRow, put, row_of


class Keeping(Checking):
    """A draft that is kept on every change. The form is left only when the store has all of it."""

    LOSES = "unkept"

    def __init__(self, draft: Campaign | Mapping[str, str]) -> None:
        super().__init__(draft)
        self._version = -1
        self._looking = False
        self._again_of: int | None = None  # of which revision it is known who is called again
        self._made: int | None = None  # though it may not have been read yet
        self._making = asyncio.Lock()
        self._writing = asyncio.Lock()
        self._covered = asyncio.Event()

    @property
    def begun(self) -> bool:
        """Where the store takes nothing."""
        return bool(self.unsaved) and self.not_kept is not None

    @property
    def editable(self) -> bool:
        return self.campaign is None or self.campaign.state.editable

    async def kept(self) -> Campaign:
        """The draft in the store; a new one is made there now."""
        services = self.services
        async with self._making:
            if self.campaign is None:
                if self._made is None:
                    self._made = await services.thread(services.store.drafts.create, services.profile.name,
                                                       dict(self.values))
                self.campaign = await services.thread(services.store.campaigns.get, self._made)
            return self.campaign

    async def read_again(self) -> None:
        """Take over what the store has now, but for what is still on its way there."""
        services = self.services
        if self.campaign is None:
            return
        version = await services.thread(services.store.data_version)
        campaign = await services.thread(services.store.campaigns.get, self.campaign.id)
        if self._again_of != campaign.revision:
            self.again = (await find_called_again(services, campaign)).count()
            self._again_of = campaign.revision
        self.campaign = campaign
        changes = {name: text for name in (*FIELDS, OPT_OUT, KEEP_REPEATS)
                   if (text := campaign.fields.get(name, "")) != self.values.get(name, "") and name not in self.unsaved}
        self.draft = self.draft.changed(changes)
        for name, text in changes.items():
            if row := self.field_row(name):
                put(row.editor, text)
        self._take_over_typed(campaign.fields.get(TYPED_NUMBERS, ""))
        self.recheck()
        self._version = version  # not before: a reading that is cut off is made again

    def _take_over_typed(self, text: str) -> None:
        """What stands in the line for numbers elsewhere; what is being handed on here is this one's."""
        if TYPED_NUMBERS in self.unsaved or self.values.get(TYPED_NUMBERS, "") == text:
            return
        lines = list(self.query(EntryLine))
        if not any(line.hands_on for line in lines):
            self.draft = self.draft.changed({TYPED_NUMBERS: text})
            for line in lines:
                line.put(as_one(text))

    def watch_store(self) -> None:
        if not self._looking:  # one look ends before the next begins, else a slow one would never end
            self._looking = True
            self.work(self._watch, group="watch")

    async def _watch(self) -> None:
        try:
            await self.look()
        finally:
            self._looking = False

    async def look(self) -> None:
        """Take over what others have changed; leave where the draft was launched or deleted elsewhere."""
        version = await self.services.thread(self.services.store.data_version)
        if version != self._version and not self.launching:
            before = self.campaign.revision if self.campaign is not None else None
            await self.read_again()
            if self.campaign is not None and self.campaign.revision != before and self.editable:
                for pane in self.query(NumbersPane):
                    self.work(pane.reload, group="numbers")
        campaign = self.campaign
        if campaign is not None and not self.editable and not self.launching and self.app.screen is self:
            name = short(campaign.name or say("screens.unnamed"))
            self.notify(say("screens.form.taken", name=name), severity="warning")
            self.dismiss()

    # what is typed

    @on(Edited)
    def _edited(self, event: Edited) -> None:
        row = row_of(event.editor)
        if row is not None:
            self.change(row.field.name, event.text)
        elif isinstance(event.editor, EntryLine):
            self.keep_typed(event.editor.standing)

    def change(self, name: str, text: str) -> None:
        """A field has a new text: keep it, and check everything anew."""
        self.change_all({name: text})

    def change_all(self, changes: Mapping[str, str]) -> None:
        """Some fields have new texts: one step, kept at once."""
        if not changes:
            return
        self.draft = self.draft.changed(changes)
        self.unsaved |= changes
        self.recheck()
        self.work(self._keep, group="keep")

    def keep_typed(self, text: str) -> None:
        """Keep what stands in the line for numbers."""
        if text != self.values.get(TYPED_NUMBERS, ""):
            self.draft = self.draft.changed({TYPED_NUMBERS: text})
            self.unsaved[TYPED_NUMBERS] = text
            self._tell_title()
            self.work(self._keep, group="keep")

    def taken_from_the_line(self, text: str) -> None:
        """It is in the list now. Where another section was shown meanwhile, what is kept of the line begins with it."""
        standing = _without(text, as_one(self.values.get(TYPED_NUMBERS, "")))
        for line in self.query(EntryLine):
            line.put(_without(text, line.value))
            standing = line.standing
        self.keep_typed(standing)

    async def _keep(self) -> None:
        """Write what is not kept yet. One after another: what is written last is what stands there then."""
        async with self._writing:
            changes = dict(self.unsaved)
            if not changes:
                return
            try:
                await self._write(changes)
            except StoreError as error:
                told, self.not_kept = self.not_kept, error.reason
                self.tell_kept()
                if told is None:
                    raise
                return
            self.not_kept = None
            for name, text in changes.items():
                if self.unsaved.get(name) == text:
                    del self.unsaved[name]
            self.tell_kept()

    async def _write(self, changes: dict[str, str]) -> None:
        campaign = await self.kept()
        drafts, fields = self.services.store.drafts, dict(changes)
        typed = fields.pop(TYPED_NUMBERS, None)
        if fields:
            await self.services.thread(drafts.change, campaign.id, fields)
        if typed is not None:
            await self.services.thread(drafts.keep_typed, campaign.id, typed)

    async def settle(self) -> None:
        """Wait until what was typed has arrived in its editor, and take it over."""
        if self.focused is not None:
            await taken_in(self.focused)
        for row in self.query(FieldRow):
            if row.editor.text != self.values.get(row.field.name, ""):
                self.change(row.field.name, row.editor.text)
        for line in self.query(EntryLine):
            self.keep_typed(line.standing)

    async def keep_all(self) -> None:
        """Take over what was typed, and wait until all of it is in the store: work ends with its screen.

        What was entered may ask something first, and waits for the answer: nobody could give it meanwhile.
        """
        await self.settle()
        await self._ended("keep")
        covered = asyncio.create_task(self._covered.wait())
        entered = asyncio.create_task(self._ended("enter"))
        await asyncio.wait((covered, entered), return_when=asyncio.FIRST_COMPLETED)
        for waiting in (covered, entered):
            waiting.cancel()

    async def _ended(self, group: str) -> None:
        under_way = [worker._task for worker in self.workers
                     if worker.node is self and worker.group == group and worker._task is not None]
        if under_way:  # not by Textual's own wait: who gives that up ends the work
            await asyncio.wait(under_way)

    def on_screen_suspend(self) -> None:
        super().on_screen_suspend()
        self._covered.set()

    def on_screen_resume(self) -> None:
        super().on_screen_resume()
        self._covered.clear()

    async def action_leave(self) -> None:
        await self.keep_all()
        if self.app.screen is not self:
            return  # what was entered asks something: that is answered first
        if self.launching:
            self.notify(say("screens.form.wait"), severity="warning")
        elif self.unsaved and self.not_kept is not None:
            self.notify(say("screens.form.leave_unkept", why=visible(sentence(self.not_kept))), severity="error")
            self.work(self._keep, group="keep")
        else:
            self.dismiss()


def _without(first: str, standing: str) -> str:
    """What stands in an entry line after what was entered first; all of it where that is not there any more."""
    return f"{standing}, ".removeprefix(f"{first}, ").removesuffix(", ")
