"""The numbers of a draft: taken in from files and pastes, filtered, searched, changed, dropped and brought back."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from textual import events
from textual.pilot import Pilot
from textual.screen import ModalScreen
from textual.widgets import Input

from tests.screens.conftest import NOW, READY, World, blocked
from tests.screens.waiting import at_once, at_rest, until
from tui.bootstrap import sort_text
from tui.campaign.lifecycle import AskedBy, Created
from tui.campaign.phone_list import Number
from tui.config import Profile
from tui.i18n.words import folded, say
from tui.operations import suppression
from tui.operations.phone_list import validated
from tui.operations.services import Services
from tui.screens.import_list import ListImportScreen
from tui.screens.numbers_rows import NumberRows, ShownNumber
from tui.store import NumberRow, Store, list_building
from tui.store.suppression import SuppressedRows
from tui.widgets.table import Table

LIST = """Ad;GSM No;Vade;Tutar
Ayşe;0532 123 45 67;03/04/2026;1.234,56
Mehmet;05321234568;05/06/2026;73,5
Çağrı [/x];5,32124E+09;07/08/2026;12,00
Ali;+49 30 123456;01/02/2026;99,90
Ayşe;0532 123 45 67;03/04/2026;1,00
"""


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / "borç listesi.csv"
    path.write_text(LIST, encoding="windows-1254")
    return path


@asynccontextmanager
async def numbers(
        world: World, *phones: str | Number, size: tuple[int, int] = (80, 24)) -> AsyncIterator[tuple[Pilot[str], int]]:
    """The numbers of a draft are in front, the line to add to them has the focus."""
    made = world.draft(phones=phones)
    async with world.app.run_test(size=size, notifications=True) as pilot:
        await until(pilot, world, READY["name"])
        await pilot.press("enter")
        await until(pilot, world, say("campaign.field.name"))
        await pilot.press("f7", "f7", "f7", "f7")
        await until(pilot, world, say("screens.numbers.filter_all") if phones else say("screens.numbers.empty"))
        yield pilot, made


async def opened(pilot: Pilot[str], world: World, path: Path) -> None:
    assert world.app.focused is not None
    world.app.focused.post_message(events.Paste(f"'{path}'"))
    await pilot.press("enter")
    await until(pilot, world, say("screens.import.title", name=path.name))


def kept(world: World, made: int) -> list[tuple[str, str | None, str]]:
    return [(row.typed, row.phone, row.phrase) for row in world.store.numbers.page(made, 0, 100)]


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_a_file_is_shown_as_it_would_be_called_before_it_is_taken_in(
        world: World, listed: Path, size: tuple[int, int]) -> None:
    async with numbers(world, size=size) as (pilot, made):
        await opened(pilot, world, listed)
        await until(pilot, world, "WINDOWS-1254")
        assert say("screens.import.separator_semicolon") in world.screen_text
        assert say("screens.import.header_yes") in world.screen_text
        assert "GSM No" in world.screen_text
        assert "0532 123 45 68" in world.screen_text
        assert say("screens.import.not_callable") in world.screen_text
        assert kept(world, made) == []
        await pilot.press("f9")
        await until(pilot, world, say("screens.numbers.added", count=5))
        await until(pilot, world, f"{say('screens.numbers.filter_problems')} 1")
        assert [phone for _, phone, _ in kept(world, made)] == [
            "905321234567", "905321234568", None, "004930123456", "905321234567"]


async def test_from_the_line_down_is_the_list_and_a_row_alone_that_is_bad_is_told_as_one(world: World) -> None:
    async with numbers(world) as (pilot, _made):
        await pilot.press(*"0532", "enter")
        await until(pilot, world, "1 row was added. It can't be called.")
        await pilot.press("down")
        assert isinstance(world.app.focused, Table)
        await pilot.press("delete")
        await until(pilot, world, say("screens.numbers.empty"))
        assert say("app.no_such_key", help="f1") not in world.screen_text


@pytest.mark.long
async def test_a_phrase_for_all_asks_what_can_be_read_in_two_ways(world: World, listed: Path) -> None:
    async with numbers(world) as (pilot, made):
        await opened(pilot, world, listed)
        await pilot.press(*"#456 {vade} #457 {tutar}")
        await until(pilot, world, say("screens.import.answer_first", count=1)[:30])
        await pilot.press("f9")  # it is not taken in: the question has the focus now
        await pilot.press("right")
        await until(pilot, world, "#456 03/04/2026 #457")
        await pilot.press("tab")
        await until(pilot, world, say("screens.import.heard", text="#456 üç nisan iki bin yirmi altı"))
        await pilot.press("f9")
        await until(pilot, world, say("screens.numbers.added", count=5))
        assert kept(world, made)[0] == ("0532 123 45 67", "905321234567", "#456 03/04/2026 #457 1234.56")


async def test_an_unknown_column_in_the_phrase_is_told_with_the_near_one(world: World, listed: Path) -> None:
    async with numbers(world) as (pilot, _made):
        await opened(pilot, world, listed)
        await pilot.press(*"#456 {vaed}")
        await until(pilot, world, "{vade}")
        await pilot.press("f9")
        await pilot.pause()
        assert isinstance(world.app.screen, ListImportScreen)


async def test_an_announcement_of_the_phrase_is_picked_by_its_name(world: World, listed: Path) -> None:
    world.has_account()
    async with numbers(world) as (pilot, _made):
        await opened(pilot, world, listed)
        await pilot.press(*"#456", "f4")
        await until(pilot, world, "Teşekkürler")
        await pilot.press(*"tesek", "enter")
        await until(pilot, world, "#456 #421")
        await pilot.press("home", "f4", *"hos", "enter", *"{vade}")
        await until(pilot, world, "#128 {vade}#456 #421")


async def test_what_was_found_can_be_changed(world: World, listed: Path) -> None:
    async with numbers(world) as (pilot, _made):
        await opened(pilot, world, listed)
        await until(pilot, world, "GSM No")
        await pilot.press("shift+tab", "shift+tab", "shift+tab")  # past language and phrase, to the number's column
        await pilot.press("right")
        await until(pilot, world, "Vade")
        await until(pilot, world, say("screens.import.not_callable"))


async def test_a_file_that_is_none_is_one_sentence_and_the_path_stays(world: World, tmp_path: Path) -> None:
    missing = tmp_path / "yok.csv"
    async with numbers(world) as (pilot, _made):
        await pilot.press(*str(missing), "enter")
        await until(pilot, world, say("numbers.list.no_file", path="…").partition(" …")[0])
        box = world.app.screen.query_one("#add", Input)
        assert box.value == str(missing)


async def test_a_pasted_table_is_shown_before_it_is_taken_in(world: World) -> None:
    async with numbers(world) as (pilot, made):
        assert world.app.focused is not None
        world.app.focused.post_message(events.Paste("Ad\tTelefon\nAyşe\t0532 123 45 67\nAli\t0532 123 45 68\n"))
        await until(pilot, world, say("screens.import.separator_tab"))
        await pilot.press("f9")
        await until(pilot, world, say("screens.numbers.added", count=2))
        assert [phone for _, phone, _ in kept(world, made)] == ["905321234567", "905321234568"]


async def test_filters_count_and_drop_and_undo_brings_back(world: World) -> None:
    phones = ("05321234567", "05321234567", "5,32124E+09", "0049 30 123456", "02163334455")
    async with numbers(world, *phones) as (pilot, made):
        await pilot.press("tab", "right")
        await until(pilot, world, f"[{say('screens.numbers.filter_problems')} 1]")
        await pilot.press("d")
        await until(pilot, world, say("screens.numbers.drop"))
        assert len(kept(world, made)) == 5  # it asks first
        await pilot.press("tab", "enter")
        await until(pilot, world, f"[{say('screens.numbers.filter_all')} 4]")
        await pilot.press("u")
        await until(pilot, world, f"[{say('screens.numbers.filter_all')} 5]")
        assert len(kept(world, made)) == 5
        await pilot.press("right", "right")
        await until(pilot, world, f"[{say('screens.numbers.filter_duplicates')} 1]")


@pytest.mark.parametrize("language", ["en", "tr"], indirect=True)
async def test_a_row_that_repeats_a_number_names_the_one_that_is_called(world: World, language: str) -> None:
    async with numbers(world, "05321234567", "05321234568", "05321234568", size=(160, 36)) as (pilot, made):
        await until(pilot, world, say("screens.numbers.duplicate", first="2"))
        world.store.numbers.add(made, [NumberRow(typed="0532 123 45 67", phone="905321234567", phrase="#457", line=9)])
        await until(pilot, world, say("screens.numbers.repeated", first="1")[:40])


async def test_a_row_that_repeats_one_of_a_file_names_its_line(world: World) -> None:
    made = world.draft(phones=())
    world.store.numbers.add(made, [
        NumberRow(typed="05321234567", phone="905321234567", phrase=phrase, line=line)
        for phrase, line in (("#456", 12), ("#457", 17))])
    async with world.app.run_test(size=(160, 36)) as pilot:
        await until(pilot, world, READY["name"])
        await pilot.press("enter")
        await until(pilot, world, say("campaign.field.name"))
        await pilot.press("f7", "f7", "f7", "f7")
        await until(pilot, world, "duplicate of row 12 with another phrase")


async def test_words_are_looked_for_in_numbers_and_phrases(world: World) -> None:
    async with numbers(world, *(f"053212345{place:02}" for place in range(30))) as (pilot, _made):
        await pilot.press("tab", "slash", *"4517")
        await until(pilot, world, "= 1")
        assert "0532 123 45 17" in world.screen_text
        await pilot.press("enter", "slash", "backspace", "backspace", "backspace", "backspace", "enter")
        await until(pilot, world, "= 1", gone=True)
        assert world.app.screen.query_one(Table).count == 30


def hold_reading(monkeypatch: pytest.MonkeyPatch) -> tuple[asyncio.Event, asyncio.Event]:
    """Pages of rows that are read from now on wait for the second event; the first says that one does."""
    read, reached, go_on = NumberRows.read, asyncio.Event(), asyncio.Event()

    async def slow(rows: NumberRows, services: Services, start: int, limit: int) -> list[ShownNumber]:
        page = await read(rows, services, start, limit)
        reached.set()
        await go_on.wait()
        return page

    monkeypatch.setattr(NumberRows, "read", slow)
    return reached, go_on


async def test_a_page_that_arrives_late_fills_its_rows_and_does_not_move_the_cursor(
        world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    async with numbers(world, *(f"0532123{place:04}" for place in range(300))) as (pilot, _made):
        await pilot.press("tab")
        await until(pilot, world, "0532 123 00 05")
        reached, go_on = hold_reading(monkeypatch)
        await pilot.press("end")
        await reached.wait()
        await pilot.press("home", "down")
        table = world.app.screen.query_one(Table)
        assert "0532 123 00 05" in world.screen_text
        go_on.set()
        await at_rest(pilot, world)
        assert (table.cursor, table.scroll_offset.y) == (1, 0)
        reached.clear()
        await pilot.press("end")
        await until(pilot, world, "0532 123 02 99")
        assert not reached.is_set()  # it has been read already


async def test_a_page_of_another_filter_that_arrives_late_is_not_shown(
        world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    phones = [f"0532123{place:04}" for place in range(300)]
    async with numbers(world, *phones, "5,32124E+09") as (pilot, _made):
        await pilot.press("tab")
        await until(pilot, world, "0532 123 00 05")
        with monkeypatch.context() as patched:
            reached, go_on = hold_reading(patched)
            await pilot.press("end")
            await reached.wait()
        await pilot.press("right")
        await until(pilot, world, f"[{say('screens.numbers.filter_problems')} 1]")
        await until(pilot, world, "5,32124E+09")
        go_on.set()
        await at_rest(pilot, world)
        table = world.app.screen.query_one(Table)
        assert (table.count, table.cursor) == (1, 0)
        assert "0532 123 02 99" not in world.screen_text


async def test_a_search_is_left_in_its_turn_and_takes_no_row_of_before(world: World) -> None:
    phones = [f"053212345{place:02}" for place in range(30)]
    async with numbers(world, *phones) as (pilot, made):
        at_once(world, "tab", "slash", *"4517", "enter", "x")
        await until(pilot, world, "= 30", gone=True)
        assert world.app.screen.query_one("#search", Input).value == "4517"
        assert isinstance(world.app.focused, Table)
        await pilot.press("escape")
    assert set(phones) - {typed for typed, _phone, _phrase in kept(world, made)} <= {"05321234517"}


async def test_a_row_is_edited_in_place_with_its_verdict(world: World) -> None:
    async with numbers(world, "5,32124E+09") as (pilot, made):
        await pilot.press("tab", "enter")
        await until(pilot, world, say("screens.number.title"))
        box = world.app.screen.query_one("#phone", Input)
        box.value = "0532 124 56 78"
        await until(pilot, world, "✓ 0532 124 56 78")
        await pilot.press("enter")
        await until(pilot, world, say("screens.number.title"), gone=True)
        await until(pilot, world, f"{say('screens.numbers.filter_mobile')} 1")
        assert kept(world, made) == [("0532 124 56 78", "905321245678", "")]


async def test_who_must_not_be_called_is_found_told_and_dropped(world: World) -> None:
    world.store.do_not_call.add("acme", ["905321234567"])
    async with numbers(world, "05321234567", "05321234568") as (pilot, made):
        await pilot.press("tab", "f")
        await until(pilot, world, say("screens.blocked.title"))
        world.lookups["/blocked_numbers"] = blocked("05321234568")
        await pilot.press("tab", "enter")
        await until(pilot, world, say("screens.blocked.state", count=1, moment="")[:20])
        await pilot.press("escape")
        await until(pilot, world, f"[{say('screens.numbers.filter_suppressed')} 2]")
        await pilot.press("d", "tab", "enter")
        await until(pilot, world, say("screens.numbers.empty"))
        assert kept(world, made) == []
        assert world.store.numbers.dropped_count(made) == 2


async def test_what_is_wrong_with_the_row_one_comes_to_is_told_in_full_at_once(world: World) -> None:
    async with numbers(world, "05321234567", "5,32124E+09", "05321234568") as (pilot, _made):
        last_word = say("campaign.phone.scientific", value="5,32124E+09").split()[-1]
        await pilot.press("tab", "right")  # the filter's first row, without a step of the cursor
        await until(pilot, world, f"[{say('screens.numbers.filter_problems')} 1]")
        await until(pilot, world, last_word)
        await pilot.press("shift+tab")
        await until(pilot, world, last_word, gone=True)
        await pilot.press("tab")
        await until(pilot, world, last_word)


async def test_who_was_called_lately_is_told_with_the_campaign(world: World) -> None:
    world.launched("Geçen haftaki", phones=("05321234567",))
    async with world.app.run_test(size=(120, 36), notifications=True) as pilot:
        world.draft(READY | {"name": "Yenisi"}, phones=("05321234567", "05321234568"))
        await until(pilot, world, "Yenisi")
        await pilot.press("g", "enter")
        await until(pilot, world, say("campaign.field.name"))
        await pilot.press("f7", "f7", "f7", "f7")
        await until(pilot, world, say("screens.numbers.filter_all"))
        await pilot.press("tab", "b")
        await until(pilot, world, say("screens.before.title"))
        days = world.app.screen.query_one("#days", Input)
        usual, days.value = days.value, "0000000015000"  # of which the first nine would do
        await pilot.press("enter")
        await until(pilot, world, "“0000000015000” ")
        assert world.app.screen.query("#days")
        days.value = usual
        await pilot.press("enter")
        await until(pilot, world, f"[{say('screens.numbers.filter_called_before')} 1]")
        await until(pilot, world, "Geçen haftaki")


async def test_what_was_dropped_is_told_written_and_brought_back(world: World, tmp_path: Path) -> None:
    async with numbers(world, "05321234567", "5,32124E+09") as (pilot, made):
        await pilot.press("tab", "down", "x")
        await until(pilot, world, f"[{say('screens.numbers.filter_all')} 1]")
        await pilot.press("e")
        await until(pilot, world, say("screens.dropped.count", count=1))
        file = tmp_path / "dropped.csv"
        world.app.screen.query_one("#path", Input).value = str(file)
        world.app.screen.query_one("#path", Input).focus()
        await pilot.press("enter")
        await until(pilot, world, say("screens.export.done", count=1, path="")[:14])
        assert "5,32124E+09" in file.read_text(encoding="utf-8-sig")
        await pilot.press("e")
        await until(pilot, world, say("screens.dropped.count", count=1))
        world.app.screen.query_one("#back").focus()
        await pilot.press("enter")
        await until(pilot, world, f"[{say('screens.numbers.filter_all')} 2]")
        assert len(kept(world, made)) == 2


async def test_a_filter_that_is_left_while_it_is_looked_for_drops_nothing_of_another(
        world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    go_on = asyncio.Event()
    find = suppression.find_suppressed

    async def slow(services: Services, campaign: int, *whom: Any) -> SuppressedRows:  # noqa: ANN401 - as it is asked
        marks = await find(services, campaign, *whom)
        await go_on.wait()
        return marks

    monkeypatch.setattr("tui.screens.numbers_filter.find_suppressed", slow)
    world.store.do_not_call.add("acme", ["905321234567"])
    async with numbers(world, "05321234567", "05321234568", "5,32124E+09") as (pilot, made):
        await pilot.press("tab", "left", "left")
        await until(pilot, world, say("screens.numbers.looking"))
        await pilot.press("d")  # nothing is known yet that could be dropped
        await pilot.pause()
        assert not isinstance(world.app.screen, ModalScreen)
        await pilot.press("right", "right", "right")
        await until(pilot, world, f"[{say('screens.numbers.filter_problems')}")
        go_on.set()
        await pilot.press("d", "tab", "enter")
        await until(pilot, world, f"[{say('screens.numbers.filter_all')} 2]")
        assert [phone for _, phone, _ in kept(world, made)] == ["905321234567", "905321234568"]


async def test_a_do_not_call_file_that_is_none_is_told_and_all_rows_are_shown(
        world: World, profile: Profile, tmp_path: Path) -> None:
    world.app.services.profile = replace(profile, do_not_call=tmp_path / "yok.csv")
    async with numbers(world, "05321234567", "05321234568") as (pilot, _made):
        await pilot.press("tab", "left", "left")
        await until(pilot, world, say("numbers.list.no_file", path="…").partition(" …")[0])
        await until(pilot, world, f"[{say('screens.numbers.filter_all')} 2]")
        await pilot.press("u")
        await until(pilot, world, say("store.step.add", count=2)[:10])
        assert say("app.failed", log="")[:15] not in world.screen_text


async def test_search_storms_while_rows_go_show_each_row_once(world: World) -> None:
    async with numbers(world, *(f"053212345{place:02}" for place in range(40))) as (pilot, made):
        await pilot.press("tab", "slash", *"453", "enter", "x", "slash", "backspace", *"453", "enter", "x", "u", "x")
        await until(pilot, world, "= 8")
        assert world.app.screen.query_one(Table).count == 8
        assert world.store.numbers.summary(made).total == 38
        assert say("app.failed", log="")[:15] not in world.screen_text


async def test_what_another_changes_is_shown_and_not_dropped_unseen(world: World) -> None:
    world.store.do_not_call.add("acme", ["905321234567"])
    async with numbers(world, "05321234567", "05321234568") as (pilot, made):
        await pilot.press("tab", "left", "left")
        await until(pilot, world, f"[{say('screens.numbers.filter_suppressed')} 1]")
        await pilot.press("d")
        await until(pilot, world, say("screens.numbers.drop"))
        world.store.numbers.add(made, validated([Number("05321234567")]))
        await pilot.press("tab", "enter")
        await until(pilot, world, f"[{say('screens.numbers.filter_suppressed')} 2]")
        assert len(kept(world, made)) == 3
        await pilot.press("d", "tab", "enter")
        await until(pilot, world, f"[{say('screens.numbers.filter_all')} 1]")


async def test_a_row_that_has_gone_meanwhile_is_told_and_goes(world: World) -> None:
    async with numbers(world, "05321234567", "05321234568") as (pilot, made):
        await pilot.press("tab", "enter")
        await until(pilot, world, say("screens.number.title"))
        world.store.numbers.drop(made, [1])
        await pilot.press("enter")
        await until(pilot, world, f"[{say('screens.numbers.filter_all')} 1]")
        assert say("app.failed", log="")[:15] not in world.screen_text


async def test_another_apps_rows_come_into_view(world: World, tmp_path: Path) -> None:
    async with numbers(world, "05321234567") as (pilot, made):
        other = Store.open(tmp_path / "santral.db", fold=folded, sort_key=sort_text, now=lambda: NOW)
        other.numbers.add(made, validated([Number("05321234568")]))
        other.close()
        await until(pilot, world, f"[{say('screens.numbers.filter_all')} 2]")


@pytest.mark.parametrize("damaged", [b"PK\x03\x04 no zip", b"", b"\xff\xfe"])
async def test_keys_in_a_list_that_can_not_be_read_do_no_harm(world: World, tmp_path: Path, damaged: bytes) -> None:
    path = tmp_path / "[red]liste\u202e.xlsx"
    path.write_bytes(damaged)
    async with numbers(world) as (pilot, made):
        assert world.app.focused is not None
        world.app.focused.post_message(events.Paste(f"'{path}'"))
        await pilot.press("enter", *("shift+tab", "right", "left", "space") * 9, "f9")
        await pilot.pause()
        await pilot.press("escape", "escape")
        await pilot.pause()
        assert say("app.failed", log="")[:15] not in world.screen_text
        assert kept(world, made) == []


async def test_options_changed_faster_than_they_are_read(world: World, listed: Path) -> None:
    async with numbers(world) as (pilot, made):
        await opened(pilot, world, listed)
        await pilot.press(*("shift+tab", "right", "right", "space", "left") * 12, *"{tutar", "f9")
        await pilot.pause()
        await pilot.press("escape")
        await until(pilot, world, say("screens.numbers.empty"))
        assert kept(world, made) == []


async def test_a_cleared_list_is_brought_back_by_a_key(world: World) -> None:
    async with numbers(world, "05321234567", "05321234568") as (pilot, made):
        await pilot.press("tab", "D")
        await until(pilot, world, say("screens.numbers.clear_text", count=2)[:20])
        await pilot.press("tab", "enter")
        await until(pilot, world, say("screens.numbers.empty"))
        await pilot.press("u")
        await until(pilot, world, f"[{say('screens.numbers.filter_all')} 2]")
        assert len(kept(world, made)) == 2


async def test_an_import_that_is_stopped_shows_the_list_as_it_was(
        world: World, listed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    finish = list_building.Builder.finish
    reached, go_on = threading.Event(), threading.Event()

    def slow(builder: list_building.Builder, *look: Callable[[], None]) -> int:
        step = finish(builder, *look)
        reached.set()
        go_on.wait(30)
        return step

    async with numbers(world, "05321234567") as (pilot, made):
        await opened(pilot, world, listed)
        await until(pilot, world, "GSM No")
        monkeypatch.setattr(list_building.Builder, "finish", slow)
        await pilot.press("f9")
        assert await asyncio.to_thread(reached.wait, 30)
        await pilot.press("escape", "escape", "escape", "f9", "escape")
        await until(pilot, world, say("screens.importing.stopping"))
        go_on.set()
        await until(pilot, world, say("screens.importing.stopped")[:20])
        await until(pilot, world, f"[{say('screens.numbers.filter_all')} 1]")
        assert [phone for _, phone, _ in kept(world, made)] == ["905321234567"]


async def test_a_list_that_goes_between_its_look_and_its_import_is_one_sentence(world: World, listed: Path) -> None:
    async with numbers(world, "05321234567") as (pilot, made):
        await opened(pilot, world, listed)
        await until(pilot, world, "GSM No")
        await asyncio.to_thread(listed.unlink)
        await pilot.press("f9")
        await until(pilot, world, say("numbers.list.no_file", path="…").partition(" …")[0])
        assert len(kept(world, made)) == 1


async def test_a_campaign_that_is_launched_while_a_list_comes_in_stays_as_it_was_sent(
        world: World, listed: Path) -> None:
    async with numbers(world, "05321234567") as (pilot, made):
        await opened(pilot, world, listed)
        await until(pilot, world, "GSM No")
        revision = world.store.campaigns.get(made).revision
        entry = world.store.ledger.begin(made, revision=revision, token="t", body_hash="h", numbers=1,
                                         asked_by=AskedBy.APP)
        world.store.ledger.resolve(entry, Created(20212))
        await pilot.press("f9")
        await until(pilot, world, say("screens.import.title", name=listed.name), gone=True)
        await pilot.pause()
        assert say("app.failed", log="")[:15] not in world.screen_text
        assert len(kept(world, made)) == 1


@pytest.mark.parametrize("answer", [
    httpx.Response(500, text="<html><b>[red]down[/x]</b></html>"),
    httpx.Response(200, text="<html>\x1b[2J</html>"),
    httpx.Response(429, text="", headers={"Retry-After": "3600"}),
])
async def test_blocked_numbers_that_can_not_be_fetched_leave_the_dialog_to_be_left(
        world: World, answer: httpx.Response) -> None:
    world.lookups["/blocked_numbers"] = answer
    async with numbers(world, "05321234567") as (pilot, _made):
        await pilot.press("tab", "f")
        await until(pilot, world, say("screens.blocked.never")[:20])
        await pilot.press("tab", "enter")
        await until(pilot, world, say("screens.blocked.never")[:20], gone=True)
        assert "\x1b" not in world.screen_text
        assert say("app.failed", log="")[:15] not in world.screen_text
        await pilot.press("escape")
        await until(pilot, world, f"[{say('screens.numbers.filter_suppressed')} 0]"[:20])


async def test_headings_of_any_length_and_marks_are_data(world: World) -> None:
    heading = "[red]" + "ğ" * 300 + "\u202e\x1b[2J"
    async with numbers(world) as (pilot, made):
        assert world.app.focused is not None
        world.app.focused.post_message(events.Paste(
            f"{heading};GSM;Tel\n[/b]\x1b]0;x\x07;05321234567;05321234568\n\u202e;05321234569;05321234560\n"))
        await until(pilot, world, say("screens.import.separator_semicolon"))
        await pilot.press(*("shift+tab", "right") * 8)
        await pilot.press("escape")
        await until(pilot, world, say("screens.numbers.empty")[:20])
        assert "\x1b" not in world.screen_text
        assert "\u202e" not in world.screen_text
        assert kept(world, made) == []
