"""References on the screens: proposed as a list is taken in, shown beside numbers, found, changed by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.events import Key

from tests.screens.conftest import READY, World
from tests.screens.test_import_list import all_read, on_the_line
from tests.screens.test_numbers import numbers, opened
from tests.screens.waiting import at_rest, until
from tui.campaign.phone_list import Number
from tui.campaign.reference import LONGEST
from tui.i18n.words import say
from tui.operations.phone_list import validated
from tui.screens.number_row import NumberDialog
from tui.widgets.editors import EntryLine, LineEditor
from tui.widgets.table import Table

SIZES = [(80, 24), (120, 36), (200, 50)]
LIST = """Ad;GSM No;Müşteri No;Tutar
Ayşe;0532 123 45 67;M-0042;1.234,56
[b]Işık[/b];05321234568;=1+1;73,5
Ali;0532 123 45 67;M-0044;1,00
"""
ROWS = (Number("05321234567", reference="Ayşe Işık"), Number("05321234568", reference="[b]ŞULE[/b]\x1b[31m"),
        Number("05321234569"), Number("05321234567", reference="Ali"))


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / "müşteriler.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def references(world: World, made: int) -> list[str]:
    return [row.reference for row in world.store.numbers.page(made, 0, 100)]


@pytest.mark.parametrize("language", ["en", "tr"], indirect=True)
@pytest.mark.parametrize("size", SIZES)
async def test_a_column_is_proposed_and_seen_before_it_is_kept(
        world: World, listed: Path, size: tuple[int, int]) -> None:
    async with numbers(world, size=size) as (pilot, made):
        await opened(pilot, world, listed)
        await until(pilot, world, say("screens.import.reference_kept", column="Müşteri No"))
        await all_read(pilot, world)
        assert world.screen_text.count("M-0042") == 1
        world.app.screen.query_one("#set-template", LineEditor).value = "#456 {tutar}"
        await all_read(pilot, world)
        await until(pilot, world, "#456 1234.56")
        if size[0] < 120:
            await until(pilot, world, say("screens.numbers.reference_is", reference="M-0042"))
        assert world.screen_text.count("M-0042") == 1
        await pilot.press("f9")
        await until(pilot, world, say("screens.numbers.added", count=3))
        assert references(world, made) == ["M-0042", "=1+1", "M-0044"]


@pytest.mark.parametrize(("steps", "expected"), [
    (1, ["1.234,56", "73,5", "1,00"]), (2, ["", "", ""]), (3, ["Ayşe", "[b]Işık[/b]", "Ali"]),
])
async def test_another_column_can_be_it_or_none(
        world: World, listed: Path, steps: int, expected: list[str]) -> None:
    async with numbers(world) as (pilot, made):
        await opened(pilot, world, listed)
        await until(pilot, world, "Müşteri No")
        await on_the_line(pilot, world, "reference")
        await pilot.press(*["right"] * steps)
        await all_read(pilot, world)
        await pilot.press("f9")
        await until(pilot, world, say("screens.numbers.added", count=3))
        assert references(world, made) == expected


async def test_references_that_are_too_long_are_told(world: World, tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    path.write_text(f"Telefon;Müşteri\n05321234567;{'x' * 300}\n05321234568;y\n", encoding="utf-8")
    async with numbers(world, size=(120, 36)) as (pilot, made):
        await opened(pilot, world, path)
        await all_read(pilot, world)
        await pilot.press("f9")
        await until(pilot, world, say("screens.numbers.added_cut", count=1, most=LONGEST)[:20])
        assert references(world, made) == ["x" * LONGEST + "…", "y"]


@pytest.mark.parametrize("size", SIZES)
async def test_a_row_of_the_list_shows_its_reference_as_it_stands(world: World, size: tuple[int, int]) -> None:
    async with numbers(world, *ROWS, size=size) as (pilot, _):
        await pilot.press("tab")
        await until(pilot, world, "Ayşe Işık")
        table = world.app.screen.query_one("#numbers", Table)
        assert ("reference" in table.shown) == (size[0] >= 120)
        await pilot.press("down")
        await until(pilot, world, "[b]ŞULE[/b]\\x1b[31m")
        assert "\x1b" not in world.screen_text
        await pilot.press("end")
        await until(pilot, world, say("screens.numbers.other_reference", first="1")[:30])


async def test_a_list_without_references_has_no_column_for_them(world: World) -> None:
    async with numbers(world, "05321234567", size=(200, 50)) as (pilot, _):
        await until(pilot, world, "0532 123 45 67")
        assert "reference" not in world.app.screen.query_one("#numbers", Table).shown


@pytest.mark.parametrize("words", ["isik", "IŞIK", "ayse ısık", "işik"])
async def test_it_is_found_however_it_is_typed(world: World, words: str) -> None:
    async with numbers(world, *ROWS) as (pilot, _):
        await pilot.press("tab", "slash")
        for sign in words:
            world.app.post_message(Key("space" if sign == " " else sign, sign))
        await at_rest(pilot, world)
        assert "= 1" in world.screen_text
        await until(pilot, world, "0532 123 45 67")


async def test_it_is_changed_by_hand_and_that_is_undone(world: World) -> None:
    async with numbers(world, "05321234567", size=(120, 36)) as (pilot, made):
        await pilot.press("tab", "enter")
        await until(pilot, world, say("screens.number.title"))
        world.app.screen.query_one("#reference", LineEditor).focus()
        await pilot.press(*"M-42", "enter")
        await until(pilot, world, "M-42")
        assert references(world, made) == ["M-42"]
        await pilot.press("u")
        await at_rest(pilot, world)
        assert references(world, made) == [""]


async def test_what_is_too_long_is_told_and_stays_as_it_was_typed(world: World) -> None:
    async with numbers(world, "05321234567") as (pilot, made):
        await pilot.press("tab", "enter")
        await until(pilot, world, say("screens.number.title"))
        editor = world.app.screen.query_one("#reference", LineEditor)
        editor.focus()
        editor.value = "x" * (LONGEST + 1)
        await pilot.press("enter")
        await until(pilot, world, say("screens.number.too_long", count=LONGEST + 1, most=LONGEST)[:40])
        assert isinstance(world.app.screen, NumberDialog)
        assert references(world, made) == [""]
        await pilot.press("end", "backspace", "enter")
        await at_rest(pilot, world)
        assert references(world, made) == ["x" * LONGEST]


@pytest.mark.parametrize("size", SIZES)
async def test_results_and_the_calls_of_a_number_are_shown_with_it(world: World, size: tuple[int, int]) -> None:
    made = world.launched(phones=(ROWS[0], Number("05321234568", reference="[b]x[/b]")))
    world.heard(made, ("905321234567", "Meşgul", ""))
    async with world.app.run_test(size=size, notifications=True) as pilot:
        await until(pilot, world, READY["name"])
        await pilot.press("r")
        await until(pilot, world, "0532 123 45 67")
        await until(pilot, world, "[b]x[/b]")
        assert ("when" in world.app.screen.query_one("#results", Table).shown) == (size[0] >= 120)
        await pilot.press("slash", *"isik")
        await until(pilot, world, "= 1 ")
        await pilot.press("enter", "enter")
        await until(pilot, world, "0532 123 45 67  Ayşe Işık")
        await pilot.press("N")
        await until(pilot, world, say("text.person.reference", text="", reference="Ayşe Işık").strip())


async def test_rows_that_were_dropped_are_named_by_it(world: World) -> None:
    async with numbers(world, *ROWS) as (pilot, made):
        world.store.numbers.drop(made, [1])
        await pilot.press("tab", "e")
        await until(pilot, world, f"Ayşe Işık  {say('store.dropped.by_hand')}")


@pytest.mark.parametrize("size", SIZES)
async def test_who_is_not_to_be_called_is_shown_with_it(world: World, size: tuple[int, int]) -> None:
    made = world.draft()
    world.store.numbers.add(made, validated([
        Number("05321234567", reference="[b]ŞULE[/b]"), Number("05321234568")]))
    world.store.do_not_call.add("acme", ["905321234567", "905321234568", "905321234569"], reason="Şikâyet")
    async with world.app.run_test(size=size) as pilot:
        await until(pilot, world, "Memnuniyet anketi")
        await pilot.press("b")
        await until(pilot, world, "[b]ŞULE[/b]")
        lines = [line for line in world.screen_text.splitlines() if "Şikâyet" in line]
        assert ["ŞULE" in line for line in lines].count(True) == 1
        assert ("reference" in world.app.screen.query_one("#refused", Table).shown) == (size[0] >= 120)


async def test_a_typed_line_may_have_it_in_its_fourth_cell(world: World) -> None:
    async with numbers(world, size=(120, 36)) as (pilot, made):
        line = world.app.screen.query_one("#add", EntryLine)
        line.focus()
        for text in ("05321234567;#456;tr-TR;Ayşe Işık", "05321234568;;;42", "05321234569;#456;Ayşe;42"):
            line.value = text
            await pilot.press("enter")
            await until(pilot, world, text, gone=True)
        rows = world.store.numbers.page(made, 0, 9)
        assert [(row.phone, row.phrase, row.lang, row.reference) for row in rows] == [
            ("905321234567", "#456", "tr-TR", "Ayşe Işık"), ("905321234568", "", "", "42"), (None, "", "", "")]
