"""Why a list can't be read."""

from __future__ import annotations

from tui.campaign.reason import Reason


class BadList(Exception):
    """A list that can't be read as a whole; `reason` says what it is and the way out."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code)
        self.reason = Reason(f"numbers.list.{code}", params)
