"""English: results, recordings, follow-ups, persons."""

from tui.i18n.words import Plural, Texts

TEXTS: Texts = {
    "command.results.none": "No result has come in.",
    "command.results.share": "{percent} %",
    "command.results.progress": "{written:n} of {total:n} numbers",
    "command.results.no_stream": "A workbook can't be written to {path}: name a file after --xlsx, or write CSV with --csv {path}.",
    "command.results.exported": Plural("1 number was written to {path}", "{count:n} numbers were written to {path}"),
    "command.recording.saved": "Saved: {path} ({size:m})",
    "command.recording.before": "Saved earlier: {path}",
    "command.recording.failed": "{phone}, {moment}: {why}",
    "command.recording.no_call": "No call with the call UUID {uuid} is known in the profile {profile}.",
    "command.recording.none": "No answered call of “{name}” is known to have a recording.",
    "command.recording.none_of": "No answered call of “{name}” to {phone} is known to have a recording.",
    "command.recording.waiting": Plural("The provider gives five recordings a minute: waiting 1 second…",
                                        "The provider gives five recordings a minute: waiting {count:n} seconds…"),
    "command.recording.progress": "{done:n} of {count:n} recordings",
    "command.plan.by": "follow-up plan “{name}”",
    "command.plan.draft": "draft",
    "command.plan.left_out": Plural("1 left out ({outcome}): {why}", "{count:n} left out ({outcome}): {why}"),
    "command.plan.sum": Plural("1 number: {planned:n} in drafts, {left_out:n} left out", "{count:n} numbers: {planned:n} in drafts, {left_out:n} left out"),
    "command.plan.made": "The drafts were created. Nobody is called until they are launched.",
    "command.plan.not_made": "Nothing was created.",
    "command.plan.saved": "The plan “{name}” was saved.",
    "command.plan.replaced": "The plan “{name}” was saved, replacing the one with that name.",
    "command.plan.deleted": "The plan “{name}” was deleted.",
    "command.person.exported": "What is known about {phone} was written to {path}",
}
