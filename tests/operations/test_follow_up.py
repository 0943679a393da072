"""Follow-ups: who is called again, with what, and who never is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.campaign.sentences import said
from tests.operations.resulting import NOW, at_work
from tests.store.results import calling, ingest, phone, told
from tui import words
from tui.campaign.draft import Draft
from tui.campaign.states import State
from tui.operations.follow_up import follow_up, follow_up_fields, preview_follow_up
from tui.operations.services import NotPossible, Services
from tui.store import FollowUp, NoSuchCampaign, ResultFilter

FIELDS = {
    "call_type": "ivr", "name": "Anket", "cli": "902129630131", "date_range_begin": "2026-09-01",
    "date_range_end": "2026-09-12", "time_range_begin": "09:00", "time_range_end": "18:00", "active_days": "1,2,3",
    "welcome_announcement_id": "128", "digit_target_1": "queue/201", "digit_target_9": "announcement/9",
    "opt_out_key": "9", "webhook_url": "https://example.com/results",
}
EVERYBODY = ResultFilter()


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
    assert (Draft(fields)["date_range_begin"], Draft(fields)["time_range_begin"]) == ("", "09:00")


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
    assert "nobody among these" in said(empty.value.reason)["en"]
    assert services.store.campaigns.count("acme") == 1


async def test_numbers_that_are_not_in_the_list_come_too_where_they_can_be_called(services: Services) -> None:
    campaign = calling(services.store, 0)
    ingest(services.store, told("00491511234567", "Meşgul"), told("gizli", "Meşgul"))
    made = await follow_up(services, campaign, EVERYBODY)
    assert (phones(services, made.draft), made.not_callable) == (["00491511234567"], 1)


async def test_a_campaign_that_is_not_there(services: Services) -> None:
    with pytest.raises(NoSuchCampaign):
        await follow_up(services, 404, EVERYBODY)
