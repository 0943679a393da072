"""Going over to another profile: told apart by name, words and marks, with the colour beside them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from textual.color import Color
from textual.widgets import OptionList

from tests.screens.conftest import KEY, World
from tests.screens.waiting import until
from tui.app import themes
from tui.config import Profile
from tui.config.checks import COLOURS
from tui.core.secret import Secret
from tui.i18n.words import say

SIZE = (80, 24)


def have_two_profiles(world: World, profile: Profile) -> None:
    first = replace(profile, colour="green")
    second = Profile("test [/x]", Secret(KEY), base_url="http://127.0.0.1:1", colour="red", read_only=True)
    session = world.app.session
    session.config = replace(session.config, profiles={first.name: first, second.name: second})
    world.app.services.profile = first


async def test_each_profile_says_its_colour_and_whether_it_may_only_look(world: World, profile: Profile) -> None:
    have_two_profiles(world, profile)
    async with world.app.run_test(size=SIZE) as pilot:
        await until(pilot, world, "No campaigns yet")
        await pilot.press("p")
        await until(pilot, world, say("screens.profiles.title"))
        shown = [line for line in world.screen_text.splitlines() if "▌" in line]
        acme, test = next(row for row in shown if "● ▌acme" in row), next(row for row in shown if "test [/x]" in row)
        assert say("screens.profiles.current") in acme
        assert say("text.colour.green") in acme
        assert say("widgets.profiles.read_only") not in acme
        assert say("text.colour.red") in test
        assert say("widgets.profiles.read_only") in test
        assert say("screens.profiles.current") not in test


async def test_the_title_line_bears_the_colour_of_the_profile_in_use(world: World, profile: Profile) -> None:
    have_two_profiles(world, profile)
    async with world.app.run_test(size=SIZE) as pilot:
        await until(pilot, world, "No campaigns yet")
        assert title_mark(world) == ("▌", Color.parse(world.app.theme_variables["profile-green"]))
        await pilot.press("p")
        await until(pilot, world, say("screens.profiles.title"))
        assert world.app.screen.query_one(OptionList).highlighted == 0
        await pilot.press("down", "enter")
        await until(pilot, world, say("screens.profiles.title"), gone=True)
        await until(pilot, world, "▌Santral  test [/x]")
        assert title_mark(world) == ("▌", Color.parse(world.app.theme_variables["profile-red"]))


async def test_a_profile_without_a_colour_bears_none(world: World) -> None:
    async with world.app.run_test(size=SIZE) as pilot:
        await until(pilot, world, "No campaigns yet")
        assert title_mark(world)[0] == " "


def title_mark(world: World) -> tuple[str, Color]:
    """The first sign of the screen, and its colour."""
    segment = next(iter(world.app.screen._compositor.render_strips()[0]))
    assert segment.style is not None
    assert segment.style.color is not None
    return segment.text[:1], Color.from_rich_color(segment.style.color)


@pytest.mark.parametrize("colour", COLOURS)
@pytest.mark.parametrize("name", ["santral-dark", "santral-light"])
def test_every_colour_is_legible_where_it_stands(name: str, colour: str) -> None:
    theme = themes.load(Path("/nowhere/config.toml")).themes[name]
    assert theme.panel is not None
    assert theme.surface is not None
    mark = Color.parse({**themes.profile_variables(dark=theme.dark), **theme.variables}[f"profile-{colour}"])
    for ground in (theme.panel, theme.surface, theme.variables["block-cursor-background"]):
        assert contrast(mark, Color.parse(ground)) >= 4.5


def contrast(one: Color, other: Color) -> float:
    """As WCAG counts it."""
    def luminance(colour: Color) -> float:
        parts = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)
