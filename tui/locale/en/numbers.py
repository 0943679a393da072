"""English: why a list of numbers can't be read."""

from tui.words import Texts

TEXTS: Texts = {
    "numbers.list.no_file": "There is no file {path}: check the name and the folder.",
    "numbers.list.folder": "{path} is a folder: choose a list inside it.",
    "numbers.list.not_a_file": "{path} is not a file but a pipe or a device: save the list in a file first.",
    "numbers.list.unreadable": "{path} can't be read ({detail}): check its permissions, or copy it elsewhere.",
    "numbers.list.spreadsheet": "{path} is a spreadsheet file: save it as CSV (UTF-8) and choose that file.",
    "numbers.list.archive": "{path} is a compressed archive: unpack it and choose the list inside.",
    "numbers.list.binary": "{path} is not a text file: choose a .txt, .csv or .tsv list.",
    "numbers.list.encoding": "{path} is neither UTF-8 nor Windows-1254 text: save it as UTF-8 and choose it again.",
    "numbers.list.quotes":
        "The quotation marks of the list go wrong at line {line}: correct them there, or save the list anew.",
    "numbers.list.no_phone": "No column of the list holds phone numbers (found: {found}): name that column “phone”.",
}
