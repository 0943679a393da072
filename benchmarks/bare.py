"""The baseline: the least that a Textual app with a list can be."""

from __future__ import annotations

from typing import Final

from textual.app import App, ComposeResult
from textual.widgets import DataTable, Footer, Header

ROWS: Final = 200
FIRST_ROW: Final = "Campaign 1"


class BareApp(App[None]):
    def compose(self) -> ComposeResult:
        yield Header()
        yield DataTable[str]()
        yield Footer()

    def on_mount(self) -> None:
        table = self.query_one(DataTable)
        table.add_columns("Campaign", "Type", "State", "Numbers", "ID")
        table.add_rows((f"Campaign {row}", "IVR", "draft", str(row), "—") for row in range(1, ROWS + 1))


if __name__ == "__main__":
    BareApp().run()
