"""A request to the provider, before the key is put into it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from msgspec import Struct

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"
Pairs: TypeAlias = tuple[tuple[str, str], ...]

SHORT: Final = 64 * 1024
LONG: Final = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)  # a Struct shows every field
class Streamed:
    """A list that is sent as it is read: what stands between its brackets, `size` bytes of JSON in all.

    `pieces` can be read but once, so that no part of the client can send it twice.
    """

    name: str
    size: int
    pieces: AsyncIterator[bytes] = field(repr=False)


class ApiCall(Struct, frozen=True):
    """`json` or `form` is the body, with the key in it; where there is neither, the key goes into the URL.

    `streamed` is the last field of `json`. `path` begins with a slash and has no query.
    `max_bytes` of the answer's body are read.
    """

    method: str
    path: str
    query: Pairs = ()
    form: Pairs | None = None
    json: Mapping[str, Json] | None = None
    streamed: Streamed | None = None
    max_bytes: int = SHORT
