"""What can be typed into the filter of the list, in both languages; and what is said of anything else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.campaign.fields import CALL_TYPES
from tui.campaign.lifecycle import State
from tui.i18n import words
from tui.i18n.words import LANGUAGES, Words, say
from tui.operations.list_filter import PENDING, BadFilter, read_filter, state_word, with_state
from tui.store import ListFilter

PROFILES = ("acme", "İkinci hesap")
LIVE = frozenset(State) - {State.DELETED}


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    words.use(request.param)
    yield request.param
    words.use("en")


@pytest.mark.parametrize(("text", "chosen"), [
    ("", ListFilter()),
    ("   ", ListFilter()),
    ("kasım daveti", ListFilter(words="kasım daveti")),
    ('"kasım daveti"', ListFilter(exact=("kasım daveti",))),
    ('"kasım: davet', ListFilter(exact=("kasım: davet",))),
    ("anket - ekim", ListFilter(words="anket ekim")),
    ('-test -"a b"', ListFilter(without=("test", "a b"))),
    ("12:30", ListFilter(words="12:30")),
    ("state:on", ListFilter(states=frozenset({State.ON}))),
    ("STATE:On", ListFilter(states=frozenset({State.ON}))),
    ("durum:açık", ListFilter(states=frozenset({State.ON}))),
    ("DURUM:AÇIK", ListFilter(states=frozenset({State.ON}))),
    ("durum:sürüyor", ListFilter(states=frozenset({State.ON}))),
    ("durum:DURDURULDU", ListFilter(states=frozenset({State.OFF}))),
    ("durum:acik,kapalı", ListFilter(states=frozenset({State.ON, State.OFF}))),
    ("state:on durum:bitti", ListFilter(states=frozenset({State.ON, State.FINISHED}))),
    ("-state:off", ListFilter(states=LIVE - {State.OFF})),
    ("state:on -state:on", ListFilter(states=frozenset())),
    ("state:switching", ListFilter(pending=True)),
    ("durum:değişiyor,on", ListFilter(pending=True, states=frozenset({State.ON}))),
    ("-state:switching", ListFilter(pending=False)),
    ("type:queue", ListFilter(call_types=frozenset({"queue"}))),
    ("tür:kuyruk", ListFilter(call_types=frozenset({"queue"}))),
    ("tur:ivr,kuyruk", ListFilter(call_types=frozenset({"ivr", "queue"}))),
    ("tu\u0308r:kuyruk\u00a0durum:ac\u0327\u0131k", ListFilter(
        call_types=frozenset({"queue"}), states=frozenset({State.ON}))),
    ("-type:queue", ListFilter(call_types=frozenset({"ivr", ""}))),
    ("profile:acme", ListFilter(profiles=frozenset({"acme"}))),
    ('profil:"ikinci HESAP"', ListFilter(profiles=frozenset({"İkinci hesap"}))),
    ("profile:all", ListFilter(profiles=frozenset(PROFILES))),
    ("profil:tümü -profile:acme", ListFilter(profiles=frozenset({"İkinci hesap"}))),
    ("state:draft tahsilat type:ivr 20212", ListFilter(
        words="tahsilat 20212", states=frozenset({State.DRAFT}), call_types=frozenset({"ivr"}))),
])
def test_what_is_typed_is_understood(language: str, text: str, chosen: ListFilter) -> None:
    assert read_filter(text, PROFILES) == chosen


def test_with_deleted_ones_everything_but_a_state_has_them_too() -> None:
    assert read_filter("-state:off", PROFILES, deleted=True) == ListFilter(
        states=frozenset(State) - {State.OFF}, deleted=True)


@pytest.mark.parametrize(("text", "code", "value"), [
    ("staet:on", "no_field", "staet"), ("Kasım:davet", "no_field", "Kasım"), ("state:onn", "no_state", "onn"),
    ("state:on,offf", "no_state", "offf"), ("state:o x", "no_state", "o"), ("state: x", "no_state", ""),
    ("type:ivrr", "no_type", "ivrr"), ("profile:acmee", "no_profile", "acmee"),
])
def test_what_means_nothing_is_told_with_what_would(language: str, text: str, code: str, value: str) -> None:
    with pytest.raises(BadFilter) as caught:
        read_filter(text, PROFILES)
    reason = caught.value.reason
    assert not caught.value.unfinished
    assert (reason.code, reason.params["value"]) == (f"operations.list_filter.{code}", value)
    shown = say(reason.code, **reason.params)
    valid = {"no_field": say("operations.list_filter.state"), "no_state": say("campaign.state.on"),
             "no_type": say("text.type.queue"), "no_profile": "acme"}
    assert valid[code] in shown


@pytest.mark.parametrize("text", [
    "state:", "state:o", "anket durum:aç", "state:on,", "state:on,of", "type:q", "profil:ac",
])
def test_what_may_become_something_tells_what_there_is(text: str) -> None:
    with pytest.raises(BadFilter) as caught:
        read_filter(text, PROFILES)
    assert caught.value.unfinished
    assert caught.value.reason.code == "operations.list_filter.choose"


@pytest.mark.parametrize("shown_in", LANGUAGES)
def test_every_word_that_the_list_shows_can_be_typed(language: str, shown_in: str) -> None:
    shown = Words(shown_in).say
    for state in State:
        found = read_filter(f"{shown('operations.list_filter.state')}:{shown(f'campaign.state.{state}')}", PROFILES)
        assert found.states == frozenset({state})
    pending = read_filter(f"state:{shown('operations.list_filter.pending')}", PROFILES)
    assert pending.pending
    for kind in CALL_TYPES:
        found = read_filter(f"{shown('operations.list_filter.type')}:{shown(f'text.type.{kind}')}", PROFILES)
        assert found.call_types == frozenset({kind})
    every = f"{shown('operations.list_filter.profile')}:{shown('operations.list_filter.all')}"
    assert read_filter(every, PROFILES).profiles == frozenset(PROFILES)


@pytest.mark.parametrize(("before", "state", "after"), [
    ("", State.ON, "state:on"), ("anket", State.OFF, "anket state:off"),
    ("durum:açık anket", State.OFF, "anket state:off"),
    ('-state:on "a b" type:ivr', None, '"a b" type:ivr'), ("state:on state:off", PENDING, "state:switching"),
])
def test_a_state_is_put_in_place_of_others(before: str, state: State | str | None, after: str) -> None:
    assert with_state(before, state) == after


@given(text=st.text(alphabet='abŞıİ :,"-stateondurumaçık\t', max_size=40), language=st.sampled_from(LANGUAGES))
def test_whatever_is_typed_is_read_or_told(text: str, language: str) -> None:
    words.use(language)
    told = "-"
    try:
        read_filter(text, PROFILES)
    except BadFilter as bad:
        told = say(bad.reason.code, **bad.reason.params)
    finally:
        words.use("en")
    assert told


@given(text=st.text(alphabet='ab: ,"-x', max_size=30), state=st.sampled_from([*State, PENDING]))
def test_putting_a_state_in_keeps_the_rest(text: str, state: State | str) -> None:
    put = with_state(text, state)
    assert put.endswith(state_word(state))
    assert with_state(put, None) == with_state(text, None)
