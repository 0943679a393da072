"""What `santral doctor` finds: a name, what it is, and whether that is well."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """`command.doctor.<name>` is what it is called. `well` is None where there is nothing to be judged."""

    part: str  # `command.doctor.part.<part>` is its heading
    name: str
    text: str
    well: bool | None = None
