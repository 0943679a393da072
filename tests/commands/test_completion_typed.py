"""Completion in real shells, as a hand meets it: one word, the one that was offered, and nothing runs."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import KEY
from tests.terminal import Terminal
from tui.bootstrap import sort_text
from tui.commands.values import SHELLS
from tui.i18n.words import folded
from tui.store import Store

pytestmark = pytest.mark.terminal

PATIENCE = 60.0
# What is typed of a name before the tab, and the name. No two begin alike.
NAMES = [
    ("a", "a $(touch harm)"), ("b", "b`touch harm`"), ("c", "c 'quoted"), ("d", 'd "quoted'), ("e", "e\\b \\n"),
    ("f", "f *"), ("g", "g ~"), ("h", "h; touch harm"), ("i", "i & touch harm &"), ("j", "j!x"), ("k", "k{a,b}"),
    ("l", "l:m n"), ("m", "m=n o"), ("n", "n # p"), ("o", "o  two blanks"), ("p", "p | touch harm"), ("q", "q <r >s"),
    ("r", "r (s) [t] ?"), ("s", "s^t %u %% v"), ("t", "t $HOME ${x}"), ("ş", "ş öz"), ("v\\ ", "v w"),
    ("\\$", "$(touch harm)"), ("\\*", "*"), ("\\~", "~"), ("x:", "x:y:z 1"), ("y=", "y=z 1"),
]
QUOTED = [('"a', "a $(touch harm)"), ("'a", "a $(touch harm)"), ('"e', "e\\b \\n"), ("'d", 'd "quoted'),
          ("'c", "c 'quoted"), ('"b', "b`touch harm`"), ('"t ', "t $HOME ${x}"), ("'o ", "o  two blanks")]
FILES = ["one $(touch harm).toml", "two\nlines.toml", "three 'x' \"y\".toml", "four*.toml", "five\\x.toml", "~six.toml"]
COMMAND = """import json, os, subprocess, sys
from pathlib import Path
folder = Path({folder!r})
if sys.argv[1:2] == ["completion"]:
    sys.stdout.write((folder / ("completion." + sys.argv[2])).read_text(encoding="utf-8"))
else:
    with (folder / "typed").open("a", encoding="utf-8") as typed:
        typed.write(json.dumps(sys.argv[1:]) + "\\n")
"""
BEGIN = {
    "bash": (["bash", "--norc", "-i"], 'eval "$(santral completion bash)"'),
    "zsh": (["zsh", "-f", "-i"], 'autoload -U compinit; compinit -D -u; eval "$(santral completion zsh)"'),
    "fish": (["fish", "--no-config", "-i"], "santral completion fish | source"),
}


class Shell:
    """A shell at work, in a folder with odd files, with profiles and campaigns of odd names."""

    def __init__(self, name: str, folder: Path, environ: dict[str, str]) -> None:
        self.folder = folder
        command, begin = BEGIN[name]
        self._place = folder / "work"
        self._terminal = Terminal(command, {**environ, "PWD": str(self._place)}, size=(200, 50),
                                  variables={"TERM": "xterm"})
        self._typed = folder / "typed"
        self._count = 0
        # Echoed in two parts, so that what is waited for is what the shell says and not what was typed.
        self.enter(f"cd {self._place}; {begin}; echo rea''dy")
        self._terminal.wait("ready", patience=PATIENCE)

    def enter(self, line: str) -> None:
        self._terminal.type(line + "\r")

    def complete(self, line: str) -> list[str]:
        """The words that a command got, of which the last was completed."""
        self.enter(line)
        self._count += 1
        end = time.monotonic() + PATIENCE
        while len(found := self._lines()) < self._count:
            assert time.monotonic() < end, f"{line!r} brought nothing:\n{self._terminal.text}"
            self._terminal.drain(0.05)
        words: list[str] = json.loads(found[-1])
        return words

    def _lines(self) -> list[str]:
        return self._typed.read_text(encoding="utf-8").splitlines() if self._typed.exists() else []

    def close(self) -> None:
        self._terminal.close()


@pytest.fixture(params=SHELLS)
def shell(request: pytest.FixtureRequest, home: Path, tmp_path: Path) -> Iterator[Shell]:
    name = str(request.param)
    if shutil.which(name) is None:
        pytest.skip(f"{name} is not installed here")
    _write_profiles(home)
    command = tmp_path / "bin" / "santral"
    command.parent.mkdir()
    program = tmp_path / "santral.py"
    program.write_text(COMMAND.format(folder=str(tmp_path)), encoding="utf-8")
    # Not by a line `#!`, which knows no blanks in the path of a Python.
    command.write_text(f'#!/bin/sh\nexec {shlex.join((sys.executable, str(program)))} "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    for what in (name, "profiles", "refs"):
        told = subprocess.run([sys.executable, "-m", "tui", "--profile", "zz", "completion", what],
                              capture_output=True, timeout=PATIENCE, check=True).stdout
        (tmp_path / f"completion.{what}").write_bytes(told)
    work = tmp_path / "work"
    work.mkdir()
    for file in FILES:
        (work / file).touch()
    running = Shell(name, tmp_path, {**os.environ, "PATH": f"{command.parent}:{os.environ['PATH']}"})
    yield running
    running.close()
    assert not list(tmp_path.rglob("harm*"))


def _write_profiles(home: Path) -> None:
    path = home / "config" / "santral" / "config.toml"
    path.parent.mkdir(parents=True)
    tables = [f'[profiles.{json.dumps(name)}]\napi_key = "{KEY}"\n' for name in ("zz", *(name for _, name in NAMES))]
    path.write_text("\n".join(tables), encoding="utf-8")
    path.chmod(0o600)
    store = Store.open(home / "data" / "santral" / "santral.db", fold=folded, sort_key=sort_text)
    for name in ("Kasım: $(touch harm) `touch harm` \\x 'y' %B%n *", "b"):
        store.drafts.create("zz", {"name": name})
    store.close()


@pytest.mark.long
def test_names_are_one_word_and_run_nothing(shell: Shell) -> None:
    for typed, name in NAMES:
        assert shell.complete(f"santral --profile {typed}\tconfig path") == ["--profile", name, "config", "path"]


def test_within_quotation_marks_too(shell: Shell) -> None:
    for typed, name in QUOTED:
        assert shell.complete(f"santral --profile {typed}\tconfig path") == ["--profile", name, "config", "path"]


def test_behind_an_equals_sign_too(shell: Shell) -> None:
    for typed, name in NAMES[:6]:
        assert shell.complete(f"santral --profile={typed}\tconfig path") == [f"--profile={name}", "config", "path"]


def test_files_of_any_name(shell: Shell) -> None:
    for file in FILES:
        begin = file[:2].replace("~", "\\~")
        words = shell.complete(f"santral campaign check {begin}\t")
        assert words[:2] == ["campaign", "check"]
        assert words[2].removeprefix("./") == file


def test_campaigns_by_their_references(shell: Shell) -> None:
    assert shell.complete("santral campaign show d2\t") == ["campaign", "show", "d2"]
    assert shell.complete("santral camp\tsh\td1\t") == ["campaign", "show", "d1"]
