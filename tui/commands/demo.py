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

from tui.bootstrap import Session
from tui.campaign.dates import DAY_BEGINS, DAY_ENDS, ISTANBUL, Hours
from tui.campaign.lifecycle import AskedBy
from tui.campaign.parsed_draft import NEW_DAYS
from tui.campaign.phone_list import Number
from tui.commands.arguments.program import Demo
from tui.commands.invocation import Invocation
from tui.commands.output import interactive
from tui.commands.running import run
from tui.commands.status import Status
from tui.config import Config, DatabaseSetting, Profile, ReceiverSettings
from tui.config.ui_state import UiState
from tui.core import logs, processes
from tui.core.environment import handed_on
from tui.core.files import replace_file, temporary_folder
from tui.core.reason import Reason
from tui.core.secret import Redactor, Secret
from tui.i18n.words import language
from tui.operations.launch import launch
from tui.operations.launch_request import prepare
from tui.operations.phone_list import validated
from tui.operations.services import NotPossible, Services
from tui.sandbox.server import DEFAULT_KEY

log = logging.getLogger("santral")

# As fast as life: faster, the calls would be dated later than they are seen.
DEMO_SPEED: Final = 1.0
_END_SECONDS: Final = 8.0
_CALLER: Final = "902129630131"
_IVR: Final = {
    "call_type": "ivr", "name": "Memnuniyet anketi", "cli": _CALLER, "welcome_announcement_id": "128",
    "digit_target_1": "announcement/421", "digit_target_2": "queue/201", "timeout_target": "hangup/hangup",
    "digit_retries": "1", "call_retries": "2", "max_thread_count": "20",
}
_PHRASES: Final = {1: ("#456 15/11/2026 #457 73.56 #458", "tr-TR"), 2: ("#456 15/11/2026 #457 73.56 #458", "en-US")}
_QUEUE: Final = {
    "call_type": "queue", "name": "Borç hatırlatma", "cli": _CALLER, "queue_number": "204",
    "max_thread_count": "10", "call_retries": "1",
}
# The one that is under way when the app opens: at whatever hour that is.
_UNDER_WAY: Final = {
    "call_type": "ivr", "name": "Randevu hatırlatma", "cli": _CALLER, "active_days": NEW_DAYS,
    "welcome_announcement_id": "112", "digit_target_1": "announcement/421", "digit_target_2": "queue/201",
    "digit_target_9": "announcement/428", "opt_out_key": "9", "timeout_target": "restart", "digit_retries": "1",
    "call_retries": "2", "max_thread_count": "60", "recording_enabled": "true",
}
_DAYS: Final = 3
_HOURS: Final = Hours(dt.time(9), dt.time(18))  # of a working day
_MIN_LEFT: Final = dt.timedelta(hours=3)  # that are left of the hours when the demo begins
_PROFILE: Final = "demo"
_DATABASE: Final = "santral.db"


def demo(_invocation: Invocation, arguments: Demo) -> Status:
    """`santral demo`."""
    return run_demo(arguments.speed)


def run_demo(speed: float) -> Status:
    """Run the app until it is left. NotPossible where there is no terminal, or what it runs on doesn't start."""
    if not interactive():
        raise NotPossible(Reason("command.no_terminal"))
    # Where its clock is faster than the app's, it can't keep the hours that the app shows.
    hours = () if speed == DEMO_SPEED else ("--always-open",)
    sandbox = ("sandbox", "--port", "0", *hours, "--speed", f"{speed:f}")
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
                _fill(services)
                run(services, _launch(services))
                from tui.app.app import run_app
                from tui.screens.routes import ScreenRoutes

                run_app(opened, ScreenRoutes())
            finally:
                opened.close()
    return Status.DONE


def _fill(services: Services) -> None:
    """Two drafts, ready to be launched at nobody, that call as soon as they are."""
    store, window = services.store, example_window(services.now())
    for values, count in ((_QUEUE, 40), (_IVR, 120)):
        made = store.drafts.create("demo", {**values, **window})
        phrases = _PHRASES if values is _IVR else {}
        store.numbers.add(made, validated(Number(f"0532{1000000 + 37 * row}", *phrases.get(row, ("", "")))
                                       for row in range(count)))


def example_window(now: dt.datetime) -> dict[str, str]:
    """Fields of a schedule that is like any other, and open at `now` and for some hours after.

    Weekdays, and today and tomorrow whatever they are. The hours of a working day; where it is too late for them, or
    too early, from this hour to the evening's end; where that is near, all day, so that it doesn't end at midnight.
    """
    local = now.astimezone(ISTANBUL)
    today, tomorrow = local.date(), local.date() + dt.timedelta(days=1)
    days = sorted({*range(1, 6), today.isoweekday(), tomorrow.isoweekday()})
    begin, end = _HOURS
    if not begin <= local.time() or dt.datetime.combine(today, end, ISTANBUL) - local < _MIN_LEFT:
        begin, end = local.time().replace(minute=0, second=0, microsecond=0), DAY_ENDS
    if dt.datetime.combine(today, end, ISTANBUL) - local < _MIN_LEFT:
        begin, end = DAY_BEGINS, DAY_ENDS
    return {"active_days": ",".join(map(str, days)), **_dates(today),
            "time_range_begin": f"{begin:%H:%M}", "time_range_end": f"{end:%H:%M}"}


def _dates(today: dt.date) -> dict[str, str]:
    return {"date_range_begin": today.isoformat(), "date_range_end": (today + dt.timedelta(_DAYS)).isoformat()}


async def _launch(services: Services) -> None:
    """A campaign that calls: its results come in while one watches."""
    dates = _dates(services.now().astimezone(ISTANBUL).date())
    made = services.store.drafts.create("demo", {**_UNDER_WAY, **dates})
    services.store.numbers.add(made, validated(Number(f"0542{2000000 + 53 * row}") for row in range(300)))
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


def _opened(folder: Path, provider: str, receiver: str) -> Session:
    """A configuration of its own. Of the environment only what describes the terminal is used: never a real key."""
    path = folder / _DATABASE
    profile = Profile(_PROFILE, api_key=Secret(DEFAULT_KEY), base_url=provider, caller_id=_CALLER)
    config = Config(
        path=folder / "config.toml", database=DatabaseSetting(path, url=f"sqlite:///{path.as_posix()}"),
        language=language(), profile=profile.name, profiles={profile.name: profile},
        receiver=ReceiverSettings(public_url=receiver))
    redactor = Redactor(config.secrets)
    return Session(config, UiState(), logs.set_up(folder, redactor), redactor, AskedBy.APP,
                   environ=handed_on(os.environ), state_file=folder / "state.json")


@contextmanager
def _process(arguments: Sequence[str], failed: str) -> Iterator[str]:
    """The address that a command writes. It runs in a process that ends with this one, even if this one is killed."""
    process = subprocess.Popen(  # noqa: S603 - our own program
        processes.command_line(*arguments), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        start_new_session=True, env=processes.environment(os.environ))
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
