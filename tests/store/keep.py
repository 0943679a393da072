"""Keeps a database of the schema as it is now, of either kind, for the tests of later steps.

`python -m tests.store.keep`, before a step is added: it is tried on what the version before has written. PostgreSQL's
is a dump without the name of its schema; `initdb`, `postgres` and `pg_dump` are needed for it.
"""

from __future__ import annotations

import datetime as dt
import gzip
import re
import sqlite3
import subprocess
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs, urlsplit

import psycopg

from tests.postgresql import Server, in_schema
from tests.store.content import filled
from tests.store.support import Clock, Location, open_store
from tui.store import migrate

KEPT: Final = Path(__file__).with_name("kept")
_SCHEMA: Final = "kept_schema"
_NOW: Final = dt.datetime(2026, 9, 12, 11, 32, tzinfo=dt.UTC)
# The session's own settings, its schema, and what is said to psql or to whoever reads.
_LEFT_OUT: Final = re.compile(r"\\(un)?restrict .*|--.*|SET .*|CREATE SCHEMA .*|SELECT pg_catalog\.set_config\(.*|")


def _fill(place: Location) -> None:
    store = open_store(place, Clock(_NOW))
    filled(store)
    store.close()


def _sqlite() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "santral.db"
        _fill(path)
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("VACUUM")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return path.read_bytes()


def _postgresql() -> str:
    server = Server()
    try:
        server.wait()
        with psycopg.connect(server.address, autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA {_SCHEMA}")
        _fill(in_schema(server.address, _SCHEMA))
        (folder,) = parse_qs(urlsplit(server.address).query)["host"]
        dump = subprocess.run(
            ["pg_dump", "--host", folder, "--username", "santral", "--schema", _SCHEMA, "--inserts", "--no-owner",
             "--no-privileges", "postgres"], check=True, capture_output=True, text=True, encoding="utf-8").stdout
    finally:
        server.stop()
    lines = (line for line in dump.splitlines() if not _LEFT_OUT.fullmatch(line))
    return "\n".join(lines).replace(f"{_SCHEMA}.", "") + "\n"


def main() -> None:
    KEPT.mkdir(exist_ok=True)
    for name, content in (("sqlite.gz", _sqlite()), ("postgresql.sql.gz", _postgresql().encode())):
        path = KEPT / f"{migrate.known():04}.{name}"
        path.write_bytes(gzip.compress(content, mtime=0))


if __name__ == "__main__":
    main()
