"""Text from outside, made fit for a line of a terminal: control characters are shown, not obeyed."""

from __future__ import annotations

import re
from typing import Final

from tui.core.secret import MASK, Redactor

_LONGEST: Final = 200
_CREDENTIALS: Final = re.compile(r"//.*@")  # greedy: a password may hold slashes and more of these signs


def visible(text: str) -> str:
    """`text` with everything that does not print (control characters, line ends, reversing marks) written as an escape.

    Letters that run from right to left stay as they are; the marks that would turn the rest of the line round do not.

    >>> visible("one\\ntwo")
    'one\\\\ntwo'
    """
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() or sign == "\u00a0" else _escape(sign) for sign in text)


def marked(text: str) -> str:
    """`text` with one sign in place of each that does not print: every other keeps its place, as where it is edited.

    >>> marked("a\\tb")
    'a␉b'
    """
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() or sign == "\u00a0" else _sign(sign) for sign in text)


def excerpt(text: str, redact: Redactor | None = None) -> str:
    """`text` as a sentence may hold it: on one line, not endless, without keys and without a URL's password."""
    clean = visible(_CREDENTIALS.sub(f"//{MASK}@", (redact or Redactor())(text)))
    return clean if len(clean) <= _LONGEST else clean[: _LONGEST - 1] + "…"


def _sign(sign: str) -> str:
    return chr(0x2400 + ord(sign)) if ord(sign) < 0x20 else "\ufffd"


def _escape(sign: str) -> str:
    return sign.encode("unicode_escape").decode("ascii")
