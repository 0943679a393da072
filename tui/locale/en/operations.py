"""English: what an operation answers."""

from tui.words import Plural, Texts

TEXTS: Texts = {
    "operations.refused.no_key": "The profile {profile} has no API key: add it under Settings or in config.toml.",
    "operations.refused.read_only": "The profile {profile} is read-only: it can look, but not launch, switch or delete.",
    "operations.refused.problems": Plural("It can't be launched: there is 1 problem to solve first.",
                                          "It can't be launched: there are {count:n} problems to solve first."),
    "operations.refused.no_id": "“{name}” has no ID at the provider: adopt its ID first.",
    "operations.refused.bad_id": "“{value}” is not a campaign ID: an ID is a number such as 20212.",
    "operations.launch.cancelled": "It was stopped after the request had begun to leave: the provider may have read it.",
    "operations.launch.cancelled_unsent": "It was stopped before anything was sent.",
    "operations.launch.failed": "The program failed while the request was under way: the provider may have read it.",
    "operations.launch.failed_unsent": "The program failed before anything was sent; the log says more.",
    "operations.launch.not_kept": "The provider has made the campaign, with the ID {id}, but the database could not be written. "
                                  "Note the ID and make room for the database; after the next start the campaign is "
                                  "unconfirmed in the list, and takes this ID.",
    "operations.test.name": "[test] {name}",
    "operations.test.problems": Plural("No test call can be made of “{name}” yet: there is 1 problem to solve first.",
                                       "No test call can be made of “{name}” yet: there are {count:n} problems to solve first."),
    "operations.test.adopted": "“{name}” was made elsewhere, so what it plays isn't known here: make the test call of a draft.",
    "operations.switch.cancelled": "It was stopped while it was under way: the provider may have carried it out.",
    "operations.switch.failed": "The program failed while it was under way: the provider may have carried it out.",
}
