"""What is typed in a form goes to the store at once, one writing after another; what others change there is read."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Coroutine, Mapping
from typing import Any, Protocol

from tui.campaign.fields import TYPED_NUMBERS
from tui.operations.repeats import find_called_again
from tui.operations.services import Services
from tui.operations.store_reading import StoreReading
from tui.screens.form_model import FormModel
from tui.store import Campaign, StoreError


class Host(Protocol):
    """Who runs the work of a keeper, until it is left."""

    @property
    def services(self) -> Services: ...

    def work(self, job: Callable[[], Coroutine[Any, Any, None]], *, group: str) -> object: ...


class FormKeeper:
    """Writes a form's model to the store, and reads it from there."""

    def __init__(self, model: FormModel, host: Host, ahead: Callable[[], Collection[str]]) -> None:
        """`ahead`: the fields whose editors have something newer than the model, which is on its way there."""
        self._model = model
        self._host = host
        self._ahead = ahead
        self._reading = StoreReading(lambda: host.services, self._take_over)
        self._counted: int | None = None  # the revision of which it is known who is called again
        self._made: int | None = None  # the draft's ID, though it may not have been read yet
        self._making = asyncio.Lock()
        self._writing = asyncio.Lock()

    # to the store

    async def made(self) -> Campaign:
        """The draft in the store; a new one is made there now. StoreError."""
        services, model = self._host.services, self._model
        async with self._making:
            if model.campaign is None:
                if self._made is None:
                    self._made = await services.thread(services.store.drafts.create, services.profile.name,
                                                       dict(model.values))
                model.campaign = await services.thread(services.store.campaigns.get, self._made)
            return model.campaign

    def change(self, changes: Mapping[str, str], *, typed: bool = True) -> None:
        """Some fields have other texts: one step, kept at once. `typed`: in the form's editors, which have them."""
        if changes:
            self._model.change(changes, typed=typed)
            self._host.work(self.write, group="keep")

    def change_line(self, text: str) -> None:
        """Keep what stands in the line for numbers."""
        if self._model.change_line(text):
            self._model.kept.notify()
            self._host.work(self.write, group="keep")

    async def write(self) -> None:
        """Write what is not kept yet. What is written last is what stands there then. StoreError, the first time."""
        async with self._writing:
            changes = dict(self._model.unsaved)
            if not changes:
                return
            try:
                await self._write(changes)
            except StoreError as error:
                if self._model.refused(error.reason):
                    raise
                return
            self._model.written(changes)

    async def _write(self, changes: Mapping[str, str]) -> None:
        campaign, services = await self.made(), self._host.services
        drafts, fields = services.store.drafts, dict(changes)
        typed = fields.pop(TYPED_NUMBERS, None)
        if fields:
            await services.thread(drafts.change, campaign.id, fields)
        if typed is not None:
            await services.thread(drafts.keep_typed, campaign.id, typed)

    # from the store

    async def read_again(self) -> None:
        """Take over what the store has now, but for what is still on its way there. StoreError; NoSuchCampaign."""
        await self._reading.again()

    async def _take_over(self) -> None:
        services, model = self._host.services, self._model
        if model.campaign is None:
            return
        campaign = await services.thread(services.store.campaigns.get, model.campaign.id)
        repeated = model.repeated
        if self._counted != campaign.revision:
            repeated = (await find_called_again(services, campaign)).count()
            self._counted = campaign.revision
        model.take_over(campaign, repeated, self._ahead())

    async def look(self) -> bool:
        """Take over what others have changed; whether that was the draft or its list. StoreError."""
        model = self._model
        if model.launching:
            return False
        before = model.campaign.revision if model.campaign is not None else None
        read = await self._reading.look()
        return read and model.campaign is not None and model.campaign.revision != before and model.editable
