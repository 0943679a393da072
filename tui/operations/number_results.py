"""The results of a campaign, whichever lives it has: of all of them together, or of one alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from msgspec import Struct

from tui.store import Bucket, Counts, ResultFilter, ResultRow, Store, Totals


class NumberResults(Protocol):
    """What is asked of them; every call asks the store, which blocks."""

    def totals(self) -> Totals: ...

    def counts(self) -> Counts: ...

    def timeline(self, seconds: int) -> list[Bucket]: ...

    def count(self, chosen: ResultFilter) -> int: ...

    def page(self, start: int, limit: int, chosen: ResultFilter) -> list[ResultRow]: ...

    def batches(self, chosen: ResultFilter, size: int) -> Iterator[Sequence[ResultRow]]:
        """All rows with their calls, so many at a time."""
        ...


class _OfOne(Struct, frozen=True):
    store: Store
    campaign: int

    def totals(self) -> Totals:
        return self.store.results.totals(self.campaign)

    def counts(self) -> Counts:
        return self.store.results.counts(self.campaign)

    def timeline(self, seconds: int) -> list[Bucket]:
        return self.store.results.timeline(self.campaign, seconds)

    def count(self, chosen: ResultFilter) -> int:
        return self.store.results.count(self.campaign, chosen)

    def page(self, start: int, limit: int, chosen: ResultFilter) -> list[ResultRow]:
        return self.store.results.page(self.campaign, start, limit, chosen)

    def batches(self, chosen: ResultFilter, size: int) -> Iterator[Sequence[ResultRow]]:
        position = 0
        while rows := self.store.results.with_calls_after(self.campaign, position, size, chosen):
            yield rows
            position = rows[-1].position


class _OfLives(Struct, frozen=True):
    store: Store
    campaign: int

    def totals(self) -> Totals:
        return self.store.lives.totals(self.campaign)

    def counts(self) -> Counts:
        return self.store.lives.counts(self.campaign)

    def timeline(self, seconds: int) -> list[Bucket]:
        return self.store.lives.timeline(self.campaign, seconds)

    def count(self, chosen: ResultFilter) -> int:
        return self.store.lives.count(self.campaign, chosen)

    def page(self, start: int, limit: int, chosen: ResultFilter) -> list[ResultRow]:
        return self.store.lives.page(self.campaign, start, limit, chosen)

    def batches(self, chosen: ResultFilter, size: int) -> Iterator[Sequence[ResultRow]]:
        return self.store.lives.each(self.campaign, chosen, size)


def results_of(store: Store, campaign: int, *, alone: bool = False) -> NumberResults:
    """Of all lives of a campaign; where it has one, or `alone`, its own. It asks the store, which blocks."""
    return _OfOne(store, campaign) if alone or not store.lives.of(campaign) else _OfLives(store, campaign)
