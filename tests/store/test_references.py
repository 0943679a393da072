"""What an operator knows whom a row by: it goes wherever the row goes, and is found however it is typed."""

from __future__ import annotations

import unicodedata
from typing import Literal

import pytest
from msgspec.structs import replace

from tests.store.results import begun, ingest, phone, told
from tests.store.support import bad, good
from tui.campaign.lifecycle import Created
from tui.store import NumberRow, ResultFilter, RowFilter, Store, list_changes
from tui.store import list_building as building

NAMES = ("Ayşe Işık", "ŞULE ÇAĞLAR", "M-004711", "İstanbul Gıda A.Ş.", "", "=1+1", "100%", "a_b")
EVERYBODY = ResultFilter()


def rows() -> list[NumberRow]:
    return [replace(good(phone(place)), reference=name) for place, name in enumerate(NAMES, start=1)]


def kept(store: Store, campaign: int) -> list[tuple[str, str]]:
    return [(row.typed, row.reference) for row in store.numbers.page(campaign, 0, 1_000)]


EXPECTED = [(phone(place), name) for place, name in enumerate(NAMES, start=1)]


@pytest.fixture
def campaign(store: Store) -> int:
    made = store.drafts.create("acme", {"name": "Anket"})
    store.numbers.add(made, rows())
    return made


@pytest.fixture(params=[2, 10_000], ids=["many", "few"])
def few(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows are changed where they are, or a list is made anew."""
    monkeypatch.setattr(list_changes, "FEW", request.param)
    monkeypatch.setattr(building, "_FEW", request.param)
    monkeypatch.setattr(building, "_AT_ONCE", request.param)


def test_rows_keep_their_references(store: Store, campaign: int) -> None:
    assert kept(store, campaign) == EXPECTED
    assert [row.reference for row in store.numbers.each(campaign)] == list(NAMES)


@pytest.mark.usefixtures("few")
def test_plain_rows_may_have_references_and_need_none(store: Store) -> None:
    """As an import puts them: the plain ones of a list with values by fewer columns."""
    draft = store.drafts.create("acme", {"name": "Anket"})
    for referred in (True, False):
        builder = store.numbers.building(draft, lambda: None)
        first = builder.next_position
        for place in range(0, 6, 2):
            plain = (first + place, "05321110001", "#1", *(("Ayşe",) if referred else ()))
            builder.put([plain], [(first + place + 1, "5", None, "", "", "a.problem", "{}", "", 1, 2, "Ali")])
        builder.finish()
        builder.close()
    assert [row.reference for row in store.numbers.page(draft, 0, 20)] == ["Ayşe", "Ali"] * 3 + ["", "Ali"] * 3


@pytest.mark.usefixtures("few")
def test_what_is_dropped_and_brought_back_has_its_reference(store: Store, campaign: int) -> None:
    store.numbers.add(campaign, [replace(bad(), reference="Kimse")])
    store.numbers.drop_which(campaign, RowFilter.PROBLEMS)
    store.numbers.drop(campaign, [1, 3, 4, 5])
    assert {row.reference for row in store.numbers.dropped(campaign, 0, 20)} == {"Kimse", *NAMES[2:5], NAMES[0]}
    assert {row.reference for row in store.numbers.each_dropped(campaign)} == {"Kimse", *NAMES[2:5], NAMES[0]}
    store.numbers.undo(campaign)
    assert kept(store, campaign) == EXPECTED
    store.numbers.drop(campaign, [1, 3, 4, 5])
    store.numbers.bring_back(campaign)
    assert sorted(kept(store, campaign)) == sorted([*EXPECTED, ("532", "Kimse")])


def test_a_row_is_changed_and_changed_back_with_its_reference(store: Store, campaign: int) -> None:
    changed = store.numbers.replace(campaign, 1, replace(good(phone(1)), reference="Ayşe Öz"))
    assert changed.reference == "Ayşe Öz"
    store.numbers.undo(campaign)
    assert kept(store, campaign) == EXPECTED
    assert store.numbers.replace(campaign, 1, good(phone(1))).reference == ""


@pytest.mark.usefixtures("few")
def test_a_list_that_is_added_to_and_a_copy_have_them(store: Store, campaign: int) -> None:
    store.numbers.add(campaign, [replace(good(phone(20 + place)), reference=f"E{place}") for place in range(5)])
    expected = [*EXPECTED, *((phone(20 + place), f"E{place}") for place in range(5))]
    assert kept(store, campaign) == expected
    assert kept(store, store.drafts.copy(campaign, numbers=True)) == expected


def test_of_rows_with_one_number_the_one_that_is_called_has_the_reference(store: Store) -> None:
    draft = store.drafts.create("acme", {"name": "Anket"})
    store.numbers.add(draft, [replace(good(phone(1)), reference="Ayşe"), replace(good(phone(1)), reference="Ali")])
    assert [row.duplicate_of for row in store.numbers.page(draft, 0, 5)] == [None, 1]  # another name is no other call
    store.ledger.resolve(begun(store, draft), Created(20_212))
    ingest(store, told(1))
    assert [(row.phone, row.reference) for row in store.results.each(draft)] == [(phone(1), "Ayşe")]


# Results, and what is made of them

@pytest.fixture
def called(store: Store, campaign: int) -> int:
    store.ledger.resolve(begun(store, campaign), Created(20_212))
    ingest(store, told(1), told(2, "Meşgul"), told(77, "Meşgul"))
    return campaign


def test_results_stand_beside_references(store: Store, called: int) -> None:
    expected = [*NAMES, ""]
    assert [row.reference for row in store.results.page(called, 0, 20)] == expected
    assert [row.reference for row in store.results.each(called)] == expected
    assert [row.reference for row in store.results.each(called, ResultFilter(called=True))] == [*NAMES[:2], ""]
    assert store.results.row(called, 2).reference == NAMES[1]


def test_a_follow_up_calls_people_by_the_same_references(store: Store, called: int) -> None:
    made = store.follow_ups.make(called, EVERYBODY, {"name": "Yeniden"})
    assert kept(store, made.draft) == [*EXPECTED[1:], (phone(77), "")]  # the first one has answered


def test_a_test_call_is_about_nobody_else(store: Store, campaign: int) -> None:
    """It rings at the operator's: whose phrase it plays is not who is called."""
    draft = store.trial_calls.make(campaign, {"name": "Deneme"}, good(phone(99), "#456"))
    assert kept(store, draft) == [(phone(99), "")]


def test_what_is_known_of_a_number_has_the_reference_of_each_campaign(store: Store, called: int) -> None:
    other = store.drafts.create("acme", {"name": "Başka"})
    store.numbers.add(other, [replace(good(phone(1)), reference="A. Işık"), replace(good(phone(1)), reference="Eski")])
    store.numbers.drop(other, [2])
    found = {each.campaign.id: each for each in store.persons.of(phone(1)).campaigns}
    assert [row.reference for row in found[called].rows] == ["Ayşe Işık"]
    assert [row.reference for row in found[other].rows] == ["A. Işık"]
    assert [row.reference for row in found[other].dropped] == ["Eski"]


# Found

FORMS: tuple[Literal["NFC", "NFD"], ...] = ("NFC", "NFD")
FOUND = [
    ("isik", [1]), ("IŞIK", [1]), ("ışık", [1]), ("İşik", [1]), ("ayse ısık", [1]), ("işık ayşe", [1]),
    ("sule", [2]), ("Caglar", [2]), ("çağlar şule", [2]), ("m-0047", [3]), ("4711", [3]), ("istanbul gida", [4]),
    ("A.Ş.", [4]), ("a.s.", [4]), ("=1+", [6]), ("100%", [7]), ("%", [7]), ("a_b", [8]), ("_", [8]),
    ("i", [1, 4]), ("I", [1, 4]), ("ı", [1, 4]), ("ş", [1, 2, 4]), ("s", [1, 2, 4]), ("ç", [2]), ("Ğ", [2, 4]),
    ("u", [2, 4]),
    ("ayse sule", []), ("x", []), ("isikk", []),
]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("words", "places"), FOUND)
def test_case_and_turkish_marks_do_not_count(store: Store, words: str, places: list[int],
                                             form: Literal["NFC", "NFD"]) -> None:
    """Neither in what is looked for nor in what stands there; marks may stand apart from their letters."""
    made = store.drafts.create("acme", {"name": "Anket"})
    store.numbers.add(made, [replace(row, reference=unicodedata.normalize("NFD" if place % 2 else form, row.reference))
                             for place, row in enumerate(rows())])
    sought = unicodedata.normalize(form, words)
    assert list(store.numbers.search(made, sought).positions) == places
    assert [row.position for row in store.results.page(made, 0, 20, ResultFilter(words=sought))] == places
    assert store.results.count(made, ResultFilter(words=sought)) == len(places)


def test_letters_of_other_languages_are_found_as_they_stand(store: Store) -> None:
    made = store.drafts.create("acme", {"name": "Anket"})
    store.numbers.add(made, [replace(good(phone(place)), reference=name)
                             for place, name in enumerate(("Élodie", "Иван", "محمد"), start=1)])
    for place, words in ((1, "Élodie"), (1, "élodie"), (2, "Иван"), (2, "иван"), (2, "ИВАН"), (3, "محمد")):
        assert list(store.numbers.search(made, words).positions) == [place]


def test_a_word_in_the_reference_and_one_in_the_number_are_found_together(store: Store, campaign: int) -> None:
    assert list(store.numbers.search(campaign, f"isik {phone(1)[-4:]}").positions) == [1]
    assert list(store.numbers.search(campaign, f"isik {phone(2)[-4:]}").positions) == []


def test_it_is_searched_within_a_filter(store: Store, campaign: int) -> None:
    store.numbers.add(campaign, [replace(bad(), reference="Işık")])
    assert list(store.numbers.search(campaign, "isik", which=RowFilter.PROBLEMS).positions) == [9]
