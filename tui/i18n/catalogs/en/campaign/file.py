"""English: what is wrong with a campaign file."""

from tui.i18n.words import Texts

TEXTS: Texts = {
    "campaign.file.no_file": "There is no file {path}: check the name and the folder.",
    "campaign.file.folder": "{path} is a folder: name a campaign file inside it.",
    "campaign.file.unreadable": "{path} can't be read ({detail:e}): check its permissions.",
    "campaign.file.encoding": "{path} is not UTF-8 text: save it as UTF-8.",
    "campaign.file.syntax": "{path} is not valid TOML at line {line}, column {column}: correct it there.",
    "campaign.file.unfinished": "{path} is incomplete TOML: a text, list or table is never closed.",
    "campaign.file.too_large": "{path} is larger than {most:m} and was not read: put the numbers into a list of their own and name it with --phones.",
    "campaign.file.silent": "{path} has sent nothing for ten seconds and hasn't ended: name a file.",
    "campaign.file.not_toml": "{path}, line {line}: “{value}” is longer or nested deeper than anything in a campaign can be: correct it there.",
    "campaign.file.key": "The API key never belongs in a campaign file: it is in the configuration; remove this line.",
    "campaign.file.unknown": "There is no field “{name}”: remove the line, or write one of the provider's field names.",
    "campaign.file.unknown_meant": "There is no field “{name}”: write {form}.",
    "campaign.file.other_type":
        "“{name}” does not belong to this type of campaign, so it is not sent: remove the line.",
    "campaign.file.unquoted": "“{value}” is in quotes: write {value} without them.",
    "campaign.file.quoted": "{value} is not in quotes: write \"{value}\".",
    "campaign.file.number": "“{name}” takes a whole number: write it like {name} = 30.",
    "campaign.file.text": "“{name}” takes a text in quotes: write it like {name} = \"…\".",
    "campaign.file.boolean": "“{name}” takes true or false: write one of them, without quotes.",
    "campaign.file.opt_out":
        "“{value}” is not a key of a phone: write one of 0–9, * and # in quotes, like opt_out_key = \"9\".",
    "campaign.file.days": "“{name}” takes a list of weekdays: write it like {name} = [1, 2, 3, 4, 5].",
    "campaign.file.list":
        "“{name}” takes a table for each number: write [[phone_list]] and, below it, phone = \"05321234567\".",
    "campaign.file.row_unknown": "Number {row:n} has an unknown field “{name}”: use phone, phrase, lang and reference.",
    "campaign.file.row_unknown_meant": "Number {row:n} has an unknown field “{name}”: write {form}.",
    "campaign.file.row_quoted": "Number {row:n}: “{name}” is not in quotes: write {name} = \"{value}\".",
    "campaign.file.row_text": "Number {row:n}: “{name}” takes a text in quotes: write it like {name} = \"…\".",
}
