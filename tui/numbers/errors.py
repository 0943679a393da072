"""Why a list, or the phrase made for it, can't be used."""

from __future__ import annotations

from tui.core.reason import Reason


class BadList(Exception):
    """A list that can't be read as a whole; `reason` says what it is and the way out."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code)
        self.reason = Reason(code, params)


class BadTemplate(Exception):
    """A phrase template that can't be filled in; `reason` names the place, and the variable that was probably meant."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code)
        self.reason = Reason(code, params)
