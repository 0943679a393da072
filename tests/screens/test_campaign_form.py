"""The form: kept on every change, checked as one types; Review; the launch and each of its outcomes."""

from __future__ import annotations

import asyncio
import json

import httpx
import pytest
from textual import events

from tests.screens.conftest import KEY, READY, World
from tests.screens.waiting import until
from tui.campaign.consent import ConsentStatus, RecipientType, weight_of
from tui.campaign.lifecycle import State
from tui.campaign.phone_list import Number
from tui.core.reason import Reason
from tui.i18n.words import say
from tui.operations.phone_list import validated
from tui.screens import launch as launch_screen
from tui.screens.campaign_form import CampaignFormScreen
from tui.store import StoreFull
from tui.store.consents import ImportNotes
from tui.widgets.editors import LineEditor

SIZE = (80, 24)


@pytest.fixture(autouse=True)
def a_short_countdown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launch_screen, "COUNTDOWN_SECONDS", 1)


async def test_what_is_typed_right_after_n_lands_in_the_form(world: World) -> None:
    async with world.app.run_test(size=SIZE) as pilot:
        await until(pilot, world, "No campaigns yet")
        await pilot.press("n", "down", *"dxu!")
        await until(pilot, world, say("screens.form.kept"))
    assert world.store.campaigns.get(1).fields["name"] == "dxu!"
    assert world.store.campaigns.get(1).fields["cli"] == "902129630131"


async def test_a_new_form_that_is_left_untouched_leaves_no_draft(world: World) -> None:
    async with world.app.run_test(size=SIZE) as pilot:
        await until(pilot, world, "No campaigns yet")
        await pilot.press("n")
        await until(pilot, world, say("campaign.field.name"))
        await pilot.press("escape")
        await until(pilot, world, "No campaigns yet")
    assert world.store.campaigns.count("acme") == 0


async def test_the_type_of_a_draft_that_has_none_can_be_chosen(world: World) -> None:
    draft = world.draft({"name": "zub"}, ())
    async with world.app.run_test(size=SIZE) as pilot:
        await until(pilot, world, "zub")
        await pilot.press("enter")
        await until(pilot, world, say("campaign.field.call_type"))
        await pilot.press("right")
        await until(pilot, world, say("screens.form.kept"))
    assert world.store.campaigns.get(draft).call_type == "ivr"


async def test_to_a_key_of_the_menu_of_what_has_become_a_queue_leads_to_its_section(world: World) -> None:
    world.draft({"call_type": "queue", "name": "zub", "digit_target_1": "queue:201"}, ())
    async with world.app.run_test(size=SIZE) as pilot:
        await until(pilot, world, "zub")
        await pilot.press("enter")
        await until(pilot, world, say("campaign.field.call_type"))
        form = world.app.screen
        assert isinstance(form, CampaignFormScreen)
        await form.navigation.jump("digit_target_1")  # as it was asked for when it was an IVR campaign
        await until(pilot, world, say("screens.form.no_menu")[:30])
        assert world.app.screen is form
    assert not world.app.session.log_file.exists() or "unexpected" not in world.app.session.log_file.read_text()


async def test_every_change_is_in_the_store_and_bad_text_is_kept_as_typed(world: World) -> None:
    draft = world.draft()
    async with world.app.run_test(size=SIZE) as pilot:
        await until(pilot, world, "draft")
        await pilot.press("enter")
        await until(pilot, world, say("campaign.field.name"))
        await pilot.press("f8")
        await until(pilot, world, say("campaign.field.date_range_begin"))
        await pilot.press(*"31.02.2026")
        await until(pilot, world, "31.02.2026")
        await until(pilot, world, say("screens.form.kept"))
        assert say("campaign.problem.day", value="31.02.2026", last=28)[:40] in world.screen_text
    assert world.store.campaigns.get(draft).fields["date_range_begin"] == "31.02.2026"


async def test_a_line_that_is_pasted_arrives_once(world: World) -> None:
    async with world.app.run_test(size=SIZE) as pilot:
        await until(pilot, world, "Press n to create one")
        await pilot.press("n", "tab")
        editor = world.app.focused
        assert isinstance(editor, LineEditor)
        editor.post_message(events.Paste("Kasım daveti"))
        await until(pilot, world, "Kasım daveti")
        await pilot.pause()
        assert editor.value == "Kasım daveti"


async def test_what_concerns_two_fields_is_said_at_both(world: World) -> None:
    world.draft(READY | {"time_range_begin": "18:00", "time_range_end": "09:00"})
    async with world.app.run_test(size=(120, 36)) as pilot:
        await until(pilot, world, "draft")
        await pilot.press("enter")
        await until(pilot, world, say("campaign.field.name"))
        await pilot.press("f8")
        await until(pilot, world, say("campaign.field.time_range_end"))
        sentence = say("campaign.problem.times_order")[:30]
        await until(pilot, world, sentence)
        assert world.screen_text.count(sentence) == 2


async def test_what_cannot_be_kept_is_said_and_the_form_stays_open(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = world.draft()
    change = world.store.drafts.change

    def full(*_args: object) -> int:
        raise StoreFull(Reason("store.full", {"path": "/disk"}))

    monkeypatch.setattr(world.store.drafts, "change", full)
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await until(pilot, world, "draft")
        await pilot.press("enter")
        await until(pilot, world, say("campaign.field.name"))
        await pilot.press("down", "end", *" iki")
        await until(pilot, world, say("screens.form.not_kept"))
        await pilot.press("escape")
        await until(pilot, world, "anketi iki")
        monkeypatch.setattr(world.store.drafts, "change", change)
        await pilot.press("!")
        await until(pilot, world, say("screens.form.kept"))
    assert world.store.campaigns.get(draft).name == "Memnuniyet anketi iki!"


async def test_another_process_changing_another_field_clobbers_nothing(world: World) -> None:
    draft = world.draft()
    async with world.app.run_test(size=SIZE) as pilot:
        await until(pilot, world, "draft")
        await pilot.press("enter")
        await until(pilot, world, say("campaign.field.name"))
        world.store.drafts.change(draft, {"cli": "905551112233"})
        await pilot.press("down", "end", *"!")
        await until(pilot, world, "905551112233")
    assert world.store.campaigns.get(draft).fields == READY | {"name": "Memnuniyet anketi!", "cli": "905551112233"}


async def test_numbers_are_typed_and_pasted_and_bad_ones_say_why(world: World) -> None:
    draft = world.draft(phones=())
    async with world.app.run_test(size=(120, 36), notifications=True) as pilot:
        await until(pilot, world, "draft")
        await pilot.press("enter")
        await until(pilot, world, say("campaign.field.name"))
        await pilot.press("f7", "f7", "f7", "f7")
        await until(pilot, world, say("screens.numbers.empty"))
        await pilot.press(*"0532 123 45 67", "enter")
        await until(pilot, world, "0532 123 45 67")
        world.app.screen.focused.post_message(events.Paste("05321234569\n5,32124E+09\n"))  # type: ignore[union-attr]  # the line has the focus
        await until(pilot, world, f"[{say('screens.numbers.filter_all')} 3]")
        await until(pilot, world, f"{say('screens.numbers.filter_problems')} 1")
    kept = [(number.typed, number.phone, number.phrase) for number in world.store.numbers.page(draft, 0, 10)]
    assert kept == [("0532 123 45 67", "905321234567", ""), ("05321234569", "905321234569", ""),
                    ("5,32124E+09", None, "")]


async def to_review(pilot: object, world: World) -> None:
    await until(pilot, world, "draft")  # type: ignore[arg-type]  # a Pilot
    await pilot.press("enter")  # type: ignore[attr-defined]  # a Pilot
    await until(pilot, world, say("campaign.field.name"))  # type: ignore[arg-type]  # a Pilot
    await pilot.press("f9")  # type: ignore[attr-defined]  # a Pilot
    await until(pilot, world, "Turkish time")  # type: ignore[arg-type]  # a Pilot


async def test_review_lists_the_problems_and_goes_to_one(world: World) -> None:
    world.draft(READY | {"ring_timeout": "5"})
    async with world.app.run_test(size=(120, 36)) as pilot:
        await to_review(pilot, world)
        await until(pilot, world, say("text.review.problems", count=1)[:20])
        await pilot.press("tab", "enter")
        await until(pilot, world, say("campaign.field.call_retries"))
        assert world.app.screen.focused is not None
        assert world.app.screen.focused.value == "5"  # type: ignore[attr-defined]  # a line of text


async def test_review_shows_what_another_process_changes(world: World) -> None:
    made = world.draft()
    async with world.app.run_test(size=(120, 36), notifications=True) as pilot:
        await to_review(pilot, world)
        await until(pilot, world, "1 number will be called")
        world.store.numbers.add(made, validated([Number("05321234568")]))
        await until(pilot, world, "2 numbers will be called")
        world.store.drafts.change(made, {"digit_target_1": "nowhere"})
        await until(pilot, world, say("screens.form.problems", count=1))
        await until(pilot, world, "nowhere")


async def test_a_hint_is_shown_mildly_at_its_field_and_in_review(world: World) -> None:
    world.draft(READY | {"is_commercial": "true", "iys_recipient_type": "TACIR", "iys_brand_code": "600123",
                         "time_range_begin": "10:00", "time_range_end": "18:00"})
    agreed = {(RecipientType.TRADER, ""): {"905321234567": weight_of(ConsentStatus.GIVEN, None)}}
    world.store.consents.keep("acme", agreed, path="iys.csv", stamp_="", named={}, notes=ImportNotes(),
                              file_at=world.app.services.now())
    hint = say("campaign.problem.no_opt_out")[:30]
    async with world.app.run_test(size=(120, 36)) as pilot:
        await to_review(pilot, world)
        await until(pilot, world, f"· {say('campaign.field.is_commercial')}: {hint}")
        await until(pilot, world, say("text.review.ready")[:20])
        await pilot.press("f6")
        await until(pilot, world, say("campaign.field.iys_brand_code"))
        assert world.app.screen.query_one("#field-is_commercial").has_class("-with-problems", "-hint")
        assert not world.app.screen.query_one("#field-is_commercial").has_class("-warning")


async def test_review_shows_the_request_with_the_key_masked(world: World) -> None:
    world.draft()
    async with world.app.run_test(size=(120, 36)) as pilot:
        await to_review(pilot, world)
        for shown in ('"digit_target_1": "announcement/421"', "curl -X POST"):
            await pilot.press("v")
            await until(pilot, world, shown)
            assert "********" in world.screen_text
            assert KEY not in world.screen_text


async def test_a_launch_asks_counts_down_and_sends_the_request_once(world: World) -> None:
    draft = world.draft()
    world.answers = [httpx.Response(200, text="20212")]
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await to_review(pilot, world)
        await pilot.press("l")
        await until(pilot, world, "Launch “Memnuniyet anketi”?")
        await pilot.press("tab", "enter")
        await until(pilot, world, "● on")
    assert [(request.method, request.url.path) for request in world.requests] == [("POST", "/ivr_campaigns.json")]
    body = json.loads(world.requests[0].content)
    assert body["key"] == KEY
    assert body["phone_list"] == [{"phone": "905321234567"}]
    assert world.store.campaigns.get(draft).provider_id == 20212


@pytest.mark.parametrize("keys", [["enter"], ["l", "enter"], ["escape"], ["l", "l", "l"], ["tab", "enter", "escape"]])
async def test_nothing_is_sent_by_keys_that_do_not_confirm(
    world: World, keys: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(launch_screen, "COUNTDOWN_SECONDS", 30)
    draft = world.draft()
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await to_review(pilot, world)
        await pilot.press("l")
        await until(pilot, world, "Launch “Memnuniyet anketi”?")
        await pilot.press(*keys)
        await pilot.pause()
        if not isinstance(world.app.screen, CampaignFormScreen):
            await pilot.press("escape")
        await until(pilot, world, say("text.review.ready")[:20])
    assert world.requests == []
    assert world.store.campaigns.get(draft).state is State.DRAFT


async def test_what_multiplies_calls_wants_the_count_typed_however_few_they_are(world: World) -> None:
    world.draft(READY | {"call_retries": "6"}, ("09001234567",))
    async with world.app.run_test(size=(120, 36), notifications=True) as pilot:
        await until(pilot, world, "✎")
        await pilot.press("enter", "f9")
        await until(pilot, world, "may be called 6 more times")
        await until(pilot, world, "1 number is premium-rate")
        await pilot.press("l")
        await until(pilot, world, say("screens.launch.type_count", count=1))
        await pilot.press("tab", "enter")
        await until(pilot, world, say("screens.launch.wrong_count", value="", count=1)[:20])
        await pilot.press("escape")
    assert world.requests == []


async def test_above_the_limit_the_count_has_to_be_typed(world: World) -> None:
    draft = world.draft(phones=tuple(f"0532123{count:04}" for count in range(101)))
    world.answers = [httpx.Response(200, text="20212")]
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await to_review(pilot, world)
        await pilot.press("l")
        await until(pilot, world, "Type 101")
        await pilot.press("tab", "enter")  # the button without the count
        await until(pilot, world, say("screens.launch.wrong_count", value="", count=101)[:20])
        await pilot.press(*"100", "enter", "enter")
        await until(pilot, world, "“100”")
        assert world.requests == []
        await pilot.press("backspace", "1", "enter", "enter")
        await until(pilot, world, "● on")
    assert world.store.campaigns.get(draft).state is State.ON


@pytest.mark.parametrize(("answer", "state", "told"), [
    (httpx.Response(400, text="name can't be blank [/x]"), State.REJECTED, "name can't be blank [/x]"),
    (httpx.Response(401, text=f"Gecersiz anahtar: {KEY}"), State.REJECTED, "key"),
    (httpx.Response(429, text="slow down"), State.REJECTED, ""),
    (httpx.ConnectError("refused"), State.DRAFT, "Nobody will be called"),
    (httpx.ReadTimeout("no answer"), State.UNCONFIRMED, "unconfirmed"),
    (httpx.Response(500, text="oops"), State.UNCONFIRMED, "unconfirmed"),
    (httpx.Response(200, text="<html>hello</html>"), State.UNCONFIRMED, "unconfirmed"),
])
async def test_each_outcome_is_remembered_and_told(
    world: World, answer: httpx.Response | Exception, state: State, told: str
) -> None:
    draft = world.draft()
    world.answers = [answer]
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await to_review(pilot, world)
        await pilot.press("l")
        await until(pilot, world, "Launch “Memnuniyet anketi”?")
        await pilot.press("tab", "enter")
        for _ in range(200):
            await pilot.pause()
            if world.store.campaigns.get(draft).state is state:
                break
            await asyncio.sleep(0.02)
        await until(pilot, world, told)
        assert KEY not in world.screen_text
    assert world.store.campaigns.get(draft).state is state
    assert len(world.requests) == 1


@pytest.mark.parametrize("created", [True, False])
async def test_both_ways_out_of_unconfirmed(world: World, created: bool) -> None:
    draft = world.draft()
    world.answers = [httpx.ReadTimeout("no answer")]
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await to_review(pilot, world)
        await pilot.press("l")
        await until(pilot, world, "Launch “Memnuniyet anketi”?")
        await pilot.press("tab", "enter")
        await until(pilot, world, "? unconfirmed")
        await pilot.press("enter")
        await until(pilot, world, say("campaign.field.cli"))
        await pilot.press("end")  # what happened stands below what it is
        await until(pilot, world, say("screens.campaign.history"))
        await pilot.press("o")
        await until(pilot, world, say("screens.resolve.title"))
        if created:
            await pilot.press(*"20212", "enter", "enter")
        else:
            await pilot.press("tab", "tab", "tab", "enter")
        await until(pilot, world, say("screens.resolve.title"), gone=True)
        await until(pilot, world, "on" if created else "draft")
    campaign = world.store.campaigns.get(draft)
    assert (campaign.state, campaign.provider_id) == ((State.ON, 20212) if created else (State.DRAFT, None))
    assert len(world.requests) == 1


async def test_an_id_that_could_not_be_kept_stands_there_until_it_is_closed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object) -> bool:
        raise StoreFull(Reason("store.full", {"path": "/disk"}))

    world.draft()
    world.answers = [httpx.Response(200, text="20212")]
    monkeypatch.setattr(world.store.ledger, "resolve", full)
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await to_review(pilot, world)
        await pilot.press("l")
        await until(pilot, world, "Launch “Memnuniyet anketi”?")
        await pilot.press("tab", "enter")
        await until(pilot, world, say("screens.launch.write_down"))
        assert "20212" in world.screen_text
        await pilot.press("enter")
        await until(pilot, world, say("campaign.state.launching"))
    assert len(world.requests) == 1
