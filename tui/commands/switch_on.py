"""What `santral campaign on` asks before it switches on: phones may ring at once."""

from __future__ import annotations

from collections.abc import Sequence

from tui.commands.output import agreed, interactive, problem
from tui.core.reason import Reason
from tui.i18n.words import say
from tui.operations.services import NotPossible, Services
from tui.operations.switching_on import ahead_of, must_have_some_left
from tui.store import Campaign
from tui.text.switch_on import ahead_lines, all_ahead_lines


def agree_to_switch_on(services: Services, campaigns: Sequence[Campaign], *, sure: bool) -> None:
    """Ask whoever is there, unless they are `sure`. NotPossible where it isn't agreed to, or one alone is finished."""
    now = services.now()
    if len(campaigns) == 1:
        must_have_some_left(services.store, campaigns[0], now)
    if sure:
        return
    if not interactive():
        raise NotPossible(Reason("command.switch_on.needs_yes"))
    ahead = ahead_of(services.store, campaigns, now)
    for told in ahead_lines(ahead[0], now) if len(ahead) == 1 else all_ahead_lines(ahead, now):
        problem(told)
    if not agreed(say("command.switch_on.sure", count=len(campaigns))):
        raise NotPossible(Reason("command.switch_on.stopped"))
