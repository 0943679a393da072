"""The sections of the form at its left, each with how it stands: ✓ in order, ✗ a problem, · left alone."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from tui.campaign.fields import FIELDS, PHONE_LIST, Section
from tui.campaign.parsed_draft import ParsedDraft
from tui.campaign.rules import Problem, errors
from tui.i18n.words import say
from tui.text.keys import SECTION


class SectionList(Widget):
    """Shows the sections; a click goes to one."""

    @dataclass
    class Chosen(Message):
        section: Section

    def __init__(self) -> None:
        super().__init__()
        self._current = Section.BASICS
        self._marks: dict[Section, str] = {}

    def show(self, current: Section, draft: ParsedDraft, problems: list[Problem]) -> None:
        wrong = {self._section_of(problem.field) for problem in errors(problems)}
        touched = {FIELDS[name].section for name, text in draft.values.items() if text.strip() and name in FIELDS}
        before = (self._current, dict(self._marks))
        self._current = current
        for section in Section:
            if section is Section.REVIEW:
                mark = "✗" if wrong else "✓"
            elif section in wrong:
                mark = "✗"
            else:
                mark = "✓" if section in touched or section is Section.NUMBERS else "·"
            self._marks[section] = mark
        if (self._current, self._marks) != before:  # with each key that is typed: seldom
            self.refresh()

    @staticmethod
    def _section_of(field: str) -> Section:
        return Section.NUMBERS if field == PHONE_LIST else FIELDS[field].section

    def render(self) -> RenderResult:
        tones = {"✓": "$success", "✗": "$error", "·": "$faint"}
        lines = []
        for place, section in enumerate(Section, start=1):
            mark = self._marks.get(section, "·")
            here = section is self._current
            name = f"{place} {say(SECTION[section])}"
            lines.append(Content.assemble(("▌" if here else " ", "$accent"), (mark, tones[mark]), " ",
                                          (name, "bold" if here else "$muted")))
        return Content("\n").join(lines)

    def on_click(self, event: events.Click) -> None:
        sections = list(Section)
        offset = event.get_content_offset(self)
        if offset is not None and offset.y < len(sections):
            self.post_message(self.Chosen(sections[offset.y]))
