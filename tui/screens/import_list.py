"""A list on its way in: what was found in it, what is decided instead, and its first rows as they would be called."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from functools import partial
from itertools import islice
from typing import Final

from msgspec import Struct
from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Label, Static

from tui.app.screen import AppScreen
from tui.campaign.fields import LANGUAGES
from tui.campaign.phone import ValidationResult, is_premium, readable_phone
from tui.campaign.speech import heard
from tui.config.keymap import Place
from tui.core.reason import Reason
from tui.core.sanitize import visible
from tui.core.text_keys import TextKeys
from tui.i18n.words import say
from tui.numbers.columns import ListColumn, Role
from tui.numbers.errors import BadList
from tui.numbers.left_out import above_reason, hidden_rows, other_sheets
from tui.numbers.listing import AS_FOUND, AS_PROPOSED, ColumnQuestion, DetectedList, ListOptions, find
from tui.numbers.reading import validate_source_row
from tui.numbers.rows import SourceRow, read
from tui.numbers.source import ENCODINGS, Source
from tui.numbers.writing import DATES, Writing
from tui.screens.account_picker import ANNOUNCEMENT, AccountPicker, insert_announcement
from tui.screens.references import reference_column, reference_text
from tui.text.formats import clock_text, sentence
from tui.widgets.binding import bindings, binds
from tui.widgets.editors import CycleEditor, Edited, LineEditor
from tui.widgets.lines import KeyLine, TitleLine
from tui.widgets.page import Pane
from tui.widgets.table import Cell, Column, Row, Table

SHOWN_ROWS: Final = 100
_SEPARATORS: Final = {
    ";": "screens.import.separator_semicolon", "\t": "screens.import.separator_tab",
    ",": "screens.import.separator_comma", "|": "screens.import.separator_pipe", "": "screens.import.separator_none"}
_HIDDEN: Final = (("no", "screens.import.hidden_no"), ("yes", "screens.import.hidden_yes"))
_NONE: Final = "-"  # in the editors of columns: in none of them
_ALL: Final = "all:"  # in the language's editor: one language for every row
_SETTINGS: Final = ("encoding", "separator", "sheet", "hidden", "header", "reference", "phone", "phrase", "lang")
_LABEL: Final = TextKeys("screens.import.{}", _SETTINGS)
_WRITING: Final = TextKeys("numbers.writing.{}", Writing)


class Looked(Struct, frozen=True):
    """The head of a list as it reads with some options; `problem` where it doesn't.

    `hidden` is how many rows of it a sheet hides, `others` the sheets besides in which something stands.
    """

    options: ListOptions
    found: DetectedList | None
    rows: tuple[tuple[SourceRow, ValidationResult], ...] = ()
    problem: Reason | None = None
    hidden: int = 0
    others: tuple[str, ...] = ()


def look(source: Source, options: ListOptions) -> Looked:
    """Reads the head alone, and what a sheet hides. It blocks."""
    found: DetectedList | None = None
    hidden = 0
    others: tuple[str, ...] = ()
    try:
        found = find(source, options)
        hidden, others = hidden_rows(source, found, AS_FOUND), other_sheets(source, found)
        if found.problem is not None:
            return Looked(options, found, (), found.problem.reason, hidden, others)
        rows = tuple((row, validate_source_row(row)) for row in islice(read(source, options), SHOWN_ROWS))
    except BadList as bad:
        return Looked(options, found, (), bad.reason, hidden, others)
    return Looked(options, found, rows, None, hidden, others)


class ListImportScreen(AppScreen[ListOptions]):
    """Its answer is what was decided of the list; None where it is left. Nothing is taken in by it."""

    HELP_TOPIC = "import"
    BINDINGS = bindings(Place.LIST_IMPORT)
    AUTO_FOCUS = "#set-template"
    LOSES = "list"

    def __init__(self, called: str, source: Source) -> None:
        """`called` is a file's name; "" of what was pasted."""
        super().__init__(classes="-import")
        self._called = called
        self._source = source
        self._options = AS_PROPOSED
        self._looked: Looked | None = None
        self._editors: dict[str, CycleEditor] = {name: _editor(name, [("", "…")]) for name in _SETTINGS}
        self._asked: dict[int, ColumnQuestion] = {}  # by column, those that were answered too

    @property
    def begun(self) -> bool:
        """What was pasted is nowhere else; of a file, what was decided."""
        return not self._called or self._options != AS_PROPOSED

    def compose(self) -> ComposeResult:
        yield TitleLine(id="title")
        with Pane(id="settings"):
            for name in _SETTINGS:
                with Horizontal(classes="line", id=f"line-{name}"):
                    yield Label(say(_LABEL[name]), markup=False, classes="label")
                    yield self._editors[name]
            with Horizontal(classes="line", id="line-template"):
                yield Label(say("screens.import.template"), markup=False, classes="label")
                yield LineEditor("", "", id="set-template")
        yield Static(id="left-out", markup=False)
        yield Static(id="problem", markup=False, classes="problem")
        yield Table(_columns(), id="rows")
        yield Static(id="heard", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        self._show_title()
        self._look()

    def _show_title(self) -> None:
        title = self.query_one(TitleLine)
        title.left = say("screens.import.title", name=visible(self._called or say("screens.import.pasted")))
        title.right = clock_text(self.services.now())

    def refresh_texts(self) -> None:
        self._show_title()
        if self._looked is not None:
            self._show(self._looked)
        for place, question in self._asked.items():
            text, choices = _question_words(question)
            self.query_one(f"#question-{place}", Static).update(text)
            editor = self._editors[f"question-{place}"]
            editor.renew(choices, editor.text)

    # what is found

    def _look(self) -> None:
        self.work(partial(self._read, self._options), group="look", exclusive=True)

    async def _read(self, options: ListOptions) -> None:
        looked = await asyncio.to_thread(look, self._source, options)
        if options == self._options:  # else it is being read anew
            self._show(looked)

    def _show(self, looked: Looked) -> None:
        self._looked = looked
        if looked.found is not None:
            self._show_settings(looked.found)
            self._show_hidden(looked, looked.found)
        table = self.query_one(Table)
        table.show(_columns(referred=any(row.reference for row, _ in looked.rows),
                            phrased=any(row.phrase for row, _ in looked.rows)))
        table.renew(len(looked.rows), 0, [_row(*each) for each in looked.rows])
        self._show_problem()
        self._show_heard(table.cursor)

    def _show_settings(self, found: DetectedList) -> None:
        columns = [(str(column.place), _heading(column)) for column in found.columns]
        nowhere = (_NONE, say("screens.import.nowhere"))
        place = {role: _NONE if (at := found.place(role)) is None else str(at) for role in Role}
        everywhere = [(f"{_ALL}{lang}", say("screens.import.for_all", lang=lang)) for lang in LANGUAGES]
        self._offer("encoding", [(name, name.upper()) for name in _encodings(found)], found.encoding)
        self._offer("separator", [(each, say(key)) for each, key in _SEPARATORS.items()],
                    found.separator)
        self._offer("sheet", [(sheet, sheet) for sheet in found.sheets], found.sheet)
        self._offer("header", [("yes", say("screens.import.header_yes")), ("no", say("screens.import.header_no"))],
                    "yes" if found.header else "no")
        self._offer("phone", [*columns, nowhere], place[Role.PHONE])
        self._offer("phrase", [nowhere, *columns], place[Role.PHRASE])
        lang = f"{_ALL}{self._options.lang}" if self._options.lang else place[Role.LANG]
        self._offer("lang", [nowhere, *everywhere, *columns], lang)
        self._offer("reference", [nowhere, *((place, say("screens.import.reference_kept", column=heading))
                                             for place, heading in columns)], place[Role.REFERENCE])
        for name, shown in (("encoding", bool(found.encoding)), ("separator", not found.sheets),
                            ("sheet", len(found.sheets) > 1), ("phrase", found.template is None),
                            ("reference", len(found.columns) > 1)):
            self.query_one(f"#line-{name}").display = shown
        self.query_one("#set-template", LineEditor).placeholder = say(
            "screens.import.template_hint", names=" ".join(f"{{{column.name}}}" for column in found.columns))
        self._ask(found.questions)

    def _show_hidden(self, looked: Looked, found: DetectedList) -> None:
        """What stands in the list and is not taken in, unless the operator wants it."""
        parts = [say("screens.import.hidden_rows", count=looked.hidden)] if looked.hidden else []
        if found.hidden_columns:
            parts.append(say("screens.import.hidden_columns", count=len(found.hidden_columns),
                             columns=", ".join(found.hidden_columns)))
        what = ", ".join(parts)
        self._offer("hidden", [(answer, say(key, what=what)) for answer, key in _HIDDEN],
                    "yes" if self._options.hidden else "no")
        self.query_one("#line-hidden").display = bool(parts)
        lines = [sentence(above_reason(found))] if found.above else []
        if looked.others:
            lines.append(say("screens.import.other_sheets", count=len(looked.others), sheets=", ".join(looked.others)))
        left_out = self.query_one("#left-out", Static)
        left_out.update(visible(" ".join(lines)))
        left_out.display = bool(lines)

    def _offer(self, name: str, options: list[tuple[str, str]], text: str) -> None:
        self._editors[name].renew(options, text)

    def _ask(self, questions: tuple[ColumnQuestion, ...]) -> None:
        """A line for each question. Those that were answered stay, so that the answer can be changed."""
        settings = self.query_one("#settings")
        asked = {question.column.place for question in questions}
        for line in self.query(".question-line"):
            place = int((line.id or "").removeprefix("line-question-"))
            shown = place in asked or place in self._options.writings  # another sheet asks other things
            line.display = self.query_one(f"#question-{place}").display = shown
        for question in questions:
            place = question.column.place
            self._asked[place] = question
            text, choices = _question_words(question)
            if self.query(f"#line-question-{place}"):
                self.query_one(f"#question-{place}", Static).update(text)
                self._editors[f"question-{place}"].renew(choices, "")
                continue
            editor = self._editors[f"question-{place}"] = _editor(f"question-{place}", choices)
            settings.mount(Static(text, markup=False, classes="question", id=f"question-{place}"))
            settings.mount(Horizontal(Label("?", markup=False, classes="label"), editor, classes="line question-line",
                                      id=f"line-question-{place}"))

    def _show_problem(self) -> None:
        looked = self._looked
        text = ""
        if looked is not None and looked.problem is not None:
            text = sentence(looked.problem)
        elif looked is not None and looked.found is not None and looked.found.questions:
            text = say("screens.import.answer_first", count=len(looked.found.questions))
        self.query_one("#problem", Static).update(visible(text))

    @on(Table.Moved)
    def _moved(self, event: Table.Moved) -> None:
        self._show_heard(event.row)

    def _show_heard(self, index: int) -> None:
        """The phrase of the row one is at, as it is heard; what is wrong with it, where something is; its reference."""
        rows = self._looked.rows if self._looked is not None else ()
        text = ""
        if index < len(rows):
            row, result = rows[index]
            problem = row.problem or result.problem
            if problem is not None:
                text = sentence(problem)
            elif row.phrase:
                text = say("screens.import.heard", text=" ".join(word.text for word in heard(row.phrase, row.lang)))
            text = "   ".join(filter(None, (text, reference_text(row.reference, self.query_one(Table)))))
        self.query_one("#heard", Static).update(visible(text))

    # what is decided

    @on(Edited)
    def _edited(self, event: Edited) -> None:
        event.stop()
        name = (event.editor.id or "").removeprefix("set-")
        self._options = _decided(self._options, name, event.text)
        self._look()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Up and down go from line to line, where the table doesn't take them."""
        if action == "pick":
            return self.why_not(action) is None
        return action != "step" or not binds(self.focused, "move.up")

    def why_not(self, action: str) -> str | None:
        if action == "pick" and (self.focused is None or self.focused.id != "set-template"):
            return say("screens.import.nothing_to_pick")
        looked = self._looked
        if action != "go":
            return None
        if looked is None or looked.options != self._options:
            return say("screens.import.still_reading")
        return sentence(looked.problem) if looked.problem is not None else None

    async def action_pick(self) -> None:
        """Put an announcement into the phrase for all, chosen by its name."""
        line = self.query_one("#set-template", LineEditor)
        await self.open(AccountPicker(ANNOUNCEMENT, "", partial(insert_announcement, line)))

    def action_go(self) -> None:
        """Take the list in as it is shown."""
        found = self._looked.found if self._looked is not None else None
        if found is not None and found.questions:
            self.notify(say("screens.import.answer_first", count=len(found.questions)), severity="warning")
            self.set_focus(self.query_one(f"#set-question-{found.questions[0].column.place}"))
        else:
            self.dismiss(self._options)

    def action_leave(self) -> None:
        self.dismiss(None)


def _editor(name: str, choices: list[tuple[str, str]]) -> CycleEditor:
    editor = CycleEditor(choices, "")
    editor.id = f"set-{name}"
    return editor


def _question_words(question: ColumnQuestion) -> tuple[str, list[tuple[str, str]]]:
    """What is asked of a column, and the answers there are."""
    kind = "numbers.question.date" if question.choices[0][0] in DATES else "numbers.question.amount"
    text = visible(say(kind, column=_heading(question.column), value=question.example))
    choices = [(writing.value, f"{say(_WRITING[writing])}: {becomes}")
               for writing, becomes in question.choices]
    return text, [("", say("screens.import.unanswered")), *choices]


def _decided(options: ListOptions, name: str, text: str) -> ListOptions:
    """The options with one of them as it was edited. What columns are for is forgotten where there are others."""
    match name:
        case "encoding":
            return replace(options, encoding=text)
        case "separator":
            return replace(options, separator=text, roles={}, writings={})
        case "sheet":
            return replace(options, sheet=text, roles={}, writings={})
        case "hidden" | "header":
            yes = text == "yes"
            return replace(options, hidden=yes) if name == "hidden" else replace(options, header=yes)
        case "template":
            return replace(options, template=text)
        case "phone" | "phrase" | "reference":
            return replace(options, roles={**options.roles, Role(name): _place(text)})
        case "lang":
            lang = text.removeprefix(_ALL) if text.startswith(_ALL) else ""
            roles = options.roles if lang else {**options.roles, Role.LANG: _place(text)}
            return replace(options, lang=lang, roles=roles)
    writings = dict(options.writings)
    place = int(name.removeprefix("question-"))
    writings.pop(place, None)
    return replace(options, writings={**writings, **({place: Writing(text)} if text else {})})


def _place(text: str) -> int | None:
    return None if text == _NONE else int(text)


def _encodings(found: DetectedList) -> Iterator[str]:
    if found.encoding not in ENCODINGS:
        yield found.encoding
    yield from ENCODINGS


def _columns(*, referred: bool = False, phrased: bool = True) -> list[Column]:
    """`referred`, `phrased`: whether rows have a reference, a phrase; without phrases references have their room."""
    phrase = Column("phrase", say("screens.numbers.phrase"))
    return [
        Column("line", say("screens.import.line"), 6, right=True),
        Column("typed", say("screens.numbers.typed"), 18),
        Column("phone", say("screens.numbers.phone"), 18),
        *([phrase] if not referred else [reference_column(), phrase] if phrased else [reference_column(alone=True)]),
    ]


def _heading(column: ListColumn) -> str:
    return column.heading or f"{{{column.name}}}"


def _row(row: SourceRow, result: ValidationResult) -> Row:
    problem = row.problem or result.problem
    if problem is not None or result.phone is None:
        phone = Cell(say("screens.import.not_callable"), "bad")
    else:
        readable = readable_phone(result.phone)
        doubt = "!" if is_premium(result.phone) else "" if result.valid else "?"
        phone = Cell(f"{doubt} {readable}", "doubt") if doubt else Cell(readable)
    return {"line": Cell(str(row.line), "muted"), "typed": Cell(row.phone), "phone": phone,
            "reference": Cell(row.reference), "phrase": Cell(row.phrase, "muted")}
