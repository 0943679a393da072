"""What a setting may be: a check takes what the file holds and gives what the program uses, or says what is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from tui.campaign.call_limit import MOST_DAYS, CallLimit, parse_limit
from tui.campaign.dates import Hours, parse_time
from tui.core.base_url import BadBaseUrl, check_base_url, is_host
from tui.core.host import in_ascii
from tui.core.secret import Secret, holds_key
from tui.i18n.words import LANGUAGES

COLOURS: Final = ("blue", "cyan", "green", "yellow", "orange", "red", "magenta", "grey")
_API_KEY: Final = re.compile(r"[!-~]{8,100}")
_NUMBER: Final = re.compile(r"[0-9]{10,15}")
_UNIVERSAL: Final = re.compile(r"444[0-9]{4}")
_LISTEN: Final = re.compile(r"(?:\[(?P<six>[0-9A-Fa-f:.]+)\]|(?P<host>[A-Za-z0-9._-]+)):(?P<port>[0-9]{1,5})")
_LONGEST_NAME: Final = 40
_LONG_NUMBER: Final = 256  # bits
_DAY_OF_MINUTES: Final = 24 * 60


class Unfit(Exception):
    """A value cannot be used: the text that says so, and what that text names besides file, line, key and value.

    `secret` where the value itself must not be said.
    """

    def __init__(self, code: str, *, secret: bool = False, **params: str) -> None:
        super().__init__(code)
        self.code = code
        self.secret = secret
        self.params = params


def text(value: object) -> str:
    if not isinstance(value, str):
        raise Unfit("config.want_text")
    if not value.strip() or not value.isprintable():
        raise Unfit("config.bad_text")
    return value


def one_of(*allowed: str) -> Callable[[object], str]:
    def check(value: object) -> str:
        chosen = text(value)
        if chosen not in allowed:
            raise Unfit("config.bad_choice", allowed=", ".join(allowed))
        return chosen

    return check


language: Final = one_of(*LANGUAGES)
colour: Final = one_of(*COLOURS)


def flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise Unfit("config.want_flag")
    return value


def count(value: object) -> int:
    # In Python true and false are numbers too; in TOML they are not.
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise Unfit("config.want_count")
    return value


def minutes(value: object) -> int:
    """0 to a day's minutes."""
    found = count(value)
    if found > _DAY_OF_MINUTES:
        raise Unfit("config.bad_minutes")
    return found


def days(value: object) -> int:
    """0 to a year's days."""
    found = count(value)
    if found > MOST_DAYS:
        raise Unfit("config.bad_days", most=str(MOST_DAYS))
    return found


def call_limit(value: object) -> CallLimit | None:
    """`3 in 7 days`, `7 günde 3`; None for an empty text."""
    if value == "":
        return None
    try:
        return parse_limit(text(value))
    except ValueError:
        raise Unfit("config.bad_call_limit") from None


def hours_or_off(value: object) -> Hours | None:
    """`09:00-20:00`; None for `off` and for an empty text."""
    if value in ("", "off"):
        return None
    begin, dash, end = text(value).partition("-")
    try:
        found = Hours(parse_time(begin), parse_time(end))
    except ValueError:
        raise Unfit("config.bad_hours") from None
    if not dash or found.end <= found.begin:
        raise Unfit("config.bad_hours")
    return found


def api_key(value: object) -> Secret:
    """8 to 100 visible ASCII characters: the provider nowhere promises the shape that its keys have today."""
    if not isinstance(value, str) or not _API_KEY.fullmatch(value):
        raise Unfit("config.bad_api_key", secret=True)
    return Secret(value)


def base_url(value: object) -> str:
    _refuse_other_letters(value)
    try:
        return check_base_url(text(value))
    except BadBaseUrl:
        raise Unfit("config.bad_base_url") from None


def _refuse_other_letters(value: object) -> None:
    meant = in_ascii(text(value))
    if meant is not None:
        raise Unfit("config.other_letters", host=meant)


def number(value: object) -> str:
    """A telephone number's digits, text: as a number it would lose a zero at its start."""
    if not isinstance(value, str) or not _NUMBER.fullmatch(value):
        raise Unfit("config.bad_number")
    return value


def caller(value: object) -> str:
    """As `number`; an account may have a 444 number."""
    return value if isinstance(value, str) and _UNIVERSAL.fullmatch(value) else number(value)


def path(value: object) -> Path:
    """A file's path: absolute, or from `~`."""
    try:
        found = Path(text(value)).expanduser()
    except RuntimeError:  # the home of a user who does not exist
        raise Unfit("config.bad_path") from None
    if not found.is_absolute():
        raise Unfit("config.bad_path")
    return found


def listen(value: object) -> tuple[str, int]:
    """`host:port` or `[IPv6]:port` → host, port."""
    match = _LISTEN.fullmatch(text(value))
    if match is None or int(match["port"]) > 65535:
        raise Unfit("config.bad_listen")
    return match["six"] or match["host"], int(match["port"])


def public_url(value: object) -> str:
    """An http(s) address to which more path may be added (docs/provider.md, "Create")."""
    _refuse_other_letters(value)
    url = text(value)
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise Unfit("config.bad_public_url") from None
    wrong = (parts.scheme not in ("http", "https") or not parts.hostname or port == 0 or "@" in parts.netloc
             or any(sign in url for sign in "?#\\ ") or not url.isascii()
             or not (parts.netloc.startswith("[") or is_host(parts.hostname)))
    if wrong:
        raise Unfit("config.bad_public_url")
    return url.rstrip("/")


def keys(value: object) -> tuple[str, ...]:
    """Names of keys: `"f7"`, `"f7 ctrl+n"` or `["f7", "ctrl+n"]`; none where the command is to be off. A comma would be
    read as two keys further on."""
    names = value.split() if isinstance(value, str) else value
    if not isinstance(names, list):
        raise Unfit("config.bad_keys")
    for name in names:
        if not isinstance(name, str) or not name or not name.isprintable() or (len(name) > 1 and set(", ") & set(name)):
            raise Unfit("config.bad_keys")
    return tuple(dict.fromkeys(names))


def written(value: object) -> str:
    """A value as a sentence shows it."""
    match value:
        case str():
            return f'"{value}"'
        case bool():
            return "true" if value else "false"
        case int() if value.bit_length() > _LONG_NUMBER:  # in tens its digits would be too many to write
            return f"{value:#x}"
        case list():
            return "[…]"
        case dict():
            return "{…}"
    return str(value)


def profile_name(name: str) -> str:
    if not name.isprintable() or name != name.strip() or not 1 <= len(name) <= _LONGEST_NAME:
        raise Unfit("config.bad_profile_name", secret=True)
    if holds_key(name):  # pasted into the wrong field: a name is shown, and kept with each campaign
        raise Unfit("config.key_as_name", secret=True)
    return name
