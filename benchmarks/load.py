"""Results posted over many connections at once, as fast as they are answered or at a given rate.

`python -m benchmarks.load PORT PATH SECONDS [--rate N]` prints what came of it as JSON: requests answered, the seconds
that took, how long each waited (ms), the statuses. Kept apart from what it measures, and quick: it writes and reads by
hand.
"""

from __future__ import annotations

import argparse
import json
import selectors
import socket
import sys
import time
from collections import Counter, deque
from collections.abc import Iterator
from itertools import count
from typing import Final

from benchmarks.figures import percentile

CONNECTIONS: Final = 64
NUMBERS: Final = 50_000
_STATUSES: Final = (("Cevapland%C4%B1", "2"), ("Cevapland%C4%B1", "1"), ("Me%C5%9Fgul", ""), ("Cevaps%C4%B1z", ""))


def requests(path: str) -> Iterator[bytes]:
    """Notifications in the provider's form, each another."""
    for place in count(time.time_ns()):
        status, digit = _STATUSES[place % len(_STATUSES)]
        body = (f"notification_id={place}&notification_date=2026-11-10+13%3A{place // 60 % 60:02}%3A{place % 60:02}+UTC"
                f"&domain_id=429&ivr_campaign_id=20212&ivr_campaign_name=Memnuniyet+anketi&ivr_lead_id=1878"
                f"&phone=90532{place % NUMBERS:07}&digit={digit}&status={status}"
                f"&call_uuid=aacdb242-364b-11e7-8bed-{place % 16**12:012x}")
        yield (f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
               f"Content-Length: {len(body)}\r\n\r\n{body}").encode("ascii")


class Load:
    """Sockets, who of them waits for an answer, and since when."""

    def __init__(self, port: int, path: str) -> None:
        self._requests = requests(path)
        self._selector = selectors.DefaultSelector()  # with each socket, itself as its data
        self._idle: deque[socket.socket] = deque()
        self._due: dict[socket.socket, float] = {}
        self.waited: list[float] = []
        self.statuses: Counter[str] = Counter()
        for _ in range(CONNECTIONS):
            connection = socket.create_connection(("127.0.0.1", port))
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._selector.register(connection, selectors.EVENT_READ, connection)
            self._idle.append(connection)

    def run(self, seconds: float, rate: float | None) -> float:
        """The seconds until the last was answered."""
        begun = time.perf_counter()
        sent = 0
        while (now := time.perf_counter()) - begun < seconds or self._due:
            if now - begun < seconds:
                # At a rate the time counts from when it was due, whether a connection was free then or not.
                while self._idle and (rate is None or sent < (now - begun) * rate):
                    self._post(begun + sent / rate if rate is not None else now)
                    sent += 1
            pause = None if rate is None else max(0.0, begun + sent / rate - time.perf_counter())
            for key, _ in self._selector.select(pause if self._idle or rate is not None else None):
                self._hear(key.data)
        return time.perf_counter() - begun

    def _post(self, due: float) -> None:
        connection = self._idle.popleft()
        connection.sendall(next(self._requests))
        self._due[connection] = due

    def _hear(self, connection: socket.socket) -> None:
        answer = connection.recv(4096)  # one without a body comes in one piece
        if not answer:
            raise ConnectionError("the server has closed a connection")
        self.waited.append(time.perf_counter() - self._due.pop(connection))
        self.statuses[answer[9:12].decode("ascii")] += 1
        self._idle.append(connection)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load")
    parser.add_argument("port", type=int)
    parser.add_argument("path")
    parser.add_argument("seconds", type=float)
    parser.add_argument("--rate", type=float, default=None)
    options = parser.parse_args()
    load = Load(options.port, options.path)
    seconds = load.run(options.seconds, options.rate)
    waited = [1000 * one for one in load.waited]
    print(json.dumps({"answered": len(waited), "seconds": seconds, "median": percentile(waited, 50),
                      "p99": percentile(waited, 99), "statuses": load.statuses}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
