"""A network before a server that fails where a test wants it to: a proxy on loopback."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from typing import Final, Self
from urllib.parse import quote

from psycopg.conninfo import conninfo_to_dict

from tui.core.secret import Secret

_MOST: Final = 1 << 16
_WAIT_SECONDS: Final = 120.0


class Proxy:
    """Hands on what comes, until it is told to fail; a context, whose end ends it."""

    def __init__(self, target: str | tuple[str, int]) -> None:
        self._target = target
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self._lock = threading.Lock()
        self._open: list[socket.socket] = []
        self._at: tuple[bytes, str] | None = None
        self._refusal = b""
        self._flows = threading.Event()
        self._flows.set()
        self._held: list[threading.Event] = []
        threading.Thread(target=self._accept, daemon=True).start()

    @classmethod
    def before(cls, address: Secret) -> Self:
        """Before a PostgreSQL server; `address` leads through it then."""
        given = conninfo_to_dict(address.reveal())
        host, port = str(given.get("host") or "127.0.0.1"), int(given.get("port") or 5432)
        made = cls(f"{host}/.s.PGSQL.{port}" if host.startswith("/") else (host, port))
        made.address = Secret(_url({**given, "host": "127.0.0.1", "port": str(made.port), "sslmode": "disable",
                                    "gssencmode": "disable"}))
        return made

    address = Secret("")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_failure: object) -> None:
        self.mend()
        self._listening.close()
        self.cut()

    def cut_at(self, words: bytes, *, heard: bool) -> None:
        """Cut the connection that sends words next; `heard`: the server gets them, and its answer is lost."""
        self._at = words, "heard" if heard else "lost"

    def stall_at(self, words: bytes, *, alone: bool = False) -> None:
        """Hold them, and all that comes from then on, until `mend`; `alone`: of that connection only."""
        self._at = words, "stall alone" if alone else "stall"

    def stall(self) -> None:
        """Hold all that comes from now on, until `mend`."""
        self._flows.clear()

    def refuse(self, state: str, message: str) -> None:
        """Answer each new connection as PostgreSQL does where it takes none."""
        fields = f"SFATAL\0VFATAL\0C{state}\0M{message}\0\0".encode()
        self._refusal = b"E" + (len(fields) + 4).to_bytes(4) + fields

    def mend(self) -> None:
        self._at, self._refusal = None, b""
        self._flows.set()
        for held in self._held:
            held.set()

    def cut(self) -> None:
        """Cut all connections."""
        with self._lock:
            opened, self._open = self._open, []
        for one in opened:
            _end(one)

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            if self._refusal:
                with suppress(OSError):
                    client.recv(_MOST)
                    client.sendall(self._refusal)
                client.close()
                continue
            server = socket.socket(socket.AF_UNIX if isinstance(self._target, str) else socket.AF_INET)
            try:
                server.connect(self._target)
            except OSError:
                client.close()
                continue
            with self._lock:
                self._open += [client, server]
            lost, flows = threading.Event(), threading.Event()
            flows.set()
            for one, other, asks in ((client, server, True), (server, client, False)):
                threading.Thread(target=self._hand_on, args=(one, other, lost, flows, asks), daemon=True).start()

    def _hand_on(self, one: socket.socket, other: socket.socket, lost: threading.Event, flows: threading.Event,
                 asks: bool) -> None:
        """Until one of both ends. `lost`: the answer to what was just sent on is to be lost."""
        with suppress(OSError):
            while data := one.recv(_MOST):
                if asks and self._at is not None and self._at[0] in data:
                    how, self._at = self._at[1], None
                    if how == "lost":
                        break
                    if how == "stall":
                        self._flows.clear()
                    elif how == "stall alone":
                        self._held.append(flows)
                        flows.clear()
                    else:
                        lost.set()
                if not asks and lost.is_set():
                    break
                self._flows.wait(_WAIT_SECONDS)
                flows.wait(_WAIT_SECONDS)
                other.sendall(data)
        _end(one)
        _end(other)


def _end(one: socket.socket) -> None:
    with suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()


def _url(given: dict[str, object]) -> str:
    return "postgresql:///?" + "&".join(f"{name}={quote(str(value), safe='')}" for name, value in given.items())
