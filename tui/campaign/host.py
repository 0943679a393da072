"""Hosts are named in ASCII. Other letters look like some that are, and are even read as them by some libraries: a key
would go where nobody meant it to."""

from __future__ import annotations

import re
from typing import Final

# Of Turkish names; the dotless i is not among them.
_PLAIN: Final = str.maketrans("", "", "çğöşüÇĞÖŞÜ")
_HOST: Final = re.compile(r"//(?:[^/?#\\]*@)?([^/?#\\]*?)(?::[0-9]*)?(?:[/?#\\]|$)")


def in_ascii(url: str) -> str | None:
    """The host of a URL as it has to be typed (IDNA, RFC 3492), where it is typed with other letters; else None.

    >>> in_ascii("https://çağrı.example.com/x")
    'xn--ar-3ia9t9c.example.com'
    """
    found = _HOST.search(url)
    host = found[1] if found is not None else ""
    return None if host.isascii() else ".".join(map(_label, host.split(".")))


def mistaken(url: str) -> str | None:
    """The same where no key of ours is sent to: letters that nobody mistakes for others are left as they are."""
    return in_ascii(url) if in_ascii(url.translate(_PLAIN)) is not None else None


def _label(label: str) -> str:
    if label.isascii():
        return label
    # In small letters, but for those that would then pass for others.
    small = label.lower()
    return "xn--" + (label if small.isascii() else small).encode("punycode", "replace").decode("ascii")
