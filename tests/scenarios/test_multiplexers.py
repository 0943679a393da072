"""Inside tmux and screen, and with as many colours as a terminal has."""

from __future__ import annotations

import base64
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.scenarios.conftest import SANTRAL, write_config
from tests.terminal import Terminal
from tui.i18n.words import Words
from tui.sandbox.server import Sandbox

pytestmark = pytest.mark.terminal
EN = Words("en").say
RGB = re.compile(rb"\x1b\[[0-9;]*[34]8;2;")
OF_256 = re.compile(rb"\x1b\[[0-9;]*[34]8;5;")
EMPTY = EN("screens.campaigns.empty").split("\n", maxsplit=1)[0]


def needs(program: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(shutil.which(program) is None, reason=f"{program} is not installed")


@contextmanager
def in_tmux(home: Path, environ: dict[str, str], variables: Mapping[str, str]) -> Iterator[Terminal]:
    (home / "tmux.conf").write_text("set -g mouse on\nset -g set-clipboard on\n", encoding="utf-8")
    of_its_own = {**environ, "TMUX_TMPDIR": str(home)}
    command = ["tmux", "-u", "-f", str(home / "tmux.conf"), "new-session", *SANTRAL]
    try:
        with Terminal(command, of_its_own, (80, 24), variables) as terminal:
            yield terminal
    finally:
        subprocess.run(["tmux", "kill-server"], env=of_its_own, check=False, capture_output=True)


@contextmanager
def in_screen(home: Path, environ: dict[str, str], variables: Mapping[str, str]) -> Iterator[Terminal]:
    (home / "screenrc").write_text("startup_message off\ndefutf8 on\n", encoding="utf-8")
    sockets = home / "sockets"
    sockets.mkdir(mode=0o700)
    of_its_own = {**environ, "SCREENDIR": str(sockets)}
    command = ["screen", "-U", "-S", "tried", "-c", str(home / "screenrc"), *SANTRAL]
    try:
        with Terminal(command, of_its_own, (80, 24), variables) as terminal:
            yield terminal
    finally:
        subprocess.run(["screen", "-S", "tried", "-X", "quit"], env=of_its_own, check=False, capture_output=True)


INSIDE = {"tmux": in_tmux, "screen": in_screen}


@pytest.fixture
def ready(home: Path, sandbox: Sandbox) -> None:
    write_config(home, sandbox.address, "en")


@pytest.mark.usefixtures("ready")
@pytest.mark.parametrize("around", [pytest.param("tmux", marks=needs("tmux")),
                                    pytest.param("screen", marks=needs("screen"))])
def test_keys_mouse_size_clipboard_and_the_end(home: Path, environ: dict[str, str], around: str) -> None:
    with INSIDE[around](home, environ, {}) as terminal:
        terminal.wait(EMPTY)
        terminal.press("n")
        terminal.wait(EN("campaign.field.name"))
        terminal.press("down")
        terminal.type("Kasım [/x]")
        terminal.press("f8")
        terminal.wait(EN("campaign.field.active_days"))
        terminal.press("escape")
        terminal.wait(f"{EN('campaign.state.draft')} 1")  # the form is left
        if around == "tmux":
            terminal.type("\x1b[<0;12;2M\x1b[<0;12;2m")  # the mouse on the count of drafts
            terminal.wait("state:draft")
        terminal.resize(120, 36)
        terminal.wait("│")  # the pane beside the list
        terminal.type(",")
        terminal.wait(EN("screens.settings.profiles"))
        terminal.type("y")
        copied = base64.b64encode(b"acme")  # on its way to the terminal around
        terminal.wait_until(lambda: copied in terminal.written, "nothing was copied")
        if around == "tmux":
            told = subprocess.run(["tmux", "show-buffer"], env={**environ, "TMUX_TMPDIR": str(home)},
                                  check=True, capture_output=True)
            assert told.stdout == b"acme"
        terminal.press("ctrl+q")
        assert terminal.end() == 0
        assert terminal.attributes == terminal.attributes_before


@pytest.mark.usefixtures("ready")
@pytest.mark.parametrize(("variables", "rgb", "of_256"), [
    ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, True, False),
    ({"TERM": "xterm-256color", "COLORTERM": ""}, False, True),
    ({"TERM": "linux", "COLORTERM": ""}, False, False),
    ({"TERM": "screen", "COLORTERM": "truecolor", "STY": "4711.pts-0.host"}, False, False),
    ({"TERM": "screen.xterm-256color", "COLORTERM": "truecolor", "STY": "4711.pts-0.host"}, False, True),
], ids=["16M", "256", "16", "screen 16", "screen 256"])
def test_a_terminal_is_sent_the_colours_that_it_has(environ: dict[str, str], variables: dict[str, str], *,
                                                    rgb: bool, of_256: bool) -> None:
    with Terminal(SANTRAL, environ, (80, 24), variables) as terminal:
        terminal.wait(EMPTY)
        terminal.press("n")
        terminal.wait(EN("campaign.field.name"))
        terminal.press("ctrl+q")
        assert terminal.end() == 0
        assert (RGB.search(terminal.written) is not None) is rgb
        assert (OF_256.search(terminal.written) is not None) is of_256
