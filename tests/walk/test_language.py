"""Another language while things are on their way: nothing is left in the one before, however slow the disk is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from tests.walk.hands import Event
from tests.walk.language import foreign
from tests.walk.situations import Start
from tests.walk.timeless import TimelessLoop
from tests.walk.walker import take
from tui.i18n.key_names import name_of

OTHER = {"en": "tr", "tr": "en"}
DRAFT = ("home", *["down"] * 6, "enter")
PLACES: dict[str, Sequence[str]] = {
    "list": (),
    "a draft in the list": ("home", *["down"] * 6),
    "list, a word that is no state": ("slash", *map(name_of, "state:zub "), "enter"),
    "list, a field that is none": ("slash", *map(name_of, "zub:vlim "), "enter"),
    "list, nothing found": ("slash", "q", "q"),
    "list, some marked": ("m", "m"),
    "launched": ("home", "enter"),
    "results": ("home", "r"),
    "results, filtered": ("home", "r", "right", "right"),
    "results, all of one status": ("home", "r", "s"),
    "a follow-up plan": ("home", "r", "f"),
    "a number": ("home", "r", "down", "number_sign"),
    "a number that is asked for": ("number_sign", "5", "enter"),
    "form": DRAFT,
    "schedule": (*DRAFT, "f8"),
    "numbers": (*DRAFT, "f8", "f8", "f8", "f8", "tab", "down"),
    "review": (*DRAFT, "f9"),
    "menu": (*DRAFT, "f5"),
    "call tried": (*DRAFT, "f5", "t", "1"),
    "settings": ("comma",),
}


class Disk:
    """How long it takes, in seconds of the loop."""

    seconds = 0.0


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch, moment: object) -> Disk:
    disk = Disk()
    monkeypatch.setattr(TimelessLoop, "delay", lambda _loop: disk.seconds)
    return disk


def keys(*names: str) -> list[Event]:
    """Keys that all come at once."""
    return [("key", name) for name in names]


@pytest.mark.parametrize("place", PLACES)
def test_what_is_read_meanwhile_comes_in_the_new_language(disk: Disk, place: str) -> None:
    """What is shown is told at once, and what was begun before and is shown later is told in the new one too."""
    language = "en"

    def made() -> Iterator[Event]:
        for key in PLACES[place]:
            yield from (("key", key), ("wait", 0.5))
        yield from (("wait", 5.0), ("read",))
        for begun in (0.0, 0.1, 0.35, 0.75):  # before the switch
            disk.seconds = 0.3
            yield from (("heard", 0, 2), ("key", "down"), ("wait", begun), ("speak", OTHER[language]), ("wait", 0.05))
            yield from (("read",), ("wait", 0.3), ("read",), ("wait", 10.0), ("read",))
            disk.seconds = 0.0
            yield from (("speak", language), ("wait", 10.0), ("read",))

    walked = take(Start("filled", language, (120, 36)), made())
    assert not walked.finding, walked.detail


@pytest.mark.parametrize("place", PLACES)
def test_a_screen_on_its_way_comes_in_the_new_language(disk: Disk, place: str) -> None:
    language = "tr"

    def made() -> Iterator[Event]:
        for behind in (0.0, 0.003, 0.02, 0.06):
            disk.seconds = 0.02
            yield from keys(*PLACES[place])
            yield from (("wait", behind), ("speak", OTHER[language]), ("wait", 0.05), ("read",), ("wait", 10.0),
                        ("read",))
            disk.seconds = 0.0
            yield from (("home",), ("speak", language), ("wait", 5.0), ("read",))

    walked = take(Start("filled", language, (80, 24)), made())
    assert not walked.finding, walked.detail


@pytest.mark.parametrize("opened", ["nothing", "ctrl+p", "enter", "question_mark"])
def test_no_toast_is_left_in_the_old_language(disk: Disk, opened: str) -> None:
    """Neither on a screen that lies beneath, nor one that is on its way, nor while the app waits for the disk."""
    def made() -> Iterator[Event]:
        disk.seconds = 0.6
        for behind in (0.0, 0.001, 0.02, 0.3):
            yield from (*keys("f12"), ("wait", behind), *keys("f12", "ctrl+c"), ("wait", behind))
            yield from () if opened == "nothing" else keys(opened)
            yield from (("wait", behind), ("speak", "tr"), ("wait", 0.05), ("read",), ("wait", 2.0), ("read",))
            yield from (*keys("escape"), ("wait", 0.05), ("read",), ("home",), ("speak", "en"), ("wait", 10.0))

    walked = take(Start("filled", "en", (120, 36)), made())
    assert not walked.finding, walked.detail


@pytest.mark.usefixtures("moment")
@pytest.mark.parametrize("opened", ["ctrl+p", "question_mark"])
def test_what_opens_in_the_moment_of_the_switch_is_of_one_language(opened: str) -> None:
    """The palette and the help stay as they are: the language waits for them as for a question."""
    walked = take(Start("filled", "en"), [
        *keys("comma"), ("wait", 0.5), *keys("left", opened), ("wait", 0.5), ("read",), *keys("escape"), ("wait", 0.5),
        ("read",)])
    assert not walked.finding, walked.detail


def test_foreign_words_are_those_of_sentences() -> None:
    assert foreign(" Sonuç: ivr_campaign_name=&phone=…&digit=9&status=Cevaplandı", "tr") == []
    assert foreign("durum:kapalı tür:kuyruk /nowhere/draft.status", "en") == []
    assert foreign("9 numaradan 1. That key does nothing here.", "tr") == ["does", "here", "nothing", "that"]


def test_words_that_were_pasted_are_of_no_language() -> None:
    """`panel` is what a toast left of `panelinden`."""
    shown = "dp {count} durum:reddedildi  sağlayıcının web panel▌ Çıkmak için ctrl+q"
    assert foreign(shown, "tr") == ["count", "panel"]
    assert foreign(shown, "tr", {"count"}) == []
