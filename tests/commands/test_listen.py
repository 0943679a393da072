"""`santral listen`: the receiver as a process of its own."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
import pytest

from tests.receiver.support import TOKEN, form
from tests.store.results import calling
from tests.store.support import open_store
from tui.campaign.lifecycle import State
from tui.core.secret import Secret
from tui.sandbox.faults import parse_fault
from tui.sandbox.server import Sandbox, SandboxOptions

PATIENCE = 30.0


@pytest.fixture
def config(home: Path, tmp_path: Path) -> Path:
    path = home / "config" / "santral" / "config.toml"
    path.parent.mkdir(parents=True)
    path.write_text(f'[receiver]\nlisten = "127.0.0.1:0"\npublic_url = "https://calls.example.com/santral"\n'
                    f'[database]\nurl = "sqlite:///{tmp_path / "santral.db"}"\n', encoding="utf-8")
    path.chmod(0o600)
    return path


# Its minutes are short.
BRISK = ("-c", "import sys; from tui.receiver import server; server._MINUTE = 0.3; from tui.__main__ import main; "
               "sys.exit(main())")


@contextmanager
def started(*arguments: str, program: tuple[str, ...] = ("-m", "tui")) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen([sys.executable, *program, "listen", *arguments], stdin=subprocess.PIPE, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8") as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()


def line_of(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def post(address: str, body: bytes) -> int:
    return httpx.post(f"{address}/santral/{TOKEN}", content=body, trust_env=False, timeout=PATIENCE).status_code


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_tells_where_it_listens_receives_and_ends_quietly(
    config: Path, tmp_path: Path, ending: signal.Signals
) -> None:
    store = open_store(tmp_path / "santral.db")
    campaign = calling(store, token=TOKEN)
    with started() as process:
        told = line_of(process)
        address = told[told.index("http://"):].split(";")[0]
        assert "https://calls.example.com/santral/…" in line_of(process)
        assert post(address, form(1)) == 200
        process.send_signal(ending)
        out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, err) == (0, "")
    assert len(out.splitlines()) == 1
    assert TOKEN not in told + out
    assert store.results.totals(campaign).notifications == 1
    store.close()


def test_for_machines_each_line_is_a_document(config: Path, tmp_path: Path) -> None:
    with started("--json") as process:
        listening = json.loads(line_of(process))
        assert (listening["event"], listening["public_url"]) == ("listening", "https://calls.example.com/santral")
        assert post(listening["address"], b"") == 404
        process.terminate()
        out, err = process.communicate(timeout=PATIENCE)
    assert [json.loads(line)["event"] for line in out.splitlines()] == ["ended"]
    assert (process.returncode, err) == (0, "")


def test_without_a_public_address_it_says_what_is_missing(config: Path) -> None:
    config.write_text('[receiver]\nlisten = "127.0.0.1:0"\n', encoding="utf-8")
    with started() as process:
        line_of(process)
        process.terminate()
        _, err = process.communicate(timeout=PATIENCE)
    assert "public_url" in err
    assert len(err.splitlines()) == 1


def test_for_another_program_it_tells_the_address_alone_and_ends_with_it(config: Path) -> None:
    with started("--until-eof") as process:
        address = line_of(process)
        assert httpx.get(f"{address}/health", trust_env=False).json()["status"] == "ok"
        out, err = process.communicate(timeout=PATIENCE)  # which closes its input
    assert (process.returncode, out, err) == (0, "", "")


def test_a_lost_answer_and_the_first_result_make_the_campaign_on_without_a_hand(
    config: Path, home: Path, tmp_path: Path, campaign_file: Path
) -> None:
    key = "K98765432-1234-5678-4321-210987654321"
    options = SandboxOptions(key=Secret(key), faults=(parse_fault("lost-answer:1"),), always_open=True, speed=100)
    with started("--until-eof") as process, Sandbox(options) as sandbox:
        address = line_of(process)
        config.write_text(
            f'language = "en"\n[profiles.acme]\napi_key = "{key}"\nbase_url = "{sandbox.address}"\n'
            f'[receiver]\npublic_url = "{address}"\n[database]\nurl = "sqlite:///{tmp_path / "santral.db"}"\n',
            encoding="utf-8")
        created = subprocess.run([sys.executable, "-m", "tui", "campaign", "create", campaign_file, "--yes"],
                                 capture_output=True, text=True, timeout=PATIENCE, check=False)
        assert created.returncode == 3, created.stderr
        store = open_store(tmp_path / "santral.db")
        end = time.monotonic() + PATIENCE
        while (found := store.campaigns.get(1)).state is not State.ON:
            assert time.monotonic() < end
            time.sleep(0.05)
        assert found.provider_id == 20212
        assert found.pinged_at is not None
        store.close()
        process.communicate(timeout=PATIENCE)


@pytest.mark.parametrize("language", ["tr", "en"])
def test_a_port_that_is_taken_is_one_line(config: Path, language: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        config.write_text(f'language = "{language}"\n[receiver]\nlisten = "127.0.0.1:{port}"\n', encoding="utf-8")
        with started() as process:
            out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out, len(err.splitlines())) == (1, "", 1)
    assert port in err


@pytest.mark.parametrize("host", ["192.0.2.1", "no-such-host.invalid"])
def test_an_address_that_is_not_this_machines_is_one_line(config: Path, host: str) -> None:
    config.write_text(f'[receiver]\nlisten = "{host}:8787"\n', encoding="utf-8")
    with started() as process:
        out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out, len(err.splitlines())) == (1, "", 1)
    assert host in err


def test_an_ipv6_address_is_understood(config: Path) -> None:
    if not socket.has_ipv6 or not Path("/proc/net/if_inet6").exists():
        pytest.skip("this machine has no IPv6")
    config.write_text('[receiver]\nlisten = "[::1]:0"\n', encoding="utf-8")
    with started("--until-eof") as process:
        address = line_of(process)
        assert address.startswith("http://[::1]:")
        assert httpx.get(f"{address}/health", trust_env=False).status_code == 200
        process.communicate(timeout=PATIENCE)


@pytest.mark.parametrize("as_json", [True, False])
def test_what_it_can_not_keep_or_keeps_elsewhere_is_told_as_it_happens(
    config: Path, tmp_path: Path, *, as_json: bool
) -> None:
    database, aside = tmp_path / "santral.db", tmp_path / "aside.db"
    with closing(open_store(database)) as store:
        campaign, spool = calling(store, token=TOKEN), store.spool.folder
    with started(*(["--json"] if as_json else []), program=BRISK) as process:
        told = line_of(process)
        address = json.loads(told)["address"] if as_json else told[told.index("http://"):].split(";")[0]
        database.rename(aside)
        spool.write_text("in the way of the folder")
        assert post(address, form(1)) == 503
        spool.unlink()
        assert post(address, form(1)) == 200
        waiting = httpx.get(f"{address}/health", trust_env=False, timeout=PATIENCE).json()["waiting"]
        while ('"waiting": 1' if as_json else "1 request is waiting") not in line_of(process):
            pass  # minutes in which nothing came yet
        aside.rename(database)
        end = time.monotonic() + PATIENCE
        while httpx.get(f"{address}/health", trust_env=False, timeout=PATIENCE).json()["status"] != "ok":
            assert time.monotonic() < end
            time.sleep(0.05)
        process.terminate()
        out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, waiting) == (0, 1)
    if as_json:
        names = [json.loads(line)["event"] for line in out.splitlines()]
        assert [name for name in names if name != "minute"] == ["works_again", "ended"]
        assert err == ""
    else:
        assert [" ".join(line.split()[:4]) for line in err.splitlines()] == [
            "Requests are being stored", "A request could not", "Requests are being stored", "Requests are going into"]
    with closing(open_store(database)) as store:
        assert store.results.totals(campaign).notifications == 1
