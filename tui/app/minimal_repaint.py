"""What a screen does not paint anew: over a slow line each key would bring kilobytes of what is there already."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

from textual import events
from textual.geometry import Region, Size
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget

if TYPE_CHECKING:
    from textual._compositor import CompositorMap


class MinimalRepaint:
    """Mixed into screens."""

    # Textual would paint all of the screen where the focus moves: what has it and what had it paint themselves.
    focused = Reactive(cast("Widget | None", None), repaint=False)
    _paints_next = False
    _laid_out: CompositorMap | None = None  # of whose sizes all were told

    @property
    def _screen(self) -> Screen[Any]:
        return cast("Screen[Any]", self)

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Any:  # noqa: ANN401 - Textual's own
        """Where things come or go the layout finds what that changes."""
        return Screen.refresh(self._screen, *regions, repaint=repaint and not layout, layout=layout,
                              recompose=recompose)

    def _refresh_layout(self, size: Size | None = None, scroll: bool = False) -> None:  # noqa: FBT001, FBT002 - Textual's own
        """Where all of the screen is painted right after, as when it opens, it is not painted here as well.

        But for the first screen of all: nothing is on the terminal yet.
        """
        screen = self._screen
        opens = not screen._size
        self._paints_next = len(screen.app.screen_stack) > 1 if opens else screen._repaint_required
        asked_for = screen._compositor._full_map
        try:
            Screen._refresh_layout(screen, size, scroll)
        finally:
            self._paints_next = False
        if not scroll or asked_for is not self._laid_out:
            self._tell_sizes(asked_for)

    def _tell_sizes(self, asked_for: CompositorMap) -> None:
        """Whoever asked where a widget is may have had the map made anew: what was new in it, Textual tells nobody."""
        laid_out, self._laid_out = self._laid_out, self._screen._compositor._full_map
        if laid_out is None or asked_for is laid_out:
            return
        for widget, found in self._laid_out.items():
            size, known, told = found.region.size, asked_for.get(widget), laid_out.get(widget)
            if known is not None and known.region.size == size and (told is None or told.region.size != size):
                widget.post_message(events.Resize(size, found.virtual_size, found.container_size))

    def before_picture(self) -> Iterable[Widget]:
        """Bring up to date what must be true of everything else that is seen; the widgets that have to do with it.

        Called before each picture, by whichever way it comes to be painted.
        """
        return ()

    def _compositor_refresh(self) -> None:
        """Every picture comes by here.

        Beneath a dialog Textual hands what changed to the dialog, and then all of the screen with whatever comes.
        """
        screen = self._screen
        if self._paints_next:
            return
        if screen.app._batch_count:  # Textual would take this picture for painted, and drop it
            screen._dirty_widgets.add(screen)
            return
        if screen.app.screen is screen:
            self._bring_up_to_date()
        Screen._compositor_refresh(screen)
        if screen.app.screen is not screen:
            screen._repaint_required = False

    def _bring_up_to_date(self) -> None:
        """This screen, and what is seen of those beneath: what that changes belongs to the picture that comes."""
        front = self._screen
        for screen in (*front.app._background_screens, front):
            if not isinstance(screen, MinimalRepaint) or not screen.is_mounted:
                continue
            compositor, late = screen._compositor, set(screen.before_picture())
            before = set(compositor._dirty_regions)
            compositor.update_widgets(late)
            came = compositor._dirty_regions - before
            if came and screen is not front:
                front._set_dirty(*came)
                front._compositor.update_widgets({front})
