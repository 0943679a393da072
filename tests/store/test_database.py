"""Opening the file, and what goes wrong with files."""

from __future__ import annotations

import errno
import os
import sqlite3
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from tests import stores
from tests.store.support import bad, both_open, good, line_of, open_store, process, traced, written_since
from tui.core.reason import Reason
from tui.store import (
    Store,
    StoreBusy,
    StoreDamaged,
    StoreError,
    StoreFailed,
    StoreForeign,
    StoreFull,
    StoreReadOnly,
    StoreTooNew,
    migrate,
    sqlite,
)
from tui.store.errors import by_the_system
from tui.store.sqlite import SqliteDatabase


@pytest.fixture(autouse=True)
def made_by_steps() -> Iterator[None]:
    with stores.by_their_steps():
        yield


def test_the_file_and_its_folder_are_for_their_owner_alone(store: Store, path: Path) -> None:
    store.drafts.create("acme", {"name": "Anket"})
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    assert modes == {"santral.db": 0o600, "santral.db-wal": 0o600, "santral.db-shm": 0o600}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_what_was_written_is_there_after_opening_again(path: Path) -> None:
    first = open_store(path)
    campaign = first.drafts.create("acme", {"name": "Anket"})
    first.close()
    second = open_store(path)
    assert second.campaigns.get(campaign).name == "Anket"
    second.close()


@pytest.mark.sqlite
def test_every_commit_is_on_the_disk_and_references_hold(store: Store) -> None:
    open_database = store._context.database
    assert open_database.number("PRAGMA synchronous") == 2
    assert open_database.number("PRAGMA foreign_keys") == 1
    assert open_database.number("PRAGMA busy_timeout") == 10_000
    mode = open_database.one("PRAGMA journal_mode")
    assert mode is not None
    assert mode[0] == "wal"


@pytest.mark.sqlite
def test_every_write_begins_with_the_right_to_write(store: Store) -> None:
    statements = traced(store)
    campaign = store.drafts.create("acme", {"name": "Anket"})
    store.numbers.add(campaign, [good("905321234567")])
    store.drafts.remove(campaign)
    begun = False
    for statement in statements:
        verb = statement.split()[0]
        begun = (begun or statement == "BEGIN IMMEDIATE") and verb not in ("COMMIT", "ROLLBACK")
        beside = statement.startswith(("INSERT INTO incoming", "DELETE FROM incoming"))  # not in the file
        if verb in ("INSERT", "UPDATE", "DELETE") and not beside:
            assert begun, statement
    assert statements.count("BEGIN IMMEDIATE") == 3


def newer(path: Path) -> None:
    open_store(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()


def foreign(path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.close()


def foreign_by_its_header(path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA application_id = 7")
    connection.execute("PRAGMA user_version = 99")
    connection.close()


def garbage(path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"PK\x03\x04" + bytes(range(256)) * 40)


def a_few_bytes(path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"SQLite format 3\0 and no more")


def truncated(path: Path) -> None:
    filled(path)
    path.write_bytes(path.read_bytes()[:5_000])


def filled(path: Path) -> int:
    """A database with so many numbers that they lie on pages of their own. The campaign."""
    store = open_store(path)
    campaign = store.drafts.create("acme", {"name": "Anket"})
    store.numbers.add(campaign, [good(f"90532{number:07}", "#456 " * 10) for number in range(2_000)])
    store.close()
    return campaign


@pytest.mark.parametrize(("make", "error", "code"), [
    (newer, StoreTooNew, "store.too_new"),
    (foreign, StoreForeign, "store.foreign"),
    (foreign_by_its_header, StoreForeign, "store.foreign"),
    (garbage, StoreDamaged, "store.damaged"),
    (a_few_bytes, StoreDamaged, "store.damaged"),
    (truncated, StoreDamaged, "store.damaged"),
])
def test_what_is_not_ours_to_open_is_refused_and_left_as_it_is(path: Path, make: Callable[[Path], None],
                                                               error: type[StoreError], code: str) -> None:
    make(path)
    before = path.read_bytes()
    with pytest.raises(error) as caught:
        open_store(path)
    assert caught.value.reason.code == code
    assert caught.value.reason.params["path"] == str(path)
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_newer_schema_is_named_with_the_one_that_is_known(path: Path) -> None:
    newer(path)
    with pytest.raises(StoreTooNew) as caught:
        open_store(path)
    assert caught.value.reason == Reason("store.too_new", {"path": str(path), "found": 99, "known": migrate.known()})


def test_a_newer_schema_is_seen_while_it_is_still_beside_the_file(path: Path) -> None:
    open_store(path).close()
    later = sqlite3.connect(path)
    later.execute("PRAGMA user_version = 99")  # in the side file, as long as `later` is open
    assert int.from_bytes(path.read_bytes()[60:64], "big") == migrate.known()
    with pytest.raises(StoreTooNew):
        open_store(path)
    later.close()


def test_a_page_of_garbage_is_told_and_the_rest_can_be_read(path: Path) -> None:
    campaign = filled(path)
    contents = bytearray(path.read_bytes())
    victim = contents.index(b"905320001000" * 2) // 4096  # in the table: as typed and as sent
    contents[victim * 4096:(victim + 1) * 4096] = b"\xff" * 4096
    path.write_bytes(contents)
    store = open_store(path)
    with pytest.raises(StoreDamaged) as caught:
        list(store.numbers.each(campaign))
    assert caught.value.reason == Reason("store.damaged", {"path": str(path)})
    assert store.campaigns.get(campaign).numbers == 2_000
    store.close()


@pytest.mark.parametrize(("column", "value"), [
    ("fields", "{"), ("fields", "7"), ("state_at", "yesterday"), ("reason_params", "]"), ("created_at", "2026-13-45"),
])
def test_a_value_that_was_never_written_is_damage(store: Store, column: str, value: str) -> None:
    campaign = store.drafts.create("acme", {"name": "Anket"})
    store._context.database.run(f"UPDATE campaigns SET reason = 'store.changed', {column} = ?", (value,))  # noqa: S608 - names of the table above
    with pytest.raises(StoreDamaged):
        store.campaigns.get(campaign)
    with pytest.raises(StoreDamaged):
        store.campaigns.page("acme", limit=10)


def test_a_folder_in_the_place_of_the_file_is_refused(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(StoreReadOnly) as caught:
        open_store(path)
    assert caught.value.reason == Reason("store.read_only", {"path": str(path)})


def test_a_path_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreReadOnly):
        open_store(tmp_path / "file" / "santral.db")


def test_a_file_that_may_not_be_written_is_told_at_once(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_store(path).close()
    monkeypatch.setattr(os, "access", lambda _path, mode: not mode & os.W_OK)  # as root nothing is forbidden
    with pytest.raises(StoreReadOnly):
        open_store(path)


LOCKER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=0)
try:
    connection.execute("PRAGMA journal_mode = DELETE")
except sqlite3.OperationalError as error:
    print(error.sqlite_errorname, flush=True)
else:
    print("nobody holds it", flush=True)
"""


def test_opening_it_twice_leaves_the_first_ones_locks(store: Store, path: Path) -> None:
    """Closing any descriptor of a file takes away all locks that the process has on it."""
    campaign = store.drafts.create("acme", {"name": "Anket"})
    open_store(path).close()
    with process(LOCKER, path) as running:
        assert line_of(running) == "SQLITE_BUSY"
    assert store.campaigns.get(campaign).name == "Anket"


@pytest.mark.sqlite
def test_a_file_that_has_become_read_only_keeps_what_it_has(store: Store) -> None:
    campaign = store.drafts.create("acme", {"name": "Anket"})
    store._context.database.run("PRAGMA query_only = ON")
    with pytest.raises(StoreReadOnly):
        store.drafts.change(campaign, {"name": "Başka"})
    assert store.campaigns.get(campaign).name == "Anket"


@pytest.mark.sqlite
def test_a_full_disk_takes_nothing_away(store: Store) -> None:
    campaign = store.drafts.create("acme", {"name": "Anket"})
    store.numbers.add(campaign, [good("905321234567"), bad()])
    before = store.campaigns.get(campaign)
    open_database = store._context.database
    open_database.run(f"PRAGMA max_page_count = {open_database.number('PRAGMA page_count')}")
    with pytest.raises(StoreFull):
        store.numbers.add(campaign, (good(f"90532{number:07}") for number in range(5_000)))
    with pytest.raises(StoreFull):
        store.drafts.change(campaign, {"name": "x" * 100_000})
    assert store.campaigns.get(campaign) == before
    assert [row.typed for row in store.numbers.page(campaign, 0, 10)] == ["905321234567", "532"]
    open_database.run("PRAGMA max_page_count = 100000")
    store.drafts.change(campaign, {"name": "Başka"})
    assert store.campaigns.get(campaign).name == "Başka"


def test_a_database_held_by_another_program_is_busy(store: Store, path: Path) -> None:
    store._context.database.run("PRAGMA busy_timeout = 1")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreBusy) as caught:
        store.drafts.create("acme", {})
    assert caught.value.reason == Reason("store.busy", {"path": str(path)})
    other.execute("ROLLBACK")
    other.close()
    assert store.drafts.create("acme", {}) > 0


@pytest.mark.parametrize(("code", "error"), [
    (sqlite3.SQLITE_BUSY, StoreBusy),
    (sqlite3.SQLITE_BUSY_SNAPSHOT, StoreBusy),
    (sqlite3.SQLITE_LOCKED, StoreBusy),
    (sqlite3.SQLITE_FULL, StoreFull),
    (sqlite3.SQLITE_IOERR_SHMSIZE, StoreFull),
    (sqlite3.SQLITE_READONLY, StoreReadOnly),
    (sqlite3.SQLITE_READONLY_DIRECTORY, StoreReadOnly),
    (sqlite3.SQLITE_CANTOPEN, StoreReadOnly),
    (sqlite3.SQLITE_CANTOPEN_ISDIR, StoreReadOnly),
    (sqlite3.SQLITE_PERM, StoreReadOnly),
    (sqlite3.SQLITE_CORRUPT, StoreDamaged),
    (sqlite3.SQLITE_CORRUPT_INDEX, StoreDamaged),
    (sqlite3.SQLITE_NOTADB, StoreDamaged),
    (sqlite3.SQLITE_IOERR_READ, StoreFailed),
    (sqlite3.SQLITE_CONSTRAINT_UNIQUE, StoreFailed),
    (None, StoreFailed),
])
def test_sqlite_errors_have_names_of_ours(store: Store, path: Path, code: int | None, error: type[StoreError]) -> None:
    original = sqlite3.OperationalError("some detail")
    if code is not None:
        original.sqlite_errorcode = code
    open_database = store._context.database
    assert isinstance(open_database, SqliteDatabase)
    found = open_database.named(original)
    assert type(found) is error
    assert found.reason.params["path"] == str(path)
    assert ("detail" in found.reason.params) == (error is StoreFailed)


@pytest.mark.parametrize(("number", "error"), [
    (errno.ENOSPC, StoreFull), (errno.EDQUOT, StoreFull), (errno.EACCES, StoreReadOnly), (errno.EROFS, StoreReadOnly),
])
def test_errors_of_the_system_have_names_of_ours(path: Path, number: int, error: type[StoreError]) -> None:
    found = by_the_system(OSError(number, os.strerror(number)), path)
    assert type(found) is error
    assert found.reason.params == {"path": str(path)}


def test_a_closed_store_fails_as_a_store(path: Path) -> None:
    store = open_store(path)
    store.close()
    with pytest.raises(StoreFailed):
        store.drafts.create("acme", {})


OPENER = """
import sys
from pathlib import Path
from tui.store.sqlite import SqliteDatabase
print("ready", flush=True)
sys.stdin.readline()
SqliteDatabase(Path(sys.argv[1])).close()
print("opened", flush=True)
"""


def test_two_processes_that_make_the_file_at_once_both_succeed(path: Path) -> None:
    both_open(OPENER, path)
    made = SqliteDatabase(path)
    assert made.number("PRAGMA user_version") == migrate.known()
    made.close()


@pytest.mark.parametrize("questions", range(4))
def test_another_process_makes_the_file_while_this_one_looks_whose_it_is(
    path: Path, monkeypatch: pytest.MonkeyPatch, questions: int
) -> None:
    original, asked = SqliteDatabase.number, iter(range(100))

    def number(self: SqliteDatabase, question: str, values: Sequence[object] = ()) -> int:
        if next(asked) == questions:
            monkeypatch.undo()
            SqliteDatabase(path).close()
        return original(self, question, values)

    monkeypatch.setattr(SqliteDatabase, "number", number)
    made = SqliteDatabase(path)
    assert made.number("PRAGMA user_version") == migrate.known()
    made.close()


def test_a_process_that_was_second_does_not_migrate_again(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other one finishes between this one's look at the number and its turn to write."""
    path.parent.mkdir()
    original = SqliteDatabase._migrate

    def late(self: SqliteDatabase) -> None:
        monkeypatch.undo()
        open_store(path).close()
        original(self)

    monkeypatch.setattr(SqliteDatabase, "_migrate", late)
    store = open_store(path)
    assert store.campaigns.counts("acme") == {}
    store.close()


def test_waiting_for_another_process_to_set_up_the_file_has_an_end(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.parent.mkdir()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.05)
    with pytest.raises(StoreBusy):
        open_store(path)
    other.execute("ROLLBACK")
    other.close()


def test_its_import_brings_neither_the_screen_nor_the_network(path: Path) -> None:
    script = ("import sys, tui.store\n"
              "heavy = {'textual', 'httpx', 'psycopg', 'filelock', 'starlette', 'uvicorn'}\n"
              "print(sorted(heavy & set(sys.modules)), flush=True)")
    with process(script) as running:
        assert line_of(running) == "[]"


class TestDataVersion:
    def test_it_stays_while_nothing_is_written(self, store: Store) -> None:
        store.drafts.create("acme", {})
        before = store.data_version()
        store.campaigns.page("acme", limit=10)
        assert store.data_version() == before

    def test_it_grows_with_what_this_store_writes(self, store: Store) -> None:
        before = store.data_version()
        store.drafts.create("acme", {})
        assert store.data_version() > before

    def test_it_grows_with_what_another_writes(self, store: Store, another: Callable[[], Store]) -> None:
        other = another()
        before = store.data_version()
        other.drafts.create("acme", {})
        assert written_since(store, before)
        after = store.data_version()
        assert after > before
        assert store.data_version() == after


@pytest.mark.sqlite
def test_what_was_written_apart_is_in_the_file_when_that_is_closed(tmp_path: Path) -> None:
    """Nobody who writes a little afterwards has to move all of it."""
    path = tmp_path / "santral.db"
    with closing(open_store(path)) as store:
        with store.apart() as apart:
            apart.drafts.create("acme", {"name": "Kasım daveti"})
            assert b"Kas\xc4\xb1m daveti" not in path.read_bytes()
        assert b"Kas\xc4\xb1m daveti" in path.read_bytes()
