"""Every command that the command line has, run in surroundings that are not as one would wish, a process each."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tui.commands.spec import Node, Parameter, ValueKind
from tui.commands.specs import command_line
from tui.i18n.words import Words

PATIENCE: Final = 240.0
# What stands for an argument that is neither a file nor a campaign: by what the help calls it.
_SAMPLES: Final = {"NUMBER": "05321234567", "ID": "20299", "FROM": "FROM", "TO": "TO", "NAME": "default",
                   "PLAN": "busy: once"}
# So that nothing is asked, nothing waits, and what would go on for ever ends with its input, which is empty.
_OPTIONS: Final = ("--yes", "--offline", "--until-eof")
_RAW: Final = re.compile(r"^(?:\s|Exception ignored|\S+:\d+: |\w+(?:Error|Warning)\b)", re.MULTILINE)
# The same process for all of them, so that each has to load only what is its own.
_DRIVER: Final = """
import fcntl, json, os, sys
from tui.__main__ import main
import tui.commands.main, tui.commands.parser, tui.store.store
commands, prepare = json.loads(sys.argv[1]), sys.argv[2]
told = []
for command in commands:
    pipes = [os.pipe() for _ in range(2)]
    for reading, writing in pipes:
        fcntl.fcntl(writing, 1031, 1 << 20)  # F_SETPIPE_SZ: all of it is read at the end
    child = os.fork()
    if not child:
        for target, (reading, writing) in zip((1, 2), pipes):
            os.dup2(writing, target)
            os.close(reading)
            os.close(writing)
        sys.argv = ["santral", *command]
        exec(prepare)
        status = 99
        try:
            status = main()
        except SystemExit as end:
            status = end.code
        finally:
            for stream in (sys.stdout, sys.stderr):
                if stream is not None:
                    stream.flush()
            os._exit(int(status or 0))
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    for reading, writing in pipes:
        os.close(writing)
    told.append([status, *(open(reading, encoding="utf-8").read() for reading, writing in pipes)])
print(json.dumps(told))
"""


@dataclass(frozen=True)
class Ran:
    """What a command came to."""

    command: tuple[str, ...]
    status: int
    out: str
    err: str


def commands(files: Mapping[str, str]) -> list[tuple[str, ...]]:
    """Every command with all that it needs; `files` has a campaign's FILE, and the databases FROM and TO."""
    found = [_typed(leaf, files) for leaf in command_line().walk() if leaf.path and leaf.command]
    return [(), ("--version",), ("--spec",), ("--help",), ("completion", "refs"), ("completion", "profiles"), *found]


def _typed(leaf: Node, files: Mapping[str, str]) -> tuple[str, ...]:
    flags = {flag for option in leaf.options for flag in option.flags}
    hidden = {"--until-eof"} if leaf.path in (("listen",), ("sandbox",)) else set()
    options = [option for option in _OPTIONS if option in flags | hidden]
    port = ["--port", "0"] if "--port" in flags else []
    return (*leaf.path, *(_value(place, files) for place in leaf.places), *options, *port)


def _value(place: Parameter, files: Mapping[str, str]) -> str:
    assert place.value is not None  # an argument that stands by its place
    match place.value.kind:
        case ValueKind.FILE:
            return files["FILE"]
        case ValueKind.CAMPAIGN:
            return "d1"
        case ValueKind.CHOICE:
            return place.value.choices[0]
    return files.get(_SAMPLES[place.shown], _SAMPLES[place.shown])


def run_each(commands: Sequence[Sequence[str]], environ: Mapping[str, str], prepare: str = "",
             cwd: Path | None = None) -> list[Ran]:
    """Run each in a process of its own, in which the Python of `prepare` has run before."""
    ran = subprocess.run([sys.executable, "-c", _DRIVER, json.dumps(commands), prepare], cwd=cwd,
                         env=dict(environ), stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8",
                         timeout=PATIENCE, check=False)
    assert ran.returncode == 0, ran.stderr
    return [Ran(tuple(command), *told) for command, told in zip(commands, json.loads(ran.stdout), strict=True)]


def wrong_with(ran: Ran) -> Iterator[str]:
    """What no user may see."""
    said = ran.out + ran.err
    # At the end of its input it sends itself a signal, which may come before it is heard.
    ended = ran.status == -signal.SIGTERM and "--until-eof" in ran.command
    if ran.status not in (0, 1, 2, 3) and not ended:
        yield f"status {ran.status}"
    if "Traceback" in said:
        yield "a traceback"
    for key in ("command.failed", "command.failed_unlogged"):
        if Words("en").texts[key].split(".")[0] in said:  # type: ignore[union-attr] # it has no plural
            yield "Santral crashed"
    if ran.command and ran.command[-1] != "--help" and _RAW.search(ran.err):
        yield "a raw line"
    if ran.status and not ended and not said.strip():
        yield "no word"


def environment(home: Path) -> dict[str, str]:
    """As few variables as there can be."""
    return {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": str(home)}
