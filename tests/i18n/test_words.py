"""Both languages are complete at all times and mean the same; numbers, dates and letters follow the language."""

from __future__ import annotations

import ast
import datetime as dt
import locale
import re
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tui
from tests.sources import nodes
from tui.config.keymap import COMMANDS, first_key
from tui.i18n import words
from tui.i18n.words import CATALOGS, LANGUAGES, LATER, Plural, Words, read_texts

PACKAGE = Path(tui.__file__).parent


@cache
def texts(language: str) -> dict[str, str | Plural]:
    return read_texts(language, (*CATALOGS, *LATER))


def forms(text: str | Plural) -> tuple[str, ...]:
    return tuple(text) if isinstance(text, Plural) else (text,)


def placeholders(text: str) -> set[tuple[str, str]]:
    """Name and format of each."""
    parts = string.Formatter().parse(text)
    return {(name, spec or "") for _literal, name, spec, _conversion in parts if name is not None}


def names(text: str | Plural) -> set[str]:
    found = {name for form in forms(text) for name, _spec in placeholders(form)}
    given = {name for name in found if not name.startswith(words.KEY_OF)}
    return given | {"count"} if isinstance(text, Plural) else given


# Both languages

def test_both_languages_have_the_same_texts() -> None:
    assert texts("tr").keys() == texts("en").keys()


def test_a_text_has_the_same_placeholders_in_both_languages() -> None:
    for key, english in texts("en").items():
        turkish = texts("tr")[key]
        # Turkish puts no plural after a number, so one form may do where English needs two; never the other way round.
        assert isinstance(english, Plural) or not isinstance(turkish, Plural), key
        assert placeholders(forms(turkish)[-1]) == placeholders(forms(english)[-1]), key
        for text in (turkish, english):
            # The singular may say "1 number" in so many words; it has nothing that the plural lacks.
            assert placeholders(forms(text)[0]) <= placeholders(forms(text)[-1]), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_blank_or_oddly_made(language: str) -> None:
    for key, text in texts(language).items():
        for form in forms(text):
            assert form.strip(), key
            assert not re.search(r"[\w.,:;] {2}\w", form), key
            named = {name.removeprefix(words.KEY_OF) for name, _spec in placeholders(form)}
            assert all(name.isidentifier() or name in COMMANDS for name in named), key
            assert {spec for _name, spec in placeholders(form)} <= {"", "n", "m", "d", "t", "e", "l"}, key


@cache
def keys_in(language: str, catalog: str) -> tuple[str, ...]:
    return tuple(read_texts(language, (catalog,)))


@pytest.mark.parametrize("catalog", [*CATALOGS, *LATER])
def test_the_keys_of_a_catalog_begin_with_its_room(catalog: str) -> None:
    room = catalog.partition(".")[0]
    for language in LANGUAGES:
        assert keys_in(language, catalog)
        assert all(re.fullmatch(rf"{room}(\.[^\s.]+)+", key) for key in keys_in(language, catalog))


@pytest.mark.parametrize("catalog", [*CATALOGS, *LATER])
def test_both_languages_have_a_text_in_the_same_place(catalog: str) -> None:
    turkish, english = (keys_in(language, catalog) for language in LANGUAGES)
    assert turkish == english


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_about_one_thing_stands_in_one_catalog(language: str) -> None:
    places: dict[str, set[str]] = {}
    for catalog in (*CATALOGS, *LATER):
        for key in keys_in(language, catalog):
            places.setdefault(".".join(key.split(".")[:2]), set()).add(catalog)
    assert {about: found for about, found in places.items() if len(found) > 1} == {}


def test_every_catalog_is_read() -> None:
    for language in LANGUAGES:
        folder = PACKAGE / "i18n" / "catalogs" / language
        files = {".".join(file.relative_to(folder).with_suffix("").parts) for file in folder.rglob("*.py")
                 if file.stem != "__init__"}
        assert files == {*CATALOGS, *LATER}


def test_a_key_in_two_catalogs_is_a_mistake() -> None:
    with pytest.raises(KeyError, match="in two catalogs"):
        read_texts("en", ("common", "common"))


@pytest.mark.parametrize("key", ["does.campaigns.switch", "screens.results.title", "command.help.yes"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_told_later_is_read_when_it_is_told(language: str, key: str) -> None:
    spoken = Words(language)
    about = ".".join(key.split(".")[:2])
    assert not any(each.startswith(f"{about}.") for each in spoken.texts)
    assert spoken.say(key) == texts(language)[key]
    for missing in ("does.nothing", f"{about}.there_is_no_such_text", "no_room.at_all"):
        with pytest.raises(KeyError):
            spoken.say(missing)


# What the program says

def calls(function: str) -> Iterator[tuple[str, ast.Call]]:
    """Every call of `function` in the program with where it stands."""
    for file in sorted(PACKAGE.rglob("*.py")):
        for node in nodes(file):
            if isinstance(node, ast.Call) and function == getattr(node.func, "attr", getattr(node.func, "id", None)):
                yield f"{file.relative_to(PACKAGE)}:{node.lineno}", node


def keys_of(node: ast.expr) -> Iterator[str]:
    """The keys that an argument can be: a literal, or the regular expression of an f-string."""
    match node:
        case ast.Constant(value=str(key)):
            yield re.escape(key)
        case ast.JoinedStr(values=parts):
            yield "".join(re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+" for part in parts)
        case ast.IfExp(body=body, orelse=other):
            yield from keys_of(body)
            yield from keys_of(other)


def test_what_the_program_says_exists_and_gets_its_values() -> None:
    wrong = []
    for place, call in calls("say"):
        given_names = {keyword.arg for keyword in call.keywords}
        for pattern in keys_of(call.args[0]) if call.args else ():
            keys = [key for key in texts("en") if re.fullmatch(pattern, key)]
            if not keys:
                wrong.append(f"{place}: no text {pattern}")
            elif None in given_names or ".+" in pattern:
                continue
            elif missing := names(texts("en")[keys[0]]) - given_names:
                wrong.append(f"{place}: {keys[0]} without {sorted(missing)}")
    assert wrong == []


def test_every_reason_of_the_program_has_a_sentence_that_gets_its_values() -> None:
    wrong = []
    for place, call in calls("Reason"):
        params = call.args[1] if len(call.args) > 1 else None
        for pattern in keys_of(call.args[0]) if call.args else ():
            keys = [key for key in texts("en") if re.fullmatch(pattern, key)]
            if not keys:
                wrong.append(f"{place}: no text {pattern}")
            elif ".+" in pattern or not (params is None or isinstance(params, ast.Dict)):
                continue
            elif params is None or None not in params.keys:
                has = {ast.literal_eval(key) for key in params.keys if key is not None} if params else set()
                if missing := names(texts("en")[keys[0]]) - has:
                    wrong.append(f"{place}: {keys[0]} without {sorted(missing)}")
    assert wrong == []


def test_the_program_says_something_that_these_tests_see() -> None:
    assert sum(1 for _ in calls("say")) > 50
    assert sum(1 for _ in calls("Reason")) > 10


# Saying

def test_values_are_written_the_way_of_the_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "read_texts", lambda _language, _rooms: {
        "a": "{count:n} on {day:d} at {moment:t} by {name}", "b": Plural("one {name}", "{count:n} {name}"),
    })
    values = {"count": 12430, "day": dt.date(2026, 9, 12), "moment": dt.time(9, 5), "name": "A{b}"}
    assert Words("tr").say("a", **values) == "12.430 on 12 Eyl at 09:05 by A{b}"
    assert Words("en").say("a", **values) == "12,430 on 12 Sep at 09:05 by A{b}"
    assert Words("tr").say("a", **values | {"day": "2026-11-30 8:02"}) == "12.430 on 30 Kas 2026 8:02 at 09:05 by A{b}"
    assert Words("en").say("a", **values | {"day": "2026-11-30"}) == "12,430 on 30 Nov 2026 at 09:05 by A{b}"
    assert Words("en").say("b", count=1, name="x") == "one x"
    assert Words("en").say("b", count=0, name="x") == "0 x"
    assert Words("en").say("b", count=1000, name="x") == "1,000 x"
    for key in ("b", "c"):
        with pytest.raises(KeyError):
            Words("en").say(key, name="x")


@pytest.mark.parametrize(("size", "told"), [
    (0, "0 kB"), (1, "1 kB"), (1000, "1 kB"), (1001, "2 kB"), (99_999, "100 kB"), (100_000, "0,1 MB"),
    (1_549_000, "1,5 MB"),
])
def test_what_is_small_is_not_told_as_nothing(monkeypatch: pytest.MonkeyPatch, size: int, told: str) -> None:
    monkeypatch.setattr(words, "read_texts", lambda _language, _rooms: {"a": "{size:m}"})
    assert Words("tr").say("a", size=size) == told


def test_a_text_names_the_key_that_a_command_has_now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "read_texts", lambda _language, _rooms: {"a": "{keys.app.help} or {keys.app.back}"})
    monkeypatch.setattr(words, "_key_of", first_key)
    assert Words("en").say("a") == "? or esc"
    words.name_keys({"app.help": "f12", "app.back": "“Back”"}.__getitem__)
    assert Words("en").say("a") == "f12 or “Back”"


@pytest.mark.parametrize(("value", "turkish", "english"), [
    (0, "0", "0"), (999, "999", "999"), (1000, "1.000", "1,000"), (-12430, "-12.430", "-12,430"),
    (1234567, "1.234.567", "1,234,567"), (48.5, "48,5", "48.5"), (12430.25, "12.430,25", "12,430.25"),
])
def test_numbers_are_grouped(value: float, turkish: str, english: str) -> None:
    assert words.grouped(value, "tr") == turkish
    assert words.grouped(value, "en") == english


@pytest.mark.parametrize(("language", "written"), [("en", ["0 %", "38 %", "100 %"]), ("tr", ["%0", "%38", "%100"])])
def test_a_share_is_written_as_the_language_does(language: str, written: list[str]) -> None:
    words.use(language)
    assert [words.percent(share) for share in (0, 0.376, 1.0)] == written
    assert [words.whole_percent(share) for share in (0, 1 / 1000, 0.005, 0.5, 199 / 200, 0.9999, 1)] == [
        0, 1, 1, 50, 99, 99, 100]


@settings(deadline=None)
@given(st.integers())
def test_a_grouped_number_is_the_same_number(value: int) -> None:
    for language in LANGUAGES:
        assert int(re.sub(r"[.,]", "", words.grouped(value, language))) == value


@pytest.mark.parametrize(("day", "turkish", "english"), [
    (dt.date(2026, 1, 5), "5 Oca", "5 Jan"), (dt.date(2026, 2, 28), "28 Şub", "28 Feb"),
    (dt.date(2026, 8, 1), "1 Ağu", "1 Aug"),
    (dt.date(2026, 9, 12), "12 Eyl", "12 Sep"), (dt.date(2026, 12, 31), "31 Ara", "31 Dec"),
])
def test_dates_have_the_months_of_the_language(day: dt.date, turkish: str, english: str) -> None:
    assert words.date_text(day, "tr") == turkish
    assert words.date_text(day, "en") == english
    assert words.date_text(day, "tr", with_year=True) == f"{turkish} 2026"


@pytest.mark.parametrize(("iso_weekday", "turkish", "english"), [(1, "Pzt", "Mon"), (6, "Cmt", "Sat"),
(7, "Paz", "Sun")])
def test_weekdays_are_counted_from_monday(iso_weekday: int, turkish: str, english: str) -> None:
    assert (words.weekday_text(iso_weekday, "tr"), words.weekday_text(iso_weekday, "en")) == (turkish, english)


# Which language

@pytest.fixture
def no_language(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(words, "_current", None)
    return monkeypatch


@pytest.mark.parametrize(("environment", "language"), [
    ({"LANG": "tr_TR.UTF-8"}, "tr"), ({"LANG": "en_US.UTF-8"}, "en"), ({"LANG": "C.UTF-8"}, "en"),
    ({"LANG": "de_DE"}, "en"),
    ({"LC_ALL": "tr_TR", "LANG": "en_US"}, "tr"), ({"LC_ALL": "", "LC_MESSAGES": "tr_TR", "LANG": "en_US"}, "tr"),
    ({"LC_ALL": "C", "LC_MESSAGES": "tr_TR"}, "en"),
])
def test_the_terminals_language_is_told_by_its_locale(
    no_language: pytest.MonkeyPatch, environment: dict[str, str], language: str
) -> None:
    for name, value in environment.items():
        no_language.setenv(name, value)
    assert words.terminal_language() == language


@pytest.mark.parametrize(("machine", "language"), [
    ("Turkish_Türkiye", "tr"), ("tr_TR", "tr"), ("English_United States", "en"), (None, "en"),
])
def test_without_one_the_machine_is_asked(no_language: pytest.MonkeyPatch, machine: str | None, language: str) -> None:
    no_language.setattr(locale, "getlocale", lambda: (machine, None))
    assert words.terminal_language() == language


def test_a_locale_that_the_machine_cannot_read_is_english(no_language: pytest.MonkeyPatch) -> None:
    def unreadable() -> tuple[str, str]:
        raise ValueError("unknown locale: UTF-8")

    no_language.setattr(locale, "getlocale", unreadable)
    assert words.terminal_language() == "en"


def test_a_language_is_spoken_until_another_is_chosen(no_language: pytest.MonkeyPatch) -> None:
    no_language.setenv("LANG", "tr_TR.UTF-8")
    assert words.language() == "tr"
    words.use("en")
    assert (words.language(), words.say("common.cancel")) == ("en", "Cancel")
    words.use("tr")
    assert (words.language(), words.say("common.cancel")) == ("tr", "Vazgeç")
    assert words.grouped(1000) == "1.000"


# Letters

@pytest.mark.parametrize(("typed", "meant"), [
    ("istanbul", "İstanbul"), ("ISTANBUL", "istanbul"), ("ıstanbul", "İSTANBUL"), ("ISPARTA", "ısparta"),
    ("isparta", "Isparta"),
    ("cagri", "Çağrı"), ("GUMUSHANE", "Gümüşhane"), ("olcum", "ÖLÇÜM"), ("kagit", "kâğıt"), ("i̇stanbul", "istanbul"),
    ("ŞIRNAK", "sirnak"), ("strasse", "Straße"), ("s\u0327is\u0327li", "Şişli"), ("KASIM\u00a0daveti", "kasım daveti"),
    ("u\u0307\u0308", "u"),
])
def test_whoever_looks_for_a_name_need_not_type_its_marks(typed: str, meant: str) -> None:
    assert words.folded(typed) == words.folded(meant)


def test_folding_does_not_take_other_letters_for_one_another() -> None:
    assert len({words.folded(letter) for letter in "abcdefghijklmnopqrstuvwxyz0123456789"}) == 36


@settings(deadline=None)
@given(st.text())
def test_what_is_folded_stays_folded(text: str) -> None:
    once = words.folded(text)
    assert words.folded(once) == once


@settings(deadline=None)
@given(st.text("abcçdefgğhıijklmnoöprsştuüvyzABCÇDEFGĞHIİJKLMNOÖPRSŞTUÜVYZ "))
def test_case_never_matters_to_a_search(text: str) -> None:
    assert words.folded(words.turkish_lower(text)) == words.folded(text)


def test_turkish_is_sorted_by_its_own_alphabet() -> None:
    alphabet = "abcçdefgğhıijklmnoöprsştuüvyz"
    assert sorted(sorted(alphabet), key=words.alphabetical) == list(alphabet)
    towns = ["Çorum", "İzmir", "Zonguldak", "Isparta", "Ordu", "Ödemiş", "Cizre", "Urfa", "Ünye", "Sivas", "Şile",
    "Iğdır",
             "istanbul", "3. kampanya", "Gebze", "Ğ"]
    assert sorted(towns, key=words.alphabetical) == [
        "3. kampanya", "Cizre", "Çorum", "Gebze", "Ğ", "Iğdır", "Isparta", "istanbul", "İzmir", "Ordu", "Ödemiş",
        "Sivas",
        "Şile", "Urfa", "Ünye", "Zonguldak",
    ]


@pytest.mark.parametrize(("first", "second"), [("a", "ab"), ("", "a"), ("-a", "a"), ("Z", "é"), ("Z", "я"),
("kal", "kâl")])
def test_marks_come_before_letters_and_foreign_letters_after(first: str, second: str) -> None:
    assert words.alphabetical(first) < words.alphabetical(second)


@settings(deadline=None)
@given(st.text())
def test_any_text_can_be_sorted_and_case_does_not_matter(text: str) -> None:
    assert words.alphabetical(text) == words.alphabetical(words.turkish_lower(text))


@pytest.mark.parametrize(("upper", "lower"), [("IĞDIR", "ığdır"), ("İZMİR", "izmir"), ("ŞIRNAK", "şırnak"),
("ABC", "abc")])
def test_the_four_is_are_lowered_as_in_turkish(upper: str, lower: str) -> None:
    assert words.turkish_lower(upper) == lower


@pytest.mark.parametrize("language", ["tr", "en"])
def test_an_error_of_the_system_is_said_in_the_language_and_an_unknown_one_as_it_is(language: str) -> None:
    spoken = Words(language)
    told = spoken.say("config.unreadable", file="x", error="ENAMETOOLONG")
    assert spoken.say("common.errno.ENAMETOOLONG") in told
    assert "ENAMETOOLONG" not in told
    assert "EOWNERDEAD" in spoken.say("config.unreadable", file="x", error="EOWNERDEAD")


# Of what there is always more than one: what is asked of several, or is more than a bound.
NEVER_ONE = {"command.delete.sure_several", "screens.results.choose_life", "operations.launch.more_calls",
             "numbers.list.too_wide", "campaign.problem.many_max_thread_count", "campaign.problem.many_channels",
             "campaign.problem.many_thread_multiplier", "screens.campaigns.no_room_for_pane"}
SEVERAL = re.compile(r"\b1 (are|were|have|rows|lines|columns|numbers|campaigns|calls|lives|extensions)\b")


def test_what_is_one_is_not_spoken_of_as_several() -> None:
    spoken = {key: re.sub(r"\{count(:n)?\}", "1", forms(text)[0]) for key, text in texts("en").items()}
    assert [key for key, text in spoken.items() if SEVERAL.search(text) and key not in NEVER_ONE] == []
