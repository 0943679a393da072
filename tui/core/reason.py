"""A sentence not yet said: its code in the words module, and what it names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.campaign.holidays import Holidays


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is as it is. `say(reason.code, **reason.params)` is the sentence, in either language.

    Kept in the store as code and parameters, so that what happened yesterday in Turkish reads in English today.
    Holidays are never kept there; they are named when the sentence is said.
    """

    code: str
    params: Mapping[str, str | int | Holidays] = field(default_factory=dict)
