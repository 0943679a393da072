"""Fetching call records: how far it is, how long the provider makes one wait, and what it has brought."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.widgets import ProgressBar, Static

from tui.app.dialog import Dialog, DialogButton, text_line
from tui.app.screen_work import reasons_of
from tui.core.sanitize import visible
from tui.i18n.words import say
from tui.operations.records import Fetched, RecordsProgress, fetch_records
from tui.store import Campaign
from tui.text.formats import moment_text, sentence, short
from tui.widgets.button import Button


class CallRecordsDialog(Dialog[None]):
    """Begins by itself. `esc` stops it; what has come by then is kept, and the next fetch goes on from there."""

    BUTTONS = (DialogButton("no", "screens.records.stop"), DialogButton("again", "screens.records.again", "primary"))
    AUTO_FOCUS = "#no"
    STOPS = "records"

    def __init__(self, campaign: Campaign) -> None:
        super().__init__()
        self._campaign = campaign
        self._progress = RecordsProgress(0, None, 0, 0, 0)
        self._waiting = 0  # seconds

    def heading(self) -> str:
        return say("screens.records.title", name=short(self._campaign.name, 50))

    def body(self) -> ComposeResult:
        yield text_line(say("screens.records.about"))
        yield ProgressBar(show_eta=False, id="progress")
        yield Static(id="status", markup=False)

    def on_mount(self) -> None:
        self.set_interval(1, self._count_down)
        self.begin()

    @on(Button.Pressed, "#again")
    def begin(self) -> None:
        self.query_one("#again").display = False
        self.query_one("#no", Button).label = say("screens.records.stop")
        self.set_focus(self.query_one("#no"))
        self._progressed(RecordsProgress(0, None, 0, 0, 0))
        self.work(self._fetch, group="records", exclusive=True)

    async def _fetch(self) -> None:
        try:
            fetched = await fetch_records(self.services, self._campaign.id, self._progressed)
        except Exception as error:  # it can be tried again here; what has no sentence is shown by the screen
            lines = [visible(sentence(reason)) for reason in reasons_of(error)]
            unexpected = not lines
            if unexpected:
                lines.append(say("screens.records.failed"))
            if self._progress.pages:
                lines.append(say("screens.records.kept", count=self._progress.pages))
            self._ended("\n".join(lines), "#again")
            if unexpected:
                raise
            return
        self._ended("\n".join(self._summary(fetched)), "#no")

    def _ended(self, text: str, focus: str) -> None:
        self._waiting = 0
        self.query_one("#status", Static).update(text)
        self.query_one("#no", Button).label = say("common.close")
        self.query_one("#again").display = focus == "#again"
        self.set_focus(self.query_one(focus))

    def _summary(self, fetched: Fetched) -> list[str]:
        lines = [say("screens.records.looked", count=fetched.calls),
                 say("screens.records.matched", count=fetched.matched)]
        if fetched.known:
            lines.append(say("screens.records.known", count=fetched.known))
        if fetched.ambiguous:
            lines.append(say("screens.records.ambiguous", count=fetched.ambiguous))
        if fetched.left_out:
            place = visible(short(fetched.left_out[0]))
            lines.append(say("screens.records.left_out", count=len(fetched.left_out), place=place))
        moment = moment_text(fetched.complete_to, self.services.now())
        return [*lines, say("screens.records.complete", moment=moment)]

    def _progressed(self, progress: RecordsProgress) -> None:
        self._progress, self._waiting = progress, progress.waiting
        self.query_one(ProgressBar).update(total=progress.of, progress=progress.pages)
        self._show_progress()

    def _show_progress(self) -> None:
        progress = self._progress
        lines = [say("screens.records.pages", count=progress.pages) if progress.of is None
                 else say("screens.records.pages_of", count=progress.of, read=progress.pages),
                 say("screens.records.so_far", count=progress.calls, matched=progress.matched)]
        if self._waiting:
            lines.append(say("screens.records.waiting", count=self._waiting))
        self.query_one("#status", Static).update("\n".join(lines))

    def _count_down(self) -> None:
        if self._waiting:
            self._waiting -= 1
            self._show_progress()
