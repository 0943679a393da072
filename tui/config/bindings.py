"""`[keys]`: other keys for commands. One that no keyboard has, or that two commands would share, is a problem."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from msgspec import Struct

from tui.config import checks
from tui.config.keymap import COMMANDS, given_together
from tui.config.lines import Key
from tui.config.problems import Problems, nearest
from tui.i18n.key_names import NAMED, character_of, kept_by_terminals, meant, normal


class Bound(Struct, frozen=True):
    """What the file says of one command: where that stands, and the names of its keys; none where it is off."""

    at: Key
    keys: tuple[str, ...]


def read_keys(problems: Problems, warnings: Problems, content: object,
              known: Collection[str] | None) -> dict[str, tuple[str, ...]]:
    """The keys of each command that the file names. Problems and warnings are noted."""
    found = _read(problems, ("keys",), content, known)
    if known is not None:
        _note_clashes(problems, found)
    for binding_id, bound in found.items():
        _note_unreachable(problems, binding_id, bound)
        if bound.keys and all(map(kept_by_terminals, bound.keys)):
            warnings.add("config.key_kept", bound.at, name=" ".join(bound.keys))
    return {binding_id: bound.keys for binding_id, bound in found.items()}


def _read(problems: Problems, at: Key, content: object, known: Collection[str] | None) -> dict[str, Bound]:
    """The ids hold dots, and without quotes TOML makes tables of them: they are put together again."""
    if not isinstance(content, dict):
        problems.add("config.want_table", at)
        return {}
    found: dict[str, Bound] = {}
    for name, value in content.items():
        step = (*at, name)
        binding_id = ".".join(step[1:])
        if isinstance(value, dict):
            found |= _read(problems, step, value, known)
        elif known is not None and binding_id not in known:
            _note_unknown(problems, step, binding_id, known)
        else:
            try:
                names = checks.keys(value)
            except checks.Unfit as unfit:
                problems.add(unfit.code, step, value=checks.written(value))
                continue
            keys = tuple(filter(None, (_key(problems, step, each) for each in names)))
            if len(keys) == len(names):
                found[binding_id] = Bound(step, tuple(dict.fromkeys(keys)))
    return found


def _note_unknown(problems: Problems, at: Key, binding_id: str, known: Collection[str]) -> None:
    near = nearest(binding_id, known)
    if near is not None:
        problems.add("config.unknown_near", at, nearest=f"keys.{near}")
    else:
        problems.add("config.unknown", at, allowed=", ".join(sorted(known)))


def _key(problems: Problems, at: Key, written: str) -> str | None:
    """A key by its name; None, having noted it, where there is none of that name."""
    name = normal(written)
    if name is None:
        near = meant(written) or nearest(written, NAMED)
        if near is not None:
            problems.add("config.no_key_near", at, name=written, nearest=near)
        else:
            problems.add("config.no_key", at, name=written)
    return name


def _note_unreachable(problems: Problems, binding_id: str, bound: Bound) -> None:
    command = COMMANDS.get(binding_id)
    if command is None:
        return
    if command.required and not bound.keys:
        problems.add("config.key_needed", bound.at)
    elif bound.keys and command.while_typing and all(character_of(key) for key in bound.keys):
        problems.add("config.key_typed", bound.at, names=" ".join(bound.keys))


def _note_clashes(problems: Problems, found: Mapping[str, Bound]) -> None:
    """Note each two commands that can be given at once and have a key in common; at the one that the file names."""
    noted = set()
    for ids in given_together():
        taken: dict[str, str] = {}
        for binding_id in ids:
            bound = found.get(binding_id)
            for key in COMMANDS[binding_id].keys if bound is None else bound.keys:
                other = taken.setdefault(key, binding_id)
                if other == binding_id or (other, binding_id, key) in noted:
                    continue
                noted.add((other, binding_id, key))
                named, against = (binding_id, other) if bound is not None else (other, binding_id)
                problems.add("config.key_taken", found[named].at, name=key, other=against)
