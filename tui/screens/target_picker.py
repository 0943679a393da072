"""Choosing where a key leads: one line that takes any way of writing it, and beneath it what fits, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from textual.app import ComposeResult
from textual.content import Content

from tui.app.dialog import Dialog
from tui.campaign.account import Account, Standing, standing
from tui.campaign.target import (
    BARE,
    LARGEST_NUMBER,
    SPEECH_LANGUAGES,
    SPELLINGS,
    BadTarget,
    Target,
    TargetKind,
    Understood,
    parse_target,
    short_form,
    understand,
)
from tui.core.sanitize import visible
from tui.core.text_keys import TextKeys
from tui.i18n.words import folded, say
from tui.screens.agent_count import AgentCount
from tui.screens.offering import MAX_ROWS, OfferLine, Offers
from tui.text.formats import name_text, sentence, standing_text, target_text
from tui.text.keys import MENU_PLACE, TARGET_KIND
from tui.widgets.lines import Note
from tui.widgets.table import fit

_ABOUT: Final = TextKeys("campaign.target_about.{}", TargetKind)
_LANGUAGE: Final = TextKeys("screens.lang.{}", SPEECH_LANGUAGES)

LINE_WIDTH = 12
_TICK_SECONDS: Final = 1.0


@dataclass(frozen=True)  # without slots, so that it keeps `where`
class Suggestion:
    """A row beneath the line: how it is typed, and what it is. Without a target, `line` is to be gone on with."""

    line: str
    text: str
    note: str = ""
    target: Target | None = None

    @cached_property
    def where(self) -> str:
        """What is looked through for the words that are typed."""
        return folded(f"{self.line} {self.text}")


class ListedRows:
    """The rows of the account's lists. An account may have thousands: they are made once for each answer."""

    def __init__(self) -> None:
        self._made: dict[TargetKind, tuple[Mapping[int, str], Mapping[int, int], list[Suggestion]]] = {}

    def of(self, kind: TargetKind, account: Account) -> list[Suggestion]:
        listing = {TargetKind.ANNOUNCEMENT: account.announcements, TargetKind.QUEUE: account.queues,
                   TargetKind.USER: account.users,
                   TargetKind.VOICEMAIL: account.users}.get(kind)
        if listing is None or listing.items is None:
            return []
        agents = account.agents if kind is TargetKind.QUEUE else {}
        items, counted, rows = self._made.get(kind, (None, None, []))
        if items is not listing.items or counted != agents:
            rows = [_listed_row(Target(kind, str(number)), account)
                    for number in listing.items if number <= LARGEST_NUMBER]
            self._made[kind] = listing.items, agents, rows
        return rows


def suggestions(text: str, found: Understood, account: Account, used: Iterable[Target],
                listed: ListedRows) -> list[Suggestion]:
    """What fits to the line typed so far: kinds, then what the account has or campaigns have used."""
    words = folded(found.rest if found.kind is not None else text).split()
    used = list(used)
    if not text.strip():
        return [kind_row(kind) for kind in SPELLINGS]
    if found.reason is not None and found.reason.code == "campaign.target.meant":
        return []  # enter takes what it shows: of a line that is refused with the right form, nothing
    if found.kind is TargetKind.TTS:
        return list(_speech_rows(found, text))
    if found.kind is not None:
        return [row for row in _rows_of(found.kind, account, used, listed) if _fits(row, words)]
    rows = [kind_row(kind) for kind in SPELLINGS]
    for kind in (TargetKind.ANNOUNCEMENT, TargetKind.QUEUE, TargetKind.USER):
        rows += listed.of(kind, account)
    rows += [_target_row(target, account) for target in used]
    for kind in (TargetKind.GROUP, TargetKind.IVR, TargetKind.VOICEMAIL):
        with suppress(BadTarget):  # a number alone may be one of those that can't be looked up
            rows.append(_target_row(parse_target(f"{kind}/{text.strip()}"), account))
    return list(_once(row for row in rows if _fits(row, words)))


def kind_row(kind: TargetKind) -> Suggestion:
    """A kind by itself: what choosing it puts into the line, or the target that needs nothing more."""
    target = Target(kind) if kind in BARE.values() else None
    name, about = say(TARGET_KIND[kind]), say(_ABOUT[kind])
    return Suggestion(SPELLINGS[kind].begins, name, about, target)


def _rows_of(kind: TargetKind, account: Account, used: Iterable[Target], listed: ListedRows) -> Iterator[Suggestion]:
    before = dict.fromkeys(target for target in used if target.kind is kind)
    yield from (_target_row(target, account, used_before=True) for target in before)
    yield from (row for row in listed.of(kind, account) if row.target not in before)


def _listed_row(target: Target, account: Account) -> Suggestion:
    return Suggestion(f"{SPELLINGS[target.kind].begins}{target.value}", target_text(target, account), target=target)


def _target_row(target: Target, account: Account, *, used_before: bool = False) -> Suggestion:
    note = say("screens.target.used") if used_before and not name_text(target, account) else ""
    return Suggestion(short_form(target), target_text(target, account), note, target)


def _speech_rows(found: Understood, typed: str) -> Iterator[Suggestion]:
    """The same text in each of the three languages; without a text, the languages that go on what was typed."""
    for lang in SPEECH_LANGUAGES:
        line = f"t/{lang[:2]}/"
        target = Target(TargetKind.TTS, found.target.value, lang) if found.target is not None else None
        if target is not None or not found.rest or line.startswith(typed.strip().lower()):
            yield Suggestion(line, say("campaign.target_kind.tts"), say(_LANGUAGE[lang]), target)


def _once(rows: Iterable[Suggestion]) -> Iterator[Suggestion]:
    seen: set[Target | str] = set()
    for row in rows:
        key = row.target or row.line
        if key not in seen:
            seen.add(key)
            yield row


def _fits(row: Suggestion, words: list[str]) -> bool:
    return all(word in row.where for word in words)


class TargetPicker(Dialog[None]):
    """Hands the wire form of what was chosen to `take`, before it closes: keys pressed ahead find it done."""

    AUTO_FOCUS = "LineEditor"
    FRAME = "dialog wide"

    def __init__(self, place: str, text: str, used: list[Target],
                 take: Callable[[str], None]) -> None:
        """`used`: what campaigns have led to before, the newest first: groups, menus and boxes have no look-up."""
        super().__init__()
        self._place = place
        self._line = _line_of(text)  # for which the rows are
        self._take = take
        self.offers = Offers[Suggestion](self)
        self.line = OfferLine(self.offers, self._line, say("screens.target.line"))
        self._understood = Note(id="understood")
        self._agents = AgentCount(self)
        self._used = used
        self._listed = ListedRows()
        self._pointed = False  # whether the operator went to a row: then enter chooses it, not what was typed
        self._touched = False  # until something is typed, every kind is offered beside what is set now

    def heading(self) -> str:
        return say("screens.target.title", key=say(MENU_PLACE[self._place]))

    def body(self) -> ComposeResult:
        yield from (self.line, self._understood, self.offers)

    def on_mount(self) -> None:
        self.line.action_select_all()  # what is typed takes its place
        self.show()
        self.set_interval(_TICK_SECONDS, self._tick)

    def _tick(self) -> None:
        """A wait gets shorter, and when it is over one may ask."""
        self._agents.ask()
        self.show()

    @property
    def account(self) -> Account:
        return self.services.directory.account

    def show(self) -> None:
        """What was understood of the line, and what fits to it."""
        line, held = self.line.value, self.offers.row
        if line != self._line:
            self._line, self._pointed, self._touched, held = line, False, True, None
        found = understand(line)
        offered = line if self._touched else ""
        rows = suggestions(offered, found, self.account, self._used, self._listed)
        self._show_understood(found, bool(rows))
        if rows != self.offers.rows or not rows:
            self.offers.offer(rows, map(_row_content, rows), self._place_in(rows, held) if rows else None)
        self._stay()

    def _show_understood(self, found: Understood, some_fit: bool) -> None:  # noqa: FBT001 - a fact, not a switch
        if found.target is not None:
            text = f"→ {target_text(found.target, self.account)}"
            stands = standing(found.target, self.account)
            if stands is not Standing.KNOWN:
                text += f" ({standing_text(found.target, self.account)})"
            if found.target.kind is TargetKind.QUEUE and (unknown := self._agents_unknown(int(found.target.value))):
                text += f" · {unknown}"
            if found.target.kind is TargetKind.TTS:
                text += f" · {say('screens.target.characters', count=len(found.target.value))}"
            tone = "bad" if stands in (Standing.MISSING, Standing.GONE) else "right"
        elif found.reason is not None and (not some_fit or not self._touched):
            text, tone = sentence(found.reason), "bad"
        else:
            text, tone = say("screens.target.hint"), "muted"
        self._understood.text, self._understood.tone = text, tone

    def _agents_unknown(self, queue: int) -> str:
        """Why nobody knows how many agents of it are available; empty where that is known, or not asked yet."""
        if queue in self.account.agents:
            return ""
        return self._agents.wait_text(queue) or self._agents.failure_text()

    def _place_in(self, rows: list[Suggestion], held: Suggestion | None) -> int:
        """Where the row that the operator went to is now; where it is no more, the first one is offered."""
        for place, row in enumerate(rows[:MAX_ROWS]):
            if held is not None and (row.line, row.target) == (held.line, held.target):
                return place
        self._pointed = False
        return 0

    def _stay(self) -> None:
        row = self.offers.row
        target = row.target if row is not None else None
        self._agents.stay_at(int(target.value) if target is not None and target.kind is TargetKind.QUEUE else None)

    # choosing

    def typed_anew(self) -> None:
        self.show()

    async def look(self) -> None:
        self.show()

    def went_to(self, row: Suggestion) -> None:
        self._pointed = True
        self._stay()

    def enter(self) -> None:
        """What was typed where it is a target, else the row one is at."""
        found = understand(self.line.value)
        row = self.offers.row
        if found.target is not None and not self._pointed:
            self._hand_on(found.target)
        elif row is not None:
            self.choose(row)
        else:
            self.notify(sentence(found.reason) if found.reason is not None else say("screens.target.hint"),
                      severity="warning")

    def choose(self, row: Suggestion) -> None:
        if row.target is not None:
            self._hand_on(row.target)
            return
        self._pointed, self._touched = False, True
        self.line.put(row.line)
        self.line.cursor_position = len(row.line)
        self.show()

    def _hand_on(self, target: Target) -> None:
        self._take(str(target))
        self.dismiss()


def _line_of(text: str) -> str:
    """How a target is typed; what is none, as it stands."""
    try:
        return short_form(parse_target(text))
    except BadTarget:
        return text


def _row_content(row: Suggestion) -> Content:
    return Content.assemble((fit(visible(row.line), LINE_WIDTH), "$text-accent"), "  ", visible(row.text), "  ",
                            (visible(row.note), "$muted"))
