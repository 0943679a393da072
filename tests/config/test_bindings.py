"""`[keys]`: what can't be pressed, what would be pressed for two commands, and what would lock one in, is told."""

from __future__ import annotations

import pytest

from tests.config.conftest import Say, Write
from tui.config import Config, ConfigError, load
from tui.config.keymap import COMMANDS, given_together
from tui.i18n.words import LANGUAGES


def read(write: Write, text: str) -> Config:
    return load(write(f"[keys]\n{text}\n"), {}, key_ids=COMMANDS)


@pytest.mark.parametrize(("text", "line", "named"), [
    ('"campaigns.new" = "ctlr+n"', 2, ["ctlr+n", "ctrl+n"]),
    ('"campaigns.new" = "esc"', 2, ["esc", "escape"]),
    ('"campaigns.new" = "shift+a"', 2, ["shift+a", "“A”"]),
    ('"campaigns.new" = "n zzzzzz"', 2, ["zzzzzz"]),
    ('"app.quit" = ""', 2, ["app.quit"]),
    ('"app.back" = []', 2, ["app.back"]),
    ('"form.next" = "n"', 2, ["form.next", "“n”", "f7"]),
    ('"app.back" = "q ş"', 2, ["app.back", "“q ş”"]),
    ('\n"campaigns.new" = "d"', 3, ["campaigns.new", "“d”", "campaigns.delete"]),
    ('campaigns.copy = "k"', 2, ["campaigns.copy", "“k”", "move.up"]),
    ('campaigns.copy = "?"', 2, ["campaigns.copy", "app.help"]),
    ('"campaigns.new" = "f8"\n"campaigns.copy" = "f8"', 3, ["campaigns.copy", "“f8”", "campaigns.new"]),
])
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_told_where_it_stands(write: Write, say: Say, language: str, text: str, line: int,
                                    named: list[str]) -> None:
    with pytest.raises(ConfigError) as refused:
        read(write, text)
    [sentence] = say(language, refused.value.reasons)
    assert f"{ {'tr': 'satır', 'en': 'line'}[language]} {line}: " in sentence
    for part in named:
        assert part in sentence


@pytest.mark.parametrize(("text", "keys"), [
    ('"campaigns.new" = "n insert"', ("n", "insert")), ('"campaigns.new" = ["?"]', None),
    ('"campaigns.new" = "Z"', ("Z",)), ('"campaigns.new" = ["ş", "ctrl+shift+left"]', ("ş", "ctrl+shift+left")),
    ('"campaigns.new" = "shift+ctrl+left"', ("ctrl+shift+left",)), ('"campaigns.new" = "+"', ("plus",)),
    ('"campaigns.new" = ","\n"app.settings" = ""', ("comma",)),
    ('"campaigns.new" = ""', ()), ('"campaigns.new" = []', ()),
    ('"campaigns.new" = "d"\n"campaigns.delete" = "n"', ("d",)),  # changed for one another
    ('"campaigns.new" = "d"\n"campaigns.delete" = ""', ("d",)),
])
def test_what_can_be_pressed_is_taken_by_its_name(write: Write, text: str, keys: tuple[str, ...] | None) -> None:
    if keys is None:
        with pytest.raises(ConfigError):
            read(write, text)
    else:
        assert read(write, text).keys["campaigns.new"] == keys


@pytest.mark.parametrize("key", ["ctrl+s", "ctrl+j", "ctrl+enter", "ctrl+i", "alt+x", "ctrl+shift+n", "f11", "super+n"])
def test_a_key_that_terminals_keep_is_warned_of(write: Write, say: Say, key: str) -> None:
    config = read(write, f'\n"campaigns.new" = "{key}"')
    [warning] = say("en", config.warnings)
    assert "line 3" in warning
    assert f"“{key}”" in warning


def test_one_that_they_pass_on_beside_it_is_enough(write: Write) -> None:
    assert read(write, '"campaigns.new" = "n ctrl+s"').warnings == ()


def test_keys_at_different_places_are_no_clash(write: Write) -> None:
    assert read(write, '"results.export" = "n"').warnings == ()


@pytest.mark.parametrize("ids", given_together(), ids=range(len(given_together())))
def test_each_command_on_the_key_of_another_that_can_be_given_with_it_is_a_clash(
    write: Write, ids: tuple[str, ...]
) -> None:
    for one, other in zip(ids, [*ids[1:], ids[0]], strict=True):
        key = COMMANDS[other].keys[0]
        with pytest.raises(ConfigError) as refused:
            read(write, f'"{one}" = ["f12", "{key}"]')
        assert "config.key_taken" in {reason.code for reason in refused.value.reasons}
