"""The list of campaigns: home."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from tui.campaign.draft import new_values
from tui.campaign.fields import CALL_TYPES
from tui.campaign.states import Action, State
from tui.operations.silence import silent_since
from tui.operations.switch import switch
from tui.screens.base import AppScreen
from tui.screens.question import Question
from tui.store import Beat, Campaign, Health, ListFilter, Sort, SortColumn, Totals
from tui.store.totals import NO_TOTALS
from tui.widgets.bars import bar_text
from tui.widgets.binding import bind
from tui.widgets.editors import TextLine
from tui.widgets.lines import KeyLine, Note, TitleLine
from tui.widgets.table import Cell, Column, Row, Table
from tui.wording import (
    clock_text,
    id_text,
    moment_text,
    read_text,
    sentence,
    short,
    state_shown,
    window_of_campaign,
    window_text,
)
from tui.words import grouped, percent, say

WATCH_SECONDS = 0.25
LISTEN_SECONDS = 5.0
RECEIVER_SEEN = dt.timedelta(seconds=30)  # a receiver that has not been heard of for so long is not there
MOST_WATCHED = 500
MOST_UNREADABLE = 50
MOST_RAW = 1000
BAR_WIDTH = 10
SORTS = (SortColumn.UPDATED, SortColumn.NAME, SortColumn.STATE, SortColumn.TYPE, SortColumn.WINDOW, SortColumn.NUMBERS)


class CampaignsScreen(AppScreen[None]):
    """Every campaign of the profile, as the store remembers it; it watches the store."""

    BINDINGS = [
        bind("campaigns.new", "new"), bind("campaigns.switch", "switch"), bind("campaigns.open", "open"),
        bind("campaigns.results", "results"), bind("campaigns.test", "test"), bind("campaigns.copy", "copy"),
        bind("campaigns.delete", "delete"), bind("campaigns.adopt", "adopt"), bind("campaigns.filter", "filter"),
        bind("campaigns.sort", "sort"), bind("campaigns.deleted", "deleted"), bind("campaigns.undo", "undo"),
        bind("campaigns.webhook", "webhook"), bind("campaigns.unreadable", "unreadable"),
        bind("campaigns.profile", "profile"), bind("app.take", "take", show=False),
        bind("app.help", "app.help_screen", priority=False),
    ]
    AUTO_FOCUS = ""  # with an empty list Textual would choose the filter, which is not shown

    def __init__(self) -> None:
        super().__init__()
        self.filter = ListFilter()
        self.sort = Sort()
        self.rows: dict[int, Campaign] = {}
        self.count = 0
        self.totals: dict[int, Totals] = {}
        self.silent: dict[int, dt.datetime] = {}  # campaigns of which nothing comes in, and since when
        self._made: dict[int, tuple[tuple[object, ...], Row]] = {}  # by campaign: of what its row was made, and the row
        self._health = ""
        self._version = -1
        self._looking = False
        self._removed: list[int] = []

    def compose(self) -> ComposeResult:
        yield TitleLine(id="title")
        yield Note(id="counts")
        yield TextLine(placeholder=say("screens.campaigns.filter"), compact=True, id="filter")
        yield Table([
            Column("name", say("screens.column.name")),
            Column("type", say("screens.column.type"), 6),
            Column("state", say("screens.column.state"), 16),
            Column("window", say("screens.column.window"), 22, least=130),
            Column("numbers", say("screens.column.numbers"), 9, right=True),
            Column("called", say("screens.column.called"), 7, right=True, most=99),
            Column("progress", say("screens.column.called"), 17, least=100),
            Column("answered", say("screens.column.answered"), 9, right=True, least=100),
            Column("keys", say("screens.column.keys"), 16, least=100),
            Column("id", say("screens.column.id"), 8, right=True, least=110),
        ], id="campaigns")
        yield Note(id="empty")
        yield Note(id="line")
        yield KeyLine()

    def on_mount(self) -> None:
        self.query_one("#filter").display = False
        self.query_one(Table).focus()
        self.watch_every(WATCH_SECONDS, self.watch_store)
        self.set_interval(LISTEN_SECONDS, self.listen)
        self.listen()
        self.work(self.reload)

    def on_screen_resume(self) -> None:
        self.work(self.reload)

    def retell(self) -> None:
        self._made.clear()
        self.listen()
        self.work(self.reload)

    def watch_store(self) -> None:
        self.query_one(TitleLine).right = self._right()
        if not self._looking:  # one look ends before the next begins, else a slow one would never end
            self._looking = True
            self.work(self._look, group="watch")

    async def _look(self) -> None:
        try:
            if any(row.pending or row.state is State.LAUNCHING for row in self.rows.values()):
                await self.services.thread(self.services.store.ledger.recover)
            version = await self.services.thread(self.services.store.data_version)
            if version != self._version:
                await self.reload()
                self._version = version
        finally:
            self._looking = False

    def _right(self) -> str:
        return "   ".join(part for part in (self._health, clock_text(self.services.now())) if part)

    # what comes in

    def listen(self) -> None:
        """Look after the receiver and its alarms; by itself every few seconds."""
        self.work(self._hear, group="hear", exclusive=True)

    async def _hear(self) -> None:
        """Whether a receiver is there, and of which campaigns nothing comes in though something should."""
        services, receiver, now = self.services, self.santral.config.receiver, self.services.now()
        beats = await services.thread(services.store.receivers.seen_since, now - RECEIVER_SEEN)
        health = await services.thread(services.store.results.health, services.profile.name)
        self._health = receiver_text(beats, health, now, wanted=receiver.public_url is not None)
        self.query_one(TitleLine).right = self._right()
        on = await services.thread(services.store.campaigns.page, services.profile.name, offset=0, limit=MOST_WATCHED,
                                   filter=ListFilter(states=frozenset({State.ON})), sort=Sort())
        totals = await services.thread(services.store.results.totals_of, [campaign.id for campaign in on])
        silent = {campaign.id: since for campaign in on
                  if (since := silent_since(campaign, totals.get(campaign.id, NO_TOTALS), now,
                                            receiver.silence_minutes,
                                            receiving=receiver.public_url is not None)) is not None}
        fallen = [campaign for campaign in on if campaign.id in silent.keys() - self.silent.keys()]
        if len(fallen) == 1:
            moment = moment_text(silent[fallen[0].id], now)
            self.tell(say("screens.campaigns.silent", name=short(fallen[0].name), moment=moment), severity="warning")
        elif fallen:
            self.tell(say("screens.campaigns.several_silent", count=len(fallen)), severity="warning")
        if silent != self.silent:
            self.silent = silent
            await self.reload()

    async def action_results(self) -> None:
        campaign = self.current
        if campaign is None:
            return
        if campaign.provider_id is None and campaign.state.editable:
            name = short(campaign.name or say("screens.unnamed"))
            self.tell(say("screens.results.not_yet", name=name), severity="warning")
            return
        from tui.screens.results import ResultsScreen

        await self.app.push_screen(ResultsScreen(campaign.id))

    def action_webhook(self) -> None:
        self.work(self._check_webhook, group="webhook", exclusive=True)

    async def _check_webhook(self) -> None:
        from tui.operations.webhook_check import check_webhook

        self.tell(say("screens.campaigns.checking_webhook"))
        verdict = await check_webhook(self.services, self.santral.config.receiver)
        self.tell(sentence(verdict.reason), severity="information" if verdict.works else "error")

    def action_unreadable(self) -> None:
        self.work(self._show_unreadable)

    async def _show_unreadable(self) -> None:
        """What came to the webhook and was no notification: the newest, when it came, why, and how it begins."""
        from tui.screens.listing import Listing

        services, deliveries = self.services, self.services.store.deliveries
        profile, now = services.profile.name, services.now()
        count = await services.thread(deliveries.unreadable_count, profile)
        lines: list[str] = []
        for body in await services.thread(deliveries.unreadable, profile, 0, MOST_UNREADABLE):
            lines += ["", f"{moment_text(body.received_at, now)}   {sentence(body.reason)}",
                      short(body.raw.decode("utf-8", "backslashreplace"), MOST_RAW)]
        if count > MOST_UNREADABLE:
            lines += ["", say("screens.campaigns.more_unreadable", count=count - MOST_UNREADABLE)]
        await self.app.push_screen(
            Listing(say("screens.campaigns.unreadable_title"), lines[1:] or [say("screens.campaigns.all_readable")]))

    async def reload(self) -> None:
        """Ask the store anew; the cursor stays on its campaign."""
        services, table = self.services, self.query_one(Table)
        held = self.current
        profile = services.profile.name
        self.count = await services.thread(services.store.campaigns.count, profile, self.filter)
        counts = await services.thread(services.store.campaigns.counts, profile)
        start = max(0, int(table.scroll_offset.y) - table.size.height)
        page = await self._page(start, 3 * max(table.size.height, 20))
        self.rows = {start + place: campaign for place, campaign in enumerate(page)}
        await self._read_totals(page)
        place = next((row for row, campaign in self.rows.items() if held and campaign.id == held.id), None)
        if (table.heading, table.descending) != (self.sort.column, self.sort.descending):
            table.heading, table.descending = self.sort.column, self.sort.descending
            table.refresh()
        table.renew(self.count, start, [self._row(campaign) for campaign in page], cursor=place)
        self._tell_counts(counts)
        self._tell_current()

    async def _page(self, start: int, limit: int) -> list[Campaign]:
        services = self.services
        return await services.thread(services.store.campaigns.page, services.profile.name, filter=self.filter,
                                     sort=self.sort, offset=start, limit=limit)

    @on(Table.Wanted)
    def fetch(self, event: Table.Wanted) -> None:
        self.work(partial(self._fetch, event.start, event.end), group="page", exclusive=True)

    async def _fetch(self, start: int, stop: int) -> None:
        page = await self._page(start, stop - start)
        self.rows |= {start + place: campaign for place, campaign in enumerate(page)}
        await self._read_totals(page)
        self.query_one(Table).put(start, [self._row(campaign) for campaign in page])

    async def _read_totals(self, page: list[Campaign]) -> None:
        services = self.services
        there = [campaign.id for campaign in page if campaign.provider_id is not None]
        if there:
            self.totals |= await services.thread(services.store.results.totals_of, there)

    def _row(self, campaign: Campaign) -> Row:
        """The row of a campaign; made anew only where something that it tells has changed."""
        now, totals = self.services.now(), self.totals.get(campaign.id, NO_TOTALS)
        told = (campaign, totals, campaign.id in self.silent, now.replace(second=0, microsecond=0))
        made = self._made.get(campaign.id)
        if made is None or made[0] != told:
            made = self._made[campaign.id] = (told, self._row_of(campaign, totals, now))
        return made[1]

    def _row_of(self, campaign: Campaign, totals: Totals, now: dt.datetime) -> Row:
        state = state_shown(campaign, now, complete=totals.complete)
        if campaign.id in self.silent:
            state = replace(state, word=say("screens.state.silent", state=state.word), glyph="!", tone="doubt")
        tone = "muted" if campaign.state is State.DELETED else ""
        return {
            "name": Cell(campaign.name or say("screens.unnamed"), tone if campaign.name else "muted"),
            "type": Cell(_type_text(campaign), tone),
            "state": Cell(str(state), state.tone),
            "window": Cell(window_text(window_of_campaign(campaign, now), now), tone),
            "numbers": Cell(grouped(campaign.numbers) if campaign.numbers else "—", tone),
            "called": Cell(percent(called_share(totals)) if totals.called else "", tone),
            "progress": Cell(progress_text(totals), tone),
            "answered": Cell(percent(totals.answered / totals.called) if totals.called else "", tone),
            "keys": Cell(keys_text(totals), tone),
            "id": Cell(str(campaign.provider_id or "—"), tone or "muted"),
        }

    def _tell_counts(self, counts: dict[State, int]) -> None:
        title = self.query_one(TitleLine)
        title.left, title.right = say("screens.title", profile=self.services.profile.name), self._right()
        shown = [(say("screens.campaigns.all"), sum(counts.values()) - counts.get(State.DELETED, 0))]
        shown += [(say(f"campaign.state.{state}"), counts[state]) for state in State if counts.get(state)]
        self.query_one("#counts", Note).text = " " + "   ".join(f"{word} {grouped(count)}" for word, count in shown)
        empty = self.query_one("#empty", Note)
        filtered = bool(self.filter.words)
        empty.text = say("screens.campaigns.nothing_found" if filtered else "screens.campaigns.empty")
        empty.display = self.count == 0
        table = self.query_one(Table)
        if not self.count and self.focused is table:
            self.set_focus(None)  # else it would go to the filter, and a letter would be text
        table.display = self.count > 0
        if self.count and self.focused is None:
            table.focus()

    @property
    def current(self) -> Campaign | None:
        """The campaign that the cursor is on."""
        return self.rows.get(self.query_one(Table).cursor)

    def action_take(self) -> None:
        self.take(id_text(self.current))

    @on(Table.Moved)
    def _tell_current(self) -> None:
        """What the campaign under the cursor is waiting for, in a line of its own."""
        campaign = self.current
        text = ""
        if campaign is not None:
            if campaign.state is State.UNCONFIRMED and campaign.pinged_at is not None:
                text = read_text(campaign.pinged_at, self.services.now())
            elif campaign.reason is not None:
                text = sentence(campaign.reason)
            elif campaign.state is State.UNCONFIRMED:
                text = say("screens.campaigns.unconfirmed")
            elif campaign.id in self.silent:
                moment = moment_text(self.silent[campaign.id], self.services.now())
                text = say("screens.campaigns.silent", name=short(campaign.name), moment=moment)
        self.query_one("#line", Note).text = f" {text}"
        self.refresh_bindings()

    # what can be done

    async def action_new(self) -> None:
        from tui.screens.form import FormScreen

        values = new_values()
        if self.services.profile.caller_id:
            values["cli"] = self.services.profile.caller_id
        await self.app.push_screen(FormScreen(values))  # awaited: what is typed ahead lands in the form

    @on(Table.Opened)
    async def action_open(self) -> None:
        campaign = self.current
        if campaign is None:
            return
        if campaign.state.editable:
            from tui.screens.form import FormScreen

            await self.app.push_screen(FormScreen(campaign))
        else:
            from tui.screens.campaign import CampaignScreen

            await self.app.push_screen(CampaignScreen(campaign.id))

    async def action_test(self) -> None:
        from tui.screens.test_call import ask_for_test_call

        if self.current is not None:
            await ask_for_test_call(self, self.current.id)

    def action_copy(self) -> None:
        if self.current is not None:
            self.work(partial(self._copy, self.current))

    async def _copy(self, campaign: Campaign) -> None:
        from tui.screens.form import FormScreen

        made = await self.services.thread(self.services.store.drafts.copy, campaign.id, numbers=False)
        self.tell(say("screens.campaigns.copied", name=short(campaign.name)))
        await self.app.push_screen(FormScreen(await self.services.thread(self.services.store.campaigns.get, made)))

    def action_switch(self) -> None:
        campaign = self.current
        if campaign is None:
            return
        if campaign.pending is not None:
            self.tell(say("screens.campaigns.under_way", name=short(campaign.name)), severity="warning")
        elif campaign.state not in (State.ON, State.OFF):
            word = state_shown(campaign, self.services.now()).word
            self.tell(say("screens.campaigns.no_switch", name=short(campaign.name), state=word), severity="warning")
        else:
            action = Action.OFF if campaign.state is State.ON else Action.ON
            self.work(partial(self._switch, campaign, action), group="switch")

    async def _switch(self, campaign: Campaign, action: Action) -> None:
        self.set_timer(0.03, self.watch_store)  # the list says "switching" as soon as that is remembered
        try:
            await switch(self.services, campaign.id, action)
        finally:
            await self.reload()
        self.tell(say(f"screens.campaigns.{action}_done", name=short(campaign.name)))

    async def action_delete(self) -> None:
        campaign = self.current
        if campaign is None:
            return
        name = short(campaign.name or say("screens.unnamed"))
        if not campaign.state.editable and self.only_looks():
            return
        if campaign.state.editable:
            await self._guarded(partial(self._remove, campaign))
        elif campaign.state in (State.ON, State.OFF):
            text = say("screens.delete.text", name=name, id=campaign.provider_id)
            question = Question(say("screens.delete.title"), text, say("screens.delete.yes"))

            def answered(sure: bool | None) -> None:  # noqa: FBT001 - the answer of a question
                if sure:
                    self.work(partial(self._switch, campaign, Action.DELETE), group="switch")

            await self.app.push_screen(question, answered)
        else:
            word = state_shown(campaign, self.services.now()).word
            self.tell(say("screens.campaigns.no_delete", name=name, state=word), severity="warning")

    async def _remove(self, draft: Campaign) -> None:
        await self.services.thread(self.services.store.drafts.remove, draft.id)
        self._removed.append(draft.id)
        await self.reload()
        self.tell(say("screens.campaigns.draft_removed", name=short(draft.name or say("screens.unnamed"))))

    def action_undo(self) -> None:
        self.work(self._undo)

    async def _undo(self) -> None:
        """Bring back the draft that was removed last; with the cursor on a removed one, that one."""
        campaign = self.current
        if campaign is not None and campaign.state is State.DELETED and campaign.provider_id is None:
            back = campaign.id
        elif self._removed:
            back = self._removed[-1]
        else:
            self.tell(say("screens.campaigns.nothing_to_undo"), severity="warning")
            return
        await self.services.thread(self.services.store.drafts.bring_back, back)
        self._removed = [removed for removed in self._removed if removed != back]
        await self.reload()
        self.tell(say("screens.campaigns.brought_back"))

    def action_adopt(self) -> None:
        self.work(self._adopt)

    async def _adopt(self) -> None:
        from tui.screens.adopt import AdoptDialog

        self.services.must_be_writable()
        if await self.app.push_screen_wait(AdoptDialog()):
            await self.reload()

    # filter and order

    def action_filter(self) -> None:
        box = self.query_one("#filter", Input)
        box.display = True
        self.set_focus(box)

    @on(Input.Changed, "#filter")
    def _filter_typed(self, event: Input.Changed) -> None:
        self.filter = replace(self.filter, words=event.value)
        self.work(self.reload, group="filter", exclusive=True)

    @on(Input.Submitted, "#filter")
    def _filter_done(self) -> None:
        self.query_one("#filter").display = bool(self.filter.words)
        self.query_one(Table).focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Letters are commands where no text is typed."""
        return not isinstance(self.focused, Input)

    def key_escape(self) -> None:
        if self.santral.waiting:
            self.workers.cancel_group(self, "switch")
            self.tell(say("screens.given_up"), severity="warning")
            return
        box = self.query_one("#filter", Input)
        if box.display:
            box.value = ""
            box.display = False
            self.query_one(Table).focus()

    def action_sort(self) -> None:
        self._sort_by(SORTS[(SORTS.index(self.sort.column) + 1) % len(SORTS)])

    @on(Table.HeadingClicked)
    def _heading(self, event: Table.HeadingClicked) -> None:
        if event.column in SORTS:
            self._sort_by(SortColumn(event.column))

    def _sort_by(self, column: SortColumn) -> None:
        same = column is self.sort.column
        largest_first = column in (SortColumn.UPDATED, SortColumn.NUMBERS)
        self.sort = Sort(column, not self.sort.descending if same else largest_first)
        self.tell(say("screens.campaigns.sorted", column=say(f"screens.sort.{column}")))
        self.work(self.reload)

    def action_deleted(self) -> None:
        self.filter = replace(self.filter, deleted=not self.filter.deleted)
        self.tell(say("screens.campaigns.with_deleted" if self.filter.deleted else "screens.campaigns.without_deleted"))
        self.work(self.reload)

    def action_profile(self) -> None:
        self.work(self._profile)

    async def _profile(self) -> None:
        from tui.screens.profiles import ProfilesDialog

        chosen = await self.app.push_screen_wait(ProfilesDialog(self.santral.config, self.services.profile.name))
        if chosen is not None:
            await self.services.use(chosen)
            await self.reload()


def _type_text(campaign: Campaign) -> str:
    return say(f"screens.type.{campaign.call_type}") if campaign.call_type in CALL_TYPES else "—"


def called_share(totals: Totals) -> float:
    whole = totals.numbers + totals.strangers
    return totals.called / whole if whole else 0.0


def progress_text(totals: Totals) -> str:
    """A bar and a percentage; nothing before anybody was called."""
    if not totals.called:
        return ""
    share = called_share(totals)
    return f"{bar_text(share, BAR_WIDTH)} {percent(share):>5}"


_STEPS = "▁▂▃▄▅▆▇█"


def keys_text(totals: Totals) -> str:
    """The keys that were pressed, each as high as it is frequent beside the others: `1▇ 2▃`."""
    most = max(totals.keys.values(), default=0)
    return " ".join(f"{key}{_STEPS[(many * (len(_STEPS) - 1)) // most]}" for key, many in sorted(totals.keys.items()))


def receiver_text(beats: list[Beat], health: Health, now: dt.datetime, *, wanted: bool) -> str:
    """The receiver's health in a few words; "" where none is configured and none is there."""
    if not beats:
        return say("screens.campaigns.no_receiver") if wanted else ""
    rate = sum(beat.received_last_minute for beat in beats)
    text = say("screens.campaigns.receiver", address=beats[0].address.rpartition(":")[2], rate=rate)
    if health.last_received_at is not None:
        text += f" · {say('screens.results.last', moment=moment_text(health.last_received_at, now))}"
    if health.unreadable:
        text += f" · {say('screens.campaigns.unreadable', count=health.unreadable)}"
    return text
