"""The results of a campaign as they stand, each part read in one go: every trip to the store's thread costs a turn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from msgspec import Struct

from tui.operations.follow_up import rounds_of
from tui.operations.number_results import results_of
from tui.operations.recording import RecordedCall
from tui.store import Bucket, Campaign, Counts, ResultFilter, ResultRow, Store, Totals
from tui.store.result_values import Round

BUCKETS: Final = 40  # that fill the plot, about


class ResultFigures(Struct, frozen=True):
    """A campaign with what came in of it in all; `timeline` has a bucket for each `bucket_seconds` with any call."""

    campaign: Campaign
    totals: Totals
    counts: Counts
    timeline: Sequence[Bucket]
    bucket_seconds: int
    rounds: Sequence[Round] = ()  # of the campaign's family; none where it is alone
    lives: Sequence[tuple[Campaign, Totals]] = ()  # each with its own figures; none where it has one alone
    life: Campaign | None = None  # whose own figures these are, where it is one of several; None: those of all

    @property
    def own(self) -> Totals:
        """The figures of `campaign` itself."""
        return self.totals if self.life is not None or not self.lives else self.lives[-1][1]


class ResultPage(Struct, frozen=True):
    """Some of the `count` numbers that a filter names, from the `start`-th on."""

    start: int
    count: int
    rows: Sequence[ResultRow]


def read_figures(store: Store, campaign: int, now: dt.datetime, *, alone: bool = False) -> ResultFigures:
    """Of all lives together, in the name of the last one; `alone`: of the campaign itself.

    It asks the store, which blocks. NoSuchCampaign.
    """
    found, together = store.campaigns.get(campaign), store.lives.together(campaign)
    lives = () if together is None else together.lives
    results = results_of(store, campaign, alone=alone)
    totals = results.totals()
    seconds = bucket_seconds(totals, now)
    return ResultFigures(lives[-1][0] if lives and not alone else found, totals, results.counts(),
                         results.timeline(seconds), seconds, rounds_of(store, campaign), lives,
                         found if lives and alone else None)


def read_page(store: Store, campaign: int, chosen: ResultFilter, start: int, limit: int, *,
              alone: bool = False) -> ResultPage:
    """Up to `limit` numbers that `chosen` names; `alone`: as `read_figures`. It asks the store, which blocks."""
    results = results_of(store, campaign, alone=alone)
    return ResultPage(start, results.count(chosen), results.page(start, limit, chosen))


def calls_of_number(store: Store, campaign: int, row: ResultRow) -> list[RecordedCall]:
    """The calls of a number, by whichever life, the newest first, with what is known of how each went. It asks the
    store, which blocks."""
    if not row.lives:
        return _calls_of(store, campaign, row)
    calls = [call for life in row.lives for call in _calls_of(store, life.campaign, replace(
        row, position=life.position, lives=()))]
    return sorted(calls, key=lambda call: call.call.order, reverse=True)


def _calls_of(store: Store, campaign: int, row: ResultRow) -> list[RecordedCall]:
    made, attempts = store.campaigns.get(campaign), store.results.attempts(campaign, row.position)
    details = store.call_details.among(made.profile, [call.call_uuid for call in attempts])
    return [RecordedCall(made, row.phone, call, details.get(call.call_uuid)) for call in attempts]


def bucket_seconds(totals: Totals, now: dt.datetime) -> int:
    """How long a point of the plot is: whole minutes, so that about forty of them fill it."""
    if totals.first_received_at is None:
        return 60
    passed = ((totals.last_received_at or now) - totals.first_received_at).total_seconds()
    return max(1, round(passed / BUCKETS / 60)) * 60
