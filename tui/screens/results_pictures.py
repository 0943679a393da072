"""Results in pictures: how many numbers have which status, what was pressed, and the calls over time."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.app import ComposeResult
from textual.containers import Horizontal

from tui.campaign.account import Account, name_of
from tui.campaign.fields import QUEUE
from tui.campaign.menu import FIELD_OF_PLACE, KEYS, NO_KEY
from tui.campaign.parsed_draft import ParsedField
from tui.campaign.results import ANSWERED, Pressed, pressed
from tui.campaign.target import TargetKind
from tui.i18n.words import say
from tui.operations.campaign_results import ResultFigures
from tui.store import Campaign, ResultFilter
from tui.text.formats import leading_text, short
from tui.text.results import digit_text
from tui.widgets.bars import Bar, Bars

if TYPE_CHECKING:
    from tui.widgets.calls_plot import CallsPlot


class ResultsPictures(Horizontal):
    """Bars of what may be clicked to narrow the list, and a plot."""

    def compose(self) -> ComposeResult:
        from tui.widgets.calls_plot import CallsPlot  # here: the plotting library is loaded with the first results

        yield Bars(say("screens.results.statuses"), id="statuses")
        yield Bars(say("screens.results.digits"), id="digits")
        yield CallsPlot(id="calls")

    def show(self, figures: ResultFigures, account: Account) -> None:
        """`account` gives the names of what the keys lead to."""
        campaign, totals, counts = figures.campaign, figures.totals, figures.counts
        statuses, digits = self.query_one("#statuses", Bars), self.query_one("#digits", Bars)
        statuses.bars = tuple(
            Bar(status, status or say("screens.results.no_status"), count,
                "success" if status in ANSWERED else "primary")
            for status, count in counts.by_status.items())
        digits.bars = tuple(
            Bar(digit, _digit_label(campaign, digit, account), count, tone_of(digit))
            for digit, count in sorted(counts.by_digit.items(), key=lambda each: on_the_keypad(each[0])) if digit)
        statuses.whole = digits.whole = totals.called  # shares are of those called, here as in every report
        digits.display = campaign.call_type != QUEUE
        statuses.hint = say("screens.results.nothing_came")
        digits.hint = say("screens.results.no_keys") if totals.records else ""
        plot = cast("CallsPlot", self.query_one("#calls"))
        plot.draw([(bucket.at, bucket.calls, bucket.answered) for bucket in figures.timeline], figures.bucket_seconds)

    def mark(self, chosen: ResultFilter) -> None:
        """Mark the bars that the list is narrowed to."""
        self.query_one("#statuses", Bars).chosen = chosen.status
        self.query_one("#digits", Bars).chosen = chosen.digit


def _digit_label(campaign: Campaign, digit: str, account: Account) -> str:
    place = digit if pressed(digit) is Pressed.KEY else NO_KEY if pressed(digit) is Pressed.NONE else ""
    text = digit_text(digit)
    leading = campaign.draft.field(FIELD_OF_PLACE[place]) if place else ParsedField()
    if not leading.text:
        return text
    aim = leading.target  # None of a campaign that was made elsewhere, whatever it is there
    # An extension's is its status of the moment: no name, and not of the time of the call.
    named = "" if aim is None or aim.kind is TargetKind.USER else name_of(aim, account)
    return f"{text} {short(named or leading_text(leading, account), 40)}"


def next_one(now: str | None, known: list[str]) -> str | None:
    """The one after `now`; after the last, none."""
    if now is None:
        return known[0] if known else None
    place = known.index(now) + 1 if now in known else 0
    return known[place] if 0 < place < len(known) else None


def on_the_keypad(digit: str) -> tuple[int, str]:
    """The keys as they lie on a telephone, then no key, then wrong ones: a bar stays where it is as results come."""
    order = {Pressed.KEY: 0, Pressed.NONE: 1, Pressed.WRONG: 2}.get(pressed(digit), 3)
    return order * 100 + (KEYS.index(digit) if order == 0 else 0), digit


def tone_of(digit: str) -> str:
    return {Pressed.KEY: "primary", Pressed.NONE: "secondary"}.get(pressed(digit), "warning")
