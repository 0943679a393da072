"""The key map: every command's id and its keys. `[keys]` in the configuration changes them; help and README list them.

The texts are `key.<id>` in the words module. Letters are commands wherever no text field has the focus.
"""

from __future__ import annotations

from typing import Final

KEYS: Final[dict[str, str]] = {
    "app.quit": "ctrl+q",
    "app.help": "question_mark,f1",
    "app.palette": "ctrl+p",
    "app.back": "escape",
    "campaigns.new": "n",
    "campaigns.switch": "space",
    "campaigns.open": "enter",
    "campaigns.copy": "c",
    "campaigns.delete": "d",
    "campaigns.adopt": "i",
    "campaigns.filter": "slash",
    "campaigns.sort": "s",
    "campaigns.deleted": "x",
    "campaigns.undo": "u",
    "campaigns.profile": "p",
    "form.next": "f8,ctrl+n",
    "form.previous": "f7,ctrl+b",
    "form.problem": "f6",
    "form.review": "f9",
    "form.pick": "f4",
    "numbers.file": "f",
    "numbers.remove": "delete,x",
    "numbers.bad": "b",
    "numbers.clear": "D",
    "review.launch": "l",
    "review.view": "v",
    "review.copy": "y",
    "campaign.switch": "space",
    "campaign.delete": "d",
    "campaign.copy": "c",
    "campaign.resolve": "o",
    "table.up": "up,k",
    "table.down": "down,j",
    "table.top": "home,g",
    "table.bottom": "end,G",
    "table.page_up": "pageup,ctrl+u",
    "table.page_down": "pagedown,ctrl+d",
}
