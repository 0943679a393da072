"""The body of a request to the webhook (docs/provider.md, "Notifications")."""

from __future__ import annotations

import codecs
import datetime as dt
import json
import re
import unicodedata
from typing import Final
from urllib.parse import unquote

from tui.campaign.dates import read_moment
from tui.campaign.phone import BadPhone, wire_phone
from tui.campaign.results import LONGEST_TEXT, Notification, Ping, Unreadable
from tui.core.reason import Reason
from tui.core.whole_number import whole_number

# A notification has ten fields; what has a hundred is no notification, and would only take time to read.
MAX_FIELDS: Final = 100
_LONGEST_SHOWN: Final = 40
_PINGS: Final = frozenset({b"", b"{}"})
_BARE: Final = re.compile(r"[2-9][0-9]{9}")
_OURS: Final = re.compile(r"90[2-9][0-9]{9}")
_ID_DIGITS: Final = 16
_TURKISH: Final = "cp1254"  # of what is no UTF-8; some of its bytes mean nothing, and then nobody knows what it is
_OWN_FIELDS: Final = frozenset({"notification_id", "notification_date", "ivr_campaign_id", "ivr_campaign_name",
                                "ivr_lead_id", "phone", "digit", "status", "call_uuid"})
_WIRE_NAMES: Final = {"lead_id": "ivr_lead_id"}


class _CannotRead(Exception):
    """`reason` is why a body is no notification."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code)
        self.reason = Reason(code, params)


def read(body: bytes) -> Notification | Ping | Unreadable:
    """What a body says, whatever its content type says and in whatever order its fields stand.

    A form, percent-encoded or raw, as the provider's document shows it. Ours: a JSON object with the same fields is
    read too, and what is no UTF-8 as Windows-1254. Fields that are not documented are kept in `extra`.
    """
    content = body.removeprefix(codecs.BOM_UTF8).strip()
    if content in _PINGS:
        return Ping()
    try:
        return _notification(_fields(content))
    except _CannotRead as why:
        return Unreadable(body, why.reason)


def _fields(body: bytes) -> dict[str, str]:
    if body.startswith(b"{"):
        return _members(body)
    if b"=" not in body:
        raise _CannotRead("receiver.unreadable.no_form")
    if body.count(b"&") >= MAX_FIELDS:
        raise _CannotRead("receiver.unreadable.too_many_fields", count=body.count(b"&") + 1, most=MAX_FIELDS)
    try:
        text = _decoded(body).strip("&")
        # A body that has blanks as they are writes none as a plus: there a plus is one.
        raw = " " in text
        if not raw:
            text = text.replace("+", " ")
        return _paired(text, raw=raw)
    except UnicodeDecodeError:
        raise _CannotRead("receiver.unreadable.not_utf8") from None


def _decoded(body: bytes) -> str:
    """UnicodeDecodeError where it is neither."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return body.decode(_TURKISH)


def _members(body: bytes) -> dict[str, str]:
    """Those of a JSON object, each as its text; null is an empty one."""
    def paired(pairs: list[tuple[str, object]]) -> dict[str, object]:
        found: dict[str, object] = {}
        for name, value in pairs:
            if name in _OWN_FIELDS and found.get(name, value) != value:
                raise _CannotRead("receiver.unreadable.field_twice", field=name)
            found[name] = value
        return found

    try:
        members = json.loads(_decoded(body), object_pairs_hook=paired)
    except UnicodeDecodeError:
        raise _CannotRead("receiver.unreadable.not_utf8") from None
    except (ValueError, RecursionError):
        raise _CannotRead("receiver.unreadable.no_form") from None
    if len(members) > MAX_FIELDS:
        raise _CannotRead("receiver.unreadable.too_many_fields", count=len(members), most=MAX_FIELDS)
    return {name.strip(): _member(value) for name, value in members.items()}


def _member(value: object) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return json.dumps(value, ensure_ascii=False)


def _unescaped(text: str, *, raw: bool) -> str:
    if "%" not in text:
        return text
    try:
        return unquote(text, errors="strict")
    except UnicodeDecodeError:
        if raw:  # a campaign named “%90 indirim”, unescaped
            return text
        return unquote(text, encoding=_TURKISH, errors="strict")


def _paired(text: str, *, raw: bool) -> dict[str, str]:
    found: dict[str, str] = {}
    last = ""
    for piece in text.split("&"):
        name, equals, value = piece.partition("=")
        if not equals and raw and last:
            found[last] += f"&{_unescaped(piece, raw=raw)}"  # a campaign named “Ali & Veli”, unescaped
            continue
        if not piece:
            continue
        last = _unescaped(name, raw=raw).strip()
        given = _unescaped(value, raw=raw)
        if last in _OWN_FIELDS and found.get(last, given) != given:
            raise _CannotRead("receiver.unreadable.field_twice", field=last)
        found[last] = given
    return found


def _notification(fields: dict[str, str]) -> Notification:
    campaign_id = fields.get("ivr_campaign_id", "").strip()
    notification_id, phone = _required(fields, "notification_id"), _phone(_required(fields, "phone"))
    try:
        return Notification(
            notification_id=notification_id,
            campaign_id=_integer(campaign_id, "ivr_campaign_id") if campaign_id else None,
            campaign_name=fields.get("ivr_campaign_name", ""), lead_id=fields.get("ivr_lead_id", "").strip(),
            phone=phone, bare=_bare(fields["phone"].strip(), phone), digit=fields.get("digit", "").strip(),
            status=unicodedata.normalize("NFC", _required(fields, "status")),
            happened_at=_moment(_required(fields, "notification_date")), call_uuid=fields.get("call_uuid", "").strip(),
            extra={name: value for name, value in fields.items() if name not in _OWN_FIELDS})
    except ValueError as wrong:
        name = _WIRE_NAMES.get(str(wrong), str(wrong))
        raise _bad_field(name, fields.get(name, "")) from None


def _required(fields: dict[str, str], name: str) -> str:
    text = fields.get(name, "").strip()
    if not text:
        raise _CannotRead("receiver.unreadable.missing", field=name)
    return text


def _integer(text: str, name: str) -> int:
    number = whole_number(text, _ID_DIGITS)
    if number is None:
        raise _bad_field(name, text)
    return number


def _phone(typed: str) -> str:
    if _OURS.fullmatch(typed):  # as the provider writes it
        return typed
    try:
        return wire_phone(typed) if len(typed) <= LONGEST_TEXT else typed
    except BadPhone:
        return typed


def _bare(typed: str, phone: str) -> str:
    """The number as it came, where it may as well be a number abroad without its 00; "" else."""
    return typed if _BARE.fullmatch(typed) and typed != phone else ""


def _moment(text: str) -> dt.datetime:
    """`2017-05-10 13:18:56 UTC`. Ours: without a zone it is UTC too; another one is believed."""
    try:
        return read_moment(text, default_zone=dt.UTC)
    except (ValueError, OverflowError):
        raise _bad_field("notification_date", text) from None


def _bad_field(name: str, text: str) -> _CannotRead:
    shown = text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN - 1]}…"
    return _CannotRead("receiver.unreadable.bad_field", field=name, value=shown)
