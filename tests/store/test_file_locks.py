"""One database by several paths, and file systems on which nobody can tell who is at work."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.store.support import campaign_in, launched, line_of, open_store, process
from tui.campaign.lifecycle import Action, AskedBy, State
from tui.store import StoreBusy, StoreError, StoreManyNames, StoreNoLocks, file_locks
from tui.store.file_locks import check_one_name
from tui.store.sqlite import SqliteDatabase

LAUNCHER = """
import os, sys
from tests.store.support import open_store
from pathlib import Path
from tui.campaign.lifecycle import AskedBy
if len(sys.argv) > 3:
    os.chdir(sys.argv[3])
store = open_store(Path(sys.argv[1]))
store.ledger.begin(int(sys.argv[2]), revision=1, token="its own", body_hash="b", numbers=1, asked_by=AskedBy.APP)
print("launched", flush=True)
sys.stdin.readline()
"""
LOOKER = """
import sys
from tests.store.support import open_store
from pathlib import Path
from tui.store import StoreError
try:
    print(open_store(Path(sys.argv[1])).ledger.recover(), flush=True)
except StoreError as error:
    print(error.reason.code, flush=True)
"""


def linked(path: Path) -> Path:
    link = path.with_name("other.db")
    link.symlink_to(path)
    return link


def linked_from_elsewhere(path: Path) -> Path:
    link = path.parent.parent / "link.db"
    link.symlink_to(os.path.relpath(path, link.parent))
    return link


def linked_twice(path: Path) -> Path:
    return linked_from_elsewhere(linked(path))


def in_a_linked_folder(path: Path) -> Path:
    folder = path.parent.with_name("folder")
    folder.symlink_to(path.parent)
    return folder / path.name


def around_the_corner(path: Path) -> Path:
    (path.parent / "sub").mkdir()
    return path.parent / "sub" / ".." / path.name


@pytest.mark.kill
@pytest.mark.parametrize("other", [linked, linked_from_elsewhere, linked_twice, in_a_linked_folder, around_the_corner])
@pytest.mark.parametrize("by_the_other", [True, False])
def test_a_launch_in_flight_is_known_to_live_by_whatever_path_its_database_is_opened(
        path: Path, other: Callable[[Path], Path], by_the_other: bool) -> None:
    with_name = open_store(path)
    draft = with_name.drafts.create("acme", {})
    on = campaign_in(with_name, State.ON)
    with_name.close()
    another = other(path)
    launching, looking = (another, path) if by_the_other else (path, another)
    store = open_store(looking)
    with process(LAUNCHER, launching, draft) as living:
        assert line_of(living) == "launched"
        assert store.ledger.recover() == []
        assert store.campaigns.get(draft).state is State.LAUNCHING
        living.kill()
        living.wait()
    assert store.ledger.recover() == [draft]
    # And so are switches.
    beside = open_store(launching)
    beside.switches.begin(on, Action.OFF, AskedBy.APP)
    assert store.ledger.recover() == []
    beside.close()
    store.close()


@pytest.mark.kill
def test_a_relative_path_is_the_same_as_a_whole_one(path: Path) -> None:
    store = open_store(path)
    draft = store.drafts.create("acme", {})
    with process(LAUNCHER, path.name, draft, path.parent) as living:
        assert line_of(living) == "launched"
        assert store.ledger.recover() == []
        assert store.campaigns.get(draft).state is State.LAUNCHING
    store.close()


@pytest.mark.parametrize("folder", [True, False])
def test_a_mounted_folder_is_the_same_and_a_mounted_file_is_refused(path: Path, folder: bool) -> None:
    store = open_store(path)
    launched(store, store.drafts.create("acme", {}))
    unshare = shutil.which("unshare")
    real, mounted = (path.parent, path.parent.with_name("mount")) if folder else (path, path.with_name("mount of it"))
    if folder:
        mounted.mkdir()
    else:
        mounted.touch()
    script = f'mount --bind "{real}" "{mounted}" && exec "$@"'
    seen = mounted / path.name if folder else mounted
    command = [unshare or "unshare", "-rm", "sh", "-c", script, "sh", sys.executable, "-c", LOOKER, str(seen)]
    if unshare is None or subprocess.run([*command[:5], "true"], check=False, capture_output=True).returncode:
        pytest.skip("nothing can be mounted here")
    ended = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
    assert ended.stdout.strip() == ("[]" if folder else "store.mounted_file"), ended.stderr
    store.close()


def test_a_hard_link_is_refused_by_either_name(path: Path) -> None:
    store = open_store(path)
    draft = store.drafts.create("acme", {})
    second = path.with_name("second.db")
    second.hardlink_to(path)
    for name in (path, second, linked(second)):
        with pytest.raises(StoreManyNames) as caught:
            open_store(name)
        assert caught.value.reason.code == "store.hard_link"
        assert caught.value.reason.params == {"path": str(name)}
    # Whoever had it open before sends nothing either.
    with pytest.raises(StoreManyNames):
        launched(store, draft)
    assert store.campaigns.get(draft).state is State.DRAFT
    second.unlink()
    launched(store, draft)
    store.close()


def refusing(code: int) -> Callable[..., None]:
    def lock(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    return lock


@pytest.mark.parametrize("code", [errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP])
def test_where_nothing_can_be_locked_nothing_is_launched_and_it_is_named(
        path: Path, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    store = open_store(path)
    draft, on = store.drafts.create("acme", {}), campaign_in(open_store(path), State.ON)
    monkeypatch.setattr("fcntl.flock", refusing(code))
    with pytest.raises(StoreNoLocks) as caught:
        launched(store, draft)
    assert caught.value.reason.code == "store.no_locks"
    with pytest.raises(StoreNoLocks):
        store.switches.begin(on, Action.OFF, AskedBy.APP)
    assert store.campaigns.get(draft).state is State.DRAFT
    assert store.campaigns.get(on).pending is None


@pytest.mark.parametrize("code", [errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP])
def test_where_nothing_can_be_locked_nothing_is_taken_for_dead(
        path: Path, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    one, two = open_store(path), open_store(path)
    draft = one.drafts.create("acme", {})
    launched(one, draft)
    monkeypatch.setattr("fcntl.flock", refusing(code))
    with pytest.raises(StoreNoLocks):
        two.ledger.recover()
    assert two.campaigns.get(draft).state is State.LAUNCHING


def test_locks_that_keep_nobody_out_are_none(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = open_store(path)
    draft = store.drafts.create("acme", {})
    monkeypatch.setattr("fcntl.flock", lambda *_: None)
    with pytest.raises(StoreNoLocks):
        launched(store, draft)
    assert store.campaigns.get(draft).state is State.DRAFT


@pytest.mark.parametrize(("code", "expected"), [(None, "store.busy"), (errno.ENOLCK, "store.no_locks")])
def test_a_database_that_can_not_be_locked_is_not_told_to_be_busy(
        path: Path, monkeypatch: pytest.MonkeyPatch, code: int | None, expected: str) -> None:
    """SQLite takes ENOLCK for another's lock that will go."""
    def busy(database: SqliteDatabase) -> None:
        raise database.error(StoreBusy, "store.busy")

    monkeypatch.setattr(SqliteDatabase, "_prepare", busy)
    if code is not None:
        monkeypatch.setattr("fcntl.lockf", refusing(code))
    with pytest.raises(StoreError) as caught:
        open_store(path)
    assert caught.value.reason.code == expected


def test_the_systems_table_of_mounts_tells_a_mounted_file_and_is_not_needed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = tmp_path / "a b.db"
    named.touch()
    table = tmp_path / "mountinfo"
    table.write_text(f"1 0 8:1 / {str(named).replace(' ', chr(92) + '040')} rw - ext4 /dev/sda rw\nodd\n",
                     encoding="ascii")
    monkeypatch.setattr(file_locks, "_MOUNTS", table)
    with pytest.raises(StoreManyNames) as refused:
        check_one_name(named)
    assert refused.value.reason.code == "store.mounted_file"
    table.unlink()
    check_one_name(named)


def test_what_the_system_says_of_a_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError):
        check_one_name(tmp_path / "file" / "santral.db")
