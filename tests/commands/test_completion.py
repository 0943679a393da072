"""Completion, asked for in each shell as that shell asks."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands.conftest import Santral
from tests.conftest import write_config
from tui.bootstrap import sort_text
from tui.commands.completion import script
from tui.commands.spec import ValueKind
from tui.commands.specs import command_line
from tui.commands.status import Status
from tui.commands.values import SHELLS
from tui.i18n.words import folded, use
from tui.store import Store

PATIENCE = 60.0
BASH = """
eval "$(santral completion bash)"
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}
_santral 2>/dev/null
printf '%s\\n' "${COMPREPLY[@]}"
"""
# What zsh would show, without a terminal that it could show it in.
ZSH = """
compdef() { : }
_files() { print -l -- *(N) }
_describe() { print -l -- ${${(P)2}%%:*} }
eval "$(santral completion zsh)"
words=("$@"); CURRENT=$#
_santral
"""
FISH = """
santral completion fish | source
complete -C "$argv"
"""
Complete = Callable[..., set[str]]


@pytest.fixture
def installed(home: Path, tmp_path: Path) -> dict[str, str]:
    """An environment in which `santral` is a command."""
    folder = tmp_path / "bin"
    folder.mkdir()
    command = folder / "santral"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m tui "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    return {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}", "PYTHONPATH": str(Path(__file__).parents[2])}


@pytest.fixture(params=SHELLS)
def complete(request: pytest.FixtureRequest, installed: dict[str, str], tmp_path: Path) -> Complete:
    """What a shell offers after some words, the last of which may be half typed."""
    shell = str(request.param)
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed here")
    folder = tmp_path / "work"
    folder.mkdir()
    (folder / "campaign.toml").touch()

    def ask(*words: str) -> set[str]:
        text, arguments = {"bash": (BASH, ["bash", *words]), "zsh": (ZSH, ["zsh", *words]),
                           "fish": (FISH, [" ".join(words)])}[shell]
        options = {"bash": ["--norc"], "zsh": ["-f"], "fish": ["--no-config"]}[shell]
        ran = subprocess.run([shell, *options, "-c", text, *arguments], env=installed, cwd=folder, timeout=PATIENCE,
                             capture_output=True, encoding="utf-8", check=False)
        assert ran.stderr == ""
        return {line.split("\t")[0] for line in ran.stdout.splitlines()}

    return ask


def test_commands_and_what_is_below_them(complete: Complete) -> None:
    assert {"campaign", "results", "doctor", "completion"} <= complete("santral", "")
    assert {"create", "list", "not-created"} <= complete("santral", "campaign", "")
    assert "create" not in complete("santral", "config", "")
    assert {"bash", "zsh", "fish"} <= complete("santral", "completion", "")


def test_options_where_one_begins(complete: Complete) -> None:
    assert {"--dry-run", "--yes", "--phones"} <= complete("santral", "campaign", "create", "--")
    assert "--dry-run" not in complete("santral", "campaign", "list", "--")


def test_the_value_of_an_option_is_no_command(complete: Complete) -> None:
    assert {"create", "list"} <= complete("santral", "--profile", "campaign", "campaign", "")
    assert "create" not in complete("santral", "--profile", "campaign", "")


def test_files(complete: Complete) -> None:
    assert "campaign.toml" in complete("santral", "campaign", "create", "")
    assert "campaign.toml" in complete("santral", "--config", "")


def test_campaigns_and_profiles(complete: Complete, home: Path) -> None:
    write_config(home, "http://127.0.0.1:9")
    store = Store.open(home / "data" / "santral" / "santral.db", fold=folded, sort_key=sort_text)
    store.drafts.create("acme", {"name": "Kasım: davet, 'x' $(touch harm)"})
    store.close()
    assert "d1" in complete("santral", "campaign", "show", "")
    assert "d1" in complete("santral", "results", "")
    assert "acme" in complete("santral", "--profile", "")


@pytest.mark.parametrize("shell", SHELLS)
def test_nothing_in_it_but_the_script(santral: Santral, home: Path, shell: str) -> None:
    ran = santral("completion", shell)
    assert (ran.status, ran.err) == (Status.DONE, "")
    assert "@" not in ran.out.replace("${(@f)", "").replace("[@]", "").replace("@refs", "").replace("@files", "")
    assert list(home.iterdir()) == []


@pytest.mark.parametrize("language", ["tr", "en"])
@pytest.mark.parametrize("shell", SHELLS)
def test_a_shell_reads_it_in_either_language(language: str, shell: str, tmp_path: Path) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed here")
    use(language)
    try:
        path = tmp_path / "script"
        path.write_text(script(shell), encoding="utf-8")
    finally:
        use("en")
    ran = subprocess.run([shell, "-n", str(path)], capture_output=True, encoding="utf-8", timeout=PATIENCE, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")


def test_the_tree_has_all_that_is_told_and_nothing_else() -> None:
    nodes = list(command_line().walk())
    options = {(node.path, flag): option.value and option.value.kind for node in nodes for option in node.options
               for flag in option.flags}
    assert options[("campaign", "create"), "--phones"] is ValueKind.FILE
    assert options[("campaign", "create"), "--yes"] is None
    assert options[("campaign", "adopt"), "--as"] is ValueKind.CAMPAIGN
    assert (("listen",), "--until-eof") not in options
    assert all(node.help for node in nodes)


@pytest.mark.parametrize("asked", ["refs", "profiles"])
def test_where_there_is_nothing_the_shell_is_told_nothing(santral: Santral, home: Path, asked: str) -> None:
    assert santral("completion", asked).out == ""
