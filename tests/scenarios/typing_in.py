"""How an operator types a campaign into the form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tests.terminal import Terminal
from tui.campaign.fields import CALL_TYPES, KEY_OF_TARGET, TARGET_FIELDS, FieldKind, Section, fields_of
from tui.campaign.target import parse_target, short_form
from tui.i18n.words import Words

EDITED = tuple(section for section in Section if section is not Section.REVIEW)


def type_campaign(terminal: Terminal, words: Words, values: Mapping[str, str], numbers: Sequence[str]) -> None:
    """From the open form of a new draft to its Review, by keyboard alone. `values` are texts by wire name.

    Of days that have passed, as those of the provider's examples have.
    """
    terminal.wait(words.say("key.form.next"))
    for place, section in enumerate(EDITED):
        if place:
            terminal.press("f8")
        if section is Section.NUMBERS:
            terminal.wait(words.say("screens.numbers.empty"))
            _type_numbers(terminal, words, numbers)
            continue
        _type_section(terminal, words, section, values)
    terminal.press("f8")
    terminal.wait(words.say("text.review.nobody_all_the_same").partition(" (")[0])


def _type_numbers(terminal: Terminal, words: Words, numbers: Sequence[str]) -> None:
    for count, number in enumerate(numbers, start=1):
        terminal.type(number)
        terminal.press("enter")
        terminal.wait(f"[{words.say('screens.numbers.filter_all')} {count}]")


def _type_section(terminal: Terminal, words: Words, section: Section, values: Mapping[str, str]) -> None:
    known = fields_of(section, values["call_type"])
    if not known:
        return
    terminal.wait(words.say(f"campaign.field.{known[0].name}"))
    for field in known:
        if field.kind is FieldKind.TARGET:
            continue
        text = values.get(field.name, "")
        if field.name == "call_type":
            _choose(terminal, CALL_TYPES.index(text))
        elif field.kind is FieldKind.BOOLEAN:
            _choose(terminal, ("", "false", "true").index(text))
        elif field.kind is FieldKind.FLAG:
            _choose(terminal, ("", "true").index(text))
        elif field.kind is FieldKind.CHOICE:
            _choose(terminal, ("", *field.choices).index(text))
        elif field.kind is FieldKind.DAYS:
            terminal.press(*(day for day in "1234567" if day not in text))  # a new draft has all seven
        else:
            terminal.type(text)
        terminal.press("down")
    if section is Section.MENU:
        terminal.press("enter")
        type_menu(terminal, words, values)
        terminal.press("escape")
        terminal.wait(words.say("key.form.next"))
    terminal.wait(words.say("screens.form.kept"))


def type_menu(terminal: Terminal, words: Words, values: Mapping[str, str]) -> int:
    """In the open editor, each target by the direct line; how many keys that took."""
    terminal.wait(words.say("key.menu.try"))
    pressed = 0
    for name in TARGET_FIELDS:
        text = values.get(name, "")
        if text:
            line = short_form(parse_target(text))
            terminal.press(KEY_OF_TARGET[name].translate(_PLACES), "enter")
            terminal.type(line)
            terminal.press("enter")
            pressed += len(line) + 3
    return pressed


_PLACES = str.maketrans({"-": "n", "!": "w"})  # no key and wrong key by their letters


def _choose(terminal: Terminal, steps: int) -> None:
    terminal.press(*["right"] * steps)


def launch_from_review(terminal: Terminal, words: Words) -> None:
    """Ask for the launch, confirm it, and let the countdown run out."""
    terminal.press("l")
    terminal.wait(words.say("common.cancel"))
    terminal.press("tab", "enter")
    terminal.wait(words.say("screens.launch.countdown", count=5).split("5")[1].strip())
