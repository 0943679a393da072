"""What is known of an account: its announcements, queues and extensions, and whether a target is among them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Final, Generic, TypeVar

import msgspec
from msgspec import Struct

from tui.campaign.fields import CALL_TYPES, FIELDS, QUEUE, TARGET_FIELDS
from tui.campaign.parsed_draft import ParsedDraft
from tui.campaign.phone import BadPhone, connected_phone
from tui.campaign.rules import Problem, Weight
from tui.campaign.target import Target, TargetKind
from tui.core.reason import Reason

T = TypeVar("T")

CALLER_ID: Final = "caller_id"  # beside the kinds of targets, what else an account has a list of


@dataclass(frozen=True)  # a Struct compares every field; with slots, Python 3.11 can't make a Listing[str]()
class Listing(Generic[T]):
    """One of the account's lists, by number. `items` is None where it was never known.

    `fresh`: the provider answered in this session; otherwise it is what was remembered. `problem` is why the last
    asking failed. `gone` was in a list once and not in the last answer, with what was last known of it. `answered_at`:
    when the provider answered last; it is no part of what is known. `left_out`: how many rows of its answer can't be
    read.
    """

    items: Mapping[int, T] | None = None
    fresh: bool = False
    asking: bool = False
    problem: Reason | None = None
    gone: Mapping[int, T] = field(default_factory=dict)
    answered_at: dt.datetime | None = field(default=None, compare=False)
    left_out: int = 0

    def answered(self, items: Mapping[int, T], at: dt.datetime | None = None, left_out: int = 0) -> Listing[T]:
        """The listing once the provider has answered: what was known and is not among `items` is gone.

        Unless rows were left out: it may be one of those, and stays known.
        """
        if left_out:
            items = {**(self.items or {}), **items}
        known = {**self.gone, **(self.items or {})}
        gone = {number: was for number, was in known.items() if number not in items}
        return Listing(items, fresh=True, gone=gone, answered_at=at, left_out=left_out)


class Account(Struct, frozen=True):
    """Announcements and queues by ID or number with their names; users (extensions) with the provider's status word;
    caller IDs by their digits, as the provider writes them.

    A user that is only remembered has the status "". `agents`: how many of a queue's agents are available now; a queue
    that was not asked about lately is not there, and `agents_problem` is why the last asking failed.
    """

    announcements: Listing[str] = Listing()
    queues: Listing[str] = Listing()
    users: Listing[str] = Listing()
    caller_ids: Listing[str] = Listing()
    agents: Mapping[int, int] = msgspec.field(default_factory=dict)
    agents_problem: Reason | None = None


class Standing(StrEnum):
    """Whether the account has what a target leads to."""

    KNOWN = "known"
    MISSING = "missing"
    GONE = "gone"
    UNCHECKED = "unchecked"


# Ring groups and voice menus can't be looked up (docs/provider.md, "Look-ups").
_NOT_LISTED: Final = (TargetKind.GROUP, TargetKind.IVR)


def name_of(target: Target, account: Account) -> str:
    """The name of an announcement or a queue, of one that is gone too; of an extension its status word.

    "" where none is known: the provider names nothing else.
    """
    match target.kind:
        case TargetKind.ANNOUNCEMENT:
            listing = account.announcements
        case TargetKind.QUEUE:
            listing = account.queues
        case TargetKind.USER:
            return (account.users.items or {}).get(int(target.value), "")
        case _:
            return ""
    number = int(target.value)
    return (listing.items or {}).get(number) or listing.gone.get(number, "")


def standing(target: Target, account: Account) -> Standing:
    """MISSING only where the provider answered in this session; GONE as soon as its last answer, ever, lacks it.

    What is only remembered is UNCHECKED. A mailbox is looked up as the extension that it belongs to; what leads to
    nothing in the account (restart, hangup, fax, speech, outside numbers) is KNOWN.
    """
    if target.kind in _NOT_LISTED:
        return Standing.UNCHECKED
    listing = _listing(target.kind, account)
    if listing is None:
        return Standing.KNOWN
    number = int(target.value)
    if listing.items is not None and number in listing.items:
        return Standing.KNOWN if listing.fresh else Standing.UNCHECKED
    if number in listing.gone:
        return Standing.GONE
    return _unlisted(listing)


def _unlisted(listing: Listing[str]) -> Standing:
    """Where what was never listed stands: rows that can't be read may hold it."""
    sure = listing.items is not None and listing.fresh and not listing.left_out
    return Standing.MISSING if sure else Standing.UNCHECKED


def caller_standing(phone: str | None, account: Account) -> Standing:
    """Whether the account has a caller ID, a number as it is sent; KNOWN where there is none (None)."""
    if phone is None:
        return Standing.KNOWN
    listing = account.caller_ids
    if any(_wire(known) == phone for known in (listing.items or {}).values()):
        return Standing.KNOWN if listing.fresh else Standing.UNCHECKED
    if any(_wire(known) == phone for known in listing.gone.values()):
        return Standing.GONE
    return _unlisted(listing)


@lru_cache(maxsize=4096)  # an account's caller IDs are the same from one key press to the next
def _wire(number: str) -> str | None:
    try:
        return connected_phone(number)
    except BadPhone:
        return None


def account_problems(draft: ParsedDraft, account: Account) -> list[Problem]:
    """Warnings for the fields that name what the account doesn't have, in the order of the form.

    A text that is no target at all has its problem from the rules.
    """
    named = [Problem(name, reason, Weight.WARNING) for name, target in _named(draft)
             if (reason := _missing(target, account)) is not None]
    if caller_standing(draft.caller, account) in (Standing.MISSING, Standing.GONE):
        reason = Reason("campaign.problem.no_such_caller_id", {"number": draft["cli"]})
        named.insert(0, Problem("cli", reason, Weight.WARNING))
    return [*named, *channel_problems(draft, account)]


def channel_problems(draft: ParsedDraft, account: Account) -> list[Problem]:
    """Ours: a queue campaign that makes more calls at a time than the account has extensions to take them.

    No look-up gives how many channels an account has: beyond what any is thought to have, the rules warn.
    """
    channels = draft.count("max_thread_count")
    users = len(account.users.items or ())
    if draft.call_type != QUEUE or channels is None or not 0 < users < channels:
        return []
    reason = Reason("campaign.problem.many_channels", {"count": channels, "most": users})
    return [Problem("max_thread_count", reason, Weight.WARNING)]


def _listing(kind: TargetKind, account: Account) -> Listing[str] | None:
    match kind:
        case TargetKind.ANNOUNCEMENT:
            return account.announcements
        case TargetKind.QUEUE:
            return account.queues
        case TargetKind.USER | TargetKind.VOICEMAIL:
            return account.users
    return None


_NAMING: Final = ("queue_number", "welcome_announcement_id", *TARGET_FIELDS)


def _named(draft: ParsedDraft) -> Iterator[tuple[str, Target]]:
    """The fields that are sent and name something, with what they name."""
    for name in _NAMING:
        sent = draft.call_type not in CALL_TYPES or FIELDS[name].belongs_to(draft.call_type)
        if sent and (target := draft.target(name)) is not None:
            yield name, target


def _missing(target: Target, account: Account) -> Reason | None:
    found = standing(target, account)
    if found not in (Standing.MISSING, Standing.GONE):
        return None
    number, name = int(target.value), name_of(target, account)
    match target.kind:
        case TargetKind.ANNOUNCEMENT if found is Standing.GONE:
            return Reason("campaign.problem.announcement_gone", {"id": number, "name": name})
        case TargetKind.ANNOUNCEMENT:
            return Reason("campaign.problem.no_such_announcement", {"id": number})
        case TargetKind.QUEUE if found is Standing.GONE:
            return Reason("campaign.problem.queue_gone", {"number": number, "name": name})
        case TargetKind.QUEUE:
            return Reason("campaign.problem.no_such_queue", {"number": number})
    return Reason("campaign.problem.no_such_user", {"number": number})
