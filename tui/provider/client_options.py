"""The way out of this machine as its environment describes it: a proxy, and which certificates are trusted.

Read here, not by the HTTP library: that gives up on the first word of NO_PROXY that it can't read, and doesn't say
which variable it was. What can be gone without is gone without; what can't is named.
"""

from __future__ import annotations

import importlib
import ipaddress
import os
import ssl
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final
from urllib.parse import SplitResult, unquote, urlsplit
from urllib.request import getproxies

import certifi
import httpx

from tui.core.base_url import is_host, is_this_machine
from tui.core.reason import Reason
from tui.core.sanitize import escaped
from tui.core.secret import MASK

_SOCKS: Final = ("socks5", "socks5h")
_LONGEST: Final = 200


class BadSetting(Exception):
    """A variable of the environment can't be used. `reason` names it and its value, without a password in it."""

    def __init__(self, host: str, variable: str, value: str) -> None:
        super().__init__(variable)
        shown = escaped(_without_user(value))[:_LONGEST]
        self.reason = Reason("provider.not_reached.settings", {"host": host, "variable": variable, "value": shown})


def client_options(url: str, transport: httpx.AsyncBaseTransport | None) -> dict[str, Any]:
    """What a client that asks `url` is made with. BadSetting.

    Towards this machine the environment counts for nothing: a proxy would carry what is sent off it.
    """
    if transport is not None:
        return {"transport": transport, "trust_env": False}
    host = urlsplit(url).hostname or ""
    if urlsplit(url).scheme != "https":
        believing = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # nobody: nothing is asked over TLS, and reading takes time
    else:
        believing = _believing(host, from_environment=not is_this_machine(url))
    return {"trust_env": False, "verify": believing} | ({} if is_this_machine(url) else {"proxy": _proxy(url)})


def _believing(host: str, *, from_environment: bool = True) -> ssl.SSLContext:
    """Of the system's own way to make one all but SSLKEYLOGFILE: whoever has such a file reads the key."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if sys.version_info >= (3, 13):
        context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN | ssl.VERIFY_X509_STRICT
    file, folder = (os.environ.get(name, "") if from_environment else "" for name in ("SSL_CERT_FILE", "SSL_CERT_DIR"))
    try:
        if file:
            context.load_verify_locations(cafile=file)
        elif folder:
            _listable(Path(folder))
            context.load_verify_locations(capath=folder)
        else:
            context.load_verify_locations(cafile=certifi.where())
    except (OSError, ValueError):  # SSLError among them: a file without certificates
        if not (file or folder):
            raise
        named = ("SSL_CERT_FILE", file) if file else ("SSL_CERT_DIR", folder)
        raise BadSetting(host, *named) from None
    return context


def _listable(folder: Path) -> None:
    """OSError where the folder can't be read: OpenSSL would merely find nothing in it."""
    with os.scandir(folder):
        pass


def _proxy(url: str) -> httpx.Proxy | None:
    parts = urlsplit(url)
    found = getproxies()
    kind = next((kind for kind in (parts.scheme, "all") if found.get(kind)), None)
    if kind is None or _goes_around(parts, found.get("no", "").split(",")):
        return None
    value = found[kind]
    try:
        return _read_proxy(value)
    except Exception:  # noqa: BLE001 - whatever the library says of it may repeat a password
        raise BadSetting(parts.hostname or "", _variable(kind, value), value) from None


def _read_proxy(value: str) -> httpx.Proxy:
    """ValueError, ImportError or what else the library raises where it can't be used."""
    parts = urlsplit(value if "://" in value else f"http://{value}")
    host, scheme = parts.hostname or "", parts.scheme
    # In a network of one's own a name may have a line below.
    usable = is_host(host.replace("_", "-")) or (_address(host) is not None and "%" not in host)
    if scheme not in ("http", "https", *_SOCKS) or parts.port == 0 or not usable:
        raise ValueError(scheme)
    if scheme in _SOCKS:
        importlib.import_module("socksio")  # without it the library fails with the first request
    where = f"[{host}]" if ":" in host else host
    port = "" if parts.port is None else f":{parts.port}"
    auth = (unquote(parts.username or ""), unquote(parts.password or "")) if parts.username else None
    # Its own would be made as the system does: with SSLKEYLOGFILE.
    context = _believing(host) if scheme == "https" else None
    return httpx.Proxy(f"{scheme}://{where}{port}", auth=auth, ssl_context=context)


def _variable(kind: str, value: str) -> str:
    """The one that holds the value, as it is written there; the usual one where the system has it from elsewhere."""
    names = (f"{kind}_proxy", f"{kind.upper()}_PROXY")
    return next((name for name in names if os.environ.get(name) == value), names[1])


def _goes_around(url: SplitResult, listed: Iterable[str]) -> bool:
    """Whether NO_PROXY lists where `url` leads: a name with all below it, an address, a range of them, or `*`.

    What is neither says nothing: the proxy is asked then.
    """
    return any(_lists(word.strip().lower(), url) for word in listed)


def _lists(word: str, url: SplitResult) -> bool:
    if word == "*":
        return True
    scheme, separator, rest = word.rpartition("://")
    if separator and scheme not in (url.scheme, "all"):
        return False
    host = url.hostname or ""
    address = _address(host)
    network = _network(rest)
    if network is not None:
        return address is not None and address in network
    name, port = _with_port(rest)
    if port is not None and port != (url.port or (443 if url.scheme == "https" else 80)):
        return False
    if address is not None:
        return _address(name) == address
    below = name.removeprefix("*")
    return bool(name) and (host.endswith(below) if below.startswith(".") else host == name or host.endswith(f".{name}"))


def _with_port(text: str) -> tuple[str, int | None]:
    """`host:80`, `[::1]:80` and both without → the host without brackets, the port."""
    name, colon, port = text.rpartition(":")
    if colon and port.isdecimal() and port.isascii() and (":" not in name or name.endswith("]")):
        return name.strip("[]"), int(port)
    return text.strip("[]"), None


def _network(text: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    """`10.0.0.0/8`, `fd00::/8`, `::1`, `[::1]`, `[fd00::]/8`."""
    inner, bracket, rest = text.removeprefix("[").partition("]")
    if bool(bracket) != text.startswith("[") or (rest and not rest.startswith("/")):
        return None
    try:
        return ipaddress.ip_network(inner + rest, strict=False)
    except ValueError:
        return None


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None


def _without_user(value: str) -> str:
    """What stands before the host, in front of which a password may be."""
    user, at, host = value.rpartition("@")
    scheme, separator, _ = user.partition("://")
    return f"{scheme}{separator}{MASK}@{host}" if at and separator else f"{MASK}@{host}" if at else value
