"""The terminal is given back as it was, however the app ends or is stopped, and taken again when it goes on."""

from __future__ import annotations

import json
import os
import shlex
import signal
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.scenarios.conftest import SANTRAL, Start, write_config
from tests.terminal import Terminal
from tui.i18n.words import Words

pytestmark = pytest.mark.terminal
WORDS = Words("en")
# Alternate screen, mouse, focus, paste, keyboard protocol; the cursor and the wrapping of lines are hidden and off.
TAKEN = {"1049": True, "1000": True, "1003": True, "1006": True, "1004": True, "2004": True, "kitty": True,
         "25": False, "7": False}
ENDINGS = [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT]


def given_back(terminal: Terminal) -> bool:
    modes = terminal.modes
    return all(modes[name] is not taken for name, taken in TAKEN.items())


def taken(terminal: Terminal) -> bool:
    modes = terminal.modes
    return all(modes.get(name) is wanted for name, wanted in TAKEN.items())


def typing_a_name(terminal: Terminal, name: str) -> None:
    terminal.wait(WORDS.say("screens.campaigns.empty").split("\n", maxsplit=1)[0])
    terminal.press("n")
    terminal.wait(WORDS.say("campaign.field.name"))
    terminal.press("down")
    terminal.type(name)


def kept_names(home: Path) -> list[str]:
    connection = sqlite3.connect(home / "data" / "santral" / "santral.db")
    try:
        return [json.loads(row[0])["name"] for row in connection.execute("SELECT fields FROM campaigns")]
    finally:
        connection.close()


@pytest.mark.parametrize("times", [1, 3])
@pytest.mark.parametrize("ending", ENDINGS)
def test_a_signal_settles_what_was_typed_and_gives_the_terminal_back(
    start: Start, home: Path, ending: signal.Signals, times: int
) -> None:
    with start() as terminal:
        typing_a_name(terminal, "Kasım")
        terminal.wait("Kasım")
        assert taken(terminal)
        for _ in range(times):
            terminal.signal(ending)
        assert terminal.end() == 128 + ending
        assert given_back(terminal)
        assert terminal.attributes == terminal.attributes_before
    assert kept_names(home) == ["Kasım"]


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_signal_at_the_very_start_leaves_the_terminal_as_it_was(start: Start, ending: signal.Signals) -> None:
    with start() as terminal:
        terminal.wait_until(lambda: b"\x1b[?1049h" in terminal.written, "the terminal was not taken")
        terminal.signal(ending)
        assert terminal.end() == 128 + ending
        assert given_back(terminal)
        assert terminal.attributes == terminal.attributes_before


@pytest.mark.parametrize("ignored", [False, True])
def test_a_window_that_is_closed_ends_the_app(
    start: Start, home: Path, environ: dict[str, str], ignored: bool
) -> None:
    """`nohup` ignores the signal: then the end of the input tells it."""
    write_config(home, "http://127.0.0.1:9", "en")
    trap = "trap '' HUP; " if ignored else ""
    with Terminal(["sh", "-c", f"{trap}exec {shlex.join(SANTRAL)}"], environ) as terminal:
        typing_a_name(terminal, "Kasım")
        terminal.wait("Kasım")
        terminal.hang_up()
        assert terminal.process.wait(40) == 128 + signal.SIGHUP
    assert kept_names(home) == ["Kasım"]


def test_a_mouse_that_is_not_wanted_is_the_terminals(home: Path, environ: dict[str, str]) -> None:
    path = write_config(home, "http://127.0.0.1:9", "en")
    path.write_text("mouse = false\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    with Terminal(SANTRAL, environ) as terminal:
        terminal.wait(WORDS.say("key.campaigns.new"))
        assert not {"1000", "1003", "1006"} & {name for name, on in terminal.modes.items() if on}
        terminal.press("ctrl+q")
        assert terminal.end() == 0


CRASH = """
import sys
from dataclasses import dataclass
import tui.screens.campaign_list as campaigns
from textual.worker import Worker
from tui.__main__ import main

Screen = campaigns.CampaignListScreen
place = sys.argv.pop(1)

def fail(*_arguments):
    secret = "K98765432-1234-5678-4321-123456789012"
    raise ZeroDivisionError(f"broken on purpose {secret}")

@dataclass(frozen=True)
class FrozenZeroDivisionError(ZeroDivisionError):
    secret: str

def fail_frozen(*_arguments):
    raise FrozenZeroDivisionError("K98765432-1234-5678-4321-123456789012")

async def fail_later(*_arguments):
    fail()

if place == "compose":
    Screen.compose = fail
elif place == "render":
    import tui.widgets.lines
    tui.widgets.lines.KeyLine.render = fail
elif place == "handler":
    Screen.on_key = fail
elif place == "frozen":
    Screen.on_key = fail_frozen
elif place == "worker":
    Screen.on_key = lambda screen, _event: screen.run_worker(fail_later()) and None
elif place == "timer":
    Screen.on_key = lambda screen, _event: screen.set_timer(0.01, fail) and None
elif place == "thread":
    Screen.on_key = lambda screen, _event: screen.run_worker(fail, thread=True) and None
elif place == "input":
    import tui.app.terminal.driver
    tui.app.terminal.driver.TerminalDriver.process_message = fail
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.parametrize("place", ["compose", "render", "handler", "frozen", "worker", "timer", "thread", "input"])
def test_a_mistake_of_ours_gives_the_terminal_back_and_tells_no_more_than_a_sentence(
    home: Path, environ: dict[str, str], place: str
) -> None:
    write_config(home, "http://127.0.0.1:9", "en")
    with Terminal([sys.executable, "-c", CRASH, place], environ) as terminal:
        if place not in ("compose", "render"):
            terminal.wait(WORDS.say("screens.campaigns.empty").split("\n", maxsplit=1)[0])
            terminal.press("q")
        assert terminal.end() == 1
        assert given_back(terminal)
        assert terminal.attributes == terminal.attributes_before
        told = terminal.written.rpartition(b"\x1b[?1049l")[2].decode()
    assert "Santral crashed" in told
    assert "Traceback" not in told
    assert "ZeroDivisionError" not in terminal.written.decode()
    assert "ZeroDivisionError" in (home / "state" / "santral" / "log" / "santral.log").read_text(encoding="utf-8")


@pytest.fixture
def shell(home: Path, environ: dict[str, str]) -> Iterator[Terminal]:
    """An interactive shell, with the app in its foreground."""
    write_config(home, "http://127.0.0.1:9", "en")
    with Terminal(["bash", "--norc", "--noprofile", "-i"], {**environ, "PS1": "ready> "}) as terminal:
        terminal.wait("ready>")
        terminal.type(f"{shlex.join(SANTRAL)}\r")
        terminal.wait_until(lambda: taken(terminal), "the terminal was not taken")
        terminal.wait(WORDS.say("screens.campaigns.empty").split("\n", maxsplit=1)[0])
        yield terminal


def job_of(terminal: Terminal) -> int:
    pid = terminal.process.pid
    return int(Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()[0])


def is_stopped(pid: int) -> bool:
    """Whether all of its threads are: the shell is told when the last one is, and takes it for running until then."""
    try:
        return all((thread / "stat").read_text(encoding="utf-8").rpartition(") ")[2][0] == "T"
                   for thread in Path(f"/proc/{pid}/task").iterdir())
    except (FileNotFoundError, ProcessLookupError):
        return False  # one of them has just ended


def come_back(terminal: Terminal, app: int) -> None:
    """`fg`: the modes are on and the screen is painted anew."""
    seen = len(terminal.written)
    terminal.type("fg\r")

    def painted_anew() -> bool:
        again = terminal.written.rfind(b"\x1b[?1049h", seen)  # who was stopped unasked has never given it back before
        return again >= 0 and b"Istanbul" in terminal.written[again:]

    terminal.wait_until(painted_anew, "the screen was not painted anew")
    terminal.wait_until(lambda: taken(terminal), "the terminal was not taken again")
    assert not is_stopped(app)


def leave(terminal: Terminal) -> None:
    """Back in the shell, in order."""
    seen = len(terminal.written)
    terminal.press("ctrl+q")
    terminal.wait_until(lambda: not terminal.modes["1049"], "it was not left")
    # What is typed sooner is still the program's, which is on its way out.
    terminal.wait_until(lambda: b"ready>" in terminal.written[seen:], "the shell is not back")
    terminal.type("echo status:$?\r")
    terminal.wait("status:0")


@pytest.mark.parametrize("how", ["key", "signal"])
def test_stopped_and_continued_as_often_as_one_likes(shell: Terminal, how: str) -> None:
    app = job_of(shell)
    for _ in range(2):
        if how == "key":
            shell.press("ctrl+z")
        else:
            os.kill(app, signal.SIGTSTP)
        shell.wait_until(lambda: is_stopped(app), "it was not stopped")
        shell.wait_until(lambda: not shell.modes["1049"], "the terminal was not given back")
        shell.wait_until(lambda: shell.modes["25"] and not shell.modes["kitty"], "it was not given back whole")
        come_back(shell, app)
    leave(shell)
    assert not shell.modes["kitty"]


def test_in_the_background_it_stays_stopped(shell: Terminal) -> None:
    app = job_of(shell)
    shell.press("ctrl+z")
    shell.wait_until(lambda: is_stopped(app), "it was not stopped")
    shell.type("bg; echo sent:$?\r")
    shell.wait("sent:0")
    shell.wait_until(lambda: is_stopped(app), "it runs in the background")
    come_back(shell, app)


def test_stopped_without_being_asked_it_takes_the_terminal_again(shell: Terminal) -> None:
    app = job_of(shell)
    os.kill(app, signal.SIGSTOP)
    shell.wait_until(lambda: is_stopped(app), "it was not stopped")
    shell.wait_until(lambda: shell.written.count(b"ready>") > 1, "the shell is not back")
    come_back(shell, app)
    leave(shell)
    assert not shell.modes["1049"]
    assert not shell.modes["kitty"]


def test_where_there_is_no_shell_it_is_not_stopped(start: Start) -> None:
    with start() as terminal:
        terminal.wait("Istanbul")
        terminal.press("ctrl+z")
        terminal.wait(WORDS.say("app.no_shell"))
        assert taken(terminal)
        terminal.press("ctrl+q")
        assert terminal.end() == 0
        assert given_back(terminal)
        assert terminal.attributes == terminal.attributes_before


@pytest.mark.parametrize("size", [(60, 20), (1, 1)])
def test_a_window_that_is_too_small_says_so_until_it_is_larger(start: Start, size: tuple[int, int]) -> None:
    with start() as terminal:
        terminal.wait("Istanbul")
        terminal.resize(*size)
        terminal.wait(f"{size[0]}×{size[1]}"[:size[0]] if size[0] > 1 else "T")
        assert "Istanbul" not in terminal.text
        terminal.resize(120, 36)
        terminal.wait("Istanbul")
        terminal.press("ctrl+q")
        assert terminal.end() == 0
        assert given_back(terminal)


def test_where_nothing_is_seen_no_click_acts(start: Start) -> None:
    with start() as terminal:
        terminal.wait("n New")
        terminal.resize(79, 24)
        terminal.wait("79×24")
        terminal.send(b"\x1b[<0;3;24M\x1b[<0;3;24m")  # where the line of keys says what n does
        terminal.press("ctrl+z")  # acts always: after it the click has been looked at
        terminal.wait_until(lambda: terminal.written.count(b"\x1b[?1049h") == 2, "the terminal was not taken again")
        terminal.resize(80, 24)
        terminal.wait(WORDS.say("app.no_shell"))
        assert WORDS.say("campaign.field.name") not in terminal.text
        terminal.send(b"\x1b[<0;3;24M\x1b[<0;3;24m")
        terminal.wait(WORDS.say("campaign.field.name"))


def test_a_byte_that_is_no_letter_is_no_mistake(start: Start) -> None:
    with start() as terminal:
        terminal.wait("Istanbul")
        terminal.send(b"\xfe\xf0\xc3")
        terminal.press("n")
        terminal.wait(WORDS.say("campaign.field.name"))
