"""The `santral` command: dispatch, and the sentence and exit status of every failure.

Only what the chosen command needs is imported. No traceback ever reaches a user.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from tui import bootstrap
from tui.campaign.dates import ISTANBUL
from tui.commands.app import run_app
from tui.commands.invocation import Invocation
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

if TYPE_CHECKING:  # its import would load argparse for the app
    from tui.commands.parser import ParsedCommand

log = logging.getLogger("santral")


def main(argv: Sequence[str]) -> int:
    """Run `santral` with these arguments; its exit status (`Status`)."""
    prepare_streams()
    name_keys(first_key)
    logs.hush()
    no_core_dumps()
    with taken_over(os.environ) as environ:
        return _main(argv, environ)


def _main(argv: Sequence[str], environ: Mapping[str, str]) -> int:
    as_json = False
    try:
        if not argv and interactive():  # the app need know of no other command
            _prepare(environ)
            return run_app(Invocation(bootstrap.Sources(None, environ), None))
        from tui.commands.parser import early_config, parse

        sources = bootstrap.Sources(early_config(argv), environ)
        bootstrap.choose_language(sources)
        call = parse(argv)
        as_json = call.as_json
        return _run(call, Invocation(sources.of(call.config), call.profile))
    except KeyboardInterrupt as stop:
        problem(full_sentence(stop.reason) if isinstance(stop, Stopped) else say("command.stopped"))
        return status_of(stop)
    except ConfigError as error:
        _refuse_config(error, as_json=as_json)
    except SystemExit as end:
        if not isinstance(end.code, str):  # help, the version, or wrong usage that has been reported
            return end.code or Status.DONE
        problem(end.code)  # the app's last sentence
    except Exception as error:  # noqa: BLE001 - no traceback reaches a user
        refusal(_reason(error), as_json=as_json)
    return Status.FAILED


def _run(call: ParsedCommand, invocation: Invocation) -> Status:
    from tui.commands.spec import function_of

    command = call.command
    _prepare(invocation.environ, needs_time_zone=command.needs_time_zone, for_shells=command.for_shells)
    function: Callable[[object, object], Status] = function_of(command.run)
    if not command.with_services:
        return function(invocation, call.arguments)
    from tui.commands.running import open_services

    with open_services(invocation) as services:
        return function(services, call.arguments)


def _reason(error: Exception) -> Reason:
    """Why a command failed: the error's own reason, a shortage of the machine, or else a mistake of ours."""
    reason = getattr(error, "reason", None)
    if isinstance(reason, Reason):
        return reason
    if logs.current() is None:
        logs.set_up(None, Redactor())
    log.critical("the command failed", exc_info=error)
    file = logs.current()
    mistake = Reason("command.failed", {"log": str(file)}) if file is not None else Reason("command.failed_unlogged")
    return shortage(error) or mistake


def _need_turkish_time() -> None:
    """NotPossible on a machine that doesn't know Turkish time: campaigns call by it."""
    reason = unusable(ISTANBUL)
    if reason is not None:
        raise NotPossible(reason)


def _prepare(environ: Mapping[str, str], *, needs_time_zone: bool = True, for_shells: bool = False) -> None:
    if needs_time_zone:
        _need_turkish_time()
    if not for_shells:
        for name in left_aside(environ):
            problem(say("command.left_aside", name=name))


def _refuse_config(error: ConfigError, *, as_json: bool) -> None:
    sentences = [full_sentence(reason) for reason in error.reasons]
    for sentence in sentences:
        problem(sentence)
    if as_json:
        document({"error": {"code": error.reasons[0].code, "message": "\n".join(sentences)}})
