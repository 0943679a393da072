"""A campaign and the one in its place are shown as one: in the list, in the results, in what is exported."""

from __future__ import annotations

import csv
import datetime as dt
import random
from collections import Counter
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from tests.operations.resulting import nobody
from tests.store.results import listed, phone, told
from tests.store.support import open_store
from tests.store.test_lives import drafted, heard, launched, started
from tui.campaign.follow_up_plan import DEFAULT_PLAN
from tui.campaign.lifecycle import AskedBy
from tui.campaign.phone import readable_phone
from tui.config import Profile
from tui.core.secret import Secret
from tui.operations.campaign_results import calls_of_number, read_figures
from tui.operations.export import ExportFormat, export, export_into
from tui.operations.follow_up import follow_up, kin_of, preview_follow_up, rounds_of
from tui.operations.follow_up_plan import preview_plan
from tui.operations.overview import read_overview
from tui.operations.services import NotPossible, Services
from tui.screens.campaign_rows import CampaignRows
from tui.store import ListFilter, ResultFilter, Sort, SortColumn, Store, StoreThread
from tui.text.campaign import lineage_lines

NOW = dt.datetime(2026, 11, 25, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
async def services(tmp_path: Path) -> AsyncIterator[Services]:
    store = open_store(tmp_path / "santral.db", lambda: NOW)
    made = Services(store, StoreThread(), Profile("acme", Secret("K98765432-1234-5678-4321-123456789012"),
                                                  base_url="http://127.0.0.1:1"), nobody, AskedBy.APP, now=lambda: NOW)
    yield made
    made.thread.close()
    store.close()


@pytest.fixture
def two(services: Services) -> tuple[int, int]:
    """1 answered, 2 and 3 were busy, 4 never called in the first life; the second one has called 2, who answered."""
    store = services.store
    first = started(store, range(1, 5))
    heard(store, first, 1, status="Cevaplandı", digit="2")
    heard(store, first, 2, 3)
    second = launched(store, drafted(store, first), 20_213)
    heard(store, second, 2, status="Cevaplandı", minute=60)
    return first, second


def rows_of(store: Store, chosen: ListFilter = ListFilter(), sort: Sort = Sort()) -> dict[int, dict[str, str]]:  # noqa: B008 - values that nobody changes
    seen = read_overview(store, "acme", chosen, sort, 0, 50)
    made = CampaignRows()
    return {campaign.id: {name: cell.text for name, cell in made.row(
        campaign, seen.page.totals[campaign.id], NOW, (), (), seen.page.together.get(campaign.id)).items()}
        for campaign in seen.page.campaigns}


def test_the_list_shows_one_campaign_of_two_lives(services: Services, two: tuple[int, int]) -> None:
    first, second = two
    rows = rows_of(services.store)
    assert (rows[second]["name"], rows[second]["numbers"], rows[second]["called"], rows[second]["answered"]) == (
        "‹2 lives› Anket", "4", "75 %", "67 %")
    assert (rows[first]["name"], rows[first]["numbers"], rows[first]["called"]) == ("‹life 1› Anket", "4", "75 %")


def test_the_list_is_sorted_by_what_it_shows(services: Services, two: tuple[int, int]) -> None:
    """Another of three numbers, half of which answered: between the second life by itself and both."""
    store, (_, second) = services.store, two
    other = started(store, range(20, 23), 20_300)
    heard(store, other, 20, status="Cevaplandı")
    heard(store, other, 21)
    for column in (SortColumn.NUMBERS, SortColumn.CALLED, SortColumn.ANSWERED):
        order = list(rows_of(store, sort=Sort(column, descending=True)))
        assert order.index(second) < order.index(other), column
    assert store.results.totals(second).numbers == 3


def test_one_that_is_replaced_but_may_yet_call_stays_in_the_list(services: Services, two: tuple[int, int]) -> None:
    first, second = two
    assert set(rows_of(services.store)) == {first, second}
    seen = read_overview(services.store, "acme", ListFilter(), Sort(), 0, 50)
    assert (seen.count, sum(seen.counts.values())) == (2, 2)


def test_results_are_of_both_and_each_can_be_looked_at_alone(services: Services, two: tuple[int, int]) -> None:
    store, (first, second) = services.store, two
    for named in two:
        figures = read_figures(store, named, NOW)
        assert (figures.campaign.id, figures.life) == (second, None)
        assert (figures.totals.numbers, figures.totals.called, figures.totals.answered, figures.totals.calls) == (
            4, 3, 2, 4)
        assert [(life.id, totals.called) for life, totals in figures.lives] == [(first, 3), (second, 1)]
        assert figures.own.called == 1
    alone = read_figures(store, first, NOW, alone=True)
    assert (alone.campaign.id, alone.totals.called, alone.totals.calls) == (first, 3, 3)
    assert alone.life is not None
    assert alone.life.id == first


def test_calls_of_a_number_are_those_of_both(services: Services, two: tuple[int, int]) -> None:
    first, second = two
    row = services.store.lives.row(first, phone(2))
    assert row is not None
    calls = calls_of_number(services.store, first, row)
    assert [(call.campaign.id, call.call.status) for call in calls] == [(second, "Cevaplandı"), (first, "Meşgul")]


def test_the_line_of_descent_says_that_it_was_replaced(services: Services, two: tuple[int, int]) -> None:
    store, (first, second) = services.store, two
    lines = lineage_lines(kin_of(store, store.campaigns.get(second)), NOW)
    assert lines == [
        " In place of “Anket” (ID 20212): calls those it did not reach",
        " Life 1, 20212: 4 numbers, 3 called, 1 answered",
        " Life 2, 20213 (this one): 3 numbers, 1 called, 1 answered",
        " All lives, each number once: 4 numbers, 3 called, 2 answered"]
    assert "Replaced by “Anket”" in lineage_lines(kin_of(store, store.campaigns.get(first)), NOW)[-1]
    assert rounds_of(store, first) == []


def test_lives_are_one_round_of_follow_ups(services: Services, two: tuple[int, int]) -> None:
    store, (_, second) = services.store, two
    store.follow_ups.make(second, ResultFilter(answered=False), {"name": "Anket (follow-up)"})
    rounds = rounds_of(store, second)
    assert [(each.number, len(each.campaigns), each.numbers, each.called) for each in rounds] == [(1, 2, 4, 3),
                                                                                                  (2, 1, 2, 0)]


async def test_an_export_has_every_number_once_with_the_life_that_reached_it(
        services: Services, two: tuple[int, int], tmp_path: Path) -> None:
    first, _ = two
    stream = BytesIO()
    assert await export_into(services, first, stream) == 4
    rows = list(csv.DictReader(stream.getvalue().decode("utf-8-sig").splitlines()))
    assert [(row["Phone"], row["Life"], row["Calls"]) for row in rows] == [
        (readable_phone(phone(1)), "1 (20212)", "1"), (readable_phone(phone(2)), "2 (20213)", "2"),
        (readable_phone(phone(3)), "1 (20212)", "1"), (readable_phone(phone(4)), "", "0")]
    done = await export(services, first, tmp_path / "all.xlsx", ExportFormat.XLSX)
    assert done.rows == 4
    book = openpyxl.load_workbook(tmp_path / "all.xlsx")
    assert [cell.value for cell in book.worksheets[1]["P"]] == ["Life", "1 (20212)", "2 (20213)", "1 (20212)", None]
    assert "2 lives, each number once: 20212, 20213" in [row[0].value for row in book.worksheets[0].iter_rows()]


async def test_an_export_of_one_life_is_its_own(services: Services, two: tuple[int, int]) -> None:
    stream = BytesIO()
    assert await export_into(services, two[1], stream, alone=True) == 3
    assert "Life" not in stream.getvalue().decode("utf-8-sig").splitlines()[0].split(",")


@pytest.mark.parametrize("seed", range(12))
async def test_nothing_is_lost_and_nothing_is_there_twice(services: Services, seed: int) -> None:
    """The numbers of all lives, of every list and of none: each exactly once, its calls added up."""
    store, dice = services.store, random.Random(seed)  # noqa: S311 - no secret
    lives = [started(store, range(1, 8))]
    for provider_id in (20_213, 20_214):
        for minute in range(dice.randrange(5)):
            heard(store, dice.choice(lives), dice.randrange(1, 12), status=dice.choice(("Meşgul", "Cevaplandı")),
                  minute=minute)
        if not store.successions.carried(lives[-1]).numbers:
            break
        draft = drafted(store, lives[-1])
        if len(store.successions.reached(draft)):
            break
        lives.append(launched(store, draft, provider_id))
    store.records.merge(lives[-1], [listed(dice.randrange(1, 12), "Meşgul", minute=90)])
    every = [row for life in lives for row in store.results.each(life)]
    stream = BytesIO()
    await export_into(services, dice.choice(lives), stream)
    rows = list(csv.DictReader(stream.getvalue().decode("utf-8-sig").splitlines()))
    assert Counter(row["Phone"] for row in rows) == Counter({readable_phone(row.phone) for row in every})
    calls: Counter[str] = Counter()
    for row in every:
        calls[readable_phone(row.phone)] += row.attempts
    assert {row["Phone"]: int(row["Calls"]) for row in rows} == dict(calls)
    assert told(1).phone == phone(1)


async def test_a_follow_up_is_made_of_the_last_life_or_leaves_out_whom_that_has(
        services: Services, two: tuple[int, int]) -> None:
    first, second = two
    for make in (preview_follow_up, follow_up):
        with pytest.raises(NotPossible) as refused:
            await make(services, first, ResultFilter(answered=False))
        assert refused.value.reason.code == "operations.follow_up.replaced"
    assert (await preview_follow_up(services, second, ResultFilter(answered=False), with_open=True)).numbers == 2
    planned = await preview_plan(services, first, "", DEFAULT_PLAN)
    assert planned.planned == 0
