"""Which addresses the provider's API may be reached at."""

from __future__ import annotations

import ipaddress
import re
from typing import Final
from urllib.parse import SplitResult, urlsplit

from tui.core.host import in_ascii
from tui.core.reason import Reason

_HOST: Final = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?", re.IGNORECASE | re.ASCII)
_LABEL: Final = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", re.IGNORECASE | re.ASCII)
_NUMBER: Final = re.compile(r"[0-9]+|0x[0-9a-f]*", re.IGNORECASE | re.ASCII)
_LONGEST_HOST: Final = 253
_PUNYCODE: Final = "xn--"
_PATH: Final = re.compile(r"[A-Za-z0-9._~/-]*")


class BadBaseUrl(ValueError):
    """An address that requests are not sent to. `reason` says why, and never holds a password or a key."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code)
        self.reason = reason


def check_base_url(url: str) -> str:
    """`url` in lower case up to its path and without a slash at its end.

    https anywhere, http only to this machine: the key is in every request. No user, query or fragment, which would
    stand in front of the paths of the API. A host is in ASCII: what looks like the provider's is not taken for it.
    Raises BadBaseUrl.

    >>> check_base_url("https://API.bulutsantralim.com/")
    'https://api.bulutsantralim.com'
    """
    if "@" in url:
        raise BadBaseUrl(Reason("provider.base_url.has_user"))
    if "?" in url or "#" in url:
        raise BadBaseUrl(Reason("provider.base_url.has_query"))
    meant = in_ascii(url)
    if meant is not None:
        raise BadBaseUrl(Reason("provider.base_url.not_ascii", {"url": url, "host": meant}))
    parts = _split(url.strip(" "))
    if parts is None or parts.hostname is None:
        raise BadBaseUrl(Reason("provider.base_url.broken", {"url": url}))
    if parts.scheme != "https" and not _is_loopback(parts.hostname):
        raise BadBaseUrl(Reason("provider.base_url.not_https", {"url": url}))
    if ":" not in parts.hostname and not is_host(parts.hostname):
        raise BadBaseUrl(Reason("provider.base_url.no_host", {"url": url, "host": parts.hostname}))
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    port = "" if parts.port is None else f":{parts.port}"
    return f"{parts.scheme}://{host}{port}{parts.path.rstrip('/')}"


def is_this_machine(url: str) -> bool:
    """Whether a checked base URL leads to this very machine."""
    return _is_loopback(urlsplit(url).hostname or "")


def _split(url: str) -> SplitResult | None:
    """The parts of an http or https URL, or None. urlsplit drops tabs and line ends: they are refused before it."""
    if not url.isprintable() or " " in url or "\\" in url:
        return None
    try:
        parts = urlsplit(url)
        usable_port = parts.port is None or parts.port > 0
    except ValueError:
        return None
    host = parts.hostname or ""
    usable_host = is_ipv6(host) if "[" in parts.netloc else _HOST.fullmatch(host) is not None
    usable = parts.scheme in ("http", "https") and usable_host and usable_port and _PATH.fullmatch(parts.path)
    return parts if usable else None


def is_host(host: str) -> bool:
    """Whether a request to such a host can be sent at all: a name by RFC 1123 and IDNA, or an IPv4 address in full.

    The system takes other numbers for addresses too, and the HTTP library fails on punycode that spells nothing.
    """
    labels = host.split(".")
    if len(host) > _LONGEST_HOST or not all(map(_LABEL.fullmatch, labels)):
        return False
    if _NUMBER.fullmatch(labels[-1]):
        return _is_ipv4(host)
    return not any(label.lower().startswith(_PUNYCODE) for label in labels) or _spells_something(host)


def _is_ipv4(host: str) -> bool:
    try:
        ipaddress.IPv4Address(host)
    except ValueError:
        return False
    return True


def _spells_something(host: str) -> bool:
    import idna  # rarely needed, and its tables are large

    try:
        idna.decode(host)
    except UnicodeError:  # IDNAError among them
        return False
    return True


def is_ipv6(host: str) -> bool:
    """Whether it is such an address, without a scope."""
    try:
        return ipaddress.IPv6Address(host).scope_id is None
    except ValueError:
        return False


def _is_loopback(host: str) -> bool:
    """By the text alone: a name that merely resolves to this machine today may lead elsewhere tomorrow."""
    if host == "localhost":
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return address in ipaddress.ip_network("127.0.0.0/8") or address == ipaddress.IPv6Address("::1")
