"""What lies behind an exception."""

from __future__ import annotations

import errno
from collections.abc import Iterator


def causes(failure: BaseException, *, by_the_way: bool = True) -> Iterator[BaseException]:
    """The exception and all behind it, each once: several where several things were tried, as in a group.

    `by_the_way`: also those that were merely being handled when the next one was raised.
    """
    seen: set[int] = set()
    ahead: list[BaseException | None] = [failure]
    while ahead:
        exception = ahead.pop()
        if exception is None or id(exception) in seen:
            continue
        seen.add(id(exception))
        yield exception
        ahead += [exception.__cause__, exception.__context__ if by_the_way else None]
        if isinstance(exception, BaseExceptionGroup):
            ahead += exception.exceptions


def error_name(error: OSError) -> str:
    """ENOSPC and the like: the same in every language. The words for it are `common.errno.…`; texts say it by `:e`."""
    return errno.errorcode.get(error.errno or 0, type(error).__name__)
