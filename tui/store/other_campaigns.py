"""What other campaigns of a profile may have called and may still call, and when: for the limits of a launch."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

from msgspec import Struct, field

from tui.campaign.call_limit import LATE_RESULTS, Span, calls_of
from tui.campaign.lifecycle import State
from tui.campaign.parsed_draft import ParsedDraft
from tui.store.columns import moment, object_of, stamp, when
from tui.store.database import Row
from tui.store.repository import Context, Repository
from tui.store.sql import NOTHING, names, sql
from tui.store.successor_guard import formers_of

_LIVE: Final = frozenset({State.LAUNCHING, State.UNCONFIRMED, State.ON, State.OFF})
_CALLED: Final = frozenset({*_LIVE, State.DELETED})
_LATE: Final = dt.timedelta(days=1)  # by which a call may have ended after its campaign's hours
# Of a campaign's fields: when it calls, and how often.
_COUNTING: Final = ("date_range_begin", "date_range_end", "time_range_begin", "time_range_end", "active_days",
                    "call_retries")
_UP_TO_THE_HOUR: Final = len("2026-09-12T09")  # of a moment as it is kept: within it the day in Turkey is the same

# All others that may have called since then, or may call: with what their span follows from. What a launch has made
# beside its campaign has no list of its own, and calls the one of that.
_OTHERS: Final = """
SELECT campaigns.id AS id, coalesce(campaigns.list, copied.list) AS list,
    CASE WHEN campaigns.list IS NULL AND copied.list IS NOT NULL THEN 1 ELSE 0 END AS lent,
    campaigns.state AS state, campaigns.state_at AS state_at,
    campaigns.ends_at AS ends_at, campaigns.missing AS missing, campaigns.adopted AS adopted,
    campaigns.fields AS fields, campaigns.test_of AS test_of, campaigns.called_again AS called_again,
    campaigns.created_at AS created_at, coalesce(result_totals.called, 0) AS called,
    (SELECT max(asked_at) FROM launches WHERE launches.campaign_id = campaigns.id) AS launched_at
FROM {those} LEFT JOIN result_totals ON result_totals.campaign_id = campaigns.id
LEFT JOIN campaigns AS copied ON copied.id = campaigns.copied_from AND campaigns.adopted = 1
WHERE campaigns.profile = :profile AND campaigns.id <> :campaign AND campaigns.state NOT IN ('draft', 'rejected')
    AND (coalesce(campaigns.ends_at, '') = '' OR campaigns.ends_at > :since OR result_totals.last_happened_at > :since)
    {condition}
UNION ALL
SELECT campaigns.id, campaigns.list, 0, campaigns.state, campaigns.state_at, '', 0, 0, '{{}}', campaigns.test_of, 0,
    campaigns.created_at, result_totals.called, NULL
FROM {those} CROSS JOIN result_totals
WHERE campaigns.profile = :profile AND campaigns.id <> :campaign AND campaigns.state IN ('draft', 'rejected')
    AND result_totals.campaign_id = campaigns.id AND result_totals.called > 0 {condition}
"""
_OF_ALL: Final = sql(_OTHERS, those=names("campaigns"), condition=NOTHING)
_OF_HOLDERS: Final = sql(_OTHERS, those=sql("holders CROSS JOIN campaigns"),
                         condition=sql("AND campaigns.id = holders.campaign"))


class OtherCampaign(Struct, frozen=True):
    """As it counts. `may`: how often it calls a row at most; `span`: when; None where it calls nobody any more.

    `lent`: its list is another's. `whole`: all its calls came after `counted_since`. `former`: its place is taken.
    """

    id: int
    list: int | None
    lent: bool
    again: bool
    test: bool
    may: int
    span: Span | None
    called: int
    whole: bool
    former: bool


class _Alike(Struct):
    """What campaigns have in common whose hours and retries are written alike, as those of most are."""

    draft: ParsedDraft
    calls: int
    spans: dict[str, Span] = field(default_factory=dict)  # from now on, by the hour of the launch


class OtherCampaigns(Repository):
    """One reading, for a launch for which calls count after `since`, for one of its rules after `counted_since`."""

    def __init__(self, context: Context, since: str, counted_since: str) -> None:
        super().__init__(context)
        self._since = stamp(moment(since) - _LATE)
        self._counted_since = counted_since
        self._by_texts: dict[tuple[str, ...], _Alike] = {}

    def of(self, profile: str, campaign: int, *, holders: bool) -> list[OtherCampaign]:
        """All that may have called since then, or may call; `holders`: those alone that are in the table of this name.
        """
        now = self._context.now()
        formers = frozenset(former for former, _ in formers_of(self._database, campaign))
        rows = self._database.all(_OF_HOLDERS if holders else _OF_ALL, {
            "profile": profile, "campaign": campaign, "since": self._since})
        with self._database.legible():
            return [self._other(row, now, former=row["id"] in formers) for row in rows]

    def _other(self, row: Row, now: dt.datetime, *, former: bool) -> OtherCampaign:
        alike = self._alike(object_of(row["fields"]))
        state = State(row["state"])
        span = None if former or state not in _CALLED else self._span(row, state, alike, now)
        launched = row["launched_at"]
        return OtherCampaign(row["id"], row["list"], bool(row["lent"]), bool(row["called_again"]),
                             row["test_of"] is not None, 0 if span is None else alike.calls, span, row["called"],
                             launched is not None and launched > self._counted_since, former)

    def _alike(self, fields: Mapping[str, str]) -> _Alike:
        texts = tuple(fields.get(name, "") for name in _COUNTING)
        found = self._by_texts.get(texts)
        if found is None:
            draft = ParsedDraft(dict(zip(_COUNTING, texts, strict=True)))
            found = self._by_texts[texts] = _Alike(draft, calls_of(draft))
        return found

    def _span(self, row: Row, state: State, alike: _Alike, now: dt.datetime) -> Span | None:
        """When it may call; or may have called, where it is over and nothing has come of it. None where it can't."""
        live = state in _LIVE or bool(row["missing"])
        if live:
            span = Span(now, None) if row["adopted"] else self._from_now_on(row, alike, now)
            if span.ends is None or span.ends > now:
                return span
        if row["adopted"]:
            return None
        launched = _launched(row)
        span = Span.of(alike.draft, launched, launched)
        ended = min(filter(None, [span.ends, None if live else moment(row["state_at"])]), default=now)
        if row["called"] and now - ended > LATE_RESULTS:
            return None
        return Span(span.begins, ended) if ended > span.begins else None

    def _from_now_on(self, row: Row, alike: _Alike, now: dt.datetime) -> Span:
        hour = (row["launched_at"] or row["created_at"])[:_UP_TO_THE_HOUR]
        found = alike.spans.get(hour)
        if found is None:
            found = alike.spans[hour] = Span.of(alike.draft, _launched(row), now)
        return found


def _launched(row: Row) -> dt.datetime:
    return when(row["launched_at"]) or moment(row["created_at"])
