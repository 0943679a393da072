"""What the report of `santral doctor` says of one thing."""

from __future__ import annotations

from tests.commands.conftest import Ran
from tui.i18n.words import Words

WORDS = Words("en")


def found(ran: Ran, name: str) -> tuple[str, bool | None]:
    (finding,) = [finding for finding in ran.document["findings"] if finding["name"] == name]
    return finding["value"], finding["ok"]
