"""What an older rule has counted of results, counted anew where a store is opened."""

from __future__ import annotations

from typing import Final

from tui.campaign.fields import LARGEST_INTEGER
from tui.campaign.menu import refusals
from tui.campaign.results import ANSWERED, HOPELESS, described
from tui.store.aggregates import PLAIN, Aggregates, CampaignRules, possible
from tui.store.counting import FigureChange
from tui.store.do_not_call_history import TAKEN_OFF
from tui.store.figures import RULE
from tui.store.life_figures import begin_missing, forget_lives
from tui.store.repository import Context, Repository
from tui.store.result_values import FIRST_UNLISTED
from tui.store.sql import literals, names, sql

# `NumberResult.final` in SQL.
_RENEW_FINAL: Final = sql("""
UPDATE results SET final = 1 - final WHERE campaign_id = ? AND answered = 0
    AND final <> CASE WHEN attempts > ? OR status IN ({hopeless}) THEN 1 ELSE 0 END
""", hopeless=literals(sorted(HOPELESS)))
_RENEW_TOTALS: Final = sql("""
UPDATE result_totals SET rule = {rule},
    final = (SELECT count(*) FROM results WHERE results.campaign_id = result_totals.campaign_id AND final = 1),
    final_strangers = (SELECT count(*) FROM results WHERE results.campaign_id = result_totals.campaign_id AND final = 1
        AND position >= {first_unlisted})
WHERE campaign_id = ?
""", rule=RULE, first_unlisted=FIRST_UNLISTED)
_RESET_TOTALS: Final = """
UPDATE result_totals SET called = 0, answered = 0, final = 0, strangers = 0, final_strangers = 0, calls = 0
WHERE campaign_id = ?
"""
_RECOUNTED_AT_ONCE: Final = 2_000
_STATUSES: Final = """
SELECT status FROM notifications WHERE campaign_id = :campaign UNION SELECT status FROM records
WHERE campaign_id = :campaign
"""
_OUTDATED: Final = "SELECT campaign_id FROM result_totals WHERE rule < ?"
_PRESSED: Final = """
SELECT phone, digit, status, max(received_at) AS at FROM notifications WHERE campaign_id = ? AND digit IN (?, ?)
GROUP BY phone, digit, status
"""
_FORGET: Final = tuple(sql("DELETE FROM {table} WHERE campaign_id = ?", table=names(table))
                       for table in ("results", "result_counts", "result_minutes"))


class Renewal(Repository):
    """Before anything is added to it."""

    def __init__(self, context: Context, aggregates: Aggregates) -> None:
        super().__init__(context)
        self._aggregates = aggregates

    def renew(self) -> None:
        """Count anew what an older rule has counted, before anything is added to it, and keep from being called whoever
        it did not take for one who refused. A transaction of its own."""
        with self._database.write():
            for row in self._database.all(_OUTDATED, (RULE,)):
                campaign = int(row["campaign_id"])
                forget_lives(self._database, campaign)
                rules = self._aggregates.rules(campaign)
                retries = rules.retries
                if any(_is_code(row["status"]) for row in self._database.all(_STATUSES, {"campaign": campaign})):
                    self._recount(campaign, retries)
                self._refuse_late(rules)
                self._database.run(_RENEW_FINAL, (campaign, LARGEST_INTEGER if retries is None else retries))
                self._database.run(_RENEW_TOTALS, (campaign,))
            begin_missing(self._database)

    def _refuse_late(self, rules: CampaignRules) -> None:
        """Add who refused in a way that an older rule did not know: by a key that leads nowhere, by a call whose status
        is a code for an answer, or from abroad. Whoever was taken off the list by hand since then stays so."""
        ways = refusals(rules.opt_out)
        if not ways:
            return
        rows = [row for row in self._database.all(_PRESSED, (rules.campaign, *ways))
                if described(row["status"]) in ANSWERED]
        odd = {row["phone"] for row in rows if not PLAIN.fullmatch(row["phone"])}
        listed = self._aggregates.listed(rules.campaign, odd)
        known = {row["phone"]: (listed[row["phone"]],) if row["phone"] in listed else possible(row["phone"])
                 for row in rows}
        taken_off = {row["phone"]: row["at"] for row in self._among(
            TAKEN_OFF, {phone for phones in known.values() for phone in phones}, rules.profile)}
        self._aggregates.refuse(rules, [phone for row in rows for phone in known[row["phone"]]
                            if (phone != row["phone"] or row["digit"] != rules.opt_out or _is_code(row["status"]))
                            and row["at"] > taken_off.get(phone, "")])

    def _recount(self, campaign: int, retries: int | None) -> None:
        """Work out anew, from what is stored of its numbers, all that follows from it."""
        for statement in _FORGET:
            self._database.run(statement, (campaign,))
        self._database.run(_RESET_TOTALS, (campaign,))
        for phones in self._aggregates.phones(campaign, _RECOUNTED_AT_ONCE):
            change = FigureChange(campaign, retries)
            change.recount(phones, {}, self._aggregates.attempts(campaign, phones))
            change.write(self._database)


def _is_code(status: str) -> bool:
    return described(status) != status
