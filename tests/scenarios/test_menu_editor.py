"""The document's menu made by keyboard alone in a pseudo-terminal: by the direct line, and by the picker."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.scenarios.conftest import Start
from tests.terminal import Terminal
from tui.bootstrap import sort_text
from tui.campaign.fields import KEY_OF_TARGET, TARGET_FIELDS
from tui.campaign.target import SPEECH_LANGUAGES, SPELLINGS, Target, TargetKind, parse_target, short_form
from tui.i18n.words import Words, folded
from tui.sandbox import account
from tui.store import Store

MENU = {name: text for name, text in json.loads(
    (Path(__file__).parent.parent / "examples" / "ivr.json").read_text(encoding="utf-8")).items()
    if name in TARGET_FIELDS and text}
MOST_KEYS = 130
pytestmark = pytest.mark.terminal


class Hands:
    """Whoever types, counting each key."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self.pressed = 0

    def press(self, *keys: str) -> None:
        self.terminal.press(*keys)
        self.pressed += len(keys)

    def type(self, text: str) -> None:
        self.terminal.type(text)
        self.pressed += len(text)


def to_the_editor(hands: Hands, words: Words) -> None:
    """From the list to the keypad of a new draft."""
    hands.terminal.wait(words.say("screens.campaigns.empty").split("\n", maxsplit=1)[0])
    hands.press("n")
    hands.terminal.wait(words.say("key.form.next"))
    hands.press("f5")
    hands.terminal.wait(words.say("text.menu.hears"))


def read_back(home: Path) -> dict[str, str]:
    """The targets of the only draft in the store."""
    store = Store.open(home / "data" / "santral" / "santral.db", fold=folded, sort_key=sort_text)
    try:
        fields = store.campaigns.get(1).fields
        return {name: fields[name] for name in TARGET_FIELDS if name in fields}
    finally:
        store.close()


@pytest.mark.long
@pytest.mark.parametrize("language", ["tr", "en"])
def test_by_the_direct_line(start: Start, home: Path, language: str) -> None:
    words = Words(language)
    with start(language=language) as terminal:
        hands = Hands(terminal)
        to_the_editor(hands, words)
        for name, text in MENU.items():
            hands.press(KEY_OF_TARGET[name], "enter")
            hands.type(short_form(parse_target(text)))
            hands.press("enter")
        terminal.wait(words.say("screens.menu.set", count=12, of=14))
        terminal.wait(words.say("screens.form.kept"))
        terminal.press("escape", "escape", "ctrl+q")
        terminal.end()
    assert read_back(home) == MENU
    assert hands.pressed <= MOST_KEYS


@pytest.mark.long
@pytest.mark.parametrize("language", ["tr", "en"])
def test_by_the_picker(start: Start, home: Path, language: str) -> None:
    """Kinds, and whatever the account has, by the arrows; what it doesn't list is typed after its kind."""
    words = Words(language)
    with start(language=language) as terminal:
        hands = Hands(terminal)
        to_the_editor(hands, words)
        for count, (name, text) in enumerate(MENU.items(), start=1):
            hands.press(KEY_OF_TARGET[name], "enter")
            terminal.wait(words.say(f"campaign.target_about.{TargetKind.USER}"))
            choose(hands, words, parse_target(text))
            terminal.wait(words.say("screens.menu.set", count=count, of=14))
        terminal.wait(words.say("screens.form.kept"))
        terminal.press("escape", "escape", "ctrl+q")
        terminal.end()
    assert read_back(home) == MENU


def choose(hands: Hands, words: Words, target: Target) -> None:
    hands.press(*["down"] * list(SPELLINGS).index(target.kind), "enter")
    if target.kind is TargetKind.RESTART:
        return
    hands.terminal.wait(words.say(f"campaign.target_about.{TargetKind.USER}"), gone=True)
    listed: Sequence[int] = {TargetKind.ANNOUNCEMENT: tuple(account.ANNOUNCEMENTS),
                             TargetKind.QUEUE: tuple(account.QUEUES),
                             TargetKind.USER: tuple(account.USERS)}.get(target.kind, ())
    if listed:
        hands.terminal.wait(f"{SPELLINGS[target.kind].begins}{listed[-1]}")
        kind = words.say(f"campaign.target_kind.{target.kind}")
        rows = [line for line in hands.terminal.text.split("\n") if f"  {kind} " in line]
        hands.press(*["down"] * next(place for place, row in enumerate(rows) if f" {target.value}" in row), "enter")
        return
    hands.type(target.value)
    if target.kind is TargetKind.TTS:
        hands.terminal.wait(words.say(f"screens.lang.{SPEECH_LANGUAGES[0]}"))
    hands.press("enter")
