"""English: the do-not-call list."""

from tui.i18n.words import Plural, Texts

TEXTS: Texts = {
    "command.dnc.empty": "Nobody is on the do-not-call list.",
    "command.dnc.pressed": "pressed the opt-out key in {ref}",
    "command.dnc.refused": "pressed the opt-out key",
    "command.dnc.by_hand": "by hand",
    "command.dnc.never": "{phone} was never on the do-not-call list.",
    "command.dnc.importing": Plural("{done:n} of 1 number", "{done:n} of {count:n} numbers"),
    "command.dnc.fetched": Plural("1 number is blocked at the provider.", "{count:n} numbers are blocked at the provider."),
    "command.dnc.pushing": Plural("1 number is blocked", "{count:n} numbers are blocked"),
    "command.dnc.push_sure": Plural("1 number of the profile {profile} will be blocked at the provider, and so will whoever comes onto its list later; only the provider's web panel unblocks them. Go on?", "{count:n} numbers of the profile {profile} will be blocked at the provider, imported ones too, and so will whoever comes onto its list later; only the provider's web panel unblocks them. Go on?"),
    "command.dnc.push_needs_yes": Plural("1 number would be blocked at the provider, and nobody has confirmed that yet: --yes confirms it.", "{count:n} numbers would be blocked at the provider, and nobody has confirmed that yet: --yes confirms it."),
    "command.dnc.push_not_agreed": "Nobody was blocked at the provider.",
    "command.dnc.will_be_pushed": Plural("1 number waits to be blocked at the provider as well.", "{count:n} numbers wait to be blocked at the provider as well."),
    "command.dnc.pushed_on": Plural("1 number was blocked at the provider; waiting: {waiting:n}, refused: {refused:n}.",
                                    "{count:n} numbers were blocked at the provider; waiting: {waiting:n}, refused: {refused:n}."),
    "command.dnc.added": Plural("1 number was put on the do-not-call list; already on it: {already:n}.",
                                "{count:n} numbers were put on the do-not-call list; already on it: {already:n}."),
    "command.dnc.removed": Plural("1 number was taken off the do-not-call list; not on it: {missing:n}.",
                                  "{count:n} numbers were taken off the do-not-call list; not on it: {missing:n}."),
}
