"""Where the mouse was, how far it came, and what was held down meanwhile."""

from __future__ import annotations

import pytest
from textual import events
from textual._xterm_parser import XTermParser

from tui.app.terminal.mouse import Mouse


def shown(report: object) -> tuple[object, ...]:
    assert isinstance(report, events.MouseEvent)
    return (type(report).__name__, report.x, report.y, report.delta_x, report.delta_y, report.button,
            report.shift, report.meta, report.ctrl, report.screen_x, report.screen_y)


def test_a_click_a_way_and_a_wheel() -> None:
    mouse = Mouse()
    reports = [shown(report) for sequence in ("\x1b[<0;5;3M", "\x1b[<20;9;2m", "\x1b[<35;9;4M", "\x1b[<65;9;4M")
               for report in mouse.read(sequence) or ()]
    assert reports == [
        ("MouseDown", 4, 2, 4, 2, 1, False, False, False, 4, 2),
        ("MouseUp", 8, 1, 4, -1, 1, True, False, True, 8, 1),
        ("MouseMove", 8, 3, 0, 2, 0, False, False, False, 8, 3),
        ("MouseScrollDown", 8, 3, 0, 0, 0, False, False, False, 8, 3)]


@pytest.mark.parametrize("state", ["M", "m"])
def test_every_button_as_textual_has_it(state: str) -> None:
    for code in range(128):
        report = f"\x1b[<{code};7;9{state}"
        if code & 64 and state == "m":
            assert Mouse().read(report) == [], code  # a wheel that is let go
        else:
            expected = [shown(XTermParser().parse_mouse_code(report))]
            assert list(map(shown, Mouse().read(report) or ())) == expected, code


@pytest.mark.parametrize("sequence", ["\x1b[<0;0;5M", "\x1b[<0;5M", "\x1b[<;5;5M", "\x1b[<0;5;5", "\x1b[A"])
def test_what_is_no_report(sequence: str) -> None:
    assert Mouse().read(sequence) is None


def test_a_button_at_the_side_is_no_click() -> None:
    assert Mouse().read("\x1b[<128;5;5M") == []
