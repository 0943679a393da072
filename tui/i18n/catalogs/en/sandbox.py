"""The sandbox: its log, and why it does not start."""

from typing import Final

from tui.i18n.words import Texts

TEXTS: Final[Texts] = {
    "sandbox.listening": "The sandbox answers at {address}. Nobody is called, and nothing leaves this machine.",
    "sandbox.answered": "{method} {path}: answered {status}",
    "sandbox.answered_with": "{method} {path}: answered {status}, {words}",
    "sandbox.fault_befell": "{method} {path}: fault applied as requested: {fault}",
    "sandbox.called": "Campaign {campaign} called {phone}: {status}",
    "sandbox.called_with_key": "Campaign {campaign} called {phone}: {status}, key {digit}",
    "sandbox.webhook_elsewhere": "The webhook at {host} is not on this machine: it was taken to have answered 200, and gets "
                                 "no results.",
    "sandbox.webhook_answered": "The webhook at {host} answered {status} instead of 200.",
    "sandbox.webhook_silent": "The webhook at {host} did not answer.",
    "sandbox.not_this_machine": "The sandbox answers on this machine alone, and {host} may be another: "
                                "use 127.0.0.1, ::1 or localhost.",
    "sandbox.port_busy": "Port {port} is in use by another program: end that one, or choose another port with --port.",
    "sandbox.no_port": "{port} is not a port: choose one from 1 to 65535, or 0 for any free one.",
    "sandbox.cannot_listen": "The sandbox cannot listen at {address} ({problem:e}): choose another port with --port.",
    "sandbox.fault.meant": "There is no fault “{value}”: did you mean {near}?",
    "sandbox.fault.unknown": "There is no fault “{value}”. The faults are {known}; before one may stand switch:, delete:, "
                             "block:, lookup:, recording: or download:, after it how many times it befalls, as in 429:2.",
    "sandbox.fault.times": "In the fault “{value}”, “{times}” is not how many times it befalls: write a number from 1, or "
                           "leave it out for every time.",
}
