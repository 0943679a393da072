"""Phrases from a template: every column by its name, a wrong name with the one that was meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.campaign.sentences import said
from tui.numbers.errors import BadTemplate
from tui.numbers.template import parse_template, variable_name

NAMES = ("telefon", "son_odeme", "tutar", "2")


@pytest.mark.parametrize(("text", "values", "phrase"), [
    ("#456 {son_odeme} #457 {tutar} #458", ("15/11/2017", "73.56"), "#456 15/11/2017 #457 73.56 #458"),
    ("#456   {Son Ödeme}\n#457", ("15/11/2017",), "#456 15/11/2017 #457"), ("#456", (), "#456"),
    ("{2}{TUTAR}", ("a", "b"), "ab"), ("100% {tutar}", ("b",), "100% b"), ("%s {tutar} %(x)s", ("b",), "%s b %(x)s"),
    ("{tutar} {tutar}", ("b", "b"), "b b"),
])
def test_a_template_is_filled_in(text: str, values: tuple[str, ...], phrase: str) -> None:
    assert parse_template(text, NAMES).filled(values) == phrase


@pytest.mark.parametrize(("text", "names", "code", "named"), [
    ("#456 {tutarr}", NAMES, "near", ("{tutarr}", "{tutar}")), ("#456 {isim}", NAMES, "unknown", ("{isim}", "tutar")),
    ("#456 {}", NAMES, "unknown", ("{}",)), ("#456 {tutar", NAMES, "brace", ("{",)), ("tutar}", NAMES, "brace", ("}",)),
    ("{{tutar}}", NAMES, "brace", ("{",)), ("{tutar}", (), "no_columns", ("{tutar}",)),
])
def test_a_template_that_cannot_be_filled_in_is_told(
    text: str, names: tuple[str, ...], code: str, named: tuple[str, ...]
) -> None:
    with pytest.raises(BadTemplate) as bad:
        parse_template(text, names)
    assert bad.value.reason.code == f"numbers.template.{code}"
    for sentence in said(bad.value.reason).values():
        assert all(name in sentence for name in named)


@pytest.mark.parametrize(("heading", "name"), [
    ("Vade", "vade"), ("SON ÖDEME TARİHİ", "son_odeme_tarihi"), ("Işık", "isik"), ("Tutar (TL)", "tutar_tl"), ("  ",
    ""),
    ("a{b}c", "a_b_c"), ("رقم", "رقم"), ("Cümle", "cumle"),
])
def test_a_heading_becomes_a_name_that_can_be_typed(heading: str, name: str) -> None:
    assert variable_name(heading) == name


@given(st.text())
def test_a_name_stays_what_it_is(heading: str) -> None:
    name = variable_name(heading)
    assert variable_name(name) == name
    assert not set(name) & set("{} \n")


@given(st.lists(st.text().filter(lambda text: not set(text) & set("{}")), min_size=1), st.text())
def test_whatever_stands_around_a_variable_is_kept(literals: list[str], value: str) -> None:
    filled = parse_template("{tutar}".join(literals), NAMES).filled([value] * (len(literals) - 1))
    assert filled.split() == value.join(literals).split()
