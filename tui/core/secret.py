"""API keys and passwords: held so that they do not show, and removed from every text before it is kept or shown."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Final, NoReturn
from urllib.parse import parse_qsl, quote, quote_plus, unquote, urlsplit

MASK: Final = "********"
_SHORTEST_PASSWORD: Final = 6

# The provider's keys wherever they turn up, even one that this program does not hold, even glued to other letters; and
# one that was cut short, where more than its beginning stands.
_KEY_SHAPE: Final = re.compile(r"K\d{6,10}-[0-9A-F]{4}-[0-9A-F]{1,4}(?:-[0-9A-F]{0,12}){0,2}", re.IGNORECASE)


class Secret:
    """An API key, a password or an address that holds one. Its text is had by `reveal()` alone; printed, formatted or
    logged it is stars."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        return self._value

    def __repr__(self) -> str:
        return MASK

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        return format(MASK, spec)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._value == self._value

    def __hash__(self) -> int:
        return hash((Secret, self._value))

    def __reduce__(self) -> NoReturn:
        raise TypeError("a Secret is not written down")


def holds_key(text: str) -> bool:
    """Whether something in it looks like one of the provider's keys."""
    return _KEY_SHAPE.search(text) is not None


def without_password(url: str) -> str:
    """A URL as it may be shown: stars for its password, and none of its options, one of which may be a password too.

    >>> without_password("postgresql://santral:word@db.example.com/santral?sslmode=require")
    'postgresql://santral:********@db.example.com/santral'
    """
    parts = urlsplit(url)
    user, at, host = parts.netloc.rpartition("@")
    name, colon, _ = user.partition(":")
    return f"{parts.scheme}://{name}{colon and ':' + MASK}{at}{host}{parts.path}"


def passwords_in(url: str) -> tuple[Secret, ...]:
    """The passwords that stand in a URL, before its host or among its options; without those so short that hiding them
    would hide words too."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ()
    options = parse_qsl(parts.query.replace("+", "%2B"))  # a plus is no blank there, as it is in a form
    found = [unquote(parts.password or ""), *(value for name, value in options if name == "password")]
    return tuple(Secret(password) for password in found if len(password) >= _SHORTEST_PASSWORD)


def _however_spaced(form: str) -> str:
    """The pattern of a text that may be broken: by a line's end, or where a page's tags stood."""
    return r"\s*".join(map(re.escape, form))


class Redactor:
    """Replaces known keys, in every way of writing that a request uses, and anything that looks like one."""

    def __init__(self, secrets: Iterable[Secret] = ()) -> None:
        self._pattern: re.Pattern[str] | None = None
        self._forms: set[str] = set()
        for secret in secrets:
            self.add(secret)

    def add(self, secret: Secret) -> None:
        value = secret.reveal()
        if not value.strip():
            return
        self._forms |= {value, quote(value, safe=""), quote_plus(value), json.dumps(value)[1:-1]}
        longest_first = sorted(self._forms, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(_however_spaced, longest_first)), re.IGNORECASE)

    def __call__(self, text: str) -> str:
        """`text` without keys.

        >>> Redactor([Secret("K1-secret")])("Gecersiz anahtar: k1-SECRET")
        'Gecersiz anahtar: ********'
        """
        if self._pattern is not None:
            text = self._pattern.sub(MASK, text)
        return _KEY_SHAPE.sub(MASK, text)
