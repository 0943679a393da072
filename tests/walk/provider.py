"""The provider, in every mood it may have; and who was asked before anything was sent that matters."""

from __future__ import annotations

import asyncio
import itertools
import json
import random
from collections.abc import AsyncIterator, Callable, Collection
from dataclasses import dataclass
from functools import partial
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

import httpx

MOODS: Final = ("well", "slow", "fails", "cuts", "garbage", "mixed")
_ACCOUNT: Final[dict[str, object]] = {
    "/caller_ids": ["902129630131", "902129630132"],
    "/announcements": [{"id": 128, "name": "Zub"}, {"id": 421, "name": "Kvok [/x]"}, {"id": 428, "name": "Zub 2"}],
    "/queues": [{"number": 200, "name": "Vlim"}, {"number": 201, "name": "Qorf"}],
    "/user_statuses": [{"user": 1000, "status": "AVAILABLE"}, {"user": 1001, "status": "TALKING"}],
    "/agent_statuses": [{"agent": "1000", "status": "AVAILABLE", "queues": ["201"]}],
    "/blocked_numbers": {"blocked_numbers": [{"id": 1, "number": "905321230001", "direction": "outbound"},
                                             {"id": 2, "number": "905321230003", "direction": "inbound"},
                                             {"id": 3, "number": "905321230004"}],
                         "pagination": {"page": 1, "total_count": 3, "total_pages": 1, "limit": 100}},
    "/cdrs": {"cdrs": [], "pagination": {"page": 1, "total_count": 0, "total_pages": 0, "limit": 100}},
}
_CALL: Final = {"cdr": {"call_uuid": "u", "queue": "201", "queue_wait_seconds": 7, "recording_present": "true"},
                "call_flow": [{"destination_number": "1001", "destination_name": "Qorf [/x]",
                               "answer_stamp": "2026-11-25 11:59:20 +0300"}]}
_SOUND: Final = b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(99)
BLOCKED: Final = frozenset({"905321230001", "905321230004"})  # whom the account calls not, or perhaps not
_GARBAGE: Final = (b"", b"\x00\xff\xfe", b"<html><body>Bad gateway</body></html>", b"{", b"[[[[", b"null", b"-1",
                   b"[1,2]", b'{"error": "[/x] \x1b[31m"}', b"9" * 5_000, b"[{}]", "ğ".encode("cp1254"))
_STATUSES: Final = (400, 401, 403, 404, 422, 429, 500, 502, 503, 504)


@dataclass(frozen=True)
class Confirmed:
    """What a person has confirmed. `act` is `POST`, `test`, `DELETE`, `PATCH on` or `PATCH off`.

    `about`: the name of the campaign to be made, the number to be tested, or the path of the campaign; "": whichever.
    `twin`: that it is the second was typed. `refused`: that they are called who must not be was typed; `unknown`: that
    it isn't known who has agreed.
    """

    act: str
    about: str = ""
    twin: bool = False
    refused: bool = False
    unknown: bool = False


class ProviderDouble:
    """Answers as its mood is. `confirmed` is what was confirmed and not yet sent.

    `on_list`: which of some numbers a profile must not call, as the program keeps them. `agreed`: who has agreed to
    commercial calls; None where nothing is known of that.
    """

    agreed: Callable[[str, Collection[str]], Collection[str] | None] = staticmethod(lambda _profile, phones: phones)

    on_list: Callable[[str, Collection[str]], Collection[str]] = staticmethod(lambda _profile, _phones: ())

    def __init__(self, dice: random.Random, tell: Callable[[str], None]) -> None:
        self.mood = "well"
        self.confirmed: list[Confirmed] = []
        self.made: dict[tuple[str, str], str] = {}  # profile and request → the path of the campaign it has made
        self.denied: set[str] = set()  # profiles that were told that there is no list of blocked numbers
        self.taken_off: set[str] = set()  # from the do-not-call list, each with a reason that was typed
        self.repeatable: set[tuple[str, str]] = set()  # the same act on the same path, until another is done to it
        self._dice = dice
        self._tell = tell
        self._ids = itertools.count(40_000)

    def of(self, profile: str) -> Callable[[httpx.Request], Any]:
        """What answers the requests of a profile."""
        return partial(self.answer, profile)

    async def answer(self, profile: str, request: httpx.Request) -> httpx.Response:
        await request.aread()
        path = urlsplit(str(request.url)).path.removesuffix(".json")
        if path.startswith("/recording_url"):
            pass  # nobody is telephoned by it
        elif request.method == "POST":
            self._account_for_calls(profile, request.content)
        elif request.method != "GET":
            self._account_for(request.method, path, request.content)
        mood = self.mood if self.mood != "mixed" else self._dice.choice(MOODS[:5])
        if mood == "slow":
            await asyncio.sleep(self._dice.choice((0.05, 0.5, 3.0, 40.0)))
        else:
            await asyncio.sleep(self._dice.choice((0.0, 0.01, 0.1)))
        response = self._give(mood, request, path)
        if path == "/blocked_numbers" and response.status_code in (403, 404):
            self.denied.add(profile)
        if "made" in response.extensions:
            self.made[profile, _same(request.content)] = f"/ivr_campaigns/{response.extensions['made']}"
        return response

    def _take(self, act: str, about: str) -> Confirmed | None:
        """A confirmation, which counts once."""
        for one in self.confirmed:
            if one.act == act and one.about in ("", about):
                self.confirmed.remove(one)
                return one
        return None

    def _account_for_calls(self, profile: str, content: bytes) -> None:
        """Who is telephoned was asked for, once; and nobody who said no but by what was typed."""
        body = json.loads(content)
        phones = [row["phone"] for row in body["phone_list"]]
        if len(phones) == 1 and self._take("test", phones[0]) is not None:
            return
        confirmed = self._take("POST", body["name"])
        if confirmed is None:
            self._tell("unasked: POST")
            return
        refused = set(self.on_list(profile, phones)) | (set() if profile in self.denied else BLOCKED & set(phones))
        if refused and not confirmed.refused:
            self._tell(f"called against a no: {sorted(refused)}")
        if body.get("is_commercial"):
            self._account_for_consents(self.agreed(profile, phones), phones, confirmed)
        if (profile, _same(content)) in self.made and not confirmed.twin:
            self._tell("made twice, and the second was not typed")

    def _account_for_consents(self, agreed: Collection[str] | None, phones: Collection[str],
                              confirmed: Confirmed) -> None:
        if agreed is None and not confirmed.unknown:
            self._tell("called without any consents, and that was not typed")
        if agreed is not None and (without := set(phones) - set(agreed)):
            self._tell(f"called without consent: {sorted(without)}")

    def _account_for(self, method: str, path: str, content: bytes) -> None:
        status = parse_qs(content.decode("utf-8", "replace")).get("status", [""])[0] if method == "PATCH" else ""
        act = f"{method} {status}".rstrip()
        if self.mood != "well":
            self._forget(path)
        if (act, path) in self.repeatable:
            return  # tried again
        if self._take(act, path) is None:
            self._tell(f"unasked: {act} {path}")
        self.repeatable = {one for one in self.repeatable if one[1] != path} | {(act, path)}
        if method == "DELETE":
            self._forget(path)

    def _forget(self, path: str) -> None:
        """What it was made by may be made again: nobody can be sure that it is there."""
        self.made = {request: made for request, made in self.made.items() if made != path}

    def _give(self, mood: str, request: httpx.Request, path: str) -> httpx.Response:
        dice = self._dice
        if mood == "fails":
            headers = dice.choice(({}, {"Retry-After": "2"}, {"Retry-After": "zzz"}))
            return _streamed(httpx.Response(dice.choice(_STATUSES), text="[/x] qqq", headers=headers))
        if mood == "cuts":
            error = dice.choice((httpx.ConnectError, httpx.ReadTimeout, httpx.WriteError, httpx.RemoteProtocolError,
                                 httpx.ConnectTimeout, httpx.PoolTimeout, None))
            if error is not None:
                raise error("cut", request=request)
            return httpx.Response(200, stream=_Cut())
        if mood == "garbage":
            return _streamed(httpx.Response(200, content=dice.choice(_GARBAGE)))
        return self._well(request, path)

    def _well(self, request: httpx.Request, path: str) -> httpx.Response:
        if path.startswith("/recording_url"):
            return _streamed(httpx.Response(200, text="https://files.example.com/recording/Zub"))
        if path.startswith("/recording/"):
            return _streamed(httpx.Response(200, content=_SOUND, headers={"Content-Type": "audio/x-wav"}))
        if path.startswith("/cdrs/"):
            return _streamed(httpx.Response(200, json=_CALL))
        if request.method == "POST":
            made = next(self._ids)
            response = _streamed(httpx.Response(200, text=str(made)))
            response.extensions["made"] = made
            return response
        if request.method == "GET":
            return _streamed(httpx.Response(200, json=_ACCOUNT.get(path, [])))
        return _streamed(httpx.Response(200, text="OK"))


class _Cut(httpx.AsyncByteStream):
    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield b"[{"
        raise httpx.ReadError("cut")


def _same(content: bytes) -> str:
    """A request without what is new in each."""
    return json.dumps({name: value for name, value in json.loads(content).items() if name != "webhook_url"},
                      sort_keys=True)


def _streamed(response: httpx.Response) -> httpx.Response:
    """With a body that is still to be read, as one that comes from a connection."""
    return httpx.Response(response.status_code, headers=response.headers, stream=httpx.ByteStream(response.content))
