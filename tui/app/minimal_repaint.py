"""What a screen does not paint anew: over a slow line each key would bring kilobytes of what is there already."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Protocol, cast

from textual import events, messages
from textual.screen import Screen
from textual.widget import Widget

if TYPE_CHECKING:
    from textual._compositor import CompositorMap


class BeforePicture(Protocol):
    """A screen with parts that must be true of everything else that is seen (`AppScreen`)."""

    def before_picture(self) -> Iterable[Widget]:
        """Bring them up to date; the widgets that have to do with it."""


class MinimalRepaint:
    """The layouts and pictures of one screen. Where Textual would begin one, the screen hands it over to this."""

    def __init__(self, screen: Screen[Any]) -> None:
        self._screen = screen
        self._paints_next = False
        self._laid_out: CompositorMap | None = None  # whose sizes were posted

    def lay_out(self, textual: Callable[[], None], *, scroll: bool) -> None:
        """Textual's layout. Where all of the screen is painted right after, as when it opens, it is not painted here
        as well.

        But for the first screen of all: nothing is on the terminal yet.
        """
        screen = self._screen
        opens = not self._laid_out
        self._paints_next = len(screen.app.screen_stack) > 1 if opens else screen._repaint_required
        asked_for = screen._compositor._full_map
        try:
            textual()
        finally:
            self._paints_next = False
        if not scroll or asked_for is not self._laid_out:
            self._post_sizes(asked_for)

    def _post_sizes(self, asked_for: CompositorMap) -> None:
        """Whoever asked where a widget is may have had the map made anew: Textual posts nothing of what was new."""
        laid_out, self._laid_out = self._laid_out, self._screen._compositor._full_map
        if laid_out is None or asked_for is laid_out:
            return
        for widget, found in self._laid_out.items():
            size, known, posted = found.region.size, asked_for.get(widget), laid_out.get(widget)
            if known is not None and known.region.size == size and (posted is None or posted.region.size != size):
                widget.post_message(events.Resize(size, found.virtual_size, found.container_size))

    def paint(self, textual: Callable[[], None]) -> None:
        """Textual's picture. Every one comes by here.

        Beneath a dialog Textual hands what changed to the dialog, and then all of the screen with whatever comes.
        """
        screen = self._screen
        if self._paints_next or not screen.is_current:
            return
        if getattr(screen.app, "batches", 0):  # Textual would take this picture for painted, and drop it
            screen.post_message(messages.Update(screen))
            return
        if screen.app.screen is screen:
            self._bring_up_to_date()
        textual()
        if screen.app.screen is not screen:
            screen._repaint_required = False

    def _bring_up_to_date(self) -> None:
        """This screen, and what is seen of those beneath: what that changes belongs to the picture that comes."""
        front = self._screen
        for screen in front.app.screen_stack:
            if not hasattr(screen, "before_picture") or not screen.is_mounted or not screen.is_current:
                continue
            compositor, late = screen._compositor, set(cast("BeforePicture", screen).before_picture())
            before = set(compositor._dirty_regions)
            compositor.update_widgets(late)
            came = compositor._dirty_regions - before
            if came and screen is not front:
                asked_for = front._repaint_required
                front.refresh(*came)  # what shines through is part of its own picture
                front._repaint_required = asked_for
                front._compositor.update_widgets({front})
