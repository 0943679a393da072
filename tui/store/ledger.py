"""The launch ledger: what was asked of the provider is written down before it is sent, and what became of it after."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from tui.campaign.lifecycle import AskedBy, Created, NotSent, Outcome, Rejected, State, Unconfirmed
from tui.core.reason import Reason
from tui.store.columns import object_of, reason_of
from tui.store.database import Row
from tui.store.errors import Changed, RefusedMeanwhile, StoreError, SuccessorUnfit
from tui.store.repository import ANY, EDITABLE, Context, Repository, end_of, reason_set
from tui.store.sql import sql
from tui.store.values import Bodies, LaunchKey, Newest

if TYPE_CHECKING:  # loaded when a launch begins, or a campaign is found to be another
    from tui.store.earlier_launches import EarlierLaunches
    from tui.store.merging import Merging

_LAUNCHING: Final = frozenset({State.LAUNCHING})
_UNCONFIRMED: Final = frozenset({State.UNCONFIRMED})
_OUTCOMES: Final[dict[type[Rejected | NotSent | Unconfirmed], tuple[str, State]]] = {
    Rejected: ("rejected", State.REJECTED),
    NotSent: ("not_sent", State.DRAFT),
    Unconfirmed: ("unconfirmed", State.UNCONFIRMED),
}
_KINDS: Final = {name: kind for kind, (name, _state) in _OUTCOMES.items()}
_BEGIN: Final = """
INSERT INTO launches (campaign_id, token, body_hash, sent_hash, launch_key, numbers, asked_by, asked_at, holder, knows)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id
"""
_LAUNCHES: Final = sql("""
SELECT launches.*, campaigns.profile, campaigns.state, campaigns.fields, campaigns.called_again
FROM launches JOIN campaigns ON campaigns.id = launches.campaign_id
""")
_LAUNCH: Final = sql("{launches} WHERE launches.id = ?", launches=_LAUNCHES)
_OPEN_BY_TOKEN: Final = sql("{launches} WHERE launches.token = ? AND launches.outcome IS NULL", launches=_LAUNCHES)
_OPEN_OF_HOLDER: Final = sql("{launches} WHERE launches.holder = ? AND launches.outcome IS NULL", launches=_LAUNCHES)
_LAST_LAUNCH: Final = sql("{launches} WHERE launches.campaign_id = ? ORDER BY launches.id DESC LIMIT 1",
                          launches=_LAUNCHES)
_OURS: Final = "SELECT campaign_id, holder, outcome, knows FROM launches WHERE id = ?"
_OUTCOME: Final = "SELECT outcome, reason, reason_params, provider_id FROM launches WHERE id = ?"
_HOLDERS: Final = """
SELECT holder FROM launches WHERE outcome IS NULL UNION SELECT holder FROM switches WHERE outcome IS NULL
"""
_OPEN_SWITCHES: Final = "SELECT campaign_id FROM switches WHERE holder = ? AND outcome IS NULL"
_GIVE_UP_SWITCHES: Final = """
UPDATE switches SET outcome = 'unknown', reason = ?, reason_params = ?, settled_at = ?
WHERE holder = ? AND outcome IS NULL
"""
_NOTE: Final = """
UPDATE launches SET outcome = ?, reason = ?, reason_params = ?, provider_id = ?, settled_at = ?, settled_how = ?
WHERE id = ?
"""
_RESOLVE: Final = """
UPDATE launches SET outcome = ?, provider_id = coalesce(?, provider_id), resolved_at = ?, resolved_how = ? WHERE id = ?
"""
# What refers to a campaign that turns out to be another refers to that one from then on.
_REFER: Final = (
    "UPDATE switches SET campaign_id = ? WHERE campaign_id = ?",
    "UPDATE campaigns SET copied_from = ? WHERE copied_from = ?",
    "UPDATE campaigns SET test_of = ? WHERE test_of = ?",
    "UPDATE campaigns SET follows = ? WHERE follows = ?",
)


class Ledger(Repository):
    """A launch is `begin`, then whatever is sent, then `resolve` with the outcome; one without an outcome is open.

    A launch of a process that died is resolved as unconfirmed by whoever calls `recover` next: it is never sent again.
    """

    def __init__(self, context: Context, earlier: Callable[[], EarlierLaunches],
                 merging: Callable[[], Merging]) -> None:
        super().__init__(context)
        self._earlier = earlier
        self._merging = merging

    def begin(self, campaign: int, *, revision: int, token: str, body_hash: str, numbers: int, asked_by: AskedBy,  # noqa: PLR0913 - each is written down
              key: LaunchKey | None = None, again: bool = False, called_again: int = 0,
              newest: Newest | None = None) -> int:
        """Note that a draft is about to be sent: it is launching when this returns, and on the disk. The launch's ID.

        `revision` is that of the draft the request was made of: Changed where it isn't that any more. WrongState where
        another launch was first; NoSuchCampaign. The token of each launch is its own. AlreadyLaunched where
        `EarlierLaunches` finds one for the key, unless it is launched `again` beside that; a launch without a key may
        be repeated.
        SuccessorUnfit where it would take another's place, and that one may call, or has reached somebody in its list.
        `body_hash` is of the request that is asked for, before anybody is left out of it. `numbers` are different ones;
        `called_again` how many rows it has beyond them, each of which calls one of them once more. `newest`: what there
        was when whoever is left out was looked for; LaunchedMeanwhile where the profile has another launch since, or
        one that was found at the provider; RefusedMeanwhile where somebody in the list has said no since, or answered a
        campaign that it was made of.
        """
        from tui.store.arrivals import last_arrival
        from tui.store.meanwhile import since

        bodies = Bodies.of(body_hash, key)
        holder = self._context.lease.name()
        with self._database.write():
            self._require(campaign, EDITABLE)
            row = self._database.one("SELECT profile, revision, fields FROM campaigns WHERE id = ?", (campaign,))
            if row is None or row["revision"] != revision:
                raise Changed(self._naming("store.changed", campaign))
            if newest is not None and (why := since(self._database, campaign, row["profile"], newest)) is not None:
                error, code = why
                raise error(self._naming(code, campaign))
            self._must_be_fit(campaign, anew=True)
            with self._database.legible():
                ends_at = end_of(object_of(row["fields"]), self._context.now())
            columns: dict[str, str | int | None] = {"state": State.LAUNCHING, "ends_at": ends_at,
                                                         "called_again": called_again, **reason_set(None)}
            self._set(campaign, EDITABLE, columns | self._earlier().claimed(campaign, row["profile"], bodies, key,
                                                                            again=again))
            return self._database.number(_BEGIN, (
                campaign, token, bodies.asked, bodies.sent, key.text if key else None, numbers, asked_by, self._now(),
                holder, last_arrival(self._database)))

    def ours(self, launch: int) -> bool:
        """Whether a launch is open still, and this store's: nobody has given it up, and nobody can. StoreError.

        SuccessorUnfit where it takes another's place, and a result came in of somebody in its list since it was begun;
        RefusedMeanwhile where somebody in it has answered a campaign that it was made of.
        To be asked before anything of it leaves: a process that was stopped for a while, or lost its session, may have
        been taken for dead, and another sent in its place.
        """
        from tui.store.answered_search import has_answered_since, heard

        # Within `read` a lost connection is not opened again: the row is read on the one that has the lock, or hasn't.
        with self._database.read():
            row = self._database.one(_OURS, (launch,))
            if row is None or row["outcome"] is not None or not self._held(row["holder"]):
                return False
            campaign = row["campaign_id"]
            self._must_be_fit(campaign, anew=False)
            if (heard(self._database, campaign) or 0) > (row["knows"] or 0) and has_answered_since(
                    self._database, campaign):
                raise RefusedMeanwhile(self._naming("store.answered_while_sent", campaign))
        return True

    def _must_be_fit(self, campaign: int, *, anew: bool) -> None:
        """SuccessorUnfit."""
        from tui.store.successor_guard import UNFIT, unfit

        why = unfit(self._database, campaign, anew=anew)
        if why is not None:
            raise SuccessorUnfit(self._naming(UNFIT[why], campaign))

    def resolve(self, launch: int, outcome: Outcome) -> bool:
        """Write down what became of a launch; whether it was news.

        An outcome stays as it is, but for an unconfirmed one that turns out to have been created. Where a person had
        said meanwhile that it was not, or given another ID, or a notification has named one, the provider's campaign is
        tracked beside ours, so that it can be stopped. Where another campaign has the ID already, the launch is
        unconfirmed with that as its reason. One that was taken for dead is what it says itself that became of it,
        unless that was resolved meanwhile.
        """
        with self._database.write():
            row = self._database.one(_LAUNCH, (launch,))
            if row is None:
                raise ValueError(f"no launch {launch}")
            news = self._resolve(row, outcome)
        self._go_on_merging()
        return news

    def _resolve(self, launch: Row, outcome: Outcome) -> bool:
        if launch["outcome"] is None:
            self._resolve_first(launch, outcome, "answer")
            return True
        if launch["outcome"] == "unconfirmed" and isinstance(outcome, Created):
            return self._resolve_late(launch, outcome.provider_id, "answer")
        if launch["outcome"] == "unconfirmed" and isinstance(outcome, NotSent | Rejected):
            return self._resolve_revived(launch, outcome)
        notified = launch["settled_how"] == "result" or launch["resolved_how"] in ("result", "adopted")
        if isinstance(outcome, Created) and notified:
            return self._adopt_beside(launch, outcome.provider_id)
        return False

    def _go_on_merging(self, bits: int | None = None) -> None:
        """A launch stays resolved where this fails: the results of its numbers are moved another time."""
        with suppress(StoreError):
            if self._database.number("SELECT count(*) FROM campaigns WHERE same_as IS NOT NULL"):
                self._merging().go_on(bits)

    def became(self, launch: int) -> Outcome | None:
        """What is remembered of a launch; None while it is open."""
        row = self._database.one(_OUTCOME, (launch,))
        if row is None or row["outcome"] is None:
            return None
        with self._database.legible():
            if row["outcome"] == "created":
                return Created(row["provider_id"])
            reason = reason_of(row["reason"], row["reason_params"])
            if reason is None:
                raise self._database.damaged()
            return _KINDS[row["outcome"]](reason)

    def withdraw(self, token: str, reason: Reason) -> None:
        """Note that a launch wasn't sent of which its own process doesn't know whether `begin` has noted it."""
        with self._database.write():
            row = self._database.one(_OPEN_BY_TOKEN, (token,))
            if row is not None:
                self._resolve_first(row, NotSent(reason), "answer")

    def resolve_by_notification(self, launch: int, provider_id: int) -> None:
        """A notification under a launch's token names the provider's ID. Called within a write transaction.

        A launch that was open or unconfirmed is created, as by a late answer. Any other is left as it is.
        """
        row = self._database.one(_LAUNCH, (launch,))
        if row is None:
            raise ValueError(f"no launch {launch}")
        if row["outcome"] is None:
            self._resolve_first(row, Created(provider_id), "result")
        elif row["outcome"] == "unconfirmed" and row["provider_id"] != provider_id:
            self._resolve_late(row, provider_id, "result")

    def recover(self) -> list[int]:
        """Give up what the dead have left behind; the campaigns concerned, by ID.

        A launch of theirs becomes unconfirmed, a switch unknown. What a living process holds is left alone, this one's
        too.
        """
        found: set[int] = set()
        for name in self._database.all(_HOLDERS):
            with self._context.lease.claimed(name["holder"]) as dead:
                if dead:
                    found |= self._give_up(name["holder"])
        self._go_on_merging(bits=1)
        return sorted(found)

    def assign_id(self, campaign: int, provider_id: int) -> None:
        """Give an unconfirmed campaign the ID that a person has found: it is on.

        WrongState where it isn't unconfirmed, AlreadyKnown where another campaign of ours has that ID, NoSuchCampaign.
        """
        with self._database.write():
            self._require(campaign, _UNCONFIRMED)
            row = self._last_launch(campaign)
            other = self._give_id(row, provider_id)
            if other is not None:
                raise self._already_known(other, provider_id)
            self._note_resolution(row["id"], "adopted", provider_id)
        self._go_on_merging()

    def not_created(self, campaign: int) -> None:
        """Make a draft of an unconfirmed campaign: a person says that the provider doesn't have it.

        WrongState where it isn't unconfirmed, NoSuchCampaign.
        """
        with self._database.write():
            self._set(campaign, _UNCONFIRMED, {"state": State.DRAFT, **reason_set(Reason("store.said_not_created"))})
            self._note_resolution(self._last_launch(campaign)["id"], "not_created", None)

    def _resolve_first(self, launch: Row, outcome: Outcome, how: str) -> None:
        provider_id = None
        if isinstance(outcome, Created):
            provider_id = outcome.provider_id
            other = self._give_id(launch, provider_id)
            if other is None:
                self._note(launch["id"], "created", None, provider_id, how)
                return
            outcome = Unconfirmed(self._naming("store.id_taken", other, provider_id=provider_id))
        name, state = _OUTCOMES[type(outcome)]
        self._set(launch["campaign_id"], _LAUNCHING, {"state": state, **reason_set(outcome.reason)})
        self._note(launch["id"], name, outcome.reason, provider_id, how)

    def _resolve_late(self, launch: Row, provider_id: int, how: str) -> bool:
        if launch["state"] == State.UNCONFIRMED and launch["resolved_at"] is None:
            other = self._give_id(launch, provider_id)
            if other is not None:
                reason = self._naming("store.id_taken", other, provider_id=provider_id)
                self._set(launch["campaign_id"], _UNCONFIRMED, reason_set(reason))
                self._note(launch["id"], "unconfirmed", reason, provider_id, how)
                return True
        else:
            self._adopt_beside(launch, provider_id)
        self._note_resolution(launch["id"], how, provider_id)
        return True

    def _resolve_revived(self, launch: Row, outcome: NotSent | Rejected) -> bool:
        if launch["settled_how"] != "recovered" or launch["resolved_at"] is not None:
            return False
        name, state = _OUTCOMES[type(outcome)]
        self._set(launch["campaign_id"], _UNCONFIRMED, {"state": state, **reason_set(outcome.reason)})
        self._note(launch["id"], name, outcome.reason, None, "answer")
        return True

    def _adopt_beside(self, launch: Row, provider_id: int) -> bool:
        """Adopt what a launch has made at the provider beside its campaign; whether it wasn't known."""
        if self._known(launch["profile"], provider_id):
            return False
        with self._database.legible():
            fields = object_of(launch["fields"])
        # It has the launch's key as well, beside whichever campaign has been given it since.
        self._insert(launch["profile"], {name: fields.get(name, "") for name in ("name", "call_type")}, State.ON,
                     provider_id=provider_id, adopted=1, copied_from=launch["campaign_id"], last_set_at=self._now(),
                     launch_key=launch["launch_key"], again=1, called_again=launch["called_again"])
        return True

    def _give_id(self, launch: Row, provider_id: int) -> int | None:
        """Give the launch's campaign the provider's ID: it is on. Or, nothing done, the other campaign that has the ID.

        What was only tracked by that ID meanwhile is the same campaign: it goes up in this one, its switches
        and results too; many results bit by bit, afterwards.
        """
        from tui.store.life_figures import begin_life  # knows results, of which the start needs nothing

        campaign = launch["campaign_id"]
        columns: dict[str, str | int | None] = {"state": State.ON, "unsure": 0, "last_set_at": self._now(),
                                                **reason_set(None)}
        other = self._known(launch["profile"], provider_id)
        if other is not None and not other["adopted"]:
            return int(other["id"])
        begin_life(self._database, campaign)
        if other is not None:
            columns = {name: other[name] for name in columns}
            for statement in _REFER:
                self._database.run(statement, (campaign, other["id"]))
            self._merging().begin(other["id"], campaign)
        self._set(campaign, _LAUNCHING | _UNCONFIRMED, {**columns, "provider_id": provider_id})
        return None

    def _give_up(self, holder: str) -> set[int]:
        """Resolve what a dead process left in flight; the campaigns concerned."""
        with self._database.write():
            launches = self._database.all(_OPEN_OF_HOLDER, (holder,))
            for launch in launches:
                self._resolve_first(launch, Unconfirmed(Reason("store.launch_interrupted")), "recovered")
            switches = self._database.all(_OPEN_SWITCHES, (holder,))
            reason = reason_set(Reason("store.switch_interrupted"))
            self._database.run(_GIVE_UP_SWITCHES, (*reason.values(), self._now(), holder))
            for switch in switches:
                self._set(switch["campaign_id"], ANY, {"unsure": 1, **reason})
        return {row["campaign_id"] for row in (*launches, *switches)}

    def _note(self, launch: int, outcome: str, reason: Reason | None, provider_id: int | None, how: str) -> None:
        self._database.run(_NOTE, (outcome, *reason_set(reason).values(), provider_id, self._now(), how, launch))

    def _note_resolution(self, launch: int, how: str, provider_id: int | None) -> None:
        outcome = "unconfirmed" if provider_id is None else "created"
        self._database.run(_RESOLVE, (outcome, provider_id, self._now(), how, launch))

    def _last_launch(self, campaign: int) -> Row:
        row = self._database.one(_LAST_LAUNCH, (campaign,))
        if row is None:
            raise self._database.damaged()  # an unconfirmed campaign has been launched
        return row
