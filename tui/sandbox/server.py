"""The sandbox itself: its socket, its server and its calls; blocking for the command, or in a thread."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import itertools
import os
import signal
import socket
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from typing import TYPE_CHECKING, Final

from msgspec import Struct, field

from tui.core.causes import error_name
from tui.core.reason import Reason
from tui.core.secret import Redactor, Secret
from tui.sandbox.callees import Callees
from tui.sandbox.clock import SandboxClock, VirtualClock
from tui.sandbox.dialer import Call, Dialer, dial
from tui.sandbox.events import Called, Listening, SandboxEvent
from tui.sandbox.faults import Fault, FaultPlan
from tui.sandbox.results import notification
from tui.sandbox.webhooks import Webhooks, is_loopback

if TYPE_CHECKING:
    from tui.sandbox.api import Api
    from tui.sandbox.gate import ReceivedRequest

DEFAULT_KEY: Final = "K12345678-1234-5678-4321-123456789012"  # as in the examples of the provider's document
FIRST_ID: Final = 20212  # as in the examples of the provider's document
_MAX_REQUESTS_KEPT: Final = 1000
_MAX_BYTES_KEPT: Final = 16 * 1024 * 1024


class SandboxError(Exception):
    """The sandbox cannot start; `reason` says why and what to do."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code)
        self.reason = reason


class SandboxOptions(Struct, frozen=True):
    """`speed`: how much faster than real time calls go. `port` 0: any free one. `first_id`: the first campaign's."""

    key: Secret = field(default_factory=lambda: Secret(DEFAULT_KEY))
    speed: float = 1.0
    seed: int = 1
    faults: tuple[Fault, ...] = ()
    always_open: bool = False
    host: str = "127.0.0.1"
    port: int = 0
    first_id: int = FIRST_ID


def open_socket(host: str, port: int) -> socket.socket:
    """A listening socket on this machine alone. Raises SandboxError: for any other host, and where it cannot be had."""
    if not is_loopback(host):
        raise SandboxError(Reason("sandbox.not_this_machine", {"host": host}))
    if not 0 <= port <= 65535:
        raise SandboxError(Reason("sandbox.no_port", {"port": port}))
    # A name would be looked up, and what it leads to is not for us to say.
    address = "127.0.0.1" if host == "localhost" else host
    opened = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM)
    try:
        if os.name == "posix":
            # Connections that are fading away do not hold the port. Elsewhere this option would let two share it.
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind((address, port))
        opened.listen()
    except OSError as problem:
        opened.close()
        reason = _why_no_socket(problem, host, port)
    else:
        return opened
    raise SandboxError(reason)


def _why_no_socket(problem: OSError, host: str, port: int) -> Reason:
    if problem.errno == errno.EADDRINUSE:
        return Reason("sandbox.port_busy", {"port": port})
    return Reason("sandbox.cannot_listen", {"address": f"{host}:{port}", "problem": error_name(problem)})


class Sandbox:
    """The provider imitated, on loopback. `requests` is everything received, oldest first, up to the last thousand.

    `on_event` is called with everything as it happens, in the thread that serves. A Sandbox runs once.
    """

    def __init__(self, options: SandboxOptions | None = None, on_event: Callable[[SandboxEvent], None] | None = None,
                 clock: SandboxClock | None = None) -> None:
        self.options = options or SandboxOptions()
        self.requests: list[ReceivedRequest] = []
        self._on_event = on_event or (lambda _: None)
        self._clock = clock or VirtualClock(self.options.speed)
        self._dialer = Dialer(Callees(self.options.seed), always_open=self.options.always_open)
        # Counted on from the moment of the start: no ID of an earlier run is used again.
        self._notification_ids = itertools.count(int(self._clock.now().timestamp() * 1000))
        self._address = ""
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping = asyncio.Event()
        self._changed = asyncio.Event()
        self._ready = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def address(self) -> str:
        """`http://127.0.0.1:PORT`. RuntimeError before it runs."""
        if not self._address:
            raise RuntimeError("the sandbox does not run yet")
        return self._address

    def run_forever(self) -> None:
        """Serves until SIGINT or SIGTERM. Raises SandboxError where it cannot start. For the main thread."""
        opened = self._open()
        with self._ended_by_signals():
            asyncio.run(self._serve(opened))

    def start_in_thread(self) -> None:
        """Serves until `stop`; returns when it answers. Raises SandboxError where it cannot start."""
        opened = self._open()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve(opened)), name="sandbox", daemon=True)
        self._thread.start()
        self._ready.wait()

    def stop(self) -> None:
        """Ends it, with whatever is stalled; returns when it is over. Nothing where it does not run."""
        loop = self._loop
        if loop is not None:
            with contextlib.suppress(RuntimeError):  # it ended in this very moment
                loop.call_soon_threadsafe(self._stopping.set)
        if self._thread is not None:
            self._thread.join()

    def wake(self) -> None:
        """Looks at the clock again: for clocks that are set by hand. From any thread."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._changed.set)

    def __enter__(self) -> Sandbox:
        self.start_in_thread()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _open(self) -> socket.socket:
        opened = open_socket(self.options.host, self.options.port)
        host, port = opened.getsockname()[:2]
        self._address = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
        return opened

    @contextlib.contextmanager
    def _ended_by_signals(self) -> Iterator[None]:
        def end(*_: object) -> None:
            # A signal may come before there is a loop; the event is then found set by whoever waits for it.
            if self._loop is None:
                self._stopping.set()
            else:
                self._loop.call_soon_threadsafe(self._stopping.set)

        before = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    async def _serve(self, opened: socket.socket) -> None:
        from tui.sandbox.api import Api
        from tui.sandbox.gate import Gate
        from tui.sandbox.uvicorn_server import serve

        self._loop = asyncio.get_running_loop()
        try:
            async with Webhooks(self._on_event) as webhooks:
                api = Api(self.options.key, self._dialer, webhooks, self._clock, first_id=self.options.first_id,
                          on_change=self._changed.set)
                gate = Gate(api.app(), FaultPlan(self.options.faults), redact=Redactor([self.options.key]),
                            now=self._clock.now, keep=self._keep, on_event=self._on_event, stopping=self._stopping)
                async with self._calls(lambda call: self._report(call, api, webhooks)):
                    await serve(gate, opened, self._stopping, self._listening)
        finally:
            opened.close()
            self._loop = None
            self._ready.set()

    @contextlib.asynccontextmanager
    async def _calls(self, on_call: Callable[[Call], None]) -> AsyncIterator[None]:
        dialing = asyncio.create_task(dial(self._dialer, self._clock, self._changed, on_call))
        # It never ends by itself: should it fail, the sandbox ends, and says why.
        dialing.add_done_callback(lambda _: self._stopping.set())
        try:
            yield
        finally:
            dialing.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await dialing

    def _report(self, call: Call, api: Api, webhooks: Webhooks) -> None:
        api.keep(call)
        if call.plan.webhook_url:
            webhooks.notify(call.plan.webhook_url, notification(call, next(self._notification_ids)))
        self._on_event(Called(call.campaign_id, call.phone, call.fate.digit, call.fate.status))

    def _listening(self) -> None:
        self._ready.set()
        self._on_event(Listening(self.address))

    def _keep(self, received: ReceivedRequest) -> None:
        self.requests.append(received)
        del self.requests[:-_MAX_REQUESTS_KEPT]
        # A list of a million numbers is some 70 MB: of those the last alone.
        while len(self.requests) > 1 and sum(len(kept.body) for kept in self.requests) > _MAX_BYTES_KEPT:
            del self.requests[0]
