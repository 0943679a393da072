"""Faults that can be asked for: the provider, or the way to it, at its worst."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from msgspec import Struct

from tui.core.reason import Reason
from tui.core.whole_number import whole_number


class Operation(StrEnum):
    """What a fault befalls."""

    CREATE = "create"
    SWITCH = "switch"
    DELETE = "delete"
    LOOKUP = "lookup"
    RECORDING = "recording"  # asking where a recording lies
    DOWNLOAD = "download"  # fetching it there
    BLOCK = "block"


class FaultKind(StrEnum):
    """The faults. Processed: what was asked for is done, although the answer does not say so."""

    LOST_ANSWER = "lost-answer"  # processed; the connection is closed without an answer
    CUT = "cut"  # processed; the connection is closed in the middle of the answer's body
    STALL = "stall"  # not processed; nothing is ever answered
    TOO_MANY = "429"  # not processed
    ERROR = "500"  # not processed
    ERROR_AFTER = "500-after"  # processed, then 500
    HTML = "html"  # processed; 200 with a page of HTML
    NOT_OK = "not-ok"  # not processed; 200 with other words than `OK`
    EMPTY = "empty"  # processed; 200 without a word
    FORBIDDEN = "403"  # not processed; the account lacks a right or a module
    NO_PATH = "404"  # not processed; nothing is there by this path
    PAGE_404 = "404-page"  # not processed; 404 with a page of HTML, as of something before the provider
    REFUSE_WEBHOOK = "refuse-webhook"  # create alone: the webhook is said not to have answered 200, and is not asked


class Fault(Struct, frozen=True):
    """A fault that befalls the next `times` requests of an operation; every one where `times` is None."""

    kind: FaultKind
    operation: Operation = Operation.CREATE
    times: int | None = None

    def __str__(self) -> str:
        return self.kind.value if self.operation is Operation.CREATE else f"{self.operation.value}:{self.kind.value}"


class BadFault(ValueError):
    """A text that names no fault. `reason` says what is wrong with it and suggests the nearest."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code)
        self.reason = reason


_NAMES: Final = {str(fault): fault for operation in Operation for kind in FaultKind
                 if operation is Operation.CREATE or kind is not FaultKind.REFUSE_WEBHOOK
                 for fault in [Fault(kind, operation)]}


def parse_fault(text: str) -> Fault:
    """`lost-answer`, `429:2` (the first two times), `switch:500:1`. Raises BadFault.

    >>> str(parse_fault("switch:lost-answer:2"))
    'switch:lost-answer'
    """
    name, times = text.strip().removeprefix(f"{Operation.CREATE.value}:"), None
    head, _, tail = name.rpartition(":")
    if name not in _NAMES and head in _NAMES:
        times = whole_number(tail)
        if not times:
            raise BadFault(Reason("sandbox.fault.times", {"value": text, "times": tail}))
        name = head
    if name not in _NAMES:
        raise _unknown(text, name)
    return Fault(_NAMES[name].kind, _NAMES[name].operation, times)


def _unknown(text: str, name: str) -> BadFault:
    near = difflib.get_close_matches(name.lower(), _NAMES, n=1)
    if near:
        return BadFault(Reason("sandbox.fault.meant", {"value": text, "near": near[0]}))
    known = ", ".join(kind.value for kind in FaultKind)
    return BadFault(Reason("sandbox.fault.unknown", {"value": text, "known": known}))


class FaultPlan:
    """The faults still to come."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self._faults = tuple(faults)
        self._befell = [0] * len(self._faults)

    def take(self, operation: Operation | None) -> Fault | None:
        """The fault that befalls this request, if any: in the order given, each as often as it was asked for."""
        for place, fault in enumerate(self._faults):
            if fault.operation is operation and (fault.times is None or self._befell[place] < fault.times):
                self._befell[place] += 1
                return fault
        return None
