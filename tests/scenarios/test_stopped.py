"""A request that is under way while the program is stopped (`ctrl+z`): what came of it is known when it goes on."""

from __future__ import annotations

import os
import shlex
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.scenarios.conftest import SANTRAL, write_config
from tests.scenarios.test_kill import READY
from tests.scenarios.test_manners import come_back, is_stopped, job_of
from tests.terminal import Terminal
from tui.bootstrap import sort_text
from tui.campaign.lifecycle import AskedBy, Created
from tui.campaign.phone_list import Number
from tui.i18n.words import Words, folded
from tui.operations.phone_list import validated
from tui.store import Store

pytestmark = pytest.mark.terminal
EN = Words("en").say
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nOK"


class Waiting:
    """Holds the first request until it is told how to answer; to each after it the answer is OK."""

    def __init__(self, listening: socket.socket) -> None:
        self.asked, self._answered = threading.Event(), threading.Event()
        self._answer = b""
        self._thread = threading.Thread(target=self._serve, args=(listening,))
        self._thread.start()

    def answer(self, data: bytes) -> None:
        """No bytes: the connection is closed."""
        self._answer = data
        self._answered.set()

    def _serve(self, listening: socket.socket) -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:  # closed by the test
                return
            with connection:
                received = b""
                while b"\r\n\r\n" not in received:
                    received += connection.recv(1 << 16)
                self.asked.set()
                self._answered.wait(60)
                connection.sendall(self._answer)
            self._answer = OK


@contextmanager
def provider() -> Iterator[tuple[Waiting, str]]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield Waiting(listening), f"http://127.0.0.1:{listening.getsockname()[1]}"
        listening.shutdown(socket.SHUT_RDWR)  # wakes who waits for a connection


def campaign_that_is_on(home: Path) -> None:
    path = home / "data" / "santral" / "santral.db"
    with closing(Store.open(path, fold=folded, sort_key=sort_text)) as store:
        made = store.drafts.create("acme", READY)
        store.numbers.add(made, validated([Number("05321234567")]))
        entry = store.ledger.begin(made, revision=store.campaigns.get(made).revision, token="t", body_hash="h",
                                   numbers=1, asked_by=AskedBy.APP)
        store.ledger.resolve(entry, Created(20212))


@pytest.mark.parametrize("answer", [OK, b""], ids=["answered", "cut"])
def test_what_came_while_it_was_stopped_is_known(home: Path, environ: dict[str, str], answer: bytes) -> None:
    campaign_that_is_on(home)
    with provider() as (waiting, address):
        write_config(home, address, "en")
        with Terminal(["bash", "--norc", "--noprofile", "-i"], {**environ, "PS1": "ready> "}) as shell:
            shell.wait("ready>")
            shell.type(f"{shlex.join(SANTRAL)}\r")
            shell.wait(f"● {EN('campaign.state.on')}")
            app = job_of(shell)
            shell.type(" ")
            assert waiting.asked.wait(40)
            os.kill(app, signal.SIGTSTP)
            shell.wait_until(lambda: is_stopped(app), "it was not stopped")
            waiting.answer(answer)
            come_back(shell, app)
            shell.wait(f"○ {EN('campaign.state.off')}")
