"""What another launch would repeat: by its key, or by the request that was sent."""

from __future__ import annotations

from typing import Final

from tui.campaign.dates import ISTANBUL
from tui.campaign.lifecycle import State
from tui.core.text_keys import TextKeys
from tui.store.columns import moment
from tui.store.database import Row
from tui.store.errors import AlreadyLaunched
from tui.store.repository import CAMPAIGNS, CAMPAIGNS_WITH_LAUNCH, Repository, campaign_of
from tui.store.sql import sql
from tui.store.successor_guard import formers_of
from tui.store.values import Bodies, Campaign, EarlierLaunch, LaunchKey, LaunchMatch

_ALREADY_LAUNCHED: Final = TextKeys("store.already_launched.{}", LaunchMatch)
_DOUBTS: Final = {State.LAUNCHING: LaunchMatch.UNDER_WAY, State.UNCONFIRMED: LaunchMatch.UNCONFIRMED}
# Of several that would be repeated, which is named.
_FIRST: Final = (LaunchMatch.OTHER_BODY, LaunchMatch.UNDER_WAY, LaunchMatch.UNCONFIRMED, LaunchMatch.CREATED)
_WITH_KEY_OR_BODY: Final = sql("""
{campaigns} WHERE (campaigns.state IN ('launching', 'unconfirmed', 'on', 'off')
    OR campaigns.state = 'deleted' AND campaigns.missing = 1)
AND campaigns.id IN (SELECT id FROM campaigns WHERE profile = :profile AND launch_key = :key
    UNION SELECT campaign_id FROM launches WHERE body_hash IN (:asked, :sent)
    UNION SELECT campaign_id FROM launches WHERE sent_hash IN (:asked, :sent))
AND (campaigns.launch_key = :key OR last.body_hash IN (:asked, :sent) OR last.sent_hash IN (:asked, :sent))
""", campaigns=CAMPAIGNS_WITH_LAUNCH)
_UNCONFIRMED_TWIN: Final = sql("""
{campaigns} JOIN launches ON launches.campaign_id = campaigns.id
WHERE campaigns.profile = ? AND launches.body_hash = ?
    AND (launches.outcome IS NULL OR launches.outcome = 'unconfirmed' AND launches.resolved_at IS NULL)
ORDER BY launches.id DESC LIMIT 1
""", campaigns=CAMPAIGNS)


class EarlierLaunches(Repository):
    """Asked before a launch begins, and by the ledger within the transaction that begins it."""

    def find(self, profile: str, body_hash: str, key: LaunchKey, *,
             replacing: int | None = None) -> EarlierLaunch | None:
        """The campaign that a launch under this key would repeat: one that the provider has, or may have, or will.

        It has the key, or was launched with that request, whoever was left out of either as they must not be called:
        on the same day where the request names none; and, for as long as its outcome isn't known and it may still
        call, on any day and under any key. The one in doubt first. `replacing`: the campaign that is launched; those in
        whose place it stands are left aside.
        """
        bodies = Bodies.of(body_hash, key)
        aside = set() if replacing is None else {former for former, _ in formers_of(self._database, replacing)}
        with self._database.legible():
            live = (row for row in self._live(profile, bodies, key.text)
                    if row["profile"] == profile and row["id"] not in aside)
            found = [(row, met) for row in live if (met := self._met(row, bodies, key)) is not None]
            if not found:
                return None
            row, met = min(found, key=lambda each: (_FIRST.index(each[1]), -each[0]["id"]))
            return EarlierLaunch(campaign_of(row), row["launch"], met)

    def _live(self, profile: str, bodies: Bodies, key: str) -> list[Row]:
        """The campaigns with a key, or whose last launch sent a request; those that the provider has or may have.

        What it doesn't know any more may have called all the same: though it is taken off the list, it has its key.
        """
        return self._database.all(_WITH_KEY_OR_BODY, {
            "profile": profile, "key": key, "asked": bodies.asked, "sent": bodies.sent})

    def _met(self, row: Row, bodies: Bodies, key: LaunchKey) -> LaunchMatch | None:
        """How a campaign of `_live` stands to another such launch; None where that repeats nothing."""
        has_key = row["launch_key"] == key.text
        if has_key and row["launch"] is not None and not bodies.meet(Bodies(row["last_body"], row["last_sent"])):
            return LaunchMatch.OTHER_BODY
        doubt = _DOUBTS.get(State(row["state"]))
        if doubt is not None and (has_key or not row["ends_at"] or row["ends_at"] > self._now()):
            return doubt
        if has_key:
            return LaunchMatch.CREATED
        same_day = key.day is None or moment(row["last_at"]).astimezone(ISTANBUL).date() == key.day
        return LaunchMatch.CREATED if same_day and not key.own else None

    def claimed(self, campaign: int, profile: str, bodies: Bodies, key: LaunchKey | None, *,
                again: bool) -> dict[str, str | int | None]:
        """The columns of a campaign that is launched under a key. AlreadyLaunched."""
        if key is None:
            return {"launch_key": None, "again": 0}
        earlier = self.find(profile, bodies.asked, key, replacing=campaign)
        if earlier is not None and not again:
            raise AlreadyLaunched(self._naming(_ALREADY_LAUNCHED[earlier.match], earlier.campaign.id), earlier)
        return {"launch_key": key.text, "again": int(self.find(profile, bodies.asked, key) is not None)}

    def unconfirmed_twin(self, profile: str, body_hash: str) -> Campaign | None:
        """A campaign that was sent with the very same request and may be at the provider, or is on its way there.

        To be asked before `begin`, as the launch that begins is such a one itself.
        """
        row = self._database.one(_UNCONFIRMED_TWIN, (profile, body_hash))
        with self._database.legible():
            return None if row is None else campaign_of(row)
