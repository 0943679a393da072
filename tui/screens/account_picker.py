"""Picking what the account has: a caller ID, a queue, an announcement, by a part of its name or number.

What is remembered is offered at once, and the provider asked beside it. What the account doesn't list can be typed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, Final

from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.content import Content
from textual.widgets import Input

from tui.app.dialog import Dialog
from tui.campaign.account import Account, Listing
from tui.campaign.fields import FIELDS, FieldKind
from tui.campaign.parsed_draft import parse_field
from tui.campaign.phone import BadPhone, connected_phone, digits_searched, readable_phone
from tui.core.sanitize import visible
from tui.core.text_keys import TextKeys
from tui.i18n.words import folded, say
from tui.screens.agent_count import AgentCount
from tui.screens.offering import MAX_ROWS, OfferLine, Offers
from tui.text.formats import moment_text, sentence
from tui.widgets.lines import Note
from tui.widgets.table import fit

if TYPE_CHECKING:
    from tui.operations.directory import ListName

PICKED: Final[Mapping[str, ListName]] = {
    "cli": "caller_ids", "queue_number": "queues", "welcome_announcement_id": "announcements"}
_TITLE: Final = TextKeys("screens.pick.{}", PICKED.values())
_NOTHING: Final = TextKeys("screens.pick.no_{}", PICKED.values())
ANNOUNCEMENT: Final = "welcome_announcement_id"
VALUE_WIDTH: Final = 14
_TICK_SECONDS: Final = 1.0
_ASK_EVERY: Final = 3  # ticks; the provider is asked only for what has grown old


@dataclass(frozen=True)  # without slots, so that it keeps `where`
class Choice:
    """What goes into the field, and what it is called."""

    value: str
    name: str
    typed: bool = False  # by the operator, and in no list

    @cached_property
    def where(self) -> str:
        """What is looked through for the words that are typed: a phone number in groups and without."""
        return folded(f"{self.value} {self.name} {self.name.replace(' ', '')}")


def choices_of(field: str, listing: Listing[str]) -> list[Choice]:
    """What the account offers for a field."""
    items = listing.items or {}
    if FIELDS[field].kind is FieldKind.PHONE:
        return [Choice(number, _readable(number)) for number in items.values()]
    return [Choice(str(number), name) for number, name in items.items()]


def fitting(field: str, choices: list[Choice], typed: str) -> list[Choice]:
    """What fits to the words that are typed. First what they name exactly, or they themselves where they are right for
    the field: a number that was typed is that number, whether the account's list is there already or not."""
    words = folded(typed).split()
    digits = digits_searched(typed) if FIELDS[field].kind is FieldKind.PHONE else ""
    rows = [choice for choice in choices
            if all(word in choice.where for word in words) or (digits and digits in choice.where)]
    named = [choice for choice in choices if words and _same_form(field, choice.value) == _same_form(field, typed)]
    if words and not named and parse_field(FIELDS[field], typed).problem is None:
        named = [Choice(typed.strip(), say("screens.pick.as_typed"), typed=True)]
    return [*named, *(choice for choice in rows if choice not in named)]


def _same_form(field: str, text: str) -> str:
    """What two writings of one number have in common."""
    try:
        return connected_phone(text) if FIELDS[field].kind is FieldKind.PHONE else text.strip().lstrip("0")
    except BadPhone:
        return text.strip()


def _readable(number: str) -> str:
    try:
        return readable_phone(connected_phone(number))
    except BadPhone:
        return number


def insert_announcement(line: Input, value: str) -> None:
    """Put an announcement into a phrase, as a word of its own."""
    before, after = line.value[:line.cursor_position], line.value[line.cursor_position:]
    line.insert_text_at_cursor(f"{'' if not before or before.endswith(' ') else ' '}#{value}"
                               f"{'' if after.startswith(' ') else ' '}")


class AccountPicker(Dialog[None]):
    """Hands what was chosen to `take`, before it closes: keys pressed ahead find it done."""

    AUTO_FOCUS = "LineEditor"
    FRAME = "dialog wide"
    begun = False  # what is typed in it only finds

    def __init__(self, field: str, now: str, take: Callable[[str], None]) -> None:
        """`now`: what the field holds; its row is marked."""
        super().__init__()
        self._field = field
        self._list = PICKED[field]
        self._held = now.strip()  # the value of the row that is to be marked
        self._moved = False  # the operator went to that row: it stays marked, whatever comes
        self._take = take
        self._made: tuple[Mapping[int, str] | None, list[Choice]] = None, []
        self._notes: list[str] = []
        self.offers = Offers[Choice](self)
        self.line = OfferLine(self.offers, "", say("screens.pick.line"))
        self._understood = Note(id="understood")
        self._line = ""  # for which the rows are
        self._ticks = 0
        self._agents = AgentCount(self)
        self._forget_account: Callable[[], None] = lambda: None  # once mounted: no more news of the account

    def heading(self) -> str:
        return say(_TITLE[self._list])

    def body(self) -> ComposeResult:
        yield from (self.line, self._understood, self.offers)

    def on_mount(self) -> None:
        directory = self.services.directory
        self._forget_account = directory.changed.add(self.show)
        self.show()
        self.work(partial(directory.renew, self._list), group="account")
        self.set_interval(_TICK_SECONDS, self._tick)

    def _tick(self) -> None:
        """Ages grow, and what has failed may be asked for again."""
        self._ticks += 1
        if self._ticks % _ASK_EVERY == 0:
            self.work(partial(self.services.directory.refresh, (self._list,)), group="account")
            self._agents.ask()
        self.show()

    @property
    def account(self) -> Account:
        return self.services.directory.account

    @property
    def listing(self) -> Listing[str]:
        listing: Listing[str] = getattr(self.account, self._list)
        return listing

    # what is shown

    def show(self) -> None:
        """What fits to the line, how old it is, and what is wrong with it."""
        if self.line.value != self._line:
            self._line, self._held, self._moved = self.line.value, "", False
        elif self._moved and (row := self.offers.row) is not None:
            self._held = row.value
        if self._made[0] is not self.listing.items:
            self._made = self.listing.items, choices_of(self._field, self.listing)
        rows = fitting(self._field, self._made[1], self._line)
        notes = [self._note(row) for row in rows[:MAX_ROWS]]
        if rows != self.offers.rows or not rows:
            self._notes = notes
            self.offers.offer(rows, map(_row_content, rows, notes), self._place_in(rows) if rows else None)
        for place, note in enumerate(notes):
            if note != self._notes[place]:
                self.offers.replace_option_prompt_at_index(place, _row_content(rows[place], note))
        self._notes = notes
        self._understood.tone = "bad" if self.listing.problem is not None else "muted"
        self._understood.text = "\n".join(self._status())
        self._stay()

    def _place_in(self, rows: list[Choice]) -> int:
        """Where the row that the operator went to is now, or what the field holds; else the first one."""
        forms = [_same_form(self._field, row.value) for row in rows[:MAX_ROWS]]
        held = _same_form(self._field, self._held)
        return forms.index(held) if held in forms else 0

    def _note(self, row: Choice) -> str:
        counted = self.services.directory.agents_counted(int(row.value)) if self._has_agents(row) else None
        if counted is None:
            return ""
        available, age = counted
        return f"{say('text.menu.agents', count=available)}, {_age_text(age)}"

    def _has_agents(self, row: Choice) -> bool:
        return self._list == "queues" and row.value.isdecimal() and len(row.value) <= VALUE_WIDTH

    def _status(self) -> Iterator[str]:
        """Where the list comes from, that nothing in it fits, why nobody knows a queue's agents."""
        listing = self.listing
        known = say("screens.pick.answered", when=self._when(listing)) if listing.items is not None else ""
        asking = say("screens.pick.asking") if listing.asking else ""
        if listing.problem is not None:
            why = sentence(listing.problem)
            yield f"{known} {why}" if known else f"{why} {say('screens.pick.type_it')}"
        elif listing.items is not None and not listing.items:
            yield say(_NOTHING[self._list])
        else:
            yield f"{known} {asking}".strip()
        if listing.left_out:
            yield say("screens.pick.left_out", count=listing.left_out)
        if listing.items and not self.offers.rows:
            yield say("screens.pick.nothing_fits")
        yield from self._agents_status()

    def _agents_status(self) -> Iterator[str]:
        row = self.offers.row
        if row is None or not self._has_agents(row):
            return
        if wait := self._agents.wait_text(int(row.value)):
            yield wait
        elif self.listing.problem is None and (failure := self._agents.failure_text()):  # else that was said already
            yield failure

    def _when(self, listing: Listing[str]) -> str:
        at = listing.answered_at
        return moment_text(at, self.services.now()) if at is not None else say("screens.pick.long_ago")

    def _stay(self) -> None:
        row = self.offers.row
        self._agents.stay_at(int(row.value) if row is not None and self._has_agents(row) else None)

    # choosing

    def typed_anew(self) -> None:
        self.show()

    async def look(self) -> None:
        self.show()

    def went_to(self, row: Choice) -> None:
        self._moved = True
        self.show()

    def enter(self) -> None:
        """Take the row that is marked."""
        if (row := self.offers.row) is not None:
            self.choose(row)
        else:
            self.notify(say("screens.pick.nothing_fits" if self.listing.items else "screens.pick.nothing_yet"),
                        severity="warning")

    def choose(self, row: Choice) -> None:
        self._take(row.value)
        self.action_leave()

    def dismiss(self, result: None = None) -> AwaitComplete:
        self._forget_account()
        return super().dismiss(result)

    def on_unmount(self) -> None:
        self._forget_account()


def _age_text(seconds: float) -> str:
    """Coarse, so that a list is not painted anew each second."""
    if seconds < 10:
        return say("screens.pick.just_now")
    if seconds < 60:
        return say("screens.pick.seconds_ago", count=int(seconds) // 10 * 10)
    return say("screens.pick.minutes_ago", count=int(seconds) // 60)


def _row_content(row: Choice, note: str) -> Content:
    return Content.assemble((fit(visible(row.value), VALUE_WIDTH), "$text-accent"), "  ",
                            (visible(row.name), "$muted" if row.typed else ""), "  ", (note, "$muted"))
