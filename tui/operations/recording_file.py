"""A recording on its way into a file of its owner's alone: it has its name when it is whole, and a sound."""

from __future__ import annotations

import asyncio
import os
import re
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from tui.core.files import Replacement, place_of
from tui.core.reason import Reason
from tui.operations.services import NotPossible

_HEAD: Final = 64  # bytes by which a sound is known
# By their first bytes: what the answer says of itself is often wrong.
_SIGNATURES: Final = (
    (re.compile(rb"RIFF....WAVE|RF64....WAVE", re.DOTALL), "wav"),
    (re.compile(rb"ID3|\xff[\xe2\xe3\xf2\xf3\xfa\xfb]"), "mp3"),
    (re.compile(rb"\xff[\xf0\xf1\xf8\xf9]"), "aac"),
    (re.compile(rb"OggS"), "ogg"),
    (re.compile(rb"fLaC"), "flac"),
    (re.compile(rb"#!AMR"), "amr"),
    (re.compile(rb"....ftyp", re.DOTALL), "m4a"),
    (re.compile(rb"\x1aE\xdf\xa3"), "webm"),
    (re.compile(rb"\x30\x26\xb2\x75"), "wma"),
    (re.compile(rb"\.snd"), "au"),
)
# Of sounds that have no such mark.
_MEDIA_TYPES: Final = {"audio/gsm": "gsm", "audio/x-gsm": "gsm", "audio/basic": "au", "audio/pcma": "al",
                       "audio/pcmu": "ul", "audio/g729": "g729"}
_ENDING: Final = re.compile(r"[a-z0-9]{1,8}")
ENDINGS: Final = tuple(dict.fromkeys((*(ending for _, ending in _SIGNATURES), *_MEDIA_TYPES.values())))


def ending_of(head: bytes, media_type: str) -> str | None:
    """The ending of the name of a file that begins so; None where it is no sound: a page, a text, nothing."""
    for signature, ending in _SIGNATURES:
        if signature.match(head):
            return ending
    kind, _, sound = media_type.partition("/")
    if kind != "audio" or not head or _is_text(head):
        return None
    name = sound.removeprefix("x-")
    return _MEDIA_TYPES.get(media_type) or (name if _ENDING.fullmatch(name) else None)


def _is_text(head: bytes) -> bool:
    """Whether it may be words: what is cut within a letter is one still."""
    text = head.decode("utf-8-sig", "ignore").strip()
    return all(sign.isprintable() or sign.isspace() for sign in text) and len(text.encode()) >= len(head.strip()) - 3


class RecordingFile:
    """A file in the making, in the folder where it belongs; what comes is written beside its name. `drop` it always.

    Made in a thread, as disks are waited for. NotOurs, OSError where none can be made there.
    """

    def __init__(self, folder: Path, stem: str) -> None:
        self.size = 0
        self._stem = stem
        self._head = b""
        self._media_type = ""
        self._held = ExitStack()
        try:
            place = self._held.enter_context(place_of(folder / stem))
            self._fresh = Replacement(place, "part")
        except BaseException:
            self._held.close()
            raise

    async def begin(self, media_type: str) -> None:
        self._media_type = media_type

    async def write(self, piece: bytes) -> None:
        """NotPossible as soon as it is plain that it is no sound; OSError."""
        self._head = (self._head + piece)[:_HEAD] if len(self._head) < _HEAD else self._head
        if len(self._head) == _HEAD:
            self._ending()
        await asyncio.to_thread(_write_all, self._fresh.descriptor, piece)
        self.size += len(piece)

    async def put(self, *, replace: bool) -> Path:
        """Give it its name; where it lies. FileExistsError where it has one already, and is not to `replace` it.

        NotPossible where it is no sound; NotOurs, OSError.
        """
        name = f"{self._stem}.{self._ending()}"
        return await asyncio.to_thread(lambda: self._fresh.put_as(name, replace=replace))

    def _ending(self) -> str:
        ending = ending_of(self._head, self._media_type)
        if ending is None:
            raise NotPossible(Reason("operations.recording.no_sound"))
        return ending

    def drop(self) -> None:
        """Let go of it; what has no name yet is gone."""
        self._fresh.drop()
        self._held.close()


def _write_all(descriptor: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest):]


def saved_before(folder: Path, stem: str) -> Path | None:
    """A recording that was saved there under this name, whatever kind of sound it is."""
    found = (folder / f"{stem}.{ending}" for ending in ENDINGS)
    return next((path for path in found if os.path.lexists(path)), None)


