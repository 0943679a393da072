"""A list before it is taken in: what its sheet hides, what stands above it and beside it, and what is asked of it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import openpyxl
import pytest
from textual import events
from textual.pilot import Pilot

from tests.screens.conftest import World
from tests.screens.test_numbers import kept, numbers, opened
from tests.screens.waiting import until
from tui.i18n.words import say
from tui.screens.import_list import ListImportScreen

SIZES = [(80, 24), (120, 36)]
ROWS = ((4, "Ayşe", "0532 123 45 01"), (5, "Ali", "0532 123 45 02"), (6, "Can", "0532 123 45 03"))
WIRES = ["905321234501", "905321234502", "905321234503"]


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """A title, a header, three rows of which one is hidden, a hidden column; two more sheets, one of them hidden."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "İstanbul"
    sheet["A1"] = "Kasım listesi"
    sheet.append([])
    sheet["A3"], sheet["B3"], sheet["C3"] = "Ad", "Telefon", "Vade"
    for line, name, phone in ROWS:
        sheet[f"A{line}"], sheet[f"B{line}"], sheet[f"C{line}"] = name, phone, "03/04/2026"
    sheet.row_dimensions[5].hidden = True
    sheet.column_dimensions["C"].hidden = True
    for name, state in (("Ankara", "visible"), ("Eski", "veryHidden")):
        other = book.create_sheet(name)
        other.sheet_state = state
        other.append(["Telefon"])
        other.append(["0533 123 45 09"])
    book.save(tmp_path / "liste.xlsx")
    return tmp_path / "liste.xlsx"


def hidden(answer: str) -> str:
    what = ", ".join((say("screens.import.hidden_rows", count=1),
                      say("screens.import.hidden_columns", count=1, columns="Vade")))
    return say(f"screens.import.hidden_{answer}", what=what)


async def on_the_line(pilot: Pilot[str], world: World, name: str) -> None:
    """Go to a setting's line, by the keys that go there."""
    for _ in range(12):
        focused = world.app.focused
        if focused is not None and focused.id == f"set-{name}":
            return
        await pilot.press("shift+tab")
    raise AssertionError(name)


async def all_read(pilot: Pilot[str], world: World) -> None:
    """Wait until the list was read as it is to be read now: until then it is not taken in."""
    screen = world.app.screen
    assert isinstance(screen, ListImportScreen)
    for _ in range(400):
        await pilot.pause()
        if screen.why_not("go") != say("screens.import.still_reading"):
            return
        await asyncio.sleep(0.02)  # it is read in another thread
    raise AssertionError(world.screen_text)


@pytest.mark.parametrize("language", ["en", "tr"], indirect=True)
@pytest.mark.parametrize("size", SIZES)
async def test_what_is_left_out_of_a_list_is_told_before_it_is_taken_in(
        world: World, workbook: Path, size: tuple[int, int]) -> None:
    async with numbers(world, size=size) as (pilot, made):
        await opened(pilot, world, workbook)
        await until(pilot, world, "0532 123 45 03")
        assert hidden("no") in world.screen_text
        assert "0532 123 45 02" not in world.screen_text
        assert "Kasım listesi" in world.screen_text
        assert "Ankara, Eski" in world.screen_text
        await all_read(pilot, world)
        await pilot.press("f9")
        await until(pilot, world, say("screens.numbers.added", count=2))
        assert [phone for _, phone, _ in kept(world, made)] == [WIRES[0], WIRES[2]]


@pytest.mark.parametrize("size", SIZES)
async def test_hidden_rows_are_taken_in_where_one_asks_for_them(
        world: World, workbook: Path, size: tuple[int, int]) -> None:
    async with numbers(world, size=size) as (pilot, made):
        await opened(pilot, world, workbook)
        await until(pilot, world, hidden("no"))
        await on_the_line(pilot, world, "hidden")
        await pilot.press("right")
        await until(pilot, world, hidden("yes"))
        await until(pilot, world, "0532 123 45 02")
        await pilot.press("right")
        await until(pilot, world, "0532 123 45 02", gone=True)
        await pilot.press("right")
        await until(pilot, world, "0532 123 45 02")
        await all_read(pilot, world)
        await pilot.press("f9")
        await until(pilot, world, say("screens.numbers.added", count=3))
        assert [phone for _, phone, _ in kept(world, made)] == WIRES


async def test_a_hidden_header_can_be_taken_in_and_left_out_again(world: World, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (("Ad", "Telefon"), ("Ayşe", "0532 123 45 01"), ("Ali", "0532 123 45 02")):
        book.active.append(row)
    book.active.row_dimensions[1].hidden = True
    book.save(tmp_path / "liste.xlsx")
    what = say("screens.import.hidden_rows", count=1)
    async with numbers(world) as (pilot, _made):
        await opened(pilot, world, tmp_path / "liste.xlsx")
        await until(pilot, world, say("screens.import.hidden_no", what=what))
        await on_the_line(pilot, world, "hidden")
        await pilot.press("right")
        await until(pilot, world, say("screens.import.header_yes"))
        await until(pilot, world, say("screens.import.hidden_yes", what=what))
        await pilot.press("right")
        await until(pilot, world, say("screens.import.hidden_no", what=what))


async def test_another_sheet_is_chosen_and_the_ones_not_read_are_told(world: World, workbook: Path) -> None:
    async with numbers(world) as (pilot, made):
        await opened(pilot, world, workbook)
        await until(pilot, world, "Ankara, Eski")
        told = next(line for line in world.screen_text.splitlines() if "2 sheets" in line or "Kasım listesi" in line)
        assert told[:1].isspace()  # as all that is told there
        await on_the_line(pilot, world, "sheet")
        await pilot.press("right")
        await until(pilot, world, "0533 123 45 09")
        await until(pilot, world, "İstanbul, Eski")
        assert say("screens.import.hidden_no", what="")[:8] not in world.screen_text
        assert "Kasım listesi" not in world.screen_text
        await all_read(pilot, world)
        await pilot.press("f9")
        await until(pilot, world, say("screens.numbers.added", count=1))
        assert [phone for _, phone, _ in kept(world, made)] == ["905331234509"]


@pytest.mark.parametrize("language", ["en", "tr"], indirect=True)
@pytest.mark.parametrize("size", SIZES)
async def test_all_that_is_asked_and_told_has_room(world: World, workbook: Path, size: tuple[int, int]) -> None:
    async with numbers(world, size=size) as (pilot, _made):
        await opened(pilot, world, workbook)
        await until(pilot, world, hidden("no"))
        await pilot.press(*"#456 {vade} #457")
        await until(pilot, world, say("screens.import.answer_first", count=1)[:30])
        await all_read(pilot, world)
        await pilot.press("f9")
        await pilot.press("right")
        await until(pilot, world, "#456 03/04/2026 #457")
        assert "Ankara, Eski" in world.screen_text
        assert "0532 123 45 03" in world.screen_text


@pytest.mark.parametrize(("name", "content", "code"), [
    ("liste.xls", b"<html><table><tr><td>0532", "web_page"), ("liste.csv", b"\x1f\x8b\x08\0", "compressed"),
    ("liste.csv", b";;\n;;\n", "empty"), ("liste.xlsx", b"PK\x03\x04[Content_Types].xml", "damaged"),
])
async def test_a_file_that_is_no_list_is_one_sentence(
        world: World, tmp_path: Path, name: str, content: bytes, code: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    async with numbers(world, size=(120, 36)) as (pilot, made):
        assert world.app.focused is not None
        world.app.focused.post_message(events.Paste(f"'{path}'"))
        await pilot.press("enter")
        await until(pilot, world, say(f"numbers.list.{code}", path="…", kind="gzip").split(" …")[-1][-25:-1])
        assert kept(world, made) == []
