"""The themes' files: what can be read on what, and what is said of one that is broken."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.color import Color as RichColor
from rich.color import ColorSystem
from textual.color import Color
from textual.theme import Theme

from tests.campaign.sentences import said
from tests.contrast import BLINDNESS, MARKS, TEXT, contrast, distance
from tui.app import themes
from tui.app.palette_256 import in_256
from tui.config import COLOURS

NOWHERE = Path("none/config.toml")
OURS = themes.load(NOWHERE).themes
ANSI = {name for name, theme in OURS.items() if theme.ansi}
TEXTS = ("foreground", "muted", "faint", *(f"text-{tone}" for tone in themes.TONES))
GROUNDS = (*themes.GROUNDS, "block-cursor-background", "block-cursor-blurred-background")


def colours_of(theme: Theme) -> dict[str, str]:
    return {**theme.to_color_system().generate(), **theme.variables}


def test_there_is_one_for_every_eye_and_terminal() -> None:
    assert set(OURS) == {"santral-dark", "santral-light", "santral-high-contrast", "santral-high-contrast-light",
                         "santral-colour-blind", "santral-ansi"}
    assert {themes.ANSI} == ANSI
    assert {OURS[name].dark for name in ("santral-light", "santral-high-contrast-light")} == {False}


def as_given(colour: str) -> Color:
    return Color.parse(colour)


def in_256_colours(colour: str) -> Color:
    """What Rich sends to a terminal that has no more."""
    sent = RichColor.from_rgb(*Color.parse(colour).rgb).downgrade(ColorSystem.EIGHT_BIT)
    return Color(*sent.get_truecolor())


@pytest.mark.parametrize(("made", "seen"), [(lambda theme: theme, as_given), (in_256, in_256_colours)],
                         ids=["16M", "256"])
@pytest.mark.parametrize("name", sorted(OURS.keys() - ANSI))
def test_every_text_can_be_read_on_every_ground(
    name: str, made: Callable[[Theme], Theme], seen: Callable[[str], Color],
) -> None:
    colours, least = colours_of(made(OURS[name])), 7.0 if "high-contrast" in name else TEXT
    pairs = list(itertools.product(TEXTS, GROUNDS))
    pairs += [("block-cursor-foreground", "block-cursor-background"), ("foreground", "input-selection-background"),
              ("input-cursor-foreground", "input-cursor-background")]
    # A first line that tells of trouble, and a button, bear the ground's colour.
    pairs += [(text, ground) for text in ("background", "button-color-foreground") for ground in ("error", "warning")]
    pairs += [("button-color-foreground", "primary"), ("button-foreground", "surface")]
    pairs += [(f"profile-{colour}", ground) for colour in COLOURS for ground in GROUNDS]
    weak = {pair: round(found, 2) for pair in pairs
            if (found := contrast(*(seen(colours[part]) for part in pair))) < least}
    assert not weak


@pytest.mark.parametrize("name", sorted(OURS.keys() - ANSI))
def test_in_256_colours_the_states_still_differ(name: str) -> None:
    colours = colours_of(in_256(OURS[name]))
    near = [(one, other) for one, other in itertools.combinations(("success", "warning", "error", "foreground"), 2)
            if distance(in_256_colours(colours[one]), in_256_colours(colours[other])) < 18]
    assert not near


def test_a_theme_of_the_terminals_own_colours_is_the_same_in_256() -> None:
    assert in_256(OURS[themes.ANSI]) is OURS[themes.ANSI]


@pytest.mark.parametrize("name", sorted(OURS.keys() - ANSI))
def test_marks_and_bars_stand_out_from_every_ground(name: str) -> None:
    colours = colours_of(OURS[name])
    assert not [(mark, ground) for mark, ground in itertools.product(themes.TONES, GROUNDS)
                if contrast(Color.parse(colours[mark]), Color.parse(colours[ground])) < MARKS]


@pytest.mark.parametrize("name", sorted(ANSI))
def test_in_the_terminals_colours_all_text_is_the_terminals_own(name: str) -> None:
    """No colour of the 16 can be read on black and on white: text is the terminal's own, on its own ground."""
    colours = colours_of(OURS[name])
    texts = (*TEXTS, "block-cursor-foreground", "button-color-foreground", "button-foreground")
    assert {colours[part] for part in (*texts, *GROUNDS)} == {"ansi_default"}
    coloured = {colours[part] for part in (*themes.TONES, *(f"profile-{colour}" for colour in COLOURS))}
    assert all(re.fullmatch("ansi_[a-z_]+", colour) for colour in coloured)


@pytest.mark.parametrize("kind", [None, *BLINDNESS])
def test_the_colour_blind_theme_differs_for_every_eye(kind: str | None) -> None:
    colours = colours_of(OURS["santral-colour-blind"])
    near = [(one, other) for one, other in itertools.combinations(("success", "warning", "error", "foreground"), 2)
            if distance(Color.parse(colours[one]), Color.parse(colours[other]), kind) < 20]
    assert not near


def test_to_an_eye_that_confuses_red_and_green_the_usual_states_come_near() -> None:
    """What the test before would find: the reckoning is not blind itself."""
    red, green = Color.parse("#cc6666"), Color.parse("#8f9f4f")
    assert distance(red, green) > 40
    assert distance(red, green, "deuteranopia") < 25


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = themes.own_folder(tmp_path / "config.toml")
    folder.mkdir()
    return folder


def test_a_users_own_takes_its_place(own: Path) -> None:
    (own / "mine.toml").write_text('primary = "#ff0000"\nbackground = "#000000"\n')
    (own / "santral-dark.toml").write_text('primary = "teal"\n')
    loaded = themes.load(own.parent / "config.toml")
    assert not loaded.problems
    assert loaded.themes["mine"].primary == "#ff0000"
    assert loaded.themes["santral-dark"].primary == "teal"
    # What it leaves out is what comes nearest to it.
    assert colours_of(loaded.themes["mine"])["text-primary"] == "#ff0000"
    assert themes.find(own.parent / "config.toml", "santral-dark") is not None


@pytest.mark.parametrize(("text", "told"), [
    (b'primary = "#12345"', ["primary", '"#12345"']),
    (b"primary = 7", ["primary", "7"]),
    (b'primary = ""', ["primary", '""']),
    (b'primary = "[/x]"', ['"[/x]"']),
    (b'primary = "red\\u001b[2J"', ["\\x1b[2J"]),
    (b'secondary = "red"', ["primary"]),
    (b'primary = "red"\nprimry = "red"', ["primry", "primary"]),
    (b'primary = "red"\nzzz = "red"', ["zzz", "foreground"]),
    (b'primary = "red"\ndark = "yes"', ["dark", "yes"]),
    (b'primary = "red"\nvariables = 3', ["variables"]),
    (b'primary = "red"\n[variables]\nmute = "red"', ["mute", "muted"]),
    (b'primary = "red"\n[variables]\nmuted = "x"', ["muted", '"x"']),
    (b"dark = true\nprimary = ", ["2", "11"]),
    (b'primary = "\xff"', ["UTF-8"]),
    (b"a = " + b"[" * 100_000, ["TOML"]),
])
def test_a_broken_one_is_named_and_left_out(own: Path, text: bytes, told: list[str]) -> None:
    path = own / "mine.toml"
    path.write_bytes(text)
    loaded = themes.load(own.parent / "config.toml")
    assert loaded.themes.keys() == OURS.keys()
    assert list(loaded.problems) == ["mine"]
    for sentence in said(loaded.problems["mine"]).values():
        assert str(path) in sentence
        assert all(part in sentence for part in told)
        assert sentence.isprintable()


def test_one_that_cannot_be_read_is_named(own: Path) -> None:
    (own / "mine.toml").mkdir()
    loaded = themes.load(own.parent / "config.toml")
    told = said(loaded.problems["mine"])
    assert "it is a folder" in told["en"]
    assert "bu bir klasör" in told["tr"]


def test_a_broken_one_of_our_name_leaves_ours(own: Path) -> None:
    (own / "santral-dark.toml").write_text("primary =")
    found = themes.find(own.parent / "config.toml", "santral-dark")
    assert found is not None
    assert found.primary == OURS["santral-dark"].primary


@pytest.mark.parametrize("name", ["../config", "/etc/passwd", "x/../santral-dark", "", ".", "santral"])
def test_a_name_is_no_way_to_other_files(own: Path, name: str) -> None:
    (own.parent / "config.toml").write_text('primary = "red"')
    assert themes.find(own.parent / "config.toml", name) is None


def test_one_that_is_not_there_is_told_with_the_nearest() -> None:
    for sentence in said(themes.unknown("santral-drak", OURS)).values():
        assert "“santral-drak”" in sentence
        assert "“santral-dark”" in sentence
    for sentence in said(themes.unknown("[/x]", OURS)).values():
        assert "[/x]" in sentence
        assert "santral-light" in sentence
