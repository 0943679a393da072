"""What can be typed after `santral`, in the language in use."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NoReturn, TypeVar

from tui.campaign.phone import BadPhone, wire_phone
from tui.commands.output import full_sentence, line, problem
from tui.commands.result_filter import condition
from tui.commands.status import Status
from tui.core.secret import Redactor
from tui.i18n.words import say
from tui.operations.adopt import parse_id
from tui.operations.services import NotPossible

T = TypeVar("T")

SHELLS: Final = ("bash", "zsh", "fish")
_ASKED_BY_SHELLS: Final = ("refs", "profiles")  # the scripts ask what there is
DEFAULT_SANDBOX_PORT: Final = 8099
_LONGEST_KEY: Final = 200
_REF: Final = re.compile(r"d?[1-9][0-9]{0,17}")

# What argparse says by itself, and which of our texts says it.
_ARGPARSE: Final = {
    "usage: ": "command.argparse.usage",
    "positional arguments": "command.argparse.positionals",
    "options": "command.argparse.options",
    "show this help message and exit": "command.help.help",
    "the following arguments are required: %s": "command.argparse.required",
    "unrecognized arguments: %s": "command.argparse.unrecognized",
    "invalid choice: %(value)r (choose from %(choices)s)": "command.argparse.choice",
    "invalid %(type)s value: %(value)r": "command.argparse.value",
    "expected one argument": "command.argparse.one_argument",
    "ignored explicit argument %r": "command.argparse.no_argument",
    "argument %(argument_name)s: %(message)s": "command.argparse.argument",
}


def _translated(message: str) -> str:
    """A text of argparse in the language in use; one that this version of Python has and we don't know, as it is."""
    return say(_ARGPARSE[message]) if message in _ARGPARSE else message


# argparse asks gettext for its texts, which wants compiled catalogues on the disk; ours are Python.
vars(argparse)["_"] = _translated


class _Parser(argparse.ArgumentParser):
    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - argparse's own many options
        # Scripts must not begin to fail when a new option makes an abbreviation ambiguous.
        super().__init__(allow_abbrev=False, **options)

    def error(self, message: str) -> NoReturn:
        """Wrong usage, in one line."""
        problem(say("command.usage", command=self.prog, message=message))
        self.exit(Status.USAGE)


class _Told(tuple[str, ...]):
    """Choices of which only some are told."""

    told: tuple[str, ...]

    def __new__(cls, choices: tuple[str, ...], told: tuple[str, ...]) -> _Told:
        made = super().__new__(cls, choices)
        made.told = told
        return made

    def __iter__(self) -> Iterator[str]:
        return iter(self.told)


class _Version(argparse.Action):
    """Looks the version up when it is asked for, not at every start."""

    def __call__(self, parser: argparse.ArgumentParser, *_rest: object) -> None:
        from importlib.metadata import PackageNotFoundError, version

        try:
            found = version("santral")
        except PackageNotFoundError:  # run from a folder that nobody installed
            found = "?"
        parser.exit(Status.DONE if line(f"santral {found}") else Status.FAILED)


class _Conditions(argparse.Action):
    """Gathers conditions by field. Wrong usage where two of them can't both hold."""

    def __call__(self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, values: Any,  # noqa: ANN401 - argparse's
                 option_string: str | None = None) -> None:
        del option_string
        name, value = values
        before: dict[str, Any] = getattr(namespace, self.dest)
        if before.get(name, value) != value:
            parser.error(say("command.wrong.two_conditions", name=name))
        setattr(namespace, self.dest, {**before, name: value})


def early_config(argv: Sequence[str]) -> Path | None:
    """What `--config` names, before the language is known in which wrong usage would be told."""
    for place, argument in enumerate(argv):
        if argument == "--config" and place + 1 < len(argv):
            return Path(argv[place + 1])
        if argument.startswith("--config="):
            return Path(argument.removeprefix("--config="))
    return None


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """The arguments; `command` is None for the app. SystemExit after help, the version and wrong usage."""
    return make_parser().parse_args(argv)


def make_parser() -> argparse.ArgumentParser:
    """The whole command line, in the language in use."""
    parser = _Parser(prog="santral", description=say("command.help.santral"), parents=[_everywhere(None)])
    parser.add_argument("--version", action=_Version, nargs=0, help=say("command.help.version"))
    commands = parser.add_subparsers(dest="command", title=say("command.title.commands"),
                                     metavar=say("command.metavar.command"))
    everywhere = _everywhere(argparse.SUPPRESS)
    _add_campaign(commands, everywhere)
    _add_results(commands, everywhere)
    _add_do_not_call(commands, everywhere)
    _add_phones(commands, everywhere)
    _add_config(commands, everywhere)
    _add_store(commands)
    _add_listen(commands, everywhere)
    _add_sandbox(commands)
    _add_doctor(commands, everywhere)
    _add_completion(commands, everywhere)
    demo = commands.add_parser("demo", help=say("command.help.demo"), description=say("command.help.demo"))
    demo.add_argument("--speed", type=_typed(_speed), default=1.0, metavar="N", help=say("command.help.speed"))
    return parser


def _everywhere(default: str | None) -> _Parser:
    """The options that may stand before the command or after it. The default is set once, by the first parser."""
    options = _Parser(add_help=False)
    options.add_argument("--config", type=Path, default=default, metavar=say("command.metavar.path"),
                         help=say("command.help.config"))
    options.add_argument("--profile", default=default, metavar=say("command.metavar.name"),
                         help=say("command.help.profile"))
    return options


def _add_campaign(commands: argparse._SubParsersAction[_Parser], everywhere: _Parser) -> None:
    text = say("command.help.campaign")
    campaign = commands.add_parser("campaign", help=text, description=text, parents=[everywhere])
    actions = campaign.add_subparsers(dest="action", required=True, title=say("command.title.actions"),
                                      metavar=say("command.metavar.action"))

    def add(name: str, *, json: bool = True) -> _Parser:
        text = say(f"command.help.campaign_{name.replace('-', '_')}")
        parser = actions.add_parser(name, help=text, description=text, parents=[everywhere])
        if json:
            parser.add_argument("--json", action="store_true", help=say("command.help.json"))
        return parser

    for name in ("create", "check"):
        parser = add(name)
        parser.add_argument("file", type=Path, metavar=say("command.metavar.file"), help=say("command.help.file"))
        parser.add_argument("--phones", type=Path, metavar=say("command.metavar.list"), help=say("command.help.phones"))
        _add_list_options(parser)
        parser.add_argument("--keep-repeats", action="store_true", help=say("command.help.keep_repeats"))
        parser.add_argument("--with-do-not-call", action="store_true", help=say("command.help.with_do_not_call"))
        parser.add_argument("--key", type=_typed(_key), metavar=say("command.metavar.text"),
                            help=say("command.help.launch_key"))
        if name == "create":
            parser.add_argument("--again", action="store_true", help=say("command.help.again"))
            parser.add_argument("--dry-run", action="store_true", help=say("command.help.dry_run"))
            parser.add_argument("--yes", action="store_true", help=say("command.help.yes"))
    listing = add("list")
    listing.add_argument("--filter", action="append", type=_typed(_letters), default=[],
                         metavar=say("command.metavar.condition"), help=say("command.help.list_filter"))
    listing.add_argument("--deleted", action="store_true", help=say("command.help.deleted"))
    for name in ("show", "on", "off", "delete", "not-created"):
        parser = add(name)
        if name in ("on", "off", "delete"):
            parser.add_argument("refs", type=_typed(_ref), nargs="+", metavar="REF", help=say("command.help.refs"))
        else:
            parser.add_argument("ref", type=_typed(_ref), metavar="REF", help=say("command.help.ref"))
        if name in ("on", "delete"):
            parser.add_argument("--yes", action="store_true", help=say("command.help.yes"))
    _add_test(add("test"))
    _add_adopt(add("adopt"))


def _add_test(parser: _Parser) -> None:
    parser.add_argument("ref", type=_typed(_ref), metavar="REF", help=say("command.help.ref"))
    parser.add_argument("--to", type=_typed(_phone), metavar=say("command.metavar.number"), help=say("command.help.to"))
    parser.add_argument("--yes", action="store_true", help=say("command.help.yes"))


def _add_adopt(parser: _Parser) -> None:
    parser.add_argument("id", type=_typed(parse_id), metavar="ID", help=say("command.help.id"))
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--as", dest="settles", type=_typed(_ref), metavar="REF", help=say("command.help.as"))
    which.add_argument("--name", type=_typed(_name), metavar=say("command.metavar.name"), help=say("command.help.name"))
    parser.add_argument("--off", action="store_true", help=say("command.help.off"))


def _add_results(commands: argparse._SubParsersAction[_Parser], everywhere: _Parser) -> None:
    text = say("command.help.results")
    parser = commands.add_parser("results", help=text, description=text, parents=[everywhere])
    parser.add_argument("ref", type=_typed(_ref), metavar="REF", help=say("command.help.ref"))
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help=say("command.help.results_json"))
    form.add_argument("--csv", type=Path, metavar=say("command.metavar.path"), help=say("command.help.results_csv"))
    form.add_argument("--xlsx", type=Path, metavar=say("command.metavar.path"), help=say("command.help.results_xlsx"))
    parser.add_argument("--filter", action=_Conditions, type=_typed(lambda text: condition(_letters(text))), default={},
                        metavar=say("command.metavar.condition"), help=say("command.help.results_filter"))


def _add_do_not_call(commands: argparse._SubParsersAction[_Parser], everywhere: _Parser) -> None:
    text = say("command.help.dnc")
    parser = commands.add_parser("dnc", help=text, description=text, parents=[everywhere])
    actions = parser.add_subparsers(dest="action", required=True, title=say("command.title.actions"),
                                    metavar=say("command.metavar.action"))
    for name in ("list", "add", "remove", "fetch"):
        text = say(f"command.help.dnc_{name}")
        action = actions.add_parser(name, help=text, description=text, parents=[everywhere])
        action.add_argument("--json", action="store_true", help=say("command.help.json"))
        if name in ("add", "remove"):
            action.add_argument("numbers", nargs="+", type=_typed(_phone), metavar=say("command.metavar.number"),
                                help=say("command.help.dnc_numbers"))


def _add_phones(commands: argparse._SubParsersAction[_Parser], everywhere: _Parser) -> None:
    text = say("command.help.phones_room")
    phones = commands.add_parser("phones", help=text, description=text, parents=[everywhere])
    actions = phones.add_subparsers(dest="action", required=True, title=say("command.title.actions"),
                                    metavar=say("command.metavar.action"))
    text = say("command.help.phones_check")
    check = actions.add_parser("check", help=text, description=text, parents=[everywhere])
    check.add_argument("list", type=Path, metavar=say("command.metavar.list"), help=say("command.help.list"))
    _add_list_options(check)
    check.add_argument("--keep-repeats", action="store_true", help=say("command.help.keep_repeats"))
    check.add_argument("--json", action="store_true", help=say("command.help.json_lines"))


def _add_list_options(parser: _Parser) -> None:
    parser.add_argument("--sheet", metavar=say("command.metavar.name"), help=say("command.help.sheet"))
    parser.add_argument("--hidden", action="store_true", help=say("command.help.hidden"))


def _add_config(commands: argparse._SubParsersAction[_Parser], everywhere: _Parser) -> None:
    text = say("command.help.config_file")
    config = commands.add_parser("config", help=text, description=text, parents=[everywhere])
    actions = config.add_subparsers(dest="action", required=True, title=say("command.title.actions"),
                                    metavar=say("command.metavar.action"))
    for name in ("path", "show", "check", "keys"):
        text = say(f"command.help.config_{name}")
        action = actions.add_parser(name, help=text, description=text, parents=[everywhere])
        if name == "keys":
            action.add_argument("--json", action="store_true", help=say("command.help.json"))


def _add_store(commands: argparse._SubParsersAction[_Parser]) -> None:
    text = say("command.help.store")
    store = commands.add_parser("store", help=text, description=text)
    actions = store.add_subparsers(dest="action", required=True, title=say("command.title.actions"),
                                   metavar=say("command.metavar.action"))
    text = say("command.help.store_copy")
    copy = actions.add_parser("copy", help=text, description=text)
    copy.add_argument("--json", action="store_true", help=say("command.help.json"))
    copy.add_argument("source", metavar=say("command.metavar.source"), help=say("command.help.store_source"))
    copy.add_argument("target", metavar=say("command.metavar.target"), help=say("command.help.store_target"))


def _add_listen(commands: argparse._SubParsersAction[_Parser], everywhere: _Parser) -> None:
    text = say("command.help.listen")
    parser = commands.add_parser("listen", help=text, description=text, parents=[everywhere])
    parser.add_argument("--json", action="store_true", help=say("command.help.listen_json"))
    parser.add_argument("--until-eof", action="store_true", help=argparse.SUPPRESS)  # as by the sandbox
    # For the demo, which leaves nothing behind.
    parser.add_argument("--log-folder", type=Path, help=argparse.SUPPRESS)


def _add_doctor(commands: argparse._SubParsersAction[_Parser], everywhere: _Parser) -> None:
    text = say("command.help.doctor")
    parser = commands.add_parser("doctor", help=text, description=text, parents=[everywhere])
    parser.add_argument("--json", action="store_true", help=say("command.help.json"))
    parser.add_argument("--offline", action="store_true", help=say("command.help.offline"))


def _add_completion(commands: argparse._SubParsersAction[_Parser], everywhere: _Parser) -> None:
    text = say("command.help.completion")
    parser = commands.add_parser("completion", help=text, description=text, parents=[everywhere])
    parser.add_argument("shell", choices=_Told((*SHELLS, *_ASKED_BY_SHELLS), SHELLS),
                        metavar=say("command.metavar.shell"), help=say("command.help.shell"))


def _add_sandbox(commands: argparse._SubParsersAction[_Parser]) -> None:
    text = say("command.help.sandbox")
    parser = commands.add_parser("sandbox", help=text, description=text)
    parser.add_argument("--port", type=_typed(_port), default=DEFAULT_SANDBOX_PORT, metavar="N",
                        help=say("command.help.port"))
    parser.add_argument("--speed", type=_typed(_speed), default=1.0, metavar="N", help=say("command.help.speed"))
    parser.add_argument("--seed", type=_typed(_whole), default=1, metavar="N", help=say("command.help.seed"))
    parser.add_argument("--fault", action="append", default=[], metavar=say("command.metavar.fault"),
                        help=say("command.help.fault"))
    parser.add_argument("--always-open", action="store_true", help=say("command.help.always_open"))
    parser.add_argument("--key", metavar=say("command.metavar.key"), help=say("command.help.key"))
    # For the demo: the sandbox ends when whoever started it does, however that ends.
    parser.add_argument("--until-eof", action="store_true", help=argparse.SUPPRESS)


def _typed(read: Callable[[str], T]) -> Callable[[str], T]:
    """A reader of an argument whose refusal is one of our sentences."""

    def typed(text: str) -> T:
        try:
            return read(text)
        except NotPossible as refused:
            raise argparse.ArgumentTypeError(full_sentence(refused.reason)) from None
        except ValueError as refused:
            raise argparse.ArgumentTypeError(say(str(refused), value=text)) from None

    return typed


def _ref(text: str) -> str:
    if not _REF.fullmatch(text):
        raise ValueError("command.ref.wrong")
    return text


def _phone(text: str) -> str:
    try:
        return wire_phone(text)
    except BadPhone as bad:
        raise NotPossible(bad.reason) from None


def _letters(text: str) -> str:
    """Bytes that are no letters of the terminal's encoding come as half letters, which nothing can keep or look for."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise ValueError("command.wrong.letters") from None
    return text


def _name(text: str) -> str:
    if not text.strip() or not text.isprintable():
        raise ValueError("command.wrong.name")
    return text.strip()


def _key(text: str) -> str:
    text = _letters(text).strip()
    if not 0 < len(text) <= _LONGEST_KEY or not text.isprintable():
        raise ValueError("command.wrong.key")
    if Redactor()(text) != text:  # it would be kept where anybody may read it
        raise ValueError("command.wrong.api_key")
    return text


def _whole(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise ValueError("command.wrong.whole")
    return int(text)


def _port(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,5}", text) or int(text) > 65535:
        raise ValueError("command.wrong.port")
    return int(text)


def _speed(text: str) -> float:
    if not re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,6})?", text) or float(text) == 0:
        raise ValueError("command.wrong.speed")
    return float(text)
