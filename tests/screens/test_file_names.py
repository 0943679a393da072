"""A name that is typed for a file, and that no file system takes, is told."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.screens.conftest import READY, World
from tests.screens.waiting import until
from tui.i18n.words import say
from tui.screens.dropped import DroppedDialog
from tui.widgets.editors import LineEditor

# `{}` stands for a folder that is there.
NAMES = {
    "too long": "{}/" + "x" * 16_000 + ".csv",
    "a part too long": "{}/" + "x" * 300 + "/list.csv",
    "under a file": "{}/file/list.csv",
    "a link to itself": "{}/loop",
    "under a link to itself": "{}/loop/list.csv",
    "a folder": "{}",
    "a folder with a stroke": "{}/",
    "nothing": "",
    "a zero": "{}/a\0b.csv",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "there"
    made.mkdir()
    (made / "file").touch()
    (made / "loop").symlink_to("loop")
    return made


def holds(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


@pytest.fixture(autouse=True)
def expected(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Nothing of it is a failure that the log has to tell of."""
    yield
    assert [record.message for record in caplog.get_records("call") if record.levelno >= logging.WARNING] == []


async def told(world: World) -> str:
    """The error that is told: a sentence of its own, not the one for a mistake of the program's."""
    for _ in range(400):
        errors = [toast.message for toast in world.app._notifications if toast.severity == "error"]
        if errors:
            assert len(errors) == 1
            assert say("app.failed", log=str(world.app.log_file)) not in errors
            return errors[0]
        await asyncio.sleep(0.02)  # the file's thread has to come to an end
    raise AssertionError(world.screen_text)


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
async def test_results_are_not_written_to_it(world: World, folder: Path, name: str) -> None:
    made = world.launched(phones=("05321234500",), values=READY)
    world.heard(made, ("905321234500", "Cevaplandı", "1"))
    async with world.app.run_test(size=(120, 36), notifications=True) as pilot:
        await until(pilot, world, "Memnuniyet anketi")
        await pilot.press("r")
        await until(pilot, world, "= 1")
        await pilot.press("e")
        await until(pilot, world, say("screens.export.title"))
        world.app.screen.query_one(LineEditor).value = name.format(folder)
        await pilot.press("enter")
        assert await told(world)
        assert say("screens.export.title") in world.screen_text
    assert holds(folder) == ["file", "loop"]


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
async def test_dropped_rows_are_not_written_to_it(world: World, folder: Path, name: str) -> None:
    made = world.draft(READY, phones=("05321234500", "05321234501"))
    world.store.numbers.drop(made, range(1, 3))
    async with world.app.run_test(size=(120, 36), notifications=True) as pilot:
        await until(pilot, world, "Memnuniyet anketi")
        world.app.push_screen(DroppedDialog(made))
        await until(pilot, world, say("screens.dropped.count", count=2))
        world.app.screen.query_one("#path", LineEditor).value = name.format(folder)
        world.app.screen.query_one("#path", LineEditor).focus()
        await pilot.press("enter")
        assert await told(world)
        assert say("screens.dropped.title") in world.screen_text
    assert holds(folder) == ["file", "loop"]
