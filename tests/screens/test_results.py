"""The results screen: figures, bars, the table and its filters, live; and the list's columns."""

from __future__ import annotations

import asyncio
import csv
import datetime as dt
import re
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from tests.screens.conftest import KEY, NOW, READY, World, on_the_wire
from tests.screens.waiting import at_once, at_rest, until
from tests.store.results import switched_off
from tui.campaign.lifecycle import State
from tui.campaign.results import CallRecord, Unreadable
from tui.core.reason import Reason
from tui.core.secret import Secret
from tui.i18n.words import say
from tui.operations.campaign_results import ResultPage, read_page
from tui.operations.switching_on import finished
from tui.provider.client import Provider
from tui.screens import results_list
from tui.screens.campaign_form import CampaignFormScreen
from tui.screens.follow_up import FollowUpDialog
from tui.screens.results import ResultsScreen
from tui.store import Delivery, MergeResult, ResultFilter, Store, StoreBusy, StoreFailed
from tui.store.records import Records
from tui.text.formats import sentence
from tui.widgets.bars import Bars, bar_text
from tui.widgets.button import Button
from tui.widgets.editors import LineEditor

PHONES = tuple(f"0532123450{place}" for place in range(6))
NEWS = (
    ("905321234500", "Cevaplandı", "1"), ("905321234501", "Cevapsız", ""), ("905321234502", "Cevaplandı", "-"),
    ("905321234503", "Meşgul", ""), ("905321234501", "Cevaplandı", "!4"),
)


@asynccontextmanager
async def results(world: World, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Pilot[str]]:
    async with world.app.run_test(size=size, notifications=True) as pilot:
        await until(pilot, world, "Memnuniyet anketi")
        await pilot.press("r")
        await until(pilot, world, say("screens.results.statuses"))
        yield pilot


def campaign(world: World) -> int:
    made = world.launched(phones=PHONES, values=READY | {"call_retries": "2"})
    world.heard(made, *NEWS)
    return made


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_it_says_how_far_it_is_and_what_was_pressed(world: World, size: tuple[int, int]) -> None:
    campaign(world)
    async with results(world, size) as pilot:
        await until(pilot, world, "4 of 6 called, 67 %")
        assert "3 answered, 75 %" in world.screen_text
        assert "1 pressed a key" in world.screen_text
        assert "3 numbers without a final result" in world.screen_text  # two not called, one busy
        bars = {bar.key: bar.count for bar in world.app.screen.query_one("#statuses", Bars).bars}
        assert bars == {"Cevaplandı": 3, "Meşgul": 1}
        digits = [(bar.key, bar.label, bar.count) for bar in world.app.screen.query_one("#digits", Bars).bars]
        assert ("1", "1 Announcement 421", 1) in digits
        assert ("!4", "wrong key 4", 1) in digits
        assert ("-", "no key", 1) in digits
        assert "0532 123 45 01" in world.screen_text
        assert say("screens.results.not_called") in world.screen_text


async def test_what_keys_lead_to_is_told_by_name_once_it_is_known(world: World) -> None:
    world.has_account()
    campaign(world)
    async with results(world) as pilot:
        await until(pilot, world, "1 Teşekkürler")


async def test_results_that_come_in_are_shown_by_themselves(world: World) -> None:
    made = campaign(world)
    async with results(world) as pilot:
        await until(pilot, world, "4 of 6 called")
        world.heard(made, ("905321234504", "Cevaplandı", "1"), ("905321234505", "Hatalı Numara", ""))
        await until(pilot, world, "6 of 6 called")
        world.heard(made, ("905321234503", "Cevaplandı", "1"))
        await until(pilot, world, say("screens.results.complete"))
        await until(pilot, world, f"■ {say('campaign.state.finished')}")


async def test_rows_that_come_late_are_not_those_of_another_filter(
    world: World, monkeypatch: pytest.MonkeyPatch,
) -> None:
    campaign(world)
    async with results(world) as pilot:
        await until(pilot, world, "= 6")
        await at_rest(pilot, world)
        screen, thread = world.app.screen, world.app.services.thread
        assert isinstance(screen, ResultsScreen)
        first, second = asyncio.Event(), asyncio.Event()

        async def held_back(work: Callable[..., object], *given: object, **named: object) -> object:
            """The rows of the first filter are there when those of the second one have been shown."""
            read = await thread(work, *given, **named)
            if isinstance(read, list) and not first.is_set():
                first.set()
                await second.wait()
            return read

        monkeypatch.setattr(world.app.services, "thread", held_back)
        reading = asyncio.create_task(screen.listed.pages.fetch(0, 6))
        await first.wait()
        await pilot.press("d")
        await until(pilot, world, "= 1")
        second.set()
        await reading
        assert len(screen.listed.pages.items) == 1


async def test_a_filter_that_could_not_be_read_is_read_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    campaign(world)
    async with results(world) as pilot:
        await until(pilot, world, "= 6")
        await at_rest(pilot, world)
        asked = []

        def fails_once(store: Store, campaign: int, chosen: ResultFilter, start: int, limit: int, *,
                       alone: bool) -> ResultPage:
            asked.append(chosen)
            if len(asked) == 1:
                raise StoreFailed(Reason("store.failed", {"path": "x", "detail": "y"}))
            return read_page(store, campaign, chosen, start, limit, alone=alone)

        monkeypatch.setattr(results_list, "read_page", fails_once)
        await pilot.press("d")
        await until(pilot, world, "= 1")
        assert asked[0] == asked[1]


async def test_filters_narrow_and_esc_shows_all_again(world: World) -> None:
    campaign(world)
    async with results(world) as pilot:
        await until(pilot, world, "= 6")
        await pilot.press("right", "right")
        await until(pilot, world, "[Answered]")
        await until(pilot, world, "= 3")
        await pilot.press("d")
        await until(pilot, world, "= 1")
        assert "[Answered]   pressed: 1" in world.screen_text
        await pilot.press("escape")
        await until(pilot, world, "[All]")
        await until(pilot, world, "= 6")
        await pilot.press("s")
        await until(pilot, world, "last status Cevaplandı")
        await until(pilot, world, "= 3")
        await pilot.press("escape", "slash", *"4503")
        await until(pilot, world, "= 1")
        assert "0532 123 45 03" in world.screen_text
        await pilot.press("escape")
        await until(pilot, world, "= 6")
        await pilot.press("escape")
        await until(pilot, world, say("key.campaigns.new"))


async def test_a_search_is_left_in_its_turn(world: World) -> None:
    campaign(world)
    async with results(world) as pilot:
        await until(pilot, world, "= 6")
        at_once(world, "slash", *"4503", "enter", "d")
        await until(pilot, world, "pressed: 1")
        assert world.app.screen.query_one("#search", Input).value == "4503"


async def test_each_attempt_of_a_number_is_told(world: World) -> None:
    campaign(world)
    async with results(world) as pilot:
        await until(pilot, world, "= 6")
        await pilot.press("down", "enter")
        await until(pilot, world, say("screens.calls.title", phone="0532 123 45 01"))
        assert re.search(r"11:59 +Cevaplandı +wrong key 4 .*\n.*11:56 +Cevapsız +— ", world.screen_text)
        await pilot.press("escape")
        await until(pilot, world, "= 6")


async def test_many_attempts_are_scrolled_to(world: World) -> None:
    made = campaign(world)
    world.heard(made, ("905321234501", "Reddedildi", ""), *[("905321234501", "Meşgul", "")] * 60,
                ("905321234501", "[b]\x1b[2J", ""))
    async with results(world) as pilot:
        await until(pilot, world, "= 6")
        await pilot.press("down", "enter")
        await until(pilot, world, r"[b]\x1b[2J")
        await pilot.press("end")
        await until(pilot, world, "Reddedildi")
        await pilot.press("escape")
        await until(pilot, world, "= 6")


async def test_what_could_not_be_read_is_shown_as_it_came(world: World) -> None:
    made = campaign(world)
    async with world.app.run_test(size=(80, 24), notifications=True) as pilot:
        await until(pilot, world, "Memnuniyet anketi")
        await pilot.press("o")
        await until(pilot, world, say("screens.campaigns.all_readable"))
        await pilot.press("escape")
        reason = Reason("receiver.unreadable.missing", {"field": "phone"})
        world.store.deliveries.ingest([
            Delivery(f"t{made}", NOW, Unreadable(b"x=[b]%d\x1b[2J\xff" % number, reason)) for number in range(52)])
        await pilot.press("o")
        await until(pilot, world, r"x=[b]51\x1b[2J\xff")
        assert sentence(reason) in world.screen_text
        await pilot.press("end")
        await until(pilot, world, r"x=[b]2\x1b[2J\xff")
        assert say("screens.campaigns.more_unreadable", count=2) in world.screen_text


async def test_a_stranger_is_told_as_one(world: World) -> None:
    made = campaign(world)
    world.heard(made, ("905550000000", "Cevaplandı", "1"))
    async with results(world) as pilot:
        await pilot.press("end")
        await until(pilot, world, "≠ 0555 000 00 00")
        await pilot.press("enter")
        await until(pilot, world, f"0555 000 00 00  ≠ {say('screens.results.stranger')}")


async def test_what_the_provider_says_is_never_markup(world: World) -> None:
    made = campaign(world)
    world.heard(made, ("905321234504", "[/x][@click=app.quit]\x1b[2J", "[b]"))
    async with results(world) as pilot:
        await until(pilot, world, "[/x][@click")
        assert "\x1b" not in world.screen_text


async def test_what_is_filtered_is_exported(world: World, tmp_path: Path) -> None:
    campaign(world)
    file = tmp_path / "cevaplayanlar.csv"
    async with results(world) as pilot:
        await until(pilot, world, "= 6")
        await pilot.press("right", "right", "e")
        await until(pilot, world, say("screens.export.title"))
        world.app.screen.query_one(LineEditor).value = str(file)
        await pilot.press("enter")
        await until(pilot, world, "3 rows were written")
        await pilot.press("e")
        await until(pilot, world, say("screens.export.title"))
        world.app.screen.query_one(LineEditor).value = str(file)
        await pilot.press("enter")
        await until(pilot, world, "enter again replaces")
        await pilot.press("escape")
    rows = list(csv.reader(file.read_text(encoding="utf-8-sig").splitlines()))
    assert len(rows) == 4


async def test_a_follow_up_leaves_out_who_answered_and_opens_its_draft(world: World) -> None:
    switched_off(world.store, campaign(world))
    async with results(world) as pilot:
        await until(pilot, world, "= 6")
        await pilot.press("F")
        await until(pilot, world, say("screens.follow.answered", count=3))
        assert not world.app.screen.query_one("#off").display
        await pilot.press("enter")
        await until(pilot, world, say("key.form.next"))
        assert isinstance(world.app.screen, CampaignFormScreen)
        draft = world.app.screen.model.campaign
        assert draft is not None
        assert {row.phone for row in world.store.numbers.each(draft.id)} == {
            "905321234503", "905321234504", "905321234505"}
        await pilot.press("f9")
        await until(pilot, world, say("text.review.ready")[:20])
        await pilot.press("pagedown", "pagedown")  # whom it follows stands below what is heard
        await until(pilot, world, "Follow-up of “Memnuniyet anketi” (ID 20212): all numbers")
        await pilot.press("escape", "escape", "escape")
        await until(pilot, world, say("key.campaigns.new"))
        await pilot.press("down", "enter")
        await until(pilot, world, "Followed up by “Memnuniyet anketi (follow-up)”")
        await pilot.press("pagedown")
        await until(pilot, world, say("screens.campaign.history"))


async def test_a_follow_up_of_one_that_is_on_offers_to_switch_it_off_first(world: World) -> None:
    world.has_account()
    made = campaign(world)
    world.heard(made, ("905321234505", "Hatalı Numara", ""))
    world.answers = [httpx.Response(200, text="OK")]
    async with results(world, (80, 24)) as pilot:
        await until(pilot, world, "= 6")
        await pilot.press("F")
        await until(pilot, world, say("screens.follow.open", count=2))
        assert "may still be on" in world.screen_text
        assert say("screens.follow.nobody") in world.screen_text
        assert say("screens.follow.hopeless", count=1, status="Hatalı Numara") in world.screen_text
        assert say("screens.follow.again", status="Hatalı Numara") in world.screen_text
        assert say("screens.follow.again", status="Reddedildi") not in world.screen_text
        assert say("screens.follow.with_open") in world.screen_text
        assert world.app.screen.query_one("#yes", Button).disabled  # nobody is left
        await pilot.press("right", "enter")
        await until(pilot, world, say("operations.plan.under_way", name="Memnuniyet anketi", since="12:00",
                                      until="12:04")[-25:])
        assert "may still be on" not in world.screen_text
        assert say("screens.follow.open", count=2) in world.screen_text
        assert world.app.screen.query_one("#yes", Button).disabled  # a call may be under way
        assert not world.app.screen.query_one("#off").display
        dialog = world.app.screen
        assert isinstance(dialog, FollowUpDialog)
        dialog.services.now = lambda: NOW + dt.timedelta(minutes=4)
        dialog.look()
        await until(pilot, world, "2 of the numbers shown")
        dialog.query_one("#yes").focus()
        await pilot.press("enter")
        await until(pilot, world, say("key.form.next"))
    asked = [request.content for request in world.requests if request.method != "GET"]
    assert asked == [f"key={KEY}&status=off".encode()]
    (draft,) = world.store.follow_ups.of(made)
    assert {row.phone for row in world.store.numbers.each(draft.campaign)} == {"905321234503", "905321234504"}


async def test_a_follow_up_of_one_that_is_finished_says_nothing_of_calls_to_come(world: World) -> None:
    made = world.launched(phones=PHONES, values=READY)
    world.heard(made, *((f"9{phone}", "Cevaplandı", "1") for phone in PHONES))
    async with results(world) as pilot:
        await until(pilot, world, "= 6")
        await pilot.press("F")
        await until(pilot, world, say("screens.follow.answered", count=6))
        assert "may still be on" not in world.screen_text
        assert not world.app.screen.query_one("#off").display


async def test_a_draft_has_no_results(world: World) -> None:
    world.draft()
    async with world.app.run_test(size=(80, 24), notifications=True) as pilot:
        await until(pilot, world, say("campaign.state.draft"))
        await pilot.press("r")
        await until(pilot, world, say("screens.results.not_yet", name="Memnuniyet anketi"))
        assert not isinstance(world.app.screen, ResultsScreen)


async def test_the_list_tells_how_far_each_is(world: World) -> None:
    campaign(world)
    async with world.app.run_test(size=(120, 36)) as pilot:
        await until(pilot, world, "67 %")
        await pilot.press("v")  # the pane gives its room to the list
        await until(pilot, world, "75 %")
        assert "1█" in world.screen_text


@pytest.mark.parametrize(("share", "width", "text"), [
    (0, 4, "    "), (1, 4, "████"), (0.5, 4, "██  "), (0.001, 4, "▏   "), (0.75, 2, "█▌"), (2, 2, "██"),
])
def test_a_bar_is_as_long_as_its_share_and_whatever_is_there_is_seen(share: float, width: int, text: str) -> None:
    assert bar_text(share, width) == text


CALL_LIST = {
    "start_stamp": "2026-11-25 11:58:00 +0300", "answer_stamp": "", "end_stamp": "2026-09-12 11:59:05 +0300",
    "direction": "Giden (IVR)", "caller_id_number": "902129630131", "destination_number": "905321234500",
    "duration": "00:01:05", "talk_duration": "00:00:42", "queue": "", "result": "Cevaplandı", "missed": "false",
    "return_uuid": "", "call_uuid": "u1", "answer_uuid": "", "recording_present": "false", "sip_hangup_disposition": "",
}


def call_list(*calls: dict[str, object], pages: int = 1) -> httpx.Response:
    pagination = {"page": 1, "limit": 100, "total_count": len(calls), "total_pages": pages}
    return httpx.Response(200, json={"cdrs": [CALL_LIST | call for call in calls], "pagination": pagination})


async def fetched(world: World, pilot: Pilot[str]) -> None:
    await pilot.press("c")
    await until(pilot, world, say("screens.records.about")[:40])


async def test_call_records_tell_the_outcome_and_never_the_key(world: World) -> None:
    world.launched(phones=PHONES)
    world.lookups["/cdrs"] = call_list(
        {}, {"destination_number": "905321234501", "result": "Meşgul", "call_uuid": "u2"},
        {"destination_number": "905559999999", "call_uuid": "u3"})
    async with results(world) as pilot:
        await until(pilot, world, "Without a webhook, c")
        await fetched(world, pilot)
        await until(pilot, world, say("screens.records.looked", count=3))
        assert say("screens.records.matched", count=2) in world.screen_text
        await pilot.press("enter")
        await until(pilot, world, "2 of 6 called, 33 %")
        assert "Call records show the result" in world.screen_text
        await pilot.press("enter")
        await until(pilot, world, say("screens.calls.seconds", count=42))


async def test_calls_that_can_be_of_two_campaigns_and_rows_that_cannot_be_read_are_counted(world: World) -> None:
    world.launched(phones=PHONES)
    world.launched("Öteki [/x]", 20213, phones=PHONES)
    world.lookups["/cdrs"] = call_list({}, {"call_uuid": "u2", "start_stamp": "dün [/x]"})
    async with results(world) as pilot:
        await fetched(world, pilot)
        await until(pilot, world, say("screens.records.looked", count=1))
        assert say("screens.records.ambiguous", count=1)[:40] in world.screen_text
        assert say("screens.records.left_out", count=1, place="")[:20] in world.screen_text


async def test_a_fetch_that_fails_says_why_and_can_be_tried_again(world: World) -> None:
    world.launched(phones=PHONES)
    world.lookups["/cdrs"] = httpx.Response(500, text="oops")
    async with results(world) as pilot:
        await fetched(world, pilot)
        await until(pilot, world, say("screens.records.again"))
        world.lookups["/cdrs"] = call_list({})
        await pilot.press("enter")
        await until(pilot, world, say("screens.records.matched", count=1))


async def test_a_fetch_that_fails_at_a_later_page_says_that_the_earlier_are_kept(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.launched(phones=PHONES)
    world.lookups["/cdrs"] = call_list({}, pages=2)
    merge = Records.merge
    failures = [StoreBusy(Reason("store.busy", {"path": "/there"}))]

    def busy_once(records: Records, campaign: int, rows: Sequence[CallRecord], *,
                  cursor: str | None = None) -> MergeResult:
        if failures and records.cursor(campaign) is not None:
            raise failures.pop()
        return merge(records, campaign, rows, cursor=cursor)

    monkeypatch.setattr(Records, "merge", busy_once)
    async with results(world) as pilot:
        await fetched(world, pilot)
        await until(pilot, world, say("screens.records.kept", count=1)[:40])
        await pilot.press("enter")
        await until(pilot, world, say("screens.records.looked", count=1))


async def test_a_fetch_that_waits_for_the_limit_says_so_and_esc_stops_it(world: World) -> None:
    world.launched(phones=PHONES)
    world.lookups["/cdrs"] = httpx.Response(429, text="rate limit")
    async with results(world) as pilot:
        await fetched(world, pilot)
        await until(pilot, world, "The provider's limit: the next page in")
        await pilot.press("escape")
        await until(pilot, world, "= 6")


# switching, where one watches


async def test_the_campaign_whose_results_one_watches_is_switched_off_at_once_and_on_after_a_question(
        world: World) -> None:
    world.has_account()
    campaign(world)
    world.answers = [httpx.Response(200, text="OK"), httpx.Response(200, text="OK")]
    async with results(world) as pilot:
        await until(pilot, world, "● on")
        await pilot.press("space")
        await until(pilot, world, "○ off")
        await pilot.press("space")
        await until(pilot, world, say("screens.switch_on.title"))
        await pilot.press("right", "enter")
        await until(pilot, world, "● on")
    assert world.sent == [
        ("PATCH", "/ivr_campaigns/20212", f"key={KEY}&status=off".encode()),
        ("PATCH", "/ivr_campaigns/20212", f"key={KEY}&status=on".encode()),
    ]


async def test_esc_ends_the_wait_for_a_switch_before_it_leaves_the_results(world: World) -> None:
    world.has_account()
    made = campaign(world)
    world.answers = [httpx.Response(429, text="slow down", headers={"Retry-After": "90"})]
    world.tell_waits()
    async with results(world, (120, 36)) as pilot:
        await until(pilot, world, "● on")
        await pilot.press("space")
        await until(pilot, world, "(esc cancels)")
        await pilot.press("escape")
        await until(pilot, world, "on, uncertain")
        assert isinstance(world.app.screen, ResultsScreen)
    assert world.store.campaigns.get(made).unsure


async def test_who_leaves_the_results_while_it_is_switched_hears_what_became_of_it(world: World) -> None:
    world.has_account()
    made = campaign(world)
    answer = asyncio.Event()

    class Slow(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            await answer.wait()
            return on_the_wire(httpx.Response(200, text="OK"))

    world.app.services.connect = lambda profile: Provider(profile.base_url, Secret(KEY), transport=Slow())
    async with results(world) as pilot:
        await until(pilot, world, "● on")
        await pilot.press("space")
        await until(pilot, world, say("campaign.state.switching_off"))
        await pilot.press("space")
        await until(pilot, world, "is being switched")
        await pilot.press("escape")
        await until(pilot, world, say("key.campaigns.new"))
        answer.set()
        await until(pilot, world, say("screens.campaigns.off_done", name="Memnuniyet anketi"))
    assert world.store.campaigns.get(made).state is State.OFF


async def test_what_is_over_is_not_switched_on_from_its_results_and_that_is_said(world: World) -> None:
    world.has_account()
    made = world.launched(phones=PHONES[:1])
    world.heard(made, NEWS[0])
    world.answers = [httpx.Response(200, text="OK")]
    async with results(world) as pilot:
        await until(pilot, world, say("screens.results.complete"))
        await pilot.press("space")
        await until(pilot, world, say("screens.campaigns.off_done", name="Memnuniyet anketi"))
        await pilot.press("space")
        await until(pilot, world, sentence(finished(world.store.campaigns.get(made)))[:40])
    assert len(world.requests) == 1
