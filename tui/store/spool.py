"""What was acknowledged while the database could not take it: in files beside it until it can.

A file is written whole before it has its name, and is never changed: what is not named was not acknowledged. Its name
says when it was written and how many requests it holds, so that they are counted without being read. It holds tokens:
it is for its owner alone, as the database is.
"""

from __future__ import annotations

import base64
import datetime as dt
import errno
import json
import os
import re
import secrets
import zlib
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from msgspec import Struct

from tui.core.clock import seconds_since
from tui.core.files import replace_file
from tui.store.columns import moment, stamp

MAX_BYTES: Final = 256 << 20  # all files together: some 400,000 requests
MAX_UNJUDGED: Final = 16 << 20  # of requests whose token nobody could judge: anyone can send those
_NAME: Final = re.compile(r"(?P<id>[0-9]{20}-[0-9a-f]{16}(?:\.[ab])*)-(?P<count>[0-9]+)(?P<unjudged>u?)")
_BEGUN_SECONDS: Final = 3600.0
_DAMAGED: Final = ".damaged"


class Spooled(Struct, frozen=True):
    """A request as it came. `judged`: its token was known to be a campaign's or a profile's."""

    token: str
    at: dt.datetime  # aware
    body: bytes
    judged: bool = True


class Spool:
    """A folder of them; several processes may share it. Raises OSError.

    `device`: that of the file system that the folder is to be on, where that may go and leave another in its place.
    """

    def __init__(self, folder: Path, device: int | None = None) -> None:
        self.folder = folder
        self._device = device
        self._bytes: dict[bool, int] = {}  # judged or not → what is there, with what was added since that was looked up

    def put(self, requests: Sequence[Spooled], part_of: str = "") -> str:
        """Keep requests, all of them judged or none; the name that they are kept by. They are on the disk then."""
        judged = requests[0].judged
        content = b"".join(map(_line, requests))
        name = f"{part_of or _new_id(requests[0])}-{len(requests)}{'' if judged else 'u'}"
        self._must_be_reached()
        self._make_room(len(content), judged=judged)
        is_new = not self.folder.is_dir()
        replace_file(self.folder / name, content)
        if is_new:
            _sync(self.folder.parent)
        self._bytes[judged] += len(content)
        return name

    def names(self) -> list[str]:
        """The files that wait, the oldest first."""
        found = {match["id"]: match[0] for name in self._listed() if (match := _NAME.fullmatch(name)) is not None}
        # What a file was being divided into is nothing as long as it is still there itself.
        return [found[id_] for id_ in sorted(found) if not any(stem in found for stem in _stems(id_))]

    def waiting(self) -> int:
        """How many requests wait. No file is read for it."""
        return sum(int(match["count"]) for name in self.names() if (match := _NAME.fullmatch(name)) is not None)

    def damaged(self) -> int:
        """How many files were put aside because they can't be read."""
        return sum(name.endswith(_DAMAGED) for name in self._listed())

    def read(self, name: str) -> list[Spooled]:
        """What a file holds. Lines that can't be read are left out, and a copy of the file is put aside for them."""
        content = (self.folder / name).read_bytes()
        lines = content.splitlines()
        found = [request for line in lines if (request := _request(line)) is not None]
        match = _NAME.fullmatch(name)
        if len(found) < len(lines) or match is None or len(found) < int(match["count"]):
            replace_file(self.folder / f"{name}{_DAMAGED}", content)
        return found

    def divide(self, name: str, parts: tuple[Sequence[Spooled], Sequence[Spooled]]) -> tuple[str, str]:
        """Put two files in the place of one; their names."""
        id_ = name.partition("-")[0] + "-" + name.split("-")[1]
        self.remove([begun for begun in self._listed() if begun.startswith(f"{id_}.")])
        made = self.put(parts[0], f"{id_}.a"), self.put(parts[1], f"{id_}.b")
        self.remove([name])
        return made

    def clear_away(self) -> None:
        """Remove what a process died of writing: it was not acknowledged."""
        for name in self._listed():
            path = self.folder / name
            with suppress(FileNotFoundError):
                if name.startswith(".") and seconds_since(path.lstat().st_mtime) > _BEGUN_SECONDS:
                    path.unlink()

    def _listed(self) -> list[str]:
        try:
            return os.listdir(self.folder)  # noqa: PTH208 - their names are all that is asked for
        except (FileNotFoundError, NotADirectoryError):
            return []

    def remove(self, names: Iterable[str]) -> None:
        """They are gone from the disk when this returns; those that have gone already are passed over."""
        for name in names:
            with suppress(FileNotFoundError):
                (self.folder / name).unlink()
        with suppress(FileNotFoundError):
            _sync(self.folder)
        self._bytes.clear()

    def _must_be_reached(self) -> None:
        if self._device is not None and self.folder.parent.stat().st_dev != self._device:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(self.folder.parent))

    def _make_room(self, size: int, *, judged: bool) -> None:
        limit = MAX_BYTES if judged else MAX_UNJUDGED
        if self._bytes.get(judged, limit) + size > limit:
            self._look_up()
        if self._bytes[judged] + size > limit:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self.folder))

    def _look_up(self) -> None:
        self._bytes = {True: 0, False: 0}
        for name in self._listed():
            match = _NAME.fullmatch(name)
            with suppress(FileNotFoundError):
                self._bytes[match is None or not match["unjudged"]] += (self.folder / name).lstat().st_size


def _new_id(request: Spooled) -> str:
    return f"{''.join(filter(str.isdigit, stamp(request.at)))}-{secrets.token_hex(8)}"


def _stems(id_: str) -> list[str]:
    """The files that one may be a part of."""
    return [id_[:place] for place, sign in enumerate(id_) if sign == "."]


def _line(request: Spooled) -> bytes:
    text = json.dumps([request.token, stamp(request.at), base64.b64encode(request.body).decode("ascii"),
                       request.judged]).encode("ascii")
    return b"%08x %s\n" % (zlib.crc32(text), text)


def _request(line: bytes) -> Spooled | None:
    """None where it isn't what was written."""
    checked, _, text = line.partition(b" ")
    if checked != b"%08x" % zlib.crc32(text):
        return None
    try:
        token, at, body, judged = json.loads(text)
        return Spooled(token, moment(at), base64.b64decode(body, validate=True), judged is True)
    except (ValueError, TypeError):
        return None


def _sync(folder: Path) -> None:
    """Have the names in a folder on the disk; where the system can't, they are so by themselves."""
    if os.name != "posix":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
