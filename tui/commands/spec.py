"""What a record of the command line says: what can be typed, what stands for each value, and how the command is run.

The records are in `specs`. Parser, dispatch, completion, manual page and `santral --spec` read them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum
from importlib import import_module
from itertools import groupby
from typing import Any, Final, Generic, TypeVar, cast

from msgspec import Struct

from tui.i18n.words import say

T = TypeVar("T")
D = TypeVar("D")

PROGRAM: Final = "santral"


class ValueKind(StrEnum):
    """What a value is: shells complete by it, and `santral --spec` names it."""

    FILE = "file"
    CAMPAIGN = "campaign"  # its ID or its number in the list
    PROFILE = "profile"
    CHOICE = "choice"
    PHONE = "phone"
    INTEGER = "integer"
    NUMBER = "number"
    TEXT = "text"


class Value(Struct, Generic[T], frozen=True):
    """How a value is read. `read` raises ValueError with the code of a text, or NotPossible, where it is none."""

    kind: ValueKind
    read: Callable[[str], T]
    choices: tuple[str, ...] = ()  # those that are shown


class Parameter(Struct):
    """An option, or, without flags, an argument that stands by its place. `help` and `metavar` are codes of texts."""

    help: str  # without one it is not shown: for programs of our own
    flags: tuple[str, ...] = ()
    value: Value[Any] | None = None  # None: a switch
    metavar: str = ""  # a word of no language, such as REF, stands for itself
    default: Any = None
    several: bool = False  # it may be given several times
    merge: Callable[[Any, Any], Any] | None = None  # (value so far, next value) → value; NotPossible
    group: str = ""  # options of one group exclude each other
    ends: str = ""  # "module:function" that is run in place of a command
    name: str = ""  # of the attribute that holds its value

    def __set_name__(self, _owner: type, name: str) -> None:
        self.name = name

    @property
    def shown(self) -> str:
        """What stands for its value, in the language in use."""
        return say(self.metavar) if self.metavar.startswith("command.") else self.metavar


# What these return stands in a class of `Arguments`, whose instances have the values: they are typed as these.
def argument(value: Value[T], help_: str, metavar: str) -> T:
    """One that has to be there."""
    return cast("T", Parameter(help_, value=value, metavar=metavar))


def arguments(value: Value[T], help_: str, metavar: str) -> tuple[T, ...]:
    """One or more."""
    return cast("tuple[T, ...]", Parameter(help_, value=value, metavar=metavar, several=True))


def option(flag: str, value: Value[T], help_: str, metavar: str, *, default: D, group: str = "") -> T | D:
    """An option with a value."""
    return cast("T", Parameter(help_, (flag,), value, metavar, default, group=group))


def options(flag: str, value: Value[T], help_: str, metavar: str) -> tuple[T, ...]:
    """An option that may be given several times."""
    return merged(flag, value, help_, metavar, default=(), merge=_appended)


def merged(flag: str, value: Value[T], help_: str, metavar: str, *, default: D, merge: Callable[[D, T], D]) -> D:
    """An option that may be given several times, and all of them come to one value."""
    return cast("D", Parameter(help_, (flag,), value, metavar, default, several=True, merge=merge))


def switch(flag: str, help_: str, *, group: str = "") -> bool:
    """An option without a value."""
    return cast("bool", Parameter(help_, (flag,), default=False, group=group))


def _appended(before: tuple[T, ...], value: T) -> tuple[T, ...]:
    return (*before, value)


class Arguments:
    """What was typed after a command: a class for each that takes any."""

    def __init__(self, **values: object) -> None:
        for parameter in self.parameters():
            setattr(self, parameter.name, values.get(parameter.name, parameter.default))

    @classmethod
    def parameters(cls) -> list[Parameter]:
        """As they are declared, those of the base classes first."""
        declared = (found for base in reversed(cls.__mro__) for found in vars(base).values())
        return [found for found in declared if isinstance(found, Parameter)]


class CommandSpec(Struct, frozen=True):
    """A command. `run` is "module:function", loaded when it is run.

    The function takes the Services of the chosen profile, with the store open, where `with_services`; else the
    Invocation. Its second argument is one of `arguments`. It returns a Status.
    """

    name: str  # "campaign create"; "" is the app
    help: str
    run: str
    arguments: type[Arguments] = Arguments
    takes_config: bool = True  # --config and --profile may stand after it
    with_services: bool = False
    needs_time_zone: bool = True  # it goes by Turkish time
    for_shells: bool = False  # what it writes is read by a shell: no remarks beside it

    @property
    def path(self) -> tuple[str, ...]:
        return tuple(self.name.split())


class Node(Struct, frozen=True):
    """The program, a command, or what commands have in common: `campaign`. `command` is None for the last."""

    path: tuple[str, ...]
    help: str
    command: CommandSpec | None
    common: tuple[Parameter, ...]  # options that it shares with others
    commands: tuple[Node, ...] = ()

    def walk(self) -> Iterator[Node]:
        """This one and all below it."""
        yield self
        for node in self.commands:
            yield from node.walk()

    @property
    def own(self) -> list[Parameter]:
        """What is its alone."""
        return [] if self.command is None else self.command.arguments.parameters()

    @property
    def options(self) -> list[Parameter]:
        """Those that are shown."""
        return [parameter for parameter in (*self.common, *self.own) if parameter.flags and parameter.help]

    @property
    def places(self) -> list[Parameter]:
        """The arguments that stand by their place."""
        return [parameter for parameter in self.own if not parameter.flags]

    def usage(self) -> str:
        """In one line, without the options that it shares with others."""
        own = (parameter for parameter in self.own if parameter.flags and parameter.help)
        options = (" | ".join(map(_typed, several)) for _, several in groupby(own, _excludes))
        places = (f"{place.shown} [{place.shown} ...]" if place.several else place.shown for place in self.places)
        return " ".join((PROGRAM, *self.path, *(f"[{text}]" for text in options), *places))


def _excludes(parameter: Parameter) -> str:
    return parameter.group or parameter.name


def _typed(parameter: Parameter) -> str:
    return " ".join(filter(None, (parameter.flags[0], parameter.shown)))


def function_of(reference: str) -> Callable[..., Any]:
    """What "module:function" names."""
    module, _, name = reference.partition(":")
    function: Callable[..., Any] = getattr(import_module(module), name)
    return function
