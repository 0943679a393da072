"""A file that is deleted, moved, replaced or overwritten while a store has it open."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.store.support import launched, open_store
from tui.store import Store, StoreError, StoreGone
from tui.store.sqlite import SqliteDatabase


def deleted(path: Path) -> None:
    path.unlink()


def moved(path: Path) -> None:
    path.rename(path.with_name("elsewhere.db"))


def replaced(path: Path) -> None:
    other = path.with_name("other.db")
    open_store(other).close()
    other.replace(path)


def folder_moved(path: Path) -> None:
    path.parent.rename(path.parent.with_name("elsewhere"))


def folder_made_anew(path: Path) -> None:
    folder_moved(path)
    open_store(path).close()


def cut_off(path: Path) -> None:
    os.truncate(path, 0)


def without_its_log(path: Path) -> None:
    Path(f"{path}-wal").unlink()


def without_its_index(path: Path) -> None:
    Path(f"{path}-shm").unlink()


def written_over(path: Path, content: bytes) -> None:
    """In place, and no shorter than what was there."""
    with path.open("r+b") as file:
        file.write(content)


def other_store_over(path: Path) -> None:
    other = path.with_name("other.db")
    beside = open_store(other)
    while other.stat().st_size < path.stat().st_size:
        beside.drafts.create("globex", {"name": "Tanıtım" * 100})
        beside._context.database.run("PRAGMA wal_checkpoint(PASSIVE)")
    beside.close()
    written_over(path, other.read_bytes())


def zeros_over(path: Path) -> None:
    written_over(path, bytes(path.stat().st_size))


def text_over(path: Path) -> None:
    written_over(path, b"Ad;Telefon\n" * path.stat().st_size)


OVER = (other_store_over, zeros_over, text_over)

GONE = (*OVER, deleted, moved, replaced, folder_moved, folder_made_anew, cut_off, without_its_log, without_its_index)


@pytest.mark.parametrize("happens", GONE)
def test_nothing_is_said_to_be_written_into_what_nobody_finds(store: Store, path: Path,
                                                             happens: Callable[[Path], None]) -> None:
    campaign = store.drafts.create("acme", {"name": "Anket"})
    assert store.in_place()
    happens(path)
    assert not store.in_place()
    with pytest.raises(StoreGone) as caught:
        store.drafts.create("acme", {"name": "Borç"})
    assert caught.value.reason.params == {"path": str(path)}
    with pytest.raises(StoreGone):
        store.data_version()
    with pytest.raises(StoreError):
        launched(store, campaign)


def test_what_goes_while_it_is_written_is_told_after_the_commit(store: Store, path: Path) -> None:
    database = store._context.database

    def write() -> None:
        with database.write():
            database.run("INSERT INTO profile_tokens (profile, token, made_at) VALUES ('a', 'b', 'c')")
            replaced(path)

    with pytest.raises(StoreGone):
        write()


def test_a_file_that_is_put_back_is_written_again(store: Store, path: Path) -> None:
    moved(path)
    with pytest.raises(StoreGone):
        store.drafts.create("acme", {"name": "Anket"})
    path.with_name("elsewhere.db").rename(path)
    campaign = store.drafts.create("acme", {"name": "Anket"})
    store.close()
    assert open_store(path).campaigns.get(campaign).name == "Anket"


def test_that_it_has_gone_is_told_from_time_to_time(store: Store, path: Path) -> None:
    deleted(path)
    with pytest.raises(StoreGone):
        store.data_version()
    assert store.data_version() == store.data_version()


@pytest.mark.parametrize("happens", [replaced, folder_made_anew, without_its_log, without_its_index])
def test_opened_again_it_is_what_is_there_now(store: Store, path: Path, another: Callable[[], Store],
                                              happens: Callable[[Path], None]) -> None:
    happens(path)
    before = store.data_version() if store.in_place() else 0
    store.reopen()
    assert store.in_place()
    campaign = store.drafts.create("acme", {"name": "Anket"})
    assert store.data_version() > before
    assert another().campaigns.get(campaign).name == "Anket"


def test_what_was_committed_to_the_file_before_is_not_taken_for_this_ones(store: Store, path: Path,
                                                                         another: Callable[[], Store]) -> None:
    store.drafts.create("acme", {"name": "Anket"})
    replaced(path)
    store.reopen()
    assert store.campaigns.count("acme") == another().campaigns.count("acme") == 0
    assert store.condition().damage == ""


def test_what_was_written_before_its_log_was_deleted_is_kept_by_opening_again(store: Store, path: Path) -> None:
    campaign = store.drafts.create("acme", {"name": "Anket"})
    without_its_log(path)
    store.reopen()
    assert store.campaigns.get(campaign).name == "Anket"


def empty(path: Path) -> None:
    deleted(path)
    path.touch()


def foreign(path: Path) -> None:
    deleted(path)
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.close()


def a_folder(path: Path) -> None:
    deleted(path)
    path.mkdir()


def test_a_backup_written_over_the_file_is_noticed(store: Store, path: Path, another: Callable[[], Store]) -> None:
    """By how often it has been written, as it is the same store else. What was committed later does not get into it."""
    store.drafts.create("acme", {"name": "Anket"})
    backup = path.with_name("backup.db")
    with sqlite3.connect(path) as connection:
        connection.execute("VACUUM INTO ?", (str(backup),))
    connection.close()
    store.drafts.create("acme", {"name": "Borç"})
    store._context.database.run("PRAGMA wal_checkpoint(PASSIVE)")
    assert store.in_place()
    store.drafts.create("acme", {"name": "Hatırlatma"})
    written_over(path, backup.read_bytes())
    with pytest.raises(StoreGone):
        store.drafts.create("acme", {"name": "Davet"})
    store.reopen()
    assert store.campaigns.count("acme") == another().campaigns.count("acme") == 1
    assert store.condition().damage == ""
    assert path.with_name(f"{path.name}.replaced-wal").stat().st_size


def test_a_file_that_a_reader_keeps_shorter_than_it_is_to_be_is_no_other_content(path: Path) -> None:
    """Up to where somebody reads the log is moved into it, but for pages that were written once more since."""
    writer, reader = SqliteDatabase(path), SqliteDatabase(path)
    writer.run("PRAGMA wal_checkpoint(PASSIVE)")
    writer.run("CREATE TABLE last_page (content TEXT)")
    with reader.read():
        assert reader.number("SELECT count(*) FROM last_page") == 0
        with writer.write():
            writer.run("INSERT INTO last_page VALUES ('once more')")
        writer.run("PRAGMA wal_checkpoint(PASSIVE)")
        assert path.stat().st_size < writer.number("PRAGMA page_count") * writer.number("PRAGMA page_size")
        assert writer.in_place()
        with writer.write():
            writer.run("INSERT INTO last_page VALUES ('and again')")
    assert reader.in_place()
    writer.close()
    reader.close()


def test_moving_the_log_into_the_file_is_no_other_content(store: Store, path: Path,
                                                         another: Callable[[], Store]) -> None:
    for mode in ("PASSIVE", "FULL", "RESTART") * 2:
        for one in (store, another()):
            one.drafts.create("acme", {"name": "Anket"})
            one._context.database.run(f"PRAGMA wal_checkpoint({mode})")
            assert store.in_place()
            assert one.in_place()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE campaigns SET revision = 7")
    connection.close()
    assert store.drafts.create("acme", {"name": "Borç"})


@pytest.mark.parametrize("notices", [True, False])
@pytest.mark.parametrize("happens", OVER)
def test_nothing_of_the_file_before_gets_into_what_is_written_over_it(path: Path, happens: Callable[[Path], None],
                                                                      notices: bool) -> None:
    store, app = open_store(path), open_store(path)
    store.drafts.create("acme", {"name": "Anket"})
    happens(path)
    content = path.read_bytes()
    if notices:
        with pytest.raises(StoreGone):
            store.drafts.create("acme", {"name": "Borç"})
    store.close()
    app.close()
    assert path.read_bytes() == content


def test_into_another_store_written_over_it_goes_what_is_written_from_then_on(path: Path) -> None:
    store, app = open_store(path), open_store(path)
    store.drafts.create("acme", {"name": "Anket"})
    other_store_over(path)
    with pytest.raises(StoreGone):
        app.data_version()
    app.close()
    store.reopen()
    assert store.campaigns.count("acme") == 0
    store.drafts.create("acme", {"name": "Borç"})
    store.close()
    again = open_store(path)
    assert again.campaigns.count("acme") == 1
    assert again.condition().damage == ""
    again.close()


@pytest.mark.parametrize("happens", [deleted, moved, folder_moved, empty, foreign, a_folder])
def test_what_is_not_ours_is_not_gone_over_to(store: Store, path: Path, happens: Callable[[Path], None]) -> None:
    happens(path)
    for _ in range(2):
        with pytest.raises(StoreError):
            store.reopen()
    assert not store.in_place()
    there = path.stat().st_size if path.is_file() else 0
    with pytest.raises(StoreError):
        store.drafts.create("acme", {"name": "Anket"})
    assert (path.stat().st_size if path.is_file() else 0) == there


def test_it_is_gone_over_to_when_it_comes(store: Store, path: Path) -> None:
    empty(path)
    with pytest.raises(StoreError):
        store.reopen()
    replaced(path)
    store.reopen()
    assert store.drafts.create("acme", {"name": "Anket"})


def test_work_of_its_own_connection_is_not_begun_elsewhere(store: Store, path: Path) -> None:
    deleted(path)
    with pytest.raises(StoreGone), store.apart():
        pass
    assert not path.exists()


def test_a_link_that_leads_elsewhere_now_is_noticed(path: Path) -> None:
    real, link = path.parent / "real.db", path.parent / "link.db"
    open_store(real).close()
    link.symlink_to(real)
    store = open_store(link)
    assert store.drafts.create("acme", {"name": "Anket"})
    shutil.copy(real, path.parent / "other.db")
    link.unlink()
    link.symlink_to(path.parent / "other.db")
    with pytest.raises(StoreGone):
        store.drafts.create("acme", {"name": "Anket"})
    store.close()
