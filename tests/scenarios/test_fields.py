"""Fields of the form in a pseudo-terminal, filled in one burst, as a slow line brings what was typed ahead."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.scenarios.conftest import Start
from tests.terminal import KEYS
from tui.bootstrap import sort_text
from tui.campaign.dates import ISTANBUL
from tui.core.clock import utc_now
from tui.i18n.words import Words, folded
from tui.store import Store

pytestmark = pytest.mark.terminal


@pytest.mark.long
@pytest.mark.parametrize("language", ["tr", "en"])
def test_days_hours_and_picks_typed_ahead_land_each_in_its_field(
    start: Start, home: Path, moment: dt.datetime, language: str
) -> None:
    """Today and tomorrow are Turkey's; where midnight passes meanwhile, the days are those of before or after."""
    words = Words(language)
    with start(language=language) as terminal:
        terminal.wait(words.say("screens.campaigns.empty").split("\n", maxsplit=1)[0])
        terminal.press("n")
        terminal.wait(words.say("key.form.next"))
        keys = ("down", "Anket", "down", "f4", "0850", "enter", "f8", "yarın", "down", "+9", "down", "9", "down",
                "17.30", "f8", "f8", "f4", "TESEK", "enter", "down", "7", "escape")
        # The lists have to be known for their names to be found: once before, at an operator's pace.
        for section, field in ((0, "cli"), (3, "welcome_announcement_id")):
            terminal.press(*["f8"] * section, *["down"] * (2 if field == "cli" else 0), "f4")
            terminal.wait("0850 123 45 67" if field == "cli" else "Teşekkürler")
            terminal.press("escape")
            terminal.wait(words.say("screens.pick.line"), gone=True)
        terminal.press("f7", "f7", "f7")
        terminal.wait(words.say("campaign.field.cli"))
        terminal.send("".join(KEYS.get(key, key) for key in keys).encode())
        terminal.wait("Anket")
        terminal.wait(words.say("campaign.state.draft"))
        terminal.press("ctrl+q")
        terminal.end()
    store = Store.open(home / "data" / "santral" / "santral.db", fold=folded, sort_key=sort_text)
    fields = store.campaigns.get(1).fields
    store.close()
    assert (fields["name"], fields["cli"], fields["welcome_announcement_id"], fields["digit_timeout"]) == (
        "Anket", "908501234567", "421", "7")
    assert (fields["time_range_begin"], fields["time_range_end"]) == ("09:00", "17:30")
    today = dt.date.fromisoformat(fields["date_range_begin"]) - dt.timedelta(days=1)
    assert moment.date() <= today <= utc_now().astimezone(ISTANBUL).date()
    assert dt.date.fromisoformat(fields["date_range_end"]) == today + dt.timedelta(days=9)
