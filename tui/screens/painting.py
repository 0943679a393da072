"""What a screen does not paint anew: over a slow line each key would bring kilobytes of what is there already."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from textual.geometry import Region, Size
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget


class Sparing:
    """Mixed into screens."""

    # Textual would paint all of the screen where the focus moves: what has it and what had it paint themselves.
    focused = Reactive(cast("Widget | None", None), repaint=False)
    _paints_next = False

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
        try:
            Screen._refresh_layout(screen, size, scroll)
        finally:
            self._paints_next = False

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
            if not isinstance(screen, Sparing) or not screen.is_mounted:
                continue
            compositor, late = screen._compositor, set(screen.before_picture())
            before = set(compositor._dirty_regions)
            compositor.update_widgets(late)
            came = compositor._dirty_regions - before
            if came and screen is not front:
                front._set_dirty(*came)
                front._compositor.update_widgets({front})
