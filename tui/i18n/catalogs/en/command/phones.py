"""English: lists of numbers, and problems in a campaign file."""

from tui.i18n.words import Plural, Texts

TEXTS: Texts = {
    "command.problem": "{place}: {sentence}",
    "command.warning": "{place}: warning: {sentence}",
    "command.hint": "{place}: hint: {sentence}",
    "command.row": "phone_list, row {row}",
    "command.line": "{file}, line {line}",
    "command.ignored_columns": "These columns were left out: {columns}.",
    "command.list.alone": "{option} says how a list is read, and no list was given: add --phones.",
    "command.list.two_phrases": "--phrase makes the phrase of every row, and --column PHRASE=… takes it from a column: leave one of them out.",
    "command.list.no_phrase": "--written says how a column of the phrase is written, and there is no --phrase: add it, or leave --written out.",
    "command.list.reference": "The column {column} is used as the reference: shown beside the number and never sent.",
    "command.list.proposed": "The column {column} can be used as the reference (--column 'REFERENCE={column}'): shown beside the number and never sent.",
    "command.list.typed": "Reading numbers from the terminal, one per line; ctrl+d ends the list.",
    "command.iys.typed": "Reading an İYS file from the terminal; ctrl+d ends it.",
    "command.iys.brand_names": "The brand column holds names ({brands}), while campaigns name a brand by its code: nobody has agreed until each name has its code; import again with --brand '{first}=CODE', or with --column BRAND= and the column that has the codes.",
    "command.list.no_stdin": "The list was to come from the standard input, which is closed: pipe it in, or name a file.",
    "command.phones.bad": "{line}: {sentence}",
    "command.phones.warned": "{line}: {phone} {kind}: warning: {sentence}",
    "command.phones.duplicate": "the number is in the list already, in line {first}: it is called once, as that line says.",
    "command.phones.called_again": "the number is in the list already, in line {first}, with another phrase or language: it is called again, for this line.",
    "command.phones.said_before": "the number is in the list already, in line {first}, and an earlier line says the same: this one is not called.",
    "command.phones.summary_again": Plural("Numbers are called once for each phrase: 1 call beyond the first.", "Numbers are called once for each phrase: {count:n} calls beyond the first of each."),
    "command.phones.summary": "Rows: {total:n}. To call: {callable:n}; can't be called: {bad:n}; "
                              "repeated: {duplicates:n}; in no numbering plan: {invalid:n}.",
    "command.called_again": "{phone} has another phrase or language here than in {first}: it is called again, for this row.",
    "command.repeated": "{phone} has another phrase or language here than in {first}: it is called once, as {first} says.",
}
