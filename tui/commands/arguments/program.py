"""What can be typed after commands about the program and what runs beside it."""

from __future__ import annotations

from typing import Final

from tui.commands.arguments.common import OnlyJson
from tui.commands.spec import Arguments, argument, option, options, switch
from tui.commands.values import FILE, PORT, SEED, SHELL, SPEED, TEXT

DEFAULT_SANDBOX_PORT: Final = 8099


class CopyStore(OnlyJson):
    source = argument(TEXT, "command.help.store_source", "command.metavar.source")
    target = argument(TEXT, "command.help.store_target", "command.metavar.target")


class Listen(Arguments):
    json = switch("--json", "command.help.listen_json")
    until_eof = switch("--until-eof", "")  # as the sandbox's
    # For the demo, which leaves nothing behind.
    log_folder = option("--log-folder", FILE, "", "", default=None)


class RunSandbox(Arguments):
    port = option("--port", PORT, "command.help.port", "N", default=DEFAULT_SANDBOX_PORT)
    speed = option("--speed", SPEED, "command.help.speed", "N", default=1.0)
    seed = option("--seed", SEED, "command.help.seed", "N", default=1)
    fault = options("--fault", TEXT, "command.help.fault", "command.metavar.fault")
    always_open = switch("--always-open", "command.help.always_open")
    key = option("--key", TEXT, "command.help.key", "command.metavar.key", default=None)
    # For the demo: the sandbox ends when the program that started it does, however that ends.
    until_eof = switch("--until-eof", "")


class Doctor(OnlyJson):
    offline = switch("--offline", "command.help.offline")


class Completion(Arguments):
    shell = argument(SHELL, "command.help.shell", "command.metavar.shell")


class Demo(Arguments):
    speed = option("--speed", SPEED, "command.help.speed", "N", default=1.0)
