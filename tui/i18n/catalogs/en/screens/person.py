"""English: everything known of one number."""

from tui.i18n.words import Texts

TEXTS: Texts = {
    "screens.person.no_calls": "No call to this number is known.",
    "screens.person.title": "Person called",
    "screens.person.type": "A telephone number in any writing, then {keys.move.enter}",
    "screens.person.about": "Everything known here of one number: each campaign of every profile that has it in its list or called it, each call, who says that it must not be called.",
    "screens.person.copied": "What is known of {phone}",
    "screens.person.export": "Export what is known of a number",
    "screens.person.export_about": "A page to be read or printed (.html), or a row for each thing that happened (.csv).",
    "screens.person.exported": "Written to {path}",
    "screens.note.title": "Note on {phone}",
    "screens.note.about": "Kept in the profile {profile} with the time and your name; shown here and in what is exported. Empty it to take the note away.",
    "screens.note.hint": "such as: rings back in the evening",
    "screens.note.keep": "Save",
    "screens.note.kept": "The note is saved.",
    "screens.note.gone": "The note is gone.",
}
