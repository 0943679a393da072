"""`kill -9` under load: what was acknowledged is there, each once, and the totals are those of a recount."""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.receiver.senders import Senders
from tests.receiver.support import TOKEN, form
from tests.store.results import assert_as_recounted, calling
from tests.store.support import open_store
from tui.store import Store

pytestmark = [pytest.mark.kill, pytest.mark.usefixtures("moment")]
NUMBERS = 50
STATUSES = ("Cevaplandı", "Meşgul", "Cevapsız", "Reddedildi", "Başarılı")
PATIENCE = 60.0


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def bodies(many: int, seed: int) -> dict[str, bytes]:
    """Notifications by their IDs: several for each number, at different moments."""
    chosen = random.Random(seed)  # noqa: S311 - figures, not secrets

    def moment() -> str:
        return f"2026-09-12 10:{chosen.randrange(60):02}:{chosen.randrange(60):02} UTC"

    return {f"n{place}": form(1 + place % NUMBERS, name=f"n{place}", status=chosen.choice(STATUSES),
                              digit=chosen.choice(["1", "2", "-", "!4", ""]), notification_date=moment())
            for place in range(many)}


def told(store: Store, campaign: int) -> set[str]:
    """The IDs of the notifications that are kept."""
    rows = store._context.database.all("SELECT notification_id FROM notifications WHERE campaign_id = ?", (campaign,))
    names = [row["notification_id"] for row in rows]
    assert len(names) == len(set(names))
    return set(names)


@contextmanager
def listening(config: Path, program: Sequence[str] = ("-m", "tui")) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen([sys.executable, *program, "listen", "--config", str(config), "--until-eof"],
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert process.stdout is not None
    assert process.stdin is not None
    try:
        assert process.stdout.readline()
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
        process.stdin.close()


@pytest.mark.long
@pytest.mark.parametrize("seed", range(3))
def test_killed_at_random_it_has_kept_what_it_acknowledged_and_nothing_twice(
    home: Path, tmp_path: Path, seed: int
) -> None:
    chosen = random.Random(seed)  # noqa: S311 - moments, not secrets
    store = open_store(tmp_path / "santral.db")
    campaign = calling(store, numbers=NUMBERS, token=TOKEN)
    port = free_port()
    config = tmp_path / "config.toml"
    config.write_text(f'[receiver]\nlisten = "127.0.0.1:{port}"\n[database]\n'
                      f'url = "sqlite:///{tmp_path / "santral.db"}"\n', encoding="utf-8")
    senders = Senders(port, f"/{TOKEN}", bodies(3000, seed), seed=seed)
    try:
        for _round in range(4):
            with listening(config) as process:
                time.sleep(0.1 + chosen.random() * 0.4)  # the moment at which it is killed is the point
                os.kill(process.pid, signal.SIGKILL)
                process.wait()
            with senders._lock:
                acknowledged = set(senders.acknowledged)
                sent = set(senders.sent)
            # Whoever posts now finds nobody: what is acknowledged can't grow.
            assert acknowledged <= told(store, campaign) <= sent
        with listening(config):
            end = time.monotonic() + PATIENCE
            while not senders.done:
                assert time.monotonic() < end
                time.sleep(0.02)
    finally:
        senders.stop()
    assert told(store, campaign) == senders.acknowledged == senders.sent
    assert senders.others == set()
    assert store.deliveries.unreadable_count("acme") == 0
    assert_as_recounted(store, campaign)
    store.close()


def test_stopped_with_sigterm_under_load_everything_answered_is_there(home: Path, tmp_path: Path) -> None:
    store = open_store(tmp_path / "santral.db")
    campaign = calling(store, numbers=NUMBERS, token=TOKEN)
    port = free_port()
    config = tmp_path / "config.toml"
    config.write_text(f'[receiver]\nlisten = "127.0.0.1:{port}"\n[database]\n'
                      f'url = "sqlite:///{tmp_path / "santral.db"}"\n', encoding="utf-8")
    senders = Senders(port, f"/{TOKEN}", bodies(5000, 9), seed=9)
    try:
        with listening(config) as process:
            time.sleep(0.4)  # it is in full swing
            process.terminate()
            assert process.wait(PATIENCE) == 0
    finally:
        senders.stop()
    assert senders.acknowledged
    assert senders.acknowledged <= told(store, campaign) <= senders.sent
    assert senders.others == set()
    assert_as_recounted(store, campaign)
    store.close()
