"""How the program was called, beside the command and its arguments."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from tui.bootstrap import Sources


class Invocation(Struct, frozen=True):
    """`sources` are what the run's settings are read from; `profile` is what `--profile` names."""

    sources: Sources
    profile: str | None

    @property
    def environ(self) -> Mapping[str, str]:
        """Without the variables that are left aside."""
        return self.sources.environ
