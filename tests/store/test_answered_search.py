"""Who has answered a campaign that a draft was made of, since it was made."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from tests.store.results import NOON, begun, calling, delivered, ingest, listed, phone, told
from tests.store.support import Clock, good
from tui.campaign.lifecycle import AskedBy, Created, Unconfirmed
from tui.campaign.reach import Cause, CountedAs
from tui.core.reason import Reason
from tui.store import DoNotCallReason, ResultFilter, Store, follow_ups
from tui.store.database import Database
from tui.store.errors import RefusedMeanwhile

EVERYBODY = ResultFilter()


def follow_up(store: Store, campaign: int, *, with_answered: bool = False) -> int:
    return store.follow_ups.make(campaign, EVERYBODY, {"name": "Takip"}, with_answered=with_answered).draft


def comes(store: Store, clock: Clock, *news: tuple[int, str], token: str = "token") -> None:
    """Results come in now."""
    at = clock()
    store.deliveries.ingest([replace(delivered(told(number, status, campaign_id=None), token), received_at=at)
                             for number, status in news])


def left_out(store: Store, draft: int) -> dict[int, Cause]:
    found = store.suppression.find(draft)
    return {position: list(Cause)[rank - 1]
            for position, rank in zip(found.marks.positions, found.marks.causes, strict=True)}


@pytest.fixture
def campaign(store: Store) -> int:
    made = calling(store)
    ingest(store, told(1, "Cevaplandı", "1"), told(2, "Meşgul"))
    return made


def test_who_answers_after_the_draft_was_made_is_left_out_with_a_reason_of_its_own(
        store: Store, clock: Clock, campaign: int) -> None:
    draft = follow_up(store, campaign)
    assert left_out(store, draft) == {}
    comes(store, clock, (2, "Cevaplandı"), (3, "Meşgul"), (4, "NORMAL_CLEARING"))
    assert left_out(store, draft) == {1: Cause.ANSWERED_SINCE, 3: Cause.ANSWERED_SINCE}
    found = store.suppression.find(draft, listed=False)
    assert found.refusals[CountedAs.ANSWERED_SINCE] == found.refusals.recipients == 2
    assert found.marks.reasons[Cause.ANSWERED_SINCE.rank].code == "store.suppressed.answered_since"


def test_what_was_known_before_touches_no_draft_that_calls_answered_people_again(
        store: Store, clock: Clock, campaign: int) -> None:
    draft = follow_up(store, campaign, with_answered=True)
    comes(store, clock, (1, "Meşgul"), (5, "Cevaplandı"))
    assert left_out(store, draft) == {5: Cause.ANSWERED_SINCE}


def test_it_is_found_at_whatever_remove_and_in_no_campaign_that_has_nothing_to_do_with_it(
        store: Store, clock: Clock, campaign: int) -> None:
    first = follow_up(store, campaign)
    store.ledger.resolve(begun(store, first, "first"), Created(20_213))
    second = follow_up(store, first)
    beside = store.drafts.create("acme", {"name": "Öteki"})
    store.numbers.add(beside, [good(phone(number)) for number in (2, 3, 4)])
    comes(store, clock, (3, "Cevaplandı"))
    comes(store, clock, (4, "Cevaplandı"), token="first")
    store.ledger.resolve(begun(store, beside, "beside"), Created(20_214))
    comes(store, clock, (5, "Cevaplandı"), token="beside")
    assert left_out(store, second) == {2: Cause.ANSWERED_SINCE, 3: Cause.ANSWERED_SINCE}
    assert left_out(store, beside) == {}


def test_what_a_plan_made_beside_it_counts_too(store: Store, clock: Clock, campaign: int) -> None:
    drafts = [follow_up(store, campaign) for _ in range(2)]
    database = store._context.database
    store.ledger.resolve(begun(store, drafts[0], "first"), Created(20_213))
    comes(store, clock, (3, "Cevaplandı"), token="first")
    assert left_out(store, drafts[1]) == {}  # nobody's plan: another follow-up, made by hand
    with database.write():
        database.run("UPDATE campaigns SET follows_plan = '{}' WHERE follows = ?", (campaign,))
    assert left_out(store, drafts[1]) == {2: Cause.ANSWERED_SINCE}


def test_a_call_record_that_comes_in_late_counts_whenever_the_call_was(store: Store, campaign: int) -> None:
    draft = follow_up(store, campaign)
    store.records.merge(campaign, [listed(2, minute=-30), listed(3, "Meşgul", minute=-30)])
    assert left_out(store, draft) == {1: Cause.ANSWERED_SINCE}
    store.records.merge(campaign, [listed(3, minute=-30)])  # it says otherwise now
    assert left_out(store, draft) == {1: Cause.ANSWERED_SINCE, 2: Cause.ANSWERED_SINCE}
    assert left_out(store, follow_up(store, campaign, with_answered=True)) == {}


def test_a_notification_that_waited_in_a_file_counts_whenever_it_was_received(store: Store, campaign: int) -> None:
    draft = follow_up(store, campaign)
    store.deliveries.ingest([replace(delivered(told(3, campaign_id=None)), received_at=NOON)],
                            spooled="20260912090000000000-0123456789abcdef-1")
    assert left_out(store, draft) == {2: Cause.ANSWERED_SINCE}


def test_what_is_known_a_second_time_is_no_news(store: Store, clock: Clock, campaign: int) -> None:
    """Whoever calls answered people again calls those too of whose calls both a notification and a record tell."""
    store.records.merge(campaign, [listed(5)])
    draft = follow_up(store, campaign, with_answered=True)
    store.records.merge(campaign, [listed(1)])
    comes(store, clock, (5, "Cevaplandı"))
    assert left_out(store, draft) == {}


def test_what_comes_in_while_the_draft_is_made_counts(
        store: Store, another: Callable[[], Store], campaign: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its list was read before, though it is made after."""
    receiver, move = another(), follow_ups.move_followed

    def moved(database: Database, list_: int) -> None:
        ingest(receiver, told(3))
        move(database, list_)

    monkeypatch.setattr(follow_ups, "move_followed", moved)
    draft = follow_up(store, campaign)
    assert left_out(store, draft) == {2: Cause.ANSWERED_SINCE}


def test_whoever_turns_out_to_be_known_of_another_that_was_the_same_counts(store: Store, campaign: int) -> None:
    """A campaign that was found by its ID, of which an answer came, is the one that was launched."""
    unsure = store.drafts.create("acme", {"name": "Anket", "call_retries": "2"})
    store.numbers.add(unsure, [good(phone(number)) for number in range(1, 6)])
    store.ledger.resolve(begun(store, unsure, "unsure"), Unconfirmed(Reason("provider.unconfirmed.cut")))
    token = store.deliveries.profile_token("acme", lambda: "profile")
    store.deliveries.ingest([delivered(told(4, campaign_id=30_001), token)])
    draft = follow_up(store, unsure)
    assert left_out(store, draft) == {}
    ingest(store, told(1, "Meşgul", campaign_id=30_001), token="unsure")
    assert left_out(store, draft) == {4: Cause.ANSWERED_SINCE}


def test_a_copy_with_the_same_numbers_leaves_out_the_same(store: Store, clock: Clock, campaign: int) -> None:
    draft = follow_up(store, campaign)
    copy, other = store.drafts.copy(draft, numbers=True), store.drafts.copy(draft, numbers=False)
    store.numbers.add(other, [good(phone(3))])
    comes(store, clock, (3, "Cevaplandı"))
    assert left_out(store, draft) == left_out(store, copy) == {2: Cause.ANSWERED_SINCE}
    assert left_out(store, other) == {}  # whoever gives it a list says whom it calls
    assert [line.campaign for line in store.follow_ups.of(campaign)] == [draft, copy]


def test_their_owners_word_comes_first_and_a_row_that_repeats_a_number_goes_too(
        store: Store, clock: Clock, campaign: int) -> None:
    draft = follow_up(store, campaign)
    store.numbers.add(draft, [good(phone(3))])
    store.do_not_call.add("acme", [phone(2)], DoNotCallReason.PRESSED)
    comes(store, clock, (2, "Cevaplandı"), (3, "Cevaplandı"))
    assert left_out(store, draft) == {1: Cause.PRESSED, 2: Cause.ANSWERED_SINCE, 5: Cause.ANSWERED_SINCE}


def test_an_answer_that_comes_in_after_the_search_stops_the_launch(
        store: Store, clock: Clock, campaign: int) -> None:
    draft = follow_up(store, campaign)
    newest = store.suppression.find(draft).newest
    comes(store, clock, (2, "Meşgul"), (1, "Cevaplandı"))  # nobody of them is in it and has answered

    def begin() -> int:
        return store.ledger.begin(draft, revision=store.campaigns.get(draft).revision, token="next", body_hash="next",
                                  numbers=4, asked_by=AskedBy.APP, newest=newest)

    comes(store, clock, (3, "Cevaplandı"))
    with pytest.raises(RefusedMeanwhile) as refused:
        begin()
    assert refused.value.reason.code == "store.answered_meanwhile"
    store.numbers.drop_marked(draft, store.suppression.find(draft).marks)
    assert begin()


def test_an_answer_that_comes_in_while_it_is_sent_stops_it(store: Store, clock: Clock, campaign: int) -> None:
    draft = follow_up(store, campaign)
    launch = begun(store, draft, "next")
    assert store.ledger.ours(launch)
    comes(store, clock, (2, "Meşgul"), (1, "Cevaplandı"))
    assert store.ledger.ours(launch)
    comes(store, clock, (3, "Cevaplandı"))
    with pytest.raises(RefusedMeanwhile) as refused:
        store.ledger.ours(launch)
    assert refused.value.reason.code == "store.answered_while_sent"


def test_what_follows_nothing_knows_of_nothing_that_could_come(store: Store, campaign: int) -> None:
    assert store.suppression.find(campaign).newest.heard is None
    assert store.suppression.find(follow_up(store, campaign)).newest.heard == 1
