"""The log, written by several processes at once."""

from __future__ import annotations

import fcntl
import logging
import os
import re
import stat
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path

import pytest

from tui.core import logs
from tui.core.logs import SharedFileHandler, set_up
from tui.core.secret import MASK, Redactor, Secret

KEY = "s3cret+/=key&of%another'shape"
PATIENCE = 300.0
PROCESSES = 4
LINES = 3_000
LARGEST = 250_000  # bytes: as many files are put aside as are kept, and none is thrown away
WRITE = """
import logging, sys
from pathlib import Path
from tui.core import logs
from tui.core.secret import Redactor, Secret

logs._LARGEST = int(sys.argv[4])
logs._KEPT = 30
logs.set_up(Path(sys.argv[1]), Redactor([Secret(sys.argv[5])]))
log = logging.getLogger("santral.process")
sys.stdout.write("ready\\n")
sys.stdout.flush()
sys.stdin.readline()
for number in range(int(sys.argv[3])):
    log.info("%s/%d %s %s", sys.argv[2], number, "ş" * (number % 100), sys.argv[5])
"""
LINE = re.compile(r"\S+Z INFO santral\.process: (\d+)/(\d+) (ş*) (\S+)")


def test_no_line_of_several_processes_is_lost_or_torn_through_rotations(tmp_path: Path) -> None:
    begun = [subprocess.Popen([sys.executable, "-c", WRITE, str(tmp_path), str(number), str(LINES), str(LARGEST), KEY],
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
             for number in range(PROCESSES)]
    for process in begun:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in begun:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    for process in begun:
        process.communicate(timeout=PATIENCE)
        assert process.returncode == 0
    files = list(tmp_path.iterdir())
    seen: Counter[tuple[str, str]] = Counter()
    for file in files:
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert file.stat().st_size <= LARGEST
        for line in file.read_text(encoding="utf-8").splitlines():
            found = LINE.fullmatch(line)
            assert found, line
            assert (len(found[3]), found[4]) == (int(found[2]) % 100, MASK)
            seen[found[1], found[2]] += 1
    assert len(files) > 3
    assert set(seen.values()) == {1}
    assert len(seen) == PROCESSES * LINES


def test_a_file_that_another_process_has_put_aside_is_not_written_on(tmp_path: Path) -> None:
    path = set_up(tmp_path, Redactor())
    logging.getLogger("santral").info("before")
    path.rename(tmp_path / "aside")
    logging.getLogger("santral").info("after")
    assert "before" in (tmp_path / "aside").read_text(encoding="utf-8")
    assert "after" in path.read_text(encoding="utf-8")


def test_whoever_is_stopped_with_the_lock_in_hand_keeps_nobody_from_writing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logs, "_LOCK_SECONDS", 0.02)
    monkeypatch.setattr(logs, "_LARGEST", 10)
    path = set_up(tmp_path, Redactor())
    descriptor = os.open(tmp_path, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        for number in range(3):
            logging.getLogger("santral").info("line %d", number)
        assert [path] == list(tmp_path.iterdir())  # nobody may put it aside
        assert len(path.read_text(encoding="utf-8").splitlines()) == 3
    finally:
        os.close(descriptor)
    logging.getLogger("santral").info("next")
    assert len(path.read_text(encoding="utf-8").splitlines()) == 1


def test_threads_of_one_process_lose_nothing_either(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "_LARGEST", 5_000)
    monkeypatch.setattr(logs, "_KEPT", 100)
    set_up(tmp_path, Redactor([Secret(KEY)]))

    def write(name: str) -> None:
        for number in range(300):
            logging.getLogger("santral").info("%s/%d", name, number)

    threads = [threading.Thread(target=write, args=(name,)) for name in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lines = [line for file in tmp_path.iterdir() for line in file.read_text(encoding="utf-8").splitlines()]
    assert len(lines) == len(set(lines)) == 900


@pytest.mark.parametrize("in_the_way", ["file", "folder", "dangling"])
def test_why_nothing_is_logged_is_told(tmp_path: Path, in_the_way: str) -> None:
    folder = tmp_path / "logs"
    match in_the_way:
        case "file":
            folder.touch()
        case "folder":
            (folder / "santral.log").mkdir(parents=True)
        case _:
            folder.symlink_to(Path(os.devnull) / "logs")
    path = set_up(folder, Redactor())
    why = logs.problem()
    assert why is not None
    assert (why.code, why.params["file"]) == ("command.log.unwritable", str(path))
    set_up(tmp_path / "other", Redactor())
    assert logs.problem() is None


def test_before_it_is_set_up_nothing_goes_to_the_screen() -> None:
    code = ("import logging, sys; from tui.core import logs; logs.hush(); logging.getLogger('psycopg').warning('raw');"
            "logging.getLogger('whatever').error('raw')")
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")


def test_the_handler_closes_its_file_once(tmp_path: Path) -> None:
    handler = SharedFileHandler(tmp_path / "santral.log")
    handler.close()
    handler.close()
