"""A number that stands in several rows of a list: which of them say something else."""

from __future__ import annotations

from tui.campaign.fields import LANGUAGES


class Sayings:
    """What the rows of one number say; they are to be given in their order, the first at once."""

    __slots__ = ("_said",)

    def __init__(self, phrase: str, lang: str) -> None:
        self._said = {_saying(phrase, lang)}

    def turn(self, phrase: str, lang: str) -> int | None:
        """Which call of its number another row would be, from 1; None where one before it says the same."""
        saying = _saying(phrase, lang)
        if saying in self._said:
            return None
        self._said.add(saying)
        return len(self._said) - 1


def says_other(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether two rows of one number, each a phrase and its language, would be two different calls."""
    return _saying(*one) != _saying(*other)


def _saying(phrase: str, lang: str) -> tuple[str, str]:
    """Blanks are as they are sent. The language is that of the phrase, Turkish where none is given (document,
    *phone_list*): rows without a phrase all say the same."""
    words = " ".join(phrase.split())
    return words, (lang.strip() or LANGUAGES[0]) if words else ""
