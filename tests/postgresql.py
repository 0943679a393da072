"""A PostgreSQL server for the tests: one of their own where it is installed, or the one at $SANTRAL_TEST_POSTGRESQL."""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
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


# Makes the cluster and runs it until its input ends, as it does however the process at the other end dies; then takes
# everything away. SIGQUIT: at once, as nothing in it is needed again.
_RUN: Final = """
bin=$1; folder=$2
make() { "$bin/initdb" -D "$folder/data" -A trust -U santral -E UTF8 --no-sync "$@" </dev/null; }
make --locale-provider=icu --icu-locale=tr-TR || { rm -rf "$folder/data"; make --locale=C; } || exit
"$bin/postgres" -D "$folder/data" -c listen_addresses= -c "unix_socket_directories=$folder" -c fsync=off \\
    -c full_page_writes=off -c max_connections=300 -c shared_buffers=32MB -c autovacuum=off </dev/null &
read -r _
kill -QUIT $!
wait
rm -rf "$folder"
"""


class Server:
    """A server in a folder of its own, reached through a socket in it by whoever may enter the folder.

    Its letters are in Turkish order where PostgreSQL can: another than the store's own, so that a column that forgets
    the latter shows.
    """

    def __init__(self) -> None:
        # Not below pytest's own folder: that is closed to whoever runs the server; and a socket's path has to be short.
        self._folder = Path(tempfile.mkdtemp(prefix="santral-pg-", dir="/tmp"))
        user, group = _somebody()
        if user is not None and group is not None:
            os.chown(self._folder, user, group)
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                ["/bin/sh", "-c", _RUN, "sh", str(binaries()), self._folder], cwd="/", stdin=subprocess.PIPE,
                stdout=log, stderr=log, start_new_session=True, user=user, group=group)
        self.address = f"postgresql://santral@/postgres?host={quote(str(self._folder), safe='')}"

    def wait(self) -> None:
        give_up = time.monotonic() + _START_SECONDS
        while True:
            try:
                psycopg.connect(self.address).close()
            except psycopg.OperationalError:
                if self._process.poll() is not None or time.monotonic() > give_up:
                    raise AssertionError((self._folder / "log").read_text()) from None
                time.sleep(0.02)
            else:
                return

    def stop(self) -> None:
        self._process.communicate()
        shutil.rmtree(self._folder, ignore_errors=True)  # where it could not be made


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a server that keeps nothing that matters. Skipped where there is none."""
    why = missing()
    if why is not None:
        pytest.skip(why)
    if GIVEN:
        yield GIVEN
        return
    running = Server()
    try:
        running.wait()
        yield running.address
    finally:
        running.stop()


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
