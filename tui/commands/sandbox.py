"""`santral sandbox`: the provider's API, imitated on this machine. Nothing leaves it, nobody is called."""

from __future__ import annotations

from functools import partial

from tui.commands.arguments.program import RunSandbox
from tui.commands.invocation import Invocation
from tui.commands.output import full_sentence, line, problem
from tui.commands.status import Status
from tui.core.processes import end_with_input
from tui.core.secret import Secret
from tui.i18n.words import say
from tui.sandbox.events import Listening, SandboxEvent, describe
from tui.sandbox.faults import BadFault, Fault, parse_fault
from tui.sandbox.server import DEFAULT_KEY, Sandbox, SandboxOptions


def run_sandbox(_invocation: Invocation, arguments: RunSandbox) -> Status:
    """Serve until Ctrl+C or SIGTERM. SandboxError where the port can't be had."""
    faults: list[Fault] = []
    for text in arguments.fault:
        try:
            faults.append(parse_fault(text))
        except BadFault as bad:
            problem(full_sentence(bad.reason))
            return Status.USAGE
    key = arguments.key or DEFAULT_KEY
    options = SandboxOptions(
        key=Secret(key), speed=arguments.speed, seed=arguments.seed,
        faults=tuple(faults), always_open=arguments.always_open, port=arguments.port)
    if arguments.until_eof:
        end_with_input()
        Sandbox(options, on_event=_show_address).run_forever()
    else:
        Sandbox(options, on_event=partial(_show_event, key)).run_forever()
    return Status.DONE


def _show_event(key: str, event: SandboxEvent) -> None:
    line(describe(event))
    # Another key may be a real one, given by mistake.
    if isinstance(event, Listening) and key == DEFAULT_KEY:
        line(say("command.sandbox.how", address=event.address, key=key))


def _show_address(event: SandboxEvent) -> None:
    """For the program that started it: the address, and nothing more."""
    if isinstance(event, Listening):
        line(event.address)
