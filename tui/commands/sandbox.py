"""`santral sandbox`: the provider's API, imitated on this machine. Nothing leaves it, nobody is called."""

from __future__ import annotations

import os
import signal
import sys
import threading
from argparse import Namespace
from functools import partial

from tui.commands.output import full_sentence, line, problem
from tui.commands.status import Status
from tui.sandbox.events import Event, Listening, describe
from tui.sandbox.faults import BadFault, Fault, parse_fault
from tui.sandbox.server import DEFAULT_KEY, Sandbox, SandboxOptions
from tui.secret import Secret
from tui.words import say


def run_sandbox(arguments: Namespace) -> Status:
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
        threading.Thread(target=_end_with_input, daemon=True).start()
        Sandbox(options, on_event=_tell_address).run_forever()
    else:
        Sandbox(options, on_event=partial(_tell, key)).run_forever()
    return Status.DONE


def _tell(key: str, event: Event) -> None:
    line(describe(event))
    # Another key may be somebody's real one, given by mistake.
    if isinstance(event, Listening) and key == DEFAULT_KEY:
        line(say("command.sandbox.how", address=event.address, key=key))


def _tell_address(event: Event) -> None:
    """For the program that started it: the address, and nothing more."""
    if isinstance(event, Listening):
        line(event.address)


def _end_with_input() -> None:
    """Whoever started it holds the other end of the input: it closes with them, however they end."""
    while sys.stdin.buffer.read(4096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
