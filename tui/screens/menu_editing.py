"""The changes of a menu in its editor: keys set, cleared, swapped, copied; each is a step that can be taken back."""

from __future__ import annotations

from collections.abc import Callable

from tui.app.screen import AppScreen
from tui.campaign.fields import OPT_OUT
from tui.campaign.menu import (
    FIELD_OF_PLACE,
    KEYS,
    PLACES,
    Clip,
    MenuEdits,
    cleared,
    clip_of,
    opt_out_marked,
    pasted,
    set_target,
    swapped,
    texts_of,
)
from tui.i18n.words import say
from tui.screens.form_context import FormContext
from tui.text.keys import MENU_PLACE
from tui.widgets.command_owner import CommandOwner
from tui.widgets.keypad import Keypad


class MenuEditing(CommandOwner):
    """Changes the draft of a form at the key of the keypad where one is. The form's model notifies of every change."""

    def __init__(self, host: AppScreen[None], form: FormContext, keypad: Keypad, moved: Callable[[], None]) -> None:
        """`moved` is called where another key is here, or is to be swapped with this one."""
        self._host = host
        self._form = form
        self._keypad = keypad
        self._moved = moved

    @property
    def edits(self) -> MenuEdits:
        """The menu with its past, of this draft and this session."""
        model = self._form.model
        edits = model.menu_edits(self._host.santral.menu_edits)
        if texts_of(model.values) != edits.texts:
            edits.become(texts_of(model.values))  # changed in the form, or elsewhere: a step like any other
        return edits

    @property
    def texts(self) -> dict[str, str]:
        return self.edits.texts

    def text_at(self, place: str) -> str:
        """Where a key leads, as it was typed; "" where it is not set."""
        return self.texts.get(FIELD_OF_PLACE[place], "")

    def why_not(self, action: str) -> str | None:
        place = self._keypad.place
        key, empty = say(MENU_PLACE[place]), not self.text_at(place)
        match action:
            case "clear" | "copy" | "cut" if empty:
                return say("screens.menu.nothing_here", key=key)
            case "opt_out" if empty or place not in KEYS:
                return say("screens.menu.no_opt_out", key=key)
            case "paste" if self._host.santral.clip is None:
                return say("screens.menu.nothing_to_paste")
            case "undo" if not self.edits.can_undo:
                return say("screens.menu.nothing_to_undo")
            case "redo" if not self.edits.can_redo:
                return say("screens.menu.nothing_to_redo")
        return None

    # one key

    def set_target(self, place: str, wire: str) -> None:
        self.become(set_target(self.texts, place, wire))

    def action_clear(self) -> None:
        self.become(cleared(self.texts, self._keypad.place))

    def action_copy(self) -> None:
        self._take(cut=False)

    def action_cut(self) -> None:
        self._take(cut=True)

    def _take(self, *, cut: bool) -> None:
        self._host.santral.clip = clip_of(self.texts, self._keypad.place, cut=cut)
        if cut:
            self.action_clear()
        self._host.refresh_bindings()

    def action_paste(self) -> None:
        clip = self._host.santral.clip
        if clip is None:
            return
        self.become(pasted(self.texts, self._keypad.place, clip))
        self._host.santral.clip = Clip(clip.text)  # a second paste is a copy: one key opts out, not two

    def action_opt_out(self) -> None:
        """Mark this key as the one by which people ask not to be called again."""
        place = self._keypad.place
        self.become(opt_out_marked(self.texts, place))
        if self.texts.get(OPT_OUT) == place:
            self._host.notify(say("screens.menu.opt_out_marked", key=say(MENU_PLACE[place])))

    # two keys

    def action_swap(self) -> None:
        """This key and another change places: the other is named next, by its own key or by going there."""
        if not self.swap_here():
            self._keypad.other = self._keypad.place
            self._moved()

    def swap_here(self) -> bool:
        """Let the key that was to be swapped change places with this one; whether there was one."""
        other = self._keypad.other
        if self.give_up_swap() and other != self._keypad.place:
            self.become(swapped(self.texts, other, self._keypad.place))
        return bool(other)

    def give_up_swap(self) -> bool:
        """Swap nothing; whether a key was to be swapped."""
        other, self._keypad.other = self._keypad.other, ""
        if other:
            self._moved()
        return bool(other)

    # steps

    def become(self, texts: dict[str, str]) -> None:
        """The menu is another now: one step."""
        self._change(self.edits.become(texts))

    def action_undo(self) -> None:
        self._step(self.edits.undo())

    def action_redo(self) -> None:
        self._step(self.edits.redo())

    def _step(self, changes: dict[str, str]) -> None:
        self._change(changes)
        changed = [place for place in PLACES if FIELD_OF_PLACE[place] in changes]
        if len(changed) == 1:
            self._keypad.place = changed[0]
            self._moved()

    def _change(self, changes: dict[str, str]) -> None:
        """Give the form's model what the menu has become; until then `edits` takes it for another's step."""
        self._form.keeper.change(changes, typed=False)
