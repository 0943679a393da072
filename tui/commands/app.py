"""`santral` without a command: the app."""

from __future__ import annotations

import sys

from tui import bootstrap
from tui.campaign.lifecycle import AskedBy
from tui.commands.invocation import Invocation
from tui.commands.output import full_sentence, interactive, problem
from tui.commands.status import Status
from tui.core.reason import Reason
from tui.operations.services import NotPossible


def run_app(invocation: Invocation, _arguments: object = None) -> Status:
    """Run the app until it is left. NotPossible where no terminal can show it; ConfigError, StoreError."""
    if not interactive():
        raise NotPossible(Reason("command.no_terminal"))
    from tui.app.terminal.capabilities import unfit

    reason = unfit(invocation.environ, sys.stderr)
    if reason is not None:
        raise NotPossible(reason)
    session = bootstrap.open_config(invocation.sources, AskedBy.APP)
    try:
        profile = bootstrap.choose_profile(session, invocation.profile)
        if profile is not None:
            session.use_profile(profile)
            session.look_ahead()
        from tui.app.app import run_app as run
        from tui.screens.routes import ScreenRoutes

        asked = run(session, ScreenRoutes())
    finally:
        # After the screen is gone: this may be the only copy of it.
        for lost in session.close():
            problem(full_sentence(lost))
    if asked == "demo":
        from tui.commands.demo import DEMO_SPEED, run_demo

        return run_demo(DEMO_SPEED)
    return Status.DONE
