"""What keys do on every screen: which is text and which a command, which is held down, why one does nothing here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, ClassVar, Final, NamedTuple, cast

from textual import events
from textual._keyboard_protocol import MODIFIER_FUNCTIONAL_KEYS
from textual.actions import ActionParseResult, parse
from textual.app import App
from textual.binding import Binding, BindingsMap
from textual.dom import DOMNode
from textual.screen import Screen
from textual.widgets import Input

from tui.app.commands import ScreenCommand
from tui.app.routes import Routes
from tui.config.keymap import COMMANDS, NAME, Place
from tui.core.sanitize import visible
from tui.i18n.key_names import character_of, shown
from tui.i18n.words import name_keys, say
from tui.widgets.binding import bindings
from tui.widgets.command_owner import CommandOwner
from tui.widgets.editors import EDITING
from tui.widgets.presence import MISSING, gone, there

HELD_SECONDS: Final = 0.7  # a keyboard waits that long, or less, before it repeats a key that is held down
# What a terminal may report by itself: these are pressed on the way to another key.
MODIFIERS: Final = frozenset({"caps_lock", "num_lock", "scroll_lock", *MODIFIER_FUNCTIONAL_KEYS})
_NODES: Final = ("app", "screen")  # before an action: whose it is, or whose owner's
_OFF: Final = "off."  # before the id: the key, which no keyboard has, of a command that was switched off


class Meant(NamedTuple):
    """An action as it is run: of a node, or of what that has for one of its concerns."""

    node: DOMNode
    owner: CommandOwner | None  # None: the node itself
    name: str
    parameters: tuple[Any, ...]

    @property
    def target(self) -> DOMNode:
        """Whose `action_…` is called. Of an owner Textual asks no more than that and `check_action`."""
        return self.node if self.owner is None else cast("DOMNode", self.owner)

    def applies(self) -> bool | None:
        """None: it is listed, and does not apply now."""
        applies = self.node.check_action(self.name, self.parameters)
        return applies if not applies or self.owner is None else self.owner.check_action(self.name, self.parameters)

    def why_not(self) -> str | None:
        """What node and owner have to say against it."""
        of_node = getattr(self.node, "why_not", None)
        why = cast("str | None", of_node(self.name)) if of_node is not None else None
        return why if why is not None or self.owner is None else self.owner.why_not(self.name)


class KeyDispatch(App[str], inherit_bindings=False):
    """The app as it hears keys."""

    ENABLE_COMMAND_PALETTE = False  # Textual's; ours has an id and speaks Turkish
    BINDINGS: ClassVar = bindings(Place.APP)

    routes: Routes
    held_seconds = HELD_SECONDS
    _help: Screen[Any] | None = None  # opened last
    _palette: Screen[Any] | None = None
    _pressed = ""  # the key that came last, when, and whether it was held down
    _pressed_at = 0.0
    _held = False
    _set_keys: Mapping[str, str] = MappingProxyType({})  # as Textual has them: id → names, with commas

    def use_keys(self, keys: Mapping[str, tuple[str, ...]]) -> None:
        """The keys of the configuration in place of the program's; a command without any is off."""
        name_keys(self.key_of)
        self._set_keys = {binding_id: ",".join(names) or _OFF + binding_id for binding_id, names in keys.items()}
        self.set_keymap(self._set_keys)

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key) and not event.is_forwarded:
            self._held = event.key == self._pressed and event.time - self._pressed_at < self.held_seconds
            self._pressed, self._pressed_at = event.key, event.time
        await super().on_event(event)

    def held(self) -> bool:
        """Whether the key of the moment is held down, and so confirms nothing. Where it is, a notice says so."""
        if self._held:
            self.notify(say("app.held"), severity="warning", markup=False)
        return self._held

    async def _check_bindings(self, key: str, priority: bool = False) -> bool:  # noqa: FBT001, FBT002 - Textual's own
        """Run what a key is bound to: first what has priority, then, where no widget took the key, the rest."""
        if priority and self._is_text(key):
            return False
        done = await super()._check_bindings(key, priority)
        if not done and not priority and not self._refuse_with_reason(key):
            self._refuse_unknown(key)
        return done

    def _is_text(self, key: str) -> bool:
        focused = self.focused
        return isinstance(focused, Input) and (
            key in EDITING or focused.check_consume_key(key, character_of(key)))

    async def run_action(
        self, action: str | ActionParseResult, default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """As everywhere, by key, click and name; what does not apply now says why instead of doing nothing."""
        meant = self._meant(action, default_namespace or self, namespaces)
        if not there(meant.node) or not meant.applies():
            return False
        if (why := meant.why_not()) is not None:
            self._refuse(why)
            return True
        try:
            return await super().run_action(("", meant.name, meant.parameters), meant.target)
        except MISSING:
            if not gone(meant.node):
                raise
            return True  # it was left while its command was under way

    def _meant(self, action: str | ActionParseResult, namespace: DOMNode,
               namespaces: Mapping[str, DOMNode] | None = None) -> Meant:
        where, name, parameters = parse(action) if isinstance(action, str) else action
        if (node := (namespaces or {}).get(where)) is not None:
            return Meant(node, None, name, parameters)
        first, _, rest = where.partition(".")
        if first not in _NODES:
            node, owner = namespace, where
        else:  # the screen is that of who has the binding: another may be over it by now
            node, owner = self if first == "app" else namespace.screen, rest
        return Meant(node, getattr(node, owner) if owner else None, name, parameters)

    def _check_action_state(self, action: str, default_namespace: DOMNode) -> bool | None:
        """What is not there whole can do nothing, and is not asked."""
        meant = self._meant(action, default_namespace)
        return there(meant.node) and meant.applies()

    def _refuse_with_reason(self, key: str) -> bool:
        """A command that does not apply says why; whether there was anything to say."""
        for node, bound in self._bound(self.screen):
            for binding in bound.key_to_bindings.get(key, ()):
                if (why := self.obstacle(node, binding)) is not None:
                    self._refuse(why)
                    return True
            if node.is_modal or node.check_consume_key(key, character_of(key)):
                return False  # beneath it the key is no command
        return False

    def _bound(self, screen: Screen[Any]) -> Iterator[tuple[DOMNode, BindingsMap]]:
        """Whatever keys of a screen go to, from the focus up, each with its bindings as the configuration has them."""
        for node in screen.focused.ancestors_with_self if screen.focused is not None else (screen, self):
            bound = node._bindings.copy()
            bound.apply_keymap(self._set_keys)
            yield node, bound

    def _refuse_unknown(self, key: str) -> None:
        """A key that is no command here, in one sentence for all of them: many that come at once are answered once."""
        if not key.startswith("<") and key not in MODIFIERS:
            keys = self.keys_of("app.help").split()
            typing = isinstance(self.focused, Input)
            shown_key = next((key for key in keys if not typing or len(key) > 1), "")
            self._refuse(say("app.no_such_key", help=shown_key) if shown_key else say("app.no_such_key_at_all"))

    def on_paste(self, event: events.Paste) -> None:
        """A paste that nothing took."""
        if event.text.strip():
            why = getattr(self.screen, "why_no_paste", None)
            self._refuse(why() if why is not None else say("app.no_paste"))
        else:
            self._refuse(say("app.paste_empty"))

    def on_text_line_pasted_lines(self) -> None:
        """A line is a single one."""
        self.notify(say("app.form.one_line"), severity="warning", markup=False, timeout=10)

    def on_whole_in_view(self) -> None:
        """A key to scroll with, where there is nothing to scroll."""
        self.notify(say("app.whole_in_view"), severity="warning", markup=False, timeout=10)

    def obstacle(self, node: DOMNode, binding: Binding) -> str | None:
        """Why a command can't be given now, in a sentence; None where it can, or where there is nothing to say."""
        if not there(node):
            return None
        command = COMMANDS.get(binding.id or "")
        if isinstance(node.screen.focused, Input) and (command is None or not command.while_typing):
            return None  # its key is text now
        meant = self._meant(binding.action, node)
        return meant.why_not() if there(meant.node) else None

    def _refuse(self, why: str) -> None:
        self.notify(visible(why), severity="warning", markup=False)

    def commands(self, screen: Screen[Any]) -> list[ScreenCommand]:
        """Every command of a screen as it is now, those of the focus first, each once."""
        keys: dict[str, list[str]] = {}
        found: dict[str, tuple[DOMNode, Binding]] = {}
        for node, bound in self._bound(screen):
            for _key, binding in bound:
                if binding.id is None or binding.id not in COMMANDS:
                    continue
                if found.setdefault(binding.id, (node, binding))[0] is node:
                    keys.setdefault(binding.id, []).append(self.get_key_display(binding))
        return [ScreenCommand(binding_id, "  ".join(dict.fromkeys(filter(None, keys[binding_id]))), binding, node,
                        self._applies(node, binding), self.obstacle(node, binding))
                for binding_id, (node, binding) in found.items()]

    def _applies(self, node: DOMNode, binding: Binding) -> bool:
        return bool(self._check_action_state(binding.action, node))

    def keys_of(self, binding_id: str) -> str:
        """A command's keys as they are shown; "" where it is off."""
        names = self._set_keys.get(binding_id, ",".join(COMMANDS[binding_id].keys)).split(",")
        return "  ".join(filter(None, map(key_shown, names)))

    def key_of(self, binding_id: str) -> str:
        """The first key of a command, for a sentence; of one that is off its name, by which it can be given too."""
        return self.keys_of(binding_id).split("  ")[0] or f"“{say(NAME[binding_id])}”"

    def get_key_display(self, binding: Binding) -> str:
        """A key as it stands on a keyboard, in letters that every font has; "" for one that was switched off."""
        return key_shown(binding.key)

    async def run_command(self, command: ScreenCommand) -> None:
        """Give a command that was chosen by its name."""
        why = self.obstacle(command.node, command.binding)
        if why is not None:
            self._refuse(why)
        else:
            await self.run_action(command.binding.action, command.node)

    def notify_how_to_quit(self) -> None:
        self.notify(say("app.how_to_quit"), markup=False)

    async def action_help_screen(self) -> None:
        """Every command of this screen, and what it shows."""
        if self.screen is not self._help:
            self._help = self.routes.help(self.commands(self.screen), getattr(self.screen, "HELP_TOPIC", "dialog"))
            await self.push_screen(self._help)

    async def action_palette(self) -> None:
        """Open the palette; the key that opened it closes it."""
        if self.screen is self._palette:
            self.screen.dismiss()
        else:
            self._palette = self.routes.palette()
            await self.push_screen(self._palette)


def key_shown(key: str) -> str:
    """A key's name as it stands on a keyboard."""
    return "" if key.startswith(_OFF) else shown(key)
