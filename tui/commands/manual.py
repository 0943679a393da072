"""The manual page, made of what the parser says: `python -m tui.commands.manual > docs/santral.1`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Final

from tui.commands.arguments import make_parser
from tui.commands.tree import Argument, Command, Value, read
from tui.i18n.words import use

_BEGINNING: Final = """\
.\\" Made of the parser by `python -m tui.commands.manual`: not to be edited.
.TH SANTRAL 1
.SH NAME
santral \\- outbound voice campaigns on the Bulutsantralim cloud PBX
.SH SYNOPSIS
.B santral
[\\fIOPTION\\fR]... [\\fICOMMAND\\fR]
.SH DESCRIPTION
Without a command the app starts. The commands serve scripts and servers, by the same rules and the same store.
Results are written to the standard output, everything else to the standard error."""
_EVERYWHERE: Final = "[--config PATH] [--profile NAME] "
_END: Final = """\
.SH EXIT STATUS
.TP
.B 0
done
.TP
.B 1
refused or failed; a sentence on the standard error says why
.TP
.B 2
wrong usage
.TP
.B 3
unconfirmed: it may have been carried out, and only the provider's web panel knows; or the provider's answer, which
is printed, could not be written down
.TP
.BR 129 ", " 130 ", " 131 ", " 143
ended by SIGHUP, SIGINT, SIGQUIT, SIGTERM
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
    root = read(make_parser())
    parts = [_BEGINNING, ".SH OPTIONS", *_arguments(root.options), ".SH COMMANDS"]
    for command in root.walk():
        if command.path and not command.commands:
            parts += _command(command)
    return "\n".join([*parts, _END]) + "\n"


def _command(command: Command) -> Iterator[str]:
    yield f".SS {_plain(command.usage.replace(_EVERYWHERE, '').replace('[-h] ', ''))}"
    yield f"{_plain(_sentence(command.help))}"
    yield from _arguments((*command.places, *_own(command)))


def _own(command: Command) -> tuple[Argument, ...]:
    """Without those that stand everywhere."""
    return tuple(option for option in command.options if not {"--help", "--config", "--profile"} & set(option.flags))


def _arguments(arguments: tuple[Argument, ...]) -> Iterator[str]:
    for argument in arguments:
        yield ".TP"
        value = "" if argument.value is Value.NONE else f"\\fI{_plain(argument.shown)}\\fR"
        flags = ", ".join(f"\\fB{_plain(flag)}\\fR" for flag in argument.flags)
        yield f"{flags} {value}".strip()
        yield _plain(argument.help)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _plain(text: str) -> str:
    """Text that roff takes for nothing else."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{escaped}" if escaped.startswith((".", "'")) else escaped


if __name__ == "__main__":
    sys.stdout.write(manual())
