"""Try the call: the menu played through as a callee would live it, and what would be reported of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.timer import Timer
from textual.widgets import Static

from tui.app.screen import AppScreen
from tui.campaign.account import Account
from tui.campaign.call_simulation import SimulatedCall
from tui.campaign.fields import OPT_OUT
from tui.campaign.menu import KEYS, endless
from tui.campaign.parsed_draft import ParsedDraft
from tui.campaign.phone import readable_phone
from tui.campaign.phone_list import Number
from tui.config.keymap import Place
from tui.core.sanitize import visible
from tui.i18n.words import say
from tui.text.formats import short
from tui.text.lines import Line
from tui.text.menu import call_lines, message_lines
from tui.widgets.binding import bindings
from tui.widgets.lines import KeyLine, TitleLine
from tui.widgets.phone_keys import PhoneKeys
from tui.widgets.text_lines import TextLines

if TYPE_CHECKING:
    from tui.store import StoredNumber

ANSWERED = "Cevaplandı"  # the status of a call that was answered (docs/provider.md, "Results")


class TryCallScreen(AppScreen[None]):
    """Plays the menu of a draft. Nothing is sent and nobody is called.

    A key is awaited in real time, `digit_timeout` seconds; `try.silence` does not wait for them.
    """

    HELP_TOPIC = "try"
    BINDINGS = bindings(Place.TRY_CALL)

    def __init__(self, draft: ParsedDraft, campaign_id: int | None) -> None:
        super().__init__(classes="-try")
        self._draft = draft
        self._campaign_id = campaign_id  # whose list of numbers it is; None: there is none yet
        self._menu = draft.menu
        self._call = SimulatedCall.begin(self._menu)
        self._left = 0
        self._ticking: Timer | None = None
        self._number: StoredNumber | None = None
        self._place = -1  # of the number in the list; -1: none
        self._numbers: int | None = 0 if campaign_id is None else None  # in the list; None until they are read

    def compose(self) -> ComposeResult:
        yield TitleLine(id="title")
        with Horizontal(id="try"):
            yield TextLines(follow=True, id="transcript")
            with Vertical(id="phone"):
                yield PhoneKeys([key for key in KEYS if key in self._menu.targets])
                yield Static("", id="awaits", markup=False)
        yield Static("", id="report", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        self._show_title()
        self.set_focus(None)
        self._begin()
        if self._campaign_id is not None:
            self.work(partial(self._choose, 0), group="number", exclusive=True)

    def _show_title(self) -> None:
        name = short(self._draft.values.get("name", "") or say("screens.unnamed"), 40)
        self.query_one(TitleLine).left = say("screens.try.title", name=name)

    def refresh_texts(self) -> None:
        self._show_title()
        self.show()
        self._show_awaits()

    @property
    def account(self) -> Account:
        return self.services.directory.account

    # the call

    def _begin(self) -> None:
        self.query_one(PhoneKeys).pressed = ""
        self._call = SimulatedCall.begin(self._menu)
        self._await()

    def _await(self) -> None:
        """Show what has happened, and wait for a key anew."""
        self.show()
        if self._ticking is not None:
            self._ticking.stop()
        self._left = self._menu.timeout
        if not self._call.ended:
            self._ticking = self.set_interval(1, self._tick)
        self._show_awaits()

    def _tick(self) -> None:
        self._left -= 1
        if self._left <= 0:
            self.action_silence()
        else:
            self._show_awaits()

    def _go_on(self, call: SimulatedCall) -> None:
        if call is not self._call:
            self._call = call
            self._await()

    def action_press(self, key: str) -> None:
        self.query_one(PhoneKeys).pressed = key
        self._go_on(self._call.press(key))

    def action_silence(self) -> None:
        self._go_on(self._call.wait_out())

    def action_hang_up(self) -> None:
        self._go_on(self._call.hang_up())

    def action_again(self) -> None:
        self._begin()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return None if self.why_not(action) is not None else True

    def why_not(self, action: str) -> str | None:
        if action == "number" and not self._numbers:
            return say("screens.still_reading" if self._numbers is None else "screens.try.no_numbers")
        over = self._call.ended and action in ("press", "silence", "hang_up")
        return say("screens.try.over_already") if over else None

    def show(self) -> None:
        number = self._heard_by()
        lines = [Line(self._who(), "strong"), *call_lines(self._call, self._draft,
                                                          message_lines(self._draft, number, self.account),
                                                          self.account)]
        if self._call.ended and not self._draft["digit_retries"]:
            lines.append(Line("· " + say("screens.try.retries_default"), "muted"))
        if endless(self._menu) and not self._call.ended:
            lines.append(Line("! " + say("screens.try.endless"), "doubt"))
        self.query_one("#transcript", TextLines).put(lines)
        self.query_one("#report", Static).update("\n".join(self._report()) if self._call.ended else self._hint())
        place = say("screens.try.number_of", place=self._place + 1, count=self._numbers or 0)
        self.query_one(TitleLine).right = place if self._number else ""

    def _who(self) -> str:
        if self._number is None:
            return "☎ " + say("screens.try.nobody")
        phone = readable_phone(self._number.phone) if self._number.phone else self._number.typed
        return "☎ " + visible("  ".join(filter(None, (phone, short(self._number.reference)))))

    def _heard_by(self) -> Number | None:
        number = self._number
        return None if number is None else Number(number.typed, number.phrase, number.lang)

    def _show_awaits(self) -> None:
        text = say("screens.try.over") if self._call.ended else say("text.menu.waits", count=self._left)
        self.query_one("#awaits", Static).update(text)

    @staticmethod
    def _hint() -> str:
        return say("screens.try.hint")

    def _report(self) -> list[str]:
        """The fields of the notification that are about this call (docs/provider.md, "Notifications"), in its order."""
        phone = "…"
        if self._number is not None and self._number.phone:
            phone = self._number.phone
        fields = (("ivr_campaign_name", self._draft.values.get("name", "")), ("phone", phone),
                  ("digit", self._call.digit), ("status", ANSWERED))
        text = "&".join(f"{name}={short(visible(value))}" for name, value in fields)
        lines = [say("screens.try.report"), f"  {text}"]
        if not self._draft["webhook_url"]:
            lines[0] = say("screens.try.report_nowhere")
        if self._call.digit and self._call.digit == self._draft[OPT_OUT]:
            lines.append(say("screens.try.opted_out"))
        return lines

    # whose phrase is heard

    def action_number(self, step: int) -> None:
        if self._numbers:
            self.work(partial(self._choose, (self._place + step) % self._numbers), group="number", exclusive=True)

    async def _choose(self, place: int) -> None:
        """Hear the call of the number at `place` of the list, from its beginning."""
        services = self.services
        if self._campaign_id is None:
            return
        summary = await services.thread(services.store.numbers.summary, self._campaign_id)
        page = await services.thread(services.store.numbers.page, self._campaign_id, place, 1)
        before, self._numbers = self._number, summary.total
        self._number, self._place = (page[0], place) if page else (None, -1)
        self.refresh_bindings()
        self._begin()
        if self._number is not None and self._number == before:
            self.notify(say("screens.try.only_number"))

    def action_scroll(self, direction: int) -> None:
        self.query_one("#transcript", TextLines).scroll_by(pages=direction)

    @on(PhoneKeys.Pressed)
    def _clicked(self, event: PhoneKeys.Pressed) -> None:
        self.action_press(event.key)

    def action_leave(self) -> None:
        self.dismiss()
