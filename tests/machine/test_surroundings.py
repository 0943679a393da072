"""Every command in every kind of surroundings: where something can't be done, a sentence says so."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.commands.conftest import CAMPAIGN
from tests.conftest import write_config
from tests.machine.running import Ran, commands, environment, run_each, wrong_with

NO_PASSWD = """
import pwd
def gone(*_which):
    raise KeyError("nobody")
pwd.getpwuid = pwd.getpwnam = gone
"""
GONE = """
import tempfile
os.chdir(tempfile.mkdtemp())
os.rmdir(os.getcwd())
"""
# As where the limit of a user's processes is reached, which holds for root nowhere.
NO_THREAD = """
import threading
def no_thread(*_what, **_how):
    raise RuntimeError("can't start new thread")
for name in ("_start_new_thread", "_start_joinable_thread"):
    if hasattr(threading, name):
        setattr(threading, name, no_thread)
"""
NO_PROCESS = """
import errno, subprocess
def no_process(*_what, **_how):
    raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
subprocess._fork_exec = no_process
"""


def limit(name: str, value: int) -> str:
    return f"import resource; resource.setrlimit(resource.RLIMIT_{name}, ({value}, {value}))"


def in_the_way(*parts: str) -> Callable[[Path, dict[str, str]], None]:
    """A file where a folder should be."""

    def put(home: Path, _environ: dict[str, str]) -> None:
        home.joinpath(*parts[:-1]).mkdir(parents=True, exist_ok=True)
        home.joinpath(*parts).write_text("in the way", encoding="utf-8")

    return put


def folder_at(*parts: str) -> Callable[[Path, dict[str, str]], None]:
    def put(home: Path, _environ: dict[str, str]) -> None:
        home.joinpath(*parts).mkdir(parents=True)

    return put


def nowhere(*parts: str) -> Callable[[Path, dict[str, str]], None]:
    """A link that leads nowhere."""

    def put(home: Path, _environ: dict[str, str]) -> None:
        home.joinpath(*parts[:-1]).mkdir(parents=True, exist_ok=True)
        home.joinpath(*parts).symlink_to(Path(os.devnull) / "nowhere")

    return put


def variables(**names: str) -> Callable[[Path, dict[str, str]], None]:
    def put(_home: Path, environ: dict[str, str]) -> None:
        environ.update(names)

    return put


def as_it_is(_home: Path, _environ: dict[str, str]) -> None:
    pass


def without_home(_home: Path, environ: dict[str, str]) -> None:
    for name in [name for name in environ if name == "HOME" or name.startswith("XDG_")]:
        del environ[name]


# What is done to the home and the variables, then within the process; what `campaign list` says then, if it must.
SURROUNDINGS: dict[str, tuple[Callable[[Path, dict[str, str]], None], str, str | None]] = {
    "as it is": (as_it_is, "", None),
    "no home, no user": (without_home, NO_PASSWD, "HOME"),
    "an empty home, no user": (variables(HOME="", XDG_CONFIG_HOME="", XDG_DATA_HOME="", XDG_STATE_HOME=""), NO_PASSWD,
                               "HOME"),
    "a home that is relative, no user": (variables(HOME="x", XDG_CONFIG_HOME="y", XDG_DATA_HOME="y",
                                                   XDG_STATE_HOME="y"), NO_PASSWD, "HOME"),
    "a home that is a file": (variables(HOME="/dev/null", XDG_CONFIG_HOME="", XDG_DATA_HOME="", XDG_STATE_HOME=""), "",
                              None),
    "the configuration of nobody": (variables(SANTRAL_CONFIG="~nosuch/x"), "", "~nosuch/x"),
    "a configuration of the home, without one": (without_home, NO_PASSWD + "os.environ['SANTRAL_CONFIG'] = '~/x'",
                                                 "~/x"),
    "a configuration with a long name": (variables(SANTRAL_CONFIG="x" * 5000), "", "the name is too long"),
    "a configuration below a file": (variables(SANTRAL_CONFIG="/dev/null/x"), "", "/dev/null/x"),
    "a configuration that is a folder": (variables(SANTRAL_CONFIG="/"), "", "/"),
    "a log folder that is a file": (in_the_way("state"), "", "santral.log"),
    "a log that is a folder": (folder_at("state", "santral", "log", "santral.log"), "", "santral.log"),
    "a log folder that leads nowhere": (nowhere("state"), "", "santral.log"),
    "a data folder that is a file": (in_the_way("data"), "", "santral.db"),
    "a data folder that leads nowhere": (nowhere("data"), "", "santral.db"),
    "a database that is a folder": (folder_at("data", "santral", "santral.db"), "", "santral.db"),
    "a database that leads nowhere": (nowhere("data", "santral", "santral.db"), "", "santral.db"),
    "choices that are a folder": (folder_at("data", "santral", "state.json"), "", None),
    "choices that lead nowhere": (nowhere("data", "santral", "state.json"), "", None),
    "a cache folder that is a file": (in_the_way("cache"), "", None),
    "a folder that is gone": (as_it_is, GONE, None),
    "a folder that is gone, and a configuration in it": (variables(SANTRAL_CONFIG="config.toml"), GONE, "config.toml"),
    "no input, no output": (as_it_is, "sys.stdin = sys.stdout = None", None),
    "no errors": (as_it_is, "sys.stderr = None", None),
    "no further thread": (as_it_is, NO_THREAD, None),
    "no further process": (as_it_is, NO_PROCESS, None),
    "hardly any files": (as_it_is, limit("NOFILE", 9), None),
    "fewer files": (as_it_is, limit("NOFILE", 6), None),
    "no file may grow": (as_it_is, limit("FSIZE", 0), None),
    "small files alone": (as_it_is, limit("FSIZE", 6000), "santral.db"),
}


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    campaign = tmp_path / "campaign.toml"
    campaign.write_text(CAMPAIGN, encoding="utf-8")
    return {"FILE": str(campaign), "FROM": str(tmp_path / "home" / "data" / "santral" / "santral.db"),
            "TO": str(tmp_path / "copy.db")}


@pytest.fixture
def some(files: dict[str, str], dice: random.Random, pytestconfig: pytest.Config) -> list[tuple[str, ...]]:
    """`campaign list`, and as many other commands as each test tries, in their order."""
    found, many = commands(files), pytestconfig.getoption("--faults")
    listed = found.index(("campaign", "list"))
    others = [place for place in range(len(found)) if place != listed]
    chosen = {listed, *(dice.sample(others, many) if many else others)}
    return [command for place, command in enumerate(found) if place in chosen]


def told(runs: list[Ran]) -> str:
    """Which commands did what no user may see."""
    return "\n".join(f"{' '.join(ran.command)}: {', '.join(wrong)}: {ran.err[-600:]}" for ran in runs
                     if (wrong := list(wrong_with(ran))))


@pytest.mark.parametrize("name", SURROUNDINGS)
def test_every_command_says_a_sentence(home: Path, tmp_path: Path, some: list[tuple[str, ...]], name: str) -> None:
    change, prepare, named = SURROUNDINGS[name]
    write_config(home, "http://127.0.0.1:9")
    environ = {**os.environ, "TERM": "xterm-256color"}
    change(home, environ)
    # With no input there is no end of it.
    chosen = [command for command in some if "stdin = " not in prepare or "--until-eof" not in command]
    runs = run_each(chosen, environ, prepare, cwd=tmp_path)
    if name == "no errors":
        runs = [ran for ran in runs if ran.status == 0]  # nobody hears why
    assert not told(runs)
    listed = next((ran for ran in runs if ran.command == ("campaign", "list")), None)
    if named is not None:
        assert listed is not None
        assert named in listed.err
        assert len(listed.err.splitlines()) == 1
    if name == "as it is":
        assert listed is not None
        assert (listed.status, listed.err) == (0, "")


@pytest.mark.parametrize("files_open", range(6, 13))
def test_with_few_files_the_database_is_not_said_to_be_somebody_elses(home: Path, files_open: int) -> None:
    write_config(home, "http://127.0.0.1:9")
    (ran,) = run_each([("campaign", "list")], os.environ, limit("NOFILE", files_open))
    assert not told([ran])
    assert "belong to you" not in ran.err
    assert not ran.status or "ulimit -n" in ran.err


@pytest.mark.parametrize("megabytes", [50, 60, 80, 110, 150])
def test_with_little_memory(home: Path, tmp_path: Path, some: list[tuple[str, ...]], megabytes: int) -> None:
    write_config(home, "http://127.0.0.1:9")
    prepare = limit("AS", megabytes << 20)
    assert not told(run_each(some, os.environ, prepare, cwd=tmp_path))


def test_a_user_who_is_unknown_to_the_machine(tmp_path: Path, some: list[tuple[str, ...]]) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can be another user")
    environ = environment(tmp_path)
    del environ["HOME"]
    runs = run_each(some, environ, "os.setgroups([]); os.setgid(54321); os.setuid(54321)")
    assert not told(runs)


@pytest.fixture
def tiny(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 kilobytes."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    if mount is None or os.geteuid() != 0 or subprocess.run(
            [mount, "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)], capture_output=True, check=False).returncode:
        pytest.skip("no small disk can be made here: that takes root and the right to mount")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


@pytest.mark.parametrize("which", ["DATA", "STATE", "CONFIG"])
def test_a_disk_that_is_full(home: Path, some: list[tuple[str, ...]], tiny: Path, which: str) -> None:
    write_config(home, "http://127.0.0.1:9")
    if which == "CONFIG":
        shutil.copytree(home / "config" / "santral", tiny / "santral")
    (tiny / "filled").write_bytes(bytes(50_000))
    environ = {**os.environ, f"XDG_{which}_HOME": str(tiny)}
    runs = run_each(some, environ)
    assert not told(runs)
    if which == "DATA":
        listed = next(ran for ran in runs if ran.command == ("campaign", "list"))
        assert (listed.status, "santral.db" in listed.err) == (1, True)
