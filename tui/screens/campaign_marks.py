"""What is remembered while the list of campaigns is in use: which are marked, and which drafts were deleted last."""

from __future__ import annotations

from collections.abc import Collection, Sequence


class CampaignMarks:
    """The IDs of the marked campaigns. A mark stays while the list is filtered and sorted.

    Every change answers whose mark it changed.
    """

    def __init__(self) -> None:
        self.ids: frozenset[int] = frozenset()
        self._range: tuple[int, int] | None = None  # the rows where a range began and where it ends

    def mark_only(self, ids: Collection[int]) -> frozenset[int]:
        """These are marked now, and no others."""
        before, self.ids = self.ids, frozenset(ids)
        return before ^ self.ids

    def turn(self, ids: Collection[int]) -> frozenset[int]:
        """Mark those of them that are not marked, and unmark the others."""
        return self.mark_only(self.ids.symmetric_difference(ids))

    def add(self, ids: Collection[int]) -> frozenset[int]:
        return self.mark_only(self.ids.union(ids))

    def remove(self, ids: Collection[int]) -> frozenset[int]:
        return self.mark_only(self.ids.difference(ids))

    def turn_all(self, ids: Collection[int]) -> frozenset[int]:
        """Mark all of them; where all are marked, unmark them."""
        return self.remove(ids) if self.ids.issuperset(ids) else self.add(ids)

    def extend(self, here: int, there: int, *, left: int, reached: int) -> frozenset[int]:
        """Go on with a range from the row `here` to `there`; on the way back the campaign that is left is unmarked.

        `left` and `reached` are the campaigns in those rows. A range begins where the last one did not end.
        """
        begun = self._range[0] if self._range is not None and self._range[1] == here else here
        self._range = begun, there
        growing = abs(there - begun) >= abs(here - begun)
        return self.mark_only((self.ids | {left} if growing else self.ids - {left}) | {reached})


class RemovedDrafts:
    """The IDs of drafts that were deleted, step by step; those of one step are brought back together."""

    def __init__(self) -> None:
        self._steps: list[list[int]] = []

    @property
    def last(self) -> Sequence[int] | None:
        """Those of the last step; None where there is none."""
        return self._steps[-1] if self._steps else None

    def add(self, drafts: Sequence[int]) -> None:
        self._steps.append(list(drafts))

    def forget(self, drafts: Collection[int]) -> None:
        """They have been brought back."""
        steps = ([draft for draft in step if draft not in drafts] for step in self._steps)
        self._steps = [step for step in steps if step]

    def clear(self) -> None:
        self._steps.clear()
