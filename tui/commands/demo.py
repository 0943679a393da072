"""`santral demo`: the app on a sandbox and a receiver of its own. No key; nothing leaves the machine or stays on it."""

from __future__ import annotations

import datetime as dt
import logging
import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import tomli_w

from tui import child, logs
from tui.campaign.draft import NEW_DAYS, Number
from tui.campaign.reason import Reason
from tui.campaign.schedule import ISTANBUL
from tui.campaign.states import AskedBy
from tui.commands.output import interactive
from tui.commands.status import Status
from tui.commands.work import run
from tui.config import Config, Database, Profile, Receiver
from tui.files import replace_file, temporary_folder
from tui.opening import Opened
from tui.operations.launch import launch, prepare
from tui.operations.phone_list import judged
from tui.operations.services import NotPossible, Services
from tui.sandbox.server import DEFAULT_KEY
from tui.secret import Redactor, Secret
from tui.state import State
from tui.store import Store
from tui.words import language

log = logging.getLogger("santral")

# As fast as life: faster, the calls would be dated later than they are seen.
DEMO_SPEED: Final = 1.0
_END_SECONDS: Final = 8.0
_CALLER: Final = "902129630131"
_IVR: Final = {
    "call_type": "ivr", "name": "Memnuniyet anketi", "cli": _CALLER, "active_days": NEW_DAYS,
    "time_range_begin": "09:00", "time_range_end": "18:00", "welcome_announcement_id": "128",
    "digit_target_1": "announcement/421", "digit_target_2": "queue/201", "timeout_target": "hangup/hangup",
    "digit_retries": "1", "call_retries": "2", "max_thread_count": "20",
}
_PHRASES: Final = {1: ("#456 15/11/2026 #457 73.56 #458", "tr-TR"), 2: ("#456 15/11/2026 #457 73.56 #458", "en-US")}
_QUEUE: Final = {
    "call_type": "queue", "name": "Borç hatırlatma", "cli": _CALLER, "active_days": "1,2,3,4,5",
    "time_range_begin": "10:00", "time_range_end": "17:00", "queue_number": "204",
    "max_thread_count": "10", "call_retries": "1",
}
# The one that is under way when the app opens: at whatever hour that is.
_UNDER_WAY: Final = {
    "call_type": "ivr", "name": "Randevu hatırlatma", "cli": _CALLER, "active_days": NEW_DAYS,
    "welcome_announcement_id": "112", "digit_target_1": "announcement/421", "digit_target_2": "queue/201",
    "digit_target_9": "announcement/428", "opt_out_key": "9", "timeout_target": "restart", "digit_retries": "1",
    "call_retries": "2", "max_thread_count": "60",
}
_DAYS: Final = 3
_PROFILE: Final = "demo"
_DATABASE: Final = "santral.db"


def run_demo(speed: float) -> Status:
    """Run the app until it is left. NotPossible where there is no terminal, or what it runs on doesn't start."""
    if not interactive():
        raise NotPossible(Reason("command.no_terminal"))
    sandbox = ("sandbox", "--port", "0", "--always-open", "--speed", f"{speed:f}")
    with _process(sandbox, "command.demo.no_sandbox") as provider, \
            temporary_folder() as name:
        folder = Path(name)
        # Any free port at first; then the one it was, for a receiver that has to be started again.
        listen = ("listen", "--config", _write_config(folder, "127.0.0.1:0"), "--log-folder", name)
        with _process(listen, "command.demo.no_receiver") as receiver:
            _write_config(folder, receiver.removeprefix("http://"), public_url=receiver, provider=provider)
            opened = _opened(folder, provider, receiver)
            try:
                services = opened.use_profile(opened.config.choose())
                _fill(services.store)
                run(services, _launch(services))
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


async def _launch(services: Services) -> None:
    """A campaign that calls: its results come in while one watches."""
    today = services.now().astimezone(ISTANBUL).date()
    dates = {"date_range_begin": today.isoformat(), "date_range_end": (today + dt.timedelta(_DAYS)).isoformat()}
    made = services.store.drafts.create("demo", {**_UNDER_WAY, **dates})
    services.store.numbers.add(made, judged(Number(f"0542{2000000 + 53 * row}") for row in range(300)))
    outcome = await launch(services, await prepare(services, made))
    log.info("the demo's campaign: %s", outcome)


def _write_config(folder: Path, listen: str, *, public_url: str = "", provider: str = "") -> str:
    """What the receiver reads, and the app where a profile is added in it; its path."""
    path = folder / "config.toml"
    url = f"sqlite:///{(folder / _DATABASE).as_posix()}"
    config: dict[str, Any] = {"language": language(), "receiver": {"listen": listen}, "database": {"url": url}}
    if provider:
        config["receiver"]["public_url"] = public_url
        config["profiles"] = {_PROFILE: {"api_key": DEFAULT_KEY, "base_url": provider, "caller_id": _CALLER}}
    replace_file(path, tomli_w.dumps(config).encode())
    return str(path)


def _opened(folder: Path, provider: str, receiver: str) -> Opened:
    """A configuration of its own. The environment, which may hold a real key, is not looked at."""
    path = folder / _DATABASE
    profile = Profile(_PROFILE, api_key=Secret(DEFAULT_KEY), base_url=provider, caller_id=_CALLER)
    config = Config(
        path=folder / "config.toml", exists=False, database=Database(path, url=f"sqlite:///{path.as_posix()}"),
        language=language(), profile=profile.name, profiles={profile.name: profile},
        receiver=Receiver(public_url=receiver))
    redactor = Redactor(config.secrets)
    return Opened(config, State(), logs.set_up(folder, redactor), redactor, AskedBy.APP, environ={},
                  state_file=folder / "state.json")


@contextmanager
def _process(arguments: Sequence[str], failed: str) -> Iterator[str]:
    """What a command tells as its address, in a process of its own which ends with this one, even if that is killed."""
    process = subprocess.Popen(  # noqa: S603 - our own program
        child.command_line(*arguments), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        start_new_session=True, env=child.environment(os.environ))
    try:
        address = process.stdout.readline().decode().strip() if process.stdout else ""
        if not address:
            raise NotPossible(Reason(failed))
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
