"""A form's state, with nothing that shows it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tui.bootstrap import sort_text
from tui.campaign.fields import TYPED_NUMBERS
from tui.campaign.menu import MenuEdits
from tui.campaign.parsed_draft import ParsedDraft
from tui.campaign.phone_list import PhoneList
from tui.campaign.rules import Problem, check
from tui.core.reason import Reason
from tui.i18n.words import folded
from tui.screens.form_model import FormModel
from tui.store import Campaign, Store
from tui.store.recipients import NO_REPEATED_CALLS, RepeatedCalls

NOW = dt.datetime(2026, 11, 25, 9, tzinfo=dt.UTC)
READY = {"call_type": "ivr", "name": "Anket", "cli": "902129630131", "welcome_announcement_id": "128",
         "digit_target_1": "announcement/421", "active_days": "1,2,3,4,5"}
GIVEN_UP = Reason("store.busy", {"path": "x"})


def found(draft: ParsedDraft, phones: PhoneList) -> list[Problem]:
    return check(draft, phones, NOW)


class Heard:
    """A model, and what it notified of."""

    def __init__(self, draft: Campaign | Mapping[str, str] = READY) -> None:
        self.model = FormModel(draft, found)
        self.changed: list[frozenset[str]] = []
        self.replaced: list[dict[str, str]] = []
        self.kept = 0
        self.model.recheck()
        self.model.changed.add(self.changed.append)
        self.model.replaced.add(lambda changes: self.replaced.append(dict(changes)))
        self.model.kept.add(self._count)

    def _count(self) -> None:
        self.kept += 1

    def is_stuck(self) -> bool:
        return self.model.stuck

    def problems_at(self, name: str) -> set[str]:
        return {problem.code for problem in self.model.problems if problem.concerns(name)}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "santral.db", fold=folded, sort_key=sort_text, now=lambda: NOW)
    yield opened
    opened.close()


def stored(store: Store, changes: Mapping[str, str] | None = None) -> Campaign:
    made = store.drafts.create("acme", READY)
    store.drafts.change(made, changes or {})
    return store.campaigns.get(made)


# a change, and what differs


def test_a_text_without_a_problem_differs_alone() -> None:
    heard = Heard()
    assert heard.model.change({"name": "Anket 2"}) == {"name"}
    assert heard.changed == [{"name"}]
    assert heard.model.values["name"] == "Anket 2"
    assert heard.model.unsaved == {"name": "Anket 2"}


def test_a_problem_of_other_fields_differs_with_them() -> None:
    heard = Heard()
    heard.model.change({"date_range_begin": "2026-12-01"})
    differing = heard.model.change({"date_range_end": "2026-11-30"})
    assert {"date_range_begin", "date_range_end"} <= differing
    assert heard.problems_at("date_range_begin") & heard.problems_at("date_range_end")
    assert {"date_range_begin", "date_range_end"} <= heard.model.change({"date_range_end": "2026-12-02"})


def test_a_field_whose_problem_is_as_before_does_not_differ() -> None:
    heard = Heard(READY | {"digit_timeout": "x"})
    assert heard.problems_at("digit_timeout")
    assert "digit_timeout" not in heard.model.change({"name": "Anket 2"})


def test_a_field_that_is_typed_again_as_it_was_is_shown_again_and_kept() -> None:
    heard = Heard()
    assert heard.model.change({"name": "Anket"}) == {"name"}
    assert heard.model.unsaved == {"name": "Anket"}


def test_those_that_listen_find_everything_known() -> None:
    heard, seen = Heard(), list[tuple[str, set[str]]]()
    heard.model.replaced.add(lambda _: seen.append((heard.model.values["digit_timeout"], set())))
    heard.model.changed.add(lambda _: seen.append((heard.model.values["digit_timeout"],
                                                   heard.problems_at("digit_timeout"))))
    heard.model.change({"digit_timeout": "x"}, typed=False)
    assert seen == [("x", set()), ("x", {"campaign.problem.integer"})]


def test_editors_hear_of_texts_that_were_not_typed_in_them_alone() -> None:
    heard = Heard()
    heard.model.change({"name": "typed"})
    heard.model.change({"digit_target_2": "fax"}, typed=False)
    assert heard.replaced == [{"digit_target_2": "fax"}]


def test_the_line_for_numbers_is_no_field() -> None:
    heard = Heard()
    assert heard.model.change_line("0532")
    assert not heard.model.change_line("0532")
    assert heard.model.unsaved == {TYPED_NUMBERS: "0532"}
    assert heard.changed == []


# what the store has


def test_what_others_changed_is_taken_over_but_for_what_is_unsaved(store: Store) -> None:
    heard = Heard(stored(store))
    heard.model.change({"name": "mine"})
    theirs = stored(store, {"name": "theirs", "digit_target_2": "fax", TYPED_NUMBERS: "0532"})
    heard.model.take_over(theirs, NO_REPEATED_CALLS)
    assert heard.model.values["name"] == "mine"
    assert heard.replaced == [{"digit_target_2": "fax", TYPED_NUMBERS: "0532"}]
    assert heard.model.campaign == theirs
    assert heard.model.unsaved == {"name": "mine"}


def test_what_an_editor_has_that_is_newer_stays(store: Store) -> None:
    heard = Heard(stored(store))
    theirs = stored(store, {TYPED_NUMBERS: "0532", "name": "theirs", "digit_target_2": "fax"})
    heard.model.take_over(theirs, NO_REPEATED_CALLS, {TYPED_NUMBERS, "name"})
    assert heard.replaced == [{"digit_target_2": "fax"}]
    assert heard.model.values["name"] == READY["name"]
    assert TYPED_NUMBERS not in heard.model.values


def test_where_nothing_is_other_editors_hear_nothing_and_the_counts_are_those_of_now(store: Store) -> None:
    heard = Heard(stored(store))
    heard.model.take_over(stored(store), RepeatedCalls(3, 2, 1))
    assert heard.replaced == []
    assert len(heard.changed) == 1
    assert heard.model.phones.again == 3


def test_what_was_typed_while_it_was_written_is_still_to_be_kept() -> None:
    heard = Heard()
    heard.model.change({"name": "a", "cli": "1"})
    heard.model.change({"name": "ab"})
    heard.model.written({"name": "a", "cli": "1"})
    assert heard.model.unsaved == {"name": "ab"}
    assert heard.kept == 1


def test_a_refusal_is_news_once_and_over_with_the_next_writing() -> None:
    heard = Heard()
    heard.model.change({"name": "a"})
    assert not heard.is_stuck()
    assert heard.model.refused(GIVEN_UP)
    assert heard.is_stuck()
    assert not heard.model.refused(GIVEN_UP)
    heard.model.written({"name": "a"})
    assert not heard.is_stuck()
    assert heard.model.not_kept is None
    assert heard.model.refused(GIVEN_UP)
    assert not heard.is_stuck()  # nothing is typed that the store lacks


def test_a_draft_that_is_none_yet_can_be_edited_and_has_no_numbers() -> None:
    model = Heard().model
    assert model.editable
    assert model.phones == PhoneList()


def test_what_review_found_is_what_is_known_while_it_is_shown() -> None:
    model = Heard().model
    more = [Problem("cli", GIVEN_UP)]
    model.reviewed = more
    assert model.known_problems == more
    model.reviewed = None
    assert model.known_problems is model.problems


# the menu's past


def test_the_past_of_a_menu_is_the_same_once_its_draft_is_kept(store: Store) -> None:
    known: dict[int, MenuEdits] = {}
    model = Heard().model
    edits = model.menu_edits(known)
    assert model.menu_edits(known) is edits
    assert known == {}
    model.campaign = stored(store)
    assert model.menu_edits(known) is edits
    assert known == {model.campaign.id: edits}


def test_a_draft_that_is_opened_again_has_its_past(store: Store) -> None:
    known: dict[int, MenuEdits] = {}
    campaign = stored(store)
    assert Heard(campaign).model.menu_edits(known) is Heard(campaign).model.menu_edits(known)
