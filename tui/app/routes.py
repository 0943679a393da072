"""The screens that the app itself opens, as it knows them: `tui.screens.routes` makes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

from textual.screen import Screen

if TYPE_CHECKING:
    from tui.app.commands import ScreenCommand


class Routes(Protocol):
    """Each makes a new screen, whose module is loaded with the first of them."""

    def campaign_list(self) -> Screen[Any]: ...

    def first_run(self) -> Screen[Any]: ...

    def settings(self) -> Screen[Any]: ...

    def themes(self, names: Sequence[str]) -> Screen[Any]: ...

    def help(self, commands: Sequence[ScreenCommand], topic: str) -> Screen[Any]: ...

    def palette(self) -> Screen[Any]: ...

    def question(self, title: str, text: str, yes: str) -> Screen[bool]: ...
