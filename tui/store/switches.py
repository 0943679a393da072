"""On, off and delete: asked of the provider, and what became of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Final

from tui.campaign.lifecycle import Action, AskedBy, State
from tui.core.reason import Reason
from tui.store.columns import stamp
from tui.store.database import Row
from tui.store.errors import AlreadySwitching, HasSuccessor
from tui.store.repository import Context, Repository, reason_set
from tui.store.successor_guard import is_switched_on, launched_in_place_of

_AT_PROVIDER: Final = frozenset({State.ON, State.OFF})  # a finished one is remembered as what it was last set to
# In which the provider may yet carry out what it was asked and nobody has its answer to: longer than it is waited for.
_UNANSWERED: Final = dt.timedelta(minutes=2)
_INTERRUPTED: Final = "store.switch_interrupted"
_BEGIN: Final = """
INSERT INTO switches (campaign_id, action, asked_by, asked_at, holder) VALUES (?, ?, ?, ?, ?) RETURNING id
"""
_RESOLVE: Final = "UPDATE switches SET outcome = ?, reason = ?, reason_params = ?, settled_at = ? WHERE id = ?"
_COUNT_IN_FLIGHT: Final = "SELECT count(*) FROM switches WHERE campaign_id = ? AND outcome IS NULL"
_COUNT_UNKNOWN: Final = """
SELECT count(*) FROM switches WHERE campaign_id = ? AND outcome = 'unknown' AND action <> ? AND settled_at > ?
"""
_DONE: Final = {Action.ON: State.ON, Action.OFF: State.OFF, Action.DELETE: State.DELETED}


class Switches(Repository):
    """A switch is `begin`, then the request, then one of `done`, `failed`, `missing` and `unknown`."""

    def __init__(self, context: Context, recover: Callable[[], list[int]]) -> None:
        super().__init__(context)
        self._recover = recover

    def begin(self, campaign: int, action: Action, asked_by: AskedBy, *, beside_successor: bool = False) -> int:
        """Note that a campaign is about to be switched. The switch's ID.

        AlreadySwitching while a living process has a switch of it on its way; HasSuccessor where it is to be switched
        on and another was launched in its place, unless a person says that it may call all the same,
        `beside_successor`; WrongState where the provider doesn't have it; NoSuchCampaign.
        """
        if self._in_flight(campaign):
            self._recover()
        holder = self._context.lease.name()
        with self._database.write():
            self._require(campaign, _AT_PROVIDER)
            if self._in_flight(campaign):
                raise AlreadySwitching(self._naming("store.already_switching", campaign))
            if action is Action.ON:
                self._must_have_no_successor(campaign, beside_successor=beside_successor)
            return self._database.number(_BEGIN, (campaign, action, asked_by, self._now(), holder))

    def _must_have_no_successor(self, campaign: int, *, beside_successor: bool) -> None:
        """HasSuccessor."""
        successor = launched_in_place_of(self._database, campaign)
        if successor is not None and not beside_successor:
            row = self._database.one("SELECT provider_id FROM campaigns WHERE id = ?", (successor,))
            ref = f"d{successor}" if row is None or row["provider_id"] is None else str(row["provider_id"])
            raise HasSuccessor(self._naming("store.has_successor", campaign, ref=ref), successor)
        is_switched_on(self._database, campaign)

    def ours(self, switch: int) -> bool:
        """Whether a switch is open still, and this store's, as `Ledger.ours` has it. StoreError."""
        with self._database.read():
            row = self._database.one("SELECT holder, outcome FROM switches WHERE id = ?", (switch,))
        return row is not None and row["outcome"] is None and self._held(row["holder"])

    def done(self, switch: int) -> bool:
        """The provider did it: the campaign is as asked. False where the switch was resolved before.

        Unsure all the same where something else was asked a moment ago that has no answer: it may be done after this.
        One that was taken for dead, and is resolved after all, makes the campaign unsure, as in the methods below:
        others may have been asked for since.
        """
        with self._database.write():
            row = self._resolve(switch, "done", None)
            if row is None:
                return False
            reason = Reason("store.switch_overtaken") if self._another_is_unanswered(row) else None
            self._set(row["campaign_id"], _AT_PROVIDER, {
                "state": _DONE[Action(row["action"])], "unsure": int(reason is not None), "missing": 0,
                "last_set_at": self._now(), **reason_set(reason)})
            return True

    def failed(self, switch: int, reason: Reason) -> bool:
        """The provider did not do it: the campaign is as it was. False where the switch was resolved before."""
        with self._database.write():
            row = self._resolve(switch, "failed", reason)
            if row is None:
                return False
            self._set(row["campaign_id"], _AT_PROVIDER, reason_set(reason))
            return True

    def missing(self, switch: int, reason: Reason) -> bool:
        """The provider says that it doesn't know the campaign: nothing was done. False where it was resolved before.

        One that is to be deleted, of which it has said so before, is taken off the list: nothing is left to be deleted.
        """
        with self._database.write():
            row = self._resolve(switch, "failed", reason)
            if row is None:
                return False
            campaign = row["campaign_id"]
            again = self._database.number("SELECT missing FROM campaigns WHERE id = ?", (campaign,))
            away = {"state": State.DELETED} if again and row["action"] == Action.DELETE else {}
            self._set(campaign, _AT_PROVIDER, {**away, "missing": 1, "unsure": 0, **reason_set(reason)})
            return True

    def unknown(self, switch: int, reason: Reason) -> bool:
        """It may have been done: unsure until the next that is. False where the switch was resolved before."""
        with self._database.write():
            row = self._resolve(switch, "unknown", reason)
            if row is None:
                return False
            self._set(row["campaign_id"], _AT_PROVIDER, {"unsure": 1, **reason_set(reason)})
            return True

    def _in_flight(self, campaign: int) -> bool:
        return self._database.number(_COUNT_IN_FLIGHT, (campaign,)) > 0

    def _another_is_unanswered(self, switch: Row) -> bool:
        if switch["action"] == Action.DELETE:  # what is deleted is switched by nobody
            return False
        since = stamp(self._context.now() - _UNANSWERED)
        return self._database.number(_COUNT_UNKNOWN, (switch["campaign_id"], switch["action"], since)) > 0

    def _resolve(self, switch: int, outcome: str, reason: Reason | None) -> Row | None:
        """The switch's row; None where it was resolved before. ValueError where there is none."""
        row = self._database.one("SELECT * FROM switches WHERE id = ?", (switch,))
        if row is None:
            raise ValueError(f"no switch {switch}")
        if row["outcome"] is None:
            self._note(switch, outcome, reason)
            return row
        if row["outcome"] == "unknown" and row["reason"] == _INTERRUPTED:
            late = Reason("store.switch_late")
            self._note(switch, outcome, late)
            if self._is_at_provider(row["campaign_id"]):
                self._set(row["campaign_id"], _AT_PROVIDER, {"unsure": 1, **reason_set(late)})
        return None

    def _note(self, switch: int, outcome: str, reason: Reason | None) -> None:
        self._database.run(_RESOLVE, (outcome, *reason_set(reason).values(), self._now(), switch))

    def _is_at_provider(self, campaign: int) -> bool:
        row = self._database.one("SELECT state FROM campaigns WHERE id = ?", (campaign,))
        return row is not None and row["state"] in _AT_PROVIDER
