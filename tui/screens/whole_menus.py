"""The menu of the editor as a whole: another in its place, and itself kept under a name."""

from __future__ import annotations

from tui.app.screen import AppScreen
from tui.campaign.menu import places_set, texts_of
from tui.i18n.words import say
from tui.screens.form_context import FormContext
from tui.screens.menu_editing import MenuEditing
from tui.text.formats import short
from tui.widgets.command_owner import CommandOwner


class WholeMenus(CommandOwner):
    """What an editor has to do with other campaigns' menus, and with those that were kept."""

    def __init__(self, host: AppScreen[None], form: FormContext, editing: MenuEditing) -> None:
        self._host = host
        self._form = form
        self._editing = editing

    def why_not(self, action: str) -> str | None:
        nothing = action == "save" and not places_set(self._editing.texts)
        return say("screens.menu.nothing_to_save") if nothing else None

    async def action_from_campaign(self) -> None:
        from tui.screens.saved_menus import CampaignMenusDialog

        campaign = self._form.model.campaign
        await self._host.open(CampaignMenusDialog(campaign.id if campaign is not None else None, self._take))

    async def action_load(self) -> None:
        from tui.screens.saved_menus import NamedMenusDialog

        await self._host.open(NamedMenusDialog(self._take))

    async def action_save(self) -> None:
        from tui.screens.saved_menus import SaveMenuDialog

        def saved(name: str | None) -> None:
            if name is not None:
                self._host.notify(say("screens.menus.saved", name=short(name)))

        await self._host.open(SaveMenuDialog(self._editing.texts, self._form.model.values.get("name", "")), saved)

    def _take(self, texts: dict[str, str], name: str) -> None:
        """Another menu in place of this one, whole. `undo` brings this one back."""
        self._editing.become(texts_of(texts))
        self._host.notify(say("screens.menu.taken", name=short(name)))
