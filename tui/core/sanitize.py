"""Text from outside, made fit for a line of a terminal: control characters are shown, not obeyed.

Nothing else in the program writes escapes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Final

from tui.core.secret import MASK, Redactor

_LONGEST: Final = 200
_NO_BREAK: Final = "\u00a0"
_CREDENTIALS: Final = re.compile(r"//.*@")  # greedy: a password may hold slashes and more of these signs


def visible(text: str) -> str:
    """`text` with everything that does not print (control characters, line ends, reversing marks) written as an escape.

    Letters that run from right to left stay as they are; the marks that would turn the rest of the line round do not.

    >>> visible("one\\ntwo")
    'one\\\\ntwo'
    """
    return _replaced(text, _escape, kept=_NO_BREAK)


def escaped(text: str) -> str:
    """`visible`, but a no-break space is an escape too: where it may be what is wrong with a text, or belongs to a log.

    >>> escaped("a\u00a0b")
    'a\\xa0b'
    """
    return _replaced(text, _escape)


def json_escaped(text: str) -> str:
    """A JSON document in which what does not print is an escape of JSON's; its line ends stay.

    >>> json_escaped('"\x9b"')
    '"\\u009b"'
    """
    return _replaced(text, lambda sign: json.dumps(sign)[1:-1], kept="\n")


def marked(text: str) -> str:
    """`text` with one sign in place of each that does not print: every other keeps its place, as where it is edited.

    >>> marked("a\\tb")
    'a␉b'
    """
    return _replaced(text, _sign, kept=_NO_BREAK)


def excerpt(text: str, redact: Redactor | None = None) -> str:
    """`text` as a sentence may hold it: on one line, not endless, without keys and without a URL's password."""
    clean = escaped(_CREDENTIALS.sub(f"//{MASK}@", (redact or Redactor())(text)))
    return clean if len(clean) <= _LONGEST else clean[: _LONGEST - 1] + "…"


def _replaced(text: str, replacement: Callable[[str], str], kept: str = "") -> str:
    """`text` with a replacement for each sign that does not print, but for those that are kept."""
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() or sign in kept else replacement(sign) for sign in text)


def _sign(sign: str) -> str:
    return chr(0x2400 + ord(sign)) if ord(sign) < 0x20 else "\ufffd"


def _escape(sign: str) -> str:
    return sign.encode("unicode_escape").decode("ascii")
