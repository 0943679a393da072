"""A list on its way into a draft: read, judged, kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tui.campaign.draft import Number
from tui.campaign.number import judge
from tui.operations.services import Services
from tui.store import NumberRow, Summary


def judged(numbers: Iterable[Number]) -> Iterator[NumberRow]:
    """Each row with its verdict. Nothing is dropped: what can't be called says why."""
    for number in numbers:
        verdict = judge(number)
        yield NumberRow(typed=number.phone, phone=verdict.phone, phrase=number.phrase.strip(), lang=number.lang.strip(),
                        problem=verdict.problem, kind=verdict.kind if verdict.problem is None else None,
                        valid=verdict.valid)


async def add_numbers(services: Services, campaign_id: int, numbers: Iterable[Number]) -> Summary:
    """Append rows to a draft's list, all or nothing. WrongState; whatever `numbers` raises while it is read."""
    return await services.thread(services.store.numbers.add, campaign_id, judged(numbers))
