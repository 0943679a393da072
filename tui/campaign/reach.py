"""Whether a number may be called: each cause that keeps it from being called has its place here, and all follows.

A new cause is a word of `Cause`, in its place, and how it is counted in `COUNTED_AS`. Texts follow by their keys
(`store.suppressed.…` of a row that was left out, `text.person.refused.…`, `text.reach.counted.…`), the documents of the
commands by `CountedAs`. How the store finds such numbers is a `CauseSearch` (`tui/store/cause_search.py`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Final

from msgspec import Struct, field

from tui.core.reason import Localized


class Cause(StrEnum):
    """Why a number is not called. Where several hold, the first of them is the one that is named and counted."""

    PRESSED = "pressed"  # its owner pressed a campaign's opt-out key: it is on the do-not-call list
    BY_HAND = "by_hand"  # on the do-not-call list
    FILE = "file"  # in the profile's do-not-call file
    BLOCKED = "blocked"  # at the provider, which doesn't call it
    UNTOLD = "untold"  # at the provider, which didn't say whether it doesn't call it or it may not call in
    CONSENT_REFUSED = "consent_refused"  # of a commercial campaign: İYS has a refusal
    NO_CONSENT = "no_consent"  # of a commercial campaign: İYS has no consent
    ANSWERED_SINCE = "answered_since"  # a campaign that the draft was made of, after it was made
    TOO_OFTEN = "too_often"  # with this launch it may be called more often than the profile's `most_calls` allows
    TOO_SOON = "too_soon"  # another campaign calls it, or did so, within the profile's `quiet_days`

    @property
    def rank(self) -> int:
        """The place among the causes, from 1: as a number, so that a statement takes the first by `min`."""
        return _RANKS[self]


class CountedAs(StrEnum):
    """Under what the numbers of a cause are counted, in order; the names of the commands' documents."""

    LIST = "list"
    FILE = "file"
    BLOCKED = "blocked"
    BLOCKED_WITHOUT_DIRECTION = "blocked_without_direction"
    NO_CONSENT = "no_consent"
    ANSWERED_SINCE = "answered_since"
    LIMIT = "limit"


COUNTED_AS: Final[Mapping[Cause, CountedAs]] = {
    Cause.PRESSED: CountedAs.LIST,
    Cause.BY_HAND: CountedAs.LIST,
    Cause.FILE: CountedAs.FILE,
    Cause.BLOCKED: CountedAs.BLOCKED,
    Cause.UNTOLD: CountedAs.BLOCKED_WITHOUT_DIRECTION,
    Cause.CONSENT_REFUSED: CountedAs.NO_CONSENT,
    Cause.NO_CONSENT: CountedAs.NO_CONSENT,
    Cause.ANSWERED_SINCE: CountedAs.ANSWERED_SINCE,
    Cause.TOO_OFTEN: CountedAs.LIMIT,
    Cause.TOO_SOON: CountedAs.LIMIT,
}
# A sentence names these though they are none: that they were looked through is what one wants to know.
_ALWAYS_NAMED: Final = frozenset({CountedAs.LIST, CountedAs.FILE, CountedAs.BLOCKED})
CAUSES: Final = tuple(Cause)
_RANKS: Final = {cause: place for place, cause in enumerate(CAUSES, start=1)}


def cause_of(rank: int) -> Cause:
    """The cause of a rank. IndexError where there is none."""
    return CAUSES[rank - 1]


def first_of(causes: Iterable[Cause]) -> Cause | None:
    """The one that is named of several; None where the number may be called."""
    return min(causes, key=_RANKS.__getitem__, default=None)


class CauseCounts(Localized, Struct, frozen=True):
    """How many numbers are not called, by what they are counted under: a part of a sentence, too."""

    by: Mapping[CountedAs, int] = field(default_factory=dict)

    @classmethod
    def of(cls, numbers: Mapping[Cause, int]) -> CauseCounts:
        """Of the numbers of each cause."""
        by: Counter[CountedAs] = Counter()
        for cause, count in numbers.items():
            by[COUNTED_AS[cause]] += count
        return cls(by)

    @property
    def recipients(self) -> int:
        """All of them together."""
        return sum(self.by.values())

    def __getitem__(self, counted: CountedAs) -> int:
        return self.by.get(counted, 0)

    def plus(self, other: CauseCounts) -> CauseCounts:
        """Both together."""
        return CauseCounts({counted: self[counted] + other[counted] for counted in CountedAs})

    def named(self) -> Iterator[tuple[CountedAs, int]]:
        """Those that a sentence names, in order."""
        return ((counted, self[counted]) for counted in CountedAs if self[counted] or counted in _ALWAYS_NAMED)


NOBODY: Final = CauseCounts()
