"""What libpq would say on stderr of a file of passwords, and of addresses that are none, is a sentence of ours."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgresql import missing
from tui.core.secret import Secret
from tui.store import StoreError
from tui.store.postgresql.database import PostgresqlDatabase
from tui.store.postgresql.passfile import refused

PATIENCE = 60.0


@pytest.fixture
def asking_for_a_password() -> Iterator[int]:
    """The port of a server that asks every client for a password, and hears no more."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        def serve() -> None:
            while True:
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return
                with connection:
                    while (asked := connection.recv(4096))[4:8] in (b"\x04\xd2\x16\x2f", b"\x04\xd2\x16\x30"):
                        connection.sendall(b"N")  # neither TLS nor GSSAPI
                    if asked:
                        connection.sendall(b"R\0\0\0\x08\0\0\0\x03")
                        connection.recv(4096)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield listening.getsockname()[1]
        listening.shutdown(socket.SHUT_RDWR)


def copy(home: Path, target: str, **variables: str) -> subprocess.CompletedProcess[str]:
    (home / "here.db").touch(0o600)
    return subprocess.run([sys.executable, "-m", "tui", "store", "copy", str(home / "here.db"), target],
                          env={**os.environ, **variables}, capture_output=True, encoding="utf-8", timeout=PATIENCE,
                          check=False)


@pytest.mark.parametrize("kind", ["open", "folder"])
def test_a_file_of_passwords_that_is_refused_is_named_in_one_sentence(
    home: Path, tmp_path: Path, asking_for_a_password: int, kind: str
) -> None:
    file = tmp_path / "passwords"
    if kind == "folder":
        file.mkdir()
    else:
        file.write_text("*:*:*:*:hidden-word\n", encoding="utf-8")
        file.chmod(0o644)
    ran = copy(home, f"postgresql://u@127.0.0.1:{asking_for_a_password}/x", PGPASSFILE=str(file))
    assert (ran.returncode, ran.stderr.splitlines()[1:]) == (1, [])
    assert str(file) in ran.stderr
    assert "hidden-word" not in ran.stderr


@pytest.mark.skipif(bool(missing()), reason=str(missing()))
def test_where_no_password_is_asked_for_nothing_is_said_of_it(home: Path, tmp_path: Path, schema: Secret) -> None:
    file = tmp_path / "passwords"
    file.write_text("*:*:*:*:hidden-word\n", encoding="utf-8")
    file.chmod(0o644)
    ran = copy(home, schema.reveal(), PGPASSFILE=str(file))
    assert "WARNING" not in ran.stderr
    assert str(file) not in ran.stderr


def test_which_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / ".pgpass"
    file.touch(0o640)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert refused({}, {}) == file
    assert refused({"passfile": str(file)}, {"PGPASSFILE": "/none"}) == file
    assert refused({}, {"PGPASSFILE": str(tmp_path / "none")}) is None
    assert refused({"password": "x"}, {}) is None
    assert refused({}, {"PGPASSWORD": "x"}) is None
    file.chmod(0o600)
    assert refused({}, {}) is None


@pytest.mark.parametrize("address", [
    "postgresql://a..b/x", f"postgresql://{'a' * 64}.example/x", "postgresql://h\udcff/x", "postgresql://h:99999/x",
    "postgresql://127.0.0.1:1/x", "postgresql://h/x?nonsense=1", "postgresql://h/x?sslmode=odd",
    "postgresql://h/x?service=none", "postgresql://127.0.0.1:1/x?connect_timeout=x", "postgresql:///x?host=/nowhere",
    "postgresql://127.0.0.1:1/x?sslmode=verify-full&sslrootcert=/nowhere", "postgresql://127.0.0.1:1,127.0.0.1:2/x",
])
def test_an_address_that_leads_nowhere_is_an_error_of_the_store(
    address: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(StoreError):
        PostgresqlDatabase(Secret(address))
    assert capfd.readouterr() == ("", "")
