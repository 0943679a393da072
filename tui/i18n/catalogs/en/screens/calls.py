"""English: the calls of one number, and their recordings."""

from tui.i18n.words import Plural, Texts

TEXTS: Texts = {
    "screens.calls.title": "Calls to {phone}",
    "screens.calls.campaign": "Campaign",
    "screens.calls.talked": "Talk time",
    "screens.calls.seconds": Plural("1 s", "{count:n} s"),
    "screens.calls.who": "Put through to",
    "screens.calls.not_asked": "Who it was put through to isn't known yet: {keys.call.who} asks the provider.",
    "screens.calls.recorded": "There is a recording: {keys.call.save} saves it, {keys.call.play} plays it.",
    "screens.calls.none": "No calls here.",
    "screens.calls.busy": "The previous request is still in progress; wait for it. {keys.app.back} cancels it.",
    "screens.calls.asking": "Asking the provider…",
    "screens.calls.fetching": "Fetching the recording…",
    "screens.calls.waiting": Plural("Waiting 1 second for the provider's limit…", "Waiting {count:n} seconds for the provider's limit…"),
    "screens.calls.saved": "Saved: {path}",
    "screens.calls.there": "Already there: {path}",
    "screens.calls.playing": "The recording was given to the desktop's player.",
    "screens.calls.save_title": "Save the recording",
    "screens.calls.save_about": "Saved as {name}; only you can open the file.",
    "screens.calls.folder": "Folder",
    "screens.calls.save": "Save",
    "screens.calls.no_folder": "There is no folder {folder}: choose another one, or create it first.",
    "screens.calls.lies_there": "{path} already exists. Confirm once more to replace it, or choose another folder.",
}
