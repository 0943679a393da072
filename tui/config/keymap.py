"""The key map: every command's id and its keys. `[keys]` in the configuration changes them; help and README list them.

The texts are `key.<id>` in the words module. Letters are commands wherever no text is typed. What is before the first
dot of an id is its group; `PLACES` says which ids can be active at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from tui.i18n.key_names import shown

KEYS: Final[dict[str, str]] = {
    "app.back": "escape",
    "app.help": "question_mark,f1",
    "app.palette": "ctrl+p,f2",
    "app.next": "tab",
    "app.previous": "shift+tab",
    "app.copy": "ctrl+c,super+c",
    "app.quit": "ctrl+q,Q",
    "app.suspend": "ctrl+z",
    "app.settings": "comma",
    "take.it": "y",
    "move.up": "up,k",
    "move.down": "down,j",
    "move.left": "left,h",
    "move.right": "right,l",
    "move.top": "home,g",
    "move.bottom": "end,G",
    "move.page_up": "pageup,ctrl+u",
    "move.page_down": "pagedown,ctrl+d",
    "move.enter": "enter",
    "move.tick": "space",
    "settings.edit": "enter",
    "settings.add": "n",
    "settings.remove": "d",
    "settings.theme": "t",
    "settings.take": "y",
    "campaigns.new": "n",
    "campaigns.switch": "space",
    "campaigns.open": "enter",
    "campaigns.test": "t",
    "campaigns.copy": "c",
    "campaigns.delete": "d",
    "campaigns.adopt": "i,ı",
    "campaigns.filter": "slash,f3",
    "campaigns.sort": "s",
    "campaigns.sort_back": "S",
    "campaigns.state": "right,l",
    "campaigns.state_back": "left,h",
    "campaigns.deleted": "x",
    "campaigns.mark": "m",
    "campaigns.mark_all": "M",
    "campaigns.mark_up": "shift+up,K",
    "campaigns.mark_down": "shift+down,J",
    "campaigns.stop_all": "exclamation_mark",
    "campaigns.pane": "v",
    "campaigns.undo": "u",
    "campaigns.profile": "p",
    "campaigns.results": "r",
    "campaigns.webhook": "w",
    "campaigns.unreadable": "o",
    "campaign.switch": "space",
    "campaign.delete": "d",
    "campaign.test": "t",
    "campaign.copy": "c",
    "campaign.resolve": "o",
    "campaign.results": "r",
    "form.next": "f8,ctrl+n",
    "form.previous": "f7,ctrl+b",
    "form.problem": "f6",
    "form.review": "f9",
    "form.pick": "f4",
    "form.menu": "f5",
    "days.1": "1",
    "days.2": "2",
    "days.3": "3",
    "days.4": "4",
    "days.5": "5",
    "days.6": "6",
    "days.7": "7",
    "numbers.filter": "right,l",
    "numbers.filter_back": "left,h",
    "numbers.search": "slash,f3",
    "numbers.edit": "enter",
    "numbers.remove": "delete,x",
    "numbers.drop_shown": "d",
    "numbers.undo": "u",
    "numbers.before": "b",
    "numbers.blocked": "f",
    "numbers.dropped": "e",
    "numbers.repeats": "r",
    "numbers.clear": "D",
    "import.go": "f9",
    "menu.edit": "enter",
    "menu.try": "t",
    "menu.cut": "x",
    "menu.copy": "y",
    "menu.paste": "p",
    "menu.clear": "delete,backspace",
    "menu.swap": "s",
    "menu.undo": "u",
    "menu.redo": "ctrl+r,ctrl+y",
    "menu.opt_out": "m",
    "menu.from_campaign": "c",
    "menu.save": "a",
    "menu.load": "o",
    "menu.no_key": "n,minus",
    "menu.wrong_key": "w,exclamation_mark",
    "phone.1": "1",
    "phone.2": "2",
    "phone.3": "3",
    "phone.4": "4",
    "phone.5": "5",
    "phone.6": "6",
    "phone.7": "7",
    "phone.8": "8",
    "phone.9": "9",
    "phone.0": "0",
    "phone.star": "asterisk,z",
    "phone.hash": "number_sign,d",
    "menus.remove": "f8",
    "try.silence": "enter,space",
    "try.hang_up": "x",
    "try.again": "r",
    "try.next": "n,right",
    "try.previous": "b,left",
    "help.search": "slash,f3",
    "review.launch": "l",
    "review.test": "t",
    "review.view": "v",
    "review.copy": "y",
    "review.assume": "a",
    "review.do_not_call": "d",
    "results.filter": "right,l",
    "results.filter_back": "left,h",
    "results.status": "s",
    "results.digit": "d",
    "results.search": "slash,f3",
    "results.attempts": "enter",
    "results.export": "e",
    "results.follow": "f",
    "results.records": "c",
    "results.view": "v",
}

_CURSOR: Final = ("move.up", "move.down", "move.top", "move.bottom", "move.page_up", "move.page_down")
_FIELD: Final = ("app.*", "form.*", "move.up", "move.down", "move.page_up", "move.page_down", "move.enter")
# Where the focus can be: the ids that can be active then. No two of them may have a key in common.
PLACES: Final[Mapping[str, tuple[str, ...]]] = {
    "campaigns": ("app.*", "take.it", *_CURSOR, "campaigns.*"),
    "campaign": ("app.*", "take.it", *_CURSOR, "campaign.*"),
    "field": (*_FIELD, "move.left", "move.right", "move.tick", "days.*"),
    "summary": (*_FIELD, "phone.*"),
    "numbers": ("app.*", "take.it", "form.*", *_CURSOR, "numbers.*"),
    "review": ("app.*", "form.*", *_CURSOR, "move.enter", "review.*"),
    "import": ("app.*", "move.*", "import.*", "form.pick"),
    "menu": ("app.*", *_CURSOR, "move.left", "move.right", "menu.*", "phone.*"),
    "try": ("app.*", *_CURSOR, "try.*", "phone.*"),
    "results": ("app.*", "take.it", *_CURSOR, "results.*"),
    "dialog": ("app.*", "move.*", "menus.*"),
    "settings": ("app.*", *_CURSOR, "move.left", "move.right", "move.tick", "settings.*"),
    "help": ("app.*", "move.*", "help.*"),
}
REQUIRED: Final = ("app.back", "app.quit")  # without a key of their own one could not get out
# What acts while text is typed too: its keys can't all be characters.
_WHILE_TYPING: Final = ("app.back", "app.palette", "app.next", "app.previous", "move.enter", "form.*", "import.*",
                        "menus.*")


@cache  # asked for each binding whenever a screen's commands are looked at
def ids_of(patterns: tuple[str, ...]) -> tuple[str, ...]:
    """The ids that ids and whole groups (`form.*`) name."""
    found: list[str] = []
    for pattern in patterns:
        if pattern.endswith(".*"):
            found += (binding_id for binding_id in KEYS if group_of(binding_id) == pattern[:-2])
        else:
            found.append(pattern)
    return tuple(found)


def first_key(binding_id: str) -> str:
    """The first of the keys that the program gives a command, as it is shown."""
    return shown(KEYS[binding_id].split(",")[0])


def group_of(binding_id: str) -> str:
    return binding_id.partition(".")[0]


def while_typing(binding_id: str) -> bool:
    """Whether the command is wanted where text is typed."""
    return binding_id in ids_of(_WHILE_TYPING)
