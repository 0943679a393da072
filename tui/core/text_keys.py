"""Keys of texts that differ in one word: each set of them is declared whole, so that every key can be found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

Word = TypeVar("Word", bound=str)


class TextKeys(Generic[Word]):
    """The keys that a pattern makes with the words of an enum, or of another closed set.

    A key is put together nowhere else: a test walks every `TextKeys` of a module, and finds missing and unused texts.

    >>> TextKeys("campaign.state.{}", ("on", "off"))["on"]
    'campaign.state.on'
    """

    __slots__ = ("_keys", "pattern")

    def __init__(self, pattern: str, words: Iterable[Word]) -> None:
        """`pattern` has `{}` where the word goes."""
        self.pattern = pattern
        self._keys = {word: pattern.format(word) for word in words}

    def __getitem__(self, word: Word) -> str:
        """KeyError where the word is not of the set: a mistake of ours."""
        return self._keys[word]

    def __iter__(self) -> Iterator[str]:
        """Every key."""
        return iter(self._keys.values())
