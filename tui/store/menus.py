"""Menus that are kept under a name, to be used in campaign after campaign."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from tui.core.reason import Reason
from tui.store.columns import moment, object_of, object_text
from tui.store.errors import ChangeRefused
from tui.store.repository import Repository

_SAVE: Final = """
INSERT INTO menus (profile, name, name_folded, name_sort, fields, saved_at) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (profile, name_folded) DO UPDATE SET name = excluded.name, name_sort = excluded.name_sort,
    fields = excluded.fields, saved_at = excluded.saved_at
"""


class NamedMenu(Struct, frozen=True):
    """A menu under its name: wire field name → text as typed; an empty field isn't there. `saved_at` is aware, UTC."""

    name: str
    fields: Mapping[str, str]
    saved_at: dt.datetime


class Menus(Repository):
    """Names are found whatever their case, as the store's `fold` compares them."""

    def save(self, profile: str, name: str, fields: Mapping[str, str]) -> None:
        """Keep a menu, in the place of one whose name only differs in case or marks. Refused where the name is blank.

        `fields` are all that a menu is made of: its targets, the welcome, the repeats, the seconds, the opt-out key.
        """
        name = name.strip()
        if not name:
            raise ChangeRefused(Reason("store.menu_without_name"))
        kept = object_text({field: text for field, text in fields.items() if text})
        with self._database.write():
            self._database.run(_SAVE, (profile, name, self._context.fold(name), self._context.sort_key(name), kept,
                                       self._now()))

    def all(self, profile: str) -> list[NamedMenu]:
        """The menus of a profile by name, in the order of the alphabet."""
        rows = self._database.all("SELECT * FROM menus WHERE profile = ? ORDER BY name_sort, name_folded", (profile,))
        with self._database.legible():
            return [NamedMenu(row["name"], object_of(row["fields"]), moment(row["saved_at"])) for row in rows]

    def remove(self, profile: str, name: str) -> None:
        """Forget the menu of that name; nothing where there is none."""
        with self._database.write():
            self._database.run("DELETE FROM menus WHERE profile = ? AND name_folded = ?",
                               (profile, self._context.fold(name.strip())))
