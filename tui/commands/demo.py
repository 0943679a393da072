"""`santral demo`: the app on a sandbox of its own. No key, nothing leaves the machine, nothing is left on it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tui import logs
from tui.campaign.draft import NEW_DAYS, Number
from tui.campaign.reason import Reason
from tui.campaign.states import AskedBy
from tui.commands.output import interactive
from tui.commands.status import Status
from tui.config import Config, Database, Profile
from tui.opening import Opened
from tui.operations.phone_list import judged
from tui.operations.services import NotPossible
from tui.sandbox.server import DEFAULT_KEY
from tui.secret import Redactor, Secret
from tui.state import State
from tui.store import Store
from tui.words import language

DEMO_SPEED: Final = 20.0
_END_SECONDS: Final = 5.0
_CALLER: Final = "902129630131"
_IVR: Final = {
    "call_type": "ivr", "name": "Memnuniyet anketi", "cli": _CALLER, "active_days": NEW_DAYS,
    "time_range_begin": "09:00", "time_range_end": "18:00", "welcome_announcement_id": "128",
    "digit_target_1": "announcement/421", "digit_target_2": "queue/201", "timeout_target": "hangup/hangup",
    "digit_retries": "1", "call_retries": "2", "max_thread_count": "5",
}
_PHRASES: Final = {1: ("#456 15/11/2026 #457 73.56 #458", "tr-TR"), 2: ("#456 15/11/2026 #457 73.56 #458", "en-US")}
_QUEUE: Final = {
    "call_type": "queue", "name": "Borç hatırlatma", "cli": _CALLER, "active_days": "1,2,3,4,5",
    "time_range_begin": "10:00", "time_range_end": "17:00", "queue_number": "204",
    "max_thread_count": "2", "call_retries": "1",
}


def run_demo(speed: float) -> Status:
    """Run the app until it is left. NotPossible where there is no terminal, or the sandbox doesn't start."""
    if not interactive():
        raise NotPossible(Reason("command.no_terminal"))
    with _sandbox(speed) as address, tempfile.TemporaryDirectory(prefix="santral-demo-") as folder:
        opened = _opened(Path(folder), address)
        try:
            _fill(opened.use_profile(opened.config.choose()).store)
            from tui.app import run_app

            run_app(opened)
        finally:
            opened.close()
    return Status.DONE


def _fill(store: Store) -> None:
    """Two drafts, ready to be launched at nobody."""
    for values, count in ((_QUEUE, 40), (_IVR, 120)):
        made = store.drafts.create("demo", values)
        phrases = _PHRASES if values is _IVR else {}
        store.numbers.add(made, judged(Number(f"0532{1000000 + 37 * row}", *phrases.get(row, ("", "")))
                                       for row in range(count)))


def _opened(folder: Path, address: str) -> Opened:
    """A configuration that is in no file. The environment, which may hold a real key, is not looked at."""
    path = folder / "santral.db"
    profile = Profile("demo", api_key=Secret(DEFAULT_KEY), base_url=address, caller_id=_CALLER)
    config = Config(
        path=folder / "config.toml", exists=False, database=Database(path=path, url=f"sqlite:///{path.as_posix()}"),
        language=language(), profile=profile.name, profiles={profile.name: profile})
    redactor = Redactor(config.secrets)
    return Opened(config, State(), logs.set_up(None, redactor), redactor, AskedBy.APP, environ={},
                  state_file=folder / "state.json")


@contextmanager
def _sandbox(speed: float) -> Iterator[str]:
    """The address of a sandbox in a process of its own, which ends with this one, even if that is killed."""
    # The same program whatever the folder one is in: without -P a folder named like it would be taken first.
    command = [sys.executable, "-P", "-m", "tui", "sandbox", "--port", "0", "--always-open", "--speed", f"{speed:f}",
               "--until-eof"]
    search = os.pathsep.join(filter(None, (str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH"))))
    environ = {name: value for name, value in os.environ.items() if not name.startswith("SANTRAL_")}
    process = subprocess.Popen(  # noqa: S603 - our own program; the speed is a number
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True,
        env={**environ, "PYTHONPATH": search, "PYTHONIOENCODING": "utf-8"})
    try:
        address = process.stdout.readline().decode().strip() if process.stdout else ""
        if not address:
            raise NotPossible(Reason("command.demo.no_sandbox"))
        yield address
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.stdin is not None:
        process.stdin.close()
    try:
        process.wait(_END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdout is not None:
        process.stdout.close()
