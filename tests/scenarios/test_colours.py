"""The colours that reach a real terminal are those that it has, and none where none are wanted; in the demo as well."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rich.color import Color, ColorSystem

from tests.scenarios.conftest import SANTRAL, write_config
from tests.terminal import Terminal
from tui.app import themes
from tui.app.palette_256 import in_256

pytestmark = pytest.mark.terminal
_SENT = re.compile(rb"\x1b\[([0-9;]*)m")
_COLOUR = re.compile(rb"[34]8;2;\d+;\d+;\d+|[34]8;5;\d+|\b(?:[34][0-7]|9[0-7]|10[0-7])\b")


def colours(terminal: Terminal) -> set[bytes]:
    """What was asked of the terminal: `38;2;…` and `48;5;…` whole, `3x` and `9x` alone."""
    return {colour for asked in _SENT.findall(bytes(terminal.written)) for colour in _COLOUR.findall(asked)}


@pytest.mark.long
@pytest.mark.parametrize("arguments", [(), ("demo",)], ids=["app", "demo"])
@pytest.mark.parametrize(("variables", "wanted"), [
    ({"NO_COLOR": ""}, "16M"), ({"NO_COLOR": "1"}, "none"), ({"NO_COLOR": "0"}, "none"),
    ({"COLORTERM": "", "NO_COLOR": ""}, "256"), ({"COLORTERM": "", "TERM": "linux"}, "16"),
], ids=str)
def test_a_terminal_gets_the_colours_it_has(
    home: Path, environ: dict[str, str], arguments: tuple[str, ...], variables: dict[str, str], wanted: str,
) -> None:
    write_config(home, "http://127.0.0.1:9", "en")
    with Terminal([*SANTRAL, *arguments], environ, variables=variables) as terminal:
        terminal.wait("n New")
        terminal.press("ctrl+q")
        assert terminal.end() == 0
        sent = colours(terminal)
    theme = themes.find(home / "config.toml", themes.DEFAULT)
    assert theme is not None
    if wanted == "16M":
        assert any(colour.startswith(b"48;2;") for colour in sent)
    elif wanted == "256":
        ground = Color.parse(in_256(theme).variables["surface"]).downgrade(ColorSystem.EIGHT_BIT)
        assert f"48;5;{ground.number}".encode() in sent  # left to Rich it would be another
        assert not any(colour.startswith((b"38;2;", b"48;2;")) for colour in sent)
    else:
        assert not any(colour[2:3] == b";" for colour in sent)
        assert wanted == "16" or not sent
