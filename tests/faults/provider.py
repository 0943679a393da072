"""A provider in a thread of its own that remembers what it was asked as a whole, and what it answered."""

from __future__ import annotations

import itertools
import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

KEY = "K12345678-1234-5678-4321-123456789012"


@dataclass
class Double:
    """What is at the provider: campaigns by ID, and whether each is on."""

    url: str = ""
    campaigns: dict[int, bool] = field(default_factory=dict)
    created: list[dict[str, Any]] = field(default_factory=list)  # each whole create request
    on_at_create: list[int] = field(default_factory=list)  # which were on when one was created
    heard: threading.Event = field(default_factory=threading.Event)  # that there is one
    blocked: list[str] = field(default_factory=list)  # numbers, each as often as it was blocked
    asked: list[str] = field(default_factory=list)  # each number that was to be blocked; "?": the list was looked at
    trouble: list[str] = field(default_factory=list)  # what befalls the next requests about numbers; "": nothing
    wrong: list[str] = field(default_factory=list)  # what the provider's document doesn't know
    _ids: Iterator[int] = field(default_factory=lambda: itertools.count(1001))
    _turns: threading.Lock = field(default_factory=threading.Lock)

    def create(self, body: bytes) -> tuple[int, str]:
        try:
            request = json.loads(body)
        except ValueError:
            return 400, "INVALID_JSON"
        if request.pop("key", None) != KEY or not request.get("phone_list"):
            self.wrong.append("create")
            return 400, "name can't be blank"
        with self._turns:
            self.created.append(request)
            self.on_at_create += [campaign for campaign, on in self.campaigns.items() if on]
            made = next(self._ids)
            self.campaigns[made] = True
        self.heard.set()
        return 200, str(made)

    def switch(self, campaign: int, body: bytes) -> tuple[int, str]:
        asked = parse_qs(body.decode())
        if asked.get("key") != [KEY] or asked.get("status") not in (["on"], ["off"]):
            self.wrong.append("switch")
            return 400, "wrong"
        if campaign not in self.campaigns:
            return 400, f"Cannot find ivr_campaign with ID {campaign}"
        self.campaigns[campaign] = asked["status"] == ["on"]
        return 200, "OK"

    def delete(self, campaign: int) -> tuple[int, str]:
        if self.campaigns.pop(campaign, None) is None:
            return 400, f"Cannot find ivr_campaign with ID {campaign}"
        return 200, "OK"

    def block(self, body: bytes) -> tuple[int, str]:
        request = json.loads(body)
        if request.pop("key", None) != KEY or request.get("direction") != "outbound":
            self.wrong.append("block")
            return 400, "wrong"
        with self._turns:
            self.asked.append(request["number"])
            self.blocked.append(request["number"])
            return 200, str(next(self._ids))

    def list_blocked(self) -> tuple[int, str]:
        with self._turns:
            self.asked.append("?")
            rows = [{"number": number, "direction": "outbound"} for number in dict.fromkeys(self.blocked)]
        pages = {"page": 1, "total_count": len(rows), "total_pages": 1, "limit": 100}
        return 200, json.dumps({"blocked_numbers": rows, "pagination": pages})

    def answer(self, method: str, path: str, body: bytes) -> tuple[int, str] | None:
        """The status and text of an answer; None where nobody hears of it."""
        match method:
            case _ if path == _BLOCKED:
                return self._about_numbers(method, body)
            case "POST" if path == "/ivr_campaigns.json":
                return self.create(body)
            case "PATCH":
                return self.switch(int(path.rpartition("/")[2]), body)
            case "DELETE":
                return self.delete(int(path.rpartition("/")[2]))
            case _:
                self.wrong.append(f"{method} {path}")
                return 404, "what"

    def _about_numbers(self, method: str, body: bytes) -> tuple[int, str] | None:
        with self._turns:
            trouble = self.trouble.pop(0) if self.trouble else ""
        if trouble in _BEFORE:
            return _BEFORE[trouble]
        answer = self.block(body) if method == "POST" else self.list_blocked()
        return _AFTER.get(trouble, answer)


_BLOCKED = "/blocked_numbers"
# What may befall a request about numbers: before the provider has done anything, and after.
_BEFORE: Mapping[str, tuple[int, str] | None] = {
    "429": (429, "not now"), "500": (500, "oops"), "403": (403, "no"), "cut": None}
_AFTER: Mapping[str, tuple[int, str] | None] = {"500-after": (500, "oops"), "lost": None}


@contextmanager
def provider() -> Iterator[Double]:
    double = Double()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 20

        def _answer(self) -> None:
            length = int(self.headers.get("Content-Length", "0"))
            body = self.rfile.read(length)
            if len(body) < length:  # it was cut off before its end: nobody can carry it out
                self.close_connection = True
                return
            answer = double.answer(self.command, urlsplit(self.path).path, body)
            if answer is None:
                self.close_connection = True
                return
            status, text = answer
            self.send_response(status)
            self.send_header("Content-Length", str(len(text)))
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(text.encode())
            self.close_connection = True

        do_POST = do_PATCH = do_DELETE = do_GET = _answer  # noqa: N815 - as the library calls them

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """Whoever is killed or cut off hangs up in the middle of anything."""

    server = Quiet(("127.0.0.1", 0), Handler)
    double.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=lambda: server.serve_forever(poll_interval=0.02), daemon=True)
    thread.start()
    try:
        yield double
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
