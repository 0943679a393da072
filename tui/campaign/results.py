"""What the provider's notifications and call records mean (docs/provider.md, "Results").

A call's status says whether it was answered, its digit what was pressed. What is known of a number follows from the
*set* of its notifications and records: late, repeated and out-of-order ones give the same.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import reduce
from typing import Final

import msgspec
from msgspec import Struct

from tui.campaign.fields import LARGEST_INTEGER
from tui.campaign.menu import KEYS, NO_KEY, WRONG_KEY
from tui.core.reason import Reason

_CALL_UUID: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z_.:-]{0,127}", re.ASCII)
ANSWERED: Final = frozenset({"Cevaplandı", "Başarılı"})
# A number is called again in cases *such as* busy (docs/provider.md, "Create"). Ours: after these alone surely not.
HOPELESS: Final = frozenset({"Hatalı Numara", "İYS izni yok", "Sesli görüşme yapamayan numara"})
# Calling again reaches nobody, or somebody who did not want the call: a follow-up leaves these out unless asked for.
NOT_AGAIN: Final = (*sorted(HOPELESS), "Reddedildi")
# In the order of the provider's document; a text that isn't here is kept as it came.
STATUSES: Final = (
    "Başarılı", "Meşgul", "Meşgule atıldı", "Vazgeçildi", "Cevapsız", "Cevaplandı", "Reddedildi",
    "Ses kodekleri uyumsuz",
    "Hatalı Numara", "Ulaşılamıyor", "İYS izni yok", "Hata", "Genel Hata", "Cihaz yönlendirmesi", "Çağrı bağlanamadı",
    "RTP zamanaşımı", "Santral kapatılıyor", "Katılımlı aktarım", "Çağrısı çekildi", "Cihazla iletişim sorunu",
    "İletişim sorunu", "Zamanaşımı", "Sesli görüşme yapamayan numara", "Diğer dahili cevapladı",
    "Desteklenmeyen kanal tipi", "Arama için santral uygun durumda değil", "Tanınmayan Çağrı ID numarası",
)
# A code may stand in place of its description. They are those of the page that the provider's document names (*status*:
# Çağrı Sonuç Kodları ve Açıklamaları); ours is SUBSCRIBER_ABSENT, which switches report of a mobile that is off.
_OF_CODE: Final = {
    "USER_BUSY": "Meşgul", "ORIGINATOR_CANCEL": "Vazgeçildi", "NO_ANSWER": "Cevapsız", "ALLOTTED_TIMEOUT": "Cevapsız",
    "NORMAL_CLEARING": "Cevaplandı", "NORMAL_UNSPECIFIED": "Cevaplandı",
    "CALL_REJECTED": "Reddedildi", "INCOMING_CALL_BARRED": "Reddedildi",
    "INCOMPATIBLE_DESTINATION": "Ses kodekleri uyumsuz",
    "UNALLOCATED_NUMBER": "Hatalı Numara", "NO_ROUTE_DESTINATION": "Hatalı Numara",
    "INVALID_NUMBER_FORMAT": "Hatalı Numara",
    "NO_USER_RESPONSE": "Ulaşılamıyor", "SUBSCRIBER_ABSENT": "Ulaşılamıyor", "NOT_ALLOWED_BY_IYS": "İYS izni yok",
    "FACILITY_REJECTED": "Hata", "SERVICE_NOT_IMPLEMENTED": "Hata", "FACILITY_NOT_IMPLEMENTED": "Hata",
    "SERVICE_UNAVAILABLE": "Genel Hata", "INTERWORKING": "Genel Hata",
    "REDIRECTION_TO_NEW_DESTINATION": "Cihaz yönlendirmesi", "EXCHANGE_ROUTING_ERROR": "Çağrı bağlanamadı",
    "MEDIA_TIMEOUT": "RTP zamanaşımı", "SYSTEM_SHUTDOWN": "Santral kapatılıyor",
    "ATTENDED_TRANSFER": "Katılımlı aktarım", "PICKED_OFF": "Çağrısı çekildi",
    "DESTINATION_OUT_OF_ORDER": "Cihazla iletişim sorunu", "NORMAL_TEMPORARY_FAILURE": "Cihazla iletişim sorunu",
    "NETWORK_OUT_OF_ORDER": "İletişim sorunu", "RECOVERY_ON_TIMER_EXPIRE": "Zamanaşımı",
    "BEARERCAPABILITY_NOTIMPL": "Sesli görüşme yapamayan numara", "LOSE_RACE": "Diğer dahili cevapladı",
    "CHAN_NOT_IMPLEMENTED": "Desteklenmeyen kanal tipi",
    "NORMAL_CIRCUIT_CONGESTION": "Arama için santral uygun durumda değil",
    "INVALID_CALL_REFERENCE": "Tanınmayan Çağrı ID numarası",
}
LONGEST_TEXT: Final = 200
_FIRST_YEAR: Final = 1970
# Ours: a call record and a notification without a common call_uuid are one call where they are no further apart.
SAME_CALL_WITHIN: Final = dt.timedelta(minutes=3)


class Pressed(StrEnum):
    """What a notification's digit means."""

    KEY = "key"  # "0"–"9", "*", "#": a key that has a target
    NONE = "none"  # "-": nothing in time
    WRONG = "wrong"  # "!4": a key that has no target
    NOT_BEGUN = "not_begun"  # "": the call never began, or has no menu (queue)
    OTHER = "other"  # what the provider doesn't name; kept as it came


class ResultSource(StrEnum):
    """Where something is known from."""

    WEBHOOK = "webhook"
    RECORDS = "records"
    BOTH = "both"


def described(status: str) -> str:
    """A status as its description: a code in its place becomes words, whatever isn't known stays as it came.

    >>> described("USER_BUSY")
    'Meşgul'
    """
    return _OF_CODE.get(status.upper(), status)


def pressed(digit: str) -> Pressed:
    """What the digit of a notification means (docs/provider.md, "Notifications")."""
    if not digit:
        return Pressed.NOT_BEGUN
    if digit in KEYS:
        return Pressed.KEY
    if digit == NO_KEY:
        return Pressed.NONE
    return Pressed.WRONG if digit[0] == WRONG_KEY and digit[1:] in KEYS else Pressed.OTHER


class Notification(Struct, frozen=True):
    """One notification. `happened_at` is aware; `phone` as we send it where that is known, else as it came.

    `bare`: the phone as it came, where that may as well be a number abroad, of which the provider leaves out the 00.

    ValueError where no store could keep it: an empty `notification_id`, a `campaign_id` that isn't in 1…2⁵³−1, a text
    (`extra` and `campaign_name` apart) of more than 200 letters, a NUL or half a surrogate pair in one, a moment
    without a zone or before 1970.
    """

    notification_id: str
    campaign_id: int | None  # the provider's
    campaign_name: str
    lead_id: str
    phone: str
    digit: str  # as it came, without the blanks around
    status: str  # as it came, without the blanks around, in Unicode's composed form (NFC)
    happened_at: dt.datetime
    call_uuid: str = ""
    extra: Mapping[str, str] = msgspec.field(default_factory=dict)  # the fields that have no place above
    bare: str = ""

    def __post_init__(self) -> None:
        if not self.notification_id:
            raise ValueError("notification_id")
        if self.campaign_id is not None and not 0 < self.campaign_id <= LARGEST_INTEGER:
            raise ValueError("ivr_campaign_id")
        _check_moment(self.happened_at, "notification_date")
        _check_texts(self, "notification_id", "lead_id", "phone", "digit", "status", "call_uuid")
        _check_text(self.campaign_name, "ivr_campaign_name", longest=None)

    @property
    def answered(self) -> bool:
        return described(self.status) in ANSWERED

    @property
    def lookup_phone(self) -> str:
        """The phone by which the list is asked whose it is."""
        return self.bare or self.phone


class Ping(Struct, frozen=True):
    """A request without a notification: an empty body, or `{}`. The provider sends one while it creates a campaign."""


class Unreadable(Struct, frozen=True):
    """A body that is no notification, as it came, and why it is none."""

    raw: bytes
    reason: Reason


class CallRecord(Struct, frozen=True):
    """One call of a campaign from the provider's call list. Moments are aware; ValueError as by Notification."""

    phone: str
    status: str
    started_at: dt.datetime
    ended_at: dt.datetime | None
    talk_seconds: int
    call_uuid: str = ""

    def __post_init__(self) -> None:
        _check_moment(self.started_at, "start_stamp")
        if self.ended_at is not None:
            _check_moment(self.ended_at, "end_stamp")
        if not 0 <= self.talk_seconds <= LARGEST_INTEGER:
            raise ValueError("talk_duration")
        _check_texts(self, "phone", "status", "call_uuid")

    @property
    def id(self) -> str:
        """An ID of the call, however often its record is fetched."""
        return self.call_uuid or f"{self.phone}/{self.started_at.astimezone(dt.UTC).isoformat()}"


def is_call_uuid(text: str) -> bool:
    """Whether a call can be asked for by it: notifications bring whatever somebody sent, and it stands in an address.
    """
    return _CALL_UUID.fullmatch(text) is not None


def _check_texts(whose: object, *names: str) -> None:
    for name in names:
        _check_text(getattr(whose, name), name, longest=LONGEST_TEXT)


def _check_text(text: str, name: str, *, longest: int | None) -> None:
    if longest is not None and len(text) > longest:
        raise ValueError(name)
    if "\0" in text:
        raise ValueError(name)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise ValueError(name) from None


def _check_moment(moment: dt.datetime, name: str) -> None:
    # Far from the calendar's ends, so that it can be written in UTC, in four digits of a year.
    if moment.tzinfo is None or not _FIRST_YEAR <= moment.year < dt.MAXYEAR:
        raise ValueError(name)


@dataclass(frozen=True, slots=True)  # a Struct compares every field
class Attempt:
    """One call of a number, known from a notification, a call record or both."""

    id: str
    at: dt.datetime
    status: str  # its description, where a code came
    digit: str = ""  # never known from a record
    talk_seconds: int | None = None  # only known from a record
    source: ResultSource = ResultSource.WEBHOOK
    call_uuid: str = field(default="", compare=False)  # by which it is found elsewhere; what it is doesn't hang on it
    lead_id: str = field(default="", compare=False)  # only known from a notification; no part of what it is

    @property
    def answered(self) -> bool:
        return self.status in ANSWERED

    @property
    def order(self) -> Order:
        # Ids are counted up: of two of one moment the longer is the later, as 10 is after 9.
        return self.at, len(self.id), self.id


Order = tuple[dt.datetime, int, str]


def attempt_of(notification: Notification) -> Attempt:
    """The call that a notification is about; its status in words where it came as a code."""
    return Attempt(notification.notification_id, notification.happened_at, described(notification.status),
                   notification.digit, call_uuid=notification.call_uuid, lead_id=notification.lead_id)


def has_recording(call: Attempt, *, records: bool, said: bool | None = None) -> bool:
    """Whether a call has a recording that can be fetched: as the provider `said` of it, where it was asked.

    Else where it was answered, by a campaign that `records` (docs/provider.md, "Recordings").
    """
    return is_call_uuid(call.call_uuid) and (said if said is not None else records and call.answered)


class NumberResult(Struct, frozen=True):
    """What is known of one number: folded from its attempts, in any order, each of them once."""

    attempts: int
    answered: bool
    last: Order
    status: str  # the last attempt's
    digit: str  # of the last answered attempt that has one, else of the last that has one; "" where none has
    digit_from: tuple[bool, Order] | None  # answered?, and which attempt
    talk_seconds: int | None  # in all its calls, as far as there are records
    source: ResultSource

    @classmethod
    def of(cls, attempt: Attempt) -> NumberResult:
        return cls(attempts=1, answered=attempt.answered, last=attempt.order, status=attempt.status,
                   digit=attempt.digit, digit_from=(attempt.answered, attempt.order) if attempt.digit else None,
                   talk_seconds=attempt.talk_seconds, source=attempt.source)

    def and_(self, other: NumberResult) -> NumberResult:
        """What is known of a number of which both are known. Neither order nor grouping matters."""
        last = max(self, other, key=lambda result: result.last)
        pressed_ = [result for result in (self, other) if result.digit_from is not None]
        digit = max(pressed_, key=lambda result: result.digit_from or (False, result.last), default=self)
        talked = [result.talk_seconds for result in (self, other) if result.talk_seconds is not None]
        return NumberResult(
            attempts=self.attempts + other.attempts, answered=self.answered or other.answered, last=last.last,
            status=last.status, digit=digit.digit, digit_from=digit.digit_from,
            talk_seconds=sum(talked) if talked else None,
            source=self.source if self.source is other.source else ResultSource.BOTH)

    def final(self, retries: int | None) -> bool:
        """Whether it is sure that the number isn't called any more.

        `retries`: the campaign's *call_retries*; None: not known, as the provider's own number holds.
        """
        return (self.answered or self.status in HOPELESS
                or (retries is not None and self.attempts > retries))


def result_of(attempts: Iterable[Attempt]) -> NumberResult | None:
    """What is known from several attempts of one number, each given once; None without any."""
    results = [NumberResult.of(attempt) for attempt in attempts]
    return reduce(NumberResult.and_, results) if results else None


def attempts_of(notifications: Iterable[Attempt], uuids: Mapping[str, str],
                records: Iterable[CallRecord]) -> list[Attempt]:
    """The calls of one number, from its notifications and call records; one that is in both is one call.

    `uuids`: the notifications' ids → call_uuid, where it is known. First what has the same call_uuid goes together,
    then what lies closest in time, up to SAME_CALL_WITHIN. The notification's status stands, and only it knows the
    digit; only the record knows the talk time.
    """
    known = {attempt.id: attempt for attempt in notifications}
    listed = {record.id: record for record in records}
    pairs = sorted((not _same_uuid(uuids.get(attempt.id, ""), record), _apart(attempt.at, record), attempt.order,
                    record.id, attempt.id)
                   for attempt in known.values() for record in listed.values()
                   if _same_uuid(uuids.get(attempt.id, ""), record) or _apart(attempt.at, record) <= SAME_CALL_WITHIN)
    for *_, record_id, attempt_id in pairs:
        if record_id in listed and known[attempt_id].source is ResultSource.WEBHOOK:
            record = listed.pop(record_id)
            attempt = known[attempt_id]
            known[attempt_id] = replace(attempt, talk_seconds=record.talk_seconds, source=ResultSource.BOTH,
                                       call_uuid=attempt.call_uuid or record.call_uuid)
    return [*known.values(), *(_recorded(record) for record in listed.values())]


def _same_uuid(call_uuid: str, record: CallRecord) -> bool:
    return bool(call_uuid) and call_uuid == record.call_uuid


def _apart(at: dt.datetime, record: CallRecord) -> dt.timedelta:
    """How far a moment is from the call; nothing while it lasts."""
    return max(record.started_at - at, at - (record.ended_at or record.started_at), dt.timedelta())


def _recorded(record: CallRecord) -> Attempt:
    return Attempt(record.id, record.ended_at or record.started_at, described(record.status),
                   talk_seconds=record.talk_seconds, source=ResultSource.RECORDS, call_uuid=record.call_uuid)
