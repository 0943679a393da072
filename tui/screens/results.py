"""The results of a campaign, live: how many were reached, what they pressed, and each number."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final, cast

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input

from tui.app.screen import AppScreen
from tui.campaign.account import name_of
from tui.campaign.fields import QUEUE
from tui.campaign.menu import FIELD_OF_PLACE, NO_KEY
from tui.campaign.parsed_draft import ParsedField
from tui.campaign.phone import readable_phone
from tui.campaign.results import ANSWERED, Attempt, Pressed, pressed
from tui.campaign.target import TargetKind
from tui.config.keymap import Place
from tui.core.text_keys import TextKeys
from tui.i18n.words import grouped, say
from tui.screens.results_bars import next_one, on_the_keypad, tone_of
from tui.screens.results_headline import bucket_seconds, headline
from tui.store import Bucket, Campaign, Counts, ResultFilter, ResultRow, Totals
from tui.text.formats import clock_text, leading_text, moment_text, short, state_shown
from tui.text.results import digit_text, filter_text
from tui.widgets.bars import Bar, Bars
from tui.widgets.binding import bindings
from tui.widgets.editors import TextLine
from tui.widgets.lines import KeyLine, Note, TitleLine
from tui.widgets.table import Cell, Column, Row, Table

if TYPE_CHECKING:
    from tui.widgets.calls_plot import CallsPlot

WATCH_SECONDS = 0.2  # five pictures a second at most, however fast results come
# One after another by `results.filter`; the name is that of its text.
FILTERS = {
    "all": ResultFilter(), "called": ResultFilter(called=True), "answered": ResultFilter(answered=True),
    "not_answered": ResultFilter(called=True, answered=False), "not_called": ResultFilter(called=False),
    "open": ResultFilter(final=False),
}
_FILTER: Final = TextKeys("screens.results.filter_{}", FILTERS)


class ResultsScreen(AppScreen[None]):
    """What came in of a campaign. It watches the store, as every screen does."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]
    HELP_TOPIC = "results"
    BINDINGS = bindings(Place.RESULTS)
    AUTO_FOCUS = "#results"

    def __init__(self, campaign_id: int) -> None:
        super().__init__(classes="-results")
        self.campaign_id = campaign_id
        self.campaign: Campaign | None = None
        self.totals = Totals()
        self.filter = ResultFilter()
        self.named = "all"
        self.count = 0
        self.rows: dict[int, ResultRow] = {}
        self._counts: Counts | None = None
        self._timeline: tuple[list[Bucket], int] = [], 0  # and how many seconds each of them is
        self._version = -1
        self._looking = False

    def compose(self) -> ComposeResult:
        yield TitleLine(id="title")
        yield Note(id="headline")
        with Horizontal(id="pictures"):
            yield Bars(say("screens.results.statuses"), id="statuses")
            yield Bars(say("screens.results.digits"), id="digits")
            yield self._plot()
        yield Note(id="filters")
        yield TextLine(placeholder=say("screens.results.search"), compact=True, id="search")
        yield Table([
            Column("phone", say("screens.results.phone"), 16),
            Column("status", say("screens.results.status")),
            Column("digit", say("screens.results.digit"), 16),
            Column("attempts", say("screens.results.attempts"), 7, right=True),
            Column("when", say("screens.results.when"), 13),
            Column("phrase", say("screens.numbers.phrase"), 24, least=110),
        ], id="results")
        yield Note(id="empty")
        yield KeyLine()

    @staticmethod
    def _plot() -> CallsPlot:
        from tui.widgets.calls_plot import CallsPlot  # here: the plotting library is loaded with the first results

        return CallsPlot(id="calls")

    def on_mount(self) -> None:
        self.query_one("#search").display = False
        self.watch_every(WATCH_SECONDS, self.watch_store)
        self.watch_store()
        self.work(self._learn_names, group="account")

    # what is shown

    async def _learn_names(self) -> None:
        """What keys lead to is told by name: as it is remembered, then as the provider tells it now."""
        for learn in (self.services.directory.recall, self.services.directory.refresh):
            await learn()
            self._version = -1

    def watch_store(self) -> None:
        if not self._looking:  # one look ends before the next begins, else a slow one would never end
            self._looking = True
            self.work(self._look, group="watch")

    async def _look(self) -> None:
        services = self.services
        try:
            version = await services.thread(services.store.data_version)
            self._tell_right()
            if version != self._version:
                await self.reload()
                self._version = version
        finally:
            self._looking = False

    async def reload(self) -> None:
        """Ask the store anew; the cursor stays on its number."""
        services, store = self.services, self.services.store
        campaign = await services.thread(store.campaigns.get, self.campaign_id)
        totals = await services.thread(store.results.totals, self.campaign_id)
        counts = await services.thread(store.results.counts, self.campaign_id)
        seconds = bucket_seconds(totals, services.now())
        buckets = await services.thread(partial(store.results.timeline, self.campaign_id, seconds))
        shown = await self._read_rows()
        self.campaign, self.totals, self._counts, self._timeline = campaign, totals, counts, (buckets, seconds)
        with self.app.batch_update():  # one picture of it all
            self._tell_figures()
            self._show_rows(*shown)

    def refresh_texts(self) -> None:
        self._tell_right()
        self._tell_figures()
        if not self.query_one("#filters", Note).text:  # no rows have come yet
            return
        table = self.query_one(Table)
        for place, row in self.rows.items():
            table.put(place, [self._row(row)])
        self.query_one("#empty", Note).text = self._why_empty()
        self._tell_filters()

    async def _reload_rows(self) -> None:
        self._show_rows(*await self._read_rows())

    async def _read_rows(self) -> tuple[ResultFilter, int, int, list[ResultRow]]:
        """What the table shows: of which filter, how many, and a page of them with the place where it begins."""
        services, store, table, chosen = self.services, self.services.store, self.query_one(Table), self.filter
        count = await services.thread(store.results.count, self.campaign_id, chosen)
        start = max(0, int(table.scroll_offset.y) - table.size.height)
        page = await services.thread(store.results.page, self.campaign_id, start, 3 * max(table.size.height, 12),
                                     filter=chosen)
        return chosen, count, start, page

    def _show_rows(self, chosen: ResultFilter, count: int, start: int, page: list[ResultRow]) -> None:
        if chosen != self.filter:  # another was chosen meanwhile: its rows are on their way
            return
        table = self.query_one(Table)
        held = self.rows.get(table.cursor)
        self.count = count
        self.rows = {start + place: row for place, row in enumerate(page)}
        place = next((place for place, row in self.rows.items() if held and row.position == held.position), None)
        table.renew(count, start, [self._row(row) for row in page], cursor=place)
        empty = self.query_one("#empty", Note)
        empty.display, table.display = count == 0, count > 0
        empty.text = self._why_empty()
        if count and self.focused is None:
            self.set_focus(table)
        self._tell_filters()

    def _why_empty(self) -> str:
        return say("screens.results.none" if self.filter == ResultFilter() else "screens.results.none_fits")

    @on(Table.Wanted)
    def fetch(self, event: Table.Wanted) -> None:
        self.work(partial(self._fetch, event.start, event.end), group="page", exclusive=True)

    async def _fetch(self, start: int, stop: int) -> None:
        services, chosen = self.services, self.filter
        page = await services.thread(services.store.results.page, self.campaign_id, start, stop - start, filter=chosen)
        if chosen != self.filter:
            return
        self.rows |= {start + place: row for place, row in enumerate(page)}
        self.query_one(Table).put(start, [self._row(row) for row in page])

    def _row(self, row: ResultRow) -> Row:
        now = self.services.now()
        if not row.attempts:
            status = Cell(say("screens.results.not_called"), "muted")
        else:
            # What is not final is marked: a tone alone does not tell it.
            status = Cell(row.status if row.final else f"◌ {row.status}",
                          "on" if row.answered else "doubt" if not row.final else "")
        return {
            "phone": Cell(f"≠ {_readable(row)}" if row.unlisted else _readable(row)), "status": status,
            "digit": Cell(digit_text(row.digit) or "—"),
            "attempts": Cell(grouped(row.attempts) if row.attempts else "—", "muted"),
            "when": Cell(moment_text(row.last_at, now) if row.last_at else "—", "muted"),
            "phrase": Cell(say("screens.results.stranger") if row.unlisted else row.phrase, "muted"),
        }

    def _tell_right(self) -> None:
        now, totals = self.services.now(), self.totals
        title = self.query_one(TitleLine)
        last = totals.last_received_at
        ago = say("screens.results.last", moment=moment_text(last, now)) if last is not None else ""
        title.right = "   ".join(part for part in (ago, clock_text(now)) if part)

    def _tell_figures(self) -> None:
        campaign, totals, counts = self.campaign, self.totals, self._counts
        if campaign is None or counts is None:
            return
        now = self.services.now()
        state = state_shown(campaign, now, complete=totals.complete)
        name = campaign.name or say("screens.unnamed")
        title = self.query_one(TitleLine)
        title.left = f"{self.services.profile.name} › {name} › {say('screens.results.title')}  {state}"
        self._tell_right()
        self.query_one("#headline", Note).text = "\n".join(headline(campaign, totals, now))
        self.query_one("#statuses", Bars).bars = tuple(
            Bar(status, status or say("screens.results.no_status"), many,
                "success" if status in ANSWERED else "primary")
            for status, many in counts.by_status.items())
        self.query_one("#digits", Bars).bars = tuple(
            Bar(digit, self._digit_label(campaign, digit), many, tone_of(digit))
            for digit, many in sorted(counts.by_digit.items(), key=lambda each: on_the_keypad(each[0])) if digit)
        for bars in self.query(Bars):  # of those called, as wherever it is told
            bars.whole = totals.called
        self.query_one("#digits").display = campaign.call_type != QUEUE
        self.query_one("#statuses", Bars).hint = say("screens.results.nothing_came")
        self.query_one("#digits", Bars).hint = say("screens.results.no_keys") if totals.records else ""
        plot = cast("CallsPlot", self.query_one("#calls"))
        buckets, seconds = self._timeline
        plot.draw([(bucket.at, bucket.calls, bucket.answered) for bucket in buckets], seconds)

    def _digit_label(self, campaign: Campaign, digit: str) -> str:
        place = digit if pressed(digit) is Pressed.KEY else NO_KEY if pressed(digit) is Pressed.NONE else ""
        text, account = digit_text(digit), self.services.directory.account
        leading = campaign.draft.field(FIELD_OF_PLACE[place]) if place else ParsedField()
        if not leading.text:
            return text
        aim = leading.target  # None of a campaign that was made elsewhere, whatever it is there
        # An extension's is its status of the moment: no name, and not of the time of the call.
        named = "" if aim is None or aim.kind is TargetKind.USER else name_of(aim, account)
        return f"{text} {short(named or leading_text(leading, account), 40)}"

    def _tell_filters(self) -> None:
        narrowed = ResultFilter(status=self.filter.status, digit=self.filter.digit)
        told = "" if narrowed == ResultFilter() else filter_text(narrowed)
        chips = [f"[{say(_FILTER[name])}]" if name == self.named else
                 say(_FILTER[name]) for name in FILTERS if name == self.named or not told]
        text = f" = {grouped(self.count)}   {'  '.join(chips)}   {told}".rstrip()
        self.query_one("#filters", Note).text = text

    # filters

    def _narrow(self, chosen: ResultFilter) -> None:
        self.filter = chosen
        self.query_one("#statuses", Bars).chosen = chosen.status
        self.query_one("#digits", Bars).chosen = chosen.digit
        self.work(self._reload_rows, group="filter", exclusive=True)

    def action_filter(self, step: int) -> None:
        names = list(FILTERS)
        self.named = names[(names.index(self.named) + step) % len(names)]
        self._narrow(replace(FILTERS[self.named], status=self.filter.status, digit=self.filter.digit,
                             words=self.filter.words))

    def action_status(self) -> None:
        if self._counts is not None:
            self._narrow(replace(self.filter, status=next_one(self.filter.status, list(self._counts.by_status))))

    def action_digit(self) -> None:
        if self._counts is not None:
            known = sorted(filter(None, self._counts.by_digit), key=on_the_keypad)
            self._narrow(replace(self.filter, digit=next_one(self.filter.digit, known)))

    @on(Bars.Clicked, "#statuses")
    def _status_clicked(self, event: Bars.Clicked) -> None:
        self._narrow(replace(self.filter, status=None if self.filter.status == event.key else event.key))

    @on(Bars.Clicked, "#digits")
    def _digit_clicked(self, event: Bars.Clicked) -> None:
        self._narrow(replace(self.filter, digit=None if self.filter.digit == event.key else event.key))

    def action_search(self) -> None:
        box = self.query_one("#search", Input)
        box.display = True
        self.set_focus(box)

    @on(Input.Changed, "#search")
    def _search_typed(self, event: Input.Changed) -> None:
        self._narrow(replace(self.filter, words=event.value))

    @on(Input.Submitted, "#search")
    def _search_done(self) -> None:
        self.query_one("#search").display = bool(self.filter.words)
        self.set_focus(self.query_one(Table))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Letters are commands where no text is typed."""
        return action in ("leave", "copy_text") or not isinstance(self.focused, Input)

    # what can be done

    def why_not(self, action: str) -> str | None:
        counts = self._counts
        if action == "attempts":
            return self._why_no_attempts()
        if action == "view":
            return say("screens.results.all_seen") if self.has_class("-wide") else None
        if action not in ("status", "digit", "export", "follow", "records"):
            return None
        if self.campaign is None or counts is None:
            return say("screens.still_reading")
        if action == "digit" and self.totals.records and not any(counts.by_digit):
            return say("screens.results.no_keys")
        known = {"status": bool(counts.by_status), "digit": any(counts.by_digit)}
        return None if known.get(action, True) else say("screens.results.nothing_came")

    def _why_no_attempts(self) -> str | None:
        row = self.rows.get(self.query_one(Table).cursor)
        if row is None:
            return say("screens.still_reading") if self.count or self.campaign is None else self._why_empty()
        return None if row.attempts else say("screens.results.no_attempts", phone=_readable(row))

    def action_take(self) -> None:
        row = self.rows.get(self.query_one(Table).cursor)
        self.copy_to_clipboard(row.phone if row is not None else None)

    @on(Table.Opened)
    async def _clicked(self) -> None:
        await self.run_action("attempts")

    async def action_attempts(self) -> None:
        """Every attempt to reach the number one is at."""
        row = self.rows[self.query_one(Table).cursor]
        services = self.services
        attempts = await services.thread(services.store.results.attempts, self.campaign_id, row.position)
        from tui.screens.listing import Listing

        title = _readable(row) + (f"  ≠ {say('screens.results.stranger')}" if row.unlisted else "")
        await self.open(Listing(title, [self._attempt_text(attempt) for attempt in attempts]))

    def _attempt_text(self, attempt: Attempt) -> str:
        now = self.services.now()
        parts = [moment_text(attempt.at, now), attempt.status, digit_text(attempt.digit) or "—"]
        if attempt.talk_seconds is not None:
            parts.append(say("screens.results.talked", count=attempt.talk_seconds))
        return "   ".join(parts)

    def action_view(self) -> None:
        """Bars or the calls over time, where there is no room for both."""
        self.set_class(not self.has_class("-plot"), "-plot")

    async def action_export(self) -> None:
        from tui.screens.export import ExportDialog

        if self.campaign is not None:
            await self.open(ExportDialog(self.campaign, self.filter))

    async def action_follow(self) -> None:
        from tui.screens.follow_up import FollowUpDialog

        if self.campaign is not None:
            await self.open(FollowUpDialog(self.campaign, self.filter), self._open_draft)

    async def _open_draft(self, draft: Campaign | None) -> None:
        from tui.screens.campaign_form import CampaignFormScreen

        if draft is not None:
            await self.open(CampaignFormScreen(draft))

    async def action_records(self) -> None:
        from tui.screens.call_records import CallRecordsDialog

        if self.campaign is not None:
            await self.open(CallRecordsDialog(self.campaign))

    def action_leave(self) -> None:
        box = self.query_one("#search", Input)
        if box.display:
            box.value = ""
            box.display = False
            self.set_focus(self.query_one(Table))
        elif self.filter != ResultFilter():
            self.named = "all"
            self._narrow(ResultFilter())
        else:
            self.dismiss()


def _readable(row: ResultRow) -> str:
    return readable_phone(row.phone) if row.phone.isdecimal() else row.phone
