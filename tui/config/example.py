"""The example of a configuration, made of the settings: `python -m tui.config.example > config.example.toml`."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterator
from typing import Final

from tui.config.setting import Setting, SettingsTable
from tui.config.settings import SECTIONS, SETTINGS

_WIDTH: Final = 124
_PROFILE: Final = "acme"  # in place of the name that the operator gives
_HEAD: Final = (
    'Santral: every setting there is. What begins with "# " and a name is left out here, and shows an example or what '
    "holds then.\n\n"
    "Copy this file to ~/.config/santral/config.toml (`santral config path` says where it is on this machine) and "
    "close it to others: chmod 600. Another place: --config FILE or $SANTRAL_CONFIG.\n"
    "What is chosen in the app (theme, language, sorting) is not written here. The app rewrites this file only when a "
    "profile is added or edited; its comments are then kept in config.toml.bak, keys masked."
)


def example() -> str:
    """The whole file."""
    import tomli_w

    def lines() -> Iterator[str]:
        yield from _comment(_HEAD)
        yield from settings(())
        for section in SECTIONS:
            yield from _section(section)
            yield from settings(section.path)

    def settings(table: tuple[str, ...]) -> Iterator[str]:
        for setting in SETTINGS:
            if setting.table == table:
                yield from _setting(setting, tomli_w.dumps({setting.name: setting.example}).rstrip("\n"))

    return "\n".join(lines()) + "\n"


def _section(section: SettingsTable) -> Iterator[str]:
    yield from ("", "")
    yield from _comment(section.doc)
    yield f"[{'.'.join(section.path).replace('*', _PROFILE)}]"
    if section.example:
        yield f"# {section.example}"


def _setting(setting: Setting, line: str) -> Iterator[str]:
    yield ""
    yield from _comment(setting.doc)
    yield line if setting.in_force else f"# {line}"


def _comment(text: str) -> Iterator[str]:
    for paragraph in text.split("\n"):
        yield from textwrap.wrap(paragraph, _WIDTH, initial_indent="# ", subsequent_indent="# ",
                                 break_on_hyphens=False) or ["#"]


if __name__ == "__main__":
    sys.stdout.write(example())
