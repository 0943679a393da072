"""The key map: one record for each command, from which bindings, help, the palette, README and `[keys]` are made.

What a command is called and does is the text `key.<id>` and `does.<id>`. Why it can't be given at a moment is answered
by the node whose action it is: its `why_not`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache
from typing import Final, NamedTuple

from msgspec import Struct

from tui.core.text_keys import TextKeys
from tui.i18n.key_names import shown


class Place(StrEnum):
    """Where keys are heard: the app, a screen, or a part of one that has the focus."""

    APP = "app"
    EVERYWHERE = "everywhere"  # every screen and dialog
    CAMPAIGN_LIST = "campaign_list"
    CAMPAIGN_DETAIL = "campaign_detail"
    CAMPAIGN_FORM = "campaign_form"
    FORM_FIELDS = "form_fields"
    NUMBERS = "numbers"
    REVIEW = "review"
    MENU_SUMMARY = "menu_summary"
    LIST_IMPORT = "list_import"
    DIGIT_TARGET_EDITOR = "digit_target_editor"
    TRY_CALL = "try_call"
    RESULTS = "results"
    CALLS = "calls"
    PERSON = "person"
    DO_NOT_CALL = "do_not_call"
    FOLLOW_UP_PLAN = "follow_up_plan"
    SETTINGS = "settings"
    FIRST_RUN = "first_run"
    DIALOG = "dialog"
    OFFERS = "offers"  # a line in a dialog, and rows beneath it that fit to what is typed
    SAVED_MENUS = "saved_menus"
    PROFILE_FORM = "profile_form"
    BULK_PROGRESS = "bulk_progress"
    TEXT_LINES = "text_lines"
    DROPPED = "dropped"
    HELP = "help"
    PALETTE = "palette"
    BUTTON = "button"
    TEXT_LINE = "text_line"
    CHOICE = "choice"
    DAYS = "days"
    OPTIONS = "options"
    PAGE = "page"
    TABLE = "table"
    TICK = "tick"


_PARTS: Final = (Place.BUTTON, Place.TEXT_LINE, Place.CHOICE, Place.OPTIONS, Place.PAGE, Place.TABLE, Place.TICK)
# What lies in a place and can have the focus: a key that is pressed there is heard by all that it lies in. A line of
# text in a table's screen is left out: while one types there, the screen's own commands are not given.
_WITHIN: Final[Mapping[Place, tuple[Place, ...]]] = {
    Place.APP: (Place.EVERYWHERE,),
    Place.EVERYWHERE: (
        Place.CAMPAIGN_LIST, Place.CAMPAIGN_DETAIL, Place.CAMPAIGN_FORM, Place.LIST_IMPORT, Place.DIGIT_TARGET_EDITOR,
        Place.TRY_CALL, Place.RESULTS, Place.CALLS, Place.PERSON, Place.DO_NOT_CALL, Place.FOLLOW_UP_PLAN,
        Place.SETTINGS,
        Place.FIRST_RUN, Place.DIALOG, Place.PALETTE),
    Place.CAMPAIGN_LIST: (Place.TABLE,),
    Place.CAMPAIGN_DETAIL: (Place.PAGE,),
    Place.CAMPAIGN_FORM: (Place.FORM_FIELDS, Place.NUMBERS, Place.REVIEW),
    Place.FORM_FIELDS: (Place.TEXT_LINE, Place.CHOICE, Place.DAYS, Place.MENU_SUMMARY),
    Place.NUMBERS: (Place.TABLE,),
    Place.REVIEW: (Place.OPTIONS, Place.BUTTON),
    Place.LIST_IMPORT: _PARTS,
    Place.RESULTS: (Place.TABLE,),
    Place.CALLS: (Place.TABLE,),
    Place.PERSON: (Place.PAGE,),
    Place.DO_NOT_CALL: (Place.TABLE,),
    Place.FOLLOW_UP_PLAN: (Place.TABLE,),
    Place.SETTINGS: (Place.TABLE, Place.CHOICE),
    Place.FIRST_RUN: (Place.TEXT_LINE, Place.CHOICE, Place.BUTTON),
    Place.DIALOG: (Place.OFFERS, Place.SAVED_MENUS, Place.PROFILE_FORM, Place.BULK_PROGRESS, Place.TEXT_LINES,
                   Place.DROPPED, Place.HELP, *_PARTS),
    Place.SAVED_MENUS: (Place.OFFERS,),
    Place.PROFILE_FORM: _PARTS,
    Place.HELP: (Place.PAGE, Place.TEXT_LINE),
}


class Use(NamedTuple):
    """What a command does in a place: Textual's action, and whether it stands in the last line of the screen."""

    action: str  # of what is in the place, or of its attribute that is named before a dot (`CommandOwner`)
    in_footer: bool = False
    # Before the widget with the focus hears the key. What waits for its turn behind that lets later keys of a burst
    # overtake it: only what must give way to the widget, or is pressed alone, does.
    priority: bool = True


class Command(Struct, frozen=True):
    """A command: its id, the keys that the program gives it (Textual's names), and what it does where."""

    id: str
    keys: tuple[str, ...]
    uses: Mapping[Place, Use]
    required: bool = False  # without a key of its own one could not get out
    while_typing: bool = False  # acts where text is typed too: its keys can't all be characters

    @property
    def group(self) -> str:
        """What stands before the first dot of its id; `key.group.<group>` names it."""
        return self.id.partition(".")[0]


def _command(id_: str, keys: str, uses: Mapping[Place, str | Use], *, required: bool = False,
             while_typing: bool = False) -> Command:
    full = {place: use if isinstance(use, Use) else Use(use) for place, use in uses.items()}
    return Command(id_, tuple(keys.split(",")), full, required, while_typing)


def _of(place: Place, *rows: tuple[str, str, str], in_footer: bool = True,
        while_typing: bool = False) -> Iterator[Command]:
    """Commands of one place: id, keys, action."""
    for id_, keys, action in rows:
        yield Command(id_, tuple(keys.split(",")), {place: Use(action, in_footer)}, while_typing=while_typing)


def _in_footer(action: str, *places: Place) -> dict[Place, Use]:
    return dict.fromkeys(places, Use(action, in_footer=True))


_SCREENS: Final = (Place.CAMPAIGN_DETAIL, Place.CAMPAIGN_FORM, Place.LIST_IMPORT, Place.DIGIT_TARGET_EDITOR,
                   Place.TRY_CALL, Place.RESULTS, Place.CALLS, Place.PERSON, Place.DO_NOT_CALL, Place.FOLLOW_UP_PLAN,
                   Place.SETTINGS)  # those that lie over the list
_PHONE: Final = {**{digit: f"phone.{digit}" for digit in "1234567890"}, "*": "phone.star", "#": "phone.hash"}
_PHONE_KEYS: Final = {"*": "asterisk,z", "#": "number_sign,d"}

_ALL: Final[tuple[Command, ...]] = (
    # A screen's own commands stand before those that every screen has: in the order of its last line.
    *_of(Place.CAMPAIGN_LIST,
         ("campaigns.new", "n", "commands.new"), ("campaigns.switch", "space", "commands.switch"),
         ("campaigns.open", "enter", "commands.open"), ("campaigns.results", "r", "commands.results"),
         ("campaigns.test", "t", "commands.test"), ("campaigns.copy", "c", "commands.copy"),
         ("campaigns.delete", "d", "commands.delete"), ("campaigns.mark", "m", "bulk.mark"),
         ("campaigns.filter", "slash,f3", "choices.filter"),
         ("campaigns.stop_all", "exclamation_mark", "bulk.stop_all"), ("campaigns.sort", "s", "choices.sort"),
         ("campaigns.pane", "v", "pane.turn"), ("campaigns.undo", "u", "commands.undo"),
         ("campaigns.profile", "p", "profile"), ("campaigns.adopt", "i,ı", "track"),
         ("campaigns.deleted", "x", "choices.deleted"), ("campaigns.webhook", "w", "incoming.webhook"),
         ("campaigns.unreadable", "o", "incoming.unreadable"), ("campaigns.do_not_call", "b", "do_not_call")),
    *_of(Place.CAMPAIGN_LIST,
         ("campaigns.state", "right,l", "choices.state(1)"), ("campaigns.state_back", "left,h", "choices.state(-1)"),
         ("campaigns.replace", "e", "commands.replace"), ("campaigns.again", "a", "commands.again"),
         ("campaigns.sort_back", "S", "choices.sort_back"), ("campaigns.mark_all", "M", "bulk.mark_all"),
         ("campaigns.mark_up", "shift+up,K", "bulk.mark_range(-1)"),
         ("campaigns.mark_down", "shift+down,J", "bulk.mark_range(1)"), in_footer=False),
    _command("campaign.switch", "space", {
        **_in_footer("switch", Place.CAMPAIGN_DETAIL), **_in_footer("commands.switch", Place.RESULTS)}),
    *_of(Place.CAMPAIGN_DETAIL, ("campaign.results", "r", "results"),
         ("campaign.resolve", "o", "resolve"), ("campaign.delete", "d", "delete"), ("campaign.test", "t", "test"),
         ("campaign.copy", "c", "copy"), ("campaign.replace", "e", "replace"),
         ("campaign.again", "a", "again")),
    _command("form.pick", "f4", {
        **_in_footer("picking.pick", Place.CAMPAIGN_FORM),
        **_in_footer("pick", Place.LIST_IMPORT, Place.PROFILE_FORM)}, while_typing=True),
    *_of(Place.CAMPAIGN_FORM,
         ("form.previous", "f7,ctrl+b", "navigation.section(-1)"),
         ("form.next", "f8,ctrl+n", "navigation.section(1)"), ("form.problem", "f6", "navigation.problem"),
         ("form.review", "f9", "navigation.review"), ("form.menu", "f5", "menu.open"),
         while_typing=True),
    *_of(Place.LIST_IMPORT, ("import.go", "f9", "go"), while_typing=True),
    *_of(Place.NUMBERS, ("numbers.filter", "right,l", "choice.filter(1)")),
    *_of(Place.NUMBERS, ("numbers.filter_back", "left,h", "choice.filter(-1)"), in_footer=False),
    *_of(Place.NUMBERS,
         ("numbers.search", "slash,f3", "choice.search"), ("numbers.edit", "enter", "row.edit"),
         ("numbers.remove", "delete,x", "row.remove"), ("numbers.drop_shown", "d", "changes.drop_shown"),
         ("numbers.undo", "u", "changes.undo"), ("numbers.before", "b", "choice.before"),
         ("numbers.blocked", "f", "choice.blocked"), ("numbers.dropped", "e", "changes.dropped"),
         ("numbers.clear", "D", "changes.clear"), ("numbers.repeats", "r", "changes.repeats")),
    *_of(Place.NUMBERS, ("numbers.never", "B", "row.never"), in_footer=False),
    *_of(Place.REVIEW,
         ("review.launch", "l", "launch.begin"), ("review.test", "t", "launch.test"),
         ("review.view", "v", "content.view"), ("review.copy", "y", "content.copy"),
         ("review.assume", "a", "content.assume"), ("review.do_not_call", "d", "overrides.refused"),
         ("review.over_limit", "o", "overrides.over_limit")),
    *_of(Place.DIGIT_TARGET_EDITOR,
         ("menu.edit", "enter", "edit"), ("menu.try", "t", "try"), ("menu.cut", "x", "editing.cut"),
         ("menu.copy", "y", "editing.copy"), ("menu.paste", "p", "editing.paste"),
         ("menu.clear", "delete,backspace", "editing.clear"), ("menu.swap", "s", "editing.swap"),
         ("menu.undo", "u", "editing.undo"), ("menu.redo", "ctrl+r,ctrl+y", "editing.redo"),
         ("menu.opt_out", "m", "editing.opt_out"), ("menu.from_campaign", "c", "menus.from_campaign"),
         ("menu.save", "a", "menus.save"), ("menu.load", "o", "menus.load")),
    *_of(Place.DIGIT_TARGET_EDITOR,
         ("menu.no_key", "n,minus", "go('-')"), ("menu.wrong_key", "w,exclamation_mark", "go('!')"), in_footer=False),
    *_of(Place.SAVED_MENUS, ("menus.remove", "f8", "remove"), while_typing=True),
    *_of(Place.TRY_CALL,
         ("try.silence", "enter,space", "silence"), ("try.hang_up", "x", "hang_up"), ("try.again", "r", "again"),
         ("try.next", "n,right", "number(1)"), ("try.previous", "b,left", "number(-1)")),
    *_of(Place.RESULTS, ("results.filter", "right,l", "choices.filter(1)")),
    *_of(Place.RESULTS, ("results.filter_back", "left,h", "choices.filter(-1)"), in_footer=False),
    *_of(Place.RESULTS,
         ("results.search", "slash,f3", "search.begin"), ("results.attempts", "enter", "number.attempts"),
         ("results.export", "e", "commands.export"), ("results.plan", "f", "commands.plan"),
         ("results.records", "c", "commands.records"), ("results.status", "s", "choices.status"),
         ("results.digit", "d", "choices.digit"), ("results.view", "v", "view")),
    *_of(Place.RESULTS, ("results.life", "L", "life"), in_footer=False),
    *_of(Place.RESULTS, ("results.follow", "F", "commands.follow"), in_footer=False),
    *_of(Place.FOLLOW_UP_PLAN,
         ("plan.edit", "enter", "editing.edit"), ("plan.toggle", "space", "editing.turn"),
         ("plan.make", "f", "make"), ("plan.load", "o", "editing.load"), ("plan.save", "a", "editing.save"),
         ("plan.drop", "delete,x", "editing.drop"), ("plan.delete", "d", "editing.delete"),
         ("plan.copy", "y", "editing.copy_plan")),
    *_of(Place.CALLS,
         ("call.who", "enter,w", "commands.who"), ("call.save", "s", "commands.save"),
         ("call.play", "p", "commands.play")),
    _command("results.never", "b,B", {
        Place.RESULTS: "number.never", Place.CALLS: "never", **_in_footer("never", Place.DROPPED)}),
    *_of(Place.PERSON,
         ("person.calls", "c", "calls"), ("person.note", "n", "note"), ("person.export", "e", "export"),
         ("person.never", "b,B", "never")),
    *_of(Place.PERSON, ("person.copy", "y", "copy_report"), in_footer=False),
    _command("person.open", "number_sign,N", {
        **dict.fromkeys((Place.CAMPAIGN_LIST, Place.CAMPAIGN_DETAIL, Place.PERSON), Use("person")),
        **_in_footer("person", Place.TEXT_LINES, Place.DROPPED),
        Place.RESULTS: Use("number.person"),
        **_in_footer("row.person", Place.NUMBERS), **_in_footer("person", Place.CALLS),
        **_in_footer("commands.person", Place.DO_NOT_CALL)}),
    *_of(Place.DO_NOT_CALL, ("dnc.filter", "right,l", "listed.filter(1)")),
    *_of(Place.DO_NOT_CALL, ("dnc.filter_back", "left,h", "listed.filter(-1)"), in_footer=False),
    *_of(Place.DO_NOT_CALL,
         ("dnc.search", "slash,f3", "search.begin"), ("dnc.history", "enter", "commands.history"),
         ("dnc.add", "n,b", "commands.add"), ("dnc.remove", "d", "commands.remove"),
         ("dnc.export", "e", "commands.export"), ("dnc.blocked", "f", "commands.blocked"),
         ("dnc.consents", "i,ı", "commands.consents"), ("dnc.push", "p", "pushing.push")),
    *_of(Place.SETTINGS,
         ("settings.edit", "enter", "edit"), ("settings.add", "n", "add"), ("settings.remove", "d", "remove"),
         ("settings.theme", "t", "app.choose_theme"), ("settings.take", "y", "take")),
    *_of(Place.HELP, ("help.search", "slash,f3", "search")),
    *(_command(id_, _PHONE_KEYS.get(key, key), {
        Place.MENU_SUMMARY: f"screen.menu.open('{key}')", Place.DIGIT_TARGET_EDITOR: f"go('{key}')",
        Place.TRY_CALL: f"press('{key}')"}) for key, id_ in _PHONE.items()),
    *_of(Place.DAYS, *((f"days.{day}", str(day), f"switch({day})") for day in range(1, 8)), in_footer=False),
    _command("take.it", "y", {
        **dict.fromkeys((Place.CAMPAIGN_LIST, Place.DO_NOT_CALL), "commands.take"),
        Place.RESULTS: "number.take",
        Place.NUMBERS: "row.take",
        **dict.fromkeys((Place.CAMPAIGN_DETAIL, Place.CALLS, Place.DROPPED), "take")}),
    _command("app.back", "escape", {
        **_in_footer("leave", *_SCREENS, Place.DIALOG), Place.CAMPAIGN_LIST: "back",
        Place.PALETTE: "escape"}, required=True, while_typing=True),
    _command("app.help", "question_mark,f1", {
        **_in_footer("app.help_screen", Place.CAMPAIGN_LIST, *_SCREENS, Place.FIRST_RUN, Place.DIALOG),
        Place.SETTINGS: Use("app.help_screen", in_footer=True, priority=False),
        Place.HELP: "leave"}),
    _command("app.palette", "ctrl+p,f2", {Place.APP: "palette"}, while_typing=True),
    _command("app.next", "tab", {Place.EVERYWHERE: "app.focus_next"}, while_typing=True),
    _command("app.previous", "shift+tab", {Place.EVERYWHERE: "app.focus_previous"}, while_typing=True),
    # It gives way to the widget with the focus, which may have a text of its own selected.
    _command("app.copy", "ctrl+c,super+c", dict.fromkeys(
        (Place.EVERYWHERE, Place.PALETTE), Use("copy_text", priority=False))),
    _command("app.quit", "ctrl+q,Q", {Place.APP: "quit", **_in_footer("app.quit", Place.FIRST_RUN)}, required=True),
    _command("app.suspend", "ctrl+z", {Place.APP: Use("suspend", priority=False)}),
    _command("app.settings", "comma", {Place.APP: "settings"}),
    _command("move.up", "up,k", {
        Place.FORM_FIELDS: "navigation.field(-1)", Place.REVIEW: "scroll(-1)", Place.DIGIT_TARGET_EDITOR: "move(0, -1)",
        Place.LIST_IMPORT: "step(-1)", Place.FIRST_RUN: "step(-1)", Place.DIALOG: "step(-1)",
        Place.OFFERS: "highlight(-1)", Place.BULK_PROGRESS: "scroll(-1)", Place.PALETTE: "command_list('cursor_up')",
        Place.OPTIONS: "cursor_up", Place.PAGE: "rows(-1)", Place.TABLE: "move(-1)"}),
    _command("move.down", "down,j", {
        Place.FORM_FIELDS: "navigation.field(1)", Place.REVIEW: "scroll(1)", Place.DIGIT_TARGET_EDITOR: "move(0, 1)",
        Place.LIST_IMPORT: "step(1)", Place.FIRST_RUN: "step(1)", Place.DIALOG: "step(1)",
        Place.OFFERS: "highlight(1)", Place.BULK_PROGRESS: "scroll(1)", Place.PALETTE: "cursor_down",
        Place.OPTIONS: "cursor_down", Place.PAGE: "rows(1)", Place.TABLE: "move(1)"}),
    _command("move.left", "left,h", {
        Place.DIGIT_TARGET_EDITOR: "move(-1, 0)", Place.DIALOG: "across(-1)", Place.CHOICE: "step(-1)",
        Place.DAYS: "go(-1)"}),
    _command("move.right", "right,l", {
        Place.DIGIT_TARGET_EDITOR: "move(1, 0)", Place.DIALOG: "across(1)", Place.CHOICE: "step(1)",
        Place.DAYS: "go(1)"}),
    _command("move.top", "home,g", {Place.OPTIONS: "first", Place.PAGE: "far(-1)", Place.TABLE: "move_to(0)"}),
    _command("move.bottom", "end,G", {Place.OPTIONS: "last", Place.PAGE: "far(1)", Place.TABLE: "move_to(-1)"}),
    _command("move.page_up", "pageup,ctrl+u", {
        Place.FORM_FIELDS: "navigation.page(-1)", Place.REVIEW: "scroll(-10)", Place.DIGIT_TARGET_EDITOR: "scroll(-1)",
        Place.TRY_CALL: "scroll(-1)", Place.OFFERS: "highlight(-8)", Place.BULK_PROGRESS: "page(-1)",
        Place.PALETTE: "command_list('page_up')", Place.OPTIONS: "page_up", Place.PAGE: "pages(-1)",
        Place.TABLE: "page(-1)"}),
    _command("move.page_down", "pagedown,ctrl+d", {
        Place.FORM_FIELDS: "navigation.page(1)", Place.REVIEW: "scroll(10)", Place.DIGIT_TARGET_EDITOR: "scroll(1)",
        Place.TRY_CALL: "scroll(1)", Place.OFFERS: "highlight(8)", Place.BULK_PROGRESS: "page(1)",
        Place.PALETTE: "command_list('page_down')", Place.OPTIONS: "page_down", Place.PAGE: "pages(1)",
        Place.TABLE: "page(1)"}),
    _command("move.enter", "enter", {
        Place.FORM_FIELDS: "navigation.enter", Place.LIST_IMPORT: "step(1)", Place.OFFERS: "choose",
        Place.TEXT_LINES: "leave",
        Place.BUTTON: "enter", Place.TEXT_LINE: "enter", Place.OPTIONS: "select", Place.TICK: "toggle_button"},
        while_typing=True),
    _command("move.tick", "space", {
        Place.CHOICE: "step(1)", Place.DAYS: "switch_here", Place.TICK: "toggle_button"}),
)
COMMANDS: Final[Mapping[str, Command]] = {command.id: command for command in _ALL}
NAME: Final = TextKeys("key.{}", COMMANDS)
DESCRIPTION: Final = TextKeys("does.{}", COMMANDS)
# Of groups: the headings of the tables in README.md, and of commands that differ in their keys alone.
GROUP_NAME: Final = TextKeys("key.group.{}", dict.fromkeys(command.group for command in _ALL))


@cache
def used_in(place: Place) -> tuple[tuple[Command, Use], ...]:
    """The commands of a place, in the order in which they are listed."""
    return tuple((command, command.uses[place]) for command in _ALL if place in command.uses)


@cache
def given_together() -> tuple[tuple[str, ...], ...]:
    """Ids that can be given at one moment, for each place that may have the focus: no two may share a key."""
    found = {frozenset(ids): ids for ids in map(_ids, _paths((Place.APP,)))}
    return tuple(ids for names, ids in found.items() if not any(names < others for others in found))


def _paths(path: tuple[Place, ...]) -> Iterator[tuple[Place, ...]]:
    within = _WITHIN.get(path[-1], ())
    if not within:
        yield path
    for place in within:
        yield from _paths((*path, place))


def _ids(path: tuple[Place, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(command.id for place in path for command, _use in used_in(place)))


def first_key(command_id: str) -> str:
    """The first of the keys that the program gives a command, as it is shown."""
    return shown(COMMANDS[command_id].keys[0])
