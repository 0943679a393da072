"""What goes into the store and comes out of it: campaigns, and their results in figures. Times are aware, in UTC."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from typing import Final

from msgspec import Struct, field

from tui.campaign.lifecycle import Action, AskedBy, State
from tui.campaign.parsed_draft import ParsedDraft
from tui.core.reason import Reason


class PlanOrigin(Struct, frozen=True):
    """By which follow-up plan a draft was made: its name ("": it had none), and its written form, as it was then.

    `outcomes`: what had become of its numbers, and how many they were. `not_before`: aware; earlier than that none of
    them was to be called again.
    """

    name: str
    plan: str
    outcomes: Mapping[str, int]
    not_before: dt.datetime


class Campaign(Struct, frozen=True, dict=True):
    """A campaign as it is remembered. Times are aware, in UTC."""

    id: int
    profile: str
    fields: Mapping[str, str]  # wire field name → text as typed; an empty field isn't there
    revision: int  # one more with each change to fields or numbers
    state: State  # as it was last set: never FINISHED, UNKNOWN or MISSING, which are worked out from other fields
    state_at: dt.datetime
    reason: Reason | None  # why rejected, not sent or unconfirmed; or what the last switch failed with
    provider_id: int | None
    created_at: dt.datetime
    updated_at: dt.datetime
    copied_from: int | None
    test_of: int | None  # of which campaign it is a test call; of none from its first change by hand on
    adopted: bool  # made elsewhere: known by ID, its fields and numbers are not
    numbers: int  # all rows of its list
    bad_numbers: int
    duplicate_numbers: int
    callable_with_phrase: int
    pending: Action | None  # a switch that is on its way
    unsure: bool  # the outcome of the last switch is unknown: the provider may have it otherwise than `state` says
    missing: bool  # the provider has said that it doesn't know it, and has not been heard to do what was asked since
    last_set_at: dt.datetime | None  # when on or off was last set at the provider
    launched_at: dt.datetime | None  # when its last create request was asked for; a date left out means that day
    pinged_at: dt.datetime | None  # when the provider tried the webhook of that request: it has read it
    found: bool  # tracked, and not by a person: a notification named its ID
    called_again: int  # rows that it was launched with beyond its different numbers: none of them is known to be final
    follows: int | None  # of which campaign's results it was made
    follows_filter: ResultFilter | None  # and of which of its numbers
    follows_plan: PlanOrigin | None = None  # where a plan chose them
    replaces: int | None = None  # in whose place it stands
    replaced_by: int | None = None  # which takes its place; 0 while that isn't made yet
    life: int = 1  # of several, where another was created in its place, or it in another's: 1 is the first
    lives: int = 1  # how many it has

    @cached_property
    def draft(self) -> ParsedDraft:
        """What `fields` mean."""
        return ParsedDraft(self.fields)

    @property
    def standing(self) -> State:
        """`state`, unless nobody can say so: it was made elsewhere and never set here, or the provider denies it."""
        if self.missing and self.state in (State.ON, State.OFF, State.DELETED):
            return State.MISSING
        if self.state not in (State.ON, State.OFF):
            return self.state
        return State.UNKNOWN if self.adopted and self.last_set_at is None else self.state

    @property
    def is_last_of_several(self) -> bool:
        """Whether it is the last life of several: the one that stands for all of them."""
        return self.life == self.lives > 1

    @property
    def put_away(self) -> bool:
        """Taken off the list by a person, as the provider doesn't know it: nobody says that it was deleted there."""
        return self.missing and self.state is State.DELETED

    @property
    def name(self) -> str:
        """As it was typed; "" where it has none."""
        return self.fields.get("name", "")

    @property
    def ref(self) -> str:
        """What commands call it: its ID, or `d` and the program's own number where the provider gave it none."""
        return str(self.provider_id) if self.provider_id is not None else f"d{self.id}"

    @property
    def call_type(self) -> str:
        """"ivr", "queue", or "" where none was chosen."""
        return self.fields.get("call_type", "")

    @property
    def callable_numbers(self) -> int:
        """How many numbers a launch would call."""
        return self.numbers - self.bad_numbers - self.duplicate_numbers


class LaunchKey(Struct, frozen=True):
    """What a launch is known by, within its profile."""

    text: str
    own: bool = False  # a person's word; else the request makes it: then whoever launches that request has it, too
    day: dt.date | None = None  # on which it begins, in Turkish time, where the request itself doesn't say
    sent: str = ""  # the hash of what is sent of the request, without whoever must not be called; "": all of it


class Bodies(Struct, frozen=True):
    """The hashes of a launch's request: as it was asked for, and as it was sent, without whoever must not be called."""

    asked: str
    sent: str

    @classmethod
    def of(cls, body_hash: str, key: LaunchKey | None) -> Bodies:
        """Of a launch that asks for a request under a key."""
        return cls(body_hash, (key.sent if key is not None else "") or body_hash)

    def meet(self, other: Bodies) -> bool:
        """Whether both are the same launch: one may leave out whom the other didn't, or ask for the rest alone."""
        return not {self.asked, self.sent}.isdisjoint((other.asked, other.sent))


class LaunchMatch(StrEnum):
    """How an earlier launch stands to one that would be the same."""

    CREATED = "created"
    UNDER_WAY = "under_way"
    UNCONFIRMED = "unconfirmed"
    OTHER_BODY = "other_body"  # it has the same key, and was another request


class EarlierLaunch(Struct, frozen=True):
    """A campaign whose launch another would repeat. `launch` is None where only its ID is known."""

    campaign: Campaign
    launch: int | None
    match: LaunchMatch


class ListFilter(Struct, frozen=True):
    """Which campaigns are shown; all that is set holds. None: whatever."""

    words: str = ""  # each of them is in the name, or is the ID; compared as the store's `fold` makes them
    exact: tuple[str, ...] = ()  # each of them is in the name, with its blanks
    without: tuple[str, ...] = ()  # none of them is in the name
    states: frozenset[State] | None = None  # as they are shown: one whose calls are over is FINISHED, and no more ON
    pending: bool | None = None  # a switch is on its way; with `states`, True shows these as well
    call_types: frozenset[str] | None = None  # "" is that of none
    profiles: frozenset[str] | None = None  # None: the one in use
    deleted: bool = False  # deleted ones as well; naming State.DELETED in `states` shows them too

    @property
    def by_state(self) -> bool:
        """Whether the counts of the states say how many it names."""
        return not (self.words.strip() or self.exact or self.without or self.pending is not None) \
            and self.call_types is None


class SortColumn(StrEnum):
    NAME = "name"
    PROFILE = "profile"
    TYPE = "type"
    STATE = "state"
    WINDOW = "window"
    NUMBERS = "numbers"
    CALLED = "called"  # the share of its numbers
    ANSWERED = "answered"  # the share of those called
    KEYS = "keys"  # how many pressed one that has a target
    ID = "id"
    UPDATED = "updated"


class Sort(Struct, frozen=True):
    """The order of the list of campaigns."""

    column: SortColumn = SortColumn.UPDATED
    descending: bool = True


class Event(StrEnum):
    """What a line of a campaign's history says; `store.event.<value>` is its text."""

    MADE = "made"
    COPIED = "copied"
    TEST = "test"  # made as a test call of another
    FOLLOWS = "follows"  # made of another's results
    REPLACES = "replaces"  # made to take another's place
    ADOPTED = "adopted"
    SEEN = "seen"  # not ours by any launch: a notification named its ID
    REMOVED = "removed"
    PUT_AWAY = "put_away"  # taken off the list, as the provider doesn't know it
    LAUNCHED = "launched"
    CREATED = "created"
    REJECTED = "rejected"
    NOT_SENT = "not_sent"
    UNCONFIRMED = "unconfirmed"
    TOLD = "told"  # a notification named its ID, where the answer was lost or slower
    FOUND = "found"  # the answer came after the launch had been given up as unconfirmed
    ID_GIVEN = "id_given"  # unconfirmed, and a person gave its ID
    SAID_NOT_CREATED = "said_not_created"  # unconfirmed, and a person said that the provider doesn't have it
    ON_ASKED = "on_asked"
    ON_DONE = "on_done"
    ON_FAILED = "on_failed"
    ON_UNKNOWN = "on_unknown"
    OFF_ASKED = "off_asked"
    OFF_DONE = "off_done"
    OFF_FAILED = "off_failed"
    OFF_UNKNOWN = "off_unknown"
    DELETE_ASKED = "delete_asked"
    DELETE_DONE = "delete_done"
    DELETE_FAILED = "delete_failed"
    DELETE_UNKNOWN = "delete_unknown"


class Condition(Struct, frozen=True):
    """How a database is: the last step of its schema, the last there is, and what is broken in it ("": nothing)."""

    schema: int
    known: int
    damage: str


class Newest(Struct, frozen=True):
    """What was last at a moment, by ID; 0 where there was none, None where it does not matter.

    Of a store the launch, the campaign and the note that somebody was put on a do-not-call list, or taken off; of a
    profile the İYS file. `heard`: how much is known of the campaigns that one was made of.
    """

    launch: int | None
    campaign: int
    refusal: int | None
    consents: int | None
    heard: int | None = None


NOTHING_YET: Final = Newest(0, 0, 0, 0)


class HistoryEntry(Struct, frozen=True):
    """One thing that happened to a campaign."""

    at: dt.datetime
    event: Event
    by: AskedBy | None = None  # for what was asked
    reason: Reason | None = None
    provider_id: int | None = None
    numbers: int | None = None  # how many a launch asked to call
    copied_from: int | None = None


class Totals(Struct, frozen=True):
    """A campaign's results in figures. Numbers are recipients, calls are attempts to reach them.

    `called`, `answered`, `final` and `digits` count unlisted numbers too: called, and not in the list. Where numbers
    are called more than once (`called_again`), none is final: a result doesn't say for which of its rows a number was
    called.
    """

    numbers: int = 0  # of the list, that are called
    called: int = 0
    answered: int = 0
    final: int = 0  # that are not called any more
    unlisted: int = 0
    final_unlisted: int = 0
    notifications: int = 0  # each once
    records: int = 0  # call records, each once
    calls: int = 0  # a call that both report is one
    digits: Mapping[str, int] = field(default_factory=dict)  # digit as it came → numbers called; "" where there is none
    first_received_at: dt.datetime | None = None  # of a notification, as the next two
    last_received_at: dt.datetime | None = None
    last_happened_at: dt.datetime | None = None
    called_again: int = 0  # rows of the list beyond the numbers: each calls one of them once more

    @property
    def keys(self) -> dict[str, int]:
        """Key that has a target → numbers; the keys that were pressed alone."""
        if not self.digits:
            return {}
        from tui.campaign.results import Pressed, pressed  # more than the list needs where nothing was pressed

        return {digit: count for digit, count in self.digits.items() if pressed(digit) is Pressed.KEY}

    @property
    def to_call(self) -> int:
        """Numbers of the list that were never called."""
        return self.numbers - (self.called - self.unlisted)

    @property
    def complete(self) -> bool:
        """Whether the list is known, and each number of it is final."""
        return 0 < self.numbers <= self.final - self.final_unlisted


NO_TOTALS: Final = Totals()


class ResultFilter(Struct, frozen=True):
    """Which numbers of a campaign are meant; all that is set holds. None and "": whatever."""

    called: bool | None = None
    answered: bool | None = None  # False: those that were never called, too
    final: bool | None = None  # False: those that were never called, too
    status: str | None = None  # the last one; "": of those that have none
    digit: str | None = None  # as it came; "" only those called of which none is known
    attempts: int | None = None  # 0: never called
    words: str = ""  # each of them is in the phone, as sent or as typed, the reference, or the phrase


class Health(Struct, frozen=True):
    """What the results of a profile's campaigns look like from afar."""

    last_received_at: dt.datetime | None
    unreadable: int


class Heartbeat(Struct, frozen=True):
    """A receiver that was there at `beat_at`."""

    name: str
    address: str
    started_at: dt.datetime
    beat_at: dt.datetime
    received_last_minute: int
    waiting: int = 0  # requests that were acknowledged there, and are not in the store yet
