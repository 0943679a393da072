"""The manual page, made of the command line's records: `python -m tui.commands.manual > docs/santral.1`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import Final

from tui.commands.spec import Node, Parameter
from tui.commands.specs import command_line
from tui.commands.status import MEANINGS, signal_statuses
from tui.i18n.words import say, use

_BEGINNING: Final = """\
.\\" Made of the command line's records by `python -m tui.commands.manual`: not to be edited.
.TH SANTRAL 1
.SH NAME
santral \\- outbound voice campaigns on the Bulutsantralim cloud PBX
.SH SYNOPSIS
.B santral
[\\fIOPTION\\fR]... [\\fICOMMAND\\fR]
.SH DESCRIPTION
Without a command the app starts. The commands serve scripts and servers, by the same rules and the same store.
Results are written to the standard output, everything else to the standard error."""
_END: Final = """\
.SH FILES
.TP
.I ~/.config/santral/config.toml
the configuration; \\fBsantral config path\\fR says where it is
.TP
.I ~/.local/share/santral/
the database, and what was chosen in the app; results that the database can't take are kept beside it, in
\\fIDATABASE\\fR.spool, and taken in later
.TP
.I ~/.local/state/santral/log/santral.log
the log
.SH ENVIRONMENT
.TP
.B SANTRAL_CONFIG
the configuration's path
.TP
.B SANTRAL_PROFILE
the profile to work with
.TP
.B SANTRAL_API_KEY
its key
.TP
.B NO_COLOR
no colours, where it is not empty
.SH SEE ALSO
The help within the app (\\fB?\\fR), and \\fBsantral\\fR \\fICOMMAND\\fR \\fB\\-\\-help\\fR."""


def manual() -> str:
    """The page, in English."""
    use("en")
    root = command_line()
    parts = [_BEGINNING, ".SH OPTIONS", *_parameters(root.options), ".SH COMMANDS"]
    for node in root.walk():
        if node.path and node.command is not None:
            parts += _command(node)
    return "\n".join([*parts, ".SH EXIT STATUS", *_statuses(), _END]) + "\n"


def _command(node: Node) -> Iterator[str]:
    yield f".SS {_plain(node.usage())}"
    yield f"{_plain(_sentence(say(node.help)))}"
    yield from _parameters((*node.places, *(option for option in node.options if option not in node.common)))


def _parameters(parameters: Iterable[Parameter]) -> Iterator[str]:
    for parameter in parameters:
        yield ".TP"
        value = "" if parameter.value is None else f"\\fI{_plain(parameter.shown)}\\fR"
        flags = ", ".join(f"\\fB{_plain(flag)}\\fR" for flag in parameter.flags)
        yield f"{flags} {value}".strip()
        yield _plain(say(parameter.help))


def _statuses() -> Iterator[str]:
    for status, text in MEANINGS.items():
        yield from (".TP", f".B {status.value}", _plain(say(text)))
    numbers, names = zip(*signal_statuses(), strict=True)
    yield from (".TP", ".BR " + ' ", " '.join(map(str, numbers)),
                _plain(say("command.status.signal", signal=", ".join(names))))


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _plain(text: str) -> str:
    """Text that roff takes for nothing else."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{escaped}" if escaped.startswith((".", "'")) else escaped


if __name__ == "__main__":
    sys.stdout.write(manual())
