"""The app in surroundings that are not as one would wish: it opens, says what is the matter, and is left."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.conftest import write_config
from tests.terminal import Terminal

pytestmark = pytest.mark.terminal

GONE = "cd $(mktemp -d) && rmdir $PWD &&"
SURROUNDINGS = {
    "a folder that is gone": (GONE, (), ""),
    "a log that is a folder": ("", ("state/santral/log/santral.log",), "No log is written"),
    "choices that are a folder": ("", ("data/santral/state.json",), ""),
    "few files": ("ulimit -n 16;", (), ""),
    "small files": ("ulimit -f 600;", (), ""),
}


@pytest.mark.parametrize("name", SURROUNDINGS)
def test_it_opens_and_is_left(home: Path, name: str) -> None:
    before, folders, said = SURROUNDINGS[name]
    write_config(home, "http://127.0.0.1:9")
    for folder in folders:
        (home / folder).mkdir(parents=True)
    command = ["bash", "-c", f'{before} exec "$@"', "bash", sys.executable, "-P", "-m", "tui"]
    with Terminal(command, os.environ, size=(120, 30)) as terminal:
        terminal.wait("Istanbul")
        if said:
            terminal.wait(said)
        terminal.press("ctrl+q")
        assert terminal.end() == 0
        assert b"Traceback" not in terminal.written


@pytest.mark.parametrize(("before", "said"), [
    (f"{GONE} export SANTRAL_CONFIG=config.toml;", "config.toml"),
    ("export SANTRAL_CONFIG=~nosuch/x;", "~nosuch/x"),
    ("export XDG_DATA_HOME=/dev/null;", "/dev/null"),
    ("ulimit -f 0;", "santral.db"),
])
def test_where_it_can_not_open_it_says_why_in_one_sentence(home: Path, before: str, said: str) -> None:
    write_config(home, "http://127.0.0.1:9")
    command = ["bash", "-c", f'{before} exec "$@"', "bash", sys.executable, "-P", "-m", "tui"]
    with Terminal(command, os.environ, size=(200, 30)) as terminal:
        terminal.wait(said)
        assert terminal.end() == 1
        assert b"Traceback" not in terminal.written
        assert "mistake" not in terminal.text
        assert b"\x1b[?1049h" not in terminal.written
