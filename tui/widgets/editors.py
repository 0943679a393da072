"""What a field is edited with: a line of text, a choice, the days of the week."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from rich.cells import cell_len
from rich.highlighter import Highlighter
from rich.segment import Segment
from rich.text import Text
from textual import events
from textual.app import RenderResult
from textual.binding import Binding
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive, reactive
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input

from tui.campaign.dates import ALL_DAYS, NO_DAYS, parse_days
from tui.config.keymap import Place
from tui.core.sanitize import marked, visible
from tui.i18n.words import weekday_text
from tui.widgets.binding import bindings, settled
from tui.widgets.table import fit

MEANING_AT: Final = 15
MIN_MEANING: Final = 6


@dataclass
class Edited(Message):
    """The text of an editor was changed by the operator."""

    editor: Widget
    text: str


# What a line of text is edited with belongs to it, whatever else a key is for.
EDITING: Final = {key: binding.action for binding in Input.BINDINGS if isinstance(binding, Binding)
                   for key in binding.key.split(",") if binding.action != "submit"}


class _Signs(Highlighter):
    """Shows the signs of a line's value. Rich leaves out control characters: the letters behind them would move up."""

    def __init__(self, line: Input) -> None:
        self._line = line

    def highlight(self, text: Text) -> None:
        text.plain = marked(self._line.value)


class TextLine(Input):
    """One line of text. What does not print is shown as a sign: sent as it is, the terminal would obey it.

    A paste of several lines is handed on whole, since a line would keep only the first.

    `meaning` stands behind the text, always in the same column while the text is short: what a number is the number
    of, which day was understood. It takes no room from the text and gives way to it.
    """

    BINDINGS = bindings(Place.TEXT_LINE)
    COMPONENT_CLASSES = {"text-line--meaning"}
    meaning: reactive[str] = reactive("")

    @dataclass
    class PastedLines(Message):
        editor: TextLine
        text: str

        @property
        def control(self) -> TextLine:
            return self.editor

    cursor_blink = Reactive(False, init=False)
    virtual_size = Reactive(Size(0, 0))  # its room is given: a longer text scrolls, and lays nothing out anew

    def __init__(self, value: str = "", placeholder: str = "", *, password: bool = False, compact: bool = False,
                 select_on_focus: bool = True, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(value, placeholder, _Signs(self), password, compact=compact, select_on_focus=select_on_focus,
                         id=id)

    async def on_key(self, event: events.Key) -> None:
        """Editing keys act in their turn. As bindings they would act once they have gone up to the app and come back:
        of a burst, as a slow line brings it, the letters that follow would be in the line before them."""
        action = EDITING.get(event.key)
        if action is not None and await self.app.run_action(action, self):  # else others have a use for the key
            event.stop()
            event.prevent_default()

    def on_paste(self, event: events.Paste) -> None:
        line = event.text.strip("\r\n")
        if not line:
            event.prevent_default()  # and goes up, to where it is told that nothing was pasted
        elif len(line.splitlines()) > 1:
            event.stop()
            event.prevent_default()
            self.post_message(self.PastedLines(self, event.text))
        event.text = line  # put in by Input's own handler, which Textual calls after this one

    async def action_enter(self) -> None:
        """Submit the line in its turn: what is typed ahead is for whatever comes after it."""
        await settled(self)
        await self.action_submit()
        await settled(self)

    @property
    def said(self) -> str:
        """What stands behind the text."""
        return self.meaning

    def render_line(self, y: int) -> Strip:
        strip = super().render_line(y)
        width = self.size.width
        left = max(MEANING_AT, cell_len(marked(self.value)) + 2)
        if not self.said or not self.value or y or left + MIN_MEANING > width:
            return strip
        style = self.rich_style + self.get_component_rich_style("text-line--meaning", partial=True)
        said = Strip([Segment(fit(visible(self.said), width - left), style)])
        return Strip.join([strip.crop(0, left), said])

    def _position_to_cell(self, position: int) -> int:
        return cell_len(marked(self.value[:position]))


class LineEditor(TextLine):
    """A field's line of text."""

    @property
    def text(self) -> str:
        """What the field holds."""
        return self.meant(self.value)

    def meant(self, typed: str) -> str:
        """What the field holds when this is typed in it."""
        return typed

    def __init__(self, text: str, placeholder: str = "", *, password: bool = False, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(text, placeholder, password=password, compact=True, select_on_focus=False, id=id)
        self._first = text
        self._quiet: str | None = text  # being put on the screen tells of the first text, which nobody edited

    @property
    def begun(self) -> bool:
        """Whether something is typed in it that did not stand there at first."""
        return bool(self.value.strip()) and self.value != self._first

    def type_on(self, letter: str) -> None:
        """Take a letter that was typed elsewhere, and with the focus those that come after it."""
        self.focus()
        self.insert_text_at_cursor(letter)

    def put(self, text: str) -> None:
        """Show another text without telling that it was edited."""
        if text != self.value:
            self._quiet = text
            self.value = text

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if event.value == self._quiet:
            self._quiet = None
            return
        self._quiet = None
        self.post_message(Edited(self, self.meant(event.value)))


class ReadingLine(LineEditor):
    """A line that may be typed in many ways and is kept in one, which takes the typed one's place when it is left.

    A text that is put in was not typed and is kept as it stands: what `yarın` meant when it was written, nobody knows.
    """

    def __init__(self, text: str, placeholder: str, read: Callable[[str], str]) -> None:
        """`read` gives the kept form of what is typed; what it does not understand it gives back as it stands."""
        super().__init__(text, placeholder)
        self._read = read
        self._understood = text, text  # the last text and its kept form: read once, though midnight may pass meanwhile

    def meant(self, typed: str) -> str:
        if typed != self._understood[0]:
            self._understood = typed, self._read(typed)
        return self._understood[1]

    def put(self, text: str) -> None:
        self._understood = text, text
        super().put(text)

    @property
    def said(self) -> str:
        """The meaning; behind an arrow while the text is not yet in the kept form."""
        return self.meaning if self.text == self.value else f"→ {self.meaning or self.text}"

    def on_blur(self) -> None:
        if self.text != self.value and self.app.app_focus:  # else the operator looks elsewhere, and comes back
            self.put(self.text)
            self.cursor_position = len(self.value)


class EntryLine(LineEditor):
    """A line that is emptied by enter and handed on: what is typed right after belongs to the next one.

    What was handed on is the line's still until whoever takes it says `taken`.
    """

    @dataclass
    class Entered(Message):
        line: EntryLine
        text: str

        @property
        def control(self) -> EntryLine:
            return self.line

    def __init__(self, standing: str, placeholder: str = "", *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        """`standing` is what stood in the line when it was left; several lines come back as one, to be looked at."""
        super().__init__(as_one(standing), placeholder, id=id)
        self._handed_on: list[str] = []

    async def action_submit(self) -> None:
        text = self.value
        if text.strip():
            self._handed_on.append(text)
            self.put("")
            self.post_message(self.Entered(self, text))
        else:
            self.value = ""

    @property
    def standing(self) -> str:
        """What was typed and is nowhere else yet: a line for each that was handed on, and what is typed now."""
        return "\n".join([*self._handed_on, self.value]).rstrip("\n")

    def taken(self, text: str) -> None:
        """What was handed on is kept elsewhere, or given back."""
        self._handed_on.remove(text)
        self.post_message(Edited(self, self.value))

    def give_back(self, text: str) -> None:
        """What could not be used stands in the line again, before another that was begun meanwhile."""
        self.value = ", ".join(filter(None, [text, self.value]))
        self.cursor_position = len(self.value)

    @property
    def hands_on(self) -> bool:
        """Whether what was entered has still to be taken."""
        return bool(self._handed_on)


def as_one(standing: str) -> str:
    """What stood in an entry line, several lines of it too, as one text."""
    return ", ".join(standing.split("\n"))


class ChoiceEditor(Widget, can_focus=True):
    """One of a few: left, right and space go from one to the next."""

    BINDINGS = bindings(Place.CHOICE)
    chosen: reactive[int] = reactive(0)

    def __init__(self, options: Sequence[tuple[str, str]], text: str) -> None:
        """`options` are pairs of what is kept and what is shown."""
        super().__init__()
        self._options = list(options)
        self.put(text)

    def put(self, text: str) -> None:
        values = [value for value, _label in self._options]
        if text not in values:  # kept as it is until another is chosen: nothing is repaired in silence
            self._options.append((text, text))
            values.append(text)
        self.set_reactive(ChoiceEditor.chosen, values.index(text))
        self.refresh()

    def copy_words_from(self, fresh: ChoiceEditor) -> None:
        """The labels of another language; what is chosen stays."""
        text, self._options = self.text, list(fresh._options)
        self.put(text)

    @property
    def text(self) -> str:
        return self._options[self.chosen][0]

    def action_step(self, step: int) -> None:
        if len(self._options) == 1:
            return  # there is nothing else to choose
        self.chosen = (self.chosen + step) % len(self._options)
        self.post_message(Edited(self, self.text))

    def on_click(self) -> None:
        self.action_step(1)

    def render(self) -> RenderResult:
        shown = Content("")
        for place, (value, label) in enumerate(self._options):
            if place == self.chosen:
                tone = "$muted" if not value else "bold"
                shown = shown + Content.assemble(("● ", "$accent"), (label, tone), "   ")
            else:
                shown = shown + Content.assemble((f"○ {label}   ", "$faint"))
        return shown


class CycleEditor(ChoiceEditor):
    """One of many: only the one that is chosen is shown."""

    def renew(self, options: Sequence[tuple[str, str]], text: str) -> None:
        """Offer others, without telling that it was edited."""
        self._options = list(options)
        self.put(text)

    def render(self) -> RenderResult:
        label = self._options[self.chosen][1]
        count = f"  {self.chosen + 1}/{len(self._options)}" if len(self._options) > 1 else ""
        return Content.assemble(("◂ ", "$accent"), (visible(label), "bold"), (" ▸", "$accent"), (count, "$faint"))


class DaysEditor(Widget, can_focus=True):
    """The days of the week: `1`–`7` switch a day, or go there with the arrows and press space."""

    BINDINGS = bindings(Place.DAYS)
    place: reactive[int] = reactive(1)
    days: reactive[frozenset[int]] = reactive(frozenset())

    def __init__(self, text: str) -> None:
        super().__init__()
        self.put(text)

    def put(self, text: str) -> None:
        try:
            # Left alone it means every day (Ours: all seven are sent), and so they are ticked.
            days = frozenset(parse_days(text) if text.strip() else ALL_DAYS)
        except ValueError:
            days = frozenset()
        self.set_reactive(DaysEditor.days, days)
        self._text = text
        self.refresh()

    @property
    def text(self) -> str:
        """As it was put, also where it names no days, until a day is switched: nothing is repaired in silence."""
        return self._text

    def action_go(self, step: int) -> None:
        self.place = (self.place - 1 + step) % 7 + 1

    def action_switch_here(self) -> None:
        self.action_switch(self.place)

    def action_switch(self, day: int) -> None:
        self.place = day
        self.days = self.days ^ {self.place}
        self._text = ",".join(map(str, sorted(self.days))) or NO_DAYS
        self.post_message(Edited(self, self.text))

    def on_click(self, event: events.Click) -> None:
        for day, (start, stop) in self._places().items():
            if start <= event.x < stop:
                self.action_switch(day)

    def _places(self) -> dict[int, tuple[int, int]]:
        places, left = {}, 0
        for day in ALL_DAYS:
            width = len(weekday_text(day)) + 1
            places[day] = (left, left + width)
            left += width + 1
        return places

    def render(self) -> RenderResult:
        shown = Content("")
        for day in ALL_DAYS:
            on = day in self.days
            tone = "bold" if on else "$faint"
            if self.has_focus and day == self.place:
                tone += " reverse"
            mark = ("✓" if on else "·", "$accent" if on else "$faint")
            shown = shown + Content.assemble(mark, (weekday_text(day), tone), " ")
        return shown
