"""Results in pictures: how many numbers have which status, what was pressed, and the calls over time."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.app import ComposeResult
from textual.containers import Horizontal

from tui.campaign.account import Account, name_of
from tui.campaign.fields import QUEUE
from tui.campaign.menu import FIELD_OF_PLACE, NO_KEY
from tui.campaign.parsed_draft import ParsedField
from tui.campaign.results import ANSWERED, Pressed, pressed
from tui.campaign.target import TargetKind
from tui.i18n.words import say
from tui.operations.campaign_results import ResultFigures
from tui.screens.results_bars import on_the_keypad, tone_of
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
