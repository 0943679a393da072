"""The schema: the same in both databases, and what an earlier one has written is brought up to it."""

from __future__ import annotations

import gzip
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.rows import dict_row

from tests import stores
from tests.postgresql import missing
from tests.store.keep import KEPT
from tests.store.results import calling, ingest, phone
from tests.store.results import told as result
from tests.store.support import Location, good, open_store
from tui.campaign.lifecycle import State
from tui.core.reason import Reason
from tui.core.secret import Secret
from tui.store import (
    DoNotCallEvent,
    DoNotCallReason,
    Event,
    ListFilter,
    Store,
    StoreError,
    StoreFailed,
    StoreTooOld,
    migrate,
)
from tui.store.figures import RULE
from tui.store.postgresql.database import PostgresqlDatabase
from tui.store.sqlite import SqliteDatabase
from tui.store.suppression import SuppressionSource

Rows = dict[str, list[dict[str, Any]]]
Steps = list[tuple[int, list[str]]]

KINDS = ["sqlite"] if missing() else ["sqlite", "postgresql"]
FOLDERS = {"sqlite": migrate.SQLITE, "postgresql": migrate.POSTGRESQL}
NUMBERS = sorted({int(file.name[:4]) for file in KEPT.iterdir()})


@pytest.fixture(autouse=True)
def made_by_steps() -> Iterator[None]:
    with stores.by_their_steps():
        yield


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def empty(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Location:
    """Where nothing is yet."""
    if kind == "sqlite":
        return tmp_path / "data" / "santral.db"
    found: Location = request.getfixturevalue("schema")
    return found


@pytest.fixture(params=NUMBERS)
def kept(empty: Location, request: pytest.FixtureRequest) -> Location:
    """A database as the version of that number has left it, with something in every table."""
    return put_back(empty, int(request.param))


def put_back(empty: Location, number: int) -> Location:
    if isinstance(empty, Path):
        empty.parent.mkdir()
        empty.write_bytes(gzip.decompress((KEPT / f"{number:04}.sqlite.gz").read_bytes()))
        return empty
    dump = gzip.decompress((KEPT / f"{number:04}.postgresql.sql.gz").read_bytes()).decode()
    with psycopg.connect(empty.reveal(), autocommit=True) as connection:
        connection.execute(dump.encode())
    return empty


def by_hand(place: Location, statement: str) -> None:
    """Run a statement, whatever the program would say to it."""
    if isinstance(place, Path):
        with closing(sqlite3.connect(place)) as connection, connection:
            connection.execute(statement)
        return
    with psycopg.connect(place.reveal()) as other:
        other.execute(statement.encode())


def stored(place: Location) -> Rows:
    """Every row of every table, as the database itself has it, whatever the program makes of it."""
    if isinstance(place, Path):
        with closing(sqlite3.connect(place)) as connection:
            connection.row_factory = sqlite3.Row
            names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            return {name: [dict(row) for row in connection.execute(f"SELECT * FROM {name}")]  # noqa: S608 - names of ours
                    for name in names if not name.startswith("sqlite_") and name != "santral_file"}
    with psycopg.connect(place.reveal(), row_factory=dict_row) as other:
        found = other.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND relname <> 'santral_schema' "
                              "AND relnamespace = current_schema()::regnamespace").fetchall()
        return {row["relname"]: other.execute(f"SELECT * FROM {row['relname']}".encode()).fetchall()  # noqa: S608 - names of ours
                for row in found}


def as_before(before: Rows, after: Rows) -> Rows:
    """What is there after, as far as it was there before, in the same order."""
    return {name: sorted(({column: row[column] for column in rows[0]} for row in after[name]), key=repr)
            for name, rows in before.items()}


def counted(rows: Rows) -> Rows:
    """What was kept, with the rule by which results are counted once it was opened."""
    return {**rows, "result_totals": [{**row, "rule": RULE} for row in rows["result_totals"]]}


def in_order(rows: Rows) -> Rows:
    return {name: sorted(of, key=repr) for name, of in rows.items()}


def changed(monkeypatch: pytest.MonkeyPatch, change: Callable[[Steps], Steps]) -> None:
    """Have the steps be others than those of the program, in either database."""
    known = {folder: migrate.steps(folder) for folder in FOLDERS.values()}
    monkeypatch.setattr(migrate, "steps", lambda folder=migrate.SQLITE: change(known[folder]))


# What was kept

def test_all_that_was_kept_is_there_as_it_was(kept: Location) -> None:
    before = stored(kept)
    assert [name for name, rows in before.items() if not rows] == []
    open_store(kept).close()
    assert as_before(before, stored(kept)) == in_order(counted(before))


def test_what_was_kept_is_found(kept: Location) -> None:
    with closing(open_store(kept)) as store:
        assert_found(store)


def assert_found(store: Store) -> None:
    (sent,) = store.campaigns.page("acme", filter=ListFilter(words="şubat"), limit=5)
    assert (sent.name, sent.provider_id, sent.state, sent.called_again) == ("Şubat hatırlatması", 40_001, State.ON, 1)
    assert [row.phone for row in store.numbers.page(sent.id, 0, 5)] == ["905321110001"] * 2 + ["905321110002"]
    assert [entry.event for entry in store.history(sent.id)] == [
        Event.OFF_FAILED, Event.OFF_ASKED, Event.CREATED, Event.LAUNCHED, Event.MADE]
    called = store.campaigns.find("acme", 20_212)
    assert called is not None
    totals = store.results.totals(called.id)
    assert (totals.notifications, totals.records, totals.called, totals.answered) == (3, 2, 3, 3)
    assert [(row.phone, row.digit) for row in store.results.page(called.id, 0, 1)] == [("905320000001", "9")]
    assert {row.phone for row in store.do_not_call.all("acme")} == {"905320000001", "905321234567"}
    assert [change.event for change in store.do_not_call.history("acme", "905321234567")] == [DoNotCallEvent.ADDED]
    (pressed,) = store.do_not_call.history("acme", "905320000001")
    assert (pressed.why, pressed.campaign) == (DoNotCallReason.PRESSED, called.id)
    assert [menu.name for menu in store.menus.all("acme")] == ["Anket"]
    assert store.account.known("acme").queues.items == {201: "Destek"}
    state = store.suppression.state("acme", SuppressionSource.FILE)
    assert state is not None
    assert (state.count, state.unread, state.places) == (1, 1, "B7")
    assert (store.deliveries.unreadable_count("acme"), store.deliveries.knows("profile-token")) == (1, True)


def test_what_was_kept_can_be_gone_on_with(kept: Location) -> None:
    with closing(open_store(kept)) as store:
        campaign = calling(store, 2, token="another", provider_id=50_001)
        ingest(store, result(1, "Meşgul", campaign_id=50_001), token="another")
        assert store.results.totals(campaign).called == 1
        assert store.numbers.drop(store.drafts.copy(campaign, numbers=True), [1]) == 1


def test_who_has_answered_since_a_draft_was_made_is_known_of_what_was_kept(empty: Location) -> None:
    """By the times of before, as nothing else was kept."""
    place = put_back(empty, 25)
    by_hand(place, "UPDATE notifications SET received_at = '2027-01-01T00:00:00.000000Z' WHERE phone = '905320000001'")
    with closing(open_store(place)) as store:
        (draft,) = store.campaigns.page("acme", filter=ListFilter(words="yeniden"), limit=5)
        store.numbers.add(draft.id, [good(phone(1)), good(phone(3))])
        (late,) = store.suppression.find(draft.id, listed=False).marks.positions
        assert [row.phone for row in store.numbers.page(draft.id, 0, 9) if row.position == late] == [phone(1)]


def test_what_was_kept_has_the_schema_of_a_new_one(kept: Location, request: pytest.FixtureRequest,
                                                   tmp_path: Path) -> None:
    if isinstance(kept, Path):
        with closing(SqliteDatabase(kept)) as one, closing(SqliteDatabase(tmp_path / "new.db")) as new:
            assert shape_in_sqlite(one) == shape_in_sqlite(new)
        return
    with closing(PostgresqlDatabase(kept)) as upgraded, \
            closing(PostgresqlDatabase(request.getfixturevalue("tables"))) as made:
        assert shape_in_postgresql(upgraded) == shape_in_postgresql(made)


# Steps

@pytest.mark.parametrize("folder", FOLDERS.values(), ids=FOLDERS)
def test_of_every_step_but_the_last_a_database_is_kept(folder: Path) -> None:
    """So that each step is tried on what the version before has written."""
    numbers = [number for number, _ in migrate.steps(folder)]
    assert numbers == list(range(migrate.oldest(), migrate.known() + 1))
    assert set(numbers[:-1]) <= set(NUMBERS)
    assert {file.name.partition(".")[2] for file in KEPT.iterdir()} == {"sqlite.gz", "postgresql.sql.gz"}
    assert len(list(KEPT.iterdir())) == 2 * len(NUMBERS)


def test_a_later_step_is_applied_to_what_is_there(kept: Location, monkeypatch: pytest.MonkeyPatch) -> None:
    before, number = stored(kept), migrate.known() + 1
    changed(monkeypatch, lambda steps: [*steps, (number, [
        "ALTER TABLE campaigns ADD COLUMN colour TEXT NOT NULL DEFAULT 'red';",
        "UPDATE campaigns SET colour = 'blue' WHERE state = 'on';"])])
    for _ in range(2):  # once for all
        with closing(open_store(kept)) as store:
            assert store.condition().schema == store.condition().known == number
    after = stored(kept)
    assert as_before(before, after) == in_order(counted(before))
    assert {(row["state"] == "on", row["colour"]) for row in after["campaigns"]} == {(True, "blue"), (False, "red")}


def test_a_step_that_fails_leaves_all_as_it_was(kept: Location, monkeypatch: pytest.MonkeyPatch) -> None:
    before, number = stored(kept), migrate.known() + 1
    changed(monkeypatch, lambda steps: [*steps, (number, [
        "ALTER TABLE campaigns ADD COLUMN colour TEXT;", "DELETE FROM menus;", "CREATE TABLE campaigns (id BIGINT);"])])
    with pytest.raises(StoreFailed):
        open_store(kept)
    monkeypatch.undo()
    assert in_order(stored(kept)) == in_order(before)
    with closing(open_store(kept)) as store:
        assert store.condition().schema == migrate.known()


def test_a_first_step_that_fails_leaves_nothing(empty: Location, monkeypatch: pytest.MonkeyPatch) -> None:
    changed(monkeypatch, lambda steps: [(number, [*statements, "CREATE TABLE campaigns (id BIGINT);"])
                                        for number, statements in steps])
    with pytest.raises(StoreFailed):
        open_store(empty)
    assert stored(empty) == {}
    monkeypatch.undo()
    with closing(open_store(empty)) as store:
        assert store.campaigns.counts("acme") == {}


def test_a_script_is_taken_apart_at_its_statements_alone() -> None:
    script = "-- one; two\nCREATE TABLE a (x TEXT DEFAULT ';');\n\nCREATE INDEX b\n    ON a (x);\n"
    assert migrate.statements(script) == ["-- one; two\nCREATE TABLE a (x TEXT DEFAULT ';');",
                                          "CREATE INDEX b\n    ON a (x);"]


# What no step leads from

def renumbered(place: Location, number: int) -> None:
    by_hand(place, f"PRAGMA user_version = {number}" if isinstance(place, Path)
            else f"UPDATE santral_schema SET version = {number}")  # noqa: S608 - a number


@pytest.mark.parametrize("number", [1, migrate.oldest() - 1])
def test_what_is_older_than_the_first_step_is_refused_and_left_as_it_is(empty: Location, number: int) -> None:
    place = put_back(empty, migrate.oldest())
    renumbered(place, number)
    before, content = stored(place), place.read_bytes() if isinstance(place, Path) else b""
    with pytest.raises(StoreTooOld) as caught:
        open_store(place)
    name = str(place) if isinstance(place, Path) else caught.value.reason.params["path"]
    assert caught.value.reason == Reason("store.too_old", {"path": name, "found": number, "oldest": migrate.oldest()})
    if isinstance(place, Path):
        assert place.read_bytes() == content
        assert [file.name for file in place.parent.iterdir()] == [place.name]
    assert stored(place) == before


def test_a_store_that_is_too_old_does_not_open_when_it_comes_to_be_in_the_place_of_another(tmp_path: Path) -> None:
    path = tmp_path / "data" / "santral.db"
    store = open_store(path)
    path.unlink()
    for beside in path.parent.glob("santral.db-*"):
        beside.unlink()
    path.write_bytes(gzip.decompress((KEPT / f"{migrate.oldest():04}.sqlite.gz").read_bytes()))
    renumbered(path, migrate.oldest() - 1)
    with pytest.raises(StoreError):
        store.reopen()
    store.close()


# The same in both

Shape = dict[str, dict[str, object]]


def shape_in_sqlite(database: SqliteDatabase) -> Shape:
    shape: Shape = {}
    for table in database.tables():
        columns = database.all("SELECT * FROM pragma_table_info(?)", (table,))
        sql = database.all("SELECT sql FROM sqlite_master WHERE name = ?", (table,))[0]["sql"]
        indexes = database.all("SELECT * FROM pragma_index_list(?)", (table,))
        # What is indexed and no column has no name, in either of them.
        of = {row["name"]: tuple(each["name"] for each in database.all(
            "SELECT name FROM pragma_index_info(?) WHERE name IS NOT NULL ORDER BY seqno", (row["name"],)))
            for row in indexes}
        shape[table] = {
            "columns": {row["name"]: (row["type"], bool(row["notnull"] or row["pk"]),
                                      (row["dflt_value"] or "").strip("'")) for row in columns},
            "key": tuple(row["name"] for row in sorted(columns, key=lambda row: row["pk"]) if row["pk"]),
            "indexes": {row["name"]: (of[row["name"]], bool(row["unique"]), bool(row["partial"]))
                        for row in indexes if row["origin"] == "c"},
            "unique": sorted(of[row["name"]] for row in indexes if row["origin"] == "u"),
            "references": sorted((row["from"], row["table"]) for row in database.all(
                "SELECT * FROM pragma_foreign_key_list(?)", (table,))),
            "checks": sql.count("CHECK ("),
        }
    return shape


def shape_in_postgresql(database: PostgresqlDatabase) -> Shape:
    types = {"bigint": "INTEGER", "text": "TEXT", "bytea": "BLOB"}
    shape: Shape = {}
    for table in database.tables():
        columns = database.all("SELECT * FROM information_schema.columns WHERE table_schema = current_schema() "
                               "AND table_name = ? ORDER BY ordinal_position", (table,))
        assert all(row["collation_name"] == "C" for row in columns if row["data_type"] == "text"), table
        constraints = database.all(
            "SELECT contype::text AS kind, array(SELECT attname::text FROM unnest(conkey) WITH ORDINALITY AS keys "
            "(key, place) JOIN pg_attribute ON attrelid = conrelid AND attnum = key ORDER BY place) AS names, "
            "condeferrable, confrelid::regclass::text AS referred FROM pg_constraint "
            "WHERE conrelid = ?::text::regclass", (table,))
        assert all(row["condeferrable"] for row in constraints if row["kind"] == "f"), table
        indexes = database.all(
            "SELECT relname::text AS name, indisunique, indpred IS NOT NULL AS partial, array(SELECT attname::text "
            "FROM unnest(indkey::int[]) WITH ORDINALITY AS keys (key, place) JOIN pg_attribute ON attrelid = indrelid "
            "AND attnum = key ORDER BY place) AS names FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid "
            "WHERE indrelid = ?::text::regclass AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid "
            "AND contype IN ('p', 'u'))", (table,))
        shape[table] = {
            "columns": {row["column_name"]: (types[row["data_type"]], row["is_nullable"] == "NO",
                                             (row["column_default"] or "").partition("::")[0].strip("'"))
                        for row in columns},
            "key": next((tuple(row["names"]) for row in constraints if row["kind"] == "p"), ()),
            "indexes": {row["name"]: (tuple(row["names"]), row["indisunique"], row["partial"]) for row in indexes},
            "unique": sorted(tuple(row["names"]) for row in constraints if row["kind"] == "u"),
            "references": sorted((row["names"][0], row["referred"]) for row in constraints if row["kind"] == "f"),
            "checks": sum(row["kind"] == "c" for row in constraints),
        }
    return shape


def test_both_databases_have_the_same_tables_columns_and_indexes(schema: Secret, tmp_path: Path) -> None:
    with closing(PostgresqlDatabase(schema)) as one, closing(SqliteDatabase(tmp_path / "santral.db")) as other:
        ours, theirs = shape_in_postgresql(one), shape_in_sqlite(other)
    assert ours.keys() == theirs.keys()
    for table, expected in theirs.items():
        assert ours[table] == expected, table
