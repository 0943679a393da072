"""Who posts results as the provider might at its worst: at once, out of order, repeated, and again until it is told."""

from __future__ import annotations

import random
import threading

from tests.receiver.support import Connection, request


class Senders:
    """Posts bodies by their IDs in several threads, each until it was acknowledged, some of them more often."""

    def __init__(self, port: int, path: str, bodies: dict[str, bytes], *, seed: int, threads: int = 8) -> None:
        self._port, self._path, self._bodies = port, path, bodies
        self._waiting = list(bodies)
        random.Random(seed).shuffle(self._waiting)  # noqa: S311 - an order, not a secret
        self._lock = threading.Lock()
        self.acknowledged: set[str] = set()
        self.sent: set[str] = set()  # perhaps read
        self.others: set[int] = set()  # statuses other than 200
        self._stopped = threading.Event()
        self._threads = [threading.Thread(target=self._send, args=(seed * 100 + place,)) for place in range(threads)]
        for thread in self._threads:
            thread.start()

    @property
    def done(self) -> bool:
        with self._lock:
            return len(self.acknowledged) == len(self._bodies)

    def stop(self) -> None:
        self._stopped.set()
        for thread in self._threads:
            thread.join()

    def _send(self, seed: int) -> None:
        chosen = random.Random(seed)  # noqa: S311 - an order, not a secret
        while not self._stopped.is_set():
            name = self._next(chosen)
            if name is None:
                self._stopped.wait(0.01)
                continue
            status = self._post(name)
            with self._lock:
                if status == 200:
                    self.acknowledged.add(name)
                else:
                    self._waiting.append(name)
                    if status:
                        self.others.add(status)
            if not status:
                self._stopped.wait(0.02)  # nobody is there

    def _next(self, chosen: random.Random) -> str | None:
        with self._lock:
            if self.acknowledged and chosen.random() < 0.2:
                name = chosen.choice(sorted(self.acknowledged))
            elif self._waiting:
                name = self._waiting.pop()
            else:
                return None
            self.sent.add(name)
            return name

    def _post(self, name: str) -> int:
        try:
            with Connection(self._port) as connection:
                connection.send(request(self._bodies[name], self._path))
                return connection.status()
        except OSError:
            return 0
