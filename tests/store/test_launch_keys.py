"""What a launch is known by: who has a key, how another meets it, and when it is free again."""

from __future__ import annotations

import datetime as dt
import itertools
import re

import pytest
from msgspec import structs

from tests.store.support import WHY, Location, line_of, process, together
from tests.store.test_result_plans import plan, reads_through
from tui.campaign.lifecycle import Action, AskedBy, Created, NotSent, Outcome, Rejected, State, Unconfirmed
from tui.store import AlreadyLaunched, LaunchKey, LaunchMatch, Store, StoreError

BODY, OTHER, THIRD = "a" * 64, "b" * 64, "c" * 64
DAY = dt.date(2026, 9, 12)  # that of the clock, in Turkish time
KEY = LaunchKey(f"{BODY} {DAY}", day=DAY)
MINE = LaunchKey("kasim", own=True, day=DAY)
_TOKENS = itertools.count(1)


def begun(store: Store, campaign: int, *, key: LaunchKey | None = KEY, body: str = BODY, again: bool = False) -> int:
    return store.ledger.begin(campaign, revision=store.campaigns.get(campaign).revision, token=f"key-{next(_TOKENS)}",
                              body_hash=body, numbers=1, asked_by=AskedBy.COMMAND, key=key, again=again)


def launched(store: Store, outcome: Outcome | None, *, key: LaunchKey | None = KEY, body: str = BODY,
             again: bool = False, fields: dict[str, str] | None = None) -> int:
    """A campaign whose launch came to an outcome; None: it is under way."""
    campaign = store.drafts.create("acme", fields or {"name": "Anket"})
    launch = begun(store, campaign, key=key, body=body, again=again)
    if outcome is not None:
        store.ledger.resolve(launch, outcome)
    return campaign


def met(store: Store, *, key: LaunchKey = KEY, body: str = BODY,
        profile: str = "acme") -> tuple[int, LaunchMatch] | None:
    earlier = store.earlier_launches.find(profile, body, key)
    return None if earlier is None else (earlier.campaign.id, earlier.match)


HOLDS: list[tuple[Outcome | None, LaunchMatch]] = [
    (Created(20_212), LaunchMatch.CREATED), (Unconfirmed(WHY), LaunchMatch.UNCONFIRMED), (None, LaunchMatch.UNDER_WAY)]


@pytest.mark.parametrize("key", [KEY, MINE])
@pytest.mark.parametrize(("outcome", "how"), HOLDS)
def test_a_key_is_its_campaigns_as_long_as_the_provider_may_have_that(
        store: Store, outcome: Outcome | None, how: LaunchMatch, key: LaunchKey) -> None:
    campaign = launched(store, outcome, key=key)
    assert met(store, key=key) == (campaign, how)
    assert met(store, key=key, profile="other") is None
    another = store.drafts.create("acme", {"name": "Anket"})
    with pytest.raises(AlreadyLaunched) as caught:
        begun(store, another, key=key)
    assert (caught.value.earlier.campaign.id, caught.value.earlier.match) == (campaign, how)
    assert caught.value.reason.code == f"store.already_launched.{how}"
    assert store.campaigns.get(another).state is State.DRAFT


@pytest.mark.values
@pytest.mark.parametrize("key", [KEY, MINE])
@pytest.mark.parametrize("free", ["rejected", "not sent", "not created", "deleted"])
def test_a_key_is_free_once_nobody_is_called_by_its_campaign(store: Store, free: str, key: LaunchKey) -> None:
    outcomes: dict[str, Outcome] = {
        "rejected": Rejected(WHY), "not sent": NotSent(WHY), "not created": Unconfirmed(WHY)}
    campaign = launched(store, outcomes.get(free, Created(20_212)), key=key)
    if free == "not created":
        store.ledger.not_created(campaign)
    if free == "deleted":
        store.switches.done(store.switches.begin(campaign, Action.DELETE, AskedBy.COMMAND))
    assert met(store, key=key) is None
    second = launched(store, Created(20_213), key=key)
    assert met(store, key=key) == (second, LaunchMatch.CREATED)


def test_one_that_is_off_or_that_may_be_deleted_has_its_key(store: Store) -> None:
    campaign = launched(store, Created(20_212))
    store.switches.done(store.switches.begin(campaign, Action.OFF, AskedBy.COMMAND))
    assert met(store) == (campaign, LaunchMatch.CREATED)
    store.switches.unknown(store.switches.begin(campaign, Action.DELETE, AskedBy.COMMAND), WHY)
    assert met(store) == (campaign, LaunchMatch.CREATED)


def test_an_unconfirmed_one_whose_id_is_found_keeps_its_key(store: Store) -> None:
    campaign = launched(store, Unconfirmed(WHY))
    store.ledger.assign_id(campaign, 112)
    assert met(store) == (campaign, LaunchMatch.CREATED)


def test_another_request_under_ones_own_key_is_told(store: Store) -> None:
    campaign = launched(store, Created(20_212), key=MINE)
    assert met(store, key=MINE, body=OTHER) == (campaign, LaunchMatch.OTHER_BODY)
    launched(store, Unconfirmed(WHY), body=OTHER, key=LaunchKey(OTHER))
    assert met(store, key=MINE, body=OTHER) == (campaign, LaunchMatch.OTHER_BODY)


def test_the_same_request_on_another_day_is_another_launch_where_it_names_none(store: Store) -> None:
    tomorrow = DAY + dt.timedelta(days=1)
    launched(store, Created(20_212))
    assert met(store, key=LaunchKey(f"{BODY} {tomorrow}", day=tomorrow)) is None


def test_a_request_that_names_its_day_is_the_same_on_every_day(store: Store) -> None:
    campaign = launched(store, Created(20_212), key=LaunchKey(BODY))
    assert met(store, key=LaunchKey(BODY)) == (campaign, LaunchMatch.CREATED)


def test_ones_own_key_sets_no_day(store: Store) -> None:
    campaign = launched(store, Created(20_212), key=MINE)
    later = LaunchKey("kasim", own=True, day=DAY + dt.timedelta(days=9))
    assert met(store, key=later) == (campaign, LaunchMatch.CREATED)


def test_two_keys_of_ones_own_are_two_campaigns_but_a_request_without_one_is_the_same(store: Store) -> None:
    first = launched(store, Created(20_212), key=MINE)
    assert met(store, key=LaunchKey("aralik", own=True, day=DAY)) is None
    assert met(store) == (first, LaunchMatch.CREATED)


@pytest.mark.parametrize("key", [
    LaunchKey(f"{BODY} {DAY + dt.timedelta(days=1)}", day=DAY + dt.timedelta(days=1)),
    LaunchKey("aralik", own=True, day=DAY),
])
@pytest.mark.parametrize(("outcome", "how"), HOLDS[1:])
def test_in_doubt_the_same_request_is_refused_on_any_day_and_under_any_key_while_it_may_call(
        store: Store, outcome: Outcome | None, how: LaunchMatch, key: LaunchKey) -> None:
    launched(store, outcome, fields={"name": "Anket", "date_range_begin": "2026-09-10",
                                     "date_range_end": "2026-09-11"})
    assert met(store, key=key) is None  # its hours are over
    campaign = launched(store, outcome, again=True, fields={
        "name": "Anket", "date_range_begin": "2026-09-10", "date_range_end": "2026-09-30"})
    assert met(store, key=key) == (campaign, how)


def test_a_twin_is_launched_where_it_is_asked_for_and_the_one_in_doubt_is_named(store: Store) -> None:
    first = launched(store, Created(20_212))
    second = launched(store, Unconfirmed(WHY), again=True)
    assert met(store) == (second, LaunchMatch.UNCONFIRMED)
    store.ledger.not_created(second)
    assert met(store) == (first, LaunchMatch.CREATED)
    third = launched(store, Created(20_213), again=True)
    assert met(store) == (third, LaunchMatch.CREATED)  # the last of them
    store.switches.done(store.switches.begin(first, Action.DELETE, AskedBy.APP))
    assert met(store) == (third, LaunchMatch.CREATED)


def test_again_without_another_has_the_key_like_any_first_one(store: Store) -> None:
    first = launched(store, Created(20_212), again=True)
    with pytest.raises(AlreadyLaunched):
        begun(store, store.drafts.create("acme", {}))
    assert met(store) == (first, LaunchMatch.CREATED)


def test_what_is_launched_without_a_key_is_repeated_at_will(store: Store) -> None:
    """As a test call is."""
    launched(store, Created(1), key=None)
    launched(store, Created(2), key=None)
    launched(store, Created(3), key=None)


def test_a_campaign_that_comes_back_after_a_person_has_said_no_has_the_launches_key(store: Store) -> None:
    campaign = store.drafts.create("acme", {"name": "Anket"})
    launch = begun(store, campaign)
    store.ledger.resolve(launch, Unconfirmed(WHY))
    store.ledger.not_created(campaign)
    begun(store, campaign, key=LaunchKey(OTHER), body=OTHER)  # with other numbers, say
    store.ledger.resolve(launch, Created(20_212))
    found = store.earlier_launches.find("acme", BODY, KEY)
    assert found is not None
    assert (found.campaign.provider_id, found.match, found.launch) == (20_212, LaunchMatch.CREATED, None)


def test_no_two_campaigns_have_one_key_whoever_writes_them(store: Store) -> None:
    launched(store, Created(1))
    second = launched(store, Created(2), key=None)
    with pytest.raises(StoreError):
        store._context.database.run("UPDATE campaigns SET launch_key = ? WHERE id = ?", (KEY.text, second))
    assert store.campaigns.get(second).state is State.ON


BEGINNER = """
import sys
from tests.store.support import located, open_store
from tui.campaign.lifecycle import AskedBy
from tui.store import AlreadyLaunched, LaunchKey
store = open_store(located(sys.argv[1]))
drafts = [store.drafts.create("acme", {}) for _ in range(10)]
print("ready", flush=True)
sys.stdin.readline()
won = 0
for place, campaign in enumerate(drafts):
    try:
        store.ledger.begin(campaign, revision=1, token=f"{sys.argv[2]}-{campaign}", body_hash=f"body {place}",
                           numbers=1, asked_by=AskedBy.COMMAND, key=LaunchKey(f"body {place}"))
    except AlreadyLaunched:
        continue
    won += 1
print(won, flush=True)
sys.stdin.readline()
"""


def test_of_two_that_launch_the_same_exactly_one_has_the_key(store: Store, place: Location) -> None:
    with process(BEGINNER, place, "one") as one, process(BEGINNER, place, "two") as two:
        together(one, two)
        assert sum(int(line_of(each)) for each in (one, two)) == 10
    assert store._context.database.number("SELECT count(*) FROM launches") == 10


def test_what_was_launched_without_a_key_is_known_by_its_request(store: Store) -> None:
    created = launched(store, Created(20_212), key=None, body="body 1")
    unconfirmed = launched(store, Unconfirmed(WHY), key=None, body="body 2")
    assert store._context.database.number("SELECT count(launch_key) FROM campaigns") == 0
    assert met(store, key=LaunchKey("body 1 2026-09-12", day=DAY), body="body 1") == (created, LaunchMatch.CREATED)
    assert met(store, key=LaunchKey("body 2"), body="body 2") == (unconfirmed, LaunchMatch.UNCONFIRMED)


@pytest.mark.values
@pytest.mark.parametrize(("first", "second", "how"), [
    ((BODY, ""), (BODY, OTHER), LaunchMatch.CREATED),  # the second leaves somebody out
    ((BODY, OTHER), (BODY, ""), LaunchMatch.CREATED),  # the first did
    ((BODY, OTHER), (BODY, THIRD), LaunchMatch.CREATED),
    ((BODY, OTHER), (OTHER, ""), LaunchMatch.CREATED),  # it asks for those alone who were called
    ((BODY, ""), (OTHER, BODY), LaunchMatch.CREATED),
    ((BODY, OTHER), (THIRD, OTHER), LaunchMatch.CREATED),
    ((BODY, OTHER), (THIRD, ""), None),
])
def test_the_same_is_known_whoever_was_left_out_of_either(
        store: Store, first: tuple[str, str], second: tuple[str, str], how: LaunchMatch | None) -> None:
    def key(body: str, sent: str) -> LaunchKey:
        return LaunchKey(f"{body} {DAY}", day=DAY, sent=sent)

    campaign = launched(store, Created(20_212), key=key(*first), body=first[0])
    assert met(store, key=key(*second), body=second[0]) == (None if how is None else (campaign, how))


def test_under_ones_own_key_it_is_the_same_request_whoever_is_left_out(store: Store) -> None:
    campaign = launched(store, Created(20_212), key=structs.replace(MINE, sent=OTHER))
    assert met(store, key=MINE) == (campaign, LaunchMatch.CREATED)
    assert met(store, key=MINE, body=OTHER) == (campaign, LaunchMatch.CREATED)
    assert met(store, key=MINE, body=THIRD) == (campaign, LaunchMatch.OTHER_BODY)


def test_what_is_missing_has_its_key_and_keeps_it_off_the_list(store: Store) -> None:
    """The provider may have called all the same."""
    campaign = launched(store, Created(20_212))
    for _ in range(2):
        store.switches.missing(store.switches.begin(campaign, Action.DELETE, AskedBy.COMMAND), WHY)
        assert met(store) == (campaign, LaunchMatch.CREATED)
    assert store.campaigns.get(campaign).put_away
    with pytest.raises(AlreadyLaunched):
        begun(store, store.drafts.create("acme", {"name": "Anket"}))
    assert launched(store, Created(20_213), again=True)


@pytest.mark.sqlite
def test_an_earlier_launch_is_looked_up_and_not_looked_for(store: Store) -> None:
    """However many campaigns a profile has."""
    launched(store, Created(20_212))
    steps = plan(store, lambda: met(store))
    assert reads_through(steps) == []
    assert [step for step in steps if re.match(r"SEARCH campaigns .*\(profile=\?\)", step)] == []
