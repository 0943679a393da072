"""The load that is posted, and the two servers that take it."""

from __future__ import annotations

import itertools
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from benchmarks import load, receiving
from benchmarks.home import DRAFTS, PROFILE, opened_store
from tests.benchmarks.homes import home_of_the_moment
from tui.campaign.results import Notification
from tui.receiver.reading import read


def test_what_is_posted_are_notifications_each_another() -> None:
    posted = list(itertools.islice(load.requests("/token"), 50))
    told = [read(request.partition(b"\r\n\r\n")[2]) for request in posted]
    assert all(isinstance(one, Notification) for one in told)
    assert len({one.notification_id for one in told if isinstance(one, Notification)}) == 50
    assert {one.answered for one in told if isinstance(one, Notification)} == {True, False}


@pytest.mark.long
@pytest.mark.usefixtures("moment")
def test_both_servers_answer_every_request_and_ours_keeps_it() -> None:
    with home_of_the_moment(partial(receiving.fill, numbers=60)) as environ:
        with receiving.listening(environ) as ours, receiving.serving(receiving.BARE, environ) as baseline:
            full, paced = receiving.posted(ours, 0.3), receiving.posted(ours, 0.3, rate=100)
            bare = receiving.posted(baseline, 0.3)
        with closing(opened_store(Path(environ["HOME"]) / "santral.db")) as store:
            assert store.campaigns.count(PROFILE) == DRAFTS + 1
            (campaign,) = (one.id for one in store.campaigns.page(PROFILE, offset=0, limit=DRAFTS + 1)
                           if one.provider_id == receiving.PROVIDER_ID)
            kept = store.results.totals(campaign).notifications
    assert kept == full["answered"] + paced["answered"]
    assert 20 <= paced["answered"] <= 31
    assert bare["answered"] > 0
