"""The results of a campaign as they stand, each part read in one go: every trip to the store's thread costs a turn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tui.operations.follow_up import rounds_of
from tui.operations.recording import RecordedCall
from tui.store import Bucket, Campaign, Counts, ResultFilter, ResultRow, Store, Totals
from tui.store.result_values import Round

BUCKETS: Final = 40  # that fill the plot, about


@dataclass(frozen=True, slots=True)
class ResultFigures:
    """A campaign with what came in of it in all; `timeline` has a bucket for each `bucket_seconds` with any call."""

    campaign: Campaign
    totals: Totals
    counts: Counts
    timeline: Sequence[Bucket]
    bucket_seconds: int
    rounds: Sequence[Round] = ()  # of the campaign's family; none where it is alone


@dataclass(frozen=True, slots=True)
class ResultPage:
    """Some of the `count` numbers that a filter names, from the `start`-th on."""

    start: int
    count: int
    rows: Sequence[ResultRow]


def read_figures(store: Store, campaign: int, now: dt.datetime) -> ResultFigures:
    """It asks the store, which blocks. NoSuchCampaign."""
    totals = store.results.totals(campaign)
    seconds = bucket_seconds(totals, now)
    return ResultFigures(store.campaigns.get(campaign), totals, store.results.counts(campaign),
                         store.results.timeline(campaign, seconds), seconds, rounds_of(store, campaign))


def read_page(store: Store, campaign: int, chosen: ResultFilter, start: int, limit: int) -> ResultPage:
    """Up to `limit` numbers that `chosen` names. It asks the store, which blocks."""
    return ResultPage(start, store.results.count(campaign, chosen),
                      store.results.page(campaign, start, limit, filter=chosen))


def calls_of_number(store: Store, campaign: int, row: ResultRow) -> list[RecordedCall]:
    """The calls of a number, the newest first, with what is known of how each went. It asks the store, which blocks."""
    made, attempts = store.campaigns.get(campaign), store.results.attempts(campaign, row.position)
    details = store.call_details.among(made.profile, [call.call_uuid for call in attempts])
    return [RecordedCall(made, row.phone, call, details.get(call.call_uuid)) for call in attempts]


def bucket_seconds(totals: Totals, now: dt.datetime) -> int:
    """How long a point of the plot is: whole minutes, so that about forty of them fill it."""
    if totals.first_received_at is None:
        return 60
    passed = ((totals.last_received_at or now) - totals.first_received_at).total_seconds()
    return max(1, round(passed / BUCKETS / 60)) * 60
