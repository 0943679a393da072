"""`santral doctor` on what lies beyond the configuration: the database, the provider and its clock, the receiver."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.commands.conftest import Santral, Started
from tests.commands.doctor.conftest import WORDS, found
from tests.conftest import KEY, write_config
from tui.commands.doctor import account
from tui.commands.status import Status
from tui.core.clock import utc_now
from tui.core.secret import Secret
from tui.provider.client import Provider
from tui.store import Store
from tui.store.spool import Spooled


def test_of_a_server_that_is_down_it_tells_what_waits_for_it(santral: Santral, config_file: Path) -> None:
    pytest.importorskip("psycopg")
    address = "postgresql://127.0.0.1:1/santral"
    with config_file.open("a", encoding="utf-8") as file:
        file.write(f'[database]\nurl = "{address}"\n')
    spool = Store.spool_at(Secret(address))
    spool.put([Spooled("token", utc_now(), b"body")] * 3)
    ran = santral("doctor", "--json", "--offline")
    assert ran.status == Status.FAILED
    assert "127.0.0.1" in found(ran, "address")[0]
    told, well = found(ran, "beside")
    assert WORDS.say("command.doctor.waiting", count=3) in told
    assert well is False


@pytest.mark.usefixtures("impatient")
def test_a_provider_that_is_not_reached(santral: Santral, home: Path) -> None:
    write_config(home, "http://127.0.0.1:9")
    ran = santral("doctor", "--json")
    assert (ran.status, found(ran, "key")[1]) == (Status.FAILED, False)


def test_a_key_that_is_refused_still_tells_the_clock(
    santral: Santral, config_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SANTRAL_API_KEY", "K11111111-1234-5678-4321-210987654321")
    ran = santral("doctor", "--json")
    assert (ran.status, found(ran, "key")[1], found(ran, "clock")[1]) == (Status.FAILED, False, True)
    assert "K11111111" not in ran.out


@pytest.mark.parametrize(("seconds", "well"), [(-3600, False), (-10, True), (0, True), (10, True), (3600, False)])
def test_a_clock_that_is_off(
    santral: Santral, config_file: Path, monkeypatch: pytest.MonkeyPatch, seconds: int, well: bool
) -> None:
    def server_time(_provider: Provider) -> dt.datetime:
        return utc_now().replace(microsecond=0) + dt.timedelta(seconds=seconds)

    monkeypatch.setattr(Provider, "server_time", property(server_time))
    ran = santral("doctor", "--json")
    assert found(ran, "clock")[1] is well
    assert ran.status == (Status.DONE if well else Status.FAILED)


def test_a_clock_between_two_moments_of_ours_is_right() -> None:
    moment = dt.datetime(2026, 11, 25, 9, 0, 0, 500_000, tzinfo=dt.UTC)
    right = account._clock(moment.replace(microsecond=0), moment, moment + dt.timedelta(seconds=2))
    assert right.well
    late = account._clock(moment - dt.timedelta(seconds=60), moment, moment + dt.timedelta(seconds=2))
    assert (late.well, late.text) == (False, WORDS.say("command.doctor.clock_ahead", count=60))
    early = account._clock(moment + dt.timedelta(seconds=62), moment, moment + dt.timedelta(seconds=2))
    assert (early.well, early.text) == (False, WORDS.say("command.doctor.clock_behind", count=60))


def test_a_database_that_is_none(santral: Santral, home: Path, config_file: Path) -> None:
    database = home / "data" / "santral" / "santral.db"
    database.parent.mkdir(parents=True)
    database.write_bytes(b"no database" * 1000)
    database.chmod(0o600)
    ran = santral("doctor", "--offline", "--json")
    assert (ran.status, found(ran, "address")[1]) == (Status.FAILED, False)


def test_a_database_with_a_broken_page(santral: Santral, home: Path, config_file: Path) -> None:
    assert santral("campaign", "list").status == Status.DONE
    database = home / "data" / "santral" / "santral.db"
    data = bytearray(database.read_bytes())
    data[-4096:] = b"\xff" * 4096
    database.write_bytes(data)
    ran = santral("doctor", "--offline", "--json")
    assert ran.status == Status.FAILED


def test_a_receiver_that_is_not_there_is_no_mistake(santral: Santral, start: Started) -> None:
    start(config='[receiver]\npublic_url = "https://calls.example.com.tr/santral"')
    ran = santral("doctor", "--json")
    assert found(ran, "listening") == (WORDS.say("command.doctor.no_receiver"), None)
    assert ran.status == Status.DONE


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("name", ["x" * 300 + "/santral.db", "file/santral.db", "loop/santral.db"],
                         ids=["too long", "under a file", "under a link to itself"])
def test_a_database_that_no_file_can_be_is_one_finding_of_many(santral: Santral, home: Path, name: str) -> None:
    (home / "file").touch()
    (home / "loop").symlink_to("loop")
    write_config(home, "http://127.0.0.1:9", more=f'[database]\nurl = "sqlite:///{home}/{name}"\n')
    ran = santral("doctor", "--offline", "--json")
    assert ran.status == Status.FAILED
    wrong = [finding for finding in ran.document["findings"] if finding["name"] == "address" and not finding["ok"]]
    assert wrong
    assert found(ran, "state")


def test_a_database_that_is_not_there_yet_is_made_by_looking(santral: Santral, home: Path, config_file: Path) -> None:
    ran = santral("doctor", "--offline", "--json")
    address = [finding for finding in ran.document["findings"] if finding["name"] == "address"]
    assert WORDS.say("command.doctor.absent") in address[0]["value"]
    assert (address[0]["ok"], address[1]["ok"]) == (None, True)


def test_what_waits_beside_the_database_is_bad_and_what_is_damaged_is_named(tmp_path: Path) -> None:
    spool = Store.spool_at(tmp_path / "santral.db")
    empty = account.spool_finding(spool)
    assert (empty.well, empty.text.endswith(WORDS.say("command.doctor.none"))) == (True, True)
    spool.put([Spooled("token", utc_now(), b"body")])
    (name,) = [path.name for path in spool.folder.iterdir()]
    (spool.folder / name).write_bytes(b"no such thing")
    spool.read(name)
    waiting = account.spool_finding(spool)
    assert not waiting.well
    assert WORDS.say("command.doctor.waiting", count=1) in waiting.text
    assert WORDS.say("command.doctor.waiting_damaged", count=1) in waiting.text


def test_a_profile_without_a_key_asks_nobody(santral: Santral, home: Path) -> None:
    path = write_config(home, "http://127.0.0.1:9")
    path.write_text(path.read_text(encoding="utf-8").replace(f'api_key = "{KEY}"\n', ""), encoding="utf-8")
    ran = santral("doctor", "--json")
    assert (ran.status, found(ran, "key")[1]) == (Status.FAILED, False)
    assert not [finding for finding in ran.document["findings"] if finding["name"] == "clock"]
