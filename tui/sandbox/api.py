"""The provider's API as its documents describe it: campaigns and look-ups, with its words for what it refuses."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import re
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from tui.campaign.dates import ISTANBUL
from tui.core.secret import Secret
from tui.core.whole_number import whole_number
from tui.sandbox import account
from tui.sandbox.checks import Refused, read_block, read_plan
from tui.sandbox.clock import SandboxClock
from tui.sandbox.dialer import Call, Dialer
from tui.sandbox.gate import REFUSE_WEBHOOK
from tui.sandbox.limits import Limited, Limits
from tui.sandbox.recordings import Recordings, is_recorded, sound
from tui.sandbox.results import FORM, STAMP, call_flow, call_record
from tui.sandbox.webhooks import Webhooks

_STAMP: Final = re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2} UTC", re.ASCII)
_MAX_DAYS: Final = dt.timedelta(days=31)
_MAX_CALLS_KEPT: Final = 100_000

_Lookup = Callable[[Request], object]  # gives what is sent as JSON


class Api:
    """The routes. `on_change` is called when there may be something new to dial."""

    def __init__(self, key: Secret, dialer: Dialer, webhooks: Webhooks, clock: SandboxClock, *, first_id: int,
                 on_change: Callable[[], None]) -> None:
        self._key = key
        self._dialer = dialer
        self._webhooks = webhooks
        self._clock = clock
        self._limits = Limits(clock.monotonic)
        self._ids = itertools.count(first_id)
        self._on_change = on_change
        self._calls: deque[Call] = deque(maxlen=_MAX_CALLS_KEPT)
        self._recordings = Recordings(clock.monotonic)
        self._refused_for_limit = 0
        self._blocked = account.BlockedNumbers()

    def keep(self, call: Call) -> None:
        """A call that ended: from now on it is in the call list."""
        self._calls.append(call)

    def app(self) -> Starlette:
        lookups: dict[str, tuple[_Lookup, Limited | None]] = {
            "/announcements": (self._announcements, None),
            "/queues": (self._queues, Limited.QUEUES),
            "/caller_ids": (self._caller_ids, None),
            "/user_statuses": (self._user_statuses, Limited.STATUSES),
            "/agent_statuses": (self._agent_statuses, Limited.STATUSES),
            "/cdrs": (self._cdrs, Limited.CALL_RECORDS),
            "/blocked_numbers": (self._blocked_numbers, None),
        }
        app = Starlette(routes=[
            Route("/ivr_campaigns.json", self._create, methods=["POST"]),
            Route("/blocked_numbers", self._block, methods=["POST"]),
            Route("/ivr_campaigns/{campaign_id:int}", self._switch, methods=["PATCH"]),
            Route("/ivr_campaigns/{campaign_id:int}", self._delete, methods=["DELETE"]),
            Route("/cdrs/{call_uuid}", self._lookup(self._cdr, Limited.CALL_RECORDS), methods=["GET"]),
            Route("/recording_url/", self._recording_url, methods=["POST"]),
            Route("/recording/{token}", self._recording, methods=["GET"]),
            *(Route(path, self._lookup(*lookup), methods=["GET"]) for path, lookup in lookups.items()),
        ])
        app.router.redirect_slashes = False
        return app

    async def _create(self, request: Request) -> Response:
        fields = _json_object(request, await request.body())
        if fields is None:
            return _plain("INVALID_JSON", 400)
        if refusal := self._refusal(fields.get("key", ""), Limited.CAMPAIGNS):
            return refusal
        try:
            plan = read_plan(fields, self._clock.now().astimezone(ISTANBUL).date())
        except Refused as refused:
            return _plain(str(refused), 400)
        if plan.webhook_url and not await self._accepted(plan.webhook_url, request):
            return _plain("webhook_url did not return 200", 400)
        campaign_id = next(self._ids)
        self._dialer.add(campaign_id, plan, self._clock.now())
        self._on_change()
        return PlainTextResponse(str(campaign_id))

    async def _accepted(self, webhook_url: str, request: Request) -> bool:
        if request.scope.get("state", {}).get(REFUSE_WEBHOOK):
            return False
        return await self._webhooks.accepts(webhook_url)

    async def _block(self, request: Request) -> Response:
        fields = _json_object(request, await request.body())
        if fields is None:
            return _plain("INVALID_JSON", 400)
        if refusal := self._refusal(fields.get("key", ""), None):
            return refusal
        try:
            number, direction = read_block(fields)
        except Refused as refused:
            return _plain(str(refused), 400)
        made = self._blocked.add(number, direction)
        return _plain("number has already been taken", 400) if made is None else PlainTextResponse(str(made))

    async def _switch(self, request: Request) -> Response:
        form = parse_qs((await request.body()).decode("utf-8", "replace"))
        if refusal := self._refusal(form.get("key", [""])[0], Limited.CAMPAIGNS):
            return refusal
        status = form.get("status", [""])[0]
        if status not in ("on", "off"):
            return PlainTextResponse("status is not included in the list", 400)
        campaign_id = request.path_params["campaign_id"]
        return self._done(campaign_id, found=self._dialer.switch(campaign_id, self._clock.now(), on=status == "on"))

    async def _delete(self, request: Request) -> Response:
        if refusal := self._refusal(request.query_params.get("key", ""), Limited.CAMPAIGNS):
            return refusal
        campaign_id = request.path_params["campaign_id"]
        return self._done(campaign_id, found=self._dialer.delete(campaign_id))

    def _done(self, campaign_id: int, *, found: bool) -> Response:
        if not found:
            return PlainTextResponse(f"Cannot find ivr_campaign with ID {campaign_id}", 400)
        self._on_change()
        return PlainTextResponse("OK")

    def _refusal(self, key: object, limited: Limited | None, wrong_key: int = 400) -> Response | None:
        """The answer to a wrong key, with the key in it as the provider does, or to one request too many."""
        if key != self._key.reveal():
            return _plain(f"Gecersiz anahtar: {key}", wrong_key)
        seconds = self._limits.wait(limited) if limited else 0
        if not seconds:
            return None
        # "A 429 may come without Retry-After": every other one does.
        self._refused_for_limit += 1
        headers = {"Retry-After": str(seconds)} if self._refused_for_limit % 2 else {}
        return PlainTextResponse("Too Many Requests", 429, headers)

    def _lookup(self, answer: _Lookup, limited: Limited | None) -> Callable[[Request], Awaitable[Response]]:
        async def endpoint(request: Request) -> Response:
            # The provider answers a wrong key with 400 or with 401: look-ups take the other.
            if refusal := self._refusal(request.query_params.get("key", ""), limited, wrong_key=401):
                return refusal
            try:
                return JSONResponse(answer(request))
            except Unknown as unknown:
                return _plain(str(unknown), 404)
            except Refused as refused:
                return _plain(str(refused), 400)

        return endpoint

    def _announcements(self, _: Request) -> object:
        return account.announcements()

    def _queues(self, _: Request) -> object:
        return account.queues()

    def _caller_ids(self, _: Request) -> object:
        return list(account.CALLER_IDS)

    def _user_statuses(self, _: Request) -> object:
        return account.user_statuses()

    def _agent_statuses(self, request: Request) -> object:
        return account.agent_statuses(request.query_params.get("queue", ""))

    def _blocked_numbers(self, request: Request) -> object:
        rows, pagination = _page(self._blocked.listed(_direction(request, "inbound")), request)
        return {"blocked_numbers": rows, "pagination": pagination}

    def _cdrs(self, request: Request) -> object:
        begin, end = _stamp(request, "start_stamp_from"), _stamp(request, "start_stamp_to")
        if not dt.timedelta() <= end - begin <= _MAX_DAYS:
            raise Refused("start_stamp_to must be within 31 days after start_stamp_from")
        direction = _direction(request, "outbound")
        calls = sorted((call for call in self._calls if direction == "outbound" and begin <= call.began <= end),
                       key=lambda call: call.began)
        page, pagination = _page(calls, request)
        return {"cdrs": [call_record(call) for call in page], "pagination": pagination}


    def _cdr(self, request: Request) -> object:
        return call_flow(self._call(request.path_params["call_uuid"]))

    def _call(self, call_uuid: str) -> Call:
        """The call of this ID that has ended. Unknown."""
        found = next((call for call in self._calls if call.fate.call_uuid == call_uuid), None)
        if found is None:
            raise Unknown(f"cannot find call with call_uuid {call_uuid}")
        return found

    async def _recording_url(self, request: Request) -> Response:
        """Where a recording lies, for an hour."""
        form = _form(request, await request.body())
        if refusal := self._refusal(form.get("key", ""), Limited.RECORDINGS):
            return refusal
        if form.keys() != {"key", "call_uuid"}:
            return PlainTextResponse("call_uuid is missing", 400)
        try:
            call = self._call(form["call_uuid"])
        except Unknown as unknown:
            return _plain(str(unknown), 400)
        if not is_recorded(call):
            return _plain(f"cannot find recording of call with call_uuid {call.fate.call_uuid}", 400)
        return PlainTextResponse(f"{request.base_url}recording/{self._recordings.token(call)}")

    async def _recording(self, request: Request) -> Response:
        """It is fetched from elsewhere: whoever sends a key there has given it away."""
        if request.url.query or {"authorization", "cookie", "referer"} & set(request.headers.keys()):
            return PlainTextResponse("Bad Request", 400)
        try:
            call = self._recordings.find(request.path_params["token"])
        except KeyError:
            return PlainTextResponse("Not Found", 404)
        if call is None:
            return PlainTextResponse("Request has expired", 403)
        return Response(sound(call), media_type="audio/x-wav")


class Unknown(Refused):
    """What is asked for isn't there."""


def _form(request: Request, body: bytes) -> dict[str, str]:
    """The fields of a form, each given once; none of a body that is said to be something else."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM:
        return {}
    found = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)
    return {name: values[0] for name, values in found.items() if len(values) == 1}


def _plain(text: str, status: int) -> Response:
    # What was sent may hold half of a surrogate pair, which JSON can write and UTF-8 cannot.
    return PlainTextResponse(text.encode("utf-8", "replace"), status)


def _json_object(request: Request, body: bytes) -> dict[str, Any] | None:
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        return None
    try:
        found = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _direction(request: Request, default: str) -> str:
    direction = request.query_params.get("direction", default)
    if direction not in ("inbound", "outbound"):
        raise Refused("direction is not included in the list")
    return direction


def _stamp(request: Request, name: str) -> dt.datetime:
    text = request.query_params.get(name, "")
    if not _STAMP.fullmatch(text):
        raise Refused(f"{name} is invalid")
    try:
        return dt.datetime.strptime(text, f"{STAMP} UTC").replace(tzinfo=dt.UTC)
    except ValueError:
        pass
    raise Refused(f"{name} is invalid")


def _page(rows: Sequence[Any], request: Request) -> tuple[Sequence[Any], dict[str, int]]:
    limit = _query_number(request, "limit", default=100, minimum=10, maximum=100)
    page = _query_number(request, "page", default=1, minimum=1, maximum=10**9)
    pagination = {"page": page, "total_count": len(rows), "total_pages": -(-len(rows) // limit), "limit": limit}
    return rows[(page - 1) * limit : page * limit], pagination


def _query_number(request: Request, name: str, *, default: int, minimum: int, maximum: int) -> int:
    number = whole_number(request.query_params.get(name, str(default)))
    if number is None or not minimum <= number <= maximum:
        raise Refused(f"{name} must be between {minimum} and {maximum}")
    return number
