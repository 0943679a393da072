"""Help, wrong usage, the version: in either language, in one line where it is wrong."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.commands.conftest import Santral
from tests.conftest import KEY
from tui.commands.parser import translated
from tui.commands.spec import Node
from tui.commands.specs import CONFIG, command_line
from tui.i18n.words import use

COMMANDS = [
    (), ("campaign",), ("campaign", "create"), ("campaign", "check"), ("campaign", "list"), ("campaign", "show"),
    ("campaign", "on"), ("campaign", "off"), ("campaign", "delete"), ("campaign", "adopt"), ("campaign", "not-created"),
    ("campaign", "test"), ("results",), ("dnc",), ("dnc", "list"), ("dnc", "add"), ("dnc", "remove"),
    ("phones",), ("phones", "check"),
    ("config",), ("config", "path"), ("config", "show"), ("config", "check"), ("sandbox",), ("demo",), ("doctor",),
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_help_is_in_the_language_of_the_terminal(
    santral: Santral, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    english = santral(*command, "--help")
    assert (english.status, english.err) == (0, "")
    assert english.out.startswith(" ".join(("usage: santral", *command)))
    monkeypatch.setenv("LANG", "tr_TR.UTF-8")
    turkish = santral(*command, "-h")
    assert turkish.out.startswith(" ".join(("kullanım: santral", *command)))
    for words in ("options", "positional", "show this", "usage"):
        assert words not in turkish.out
    shared = set(english.out.splitlines()) & set(turkish.out.splitlines())
    assert all(line.strip() == "" or line.strip() in ("ID", "REF") for line in shared), shared


def test_help_speaks_the_language_of_the_configuration_even_where_that_is_broken(santral: Santral, home: Path) -> None:
    path = home / "config.toml"
    path.write_text('language = "tr"\n', encoding="utf-8")
    assert santral("--config", path, "--help").out.startswith("kullanım")
    assert santral("campaign", f"--config={path}", "--help").out.startswith("kullanım")
    path.write_text("language = ", encoding="utf-8")
    assert santral("--config", path, "--help").out.startswith("usage")


def test_help_leaves_nothing_behind(santral: Santral, home: Path) -> None:
    santral("--help")
    santral("--version")
    santral("nothing")
    assert list(home.iterdir()) == []


def test_the_version(santral: Santral) -> None:
    ran = santral("--version")
    assert ran.status == 0
    assert re.fullmatch(r"santral (\d+\.\d+\.\d+|\?)\n", ran.out)


WRONG = [
    ("nothing",), ("campaign",), ("campaign", "nothing"), ("campaign", "show"), ("campaign", "show", "d1", "d2"),
    ("campaign", "list", "--jso"), ("campaign", "list", "--nothing"), ("campaign", "create"), ("config",),
    ("campaign", "list", "--json=yes"), ("campaign", "list", "--profile"), ("--config",), ("config", "edit"),
    ("campaign", "create", "a.toml", "--key", KEY), ("sandbox", "--port", "x"), ("sandbox", "--port", "65536"),
    ("sandbox", "--speed", "0"), ("sandbox", "--speed", "-1"), ("sandbox", "--speed", "nan"),
    ("sandbox", "--seed", "1.5"), ("sandbox", "--fault", "lost-anser"), ("demo", "--speed", "x"), ("listen", "x"),
    ("phones",), ("phones", "check"), ("phones", "check", "a.csv", "b.csv"), ("results",), ("results", "x"), ("dnc",),
    ("campaign", "adopt"), ("campaign", "on", "\x1b[31m"), ("campaign", "list", "--filter", "\udcff"),
    ("results", "20212", "--filter", "words:\udcff"),
    ("results", "20212", "--filter", "called", "--filter", "not-called"),
    ("results", "20212", "--json", "--csv", "a.csv"), ("results", "20212", "--csv", "a.csv", "--xlsx", "a.xlsx"),
    ("campaign", "adopt", "20212", "--as", "d1", "--name", "x"), ("completion", "tcsh"),
    ("--version=1",), ("--spec=1",),
]


@pytest.mark.parametrize("language", ["tr_TR.UTF-8", "C"])
@pytest.mark.parametrize("command", WRONG, ids=repr)
def test_wrong_usage_is_one_line_and_status_2(
    santral: Santral, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...], language: str
) -> None:
    monkeypatch.setenv("LANG", language)
    ran = santral(*command)
    assert (ran.status, ran.out, len(ran.said)) == (2, "", 1)
    assert ran.said[0].isprintable()
    if language.startswith("tr"):
        assert not re.search(r"\b(argument|required|invalid|choice|expected|usage)\b", ran.err)


def test_the_nearest_fault_is_suggested(santral: Santral) -> None:
    assert "lost-answer" in santral("sandbox", "--fault", "lost-anser").err


def test_what_argparse_says_that_we_do_not_know_stays_as_it_is() -> None:
    assert translated("something of a later Python") == "something of a later Python"


def test_a_value_that_reads_like_wrong_usage_is_repeated_as_it_is(santral: Santral) -> None:
    typed = "argument REF: expected one argument"
    assert typed in santral("campaign", "show", typed).err
    assert f"'{typed}'" in santral(typed).err


@pytest.mark.parametrize("node", command_line().walk(), ids=lambda node: " ".join(node.path))
def test_the_usage_in_one_line_is_what_the_help_begins_with(
    santral: Santral, monkeypatch: pytest.MonkeyPatch, node: Node
) -> None:
    use("en")
    monkeypatch.setenv("COLUMNS", "1000")
    common = "[-h] [--config PATH] [--profile NAME] " if CONFIG in node.common else "[-h] "
    usage = santral(*node.path, "--help").out.partition("\n")[0].removeprefix("usage: ") + " "
    below = "[--version] [--spec] COMMAND ... " if not node.path else "ACTION ... " if node.commands else ""
    assert usage.replace(common, "", 1).removesuffix(below).strip() == node.usage()


@pytest.mark.parametrize(("arguments", "command"), [
    (("campaign", "launch", "d7", "--phones"), "santral campaign launch"),
    (("dnc", "list", "--nix", "x"), "santral dnc list"), (("--nix",), "santral")])
def test_what_is_not_known_is_told_of_the_command_whose_help_says_more(
        santral: Santral, arguments: tuple[str, ...], command: str) -> None:
    ran = santral(*arguments)
    assert (ran.status, ran.out, len(ran.said)) == (2, "", 1)
    assert ran.err.startswith(f"{command}: ")
    assert f"({command} --help" in ran.err
