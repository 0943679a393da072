"""What is copied reaches every clipboard there is, and stands in no argument."""

from __future__ import annotations

import re
from base64 import b64decode
from pathlib import Path

import pytest

from tests.conftest import KEY
from tui.app.terminal import clipboard
from tui.app.terminal.clipboard import copy_natively, osc52, tools
from tui.core.secret import Redactor, Secret

TEXT = "905321234567 ğüş"


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """A folder of programs that write down what they were given."""
    made = tmp_path / "bin"
    made.mkdir()
    return made


def program(folder: Path, name: str, script: str = "") -> None:
    path = folder / name
    path.write_text(f'#!/bin/sh\nPATH=/usr/bin:/bin\necho "$0 $@" > "{folder}/{name}.arguments"\n'
                    f'{script or f"cat > {folder}/{name}.given"}\n', encoding="utf-8")
    path.chmod(0o755)


def named(folder: Path, **environ: str) -> list[str]:
    return [tool.command[0] for tool in tools({"PATH": str(folder), **environ})]


@pytest.mark.parametrize(("environ", "found"), [
    ({}, []),
    ({"DISPLAY": ":0"}, ["xclip", "xsel"]),
    ({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, ["wl-copy", "xclip", "xsel"]),
    ({"WAYLAND_DISPLAY": "wayland-0", "SSH_CONNECTION": "1 2 3 4"}, []),  # the desktop of another room
    ({"DISPLAY": "localhost:10", "SSH_CONNECTION": "1 2 3 4"}, ["xclip", "xsel"]),  # forwarded
    ({"WSL_DISTRO_NAME": "Debian"}, ["clip.exe"]),
    ({"TMUX": "tmux,1,0"}, ["tmux"]),
], ids=str)
def test_which_programs_reach_somebody(programs: Path, environ: dict[str, str], found: list[str]) -> None:
    for name in ("wl-copy", "xclip", "xsel", "clip.exe", "tmux"):
        program(programs, name)
    assert named(programs, **environ) == found


def test_a_program_that_is_not_installed_is_not_asked(programs: Path) -> None:
    program(programs, "xsel")
    assert named(programs, DISPLAY=":0") == ["xsel"]


async def test_what_is_copied_goes_through_the_input_alone(programs: Path) -> None:
    program(programs, "xclip")
    assert await copy_natively(TEXT, {"PATH": str(programs), "DISPLAY": ":0"})
    assert (programs / "xclip.given").read_text(encoding="utf-8") == TEXT
    assert TEXT not in (programs / "xclip.arguments").read_text(encoding="utf-8")


async def test_no_key_is_in_a_programs_environment(programs: Path) -> None:
    program(programs, "xclip", f'/usr/bin/env > "{programs}/xclip.environ"')
    environ = {"PATH": str(programs), "DISPLAY": ":0", "SANTRAL_API_KEY": KEY, "MINE": "a key of another shape"}
    assert await copy_natively(TEXT, environ, Redactor([Secret("a key of another shape")]))
    given = (programs / "xclip.environ").read_text(encoding="utf-8")
    assert "DISPLAY" in given
    assert KEY not in given
    assert "another shape" not in given


async def test_windows_gets_its_own_encoding(programs: Path) -> None:
    program(programs, "clip.exe")
    assert await copy_natively(TEXT, {"PATH": str(programs), "WSL_DISTRO_NAME": "Debian"})
    assert (programs / "clip.exe.given").read_bytes().decode("utf-16-le") == TEXT


async def test_where_one_fails_the_next_is_asked(programs: Path) -> None:
    program(programs, "xclip", "exit 1")
    program(programs, "xsel")
    assert await copy_natively(TEXT, {"PATH": str(programs), "DISPLAY": ":0"})
    assert (programs / "xsel.given").read_text(encoding="utf-8") == TEXT


async def test_one_that_hangs_is_given_up(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clipboard, "_PATIENCE", 0.05)
    program(programs, "xclip", "exec sleep 600")
    assert not await copy_natively(TEXT, {"PATH": str(programs), "DISPLAY": ":0"})


async def test_tmux_holds_it_but_the_desktop_may_not(programs: Path) -> None:
    program(programs, "tmux")
    assert not await copy_natively(TEXT, {"PATH": str(programs), "TMUX": "tmux,1,0"})
    assert (programs / "tmux.given").read_text(encoding="utf-8") == TEXT


def copied(sequence: str) -> str:
    match = re.search("\x1b]52;c;([A-Za-z0-9+/=]*)\x07", sequence)
    assert match is not None
    return b64decode(match[1]).decode()


def test_the_terminal_is_asked() -> None:
    assert copied(osc52(TEXT, {})) == TEXT


def test_within_tmux_it_is_asked_by_tmux_and_past_it() -> None:
    sequence = osc52(TEXT, {"TMUX": "tmux,1,0"})
    plain, _, past = sequence.partition("\x1bPtmux;")
    assert copied(plain) == copied(past.replace("\x1b\x1b", "\x1b")) == TEXT
    assert past.endswith("\x07\x1b\\")


@pytest.mark.parametrize("length", [1, 1_000, 30_000])
def test_within_screen_it_goes_past_in_pieces(length: int) -> None:
    text = "ğ" * length
    sequence = osc52(text, {"STY": "1.pts"})
    pieces = re.findall("\x1bP(.*?)\x1b\\\\", sequence, re.DOTALL)
    assert "".join(f"\x1bP{piece}\x1b\\" for piece in pieces) == sequence
    assert all(len(piece) < 512 for piece in pieces)
    assert copied("".join(pieces)) == text
