"""What can be known of a terminal without asking it."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from typing import Final, TextIO

from tui.core.reason import Reason

ANSI: Final = 16  # colours
EIGHT_BIT: Final = 256
TRUE_COLOUR: Final = 1 << 24


def encoding_of(stream: TextIO | None) -> str:
    """The encoding of a stream by its usual name; "" where there is none."""
    name = getattr(stream, "encoding", None)
    try:
        return codecs.lookup(name).name if name else ""
    except LookupError:
        return str(name)


def unfit(environ: Mapping[str, str], stream: TextIO | None) -> Reason | None:
    """Why the app can't be shown in this terminal; None where it can."""
    term = environ.get("TERM", "")
    if term in ("dumb", "unknown"):
        return Reason("command.terminal.dumb", {"term": term})
    encoding = encoding_of(stream)
    if encoding != "utf-8":
        return Reason("command.terminal.encoding", {"encoding": encoding or "?"})
    return None


def no_colours(environ: Mapping[str, str]) -> bool:
    """Whether none are wanted, as https://no-color.org has it: set to nothing, `NO_COLOR` is as if it were not set."""
    return bool(environ.get("NO_COLOR"))


def colours(environ: Mapping[str, str]) -> int:
    """How many colours the environment promises: ANSI, EIGHT_BIT or TRUE_COLOUR; 0 where none are wanted."""
    if no_colours(environ):
        return 0
    # GNU screen hands on what the terminal around it has promised, and makes a mess of more than 256.
    if environ.get("COLORTERM", "").lower() in ("truecolor", "24bit") and not environ.get("STY"):
        return TRUE_COLOUR
    term = environ.get("TERM", "").lower()
    if term in ("", "dumb", "unknown"):
        return 0
    if re.search(r"kitty|direct|truecolor|24bit", term):
        return TRUE_COLOUR
    return EIGHT_BIT if "256" in term else ANSI


def needed(environ: Mapping[str, str]) -> tuple[int, int]:
    """The least columns and rows: 80×24, less the line that tmux and screen keep for themselves."""
    return 80, 23 if {"tmux", "screen"} & set(around(environ)) else 24


def around(environ: Mapping[str, str]) -> list[str]:
    """What lies between this program and the window: tmux, screen, SSH, WSL."""
    names = {"tmux": "TMUX", "screen": "STY", "ssh": "SSH_CONNECTION", "wsl": "WSL_DISTRO_NAME"}
    return [name for name, variable in names.items() if environ.get(variable)]
