"""A store of one's own is closed to others when it is opened; what can't be closed is told."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from tui.store import Store, StoreReadOnly
from tui.store.file_permissions import keep_private

_ANOTHER = 64321


def opened(path: Path) -> Store:
    return Store.open(path, fold=str.casefold, sort_key=str)


def codes(path: Path) -> list[str]:
    return [reason.code for reason in keep_private(path)]


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "mine" / "santral.db"
    opened(found).close()
    return found


def test_a_new_one_is_ones_own(path: Path) -> None:
    assert codes(path) == []
    assert codes(path.with_name("not there.db")) == []


@pytest.mark.parametrize("rights", [0o640, 0o604, 0o660, 0o666, 0o777])
@pytest.mark.parametrize("end", ["", "-wal", "-shm"])
def test_ones_own_is_closed_and_that_is_told_once(path: Path, end: str, rights: int) -> None:
    file = path.with_name(path.name + end)
    file.touch()
    file.chmod(rights)
    assert codes(path) == ["store.closed"]
    assert mode(file) == 0o600
    assert codes(path) == []


def test_what_another_store_of_this_process_holds_stays_locked(path: Path) -> None:
    with_locks = opened(path)
    holder = with_locks._context.database
    path.chmod(0o644)
    with holder.write():
        assert codes(path) == ["store.closed"]
        # A reader of its own would have taken the locks away: then this commit could meet another's.
        locks = Path("/proc/locks").read_text(encoding="ascii")
        assert f":{path.stat().st_ino} " in locks or f":{path.with_name(path.name + '-shm').stat().st_ino} " in locks
    with_locks.close()


def test_a_link_is_told_of_what_it_leads_to(path: Path, tmp_path: Path) -> None:
    (tmp_path / "link.db").symlink_to(path)
    path.chmod(0o644)
    assert codes(tmp_path / "link.db") == ["store.closed"]
    assert mode(path) == 0o600


@pytest.mark.parametrize(("rights", "told"), [
    (0o700, []), (0o755, []), (0o1777, []), (0o777, ["store.folder_open"]), (0o757, ["store.folder_open"]),
])
def test_a_folder_that_others_write_is_told(path: Path, rights: int, told: list[str]) -> None:
    path.parent.chmod(rights)
    assert codes(path) == told
    assert mode(path.parent) == rights
    deeper = path.parent / "deeper" / "santral.db"
    deeper.parent.mkdir(mode=0o700)
    assert codes(deeper) == told


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives a file away")
def test_another_users_is_told_and_left_as_it_is(path: Path) -> None:
    path.chmod(0o666)
    os.chown(path, _ANOTHER, -1)
    assert codes(path) == ["store.of_another"]
    assert mode(path) == 0o666
    os.chown(path, 0, -1)
    os.chown(path.parent, _ANOTHER, -1)
    assert codes(path) == ["store.closed", "store.folder_of_another"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives a link away")
def test_another_users_link_is_no_store(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.db"
    link.symlink_to(path)
    os.chown(link, _ANOTHER, -1, follow_symlinks=False)
    with pytest.raises(StoreReadOnly) as refused:
        opened(link)
    assert refused.value.reason.code == "common.file.link_of_another"


def test_what_can_not_be_closed_is_told_each_time(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a file system without rights."""
    def refused(*_file: object, **_how: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    path.chmod(0o644)
    monkeypatch.setattr(os, "chmod", refused)
    assert [codes(path), codes(path)] == [["store.open_to_others"]] * 2
    monkeypatch.setattr(os, "open", refused)
    assert codes(path) == ["store.open_to_others"]


def test_it_is_closed_where_a_descriptor_has_no_name(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on macOS."""
    path.chmod(0o644)
    monkeypatch.delattr(os, "O_PATH")
    assert codes(path) == ["store.closed"]
    assert mode(path) == 0o600


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives a folder to another group")
@pytest.mark.parametrize(("group", "told"), [(0, []), (_ANOTHER, ["store.folder_open"])])
def test_a_folder_that_a_group_writes_is_told_unless_it_is_ones_own_alone(path: Path, group: int, told: list[str]
                                                                         ) -> None:
    os.chown(path.parent, -1, group)
    path.parent.chmod(0o770)
    assert codes(path) == told
