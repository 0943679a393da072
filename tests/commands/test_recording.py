"""`santral recording`: recordings of one call or of a campaign's, saved as files."""

from __future__ import annotations

import datetime as dt
import threading
import time
import wave
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import httpx
import pytest

from tests.commands.conftest import Santral
from tests.conftest import KEY, write_config
from tests.sandbox.conftest import ivr
from tests.store.results import calling, ingest, phone, told
from tui import bootstrap
from tui.core.clock import utc_now
from tui.core.secret import Secret
from tui.i18n.words import folded
from tui.sandbox.faults import parse_fault
from tui.sandbox.server import Sandbox, SandboxOptions
from tui.store import Store
from tui.store.call_details import CallDetail

WAV = b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(400)
RECORDS = {"call_type": "ivr", "name": "Anket", "recording_enabled": "true"}


@dataclass
class Shelf:
    """A provider on this machine that has recordings of some calls; of each request it keeps what was asked for."""

    url: str = ""
    sounds: dict[str, bytes] = field(default_factory=dict)
    refusals: dict[str, tuple[int, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)


@pytest.fixture
def shelf(home: Path) -> Iterator[Shelf]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            (uuid,) = form["call_uuid"]
            assert (self.path, form["key"]) == ("/recording_url/", [KEY])
            kept.asked.append(uuid)
            status, text = kept.refusals.get(uuid, (200, f"{kept.url}/recording/geheim-{uuid}"))
            self._answer(status, text.encode())

        def do_GET(self) -> None:
            kept.fetched.append(self.path)
            assert KEY not in self.path + str(self.headers)
            self._answer(200, kept.sounds.get(self.path.rpartition("-")[2], b"<html>Bakim</html>"))

        def _answer(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    kept = Shelf(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    write_config(home, kept.url, more='profile = "acme"', profile_more="[profiles.other]")
    yield kept
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def store(home: Path, shelf: Shelf) -> Iterator[Store]:
    opened = Store.open(home / "data" / "santral" / "santral.db", fold=folded, sort_key=bootstrap.sort_text)
    yield opened
    opened.close()


@pytest.fixture
def campaign(store: Store, shelf: Shelf) -> int:
    """Three answered calls with a UUID, of which two have a recording; one that was busy before, one without a UUID."""
    made = calling(store, fields=RECORDS)
    ingest(store, told(1, "Meşgul", minute=1, call_uuid="busy"), told(1, "Cevaplandı", "1", minute=5, call_uuid="u1"),
           told(2, "Cevaplandı", minute=6, call_uuid="u2"), told(3, "Başarılı", minute=7, call_uuid="u3"),
           told(4, "Cevaplandı", minute=8))
    shelf.sounds |= {"u1": WAV, "u3": WAV + b"more"}
    shelf.refusals["u2"] = 400, "cannot find call with call_uuid u2"
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "kayitlar"
    made.mkdir()
    return made


def name(number: int, minute: int) -> str:
    return f"anket-{phone(number)}-2026-09-12-12{minute:02}00.wav"


def test_one_call_by_its_uuid(santral: Santral, campaign: int, shelf: Shelf, folder: Path) -> None:
    ran = santral("recording", "u1", "--to", folder)
    path = folder / name(1, 5)
    assert (ran.status, ran.err, ran.out) == (0, "", f"Saved: {path} (1 kB)\n")
    assert path.read_bytes() == WAV
    assert path.stat().st_mode & 0o777 == 0o600
    assert shelf.asked == ["u1"]


def test_all_of_a_campaign_and_the_next_run_fetches_what_is_missing(
    santral: Santral, campaign: int, shelf: Shelf, folder: Path
) -> None:
    ran = santral("recording", "20212", "--to", folder)
    assert ran.status == 1
    assert sorted(path.name for path in folder.iterdir()) == [name(1, 5), name(3, 7)]
    assert len(ran.said) == 1
    assert "0532 000 00 02" in ran.err
    assert "cannot find call" in ran.err
    assert shelf.asked == ["u1", "u2", "u3"]
    del shelf.refusals["u2"]
    shelf.sounds["u2"] = WAV
    again = santral("recording", f"d{campaign}", "--to", folder)
    assert (again.status, again.out.count("Saved earlier: "), again.out.count("Saved: ")) == (0, 2, 1)
    assert shelf.asked == ["u1", "u2", "u3", "u2"]


def test_how_far_it_is_is_told_at_a_terminal_and_wiped_away(
    santral: Santral, campaign: int, shelf: Shelf, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.commands.output._is_terminal", lambda _stream: True)
    shelf.sounds["u2"] = WAV
    del shelf.refusals["u2"]
    ran = santral("recording", "20212", "--to", folder)
    assert (ran.status, ran.out.count("Saved: ")) == (0, 3)
    told = ran.err.split("\r")
    assert ["3" in each for each in told[1::2]] == [True] * 3
    assert told[-1] == "\033[K"


def test_as_json(santral: Santral, campaign: int, shelf: Shelf, folder: Path) -> None:
    (folder / name(3, 7)).write_bytes(b"mine")
    ran = santral("recording", "u1", "20212", "--to", folder, "--json")
    assert ran.status == 1
    first, second, third = ran.document["recordings"]
    assert first == {"call_uuid": "u1", "campaign": "20212", "phone": phone(1), "reference": "",
                     "at": "2026-09-12T09:05:00Z",
                     "path": str(folder / name(1, 5)), "size": len(WAV), "saved_before": False, "problem": None}
    assert (second["path"], second["problem"]["code"]) == (None, "operations.recording.none")
    assert (third["saved_before"], third["size"]) == (True, 4)
    assert "geheim" not in ran.out + ran.err


def test_of_one_number_alone(santral: Santral, campaign: int, shelf: Shelf, folder: Path) -> None:
    ran = santral("recording", "20212", "--number", "0532 000 00 03", "--to", folder)
    assert (ran.status, shelf.asked) == (0, ["u3"])
    ran = santral("recording", "20212", "--number", "0532 000 00 05", "--to", folder)
    assert (ran.status, len(ran.said)) == (1, 1)
    assert "0532 000 00 05" in ran.err


@pytest.mark.parametrize("wanted", ["nobody", "999", "busy", "d999"])
def test_what_there_is_not_is_said(santral: Santral, campaign: int, shelf: Shelf, folder: Path, wanted: str) -> None:
    ran = santral("recording", wanted, "--to", folder)
    assert (ran.status, ran.out, len(ran.said)) == (1, "", 1)
    assert (shelf.asked, list(folder.iterdir())) == ([], [])


def test_a_campaign_that_does_not_record_has_none(santral: Santral, store: Store, shelf: Shelf, folder: Path) -> None:
    calling(store)
    ingest(store, told(1, "Cevaplandı", call_uuid="u1"))
    for wanted in ("20212", "u1"):
        ran = santral("recording", wanted, "--to", folder)
        assert (ran.status, ran.out, len(ran.said), shelf.asked) == (1, "", 1, [])


def test_what_the_provider_said_of_a_recording_counts_more(
    santral: Santral, store: Store, shelf: Shelf, folder: Path
) -> None:
    calling(store, fields={"name": "Anket"})
    ingest(store, told(1, "Cevaplandı", minute=5, call_uuid="u1"), told(2, "Cevaplandı", minute=6, call_uuid="u2"))
    store.call_details.keep("acme", CallDetail("u1", "", "", "", None, True, "", (), utc_now()))
    shelf.sounds["u1"] = WAV
    assert santral("recording", "20212", "--to", folder).status == 0
    assert shelf.asked == ["u1"]
    assert santral("recording", "u1", "--to", folder).out.startswith("Saved earlier")


def test_another_profiles_call_is_not_known_in_this_one(
    santral: Santral, campaign: int, shelf: Shelf, folder: Path
) -> None:
    ran = santral("recording", "u1", "--to", folder, "--profile", "other")
    assert (ran.status, ran.out, shelf.asked) == (1, "", [])
    assert "other" in ran.err


@pytest.mark.parametrize("wanted", ["..", "a b", "-", "ü"])
def test_what_is_neither_is_wrong_usage(santral: Santral, campaign: int, wanted: str) -> None:
    assert santral("recording", wanted).status == 2


def test_a_folder_that_is_not_there_is_named(santral: Santral, campaign: int, shelf: Shelf, folder: Path) -> None:
    ran = santral("recording", "u1", "--to", folder / "absent")
    assert (ran.status, shelf.asked) == (1, [])
    assert str(folder / "absent") in ran.err


def test_without_a_folder_it_is_the_one_one_is_in(
    santral: Santral, campaign: int, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    assert santral("recording", "u1").status == 0
    assert [path.name for path in folder.iterdir()] == [name(1, 5)]


def test_a_page_in_its_place_is_no_recording(santral: Santral, campaign: int, shelf: Shelf, folder: Path) -> None:
    shelf.sounds.clear()
    ran = santral("recording", "u1", "--to", folder)
    assert (ran.status, ran.out, list(folder.iterdir())) == (1, "", [])
    assert "is not audio" in ran.err


def test_where_the_key_is_refused_the_others_are_not_tried(
    santral: Santral, campaign: int, shelf: Shelf, folder: Path
) -> None:
    shelf.refusals["u1"] = 401, f"Gecersiz anahtar: {KEY}"
    ran = santral("recording", "20212", "--to", folder)
    assert (ran.status, len(ran.said), shelf.asked) == (1, 1, ["u1"])


def test_in_turkish(santral: Santral, campaign: int, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "tr_TR.UTF-8")
    assert santral("recording", "u1", "--to", folder).out.startswith("Kaydedildi: ")
    assert santral("recording", "u1", "--to", folder).out.startswith("Önceden kaydedilmiş: ")


def test_neither_address_nor_key_is_in_the_log(
    santral: Santral, campaign: int, shelf: Shelf, folder: Path, home: Path
) -> None:
    shelf.sounds["u2"] = b"<html>"
    del shelf.refusals["u2"]
    santral("recording", "20212", "--to", folder)
    assert len(shelf.fetched) == 3
    for path in home.rglob("*"):
        if path.is_file() and path.name != "config.toml":
            data = path.read_bytes()
            assert b"geheim" not in data
            assert KEY.encode() not in data




# of the sandbox, over real HTTP

@pytest.fixture
def recorded(home: Path, store: Store) -> Iterator[Callable[..., str]]:
    """Begins a sandbox with faults that has called somebody, who answered; the call's UUID."""
    running: list[Sandbox] = []

    def begin(*faults: str) -> str:
        sandbox = Sandbox(SandboxOptions(key=Secret(KEY), speed=1000, always_open=True,
                                         faults=tuple(map(parse_fault, faults))))
        sandbox.start_in_thread()
        running.append(sandbox)
        write_config(home, sandbox.address)
        made = httpx.post(f"{sandbox.address}/ivr_campaigns.json", trust_env=False, json=ivr(
            key=KEY, recording_enabled="true", phone_list=[{"phone": f"0532{place:07}"} for place in range(20)]))
        assert made.status_code == 200
        calling(store, fields=RECORDS)
        uuid = _answered(sandbox)
        ingest(store, told(1, "Cevaplandı", minute=5, call_uuid=uuid))
        return uuid

    yield begin
    for sandbox in running:
        sandbox.stop()


def _answered(sandbox: Sandbox) -> str:
    now = utc_now()
    span = {"start_stamp_from": f"{now - dt.timedelta(days=1):%Y-%m-%d %H:%M:%S} UTC",
            "start_stamp_to": f"{now + dt.timedelta(days=29):%Y-%m-%d %H:%M:%S} UTC"}
    for _ in range(6):  # its limit
        time.sleep(0.5)  # at its speed some minutes
        page = httpx.get(f"{sandbox.address}/cdrs", trust_env=False, params={
            "key": KEY, "direction": "outbound", "limit": "100", "page": "1", **span}).json()
        found = [call["call_uuid"] for call in page["cdrs"] if call["result"] == "Cevaplandı"]
        if found:
            return str(found[0])
    raise AssertionError("nobody answered")


def test_what_the_sandbox_recorded_is_saved(santral: Santral, recorded: Callable[..., str], folder: Path) -> None:
    uuid = recorded()
    assert santral("recording", uuid, "--to", folder).status == 0
    with wave.open(str(folder / name(1, 5))) as sound:
        assert sound.getframerate() == 8000


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("fault", [
    "recording:404", "recording:404-page", "recording:403", "recording:html", "recording:empty", "recording:500",
    "recording:lost-answer", "recording:cut", "recording:not-ok", "download:cut", "download:html", "download:403",
    "download:404", "download:500", "download:empty", "download:lost-answer", "download:not-ok"])
def test_its_faults_leave_no_file_and_one_sentence(santral: Santral, recorded: Callable[..., str], folder: Path,
                                                   fault: str) -> None:
    uuid = recorded(fault)
    ran = santral("recording", uuid, "--to", folder)
    assert (ran.status, ran.out, list(folder.iterdir())) == (1, "", [])
    assert [line for line in ran.said if "Waiting" not in line and "Attempt" not in line] == ran.said[-1:]
