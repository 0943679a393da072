"""README's tables of keys, made from the key map: `python3 dev.py readme` writes them anew."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from tui.config.keymap import COMMANDS, DESCRIPTION, GROUP_NAME
from tui.i18n.key_names import character_of
from tui.i18n.words import Words

README = Path(__file__).resolve().parent.parent / "README.md"
# A place for tables names the groups of commands that belong there.
PLACE = re.compile(r"<!-- keys: (?P<groups>[a-z ]+) -->\n.*?<!-- end of keys -->", re.DOTALL)


def tables(groups: Iterable[str]) -> str:
    words = Words("en")
    return "\n\n".join("\n".join(_table(group, words)) for group in groups)


def _table(group: str, words: Words) -> Iterator[str]:
    yield f"| {words.say(GROUP_NAME[group])} | | |"
    yield "| --- | --- | --- |"
    for command in COMMANDS.values():
        if command.group == group:
            shown = " ".join(f"`{_shown(key)}`" for key in command.keys)
            yield f"| {shown} | {words.say(DESCRIPTION[command.id])} | `{command.id}` |"


def _shown(key: str) -> str:
    character = character_of(key)
    return key if character is None or character == " " else character


def written(text: str) -> str:
    """README with its tables made anew."""

    def anew(place: re.Match[str]) -> str:
        groups = place["groups"]
        return f"<!-- keys: {groups} -->\n{tables(groups.split())}\n<!-- end of keys -->"

    return PLACE.sub(anew, text)


if __name__ == "__main__":
    README.write_text(written(README.read_text(encoding="utf-8")), encoding="utf-8")
