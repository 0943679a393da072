"""Follow-ups: who is called again, with what, and who never is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.campaign.sentences import said
from tests.operations.resulting import NOW, at_work, noting_thread
from tests.store.results import calling, delivered, ingest, phone, told
from tui.campaign.lifecycle import Action, AskedBy, State
from tui.campaign.parsed_draft import ParsedDraft
from tui.campaign.results import NOT_AGAIN
from tui.campaign.rules import Weight
from tui.core.reason import Reason
from tui.i18n import words
from tui.operations.follow_up import (
    StillCalling,
    follow_up,
    follow_up_fields,
    preview_follow_up,
    still_called_problems,
    still_calls,
)
from tui.operations.launch_request import prepare
from tui.operations.services import NotPossible, Services
from tui.store import FollowUp, NoSuchCampaign, ResultFilter
from tui.store.follow_ups import FollowUps

FIELDS = {
    "call_type": "ivr", "name": "Anket", "cli": "902129630131", "date_range_begin": "2026-09-01",
    "date_range_end": "2026-09-12", "time_range_begin": "09:00", "time_range_end": "18:00", "active_days": "1,2,3",
    "welcome_announcement_id": "128", "digit_target_1": "queue/201", "digit_target_9": "announcement/9",
    "opt_out_key": "9", "webhook_url": "https://example.com/results",
}
EVERYBODY = ResultFilter()
QUIET = dt.timedelta(minutes=16)  # a minute of ringing, and a quarter of an hour of talk


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with at_work(tmp_path / "santral.db") as made:
        yield made


@pytest.fixture
def campaign(services: Services) -> int:
    """1 and 2 answered, 2 by refusing; 3 and 4 busy, 4 on the do-not-call list; 5 not called."""
    made = calling(services.store, fields=FIELDS)
    ingest(services.store, told(1, "Cevaplandı", "1"), told(2, "Cevaplandı", "9"), told(3, "Meşgul"), told(4, "Meşgul"))
    services.store.do_not_call.add("acme", [phone(4)])
    return made


def phones(services: Services, campaign: int) -> list[str | None]:
    return [number.phone for number in services.store.numbers.page(campaign, 0, 100)]


async def test_who_answered_or_refused_is_left_out(services: Services, campaign: int) -> None:
    made = await follow_up(services, campaign, EVERYBODY)
    assert made == FollowUp(draft=made.draft, numbers=2, refused=2, answered=1, not_callable=0)
    assert phones(services, made.draft) == [phone(3), phone(5)]


async def test_who_answered_comes_in_when_asked_for_and_who_refused_does_not(services: Services, campaign: int) -> None:
    made = await follow_up(services, campaign, EVERYBODY, with_answered=True)
    assert phones(services, made.draft) == [phone(1), phone(3), phone(5)]
    assert made.refused == 2
    chosen = await follow_up(services, campaign, ResultFilter(digit="1"), with_answered=True)
    assert phones(services, chosen.draft) == [phone(1)]


async def test_who_refused_comes_in_only_when_a_person_says_so(services: Services, campaign: int) -> None:
    made = await follow_up(services, campaign, EVERYBODY, with_answered=True, with_refused=True)
    assert phones(services, made.draft) == [phone(number) for number in range(1, 6)]


async def test_a_long_list_keeps_nothing_waiting_at_the_store(
        services: Services, campaign: int, monkeypatch: pytest.MonkeyPatch) -> None:
    threads: dict[str, str] = {}
    for name in ("preview", "make"):
        monkeypatch.setattr(FollowUps, name, noting_thread(threads, name, getattr(FollowUps, name)))
    await follow_up(services, campaign, EVERYBODY)
    assert threads.keys() == {"preview", "make"}
    assert not [thread for thread in threads.values() if thread.startswith("store")]


async def test_a_preview_makes_nothing(services: Services, campaign: int) -> None:
    before = services.store.campaigns.get(campaign)
    assert await preview_follow_up(services, campaign, EVERYBODY) == FollowUp(0, 2, 2, 1, 0)
    assert services.store.campaigns.get(campaign) == before
    assert services.store.campaigns.count("acme") == 1


async def test_the_draft_is_the_campaign_with_its_phrases(services: Services, campaign: int) -> None:
    chosen = ResultFilter(answered=False)
    made = services.store.campaigns.get((await follow_up(services, campaign, chosen)).draft)
    assert (made.state, made.follows, made.follows_filter) == (State.DRAFT, campaign, chosen)
    gone = {"date_range_begin", "date_range_end"}
    assert made.fields == {name: text for name, text in FIELDS.items() if name not in gone} | {
        "name": "Anket (follow-up)", "call_retries": "2"}
    assert [number.phrase for number in services.store.numbers.page(made.id, 0, 9)] == ["#456 kişi3", "#456 kişi5"]
    assert [line.campaign for line in services.store.follow_ups.of(campaign)] == [made.id]


@pytest.mark.parametrize(("begin", "end", "kept"), [
    ("2026-09-01", "2026-09-12", {}),
    ("2026-09-01", "2026-09-13", {"date_range_end": "2026-09-13"}),  # half past midnight in Istanbul: the 13th is today
    ("01.09.2026", "30.09.2026", {"date_range_end": "30.09.2026"}),
    ("2026-09-13", "2026-09-20", {"date_range_begin": "2026-09-13", "date_range_end": "2026-09-20"}),
    ("", "2026-09-20", {"date_range_begin": "", "date_range_end": "2026-09-20"}),
    ("soon", "31.02.2026", {"date_range_begin": "soon", "date_range_end": "31.02.2026"}),
])
def test_days_that_are_over_are_left_out(begin: str, end: str, kept: dict[str, str]) -> None:
    assert follow_up_fields({"date_range_begin": begin, "date_range_end": end}, NOW) == kept


def test_what_is_left_can_be_launched_on_the_same_day() -> None:
    fields = follow_up_fields(FIELDS, dt.datetime(2026, 9, 14, 6, tzinfo=dt.UTC))
    assert (ParsedDraft(fields)["date_range_begin"], ParsedDraft(fields)["time_range_begin"]) == ("", "09:00")


@pytest.mark.parametrize(("name", "english", "turkish"), [
    ("Anket", "Anket (follow-up)", "Anket (takip)"), ("", None, None),
    ("A (follow-up)", "A (follow-up 2)", "A (follow-up) (takip)"), ("A (follow-up 9)", "A (follow-up 10)", None),
    ("A (takip 2)", None, "A (takip 3)"),
])
def test_a_follow_up_says_which_it_is(name: str, english: str | None, turkish: str | None) -> None:
    for language, expected in (("en", english), ("tr", turkish)):
        words.use(language)
        made = follow_up_fields({"name": name} if name else {}, NOW).get("name")
        if expected is not None or not name:
            assert made == expected
    words.use("en")


async def test_where_nobody_is_left_no_draft_is_made(services: Services, campaign: int) -> None:
    with pytest.raises(NotPossible) as refused:
        await follow_up(services, campaign, ResultFilter(called=True, status="Cevaplandı"))
    assert "1 answered, 1 refused" in said(refused.value.reason)["en"]
    with pytest.raises(NotPossible) as empty:
        await follow_up(services, campaign, ResultFilter(words="nobody"))
    assert "no numbers in this selection" in said(empty.value.reason)["en"]
    assert services.store.campaigns.count("acme") == 1


async def test_numbers_that_are_not_in_the_list_come_too_where_they_can_be_called(services: Services) -> None:
    campaign = calling(services.store, 0, fields=FIELDS)
    ingest(services.store, told("00491511234567", "Meşgul"), told("gizli", "Meşgul"))
    made = await follow_up(services, campaign, EVERYBODY)
    assert (phones(services, made.draft), made.not_callable) == (["00491511234567"], 1)


async def test_a_campaign_that_is_not_there(services: Services) -> None:
    with pytest.raises(NoSuchCampaign):
        await follow_up(services, 404, EVERYBODY)


# What the campaign itself may still call, and whom another call would not reach

LIVE = {name: text for name, text in FIELDS.items() if not name.startswith("date")}  # it calls the whole day


def settled(services: Services, campaign: int, action: Action, *, known: bool = True) -> None:
    switches = services.store.switches
    entry = switches.begin(campaign, action, AskedBy.APP)
    if known:
        switches.done(entry)
    else:
        switches.unknown(entry, Reason("provider.unconfirmed.cut"))


@pytest.fixture
def live(services: Services) -> int:
    """Still on: 1 answered, 2 busy and called again, 3 busy and never called again, 4 wrong, 5 not called."""
    made = calling(services.store, fields=LIVE | {"time_range_begin": "00:00", "call_retries": "1", "active_days": ""})
    ingest(services.store, told(1, "Cevaplandı", "1"), told(2, "Meşgul"), told(3, "Meşgul"),
           told(3, "Meşgul", minute=5), told(4, "Hatalı Numara"))
    return made


async def test_whom_a_campaign_that_is_on_may_still_call_is_left_out(services: Services, live: int) -> None:
    made = await follow_up(services, live, EVERYBODY)
    assert phones(services, made.draft) == [phone(3)]
    assert (made.open, made.answered, made.hopeless) == (2, 1, {"Hatalı Numara": 1})
    chosen = await follow_up(services, live, EVERYBODY, with_open=True)
    assert phones(services, chosen.draft) == [phone(2), phone(3), phone(5)]


@pytest.mark.parametrize(("action", "known", "calls"), [
    (Action.OFF, True, False), (Action.OFF, False, True), (Action.DELETE, True, False), (Action.DELETE, False, True),
])
async def test_what_may_be_on_calls(services: Services, live: int, action: Action, known: bool, calls: bool) -> None:
    settled(services, live, action, known=known)
    services.now = lambda: NOW + QUIET
    campaign = services.store.campaigns.get(live)
    assert still_calls(campaign, services.now()) == (StillCalling(campaign) if calls else None)
    assert (await preview_follow_up(services, live, EVERYBODY)).open == (2 if calls else 0)
    assert still_calls(campaign, NOW + dt.timedelta(days=2)) is None  # its time is over


@pytest.mark.parametrize("action", [Action.OFF, Action.DELETE])
async def test_whom_one_that_was_switched_off_just_now_may_have_on_the_line_is_left_out(
    services: Services, live: int, action: Action,
) -> None:
    settled(services, live, action)
    made = await follow_up(services, live, EVERYBODY)
    assert (phones(services, made.draft), made.open) == ([phone(3)], 2)
    (warned,) = await still_called_problems(services, services.store.campaigns.get(made.draft))
    assert warned.reason == Reason("operations.follow_up.quiet", {"name": "Anket", "since": "00:30", "until": "00:46"})
    chosen = await follow_up(services, live, EVERYBODY, with_open=True)
    assert phones(services, chosen.draft) == [phone(2), phone(3), phone(5)]
    with pytest.raises(NotPossible) as refused:
        await follow_up(services, live, ResultFilter(called=False))
    assert "1 may be on the line until 00:46" in said(refused.value.reason)["en"]
    services.now = lambda: NOW + QUIET
    assert (await preview_follow_up(services, live, EVERYBODY)).open == 0


async def test_a_result_that_came_late_makes_one_that_is_off_count_for_longer(services: Services, live: int) -> None:
    settled(services, live, Action.OFF)
    late = NOW + QUIET
    services.store.deliveries.ingest([replace(delivered(told(2, "Meşgul", minute=20)), received_at=late)])
    campaign, totals = services.store.campaigns.get(live), services.store.results.totals(live)
    assert still_calls(campaign, late, totals) == StillCalling(campaign, NOW, late + dt.timedelta(seconds=60))
    assert still_calls(campaign, late + dt.timedelta(seconds=60), totals) is None


ENDED = dt.datetime(2026, 9, 13, 15, 1, tzinfo=dt.UTC)  # one whose hours end at six still calls in that minute


async def test_whom_one_whose_hours_have_just_ended_may_have_on_the_line_is_left_out(
    services: Services, live: int,
) -> None:
    services.now = lambda: ENDED + dt.timedelta(minutes=1)
    campaign, until = services.store.campaigns.get(live), ENDED + QUIET
    assert still_calls(campaign, services.now()) == StillCalling(campaign, ENDED, until)
    off = replace(campaign, state=State.OFF, state_at=services.now())  # that ends no call
    assert still_calls(off, services.now()) == StillCalling(off, ENDED, until)
    made = await follow_up(services, live, EVERYBODY)
    assert (phones(services, made.draft), made.open) == ([phone(3)], 2)
    draft = services.store.campaigns.get(made.draft)
    (warned,) = await still_called_problems(services, draft)
    assert warned.reason == Reason("operations.follow_up.quiet", {"name": "Anket", "since": "18:01", "until": "18:17"})
    services.now = lambda: until
    assert await still_called_problems(services, draft) == []
    assert (await preview_follow_up(services, live, EVERYBODY)).open == 0


async def test_one_that_was_switched_off_before_its_hours_ended_is_quiet_by_then(services: Services, live: int) -> None:
    settled(services, live, Action.OFF)
    assert still_calls(services.store.campaigns.get(live), ENDED + dt.timedelta(minutes=1)) is None


async def test_one_whose_list_is_over_calls_nobody_any_more(services: Services, live: int) -> None:
    ingest(services.store, *(told(number, "Cevaplandı", "1", minute=9) for number in (2, 3, 4, 5)))
    campaign = services.store.campaigns.get(live)
    assert services.store.figures.complete(live)
    assert still_calls(campaign, NOW, services.store.results.totals(live)) is None
    made = await follow_up(services, live, EVERYBODY, with_answered=True)
    assert await still_called_problems(services, services.store.campaigns.get(made.draft)) == []


async def test_one_that_is_off_and_may_be_on_again_calls(services: Services, live: int) -> None:
    settled(services, live, Action.OFF)
    settled(services, live, Action.ON, known=False)
    assert services.store.campaigns.get(live).state is State.OFF
    assert still_calls(services.store.campaigns.get(live), NOW)


@pytest.mark.parametrize("status", NOT_AGAIN)
async def test_whom_another_call_would_not_reach_is_left_out_unless_asked_for(services: Services, status: str) -> None:
    campaign = calling(services.store, 2, fields=FIELDS)
    ingest(services.store, told(1, status), told(2, "Meşgul"))
    made = await follow_up(services, campaign, EVERYBODY)
    assert (phones(services, made.draft), made.hopeless) == ([phone(2)], {status: 1})
    asked = await follow_up(services, campaign, EVERYBODY, again={status})
    assert (phones(services, asked.draft), asked.hopeless) == ([phone(1), phone(2)], {})
    other = next(each for each in NOT_AGAIN if each != status)
    assert (await preview_follow_up(services, campaign, EVERYBODY, again={other})).hopeless == {status: 1}
    with pytest.raises(NotPossible) as refused:
        await follow_up(services, campaign, ResultFilter(status=status))
    assert "1 would not be reached" in said(refused.value.reason)["en"]


@pytest.mark.parametrize(("code", "status"), [
    ("CALL_REJECTED", "Reddedildi"), ("incoming_call_barred", "Reddedildi"), ("UNALLOCATED_NUMBER", "Hatalı Numara"),
    ("INVALID_NUMBER_FORMAT", "Hatalı Numara"), ("NO_ROUTE_DESTINATION", "Hatalı Numara"),
    ("NOT_ALLOWED_BY_IYS", "İYS izni yok"), ("BEARERCAPABILITY_NOTIMPL", "Sesli görüşme yapamayan numara"),
])
async def test_a_code_is_as_hopeless_as_its_words(services: Services, code: str, status: str) -> None:
    campaign = calling(services.store, 2, fields=FIELDS)
    ingest(services.store, told(1, code), told(2, "USER_BUSY"))
    made = await follow_up(services, campaign, EVERYBODY)
    assert (phones(services, made.draft), made.hopeless) == ([phone(2)], {status: 1})
    asked = await follow_up(services, campaign, EVERYBODY, again={status})
    assert phones(services, asked.draft) == [phone(1), phone(2)]


async def test_who_refused_a_call_and_answered_another_is_not_hopeless(services: Services) -> None:
    campaign = calling(services.store, 1, fields=FIELDS)
    ingest(services.store, told(1, "Cevaplandı", "1"), told(1, "Reddedildi", minute=5))
    assert (await preview_follow_up(services, campaign, EVERYBODY)).answered == 1
    assert (await preview_follow_up(services, campaign, EVERYBODY, with_answered=True)).numbers == 1


async def test_review_tells_a_follow_up_of_a_campaign_that_may_be_on(services: Services, live: int) -> None:
    draft = services.store.campaigns.get((await follow_up(services, live, EVERYBODY)).draft)
    (found,) = await still_called_problems(services, draft)
    assert (found.field, found.weight) == ("phone_list", Weight.WARNING)
    assert "“Anket”" in said(found.reason)["en"]
    ready = await prepare(services, draft.id)
    assert found in ready.problems
    further = services.store.drafts.create("acme", {"name": "Üçüncü"})
    second = await follow_up(services, draft.id, EVERYBODY, with_open=True)
    assert await still_called_problems(services, services.store.campaigns.get(second.draft)) == [found]
    assert await still_called_problems(services, services.store.campaigns.get(further)) == []
    settled(services, live, Action.OFF)
    services.now = lambda: NOW + QUIET
    assert await still_called_problems(services, draft) == []
    assert await still_called_problems(services, services.store.campaigns.get(live)) == []
