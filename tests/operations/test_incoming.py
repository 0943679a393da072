"""The alarm of a campaign of which nothing comes in, though it is calling."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.store.results import calling, delivered, told
from tests.store.support import open_store
from tui.campaign.dates import ISTANBUL
from tui.campaign.lifecycle import Action, State
from tui.campaign.results import Ping
from tui.operations import incoming
from tui.operations.incoming import silent_campaigns, silent_since
from tui.store import Campaign, Store, Totals

LAUNCHED = dt.datetime(2026, 9, 12, 14, 0, tzinfo=ISTANBUL)
FIELDS = {"call_type": "ivr", "active_days": "1,2,3,4,5,6,7", "date_range_begin": "2026-09-12",
          "date_range_end": "2026-09-14", "time_range_begin": "09:00", "time_range_end": "18:00"}


def minutes(count: float) -> dt.timedelta:
    return dt.timedelta(minutes=count)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "santral.db", lambda: LAUNCHED)
    yield opened
    opened.close()


@pytest.fixture
def campaign(store: Store) -> Campaign:
    made = calling(store, 5, fields=FIELDS)
    store.deliveries.ingest([replace(delivered(Ping()), received_at=LAUNCHED + dt.timedelta(seconds=2))])
    return store.campaigns.get(made)


def since(campaign: Campaign, totals: Totals | None = None, *, after: dt.timedelta, most: int = 10,
          receiving: bool = False) -> dt.timedelta | None:
    """How long after the launch the silence began, looked at so long after it."""
    found = silent_since(campaign, totals or Totals(numbers=5), LAUNCHED + after, most, receiving=receiving)
    return None if found is None else found - LAUNCHED


def test_nothing_for_ten_minutes_is_an_alarm_and_a_result_ends_it(store: Store, campaign: Campaign) -> None:
    assert since(campaign, after=minutes(10)) is None  # the webhook was tried two seconds after the launch
    assert since(campaign, after=minutes(11)) == dt.timedelta(seconds=2)
    assert since(campaign, after=minutes(11), most=12) is None
    store.deliveries.ingest([replace(delivered(told()), received_at=LAUNCHED + minutes(11))])
    totals = store.results.totals(campaign.id)
    assert since(campaign, totals, after=minutes(20)) is None
    assert since(campaign, totals, after=minutes(21)) == minutes(11)


def test_of_what_reports_nowhere_nothing_but_that_is_read(store: Store, campaign: Campaign,
                                                          monkeypatch: pytest.MonkeyPatch) -> None:
    calling(store, 5, fields=FIELDS, token="other", provider_id=20_300)
    read: list[int] = []
    some = store.campaigns.some

    def noted(campaigns: Iterable[int]) -> list[Campaign]:
        wanted = list(campaigns)
        read.extend(wanted)
        return some(wanted)

    monkeypatch.setattr(store.campaigns, "some", noted)
    now = LAUNCHED + minutes(20)
    assert [silent.campaign.id for silent in silent_campaigns(store, "acme", now, 10, receiving=False)] == [campaign.id]
    assert read == [campaign.id]
    assert silent_campaigns(store, "acme", now, 0, receiving=True) == []
    assert read == [campaign.id]


def test_every_silent_campaign_is_found_however_many_they_are(store: Store, campaign: Campaign,
                                                              monkeypatch: pytest.MonkeyPatch) -> None:
    others = [calling(store, fields=FIELDS, token=f"other {place}", provider_id=20_300 + place) for place in range(4)]
    monkeypatch.setattr(incoming, "_AT_ONCE", 2)
    found = silent_campaigns(store, "acme", LAUNCHED + minutes(20), 10, receiving=True)
    assert [silent.campaign.id for silent in found] == [campaign.id, *others]


def test_no_alarm_where_none_is_wanted(campaign: Campaign) -> None:
    assert since(campaign, after=minutes(200), most=0) is None


@pytest.mark.parametrize(("hours", "silent"), [
    (4 - 1 / 60, True), (4 + 2 / 60, False), (18, False), (19, False), (19 + 9 / 60, False), (19 + 10 / 60, True),
    (24 * 2 + 4, True), (24 * 2 + 5, False), (24 * 3, False),
])
def test_it_is_due_within_the_calling_hours_alone(campaign: Campaign, hours: float, silent: bool) -> None:
    assert (since(campaign, after=dt.timedelta(hours=hours)) is not None) is silent


def test_a_window_that_begins_later_than_the_launch_is_waited_for(store: Store) -> None:
    campaign = replace(store.campaigns.get(calling(store, fields=FIELDS | {"date_range_begin": "2026-09-13"})),
                       pinged_at=LAUNCHED)
    assert since(campaign, after=minutes(60)) is None
    assert since(campaign, after=dt.timedelta(hours=19, minutes=9)) is None
    assert since(campaign, after=dt.timedelta(hours=19, minutes=10)) == dt.timedelta(hours=19)


def test_midnight_is_no_opening_where_it_calls_all_day(store: Store) -> None:
    day_and_night = {"call_type": "ivr", "date_range_begin": "2026-09-12", "date_range_end": "2026-09-14"}
    campaign = replace(store.campaigns.get(calling(store, fields=day_and_night)), pinged_at=LAUNCHED)
    assert since(campaign, after=dt.timedelta(hours=10, minutes=1)) == minutes(0)


def test_who_switched_it_on_again_waits_as_long_as_after_a_launch(campaign: Campaign) -> None:
    again = replace(campaign, last_set_at=LAUNCHED + minutes(30))
    assert since(again, after=minutes(39)) is None
    assert since(again, after=minutes(40)) == minutes(30)


def test_who_refused_once_may_be_called_again_and_so_the_silence_is_told_of(store: Store, campaign: Campaign) -> None:
    last = LAUNCHED + minutes(1)
    store.deliveries.ingest([replace(delivered(told(number, "Reddedildi")), received_at=last)
                             for number in range(1, 6)])
    totals = store.results.totals(campaign.id)
    assert since(campaign, totals, after=minutes(11)) == minutes(1)


def test_a_campaign_that_is_through_may_be_silent(campaign: Campaign) -> None:
    assert since(campaign, Totals(numbers=5, called=5, final=5), after=minutes(60)) is None
    assert since(campaign, Totals(numbers=5, called=5, final=4), after=minutes(60)) is not None
    # Of the five that are final one is in nobody's list.
    assert since(campaign, Totals(numbers=5, called=6, final=5, unlisted=1, final_unlisted=1),
                 after=minutes(60)) is not None


@pytest.mark.parametrize("retries", ["", " ", "2", "x"])
def test_where_nobody_knows_how_often_it_calls_again_it_may_be_silent_once_each_was_called(
    store: Store, campaign: Campaign, retries: str
) -> None:
    """Else an unanswered number kept the alarm going as long as its hours do: it is never final then."""
    made = replace(campaign, fields=FIELDS | {"call_retries": retries})
    unanswered = Totals(numbers=5, called=5, calls=5, final=0)
    assert (since(made, unanswered, after=minutes(60)) is None) is (retries != "2")
    assert since(made, replace(unanswered, called=4), after=minutes(60)) is not None
    assert since(made, Totals(numbers=5, called=5, unlisted=1), after=minutes(60)) is not None
    assert since(made, unanswered, after=dt.timedelta(days=3)) is None


@pytest.mark.parametrize(("calls", "silent"), [(5, False), (6, False), (7, True), (8, True)])
def test_where_numbers_are_called_once_for_each_phrase_it_may_be_silent_once_each_row_was(
    campaign: Campaign, calls: int, silent: bool
) -> None:
    totals = Totals(numbers=5, called=5, answered=5, calls=calls, called_again=2)
    assert (since(campaign, totals, after=minutes(60)) is None) is silent
    assert since(campaign, replace(totals, called=4), after=minutes(60)) is not None


@pytest.mark.parametrize("change", [
    *({"state": state} for state in State if state is not State.ON), {"unsure": True}, {"pending": Action.OFF},
    {"pending": Action.DELETE}, {"adopted": True}, {"launched_at": None}, {"pinged_at": None},
    {"fields": {"date_range_begin": "?"}},
])
def test_what_is_not_known_to_be_calling_with_our_webhook_may_be_silent(campaign: Campaign,
                                                                         change: dict[str, object]) -> None:
    assert since(campaign, after=minutes(60)) is not None
    assert since(replace(campaign, **change), after=minutes(60)) is None  # type: ignore[arg-type]  # fields of a campaign


def test_a_webhook_that_was_never_tried_is_ours_where_the_campaign_names_none(campaign: Campaign) -> None:
    untried = replace(campaign, pinged_at=None)
    assert since(untried, after=minutes(60)) is None
    assert since(untried, after=minutes(10), receiving=True) == minutes(0)
    theirs = replace(untried, fields=FIELDS | {"webhook_url": "https://example.com/results"})
    assert since(theirs, after=minutes(60), receiving=True) is None


def test_a_result_proves_our_webhook_too(campaign: Campaign) -> None:
    told_of = Totals(numbers=5, called=1, notifications=1, last_received_at=LAUNCHED + minutes(5))
    assert since(replace(campaign, pinged_at=None), told_of, after=minutes(15)) == minutes(5)
