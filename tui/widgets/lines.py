"""The first line of a screen, which says where one is, and the last, which says what one can do."""

from __future__ import annotations

from typing import Final

from rich.cells import cell_len
from textual import events
from textual.app import RenderResult
from textual.binding import ActiveBinding
from textual.content import Content
from textual.geometry import Region
from textual.reactive import reactive
from textual.widget import Widget

from tui.config.keymap import NAME
from tui.core.sanitize import visible
from tui.i18n.words import language, say
from tui.widgets.table import fit

_ALWAYS: Final = ("app.back", "app.help")
_GAP: Final = 2  # cells between two keys


def profile_mark(colour: str | None) -> Content:
    """The bar before a profile's name, in its colour; a blank where it has none."""
    return Content.assemble(("▌", f"$profile-{colour}")) if colour else Content(" ")


class _Toned(Widget):
    tone: reactive[str] = reactive("")

    def watch_tone(self, old: str, new: str) -> None:
        if old:
            self.remove_class(f"-{old}")
        if new:
            self.add_class(f"-{new}")


class TitleLine(_Toned):
    """Where one is at the left, how things stand at the right."""

    left: reactive[str] = reactive("", repaint=False)
    right: reactive[str] = reactive("", repaint=False)
    state: reactive[str] = reactive("")  # stands behind `left`, and is whole however little room there is
    waiting: reactive[str] = reactive("")  # what a call to the provider waits for: shown in place of `right`
    _painted_for: tuple[str | None, bool] | None = None

    # Both may change with each letter that is typed, and twice: of the line no more is painted than what that changes.

    def watch_left(self, old: str, new: str) -> None:
        longer = max(cell_len(visible(text)) for text in (old, new))
        self._paint(self._room(self.right), longer, Region(0, 0, longer + 1, 1))

    def watch_right(self, old: str, new: str) -> None:
        room = min(self._room(text) for text in (old, new))
        self._paint(room, cell_len(visible(self.left)), Region(room + 1, 0, self.size.width - room - 1, 1))

    def _paint(self, room: int, left: int, changed: Region) -> None:
        """All of the line where there is too little room, what stands behind moves, or the profile is another."""
        if left < room and self._painted_for == self._profile and not self.state:
            self.refresh(changed)
        else:
            self.refresh()

    @property
    def _profile(self) -> tuple[str | None, bool]:
        """What of the profile the line shows of itself."""
        return getattr(self.app, "profile_colour", None), getattr(self.app, "read_only", False)

    def _at_right(self, text: str) -> str:
        look = f"{say('widgets.profiles.read_only')}   " if self._profile[1] else ""
        return look + visible(self.waiting or text)

    def _room(self, right: str) -> int:
        """Cells at the left, where this stands at the right."""
        return max(0, self.size.width - cell_len(self._at_right(right)) - cell_len(self._behind) - 4)

    @property
    def _behind(self) -> str:
        return f"  {visible(self.state)}" if self.state else ""

    def render(self) -> RenderResult:
        self._painted_for = self._profile
        left, room = visible(self.left), self._room(self.right)
        left = fit(left, min(room, cell_len(left))) + self._behind
        left = fit(left, room + cell_len(self._behind))
        return profile_mark(self._profile[0]) + f"{left}  {self._at_right(self.right)} "


class Note(_Toned):
    """A few lines about where one is. Its size is given: another text is painted, nothing is laid out anew."""

    text: reactive[str] = reactive("")

    def render(self) -> RenderResult:
        return Content("\n".join(map(visible, self.text.split("\n"))))


class KeyLine(Widget):
    """The keys of the moment: those of the widget with the focus first. As many as there is room for; `?` shows all.

    The way back and `?` have their room however many there are.
    """

    def on_mount(self) -> None:
        self._spans: list[tuple[int, int, ActiveBinding]] = []
        self._painted: tuple[str, list[ActiveBinding]] | None = None
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def _changed(self, _screen: object) -> None:
        # Each step in a list asks anew what can be done, and most often that is the same.
        if (language(), self._shown()) != self._painted:
            self.refresh()

    def render(self) -> RenderResult:
        self._spans = []
        line, shown = Content(" "), self._shown()
        self._painted = language(), shown
        back, last = (next((bound for bound in shown if bound.binding.id == id_), None) for id_ in _ALWAYS)
        room = self.size.width - self._cells(last)
        for bound in shown:
            if bound is last:
                continue
            reserved = 0 if back is None or bound is back else self._cells(back)
            if line.cell_length + self._cells(bound) - 1 > room - reserved:
                break
            line = self._add(line, bound)
            back = None if bound is back else back
        if back is not None:
            line = self._add(line, back)
        if last is not None:
            line = self._add(line.truncate(room, pad=True), last)
        return line

    def _cells(self, bound: ActiveBinding | None) -> int:
        return 0 if bound is None else self._key(bound).cell_length + _GAP

    def _add(self, line: Content, bound: ActiveBinding) -> Content:
        text = self._key(bound)
        self._spans.append((line.cell_length, line.cell_length + text.cell_length, bound))
        return line + text + Content(" " * _GAP)

    def _shown(self) -> list[ActiveBinding]:
        by_id: dict[str, ActiveBinding] = {}
        for bound in self.screen.active_bindings.values():
            if bound.binding.show and bound.binding.id:
                by_id.setdefault(bound.binding.id, bound)
        return list(by_id.values())

    def _key(self, bound: ActiveBinding) -> Content:
        key = self.app.get_key_display(bound.binding)
        tones = ("$text-accent bold", "$muted") if bound.enabled else ("$faint", "$faint")
        return Content.assemble((key, tones[0]), " ", (say(NAME[str(bound.binding.id)]), tones[1]))

    def on_click(self, event: events.Click) -> None:
        """Given by the app, as by key: this goes with the screen, which may wait for its end."""
        for start, stop, bound in self._spans:
            if start <= event.x < stop:
                self.app.call_later(self.app.run_action, bound.binding.action, bound.node)
