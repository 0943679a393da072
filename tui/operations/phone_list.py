"""A list on its way into a draft: read, validated, kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tui.campaign.phone_list import Number, validate
from tui.operations.services import Services
from tui.store import NumberRow, Summary


def validated(numbers: Iterable[Number]) -> Iterator[NumberRow]:
    """Each row with its verdict. Nothing is dropped: what can't be called says why."""
    for number in numbers:
        result = validate(number)
        yield NumberRow(typed=number.phone, phone=result.phone, phrase=number.phrase.strip(), lang=number.lang.strip(),
                        problem=result.problem, kind=result.kind if result.problem is None else None,
                        valid=result.valid)


async def add_numbers(services: Services, campaign_id: int, numbers: Iterable[Number]) -> Summary:
    """Append rows to a draft's list, all or nothing. WrongState; whatever `numbers` raises while it is read."""
    return await services.thread(services.store.numbers.add, campaign_id, validated(numbers))
