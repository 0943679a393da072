"""Help on the screen beneath: what it shows, and every command there is on it, in the language in use."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from textual import on
from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Static

from tui.app.dialog import Dialog, text_line
from tui.campaign.lifecycle import State
from tui.config.keymap import COMMANDS, DESCRIPTION, GROUP_NAME, NAME, Place
from tui.core.sanitize import visible
from tui.core.text_keys import TextKeys
from tui.i18n.words import folded, say
from tui.text.formats import plain_state
from tui.widgets.binding import bindings
from tui.widgets.editors import Edited, LineEditor
from tui.widgets.page import Page
from tui.widgets.text_lines import wrapped

if TYPE_CHECKING:
    from tui.app.commands import ScreenCommand

_WIDTH: Final = 70
_KEYS_WIDTH: Final = 18
_TOPIC: Final = TextKeys("screens.help.{}", (  # by the HELP_TOPIC of what lies beneath
    "campaigns", "campaign", "form", "first", "menu", "try", "results", "calls", "person", "dnc", "plan", "import",
    "settings", "dialog"))
_GROUPS: Final = ("here", "screen", "moving", "everywhere")
_GROUP: Final = TextKeys("screens.help.group_{}", _GROUPS)
_STATE: Final = TextKeys("screens.help.state_{}", State)
_ONE_ROW: Final = ("phone", "days")  # groups whose ids differ by their key alone


class HelpScreen(Dialog[None]):
    """The commands in groups, those that can't be given now with the reason; `/` looks for one."""

    BINDINGS = bindings(Place.HELP)
    HEADING = "screens.help.title"
    FRAME = "dialog wide"
    AUTO_FOCUS = "Page"
    begun = False  # what is typed in it only finds

    def __init__(self, commands: Sequence[ScreenCommand], topic: str) -> None:
        """`topic`: what is said of the screen beneath, as `screens.help.…` names it."""
        super().__init__()
        self._commands = commands
        self._topic = topic

    def frame(self) -> Page:
        return Page(classes=self.FRAME)

    def body(self) -> ComposeResult:
        yield LineEditor("", say("screens.help.search"), id="look")
        yield text_line(say(_TOPIC[self._topic]))
        yield Static(id="commands", markup=False, classes="text")
        yield Static("\n".join(self._states()), id="states", markup=False)

    def on_mount(self) -> None:
        self.query_one("#look").display = False
        self._show("")

    def _show(self, words: str) -> None:
        wanted = folded(words).split()
        lines: list[str] = []
        for group in _GROUPS:
            rows = [row for row in self._rows(group) if all(word in folded(" ".join(row)) for word in wanted)]
            if rows:
                lines += [*([""] if lines else []), say(_GROUP[group])]
                lines += [line for keys, text, _name in rows for line in _row(keys, text)]
        self.query_one("#commands", Static).update("\n".join(lines) or say("screens.palette.nothing"))

    def _rows(self, group: str) -> Iterator[tuple[str, str, str]]:
        """Keys, what they do, and the name by which that is found too."""
        shown = set()
        for command in self._commands:
            kind = COMMANDS[command.id].group
            if _group_of(command) != group or kind in shown:
                continue
            if kind in _ONE_ROW:
                shown.add(kind)
                keys = (each.keys for each in self._commands if COMMANDS[each.id].group == kind)
                yield " ".join(" ".join(keys).split()), say(GROUP_NAME[kind]), ""
                continue
            name, text = say(NAME[command.id]), say(DESCRIPTION[command.id])
            yield command.keys or name, f"{text}\n({visible(command.why_not)})" if command.why_not else text, name

    def _states(self) -> Iterator[str]:
        """The signs of the states, and what each means."""
        if self._topic in ("campaigns", "campaign"):
            yield say("screens.help.states")
            for state in State:
                yield from _row(str(plain_state(state)), say(_STATE[state]))

    @on(Edited)
    def _typed(self, event: Edited) -> None:
        self._show(event.text)

    @on(LineEditor.Submitted)
    def _searched(self) -> None:
        self.set_focus(self.query_one(Page))

    def action_search(self) -> None:
        box = self.query_one("#look", LineEditor)
        box.display = True
        self.set_focus(box)


def _group_of(command: ScreenCommand) -> str:
    match COMMANDS[command.id].group:
        case "app":
            return "everywhere"
        case "move":
            return "moving"
    return "screen" if isinstance(command.node, Screen) else "here"


def _row(keys: str, text: str) -> list[str]:
    """Keys and what they do, wrapped; long keys have a line of their own."""
    first, *rest = [row for line in text.split("\n") for row in wrapped(line, _WIDTH - _KEYS_WIDTH, 0)]
    indent = " " * _KEYS_WIDTH
    lines = [f"  {keys:<{_KEYS_WIDTH - 2}}{first}"] if len(keys) < _KEYS_WIDTH - 2 else [f"  {keys}", indent + first]
    return [*lines, *(indent + line for line in rest)]
