"""The `santral` command: which command was meant, and what becomes of whatever goes wrong in it.

Only what the chosen command needs is imported. No traceback ever reaches a user.
"""

from __future__ import annotations

import logging
import os
import sys
from argparse import Namespace
from collections.abc import Mapping, Sequence
from typing import Final

from tui import bootstrap
from tui.campaign.schedule import ISTANBUL
from tui.campaign.states import AskedBy
from tui.commands.output import document, full_sentence, interactive, prepare_streams, problem, refusal
from tui.commands.status import Status, Stopped, status_of
from tui.config import ConfigError
from tui.config.keymap import first_key
from tui.core import logs
from tui.core.environment import left_aside, no_core_dumps, taken_over
from tui.core.reason import Reason
from tui.core.secret import Redactor
from tui.core.shortage import shortage
from tui.core.zone import unusable
from tui.i18n.words import name_keys, say
from tui.operations.services import NotPossible

log = logging.getLogger("santral")

_WITHOUT_TIME: Final = ("config", "completion", "doctor")  # the last says what is wrong with it


def main(argv: Sequence[str]) -> int:
    """Run `santral` with these arguments; its exit status (`Status`)."""
    prepare_streams()
    name_keys(first_key)
    logs.hush()
    no_core_dumps()
    with taken_over(os.environ) as environ:
        return _main(argv, environ)


def _main(argv: Sequence[str], environ: Mapping[str, str]) -> int:
    arguments = Namespace(config=None, profile=None, command=None, environ=environ)
    try:
        if not argv and interactive():  # the app need know of no other command
            _prepare(arguments)
            return _run_app(arguments)
        from tui.commands.arguments import early_config, parse

        bootstrap.choose_language(early_config(argv), environ)
        arguments = parse(argv)
        arguments.environ = environ
        return _run(arguments)
    except KeyboardInterrupt as stop:
        problem(full_sentence(stop.reason) if isinstance(stop, Stopped) else say("command.stopped"))
        return status_of(stop)
    except ConfigError as error:
        _tell_config(error, as_json=_wants_json(arguments))
    except SystemExit as end:
        if not isinstance(end.code, str):  # help, the version, or wrong usage that has been told
            return end.code or Status.DONE
        problem(end.code)  # the app's last sentence
    except Exception as error:  # noqa: BLE001 - no traceback reaches a user
        refusal(_reason(error), as_json=_wants_json(arguments))
    return Status.FAILED


def _wants_json(arguments: Namespace) -> bool:
    return bool(getattr(arguments, "json", False))


def _reason(error: Exception) -> Reason:
    """Why a command failed. What neither has a sentence of its own nor is the machine's doing is a mistake of ours."""
    reason = getattr(error, "reason", None)
    if isinstance(reason, Reason):
        return reason
    if logs.current() is None:
        logs.set_up(None, Redactor())
    log.critical("the command failed", exc_info=error)
    file = logs.current()
    mistake = Reason("command.failed", {"log": str(file)}) if file is not None else Reason("command.failed_unlogged")
    return shortage(error) or mistake


def _know_the_time() -> None:
    """NotPossible on a machine that can't tell Turkish time: campaigns call by it."""
    reason = unusable(ISTANBUL)
    if reason is not None:
        raise NotPossible(reason)


def _prepare(arguments: Namespace) -> None:
    if arguments.command not in _WITHOUT_TIME:
        _know_the_time()
    if arguments.command != "completion":
        for name in left_aside(arguments.environ):
            problem(say("command.left_aside", name=name))


def _run(arguments: Namespace) -> Status:  # noqa: C901, PLR0911 - one for each command, loaded when it is used
    _prepare(arguments)
    match arguments.command:
        case "campaign":
            from tui.commands.campaign import run_campaign

            return run_campaign(arguments)
        case "phones":
            from tui.commands.phones import check_list

            return check_list(arguments)
        case "config":
            from tui.commands.config import run_config

            return run_config(arguments)
        case "sandbox":
            from tui.commands.sandbox import run_sandbox

            return run_sandbox(arguments)
        case "store":
            from tui.commands.store import run_store

            return run_store(arguments)
        case "results":
            from tui.commands.results import run_results

            return run_results(arguments)
        case "dnc":
            from tui.commands.do_not_call import run_do_not_call

            return run_do_not_call(arguments)
        case "listen":
            from tui.commands.listen import run_listen

            return run_listen(arguments)
        case "doctor":
            from tui.commands.doctor.command import run_doctor

            return run_doctor(arguments)
        case "completion":
            from tui.commands.completion import run_completion

            return run_completion(arguments)
        case "demo":
            from tui.commands.demo import run_demo

            return run_demo(arguments.speed)
    return _run_app(arguments)


def _run_app(arguments: Namespace) -> Status:
    _know_the_time()
    if not interactive():
        raise NotPossible(Reason("command.no_terminal"))
    from tui.app.terminal.capabilities import unfit

    reason = unfit(arguments.environ, sys.stderr)
    if reason is not None:
        raise NotPossible(reason)
    opened = bootstrap.open_config(arguments.config, arguments.environ, AskedBy.APP)
    try:
        profile = bootstrap.choose_profile(opened, arguments.profile)
        if profile is not None:
            opened.use_profile(profile)
            opened.look_ahead()
        from tui.app.app import run_app

        asked = run_app(opened)
    finally:
        # After the screen is gone: whoever reads this may have the only copy of it.
        for lost in opened.close():
            problem(full_sentence(lost))
    if asked == "demo":
        from tui.commands.demo import DEMO_SPEED, run_demo

        return run_demo(DEMO_SPEED)
    return Status.DONE


def _tell_config(error: ConfigError, *, as_json: bool) -> None:
    sentences = [full_sentence(reason) for reason in error.reasons]
    for sentence in sentences:
        problem(sentence)
    if as_json:
        document({"error": {"code": error.reasons[0].code, "message": "\n".join(sentences)}})
