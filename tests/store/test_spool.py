"""Requests that were acknowledged and could not be written: in files that a kill at any moment leaves whole."""

from __future__ import annotations

import datetime as dt
import errno
import os
import stat
from pathlib import Path

import pytest

from tests.store.results import NOON
from tui.store import spool
from tui.store.spool import Spool, Spooled


def requests(*numbers: int, judged: bool = True) -> list[Spooled]:
    return [Spooled("a-token-of-sixteen", NOON + dt.timedelta(seconds=number), f"body {number}\0ğ\n".encode(), judged)
            for number in numbers]


@pytest.fixture
def beside(tmp_path: Path) -> Spool:
    return Spool(tmp_path / "santral.db.spool")


def test_what_was_kept_is_there_as_it_came(beside: Spool) -> None:
    first, second = requests(1, 2, 3), requests(4)
    names = [beside.put(first), beside.put(second)]
    again = Spool(beside.folder)
    assert again.names() == names
    assert [again.read(name) for name in names] == [first, second]
    assert again.waiting() == 4
    again.remove(names)
    assert (again.names(), again.waiting()) == ([], 0)
    again.remove(names)


def test_it_is_for_its_owner_alone(beside: Spool) -> None:
    name = beside.put(requests(1))
    assert stat.S_IMODE(beside.folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((beside.folder / name).stat().st_mode) == 0o600


@pytest.mark.parametrize("cut", range(2, 120, 7))
def test_a_file_that_was_cut_off_gives_what_is_whole_in_it_and_is_put_aside(beside: Spool, cut: int) -> None:
    name = beside.put(requests(1, 2))
    content = (beside.folder / name).read_bytes()
    (beside.folder / name).write_bytes(content[:-cut])
    assert beside.read(name) == requests(1, 2)[:1 if cut < len(content) // 2 else 0]
    assert beside.damaged() == 1
    assert (beside.folder / f"{name}.damaged").read_bytes() == content[:-cut]


def test_what_was_not_written_whole_was_not_acknowledged(beside: Spool) -> None:
    beside.put(requests(1))
    begun = beside.folder / ".santral-0123456789ab.tmp"
    begun.write_bytes(b"half of")
    assert beside.waiting() == 1
    beside.clear_away()
    assert begun.exists()  # another receiver may be at it
    os.utime(begun, (0, 0))
    beside.clear_away()
    assert not begun.exists()
    assert beside.waiting() == 1


def test_a_file_is_divided_and_what_was_begun_of_that_is_nothing(beside: Spool) -> None:
    name = beside.put(requests(1, 2, 3))
    content = (beside.folder / name).read_bytes()
    parts = beside.divide(name, (requests(1), requests(2, 3)))
    assert [beside.read(part) for part in parts] == [requests(1), requests(2, 3)]
    assert beside.waiting() == 3
    (beside.folder / name).write_bytes(content)  # as where it was killed before the last step
    assert beside.names() == [name]
    again = beside.divide(name, (requests(1, 2), requests(3)))
    assert beside.names() == sorted(again)
    assert [len(beside.read(part)) for part in again] == [2, 1]
    twice = beside.divide(again[0], (requests(1), requests(2)))
    assert beside.names() == sorted((*twice, again[1]))


def test_it_has_bounds_and_less_room_for_what_nobody_could_judge(beside: Spool,
                                                                 monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool, "MAX_BYTES", 1_000)
    monkeypatch.setattr(spool, "MAX_UNJUDGED", 250)
    names = [beside.put(requests(1)) for _ in range(3)]
    beside.put(requests(1, judged=False))
    beside.put(requests(1, judged=False))
    with pytest.raises(OSError) as full:  # noqa: PT011 - its number is looked at
        beside.put(requests(1, judged=False))
    assert full.value.errno == errno.ENOSPC
    names += [beside.put(requests(2)) for _ in range(5)]
    with pytest.raises(OSError) as full:  # noqa: PT011 - its number is looked at
        Spool(beside.folder).put(requests(*range(30)))
    assert full.value.errno == errno.ENOSPC
    beside.remove(names)
    assert beside.put(requests(4))


def test_where_the_file_system_has_gone_nothing_is_written_into_what_is_there_instead(tmp_path: Path) -> None:
    beside = Spool(tmp_path / "santral.db.spool", device=-1)
    with pytest.raises(FileNotFoundError):
        beside.put(requests(1))
    assert list(tmp_path.iterdir()) == []


def test_what_is_in_the_way_of_the_folder_is_told(beside: Spool) -> None:
    beside.folder.write_text("no folder")
    with pytest.raises(OSError):  # noqa: PT011 - whatever the system says
        beside.put(requests(1))
    assert (beside.waiting(), beside.damaged()) == (0, 0)
