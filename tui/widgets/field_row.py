"""A field of the form: its label, its editor, and beneath it what is wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Label, Static

from tui.campaign.dates import kept_day, kept_time
from tui.campaign.fields import Field, FieldKind
from tui.campaign.rules import Weight
from tui.core.sanitize import visible
from tui.i18n.words import say
from tui.text.keys import CALL_TYPE, CHOICE, FIELD_DEFAULT, FIELD_LABEL
from tui.widgets.editors import ChoiceEditor, DaysEditor, LineEditor, ReadingLine

Editor = LineEditor | ChoiceEditor | DaysEditor


class FieldRow(Vertical):
    """The row of one field of a create request."""

    def __init__(self, field: Field, text: str, empty: str | None, today: Callable[[], dt.date]) -> None:
        """`empty` is shown where nothing is typed; None: what the provider does then."""
        super().__init__(id=f"field-{field.name}")
        self.field = field
        self._today = today
        self.editor = self._editor_of(text, empty)
        self._problem = Static(markup=False, classes="problem")
        self._shown = ""

    def _editor_of(self, text: str, empty: str | None) -> Editor:
        default = say(FIELD_DEFAULT[self.field.name]) if empty is None else empty
        return editor_of(self.field, text, default, self._today)

    def retranslate(self, empty: str | None) -> None:
        """The editor's words in another language; `empty` as when it was made."""
        fresh = self._editor_of(self.editor.text, empty)
        if isinstance(self.editor, LineEditor) and isinstance(fresh, LineEditor):
            self.editor.placeholder = fresh.placeholder
        elif isinstance(self.editor, ChoiceEditor) and isinstance(fresh, ChoiceEditor):
            self.editor.copy_words_from(fresh)

    def compose(self) -> ComposeResult:
        with Horizontal(classes="line"):
            mark = " *" if self.field.required else ""
            yield Label(say(FIELD_LABEL[self.field.name]) + mark, markup=False, classes="label")
            yield self.editor
        yield self._problem

    def show_meaning(self, meaning: str) -> None:
        """Show beside the text what it means."""
        if isinstance(self.editor, LineEditor):
            self.editor.meaning = meaning

    def show_problems(self, sentences: list[str], weight: Weight) -> None:
        """Show what is wrong beneath the editor, in the tone of the gravest; nothing where nothing is."""
        text = "\n".join(map(visible, sentences))
        if text != self._shown:
            self._shown = text
            self._problem.update(text)
        before = self.classes
        for name, holds in (("-with-problems", bool(sentences)), ("-warning", weight is Weight.WARNING),
                            ("-hint", weight is Weight.HINT)):
            self.set_class(holds, name, update=False)
        if self.classes != before:  # once for all of them: it styles every part of the row anew
            self.update_node_styles()


def editor_of(field: Field, text: str, empty: str, today: Callable[[], dt.date]) -> Editor:
    """The editor for a field's kind, holding `text`; `empty` is shown where that is nothing."""
    match field.kind:
        case FieldKind.DATE:
            return ReadingLine(text, empty, lambda typed: kept_day(typed, today()))
        case FieldKind.TIME:
            return ReadingLine(text, empty, kept_time)
        case FieldKind.DAYS:
            return DaysEditor(text)
        case FieldKind.CHOICE if field.name == "call_type":
            return ChoiceEditor([(choice, say(CALL_TYPE[choice])) for choice in field.choices], text)
        case FieldKind.CHOICE:
            choices = [(choice, say(CHOICE[choice])) for choice in field.choices]
            return ChoiceEditor([("", empty), *choices], text)
        case FieldKind.BOOLEAN:
            return ChoiceEditor([("", empty), ("false", say("campaign.choice.false")),
                                 ("true", say("campaign.choice.true"))], text)
        case FieldKind.FLAG:
            return ChoiceEditor([("", empty), ("true", say("campaign.choice.true"))], text)
    return LineEditor(text, empty)


def row_of(widget: Widget | None) -> FieldRow | None:
    """The row of a field that a widget is the editor of."""
    return next((node for node in widget.ancestors if isinstance(node, FieldRow)), None) if widget is not None else None


def put(editor: Widget, text: str) -> None:
    """Show another text in an editor, which posts no `Edited`."""
    if isinstance(editor, LineEditor | ChoiceEditor | DaysEditor):
        editor.put(text)
