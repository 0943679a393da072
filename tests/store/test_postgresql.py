"""PostgreSQL alone: its words, its connections, whom it refuses. What the store does is tested on both databases."""

from __future__ import annotations

import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import hypothesis.strategies as st
import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from msgspec.structs import replace
from psycopg.pq import TransactionStatus

from tests.postgresql import binaries, in_schema, missing
from tests.sampling import examples
from tests.store.results import assert_as_recounted, calling, ingest, listed, tables, told
from tests.store.support import both_open, good, launched, line_of, open_store, process, written_since
from tui.campaign.lifecycle import Created, State
from tui.campaign.results import CallRecord, Notification
from tui.core.reason import Reason
from tui.core.secret import Secret
from tui.store import (
    ResultFilter,
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
)
from tui.store.postgresql import session
from tui.store.postgresql.database import PostgresqlDatabase
from tui.store.postgresql.dialect import translated
from tui.store.sqlite import SqliteDatabase

if WHY := missing():
    pytest.skip(WHY, allow_module_level=True)


@pytest.fixture
def store(schema: Secret) -> Iterator[Store]:
    opened = open_store(schema)
    yield opened
    opened.close()


@pytest.fixture
def other(schema: Secret, store: Store) -> Iterator[Store]:
    """A colleague's."""
    opened = open_store(schema)
    yield opened
    opened.close()


@pytest.fixture
def admin(schema: Secret) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """A connection of one's own to the same schema."""
    with psycopg.connect(schema.reveal(), autocommit=True) as connection:
        yield connection


def database_of(store: Store) -> PostgresqlDatabase:
    found = store._context.database
    assert isinstance(found, PostgresqlDatabase)
    return found


def cut(store: Store, admin: psycopg.Connection[tuple[object, ...]]) -> None:
    """End the store's connection, as a server that is restarted does."""
    admin.execute("SELECT pg_terminate_backend(%s, 5000)", (database_of(store)._connection.info.backend_pid,))


# Its words

@pytest.mark.parametrize(("sql", "words", "names"), [
    ("SELECT a FROM b WHERE c = ? AND d = ?", "SELECT a FROM b WHERE c = $1 AND d = $2", ()),
    ("SELECT :one, :two, :one", "SELECT $1, $2, $1", ("one", "two")),
    ("SELECT :of_0, :of_1", "SELECT $1, $2", ("of_0", "of_1")),
    ("SELECT '?', 'it''s :x', ?", "SELECT '?', 'it''s :x', $1", ()),
    ("SELECT a::int, ?::text", "SELECT a::int, $1::text", ()),
    ("a LIKE ? ESCAPE '!' OR likely = 'LIKE'", "a ILIKE $1 ESCAPE '!' OR likely = 'LIKE'", ()),
])
def test_the_stores_sql_in_postgresqls_words(sql: str, words: str, names: tuple[str, ...]) -> None:
    assert translated(sql) == (words, names)


TEXTS = st.text(st.sampled_from("aAbBzZıIiİçÇşŞ_%!-0 \u0301"), max_size=4)


@settings(deadline=None, max_examples=examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(TEXTS, min_size=1, max_size=6, unique=True), pattern=TEXTS)
def test_both_databases_find_and_order_texts_alike(store: Store, sqlite: SqliteDatabase, texts: list[str],
                                                   pattern: str) -> None:
    literal = pattern.replace("!", "!!").replace("%", "!%").replace("_", "!_")
    found = []
    for database in (sqlite, database_of(store)):
        database.run("DELETE FROM menus")
        database.run_many("INSERT INTO menus (profile, name, name_folded, name_sort, fields, saved_at) "
                          "VALUES ('acme', ?, ?, ?, '{}', '')", [(text, text, text) for text in texts])
        found.append([[row["name"] for row in database.all(sql, values)] for sql, values in (
            ("SELECT name FROM menus ORDER BY name_sort", ()),
            ("SELECT name FROM menus ORDER BY name_sort DESC", ()),
            ("SELECT name FROM menus WHERE name LIKE ? ESCAPE '!' ORDER BY name", (f"%{literal}%",)),
            ("SELECT name FROM menus WHERE name > ? ORDER BY name", (pattern,)),
            ("SELECT max(name) AS name FROM menus", ()))])
    assert found[0] == found[1]


@pytest.fixture
def beside(tmp_path: Path) -> Iterator[Store]:
    """A store in a file."""
    opened = open_store(tmp_path / "beside.db")
    yield opened
    opened.close()


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[SqliteDatabase]:
    opened = SqliteDatabase(tmp_path / "santral.db")
    yield opened
    opened.close()


def test_both_databases_hand_out_the_same_kinds_of_values(store: Store, sqlite: SqliteDatabase) -> None:
    sql = ("SELECT sum(number) AS total, count(*) AS many, max(gone_at) AS gone, :flag + 0 AS flag, "
           "sum(number) * 0.5 AS half FROM account_items WHERE profile = :profile")
    kinds = []
    for database in (sqlite, database_of(store)):
        database.run_many("INSERT INTO account_items (profile, kind, number, name, seen_at) "
                          "VALUES ('acme', 'queue', ?, '', '')", [(2**33,), (2**33 + 1,)])
        row = database.one(sql, {"profile": "acme", "flag": True})
        assert row is not None
        assert (row.keys(), row["many"]) == (["total", "many", "gone", "flag", "half"], row[1])
        kinds.append([(value, type(value)) for value in row])
    assert kinds[0] == kinds[1]


NOTIFICATIONS = st.builds(
    told, number=st.one_of(st.integers(1, 4), st.sampled_from(["gizli", "ÇİĞ"])), digit=st.sampled_from(["", "1", "-"]),
    status=st.sampled_from(["Cevaplandı", "Meşgul", "Çok meşgul"]), name=st.integers(8, 12).map(str),
    minute=st.integers(0, 2))
RECORDS = st.builds(listed, number=st.integers(1, 4), status=st.sampled_from(["Cevaplandı", "Meşgul"]),
                    minute=st.integers(0, 2), talk=st.integers(0, 60))


# What is kept up is the same code on both: so many examples are for the statements, not for the rules.
@settings(deadline=None, max_examples=examples(20), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(batches=st.lists(st.lists(st.one_of(NOTIFICATIONS, RECORDS), max_size=5), max_size=4))
def test_both_databases_make_the_same_of_results(store: Store, beside: Store,
                                                 batches: list[list[Notification | CallRecord]]) -> None:
    found = []
    for one in (beside, store):
        made = sum(one.campaigns.counts("acme").values())
        campaign = calling(one, 3, token=f"token-{made}", provider_id=made + 1, fields={"call_retries": "1"})
        for batch in batches:
            ingest(one, *(replace(what, campaign_id=made + 1) for what in batch if isinstance(what, Notification)),
                   token=f"token-{made}")
            one.records.merge(campaign, [what for what in batch if isinstance(what, CallRecord)])
        filters = [ResultFilter(), ResultFilter(called=True, final=False), ResultFilter(status="Meşgul"),
                   ResultFilter(digit="1"), ResultFilter(words="meş ĞI"), ResultFilter(words="kişi1")]
        assert_as_recounted(one, campaign)
        for filter_ in filters:  # over the end of the list, too
            rows = one.results.page(campaign, 0, 50, filter_)
            assert one.results.after(campaign, 2, 2, filter_) == [row for row in rows if row.position > 2][:2]
        found.append((one.results.totals(campaign), one.results.counts(campaign), one.results.timeline(campaign, 60),
                      [(one.results.page(campaign, 0, 50, filter_), one.results.count(campaign, filter_),
                        one.follow_ups.preview(campaign, filter_)) for filter_ in filters],
                      {table: [row[1:] for row in rows] for table, rows in tables(one, campaign).items()}))
    assert found[0] == found[1]


def test_bytes_stay_as_they_are(store: Store) -> None:
    row = database_of(store).one("SELECT ? AS raw", (bytes(range(256)),))
    assert row is not None
    assert row["raw"] == bytes(range(256))


def test_what_is_too_long_for_an_index_is_kept_whole(store: Store) -> None:
    name = "".join(chr(0x4E00 + place * 7919 % 20_000) for place in range(20_000))
    campaign = store.drafts.create("acme", {"name": name})
    assert store.campaigns.get(campaign).name == name


# Its connections

def test_what_comes_after_a_lost_connection_opens_a_new_one(store: Store,
                                                            admin: psycopg.Connection[tuple[object, ...]]) -> None:
    campaign = store.drafts.create("acme", {"name": "Anket"})
    version = store.data_version()
    cut(store, admin)
    with pytest.raises(StoreBusy) as caught:
        store.campaigns.get(campaign)
    assert caught.value.reason.code == "store.connection_lost"
    assert store.campaigns.get(campaign).name == "Anket"
    assert store.data_version() > version  # others may have written in between
    store.drafts.change(campaign, {"name": "Yeni"})


def test_looking_for_changes_opens_a_lost_connection_again(store: Store,
                                                           admin: psycopg.Connection[tuple[object, ...]]) -> None:
    version = store.data_version()
    cut(store, admin)
    assert written_since(store, version)
    assert store.drafts.create("acme", {}) == 1


def test_a_server_that_stays_away_is_told_of_now_and_then(store: Store, admin: psycopg.Connection[tuple[object, ...]],
                                                          monkeypatch: pytest.MonkeyPatch) -> None:
    database, now = database_of(store), [100.0]

    def unreachable() -> None:
        raise database.error(StoreBusy, "store.unreachable", detail="no route to host")

    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    with monkeypatch.context() as away:
        away.setattr(database, "_connected", unreachable)
        database._connection.close()
        for _ in range(2):
            with pytest.raises(StoreBusy):
                store.data_version()
            version = store.data_version()
            assert store.data_version() == version
            with pytest.raises(StoreBusy):
                store.campaigns.count("acme")
            now[0] += 20
    assert store.data_version() > version


def test_a_transaction_is_not_taken_up_again_on_another_connection(
        store: Store, admin: psycopg.Connection[tuple[object, ...]]) -> None:
    database = database_of(store)

    def writes() -> None:
        with database.write():
            database.run("UPDATE campaigns SET revision = 7")
            cut(store, admin)
            with pytest.raises(StoreBusy):
                database.run("UPDATE campaigns SET revision = 8")
            database.run("UPDATE campaigns SET revision = 9")

    campaign = store.drafts.create("acme", {})
    with pytest.raises(StoreBusy) as caught:
        writes()
    assert caught.value.reason.code == "store.connection_lost"
    assert store.campaigns.get(campaign).revision == 1


def test_a_connection_that_is_lost_before_the_end_changes_nothing(
        store: Store, admin: psycopg.Connection[tuple[object, ...]]) -> None:
    database = database_of(store)
    campaign = store.drafts.create("acme", {})

    def writes() -> None:
        with database.write():
            database.run("UPDATE campaigns SET revision = 7")
            cut(store, admin)

    with pytest.raises(StoreBusy):
        writes()
    assert store.campaigns.get(campaign).revision == 1


class AnswerLost:
    """A connection that does what it is told to, and is gone when it should say so."""

    def __init__(self, connection: Any) -> None:  # noqa: ANN401 - psycopg's, which stands in for itself
        self._connection = connection

    def execute(self, sql: str, *values: object) -> object:
        done = self._connection.execute(sql, *values)
        if sql.endswith("COMMIT"):
            self._connection.close()
            raise psycopg.OperationalError("the connection was closed unexpectedly")
        return done

    def __getattr__(self, name: str) -> object:
        return getattr(self._connection, name)


class Endless:
    """A connection whose session has ended amid many statements: the driver waits for their end, and does no more."""

    closed = False

    def __init__(self, connection: Any) -> None:  # noqa: ANN401 - psycopg's, which stands in for itself
        self._connection = connection
        self.info = SimpleNamespace(transaction_status=TransactionStatus.ACTIVE)

    def execute(self, sql: str, *values: object) -> object:
        raise psycopg.OperationalError("sending query failed: cannot exit pipeline mode while busy")

    def cursor(self) -> object:
        raise psycopg.OperationalError("cannot exit pipeline mode while busy")

    def close(self) -> None:
        self._connection.close()
        self.closed = True


def test_a_connection_that_neither_works_nor_is_closed_is_opened_anew(store: Store) -> None:
    database = database_of(store)

    def writes() -> None:
        with database.write():
            database._connection = Endless(database._connection)  # type: ignore[assignment]
            database.run_many("INSERT INTO profile_tokens (profile, token, made_at) VALUES (?, ?, ?)",
                              [("a", "b", "c")])

    with pytest.raises(StoreBusy) as caught:
        writes()
    assert caught.value.reason.code == "store.connection_lost"
    assert store.drafts.create("acme", {})


@pytest.mark.parametrize("call", [
    lambda store: store.drafts.create("acme", {}), lambda store: store.campaigns.count("acme"),
    lambda store: store._context.database.run("SELECT 1"), lambda store: store.results.health("acme"),
])
def test_nor_does_one_that_got_stuck_outside_a_transaction_stay(store: Store, call: Callable[[Store], object]) -> None:
    database = database_of(store)
    database._connection = Endless(database._connection)  # type: ignore[assignment]
    call(store)


def test_a_session_that_ends_after_its_commit_has_saved(store: Store) -> None:
    database = database_of(store)

    class ToldTooLate(AnswerLost):
        def execute(self, sql: str, *values: object) -> object:
            done = self._connection.execute(sql, *values)
            if sql.endswith("COMMIT"):
                raise psycopg.errors.AdminShutdown("terminating connection due to administrator command")
            return done

    database._connection = ToldTooLate(database._connection)  # type: ignore[assignment]
    campaign = store.drafts.create("acme", {"name": "Anket"})
    assert store.campaigns.get(campaign).name == "Anket"


def test_what_was_saved_though_the_answer_was_lost_is_told_as_saved(store: Store) -> None:
    database = database_of(store)
    database._connection = AnswerLost(database._connection)  # type: ignore[assignment]
    campaign = store.drafts.create("acme", {"name": "Anket"})
    assert store.campaigns.get(campaign).name == "Anket"
    assert store.campaigns.count("acme") == 1


def test_where_it_can_not_be_told_whether_it_was_saved_that_is_said(store: Store,
                                                                    monkeypatch: pytest.MonkeyPatch) -> None:
    database = database_of(store)

    def unreachable() -> None:
        raise database.error(StoreBusy, "store.unreachable", detail="no route to host")

    monkeypatch.setattr(session, "BUSY_SECONDS", 0.05)
    monkeypatch.setattr(database, "_connection", AnswerLost(database._connection))
    monkeypatch.setattr(database, "_connected", unreachable)
    with pytest.raises(StoreFailed) as caught:
        store.drafts.create("acme", {})
    assert caught.value.reason.code == "store.commit_unknown"


def test_a_writer_waits_for_its_turn_and_not_for_ever(store: Store, other: Store) -> None:
    database_of(store).run("SET lock_timeout = '50ms'")
    campaign = store.drafts.create("acme", {"name": "Anket"})
    with database_of(other).write():
        with pytest.raises(StoreBusy) as caught:
            store.drafts.change(campaign, {"name": "Yeni"})
        assert store.campaigns.get(campaign).name == "Anket"
    assert caught.value.reason.code == "store.busy"
    store.drafts.change(campaign, {"name": "Yeni"})
    assert store.campaigns.get(campaign).name == "Yeni"


def test_a_writer_that_is_stopped_in_the_middle_keeps_nobody_else_waiting(store: Store, other: Store) -> None:
    row = database_of(store).one("SELECT current_setting('idle_in_transaction_session_timeout') AS most")
    assert row is not None
    assert row["most"] == "1min"
    database_of(store).run("SET idle_in_transaction_session_timeout = '50ms'")

    def writes() -> None:
        with database_of(store).write():
            database_of(store).run("UPDATE campaigns SET revision = 7")
            other.drafts.change(campaign, {"name": "Yeni"})
            store.campaigns.get(campaign)

    campaign = other.drafts.create("acme", {})
    with pytest.raises(StoreBusy) as caught:
        writes()
    assert caught.value.reason.code == "store.connection_lost"
    assert store.campaigns.get(campaign).revision == 2


def test_stores_in_other_schemas_do_not_wait_for_each_other(store: Store, server: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("CREATE SCHEMA another_team")
        beside = open_store(in_schema(server, "another_team"))
        database_of(beside).run("SET lock_timeout = '50ms'")
        with database_of(store).write():
            assert beside.drafts.create("acme", {}) == 1
        beside.close()
        connection.execute("DROP SCHEMA another_team CASCADE")


def test_reads_of_one_moment_see_nothing_of_a_later_one(store: Store, other: Store) -> None:
    with database_of(store).read():
        assert store.campaigns.count("acme") == 0
        other.drafts.create("acme", {})
        assert store.campaigns.count("acme") == 0
    assert store.campaigns.count("acme") == 1


def test_two_colleagues_changes_are_all_kept(store: Store, other: Store) -> None:
    campaign = store.drafts.create("acme", {})

    def change(whose: Store, field: str) -> None:
        for number in range(25):
            whose.drafts.change(campaign, {field: str(number)})

    both = [threading.Thread(target=change, args=(whose, field)) for whose, field in ((store, "name"), (other, "cli"))]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    changed = store.campaigns.get(campaign)
    assert (changed.fields, changed.revision) == ({"name": "24", "cli": "24"}, 51)


def test_a_statement_that_was_prepared_before_a_change_of_the_schema_is_prepared_anew(
        store: Store, admin: psycopg.Connection[tuple[object, ...]]) -> None:
    campaign = store.drafts.create("acme", {"name": "Anket"})
    for _ in range(10):
        store.campaigns.get(campaign)
    admin.execute("ALTER TABLE campaigns ADD COLUMN later BIGINT")
    with pytest.raises(StoreFailed):
        store.campaigns.get(campaign)
    assert store.campaigns.get(campaign).name == "Anket"


# Who holds what

def test_locks_are_taken_again_with_a_new_connection(store: Store, other: Store,
                                                     admin: psycopg.Connection[tuple[object, ...]]) -> None:
    campaign = store.drafts.create("acme", {})
    launch = launched(store, campaign)
    version = store.data_version()
    cut(store, admin)
    assert written_since(store, version)
    assert other.ledger.recover() == []
    assert store.ledger.resolve(launch, Created(112))
    assert store.campaigns.get(campaign).state is State.ON


def test_what_was_given_up_while_the_connection_was_lost_is_settled_by_the_answer(
        store: Store, other: Store, admin: psycopg.Connection[tuple[object, ...]]) -> None:
    campaign = store.drafts.create("acme", {})
    launch = launched(store, campaign)
    cut(store, admin)
    assert other.ledger.recover() == [campaign]
    assert other.campaigns.get(campaign).state is State.UNCONFIRMED
    with pytest.raises(StoreBusy):
        store.campaigns.get(campaign)
    assert store.ledger.recover() == []
    assert store.ledger.resolve(launch, Created(112))
    assert other.campaigns.get(campaign).state is State.ON


def test_a_lock_that_the_server_still_keeps_for_the_old_connection_gets_another_name(
        store: Store, other: Store, admin: psycopg.Connection[tuple[object, ...]]) -> None:
    name = store._context.lease.name()
    cut(store, admin)
    with other._context.lease.claimed(name) as dead:  # as the old session would
        assert dead
        with pytest.raises(StoreBusy):
            store.campaigns.count("acme")
        assert store.campaigns.count("acme") == 0
        assert store._context.lease.name() != name


# What others write

def test_changes_of_others_are_heard_without_asking_the_server(store: Store, other: Store,
                                                               monkeypatch: pytest.MonkeyPatch) -> None:
    version = store.data_version()

    def asked(*_: object) -> object:
        raise AssertionError("a statement was run")

    monkeypatch.setattr(database_of(store), "_execute", asked)
    other.drafts.create("acme", {})
    assert written_since(store, version)
    version = store.data_version()
    assert store.data_version() == version


# Whom it refuses

@pytest.mark.parametrize(("state", "error", "code"), [
    ("55P03", StoreBusy, "store.busy"), ("40001", StoreBusy, "store.busy"), ("40P01", StoreBusy, "store.busy"),
    ("57014", StoreBusy, "store.busy"), ("53300", StoreBusy, "store.unreachable"), ("53100", StoreFull, "store.full"),
    ("57P01", StoreBusy, "store.connection_lost"), ("08006", StoreBusy, "store.connection_lost"),
    ("25P03", StoreBusy, "store.connection_lost"),
    ("25006", StoreReadOnly, "store.no_right"), ("42501", StoreReadOnly, "store.no_right"),
    ("XX001", StoreDamaged, "store.damaged"), ("23505", StoreFailed, "store.failed"),
    ("42P01", StoreFailed, "store.failed"),
])
def test_its_errors_have_names_of_ours(store: Store, state: str, error: type[StoreError], code: str) -> None:
    original = psycopg.errors.lookup(state)("some detail\nCONTEXT: more of it")
    found = database_of(store).named(original)
    assert (type(found), found.reason.code) == (error, code)
    assert found.reason.params["path"] == database_of(store).name
    assert found.reason.params.get("detail", "some detail") == "some detail"


def test_anothers_tables_are_left_alone(schema: Secret, admin: psycopg.Connection[tuple[object, ...]]) -> None:
    admin.execute("CREATE TABLE recipes (name TEXT)")
    with pytest.raises(StoreForeign) as caught:
        open_store(schema)
    assert caught.value.reason.code == "store.foreign_schema"
    assert admin.execute("SELECT count(*) FROM pg_class WHERE relnamespace = current_schema()::regnamespace "
                         "AND relkind = 'r'").fetchone() == (1,)


def test_a_later_versions_schema_is_left_alone(schema: Secret, admin: psycopg.Connection[tuple[object, ...]]) -> None:
    open_store(schema).close()
    admin.execute("UPDATE santral_schema SET version = 99")
    with pytest.raises(StoreTooNew) as caught:
        open_store(schema)
    params = caught.value.reason.params
    assert (params["found"], params["known"]) == (99, migrate.known(migrate.POSTGRESQL))


def test_a_search_path_that_leads_nowhere_is_told(server: str) -> None:
    with pytest.raises(StoreFailed) as caught:
        open_store(in_schema(server, "no_such_schema"))
    assert caught.value.reason.code == "store.no_schema"


def test_one_who_may_not_write_is_told(schema: Secret) -> None:
    with pytest.raises(StoreReadOnly) as caught:
        open_store(Secret(f"{schema.reveal()}%20-cdefault_transaction_read_only%3Don"))
    assert caught.value.reason.code == "store.no_right"


def test_another_encoding_is_told(server: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        try:
            connection.execute("CREATE DATABASE santral_latin5 ENCODING 'LATIN5' LOCALE 'C' TEMPLATE template0")
        except psycopg.errors.InsufficientPrivilege:
            pytest.skip("whoever this server knows the tests as may not make a database")
        try:
            with pytest.raises(StoreFailed) as caught:
                open_store(Secret(urlsplit(server)._replace(path="/santral_latin5").geturl()))
        finally:
            connection.execute("DROP DATABASE santral_latin5")
    assert caught.value.reason.code == "store.wrong_encoding"
    assert caught.value.reason.params["found"] == "LATIN5"


@pytest.mark.parametrize(("address", "code"), [
    ("postgresql://santral:hidden-word@127.0.0.1:1/x?application_name=hidden-word", "store.unreachable"),
    ("postgresql://santral:hidden-word@127.0.0.1:1/x?no_such_option=hidden-word", "store.bad_address"),
    ("postgresql://santral:hidden-word%zz@127.0.0.1:1/x", "store.bad_address"),
])
def test_what_can_not_be_reached_is_told_without_its_password(address: str, code: str) -> None:
    with pytest.raises(StoreError) as caught:
        open_store(Secret(address))
    assert caught.value.reason.code == code
    assert caught.value.reason.params["path"] == "postgresql://santral:********@127.0.0.1:1/x"
    assert "hidden-word" not in "".join(traceback.format_exception(caught.value))
    assert "hidden-word" not in repr(caught.value.reason)


def test_without_its_driver_the_way_to_install_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    for room in ("database", "session"):
        monkeypatch.delitem(sys.modules, f"tui.store.postgresql.{room}")
    with pytest.raises(StoreFailed) as caught:
        open_store(Secret("postgresql://db.example.com/santral"))
    assert caught.value.reason == Reason("store.no_driver")


def test_a_closed_store_fails_as_a_store_and_opens_nothing(schema: Secret) -> None:
    opened = open_store(schema)
    opened.close()
    with pytest.raises(StoreFailed):
        opened.drafts.create("acme", {})
    with pytest.raises(StoreFailed):
        opened.data_version()


# Its schema

OPENER = """
import sys
from tests.store.support import located, open_store
import tui.store.postgresql.database
print("ready", flush=True)
sys.stdin.readline()
open_store(located(sys.argv[1])).close()
print("opened", flush=True)
"""


def test_two_processes_that_make_the_tables_at_once_both_succeed(schema: Secret) -> None:
    both_open(OPENER, schema)


@pytest.mark.parametrize("questions", range(3))
def test_another_process_makes_the_tables_while_this_one_looks_whose_they_are(
    schema: Secret, monkeypatch: pytest.MonkeyPatch, questions: int
) -> None:
    original, asked = PostgresqlDatabase.number, iter(range(100))

    def number(self: PostgresqlDatabase, question: str, values: Sequence[object] = ()) -> int:
        if next(asked) == questions:
            monkeypatch.undo()
            open_store(schema).close()
        return original(self, question, values)

    monkeypatch.setattr(PostgresqlDatabase, "number", number)
    open_store(schema).close()


def test_a_long_list_is_taken_in_by_batches(store: Store) -> None:
    campaign = store.drafts.create("acme", {})
    make: Callable[[int], str] = "90532{:07}".format
    assert store.numbers.add(campaign, (good(make(number % 4_000)) for number in range(5_000))).duplicates == 1_000
    assert [row.typed for row in store.numbers.page(campaign, 3_999, 2)] == [make(3_999), make(0)]


# The tests' own server

RUNNER = """
import sys
from tests.postgresql import Server
running = Server()
running.wait()
print(running.address, flush=True)
sys.stdin.readline()
"""


@pytest.mark.skipif(not binaries(), reason="no server can be started here: initdb and postgres are not installed")
@pytest.mark.kill
def test_a_test_run_that_is_killed_leaves_no_server_behind() -> None:
    with process(RUNNER) as running:
        address = line_of(running)
        (folder,) = parse_qs(urlsplit(address).query)["host"]
        with psycopg.connect(address) as connection:
            assert Path(folder).is_dir()
            running.kill()
            running.wait()
            give_up = time.monotonic() + 10
            while Path(folder).exists():
                assert time.monotonic() < give_up
                time.sleep(0.01)
            with pytest.raises(psycopg.OperationalError):
                connection.execute("SELECT 1")
