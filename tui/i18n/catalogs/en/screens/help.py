"""English: the help."""

from tui.i18n.words import Texts

TEXTS: Texts = {
    "screens.help.settings": "Language and theme hold at once and are kept. Profiles are written into the configuration: {keys.settings.edit} edits one, {keys.settings.add} adds one, {keys.settings.remove} removes one. A key is never shown; {keys.settings.take} copies where a file lies.",
    "screens.help.title": "Help",
    "screens.help.campaigns": "Every campaign of the profile as Santral remembers it. On and off are what was last set from here: the "
                              "provider can't be asked. "
                              "{keys.campaigns.mark} marks, {keys.campaigns.mark_all} marks all that is shown, {keys.campaigns.mark_up} and {keys.campaigns.mark_down} mark a range; {keys.campaigns.switch} and {keys.campaigns.delete} then ask once for all that are marked. "
                              "{keys.campaigns.stop_all} switches off everything that is on. {keys.campaigns.state_back} and {keys.campaigns.state} go through the states. The filter takes words of the name, an ID, "
                              "state:on,off, type:queue, profile:all, a phrase in quotes, and - before what is not wanted.",
    "screens.help.campaign": "What reached the provider can't be changed there; copy it to make another. An unconfirmed campaign is "
                             "never sent again by itself: look in the provider's web panel, then say what you found.",
    "screens.help.form": "What you type is kept at once. A field left empty is not sent: what stands in it then is what the provider "
                         "does. Days and times are understood in many writings; what was understood stands beside them. Schedule "
                         "says at which hours of which days it calls, names public holidays, and tells whether the list can be finished. Go "
                         "through the sections, then launch under Review; there {keys.review.assume} changes what that estimate assumes.",
    "screens.help.first": "Type the key and check it, or look round on the sandbox: it needs no key and calls nobody.",
    "screens.help.menu": "The keys of the keyboard are the keys of the phone: 0–9, * and # go to that key, {keys.menu.no_key} and {keys.menu.wrong_key} to no key and wrong key. "
                         "{keys.menu.edit} chooses where it leads. Every change is kept at once, and can be taken back.",
    "screens.help.try": "Press the keys that a callee would press. {keys.try.silence} lets the time run out. Nothing is sent and nobody is called.",
    "screens.help.calls": "The calls of one number, the newest first; {keys.call.who} asks the provider to whom one was put through, and after what wait. Calls with ● have a recording: {keys.call.save} saves it to a folder, {keys.call.play} has the desktop play it. The provider gives five recordings a minute; where one lies is never shown or kept.",
    "screens.help.person": "Everything known here of one number, the newest campaign first; times are Istanbul's. {keys.person.open} takes another number, {keys.person.copy} copies the text, {keys.person.export} writes a page to print or a spreadsheet. {keys.person.calls} shows the calls one by one, with who answered and their recordings; {keys.person.note} writes a note.",
    "screens.help.results": "Every number with what came of it, as the provider told it. {keys.results.filter_back} and {keys.results.filter} filter, {keys.results.status} and {keys.results.digit} narrow by status and key, {keys.results.search} "
                            "searches. What is filtered can be exported ({keys.results.export}) or called again in a new draft ({keys.results.follow}). {keys.results.plan} plans a follow-up of all, by what became of each. A campaign that was replaced while it ran has several lives, whose results stand here together, each number once; {keys.results.life} shows one alone.",
    "screens.help.import": "What was found in the list stands above, its first rows below as they would be called. Everything can be changed: {keys.move.up} and {keys.move.down} go from line to line, {keys.move.left} and {keys.move.right} choose. A phrase for all takes the columns by name: #456 {{due}}. The column of the reference (a customer number, a name) stands beside the number, and is never sent. {keys.import.go} takes the list in.",
    "screens.help.dialog": "Answer with a button, or go back with nothing changed.",
    "screens.help.dnc": "Every number that the launches of this profile leave out, and which list says so. {keys.dnc.filter_back} and {keys.dnc.filter} go from list to list, “Taken off” among them; {keys.dnc.add} puts numbers on the own list, {keys.dnc.remove} takes one off with a reason, {keys.dnc.history} shows its history. {keys.dnc.consents} shows and imports the İYS consents of commercial campaigns.",
    "screens.help.plan": "What becomes of this campaign's numbers, by what the last call of each came to. {keys.plan.toggle} says whether an outcome is called again, {keys.plan.edit} after how long, at which hours and in how many follow-ups at most. Below stand the drafts that come of it, and why the others are in none. {keys.plan.make} makes the drafts: nobody is called before they are launched. {keys.plan.save} saves the plan under a name, {keys.plan.load} opens another.",
    "screens.help.search": "Part of a command's name",
    "screens.help.group_here": "Where the focus is",
    "screens.help.group_screen": "This screen",
    "screens.help.group_moving": "Moving and choosing",
    "screens.help.group_everywhere": "Everywhere",
    "screens.help.states": "The states of a campaign",
    "screens.help.state_draft": "being written here; nobody is called",
    "screens.help.state_rejected": "the provider refused it and said why; a draft again",
    "screens.help.state_launching": "its request is on its way",
    "screens.help.state_unconfirmed": "sent, but the answer never came; it is never sent again by itself",
    "screens.help.state_on": "last set to call within its hours",
    "screens.help.state_off": "last set not to call",
    "screens.help.state_unknown": "made elsewhere, and not set here yet",
    "screens.help.state_missing": "the provider says that it doesn't know it",
    "screens.help.state_finished": "its time is over, or every number has its last result",
    "screens.help.state_deleted": "gone at the provider, or taken off the list; its results are kept here",
}
