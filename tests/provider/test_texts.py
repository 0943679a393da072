"""Every reason that the provider's room gives has a sentence in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import tui
from tui.i18n.catalogs.en.provider import TEXTS as ENGLISH
from tui.i18n.catalogs.tr.provider import TEXTS as TURKISH
from tui.i18n.words import Plural, Texts

WORDED = ("refused", "key_refused", "forbidden", "not_found", "no_ok", "server_failed", "unconfirmed.no_id",
          "unconfirmed.status")
LOST = {
    "not_reached": ("unready", "pool", "proxy", "timeout", "certificate", "tls", "dns", "refused", "network", "other",
                    "unwritable", "unreadable", "incomplete", "incomplete_timeout"),
    "answer_lost": ("cut", "timeout"),
    "unconfirmed": ("cut", "timeout", "unframed"),
}


def codes() -> set[str]:
    """The codes as the sources write them, and those that are put together."""
    found = {f"provider.{code}{end}" for code in WORDED for end in ("", ".page", ".silent")}
    found |= {f"provider.{stem}.{kind}" for stem, kinds in LOST.items() for kind in kinds}
    for source in Path(tui.__path__[0]).rglob("*.py"):
        found |= set(re.findall(r'(?<!f)"(provider\.[a-z_.]+[a-z])"', source.read_text(encoding="utf-8")))
    return found


def placeholders(text: str | Plural) -> set[str]:
    return set(re.findall(r"{(\w+)[:}]", " ".join([text] if isinstance(text, str) else text)))


@pytest.mark.parametrize("texts", [ENGLISH, TURKISH])
def test_each_code_has_a_text_and_each_text_a_code(texts: Texts) -> None:
    assert set(texts) == codes()


def test_both_languages_name_the_same() -> None:
    assert {key: placeholders(text) for key, text in ENGLISH.items()} == {
        key: placeholders(text) for key, text in TURKISH.items()}
