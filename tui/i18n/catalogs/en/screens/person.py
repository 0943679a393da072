"""English: everything known of one number."""

from tui.i18n.words import Texts

TEXTS: Texts = {
    "screens.person.no_calls": "No calls to this number are known.",
    "screens.person.title": "Person called",
    "screens.person.type": "A phone number, written any way you like, then {keys.move.enter}",
    "screens.person.about": "Everything known here about one number: the campaigns of all profiles that have it in their list or called it, every call, and the records that say it must not be called.",
    "screens.person.copied": "what is known about {phone}",
    "screens.person.export": "Export what is known about a number",
    "screens.person.export_about": "A page to read or print (.html), or one row per event (.csv).",
    "screens.person.exported": "Written to {path}",
    "screens.note.title": "Note on {phone}",
    "screens.note.about": "Saved in the profile {profile} with the time and your name; shown here and in exports. Clear the text to delete the note.",
    "screens.note.hint": "such as: will ring back in the evening",
    "screens.note.keep": "Save",
    "screens.note.kept": "The note was saved.",
    "screens.note.gone": "The note was deleted.",
}
