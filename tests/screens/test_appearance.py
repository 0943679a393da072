"""Themes while the app runs: what is read on the screens, the picker, and what is told without any colour."""

from __future__ import annotations

import dataclasses
import datetime as dt
import threading
from collections.abc import Mapping
from pathlib import Path

import pytest
from msgspec.structs import replace
from rich.color import Color as RichColor
from rich.color import ColorSystem
from rich.style import Style
from textual.color import Color
from textual.command import CommandPalette
from textual.geometry import Region
from textual.pilot import Pilot

from tests.contrast import TEXT, contrast
from tests.screens.conftest import NOW, READY, World
from tests.screens.waiting import until
from tui.app import themes
from tui.app.app import SantralApp
from tui.app.dialog import Dialog
from tui.app.terminal.capabilities import EIGHT_BIT
from tui.config.ui_state import UiState, load_state, save_state
from tui.i18n.words import say
from tui.screens.question import Question
from tui.screens.routes import ScreenRoutes
from tui.screens.theme_picker import OURS
from tui.widgets.bars import Bars
from tui.widgets.button import Button
from tui.widgets.calls_plot import CallsPlot
from tui.widgets.editors import LineEditor
from tui.widgets.lines import TitleLine

SIZE = (80, 24)
COLOURED = [name for name in OURS if name != themes.ANSI]


def begun(world: World, environ: Mapping[str, str] | None = None, **state: str) -> World:
    """Another start of the app, in this terminal, with what was kept from the one before."""
    session = dataclasses.replace(world.app.session, state=UiState(**state),  # type: ignore[arg-type]
                     environ={**world.app.session.environ, **(environ or {})})
    return World(SantralApp(session, ScreenRoutes()), world.store)


def shown_region(world: World) -> Region:
    """What is told on: of a dialog only itself, for what lies beneath is faded on purpose."""
    screen = world.app.screen
    if isinstance(screen, CommandPalette):
        return screen.query_one("#--container").region
    return screen.query_one(".dialog").region if isinstance(screen, Dialog) else screen.region


def cells(world: World) -> list[tuple[int, int, str, Style]]:
    """Every cell that is painted: row, column, text, style."""
    found = []
    for y, strip in enumerate(world.app.screen._compositor.render_strips()):
        x = 0
        for segment in strip:
            for character in segment.text:
                found.append((y, x, character, segment.style or Style()))
                x += 1
    return found


def sent(world: World, colour: RichColor) -> Color:
    """A colour as it reaches the terminal."""
    return Color.from_rich_color(colour.downgrade(ColorSystem.EIGHT_BIT) if world.app.colours == EIGHT_BIT else colour)


def read_as(world: World, style: Style) -> float:
    """The contrast of what is written in a style, as it reaches the terminal."""
    # In the terminal's own colour it would be read there by chance.
    assert style.color is not None, style
    assert style.bgcolor is not None, style
    return contrast(sent(world, style.color), sent(world, style.bgcolor))


def hardly_read(world: World) -> set[tuple[str, float]]:
    """Letters and digits that don't stand out from what they stand on."""
    region, weak = shown_region(world), set()
    for y, x, character, style in cells(world):
        if not character.isalnum() or not region.contains(x, y):
            continue
        found = read_as(world, style)
        if found < TEXT:
            weak.add((f"{world.screen_text.splitlines()[y].strip()[:40]} {style}", round(found, 2)))
    return weak


async def look(pilot: Pilot[str], world: World) -> None:
    before = world.app.theme
    for name in COLOURED:
        world.app.theme = name
        await pilot.pause()
        assert not hardly_read(world), name
    world.app.theme = before


@pytest.mark.long
@pytest.mark.parametrize("terminal", [{}, {"TERM": "tmux-256color"}], ids=["16M", "256"])
async def test_every_text_of_every_screen_can_be_read_in_every_theme(world: World, terminal: dict[str, str]) -> None:
    world = begun(world, terminal)
    ready = world.launched("Memnuniyet")
    world.heard(ready, ("905321234567", "Cevaplandı", "1"))
    broken = {"name": "Taslak", "time_range_begin": "25:00", "digit_target_2": "queue:1"}
    world.draft(READY | broken, ("abc", "05321234567"))
    world.has_account()
    async with world.app.run_test(size=(120, 36), notifications=True) as pilot:
        await until(pilot, world, "Taslak")
        await look(pilot, world)
        await pilot.press("d", "u")  # a toast
        await until(pilot, world, say("screens.campaigns.drafts_back", count=1))
        await look(pilot, world)
        world.app.clear_notifications()
        await pilot.press("g", "enter")
        await until(pilot, world, say("campaign.field.cli"))
        for key, told in (("f8", say("campaign.field.active_days")), ("f5", say("text.menu.hears")),
                          ("enter", say("screens.target.title", key=say("campaign.digit.1"))),
                          ("escape", say("text.menu.hears")), ("escape", say("campaign.field.active_days")),
                          ("f9", "✗")):
            await pilot.press(key)
            await until(pilot, world, told)
            await look(pilot, world)
        await pilot.press("f7", "f7", "f7")
        await until(pilot, world, "abc")
        await look(pilot, world)
        await pilot.press("escape", "i")
        await until(pilot, world, say("screens.adopt.title"))
        await look(pilot, world)


@pytest.mark.parametrize("terminal", [{}, {"TERM": "tmux-256color"}], ids=["16M", "256"])
async def test_results_and_a_question_can_be_read_in_every_theme(world: World, terminal: dict[str, str]) -> None:
    world = begun(world, terminal)
    ready = world.launched("Memnuniyet", phones=("05321234567", "05321234568"))
    world.heard(ready, ("905321234567", "Cevaplandı", "1"))
    async with world.app.run_test(size=(120, 36)) as pilot:
        await until(pilot, world, "● on")
        await pilot.press("r")
        await until(pilot, world, "Cevaplandı")
        await look(pilot, world)
        await pilot.press("escape", "d")
        await until(pilot, world, say("screens.delete.title"))
        await look(pilot, world)
        await pilot.press("tab")
        await look(pilot, world)


@pytest.mark.parametrize("terminal", [{}, {"TERM": "tmux-256color"}, {"TERM": "linux"}], ids=["16M", "256", "16"])
async def test_a_chart_can_be_read_in_every_theme(world: World, terminal: dict[str, str]) -> None:
    world = begun(world, terminal)
    ready = world.launched("Memnuniyet")
    world.heard(ready, ("905321234567", "Cevaplandı", "1"))
    async with world.app.run_test(size=(120, 36)) as pilot:
        await until(pilot, world, "Memnuniyet")
        await pilot.press("r")
        await until(pilot, world, "Cevaplandı")
        plot = world.app.screen.query_one(CallsPlot)
        plot.draw([(NOW + dt.timedelta(minutes=minute), 9, 4) for minute in range(9)], 60)
        for name in [themes.ANSI] if "linux" in terminal.values() else OURS:
            world.app.theme = name
            await pilot.pause()
            shown = [(character, style) for y, x, character, style in cells(world)
                     if plot.region.contains(x, y) and not character.isspace()]
            variables = world.app.theme_variables
            tones = {Color.parse(variables[tone]).rich_color for tone in ("foreground", "primary", "success")}
            assert {style.color for _, style in shown} == tones, name
            if name == themes.ANSI:
                assert {style.bgcolor for _, style in shown} == {RichColor.default()}
            else:
                shown += [(character, style) for y, x, character, style in cells(world) if not character.isspace()
                          and any(bars.region.contains(x, y) for bars in world.app.screen.query(Bars))]
                assert not [(character, style) for character, style in shown if read_as(world, style) < TEXT], name


@pytest.mark.long
@pytest.mark.parametrize("terminal", [{}, {"TERM": "tmux-256color"}], ids=["16M", "256"])
async def test_so_it_is_with_what_opens_over_them(world: World, terminal: dict[str, str], tmp_path: Path) -> None:
    world = begun(world, terminal)
    world.launched("Memnuniyet")
    world.draft(READY | {"name": "Taslak"}, ("05321234567", "abc"))
    world.has_account()
    listed = tmp_path / "list.csv"
    listed.write_text("telefon;vade\n05321234567;03/04/2026\nabc;05/06/2026\n", encoding="utf-8")
    async with world.app.run_test(size=(120, 36)) as pilot:
        await until(pilot, world, "Taslak")
        for keys, told in (
            (("question_mark",), say("screens.help.title")), (("escape", "ctrl+p"), say("screens.palette.search")),
            (("escape", "exclamation_mark"), say("screens.bulk.stop_ask", profile="acme")),
            (("escape", "p"), say("screens.profiles.title")), (("escape", "comma"), say("screens.settings.place_log")),
            (("n",), say("screens.profile.new")), (("escape", "t"), say("screens.themes.about.santral-light")),
            (("escape", "escape", "G", "enter"), say("screens.campaign.history")),
            (("escape", "g", "t"), say("screens.test.number")), (("escape", "enter"), say("campaign.help.call_type")),
            (("f5", "t"), say("screens.try.hint")[:20]),
        ):
            await pilot.press(*keys)
            await until(pilot, world, told)
            await look(pilot, world)


async def test_the_cursor_of_the_picker_shows_a_theme_escape_goes_back_and_enter_keeps_it(world: World) -> None:
    state_file = world.app.config.path.parent / "state.json"
    world.app.session.state_file = state_file
    async with world.app.run_test(size=SIZE) as pilot:
        await until(pilot, world, say("screens.campaigns.empty").split("\n")[0])
        await pilot.press("ctrl+p", *"theme", "enter")
        await until(pilot, world, say("screens.themes.title"))
        await until(pilot, world, say("screens.themes.about.santral-light"))
        await pilot.press("end")
        assert world.app.theme == "santral-light"
        await pilot.press("escape")
        assert world.app.theme == "santral-dark"
        await world.app.workers.wait_for_complete()
        assert load_state(state_file).theme is None
        await world.app.action_choose_theme()
        await until(pilot, world, say("screens.themes.title"))
        await pilot.press("up", "enter")
        assert world.app.theme == "santral-colour-blind"
        await world.app.workers.wait_for_complete()
    assert load_state(state_file).theme == "santral-colour-blind"


async def test_what_was_chosen_last_is_written_last_however_slow_the_disk_is(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the app is left while it is being written."""
    world.app.session.state_file = world.app.config.path.parent / "state.json"
    begun: list[str | None] = []
    written: list[str | None] = []
    overtaken = threading.Event()

    def slow(path: Path | None, state: UiState) -> None:
        begun.append(state.theme)
        if len(begun) == 1:
            overtaken.wait(0.3)  # as long as another would need
        written.append(state.theme)
        save_state(path, state)
        if len(begun) > 1:
            overtaken.set()

    monkeypatch.setattr("tui.bootstrap.save_state", slow)
    async with world.app.run_test(size=SIZE):
        for theme in ("santral-light", "santral-dark", "santral-colour-blind"):
            world.app.keep(replace(world.app.session.state, theme=theme))
    assert written[-1] == "santral-colour-blind"
    assert load_state(world.app.session.state_file).theme == "santral-colour-blind"


async def test_what_was_chosen_in_the_app_is_there_at_the_next_start_before_the_configurations(world: World) -> None:
    world.app.session.config = dataclasses.replace(world.app.session.config, theme="santral-light")
    assert begun(world).app.theme == "santral-light"
    assert begun(world, theme="santral-ansi").app.theme == "santral-ansi"


@pytest.mark.parametrize(("theme", "near"), [("santral-lihgt", "santral-light"), ("[/x]", "santral-dark")])
async def test_an_unknown_theme_is_told_with_the_nearest_and_the_default_is_shown(
    world: World, theme: str, near: str,
) -> None:
    world = begun(world, theme=theme)
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await until(pilot, world, f"“{theme}”")
        assert near in world.screen_text
        assert world.app.theme == themes.DEFAULT


async def test_a_broken_theme_of_ones_own_is_told_and_the_others_can_be_chosen(world: World) -> None:
    folder = themes.own_folder(world.app.config.path)
    folder.mkdir()
    (folder / "mine.toml").write_text('primary = "[/x]"')
    (folder / "yours.toml").write_text('primary = "#ff0000"\nbackground = "#202020"')
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await until(pilot, world, "[/x]")
        assert "mine" not in world.app.themes
        await world.app.action_choose_theme()
        await until(pilot, world, say("screens.themes.own"))
        await pilot.press("end")
        assert world.app.theme == "yours"


async def test_in_the_terminals_colours_no_other_colour_is_sent(world: World) -> None:
    world.launched()
    world = begun(world, theme=themes.ANSI)
    async with world.app.run_test(size=SIZE) as pilot:
        await until(pilot, world, "● on")
        for key in ("r", "escape", "d"):
            await pilot.press(key)
            await pilot.pause()
            colours = {colour for *_, style in cells(world) for colour in (style.color, style.bgcolor)}
            assert all(colour is None or colour.triplet is None for colour in colours)
        assert next(style.reverse for *_, character, style in cells(world) if character.isalnum())


async def test_where_there_are_sixteen_colours_they_are_the_terminals_own(world: World) -> None:
    world.launched()
    world = begun(world, {"TERM": "linux"}, theme="santral-light")
    assert world.app.console.color_system == "standard"
    async with world.app.run_test(size=SIZE) as pilot:
        await until(pilot, world, "● on")
        assert world.app.theme == themes.ANSI
        await world.app.action_choose_theme()
        await until(pilot, world, say("screens.themes.few_colours")[:30])
        await pilot.press("home", "down", "enter")
        assert world.app.theme == themes.ANSI
    assert world.app.wanted_theme == "santral-colour-blind"  # for another terminal


async def test_screen_shows_no_italics(world: World) -> None:
    def italic(world: World) -> bool:
        return any(style.italic for *_, style in cells(world))

    world.launched()
    async with world.app.run_test(size=SIZE) as pilot:
        await until(pilot, world, "● on")
        assert italic(world)
    world = begun(world, {"TERM": "screen", "STY": "4711.pts-0.host", "COLORTERM": "truecolor"})
    async with world.app.run_test(size=SIZE) as pilot:
        await until(pilot, world, "● on")
        assert not italic(world)


async def test_a_variable_set_to_nothing_keeps_the_colours(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "")  # Textual looks there
    world.launched()
    world = begun(world, {"NO_COLOR": ""}, theme="santral-light")
    async with world.app.run_test(size=SIZE) as pilot:
        await until(pilot, world, "● on")
        assert world.app.theme == "santral-light"
        assert not hardly_read(world)


async def test_without_colours_the_states_the_cursor_the_focus_and_errors_are_told(world: World) -> None:
    world.launched()
    world = begun(world, {"NO_COLOR": "1"}, theme="santral-light")
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await until(pilot, world, "● on")

        def styles(text: str) -> set[Style]:
            lines = world.screen_text.splitlines()
            row = next(place for place, line in enumerate(lines) if text in line)
            column = lines[row].index(text)
            return {style for y, x, _, style in cells(world) if y == row and column <= x < column + len(text)}

        plain = {(colour.is_default if colour else True) for *_, style in cells(world)
                 for colour in (style.color, style.bgcolor)}
        assert plain == {True}
        assert all(style.reverse for style in styles("● on"))  # the row one is at
        await pilot.press("d")
        await until(pilot, world, say("screens.delete.title"))
        assert all(style.reverse for style in styles(say("common.cancel")))
        assert not any(style.reverse for style in styles(say("screens.delete.yes")))
        await pilot.press("escape", "n", "tab")
        await until(pilot, world, say("campaign.help.name"))
        assert any(style.underline for *_, style in cells(world))
        assert "✗" in world.screen_text
        world.app.screen.query_one(TitleLine).tone = "bad"
        await pilot.pause()
        await world.app.action_choose_theme()
        await until(pilot, world, say("screens.themes.no_color")[:30])
        await pilot.press("home")
        assert world.app.theme == themes.ANSI


def test_the_state_keeps_a_theme_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "state.json").write_text('{"theme": "gone"}')
    assert load_state(tmp_path / "state.json").theme == "gone"


NOTHING = RichColor.default()
EVERY = [*(({}, name) for name in OURS), *(({"TERM": "tmux-256color"}, name) for name in OURS),
         ({"TERM": "linux"}, themes.ANSI), ({"NO_COLOR": "1"}, themes.ANSI)]


def looks(world: World, button: Button | LineEditor) -> tuple[str, Style]:
    """What stands on a button, and how its letters are written."""
    painted = [(text, style) for y, x, text, style in cells(world) if button.region.contains(x, y)]
    (letters,) = {style for text, style in painted if text.isalnum()}
    return "".join(text for text, _ in painted).strip(), letters


@pytest.mark.parametrize(("terminal", "theme"), EVERY, ids=str)
async def test_the_button_that_enter_presses_stands_out_and_one_that_is_off_does_not(
    world: World, terminal: dict[str, str], theme: str,
) -> None:
    world.draft()
    world = begun(world, terminal, theme=theme)
    async with world.app.run_test(size=SIZE) as pilot:
        await until(pilot, world, "draft")
        for variant in ("primary", "warning", "error"):
            dialog = Question("?", "?", "Evet")
            await world.app.push_screen(dialog)
            no, yes = dialog.query(Button)
            yes.variant = variant
            off = Button("Off", compact=True, disabled=True)
            await dialog.query_one(".buttons").mount(off)
            line = LineEditor("0532")
            await dialog.query_one(".dialog").mount(line)
            line.disabled = True
            for active, other in ((no, yes), (yes, no)):
                active.focus()
                await pilot.pause()
                (word, style), (plain, faint), (gone, dull) = (looks(world, one) for one in (active, other, off))
                assert word.startswith("▸ ")
                assert "▸" not in plain + gone
                assert style.bold
                assert not faint.bold
                assert not dull.bold
                if world.app.theme == themes.ANSI:
                    assert style.reverse
                    assert not faint.reverse
                    assert not dull.reverse
                    assert dull.dim
                    continue
                fill, pale, ground = (sent(world, one.bgcolor or NOTHING) for one in (style, faint, dull))
                assert contrast(fill, ground) >= TEXT > contrast(pale, ground)
                assert min(read_as(world, one) for one in (style, faint, dull, looks(world, line)[1])) >= TEXT
            await pilot.press("escape")
