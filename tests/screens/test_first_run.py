"""The first run: a key that is checked, and then the list."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.screens.conftest import KEY, World, on_the_wire
from tests.screens.waiting import until
from tui import bootstrap
from tui.app.app import SantralApp
from tui.bootstrap import Session
from tui.campaign.lifecycle import AskedBy
from tui.config import Config, DatabaseSetting, Profile
from tui.config.ui_state import UiState
from tui.core.secret import Redactor
from tui.i18n import words
from tui.i18n.words import say
from tui.provider.client import Provider
from tui.screens.routes import ScreenRoutes
from tui.widgets.editors import LineEditor

SIZE = (80, 24)


@pytest.fixture
def answers() -> list[httpx.Response]:
    return []


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answers: list[httpx.Response]) -> Iterator[Session]:
    def connect(profile: Profile, *_: object) -> Provider:
        assert profile.api_key is not None
        transport = httpx.MockTransport(lambda _request: on_the_wire(answers.pop(0)))
        return Provider(profile.base_url, profile.api_key, transport=transport)

    monkeypatch.setattr(bootstrap, "connect", connect)
    database = tmp_path / "santral.db"
    environ = {"XDG_DATA_HOME": str(tmp_path)}
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    config = Config(path=tmp_path / "config.toml", database=DatabaseSetting(database, f"sqlite:///{database}"))
    words.use("en")
    made = Session(config, UiState(), tmp_path / "santral.log", Redactor(), AskedBy.APP, environ)
    yield made
    made.close()
    words.use("en")


async def test_after_the_key_was_checked_the_list_is_there_and_works(
    session: Session, answers: list[httpx.Response], moment: dt.datetime,
) -> None:
    answers.append(httpx.Response(200, json=["902129630131"]))
    app = SantralApp(session, ScreenRoutes())
    async with app.run_test(size=SIZE) as pilot:
        world = World(app, None)  # type: ignore[arg-type]  # there is no store before the key was checked
        await until(pilot, world, say("screens.first.check"))
        await pilot.press("tab", *KEY, "tab", "tab", *"http://127.0.0.1:1", "enter", "enter")
        await until(pilot, world, say("screens.campaigns.empty").split("\n")[0])
        await pilot.press("i")
        await until(pilot, world, say("screens.adopt.title"))
    assert KEY in session.config.path.read_text()


async def test_a_refused_key_is_told_and_nothing_is_written(session: Session, answers: list[httpx.Response]) -> None:
    answers.append(httpx.Response(401, text=f"Gecersiz anahtar: {KEY}"))
    app = SantralApp(session, ScreenRoutes())
    async with app.run_test(size=SIZE) as pilot:
        world = World(app, None)  # type: ignore[arg-type]  # there is no store before the key was checked
        await until(pilot, world, say("screens.first.check"))
        await pilot.press("tab", *KEY, "tab", "tab", *"http://127.0.0.1:1", "enter", "enter")
        await until(pilot, world, "refused the API key")
        assert KEY not in world.screen_text
    assert not session.config.path.exists()


async def test_there_is_nothing_to_be_set_yet_and_that_is_told(session: Session) -> None:
    app = SantralApp(session, ScreenRoutes())
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        world = World(app, None)  # type: ignore[arg-type]  # there is no store before the key was checked
        await until(pilot, world, say("screens.first.check"))
        await pilot.press("comma")
        await until(pilot, world, say("app.settings.after_first")[:40])


async def test_a_language_chosen_at_the_first_run_is_written_with_the_key(session: Session, tmp_path: Path) -> None:
    session.state_file = tmp_path / "state.json"
    app = SantralApp(session, ScreenRoutes())
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("left")
        await pilot.pause()
        assert words.language() == "tr"
        app.speak("en")  # as the palette does
        assert words.language() == "en"
        await app.workers.wait_for_complete()
        assert not session.state_file.exists()


async def test_leaving_with_a_key_that_was_typed_and_not_checked_asks(session: Session) -> None:
    app = SantralApp(session, ScreenRoutes())
    async with app.run_test(size=SIZE) as pilot:
        world = World(app, None)  # type: ignore[arg-type]  # there is no store before the key was checked
        await until(pilot, world, say("screens.first.check"))
        await pilot.press("tab", *KEY[:9], "ctrl+q")
        await until(pilot, world, say("app.quit.typed_title"))
        assert KEY[:9] not in world.screen_text
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen.query_one("#key", LineEditor).value == KEY[:9]
        await pilot.press("ctrl+q")
        await until(pilot, world, say("app.quit.typed_title"))
        await pilot.press("tab", "enter")
        await pilot.pause()
        assert app._exit


async def test_a_key_that_is_right_ends_the_first_run_also_beneath_the_question_whether_to_leave(
    session: Session, answers: list[httpx.Response], monkeypatch: pytest.MonkeyPatch, moment: dt.datetime,
) -> None:
    answers.append(httpx.Response(200, json=["902129630131"]))
    go, begin = asyncio.Event(), SantralApp.begin

    async def slow(app: SantralApp, *what: str) -> None:
        await go.wait()
        await begin(app, *what)

    monkeypatch.setattr(SantralApp, "begin", slow)
    app = SantralApp(session, ScreenRoutes())
    async with app.run_test(size=SIZE) as pilot:
        world = World(app, None)  # type: ignore[arg-type]  # there is no store before the key was checked
        await until(pilot, world, say("screens.first.check"))
        await pilot.press("tab", *KEY, "tab", "tab", *"http://127.0.0.1:1", "enter", "enter", "ctrl+q")
        await until(pilot, world, say("app.quit.typed_title"))
        go.set()
        await until(pilot, world, say("screens.campaigns.empty").split("\n")[0])
        assert len(app.screen_stack) == 2
        await pilot.press("ctrl+q")
        await pilot.pause()
        assert app._exit


async def test_leaving_before_anything_was_typed_does_not(session: Session) -> None:
    app = SantralApp(session, ScreenRoutes())
    async with app.run_test(size=SIZE) as pilot:
        world = World(app, None)  # type: ignore[arg-type]  # there is no store before the key was checked
        await until(pilot, world, say("screens.first.check"))
        await pilot.press("ctrl+q")
        await pilot.pause()
        assert app._exit
