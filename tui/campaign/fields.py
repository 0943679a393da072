"""Every field of a create request: its name, type, bounds and the campaigns it belongs to (docs/provider.md, "Create").

One table. The form, the campaign file, the rules and the request all read it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from msgspec import Struct

IVR: Final = "ivr"
QUEUE: Final = "queue"
CALL_TYPES: Final = (IVR, QUEUE)
BOTH: Final = frozenset(CALL_TYPES)


class FieldKind(StrEnum):
    """How a field is typed and what it becomes in the request."""

    TEXT = "text"
    CHOICE = "choice"
    INTEGER = "integer"
    DATE = "date"
    TIME = "time"
    DAYS = "days"
    BOOLEAN = "boolean"  # JSON true or false
    FLAG = "flag"  # the text "true", or left out
    PHONE = "phone"  # the caller ID
    URL = "url"
    TARGET = "target"


class Section(StrEnum):
    """The sections of the form, in their order."""

    BASICS = "basics"
    SCHEDULE = "schedule"
    DIALLING = "dialling"
    MENU = "menu"
    NUMBERS = "numbers"
    COMMERCIAL = "commercial"
    RESULTS = "results"
    REVIEW = "review"


class Field(Struct, frozen=True):
    """A field of the create request (docs/provider.md, "Create"): its name there, and what may stand in it.

    `minimum`, `maximum`: of a number; None where the provider states no bound. `choices`: all its values, where they
    are few.
    """

    name: str
    kind: FieldKind
    section: Section
    call_types: frozenset[str] = BOTH
    minimum: int | None = None
    maximum: int | None = None
    choices: tuple[str, ...] = ()
    required: bool = False

    def belongs_to(self, call_type: str) -> bool:
        return call_type in self.call_types


_ONLY_IVR: Final = frozenset((IVR,))
_ONLY_QUEUE: Final = frozenset((QUEUE,))
# The provider gives no upper bound; JSON readers lose precision past this one.
LARGEST_INTEGER: Final = 2**53 - 1

TARGET_FIELDS: Final = (
    *(f"digit_target_{key}" for key in "1234567890"), "digit_target_star", "digit_target_square", "timeout_target",
    "invalid_target",
)
KEY_OF_TARGET: Final = {
    **{f"digit_target_{key}": key for key in "1234567890"}, "digit_target_star": "*", "digit_target_square": "#",
    "timeout_target": "-", "invalid_target": "!",
}

_ALL: Final = (
    Field("call_type", FieldKind.CHOICE, Section.BASICS, choices=CALL_TYPES, required=True),
    Field("name", FieldKind.TEXT, Section.BASICS, required=True),
    Field("cli", FieldKind.PHONE, Section.BASICS),
    Field("date_range_begin", FieldKind.DATE, Section.SCHEDULE),
    Field("date_range_end", FieldKind.DATE, Section.SCHEDULE),
    Field("time_range_begin", FieldKind.TIME, Section.SCHEDULE),
    Field("time_range_end", FieldKind.TIME, Section.SCHEDULE),
    Field("active_days", FieldKind.DAYS, Section.SCHEDULE),
    Field("ring_timeout", FieldKind.INTEGER, Section.DIALLING, minimum=25, maximum=60),
    Field("call_retries", FieldKind.INTEGER, Section.DIALLING, minimum=0, maximum=LARGEST_INTEGER),
    Field("max_thread_count", FieldKind.INTEGER, Section.DIALLING, minimum=1, maximum=LARGEST_INTEGER),
    Field("queue_number", FieldKind.INTEGER, Section.DIALLING, _ONLY_QUEUE, minimum=1, maximum=LARGEST_INTEGER,
          required=True),
    Field("thread_multiplier", FieldKind.INTEGER, Section.DIALLING, _ONLY_QUEUE, minimum=1, maximum=LARGEST_INTEGER),
    Field("recording_enabled", FieldKind.FLAG, Section.DIALLING),
    Field("welcome_announcement_id", FieldKind.INTEGER, Section.MENU, _ONLY_IVR, minimum=1, maximum=LARGEST_INTEGER),
    Field("digit_timeout", FieldKind.INTEGER, Section.MENU, _ONLY_IVR, minimum=1, maximum=10),
    Field("digit_retries", FieldKind.INTEGER, Section.MENU, _ONLY_IVR, minimum=0, maximum=LARGEST_INTEGER),
    *(Field(name, FieldKind.TARGET, Section.MENU, _ONLY_IVR) for name in TARGET_FIELDS),
    Field("is_commercial", FieldKind.BOOLEAN, Section.COMMERCIAL),
    Field("iys_recipient_type", FieldKind.CHOICE, Section.COMMERCIAL, choices=("BIREYSEL", "TACIR")),
    Field("iys_brand_code", FieldKind.TEXT, Section.COMMERCIAL),
    Field("webhook_url", FieldKind.URL, Section.RESULTS),
)
FIELDS: Final[dict[str, Field]] = {field.name: field for field in _ALL}

DATE_RANGE_BEGIN: Final = "date_range_begin"
WEBHOOK_URL: Final = "webhook_url"
PHONE_LIST: Final = "phone_list"
PHONE_KEYS: Final = ("phone", "phrase", "lang")
# Ours: by what the operator knows whom a row of the list is about. It is kept with the row, and never sent.
REFERENCE: Final = "reference"
LANGUAGES: Final = ("tr-TR", "en-US", "ar-XA")
API_KEY: Final = "key"
# Ours: the key with which a callee refuses further calls. A text of the draft, never of the request.
OPT_OUT: Final = "opt_out_key"
# Ours, "true" or nothing: a number is called once for each of its rows that say something else, not by its first alone.
KEEP_REPEATS: Final = "keep_repeats"
# Ours too: what stands in a draft's line for numbers and was not entered. It is no number of the list, and no change.
TYPED_NUMBERS: Final = "typed_numbers"


def fields_of(section: Section, call_type: str) -> tuple[Field, ...]:
    """The fields that a section of the form shows for a campaign of `call_type`."""
    return tuple(field for field in _ALL if field.section is section and field.belongs_to(call_type))
