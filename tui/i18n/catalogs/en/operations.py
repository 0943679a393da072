"""English: what an operation answers."""

from tui.i18n.words import Plural, Texts

TEXTS: Texts = {
    "operations.refused.no_key": "The profile {profile} has no API key: add it under Settings or in config.toml.",
    "operations.refused.read_only": "The profile {profile} is read-only: it can look, but not launch, call, switch, delete or take in by ID.",
    "operations.refused.other_profile": "“{name}” belongs to the profile {profile}: go over to that first (p in the list).",
    "operations.refused.problems": Plural("It can't be launched: there is 1 problem to solve first.",
                                          "It can't be launched: there are {count:n} problems to solve first."),
    "operations.refused.finished": "“{name}” is finished: its hours are over, or every number has its last result. To call again, make a copy or a follow-up of it.",
    "operations.refused.no_id": "“{name}” has no ID at the provider: adopt its ID first.",
    "operations.refused.bad_id": "“{value}” is not a campaign ID: an ID is a number such as 20212.",
    "operations.launch.cancelled": "It was stopped after the request had been sent: the provider may have read it.",
    "operations.launch.cancelled_incomplete": "It was stopped before the whole request had been sent: the provider can't have carried it out.",
    "operations.launch.cancelled_unsent": "It was stopped before anything was sent.",
    "operations.launch.failed": "The program failed while the request was under way: the provider may have read it.",
    "operations.launch.failed_incomplete": "The program failed before the whole request had been sent: the provider can't have carried it out; the log says more.",
    "operations.launch.failed_unsent": "The program failed before anything was sent; the log says more.",
    "operations.launch.given_up": "Another program had taken this launch for given up, because this one was stopped or cut off from the "
                                  "database, so the provider was not sent the whole request. Look in the list at what became of the campaign.",
    "operations.launch.not_kept": "The provider has made the campaign, with the ID {id}, but that could not be written down yet: "
                                  "it is tried again for as long as the program runs. Note the ID; if it can't be kept, the campaign is "
                                  "unconfirmed in the list after the next start, and takes this ID.",
    "operations.suppression.none": "No phone number was found in the do-not-call file {path}, so nobody is called: "
                                   "choose the right file, or leave do_not_call out of the configuration.",
    "operations.suppression.unreadable": "The do-not-call file {path} can't be read, so nobody is called: "
                                         "put it right, or leave do_not_call out of the configuration.",
    "operations.suppression.unread": Plural(
        "1 row of the do-not-call file {path} holds no readable number (row {places}): whoever stands there is not found in lists.",
        "{count:n} rows of the do-not-call file {path} hold no readable number (rows {places}): whoever stands there is not found in lists."),
    "operations.blocked.stops_app": "Nobody is called as long as it isn't known whom the account has blocked at the provider: try again later. "
                                    "A long list is fetched in the numbers section by {keys.numbers.blocked}, and counts for a day; "
                                    "in the review {keys.review.do_not_call} calls everybody all the same.",
    "operations.blocked.stops_command": "Nobody is called as long as it isn't known whom the account has blocked at the provider: try again later. "
                                        "A long list is fetched by “santral dnc fetch”, and counts for a day.",
    "operations.blocked.slow": Plural("The provider's blocked numbers were not all there after 1 second.",
                                      "The provider's blocked numbers were not all there after {count:n} seconds."),
    "operations.blocked.as_kept": Plural(
        "The provider's blocked numbers couldn't be fetched now: the 1 of {moment:d} counts.",
        "The provider's blocked numbers couldn't be fetched now: the {count:n} of {moment:d} count."),
    "operations.blocked.not_there": "The provider shows this key no list of blocked numbers: who is blocked there alone is not left out.",
    "operations.blocked.odd": Plural("1 row of the provider's blocked numbers holds no phone number.",
                                     "{count:n} rows of the provider's blocked numbers hold no phone number."),
    "operations.launch.more_people": Plural(
        "Nothing was sent: {before:n} numbers were confirmed and 1 would be called now. Look at the review once more.",
        "Nothing was sent: {before:n} numbers were confirmed and {count:n} would be called now. Look at the review once more."),
    "operations.launch.more_calls":
        "Nothing was sent: {before:n} rows of the list were confirmed and {count:n} would be called now. Look at the review once more.",
    "operations.test.refused": "Nothing was sent: {phone} must not be called. Is it your own? Write it as test_number of the profile; "
                               "else take it off the do-not-call list.",
    "operations.test.name": "[test] {name}",
    "operations.test.problems": Plural("No test call can be made of “{name}” yet: there is 1 problem to solve first.",
                                       "No test call can be made of “{name}” yet: there are {count:n} problems to solve first."),
    "operations.test.adopted": "“{name}” was made elsewhere, so what it plays isn't known here: make the test call of a draft.",
    "operations.switch.cancelled": "It was stopped while it was under way: the provider may have carried it out.",
    "operations.switch.failed": "The program failed while it was under way: the provider may have carried it out.",
    "operations.switch.put_away": "“{name}” was taken off the list, as the provider says again that it doesn't know it.",
    "operations.switch.unclear.not_kept": "The provider carried it out (“{name}”), but that could not be written down yet: it is tried again for as long as "
                                  "the program runs. If it can't be kept, the campaign is marked as not sure after the next start, "
                                  "and to ask for the same again does no harm.",
    "operations.switch.unclear.given_up": "“{name}”: another program had taken this for given up, because this one was stopped or cut off from the "
                                  "database, so nothing more was sent. Look in the list at how the campaign is, and ask again.",
    "operations.switch.unclear.late": "The provider carried it out (“{name}”), but another program had given it up meanwhile and may have asked for something "
                              "else: it isn't sure how the campaign is. Ask for what it is to be once more.",
    "operations.switch.unclear.overtaken": "The provider carried it out (“{name}”), but the campaign is marked as not sure.",
    "operations.bulk.already_on": "“{name}” is on already.",
    "operations.bulk.already_off": "“{name}” is off already.",
    # the filter of the list
    "operations.list_filter.state": "state",
    "operations.list_filter.type": "type",
    "operations.list_filter.profile": "profile",
    "operations.list_filter.all": "all",
    "operations.list_filter.pending": "switching",
    "operations.list_filter.choose": "{field}: {valid}",
    "operations.list_filter.no_field": "“{value}:” can't be filtered by; these can: {valid}. A name with a colon goes in quotes.",
    "operations.list_filter.no_state": "“{value}” is no state; these are: {valid}.",
    "operations.list_filter.no_type": "“{value}” is no type; these are: {valid}.",
    "operations.list_filter.no_profile": "There is no profile “{value}”; there are: {valid}.",
    # results in words
    # a spreadsheet of results
    "operations.export.column.phone": "Phone",
    "operations.export.column.phrase": "Phrase",
    "operations.export.column.lang": "Language",
    "operations.export.column.attempts": "Calls",
    "operations.export.column.status": "Last status",
    "operations.export.column.digit": "Key",
    "operations.export.column.answered": "Answered",
    "operations.export.column.final": "Finished",
    "operations.export.column.last_at": "Last call (Turkish time)",
    "operations.export.column.talk_seconds": "Talk time (seconds)",
    "operations.export.column.source": "Known from",
    "operations.export.column.listed": "In the list",
    "operations.export.column.call_uuid": "Call UUIDs",
    "operations.export.column.lead_id": "Lead ID",
    "operations.export.source.webhook": "notification",
    "operations.export.source.records": "call record",
    "operations.export.source.both": "both",
    "operations.export.yes": "yes",
    "operations.export.no": "no",
    "operations.export.sheet.summary": "Summary",
    "operations.export.sheet.numbers": "Numbers",
    "operations.export.chosen": "Which numbers: {filter}",
    "operations.export.at": "As of {moment}, Turkish time",
    "operations.export.no_folder": "There is no folder {folder} for the file: make it, or choose another.",
    "operations.export.folder": "{path} is a folder: add a file name to it.",
    "operations.export.not_file": "{path} is a pipe or a device, not a file: choose another name, and read the export from there.",
    "operations.export.denied": "{path} can't be written: close it where it is open, or choose a folder that is yours.",
    "operations.export.full": "There is no room left on the disk for {path}: make room, or choose another disk. What was there is unharmed.",
    "operations.export.not_written": "{path} can't be written: {detail:e}. Choose another name or folder.",
    # follow-up
    "operations.follow_up.name": Plural("{name} (follow-up)", "{name} (follow-up {count})"),
    "operations.follow_up.empty": "There is nobody among these numbers: choose another filter.",
    "operations.follow_up.nobody": "Nobody is left for a follow-up: {answered:n} answered, {refused:n} refused further calls, "
                                   "{hopeless:n} would not be reached by another call, {open:n} may still be called by the "
                                   "campaign itself, {not_callable:n} can't be called. Choose another filter.",
    "operations.follow_up.still_on": "“{name}”, of which this is the follow-up, may be on still: whoever it has not reached is called by both. Switch it off first.",
    # the provider's call list
    "operations.records.adopted": "“{name}” was made elsewhere, so its numbers aren't known here: its calls can't be told from others in the call list.",
    # the check of the webhook
    "operations.webhook.not_set": "No results can come in: add public_url under [receiver] in config.toml.",
    "operations.webhook.reached": "The webhook works: an empty request to {host} reached our receiver.",
    "operations.webhook.private": "Our receiver answers at {host}, but only this machine or network gets there, and not the provider: set public_url to an address on the internet.",
    "operations.webhook.altered": "An empty request reached our receiver, but {host} answered {status}; the provider wants 200. Check the proxy in front of the receiver.",
    "operations.webhook.another": "{host} answered 200, but our receiver took nothing in: another program answers there, or a receiver with another database. Check public_url, the proxy and database.url.",
    "operations.webhook.not_found": "{host} answered 404: the proxy doesn't pass this path on, or the receiver there has another database. Check public_url, the proxy and database.url.",
    "operations.webhook.redirected": "{host} answered with a redirect ({status}), which isn't followed. Set public_url to the address that it leads to.",
    "operations.webhook.closed": "{host} lets nobody in without signing in ({status}): open the path of public_url to all POST requests.",
    "operations.webhook.failed": "{host} answered {status}: the proxy doesn't reach the receiver, or the receiver can't write its database. Check that santral listen is running, and its log.",
    "operations.webhook.refused": "{host} answered {status} instead of 200, so no results come in. Check public_url and the proxy.",
    "operations.webhook.dns": "The host name {host} was not found (DNS), so no results come in. Check public_url and the domain's records.",
    "operations.webhook.certificate": "The certificate of {host} is not valid, so no results come in. Renew it, and check this machine's clock.",
    "operations.webhook.tls": "No encrypted connection to {host} could be made (TLS), so no results come in. Check the proxy, and whether public_url must begin with http or https.",
    "operations.webhook.no_connection": "{host} refused the connection: nothing is listening there. Start the receiver (santral listen) and the proxy in front of it.",
    "operations.webhook.network": "There is no route to {host} from this machine. Check the network and public_url.",
    "operations.webhook.connect_timeout": "{host} did not accept the connection in time. Check the firewall and public_url.",
    "operations.webhook.proxy": "This machine's own proxy did not let the request to {host} through, so nothing is certain. Check HTTPS_PROXY and NO_PROXY.",
    "operations.webhook.settings": "The proxy or certificate settings of this machine cannot be used, so {host} was not asked. Check HTTPS_PROXY, ALL_PROXY and SSL_CERT_FILE.",
    "operations.webhook.answer_timeout": "{host} took the connection but did not answer in time. Check that the receiver is running, and the proxy in front of it.",
    "operations.webhook.cut": "{host} closed the connection without an answer. Check the proxy, and whether public_url must begin with http or https.",
    "operations.webhook.unreached": "{host} could not be reached. Check public_url and the network.",
    "operations.dropped.typed": "Number",
    "operations.dropped.phrase": "Phrase",
    "operations.dropped.lang": "Language",
    "operations.dropped.why": "Dropped because",
    "operations.dropped.problem": "Problem",
    "operations.dropped.at": "Dropped at (UTC)",
    "operations.dropped.not_written": "{path} could not be written ({detail:e}). Nothing was changed; choose another place and try again.",
}
