"""A receiver on a real socket, and what is posted to it."""

from __future__ import annotations

import asyncio
import itertools
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

from tests.store.results import PROVIDER_ID, phone
from tui.core.reason import Reason
from tui.receiver.counts import RequestCounts
from tui.receiver.receiver_store import ReceiverStore
from tui.receiver.server import Receiver, ReceiverCallbacks, address_of, open_socket
from tui.store import Store

TOKEN = "the-token-of-the-campaign-in-tests"
PATIENCE = 30.0
_IDS = itertools.count(1)


def fields(number: int = 1, *, name: str | None = None, status: str = "Cevaplandı", digit: str = "2",
           campaign_id: int = PROVIDER_ID, **more: str) -> dict[str, str]:
    """The fields of the provider's example, for a number of the campaign."""
    notification_id = name or str(next(_IDS))
    return {
        "notification_id": notification_id, "notification_date": "2026-09-12 10:18:56 UTC", "domain_id": "429",
        "ivr_campaign_id": str(campaign_id), "ivr_campaign_name": "Memnuniyet anketi", "ivr_lead_id": "1878",
        "phone": phone(number), "digit": digit, "status": status, "call_uuid": f"uuid-{notification_id}", **more,
    }


def form(number: int = 1, **given: str) -> bytes:
    return urlencode(fields(number, **given)).encode("ascii")  # type: ignore[arg-type] # the names are those of `fields`


def raw_form(number: int = 1, **given: str) -> bytes:
    """Raw, as the provider's document shows it."""
    told = fields(number, **given)  # type: ignore[arg-type] # the names are those of `fields`
    return "&".join(f"{name}={value}" for name, value in told.items()).encode()


class Running:
    """A receiver in a thread of its own, until `stop`."""

    def __init__(self, store: Store, path: str = "/santral", place: ReceiverStore | None = None) -> None:
        self.store = store
        self.ready = threading.Event()
        self.minutes: list[RequestCounts] = []
        self.troubles: list[Reason | None] = []
        self.losses: list[Reason] = []
        opened = open_socket("127.0.0.1", 0)
        self.port: int = opened.getsockname()[1]
        self.address = address_of(opened)
        self.receiver = Receiver(
            place or ReceiverStore.of(store), opened, name=f"test:{self.port}", path=path, now=store._context.now,
            callbacks=ReceiverCallbacks(ready=self.ready.set, minute=self.minutes.append, trouble=self.troubles.append,
                                   lost=self.losses.append))
        self._stopping = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), name="receiver")
        self._thread.start()
        assert self.ready.wait(PATIENCE)

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        await self.receiver.serve(self._stopping)

    def stop(self) -> None:
        """Returns when it has ended."""
        if self._thread.is_alive():
            assert self._loop is not None
            self._loop.call_soon_threadsafe(self._stopping.set)
            self._thread.join(PATIENCE)
            assert not self._thread.is_alive()

    def begin_to_stop(self) -> None:
        assert self._loop is not None
        self._loop.call_soon_threadsafe(self._stopping.set)

    def path(self, token: str = TOKEN) -> str:
        return f"/santral/{token}"

    def connect(self) -> Connection:
        return Connection(self.port)

    def get(self, path: str) -> dict[str, Any]:
        """What it tells of itself."""
        with self.connect() as connection:
            connection.send(request(b"", path, method="GET"))
            told: dict[str, Any] = json.loads(connection.answer()[1])
            return told

    def post(self, body: bytes, path: str | None = None, *, headers: str = "", method: str = "POST") -> int:
        """The status of the answer."""
        with self.connect() as connection:
            connection.send(request(body, path or self.path(), headers=headers, method=method))
            return connection.status()


def wait_until(holds: Callable[[], bool]) -> None:
    """Returns when it does."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)


def request(body: bytes, path: str, *, headers: str = "", method: str = "POST", length: int | None = None) -> bytes:
    many = len(body) if length is None else length
    return f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {many}\r\n{headers}\r\n".encode() + body


class Connection:
    """A socket to a receiver."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        self._read = b""

    def __enter__(self) -> Connection:
        return self

    def __exit__(self, *_failure: object) -> None:
        self._socket.close()

    def send(self, data: bytes) -> None:
        self._socket.sendall(data)

    def end(self) -> None:
        """Says that nothing more will be sent."""
        self._socket.shutdown(socket.SHUT_WR)

    def status(self) -> int:
        """The status of the next answer; 0 where the connection ends without one."""
        head, _body = self.answer()
        return int(head.split(b" ", 2)[1]) if head else 0

    def answer(self) -> tuple[bytes, bytes]:
        """The next answer's head, in lower case, and its body."""
        while b"\r\n\r\n" not in self._read:
            if not self._more():
                return b"", b""
        head, _, rest = self._read.partition(b"\r\n\r\n")
        head = head.lower()
        length = next((int(line.partition(b":")[2]) for line in head.split(b"\r\n")
                       if line.startswith(b"content-length:")), 0)
        while len(rest) < length and self._more():
            rest = self._read.partition(b"\r\n\r\n")[2]
        body, self._read = rest[:length], rest[length:]
        return head, body

    def is_closed(self) -> bool:
        """Whether the receiver closes it, whatever it sends before; waits for that."""
        try:
            while self._more():
                pass
        except TimeoutError:
            return False
        return True

    def _more(self) -> bool:
        try:
            got = self._socket.recv(65536)
        except ConnectionError:
            return False
        self._read += got
        return bool(got)


@contextmanager
def running(store: Store, path: str = "/santral", place: ReceiverStore | None = None) -> Iterator[Running]:
    made = Running(store, path, place)
    try:
        yield made
    finally:
        made.stop()
