"""The styles of a widget that paints its lines by itself, worked out once: a line is painted with every key."""

from __future__ import annotations

from rich.style import Style
from textual.widget import Widget


class Tones(Widget):
    """Mixed in, after the widget's own kind. `tone("bad")` is the style of the component class `<prefix>--bad`."""

    TONES = ""  # the prefix

    _tones: dict[str, Style] | None = None

    def notify_style_update(self) -> None:
        self._tones = None  # another theme, or the focus came or went
        super().notify_style_update()

    @property
    def ground(self) -> Style:
        known = self._known
        if "" not in known:
            known[""] = self.rich_style
        return known[""]

    def tone(self, name: str) -> Style:
        """Nothing for ""."""
        if not name:
            return Style.null()
        known = self._known
        if name not in known:
            known[name] = self.get_component_rich_style(f"{self.TONES}--{name}", partial=True)
        return known[name]

    @property
    def _known(self) -> dict[str, Style]:
        if self._tones is None:
            self._tones = {}
        return self._tones
