"""First run: the language, then an API key, checked with the provider; or a look round on the sandbox."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Label, Static

from tui.app.leaving import switch_screen
from tui.app.screen import AppScreen
from tui.app.screen_work import reasons_of
from tui.config import DEFAULT_BASE_URL
from tui.config.keymap import Place
from tui.core.sanitize import visible
from tui.i18n.words import language, say
from tui.text.formats import sentence
from tui.widgets.binding import bindings
from tui.widgets.button import Button
from tui.widgets.editors import ChoiceEditor, Edited, LineEditor
from tui.widgets.lines import KeyLine, TitleLine


class FirstRunScreen(AppScreen[None]):
    """Shown where no profile has a key. Nothing is written before the key was checked."""

    HELP_TOPIC = "first"
    BINDINGS = bindings(Place.FIRST_RUN)

    def __init__(self) -> None:
        super().__init__()
        self._checking = False
        self._said: Callable[[], str] = str  # what stands beneath the fields, in the language of the moment

    @property
    def begun(self) -> bool:
        return any(line.begun for line in self.query(LineEditor))

    def compose(self) -> ComposeResult:
        yield TitleLine()
        with Vertical(id="first"):
            yield Static(say("screens.first.welcome"), markup=False, classes="title")
            yield Static(say("screens.first.text"), markup=False, classes="text")
            with Horizontal(classes="line"):
                yield Label("Dil / Language", markup=False, classes="label")
                yield ChoiceEditor([("tr", "Türkçe"), ("en", "English")], language())
            with Horizontal(classes="line"):
                yield Label(say("screens.first.key"), markup=False, classes="label")
                yield LineEditor("", "K12345678-…", password=True, id="key")
            with Horizontal(classes="line"):
                yield Label(say("screens.first.profile"), markup=False, classes="label")
                yield LineEditor("", say("screens.first.profile_default"), id="profile")
            with Horizontal(classes="line"):
                yield Label(say("screens.first.base_url"), markup=False, classes="label")
                yield LineEditor("", DEFAULT_BASE_URL, id="base_url")
            yield Static("", markup=False, classes="problem")
            with Horizontal(classes="buttons"):
                yield Button(say("screens.first.check"), id="check", variant="primary", compact=True)
                yield Button(say("screens.first.demo"), id="demo", compact=True)
        yield KeyLine()

    def on_mount(self) -> None:
        self.query_one(TitleLine).left = "Santral"
        self.query_one(ChoiceEditor).focus()

    @on(Edited)
    def _language(self, event: Edited) -> None:
        if isinstance(event.editor, ChoiceEditor):
            self.santral.speak(event.text)

    def refresh_texts(self) -> None:
        self.query_one(ChoiceEditor).put(language())
        self._show()

    @on(LineEditor.Submitted)
    def _next(self) -> None:
        self.focus_next()

    @on(Button.Pressed, "#demo")
    def _demo(self) -> None:
        self.app.exit("demo")

    @on(Button.Pressed, "#check")
    def _check(self) -> None:
        if self._checking:
            return
        self._checking = True
        self._say(partial(say, "screens.first.checking"))
        self.work(self._check_key)

    async def _check_key(self) -> None:
        texts = {box.id: box.value.strip() for box in self.query(LineEditor) if box.id}
        try:
            await self.santral.begin(texts["profile"] or "default", texts["key"], texts["base_url"] or DEFAULT_BASE_URL,
                                     language())
            # By the app: the work that runs this belongs to this screen and would end with it.
            self.app.call_later(switch_screen, self, self.santral.routes.campaign_list())
        except Exception as error:
            reasons = reasons_of(error)
            if not reasons:
                raise
            self._checking = False
            wrong_key = reasons[0].code.startswith("config.bad_api_key")  # that one speaks of the file
            self._say(partial(say, "screens.first.bad_key") if wrong_key
                      else lambda: visible(sentence(reasons[0])))
            self.query_one("#key").focus()
        finally:
            self._checking = False

    def _say(self, said: Callable[[], str]) -> None:
        self._said = said
        self._show()

    def _show(self) -> None:
        said = self.query_one(".problem", Static)
        said.update(self._said())
        said.set_class(self._checking, "-waiting")
