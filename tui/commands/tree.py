"""What can be typed, as a tree: read from the parser, so that completion and manual say what the parser does."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path


class Value(StrEnum):
    """What stands for an argument, as far as a shell can help with it."""

    NONE = "none"  # it is a switch
    FILE = "file"
    REF = "ref"
    PROFILE = "profile"
    WORD = "word"  # one of some
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Argument:
    """An option, or, without flags, what stands by its place."""

    flags: tuple[str, ...]
    shown: str  # what stands for its value
    help: str
    value: Value
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Command:
    """A command, with those below it. `path` has the words that lead to it; none for the program itself."""

    path: tuple[str, ...]
    help: str
    usage: str
    options: tuple[Argument, ...]
    places: tuple[Argument, ...]
    commands: tuple[Command, ...] = field(default=())

    def walk(self) -> Iterator[Command]:
        yield self
        for command in self.commands:
            yield from command.walk()


def read(parser: argparse.ArgumentParser, path: tuple[str, ...] = (), text: str = "") -> Command:
    """A parser's tree. What isn't told in its help isn't in it."""
    options: list[Argument] = []
    places: list[Argument] = []
    commands: list[Command] = []
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            helps = {choice.dest: choice.help or "" for choice in action._choices_actions}
            commands += [read(below, (*path, name), helps[name]) for name, below in action.choices.items()]
        elif action.help != argparse.SUPPRESS:
            (options if action.option_strings else places).append(_argument(action))
    usage = " ".join(parser.format_usage().split()).partition(": ")[2]
    return Command(path, text or parser.description or "", usage, tuple(options), tuple(places), tuple(commands))


def _argument(action: argparse.Action) -> Argument:
    shown = action.metavar if isinstance(action.metavar, str) else action.dest
    words = tuple(map(str, action.choices or ()))
    return Argument(tuple(action.option_strings), shown, action.help or "", _value(action), words)


def _value(action: argparse.Action) -> Value:
    if action.nargs == 0:
        return Value.NONE
    if action.type is Path:
        return Value.FILE
    if action.choices:
        return Value.WORD
    if action.dest in ("ref", "refs", "settles"):
        return Value.REF
    return Value.PROFILE if action.dest == "profile" else Value.OTHER
