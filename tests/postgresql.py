"""A PostgreSQL server for the tests: one of their own where it is installed, or the one at $SANTRAL_TEST_POSTGRESQL."""

from __future__ import annotations

import fcntl
import itertools
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Final
from urllib.parse import quote

import psycopg
import pytest

from tui.core.secret import Secret
from tui.store.postgresql.database import PostgresqlDatabase

_GIVEN_BY: Final = "SANTRAL_TEST_POSTGRESQL"
GIVEN: Final = os.environ.get(_GIVEN_BY)  # now, as tests are later kept from the machine's own settings
_START_SECONDS: Final = 60.0
_USUAL: Final = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin",
                 "/usr/local/pgsql/bin")
_NUMBERS = itertools.count(1)


@cache
def binaries() -> Path | None:
    """The folder of `initdb` and `postgres`, the newest first."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    for pattern in _USUAL:
        folders += sorted(Path("/").glob(pattern.removeprefix("/")), reverse=True)
    return next((folder for folder in folders if (folder / "initdb").exists() and (folder / "postgres").exists()), None)


def missing() -> str | None:
    """Why there is no PostgreSQL to test with; None where there is."""
    if GIVEN or (os.name == "posix" and binaries()):
        return None
    return f"PostgreSQL is not tested: neither are initdb and postgres installed, nor is its address in ${_GIVEN_BY}"


def _somebody() -> tuple[int | None, int | None]:
    """PostgreSQL doesn't run as root: the user and the group that run it then."""
    if os.geteuid() != 0:
        return None, None
    import pwd

    names = {user.pw_name: user for user in pwd.getpwall()}
    user = names.get("postgres") or names["nobody"]
    return user.pw_uid, user.pw_gid


# Makes the cluster and runs it for as long as somebody holds the pipe open, however those who do die; then takes
# everything away. SIGQUIT: at once, as nothing in it is needed again. What follows the folder are settings of its own.
_RUN: Final = """
bin=$1; folder=$2; shift 2
make() { "$bin/initdb" -D "$folder/data" -A trust -U santral -E UTF8 --no-sync "$@" </dev/null; }
make --locale-provider=icu --icu-locale=tr-TR || { rm -rf "$folder/data"; make --locale=C; } ||
    { touch "$folder/failed"; exit; }
"$bin/postgres" -D "$folder/data" -c listen_addresses= -c "unix_socket_directories=$folder" -c fsync=off \\
    -c full_page_writes=off -c max_connections=300 -c shared_buffers=32MB -c autovacuum=off "$@" </dev/null &
read -r _ <"$folder/held"
rm "$folder/held"
kill -QUIT $!
wait
rm -rf "$folder"
"""
# Whoever began it need not stay for the others.
_BEGIN: Final = '/bin/sh -c "$0" sh "$@" &'


_AS_IT_IS: Final[Mapping[str, str]] = {}


class Server:
    """A server in a folder of its own, reached through a socket in it by whoever may enter the folder.

    Its letters are in Turkish order where PostgreSQL can: another than the store's own, so that a column that forgets
    the latter shows. It runs until everybody has stopped it, or died.
    """

    def __init__(self, folder: Path | None = None, settings: Mapping[str, str] = _AS_IT_IS) -> None:
        """One that runs in `folder`, or a new one with further settings."""
        self.folder = _begin(settings) if folder is None else folder
        self._held = os.open(self.folder / "held", os.O_RDWR)
        self.address = f"postgresql://santral@/postgres?host={quote(str(self.folder), safe='')}"

    def wait(self) -> None:
        give_up = time.monotonic() + _START_SECONDS
        while True:
            try:
                psycopg.connect(self.address).close()
            except psycopg.OperationalError:
                if (self.folder / "failed").exists() or time.monotonic() > give_up:
                    raise AssertionError((self.folder / "log").read_text()) from None
                time.sleep(0.02)
            else:
                return

    def stop(self) -> None:
        os.close(self._held)


def _begin(settings: Mapping[str, str]) -> Path:
    # Not below pytest's own folder: that is closed to whoever runs the server; and a socket's path has to be short.
    folder = Path(tempfile.mkdtemp(prefix="santral-pg-", dir="/tmp"))
    os.mkfifo(folder / "held")
    user, group = _somebody()
    if user is not None and group is not None:
        for path in (folder, folder / "held"):
            os.chown(path, user, group)
    options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    with (folder / "log").open("ab") as log:
        subprocess.run(["/bin/sh", "-c", _BEGIN, _RUN, str(binaries()), folder, *options], cwd="/",
                       stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, user=user, group=group,
                       check=True)
    return folder


@contextmanager
def _shared(among: Path) -> Iterator[Server]:
    """The server of all who share a folder; it runs for as long as one of them needs it."""
    with (among / "postgresql").open("a+") as known:
        fcntl.flock(known, fcntl.LOCK_EX)
        known.seek(0)
        folder = Path(told) if (told := known.read()) else None
        running = Server(folder if folder and (folder / "held").exists() else None)
        known.truncate(0)
        known.write(str(running.folder))
    try:
        running.wait()
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that keeps nothing that matters. Skipped where there is none."""
    why = missing()
    if why is not None:
        pytest.skip(why)
    if GIVEN:
        yield GIVEN
        return
    own = tmp_path_factory.getbasetemp()
    with _shared(own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) as running:
        yield running.address


def in_schema(address: str, schema: str) -> Secret:
    """The address of a schema of a server's database."""
    return Secret(f"{address}{'&' if '?' in address else '?'}options=-csearch_path%3D{schema}")


@contextmanager
def _made(server: str) -> Iterator[Secret]:
    name = f"santral_test_{os.getpid()}_{next(_NUMBERS)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {name}")
    yield in_schema(server, name)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP SCHEMA {name} CASCADE")


@pytest.fixture
def schema(server: str) -> Iterator[Secret]:
    """The address of an empty schema, which is there for one test."""
    with _made(server) as address:
        yield address


@pytest.fixture(scope="session")
def _kept(server: str) -> Iterator[Secret]:
    with _made(server) as address:
        PostgresqlDatabase(address).close()
        yield address


@pytest.fixture
def tables(_kept: Secret) -> Iterator[Secret]:
    """The address of a schema with the store's tables, empty and as if new: made once, as making them takes a while."""
    yield _kept
    with psycopg.connect(_kept.reveal(), autocommit=True) as connection:
        names = connection.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relname <> 'santral_schema' "
            "AND relnamespace = current_schema()::regnamespace").fetchall()
        empty = "; ".join(f"DELETE FROM {name}" for name, in names)  # noqa: S608 - the tables' own names
        connection.execute(f"BEGIN; SET CONSTRAINTS ALL DEFERRED; {empty}; COMMIT")
        connection.execute("SELECT setval(oid::regclass, 1, false) FROM pg_class WHERE relkind = 'S' "
                           "AND relnamespace = current_schema()::regnamespace")
