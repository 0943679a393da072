"""The database that `database.url` names: a file, or a PostgreSQL server."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from msgspec import Struct

from tui.config.checks import Unfit, text
from tui.core.secret import Secret, passwords_in, without_password

_SQLITE: Final = "sqlite:///"


class DatabaseSetting(Struct, frozen=True):
    """Where campaigns and results are kept: a file's absolute path or a whole PostgreSQL address, and the URL as it may
    be shown."""

    location: Path | Secret
    url: str

    @property
    def passwords(self) -> tuple[Secret, ...]:
        return () if isinstance(self.location, Path) else passwords_in(self.location.reveal())

    def under(self, folder: Path) -> DatabaseSetting:
        """The same; a relative path starts from `folder`."""
        return database_at(folder / self.location) if isinstance(self.location, Path) else self


def database(value: object) -> DatabaseSetting:
    """`sqlite:///` and a path: absolute, from `~`, or relative (see `Database.under`). Or a PostgreSQL address as libpq
    takes it: `postgresql://user:password@host:port/database?sslmode=…`. Unfit where it is neither."""
    url = text(value)
    if url.startswith("postgres"):
        return _postgresql(url)
    name = url.removeprefix(_SQLITE)
    # What is kept in memory alone is lost at the end; after ? or # options would follow, and there are none.
    if name == url or not name or name.endswith(("/", "\\")) or re.search(r"[?#]|:memory:", name):
        raise Unfit("config.bad_database")
    try:
        return database_at(Path(name).expanduser())
    except RuntimeError:  # the home of a user who does not exist
        raise Unfit("config.bad_database") from None


def database_at(path: Path) -> DatabaseSetting:
    return DatabaseSetting(path, _SQLITE + path.as_posix())


def _postgresql(url: str) -> DatabaseSetting:
    """Refused without being repeated: such an address may hold a password."""
    try:
        parts = urlsplit(url)
        # Signs of a password that has to have them as %23 and %20.
        usable = parts.port != 0 and not re.search(r"[# ]", url)
    except ValueError:
        usable = False
    if not usable or not url.startswith(("postgresql://", "postgres://")):
        raise Unfit("config.bad_postgresql", secret=True)
    return DatabaseSetting(Secret(url), without_password(url))
