"""Whether what is shown stands in the language in use: by words that only the other one's catalog has."""

from __future__ import annotations

import re
from collections.abc import Set
from functools import cache
from typing import Final

from tui.i18n.key_names import NAMED
from tui.i18n.words import CATALOGS, LANGUAGES, LATER, Plural, read_texts

# No part of a path, an address, a theme's name; nor the name of a request's field.
_WORD: Final = re.compile(r"(?<![\w/.:~-])[^\W\d_]{4,}(?![\w/:=-]|\.\w)")
_PLACEHOLDER: Final = re.compile(r"\{[^}]*\}")
# Names of keys, of a language in itself, and the provider's words for how a call ended.
_EITHER: Final = NAMED | {
    "türkçe", "english", "language", "cevaplandı", "cevapsız", "meşgul", "hatalı", "numara", "shift", "ctrl"}


@cache
def _words(language: str) -> frozenset[str]:
    texts = read_texts(language, [*CATALOGS, *LATER]).values()
    told = " ".join(part for text in texts for part in (text if isinstance(text, Plural) else (text,)))
    return frozenset(word.lower() for word in _WORD.findall(_PLACEHOLDER.sub(" ", told)))


@cache
def _only(language: str) -> frozenset[str]:
    others = frozenset().union(*(_words(other) for other in LANGUAGES if other != language))
    return _words(language) - others - _EITHER


def words_of(text: str) -> set[str]:
    """The words in it that could be of a language."""
    return {word.lower() for word in _WORD.findall(text)}


def foreign(text: str, language: str, pasted: Set[str] = frozenset()) -> list[str]:
    """Words of the other language in `text` that were not pasted, where more than one stands there: one may be typed,
    or what is left of a longer one under a toast."""
    other = next(name for name in LANGUAGES if name != language)
    found = sorted((words_of(text) & _only(other)) - pasted)
    return found if len(found) > 1 else []
