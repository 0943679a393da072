"""What was confirmed in the app, told to whoever answers for the provider; and how a hand confirms."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final
from unittest.mock import patch

from textual.screen import Screen

from tests.walk.provider import Confirmed, ProviderDouble
from tests.walk.situations import CONSENTS, connect
from tui import bootstrap
from tui.campaign import holidays
from tui.campaign.lifecycle import Action
from tui.i18n.key_names import name_of
from tui.operations.bulk import BulkPlan
from tui.operations.services import Services
from tui.screens import switching
from tui.screens.bulk import BulkQuestion
from tui.screens.consents import ConsentsDialog
from tui.screens.do_not_call_dialogs import AddDialog, RemoveDialog
from tui.screens.follow_up import FollowUpDialog
from tui.screens.launch import LaunchDialog
from tui.screens.never_call import NeverCallDialog
from tui.screens.question import Question, TypedQuestion
from tui.screens.review import ReviewPane
from tui.screens.successor import SuccessorDialog
from tui.screens.trial_call import TrialCallDialog
from tui.store import Campaign

_TYPED: Final = "-typed"  # a Review in which it was typed that they are called who must not be
_ACTS: Final = {Action.ON: "PATCH on", Action.OFF: "PATCH off", Action.DELETE: "DELETE"}


def keys_of_answer(dialog: Screen[Any]) -> list[str]:
    """What is to be typed in a dialog, and its yes; none where nothing is confirmed."""
    wanted: list[str] = []
    if isinstance(dialog, LaunchDialog):
        wanted = [*filter(None, [dialog._twin]), *([str(dialog._recipients)] if dialog._typed_needed else [])]
    elif isinstance(dialog, TypedQuestion):
        wanted = [str(dialog._count)]
    elif isinstance(dialog, RemoveDialog):
        return ["z", "u", "b", "enter", "enter"]
    elif isinstance(dialog, NeverCallDialog):
        return ["enter", "enter"]
    elif isinstance(dialog, ConsentsDialog):
        return [*map(name_of, CONSENTS), "enter", "enter"]
    elif isinstance(dialog, AddDialog):
        return [*map(name_of, "05331230003"), "enter", "enter"]
    elif not isinstance(dialog, Question | BulkQuestion | TrialCallDialog):
        return []
    if not wanted:
        return ["tab", "enter"]  # *Cancel* has the focus
    typed = [key for text in wanted for key in (*map(name_of, text), "enter")]  # enter goes on to the next, then to yes
    return [*["shift+tab"] * len(wanted), *typed, "enter"]


def _confirmed(double: ProviderDouble, screen: Screen[Any], result: object) -> None:
    """A dialog was left with an answer."""
    confirmed = double.confirmed
    if isinstance(screen, LaunchDialog) and result:
        panes = [pane for below in screen.app.screen_stack for pane in below.query(ReviewPane)]
        confirmed += [act for pane in panes for act in (_launched(screen, pane), *_replaced(pane))]
    elif isinstance(screen, TrialCallDialog) and result:
        confirmed.append(Confirmed("test", str(result)))
    elif isinstance(screen, RemoveDialog) and result:
        double.taken_off.add(screen.number.phone)
    elif isinstance(screen, BulkQuestion) and isinstance(result, BulkPlan):
        confirmed += [Confirmed(_ACTS[result.action], _path(campaign)) for campaign in result.able]
    elif isinstance(screen, TypedQuestion) and result:
        if screen.name:
            confirmed.append(Confirmed("PATCH on", screen.name))
        for below in screen.app.screen_stack:
            below.query(ReviewPane).add_class(_TYPED)
    elif isinstance(screen, Question) and result:
        # That before a campaign is switched on bears its path.
        confirmed.append(Confirmed("PATCH on", screen.name) if screen.name else Confirmed("DELETE"))


def _launched(dialog: LaunchDialog, pane: ReviewPane) -> Confirmed:
    assert pane.ready is not None
    return Confirmed("POST", pane.ready.draft.name, twin=dialog._twin is not None,
                     refused=pane.overrides.with_refused and pane.has_class(_TYPED),
                     unknown=pane.overrides.now.without_iys and pane.has_class(_TYPED))


def _replaced(pane: ReviewPane) -> list[Confirmed]:
    """Behind the launch of one that takes another's place that other one is deleted."""
    assert pane.ready is not None
    replaces, store = pane.ready.campaign.replaces, pane.form.host.services.store
    return [] if replaces is None else [Confirmed("DELETE", _path(store.campaigns.get(replaces)))]


def _path(campaign: Campaign) -> str:
    return f"/ivr_campaigns/{campaign.provider_id}"


@contextmanager
def heard_confirming(double: ProviderDouble) -> Iterator[None]:
    """Every way to the provider leads to the double; answers of dialogs are noted; nothing is loaded yet."""
    dismiss = Screen.dismiss
    loaded: list[bool] = []

    def noted(screen: Screen[Any], result: Any = None) -> Any:  # noqa: ANN401 - whatever the dialog answers
        _confirmed(double, screen, result)
        return dismiss(screen, result)

    switch_off, ask = FollowUpDialog._switch_off, switching.switch_on_question

    async def question(services: Services, campaign: Campaign) -> Question | TypedQuestion:
        """One that knows what it is about."""
        asked = await ask(services, campaign)
        asked._name = _path(campaign)
        return asked

    async def switched_off(dialog: FollowUpDialog) -> None:
        double.confirmed.append(Confirmed("PATCH off"))  # by a button that says so
        await switch_off(dialog)

    off_to_replace, delete_replaced = SuccessorDialog._switch_off, SuccessorDialog._delete

    async def off(dialog: SuccessorDialog) -> None:
        double.confirmed.append(Confirmed("PATCH off"))
        await off_to_replace(dialog)

    async def deleted(dialog: SuccessorDialog) -> None:
        double.confirmed.append(Confirmed("DELETE", _path(dialog._former)))
        await delete_replaced(dialog)

    with patch.object(Screen, "dismiss", noted), patch.object(SuccessorDialog, "_switch_off", off), \
            patch.object(SuccessorDialog, "_delete", deleted), \
            patch.object(FollowUpDialog, "_switch_off", switched_off), \
            patch.object(switching, "switch_on_question", question), \
            patch.object(holidays, "load", lambda: loaded.append(True)), \
            patch.object(holidays, "loaded", lambda: bool(loaded)), \
            patch.object(bootstrap, "connect", lambda profile, on_wait=None: connect(profile, double, on_wait)):
        yield
