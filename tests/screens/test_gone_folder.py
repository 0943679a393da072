"""The folder in which the app was started goes while it is at work."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.screens.conftest import READY, World
from tests.screens.waiting import until
from tui.core import folders
from tui.i18n.words import say
from tui.screens.dropped import DroppedDialog
from tui.widgets.editors import LineEditor


@pytest.fixture
def gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a folder that isn't there."""
    folder = tmp_path / "gone"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(folder)
    folder.rmdir()


@pytest.mark.usefixtures("gone")
async def test_results_are_exported_to_the_home_then_and_a_relative_name_is_refused(
    world: World, tmp_path: Path
) -> None:
    made = world.launched(phones=("05321234500",), values=READY)
    world.heard(made, ("905321234500", "Cevaplandı", "1"))
    async with world.app.run_test(size=(100, 30), notifications=True) as pilot:
        await until(pilot, world, "Memnuniyet anketi")
        await pilot.press("r")
        await until(pilot, world, "= 1")
        await pilot.press("e")
        await until(pilot, world, say("screens.export.title"))
        editor = world.app.screen.query_one(LineEditor)
        assert Path(editor.value).parent == tmp_path
        editor.value = "results.csv"
        await pilot.press("enter")
        await until(pilot, world, say("operations.export.no_folder", folder="."))
        editor.value = str(tmp_path / "results.csv")
        await pilot.press("enter")
        await until(pilot, world, "1 row was written")
    assert (tmp_path / "results.csv").is_file()


@pytest.mark.usefixtures("gone")
async def test_dropped_rows_are_offered_to_the_home_then(world: World, tmp_path: Path) -> None:
    made = world.launched(phones=("05321234500",), values=READY)
    async with world.app.run_test(size=(100, 30), notifications=True) as pilot:
        await until(pilot, world, "Memnuniyet anketi")
        world.app.push_screen(DroppedDialog(made))
        await until(pilot, world, say("screens.dropped.title"))
        assert Path(world.app.screen.query_one("#path", LineEditor).value).parent == tmp_path


def test_where_there_is_no_home_either_the_name_stands_alone(gone: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "home", _nobody)
    assert folders.here() == Path()
    assert folders.typed("~nosuch/x") == Path("~nosuch/x")


def _nobody() -> Path:
    raise RuntimeError
