"""What the environment tells of a terminal."""

from __future__ import annotations

import io

import pytest

from tui.app.terminal.capabilities import around, colours, needed, unfit


@pytest.mark.parametrize(("environ", "many"), [
    ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, 1 << 24),
    ({"TERM": "xterm-kitty"}, 1 << 24),
    ({"TERM": "xterm-256color"}, 256),
    ({"TERM": "tmux-256color"}, 256),
    ({"TERM": "screen"}, 16),
    ({"TERM": "linux"}, 16),
    ({"TERM": "screen", "COLORTERM": "truecolor", "STY": "4711.pts-0.host"}, 16),
    ({"TERM": "screen.xterm-256color", "COLORTERM": "truecolor", "STY": "4711.pts-0.host"}, 256),
    ({"TERM": "screen", "COLORTERM": "truecolor", "TMUX": "/run/tmux,1,0"}, 1 << 24),
    ({"TERM": "dumb"}, 0),
    ({}, 0),
    ({"TERM": "xterm-256color", "COLORTERM": "24bit", "NO_COLOR": "0"}, 0),
    ({"TERM": "xterm-256color", "COLORTERM": "24bit", "NO_COLOR": ""}, 1 << 24),
], ids=str)
def test_how_many_colours(environ: dict[str, str], many: int) -> None:
    assert colours(environ) == many


def test_what_lies_between() -> None:
    assert around({}) == []
    assert around({"TMUX": "x", "SSH_CONNECTION": "1 2 3 4", "STY": ""}) == ["tmux", "ssh"]


def test_the_line_that_tmux_and_screen_keep_is_not_missed() -> None:
    assert needed({}) == (80, 24)
    assert needed({"SSH_CONNECTION": "1 2 3 4"}) == (80, 24)
    assert needed({"TMUX": "/run/tmux,1,0"}) == (80, 23)
    assert needed({"STY": "4711.pts-0.host"}) == (80, 23)


@pytest.mark.parametrize(("term", "encoding", "code"), [
    ("xterm", "utf-8", None), ("xterm", "UTF8", None), ("", "utf-8", None),
    ("dumb", "utf-8", "command.terminal.dumb"), ("xterm", "iso-8859-9", "command.terminal.encoding"),
    ("xterm", "ascii", "command.terminal.encoding"),
])
def test_where_the_app_can_not_be_shown(term: str, encoding: str, code: str | None) -> None:
    found = unfit({"TERM": term}, io.TextIOWrapper(io.BytesIO(), encoding=encoding))
    assert (found.code if found is not None else None) == code
