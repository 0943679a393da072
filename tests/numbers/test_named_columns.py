"""Columns that are named by whoever has the list: by heading, in any letter case, or by number."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.campaign.sentences import said
from tui.numbers.columns import Role, role_named
from tui.numbers.errors import BadList
from tui.numbers.listing import ListOptions, find
from tui.numbers.named_columns import with_columns
from tui.numbers.rows import SourceRow, read
from tui.numbers.source import PastedText
from tui.numbers.template import variable_name

ONE, TWO, THREE = "05321234567", "05331234567", "05341234567"
TWO_PHONES = f"Ad;Cep Tel.;İş Telefonu;Mesaj\nAyşe;{ONE};{TWO};#456\nAli;{TWO};{THREE};#457\n"
NO_HEADER = f"Ayşe;{ONE};{TWO}\nAli;{TWO};{THREE}\n"


def rows(text: str, named: dict[Role, str], options: ListOptions | None = None) -> list[SourceRow]:
    source = PastedText(text)
    return list(read(source, with_columns(source, options or ListOptions(), named)))


def phones(text: str, column: str) -> list[str]:
    return [row.phone for row in rows(text, {Role.PHONE: column})]


def refused(text: str, named: dict[Role, str]) -> str:
    with pytest.raises(BadList) as bad:
        rows(text, named)
    assert all(said(bad.value.reason).values())
    return bad.value.reason.code.removeprefix("numbers.")


@pytest.mark.parametrize("column", ["Cep Tel.", "cep tel.", "CEP TEL.", " cep  tel ", "cep_tel", "2"])
def test_a_column_is_named_by_its_heading_in_any_letter_case_or_by_its_number(column: str) -> None:
    assert phones(TWO_PHONES, column) == [ONE, TWO]


@pytest.mark.parametrize("column", ["İş Telefonu", "iş telefonu", "İŞ TELEFONU", "is telefonu", "3"])
def test_turkish_letters_are_no_hindrance(column: str) -> None:
    assert phones(TWO_PHONES, column) == [TWO, THREE]


@pytest.mark.parametrize(("column", "expected"), [("2", [ONE, TWO]), ("3", [TWO, THREE])])
def test_without_a_header_a_column_has_its_number(column: str, expected: list[str]) -> None:
    assert phones(NO_HEADER, column) == expected


def test_a_heading_that_is_named_makes_a_header() -> None:
    """By itself the first row is taken for one that can't be called, as its words stand below, too."""
    text = f"Ad1;Y2\nAd1;{ONE}\nAli;{TWO}\n"
    assert not find(PastedText(text)).header
    assert phones(text, "y2") == [ONE, TWO]
    assert phones(text, "2") == ["Y2", ONE, TWO]  # by its number nothing more is said


def test_phrases_and_languages_have_their_columns_too() -> None:
    text = f"a;b;c;d\n{ONE};x;en-US;#456\n{TWO};y;;#457\n"
    found = rows(text, {Role.PHONE: "a", Role.PHRASE: "B", Role.LANG: "c"})
    assert [(row.phone, row.phrase, row.lang) for row in found] == [(ONE, "x", "en-US"), (TWO, "y", "")]


@pytest.mark.parametrize(("text", "named", "code"), [
    (TWO_PHONES, {Role.PHONE: "Telefon 9"}, "column.none"),
    (TWO_PHONES, {Role.PHONE: "0"}, "column.none"),
    (TWO_PHONES, {Role.PHONE: "5"}, "column.none"),
    (TWO_PHONES, {Role.PHONE: "99999999999999"}, "column.none"),
    (NO_HEADER, {Role.PHONE: "Telefon"}, "column.none"),
    (f"{ONE}\n{TWO}\n", {Role.PHONE: "2"}, "column.none"),
    (f"Tel;TEL\n{ONE};{TWO}\n", {Role.PHONE: "tel"}, "column.several"),
    (f"Telefon;3;Cep\n{ONE};x;{TWO}\n", {Role.PHONE: "3"}, "column.several"),
    (TWO_PHONES, {Role.PHONE: "2", Role.PHRASE: "cep tel."}, "column.twice"),
    (f"{ONE}\n{TWO}\n", {Role.PHRASE: "1"}, "column.by_line"),
])
def test_what_is_no_column_or_several_is_refused(text: str, named: dict[Role, str], code: str) -> None:
    assert refused(text, named) == code


def test_of_two_headings_the_one_that_is_written_so_is_meant() -> None:
    text = f"cep tel;Cep-Tel\n{ONE};{TWO}\n"
    assert phones(text, "CEP TEL") == [ONE]
    assert phones(text, "cep-tel") == [TWO]
    assert refused(text, {Role.PHONE: "cep_tel"}) == "column.several"


@pytest.mark.parametrize(("word", "role"), [
    ("PHONE", Role.PHONE), ("phone", Role.PHONE), ("Telefon", Role.PHONE), ("PHRASE", Role.PHRASE),
    ("cümle", Role.PHRASE), ("CÜMLE", Role.PHRASE), ("lang", Role.LANG), ("DİL", Role.LANG), ("name", None), ("", None),
])
def test_what_a_column_is_is_said_in_either_language(word: str, role: Role | None) -> None:
    assert role_named(word) is role


CELL = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=8)
HEADINGS = st.lists(CELL, min_size=1, max_size=5)


@settings(deadline=None)
@given(HEADINGS, st.lists(st.lists(st.one_of(CELL, st.sampled_from([ONE, TWO, "#456", "tr-TR", '"'])), max_size=6),
                          min_size=1, max_size=6), st.sampled_from(";\t,|"), CELL, st.sampled_from(list(Role)[:3]))
def test_whatever_the_list_the_column_that_was_named_is_read_or_a_sentence_says_why(
    headings: list[str], body: list[list[str]], separator: str, name: str, role: Role
) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator="\n").writerows([headings, *body])
    for named in (name, headings[-1], str(len(headings))):
        source = PastedText(out.getvalue())
        try:
            options = with_columns(source, ListOptions(), {role: named})
        except BadList as bad:
            if not all(said(bad.reason).values()):
                raise
            continue
        found = find(source, options)
        place = found.place(role)
        assert place == options.roles[role]
        assert place is not None
        column = found.columns[place]
        letters = " ".join(column.heading.split()).casefold() == " ".join(named.split()).casefold()
        assert letters or str(place + 1) == named.strip() or variable_name(named) in (
            variable_name(column.heading), column.name)
