"""The environment: what the program reads of it, and what it hands on. No program that it starts is given a key.

Some variables have libraries write down what is typed, what is shown or the keys of encrypted connections; one has keys
pressed at the start. They are left aside, and a line says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Final

from tui.core.secret import Redactor

_OURS: Final = "SANTRAL_"
_LEFT_ASIDE: Final = frozenset({
    "SSLKEYLOGFILE", "TEXTUAL", "TEXTUAL_DEBUG", "TEXTUAL_DEVTOOLS_HOST", "TEXTUAL_DEVTOOLS_PORT", "TEXTUAL_DRIVER",
    "TEXTUAL_LOG", "TEXTUAL_PRESS", "TEXTUAL_SCREENSHOT", "TEXTUAL_SCREENSHOT_FILENAME", "TEXTUAL_SCREENSHOT_LOCATION",
    "TEXTUAL_SHOW_RETURN"})


def left_aside(environ: Mapping[str, str]) -> tuple[str, ...]:
    """The names of what is set there and not listened to."""
    return tuple(sorted(name for name, value in environ.items() if value and name in _LEFT_ASIDE))


def handed_on(environ: Mapping[str, str], redact: Callable[[str], str] | None = None) -> dict[str, str]:
    """The environment of another program: without our settings, and without whatever `redact` finds a key in."""
    redact = redact or Redactor()
    return {name: value for name, value in environ.items()
            if not name.upper().startswith(_OURS) and name not in _LEFT_ASIDE and redact(value) == value}


@contextmanager
def taken_over(environ: MutableMapping[str, str]) -> Iterator[Mapping[str, str]]:
    """The environment as it is read; meanwhile what libraries and other programs find in `environ` is `handed_on`."""
    before = dict(environ)
    kept = handed_on(before)
    removed = before.keys() - kept.keys()
    try:
        for name in removed:
            del environ[name]
        yield MappingProxyType(before)
    finally:
        environ.update({name: before[name] for name in removed})


def no_core_dumps() -> None:
    """A program that crashes leaves no picture of its memory, where the key is."""
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
