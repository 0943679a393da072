"""How the program was called, beside the command and its arguments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Invocation:
    """`config` and `profile` are what the options of these names say; None where they are not given."""

    config: Path | None
    profile: str | None
    environ: Mapping[str, str]
