"""A draft that is made of a campaign's results: who is in it, who was left out, and that both sides tell of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from tests.store.results import begun, calling, filled, ingest, phone, told
from tests.store.support import bad, good
from tui.campaign.lifecycle import Created, State
from tui.store import Event, FollowUp, NoSuchCampaign, NumberRow, ResultFilter, Store, StoreError
from tui.store.suppression import SuppressionSource

EVERYBODY = ResultFilter()
FIELDS = {"name": "Anket 2", "call_type": "ivr"}
OPT_OUT = {"digit_target_9": "announcement/9", "opt_out_key": "9"}
NOBODY = 404


def phones(store: Store, campaign: int) -> list[str | None]:
    return [row.phone for row in store.numbers.page(campaign, 0, 100)]


def test_it_has_the_numbers_with_phrase_and_language_and_what_they_were_typed_as(store: Store) -> None:
    campaign = store.drafts.create("acme", {"name": "Anket"})
    store.numbers.add(campaign, [bad(), NumberRow("0532 000 00 01", phone(1), "#456", "en-US"), good(phone(1)),
                                 good(phone(2), "#457 73.56")])
    store.ledger.resolve(begun(store, campaign), Created(7))
    made = store.follow_ups.make(campaign, EVERYBODY, FIELDS)
    assert made == FollowUp(draft=made.draft, numbers=2, refused=0, answered=0, not_callable=0)
    assert [(row.position, row.typed, row.phone, row.phrase, row.lang, row.callable)
            for row in store.numbers.page(made.draft, 0, 9)] == [
        (1, "0532 000 00 01", phone(1), "#456", "en-US", True), (2, phone(2), phone(2), "#457 73.56", "", True)]
    draft = store.campaigns.get(made.draft)
    assert (draft.state, draft.fields, draft.profile) == (State.DRAFT, FIELDS, "acme")
    assert (draft.numbers, draft.callable_numbers, draft.callable_with_phrase) == (2, 2, 2)
    assert (draft.follows, draft.follows_filter) == (campaign, EVERYBODY)


@pytest.mark.parametrize(("chosen", "numbers"), [
    (EVERYBODY, [3, 4, 5]), (ResultFilter(called=False), [5]), (ResultFilter(status="Meşgul"), [3]),
    (ResultFilter(called=True, final=False), [3]), (ResultFilter(answered=True), []),
    (ResultFilter(words="kişi4"), [4]),
])
def test_the_filter_chooses_and_who_answered_is_left_out(
    store: Store, chosen: ResultFilter, numbers: list[int]
) -> None:
    campaign = filled(store)
    seen = store.follow_ups.preview(campaign, chosen)
    made = store.follow_ups.make(campaign, chosen, FIELDS)
    assert made == replace(seen, draft=made.draft)
    assert (seen.draft, seen.numbers) == (0, len(numbers))
    assert phones(store, made.draft) == [phone(number) for number in numbers]
    assert seen.numbers + seen.answered == store.results.count(campaign, chosen)


@pytest.mark.parametrize(("with_answered", "with_refused", "numbers", "refused", "answered"), [
    (False, False, [4, 5], 2, 1), (True, False, [1, 4, 5], 2, 0), (False, True, [3, 4, 5], 0, 2),
    (True, True, [1, 2, 3, 4, 5], 0, 0),
])
def test_who_refused_comes_in_only_where_that_is_asked_for(
    store: Store, with_answered: bool, with_refused: bool, numbers: list[int], refused: int, answered: int
) -> None:
    """1 answered, 2 answered by refusing, 3 was put on the list by hand, 4 was busy, 5 not called."""
    campaign = calling(store, fields=OPT_OUT)
    ingest(store, told(1, digit="1"), told(2, digit="9"), told(3, "Meşgul"), told(4, "Meşgul"))
    store.do_not_call.add("acme", [phone(3)])
    store.do_not_call.add("other", [phone(4)])
    made = store.follow_ups.make(campaign, EVERYBODY, FIELDS, with_answered=with_answered, with_refused=with_refused)
    assert (made.numbers, made.refused, made.answered) == (len(numbers), refused, answered)
    assert phones(store, made.draft) == [phone(number) for number in numbers]


@pytest.mark.parametrize("source", list(SuppressionSource))
def test_who_stands_on_a_list_of_others_comes_in_only_where_that_is_asked_for(
        store: Store, source: SuppressionSource) -> None:
    campaign = calling(store, 3)
    store.suppression.keep("acme", source, [phone(2)])
    store.suppression.keep("other", source, [phone(3)])
    made = store.follow_ups.make(campaign, EVERYBODY, FIELDS)
    assert (made.numbers, made.refused, phones(store, made.draft)) == (2, 1, [phone(1), phone(3)])
    assert store.follow_ups.make(campaign, EVERYBODY, FIELDS, with_refused=True).numbers == 3


@pytest.mark.parametrize("digit", ["9", "!9"])
@pytest.mark.parametrize("fields", [OPT_OUT, {"opt_out_key": "9"}])
def test_who_pressed_the_opt_out_key_has_refused_though_taken_off_the_list(
    store: Store, fields: dict[str, str], digit: str
) -> None:
    campaign = calling(store, 1, fields=fields)
    ingest(store, told(1, digit=digit))
    store.do_not_call.remove("acme", [phone(1)])
    assert store.follow_ups.preview(campaign, EVERYBODY, with_answered=True).refused == 1


def test_strangers_come_in_where_they_can_be_called(store: Store) -> None:
    campaign = calling(store, 2)
    ingest(store, told(9, "Meşgul"), told("gizli numara", "Meşgul"), told(8, "Cevaplandı"),
           told("00491234567", "Meşgul"))
    made = store.follow_ups.make(campaign, EVERYBODY, FIELDS)
    assert (made.numbers, made.answered, made.not_callable) == (4, 1, 1)
    assert phones(store, made.draft) == [phone(1), phone(2), phone(9), "00491234567"]
    assert store.follow_ups.preview(campaign, EVERYBODY) == replace(made, draft=0)


def test_rows_can_be_added_to_it_as_to_any_draft(store: Store) -> None:
    campaign = calling(store, 2)
    draft = store.follow_ups.make(campaign, EVERYBODY, FIELDS).draft
    store.numbers.add(draft, [good(phone(1)), good(phone(7))])
    assert [(row.position, row.duplicate_of) for row in store.numbers.page(draft, 0, 9)] == [
        (1, None), (2, None), (3, 1), (4, None)]


def test_both_sides_tell_of_it(store: Store, another: Callable[[], Store]) -> None:
    campaign = filled(store)
    chosen = ResultFilter(status="Meşgul", words="ş", attempts=1)
    first = store.follow_ups.make(campaign, chosen, FIELDS).draft
    second = store.follow_ups.make(campaign, EVERYBODY, {}).draft
    lineage = another().follow_ups.of(campaign)
    assert [(line.campaign, line.name, line.filter) for line in lineage] == [
        (first, "Anket 2", chosen), (second, "", EVERYBODY)]
    (entry,) = store.history(first)
    assert (entry.event, entry.copied_from) == (Event.FOLLOWS, campaign)
    assert store.follow_ups.of(first) == []


def test_it_follows_what_the_campaign_goes_up_in(store: Store) -> None:
    """The foreign campaign that stood for an unconfirmed one is followed; then both are one."""
    stood = store.campaigns.track_foreign("acme", 112, "Panelden", State.ON)
    draft = store.follow_ups.make(stood, EVERYBODY, FIELDS).draft
    campaign = store.drafts.create("acme", {})
    begun(store, campaign)
    ingest(store, told(1, campaign_id=112))
    assert store.campaigns.get(draft).follows == campaign


def test_of_what_does_not_exist_nothing_is_made(store: Store) -> None:
    with pytest.raises(NoSuchCampaign):
        store.follow_ups.make(NOBODY, EVERYBODY, FIELDS)
    with pytest.raises(NoSuchCampaign):
        store.follow_ups.preview(NOBODY, EVERYBODY)
    assert store.campaigns.count("acme") == 0


def test_where_anything_fails_there_is_no_draft(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    campaign = filled(store)

    def broken(sql: str, rows: object) -> None:
        raise store._context.database.damaged()

    monkeypatch.setattr(store._context.database, "run_many", broken)  # the last of what is written
    with pytest.raises(StoreError):
        store.follow_ups.make(campaign, EVERYBODY, FIELDS)
    assert store.campaigns.count("acme") == 1
