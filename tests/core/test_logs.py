"""The log: complete, the owner's alone, and without a key."""

from __future__ import annotations

import errno
import fcntl
import gc
import logging
import os
import re
import shutil
import stat
import sys
import threading
import warnings
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tui.core import logs
from tui.core.logs import RedactedFormatter, set_up
from tui.core.secret import Redactor, Secret

KEY = "s3cret+/=key&of%another'shape"
NAMES = ("santral", "httpx", "httpcore", "asyncio")


@pytest.fixture(autouse=True)
def loggers_as_before() -> Iterator[None]:
    before = {name: (list(logging.getLogger(name).handlers), logging.getLogger(name).level,
                     logging.getLogger(name).propagate) for name in NAMES}
    yield
    for name, (handlers, level, propagate) in before.items():
        logger = logging.getLogger(name)
        for handler in [handler for handler in logger.handlers if handler not in handlers]:
            logger.removeHandler(handler)
            handler.close()
        logger.setLevel(level)
        logger.propagate = propagate


def written(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_a_line_says_when_in_utc_how_grave_where_and_what(tmp_path: Path) -> None:
    path = set_up(tmp_path / "logs", Redactor())
    logging.getLogger("santral.provider").info("GET %s %d", "/queues", 200)
    assert path == tmp_path / "logs" / "santral.log"
    moment, said = written(path).split(" ", 1)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", moment)
    assert said == "INFO santral.provider: GET /queues 200\n"


def test_the_moment_is_utc() -> None:
    record = logging.LogRecord("santral", logging.INFO, "", 1, "x", None, None)
    record.created, record.msecs = 0.0, 7.0
    assert RedactedFormatter(Redactor()).format(record) == "1970-01-01T00:00:00.007Z INFO santral: x"


def test_the_file_and_its_folder_are_their_owners_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        path = set_up(tmp_path / "logs", Redactor())
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_file_from_before_is_closed_to_others_and_written_on(tmp_path: Path) -> None:
    path = tmp_path / "santral.log"
    path.write_text("before\n", encoding="utf-8")
    path.chmod(0o644)
    set_up(tmp_path, Redactor())
    logging.getLogger("santral").info("after")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert written(path).startswith("before\n")
    assert "after" in written(path)


def test_no_more_than_six_files_of_one_megabyte_are_kept_each_private(tmp_path: Path) -> None:
    path = set_up(tmp_path, Redactor())
    for _ in range(80):
        logging.getLogger("santral").info("%s", "x" * 100_000)
    files = sorted(tmp_path.iterdir())
    assert [file.name for file in files] == ["santral.log"] + [f"santral.log.{number}" for number in range(1, 6)]
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert all(file.stat().st_size <= 1_000_000 for file in files)
    assert path in files


def test_no_key_is_in_messages_tracebacks_or_stacks(tmp_path: Path) -> None:
    path = set_up(tmp_path, Redactor([Secret(KEY)]))
    logger = logging.getLogger("santral.provider")

    def fails_first(key: str) -> None:
        raise ValueError(f"first {key}")

    def fails(key: str) -> None:
        try:
            fails_first(key)
        except ValueError as error:
            raise RuntimeError(f"then {key}") from error

    logger.error("refused: %s", KEY)
    logger.error(KEY)
    try:
        fails(KEY)
    except RuntimeError:
        logger.exception("failed with %s", KEY, stack_info=True)
    text = written(path)
    assert KEY not in text
    assert text.count("********") == 5
    for part in ("ValueError: first ********", "RuntimeError: then ********", "Stack (most recent call last)"):
        assert part in text


def test_a_key_learnt_later_is_kept_out_too(tmp_path: Path) -> None:
    redact = Redactor()
    path = set_up(tmp_path, redact)
    redact.add(Secret(KEY))
    logging.getLogger("santral").info(KEY)
    assert KEY not in written(path)


def test_no_message_can_look_like_another_line_or_speak_to_the_terminal(tmp_path: Path) -> None:
    path = set_up(tmp_path, Redactor())
    forged = "ok\n2026-11-23T14:32:00.123Z INFO santral: launched\r\x1b[2J\u202e\u2028\x85"
    logging.getLogger("santral").info("said %s", forged)
    error = ValueError(forged)
    logging.getLogger("santral").error("failed", exc_info=error)
    lines = written(path).split("\n")
    assert [bool(re.match(r"\d{4}-", line)) for line in lines[:3]] == [True, True, False]
    assert not [line for line in lines[2:] if line and not line.startswith("  | ")]
    assert not [line for line in lines if not line.isprintable()]
    assert r"said ok\n2026-11-23T14:32:00.123Z INFO santral: launched\r\x1b[2J\u202e\u2028\x85" in lines[0]


@given(st.text(st.characters()))
def test_whatever_is_said_is_one_printable_line(text: str) -> None:
    record = logging.LogRecord("santral", logging.INFO, "", 1, "%s", (text,), None)
    assert RedactedFormatter(Redactor()).format(record).isprintable()


def test_what_cannot_be_encoded_is_still_written(tmp_path: Path) -> None:
    path = set_up(tmp_path, Redactor())
    logging.getLogger("santral").info("half \ud800 pair")
    assert r"half \ud800 pair" in written(path)


def test_no_local_variable_is_written(tmp_path: Path) -> None:
    path = set_up(tmp_path, Redactor())

    def fails() -> None:
        local_value = "only-in-a" + "-variable"
        raise ValueError(len(local_value))

    try:
        fails()
    except ValueError:
        logging.getLogger("santral").exception("failed")
    assert "only-in-a-variable" not in written(path)


def test_the_http_library_says_nothing_below_a_warning_and_nothing_to_the_screen(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = set_up(tmp_path, Redactor([Secret(KEY)]))
    for name in ("httpx", "httpcore", "httpcore.connection"):
        logging.getLogger(name).info("HTTP Request: GET https://api.example.com/?key=%s", KEY)
        logging.getLogger(name).debug("headers %s", KEY)
        logging.getLogger(name).warning("odd %s", KEY)
    logging.getLogger("asyncio").error("never retrieved %s", KEY)
    assert [line.split(" ", 1)[1] for line in written(path).splitlines()] == [
        "WARNING httpx: odd ********", "WARNING httpcore: odd ********", "WARNING httpcore.connection: odd ********",
        "ERROR asyncio: never retrieved ********",
    ]
    assert capfd.readouterr() == ("", "")


def test_a_log_that_cannot_be_opened_stops_nothing_and_says_nothing(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("", encoding="utf-8")
    assert set_up(in_the_way, Redactor()) == in_the_way / "santral.log"
    logging.getLogger("santral").error("lost")
    assert capfd.readouterr() == ("", "")


def test_why_no_log_is_written_is_known(tmp_path: Path) -> None:
    path = set_up(tmp_path, Redactor())
    assert logs.problem() is None
    path.with_name("second").hardlink_to(path)
    set_up(tmp_path, Redactor())
    logging.getLogger("santral").error("lost")
    assert (reason := logs.problem()) is not None
    assert reason.code == "common.file.several_names"
    assert written(path) == ""


def test_a_folder_that_was_removed_is_made_again_with_the_next_line(tmp_path: Path) -> None:
    path = set_up(tmp_path / "logs", Redactor())
    shutil.rmtree(tmp_path / "logs")
    logging.getLogger("santral").info("first")
    logging.getLogger("santral").info("second")
    assert [line.split()[-1] for line in written(path).splitlines()] == ["first", "second"]


def test_without_locks_the_log_has_an_end_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_descriptor: int, _how: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refused)
    monkeypatch.setattr(logs, "_LARGEST", 200)
    path = set_up(tmp_path, Redactor())
    for number in range(4):
        logging.getLogger("santral").info("%s %s", number, "x" * 150)
    assert len(list(tmp_path.iterdir())) == 4
    assert written(path).split()[3] == "3"


def test_what_python_would_print_over_the_screen_is_in_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    class Odd:
        def __del__(self) -> None:
            raise LookupError("at the end")

    def fails() -> None:
        raise ValueError(f"in a thread {KEY}")

    path = set_up(tmp_path, Redactor([Secret(KEY)]))
    for module, name in ((sys, "unraisablehook"), (threading, "excepthook")):
        monkeypatch.setattr(module, name, getattr(module, name))  # as before when this ends
    with warnings.catch_warnings():
        logs.own_process()
        thread = threading.Thread(target=fails)
        thread.start()
        thread.join()
        Odd()
        gc.collect()
    assert "ValueError: in a thread ********" in written(path)
    assert "LookupError: at the end" in written(path)
    assert capfd.readouterr() == ("", "")


def test_a_record_that_cannot_be_written_stops_nothing_and_says_nothing(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = set_up(tmp_path, Redactor())
    logging.getLogger("santral").error("%d", KEY)
    logging.getLogger("santral").error("next")
    assert capfd.readouterr() == ("", "")
    assert "next" in written(path)


def test_set_up_again_writes_each_line_once_in_the_new_place(tmp_path: Path) -> None:
    first = set_up(tmp_path / "a", Redactor())
    second = set_up(tmp_path / "b", Redactor())
    logging.getLogger("santral").info("once")
    assert written(first) == ""
    assert written(second).count("once") == 1


def test_left_to_itself_the_log_is_in_the_platforms_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert set_up(None, Redactor()) == tmp_path / "santral" / "log" / "santral.log"


@pytest.mark.parametrize("text", [
    "POST https://calls.example.com/santral/{token}", "b'/{token}'", "/{token}?x=1", "InvalidURL: '/hooks/{token}'",
])
@given(st.binary(min_size=24, max_size=24))
def test_a_webhooks_token_is_as_secret_as_a_key(text: str, given_bytes: bytes) -> None:
    token = urlsafe_b64encode(given_bytes).decode("ascii")
    assume(token.lower() != token != token.upper())
    record = logging.LogRecord("santral", logging.INFO, "", 1, text.format(token=token), None, None)
    assert token not in RedactedFormatter(Redactor()).format(record)


@pytest.mark.parametrize("text", [
    "/var/lib/0123456789abcdef0123456789abcdef/x", "/home/Memnuniyet-anketi-2026-11-29-ikinci-liste.csv",
])
def test_other_paths_are_kept(text: str) -> None:
    record = logging.LogRecord("santral", logging.INFO, "", 1, text, None, None)
    assert text in RedactedFormatter(Redactor()).format(record)
