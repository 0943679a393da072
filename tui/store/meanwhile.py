"""What has come between the search for whoever must not be called and the launch: asked by the ledger in its own
transaction, so that of two processes one is the later."""

from __future__ import annotations

from typing import Final

from tui.store.answered_search import has_answered_since, heard
from tui.store.consents import LAST
from tui.store.database import Database
from tui.store.errors import ChangeRefused, LaunchedMeanwhile, RefusedMeanwhile
from tui.store.lists import LIST
from tui.store.sql import sql
from tui.store.values import Newest

_NEWEST: Final = sql("""
SELECT (SELECT coalesce(max(id), 0) FROM launches) AS launch, (SELECT coalesce(max(id), 0) FROM campaigns) AS campaign,
    (SELECT coalesce(max(id), 0) FROM do_not_call_history) AS refusal, ({consents}) AS consents
""", consents=sql(LAST))
# What may call people since then of whom whoever looked before knew nothing. An adopted campaign has no launch.
_LAUNCHED: Final = """
SELECT (SELECT count(*) FROM launches CROSS JOIN campaigns
    WHERE launches.id > :launch AND campaigns.id = launches.campaign_id AND campaigns.profile = :profile)
+ (SELECT count(*) FROM campaigns WHERE id > :campaign AND profile = :profile AND adopted = 1)
"""
# By those who were put on the list since: they are few, whatever the list's length.
_REFUSED: Final = sql("""
SELECT count(*) FROM (SELECT 1 FROM do_not_call_history AS said CROSS JOIN do_not_call CROSS JOIN numbers
    WHERE said.id > :refusal AND said.profile = :profile AND do_not_call.profile = said.profile
        AND do_not_call.phone = said.phone AND numbers.list_id = {list} AND numbers.phone = said.phone
        AND numbers.problem IS NULL LIMIT 1) AS first_of
""", list=LIST)


def read_newest(database: Database, profile: str, campaign: int) -> Newest:
    """What there is now; of a campaign that was made of others, what is known of these, too."""
    row = database.one(_NEWEST, (profile,))
    assert row is not None  # noqa: S101 - it is of no table
    return Newest(row["launch"], row["campaign"], row["refusal"], row["consents"], heard(database, campaign))


def since(database: Database, campaign: int, profile: str, newest: Newest) -> tuple[type[ChangeRefused], str] | None:
    """Why who may be called is to be looked up again, with the code of the sentence; None where all is as it was."""
    values = {"campaign": newest.campaign, "launch": newest.launch, "profile": profile}
    if newest.launch is not None and database.number(_LAUNCHED, values):
        return LaunchedMeanwhile, "store.launched_meanwhile"
    refused = newest.refusal is not None and database.number(
        _REFUSED, {"campaign": campaign, "refusal": newest.refusal, "profile": profile})
    if refused or (newest.consents is not None and database.number(LAST, (profile,)) != newest.consents):
        return RefusedMeanwhile, "store.refused_meanwhile"
    # Who is left out was dropped from the list: whoever is found there has answered since.
    if newest.heard is not None and heard(database, campaign) != newest.heard and has_answered_since(
            database, campaign):
        return RefusedMeanwhile, "store.answered_meanwhile"
    return None
