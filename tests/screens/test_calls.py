"""The calls of a number: who answered, recordings saved and played, and every way in which that may fail."""

from __future__ import annotations

import asyncio
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from textual.pilot import Pilot

from tests.screens.conftest import NOW, READY, World
from tests.screens.waiting import at_rest, until
from tui.campaign.results import Notification
from tui.i18n.words import say
from tui.screens.calls import CallsScreen
from tui.screens.never_call import NeverCallDialog
from tui.screens.person import PersonScreen
from tui.screens.person_note import NoteDialog
from tui.screens.results import ResultsScreen
from tui.screens.save_recording import SaveRecordingDialog
from tui.store import Delivery
from tui.widgets.editors import LineEditor

SIZES = [(80, 24), (120, 36), (200, 50)]
PHONE = "905321234567"
NUMBER = "0532 123 45 67"
UUID = "aacdb242-364b-11e7-8bed-c9aec7093786"
WAV = b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(400)
WHERE = "https://files.example.com/geheim-73"
NAME = "memnuniyet-anketi-905321234567-2026-11-25-120000.wav"
FLOW = {"cdr": {"call_uuid": UUID, "queue": "201", "queue_wait_seconds": "12", "recording_present": "true",
                "sip_hangup_disposition": "callee"},
        "call_flow": [{"destination_number": PHONE, "answer_stamp": "2026-11-25 11:59:00 +0300"},
                      {"destination_number": "1001", "destination_name": "Ayşe [b]",
                       "answer_stamp": "2026-11-25 11:59:20 +0300"}]}


def called(world: World, *, records: bool = True, uuid: str = UUID, status: str = "Cevaplandı") -> int:
    """A number that was busy, then answered."""
    world.has_account()
    made = world.launched(values=READY | ({"recording_enabled": "true"} if records else {}))
    world.heard(made, (PHONE, "Meşgul", ""))
    note = Notification("u", 20212, "", "1", PHONE, "1" if status == "Cevaplandı" else "", status, NOW, call_uuid=uuid)
    world.store.deliveries.ingest([Delivery(f"t{made}", NOW, note)])
    return made


@pytest.fixture
def desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A desktop whose opener writes down what it is given."""
    if sys.platform in ("win32", "darwin"):
        pytest.skip("another opener")
    heard = tmp_path / "heard"
    tool = tmp_path / "bin" / "xdg-open"
    tool.parent.mkdir()
    tool.write_text(f'#!/bin/sh\nprintf "%s" "$*" > {heard}.new\nmv {heard}.new {heard}\n')
    tool.chmod(0o700)
    for variable in ("SSH_CONNECTION", "SSH_TTY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("DISPLAY", ":7")
    monkeypatch.setenv("PATH", f"{tool.parent}:/usr/bin:/bin")
    return heard


async def opened(pilot: Pilot[str], world: World) -> None:
    await until(pilot, world, "Memnuniyet anketi")
    await pilot.press("r")
    await until(pilot, world, NUMBER)
    await pilot.press("enter")
    await until(pilot, world, say("screens.calls.title", phone=NUMBER))


def answers_with_a_recording(world: World) -> None:
    world.answers += [httpx.Response(200, text=WHERE),
                      httpx.Response(200, content=WAV, headers={"Content-Type": "audio/wav"})]


def sent(world: World) -> list[str]:
    return [f"{request.method} {request.url.path}" for request in world.requests]


@pytest.mark.parametrize("language", ["tr", "en"], indirect=True)
@pytest.mark.parametrize("size", SIZES)
async def test_they_are_shown_the_newest_first_and_esc_leads_back(world: World, size: tuple[int, int]) -> None:
    called(world)
    async with world.app.run_test(size=size) as pilot:
        await opened(pilot, world)
        shown = world.screen_text
        assert shown.index("Cevaplandı") < shown.index("Meşgul")
        assert say("screens.calls.recorded")[:14] in shown
        assert "●" in shown
        await pilot.press("G")
        await until(pilot, world, say("operations.recording.no_uuid")[:30])
        await pilot.press("escape")
        await pilot.pause()
        assert type(world.app.screen) is ResultsScreen


async def test_without_any_call_nothing_can_be_asked_and_esc_leads_back(world: World) -> None:
    async with world.app.run_test(size=SIZES[0], notifications=True) as pilot:
        await world.app.push_screen(CallsScreen(NUMBER, NUMBER, []))
        await pilot.press("enter")
        await until(pilot, world, say("screens.calls.none"))
        await pilot.press("escape")
        await pilot.pause()
        assert type(world.app.screen) is not CallsScreen


@pytest.mark.parametrize("size", SIZES)
async def test_who_answered_is_asked_for_one_call_kept_and_shown(world: World, size: tuple[int, int]) -> None:
    called(world)
    world.lookups[f"/cdrs/{UUID}"] = httpx.Response(200, json=FLOW)
    async with world.app.run_test(size=size) as pilot:
        await opened(pilot, world)
        await pilot.press("enter")
        await until(pilot, world, "extension 1001 Ayşe [b]")
        assert "waited 12 s in queue 201" in " ".join(world.screen_text.split())
        assert "the person called hung up" in " ".join(world.screen_text.split())
        assert world.looked.count(f"/cdrs/{UUID}") == 1
        await pilot.press("escape", "enter")
        await until(pilot, world, "extension 1001 Ayşe [b]")
        assert world.looked.count(f"/cdrs/{UUID}") == 1


@pytest.mark.parametrize(("answer", "said"), [
    (httpx.Response(404, text=f"cannot find call with call_uuid {UUID}"), "The provider doesn't know this call"),
    (httpx.Response(401, text="Gecersiz anahtar"), "refused the API key"),
    (httpx.Response(200, text="<html>Bakım</html>"), "cannot be read"),
    (httpx.Response(200, json={"cdr": 3}), "is not as documented"),
])
async def test_that_it_is_not_known_is_a_sentence(world: World, answer: httpx.Response, said: str) -> None:
    called(world)
    world.lookups[f"/cdrs/{UUID}"] = answer
    async with world.app.run_test(size=(120, 36)) as pilot:
        await opened(pilot, world)
        await pilot.press("w")
        await until(pilot, world, said)
        assert world.store.call_details.among("acme", [UUID]) == {}


async def test_a_recording_is_saved_to_a_folder_that_is_proposed_again(world: World, tmp_path: Path) -> None:
    called(world)
    answers_with_a_recording(world)
    folder = tmp_path / "kayitlar"
    folder.mkdir()
    async with world.app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, world)
        await pilot.press("s")
        await until(pilot, world, say("screens.calls.save_title"))
        world.app.screen.query_one(LineEditor).value = str(folder)
        await pilot.press("enter")
        await until(pilot, world, say("screens.calls.saved", path="")[:6])
        assert [path.name for path in folder.iterdir()] == [NAME]
        saved = folder / NAME
        assert saved.read_bytes() == WAV
        assert stat.S_IMODE(saved.stat().st_mode) == 0o600
        assert sent(world) == ["POST /recording_url/", "GET /geheim-73"]
        assert "geheim" not in world.screen_text
        await pilot.press("s")
        await until(pilot, world, say("screens.calls.save_title"))
        assert world.app.screen.query_one(LineEditor).value == str(folder)


async def test_what_lies_there_is_replaced_only_when_confirmed_once_more(world: World, tmp_path: Path) -> None:
    called(world)
    answers_with_a_recording(world)
    (tmp_path / NAME).write_bytes(b"mine")
    async with world.app.run_test(size=(120, 36)) as pilot:
        await opened(pilot, world)
        await pilot.press("s")
        await until(pilot, world, say("screens.calls.save_title"))
        world.app.screen.query_one(LineEditor).value = str(tmp_path)
        await pilot.press("enter")
        await until(pilot, world, "Confirm once more to")
        assert ((tmp_path / NAME).read_bytes(), sent(world)) == (b"mine", [])
        await pilot.press("enter")
        await until(pilot, world, "Saved: ")
        assert (tmp_path / NAME).read_bytes() == WAV


async def test_a_folder_that_is_not_there_is_said_and_costs_nothing(world: World, tmp_path: Path) -> None:
    called(world)
    async with world.app.run_test(size=(120, 36)) as pilot:
        await opened(pilot, world)
        await pilot.press("s")
        await until(pilot, world, say("screens.calls.save_title"))
        world.app.screen.query_one(LineEditor).value = str(tmp_path / "absent")
        await pilot.press("enter")
        await until(pilot, world, "is no folder")
        assert type(world.app.screen) is SaveRecordingDialog
        assert world.app.screen.query_one(LineEditor).value == str(tmp_path / "absent")
        await pilot.press("escape")
        assert sent(world) == []


@pytest.mark.parametrize(("answers", "said"), [
    ([httpx.Response(400, text="cannot find call")], "has no recording of this call yet"),
    ([httpx.Response(200, text="http://files.example.com/r")], "it must be https"),
    ([httpx.Response(200, text=WHERE), httpx.Response(403)], "it may have expired"),
    ([httpx.Response(200, text=WHERE), httpx.Response(200, text="<html>Bakım</html>")], "is not audio"),
    ([httpx.Response(200, text=WHERE), httpx.ReadError("cut")], "The connection broke before"),
    ([httpx.Response(403)], "does not allow this"),
])
async def test_what_fails_is_one_sentence_and_leaves_no_file(
    world: World, tmp_path: Path, answers: list[httpx.Response | Exception], said: str
) -> None:
    called(world)
    world.answers += answers
    folder = tmp_path / "kayitlar"
    folder.mkdir()
    async with world.app.run_test(size=(120, 36)) as pilot:
        await opened(pilot, world)
        await pilot.press("s")
        await until(pilot, world, say("screens.calls.save_title"))
        world.app.screen.query_one(LineEditor).value = str(folder)
        await pilot.press("enter")
        await until(pilot, world, said)
        assert list(folder.iterdir()) == []
        assert "files.example.com" not in world.screen_text


async def test_it_is_played_by_the_desktop_from_a_file(world: World, desktop: Path) -> None:
    called(world)
    answers_with_a_recording(world)
    async with world.app.run_test(size=(120, 36)) as pilot:
        await opened(pilot, world)
        await pilot.press("p")
        await until(pilot, world, say("screens.calls.playing"))
        await world.app.workers.wait_for_complete()
        given = Path(await asyncio.to_thread(desktop.read_text))
        assert (given.name, await asyncio.to_thread(given.read_bytes)) == (NAME, WAV)
        await pilot.press("p")
        await at_rest(pilot, world)
        assert len(sent(world)) == 2


@pytest.mark.parametrize(("variables", "said"), [
    ({"SSH_CONNECTION": "10.0.0.1 5 10.0.0.2 22", "DISPLAY": ":0"}, "Over SSH"), ({"DISPLAY": ""}, "no desktop"),
    ({"DISPLAY": ":0", "PATH": "/nowhere"}, "not installed")])
async def test_without_a_desktop_nothing_is_fetched(
    world: World, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], said: str
) -> None:
    called(world)
    for name in ("SSH_CONNECTION", "SSH_TTY", "WAYLAND_DISPLAY", "DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    async with world.app.run_test(size=(120, 36), notifications=True) as pilot:
        await opened(pilot, world)
        await pilot.press("p")
        await until(pilot, world, said)
        assert sent(world) == []


@pytest.mark.parametrize(("ready", "said"), [
    (lambda world: called(world, records=False), "wasn't launched with recording on"),
    (lambda world: called(world, uuid=""), "gave no call UUID"),
    (lambda world: called(world, uuid="../etc"), "gave no call UUID"),
    (lambda world: called(world, status="Meşgul"), "wasn't answered"),
])
async def test_a_call_without_a_recording_says_why(world: World, ready: Callable[[World], int], said: str) -> None:
    ready(world)
    async with world.app.run_test(size=(120, 36), notifications=True) as pilot:
        await opened(pilot, world)
        for key in ("s", "p"):
            await pilot.press(key)
            await until(pilot, world, said)
        assert (type(world.app.screen), sent(world)) == (CallsScreen, [])


async def test_what_the_provider_says_of_a_recording_counts_more(world: World) -> None:
    called(world, records=False)
    world.lookups[f"/cdrs/{UUID}"] = httpx.Response(200, json=FLOW)
    async with world.app.run_test(size=(120, 36)) as pilot:
        await opened(pilot, world)
        assert "●" not in world.screen_text.partition("\n")[2].partition("Meşgul")[0]
        await pilot.press("enter")
        await until(pilot, world, "There is a recording")


async def test_esc_gives_up_what_is_under_way(world: World, tmp_path: Path) -> None:
    called(world)
    begun = asyncio.Event()

    class Slow(httpx.AsyncByteStream):
        async def __aiter__(self):  # type: ignore[no-untyped-def] # noqa: ANN204 - as httpx has it
            yield WAV[:100]
            begun.set()
            await asyncio.Event().wait()

    world.answers += [httpx.Response(200, text=WHERE),
                      httpx.Response(200, stream=Slow(), headers={"Content-Length": str(len(WAV))})]
    folder = tmp_path / "kayitlar"
    folder.mkdir()
    async with world.app.run_test(size=(120, 36), notifications=True) as pilot:
        await opened(pilot, world)
        await pilot.press("s")
        await until(pilot, world, say("screens.calls.save_title"))
        world.app.screen.query_one(LineEditor).value = str(folder)
        await pilot.press("enter")
        await asyncio.wait_for(begun.wait(), 10)
        for key in ("enter", "s", "p"):
            await pilot.press(key)
            await until(pilot, world, "The previous request is still")
            world.app.clear_notifications()
        await pilot.press("escape")
        await at_rest(pilot, world)
        assert type(world.app.screen) is ResultsScreen
    assert list(folder.iterdir()) == []


async def test_from_there_the_number_is_never_called_again(world: World) -> None:
    called(world)
    async with world.app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, world)
        await pilot.press("b")
        await pilot.pause()
        assert type(world.app.screen) is NeverCallDialog
        await pilot.press("enter", "enter")
        await at_rest(pilot, world)
        assert world.store.do_not_call.among("acme", [PHONE]) == {PHONE}


@pytest.mark.parametrize("size", SIZES)
async def test_from_a_numbers_page_and_what_is_learnt_there_is_shown_on_it(
    world: World, size: tuple[int, int]
) -> None:
    called(world)
    world.lookups[f"/cdrs/{UUID}"] = httpx.Response(200, json=FLOW)
    async with world.app.run_test(size=size) as pilot:
        await until(pilot, world, "Memnuniyet anketi")
        await pilot.press("number_sign", *"05321234567", "enter")
        await until(pilot, world, f"› {NUMBER}")
        assert "● recording" in " ".join(world.screen_text.split())
        await pilot.press("c", "enter")
        await until(pilot, world, "extension 1001")
        await pilot.press("number_sign")
        await until(pilot, world, f"› {NUMBER}")
        await until(pilot, world, "extension 1001 Ayşe")
        assert type(world.app.screen) is PersonScreen


async def test_a_note_is_written_changed_and_taken_away(world: World) -> None:
    called(world)
    world.app.services.user_name = lambda: "ayşe"
    async with world.app.run_test(size=(120, 36)) as pilot:
        await until(pilot, world, "Memnuniyet anketi")
        await pilot.press("number_sign", *"05321234567", "enter")
        await until(pilot, world, f"› {NUMBER}")
        await pilot.press("n")
        await pilot.pause()
        assert type(world.app.screen) is NoteDialog
        world.app.screen.query_one(LineEditor).value = "Akşam [b]arayın[/b]"
        await pilot.press("enter")
        await until(pilot, world, "ayşe: Akşam [b]arayın[/b]")
        await pilot.press("n")
        await until(pilot, world, say("screens.note.hint")[:4], gone=True)
        assert world.app.screen.query_one(LineEditor).value == "Akşam [b]arayın[/b]"
        world.app.screen.query_one(LineEditor).value = "x" * 1_001
        await pilot.press("enter")
        await until(pilot, world, "at most 1,000")
        world.app.screen.query_one(LineEditor).value = " "
        await pilot.press("enter")
        await until(pilot, world, say("text.person.notes"), gone=True)
        assert world.store.person_notes.of("acme", PHONE) is None
