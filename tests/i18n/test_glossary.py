"""One word for one thing: words that are not said, because the glossary has another for what they mean."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.i18n.test_words import forms, texts
from tui.i18n.words import LANGUAGES, folded

ROOT = Path(__file__).parents[2]
# What is not said (as a regular expression), and what is said for it.
_NOT_SAID = {
    "tr": (
        (r"\bfiltre", "süzgeç"),
        (r"\bdenetle", "kontrol et"),
        (r"\bveya\b", "ya da"),
        (r"\buçbirim", "terminal"),
        (r"\bvekil sunucu", "proxy"),
        (r"\bkayıt dosya", "günlük dosyası"),
        (r"\bayar dosya", "yapılandırma dosyası"),
        (r"\bveri tabanı", "veritabanı"),
        (r"\bdeneme arama", "test araması"),
        (r"\byakında\b", "son günlerde: yakında means soon"),
        (r"\b(?:kampanyayı|kampanyaları|kampanyası) (?:açar|kapar|kapatır)\b", "sürdürür, durdurur"),
        (r"\bkapar\b", "kapatır, durdurur"),
        (r"\bdış numara", "dış hat numarası: Dış Numara is the provider's caller ID"),
        (r"\bivr menüsü", "sesli karşılama menüsü"),
        (r"\bbaştan dinlet", "tekrar dinlet"),
        (r"\bçağrı listesi", "çağrı kayıtları"),
        (r"\bsaklanan menü", "kayıtlı menüler"),
        (r"\bherkese cümle\b", "cümle şablonu"),
        (r"\bsantral'[ıa]", "Santral'i, Santral'e"),
        (r"\bsağlayıcının paneli", "sağlayıcının web paneli"),
        (r"\bçıkış tuşu", "ret tuşu"),
        (r"\bengelli\b", "karalistede: the provider's word"),
        (r"\bboştaki temsilci|\bboştaki her temsilci", "müsait temsilci"),
    ),
    "en": (
        (r"\bkept\b|\bkeeping\b", "saved, stored, saving"),
        (r"\b(?:take|takes|taken|took) (?:it |them |\w+ rows )?in\b", "add, import"),
        (r"\bbegun\b", "started"),
        (r"\bfits? the filter\b", "matches the filter"),
        (r"\bmistake of its own\b", "crashed"),
        (r"\bnot sure\b", "outcome unknown"),
        (r"\bcalled lately\b", "recently called"),
        (r"\b(?:drop|dropped) (?:the )?(?:row|number)s?\b|\b(?:was|were) dropped\b", "remove, removed"),
        (r"\bdrop these\b|\bdrop all\b", "remove"),
        (r"\bvoice mail\b", "voicemail"),
        (r"\bvoice menu\b", "IVR menu"),
        (r"\bfrom start\b", "play again"),
        (r"(?<!-)\bcall list\b", "call records"),
        (r"\bconsumers?\b|\btraders?\b", "individuals, merchants"),
        (r"\bfree agent", "available agent"),
        (r"\bcallee\b", "the person called"),
        (r"\bturn the order\b|\bfilter back\b", "reverse sort, previous filter"),
        (r"\bnot final\b", "still trying"),
        (r"\bkept menus?\b", "saved menus"),
        (r"\bleave santral\b", "quit"),
        (r"\bthe provider's panel\b", "the provider's web panel"),
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_thing_has_the_word_that_the_glossary_has_for_it(language: str) -> None:
    said = [f"{key}: {found[0]!r} is not said, but {better}: {form}"
            for key, text in texts(language).items()
            for form in forms(text) for wrong, better in _NOT_SAID[language]
            if (found := re.search(wrong, form.lower()))]
    assert said == []


@pytest.mark.parametrize("command", ["numbers.search", "results.search", "dnc.search", "help.search"])
def test_to_search_is_not_to_call(command: str) -> None:
    """In Turkish one word means both."""
    assert not re.search(r"\bara\b", folded(forms(texts("tr")[f"key.{command}"])[0]))


def test_one_target_has_one_name() -> None:
    for language in LANGUAGES:
        found = texts(language)
        assert str(found["campaign.target_kind.restart"]).startswith(str(found["campaign.target_short.restart"]))


def test_the_buttons_of_changing_a_campaign_have_words_of_their_own() -> None:
    """One closes the dialog, another switches the campaign off."""
    for language in LANGUAGES:
        found = texts(language)
        names = [forms(text)[0] for key, text in found.items() if key.startswith("screens.successor.go.")]
        others = ("screens.successor.leave", "screens.successor.give_up", "screens.successor.records")
        names += [str(found[key]) for key in others]
        assert len(names) == len(set(names))
        close = str(found["screens.successor.leave"])
        assert not any(close.lower() in name.lower() for name in names if name != close)


def test_states_are_called_as_the_glossary_has_them() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    states = [key for key in texts("en") if re.fullmatch(r"campaign\.state\.(?!deleting)[a-z]+", key)]
    assert states
    for key in states:
        turkish, english = texts("tr")[key], texts("en")[key]
        assert f"| {turkish} | {english} |" in glossary, key
