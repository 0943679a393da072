"""The kit of all dialogs: a title, a body, buttons, a line for what is wrong, and the ways out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Final, TypeVar

from msgspec import Struct
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Label, Static

from tui.app.screen import AppScreen
from tui.app.screen_work import reasons_of
from tui.config.keymap import Place
from tui.core.reason import Reason
from tui.core.sanitize import visible
from tui.i18n.words import say
from tui.text.formats import sentence
from tui.widgets.binding import bindings, binds
from tui.widgets.button import Button, ConfirmButton
from tui.widgets.editors import Edited, LineEditor
from tui.widgets.lines import KeyLine

if TYPE_CHECKING:
    from textual.widgets.button import ButtonVariant

R = TypeVar("R")


class DialogButton(Struct, frozen=True):
    """A button: its id, and the key of its label. One that `confirms` is not pressed by a key that is held down."""

    id: str
    label: str
    variant: ButtonVariant = "default"
    confirms: bool = False

    def made(self) -> Button:
        kind = ConfirmButton if self.confirms else Button
        return kind(say(self.label), id=self.id, variant=self.variant, compact=True)


CANCEL: Final = DialogButton("no", "common.cancel")
CLOSE: Final = DialogButton("no", "common.close")


def labelled(label: str, editor: Widget) -> Horizontal:
    """A line of a dialog: what is to be typed or chosen, and where."""
    return Horizontal(Label(label, markup=False, classes="label"), editor, classes="line")


def text_line(text: str) -> Static:
    """What a dialog has to say."""
    return Static(text, markup=False, classes="text")


def problem_line() -> Static:
    """Where `Dialog.show_problem` writes; empty until then."""
    return Static("", markup=False, classes="problem")


class Dialog(ModalScreen[R], AppScreen[R], inherit_bindings=False):
    """A question over a screen. `escape` and the button `no` leave it; the arrows go from thing to thing in it."""

    BINDINGS = bindings(Place.EVERYWHERE, Place.DIALOG)
    HEADING: ClassVar[str] = ""  # the key of its title
    BUTTONS: ClassVar[Sequence[DialogButton]] = ()
    FRAME: ClassVar[str] = "dialog"  # the classes of its frame
    LEFT: ClassVar[Any] = None  # its result where it is left
    STOPS: ClassVar[str] = ""  # the group of its work that ends where it is left

    def heading(self) -> str:
        """Its title; "": it has none."""
        return say(self.HEADING) if self.HEADING else ""

    def body(self) -> ComposeResult:
        """What stands between the title and the buttons."""
        yield from ()

    def buttons(self) -> Iterable[Button]:
        return [button.made() for button in self.BUTTONS]

    def frame(self) -> Widget:
        """What holds it all."""
        return Vertical(classes=self.FRAME)

    def compose(self) -> ComposeResult:
        with self.frame():
            if heading := self.heading():
                yield Static(visible(heading), markup=False, classes="title")
            yield from self.body()
            if buttons := list(self.buttons()):
                yield Horizontal(*buttons, classes="buttons")
        yield KeyLine()

    @property
    def begun(self) -> bool:
        return any(line.begun for line in self.query(LineEditor))

    def on_mount(self) -> None:
        self.app.clear_notifications()  # at 80×24 a toast would lie over what is asked, and over the buttons

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What has the focus moves by itself where it can."""
        if action in ("step", "across"):
            return self.focused is not None and not binds(self.focused, "move.up" if action == "step" else "move.left")
        return True

    def action_across(self, step: int) -> None:
        self.action_step(step)

    # what is wrong

    async def attempt(self, job: Callable[[], Awaitable[object]]) -> bool:
        """Do what may be refused. False where it was: its reasons are shown (`refuse`). What has none is raised."""
        try:
            await job()
        except Exception as error:
            reasons = reasons_of(error)
            if not reasons:
                raise
            self.refuse(reasons)
            return False
        return True

    def refuse(self, reasons: Sequence[Reason]) -> None:
        """Show why what was asked for can't be done."""
        self.show_problem(*map(sentence, reasons))

    def show_problem(self, *sentences: str, at: str = "") -> None:
        """Say what is wrong, a line for each; none: nothing is. `at`: what has to be typed anew, as a selector."""
        self.query_one(".problem", Static).update("\n".join(map(visible, sentences)))
        if at:
            self.query_one(at).focus()

    @on(Edited)
    def _edited(self) -> None:
        self.typed_anew()

    def typed_anew(self) -> None:
        """What was said of the text before is not said of this one."""
        if self.query(".problem"):
            self.show_problem()

    # the ways out

    @on(Button.Pressed, "#no")
    def _no_pressed(self) -> None:
        self.action_leave()

    def action_leave(self) -> None:
        if self.STOPS:
            self.workers.cancel_group(self, self.STOPS)
        self.dismiss(self.LEFT)
