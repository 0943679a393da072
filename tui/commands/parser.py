"""What was typed after `santral`, read by argparse as `specs` says, in the language in use."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final, NoReturn

from msgspec import Struct

from tui.commands.output import full_sentence, problem
from tui.commands.spec import PROGRAM, Arguments, CommandSpec, Node, Parameter, function_of
from tui.commands.specs import CONFIG, HELP, PROFILE_OPTION, command_line
from tui.commands.status import Status
from tui.i18n.words import say
from tui.operations.services import NotPossible

# What argparse says of wrong usage, and which of our texts says it. What a later Python says besides stays as it is.
_OF_AN_ARGUMENT: Final = re.compile(r"argument (?P<name>.+?): (?P<message>.*)", re.DOTALL)
_SENTENCES: Final = (
    (re.compile(r"the following arguments are required: (?P<names>.*)", re.DOTALL), "command.argparse.required"),
    (re.compile(r"unrecognized arguments: (?P<words>.*)", re.DOTALL), "command.argparse.unrecognized"),
    (re.compile(r"invalid choice: (?P<value>.*) \(choose from (?P<choices>.*)\)", re.DOTALL),
     "command.argparse.choice"),
    (re.compile(r"expected one argument"), "command.argparse.one_argument"),
    (re.compile(r"ignored explicit argument (?P<value>.*)", re.DOTALL), "command.argparse.no_argument"),
    (re.compile(r"not allowed with argument (?P<name>.*)", re.DOTALL), "command.argparse.excluded"),
)


class ParsedCommand(Struct, frozen=True):
    """A command with what was typed after it. `config` and `profile`: what the options of these names say."""

    command: CommandSpec
    arguments: Arguments
    config: Path | None
    profile: str | None

    @property
    def as_json(self) -> bool:
        return bool(vars(self.arguments).get("json", False))


class _Formatter(argparse.HelpFormatter):
    def add_usage(self, usage: str | None, actions: Iterable[argparse.Action], groups: Iterable[Any],
                  prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, say("command.argparse.usage") if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    def __init__(self, **settings: Any) -> None:  # noqa: ANN401 - argparse's own many
        # Scripts must not begin to fail when a new option makes an abbreviation ambiguous.
        super().__init__(allow_abbrev=False, add_help=False, formatter_class=_Formatter, **settings)

    def error(self, message: str) -> NoReturn:
        """Wrong usage, in one line."""
        problem(say("command.usage", command=self.prog, message=translated(message)))
        self.exit(Status.USAGE)


class _Merge(argparse.Action):
    """An option that may be given several times: what was given so far and the next value come to one."""

    def __init__(self, *, merge: Callable[[Any, Any], Any], **settings: Any) -> None:  # noqa: ANN401 - argparse's
        super().__init__(**settings)
        self._merge = merge

    def __call__(self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, values: Any,  # noqa: ANN401 - argparse's
                 option_string: str | None = None) -> None:
        del option_string
        try:
            merged = self._merge(getattr(namespace, self.dest), values)
        except NotPossible as refused:
            parser.error(full_sentence(refused.reason))
        setattr(namespace, self.dest, merged)


class _End(argparse.Action):
    """An option in place of a command; what it runs is loaded when it is asked for."""

    def __init__(self, *, run: str, **settings: Any) -> None:  # noqa: ANN401 - argparse's
        super().__init__(nargs=0, default=argparse.SUPPRESS, **settings)
        self._run = run

    def __call__(self, parser: argparse.ArgumentParser, *_rest: object) -> None:
        parser.exit(function_of(self._run)())


def early_config(argv: Sequence[str]) -> Path | None:
    """What `--config` names, before the language is known in which wrong usage would be described."""
    for place, argument in enumerate(argv):
        if argument == "--config" and place + 1 < len(argv):
            return Path(argv[place + 1])
        if argument.startswith("--config="):
            return Path(argument.removeprefix("--config="))
    return None


def parse(argv: Sequence[str]) -> ParsedCommand:
    """The command and its arguments. SystemExit after help, the version, the specification and wrong usage."""
    parser = _make_parser(argv)
    found, unknown = parser.parse_known_args(argv)
    if unknown:
        _refuse_unknown(vars(found).get("_command"), unknown)
    return _call(vars(found))


def _refuse_unknown(command: CommandSpec | None, unknown: Sequence[str]) -> NoReturn:
    """Of the command that it was typed after, whose help says more; argparse knows the first parser alone then."""
    name = PROGRAM if command is None or not command.name else f"{PROGRAM} {command.name}"
    message = say("command.argparse.unrecognized", words=" ".join(unknown))
    problem(say("command.usage", command=name, message=message))
    raise SystemExit(Status.USAGE)


def _call(values: Mapping[str, Any]) -> ParsedCommand:
    command: CommandSpec = values["_command"]
    typed = {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
    return ParsedCommand(command, command.arguments(**typed), values[CONFIG.name], values[PROFILE_OPTION.name])


def _make_parser(argv: Sequence[str]) -> _Parser:
    """A parser in which those commands are filled in that `argv` names: all of them take longer than the rest of it."""
    root = command_line()
    parser = _Parser(prog=PROGRAM, description=say(root.help))
    _fill(parser, root, argv)
    return parser


def _fill(parser: _Parser, node: Node, argv: Sequence[str]) -> None:
    places = parser.add_argument_group(say("command.argparse.positionals"))
    options = parser.add_argument_group(say("command.argparse.options"))
    exclusive: dict[str, Callable[..., argparse.Action]] = {}
    for parameter in (*node.common, *node.own):
        add: Callable[..., argparse.Action] = options.add_argument if parameter.flags else places.add_argument
        if parameter.group:
            add = exclusive.get(parameter.group) or exclusive.setdefault(
                parameter.group, options.add_mutually_exclusive_group().add_argument)
        settings = _settings(parameter)
        if node.path and parameter in (CONFIG, PROFILE_OPTION):  # the program's own set the default, once
            settings["default"] = argparse.SUPPRESS
        add(*(parameter.flags or (parameter.name,)), **settings)
    if node.command is not None:
        parser.set_defaults(_command=node.command)
    if node.commands:
        below = parser.add_subparsers(
            required=node.command is None,
            title=say("command.title.actions" if node.path else "command.title.commands"),
            metavar=say("command.metavar.action" if node.path else "command.metavar.command"))
        for child in node.commands:
            text = say(child.help)
            added = below.add_parser(child.path[-1], help=text, description=text)
            if child.path[-1] in argv:
                _fill(added, child, argv)


def _settings(parameter: Parameter) -> dict[str, Any]:
    """What add_argument takes for a parameter."""
    settings: dict[str, Any] = {"help": say(parameter.help) if parameter.help else argparse.SUPPRESS}
    if parameter.flags:
        settings["dest"] = parameter.name
    if parameter is HELP:
        return {**settings, "action": "help"}
    if parameter.ends:
        return {**settings, "action": partial(_End, run=parameter.ends)}
    if parameter.value is None:
        return {**settings, "action": "store_true"}
    settings |= {"type": _typed(parameter.value.read), "metavar": parameter.shown}
    if parameter.merge is not None:
        return {**settings, "action": partial(_Merge, merge=parameter.merge), "default": parameter.default}
    if parameter.flags:
        return {**settings, "default": parameter.default}
    return {**settings, "nargs": "+"} if parameter.several else settings


def _typed(read: Callable[[str], Any]) -> Callable[[str], Any]:
    """A reader of a value whose refusal is one of our sentences."""

    def typed(text: str) -> object:
        try:
            return read(text)
        except NotPossible as refused:
            raise argparse.ArgumentTypeError(full_sentence(refused.reason)) from None
        except ValueError as refused:
            raise argparse.ArgumentTypeError(say(str(refused), value=text)) from None

    return typed


def translated(message: str) -> str:
    """What argparse says is wrong, in the language in use."""
    whole = _OF_AN_ARGUMENT.fullmatch(message)
    if whole is not None:
        return say("command.argparse.argument", name=whole["name"], message=_sentence(whole["message"]))
    return _sentence(message)


def _sentence(message: str) -> str:
    for pattern, key in _SENTENCES:
        found = pattern.fullmatch(message)
        if found is not None:
            return say(key, **found.groupdict())
    return message
