"""`santral doctor`: what is wrong is found, and nothing is told that must not be."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.commands.conftest import Ran, Santral, Started
from tests.conftest import KEY, write_config
from tui.commands.doctor import account
from tui.commands.status import Status
from tui.core.clock import utc_now
from tui.core.secret import Secret
from tui.i18n.words import Words
from tui.provider.client import Provider
from tui.store import Store
from tui.store.spool import Spooled

WORDS = Words("en")


def found(ran: Ran, name: str) -> tuple[str, bool | None]:
    (finding,) = [finding for finding in ran.document["findings"] if finding["name"] == name]
    return finding["value"], finding["ok"]


@pytest.mark.usefixtures("config_file")
def test_where_all_is_well(santral: Santral) -> None:
    assert santral("campaign", "list").status == Status.DONE  # makes the database
    ran = santral("doctor", "--json")
    assert (ran.status, ran.document["ok"]) == (Status.DONE, True)
    assert found(ran, "key")[1] is True
    assert found(ran, "clock") == (WORDS.say("command.doctor.clock_right"), True)
    assert found(ran, "integrity") == ("ok", True)
    assert found(ran, "config")[0].endswith(": 0600")


@pytest.mark.usefixtures("config_file")
@pytest.mark.parametrize("language", ["en", "tr"])
def test_for_the_eye(santral: Santral, monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    monkeypatch.setenv("LANG", f"{language}.UTF-8")
    ran = santral("doctor")
    assert ran.status == Status.DONE
    assert Words(language).say("command.doctor.well") in ran.out
    assert Words(language).say("command.doctor.part.provider") in ran.out


def test_no_part_of_the_key_and_no_name_of_a_home(santral: Santral, home: Path, config_file: Path) -> None:
    ran = santral("doctor")
    for part in KEY.split("-"):
        assert part not in ran.out
    assert str(home) not in ran.out
    assert "~/config/santral/config.toml" in ran.out


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


def test_before_the_first_run_nothing_is_wrong(santral: Santral, home: Path) -> None:
    ran = santral("doctor", "--json")
    assert ran.status == Status.DONE
    assert found(ran, "profile") == (WORDS.say("command.doctor.no_profile"), None)
    assert not (home / "data").exists()  # looking makes nothing


@pytest.mark.usefixtures("impatient")
def test_offline_nobody_is_asked(santral: Santral, home: Path) -> None:
    write_config(home, "http://127.0.0.1:9")
    ran = santral("doctor", "--offline", "--json")
    assert ran.status == Status.DONE
    assert not [finding for finding in ran.document["findings"] if finding["part"] == "provider"]


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


def test_each_mistake_of_the_configuration(santral: Santral, home: Path) -> None:
    write_config(home, "http://127.0.0.1:9", more='langage = "tr"\nthem = "x"')
    ran = santral("doctor", "--json")
    problems = [finding["value"] for finding in ran.document["findings"] if finding["name"] == "problem"]
    assert ran.status == Status.FAILED
    assert len(problems) == 2
    assert "langage" in problems[0]


@pytest.mark.usefixtures("impatient")
def test_files_that_others_can_read(santral: Santral, config_file: Path) -> None:
    config_file.chmod(0o644)
    ran = santral("doctor", "--offline", "--json")
    told, well = found(ran, "config")
    assert (ran.status, well) == (Status.FAILED, False)
    assert "0644" in told
    assert WORDS.say("command.doctor.readable_by_others") in told


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
