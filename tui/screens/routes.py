"""The screens that the app opens, each loaded when it is opened first: `tui.app.routes.Routes`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

if TYPE_CHECKING:
    from tui.app.commands import ScreenCommand


class ScreenRoutes:
    """Makes them."""

    def campaign_list(self) -> Screen[Any]:
        from tui.screens.campaign_list import CampaignListScreen

        return CampaignListScreen()

    def first_run(self) -> Screen[Any]:
        from tui.screens.first_run import FirstRunScreen

        return FirstRunScreen()

    def settings(self) -> Screen[Any]:
        from tui.screens.settings import SettingsScreen

        return SettingsScreen()

    def themes(self, names: Sequence[str]) -> Screen[Any]:
        from tui.screens.theme_picker import ThemesDialog

        return ThemesDialog(names)

    def help(self, commands: Sequence[ScreenCommand], topic: str) -> Screen[Any]:
        from tui.screens.help import HelpScreen

        return HelpScreen(commands, topic)

    def palette(self) -> Screen[Any]:
        from tui.screens.palette import Palette

        return Palette()

    def question(self, title: str, text: str, yes: str) -> Screen[bool]:
        from tui.screens.question import Question

        return Question(title, text, yes)
