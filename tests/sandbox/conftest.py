"""A clock that is set by hand, requests that are right, and a receiver that keeps what it gets."""

from __future__ import annotations

import datetime as dt
import queue
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from tui.campaign.menu import Menu
from tui.i18n import words
from tui.sandbox.plan import AcceptedCampaign, Callee, CallHours
from tui.sandbox.server import DEFAULT_KEY

NOON = dt.datetime(2022, 9, 12, 9, 0, tzinfo=dt.UTC)  # a Monday, 12:00 in Istanbul
TODAY = dt.date(2022, 9, 12)
ALL_DAYS = frozenset(range(1, 8))
ANY_TIME = CallHours(dt.date(2000, 1, 1), dt.date(2100, 1, 1), dt.time(0, 0), dt.time(23, 59), ALL_DAYS)

DOCUMENT_IVR: dict[str, Any] = {
    "key": "K12345678-1234-5678-4321-123456789012",
    "call_type": "ivr",
    "name": "Memnuniyet anketi",
    "date_range_begin": "2022-09-12",
    "date_range_end": "2022-09-12",
    "time_range_begin": "09:00",
    "time_range_end": "18:00",
    "active_days": [1, 2, 3, 4, 5, 6, 7],
    "max_thread_count": 1,
    "ring_timeout": 30,
    "cli": "902129630131",
    "welcome_announcement_id": 128,
    "call_retries": 2,
    "webhook_url": "https://sizin.adresiniz.com.tr/bildirim/yolu",
    "digit_target_0": "announcement/421",
    "digit_target_1": "announcement/421",
    "digit_target_2": "user/1001",
    "digit_target_3": "group/700",
    "digit_target_4": "ivr/10",
    "digit_target_5": "announcement/428",
    "digit_target_6": "external/05321234567",
    "digit_target_7": "voicemail/1003",
    "digit_target_8": "queue/201",
    "digit_target_9": "tts/tr-TR/Bu bir test cümlesidir.",
    "digit_target_star": "restart",
    "digit_target_square": "user/1000",
    "timeout_target": "",
    "invalid_target": "",
    "digit_retries": 1,
    "digit_timeout": 4,
    "is_commercial": False,
    "phone_list": [
        {"phone": "05512369874", "phrase": "#429 12/05/2017 #430 102.45 #431", "lang": "tr-TR"},
        {"phone": "05651236547", "phrase": "#429 12/05/2017 #430 65.12 #431", "lang": "tr-TR"},
    ],
}
DOCUMENT_QUEUE: dict[str, Any] = {
    "key": "K12345678-1234-5678-4321-123456789012",
    "call_type": "queue",
    "name": "Queue Test (API)",
    "date_range_begin": "2022-09-12",
    "date_range_end": "2022-09-12",
    "time_range_begin": "00:00",
    "time_range_end": "23:59",
    "active_days": [1, 2, 3, 4, 5, 6, 7],
    "max_thread_count": 1,
    "thread_multiplier": 1,
    "queue_number": 204,
    "ring_timeout": 30,
    "cli": "902129630131",
    "call_retries": 0,
    "phone_list": [{"phone": "05512369874"}, {"phone": "05651236547"}],
}


def ivr(**fields: object) -> dict[str, Any]:
    """The least that an IVR campaign needs, and what is given."""
    return {"key": DEFAULT_KEY, "call_type": "ivr", "name": "Anket", "welcome_announcement_id": 128,
            "digit_target_1": "announcement/421", "phone_list": [{"phone": "05321234567"}], **fields}


def queue_campaign(**fields: object) -> dict[str, Any]:
    """The least that a queue campaign needs, and what is given."""
    return {"key": DEFAULT_KEY, "call_type": "queue", "name": "Tahsilat", "queue_number": 204,
            "phone_list": [{"phone": "05321234567"}], **fields}


def callees(count: int) -> tuple[Callee, ...]:
    return tuple(Callee(f"90532{place:07}", 10.0) for place in range(count))


def plan(count: int = 1, *, channels: int = 10, retries: int = 0, window: CallHours = ANY_TIME,
         menu: Menu | None = None, webhook_url: str = "") -> AcceptedCampaign:
    return AcceptedCampaign(name="Memnuniyet anketi", window=window, channels=channels, ring_seconds=30,
                            retries=retries,
                            caller_id="902129630131", callees=callees(count),
                            menu=menu or Menu({"1": "announcement/421"}),
                            webhook_url=webhook_url)


class HandClock:
    """Stands still until it is set."""

    def __init__(self) -> None:
        self.moment = NOON
        self.seconds = 0.0

    def now(self) -> dt.datetime:
        return self.moment

    def monotonic(self) -> float:
        return self.seconds

    def seconds_until(self, moment: dt.datetime) -> float:
        return 3600.0

    def forward(self, seconds: float) -> None:
        self.moment += dt.timedelta(seconds=seconds)
        self.seconds += seconds


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@dataclass(frozen=True)
class Delivery:
    path: str
    content_type: str | None
    body: bytes


@dataclass
class Receiver:
    """Answers every POST with `status`."""

    url: str
    status: int = 200
    deliveries: queue.Queue[Delivery] = field(default_factory=queue.Queue)

    def next(self) -> Delivery:
        return self.deliveries.get(timeout=10)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            kept.deliveries.put(Delivery(self.path, self.headers.get("Content-Type"), body))
            self.send_response(kept.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    kept = Receiver(f"http://127.0.0.1:{server.server_port}/bildirim/token")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield kept
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(params=["tr", "en"])
def language(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    spoken: str = request.param
    monkeypatch.setattr(words, "_current", words.Words(spoken))
    return spoken
