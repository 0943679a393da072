"""Saving recordings: how a file is called, what of it is left where something fails, and what is waited for."""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from tests.provider.doubles import Answering, Rig
from tests.store.results import NOON, calling, ingest, phone, told
from tests.store.support import open_store
from tui.campaign.lifecycle import AskedBy
from tui.campaign.results import Attempt
from tui.config import Profile
from tui.core.secret import Secret
from tui.operations import player, recording_file
from tui.operations.player import NotPlayed, Player, opener
from tui.operations.recording import RecordedCall, SavedRecording, save_recording, why_no_recording
from tui.operations.recording_file import ending_of
from tui.operations.services import NotPossible, Services
from tui.provider.client import Provider
from tui.provider.errors import AnswerLost, KeyRefused, LimitReached, RequestRefused
from tui.store import StoreThread

WAV = b"RIFF\x24\x08\x00\x00WAVEfmt " + b"\x00\x01" * 500
WHERE = "https://files.example.com/geheim-73"
STEM = "sesli-musteri-anketi-2-905320000001-2026-09-12-120500"
FIELDS = {"call_type": "ivr", "name": "Şesli müşteri/anketi (2)", "recording_enabled": "true"}


def address() -> httpx.Response:
    return httpx.Response(200, text=WHERE)


def file(data: bytes = WAV, media_type: str = "audio/x-wav") -> httpx.Response:
    return httpx.Response(200, stream=httpx.ByteStream(data), headers={
        "Content-Type": media_type, "Content-Length": str(len(data))})


@dataclass
class Desk:
    """A campaign that records, one answered call of it, and a provider that answers by a script."""

    folder: Path
    services: Services
    campaign: int
    rigs: list[Rig] = field(default_factory=list)
    waited: list[float] = field(default_factory=list)

    def answers(self, *script: Answering) -> None:
        self.rigs.append(Rig(*script))

    @property
    def sent(self) -> list[str]:
        return [request for rig in self.rigs for request in rig.transport.sent]

    def recorded(self, **changes: object) -> RecordedCall:
        store = self.services.store
        (call,) = store.results.attempts(self.campaign, 1)
        fields = {name: getattr(call, name) for name in ("id", "at", "status", "digit", "call_uuid")} | changes
        return RecordedCall(store.campaigns.get(self.campaign), phone(1), Attempt(**fields))

    async def save(self, recorded: RecordedCall | None = None, **options: bool) -> SavedRecording:
        async def sleep(seconds: float) -> None:
            pass

        return await save_recording(self.services, recorded or self.recorded(), self.folder, sleep=sleep,
                                    on_wait=self.waited.append, **options)

    @property
    def files(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in self.folder.iterdir()}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    now = [NOON]
    store = open_store(tmp_path / "santral.db", lambda: now[0])
    campaign = calling(store, fields=FIELDS)
    ingest(store, told(1, "Cevaplandı", "1", minute=5, call_uuid="uuid-1"))
    now[0] = NOON.replace(hour=20)
    folder = tmp_path / "recordings"
    folder.mkdir()

    def connect(profile: Profile) -> Provider:
        return made.rigs[-1].provider

    services = Services(store, StoreThread(), Profile("acme", Secret("K1-secret"), base_url="http://127.0.0.1:1"),
                        connect, AskedBy.APP, now=lambda: now[0])
    made = Desk(folder, services, campaign)
    yield made
    services.finish()


async def test_it_is_named_by_campaign_number_and_time_and_is_its_owners_alone(desk: Desk) -> None:
    desk.answers(address(), file())
    saved = await desk.save()
    assert saved == SavedRecording(desk.folder / f"{STEM}.wav", len(WAV))
    assert desk.files == {f"{STEM}.wav": WAV}
    assert stat.S_IMODE(saved.path.stat().st_mode) == 0o600
    assert desk.sent == ["POST https://provider.example.com/recording_url/", f"GET {WHERE}"]


async def test_what_lies_there_is_left_and_nothing_is_asked_for(desk: Desk) -> None:
    desk.answers()
    (desk.folder / f"{STEM}.mp3").write_bytes(b"mine")
    saved = await desk.save()
    assert saved == SavedRecording(desk.folder / f"{STEM}.mp3", 4, before=True)
    assert (desk.files, desk.sent) == ({f"{STEM}.mp3": b"mine"}, [])


async def test_one_that_may_be_replaced_is(desk: Desk) -> None:
    desk.answers(address(), file())
    (desk.folder / f"{STEM}.wav").write_bytes(b"old")
    await desk.save(replace=True)
    assert desk.files == {f"{STEM}.wav": WAV}


async def test_one_that_comes_to_lie_there_meanwhile_is_not_replaced(desk: Desk) -> None:
    def meanwhile(_: httpx.Request) -> httpx.Response:
        (desk.folder / f"{STEM}.wav").write_bytes(b"another's")
        return file()

    desk.answers(address(), meanwhile)
    with pytest.raises(NotPossible) as caught:
        await desk.save()
    assert caught.value.reason.code == "operations.recording.there"
    assert desk.files == {f"{STEM}.wav": b"another's"}


async def test_a_file_system_without_second_names_replaces_nothing_either(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*_: object, **__: object) -> None:
        raise PermissionError(1, "no links here")

    monkeypatch.setattr(os, "link", none)
    desk.answers(address(), file())
    await desk.save()
    assert desk.files == {f"{STEM}.wav": WAV}


@pytest.mark.parametrize(("body", "media_type"), [
    (b"<!DOCTYPE html><html><title>Bak\xc4\xb1m</title>" + b"x" * 300, "text/html"),
    (b"<html>", "audio/x-wav"), (b'{"error": "expired"}', "application/json"), (b"expired", "audio/mpeg"),
    ("süresi doldu, ".encode() * 30, "audio/mpeg"), (b"", "audio/x-wav"), (b"%PDF-1.4\x00\x01", "application/pdf"),
    (b"\x1f\x8b\x08\x00" + bytes(80), "application/octet-stream"),
])
async def test_what_is_no_sound_is_no_recording(desk: Desk, body: bytes, media_type: str) -> None:
    desk.answers(address(), file(body, media_type))
    with pytest.raises(NotPossible) as caught:
        await desk.save()
    assert caught.value.reason.code == "operations.recording.no_sound"
    assert desk.files == {}


async def test_a_cut_download_leaves_nothing(desk: Desk) -> None:
    seen: list[list[str]] = []

    class Broken(httpx.AsyncByteStream):
        async def __aiter__(self):  # type: ignore[no-untyped-def] # noqa: ANN204 - as httpx has it
            yield WAV[:200]
            seen.append([path.name for path in desk.folder.iterdir()])
            raise httpx.ReadError("cut")

    desk.answers(address(), httpx.Response(200, stream=Broken(), headers={"Content-Length": str(len(WAV))}))
    with pytest.raises(AnswerLost):
        await desk.save()
    ((name,),) = seen
    assert name.endswith(".part")
    assert desk.files == {}


async def test_a_cancelled_download_leaves_nothing(desk: Desk) -> None:
    written = asyncio.Event()

    class Slow(httpx.AsyncByteStream):
        async def __aiter__(self):  # type: ignore[no-untyped-def] # noqa: ANN204 - as httpx has it
            yield WAV[:200]
            written.set()
            await asyncio.Event().wait()

    desk.answers(address(), httpx.Response(200, stream=Slow(), headers={"Content-Length": str(len(WAV))}))
    task = asyncio.create_task(desk.save())
    await written.wait()
    assert desk.files
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert desk.files == {}


async def test_a_full_disk_is_said_and_leaves_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int, data: bytes) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr(recording_file, "_write_all", full)
    desk.answers(address(), file())
    with pytest.raises(NotPossible) as caught:
        await desk.save()
    assert caught.value.reason.code == "operations.export.full"
    assert desk.files == {}


async def test_a_folder_that_is_not_there_is_said_before_anything_is_asked(desk: Desk) -> None:
    desk.answers()
    desk.folder.rmdir()
    with pytest.raises(NotPossible) as caught:
        await desk.save()
    assert caught.value.reason.code == "operations.export.no_folder"
    assert desk.sent == []


@pytest.mark.parametrize(("minutes", "words", "code"), [
    (300, "cannot find call", "none"), (300, "", "none.silent"),
    (2, "cannot find recording", "not_yet"), (2, "", "not_yet.silent")])
async def test_that_the_provider_has_none_may_be_as_it_is_early(
    desk: Desk, minutes: int, words: str, code: str
) -> None:
    desk.answers(httpx.Response(400, text=words))
    recorded = desk.recorded(at=desk.services.now() - dt.timedelta(minutes=minutes))
    with pytest.raises(NotPossible) as caught:
        await desk.save(recorded)
    assert caught.value.reason.code == f"operations.recording.{code}"
    assert desk.files == {}


@pytest.mark.parametrize(("answer", "kind"), [
    (httpx.Response(401, text="Gecersiz anahtar"), KeyRefused), (httpx.Response(403), KeyRefused)])
async def test_other_refusals_are_the_providers_own(desk: Desk, answer: httpx.Response,
                                                   kind: type[Exception]) -> None:
    desk.answers(answer)
    with pytest.raises(kind):
        await desk.save()


async def test_an_address_that_has_expired_is_said(desk: Desk) -> None:
    desk.answers(address(), httpx.Response(403))
    with pytest.raises(RequestRefused) as caught:
        await desk.save()
    assert caught.value.reason.code == "provider.recording.over"
    assert desk.files == {}


async def test_beyond_the_limit_it_waits_a_minute_and_asks_again(desk: Desk) -> None:
    limits = [httpx.Response(429) for _ in range(3)]
    desk.answers(*limits, address(), file())
    await desk.save()
    assert desk.waited == [60]
    assert desk.files == {f"{STEM}.wav": WAV}


async def test_a_limit_that_does_not_end_ends_the_tries(desk: Desk) -> None:
    desk.answers(*(httpx.Response(429) for _ in range(15)))
    with pytest.raises(LimitReached):
        await desk.save()
    assert desk.waited == [60] * 4
    assert desk.files == {}


@pytest.mark.parametrize(("changes", "fields", "code"), [
    ({"call_uuid": ""}, {}, "no_uuid"), ({"call_uuid": "../1"}, {}, "no_uuid"),
    ({"status": "Meşgul"}, {}, "unanswered"),
    ({}, {"recording_enabled": ""}, "off"),
])
async def test_a_call_without_a_recording_is_not_asked_for(
    desk: Desk, changes: dict[str, str], fields: dict[str, str], code: str
) -> None:
    desk.answers()
    if fields:
        desk.campaign = calling(desk.services.store, token="again", provider_id=7,
                                fields={name: text for name, text in (FIELDS | fields).items() if text})
        ingest(desk.services.store, told(1, "Cevaplandı", minute=5, campaign_id=7, call_uuid="u2"), token="again")
    recorded = desk.recorded(**changes)
    reason = why_no_recording(recorded)
    assert reason is not None
    assert reason.code == f"operations.recording.{code}"
    with pytest.raises(NotPossible):
        await desk.save(recorded)
    assert desk.sent == []


async def test_another_profiles_call_is_not_asked_for_with_this_key(desk: Desk) -> None:
    desk.answers()
    desk.services.profile = Profile("other", Secret("K2"), base_url="http://127.0.0.1:1")
    with pytest.raises(NotPossible) as caught:
        await desk.save()
    assert caught.value.reason.code == "operations.refused.other_profile"


@pytest.mark.parametrize(("head", "media_type", "ending"), [
    (WAV, "text/plain", "wav"), (b"ID3\x04\x00", "", "mp3"), (b"\xff\xfb\x90", "application/octet-stream", "mp3"),
    (b"OggS\x00", "", "ogg"), (b"\xd5" * 40, "audio/x-gsm", "gsm"), (b"\x80\xff" * 20, "audio/x-alaw", "alaw"),
    (b"\x80\xff" * 20, "application/octet-stream", None), (b"\x80\xff" * 20, "audio/../../x", None),
])
def test_the_ending_is_that_of_the_sound(head: bytes, media_type: str, ending: str | None) -> None:
    assert ending_of(head, media_type) == ending


# playing

@pytest.fixture
def desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A desktop whose opener writes down what it is given."""
    if sys.platform == "win32":
        pytest.skip("there is no opener")
    heard = tmp_path / "heard"
    name = "open" if sys.platform == "darwin" else "xdg-open"
    tool = tmp_path / "bin" / name
    tool.parent.mkdir()
    tool.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > {heard}.new\nenv >> {heard}.new\nmv {heard}.new {heard}\n')
    tool.chmod(0o700)
    for variable in ("SSH_CONNECTION", "SSH_TTY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("DISPLAY", ":7")
    monkeypatch.setenv("PATH", f"{tool.parent}:/usr/bin:/bin")
    return heard


async def test_the_player_gets_a_file_and_no_key(desk: Desk, desktop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SANTRAL_API_KEY", "K12345678-1234-5678-4321-123456789012")
    desk.answers(address(), file())
    played = desk.services.player
    desk.folder = played.folder
    saved = await desk.save()
    await played.play(saved.path)
    first, *environment = (await asyncio.to_thread(desktop.read_text)).splitlines()
    assert first == str(saved.path)
    assert stat.S_IMODE(saved.path.parent.stat().st_mode) == 0o700
    assert "geheim" not in "\n".join(environment)
    assert "SANTRAL" not in "\n".join(environment)
    played.close()
    assert not saved.path.exists()


async def test_an_opener_that_fails_is_said(tmp_path: Path, desktop: Path) -> None:
    (tmp_path / "bin" / ("open" if sys.platform == "darwin" else "xdg-open")).write_text("#!/bin/sh\nexit 3\n")
    with pytest.raises(NotPlayed) as caught:
        await Player().play(tmp_path / "a.wav")
    assert caught.value.reason.code == "operations.player.failed"


async def test_an_opener_that_stays_with_its_player_is_not_waited_for(
    tmp_path: Path, desktop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(player, "_PATIENCE", 0.01)
    (tmp_path / "bin" / ("open" if sys.platform == "darwin" else "xdg-open")).write_text("#!/bin/sh\nexec sleep 1\n")
    await Player().play(tmp_path / "a.wav")


@pytest.mark.parametrize(("environ", "platform", "code"), [
    ({"DISPLAY": ":0", "SSH_CONNECTION": "10.0.0.1 1 10.0.0.2 22"}, "linux", "ssh"),
    ({"SSH_TTY": "/dev/pts/1"}, "darwin", "ssh"), ({}, "linux", "no_desktop"), ({"DISPLAY": ""}, "linux", "no_desktop"),
    ({"WAYLAND_DISPLAY": "wayland-0", "PATH": "/nowhere"}, "linux", "no_opener"),
    ({"PATH": "/nowhere"}, "darwin", "no_opener"),
])
def test_where_nothing_can_be_played_that_is_said(environ: dict[str, str], platform: str, code: str) -> None:
    with pytest.raises(NotPlayed) as caught:
        opener(environ, platform)
    assert caught.value.reason.code == f"operations.player.{code}"


async def test_where_the_system_itself_opens_files_it_is_asked_to(tmp_path: Path,
                                                                 monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows."""
    opened: list[Path] = []
    assert opener({}, "win32") == ()
    monkeypatch.setattr(player, "opener", lambda *_where: ())
    monkeypatch.setattr(os, "startfile", opened.append, raising=False)
    await Player().play(tmp_path / "a.wav")
    assert opened == [tmp_path / "a.wav"]

    def nothing_for_it(_path: Path) -> None:
        raise OSError(1155, "No application is associated")

    monkeypatch.setattr(os, "startfile", nothing_for_it)
    with pytest.raises(NotPlayed) as caught:
        await Player().play(tmp_path / "a.wav")
    assert caught.value.reason.code == "operations.player.failed"


async def test_an_opener_that_can_not_be_started_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "xdg-open").write_bytes(b"no program")
    monkeypatch.setattr(player, "opener", lambda *_where: (str(tmp_path / "xdg-open"),))
    with pytest.raises(NotPlayed) as caught:
        await Player().play(tmp_path / "a.wav")
    assert caught.value.reason.code == "operations.player.failed"
