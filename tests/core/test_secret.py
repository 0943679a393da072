"""A key shows nowhere, and is removed from what others say."""

from __future__ import annotations

import copy
import json
import logging
import pickle
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, quote_plus, urlencode

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tui.core.secret import MASK, Redactor, Secret

KEY = "K12345678-1234-5678-4321-123456789012"
# A mask is made of stars: a key of stars would be hidden by itself.
KEYS = st.text(st.characters(min_codepoint=33, max_codepoint=126, exclude_characters="*"), min_size=8, max_size=100)
WORDS = st.text(max_size=60)


@dataclass
class Holder:
    key: Secret


@given(KEYS)
def test_a_secret_is_shown_by_nothing_but_asking_for_it(key: str) -> None:
    assume(key not in f"Holder(key=<Secret {MASK}>)")
    secret = Secret(key)
    record = logging.LogRecord("santral", logging.INFO, "", 1, "%s %r", (secret, secret), None)
    shown = [str(secret), repr(secret), f"{secret}", f"{secret!r:>20}", "%s" % secret, repr(Holder(secret)),  # noqa: UP031 - a way of writing too
             repr([secret]), repr({"key": secret}), record.getMessage(), str(ValueError(secret)), f"{secret:>120}"]
    assert not [text for text in shown if key in text]
    assert secret.reveal() == key


@pytest.mark.parametrize("write", [pickle.dumps, copy.deepcopy, copy.copy, json.dumps])
def test_a_secret_is_not_written_down(write: Callable[[object], object]) -> None:
    with pytest.raises(TypeError) as caught:
        write(Secret(KEY))
    assert KEY not in str(caught.value)


def test_secrets_are_equal_by_what_they_hold_and_to_nothing_else() -> None:
    assert Secret(KEY) == Secret(KEY)
    assert len({Secret(KEY), Secret(KEY), Secret("another-key")}) == 2
    assert Secret(KEY) != KEY
    assert Secret(KEY) != Secret("another-key")


def test_a_secret_has_no_attributes_to_look_into() -> None:
    with pytest.raises(TypeError):
        vars(Secret(KEY))


FORMS: dict[str, Callable[[str], str]] = {
    "plain": lambda key: key,
    "query": lambda key: urlencode({"key": key}),
    "path": lambda key: quote(key, safe=""),
    "plus": quote_plus,
    "json": json.dumps,
    "small percents": lambda key: "".join(c if c.isalnum() else f"%{ord(c):02x}" for c in key),
    "upper": str.upper,
    "lower": str.lower,
}


def _small_percents_match(key: str) -> bool:
    """Whether every sign that quoting writes is written: the unreserved ones are left as they are by every client."""
    return not set(key) & set("-._~")


@pytest.mark.parametrize("form", FORMS)
@given(key=KEYS, before=WORDS, after=WORDS)
def test_a_known_key_is_removed_in_every_way_of_writing_it(form: str, key: str, before: str, after: str) -> None:
    if form == "small percents":
        assume(_small_percents_match(key))
    written = FORMS[form](key)
    redacted = Redactor([Secret(key)])(f"{before}{written}{after}")
    assert key.casefold() not in redacted.casefold()
    assert FORMS[form](key).removeprefix("key=").strip('"') not in redacted
    assert MASK in redacted


@given(st.lists(KEYS, min_size=1, max_size=4), st.data())
def test_none_of_several_keys_is_left(keys: list[str], data: st.DataObject) -> None:
    parts = data.draw(st.lists(st.one_of(st.sampled_from(keys), WORDS), max_size=8))
    redacted = Redactor(map(Secret, keys))("".join(parts))
    assert not [key for key in keys if key in redacted]


@given(KEYS, WORDS)
def test_what_holds_no_key_is_left_as_it_is(key: str, text: str) -> None:
    assume(key.casefold() not in "".join(text.split()).casefold())
    assert Redactor([Secret(key)])(text) == text


@given(KEYS, WORDS, WORDS)
def test_redacting_again_changes_nothing(key: str, before: str, after: str) -> None:
    redact = Redactor([Secret(key)])
    once = redact(before + key + after)
    assert redact(once) == once


def test_a_key_that_contains_another_is_removed_whole() -> None:
    redact = Redactor([Secret("12345678"), Secret("a12345678z")])
    assert redact("a12345678z 12345678") == f"{MASK} {MASK}"


def test_a_key_that_is_learnt_later_is_removed_from_then_on() -> None:
    redact = Redactor()
    assert redact("another-key") == "another-key"
    redact.add(Secret("another-key"))
    assert redact("another-key") == MASK


@pytest.mark.parametrize("text", [
    "Gecersiz anahtar: {key}", "/queues?key={key}&x=1", '{{"key": "{key}"}}', "'{key}'", "key={key}.", "\x1b{key}\x1b",
    r"'Gecersiz anahtar:\n{key}'", "next%3Fkey%3D{key}", "api_key_{key}", "{key}{key}",
])
@pytest.mark.parametrize("key", [KEY, KEY.lower(), "K123456-abcd-EF01-4321-12345678abcd"])
def test_what_has_the_shape_of_a_key_is_removed_unknown(text: str, key: str) -> None:
    assert key not in Redactor()(text.format(key=key))


@pytest.mark.parametrize("length", range(len("K12345678-1234-5"), len(KEY)))
def test_a_key_that_was_cut_short_is_removed_but_for_its_beginning(length: int) -> None:
    assert Redactor()(f"Gecersiz anahtar: {KEY[:length]}…") == f"Gecersiz anahtar: {MASK}…"


@pytest.mark.parametrize("text", ["K1234…", "K123456-2026 anket", "K12345678-1234", "2026-11-27", "+90-532-123-45-67"])
def test_what_only_begins_like_a_key_is_left(text: str) -> None:
    assert Redactor()(text) == text


@pytest.mark.parametrize("key", [KEY, "another-key"])
def test_a_key_that_is_broken_by_a_line_end_or_a_space_is_removed(key: str) -> None:
    redact = Redactor([Secret(key)])
    for place in range(1, len(key)):
        assert redact(f"<{key[:place]}\r\n  {key[place:]}>") == f"<{MASK}>"


@pytest.mark.parametrize("blank", ["", " ", "\n"])
def test_a_blank_secret_hides_nothing(blank: str) -> None:
    assert Redactor([Secret(blank)])("some words\n") == "some words\n"
