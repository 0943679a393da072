"""On which line of a TOML file a setting stands: the reader of the standard library does not say.

Works on a text that `tomllib` has accepted, so that only the shape matters here, not what is right.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Final, NamedTuple

Key = tuple[str, ...]

_TOKEN: Final = re.compile(
    r'''
    (?P<long>"""(?:\\.|[^\\])*?"""(?:"{0,2}) | \'\'\'.*?\'\'\'(?:'{0,2}))
    | (?P<quoted>"(?:\\.|[^"\\])*" | '[^']*')
    | (?P<comment>\#[^\n]*)
    | (?P<newline>\n)
    | (?P<sign>[\[\]{}=,.])
    | (?P<space>[ \t\r]+)
    | (?P<bare>[^\[\]{}=,.\s"'\#]+)
    ''',
    re.VERBOSE | re.DOTALL,
)


class _Token(NamedTuple):
    kind: str
    text: str
    line: int


def _tokens(text: str) -> Iterator[_Token]:
    line = 1
    for match in _TOKEN.finditer(text):
        found = match.group()
        yield _Token(match.lastgroup or "", found, line)
        line += found.count("\n")


def has_comments(text: str) -> bool:
    """Whether `text` says anything that is lost when it is written anew from its values."""
    return any(token.kind == "comment" for token in _tokens(text))


def lines_of(text: str) -> dict[Key, int]:
    """The line, from 1, on which each key and each table is first named. What is inside arrays has no key."""
    return _Scanner(text).scan()


class _Scanner:
    def __init__(self, text: str) -> None:
        self._all = [token for token in _tokens(text) if token.kind not in ("comment", "space")]
        self._at = 0
        self._lines: dict[Key, int] = {}

    def scan(self) -> dict[Key, int]:
        table: Key = ()
        while self._at < len(self._all):
            if self._here("\n"):
                self._at += 1
            elif self._here("["):
                table = self._header()
            else:
                self._pair(table)
        return self._lines

    def _here(self, *texts: str) -> bool:
        """Whether one of `texts` stands here. Never so for a quoted one: its quotes are part of it."""
        return self._at < len(self._all) and self._all[self._at].text in texts

    def _header(self) -> Key:
        while self._here("["):
            self._at += 1
        table = self._key(())
        while self._here("]"):
            self._at += 1
        return table

    def _key(self, table: Key) -> Key:
        """Read a dotted key, up to what follows it, and note where each of its steps is first named."""
        key = table
        while self._at < len(self._all) and not self._here("=", "]", "\n"):
            token = self._all[self._at]
            if token.text != ".":
                key = (*key, _unquoted(token))
                self._lines.setdefault(key, token.line)
            self._at += 1
        return key

    def _pair(self, table: Key) -> None:
        key = self._key(table)
        self._at += 1  # the equals sign
        self._value(key)

    def _value(self, key: Key | None) -> None:
        """Pass over a value; `key` is None inside an array."""
        if self._here("{"):
            self._inline_table(key)
        elif self._here("["):
            self._array()
        else:
            while self._at < len(self._all) and not self._here(",", "]", "}", "\n"):
                self._at += 1

    def _inline_table(self, key: Key | None) -> None:
        noted = self._lines
        if key is None:
            self._lines = {}
        self._at += 1
        while self._at < len(self._all) and not self._here("}"):
            if self._here(",", "\n"):
                self._at += 1
            else:
                self._pair(key or ())
        self._at += 1
        self._lines = noted

    def _array(self) -> None:
        self._at += 1
        while self._at < len(self._all) and not self._here("]"):
            if self._here(",", "\n"):
                self._at += 1
            else:
                self._value(None)
        self._at += 1


def _unquoted(token: _Token) -> str:
    if token.kind == "quoted":
        return str(tomllib.loads(f"text = {token.text}")["text"])
    return token.text
