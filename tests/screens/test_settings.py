"""Settings: profiles are written into the configuration and hold at once; what can't be written loses nothing."""

from __future__ import annotations

import asyncio
import datetime as dt
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from tests.screens.conftest import KEY, World, on_the_wire
from tests.screens.waiting import until
from tui import bootstrap
from tui.campaign.dates import Hours
from tui.config import Profile, Saved, load
from tui.config.settings import DEFAULT_POLITE_HOURS
from tui.core.secret import Secret
from tui.i18n.words import say
from tui.provider.client import Provider
from tui.screens.profile_form import ProfileDialog
from tui.screens.settings import SettingsScreen

OTHER = "K11111111-2222-3333-4444-555555555555"
SIZE = (100, 36)
TEXT = f"""# mine
[profiles.acme]
api_key = "{KEY}"
base_url = "http://127.0.0.1:1"

[profiles.other]
api_key = "{OTHER}"
base_url = "http://127.0.0.1:1"
colour = "blue"
"""


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The keys with which the provider was asked for the account's numbers."""
    keys: list[str] = []

    def connect(profile: Profile, *_: object) -> Provider:
        assert profile.api_key is not None
        keys.append(profile.api_key.reveal())
        right = profile.api_key.reveal() in (KEY, OTHER)
        answer = httpx.Response(200, json=["902129630131", "908508850000"]) if right else httpx.Response(401, text="no")
        return Provider(profile.base_url, profile.api_key,
                        transport=httpx.MockTransport(lambda _request: on_the_wire(answer)))

    monkeypatch.setattr(bootstrap, "connect", connect)
    return keys


@pytest.fixture
def file(world: World) -> Path:
    path = world.app.config.path
    path.write_text(TEXT, encoding="utf-8")
    path.chmod(0o600)
    session = world.app.session
    session.config = replace(load(path, {}), database=session.config.database)
    session.state_file = path.parent / "state.json"
    world.app.services.profile = session.config.choose("acme")
    return path


def text_of(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def written(file: Path) -> dict[str, dict[str, object]]:
    profiles: dict[str, dict[str, object]] = tomllib.loads(file.read_text(encoding="utf-8")).get("profiles", {})
    return profiles


async def settings(pilot: Pilot[str], world: World) -> None:
    await until(pilot, world, say("screens.campaigns.empty").split("\n")[0])
    await pilot.press("comma")
    await until(pilot, world, say("screens.settings.place_log"))


async def fill(pilot: Pilot[str], world: World, **texts: str) -> None:
    """What is typed into the fields of the dialog that is open."""
    for name, text in texts.items():
        box = world.app.screen.query_one(f"#profile-{name}", Input)
        world.app.screen.set_focus(box)
        box.value = ""
        await pilot.press(*text)
        await pilot.pause()


async def test_a_new_profile_is_written_and_can_be_gone_over_to_at_once(
    world: World, file: Path, asked: list[str],
) -> None:
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await settings(pilot, world)
        await pilot.press("n")
        await until(pilot, world, say("screens.profile.new"))
        await fill(pilot, world, name="new [/x]", api_key="K-123456789", base_url="http://127.0.0.1:1",
                   caller_id="0212 963 01 31", confirm_above="0000000000005")
        assert "K-123456789" not in world.screen_text
        await pilot.click("#yes")
        await until(pilot, world, say("screens.settings.saved", name="new [/x]"))
        await until(pilot, world, "without its comments")
        await pilot.press("escape", "p")
        await until(pilot, world, "new [/x]")
    assert "# mine" in text_of(file.with_name("config.toml.bak"))
    assert written(file)["new [/x]"] == {"api_key": "K-123456789", "base_url": "http://127.0.0.1:1",
                                         "caller_id": "902129630131", "confirm_above": 5}
    assert "K-123456789" in [secret.reveal() for secret in world.app.config.secrets]
    assert asked == []


async def test_what_is_typed_while_a_profile_is_saved_is_too_late(
    world: World, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is shown by the name that it was saved under."""
    saving, goes_on = asyncio.Event(), asyncio.Event()
    save = world.app.session.save_profile

    async def slowly(name: str, changes: Mapping[str, Any]) -> Saved:
        saving.set()
        await goes_on.wait()
        return await save(name, changes)

    monkeypatch.setattr(world.app.session, "save_profile", slowly)
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await settings(pilot, world)
        await pilot.press("n")
        await until(pilot, world, say("screens.profile.new"))
        await fill(pilot, world, name="new", api_key="K-123456789", base_url="http://127.0.0.1:1")
        await pilot.click("#yes")
        await asyncio.wait_for(saving.wait(), 10)
        world.app.screen.set_focus(world.app.screen.query_one("#profile-name"))
        await pilot.press("Y")
        goes_on.set()
        await until(pilot, world, say("screens.settings.saved", name="new"))
    assert "new" in written(file)


async def test_what_is_edited_of_the_profile_in_use_holds_at_once_and_its_key_stays(world: World, file: Path) -> None:
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await settings(pilot, world)
        await pilot.press("enter")
        await until(pilot, world, say("screens.profile.key_kept"))
        assert KEY not in world.screen_text
        for name, keys in (("colour", ("right",)), ("read_only", ("right",))):
            world.app.screen.set_focus(world.app.screen.query_one(f"#profile-{name}"))
            await pilot.press(*keys)
        await pilot.click("#yes")
        await until(pilot, world, say("screens.settings.saved", name="acme"))
        await until(pilot, world, say("widgets.profiles.read_only"))
        assert world.app.services.profile.read_only
        assert world.app.profile_colour == "blue"
    assert written(file)["acme"] == {"api_key": KEY, "base_url": "http://127.0.0.1:1", "colour": "blue",
                                     "read_only": True}


async def test_polite_hours_are_edited_and_taken_back(world: World, file: Path) -> None:
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        for typed, kept, held in (("9:30-19:00", "9:30-19:00", Hours(dt.time(9, 30), dt.time(19))),
                                  ("off", "off", None), ("", None, DEFAULT_POLITE_HOURS)):
            await settings(pilot, world)
            await pilot.press("enter")
            await until(pilot, world, say("screens.profile.key_kept"))
            await fill(pilot, world, polite_hours=typed)
            await pilot.click("#yes")
            await until(pilot, world, say("screens.profile.edit") + " ", gone=True)
            assert written(file)["acme"].get("polite_hours") == kept
            assert world.app.services.profile.polite_hours == held
            await pilot.press("escape")


@pytest.mark.parametrize(("texts", "told"), [
    ({"caller_id": "12"}, "caller_id"), ({"confirm_above": "many"}, "confirm_above"),
    ({"base_url": "http://example.com"}, "http://example.com"), ({"do_not_call": "list.csv"}, "list.csv"),
    ({"polite_hours": "20:00-9:00"}, "20:00-9:00"), ({"test_number": "[/x]"}, "[/x]"), ({"api_key": "a b"}, "api_key"),
])
async def test_what_is_wrong_is_told_in_the_dialog_and_nothing_is_lost(
    world: World, file: Path, texts: dict[str, str], told: str,
) -> None:
    async with world.app.run_test(size=SIZE) as pilot:
        await settings(pilot, world)
        await pilot.press("enter")
        await until(pilot, world, say("screens.profile.edit"))
        await fill(pilot, world, **texts)
        await pilot.click("#yes")
        await until(pilot, world, "✗")
        assert told in world.screen_text.replace("\n", "")
        name, text = next(iter(texts.items()))
        assert world.app.screen.query_one(f"#profile-{name}", Input).value == text
    assert text_of(file) == TEXT


@pytest.mark.long
async def test_a_file_that_cannot_be_written_is_told_and_nothing_is_lost(
    world: World, file: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(13, "no")

    monkeypatch.setattr("tui.config.writing.replace_file", refused)
    async with world.app.run_test(size=SIZE) as pilot:
        await settings(pilot, world)
        await pilot.press("enter")
        await until(pilot, world, say("screens.profile.edit"))
        await fill(pilot, world, test_number="05321234567")
        await pilot.click("#yes")
        await until(pilot, world, say("common.errno.EACCES"))
        assert isinstance(world.app.screen, ProfileDialog)
        assert world.app.screen.query_one("#profile-test_number", Input).value == "05321234567"
    assert text_of(file) == TEXT
    assert world.app.services.profile.test_number is None


async def test_a_name_that_is_there_already_keeps_its_key(world: World, file: Path) -> None:
    async with world.app.run_test(size=SIZE) as pilot:
        await settings(pilot, world)
        await pilot.press("n")
        await until(pilot, world, say("screens.profile.new"))
        await fill(pilot, world, name="other", api_key="K-123456789")
        await pilot.click("#yes")
        await until(pilot, world, "✗")
    assert text_of(file) == TEXT


@pytest.mark.long
async def test_a_key_is_checked_with_the_provider_and_what_came_of_it_is_said(
    world: World, file: Path, asked: list[str],
) -> None:
    async with world.app.run_test(size=SIZE) as pilot:
        await settings(pilot, world)
        await pilot.press("enter")
        await until(pilot, world, say("screens.profile.edit"))
        await pilot.click("#check")
        await until(pilot, world, "0212 963 01")
        assert "✓" in world.screen_text
        await fill(pilot, world, api_key="wrong-key-1")
        await pilot.click("#check")
        await until(pilot, world, "refused the API key")
        assert "wrong-key-1" not in world.screen_text
    assert asked == [KEY, "wrong-key-1"]
    assert text_of(file) == TEXT


async def test_a_caller_id_is_picked_from_the_account_of_the_key(world: World, file: Path, asked: list[str]) -> None:
    async with world.app.run_test(size=SIZE) as pilot:
        await settings(pilot, world)
        await pilot.press("down", "enter")
        await until(pilot, world, say("screens.profile.edit"))
        await pilot.press("f4")
        await until(pilot, world, "0850 885 00 00")
        await pilot.press("down", "enter")
        await until(pilot, world, say("screens.profile.check"))
        assert world.app.screen.query_one("#profile-caller_id", Input).value == "0850 885 00 00"
        await pilot.click("#yes")
        await until(pilot, world, say("screens.settings.title"))
        await until(pilot, world, say("screens.profile.check"), gone=True)
    assert asked == [OTHER]
    assert written(file)["other"]["caller_id"] == "908508850000"


async def test_without_a_key_there_is_nothing_to_check(world: World, file: Path, asked: list[str]) -> None:
    async with world.app.run_test(size=SIZE) as pilot:
        await settings(pilot, world)
        await pilot.press("n")
        await until(pilot, world, say("screens.profile.new"))
        await pilot.click("#check")
        await until(pilot, world, say("screens.profile.no_key"))
    assert asked == []


async def test_a_profile_is_removed_after_a_question_and_its_campaigns_stay(world: World, file: Path) -> None:
    kept = world.store.drafts.create("other", {"name": "kept", "call_type": "ivr"})
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await settings(pilot, world)
        await pilot.press("d")
        await until(pilot, world, say("screens.settings.in_use", name="acme")[:40])
        await pilot.press("down", "d")
        await until(pilot, world, say("screens.settings.remove"))
        await pilot.press("enter")
        await until(pilot, world, say("screens.settings.remove"), gone=True)
        assert set(written(file)) == {"acme", "other"}
        await pilot.press("d")
        await until(pilot, world, say("screens.settings.remove"))
        await pilot.press("tab", "enter")
        await until(pilot, world, say("screens.settings.removed", name="other"))
    assert set(written(file)) == {"acme"}
    assert list(world.app.config.profiles) == ["acme"]
    assert world.store.campaigns.get(kept).profile == "other"


async def test_what_stands_above_the_file_is_told(world: World, file: Path) -> None:
    session = world.app.session
    environ = {"SANTRAL_API_KEY": OTHER, "SANTRAL_PROFILE": "acme"}
    session.config = replace(load(file, environ), database=session.config.database)
    session.environ = environ
    world.app.services.profile = session.config.choose()
    async with world.app.run_test(size=SIZE) as pilot:
        await settings(pilot, world)
        assert say("screens.settings.environment_key") in world.screen_text
        assert say("screens.settings.environment_profile", name="acme") in world.screen_text
        assert OTHER not in world.screen_text


async def test_files_and_folders_can_be_copied(world: World, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[str | None] = []
    monkeypatch.setattr(SettingsScreen, "copy_to_clipboard", lambda _self, text, **_more: taken.append(text))
    async with world.app.run_test(size=SIZE) as pilot:
        await settings(pilot, world)
        await pilot.press("y", "tab", "y", "down", "down", "enter")
        await pilot.pause()
    assert taken == ["acme", str(file), world.app.config.database.url]


async def test_language_and_theme_are_chosen_here(world: World, file: Path) -> None:
    async with world.app.run_test(size=SIZE) as pilot:
        await settings(pilot, world)
        await pilot.press("shift+tab", "left")
        await until(pilot, world, "Ayarlar")
        await pilot.press("t")
        await until(pilot, world, "yüksek karşıtlık, koyu")
        await pilot.press("end", "enter")
        await until(pilot, world, "santral-light  açık")
        await world.app.workers.wait_for_complete()
    assert (world.app.session.state.language, world.app.session.state.theme) == ("tr", "santral-light")


async def test_the_palette_leads_here_but_not_at_the_first_run(world: World, file: Path) -> None:
    async with world.app.run_test(size=SIZE) as pilot:
        await until(pilot, world, say("screens.campaigns.empty").split("\n")[0])
        await pilot.press("ctrl+p", *"settings")
        await until(pilot, world, say("key.app.settings"))
        await pilot.press("enter")
        await until(pilot, world, say("screens.settings.place_log"))
        await pilot.press("escape")
        services, world.app.session.services = world.app.session.services, None
        await world.app.run_action("settings")
        assert not isinstance(world.app.screen, SettingsScreen)
        world.app.session.services = services


@pytest.mark.parametrize("busy", ["trial_calls"])
async def test_while_a_launch_is_under_way_nothing_is_saved(world: World, file: Path, busy: str) -> None:
    async with world.app.run_test(size=SIZE) as pilot:
        await settings(pilot, world)
        await pilot.press("enter")
        await until(pilot, world, say("screens.profile.edit"))
        setattr(world.app, busy, 1)
        await pilot.click("#yes")
        await until(pilot, world, say("screens.profile.wait"))
        setattr(world.app, busy, 0)
    assert text_of(file) == TEXT


async def test_a_changed_colour_leaves_the_way_to_the_provider_as_it_is(world: World, file: Path) -> None:
    provider: Callable[[], Provider] = lambda: world.app.services.provider  # noqa: E731 - asked twice
    before = provider()
    await world.app.session.save_profile("acme", {"colour": "red"})
    assert provider() is before
    await world.app.session.save_profile("acme", {"api_key": Secret(OTHER)})
    assert provider() is not before
