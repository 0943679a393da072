"""`santral --version` and `santral --spec`: the program, described by itself.

The document of `--spec`, in the language in use where it has sentences (`help`) and words for values (`shown`):

    {"name": "santral", "version": text | null, "help": text,
     "options": [parameter, …],       before a command
     "commands": [{"name": "campaign create", "help": text, "usage": text,
                   "arguments": [parameter, …], "options": [parameter, …]}, …],
     "exit_statuses": [{"status": number, "help": text}, …]}
    parameter   {"name": text, "flags": ["--json", …], empty for an argument that stands by its place, "help": text,
                 "required": bool, "several": bool: it may be given more than once, "excludes": [flag, …],
                 "default": value | null,
                 "value": null of a switch | {"type": "file" | "campaign" | "profile" | "choice" | "phone" | "integer" |
                 "number" | "text", "shown": text, "choices": [text, …] of a choice, else empty}}

Keys may be added in later versions; none is renamed or taken away.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from tui.commands.output import document, line
from tui.commands.spec import PROGRAM, Node, Parameter
from tui.commands.specs import command_line
from tui.commands.status import MEANINGS, Status, read_status, signal_statuses
from tui.i18n.words import say

Json = dict[str, Any]


def print_version() -> Status:
    return read_status(written=line(f"{PROGRAM} {_version() or '?'}"))


def _version() -> str | None:
    try:
        return version(PROGRAM)
    except PackageNotFoundError:  # run from a folder that nobody installed
        return None


def print_spec() -> Status:
    return read_status(written=document(specification()))


def specification() -> Json:
    """Every command, option and exit status."""
    root = command_line()
    return {
        "name": PROGRAM, "version": _version(), "help": say(root.help), "options": _parameters(root.options),
        "commands": [_command(node) for node in root.walk() if node.path and node.command is not None],
        "exit_statuses": [*({"status": status.value, "help": say(text)} for status, text in MEANINGS.items()),
                          *({"status": status, "help": say("command.status.signal", signal=name)}
                            for status, name in signal_statuses())],
    }


def _command(node: Node) -> Json:
    return {"name": " ".join(node.path), "help": say(node.help), "usage": node.usage(),
            "arguments": _parameters(node.places), "options": _parameters(node.options)}


def _parameters(parameters: Sequence[Parameter]) -> list[Json]:
    groups: dict[str, list[str]] = {}
    for parameter in parameters:
        groups.setdefault(parameter.group, []).extend(parameter.flags)
    return [_parameter(parameter, groups) for parameter in parameters]


def _parameter(parameter: Parameter, groups: Mapping[str, Sequence[str]]) -> Json:
    value = parameter.value
    return {
        "name": parameter.name, "flags": list(parameter.flags), "help": say(parameter.help),
        "required": not parameter.flags, "several": parameter.several,
        "excludes": [flag for flag in groups[parameter.group] if parameter.group and flag not in parameter.flags],
        "default": parameter.default or None if parameter.several else parameter.default,
        "value": None if value is None else {
            "type": value.kind.value, "shown": parameter.shown, "choices": list(value.choices)},
    }
