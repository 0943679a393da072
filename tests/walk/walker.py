"""One walk: the app, a hand, and what must never happen."""

from __future__ import annotations

import asyncio
import gc
import inspect
import logging
import random
import tempfile
import traceback
import warnings
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import chdir, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, Final, cast
from unittest.mock import patch

from rich.console import RenderableType
from textual import events
from textual.actions import ActionParseResult, parse
from textual.dom import DOMNode
from textual.driver import Driver
from textual.geometry import Size
from textual.widget import Widget

from tests.walk.confirming import heard_confirming, keys_of_answer
from tests.walk.hands import Event
from tests.walk.language import foreign, words_of
from tests.walk.provider import Confirmed, ProviderDouble
from tests.walk.situations import DO_NOT_CALL, Start, hear, make_template, session_for
from tests.walk.timeless import Stuck, TimelessLoop, timeless
from tui.app.app import SantralApp
from tui.bootstrap import Session
from tui.campaign import holidays
from tui.campaign.consent import ConsentNeeded, ConsentStatus, RecipientType
from tui.config.keymap import first_key
from tui.core.reason import Reason
from tui.i18n import words
from tui.i18n.key_names import character_of
from tui.operations import player
from tui.operations.player import NotPlayed
from tui.screens.campaign_list import CampaignListScreen
from tui.screens.first_run import FirstRunScreen
from tui.screens.routes import ScreenRoutes
from tui.store import DoNotCallEvent

_ESCAPES: Final = 14  # to leave a screen, with a list open and text in its search


@dataclass
class Walked:
    """What came of a walk. `finding` is empty where nothing was wrong; `events` are all that were made."""

    start: Start
    events: list[Event] = field(default_factory=list)
    finding: str = ""
    detail: str = ""
    keys: int = 0
    screens: Counter[str] = field(default_factory=Counter)  # keys that were pressed there
    visits: Counter[str] = field(default_factory=Counter)


class _Found(Exception):
    """Something that must never happen has happened."""

    def __init__(self, finding: str, detail: str = "") -> None:
        super().__init__(finding)
        self.finding, self.detail = finding, detail


class WalkedApp(SantralApp):
    """The app, and what was confirmed in it."""

    CSS_PATH: ClassVar = [Path(inspect.getfile(SantralApp)).parent / path
                          for path in cast("list[Path]", SantralApp.CSS_PATH)]

    def __init__(self, session: Session, double: ProviderDouble) -> None:
        super().__init__(session, ScreenRoutes())
        self.double = double
        self.asked_to_end = False

    def action_suspend(self) -> None:
        """Whoever started the walk is not to be stopped."""

    async def run_action(self, action: str | ActionParseResult, default_namespace: DOMNode | None = None,
                         namespaces: Mapping[str, DOMNode] | None = None) -> bool:
        name = (parse(action) if isinstance(action, str) else action)[1]
        if name == "switch":  # off is done without a question
            self.double.confirmed.append(Confirmed("PATCH off"))
        return await super().run_action(action, default_namespace, namespaces)

    def exit(self, result: str | None = None, return_code: int = 0, message: RenderableType | None = None) -> None:
        self.asked_to_end = True
        super().exit(result, return_code, message)


class _Listener(logging.Handler):
    """Hears what the program takes for a failure of its own."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.heard: list[tuple[str, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        self.heard.append((f"log: {record.getMessage()}{_place(error)}", _trace(error)))


def _trace(error: BaseException | None) -> str:
    return "" if error is None else "".join(traceback.format_exception(error))


def _waiting(task: asyncio.Task[Any]) -> str:
    """Where a task waits, innermost last."""
    lines, at = [], cast("Any", task.get_coro())
    while at is not None and (frame := getattr(at, "cr_frame", None) or getattr(at, "gi_frame", None)) is not None:
        lines.append(f"{Path(frame.f_code.co_filename).name}:{frame.f_lineno} {frame.f_code.co_name}")
        at = getattr(at, "cr_await", None) or getattr(at, "gi_yieldfrom", None)
    return f"{task.get_name()}: {' > '.join(lines)}"


def _place(error: BaseException | None) -> str:
    """What was raised, and in which function: what tells one finding from another."""
    if error is None:
        return ""
    frames = traceback.extract_tb(error.__traceback__)
    last = next((frame for frame in reversed(frames) if "/tui/" in frame.filename), frames[-1] if frames else None)
    at = f" in {Path(last.filename).name} {last.name}" if last is not None else ""
    return f": {type(error).__name__}: {str(error)[:80]}{at}"


class Walker:
    """Makes events of an app, and looks after each whether it is still whole."""

    def __init__(self, start: Start, app: WalkedApp, loop: TimelessLoop, walked: Walked, listener: _Listener) -> None:
        self.start, self.app, self.loop, self.walked = start, app, loop, walked
        self._pasted: set[str] = set()  # words that no catalog said
        self.listener = listener
        self.unasked: list[str] = []
        self._at = (0, 0)
        self._seen: object = None  # the screen that was in front
        self._heard = 1_000  # the number of the next result: the store has some already

    async def walk(self, made: Iterable[Event]) -> None:
        await asyncio.sleep(0.5)
        for event in made:
            if self.over:
                break
            await self._do(event)
            self._look()
        if not self.over:
            await self._home()
            self._look()
        self._look_at_refused()

    @property
    def over(self) -> bool:
        return self.app._exit or self.app._exception is not None or not self.app._running

    def _look(self) -> None:
        """Where it is, and whether anything has gone wrong up to now."""
        app = self.app
        if not self.over and app.screen is not self._seen:
            self._seen = app.screen
            self.walked.visits[type(app.screen).__name__] += 1
        if app._exception is not None:
            raise _Found(f"ended{_place(app._exception)}", _trace(app._exception))
        if self.listener.heard:
            raise _Found(*self.listener.heard[0])
        if self.unasked:
            raise _Found(self.unasked[0])
        if self.loop.strangers:
            raise _Found(f"spoken to by a thread: {self.loop.strangers[0]}")
        if self.over and not app.asked_to_end:
            raise _Found("ended without being asked")

    async def _do(self, event: Event) -> None:
        self.loop.go_on()
        match event:
            case ("bound", number):
                await self._bound(number)
            case ("touch", number):
                await self._touch(number)
            case ("home",):
                await self._home()
            case ("answer",):
                await self._answer()
            case ("wait", seconds):
                self.walked.events.append(event)
                await asyncio.sleep(seconds)
                if seconds >= 0.05 and not self.over and self.loop.delays.random() < 0.1:
                    self._read()
            case ("read",):
                self.walked.events.append(event)
                self._read()
            case _:
                self.walked.events.append(event)
                self._make(event)

    def _make(self, event: Event) -> None:
        """As the terminal's driver does: it is in the queue when this returns."""
        driver = self.app._driver
        assert driver is not None
        match event:
            case ("key", name):
                self.walked.keys += 1
                self.walked.screens[type(self.app.screen).__name__] += 1
                driver.process_message(events.Key(name, character_of(name)))
            case ("paste", text):
                self._pasted |= words_of(text)
                driver.process_message(events.Paste(text))
            case ("size", width, height):
                size = Size(width, height)
                driver.process_message(events.Resize(size, size))
            case ("blur" | "focus" as what,):
                driver.process_message(events.AppBlur() if what == "blur" else events.AppFocus())
            case ("mood", mood):
                self.app.double.mood = mood
            case ("heard", campaign, count):
                self._hear(campaign, count)
            case ("speak", language):
                self.app.speak(language)
            case _:
                self._make_with_mouse(driver, event)

    def _make_with_mouse(self, driver: Driver, event: Event) -> None:
        match event:
            case ("click", x, y):
                driver.process_message(self._mouse(events.MouseDown, x, y, 1))
                driver.process_message(self._mouse(events.MouseUp, x, y, 1))
            case ("wheel", x, y, way):
                kind = events.MouseScrollDown if way > 0 else events.MouseScrollUp
                driver.process_message(self._mouse(kind, x, y, 0))
            case ("move", x, y):
                driver.process_message(self._mouse(events.MouseMove, x, y, 0))
            case _:
                raise ValueError(event)

    def _mouse(self, kind: type[events.MouseEvent], x: int, y: int, button: int) -> events.MouseEvent:
        last, self._at = self._at, (x, y)
        return kind(None, x, y, x - last[0], y - last[1], button, shift=False, meta=False, ctrl=False, screen_x=x,
                    screen_y=y)

    def _hear(self, place: int, count: int) -> None:
        services = self.app.session.services
        if services is None:
            return
        campaigns = services.store.campaigns.ids("acme")
        if campaigns:
            hear(services.store, list(campaigns)[place % len(campaigns)], count, self._heard)
            self._heard += count

    async def _bound(self, number: int) -> None:
        keys = sorted(set(self.app.screen.active_bindings) - {"ctrl+q", "Q"})
        if keys:
            await self._do(("key", keys[number % len(keys)]))

    async def _touch(self, number: int) -> None:
        """A click in the middle of a widget; what has the focus and what can have it, mostly."""
        screen = self.app.screen
        some = screen.focus_chain if number % 3 else screen.walk_children(Widget)
        if widgets := [widget for widget in some if widget.region]:
            region = widgets[number % len(widgets)].region
            x = region.x + (number // 7) % max(1, region.width)
            y = region.y + (number // 3) % max(1, region.height)
            if x >= 0 and y >= 0:
                await self._do(("click", x, y))

    async def _answer(self) -> None:
        """As who means it: types what is wanted, and says yes; a countdown runs out."""
        for key in keys_of_answer(self.app.screen):
            if self.over:  # it was asked whether to leave
                return
            await self._do(("key", key))
            await self._do(("wait", 0.02))
        await self._do(("wait", 6.0))

    def _look_at_refused(self) -> None:
        """Nobody goes from the do-not-call list unless a person said why, and that stays known."""
        services = self.app.session.services
        if services is None or self.start.kind == "empty":
            return
        store = services.store.do_not_call
        gone = set(DO_NOT_CALL) - store.among("acme", DO_NOT_CALL)
        if unasked := gone - self.app.double.taken_off:
            raise _Found(f"taken off the do-not-call list without a reason: {sorted(unasked)}")
        for phone in gone:
            last = store.history("acme", phone)[0]
            if last.event is not DoNotCallEvent.REMOVED or not last.reason:
                raise _Found(f"nobody knows why {phone} was taken off the do-not-call list")

    async def _home(self) -> None:
        """Back to the first screen with `esc` alone; what is under way may be waited for."""
        self.walked.events.append(("mood", "well"))
        self.app.double.mood = "well"
        await self._do(("wait", 0.05))
        tried, least = 0, len(self.app.screen_stack)
        while tried < _ESCAPES:
            if self.app.too_small is not None:  # a size may be heard late, and no key acts in it
                await self._do(("size", *self.start.size))
            await self._do(("wait", 0.1 if tried < 8 else 60.0))
            self._look()
            if self.over or (isinstance(self.app.screen, CampaignListScreen | FirstRunScreen) and tried):
                return
            await self._do(("key", "escape"))
            tried += 1
            if len(self.app.screen_stack) < least:  # one is left: as many again for the next
                tried, least = 1, len(self.app.screen_stack)
        raise _Found(f"no way out of {type(self.app.screen).__name__} by esc")

    def _read(self) -> None:
        """What is on the screen, in the language in use."""
        if self.app.too_small is None:
            text = screen_text(self.app)
            if found := foreign(text, words.language(), self._pasted):
                raise _Found(f"{words.language()}: in the other language: {found[0]}", f"{found}\n{text}")


def screen_text(app: SantralApp) -> str:
    """What is painted now, as text."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in strips)


_template: list[Path] = []


def template() -> Path:
    """The filled store, made once in a process."""
    if not _template:
        holidays.load()  # as well: each walk then takes its own moment for it
        folder = tempfile.mkdtemp(prefix="walk-", dir=shared_memory())
        _template.append(make_template(Path(folder)))
    return _template[0]


def shared_memory() -> str | None:
    """Where walks have their folders, unless they were given a place."""
    if tempfile.tempdir is not None:
        return tempfile.tempdir
    return "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - folders of our own are made in it


def take(start: Start, made: Iterable[Event]) -> Walked:
    """Walk from a start; what came of it. Everything it writes is in a folder that goes with it."""
    walked = Walked(start)
    with tempfile.TemporaryDirectory(prefix="walk-", dir=shared_memory(), ignore_cleanup_errors=True) as folder, \
            chdir(folder), _listening() as listener, warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always", RuntimeWarning)
        try:
            with _rubbish_kept():
                _take(start, made, Path(folder), walked, listener)
        except _Found as found:
            walked.finding, walked.detail = found.finding, found.detail
        if not walked.finding and listener.heard:
            walked.finding, walked.detail = listener.heard[0]
        if not walked.finding and warned:
            walked.finding = f"warned: {warned[0].message}"
    return walked


def _no_desktop(_environ: Mapping[str, str], _platform: str) -> tuple[str, ...]:
    """Whoever walks plays nothing to whoever sits there."""
    raise NotPlayed(Reason("operations.player.no_desktop"))


def _take(start: Start, made: Iterable[Event], folder: Path, walked: Walked, listener: _Listener) -> None:
    random.seed(start.seed)
    words.use(start.language)
    with timeless(random.Random(start.seed)) as loop:
        loop.set_exception_handler(lambda _loop, context: listener.heard.append(
            (f"loop: {context.get('message')}{_place(context.get('exception'))}", _trace(context.get("exception")))))
        unasked: list[str] = []
        double = ProviderDouble(random.Random(start.seed + 1), unasked.append)
        session = session_for(start, folder, template(), loop, double)

        def on_list(profile: str, phones: Collection[str]) -> Collection[str]:
            assert session.services is not None
            return session.services.store.do_not_call.among(profile, phones)

        def agreed(profile: str, phones: Collection[str]) -> Collection[str] | None:
            assert session.services is not None
            consents = session.services.store.consents
            if consents.current(profile) is None:
                return None
            standings = consents.standings(profile, ConsentNeeded(RecipientType.CONSUMER, "600123"), phones)
            return [phone for phone, status in standings.items() if status is ConsentStatus.GIVEN]

        double.on_list, double.agreed = on_list, agreed
        app = WalkedApp(session, double)
        walker = Walker(start, app, loop, walked, listener)
        walker.unasked = unasked
        with heard_confirming(double), patch.object(player, "opener", _no_desktop):
            try:
                loop.run_until_complete(_run(app, walker, made))
            except Stuck:
                raise _Found("stuck", "\n".join(map(_waiting, asyncio.all_tasks(loop)))) from None
            finally:
                _clear(loop)
                session.close()
                words.name_keys(first_key)


async def _run(app: WalkedApp, walker: Walker, made: Iterable[Event]) -> None:
    hand: list[asyncio.Task[None]] = []

    async def begin() -> None:
        hand.append(asyncio.ensure_future(walker.walk(made)))
        hand[0].add_done_callback(lambda _done: app.exit() if app._exception is None else None)

    app.held_seconds = 0.0
    await app.run_async(headless=True, size=walker.start.size, auto_pilot=lambda _pilot: begin())
    if hand:
        await asyncio.wait(hand, timeout=200)
        if hand[0].done() and not hand[0].cancelled():
            error = hand[0].exception()
            if isinstance(error, _Found):
                raise error
            if error is not None:
                raise _Found(f"asked{_place(error)}", _trace(error))
    walker._look()


def _clear(loop: TimelessLoop) -> None:
    """End what is left, so that nothing of this walk speaks into the next."""
    loop.go_on()
    left = asyncio.all_tasks(loop)
    for task in left:
        with suppress(RecursionError):  # of those that wait for one another in a circle
            task.cancel()
    if left:
        loop.run_until_complete(asyncio.wait(left, timeout=100))


@contextmanager
def _rubbish_kept() -> Iterator[None]:
    """Rubbish is taken out once, at the end, where a task that failed unheard tells of it; not every few keys."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.collect()
        if was:
            gc.enable()


@contextmanager
def _listening() -> Iterator[_Listener]:
    listener = _Listener()
    loggers = [logging.getLogger(name) for name in ("santral", "httpx", "httpcore", "asyncio")]
    for logger in loggers:
        logger.addHandler(listener)
        logger.propagate = False
    try:
        yield listener
    finally:
        for logger in loggers:
            logger.removeHandler(listener)
            logger.propagate = True
