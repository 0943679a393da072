"""What `santral doctor` finds: a name, its text, and whether that is well."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from tui.core.text_keys import TextKeys

PART: Final = TextKeys("command.doctor.part.{}", (
    "versions", "terminal", "folders", "configuration", "database", "provider", "receiver"))
NAME: Final = TextKeys("command.doctor.{}", (
    "santral", "textual", "httpx", "python", "system", "zone", "term", "colours", "size", "encoding", "around",
    "clipboard", "config", "database_file", "state", "log", "themes", "problem", "profile", "address", "schema",
    "integrity", "beside", "key", "clock", "listening", "public"))


class Finding(Struct, frozen=True):
    """`well` is None where it is neither good nor bad."""

    part: str  # a word of PART
    name: str  # a word of NAME
    text: str
    well: bool | None = None
