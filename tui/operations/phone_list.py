"""A list on its way into a draft: read, validated, kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from tui.campaign.phone_list import Number, validate
from tui.campaign.reference import kept_reference
from tui.core.reason import Reason
from tui.operations.services import Services
from tui.store import NumberRow, RowFilter, Summary


class BadRow(Struct, frozen=True):
    """A row that can't be called, and why: as it stands in its list, whatever its number. `line` of a file, from 1."""

    number: Number
    problem: Reason
    line: int | None = None


def validated(rows: Iterable[Number | BadRow]) -> Iterator[NumberRow]:
    """Each row with its verdict. Nothing is dropped: what can't be called says why."""
    for number in rows:
        if isinstance(number, BadRow):
            bad = number.number
            yield NumberRow(typed=bad.phone, phone=None, phrase=bad.phrase.strip(), lang=bad.lang.strip(),
                            problem=number.problem, line=number.line, reference=kept_reference(bad.reference))
            continue
        result = validate(number)
        yield NumberRow(typed=number.phone, phone=result.phone, phrase=number.phrase.strip(), lang=number.lang.strip(),
                        problem=result.problem, kind=result.kind if result.problem is None else None,
                        valid=result.valid, reference=kept_reference(number.reference))


async def add_numbers(services: Services, campaign_id: int, rows: Iterable[Number | BadRow]) -> Summary:
    """Append rows to a draft's list, all or nothing. WrongState; whatever `rows` raises while it is read."""
    return await services.thread(services.store.numbers.add, campaign_id, validated(rows))


async def drop_bad(services: Services, campaign_id: int) -> int:
    """Take the rows that can't be called out of a draft's list; each is remembered with the reason. How many went.

    WrongState, Changed.
    """
    return await services.thread(services.store.numbers.drop_which, campaign_id, RowFilter.PROBLEMS)
