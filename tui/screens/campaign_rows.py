"""The rows of the list of campaigns: what each column shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container
from typing import Final

from msgspec.structs import replace

from tui.campaign.fields import CALL_TYPES
from tui.campaign.lifecycle import State
from tui.i18n.words import grouped, percent, say
from tui.store import Campaign, SortColumn, Totals
from tui.text.formats import life_mark, state_shown, window_of_campaign, window_text
from tui.text.keys import CALL_TYPE_SHORT
from tui.widgets.bars import bar_text
from tui.widgets.table import MARK, Cell, Column, Row, Table

BAR_WIDTH: Final = 10
_STEPS: Final = "▁▂▃▄▅▆▇█"
_MARKED: Final = Cell("✓", "mark")
# By which column of the table the list is sorted.
SORTED_BY: Final = {column.value: column for column in SortColumn} | {"progress": SortColumn.CALLED}
LARGEST_FIRST: Final = frozenset({SortColumn.NUMBERS, SortColumn.CALLED, SortColumn.ANSWERED, SortColumn.KEYS,
                                  SortColumn.ID, SortColumn.UPDATED})


class CampaignTable(Table):
    """Beside a pane it has less room than the terminal."""

    @property
    def room(self) -> int:
        return self.size.width


def columns(*, profiles: bool) -> list[Column]:
    """With the profile where campaigns of several are shown. A column is there where it leaves names some 27 cells."""
    profile = [Column("profile", say("text.column.profile"), 12)] if profiles else []
    return [
        Column("name", say("text.column.name")),
        *profile,
        Column("type", say("text.column.type"), 6),
        Column("state", say("text.column.state"), 19),
        Column("window", say("text.column.window"), 22, min_room=150, max_room=157),
        Column("window", say("text.column.window"), 30, min_room=158),
        Column("numbers", say("text.column.numbers"), 9, right=True),
        Column("called", say("text.column.called"), 7, right=True, max_room=99),
        Column("progress", say("text.column.called"), 17, min_room=100),
        Column("answered", say("text.column.answered"), 9, right=True, min_room=100),
        Column("keys", say("text.column.keys"), 16, min_room=116),
        Column("id", say("text.column.id"), 8, right=True, min_room=126),
    ]


class CampaignRows:
    """Makes the row of a campaign; anew only where something that it shows has changed."""

    def __init__(self) -> None:
        self._made: dict[int, tuple[tuple[object, ...], Row]] = {}  # by campaign: of what it was made, and the row

    def forget(self) -> None:
        """Make all of them anew."""
        self._made.clear()

    def row(self, campaign: Campaign, totals: Totals, now: dt.datetime, silent: Container[int],
            marked: Container[int], together: Totals | None = None) -> Row:
        """`silent`: campaigns of which nothing comes in though something should. `together`: the figures of all lives
        of one of which it is the last."""
        shown = (campaign, totals, together, campaign.id in silent, campaign.id in marked,
                 now.replace(second=0, microsecond=0))
        made = self._made.get(campaign.id)
        if made is None or made[0] != shown:
            row = _row_of(campaign, totals, together, now, silent=campaign.id in silent)
            if campaign.id in marked:
                row[MARK] = _MARKED
            made = self._made[campaign.id] = (shown, row)
        return made[1]


def _row_of(campaign: Campaign, own: Totals, together: Totals | None, now: dt.datetime, *,
            silent: bool) -> dict[str, Cell]:
    state = state_shown(campaign, now, complete=own.complete)
    totals = own if together is None else together
    if silent:
        state = replace(state, word=say("screens.state.silent", state=state.word), glyph="!", tone="doubt")
    tone = "muted" if campaign.state is State.DELETED else ""
    return {
        "name": Cell(f"{life_mark(campaign)}{campaign.name or say('screens.unnamed')}",
                     tone if campaign.name else "muted"),
        "profile": Cell(campaign.profile, tone),
        "type": Cell(type_text(campaign), tone),
        "state": Cell(str(state), state.tone),
        "window": Cell(window_text(window_of_campaign(campaign, now), now), tone),
        "numbers": Cell(grouped(together.numbers if together else campaign.callable_numbers)
                        if campaign.numbers else "—", tone),
        "called": Cell(percent(called_share(totals)) if totals.called else "", tone),
        "progress": Cell(progress_text(totals), tone),
        "answered": Cell(percent(totals.answered / totals.called) if totals.called else "", tone),
        "keys": Cell(keys_text(totals), tone),
        "id": Cell(str(campaign.provider_id or "—"), tone or "muted"),
    }


def type_text(campaign: Campaign) -> str:
    return say(CALL_TYPE_SHORT[campaign.call_type]) if campaign.call_type in CALL_TYPES else "—"


def called_share(totals: Totals) -> float:
    whole = totals.numbers + totals.unlisted
    return totals.called / whole if whole else 0.0


def progress_text(totals: Totals) -> str:
    """A bar and a percentage; nothing before anybody was called."""
    if not totals.called:
        return ""
    share = called_share(totals)
    return f"{bar_text(share, BAR_WIDTH)} {percent(share):>5}"


def keys_text(totals: Totals) -> str:
    """The keys that were pressed, each as high as it is frequent beside the others: `1▇ 2▃`."""
    highest = max(totals.keys.values(), default=0)
    return " ".join(f"{key}{_STEPS[(count * (len(_STEPS) - 1)) // highest]}"
                    for key, count in sorted(totals.keys.items()))
