"""The receiver's own server with a handler that hears a request out and answers 200: what the receiver is held against.

Tells its address on stdout; ends when its input does.
"""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from typing import Any

from tui.receiver.server import address_of, open_socket, serve


async def answer(_scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401 - as the interface has it
    while (await receive()).get("more_body", False):
        pass
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body", "body": b""})


async def main() -> None:
    stopping, loop = asyncio.Event(), asyncio.get_running_loop()

    def end_with_input() -> None:
        while os.read(sys.stdin.fileno(), 4096):
            pass
        loop.call_soon_threadsafe(stopping.set)

    threading.Thread(target=end_with_input, daemon=True).start()
    opened = open_socket("127.0.0.1", 0)
    await serve(answer, opened, stopping, lambda: print(address_of(opened), flush=True))


if __name__ == "__main__":
    asyncio.run(main())
