"""Hosts are named in ASCII. Other letters look like some that are, and are even read as them by some libraries: a key
would go where nobody meant it to."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

# Of Turkish names; the dotless i is not among them.
_PLAIN: Final = str.maketrans("", "", "çğöşüÇĞÖŞÜ")
_ADDRESS: Final = re.compile(r"(?:0x[0-9a-f]+|[0-9]+)(?:\.(?:0x[0-9a-f]+|[0-9]+))*")
# Names that no public directory has (RFC 2606, RFC 6761, RFC 6762, RFC 8375, and what routers hand out).
_WITHIN: Final = (".localhost", ".local", ".internal", ".lan", ".home", ".home.arpa", ".localdomain", ".test",
                  ".invalid")
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


def is_private(url: str) -> bool:
    """Whether a URL leads nowhere from outside its own machine or network, by its text alone.

    >>> is_private("http://192.168.1.5:8787/x"), is_private("http://calls/x"), is_private("https://calls.example.com/x")
    (True, True, False)
    """
    import ipaddress

    host = (urlsplit(url).hostname or "").rstrip(".")
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        pass
    if _ADDRESS.fullmatch(host):  # 127.1, 0x7f000001: few programs understand it, and what they do is not sure
        return True
    return "." not in host or host.endswith(_WITHIN)


def _label(label: str) -> str:
    if label.isascii():
        return label
    # In small letters, but for those that would then pass for others.
    small = label.lower()
    return "xn--" + (label if small.isascii() else small).encode("punycode", "replace").decode("ascii")
