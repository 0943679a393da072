"""The calling windows in the form, beneath the dates and hours that make them."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.app import RenderResult
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tui.campaign.parsed_draft import ParsedDraft
from tui.core.sanitize import visible
from tui.screens.assume import assumptions_of
from tui.text.schedule import schedule_lines
from tui.widgets.text_lines import wrapped

if TYPE_CHECKING:
    from tui.screens.campaign_form import CampaignFormScreen


class WindowsSummary(Widget):
    """When it will call and whether its list can be finished, in words, as the fields above it stand."""

    lines: reactive[tuple[str, ...]] = reactive((), layout=True)

    def on_mount(self) -> None:
        self._form.work(self._learn_holidays, group="holidays")

    @property
    def _form(self) -> CampaignFormScreen:
        return cast("CampaignFormScreen", self.screen)

    async def _learn_holidays(self) -> None:
        """The library is loaded beside the screen, the first time that the section is opened."""
        form = self._form
        await form.services.load_holidays()
        form.recheck()

    def show(self, draft: ParsedDraft, recipients: int, again: int) -> None:
        """`again`: how many rows call one of the people once more."""
        services = self._form.services
        self.lines = tuple(schedule_lines(draft, recipients, services.now(), services.calling_policy(),
                                          assumptions_of(self._form), again=again))

    def render(self) -> RenderResult:
        width = max(20, self.size.width)
        rows = [Content.assemble((row, "$text-warning" if line.startswith("! ") else ""))
                for line in self.lines for row in wrapped(visible(line), width, hang=2)]
        return Content("\n").join(rows)
