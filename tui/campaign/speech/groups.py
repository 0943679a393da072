"""How a number is taken apart in order to be spoken: by thousands, in every language of the provider."""

from __future__ import annotations

from typing import Final

LARGEST: Final = 999_999_999_999


def groups(number: int) -> list[tuple[int, int]]:
    """The powers of a thousand with how many of each, highest first, none of them 0. ValueError beyond 0 … LARGEST.

    >>> groups(73_000_056)
    [(2, 73), (0, 56)]
    """
    if not 0 <= number <= LARGEST:
        raise ValueError(f"only 0 to {LARGEST} can be spelled out, not {number}")
    found = [(power, number // 1000**power % 1000) for power in (3, 2, 1, 0)]
    return [(power, group) for power, group in found if group]
