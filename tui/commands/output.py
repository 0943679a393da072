"""What the commands write: results on stdout, everything that only a person reads on stderr, line by line.

What came from outside is data: control characters are shown, not obeyed.
"""

from __future__ import annotations

import errno
import io
import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Final, TextIO

from tui.core.causes import error_name
from tui.core.reason import Reason
from tui.core.sanitize import json_escaped, visible
from tui.core.secret import Redactor
from tui.i18n.words import folded, say
from tui.text.formats import parameter_text, short

# A key that was typed in the wrong place is repeated in an error text: what looks like one is masked.
_redact = Redactor()
_ROWS_AT_ONCE: Final = 1_000
_USUAL_COLUMNS: Final = 80
_STDOUT: Final = frozenset({"-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"})


def prepare_streams() -> None:
    """A letter that the terminal lacks is written as its code; bytes that are no letters are read as codes."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def line(text: str) -> bool:
    """One line on stdout; False where it can't be written."""
    return _out(visible(text) + "\n")


def lines(texts: Iterable[str]) -> bool:
    """Lines on stdout as they are made, a block at a time; False, and no more are made, where they can't be written."""
    written = False
    try:
        written = all(_out(visible(text) + "\n", flush=False) for text in texts)
    finally:
        written = _out("") and written
    return written


def document(value: object) -> bool:
    """One JSON document on stdout; False where it can't be written. What does not print is escaped."""
    return _out(_json(value, indent=2) + "\n")


def document_with(head: Mapping[str, object], name: str, rows: Iterable[object]) -> bool:
    """One JSON document on stdout, however long: `head`, which isn't empty, and a list that is written as it comes."""
    before = _json(head, indent=2).removesuffix("\n}")
    opened = f"{before},\n  {_json(name)}: ["
    waiting = iter(rows)
    while batch := list(islice(waiting, _ROWS_AT_ONCE)):
        # What goes before is written when it is known whether a comma follows it.
        if not _out(opened + "\n"):
            return False
        opened = ",\n".join(f"    {_json(row)}" for row in batch) + ","
    return _out(f"{opened.removesuffix(',')}\n  ]\n}}\n")


def is_stdout(path: Path) -> bool:
    """Whether a path names stdout, which is written to and not replaced."""
    return str(path) in _STDOUT


def through_stdout(write: Callable[[BinaryIO], object]) -> bool:
    """Have bytes written on stdout; False where its reader has gone. Raises what `write` raises."""
    stream = sys.stdout
    if stream is None:  # closed before the program began
        problem(say("command.not_written", error=errno.errorcode[errno.EBADF]))
        return False
    try:
        stream.flush()
        write(stream.buffer)
    except BrokenPipeError:  # a reader that has gone has read enough
        _discard(stream)
        return False
    except BaseException:
        _discard(stream)
        raise
    return True


def json_line(value: object) -> str:
    """A JSON document in one line, escaped as `document` does."""
    return _json(value)


def _json(value: object, indent: int | None = None) -> str:
    return json_escaped(json.dumps(value, ensure_ascii=False, indent=indent))


def problem(text: str) -> None:
    """One line on stderr."""
    _write(sys.stderr, visible(_redact(text)) + "\n")


def progress(text: str) -> None:
    """Progress, on the terminal alone, in one line that the next call replaces: a longer one is cut short."""
    sys.stderr.write(f"\r{short(visible(text), _columns() - 1)}\033[K")
    sys.stderr.flush()


def _columns() -> int:
    """How wide the terminal is; as wide as they commonly are where it doesn't say."""
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns or _USUAL_COLUMNS
    except OSError:
        return _USUAL_COLUMNS


def refusal(reason: Reason, *more: Reason, as_json: bool = False) -> None:
    """Why something was not done: a line on stderr, and the document where JSON was asked for."""
    text = " ".join(map(full_sentence, (reason, *more)))
    problem(text)
    if as_json:
        document({"error": {"code": reason.code, "message": _redact(text)}})


def full_sentence(reason: Reason) -> str:
    """The sentence of a reason, with its values in full: a line of output may be long."""
    return say(reason.code, **{name: parameter_text(value)
                               for name, value in reason.params.items()})


def interactive() -> bool:
    """Whether there is a person to ask."""
    return _is_terminal(sys.stdin) and _is_terminal(sys.stderr)


def ask(question: str) -> str:
    """The answer, one line; "" at the end of the input. The question is on stderr: stdout is for results."""
    sys.stderr.write(visible(question) + " ")
    sys.stderr.flush()
    return sys.stdin.readline().strip()


def agreed(question: str) -> bool:
    """Ask; False unless yes is typed, in either language."""
    return folded(ask(question)) in ("e", "evet", "y", "yes")


def _out(text: str, *, flush: bool = True) -> bool:
    """Write on stdout; False where that fails, with a line on stderr unless it is that its reader has gone."""
    if sys.stdout is None:  # closed before the program began
        if text:
            problem(say("command.not_written", error=errno.errorcode[errno.EBADF]))
        return not text
    return _write(sys.stdout, text, flush=flush)


def _write(stream: TextIO | None, text: str, *, flush: bool = True) -> bool:
    if stream is None:  # closed before the program began
        return False
    try:
        stream.write(text)
        if flush:
            stream.flush()
    except OSError as error:
        # What is still held back would fail again at the end.
        _discard(stream)
        if not isinstance(error, BrokenPipeError) and stream is sys.stdout:  # a reader that has gone has read enough
            problem(say("command.not_written", error=error_name(error)))
        return False
    return True


def _discard(stream: TextIO) -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, stream.fileno())
    finally:
        os.close(nowhere)


def _is_terminal(stream: TextIO | None) -> bool:
    return stream is not None and not stream.closed and stream.isatty()
