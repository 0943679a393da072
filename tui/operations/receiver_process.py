"""The receiver beside the app: a process of its own, started where none is at work, and again where it has died."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path
from typing import Final

from tui.core import processes
from tui.core.retry import RetryPolicy
from tui.operations.services import Services
from tui.store import StoreError

log = logging.getLogger("santral.receiver")

# Every receiver gives a sign of life each ten seconds.
_THERE_FOR: Final = dt.timedelta(seconds=25)
_LOOK_SECONDS: Final = 2.0
_POLICY: Final = RetryPolicy(first=1.0, ceiling=60.0)
_RAN_WELL_SECONDS: Final = 60.0  # after which an end is no failure to start
_END_SECONDS: Final = 8.0


class ReceiverProcess:
    """`on_line` gets what the receiver says of itself: why it doesn't start, or that it can't keep anything.

    `config`: the configuration file that it reads, in the environment `environ`.
    """

    def __init__(self, services: Services, config: Path, environ: Mapping[str, str],
                 on_line: Callable[[str], None]) -> None:
        self._services, self._on_line = services, on_line
        self._command = processes.command_line("listen", "--config", str(config))
        self._environ = processes.environment(environ)
        self._address = ""  # of the one that was started last: its signs of life are not another's
        self._last_line = ""

    async def watch(self) -> None:
        """Keep one running until this is cancelled; then the one that was started has ended."""
        failures = 0
        while True:
            if await self._another_is_there():
                await asyncio.sleep(_LOOK_SECONDS)
                continue
            began = asyncio.get_running_loop().time()
            status = await self._run()
            log.warning("the receiver has ended with status %s", status)
            ran_well = asyncio.get_running_loop().time() - began > _RAN_WELL_SECONDS
            failures = 1 if ran_well else failures + 1
            await asyncio.sleep(_POLICY.wait(failures) or 0.0)

    async def _another_is_there(self) -> bool:
        """Whether a receiver that isn't ours works on this store, from this machine or another.

        Where the store can't be asked one is taken to be there, unless ours was there before: it is needed now.
        """
        receivers = self._services.store.receivers
        try:
            beats = await self._services.thread(receivers.seen_since, self._services.now() - _THERE_FOR)
        except StoreError as failure:
            log.warning("whether there is a receiver can't be told: %s", failure)
            return not self._address
        return any(beat.address != self._address for beat in beats)

    async def _run(self) -> int:
        """Its exit status."""
        async with self._started() as process:
            listening = asyncio.create_task(self._listen_to(process))
            try:
                assert process.stdout is not None  # noqa: S101 - it is a pipe
                self._address = (await process.stdout.readline()).decode("utf-8", "replace").strip() or self._address
                status = await process.wait()
                await listening
                return status
            finally:
                listening.cancel()

    @contextlib.asynccontextmanager
    async def _started(self) -> AsyncIterator[asyncio.subprocess.Process]:
        pipe = asyncio.subprocess.PIPE
        # In a session of its own: signals of the terminal are for this program alone.
        process = await asyncio.create_subprocess_exec(*self._command, stdin=pipe, stdout=pipe, stderr=pipe,
                                                       env=self._environ, start_new_session=True)
        try:
            yield process
        finally:
            # To its end even where the app has no time: what it acknowledges is to be on the disk.
            await asyncio.shield(_end(process))

    async def _listen_to(self, process: asyncio.subprocess.Process) -> None:
        assert process.stderr is not None  # noqa: S101 - it is a pipe
        while line := (await process.stderr.readline()).decode("utf-8", "replace").strip():
            if line != self._last_line:  # the same each time that it is tried again
                self._last_line = line
                self._on_line(line)


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.stdin is not None:
        process.stdin.close()  # it ends with its input
    try:
        await asyncio.wait_for(process.wait(), _END_SECONDS)
    except TimeoutError:
        process.kill()
        await process.wait()
