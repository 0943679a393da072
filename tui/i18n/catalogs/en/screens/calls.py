"""English: the calls of one number, and their recordings."""

from tui.i18n.words import Plural, Texts

TEXTS: Texts = {
    "screens.calls.title": "Calls to {phone}",
    "screens.calls.campaign": "Campaign",
    "screens.calls.talked": "Talked",
    "screens.calls.seconds": Plural("1 s", "{count:n} s"),
    "screens.calls.who": "Put through to",
    "screens.calls.not_asked": "Whom it was put through to isn't known yet: {keys.call.who} asks the provider.",
    "screens.calls.recorded": "There is a recording: {keys.call.save} saves it, {keys.call.play} plays it.",
    "screens.calls.none": "There is no call here.",
    "screens.calls.busy": "One thing at a time: what was asked for is still on its way. {keys.app.back} gives it up.",
    "screens.calls.asking": "Asking the provider…",
    "screens.calls.fetching": "Fetching the recording…",
    "screens.calls.waiting": Plural("Waiting 1 second for the provider's limit…", "Waiting {count:n} seconds for the provider's limit…"),
    "screens.calls.saved": "Saved: {path}",
    "screens.calls.there": "It lies there already: {path}",
    "screens.calls.playing": "The recording was given to the desktop's player.",
    "screens.calls.save_title": "Save the recording",
    "screens.calls.save_about": "It is saved as {name}; nobody else on this machine can open it.",
    "screens.calls.folder": "Folder",
    "screens.calls.save": "Save",
    "screens.calls.no_folder": "{folder} is no folder that is there: choose one, or make it first.",
    "screens.calls.lies_there": "{path} is there already. Confirm once more to replace it, or choose another folder.",
}
