"""What the store says."""

from __future__ import annotations

from typing import Final

from tui.i18n.words import Plural, Texts

TEXTS: Final[Texts] = {
    "store.too_new": "{path} was written by a later version of Santral (schema {found}; this one knows up to {known}). "
                     "Nothing in it was changed: update Santral, or name another database in the configuration.",
    "store.too_old": "{path} was written by a version of Santral from before the first release (schema {found}; this one "
                     "opens {oldest} and later). Nothing in it was changed: to keep what is in it, open it once with a "
                     "version that brings it to schema {oldest}; else name another database in the configuration.",
    "store.foreign": "{path} is another program's database. Nothing in it was changed: name another file for Santral in "
                     "the configuration.",
    "store.damaged": "{path} is damaged, or is no database. Keep a copy of it as it is, then put back a backup or name "
                     "another file in the configuration.",
    "store.full": "There is no room left on the disk for {path}. What was there is unharmed; make room and try again.",
    "store.read_only": "{path} can't be opened for writing. Check that it is a file, that it and its folder belong to "
                       "you and that the disk isn't write-protected.",
    "store.closed": "{path} was open to other users of this machine; it is closed to them now (chmod 600).",
    "store.open_to_others": "{path} is open to other users of this machine and can't be closed on this disk: name a store in a folder of your own in the configuration.",
    "store.of_another": "{path} belongs to another user of this machine ({owner}), who can read and change all of it: unless that is meant, name a store of your own in the configuration.",
    "store.folder_of_another": "{path} lies in a folder of another user of this machine ({owner}), who can put another file in its place: unless that is meant, name a store in a folder of your own.",
    "store.folder_open": 'Other users of this machine can write in {folder} and so put another file in the place of {path}: close it with chmod go-w "{folder}", or name a store in a folder of your own.',
    "store.hard_link": "{path} has a second name (a hard link). By two names a database is two, and each harms the other: "
                       "remove one of them, or make a symbolic link of it.",
    "store.mounted_file": "{path} is mounted as a single file, so whoever opens it where it comes from harms it: mount "
                          "the folder that it lies in.",
    "store.no_locks": "The file system of {path} doesn't support locks, so it can't be known who is launching or switching campaigns. Nothing was sent; name a database on another disk, or a PostgreSQL one, in the configuration.",
    "store.busy": "Another program has been holding {path} for too long. Nothing was changed; try again, and if it goes "
                  "on, close what else uses the file.",
    "store.gone": "{path} is no longer the file that was opened: it was deleted, moved, overwritten or replaced. What was "
                  "being saved may be lost. Put that file back in its place, or start Santral again to work with what is "
                  "there now.",
    "store.failed": "The database {path} reported an error: {detail}. Nothing was changed; try again, and if it goes on, see the log.",
    "store.no_driver": "For a PostgreSQL database Santral needs the package psycopg: install it with "
                       "pip install 'psycopg[binary]'.",
    "store.bad_address": "{path} can't be understood as a PostgreSQL address; write it as in "
                         "postgresql://santral@db.example.com/santral in the configuration.",
    "store.open_passfile": "The database {path} wants a password, and {file} isn't read, as others can read it too: chmod 600 {file}. Nothing was changed.",
    "store.files": "The database {path} can't be opened, as too many files are open. Close other programs, or raise the limit (ulimit -n). Nothing was changed.",
    "store.in_part": "{path} failed half-way: {done:n} of the numbers are as they should be, the rest as they were. Do "
                     "it again for the rest; what is done stays as it is.",
    "store.unreachable": "The database {path} can't be reached: {detail}. Nothing was changed; check the network, the "
                         "address and the password, and try again.",
    "store.connection_lost": "The connection to {path} was lost. Nothing was changed; try again, and it is opened anew.",
    "store.silent": "The connection to {path} is open, but its server does not answer. Nothing was changed; see whether the "
                    "server runs and the network lets its answers through, and try again.",
    "store.commit_unknown": "The connection to {path} was lost while something was being saved, and it can't be told "
                            "whether it was. Look whether it is there before you do it again.",
    "store.no_right": "{path} refuses to be written: {detail}. Its user must own the schema, and the server must not be "
                      "a read-only copy.",
    "store.no_schema": "No schema is found in {path}: its search path names none that exists. Create it, or name "
                       "another database in the configuration.",
    "store.foreign_schema": "{path} has the tables of another program. Nothing in it was changed: give Santral a "
                            "database or a schema of its own.",
    "store.wrong_encoding": "The database {path} stores its texts in {found}; Santral needs one created with the encoding UTF8.",
    "store.copy_not_empty": "{path} isn't empty, so nothing was copied into it; name a new file, or an empty database or "
                            "schema.",
    "store.copy_nothing": "There is nothing in {path} to copy; check that it is the database you mean.",
    "store.copy_in_flight": "A campaign in {path} is being launched or switched right now, so nothing was copied; close "
                            "the app, then copy again.",
    "store.copy_differs": "The copy in {path} didn't have as many rows in “{table}” as the original, so it was undone; copy again, and if it goes on, see the log.",
    "store.old_server": "{path} is PostgreSQL {found}; Santral needs version {needed} or a newer one.",

    "store.no_such_campaign": "There is no campaign {campaign} any more; refresh the list.",
    "store.no_such_number": "Row {position} is no longer in the list; refresh the list.",
    "store.wrong_state.draft": "“{name}” is a draft, so this can't be done; launch it first.",
    "store.wrong_state.launching": "“{name}” is being launched; wait for its outcome.",
    "store.wrong_state.unconfirmed": "It isn't known whether the provider has “{name}”; settle "
                                     "that first: give its ID, or say that it was not created.",
    "store.wrong_state.rejected": "The provider rejected “{name}”, so this can't be done; correct "
                                  "it and launch it again.",
    "store.wrong_state.on": "The provider has “{name}”, and it is on, so this can't be done; copy "
                            "it to make a new draft.",
    "store.wrong_state.off": "The provider has “{name}”, and it is off, so this can't be done; copy "
                             "it to make a new draft.",
    "store.wrong_state.deleted": "“{name}” is deleted, so this can't be done; copy it to make a "
                                 "new draft.",
    "store.list_changed": "“{name}”: its list was changed meanwhile. Nothing was done to it; look at it and try again.",
    "store.dropped.by_hand": "Removed by hand",
    "store.dropped.problems": "Could not be called",
    "store.dropped.not_valid": "In no numbering plan",
    "store.dropped.duplicates": "Duplicate",
    "store.dropped.mobile": "Mobile number",
    "store.dropped.landline": "Landline number",
    "store.dropped.toll_free": "Toll-free number",
    "store.dropped.abroad": "Number abroad",
    "store.dropped.other": "Number of another kind",
    "store.step.add": Plural("1 row was added", "{count:n} rows were added"),
    "store.step.import": Plural("1 row was imported", "{count:n} rows were imported"),
    "store.step.edit": Plural("1 row was changed", "{count:n} rows were changed"),
    "store.step.drop": Plural("1 row was removed", "{count:n} rows were removed"),
    "store.step.clear": Plural("the list was emptied (1 row)", "the list was emptied ({count:n} rows)"),
    "store.step.bring_back": Plural("1 row was restored", "{count:n} rows were restored"),
    "store.suppressed.pressed": "Pressed the opt-out key: on the do-not-call list",
    "store.suppressed.by_hand": "On the do-not-call list",
    "store.suppressed.file": "In the do-not-call file",
    "store.suppressed.blocked": "Blocked at the provider",
    "store.suppressed.untold": "Blocked at the provider, outbound or inbound not stated",
    "store.suppressed.consent_refused": "İYS consent refused (RET)",
    "store.suppressed.no_consent": "No İYS consent (ONAY)",
    "store.suppressed.answered_since": "Answered the campaign this draft follows, after the draft was created",
    "store.suppressed.too_often": Plural("Over the call limit: {calls:n} in 1 day", "Over the call limit: {calls:n} in {count:n} days"),
    "store.suppressed.too_soon": Plural("Called by another campaign within less than 1 day, or may be", "Called by another campaign within less than {count:n} days, or may be"),
    "store.called_before": "Called by “{name}”, launched {day:d}",
    "store.launched_meanwhile": "Another campaign was launched or found after “{name}” was checked: who may be called is being checked again.",
    "store.answered_while_sent": "Somebody in the list of “{name}” answered a campaign that it follows while it was being sent. Launch it again: whoever has answered is left out.",
    "store.answered_meanwhile": "Somebody in the list of “{name}” answered the campaign it follows after you checked it: who may be called is being checked again.",
    "store.refused_meanwhile": "Somebody in the list of “{name}” asked not to be called after you checked it: who may be called is being checked again.",
    "store.changed": "“{name}” was changed elsewhere after you checked it. Nothing was sent; review it again.",
    "store.already_launched.created": "Nothing was sent: “{name}” was launched with the same request; check Review again.",
    "store.already_launched.under_way": "Nothing was sent: “{name}” is being launched with the same request; wait for its outcome.",
    "store.already_launched.unconfirmed": "Nothing was sent: “{name}” was launched with the same request, and whether the provider has it isn't known; settle that first.",
    "store.already_launched.other_body": "Nothing was sent: “{name}” was launched with the same launch key but a different request.",
    "store.already_switching": "“{name}” is already being switched; wait for the outcome.",
    "store.succession.reached": "Answered the campaign that this one replaces",
    "store.succession.final": "Not called any more by the campaign that this one replaces",
    "store.succession.former_on": "The campaign that “{name}” replaces is on, or may be: both would call the same people. Nobody is called; switch that one off first.",
    "store.succession.not_known": "Whom the campaign that “{name}” replaces has reached is not known, or not any more: "
                                  "some would be called again. Nobody is called; go on with replacing it.",
    "store.succession.late": "A result has come in of somebody in the list of “{name}”: the campaign that it replaces has "
                             "reached them. Nobody was called; look at Review once more.",
    "store.succession.taken": "Another campaign has replaced the one that “{name}” was to replace: both would call the same people. Nobody is called; delete this draft.",
    "store.succession.no_list": "“{name}” was created elsewhere, so its numbers aren't known here: nobody knows whom a campaign in its place would have to call.",
    "store.succession.repeats": "“{name}” calls some numbers once for each phrase, and no result says for which: nobody "
                                "knows what is still to be said to whom. Switch it off, and make a follow-up.",
    "store.has_successor": "“{name}” was replaced by {ref}: switched on again, it would call people whom that one calls, "
                           "or has called. Where that is meant, switch it on alone: in the app the count is "
                           "typed, on the command line it is --beside-successor.",
    "store.already_known": "ID {provider_id} is that of “{name}” in this list already; open that "
                           "one, or check the ID.",
    "store.menu_without_name": "The menu needs a name to be saved: enter one.",

    "store.family_changes": "Somebody else is creating follow-ups of the same campaign right now, so no draft was created: try again.",
    "store.id_taken": "The provider answered with ID {provider_id}, which “{name}” already has. Check in the provider's web panel which one it belongs to.",
    "store.launch_interrupted": "The program was closed during the launch, so the provider may have created the campaign. Check the provider's web panel, then give its ID or say that it was not created.",
    "store.switch_interrupted": "The program was closed while the campaign was being switched, so the provider may or may not have done it. Switch it again to be certain.",
    "store.switch_late": "The answer to an earlier switch arrived after that had been considered abandoned, so it isn't certain in which order the provider carried them out. Choose the state you want once more.",
    "store.switch_overtaken": "An earlier request for this campaign had no answer, and the provider may still carry it out. To be certain, choose the state you want once more in two minutes.",
    "store.said_not_created": "You said that the provider didn't create it, so it is a draft again.",
    "store.result_without_campaign": "The notification does not say which campaign it belongs to, and the campaign of the address it came to isn't known yet. It is stored as it arrived.",

    "store.event.made": "Draft created",
    "store.event.copied": "Draft created as a copy",
    "store.event.test": "Created for a test call",
    "store.event.replaces": "Created to replace another campaign",
    "store.event.follows": "Created as a follow-up of another campaign's results",
    "store.event.adopted": "Added by its ID",
    "store.event.seen": "Added to the list because results came in",
    "store.event.removed": "Draft deleted",
    "store.event.put_away": "Taken off the list, as the provider doesn't know it",
    "store.event.launched": "Launch requested",
    "store.event.created": "Created at the provider",
    "store.event.rejected": "Rejected by the provider",
    "store.event.not_sent": "Not sent",
    "store.event.unconfirmed": "Launch unconfirmed",
    "store.event.told": "A result showed that it was created",
    "store.event.found": "Found to have been created",
    "store.event.id_given": "ID entered by hand",
    "store.event.said_not_created": "Said not to have been created",
    "store.event.on_asked": "Switch-on requested",
    "store.event.on_done": "Switched on",
    "store.event.on_failed": "Switch-on failed",
    "store.event.on_unknown": "Switch-on: outcome unknown",
    "store.event.off_asked": "Switch-off requested",
    "store.event.off_done": "Switched off",
    "store.event.off_failed": "Switch-off failed",
    "store.event.off_unknown": "Switch-off: outcome unknown",
    "store.event.delete_asked": "Deletion requested",
    "store.event.delete_done": "Deleted",
    "store.event.delete_failed": "Deletion failed",
    "store.event.delete_unknown": "Deletion: outcome unknown",
}
