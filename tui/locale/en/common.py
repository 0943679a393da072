"""English: words that every room uses."""

from tui.words import Texts

TEXTS: Texts = {
    "common.cancel": "Cancel",
    "common.close": "Close",
    "common.file.link_of_another": "{path} is a link that another user of this machine ({owner}) has laid, so nothing is written there: choose a folder of your own.",
    "common.file.of_another": "{path} belongs to another user of this machine ({owner}) and is left as it is: choose another name, or a folder of your own.",
    "common.file.no_ordinary_file": "{path} is no ordinary file (a pipe, a device, a socket) and is not replaced: choose another name.",
    "common.file.several_names": "{path} has a second name (a hard link) and is not written: choose another place, or remove one of the two.",
}
