"""The clipboard: by the terminal (OSC 52), which works over SSH where it is allowed, and by the desktop's own programs.

What is copied goes through their input: an argument could be read in the process list.
"""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import sys
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from msgspec import Struct

from tui.core.environment import handed_on

_PATIENCE: Final = 3.0  # seconds; one that asks for more has hung
_SCREEN_PIECE: Final = 240  # screen drops a sequence that is longer than some 700 bytes


class Tool(Struct, frozen=True):
    """A program that takes what is copied. `certain` where it then is in the clipboard of whoever sits there."""

    command: tuple[str, ...]
    encoding: str = "utf-8"
    certain: bool = True


_WAYLAND: Final = Tool(("wl-copy",))
_X11: Final = (Tool(("xclip", "-selection", "clipboard")), Tool(("xsel", "--clipboard", "--input")))
_MAC: Final = Tool(("pbcopy",))
_WINDOWS: Final = Tool(("clip.exe",), encoding="utf-16-le")
# Into tmux's own buffer, and on to the terminal it runs in, whatever tmux does with sequences of the programs in it.
_TMUX: Final = Tool(("tmux", "load-buffer", "-w", "-"), certain=False)


def tools(environ: Mapping[str, str]) -> list[Tool]:
    """Those that are installed and would reach somebody, the surest first."""
    return [tool for tool in _fitting(environ) if shutil.which(tool.command[0], path=environ.get("PATH"))]


def _fitting(environ: Mapping[str, str]) -> Iterator[Tool]:
    distant = "SSH_CONNECTION" in environ or "SSH_TTY" in environ
    if environ.get("WAYLAND_DISPLAY") and not distant:
        yield _WAYLAND
    if environ.get("DISPLAY"):  # over SSH too: it is then forwarded
        yield from _X11
    if not distant:
        if sys.platform == "darwin":
            yield _MAC
        if sys.platform == "win32" or "WSL_DISTRO_NAME" in environ:
            yield _WINDOWS
    if environ.get("TMUX"):
        yield _TMUX


def osc52(text: str, environ: Mapping[str, str]) -> str:
    """What asks the terminal to copy `text`, in the form in which tmux and screen let it through."""
    asked = f"\x1b]52;c;{b64encode(text.encode()).decode('ascii')}\x07"
    if environ.get("TMUX"):
        doubled = asked.replace("\x1b", "\x1b\x1b")
        return f"{asked}\x1bPtmux;{doubled}\x1b\\"
    if environ.get("STY"):
        pieces = (asked[start:start + _SCREEN_PIECE] for start in range(0, len(asked), _SCREEN_PIECE))
        return "".join(f"\x1bP{piece}\x1b\\" for piece in pieces)
    return asked


async def copy_natively(text: str, environ: Mapping[str, str],
                        redact: Callable[[str], str] | None = None) -> bool:
    """Whether it is certain that `text` is in the clipboard now. No program is given what `redact` takes for a key."""
    for tool in tools(environ):
        if await _hand_over(tool, text, handed_on(environ, redact)):
            return tool.certain
    return False


async def _hand_over(tool: Tool, text: str, environ: dict[str, str]) -> bool:
    try:
        process = await asyncio.create_subprocess_exec(
            *tool.command, env=environ, stdin=asyncio.subprocess.PIPE,
            # Some stay, to give out what they hold: they would keep a pipe open, and die with the app.
            stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL, start_new_session=True)
    except OSError:
        return False
    try:
        await asyncio.wait_for(process.communicate(text.encode(tool.encoding)), _PATIENCE)
    except (TimeoutError, OSError):
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
        return False
    return process.returncode == 0
